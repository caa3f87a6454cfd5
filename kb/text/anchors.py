"""Anchors: exact words in a text, and where they went when the text changed."""

from dataclasses import dataclass

CONTEXT = 32


@dataclass(frozen=True, slots=True)
class Anchor:
    """Exact words with their context and position, in code points
    (TextQuoteSelector and TextPositionSelector, W3C Web Annotation Data Model)."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


def anchor(text: str, start: int, end: int) -> Anchor:
    """The anchor of `text[start:end]`. Raises ValueError when that is no stretch of the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(f"No words at {start} to {end} in a text of {len(text)} code points.")
    return Anchor(text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start, end)


def holds(text: str, old: Anchor) -> bool:
    """Whether the words and their context stand at their position."""
    return (
        text[old.start : old.end] == old.exact
        and text[max(0, old.start - len(old.prefix)) : old.start] == old.prefix
        and text[old.end : old.end + len(old.suffix)] == old.suffix
    )


def place(text: str, old: Anchor) -> Anchor | None:
    """Where the anchor's words stand in a changed text, or None: never at other words, never at a guess.

    Words that occur once with their context on at least one side are found again; words that could mean two places,
    or whose context is gone on both sides, are not: a person decides.
    """
    places = list(_occurrences(text, old.exact))
    for keeps in (_both_sides, _one_side):
        fitting = [start for start in places if keeps(text, start, old)]
        if len(fitting) == 1:
            return anchor(text, fitting[0], fitting[0] + len(old.exact))
        if fitting:
            return None
    return None


def find(text: str, exact: str) -> Anchor | None:
    """The anchor of words that occur exactly once, or None."""
    places = list(_occurrences(text, exact, limit=2))
    return anchor(text, places[0], places[0] + len(exact)) if len(places) == 1 else None


def _occurrences(text: str, exact: str, limit: int = 1000):
    """Starts of the words, overlapping ones included; past the limit the words are ambiguous anyway."""
    start = text.find(exact) if exact else -1
    while start >= 0 and limit:
        yield start
        limit -= 1
        start = text.find(exact, start + 1)


def _before(text: str, start: int, old: Anchor) -> bool:
    return text[max(0, start - len(old.prefix)) : start] == old.prefix


def _after(text: str, start: int, old: Anchor) -> bool:
    end = start + len(old.exact)
    return text[end : end + len(old.suffix)] == old.suffix


def _both_sides(text, start, old):
    return _before(text, start, old) and _after(text, start, old)


def _one_side(text, start, old):
    return (bool(old.prefix) and _before(text, start, old)) or (bool(old.suffix) and _after(text, start, old))
