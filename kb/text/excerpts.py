"""Excerpts: how much of somebody else's text may be shown."""

from collections.abc import Sequence

from .sentences import sentence_spans

FIRST_WORDS = 60
SHARE = 0.25


def excerpt(text: str, cited: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of a text that may be shown, in order, as (start, end).

    The first 60 words and every sentence that holds cited words, at most 25 % of the text, but never less than the
    first 60 words and one cited sentence.
    """
    shown = [(0, _end_of_words(text, FIRST_WORDS))]
    room = len(text) * SHARE - shown[0][1]
    wanted = [
        (start, end)
        for start, end in sentence_spans(text)
        if end > shown[0][1] and any(start < stop and begin < end for begin, stop in cited)
    ]
    for number, (start, end) in enumerate(wanted):
        start = max(start, shown[0][1])
        if number and end - start > room:
            continue
        room -= end - start
        shown.append((start, end))
    return _joined(text, shown)


def _end_of_words(text: str, count: int) -> int:
    position = 0
    for word in text.split(maxsplit=count)[:count]:
        position = text.index(word, position) + len(word)
    return position


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches with nothing but white space between them are one."""
    joined = spans[:1]
    for start, end in sorted(spans[1:]):
        if not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
