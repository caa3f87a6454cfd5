"""Our interchange format: JSON lines that `export_kb` writes and `import_articles` reads. See the README beside this.

A file is read line by line and written in batches, each in one transaction under a second, with its account and its
ledger: whoever kills the process finds every record wholly there or not at all, and `--resume` goes on behind the last
batch.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

import re2
from django.db import DatabaseError, transaction

from kb.importing.account import Account, Done, Place
from kb.importing.batches import import_in_batches, one_transaction
from kb.importing.reading import Records
from kb.importing.records import Document, Problem
from kb.importing.writing import Counters

from . import format as line
from .batch import Batch, Checked
from .lines import ADVICE, Line, read
from .rights import Rights
from .tables import all_tables

KINDS = "|".join(kind.__struct_config__.tag for kind in line.KINDS)
# Within the beginning of a file: a line that says what it is.
LINE = re2.compile(rf'"kind"\s*:\s*"(?:{KINDS})"'.encode())


def recognises(head: bytes) -> bool:
    """Is a file that begins like this one of ours?"""
    return LINE.search(head) is not None


def steps(records: Records, account: Account, given: Mapping[str, str]) -> Iterator[Done]:
    """Import the file batch by batch, from where this run has come. Records say all of themselves: `given` is for pages."""
    yield from _Loading(records, account).steps()


class _Loading:
    """One file on its way into the database; `place` is how far it has come."""

    def __init__(self, records: Records, account: Account):
        self.records, self.account = records, account
        self.place = account.place(records)
        self.rights, self.counters = Rights(account.by), Counters()

    def steps(self) -> Iterator[Done]:
        lines = read(self.records, self.place)
        yield from import_in_batches(lines, attrgetter("size"), self._together, self._refused)

    def _together(self, batch: Sequence[Line]) -> Done:
        checked = Checked((found.record for found in batch if found.record), self.rights)
        with one_transaction() as taken:
            planned = Batch(checked, by=self.account.by, counters=self.counters)
            results = iter(sorted(planned.plan().items()))
            effects, documents = [], []
            for found in batch:
                effect, problems = (None, (found.problem,)) if found.problem else self._told(found, *next(results)[1])
                effects.append(effect or "failed")
                documents.append(Document(self.records.file, headline=_headline(found.record), problems=problems))
            planned.write()
            counts = {effect: effects.count(effect) for effect in ("new", "changed", "unchanged", "failed")}
            done, after = Done(counts, tuple(documents), effects=tuple(effects)), self._after(batch)
            self._keep(done, after)
            if self.account.is_dry:
                transaction.set_rollback(True)
        self.place = after
        return replace(done, seconds=taken.seconds)

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

    def _after(self, batch: Sequence[Line]) -> Place:
        last = batch[-1]
        return Place(self.place.sha256, last.end, last.number, self.place.records + len(batch))

    def _keep(self, done: Done, after: Place) -> None:
        self.account.keep(done)
        self.account.advance(self.records, after)


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
