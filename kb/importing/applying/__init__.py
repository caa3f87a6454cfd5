"""Step three: write one page, wholly or not at all; everything found is a suggestion."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from kb.importing.foreign_checks.storing import store_found
from kb.importing.history import REASON, was_worked_on
from kb.importing.marks import mark
from kb.importing.planning import Step, plan
from kb.importing.reading import Page
from kb.importing.records import Document, Problem
from kb.models import Article, Capture, ChangeState, Hop, PageChange, Source
from kb.models.versions import signed
from kb.services.articles import save_text

from .captures import receipt_of, receive
from .chain import write_copy, write_hops
from .fields import address_of, fill, set_text, slug_of
from .findings import write_appearances, write_citations, write_tags

__all__ = ["REASON", "apply", "was_worked_on", "write_new", "write_text"]


@transaction.atomic
def apply(step: Step, *, by: User | None = None) -> tuple[Article, tuple[Problem, ...]]:
    """Store the capture and do what the step says with it, in one transaction.

    A changed page changes the text of an article that no person edited and no reader sees. Any other keeps its text,
    and the change waits. What a person decided or wrote is never replaced.
    """
    with signed(by, REASON):
        return _apply(step, by)


def _apply(step: Step, by: User | None) -> tuple[Article, tuple[Problem, ...]]:
    capture, is_new = receive(step.page, step.document, by=by)
    store_found(step.document, by=by)
    if not is_new or step.fate != "article":
        # Somebody else may have imported the same page, or saved the article, since this one was planned.
        step = plan(step.page, step.document)
    if step.fate == "article":
        return write_new(step.page, step.document, capture, by=by), step.problems
    article = step.article
    if step.fate == "text":
        before = article.capture
        write_text(article, step.page, step.document, step.document.body_text, capture, by=by)
        _overtake(article)
        _note_change(article, before, capture, by=by, revision=article.revision)
    elif step.fate == "waiting":
        _overtake(article)
        _note_change(article, article.capture, capture)
    elif step.fate == "back":
        _overtake(article)
    elif step.fate == "hop":
        write_copy(article, capture, step.document, address_of(step.page, step.document), step.basis, by=by)
    elif step.fate == "hop-capture":
        _renew(step.hop, capture, step.basis, by=by)
    return article, step.problems


def write_new(page: Page, document: Document, capture: Capture, *, by: User | None) -> Article:
    """A draft of the page, with everything found in it."""
    article = Article(slug=slug_of(document))
    write_text(article, page, document, document.body_text, capture, by=by)
    return article


def write_text(
    article: Article,
    page: Page,
    document: Document,
    body: str,
    capture: Capture,
    *,
    by: User | None,
    reason: str = REASON,
) -> None:
    """Give the article the text and the fields of its page, and replace open suggestions by what was found now."""
    sources = {source.name: source for source in Source.objects.filter(name__in=_names(document))}
    before = article.text
    fill(article, page, document)
    set_text(article, document, body)
    if article.capture_id not in (None, capture.pk):
        capture.receipt = receipt_of(document)
        capture.save(update_fields=["receipt"])
    article.capture = capture
    article._change_reason = reason
    with signed(by, REASON):
        save_text(article, by=by)
        write_hops(article, page, document, sources, by=by)
        write_tags(article, document, by=by)
        citations = write_citations(article, document, sources, before=before, by=by)
        write_appearances(article, document, citations, by=by)
    mark(article)


def _names(document: Document) -> set[str]:
    return {
        name
        for name in (
            document.publisher,
            document.originally_published_by,
            *document.authors,
            *(found.source for found in document.citations),
            *(candidate for found in document.citations for candidate in found.candidates),
        )
        if name
    }


def _overtake(article: Article) -> None:
    """The page changed again: how it stood before tells nothing any more, unless the text has it."""
    for change in article.page_changes.exclude(state__in=(ChangeState.APPLIED, ChangeState.OVERTAKEN)):
        change.state = ChangeState.OVERTAKEN
        change._change_reason = REASON
        change.save()


def _note_change(
    article: Article, before: Capture, after: Capture, *, by: User | None = None, revision: int | None = None
) -> PageChange:
    change = PageChange(article=article, before=before, after=after)
    if revision is not None:
        change.state, change.revision = ChangeState.APPLIED, revision
        change.decided_by, change.decided_at = by, timezone.now()
    change._history_user, change._change_reason = by, REASON
    change.save()
    return change


def _renew(hop: Hop, capture: Capture, basis: str, *, by: User | None) -> None:
    """The page of a copy changed and is still one: the hop points to it as it is now."""
    hop.capture = capture
    if hop.is_open:
        hop.basis = basis
    hop._history_user, hop._change_reason = by, REASON
    hop.save()
