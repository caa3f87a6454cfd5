"""Step three: write one page, wholly or not at all; everything found is a suggestion."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import Truncator
from simple_history.utils import bulk_create_with_history

from kb.models import (
    Appearance,
    Article,
    ArticleStatus,
    BodyFormat,
    Capture,
    Citation,
    Hop,
    HopKind,
    Source,
    State,
    Tag,
    TagLink,
)
from kb.services.articles import save_text
from kb.services.suggestions import free_slug
from kb.text import anchors
from kb.text.inferred_dates import infer

from .planning import Step
from .records import Document, FoundCitation, Problem

# Stands in the history of every version an import wrote; any other version is a person's work.
REASON = "import"


@transaction.atomic
def apply(step: Step, *, by: User | None = None) -> tuple[Article, list[Problem]]:
    """Store the capture, and the article with what was found in it, in one transaction.

    A changed page replaces the text of an article that nobody has worked on. Where a person has, the new capture is
    kept and nothing else is touched: a machine never replaces what a person did.
    """
    sources = {source.name: source for source in Source.objects.filter(name__in=_names(step.document))}
    capture = _capture(step, by)
    if step.effect == "changed":
        article = Article.objects.filter(capture__origin=step.page.origin).order_by("pk").last()
        if _was_worked_on(article):
            message = (
                f"{step.page.file}: the page changed, but somebody has worked on “{article}”: "
                "its text stays, the new capture is kept beside it."
            )
            return article, [Problem("warning", "changed-article-kept", message)]
        for found in (article.appearances, article.citations, article.hops, article.tag_links):
            found.all().delete()
    else:
        article = Article(slug=_slug(step.document))
    problems = _fill(article, step.document)
    article.address = step.page.origin if step.page.origin.startswith(("https://", "http://")) else ""
    article.capture = capture
    article._change_reason = REASON
    save_text(article, by=by)
    _write_hops(article, step.document, sources)
    _write_tags(article, step.document)
    citations = _write_citations(article, step.document, sources)
    _write_appearances(article, step.document, citations)
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
            "receipt": step.document.as_json()["spans"],
        },
    )
    return capture


def _was_worked_on(article: Article) -> bool:
    return (
        article.status != ArticleStatus.DRAFT
        or article.history.exclude(history_change_reason=REASON).exists()
        or article.annotations.exists()
        or any(
            rows.exclude(state=State.SUGGESTED).exists()
            for rows in (article.citations, article.appearances, article.hops, article.tag_links)
        )
    )


def _slug(document: Document) -> str:
    return free_slug(Article, document.headline or Truncator(document.body_text).words(8, truncate=""))


def _fill(article: Article, document: Document) -> list[Problem]:
    longest = Article._meta.get_field("title").max_length
    title = document.headline or ""
    problems = []
    if len(title) > longest:
        problems.append(
            Problem(
                "warning", "title-cut", f"{document.file}: the title is longer than {longest} characters and was cut."
            )
        )
    article.title = Truncator(title).chars(longest)
    article.body, article.body_format = document.body_text, BodyFormat.PLAIN
    article.headings = list(document.section_headings)
    article.language = document.language or ""
    article.direction = document.direction or ""
    article.genre = document.genre or ""
    article.issued_on = document.published or ""
    article.retrieved_on = document.retrieved or ""
    return problems


def _write_hops(article: Article, document: Document, sources: dict[str, Source]) -> None:
    chain = [(HopKind.WROTE, name) for name in document.authors]
    if document.originally_published_by:
        chain.append((HopKind.PUBLISHED, document.originally_published_by))
    if document.publisher:
        chain.append(
            (HopKind.REPUBLISHED if document.originally_published_by else HopKind.PUBLISHED, document.publisher)
        )
    _create(
        Hop,
        [
            Hop(
                article=article,
                position=position,
                kind=kind,
                printed_name=_cut(Hop, "printed_name", name),
                source=None if kind == HopKind.WROTE else sources.get(name),
            )
            for position, (kind, name) in enumerate(chain, start=1)
        ],
    )


def _write_tags(article: Article, document: Document) -> None:
    links = {}
    for found in document.tags:
        name = _cut(Tag, "name", found.name)
        tag = Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name, kind=found.kind)
        links[tag.pk] = TagLink(content_object=article, tag=tag)
    _create(TagLink, list(links.values()))


def _write_citations(article: Article, document: Document, sources: dict[str, Source]) -> list[Citation]:
    citations = _create(
        Citation,
        [
            Citation(
                article=article,
                position=position,
                resolution=found.resolution,
                source=sources.get(found.source),
                printed_name=_cut(Citation, "printed_name", found.printed_name),
                as_printed=found.as_printed,
                speaker=_cut(Citation, "speaker", found.speaker or ""),
                claim_text=found.claim_text or "",
                raw_start=found.raw_start,
                raw_end=found.raw_end,
                confidence=found.confidence,
                **_dates(found, document, sources.get(document.publisher)),
                **_anchored(article, found.start, found.end),
            )
            for position, found in enumerate(document.citations, start=1)
        ],
    )
    for citation, found in zip(citations, document.citations, strict=True):
        if found.candidates:
            citation.candidates.set(sources[name] for name in found.candidates if name in sources)
        if found.via is not None or found.antecedent is not None:
            citation.via = None if found.via is None else citations[found.via]
            citation.antecedent = None if found.antecedent is None else citations[found.antecedent]
            citation.save()
    return citations


def _dates(found: FoundCitation, document: Document, publisher: Source | None) -> dict:
    dates = {
        "date_printed": _cut(Citation, "date_printed", found.date_printed or ""),
        "date_edtf": found.date_edtf or "",
    }
    inferred = infer(
        found.date_printed,
        found.date_edtf,
        published=document.published,
        day_first=publisher.day_first if publisher else None,
        language=document.language,
    )
    if inferred:
        dates["date_resolved"], dates["date_basis"] = inferred.edtf, inferred.basis
    return dates


def _write_appearances(article: Article, document: Document, citations: list[Citation]) -> None:
    """The words a citation supports are an appearance to be; citations of the same words share it."""
    supported: dict[tuple[int, int], list[Citation]] = {}
    for citation in citations:
        if citation.claim_text and citation.is_anchored:
            supported.setdefault(_words_near(article.body, citation), []).append(citation)
    appearances = _create(
        Appearance, [Appearance(article=article, **_anchored(article, start, end)) for start, end in supported]
    )
    for appearance, supporting in zip(appearances, supported.values(), strict=True):
        appearance.citations.set(supporting)


def _words_near(body: str, citation: Citation) -> tuple[int, int]:
    """Where the supported words stand: in the citation's own block, the occurrence nearest to it."""
    block = body.rfind("\n\n", 0, citation.start) + 1
    end = body.find("\n\n", citation.end)
    end = len(body) if end < 0 else end
    before = body.rfind(citation.claim_text, block, citation.end)
    after = body.find(citation.claim_text, max(block, citation.start), end)
    start = before if before >= 0 and (after < 0 or citation.start - before <= after - citation.end) else after
    return start, start + len(citation.claim_text)


def _anchored(article: Article, start: int | None, end: int | None) -> dict:
    if start is None:
        return {}
    found = anchors.anchor(article.body, start, end)
    return {
        "exact": found.exact,
        "prefix": found.prefix,
        "suffix": found.suffix,
        "start": start,
        "end": end,
        "revision": article.revision,
    }


def _create(model, rows: list) -> list:
    return bulk_create_with_history(rows, model) if rows else []


def _cut(model, field: str, text: str) -> str:
    return text[: model._meta.get_field(field).max_length]
