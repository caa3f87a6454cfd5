"""One execution of an import: pages go through the three steps one after the other, and the run keeps the account."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.contrib.auth.models import User
from django.db import DatabaseError
from django.utils import timezone

from kb.models import Article, ImportProblem, ImportRun

from .applying import apply
from .extraction import extract
from .planning import Known, Step, load_register
from .reading import Page, Skipped, Unreadable
from .records import Document, Problem


@dataclass(slots=True)
class Outcome:
    """What a run did, or would do: the documents in order and the four counts."""

    documents: list[Document] = field(default_factory=list)
    summary: dict[str, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "unchanged": 0, "failed": 0})

    @property
    def nothing_ran(self) -> bool:
        return self.summary["failed"] == sum(self.summary.values())


def run(
    inputs: Iterable[Page | Unreadable | Skipped],
    *,
    given: dict[str, str] | None = None,
    dry_run: bool = False,
    resume: bool = False,
    by: User | None = None,
    tell: Callable[[str], None] = lambda message: None,
) -> Outcome:
    """Import pages, each in its own transaction; `given` are fields of every document that the operator knows better.

    A page that fails is told and counted, and the others go on. A dry run writes nothing, not even the account of
    itself. `resume` goes on with the account of a run that was cut off; its pages are known by their hashes.
    """
    register, known, outcome = load_register(), Known.load(), Outcome()
    account = None if dry_run else _account(resume, by)
    for item in inputs:
        if isinstance(item, Skipped):
            tell(f"{item.file}: skipped, no page.")
            continue
        article = None
        if isinstance(item, Unreadable):
            document, effect = Document(item.file, problems=(item.problem,)), "failed"
        else:
            document, effect, article = _import(item, given or {}, register, known, dry_run=dry_run, by=by)
        outcome.documents.append(document)
        outcome.summary[effect] += 1
        for problem in document.problems:
            tell(problem.message)
        if account:
            _keep_account(account, document, effect, article)
    if account:
        account.finished_at = timezone.now()
        account.save()
    return outcome


def _import(page: Page, given, register, known, *, dry_run, by) -> tuple[Document, str, Article | None]:
    document = replace(extract(page.text, file=page.file, register=register), **given)
    effect, article = known.effect_of(page), None
    if effect != "unchanged" and not dry_run:
        try:
            article, problems = apply(Step(page, document, effect), by=by)
        except DatabaseError as error:
            message = f"{page.file}: the database refused it, nothing of it was kept: {error}"
            failed = replace(document, problems=(*document.problems, Problem("error", "database", message)))
            return failed, "failed", None
        document = replace(document, problems=(*document.problems, *problems))
    known.remember(page)
    return document, effect, article


def _account(resume: bool, by: User | None) -> ImportRun:
    cut_off = ImportRun.objects.filter(finished_at=None).first() if resume else None
    return cut_off or ImportRun.objects.create(by=by)


def _keep_account(account: ImportRun, document: Document, effect: str, article: Article | None) -> None:
    setattr(account, effect, getattr(account, effect) + 1)
    account.save()
    ImportProblem.objects.bulk_create(
        ImportProblem(
            run=account,
            article=article,
            file=document.file[-1000:],
            level=problem.level,
            code=problem.code,
            message=problem.message,
            line=problem.line,
        )
        for problem in document.problems
    )
