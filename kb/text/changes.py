"""What changed between two versions of a text, sentence by sentence and word by word, each change with its type.

Sentences are matched first, then those that resemble one another, then words within them. Everything is bounded: where
a text repeats itself so much that matching would cost more than reading, the stretch counts as replaced.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from typing import Literal

import re2 as re
from rapidfuzz.distance import OSA, Indel, Prefix

from kb.text.alignment import MOST_CELLS, matches
from kb.text.calendar_words import MONTHS, WEEKDAYS
from kb.text.likeness import words_of
from kb.text.sentences import STARTERS, sentence_spans
from kb.text.words import without_surrogates, word_set

type Kind = Literal["typo", "wording", "number", "attribution", "added", "removed", "moved"]

# Two sentences are versions of one another from this share of common words on.
_RESEMBLING = 0.5
# Sentences with which one sentence is compared, and how often a word may occur to point to one.
_MOST_PARTNERS = 6
_RARE = 4
# Fewer words moved are rather two changes.
_FEWEST_MOVED = 4
# Characters shown before and after a change.
_CONTEXT = 60

# Numbers stay whole, with what is written into them; ideographs stand alone; white space and marks are tokens too.
_TOKEN = re.compile(
    r"\p{N}+(?:[.,:/٫٬]\p{N}+)*|\p{Han}|\p{Hiragana}|\p{Katakana}"
    r"|[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}_\x{AD}\x{200B}-\x{200D}]|['’][\p{L}\p{M}])*|\s+|[^\s]"
)
_QUANTITIES = word_set(
    "two three four five six seven eight nine ten eleven twelve hundred thousand million billion trillion dozen hundreds "
    "thousands millions billions zwei drei vier fünf sechs sieben acht neun zehn hundert tausend millionen milliarde "
    "milliarden deux trois quatre cinq sept huit neuf dix cent mille milliard milliards dos tres cuatro cinco seis siete ocho "
    "nueve diez cien millón millones یک دو سه چهار پنج شش هفت هشت ده صد هزار میلیون میلیارد ألف آلاف مليون ملايين مليار مئة "
    "тысяч тысячи миллион миллионов миллиард миллиардов"
)
_CITING = word_set(
    "said says say told tells according reported reports report announced stated confirmed denied claimed claims alleged cited "
    "citing quoted quoting wrote writes declared warned added sagte sagten laut zufolge berichtete berichtet erklärte selon "
    "affirmé déclaré dit según dijo afirmó declaró گفت گفتند گزارش نوشت اعلام قال قالت أعلن ذكرت وفقا сообщил сообщила заявил заявила"
)
_NEGATIONS = word_set(
    "not no never none nor cannot cant wont nicht kein keine nie ne pas non no nunca nicht не нет ни لا لم لن ليس نه"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a change as they are shown: found in both versions, only in the old, or only in the new."""

    kind: Literal["equal", "deleted", "inserted"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `old` is exactly `old_text[old_start:old_end]`, `new` likewise, in code points; one may be empty.

    `pieces` are the words of both with a few words of the sentence around them; of what moved, its words alone.
    """

    kind: Kind
    old: str
    new: str
    old_start: int
    old_end: int
    new_start: int
    new_end: int
    pieces: tuple[Piece, ...] = ()


def mentions(names: Iterable[str]) -> Callable[[str], bool]:
    """A predicate for `changes`: whether words contain a word of one of the names, or a word by which texts cite."""
    known = set(_CITING)
    for name in names:
        parts = [part for part in name.split() if not part[:1].islower()]
        known.update(word for part in parts for word in words_of(part) if word not in STARTERS)
    return lambda words: not known.isdisjoint(words_of(words))


def _mentions_citing(words: str) -> bool:
    return not _CITING.isdisjoint(words_of(words))


def changes(old: str, new: str, *, is_attribution: Callable[[str], bool] = _mentions_citing) -> tuple[Change, ...]:
    """The differences between two versions in the order of the new one; none for equal texts.

    `is_attribution` tells whether changed words say who is cited. Whole sentences are added, removed or moved;
    differences within a sentence are an attribution before a number before a wording, and a typo when nothing but the
    spelling of one word, its capitals or its marks differ. Time grows nearly linearly, also on hostile repetition.
    """
    if old == new:
        return ()
    return _Comparison(old, new, is_attribution).changes()


def whole(old: str, new: str) -> tuple[Piece, ...]:
    """All of both versions, word by word: to show a text with what changed in it. Bounded, as `changes` is."""
    before, after = _tokens(old), _tokens(new)
    pieces, here = [], 0
    for first, last, new_first, new_last in _runs(before, after):
        pieces.append(Piece("equal", "".join(before[here:first])))
        pieces.append(Piece("deleted", "".join(before[first:last])))
        pieces.append(Piece("inserted", "".join(after[new_first:new_last])))
        here = last
    return _joined_pieces([*pieces, Piece("equal", "".join(before[here:]))])


def apply(old: str, differences: Sequence[Change]) -> str:
    """The new version: the old one with its changes made."""
    kept, position = [], 0
    for change in sorted(differences, key=lambda one: (one.old_start, one.old_end)):
        kept.append(old[position : change.old_start])
        position = change.old_end
    rest = "".join(kept) + old[position:]
    written, length, taken = [], 0, 0
    for change in sorted(differences, key=lambda one: (one.new_start, one.new_end)):
        gap = change.new_start - length
        written += rest[taken : taken + gap], change.new
        taken += gap
        length = change.new_end
    return "".join(written) + rest[taken:]


@dataclass(slots=True)
class _Unit:
    """A sentence with the white space behind it, up to the next one."""

    text: str
    start: int
    end: int
    next: int
    words: list[str]


class _Comparison:
    def __init__(self, old: str, new: str, is_attribution: Callable[[str], bool]):
        self.old, self.new = old, new
        self.is_attribution = is_attribution
        self.old_units, self.new_units = _units(old), _units(new)
        self.found: list[Change] = []

    def changes(self) -> tuple[Change, ...]:
        pairs = self._aligned()
        moves = self._moves({one for one, _ in pairs}, {other for _, other in pairs})
        arrived = set(moves.values())
        ends = {unit.start: unit.next for unit in self.new_units}
        position, new_position = 0, 0
        here, there = 0, 0
        for one, other in (*pairs, (len(self.old_units), len(self.new_units))):
            # White space before the first sentence of either version.
            start, new_start = _start(self.old_units, here, self.old), _start(self.new_units, there, self.new)
            self._change("typo", position, start, new_position, new_start)
            place = _start(self.old_units, one, self.old)
            for unit in self.old_units[here:one]:
                target = moves.get(unit.start)
                if target is None:
                    self._change("removed", unit.start, unit.next, new_start, new_start)
                else:
                    self._change("moved", unit.start, unit.next, target, ends[target])
            for unit in self.new_units[there:other]:
                if unit.start not in arrived:
                    self._change("added", place, place, unit.start, unit.next)
            if one < len(self.old_units):
                unit, version = self.old_units[one], self.new_units[other]
                self._compare(unit, version)
                self._change("typo", unit.end, unit.next, version.end, version.next)
                position, new_position = unit.next, version.next
            here, there = one + 1, other + 1
        return tuple(self._with_pieces(one) for one in _merged(self.found, self.old, self.new))

    # ---- sentences

    def _aligned(self) -> list[tuple[int, int]]:
        """Equal sentences and versions of one sentence, in order in both texts."""
        equal = matches([unit.text for unit in self.old_units], [unit.text for unit in self.new_units])
        pairs = []
        here, there = 0, 0
        for one, other in (*equal, (len(self.old_units), len(self.new_units))):
            pairs += self._versions(range(here, one), range(there, other))
            pairs.append((one, other))
            here, there = one + 1, other + 1
        return pairs[:-1]

    def _versions(self, gone: range, come: range) -> list[tuple[int, int]]:
        """Pairs of sentences that resemble one another, with as much in common as can be."""
        scored = []
        for one, other in sorted(self._candidates(gone, come)):
            share = _resemblance(self.old_units[one], self.new_units[other])
            if share >= _RESEMBLING:
                scored.append((one, other, share))
        return _best_chain(scored)

    def _candidates(self, gone: range, come: range) -> set[tuple[int, int]]:
        if len(gone) == 1 and len(come) == 1:
            return {(gone[0], come[0])}
        places: dict[str | tuple[str, str], list[int]] = defaultdict(list)
        for other in come:
            for key in _keys(self.new_units[other].words):
                places[key].append(other)
        found = set()
        for one in gone:
            votes: Counter[int] = Counter()
            for key in _keys(self.old_units[one].words):
                if len(pointed := places.get(key, ())) <= _RARE:
                    votes.update(pointed)
            found.update((one, other) for other, _ in votes.most_common(_MOST_PARTNERS))
        return found

    def _moves(self, stayed: set[int], kept: set[int]) -> dict[int, int]:
        """Of the sentences that have no counterpart in their place, those that stand elsewhere: start to start."""
        waiting: dict[str, list[_Unit]] = defaultdict(list)
        for index in range(len(self.new_units) - 1, -1, -1):
            unit = self.new_units[index]
            if index not in kept and len(unit.words) >= _FEWEST_MOVED:
                waiting[unit.text].append(unit)
        moves = {}
        for index, unit in enumerate(self.old_units):
            if index not in stayed and waiting.get(unit.text):
                moves[unit.start] = waiting[unit.text].pop().start
        return moves

    # ---- words

    def _compare(self, unit: _Unit, version: _Unit) -> None:
        """The differences within two versions of a sentence."""
        if unit.text == version.text:
            return
        old, new = _tokens(unit.text), _tokens(version.text)
        starts, new_starts = _starts(old, unit.start), _starts(new, version.start)
        for first, last, new_first, new_last in _runs(old, new):
            kind = self._kind(old[first:last], new[new_first:new_last])
            self._change(kind, starts[first], starts[last], new_starts[new_first], new_starts[new_last])

    def _kind(self, old: list[str], new: list[str]) -> Kind:
        before, after = "".join(old), "".join(new)
        words, new_words = words_of(before), words_of(after)
        figures, new_figures = _figures(old), _figures(new)
        if words == new_words and figures == new_figures:
            return "typo"
        if self.is_attribution(before) or self.is_attribution(after):
            return "attribution"
        if figures != new_figures:
            return "number"
        return "typo" if len(words) == len(new_words) == 1 and _is_typo(words[0], new_words[0]) else "wording"

    # ---- the records

    def _change(self, kind: Kind, start: int, end: int, new_start: int, new_end: int) -> None:
        old, new = self.old[start:end], self.new[new_start:new_end]
        if old != new or kind == "moved":
            self.found.append(Change(kind, old, new, start, end, new_start, new_end))

    def _with_pieces(self, change: Change) -> Change:
        if change.kind == "moved":
            return replace(change, pieces=(Piece("equal", change.old.strip()),))
        if change.kind in ("added", "removed"):
            pieces = (Piece("deleted", change.old), Piece("inserted", change.new))
            return replace(change, pieces=tuple(piece for piece in pieces if piece.text))
        before = _common(self.old[: change.old_start][-_CONTEXT:], self.new[: change.new_start][-_CONTEXT:], -1)
        after = _common(self.old[change.old_end :][:_CONTEXT], self.new[change.new_end :][:_CONTEXT], 1)
        within = _pieces(_tokens(change.old), _tokens(change.new))
        return replace(change, pieces=_joined_pieces([Piece("equal", before), *within, Piece("equal", after)]))


def _units(text: str) -> list[_Unit]:
    spans = sentence_spans(text)
    nexts = [start for start, _ in spans[1:]] + [len(text)] * bool(spans)
    return [
        _Unit(text[start:end], start, end, following, words_of(text[start:end]))
        for (start, end), following in zip(spans, nexts, strict=True)
    ]


def _start(units: list[_Unit], index: int, text: str) -> int:
    return units[index].start if index < len(units) else len(text)


def _keys(words: list[str]) -> set[str | tuple[str, str]]:
    """What points from a sentence to its other version: its words, and each with the next one."""
    return {*words, *pairwise(words)}


def _resemblance(one: _Unit, other: _Unit) -> float:
    if max(len(one.text), len(other.text)) <= 60:
        return Indel.normalized_similarity(one.text, other.text)
    if len(one.words) * len(other.words) > MOST_CELLS:
        return 0.0
    return Indel.normalized_similarity(one.words, other.words)


def _best_chain(scored: list[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Of scored pairs, sorted, those that rise in both places and have the highest sum: by a tree of best sums."""
    places = {other: place for place, other in enumerate(sorted({other for _, other, _ in scored}), start=1)}
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(places) + 1)
    before: list[int] = []
    waiting: list[tuple[int, tuple[float, int]]] = []
    for index, (one, other, score) in enumerate(scored):
        if index and scored[index - 1][0] != one:
            _enter(best, waiting)
        place, found = places[other] - 1, (0.0, -1)
        while place > 0:
            found = max(found, best[place])
            place -= place & -place
        before.append(found[1])
        waiting.append((places[other], (found[0] + score, index)))
    _enter(best, waiting)
    chain = []
    index = max(best)[1]
    while index >= 0:
        chain.append(scored[index][:2])
        index = before[index]
    return chain[::-1]


def _enter(best: list[tuple[float, int]], waiting: list[tuple[int, tuple[float, int]]]) -> None:
    for place, entry in waiting:
        while place < len(best):
            best[place] = max(best[place], entry)
            place += place & -place
    waiting.clear()


def _runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The stretches that differ, as places in both; those with no word between them are one."""
    runs: list[list[int]] = []
    here, there = 0, 0
    for one, other in (*matches(old, new), (len(old), len(new))):
        if one > here or other > there:
            if runs and not any(_is_word(token) for token in old[runs[-1][1] : here]):
                runs[-1][1::2] = one, other
            else:
                runs.append([here, one, there, other])
        here, there = one + 1, other + 1
    return [_trimmed(old, new, *run) for run in runs]


def _trimmed(old, new, first: int, last: int, new_first: int, new_last: int) -> tuple[int, int, int, int]:
    """The stretch without what both begin and end with."""
    while first < last and new_first < new_last and old[first] == new[new_first]:
        first, new_first = first + 1, new_first + 1
    while first < last and new_first < new_last and old[last - 1] == new[new_last - 1]:
        last, new_last = last - 1, new_last - 1
    return first, last, new_first, new_last


def _merged(found: list[Change], old: str, new: str) -> list[Change]:
    """Changes in the order of the new version; sentences added, removed or moved together are one, white space around
    a change belongs to it."""
    merged: list[Change] = []
    for change in sorted(found, key=lambda one: (one.new_start, one.new_end, one.old_start)):
        last = merged[-1] if merged else None
        if last and last.new_end == change.new_start and (kind := _joined(last, change)):
            start = last.old_start if last.old else change.old_start
            end = change.old_end if change.old else last.old_end
            if not last.old and not change.old:
                start = end = min(last.old_start, change.old_start)
            merged[-1] = Change(
                kind, old[start:end], new[last.new_start : change.new_end], start, end, last.new_start, change.new_end
            )
        else:
            merged.append(change)
    return _without_loose_space(merged, old)


def _without_loose_space(found: list[Change], old: str) -> list[Change]:
    """White space that only went joins the change beside it in the old version."""
    loose = [one for one in found if not one.new and not one.old.strip()]
    kept = [one for one in found if one.new or one.old.strip()]
    before = {one.old_start: index for index, one in enumerate(kept) if one.old}
    behind = {one.old_end: index for index, one in enumerate(kept) if one.old}
    for space in loose:
        index = before.get(space.old_end, behind.get(space.old_start))
        if index is None:
            kept.append(space)
            continue
        start, end = min(space.old_start, kept[index].old_start), max(space.old_end, kept[index].old_end)
        kept[index] = replace(kept[index], old=old[start:end], old_start=start, old_end=end)
    return sorted(kept, key=lambda one: (one.new_start, one.new_end, one.old_start))


def _joined(one: Change, other: Change) -> Kind | None:
    """The type of two neighbours taken together, or None if they stay two."""
    touches = not one.old or not other.old or one.old_end == other.old_start
    if not touches:
        return None
    if one.kind == other.kind and one.kind in ("added", "removed", "moved"):
        goes_on = not (one.new or one.old).rstrip(" \t").endswith("\n")
        return one.kind if goes_on or one.kind == "moved" else None
    if not (one.old + one.new).strip():
        return other.kind
    if not (other.old + other.new).strip():
        return one.kind
    return None


def _tokens(text: str) -> list[str]:
    """Words, marks and white space; together they are the text."""
    readable = without_surrogates(text)
    return [text[match.start() : match.end()] for match in _TOKEN.finditer(readable)]


def _starts(tokens: list[str], start: int) -> list[int]:
    return list(accumulate(map(len, tokens), initial=start))


def _is_word(token: str) -> bool:
    return any(map(str.isalnum, token))


def _figures(tokens: list[str]) -> list[str]:
    """Numbers, words for them, and names of months and weekdays; a short one must be printed like a name."""
    figures = []
    for token in tokens:
        low = token.casefold()
        is_day = (low in MONTHS or low in WEEKDAYS) and (len(low) > 5 or not token[0].islower())
        if is_day or low in _QUANTITIES or any(map(str.isdigit, token)):
            figures.append(low)
    return figures


def _is_typo(word: str, version: str) -> bool:
    """One slip of the hand in a word of some length, and not one that turns its sense."""
    short, long = sorted((word, version), key=len)
    if len(short) < 4 or len(long) > 40 or {word, version} & _NEGATIONS or long.endswith(short):
        return False
    if word[0] != version[0] and word[:2] != version[1::-1]:
        return False
    return OSA.distance(word, version) <= (2 if len(short) >= 10 else 1)


def _pieces(old: list[str], new: list[str]) -> list[Piece]:
    pieces = []
    here, there = 0, 0
    for one, other in (*matches(old, new), (len(old), len(new))):
        pieces.append(Piece("deleted", "".join(old[here:one])))
        pieces.append(Piece("inserted", "".join(new[there:other])))
        pieces.append(Piece("equal", "".join(old[one : one + 1])))
        here, there = one + 1, other + 1
    return pieces


def _joined_pieces(pieces: list[Piece]) -> tuple[Piece, ...]:
    shown = (piece for piece in pieces if piece.text)
    return tuple(
        Piece(kind, "".join(piece.text for piece in group))
        for kind, group in groupby(shown, key=lambda piece: piece.kind)
    )


def _common(old: str, new: str, step: int) -> str:
    """The words that both texts begin with (step 1) or end with (step -1), within a line."""
    length = Prefix.similarity(old[::step], new[::step])
    near, is_cut, _ = old[::step][:length].partition("\n")
    words = _tokens(near[::step])
    if words and not is_cut and (len(near) == _CONTEXT or len(near) < max(len(old), len(new))):
        # Not from within a word.
        del words[-1 if step == 1 else 0]
    return "".join(words)
