"""Which sentences of a text state something that could be looked up: a count by form, not a judgement."""

from collections.abc import Sequence
from dataclasses import dataclass

import re2

from .sentences import CLOSERS, STOPS, sentence_spans
from .statement_types import FACT, FORECAST, OPINION, QUOTATION, statement_type_of
from .words import without_surrogates

_FIGURE = re2.compile(r"\p{N}")
_QUESTION = re2.compile(r"[?？؟]")
# A hashtag, or a capital letter that no beginning of a sentence explains.
_NAME = re2.compile(r"[#@]\p{L}|[\p{L}\p{N},;:’'”\")\]–—-]\s+[\"“‘(«]*\p{Lu}\p{L}")
_WORD = re2.compile(r"\p{L}+")
# "He left." says little on its own.
WORDS = 3


@dataclass(frozen=True, slots=True)
class Sentence:
    """`kind` is the kind of statement by form; empty for what is no statement: a heading, a question, a caption."""

    start: int
    end: int
    kind: str
    is_checkable: bool


def sentences_of(
    text: str, blocks: Sequence[tuple[int, int]] = (), *, is_opinion_piece: bool = False
) -> list[Sentence]:
    """Every sentence of a text, in order; none reaches over the bounds of a block, where these are known.

    Checkable is a fact or a quotation by its form that holds a figure or a name. In scripts without capital letters a
    name is not recognised, so figures and hashtags alone tell: the count is rather too low than too high.
    """
    readable = without_surrogates(text)
    return [
        _sentence(readable, first + start, first + end, is_opinion_piece)
        for first, last in blocks or [(0, len(text))]
        for start, end in sentence_spans(text[first:last])
    ]


def _sentence(text: str, start: int, end: int, is_opinion_piece: bool) -> Sentence:
    words = text[start:end]
    last = words.rstrip(CLOSERS)[-1:]
    if last not in STOPS or _QUESTION.match(last) or len(_WORD.findall(words)) < WORDS:
        return Sentence(start, end, "", False)
    kind = statement_type_of(words, text[max(0, start - 1) : start], text[end : end + 1], is_opinion_piece=is_opinion_piece)  # fmt: skip
    return Sentence(start, end, kind, kind in (FACT, QUOTATION) and bool(_FIGURE.search(words) or _NAME.search(words)))


def sentences_with(sentences: Sequence[Sentence], start: int, end: int) -> list[int]:
    """Which sentences the words from `start` to `end` belong to.

    A reference that stands alone behind a full stop, "It rained. (Reuters, June 4)", belongs to the sentence before it.
    """
    found = [place for place, one in enumerate(sentences) if one.start < end and start < one.end]
    if len(found) == 1 and found[0] and not sentences[found[0]].kind:
        found.insert(0, found[0] - 1)
    return found


def is_held(sentence: Sentence) -> bool:
    """Whether the sentence, by its form, tells what somebody thinks or expects."""
    return sentence.kind in (OPINION, FORECAST)
