"""Receipts read and acted on: what of a capture became the article, and putting a block back or taking one out."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from kb.models import Article, Capture, policy
from kb.services.articles import save_text
from kb.services.refusal import Blocker, Refused, refuse_if
from kb.text.captured import WEB_ARCHIVE, WEB_PAGE
from kb.text.direction import without_turning
from kb.text.markup import normalise_newlines

from .citations import BLOCK_SEPARATOR
from .web_page.source_map import map_source

# What a person took out, as the machine says its rules.
BY_HAND = "by-hand"
_REASON = 100


@dataclass(frozen=True, slots=True)
class Stretch:
    """One span of a receipt with the words that a reader sees of it, block by block.

    `was` is the rule by which it was removed before a person put it back; `of` is where its words stand that repeat
    others. `start` names it: no two stretches begin at one place.
    """

    start: int
    end: int
    kept: bool
    rule: str
    blocks: tuple[str, ...]
    was: str = ""
    of: tuple[int, int] | None = None

    @property
    def words(self) -> str:
        return "\n".join(self.blocks)


def read_receipt(capture: Capture) -> list[Stretch]:
    """The receipt of a capture with its words. Linear in the capture."""
    text = capture.text
    if capture.media_type in (WEB_PAGE, WEB_ARCHIVE):
        blocks = _visible(text, capture.receipt)
    else:
        blocks = _printed(text, capture.receipt)
    return [
        Stretch(
            span["start"],
            span["end"],
            span["kept"],
            span["rule"],
            words,
            span.get("was", ""),
            tuple(span["of"]) if span.get("of") else None,
        )
        for span, words in zip(capture.receipt, blocks, strict=True)
    ]


def _printed(text: str, receipt: Sequence[dict]) -> Iterable[tuple[str, ...]]:
    """The blocks of plain text. Lines are blocks, unless the article itself runs over its line ends."""
    kept = (text[span["start"] : span["end"]].strip() for span in receipt if span["kept"])
    is_wrapped = any("\n" in words for words in kept)
    for span in receipt:
        words = normalise_newlines(text[span["start"] : span["end"]])
        if span["kept"]:
            yield (words.strip(),)
            continue
        parts = words.split("\n\n") if is_wrapped else words.split("\n")
        yield tuple(part.strip() for part in parts if part.strip())


def _visible(text: str, receipt: Sequence[dict]) -> Iterable[tuple[str, ...]]:
    """The visible lines of a web page that begin in each span."""
    lines = iter(map_source(text).lines)
    line = next(lines, None)
    for span in receipt:
        words = []
        while line is not None and line.start < span["end"]:
            if shown := " ".join(line.text.split()):
                words.append(shown)
            line = next(lines, None)
        yield tuple(words)


def blocks_of(article: Article) -> list[str]:
    return article.text.split(BLOCK_SEPARATOR) if article.text else []


def placed(stretches: Sequence[Stretch], blocks: Sequence[str]) -> dict[int, list[int]]:
    """Which blocks of the article each kept stretch became, by its start; none where its words were changed since."""
    at: dict[str, list[int]] = defaultdict(list)
    for number, block in enumerate(blocks):
        at[_key(block)].append(number)
    found: dict[int, list[int]] = {}
    last = -1
    for stretch in stretches:
        if not stretch.kept:
            continue
        for words in stretch.blocks:
            numbers = at.get(_key(words), ())
            place = bisect_right(numbers, last)
            if place < len(numbers):
                last = numbers[place]
                found.setdefault(stretch.start, []).append(last)
    return found


def _key(words: str) -> str:
    return " ".join(without_turning(words).split())


@transaction.atomic
def put_back(article: Article, start: int, *, by: User) -> Article:
    """Put the words of a removed stretch into the text, between those that stand around it in the capture.

    Raises:
        Refused: there is no removed stretch with words at this place.
    """
    capture, stretches, index = _stretch(article, start, by)
    stretch = stretches[index]
    refuse_if(
        Blocker(_("These words are in the text already."), article) if stretch.kept else None,
        None if stretch.blocks else Blocker(_("There are no words at this place."), article),
    )
    blocks = blocks_of(article)
    place = _place(stretches, index, placed(stretches, blocks), len(blocks))
    blocks[place:place] = map(without_turning, stretch.blocks)
    _write(article, blocks, _("put back what was removed as “%(rule)s”") % {"rule": stretch.rule}, by)
    was = {} if stretch.rule == BY_HAND else {"was": stretch.rule}
    _mark(capture, index, {"kept": True, "rule": ""}, was)
    return article


@transaction.atomic
def take_out(article: Article, start: int, *, by: User) -> Article:
    """Take the words of a kept stretch out of the text.

    Raises:
        Refused: there is no kept stretch at this place, or its words were changed in the text since.
    """
    capture, stretches, index = _stretch(article, start, by)
    stretch = stretches[index]
    refuse_if(None if stretch.kept else Blocker(_("These words are not in the text."), article))
    blocks = blocks_of(article)
    gone = set(placed(stretches, blocks).get(start, ()))
    refuse_if(
        None
        if gone
        else Blocker(_("These words were changed in the text since: take them out on the article's page."), article)
    )
    kept = [block for number, block in enumerate(blocks) if number not in gone]
    _write(article, kept, _("took out words of the capture"), by)
    _mark(capture, index, {"kept": False, "rule": stretch.was or BY_HAND}, {})
    return article


def _stretch(article: Article, start: int, by: User) -> tuple[Capture, list[Stretch], int]:
    policy.require(by, policy.right_to_text(article))
    if article.capture_id is None:
        raise Refused(Blocker(_("The article was written here: it has no capture."), article))
    capture = article.capture = Capture.objects.select_for_update().get(pk=article.capture_id)
    stretches = read_receipt(capture)
    index = next((number for number, stretch in enumerate(stretches) if stretch.start == start), None)
    if index is None:
        raise Refused(Blocker(_("The receipt has no block at this place."), article))
    return capture, stretches, index


def _place(stretches: Sequence[Stretch], index: int, where: dict[int, list[int]], end: int) -> int:
    for stretch in reversed(stretches[:index]):
        if stretch.start in where:
            return where[stretch.start][-1] + 1
    for stretch in stretches[index + 1 :]:
        if stretch.start in where:
            return where[stretch.start][0]
    return end


def _write(article: Article, blocks: Sequence[str], reason: str, by: User) -> None:
    article.body = BLOCK_SEPARATOR.join(blocks)
    article._change_reason = reason[:_REASON]
    save_text(article, by=by)


def _mark(capture: Capture, index: int, said: dict, was: dict) -> None:
    span = {name: value for name, value in capture.receipt[index].items() if name != "was"}
    capture.receipt[index] = span | said | was
    capture.save(update_fields=["receipt"])
