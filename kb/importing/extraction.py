"""Composes what one page says: the article's structure, its language, and the sources it leans on."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kb.importing.citations import BLOCK_SEPARATOR, find_citations, find_source_lines
from kb.importing.foreign_checks import reading as foreign_checks
from kb.importing.page_text import LooseLine, PageText, read_page
from kb.importing.reading import Page
from kb.importing.records import Block, Document, Finding, FoundCitation, Problem, Span
from kb.importing.register import Register
from kb.importing.web_page import read_web_page
from kb.text.captured import WEB_ARCHIVE, WEB_PAGE
from kb.text.language import direction_of_blocks, language_of

# The fields that a web page's markup tells.
FIELDS = ("headline", "standfirst", "authors", "publisher", "published", "language", "direction", "genre", "tags")
FIELDS += ("address", "provenance")


def extract_page(page: Page, register: Register) -> Document:
    """What one captured page says of itself, read as what it is: text, or a web page."""
    if page.media_type not in (WEB_PAGE, WEB_ARCHIVE):
        return extract(page.text, file=page.file, register=register)
    address = page.origin if page.origin.startswith(("https://", "http://")) else None
    return extract_web_page(page.text, file=page.file, address=address, register=register)


def extract_web_page(source: str, *, file: str, address: str | None, register: Register) -> Document:
    """What the source of a web page says of itself. Never raises; opens no connection."""
    page = read_web_page(source, register=register, address=address)
    texts = [block.text for block in page.blocks]
    problems = tuple(replace(problem, message=f"{file}: {problem.message}", line=None) for problem in page.problems)
    if not page.blocks and not any(problem.level == "error" for problem in problems):
        problems += (Problem("error", "no-article-text", f"{file}: nothing on the page reads like an article."),)
    checks, unusable = foreign_checks.read_page(
        page.markup.tree,
        file=file,
        address=page.fields.address or address or "",
        language=page.fields.language or "",
    )
    problems += (*unusable, *(problem for check in checks for problem in check.problems))
    document = Document(
        file=file,
        foreign_checks=checks,
        section_headings=tuple(block.text for block in page.blocks if block.kind == "heading"),
        body_text=BLOCK_SEPARATOR.join(texts),
        citations=tuple(_placed(find_citations(page.blocks, register), page.blocks)),
        spans=page.spans,
        pieces=page.pieces,
        problems=problems,
        **{name: getattr(page.fields, name) for name in FIELDS},
    )
    return _with_text_fields(document, page.text) if page.text else document


def with_given(document: Document, given: Mapping[str, str]) -> Document:
    """The document with what the operator knows better, and that it was given."""
    if not given:
        return document
    provenance = dict(document.provenance)
    for name, words in given.items():
        known = document.provenance.get(name)
        others = ((known.origin, known.words), *known.others) if known else ()
        provenance[name] = Finding("given", words, others)
    return replace(document, **given, provenance=provenance)


def _with_text_fields(document: Document, text: PageText) -> Document:
    """What the markup leaves open, as the visible text tells it."""
    told = {name: value for name, value in _told_by_text(text).items() if value and not getattr(document, name)}
    where = {name: Finding(*found) for name, found in _where_in_text(text).items() if name in told}
    return replace(document, **told, provenance=document.provenance | where)


def _told_by_text(page: PageText) -> dict[str, object]:
    names = ("headline", "authors", "publisher", "originally_published_by", "published", "retrieved", "genre", "tags")
    return {name: getattr(page, name) for name in names}


def _where_in_text(page: PageText) -> dict[str, tuple[str, str]]:
    """Where the text path reads each field, and the words: it keeps values as printed."""
    found = {
        "headline": ("text", page.headline),
        "authors": ("byline", ", ".join(page.authors)),
        "publisher": ("text", page.publisher),
        "originally_published_by": ("text", page.originally_published_by),
        "published": ("date line", page.published),
        "retrieved": ("date line", page.retrieved),
        "genre": ("text", page.genre),
        "tags": ("text", ", ".join(tag.name for tag in page.tags)),
    }
    return {name: (origin, words) for name, (origin, words) in found.items() if words}


def extract(raw: str, *, file: str, register: Register) -> Document:
    """What the text of one captured page says of itself. Never raises; what the page does not say is None or empty.

    Positions of citations count in `body_text` and in `raw`; a source named outside the body has the latter only.
    """
    page = read_page(raw, register)
    texts = [block.text for block in page.blocks]
    citations = _placed(find_citations(page.blocks, register), page.blocks)
    outside = _outside(page.loose_lines, register) if page.blocks else []
    language, direction = language_of(texts), direction_of_blocks(texts)
    provenance = {name: Finding(*found) for name, found in _where_in_text(page).items()}
    if language:
        provenance["language"] = Finding("text", language)
    return Document(
        file=file,
        language=language,
        direction=direction,
        section_headings=tuple(block.text for block in page.blocks if block.kind == "heading"),
        body_text=BLOCK_SEPARATOR.join(texts),
        citations=(*citations, *outside),
        spans=_with_source_lines(page.spans, outside),
        pieces=page.pieces,
        provenance=provenance,
        problems=page.problems,
        **_told_by_text(page),
    )


def _placed(citations: Sequence[FoundCitation], blocks: Sequence[Block]) -> list[FoundCitation]:
    """The citations of the body with their positions in the capture."""
    starts, position = [], 0
    for block in blocks:
        starts.append(position)
        position += len(block.text) + len(BLOCK_SEPARATOR)
    placed = []
    for citation in citations:
        number = bisect_right(starts, citation.start) - 1
        block, shift = blocks[number], starts[number]
        raw_start, raw_end = block.raw_range(citation.start - shift, citation.end - shift)
        placed.append(replace(citation, raw_start=raw_start, raw_end=raw_end))
    return placed


def _outside(lines: Sequence[LooseLine], register: Register) -> list[FoundCitation]:
    """Sources of the whole article, named on a line around it."""
    found = []
    for line in lines:
        for citation in find_source_lines(line.text, register):
            start, end = line.start + citation.start, line.start + citation.end
            found.append(replace(citation, start=None, end=None, raw_start=start, raw_end=end, via=None))
    return found


def _with_source_lines(spans: Sequence[Span], citations: Sequence[FoundCitation]) -> tuple[Span, ...]:
    """The spans, those that turned out to name a source under the rule that says so."""
    places = sorted(citation.raw_start for citation in citations)
    if not places:
        return tuple(spans)
    starts = [span.start for span in spans]
    named = {bisect_right(starts, place) - 1 for place in places}
    return tuple(replace(span, rule="source-line") if number in named else span for number, span in enumerate(spans))
