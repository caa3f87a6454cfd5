"""Anchors: exact words in a text. Where they went when the text changed says `reanchoring`."""

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


def find(text: str, exact: str) -> Anchor | None:
    """The anchor of words that occur exactly once, or None."""
    start = text.find(exact) if exact else -1
    if start < 0 or text.find(exact, start + 1) >= 0:
        return None
    return anchor(text, start, start + len(exact))
