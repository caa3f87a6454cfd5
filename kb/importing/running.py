"""One execution of an import: inputs go through the three steps one after the other, and the run keeps the account."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import ModuleType

from django.contrib.auth.models import User
from django.db import DatabaseError
from django.utils import timezone

from kb.models import ImportRun, Stage, StaleVersion
from kb.search import documents

from . import interchange
from .account import CLAIM, Account, Done
from .applying import apply
from .extraction import with_given
from .foreign_checks import storing as foreign_checks
from .marks import reindex, without_marks
from .parallel import extracted
from .planning import Known, load_register
from .reading import LONGEST_ORIGIN, Input, Page, Records, Skipped
from .records import Document, Problem
from .register import Register

# Whoever imports files of records offers `recognises(head)`, given the first bytes of a file, and
# `steps(records, account, given)`, which yields what became of each batch and keeps the account itself, in the transaction
# of the batch.
IMPORTERS: tuple[ModuleType, ...] = (interchange, foreign_checks)
HEAD = 64 * 1024
# An uploaded page has no place of its own until it says where it was published.
UPLOADED = "upload:"


@dataclass(slots=True)
class Outcome:
    """What a run did, or would do, in four counts."""

    summary: dict[str, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "unchanged": 0, "failed": 0})

    @property
    def nothing_ran(self) -> bool:
        return self.summary["failed"] == sum(self.summary.values())


@dataclass
class Run:
    """One execution, step by step: whoever drives it may stop after any step and go on later.

    `given` are fields of every document that the operator knows better. `account` is None in a dry run, which writes
    nothing, not even the account of itself.
    """

    given: dict[str, str]
    account: ImportRun | None
    by: User | None = None

    @cached_property
    def register(self) -> Register:
        """Read once there is a page: files of records need neither it nor what is known of pages."""
        return load_register()

    @cached_property
    def known(self) -> Known:
        return Known()

    @property
    def is_dry(self) -> bool:
        return self.account is None

    @property
    def keeper(self) -> Account:
        return Account(self.account, self.by)

    def steps(self, inputs: Iterable[Input], tell: Callable[[str], None]) -> Iterator[Done]:
        """Import the inputs; one that fails is told and counted, and the others go on."""
        for item, document in extracted(inputs, self.register):
            if isinstance(item, Skipped):
                tell(f"{item.file}: skipped, no page.")
                continue
            if isinstance(item, Records) and not item.is_named and self._is_of_another_kind(item):
                tell(f"{item.file}: skipped, it holds no records that can be imported.")
                continue
            for done in self._import(item, document):
                for document in done.documents:
                    for problem in document.problems:
                        tell(_told(document.file, problem))
                yield done

    def finish(self) -> None:
        self.keeper.close()

    def _import(self, item: Input, document: Document | None) -> Iterator[Done]:
        if document is not None:
            yield self._kept(self._page(item, document))
        elif isinstance(item, Records):
            yield from self._records(item)
        else:
            yield self._kept(_failed(item.file, item.problem))

    def _kept(self, done: Done) -> Done:
        self.keeper.keep(done)
        self.keeper.note(done)
        return done

    def _records(self, records: Records) -> Iterator[Done]:
        try:
            head = _head_of(records)
        except OSError as error:
            message = f"{records.file}: cannot be read: {error.strerror or error}."
            yield self._kept(_failed(records.file, Problem("error", "unreadable", message)))
            return
        if importer := _importer_of(head):
            yield from importer.steps(records, self.keeper, self.given)
            if not self.is_dry:
                # Between these steps too somebody may stop and go on later.
                yield from (Done({}) for _ in reindex(without_marks()))
                yield from (Done({}) for _ in documents.catching_up())
            return
        problem = (
            Problem("error", "unknown-records", f"{records.file}: no importer knows records of this kind.")
            if head.strip()
            else Problem("error", "empty", f"{records.file}: is empty.")
        )
        yield self._kept(_failed(records.file, problem))

    def _is_of_another_kind(self, records: Records) -> bool:
        """Settings, data of another program: a folder of saved pages may hold any JSON."""
        try:
            head = _head_of(records)
        except OSError:
            return False
        return records.path.suffix.lower() == ".json" and _importer_of(head) is None

    def _page(self, page: Page, document: Document) -> Done:
        document = with_given(document, self.given)
        if page.origin.startswith(UPLOADED) and document.address:
            page = replace(page, origin=document.address[:LONGEST_ORIGIN])
        step, article = self.known.plan(page, document), None
        problems = step.problems
        if step.effect != "unchanged" and not self.is_dry:
            try:
                article, problems = apply(step, by=self.by)
            except StaleVersion as stale:
                message = f"{page.file}: nothing of it was kept, import it again: {stale}"
                failed = replace(
                    document, problems=(*document.problems, Problem("error", "changed-meanwhile", message))
                )
                return Done({"failed": 1}, (failed,))
            except DatabaseError as error:
                message = f"{page.file}: the database refused it, nothing of it was kept: {error}"
                failed = replace(document, problems=(*document.problems, Problem("error", "database", message)))
                return Done({"failed": 1}, (failed,))
        if self.is_dry:
            self.known.remember(page, document)
        return Done({step.effect: 1}, (replace(document, problems=(*document.problems, *problems)),), article)


def _head_of(records: Records) -> bytes:
    with records.path.open("rb") as stream:
        return stream.read(HEAD)


def _importer_of(head: bytes) -> ModuleType | None:
    return next((importer for importer in IMPORTERS if importer.recognises(head)), None)


def _told(file: str, problem: Problem) -> str:
    """The message with the file, and the line where it is known, before it; some begin with it already."""
    if problem.message.startswith((f"{file}:", f"{file}, line ")):
        return problem.message
    place = f"{file}, line {problem.line}" if problem.line else file
    return f"{place}: {problem.message}"


def _failed(file: str, problem: Problem) -> Done:
    return Done({"failed": 1}, (Document(file, problems=(problem,)),))


def run(
    inputs: Iterable[Input],
    *,
    given: dict[str, str] | None = None,
    dry_run: bool = False,
    resume: bool = False,
    by: User | None = None,
    tell: Callable[[str], None] = lambda message: None,
    take: Callable[[Document], None] = lambda document: None,
    watched: Callable[[Iterable[Done]], Iterable[Done]] = lambda steps: steps,
) -> Outcome:
    """Import everything in one go; `take` is given each document as it comes, none is kept.

    `resume` goes on with the account of a run that was cut off: pages are known by their hashes, files of records by
    the ledger.
    """
    execution = Run(given or {}, None if dry_run else _account(resume, by, given or {}), by)
    outcome = Outcome()
    for done in watched(execution.steps(inputs, tell)):
        for document in done.documents:
            take(document)
        for effect, count in done.counts.items():
            outcome.summary[effect] += count
    execution.finish()
    return outcome


def _account(resume: bool, by: User | None, given: dict[str, str]) -> ImportRun:
    cut_off = ImportRun.objects.filter(finished_at=None, stage=Stage.RUNNING, uploads=None) if resume else None
    return (cut_off and cut_off.first()) or ImportRun.objects.create(
        by=by, options=given, claimed_until=timezone.now() + CLAIM
    )
