"""Which lines of a page an extractor took: its text is laid along the text of the source, in order.

An extractor knows nothing of positions, and reorders or joins what it takes. Only letters and digits are compared, so
that white space and punctuation that it changed do not matter.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

# A text of fewer letters may stand anywhere on a page; it counts only between the neighbours it was found with.
SHORTEST_ANCHOR = 24
# Searches of the whole page for texts that are not where they should be.
MOST_SEARCHES = 200


class _Letters(dict):
    """Maps what is neither letter nor digit to nothing; filled as characters turn up."""

    def __missing__(self, code: int) -> int | None:
        self[code] = code if chr(code).isalnum() else None
        return self[code]


_LETTERS = _Letters()


def letters_of(text: str) -> str:
    return text.translate(_LETTERS)


class Stream:
    """The letters of all lines in a row."""

    def __init__(self, lines: Sequence[str]):
        self.keys = [letters_of(line) for line in lines]
        self.starts: list[int] = []
        position = 0
        for key in self.keys:
            self.starts.append(position)
            position += len(key)
        self.text = "".join(self.keys)

    def shares(self, texts: Iterable[str]) -> list[float]:
        """For each line the share of its letters that these texts, in their order, hold."""
        found = self._places([letters_of(text) for text in texts])
        covered = [0] * len(self.keys)
        for start, end in found:
            number = bisect_right(self.starts, start) - 1
            while number < len(self.keys) and self.starts[number] < end:
                first = max(start, self.starts[number])
                last = min(end, self.starts[number] + len(self.keys[number]))
                covered[number] += max(0, last - first)
                number += 1
        return [min(1.0, count / len(key)) if key else 0.0 for count, key in zip(covered, self.keys, strict=True)]

    def _places(self, keys: list[str]) -> list[tuple[int, int]]:
        """Where the texts stand: long ones first, in order; then short ones between their long neighbours."""
        places: list[tuple[int, int] | None] = [None] * len(keys)
        cursor, searches = 0, 0
        for number, key in enumerate(keys):
            if len(key) < SHORTEST_ANCHOR:
                continue
            start = self.text.find(key, cursor)
            if start < 0 and searches < MOST_SEARCHES:
                searches += 1
                start = self.text.find(key)
            if start >= 0:
                places[number] = (start, start + len(key))
                cursor = start + len(key)
        anchors = [number for number, place in enumerate(places) if place]
        for number, key in enumerate(keys):
            if places[number] or not key:
                continue
            at = bisect_left(anchors, number)
            before = places[anchors[at - 1]][1] if at > 0 else None
            after = places[anchors[at]][0] if at < len(anchors) else None
            places[number] = self._between(key, before, after)
            if places[number]:
                anchors.insert(at, number)
        return [place for place in places if place]

    def _between(self, key: str, before: int | None, after: int | None) -> tuple[int, int] | None:
        if before is not None:
            start = self.text.find(key, before, before + 4000 if after is None else max(after, before))
        elif after is not None:
            start = self.text.rfind(key, max(0, after - 4000), after)
        else:
            start = self.text.find(key)
        return (start, start + len(key)) if start >= 0 else None
