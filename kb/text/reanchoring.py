"""Where anchored words stand in another version of a text.

Nothing here guesses: words are placed only where they stand unchanged, save for the spelling of their characters, in the
place that the comparison of both versions or their context names alone. Everything else is proposed to a person.
With the old text, what happened to the words decides; without it, their context has to.
"""

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Postfix, Prefix

from .alignment import matches
from .anchors import CONTEXT, Anchor, anchor
from .folded import Folded, fold
from .sentences import STOPS

type Kind = Literal["exact", "moved", "changed", "ambiguous", "orphaned"]

# Occurrences of the same words that are told apart by their context; more are not looked at one by one.
_MOST_PLACES = 64
_MOST_CANDIDATES = 8
# How far contexts are compared, and from how many equal characters more a place is told from another.
_FAR = 64
_VERY_FAR = 256
_CLEARLY = 8
# Words of this length speak for themselves; shorter ones need as much of their context on both sides.
_LONG = 24
_ENOUGH = 16
_EACH_SIDE = 6
# Letters of context that have to stand on one side, where nothing but the words and their context is known.
_FEWEST_LETTERS = 10
# Likeness of words and of passages, of 100.
_LIKE = 60
_SAME_PASSAGE = 82
# Longer words are compared by their beginning and their end.
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in the new text that the words may have come to, and how like they are, of 100."""

    start: int
    end: int
    score: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an anchor. `exact`: the words stand where they stood; `moved`: elsewhere, as the same words.

    Only these two have an `anchor`. `changed` (other words in their place) and `ambiguous` (the same words, but not
    surely the same place) propose `candidates`, best first. `orphaned` has none.
    """

    kind: Kind
    anchor: Anchor | None = None
    candidates: tuple[Candidate, ...] = ()

    @property
    def is_placed(self) -> bool:
        return self.anchor is not None


def reanchor(new: str, anchors: Sequence[Anchor], old: str | None = None) -> list[Outcome]:
    """What became of each anchor in the new text, in their order.

    `old` is the text that the anchors stand in; without it, they are looked for by their words and context alone.
    The cost grows with the texts and with the anchors, however much they repeat themselves.
    """
    if not anchors:
        return []
    finder = _ByContext(new) if old is None else _ByComparison(old, new)
    return [finder.outcome(one) for one in anchors]


def place(text: str, one: Anchor) -> Anchor | None:
    """Where the words stand in a text, told by their context; None where that is not sure."""
    return reanchor(text, [one])[0].anchor


class _Finder:
    """Looks for words in the new text."""

    def __init__(self, new: str):
        self.raw = new
        self.new = Folded(new)
        self._found: dict[str, list[int] | None] = {}

    def _places(self, words: str) -> list[int] | None:
        """Where the words stand, each time as whole characters; None for more times than are told apart."""
        if words not in self._found:
            self._found[words] = _occurrences(self.new, words)
        return self._found[words]

    def _placed(self, old: Anchor, start: int, end: int) -> Outcome:
        found = anchor(self.raw, *self.new.outside(start, end))
        stayed = (found.start, found.exact) == (old.start, old.exact)
        return Outcome("exact" if stayed else "moved", found)

    def _proposed(self, kind: Kind, places: Iterable[tuple[int, int]], words: str) -> Outcome:
        found = {}
        for start, end in places:
            if start < end:
                start, end = self.new.outside(*_grown(self.new, start, end))
                found.setdefault((start, end), _likeness(words, fold(self.raw[start:end])))
        candidates = [Candidate(start, end, score) for (start, end), score in found.items()]
        return Outcome(kind, None, tuple(candidates[:_MOST_CANDIDATES])) if candidates else Outcome("orphaned")


class _ByComparison(_Finder):
    """With the old text: what it has in common with the new one tells where each place went."""

    def __init__(self, old: str, new: str):
        super().__init__(new)
        self.old_raw = old
        self.old = Folded(old)
        self.blocks = _common(self.old.text, self.new.text)
        self.starts = [block[0] for block in self.blocks]
        self._twins: dict[str, list[int] | None] = {}

    def outcome(self, one: Anchor) -> Outcome:
        if self.old_raw[one.start : one.end] != one.exact:
            raise ValueError(f"The old text has other words at {one.start} to {one.end}.")
        start, end = self.old.inside(one.start, one.end)
        words = self.old.text[start:end]
        if not words:
            return Outcome("orphaned")
        target = self._image(start, end)
        if target is None or not self.new.is_whole(target, target + len(words)):
            return self._lost(words, start, end)
        if self._is_sure(words, start, target):
            return self._placed(one, target, target + len(words))
        others = [(other, other + len(words)) for other in self._places(words) or () if other != target]
        return self._proposed("ambiguous", [(target, target + len(words)), *others], words)

    # ---- where a place went

    def _image(self, start: int, end: int) -> int | None:
        """Where a stretch begins that both texts have in common."""
        index = bisect_right(self.starts, start) - 1
        if index < 0:
            return None
        first, target, length = self.blocks[index]
        return target + start - first if end <= first + length else None

    def _between(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the new text between what stood before and what stood behind."""
        index = bisect_left(self.starts, start) - 1
        low = 0
        if index >= 0:
            first, target, length = self.blocks[index]
            low = target + min(start - first, length)
        index = bisect_right(self.starts, end)
        high = len(self.new.text)
        if index and self.starts[index - 1] + self.blocks[index - 1][2] > end:
            first, target, _length = self.blocks[index - 1]
            high = target + end - first
        elif index < len(self.blocks):
            high = self.blocks[index][1]
        return low, max(low, high)

    # ---- whether it is the same place

    def _stood(self, words: str) -> list[int] | None:
        if words not in self._twins:
            self._twins[words] = _occurrences(self.old, words)
        return self._twins[words]

    def _is_sure(self, words: str, start: int, target: int) -> bool:
        """Whether the words could not as well stand elsewhere, nor others have come to stand there."""
        own = self._context(start, target, len(words))
        longer = max(own) if len(words) >= _LONG else min(own)
        if sum(own) < _ENOUGH or longer < (_ENOUGH if len(words) >= _LONG else _EACH_SIDE):
            return False
        places, twins = self._places(words), self._stood(words)
        if places is None or twins is None:
            return self._is_sure_by_passage(words, start, target)
        images = {self._image(twin, twin + len(words)) for twin in twins}
        copies = [other for other in places if other not in images]
        if not copies and None not in images and min(own) == _FAR:
            return True
        if self._has_like_beside(words, start, target):
            return False
        rivals = [self._context(start, other, len(words)) for other in places if other != target]
        rivals += [self._context(twin, target, len(words)) for twin in twins if twin != start]
        if not all(_is_clear(own, rival) for rival in rivals):
            return False
        far = self._context(start, target, len(words), _VERY_FAR)
        return all(self._is_no_copy(words, start, copy, far) for copy in copies)

    def _is_sure_by_passage(self, words: str, start: int, target: int) -> bool:
        """Words that stand everywhere are told apart by the passage they stand in, if that stands once in both."""
        low, high = max(0, start - CONTEXT), start + len(words) + CONTEXT
        passage = self.old.text[low:high]
        place = target - (start - low)
        if place < 0 or self.new.text[place : place + len(passage)] != passage:
            return False
        return _stands_once(self.old.text, passage) and _stands_once(self.new.text, passage)

    def _context(self, start: int, target: int, length: int, far: int = _FAR) -> tuple[int, int]:
        """How many characters before and after are the same; the ends of both texts count as far."""
        old, new = self.old.text, self.new.text
        before = _shared(old[max(0, start - far) : start], new[max(0, target - far) : target], Postfix, far)
        old_end, new_end = start + length, target + length
        return before, _shared(old[old_end : old_end + far], new[new_end : new_end + far], Prefix, far)

    def _is_no_copy(self, words: str, start: int, place: int, own: tuple[int, int]) -> bool:
        """Whether the same words that are new elsewhere cannot be the original, and the place found a copy that was put
        beside it: they stand in another passage, or the place goes on like the old one on both sides where they do not."""
        context = self._context(start, place, len(words), _VERY_FAR)
        if len(words) < _LONG and sum(context) < _EACH_SIDE:
            return True
        return all(mine == _VERY_FAR or mine >= other + _CLEARLY for mine, other in zip(own, context, strict=True))

    def _has_like_beside(self, words: str, start: int, target: int) -> bool:
        """Whether new words beside the place are like the passage: then that may be the copy, and the new words the original."""
        index = bisect_right(self.starts, start) - 1
        passage = self.old.text[max(0, start - _EACH_SIDE) : start + len(words) + _EACH_SIDE]
        end = target + len(words)
        for low, high in (self._gap_before(index), self._gap_before(index + 1)):
            near = self.new.text[max(low, target - _VERY_FAR) : min(high, end + _VERY_FAR)]
            between = self.new.text[high:target] or self.new.text[end:low]
            is_beside = near and len(list(filter(str.strip, _sentences(between)))) <= 1
            if is_beside and fuzz.partial_ratio(passage[:_LONGEST], near[:_LONGEST]) >= _SAME_PASSAGE:
                return True
        return False

    def _gap_before(self, index: int) -> tuple[int, int]:
        low = sum(self.blocks[index - 1][1:]) if index else 0
        return low, self.blocks[index][1] if index < len(self.blocks) else len(self.new.text)

    # ---- what is proposed where they are gone

    def _lost(self, words: str, start: int, end: int) -> Outcome:
        """Other words in their place; the same words, newly come to stand elsewhere; or nothing.

        Words that stand elsewhere because they stood there before are other words: a deleted sentence is not its twin.
        """
        low, high = self._between(start, end)
        near = _best_part(words, self.new.text, low, high, is_exact=True)
        images = {self._image(twin, twin + len(words)) for twin in self._stood(words) or ()}
        come = [other for other in self._places(words) or () if other not in images]
        if come:
            contexts = {other: sum(self._context(start, other, len(words))) for other in come}
            come = [other for other in come if len(words) + contexts[other] >= _ENOUGH]
            come.sort(key=lambda other: (-contexts[other], abs(other - start)))
        come += [other for other in images if other is not None and self._is_contested(words, start, other)]
        if come:
            return self._proposed("ambiguous", [(other, other + len(words)) for other in come] + near, words)
        elsewhere = self._like.best(words, self.old.text[max(0, start - CONTEXT) : start]) if not near else []
        return self._proposed("changed", near or elsewhere, words)

    def _is_contested(self, words: str, start: int, place: int) -> bool:
        """Whether a twin came to stand where these words could as well: of two side by side, one was deleted."""
        own = self._context(start, place, len(words))
        if max(own) < _ENOUGH:
            return False
        twins = [twin for twin in self._stood(words) or () if self._image(twin, twin + len(words)) == place]
        there = self._context(twins[0], place, len(words))
        return own[0] > there[0] + _EACH_SIDE or own[1] > there[1] + _EACH_SIDE

    @cached_property
    def _like(self) -> "_Likeness":
        """Of the new text, what does not come from the old one."""
        gaps, low = [], 0
        for _first, target, length in self.blocks:
            gaps.append((low, target))
            low = target + length
        gaps.append((low, len(self.new.text)))
        return _Likeness(self.new.text, [gap for gap in gaps if gap[0] < gap[1]])


class _ByContext(_Finder):
    """Without the old text: the words, and 32 characters on either side."""

    def outcome(self, one: Anchor) -> Outcome:
        words = fold(one.exact)
        if not words.strip():
            return Outcome("orphaned")
        before, after = fold(one.prefix), fold(one.suffix)
        places = self._places(words)
        if places is None:
            return self._among_many(one, words, before, after)
        places = [start for start in places if self._parts_words_alike(words, start, before, after)]
        if not places:
            return self._changed(words, before, after)
        contexts = {start: self._context(start, len(words), before, after) for start in places}
        best = max(places, key=lambda start: (sum(contexts[start]), -abs(start - one.start)))
        if self._is_sure(contexts, best, words, before, after):
            return self._placed(one, best, best + len(words))
        places.sort(key=lambda start: (-sum(contexts[start]), abs(start - one.start)))
        return self._proposed("ambiguous", [(start, start + len(words)) for start in places], words)

    def _among_many(self, one: Anchor, words: str, before: str, after: str) -> Outcome:
        passage = before + words + after
        places = self._places(passage) if passage != words else None
        if not places:
            return Outcome("orphaned") if places == [] else Outcome("ambiguous")
        found = [(place + len(before), place + len(before) + len(words)) for place in places]
        if len(found) == 1 and self.new.is_whole(*found[0]):
            return self._placed(one, *found[0])
        return self._proposed("ambiguous", found, words)

    def _parts_words_alike(self, words: str, start: int, before: str, after: str) -> bool:
        """Words that stood for themselves are not found inside others."""
        end = start + len(words)
        begins = not (before[-1:].isalnum() and words[0].isalnum())
        ends = not (after[:1].isalnum() and words[-1].isalnum())
        text = self.new.text
        inside = text[start - 1 : start].isalnum() and text[start].isalnum() and begins and bool(before)
        return not inside and not (text[end : end + 1].isalnum() and text[end - 1].isalnum() and ends and bool(after))

    def _context(self, start: int, length: int, before: str, after: str) -> tuple[int, int]:
        """How many letters of the context stand there too; white space and marks say nothing."""
        end = start + length
        left = _letters(self.new.text[max(0, start - 2 * CONTEXT) : start])
        right = _letters(self.new.text[end : end + 2 * CONTEXT])
        return Postfix.similarity(_letters(before), left), Prefix.similarity(_letters(after), right)

    def _is_sure(self, contexts: dict[int, tuple[int, int]], best: int, words: str, before: str, after: str) -> bool:
        if not before and not after:
            return len(contexts) == 1
        own = contexts[best]
        whole = len(_letters(before)), len(_letters(after))
        if sum(own) < min(_FEWEST_LETTERS, sum(whole)):
            return False
        rivals = [context for start, context in contexts.items() if start != best]
        if own == whole:
            return whole not in rivals
        return all(_is_clear(own, rival) for rival in rivals)

    def _changed(self, words: str, before: str, after: str) -> Outcome:
        found = self._between(before, after, len(words)) or self._like.best(words, before, after)
        return self._proposed("changed", found, words)

    def _between(self, before: str, after: str, length: int) -> list[tuple[int, int]]:
        """The words that stand between the old neighbours, if those stand once."""
        text, before, after = self.new.text, before[-_ENOUGH:], after[:_ENOUGH]
        low, high = text.find(before), text.find(after)
        if (
            not before
            or not after
            or min(low, high) < 0
            or not _stands_once(text, before)
            or not _stands_once(text, after)
        ):
            return []
        low += len(before)
        return [_trimmed(text, low, high)] if 0 < high - low <= 3 * length + _LONG else []

    @cached_property
    def _like(self) -> "_Likeness":
        return _Likeness(self.new.text, [(0, len(self.new.text))])


class _Likeness:
    """Finds the stretches of a text that are most like some words: those that share their rarest pieces with them."""

    _PIECE = 4
    _MOST_EACH = 24
    _MOST_COMPARED = 4

    def __init__(self, text: str, stretches: Sequence[tuple[int, int]]):
        self.text = text
        self.low = _small(text)
        self.stretches = stretches
        self.starts = [start for start, _end in stretches]
        self.places: dict[str, list[int]] = defaultdict(list)
        for start, end in stretches:
            for place in range(start, max(start + 1, end - self._PIECE + 1)):
                if len(known := self.places[self.low[place : place + self._PIECE]]) <= self._MOST_EACH:
                    known.append(place)

    def best(self, words: str, before: str = "", after: str = "") -> list[tuple[int, int]]:
        """The likest stretches, best first; those that share the context come before others."""
        votes: Counter[int] = Counter()
        width = max(16, len(words) // 2)
        sample = _small(words)
        step = max(1, len(sample) // 200)
        for offset in range(0, max(1, len(sample) - self._PIECE + 1), step):
            places = self.places.get(sample[offset : offset + self._PIECE], ())
            if len(places) <= self._MOST_EACH:
                for place in places:
                    votes[(place - offset) // width] += 1
        scored = []
        for bucket, _count in votes.most_common(self._MOST_COMPARED):
            low, high = (bucket - 1) * width, (bucket + 2) * width + len(words)
            stretch = self.stretches[max(0, bisect_right(self.starts, max(0, bucket * width + width)) - 1)]
            low, high = max(low, stretch[0]), min(high, stretch[1])
            for start, end in _best_part(words, self.text, low, high):
                context = Postfix.similarity(before, self.text[max(0, start - CONTEXT) : start])
                context += Prefix.similarity(after, self.text[end : end + CONTEXT])
                scored.append((_likeness(words, self.text[start:end]) + context, start, end))
        return [(start, end) for _score, start, end in sorted(scored, reverse=True)]


# ---- texts in common


def _common(old: str, new: str) -> list[tuple[int, int, int]]:
    """What both texts have in common, in order: start in the old, start in the new, length."""
    runs: list[tuple[int, int, int]] = []
    for here, one, there, other in _stretches(_sentences(old), _sentences(new), runs, 0, 0):
        for low, high, new_low, new_high in _stretches(
            _tokens(old[here:one]), _tokens(new[there:other]), runs, here, there
        ):
            before = Prefix.similarity(old[low:high], new[new_low:new_high])
            after = Postfix.similarity(old[low + before : high], new[new_low + before : new_high])
            runs += [(low, new_low, before), (high - after, new_high - after, after)]
    joined: list[tuple[int, int, int]] = []
    for start, target, length in sorted(run for run in runs if run[2]):
        last = joined[-1] if joined else (0, 0, 0)
        if last[0] + last[2] == start and last[1] + last[2] == target and joined:
            joined[-1] = (last[0], last[1], last[2] + length)
        else:
            joined.append((start, target, length))
    return joined


def _stretches(old: list[str], new: list[str], runs: list[tuple[int, int, int]], start: int, new_start: int):
    """Notes what is the same, and gives the stretches between."""
    place, new_place, here, there = start, new_start, 0, 0
    for one, other in (*matches(old, new), (len(old), len(new))):
        end = place + sum(map(len, old[here:one]))
        new_end = new_place + sum(map(len, new[there:other]))
        if end > place and new_end > new_place:
            yield place, end, new_place, new_end
        if one < len(old):
            runs.append((end, new_end, len(old[one])))
            place, new_place = end + len(old[one]), new_end + len(old[one])
        here, there = one + 1, other + 1


def _sentences(text: str) -> list[str]:
    """Stretches up to a full stop and a space; together they are the text."""
    found, start = [], 0
    for place, (letter, following) in enumerate(pairwise(text)):
        if following == " " and letter in STOPS:
            found.append(text[start : place + 2])
            start = place + 2
    return [*found, text[start:]]


def _tokens(text: str) -> list[str]:
    """Words, ideographs, spaces and marks; together they are the text."""
    found: list[str] = []
    goes_on = False
    for letter in text:
        is_word = _is_word(letter)
        stands_alone = "\u2e80" <= letter <= "\ud7ff"
        if goes_on and is_word and not stands_alone:
            found[-1] += letter
        else:
            found.append(letter)
        goes_on = is_word and not stands_alone
    return found


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter in "'\u200c\u200d" or unicodedata.category(letter)[0] == "M"


# ---- places and likeness


def _occurrences(text: Folded, words: str) -> list[int] | None:
    found = []
    start = text.text.find(words)
    while start >= 0:
        if text.is_whole(start, start + len(words)):
            found.append(start)
            if len(found) > _MOST_PLACES:
                return None
        start = text.text.find(words, start + 1)
    return found


def _stands_once(text: str, passage: str) -> bool:
    return text.find(passage, text.find(passage) + 1) < 0


def _shared(old: str, new: str, side, far: int) -> int:
    if old == new:
        return far
    return side.similarity(old, new)


def _is_clear(own: tuple[int, int], rival: tuple[int, int]) -> bool:
    """Whether a context tells its place from another: by much, and not less on either side."""
    return rival[0] <= own[0] + _EACH_SIDE and rival[1] <= own[1] + _EACH_SIDE and sum(own) >= sum(rival) + _CLEARLY


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _small(words: str) -> str:
    """Small letters, each where it stood."""
    small = words.lower()
    return (
        small
        if len(small) == len(words)
        else "".join(low if len(low := letter.lower()) == 1 else letter for letter in words)
    )


def _likeness(words: str, others: str) -> int:
    """Of 100; never 100 for words that differ."""
    if words == others:
        return 100
    if max(len(words), len(others)) > 2 * _LONGEST:
        halves = [(words[:_LONGEST], others[:_LONGEST]), (words[-_LONGEST:], others[-_LONGEST:])]
        return min(99, *(round(fuzz.ratio(one, other)) for one, other in halves))
    return min(99, round(fuzz.ratio(words.casefold(), others.casefold())))


def _best_part(words: str, text: str, low: int, high: int, *, is_exact: bool = False) -> list[tuple[int, int]]:
    """What of a stretch is like the words; nothing where the stretch is far longer, or nothing like them.

    `is_exact`: what stood before and behind the words ends and begins there.
    """
    if high - low > 3 * len(words) + 200 or high - low > 2 * _LONGEST:
        return []
    low, high = _trimmed(text, low, high)
    if low == high:
        return []
    whole = _at_words(text, 0, low, high, len(text))
    if is_exact and _likeness(words, text[slice(*whole)]) >= _LIKE:
        return [whole]
    choices = [whole]
    if high - low > len(words):
        found = fuzz.partial_ratio_alignment(_small(words), _small(text[low:high]))
        choices.append(_at_words(text, low, low + found.dest_start, low + found.dest_end, high))
    score, start, end = max((_likeness(words, text[start:end]), start, end) for start, end in choices)
    return [(start, end)] if score >= _LIKE else []


def _trimmed(text: str, low: int, high: int) -> tuple[int, int]:
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    return low, high


def _at_words(text: str, low: int, start: int, end: int, high: int) -> tuple[int, int]:
    """The stretch from the beginning of its first word to the end of its last."""
    while start > low and _is_word(text[start - 1]) and _is_word(text[start]):
        start -= 1
    while end < high and _is_word(text[end - 1]) and _is_word(text[end]):
        end += 1
    return _trimmed(text, start, end)


def _grown(text: Folded, start: int, end: int) -> tuple[int, int]:
    """The stretch without half characters at its ends."""
    while not text.edges[start]:
        start -= 1
    while not text.edges[end]:
        end += 1
    return start, end
