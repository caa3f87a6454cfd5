"""What was found in a text: citations, the words they support, tags; all of it suggested."""

from kb.importing.records import Document, FoundCitation
from kb.models import Appearance, Article, Citation, Source, Tag, TagLink
from kb.text import anchors
from kb.text.inferred_dates import infer

from .rows import create, cut


def write_tags(article: Article, document: Document) -> None:
    links = {}
    for found in document.tags:
        name = cut(Tag, "name", found.name)
        tag = Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name, kind=found.kind)
        links[tag.pk] = TagLink(content_object=article, tag=tag)
    create(TagLink, list(links.values()))


def write_citations(article: Article, document: Document, sources: dict[str, Source]) -> list[Citation]:
    citations = create(
        Citation,
        [
            Citation(
                article=article,
                position=position,
                resolution=found.resolution,
                source=sources.get(found.source),
                printed_name=cut(Citation, "printed_name", found.printed_name),
                as_printed=found.as_printed,
                speaker=cut(Citation, "speaker", found.speaker or ""),
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
        "date_printed": cut(Citation, "date_printed", found.date_printed or ""),
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


def write_appearances(article: Article, document: Document, citations: list[Citation]) -> None:
    """The words a citation supports are an appearance to be; citations of the same words share it."""
    supported: dict[tuple[int, int], list[Citation]] = {}
    for citation in citations:
        if citation.claim_text and citation.is_anchored:
            supported.setdefault(_words_near(article.body, citation), []).append(citation)
    appearances = create(
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
