"""The words by which a text is found: one spelling for all that readers take for the same word, and where each stands.

What is indexed, what is asked for and what is highlighted goes through the same function, so that they agree on every
database. A word is folded (`folding`) and loses its English plural or its Arabic article.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import re2

from .folding import split_camel_case
from .words import without_surrogates, word_key

LONGEST_WORD = 64
# Initials with dots, or letters and digits with what is invisible between them and one apostrophe inside.
_WORD = re2.compile(
    r"(?:\p{L}\.){2,}"
    r"|[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}]|[\x{AD}\x{200B}-\x{200D}])*(?:['’][\p{L}\p{M}]+)?"
)
# Scripts that put no blanks between words: each letter is a word, and letters in a row are a phrase.
_UNSPACED = re2.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*|[^\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+"
)
_HAS_UNSPACED = re2.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]")
_ARTICLES = ("وال", "بال", "فال", "کال", "ال", "لل")
_LEAST_AFTER_ARTICLE = 3
_NO_PLURALS = frozenset(("news", "series", "species", "always", "perhaps", "whereas", "lens"))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: `keys` are its spellings in the index, in order; [start, end) is where it stands."""

    keys: tuple[str, ...]
    start: int
    end: int
    # The last key is the others as one word: whoever asks may mean either.
    is_joined: bool = False

    @property
    def readings(self) -> tuple[tuple[str, ...], ...]:
        """As what the word may be asked for: each a row of keys that stand one behind the other."""
        return (self.keys[:-1], self.keys[-1:]) if self.is_joined else (self.keys,)


def words(text: str) -> Iterator[Word]:
    """The words of a text in order, positions in code points. Linear in the text."""
    for match in _WORD.finditer(without_surrogates(text)):
        spellings, is_joined = _keys(match.group()[: 4 * LONGEST_WORD])
        if spellings:
            yield Word(spellings, match.start(), match.end(), is_joined)


def keys(text: str, at_most: int | None = None) -> list[str]:
    """The spellings of all words of a text in order, as the index has them."""
    return list(islice((key for word in words(text) for key in word.keys), at_most))


@lru_cache(maxsize=1 << 16)
def _keys(printed: str) -> tuple[tuple[str, ...], bool]:
    """A CamelCase hashtag is its words and then all of them as one, and says so; anything else is one word."""
    if not printed.isascii() and _HAS_UNSPACED.search(printed):
        return tuple(key for part in _UNSPACED.findall(printed) if (key := stem(folded(part)))), False
    parts = split_camel_case(printed).split() if not (printed.islower() or printed.isupper()) else []
    several = [key for part in parts if (key := stem(folded(part)))] if len(parts) > 1 else []
    whole = stem(folded(printed))
    return (tuple(several) + ((whole,) if whole else ()), bool(several and whole))


def folded(word: str) -> str:
    """The word without case, accents and marks; letters and digits alone."""
    return "".join(letter for letter in word_key(word) if letter.isalnum() or not letter.isascii())[:LONGEST_WORD]


def stem(word: str) -> str:
    """The folded word without the ending of an English plural or a leading Arabic article."""
    if word.isascii():
        return _singular(word)
    for article in _ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + _LEAST_AFTER_ARTICLE:
            return word[len(article) :]
    return word


def _singular(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")) or word in _NO_PLURALS:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses", "zes", "oes")):
        return word[:-2]
    return word[:-1]
