"""Two people changed one text: what each changed is brought together, and where both did, the first keeps the word."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from .changes import Change, changes
from .sentences import sentence_spans


@dataclass(frozen=True, slots=True)
class Merged:
    """`text` holds all changes of the first version and those of the second that do not meet one of them;
    `left` are the others."""

    text: str
    left: tuple[Change, ...] = ()


def merge(base: str, mine: str, theirs: str) -> Merged:
    """What both versions made of the base. Sentences that the second version only moved stay where they are."""
    if mine in (base, theirs):
        return Merged(theirs)
    own = sorted(_in_place(base, mine, changes(base, mine)), key=lambda one: one[:2])
    taken, left = [], []
    for change in changes(base, theirs):
        if change.kind == "moved" or _meets(own, change):
            left.append(change)
        else:
            taken.append((change.old_start, change.old_end, change.new))
    return Merged(_written(base, [*own, *taken]), tuple(left))


def merge_apart(base: str, mine: str, theirs: str) -> str | None:
    """The text with the changes of both versions, where they changed different sentences; None where one sentence would
    come to say what neither wrote."""
    if mine in (base, theirs) or theirs == base:
        return theirs if mine == base else mine
    merged = merge(base, mine, theirs)
    own, others = changes(base, mine), changes(base, theirs)
    if merged.left or any(change.kind == "moved" for change in (*own, *others)):
        return None
    spans = sentence_spans(base)
    return None if _sentences(spans, own) & _sentences(spans, others) else merged.text


def _sentences(spans: Sequence[tuple[int, int]], found: Sequence[Change]) -> set[int]:
    """The sentences that these changes touch; one added between two touches neither."""
    touched, ends = set(), [end for _start, end in spans]
    for change in found:
        if change.kind == "added":
            continue
        place = bisect_left(ends, change.old_start)
        while place < len(spans) and spans[place][0] <= change.old_end:
            touched.add(place)
            place += 1
    return touched


def carried(start: int, end: int, differences: Sequence[Change]) -> tuple[int, int]:
    """Where the stretch of an old text that held these words stands in the new one; changed words are in it."""
    shift, first, last = 0, None, None
    for change in sorted(differences, key=lambda one: (one.old_start, one.old_end)):
        if change.kind == "moved" and change.old_start <= start and end <= change.old_end:
            return start - change.old_start + change.new_start, end - change.old_start + change.new_start
        if change.kind == "moved" or change.old_end <= start:
            shift += 0 if change.kind == "moved" else len(change.new) - len(change.old)
        elif change.old_start < end:
            first = min(change.new_start, start + shift) if first is None else first
            last = change.new_end
            shift += len(change.new) - len(change.old)
    if first is None:
        return start + shift, end + shift
    return first, max(last, end + shift)


type _Edit = tuple[int, int, str]


def _in_place(base: str, mine: str, found: Sequence[Change]) -> list[_Edit]:
    """The changes as edits of the base; where sentences moved, the stretch they moved over is one edit."""
    if all(change.kind != "moved" for change in found):
        return [(change.old_start, change.old_end, change.new) for change in found]
    head = 0
    while head < min(len(base), len(mine)) and base[head] == mine[head]:
        head += 1
    tail = 0
    while tail < min(len(base), len(mine)) - head and base[-1 - tail] == mine[-1 - tail]:
        tail += 1
    return [(head, len(base) - tail, mine[head : len(mine) - tail])]


def _meets(own: Sequence[_Edit], change: Change) -> bool:
    """Whether an edit and the change share words, insert at one place, or touch within a sentence: together they would
    write what nobody wrote."""
    is_sentence = change.kind in ("added", "removed")
    place = bisect_left(own, change.old_start, key=lambda edit: edit[1])
    for start, end, _ in own[place : place + 3]:
        shares = start < change.old_end and end > change.old_start
        touches = start <= change.old_end and (not is_sentence or start == end == change.old_start == change.old_end)
        if shares or touches:
            return True
    return False


def _written(base: str, edits: Sequence[_Edit]) -> str:
    pieces, position = [], 0
    for start, end, words in sorted(edits, key=lambda one: one[:2]):
        pieces += base[position:start], words
        position = end
    return "".join([*pieces, base[position:]])
