"""Checks into the table, in batches: new ones with their first version, changed ones with a further one, others untouched."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import batched, chain

from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from kb.importing.account import Account, Done, Place
from kb.importing.reading import Records
from kb.importing.records import Document, FoundCheck, Problem
from kb.models import ForeignCheck, Source, SourceName
from kb.services.foreign_checks import RatingTable
from kb.text.folding import fold

from .reading import read_file
from .spelling import key_of, site_of

BATCH = 500
REASON = "import"
# What a check says; when any of it differs from what is stored, the check has changed.
SAID = (
    *("statement", "claimant", "claimed_on", "publisher_name", "publisher_site", "address", "title"),
    *("reviewed_on", "rating_words", "language"),
)
WRITTEN = [*SAID, "raw", "publisher", "coarse_class"]


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
    """Writes checks for one file or page. Not atomic by itself."""

    def __init__(self, publishers: Publishers, table: RatingTable, *, by: User | None, is_dry: bool = False):
        self._publishers, self._table, self._by, self._is_dry = publishers, table, by, is_dry
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

    def write(self, checks: Sequence[FoundCheck]) -> dict[str, int]:
        """How many checks are new, changed and unchanged. One look-up, and writes only for what differs.

        A refused batch is looked up once more: another import may have written the same checks in between.
        """
        keyed = [(key, check) for check in checks if (key := self.key(check))]
        try:
            with transaction.atomic():
                counts = self._write(keyed)
        except IntegrityError:
            counts = self._write(keyed)
        counts["unchanged"] += len(checks) - len(keyed)
        return counts

    def _write(self, keyed: list[tuple[str, FoundCheck]]) -> dict[str, int]:
        stored = {row.key: row for row in ForeignCheck.objects.filter(key__in=[key for key, _check in keyed])}
        new, changed = [], []
        for key, check in keyed:
            row = stored.get(key)
            if row is None:
                new.append(self._fill(ForeignCheck(key=key), check))
            elif any(getattr(row, name) != (getattr(check, name) or "") for name in SAID):
                changed.append(self._fill(row, check))
        if not self._is_dry:
            how = {"default_user": self._by, "default_change_reason": REASON}
            if new:
                bulk_create_with_history(new, ForeignCheck, **how)
            if changed:
                bulk_update_with_history(changed, ForeignCheck, WRITTEN, **how)
        return {"new": len(new), "changed": len(changed), "unchanged": len(keyed) - len(new) - len(changed)}

    def _fill(self, row: ForeignCheck, check: FoundCheck) -> ForeignCheck:
        for name in SAID:
            setattr(row, name, getattr(check, name) or "")
        row.raw = check.raw
        row.publisher_id = self._publishers.source_of(check.publisher_site, check.publisher_name)
        row.coarse_class = self._table.class_of(check.rating_words, check.publisher_site)
        return row


def store_found(document: Document, *, by: User | None) -> None:
    """Write the checks that a page carries; the page itself is an article like any other. Not atomic by itself."""
    if document.foreign_checks:
        Store(Publishers(), RatingTable.load(), by=by).write(document.foreign_checks)


def steps(records: Records, account: Account) -> Iterator[Done]:
    """Import a file of fact-checks of others, a batch at a time, each in one transaction with its account."""
    publishers = Publishers()
    store = Store(publishers, RatingTable.load(), by=account.by, is_dry=account.is_dry)
    begun = account.place(records)
    position = 0
    checks = read_file(records.path, file=records.file, register=publishers.day_first)
    for batch in batched(checks, BATCH, strict=False):
        position += len(batch)
        found = [one for one, _end in batch]
        if position <= begun.records:
            for check in found:
                if isinstance(check, FoundCheck):
                    store.key(check)
            continue
        try:
            with transaction.atomic():
                done = _written(store, found, records.file)
                account.keep(done)
                account.advance(records, Place(begun.sha256, batch[-1][1], records=position))
        except DatabaseError as error:
            message = f"{records.file}: the database refused {len(batch)} checks, none of them was kept: {error}"
            done = Done(
                {"failed": len(batch)}, (Document(records.file, problems=(Problem("error", "database", message),)),)
            )
            account.keep(done)
        yield done


def _written(store: Store, found: list[FoundCheck | Problem], file: str) -> Done:
    checks = [one for one in found if isinstance(one, FoundCheck)]
    counts = store.write(checks) | {"failed": len(found) - len(checks)}
    documents = (
        _document(one, file) if isinstance(one, FoundCheck) else Document(file, problems=(one,)) for one in found
    )
    return Done(counts, tuple(documents))


def _document(check: FoundCheck, file: str) -> Document:
    return Document(
        file,
        headline=check.statement,
        publisher=check.publisher_name or check.publisher_site or None,
        published=check.reviewed_on,
        language=check.language or None,
        problems=check.problems,
    )
