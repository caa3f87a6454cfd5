"""What an article rests on, at a glance: how many of its checkable sentences are checked, cited or neither."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kb.models import Appearance, Article, Citation, Dissent, Variant
from kb.text import coverage, markup

from .claims import ClaimSummary, Verdict

# So many sentences without citation or claim are named; the number is of all.
NAMED = 12
# A name is as long as it has to be to find the sentence by.
NAME_WORDS = 10

CHECKED, DOUBTED, OPEN, BARE = "checked", "doubted", "waiting", "bare"
PARTS = {
    CHECKED: _("rest on a claim whose verdict is in force"),
    DOUBTED: _("rest on a claim whose verdict has expired or was reopened"),
    OPEN: _("are cited or taken up as a claim, but not checked yet"),
    BARE: _("have neither citation nor claim"),
}
WIDTH = 300


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the meter: so many sentences, drawn from `x` on."""

    key: str
    number: int
    words: str | Promise
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Bare:
    """A sentence without citation or claim; `key` is the anchor of its words in the text, empty where it is not shown."""

    words: str
    key: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """`checkable` sentences in `parts`; `held` tell what somebody thinks or expects and get no rating."""

    checkable: int
    parts: tuple[Part, ...]
    held: int
    bare: tuple[Bare, ...]

    @property
    def bare_count(self) -> int:
        return next((part.number for part in self.parts if part.key == BARE), 0)

    @property
    def width(self) -> int:
        return WIDTH


class Basis(NamedTuple):
    """What the summary counts, beside the meter. A claim said twice counts once."""

    citations: int
    claims: int
    checked: int
    disputed: int
    expired: int


def basis(citations: int, claims: Iterable[tuple[ClaimSummary, bool]]) -> Basis:
    """From the claims of an article, each with whether the article says it as it was checked."""
    found = {claim.address: (claim, is_same) for claim, is_same in sorted(claims, key=itemgetter(1))}.values()
    verdicts = [claim.verdict for claim, is_same in found if is_same and claim.verdict and claim.is_rateable]
    return Basis(
        citations=citations,
        claims=len(found),
        checked=len(verdicts),
        disputed=sum(map(_is_disputed, verdicts)),
        expired=sum(verdict.is_expired for verdict in verdicts),
    )


def _is_disputed(verdict: Verdict) -> bool:
    """Rated as not holding or not wholly, in doubt again, or with opinions that still differ."""
    is_weak = verdict.badge.tone in ("refuted", "mixed")
    return is_weak or verdict.reopened_on is not None or verdict.dissent == Dissent.OPEN


def coverage_of(
    article: Article,
    text: str,
    sentences: Sequence[coverage.Sentence],
    citations: Iterable[Citation],
    appearances: Sequence[Appearance],
    claims: dict[int, ClaimSummary],
    has: Callable[[int, int], bool],
) -> tuple[Coverage, list[markup.Mark]]:
    """The meter of an article, and marks for the sentences it names; `has` answers whether readers see all of a stretch."""
    cited: set[int] = set()
    told: dict[int, list[tuple[ClaimSummary, bool]]] = defaultdict(list)
    for row in _standing(citations, article):
        cited.update(coverage.sentences_with(sentences, row.start, row.end))
    for row in _standing(appearances, article):
        for place in coverage.sentences_with(sentences, row.start, row.end):
            told[place].append((claims[row.claim_id], row.variant == Variant.SAME))

    numbers = dict.fromkeys(PARTS, 0)
    bare, marks, held = [], [], 0
    for place, sentence in enumerate(sentences):
        part = _part_of(sentence, told[place], place in cited)
        if part:
            numbers[part] += 1
        elif coverage.is_held(sentence) or told[place]:
            held += 1
        if part == BARE and len(bare) < NAMED:
            key = f"sentence-{place + 1}" if has(sentence.start, sentence.end) else ""
            if key:
                marks.append(markup.Mark(sentence.start, sentence.end, key, "bare"))
                bare.append(Bare(_name(text[sentence.start : sentence.end]), key))
    return Coverage(sum(numbers.values()), tuple(_drawn(numbers)), held, tuple(bare)), marks


def _standing(rows: Iterable, article: Article) -> Iterable:
    return (row for row in rows if row.is_anchored and row.revision == article.revision)


def _part_of(sentence: coverage.Sentence, claims: Sequence[tuple[ClaimSummary, bool]], is_cited: bool) -> str:
    """Which part of the meter a sentence belongs to; empty for one that cannot be checked.

    The weakest claim decides, and a verdict on other words than the article's own is none on the article's.
    """
    rateable = [(claim, is_same) for claim, is_same in claims if claim.is_rateable]
    if claims and not rateable:
        return ""
    if not rateable:
        if not sentence.is_checkable:
            return ""
        return OPEN if is_cited else BARE
    verdicts = [claim.verdict if is_same else None for claim, is_same in rateable]
    if any(verdict and (verdict.is_expired or verdict.reopened_on) for verdict in verdicts):
        return DOUBTED
    return CHECKED if all(verdicts) else OPEN


def _drawn(numbers: dict[str, int]) -> Iterable[Part]:
    total, before = sum(numbers.values()), 0
    for key, number in numbers.items():
        if number:
            yield Part(key, number, PARTS[key], round(before * WIDTH / total, 1), round(number * WIDTH / total, 1))
            before += number


def _name(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:NAME_WORDS]) + (" …" if len(words) > NAME_WORDS else "")
