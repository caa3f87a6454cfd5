"""Which items of two sequences are the same, in order. Bounded: what repeats itself too much is not matched."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import Indel

# Cells of a table of comparisons that is still filled; beyond, only items that occur once are matched.
MOST_CELLS = 20_000_000
_MOST_ROUNDS = 8


def matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of equal items in order in both sequences, most of what can be matched."""
    found: list[tuple[int, int]] = []
    gaps = [(0, len(old), 0, len(new), 0)]
    while gaps:
        start, end, new_start, new_end, rounds = gaps.pop()
        while start < end and new_start < new_end and old[start] == new[new_start]:
            found.append((start, new_start))
            start, new_start = start + 1, new_start + 1
        while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
            end, new_end = end - 1, new_end - 1
            found.append((end, new_end))
        if start == end or new_start == new_end:
            continue
        if (end - start) * (new_end - new_start) <= MOST_CELLS:
            for block in Indel.opcodes(old[start:end], new[new_start:new_end]):
                if block.tag == "equal":
                    length = block.src_end - block.src_start
                    found += ((start + block.src_start + n, new_start + block.dest_start + n) for n in range(length))
        elif rounds < _MOST_ROUNDS:
            here, there = start, new_start
            for one, other in (*_unique(old, new, start, end, new_start, new_end), (end, new_end)):
                gaps.append((here, one, there, other, rounds + 1))
                if one < end:
                    found.append((one, other))
                here, there = one + 1, other + 1
    return sorted(found)


def _unique(old: Sequence[str], new: Sequence[str], start: int, end: int, new_start: int, new_end: int):
    """Items that occur once in either stretch, as many as stand in the same order in both."""
    counts, new_counts = Counter(old[start:end]), Counter(new[new_start:new_end])
    places = {new[place]: place for place in range(new_start, new_end) if new_counts[new[place]] == 1}
    pairs = [
        (place, places[old[place]]) for place in range(start, end) if counts[old[place]] == 1 and old[place] in places
    ]
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, other) in enumerate(pairs):
        place = bisect_left(tops, other)
        tops[place : place + 1] = [other]
        ends[place : place + 1] = [index]
        before.append(ends[place - 1] if place else -1)
    chain = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]
