"""Checks into the table, in batches: new ones with their first version, changed ones with a further one, others untouched."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from operator import attrgetter

from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from kb.importing.account import Account, Done, Place
from kb.importing.batches import import_in_batches, one_transaction
from kb.importing.reading import Records
from kb.importing.records import Document, FoundCheck, Problem
from kb.importing.writing import Counters, Table, moment
from kb.models import ForeignCheck, Source, SourceName
from kb.services.foreign_checks import RatingTable
from kb.text.folding import fold

from .reading import read_file, recognises
from .spelling import key_of, site_of

__all__ = ["recognises", "steps", "store_found"]

# What a check says; when any of it differs from what is stored, the check has changed.
SAID = (
    *("statement", "claimant", "claimed_on", "publisher_name", "publisher_site", "address", "title"),
    *("reviewed_on", "rating_words", "language"),
)
WRITTEN = (*SAID, "raw", "publisher_id", "coarse_class")
# What the operator may know of the checks of a file: it holds for those that do not say it themselves.
GIVEN = {"publisher": "publisher_name", "language": "language"}


class Publishers:
    """Which source of the register publishes a check, and how it writes its dates; none is made for an unknown one."""

    def __init__(self):
        self._holders: dict[str, set[int]] = defaultdict(set)
        self._day_first = dict(Source.objects.values_list("pk", "day_first"))
        named = Source.objects.values_list("name", "pk"), SourceName.objects.values_list("name", "source")
        for name, source in chain(*named):
            self._holders[fold(name)].add(source)
        self._known: dict[tuple[str, str], int | None] = {}

    def source_of(self, site: str, name: str) -> int | None:
        """By the domain or one above it, else by the name; a name that several share is nobody's."""
        if (site, name) not in self._known:
            self._known[site, name] = self._found(site, name)
        return self._known[site, name]

    def day_first(self, site: str, name: str) -> bool | None:
        return self._day_first.get(self.source_of(site, name))

    def _found(self, site: str, name: str) -> int | None:
        labels = site_of(site).split(".")
        for printed in (*(".".join(labels[start:]) for start in range(len(labels) - 1)), name):
            holders = self._holders.get(fold(printed), ()) if printed else ()
            if len(holders) == 1:
                return next(iter(holders))
        return None


class Store:
    """Writes the checks of one file or page."""

    def __init__(self, publishers: Publishers, table: RatingTable, *, by: User | None, is_dry: bool = False):
        self._publishers, self._table, self._by, self._is_dry = publishers, table, by, is_dry
        self._counters = Counters()
        self._numbers: dict[bytes, dict[bytes, int]] = {}

    def key(self, check: FoundCheck) -> str | None:
        """The key of the check, None when the file said the very same before.

        A check that shares its key with another of the file and says something else gets one of its own.
        """
        parts = check.address, check.publisher_site or check.publisher_name, check.statement
        said = hashlib.sha256(repr([getattr(check, name) for name in SAID]).encode()).digest()[:12]
        numbers = self._numbers.setdefault(bytes.fromhex(key_of(*parts))[:16], {})
        if said in numbers:
            return None
        numbers[said] = len(numbers)
        return key_of(*parts, numbers[said])

    def write(self, keyed: Sequence[tuple[str | None, FoundCheck]]) -> list[str]:
        """What becomes of each of these checks with their keys. To be called in a transaction."""
        wanted = [key for key, _check in keyed if key]
        rows = ForeignCheck.objects.filter(key__in=wanted).values_list("key", "pk", *SAID)
        stored = {key: (pk, said) for key, pk, *said in rows}
        new, changed, effects = [], [], []
        self._counters.begin()
        for key, check in keyed:
            said = [getattr(check, name) or "" for name in SAID]
            if key is None or (key in stored and stored[key][1] == said):
                effects.append("unchanged")
            elif key in stored:
                changed.append((stored[key][0], *self._row(check, said)))
                effects.append("changed")
            elif self._is_dry:
                effects.append("new")
            else:
                new.append((self._counters.of(ForeignCheck)(), key, moment(timezone.now()), *self._row(check, said)))
                effects.append("new")
        if not self._is_dry:
            _table().insert(new, by=self._by)
            _table().change(WRITTEN, changed, by=self._by)
        return effects

    def _row(self, check: FoundCheck, said: list[str]) -> tuple:
        """The values of WRITTEN."""
        raw = json.dumps(check.raw, ensure_ascii=False, allow_nan=False)
        publisher = self._publishers.source_of(check.publisher_site, check.publisher_name)
        return *said, raw, publisher, str(self._table.class_of(check.rating_words, check.publisher_site))


@cache
def _table() -> Table:
    return Table(ForeignCheck, "key", "received_at", *WRITTEN)


def store_found(document: Document, *, by: User | None) -> None:
    """Write the checks that a page carries; the page itself is an article like any other. Not atomic by itself."""
    if not document.foreign_checks:
        return
    store = Store(Publishers(), RatingTable.load(), by=by)
    keyed = [(store.key(check), check) for check in document.foreign_checks]
    try:
        with transaction.atomic():
            store.write(keyed)
    except IntegrityError:
        # An import of a file may have written the same checks in between: they are looked up once more.
        store.write(keyed)


def steps(records: Records, account: Account, given: Mapping[str, str]) -> Iterator[Done]:
    """Import a file of fact-checks of others batch by batch, from where this run has come."""
    yield from _Loading(records, account, given).steps()


@dataclass(frozen=True, slots=True)
class _Read:
    """A check with its key, or why there is none, and the bytes of its record with where they end."""

    found: FoundCheck | Problem
    key: str | None
    size: int
    end: int


class _Loading:
    """One file on its way into the database; `place` is how far it has come."""

    def __init__(self, records: Records, account: Account, given: Mapping[str, str]):
        self.records, self.account, self.given = records, account, given
        self.publishers = Publishers()
        self.store = Store(self.publishers, RatingTable.load(), by=account.by, is_dry=account.is_dry)
        self.place = account.place(records)

    def steps(self) -> Iterator[Done]:
        if not self.place.records and (idle := sorted(self.given.keys() - GIVEN.keys())):
            message = f"{self.records.file}: {', '.join(idle)}: not used, each fact-check has its own."
            done = Done({}, (Document(self.records.file, problems=(Problem("info", "given", message),)),))
            self.account.keep(done)
            yield done
        yield from import_in_batches(self._read(), attrgetter("size"), self._together, self._refused)

    def _read(self) -> Iterator[_Read]:
        """What this run has not done yet; what it has done is looked at for the keys alone."""
        given = {GIVEN[name]: words for name, words in self.given.items() if name in GIVEN}
        checks = read_file(self.records.path, file=self.records.file, register=self.publishers.day_first, given=given)
        done, before = self.place.records, 0
        for number, (found, end) in enumerate(checks, start=1):
            key = self.store.key(found) if isinstance(found, FoundCheck) else None
            if number > done:
                yield _Read(found, key, end - before, end)
            before = end

    def _together(self, batch: Sequence[_Read]) -> Done:
        with one_transaction() as taken:
            keyed = [(one.key, one.found) for one in batch if isinstance(one.found, FoundCheck)]
            became = iter(self.store.write(keyed))
            effects = tuple(next(became) if isinstance(one.found, FoundCheck) else "failed" for one in batch)
            counts = {effect: effects.count(effect) for effect in ("new", "changed", "unchanged", "failed")}
            done = Done(counts, tuple(_document(one.found, self.records.file) for one in batch), effects=effects)
            after = self._after(batch)
            self._keep(done, after)
        self.place = after
        return replace(done, seconds=taken.seconds)

    def _refused(self, one: _Read, error: DatabaseError) -> Done:
        words = one.found.statement if isinstance(one.found, FoundCheck) else ""
        message = f"{self.records.file}: the database refused “{words[:60]}”: {error}"
        done = Done({"failed": 1}, (Document(self.records.file, problems=(Problem("error", "database", message),)),))
        after = self._after([one])
        with transaction.atomic():
            self._keep(done, after)
        self.place = after
        return done

    def _after(self, batch: Sequence[_Read]) -> Place:
        return Place(self.place.sha256, batch[-1].end, records=self.place.records + len(batch))

    def _keep(self, done: Done, after: Place) -> None:
        self.account.keep(done)
        self.account.advance(self.records, after)


def _document(found: FoundCheck | Problem, file: str) -> Document:
    if isinstance(found, Problem):
        return Document(file, problems=(found,))
    return Document(
        file,
        headline=found.statement,
        publisher=found.publisher_name or found.publisher_site or None,
        published=found.reviewed_on,
        language=found.language or None,
        problems=found.problems,
    )
