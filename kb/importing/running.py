"""One execution of an import: inputs go through the three steps one after the other, and the run keeps the account."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import User
from django.db import DatabaseError
from django.utils import timezone

from kb.models import Article, ImportProblem, ImportRun

from .applying import apply
from .extraction import extract
from .planning import Known, Step, load_register
from .reading import Input, Page, Records, Skipped
from .records import Document, Problem
from .register import Register


@dataclass(slots=True)
class Outcome:
    """What a run did, or would do: the documents in order and the four counts."""

    documents: list[Document] = field(default_factory=list)
    summary: dict[str, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "unchanged": 0, "failed": 0})

    @property
    def nothing_ran(self) -> bool:
        return self.summary["failed"] == sum(self.summary.values())


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one input, or of one batch of a file of records.

    `documents` are the pages, or the records that deserve a word; `counts` counts all.
    """

    counts: dict[str, int]
    documents: tuple[Document, ...] = ()
    article: Article | None = None


@dataclass(slots=True)
class Run:
    """One execution, step by step: whoever drives it may stop after any step and go on later.

    `given` are fields of every document that the operator knows better. `account` is None in a dry run, which writes
    nothing, not even the account of itself.
    """

    given: dict[str, str]
    account: ImportRun | None
    by: User | None = None
    register: Register = field(default_factory=load_register)
    known: Known = field(default_factory=Known.load)

    @property
    def is_dry(self) -> bool:
        return self.account is None

    def steps(self, inputs: Iterable[Input], tell: Callable[[str], None]) -> Iterator[Done]:
        """Import the inputs; one that fails is told and counted, and the others go on."""
        for item in inputs:
            if isinstance(item, Skipped):
                tell(f"{item.file}: skipped, no page.")
                continue
            for done in self._import(item):
                for document in done.documents:
                    for problem in document.problems:
                        tell(problem.message)
                self._keep_account(done)
                yield done

    def finish(self) -> None:
        if self.account:
            self.account.finished_at = timezone.now()
            self.account.save()

    def _import(self, item: Input) -> Iterator[Done]:
        if isinstance(item, Page):
            yield self._page(item)
        elif isinstance(item, Records):
            problem = Problem("error", "unknown-records", f"{item.file}: no importer knows records of this kind.")
            yield Done({"failed": 1}, (Document(item.file, problems=(problem,)),))
        else:
            yield Done({"failed": 1}, (Document(item.file, problems=(item.problem,)),))

    def _page(self, page: Page) -> Done:
        document = replace(extract(page.text, file=page.file, register=self.register), **self.given)
        effect, article = self.known.effect_of(page), None
        if effect != "unchanged" and not self.is_dry:
            try:
                article, problems = apply(Step(page, document, effect), by=self.by)
            except DatabaseError as error:
                message = f"{page.file}: the database refused it, nothing of it was kept: {error}"
                failed = replace(document, problems=(*document.problems, Problem("error", "database", message)))
                return Done({"failed": 1}, (failed,))
            document = replace(document, problems=(*document.problems, *problems))
        self.known.remember(page)
        return Done({effect: 1}, (document,), article)

    def _keep_account(self, done: Done) -> None:
        if self.account is None:
            return
        for effect, count in done.counts.items():
            setattr(self.account, effect, getattr(self.account, effect) + count)
        self.account.save()
        ImportProblem.objects.bulk_create(
            ImportProblem(
                run=self.account,
                article=done.article,
                file=document.file[-1000:],
                level=problem.level,
                code=problem.code,
                message=problem.message,
                line=problem.line,
            )
            for document in done.documents
            for problem in document.problems
        )


def run(
    inputs: Iterable[Input],
    *,
    given: dict[str, str] | None = None,
    dry_run: bool = False,
    resume: bool = False,
    by: User | None = None,
    tell: Callable[[str], None] = lambda message: None,
) -> Outcome:
    """Import everything in one go.

    `resume` goes on with the account of a run that was cut off: pages are known by their hashes, files of records by
    the ledger.
    """
    execution = Run(given or {}, None if dry_run else _account(resume, by), by)
    outcome = Outcome()
    for done in execution.steps(inputs, tell):
        outcome.documents += done.documents
        for effect, count in done.counts.items():
            outcome.summary[effect] += count
    execution.finish()
    return outcome


def _account(resume: bool, by: User | None) -> ImportRun:
    cut_off = ImportRun.objects.filter(finished_at=None).first() if resume else None
    return cut_off or ImportRun.objects.create(by=by)
