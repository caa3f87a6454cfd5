"""Fold a name to one spelling, so that names which readers take for the same compare as equal."""

import unicodedata
from functools import lru_cache

# Letters that carry their mark inside: no decomposition takes it off.
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
    # Arabic and Persian keyboards write the same letters with different code points; tatweel only stretches a word.
    | {"ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ـ": None}
)
APOSTROPHES = "'’‘ʼ`´＇"
ARTICLE = "the"
LONGEST_REMEMBERED = 120


def fold(name: str) -> str:
    """The spelling by which names are compared: equal for two spellings of one name, empty when no letter or digit is left.

    Compatibility forms (NFKC), case, accents, invisible characters, punctuation, spaces, a hash or at sign, a leading
    "The" and a closing possessive make no difference; "&" is "and"; a CamelCase hashtag is its words. The result is
    a key, not for display. Folding a folded name changes nothing.
    """
    return _remembered(name) if len(name) <= LONGEST_REMEMBERED else _fold(name)


def _fold(name: str) -> str:
    words = split_camel_case(_visible(name)).casefold()
    for apostrophe in APOSTROPHES:
        words = words.replace(apostrophe, "'")
    words = " ".join(_letters_and_digits(words).split())
    words = words.removesuffix("'s").rstrip("' ").replace("'", "")
    first, _, rest = words.partition(" ")
    return (rest if first == ARTICLE and rest else words).replace(" ", "")


# The names of the register are folded anew for every page and file that is read: folding them took most of a second.
_remembered = lru_cache(maxsize=1 << 15)(_fold)


def split_camel_case(word: str) -> str:
    """Put a space where a CamelCase word has a seam: "TheGuardian" becomes "The Guardian", "BBCNews" "BBC News"."""
    pieces = []
    for place, letter in enumerate(word):
        if place and letter.isupper():
            before, after = word[place - 1], word[place + 1 : place + 2]
            if before.islower() or (before.isupper() and after.islower() and not _is_possessive(word, place)):
                pieces.append(" ")
        pieces.append(letter)
    return "".join(pieces)


def _is_possessive(word: str, place: int) -> bool:
    """Is the lower-case letter after `place` only a plural s, as in "NGOs"?"""
    return word[place + 1] == "s" and not word[place + 2 : place + 3].isalpha()


def _visible(name: str) -> str:
    """NFKC without format characters: soft hyphens, zero-width characters, marks of direction."""
    visible = "".join(letter for letter in name if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFKC", visible)


def _letters_and_digits(words: str) -> str:
    """Plain letters, ASCII digits and apostrophes; everything that separates words becomes a space, dots vanish."""
    kept = []
    for letter in unicodedata.normalize("NFKD", words.translate(PLAIN_LETTERS)):
        category = unicodedata.category(letter)
        if "\u0300" <= letter <= "\u036f" or "\u064b" <= letter <= "\u0655" or letter == ".":
            continue  # accents, Arabic vowel signs; not the vowel signs of Indic scripts, which are letters there
        if category == "Nd":
            kept.append(str(unicodedata.decimal(letter)))
        elif category[0] in "LMN" or letter == "'":
            kept.append(letter)
        elif letter == "&":
            kept.append(" and ")
        else:
            kept.append(" ")
    return unicodedata.normalize("NFC", "".join(kept)).translate(PLAIN_LETTERS)
