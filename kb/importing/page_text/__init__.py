"""Turns the text of one captured page into the structure of its article.

A page passes through five steps, each in its own module: passages (lines, hard wraps undone), marking (what each is
by its own words), outline (what belongs to the article, by place and repetition), imprint (who, where, when), hashtags.
Nothing here knows a database, the clock or a network, and every pattern runs in linear time.
"""

from dataclasses import dataclass, replace

from kb.importing.page_text.cutting import Outline
from kb.importing.page_text.foreign import find_pieces
from kb.importing.page_text.hashtags import find_tags
from kb.importing.page_text.imprint import read_imprint
from kb.importing.page_text.marking import mark_all
from kb.importing.page_text.outline import outline
from kb.importing.page_text.passages import Passage, read_passages
from kb.importing.page_text.repetition import repeated_words
from kb.importing.page_text.vocabulary import RULES
from kb.importing.records import Block, FoundPiece, FoundTag, Problem, Segment, Span, problem_of_turning
from kb.importing.register import Register
from kb.text.direction import TURNING, without_turning
from kb.text.words import without_surrogates

__all__ = ["RULES", "LooseLine", "PageText", "read_page"]

# Lines around the article that may name a source of the whole of it.
_SOURCE_LINE_RULES = frozenset(("trailing-line", "header-line", "next-article", "source-line"))


@dataclass(frozen=True, slots=True)
class LooseLine:
    """A short removed line around the article, with its position in the capture."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class PageText:
    """What the text of one page says: the article's structure, and the receipt of what was kept and removed."""

    headline: str | None
    authors: tuple[str, ...]
    publisher: str | None
    originally_published_by: str | None
    published: str | None
    retrieved: str | None
    genre: str | None
    blocks: tuple[Block, ...]
    tags: tuple[FoundTag, ...]
    spans: tuple[Span, ...]
    pieces: tuple[FoundPiece, ...]
    loose_lines: tuple[LooseLine, ...]
    problems: tuple[Problem, ...]


def read_page(raw: str, register: Register) -> PageText:
    """Read the article off the text of a captured page. Never raises; what the page does not say is None or empty.

    The spans cover the capture without gap or overlap, one per kept block; white space between stretches of different
    kinds is a removed span of its own, white space within a removed stretch belongs to it.
    """
    problem = problem_of_turning(raw)
    if problem is None:
        return _read(raw, register)
    page = _read(without_turning(raw), register)
    return replace(_placed_in(raw, page), problems=(problem, *page.problems))


def _placed_in(raw: str, page: PageText) -> PageText:
    """The page, read without the characters that turn text around, with its places in the capture that holds them.

    What was left out belongs to the span before it.
    """
    places = [place for place, letter in enumerate(raw) if letter not in TURNING]

    def start(place: int) -> int:
        return places[place] if place < len(places) else len(raw)

    def end(place: int) -> int:
        return places[place - 1] + 1 if place else 0

    spans = [
        replace(
            span,
            start=start(span.start) if span.start else 0,
            end=start(span.end),
            of=(start(span.of[0]), end(span.of[1])) if span.of else None,
        )
        for span in page.spans
    ]
    return replace(
        page,
        blocks=tuple(_block_in(block, places) for block in page.blocks),
        spans=tuple(spans),
        pieces=tuple(replace(one, start=start(one.start), end=end(one.end)) for one in page.pieces),
        loose_lines=tuple(replace(one, start=start(one.start)) for one in page.loose_lines),
    )


def _block_in(block: Block, places: list[int]) -> Block:
    """The block with a segment for each stretch of it that stands in the capture without a gap."""
    segments, first = [], 0
    for offset in range(1, len(block.text) + 1):
        shift = places[block.raw_start + first] - first
        is_last = offset == len(block.text)
        if is_last or places[block.raw_start + offset] - offset != shift:
            segments.append(Segment(first, offset, shift + first, shift + offset))
            first = offset
    if len(segments) == 1:
        return replace(block, raw_start=segments[0].raw_start)
    return replace(block, raw_start=segments[0].raw_start, segments=tuple(segments))


def _read(raw: str, register: Register) -> PageText:
    readable = without_surrogates(raw)
    passages = read_passages(readable)
    cut = outline(mark_all(passages, register), register)
    imprint = read_imprint(cut)
    blocks = [
        Block(cut.kinds[index], raw[passages[index].start : passages[index].end], passages[index].start)
        for index in cut.body
    ]
    problems = list(imprint.problems)
    if not blocks:
        problems.append(Problem("error", "no-article-text", "Nothing on the page reads like the text of an article."))
    elif imprint.headline is None:
        problems.append(Problem("info", "no-headline", "The page prints no headline.", 1))
    return PageText(
        headline=imprint.headline,
        authors=imprint.authors,
        publisher=imprint.publisher,
        originally_published_by=imprint.originally_published_by,
        published=imprint.published,
        retrieved=imprint.retrieved,
        genre=imprint.genre,
        blocks=tuple(blocks),
        tags=find_tags(blocks, _listed_tags(cut), register),
        spans=tuple(_spans(len(raw), passages, cut)),
        pieces=find_pieces(cut),
        loose_lines=tuple(_loose_lines(cut)),
        problems=tuple(problems),
    )


def _listed_tags(cut: Outline) -> list[str]:
    """The printed lists of subjects; where only "Tags:" is printed, the short lines below it."""
    tags: list[str] = []
    for index in cut.around:
        if cut.rules[index] != "tag-list":
            continue
        tags += cut.sheet.marked[index].tags
        if not cut.sheet.marked[index].tags:
            for below in range(index + 1, min(index + 13, len(cut.sheet.marked))):
                passage = cut.sheet.marked[below].passage
                if cut.sheet.marked[below].role or below in cut.kinds or passage.is_prose or passage.word_count > 4:
                    break
                cut.rules[below] = "tag-list"
                tags.append(passage.text.strip(" #,"))
    return tags


def _loose_lines(cut: Outline) -> list[LooseLine]:
    return [
        LooseLine(cut.sheet.marked[index].passage.start, cut.sheet.marked[index].passage.text)
        for index in cut.around
        if cut.rules[index] in _SOURCE_LINE_RULES and len(cut.sheet.marked[index].passage.text) <= 200
    ]


def _spans(length: int, passages: list[Passage], cut: Outline) -> list[Span]:
    spans: list[Span] = []
    position = 0
    for index, passage in enumerate(passages):
        is_kept = index in cut.kinds
        rule = "" if is_kept else cut.rules[index] or "trailing-line"
        of = _repeated(cut, index)
        # Lines that may name a source stay apart, each with its own reason, and so does what repeats something.
        is_apart = rule in _SOURCE_LINE_RULES or of is not None or (spans and spans[-1].of)
        goes_on = bool(spans) and not is_kept and spans[-1].rule == rule and not is_apart
        if goes_on:
            spans[-1] = replace(spans[-1], end=passage.end)
        else:
            if passage.start > position:
                spans.append(Span(position, passage.start, kept=False, rule="whitespace"))
            spans.append(Span(passage.start, passage.end, kept=is_kept, rule=rule, of=of))
        position = passage.end
    if position < length:
        spans.append(Span(position, length, kept=False, rule="whitespace"))
    return spans


def _repeated(cut: Outline, index: int) -> tuple[int, int] | None:
    """Where the kept words stand that a removed passage repeats."""
    other = cut.repeats.get(index)
    # What is repeated may itself be a repetition; each step goes to a passage of more words or one further up.
    for _ in range(len(cut.repeats)):
        if other not in cut.repeats:
            break
        other = cut.repeats[other]
    if other is None or other not in cut.kinds:
        return None
    return repeated_words(cut.sheet.passages[index], cut.sheet.passages[other])
