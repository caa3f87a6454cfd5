"""What a saved web page says: its article's text with the places of every word in the source, and its fields.

The source is walked once for the places, and parsed once for everything else. Knows nothing of the database and opens
no connection; never raises, whatever the page holds.
"""

from bisect import bisect_right
from dataclasses import dataclass

from kb.importing.page_text import PageText, read_page
from kb.importing.records import Block, FoundPiece, Problem, Span, problem_of_turning
from kb.importing.register import Register
from kb.importing.web_page.beside import find_repeats, find_stories, piece_of, rule_of_repeat
from kb.importing.web_page.body import Body, body_by_extractor, body_by_selector, titles_of
from kb.importing.web_page.fields import Fields, canonical_address, read_fields
from kb.importing.web_page.markup import MOST_TEXT, Markup, parse
from kb.importing.web_page.receipt import RULES, rules_of, spans_of
from kb.importing.web_page.source_map import HEADINGS, Line, segments_of
from kb.text.addresses import host_of

__all__ = ["RULES", "WebPage", "read_web_page"]


@dataclass(frozen=True, slots=True)
class WebPage:
    """The article of one page. `origin` says who found its body: "selector", "extractor" or "text".

    `text` is what the visible text of the page says when the body was found in it, as in a page of plain text.
    """

    markup: Markup
    blocks: tuple[Block, ...]
    spans: tuple[Span, ...]
    pieces: tuple[FoundPiece, ...]
    origin: str
    fields: Fields
    text: PageText | None = None
    problems: tuple[Problem, ...] = ()


def read_web_page(
    source: str, *, register: Register, address: str | None = None, selectors: dict[str, str] | None = None
) -> WebPage:
    """Read the article off the source of a page; `address` is where it was saved from.

    `selectors` are tried first; without them those that the register has for the page's site.
    """
    markup = parse(source)
    if selectors is None:
        selectors = register.selectors_at(host_of(address or canonical_address(markup.tree)))
    lines = markup.source_map.lines
    problems = list(_problems(source, markup))
    body = body_by_selector(markup, selectors) if selectors and selectors.get("body") else None
    body = body or body_by_extractor(markup, register)
    text = None
    if body is None and markup.has_too_much_text:
        body = Body([], "text")
    elif body is None:
        text, body = _by_text(lines, register)
        problems += text.problems
    blocks = tuple(_block(source, lines[number]) for number in body.kept)
    rules = rules_of(lines, set(body.kept), body.rules)
    pieces = _pieces(markup, body, rules, register) if body.origin != "text" else body.pieces
    repeats = find_repeats(source, lines, body.kept, rules)
    rules |= {number: rule_of_repeat(lines[number], rules[number]) for number in repeats}
    spans = spans_of(markup.source_map, rules, repeats)
    texts = [block.text for block in blocks]
    fields = read_fields(markup.tree, register, address=address, body=texts, source=source, selectors=selectors)
    return WebPage(markup, blocks, spans, pieces, body.origin, fields, text, problems=tuple(problems))


def _pieces(markup: Markup, body: Body, rules: dict[int, str], register: Register) -> tuple[FoundPiece, ...]:
    """The other articles of the page; their text is told to be that in the receipt."""
    lines = markup.source_map.lines
    stories = find_stories(lines, body.kept, titles_of(markup), register)
    for story in stories:
        rules.update(dict.fromkeys(story.paragraphs, "foreign-article"))
    return tuple(piece_of(story, lines) for story in stories)


def _problems(source: str, markup: Markup):
    if markup.has_too_much_text:
        message = f"The page was not read: {markup.refusal}, and no article has more than {MOST_TEXT:,}."
        yield Problem("error", "too-much-text", message)
    elif markup.refusal:
        message = f"The page was read as plain text: {markup.refusal}."
        yield Problem("warning", "hostile-markup", message)
    if problem := problem_of_turning(source):
        yield problem


def _block(source: str, line: Line) -> Block:
    text, segments = segments_of(source, line.pieces)
    is_heading = line.is_within(*HEADINGS)
    return Block("heading" if is_heading else "paragraph", text, line.start, segments)


def _by_text(lines: list[Line], register: Register) -> tuple[PageText, Body]:
    """The article by the words of the visible text alone, as in a page of plain text."""
    page = read_page("\n".join(line.text for line in lines), register)
    kept, rules, starts = [], {}, []
    position = 0
    spans = iter(page.spans)
    span = next(spans, None)
    for number, line in enumerate(lines):
        starts.append(position)
        while span is not None and span.end <= position:
            span = next(spans, None)
        if span is not None and span.kept:
            kept.append(number)
        elif span is not None:
            rules[number] = span.rule
        position += len(line.text) + 1
    pieces = tuple(
        FoundPiece(
            lines[bisect_right(starts, piece.start) - 1].start,
            lines[bisect_right(starts, piece.end - 1) - 1].end,
            piece.title,
        )
        for piece in page.pieces
    )
    return page, Body(kept, "text", rules, pieces)
