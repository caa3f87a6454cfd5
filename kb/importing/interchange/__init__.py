"""Our interchange format: JSON lines that `export_kb` writes and `import_articles` reads. See the README beside this.

A file is read line by line and written in batches, each in one transaction under a second, with its account and its
ledger: whoever kills the process finds every record wholly there or not at all, and `--resume` goes on behind the last
batch.
"""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import re2
from django.db import DatabaseError, DataError, IntegrityError, OperationalError, transaction

from kb.importing.account import Account, Done, Place
from kb.importing.reading import Records
from kb.importing.records import Document, Problem

from . import format as line
from .batch import Batch, Checked
from .lines import ADVICE, Line, read
from .rights import Rights
from .tables import all_tables
from .writing import Counters, take_turns

KINDS = "|".join(kind.__struct_config__.tag for kind in line.KINDS)
# Within the beginning of a file: a line that says what it is.
LINE = re2.compile(rf'"kind"\s*:\s*"(?:{KINDS})"'.encode())

# A batch ends with either; the number adapts to the time that their transactions take.
MOST_BYTES = 4 * 1024 * 1024
FEWEST_RECORDS, FIRST_RECORDS, MOST_RECORDS = 10, 25, 500
WANTED_SECONDS = 0.25


def recognises(head: bytes) -> bool:
    """Is a file that begins like this one of ours?"""
    return LINE.search(head) is not None


def steps(records: Records, account: Account) -> Iterator[Done]:
    """Import the file batch by batch, from where this run has come."""
    yield from _Loading(records, account).steps()


class _Loading:
    """One file on its way into the database; `place` is how far it has come."""

    def __init__(self, records: Records, account: Account):
        self.records, self.account = records, account
        self.place = account.place(records)
        self.rights, self.counters = Rights(account.by), Counters()
        self.at_once = FIRST_RECORDS

    def steps(self) -> Iterator[Done]:
        batch, size = [], 0
        for found in read(self.records, self.place):
            batch.append(found)
            size += found.size
            if len(batch) >= self.at_once or size >= MOST_BYTES:
                for done in self._import(batch):
                    self._adapt(done)
                    yield done
                batch, size = [], 0
        if batch:
            yield from self._import(batch)

    def _adapt(self, done: Done) -> None:
        fitting = int(sum(done.counts.values()) * WANTED_SECONDS / max(done.seconds, 0.001))
        self.at_once = max(FEWEST_RECORDS, min(MOST_RECORDS, fitting, self.at_once * 2))

    def _import(self, batch: list[Line], again: bool = True) -> Iterator[Done]:
        """Import these lines in one transaction; if the database refuses them, each half apart.

        Before that they are planned once more: somebody else may have written the same in between.
        """
        try:
            done = self._together(batch)
        except OperationalError:
            if not again:
                raise
            yield from self._import(batch, again=False)
        except (IntegrityError, DataError) as error:
            if again:
                yield from self._import(batch, again=False)
            elif len(batch) == 1:
                yield self._refused(batch[0], error)
            else:
                middle = len(batch) // 2
                yield from self._import(batch[:middle], again=False)
                yield from self._import(batch[middle:], again=False)
        else:
            yield done

    def _together(self, batch: list[Line]) -> Done:
        with _no_collections():
            checked = Checked((found.record for found in batch if found.record), self.rights)
            started = time.monotonic()
            done = self._written(batch, checked)
            return replace(done, seconds=time.monotonic() - started)

    def _written(self, batch: list[Line], checked: Checked) -> Done:
        with transaction.atomic():
            take_turns()
            planned = Batch(checked, by=self.account.by, counters=self.counters)
            results = iter(sorted(planned.plan().items()))
            counts, documents = dict.fromkeys(("new", "changed", "unchanged", "failed"), 0), []
            for found in batch:
                effect, problems = (None, (found.problem,)) if found.problem else self._told(found, *next(results)[1])
                counts[effect or "failed"] += 1
                documents.append(Document(self.records.file, headline=_headline(found.record), problems=problems))
            planned.write()
            done, after = Done(counts, tuple(documents)), self._after(batch)
            self._keep(done, after)
            if self.account.is_dry:
                transaction.set_rollback(True)
        self.place = after
        return done

    def _told(self, found: Line, effect, warnings) -> tuple[str | None, tuple[Problem, ...]]:
        level, advice = ("warning", "") if effect else ("error", f" {ADVICE}")
        return effect, tuple(
            Problem(level, code, f"{self.records.file}, line {found.number}: {words}{advice}", found.number)
            for code, words in warnings
        )

    def _refused(self, found: Line, error: DatabaseError) -> Done:
        message = f"{self.records.file}, line {found.number}: {_in_words(error)} {ADVICE}"
        problem = Problem("error", "refused", message, found.number)
        document = Document(self.records.file, headline=_headline(found.record), problems=(problem,))
        done, after = Done({"failed": 1}, (document,)), self._after([found])
        with transaction.atomic():
            self._keep(done, after)
        self.place = after
        return done

    def _after(self, batch: list[Line]) -> Place:
        last = batch[-1]
        return Place(self.place.sha256, last.end, last.number, self.place.records + len(batch))

    def _keep(self, done: Done, after: Place) -> None:
        self.account.keep(done)
        self.account.advance(self.records, after)


@contextmanager
def _no_collections() -> Iterator[None]:
    """A batch makes many rows and no cycles: looking for some in between costs a sixth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _headline(record: line.Record | None) -> str | None:
    for name in ("title", "name", "text", "label", "words", "statement"):
        if value := getattr(record, name, None):
            return value
    return None


def _in_words(error: DatabaseError) -> str:
    """What the broken rule says to people, where the database names it."""
    said = str(error)
    for table in all_tables().in_order():
        for rule in table.model._meta.constraints:
            # SQLite names the columns of a rule that something stands there once, not the rule.
            columns = ", ".join(
                f"{table.name}.{table.model._meta.get_field(field).column}" for field in getattr(rule, "fields", ())
            )
            if rule.name in said or (columns and said.endswith(columns)):
                return str(rule.get_violation_error_message())
    return f"the database refused it: {said.strip()}."
