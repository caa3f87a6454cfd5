"""Step three: write one page, wholly or not at all; everything found is a suggestion."""

from django.contrib.auth.models import User
from django.db import transaction

from kb.importing.foreign_checks import store_found
from kb.importing.planning import Step
from kb.importing.records import Document, Problem
from kb.models import Article, ArticleStatus, Capture, Source, State
from kb.services.articles import save_text

from .chain import write_hops
from .fields import fill, slug_of
from .findings import write_appearances, write_citations, write_tags
from .rows import REASON

__all__ = ["REASON", "apply"]


@transaction.atomic
def apply(step: Step, *, by: User | None = None) -> tuple[Article, list[Problem]]:
    """Store the capture, and the article with what was found in it, in one transaction.

    A changed page replaces the text of an article that nobody has worked on. Where a person has, the new capture is
    kept and nothing else is touched: a machine never replaces what a person did.
    """
    sources = {source.name: source for source in Source.objects.filter(name__in=_names(step.document))}
    capture = _capture(step, by)
    store_found(step.document, by=by)
    if step.effect == "changed":
        article = Article.objects.filter(capture__origin=step.page.origin).order_by("pk").last()
        if was_worked_on(article):
            message = (
                f"{step.page.file}: the page changed, but somebody has worked on “{article}”: "
                "its text stays, the new capture is kept beside it."
            )
            return article, [Problem("warning", "changed-article-kept", message)]
        for found in (article.appearances, article.citations, article.hops, article.tag_links):
            found.all().delete()
    else:
        article = Article(slug=slug_of(step.document))
    problems = fill(article, step.document)
    article.address = step.page.origin if step.page.origin.startswith(("https://", "http://")) else ""
    article.capture = capture
    article._change_reason = REASON
    save_text(article, by=by)
    write_hops(article, step.document, sources)
    write_tags(article, step.document)
    citations = write_citations(article, step.document, sources)
    write_appearances(article, step.document, citations)
    return article, problems


def _names(document: Document) -> set[str]:
    return {
        name
        for name in (
            document.publisher,
            document.originally_published_by,
            *(found.source for found in document.citations),
            *(candidate for found in document.citations for candidate in found.candidates),
        )
        if name
    }


def _capture(step: Step, by: User | None) -> Capture:
    capture, _ = Capture.objects.get_or_create(
        sha256=step.page.sha256,
        defaults={
            "content": step.page.content,
            "encoding": step.page.encoding,
            "media_type": step.page.media_type,
            "origin": step.page.origin,
            "received_by": by,
            "receipt": [span.as_json() for span in step.document.spans],
        },
    )
    return capture


def was_worked_on(article: Article) -> bool:
    return (
        article.status != ArticleStatus.DRAFT
        or article.history.exclude(history_change_reason=REASON).exists()
        or article.annotations.exists()
        or any(
            rows.exclude(state=State.SUGGESTED).exists()
            for rows in (article.citations, article.appearances, article.hops, article.tag_links)
        )
    )
