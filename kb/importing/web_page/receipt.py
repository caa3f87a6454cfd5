"""The receipt of a web page: every stretch of its source, kept or removed, with the reason in words."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from kb.importing.page_text import RULES as TEXT_RULES
from kb.importing.records import Span
from kb.importing.web_page.regions import rule_of
from kb.importing.web_page.source_map import Element, Line, SourceMap

RULES = {
    **TEXT_RULES,
    "markup": "Tags of the page, which nobody sees.",
    "script": "Programs, styles and comments in the source, which nobody sees.",
    "page-head": "The head of the page; what it says of the article is kept with its fields.",
    "navigation": "Links for moving about the site.",
    "form": "Fields and buttons of a form.",
    "outside-article": "Stands on the page outside the article.",
}
# Stretches of these join over the tags between them; others are one span for each line, so that each can be put back.
_JOINED = frozenset(
    ("navigation", "form", "site-chrome", "related-articles", "comments", "markup", "script", "page-head", "whitespace")
)
_UNSEEN = frozenset(("markup", "whitespace"))


class _Places:
    """Why lines are no part of the article, by where they stand: in a part that holds nothing of it."""

    def __init__(self, kept: Iterable[Line]):
        self.rules: dict[Element, str | None] = {element: None for line in kept for element in line.ancestors()}

    def rule_of(self, line: Line) -> str:
        found = ""
        for element in line.ancestors():
            if element not in self.rules:
                rule, _ = rule_of(element)
                self.rules[element] = rule or ("site-chrome" if element.tag == "header" else "")
            if self.rules[element] is None:
                break
            found = found or self.rules[element]
        return found or ("navigation" if line.link_share > 0.8 else "outside-article")


def rules_of(lines: Sequence[Line], kept: set[int], known: Mapping[int, str]) -> dict[int, str]:
    """Why each line that is not kept was removed, by its number; `known` rules come before those of the places."""
    places = _Places(line for number, line in enumerate(lines) if number in kept)
    return {
        number: known.get(number) or places.rule_of(line) for number, line in enumerate(lines) if number not in kept
    }


def spans_of(
    source_map: SourceMap, rules: Mapping[int, str], repeats: Mapping[int, tuple[int, int]]
) -> tuple[Span, ...]:
    """The spans of a page whose lines without a rule are kept; they cover the source without gap or overlap.

    `repeats` says of removed lines where the words stand that they repeat.
    """
    source, hidden = source_map.source, source_map.hidden
    marks = [Span(start, end, kept=False, rule=rule) for start, end, rule in hidden if end > start]
    starts = [mark.start for mark in marks]
    for number, line in enumerate(source_map.lines):
        rule, of = rules.get(number, ""), repeats.get(number)
        position = line.start
        for mark in marks[bisect_right(starts, line.start) : bisect_right(starts, line.end - 1)] if starts else ():
            marks.append(Span(position, mark.start, kept=not rule, rule=rule, of=of))
            position = mark.end
        marks.append(Span(position, line.end, kept=not rule, rule=rule, of=of))
    marks = sorted((mark for mark in marks if mark.end > mark.start), key=lambda mark: mark.start)
    return _joined(source, marks)


def _joined(source: str, marks: list[Span]) -> tuple[Span, ...]:
    spans: list[Span] = []
    position = 0
    for mark in [*marks, Span(len(source), len(source), kept=False, rule="whitespace")]:
        if mark.start > position:
            is_blank = not source[position : mark.start].strip()
            _add(spans, Span(position, mark.start, kept=False, rule="whitespace" if is_blank else "markup"))
        if mark.end > mark.start:
            _add(spans, mark)
        position = mark.end
    return tuple(spans)


def _add(spans: list[Span], span: Span) -> None:
    """Append a span; one that goes on after nothing but markup is made longer instead."""
    if span.kept or not spans or span.rule not in _JOINED or span.of:
        spans.append(span)
        return
    back = 1
    while back < len(spans) and back < 3 and spans[-back].rule in _UNSEEN and spans[-back].rule != span.rule:
        back += 1
    before = spans[-back]
    if before.rule == span.rule and not before.kept and not before.of:
        del spans[-back:]
        spans.append(Span(before.start, span.end, kept=False, rule=span.rule))
    elif span.rule == "whitespace" and spans[-1].rule == "markup":
        spans[-1] = Span(spans[-1].start, span.end, kept=False, rule="markup")
    else:
        spans.append(span)
