"""How one claim relates to another: the same, with another number, time or actor, its opposite, or only similar."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from .reading import DETERMINERS, Part, Statement, _set, vocabulary

JOINING, PLACES = _set(vocabulary.JOINING), _set(vocabulary.PLACES)
ARTICLES = DETERMINERS | _set("the le la les l el los las il")
# Names that begin like another one's derivations.
ALIKE_BUT_OTHER = frozenset({"niger", "mali", "oman", "chad", "guinea"})
NOUNS = ("name", "word")
SIMILAR = 0.34  # less of both texts in common, and they are about other things
CLOSE = 0.5
NEARLY_ALL = 0.7


class Relation(StrEnum):
    """The variants of `models.claim.Variant`, and two that link nothing."""

    SAME = "same"
    OTHER_NUMBER = "other_number"
    OTHER_TIME = "other_time"
    OTHER_ACTOR = "other_actor"
    NEGATION = "negation"
    SIMILAR = "similar"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Span:
    """Words at `start:end` that both claims have (`agrees`) or in which they differ."""

    start: int
    end: int
    kind: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """`score` (0 to 1) is the share that both have in common; `spans` are places in the first and the second text."""

    relation: Relation
    score: float
    spans: tuple[tuple[Span, ...], tuple[Span, ...]]


def compare(one: Statement, other: Statement) -> Comparison:
    """How `other` relates to `one`. Symmetric but for the order of the spans; time grows with the product of the parts."""
    return _Comparing(one, other).compare()


class _Comparing:
    def __init__(self, one: Statement, other: Statement):
        self.one, self.other = one, other
        self.pairs: list[tuple[Part, Part]] = []
        self.opposed: list[tuple[Part, Part]] = []
        self.left: dict[str, tuple[list[Part], list[Part]]] = {}

    def compare(self) -> Comparison:
        self._pair_up("time", _same_time)
        self._pair_up("number", _same_number)
        self._pair_up("name", _same_name)
        self._names_that_are_words()
        self._pair_up("word", _same_word)
        self._opposites()
        score = self._score()
        return Comparison(self._relation(score), score, (self._spans(0), self._spans(1)))

    def _pair_up(self, kind: str, alike: Callable[[Part, Part], bool]) -> None:
        """Pairs the parts of a kind, exact likeness first; what finds no partner is left."""
        mine, theirs = self.one.of(kind), self.other.of(kind)
        for test in (lambda a, b: (a.key, a.value, a.idea) == (b.key, b.value, b.idea), alike):
            for part in list(mine):
                if partner := next((two for two in theirs if test(part, two)), None):
                    self.pairs.append((part, partner))
                    # Lists of identical parts would lose the wrong one by equality.
                    mine = [one for one in mine if one is not part]
                    theirs = [two for two in theirs if two is not partner]
        self.left[kind] = (mine, theirs)

    def _names_that_are_words(self) -> None:
        """A first word is capitalised whether it is a name or not: what is a name elsewhere is one here."""
        names, words = self.left["name"], (self.one.of("word"), self.other.of("word"))
        taken = {id(part) for pair in self.pairs for part in pair}
        for mine, theirs, turned in ((0, 1, False), (1, 0, True)):
            for name in list(names[mine]):
                free = (word for word in words[theirs] if id(word) not in taken)
                if word := next((word for word in free if _same_name(name, word)), None):
                    word.kind = "name"
                    taken |= {id(name), id(word)}
                    names[mine].remove(name)
                    self.pairs.append((word, name) if turned else (name, word))

    def _opposites(self) -> None:
        mine, theirs = self.left["word"]
        for part in list(mine):
            if partner := next((two for two in theirs if _are_opposite(part, two)), None):
                self.opposed.append((part, partner))
                mine.remove(part)
                theirs.remove(partner)

    def _score(self) -> float:
        common = sum(_weight(part) for part, _partner in self.pairs)
        common += 0.5 * sum(_weight(part) for part, _partner in self.opposed)
        left = sum(_weight(part) for sides in self.left.values() for side in sides for part in side)
        return common / (common + 0.5 * left) if common else 0.0

    def _relation(self, score: float) -> Relation:
        if score < SIMILAR:
            return Relation.DIFFERENT
        words = self.left["word"]
        denials = sum(part.denies for side in words for part in side)
        is_turned = (len(self.opposed) + len(self.one.turns) + len(self.other.turns) + denials) % 2 == 1
        differs = bool(words[0] and words[1])
        # Beside a name that both have, a name more on one side alone is somebody's first name.
        other_names = all(self.left["name"])
        names = [self._strangers(side) for side in (0, 1)]
        times, numbers = self.left["time"], self.left["number"]
        other_actor = other_names or self._roles_are_swapped()
        other_time = _contradict(times) or (self.one.is_to_come != self.other.is_to_come)
        strong = [[part for part in side if not part.is_weak] for side in numbers]
        other_number = bool(strong[0] and strong[1]) or any(
            part.kind == "number" and part.bound * partner.bound < 0 for part, partner in self.pairs
        )
        lone = len(words[0]) + len(words[1])
        if self.one.is_doubtful != self.other.is_doubtful or (differs and score < CLOSE + 0.1 * min(lone, 4) - 0.1):
            return Relation.SIMILAR
        if other_actor and not (differs and lone > 2):
            return Relation.OTHER_ACTOR
        if other_time and not (differs and lone > 4):
            return Relation.OTHER_TIME
        if differs and (len(words[0]) > 1 or len(words[1]) > 1 or not (is_turned or other_number)):
            return Relation.SIMILAR
        if is_turned and score >= CLOSE:
            return Relation.NEGATION
        if other_number and not differs:
            return Relation.OTHER_NUMBER
        if differs or is_turned or other_number or self.opposed or names[0] or names[1] or strong[0] or strong[1]:
            return Relation.SIMILAR
        if any(times) and not any(part.kind == "number" for part, _partner in self.pairs):
            return Relation.SIMILAR
        if self.one.is_said != self.other.is_said or score < NEARLY_ALL or lone > 2:
            return Relation.SIMILAR
        return Relation.SIMILAR if self._order_matters() else Relation.SAME

    def _strangers(self, side: int) -> list[Part]:
        """Names that only this side has and that are no part of a name which both have."""
        statement = (self.one, self.other)[side]
        known = [pair[side] for pair in self.pairs if pair[side].kind == "name"]
        strangers = []
        for part in self.left["name"][side]:
            beside = (
                statement.text[min(part.end, one.end) : max(part.start, one.start)]
                for one in known
                if min(part.end, one.end) <= max(part.start, one.start)
            )
            if not any(gap == " " for gap in beside):
                strangers.append(part)
        return strangers

    # Who does it to whom

    def _roles_are_swapped(self) -> bool:
        """Do two names stand the other way round, without a passive or a word like "and" to explain it?"""
        if self.one.is_passive != self.other.is_passive:
            return False
        names = [pair for pair in self.pairs if pair[0].kind == pair[1].kind == "name"]
        names = [pair for pair in names if not (_is_place(self.one, pair[0]) or _is_place(self.other, pair[1]))]
        return any(self._is_swap(a, b) for place, a in enumerate(names) for b in names[place + 1 :])

    def _is_swap(self, a: tuple[Part, Part], b: tuple[Part, Part]) -> bool:
        if (a[0].start < b[0].start) == (a[1].start < b[1].start):
            return False
        return not (_are_joined(self.one, a[0], b[0]) and _are_joined(self.other, a[1], b[1]))

    def _order_matters(self) -> bool:
        """In a comparison, and between two nouns of one sentence, who comes first is what is said."""
        words = sorted((pair for pair in self.pairs if pair[0].kind in NOUNS), key=lambda pair: pair[0].start)
        order = [pair[1].start for pair in words]
        if self.one.compares and self.other.compares and order != sorted(order):
            return True
        if self.one.is_passive != self.other.is_passive or self.one.is_said:
            return False
        nouns = [pair for pair in words if _stands_out(self.one, pair[0]) and _stands_out(self.other, pair[1])]
        return len(words) > 2 and any(self._is_swap(a, b) for place, a in enumerate(nouns) for b in nouns[place + 1 :])

    # What the page marks

    def _spans(self, side: int) -> tuple[Span, ...]:
        statement = (self.one, self.other)[side]
        found = [Span(pair[side].start, pair[side].end, pair[side].kind, True) for pair in self.pairs]
        found += [Span(pair[side].start, pair[side].end, "opposite", False) for pair in self.opposed]
        if len(self.one.turns) != len(self.other.turns):
            found += [Span(part.start, part.end, "opposite", False) for part in statement.turns]
        for kind in ("number", "time", "name"):
            found += [Span(part.start, part.end, kind, False) for part in self.left[kind][side]]
        found.sort(key=lambda span: (span.start, -span.end))
        kept: list[Span] = []
        for span in found:
            if not kept or span.start >= kept[-1].end:
                kept.append(span)
        return tuple(kept)


def _weight(part: Part) -> float:
    if part.is_weak:
        return 0.2
    return {"name": 1.2, "time": 0.6, "number": 1.0}.get(part.kind, 1.0)


def _same_number(a: Part, b: Part) -> bool:
    close = abs(a.value - b.value) <= 1e-9 * max(abs(a.value), abs(b.value), 1)
    return close and (a.key == b.key or not a.key or not b.key)


def _same_time(a: Part, b: Part) -> bool:
    return a.key == b.key or (_are_of_one_kind(a, b) and _agree(a.key, b.key))


def _are_of_one_kind(a: Part, b: Part) -> bool:
    return all((a.key.startswith(mark)) == (b.key.startswith(mark)) for mark in ("~", "weekday"))


def _agree(a: str, b: str) -> bool:
    """Whether one EDTF value lies within the other, as far as both say."""
    if a[0] == "~" or a[0] == "w":
        return a == b
    return all(one == two or "X" in (one, two) for one, two in zip(a, b, strict=False))


def _contradict(times: tuple[list[Part], list[Part]]) -> bool:
    return any(_are_of_one_kind(a, b) for a in times[0] for b in times[1])


def _common(a: str, b: str) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _same_name(a: Part, b: Part) -> bool:
    """Equal but for an ending: Russia and Russian, China and Chinese."""
    short, long = sorted((a.key, b.key), key=len)
    if short == long:
        return True
    if short in ALIKE_BUT_OTHER or len(short) < 4 or len(long) - len(short) > 3 or not short.isalpha():
        return False
    return _common(short, long) >= len(short) - (len(short) >= 5)


def _same_word(a: Part, b: Part) -> bool:
    if a.idea and a.idea == b.idea:
        return a.side == b.side
    if a.key == b.key:
        return True
    short, long = sorted((a.key, b.key), key=len)
    if (a.idea and b.idea) or len(short) < 4:
        return False
    if long.removeprefix("و").removeprefix("ال") == short:
        return True  # Arabic writes "and" and "the" as part of the word
    common = _common(short, long)
    return common >= max(4, round(0.7 * len(short))) and len(long) - common <= 6 and len(short) - common <= 3


def _are_opposite(a: Part, b: Part) -> bool:
    if a.idea and a.idea == b.idea:
        return a.side != b.side
    short, long = sorted((a.key, b.key), key=len)
    return len(short) > 3 and long.removesuffix(short) in ("un", "in", "im", "il", "ir", "dis", "non")


def _is_place(statement: Statement, part: Part) -> bool:
    before = [piece for piece in statement.pieces if piece.end <= part.start]
    return bool(before) and before[-1].low in PLACES


def _stands_out(statement: Statement, part: Part) -> bool:
    """Whether this may be who acts or is acted upon: a name that is no place, or a noun with its article."""
    if part.kind == "name":
        return not _is_place(statement, part)
    before = [piece for piece in statement.pieces if piece.end <= part.start]
    return bool(before) and before[-1].low in ARTICLES


def _are_joined(statement: Statement, a: Part, b: Part) -> bool:
    """Whether only "and", or at last "with", stands between two names."""
    first, second = sorted((a, b), key=lambda part: part.start)
    between = [piece.low for piece in statement.pieces if first.end <= piece.start and piece.end <= second.start]
    between = [low for low in between if low not in ARTICLES]
    if not between:
        return True
    return between[-1] in JOINING and (len(between) == 1 or between[-1] not in ("and", "und", "et", "y", "и", "و"))
