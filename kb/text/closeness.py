"""How close short texts are to a pasted one, when neither has all words of the other.

Two measures that err differently are added with equal weight: words, as BM25 counts them, and pieces of words (tf-idf over
three to five letters), which see through endings and slips. What is rare is learnt from a sample of the texts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log, sqrt

import re2

_NO_WORDS = re2.compile(r"https?://\S+|\bpic\.twitter\.com/\S+|@\w+")
_SATURATION, _LENGTH = 1.2, 0.75
_SHORTEST, _LONGEST = 3, 5


def without_addresses(text: str) -> str:
    """A message without links and names of accounts: they say nothing of what it says."""
    return _NO_WORDS.sub(" ", text)


def pieces(words: Iterable[str]) -> Counter[str]:
    """The pieces of words, each with where a word begins and ends."""
    found: Counter[str] = Counter()
    for word in words:
        padded = f" {word} "
        for length in range(_SHORTEST, _LONGEST + 1):
            if length >= len(padded):
                found[padded] += 1
                break
            found.update(padded[place : place + length] for place in range(len(padded) - length + 1))
    return found


class Sample:
    """How many of some texts have a word or a piece; each text is its words."""

    def __init__(self, texts: Iterable[Sequence[str]]):
        self._words: Counter[str] = Counter()
        self._pieces: Counter[str] = Counter()
        self._size, letters = 0, 0
        for words in texts:
            self._size += 1
            letters += len(words)
            self._words.update(set(words))
            self._pieces.update(pieces(words).keys())
        self._length = letters / self._size if self._size else 1.0

    def closeness(self, asked: Sequence[str], texts: Sequence[Sequence[str]]) -> list[float]:
        """Of each text how close it is to what was asked, the closest at most 1."""
        by_words = _levelled([self._by_words(set(asked), Counter(words)) for words in texts])
        wanted = self._weighed(pieces(asked))
        by_pieces = _levelled([_product(wanted, self._weighed(pieces(words))) for words in texts])
        return [(one + other) / 2 for one, other in zip(by_words, by_pieces, strict=True)]

    def _by_words(self, asked: set[str], words: Counter[str]) -> float:
        length = 1 - _LENGTH + _LENGTH * words.total() / self._length
        return sum(
            self._rarity(self._words[word]) * count * (_SATURATION + 1) / (count + _SATURATION * length)
            for word in asked
            if (count := words[word])
        )

    def _weighed(self, found: Counter[str]) -> dict[str, float]:
        weights = {piece: (1 + log(count)) * self._rarity(self._pieces[piece]) for piece, count in found.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {piece: weight / length for piece, weight in weights.items()}

    def _rarity(self, having: int) -> float:
        return log(1 + (self._size - having + 0.5) / (having + 0.5))


def _product(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(weight * one[piece] for piece, weight in other.items() if piece in one)


def _levelled(scores: list[float]) -> list[float]:
    highest = max(scores, default=0) or 1.0
    return [score / highest for score in scores]
