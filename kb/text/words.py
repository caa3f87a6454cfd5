"""Split text into words and marks with their positions, the common ground of all searching in running text."""

from dataclasses import dataclass

import re2

from kb.text.folding import fold

# Each alternative looks ahead a bounded way or consumes what it saw, so that the whole stays linear. In this order: a domain, an abbreviation with inner dots, a word or hashtag, a number, a possessive, one mark.
TOKEN = re2.compile(
    r"(?:[0-9A-Za-z-]{1,40}\.){1,3}(?:com|org|net|info|gov|edu|int|news|co\.[a-z][a-z])\b"
    r"|(?:\p{L}\.){2,}"
    r"|(?:[#@][\p{L}\p{M}\p{N}]|[\p{L}\p{M}])(?:[\p{L}\p{M}\p{N}_]|[\x{AD}\x{200B}-\x{200D}])*"
    r"|\p{N}+"
    r"|['’]s\b"
    r"|[^\s]"
)


@dataclass(slots=True)
class Token:
    """One word, number or mark; `low` is the word in lower case without its hash or at sign."""

    text: str
    start: int
    end: int
    low: str

    @property
    def is_word(self) -> bool:
        return self.low[:1].isalpha()

    @property
    def is_tag(self) -> bool:
        return self.text[0] in "#@" and len(self.text) > 1

    @property
    def is_capitalised(self) -> bool:
        """Does the word begin like a name? A hashtag always does."""
        return self.is_tag or self.text[:1].isupper()

    @property
    def is_number(self) -> bool:
        return self.text[:1].isdecimal()


def tokens(text: str) -> list[Token]:
    """The words and marks of a text in order; start and end count code points. Linear in the text."""
    found = []
    for match in TOKEN.finditer(without_surrogates(text)):
        printed = match.group()
        found.append(Token(printed, match.start(), match.end(), printed.lstrip("#@").lower() or printed))
    return found


def word_key(word: str) -> str:
    """The spelling by which single words of a name are compared; "the" and a possessive s stay what they are."""
    if word.isascii() and word.isalnum():
        return word.lower()
    return fold(word) or word


def word_set(words: str) -> frozenset[str]:
    """A list of words, written as one string, as a set."""
    return frozenset(words.split())


def without_surrogates(text: str) -> str:
    """The text with every lone surrogate replaced by one other character: RE2 takes only what UTF-8 can carry."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)
    return text
