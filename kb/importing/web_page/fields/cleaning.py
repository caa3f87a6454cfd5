"""Cleans the words of markup: no entities, no tags, no invisible characters, one blank between words."""

import unicodedata
from html import unescape

import re2 as re

from kb.text.words import without_surrogates

# Soft hyphens, zero-width blanks and joints, marks and overrides of direction. The joiners of Persian, of Indic scripts
# and of emoji are letters' business and stay.
_INVISIBLE = dict.fromkeys(
    (0xAD, 0x200B, 0x200E, 0x200F, 0x2060, 0x61C, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xFFF9, 0xFFFC))
)  # fmt: skip
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")


def clean(words: object, longest: int = 500) -> str:
    """The words as a reader sees them; empty for what is no text, or longer than `longest` code points.

    Entities are decoded twice, because sites encode them twice; tags within the words go.
    """
    if not isinstance(words, str) or len(words) > 8 * longest + 1000:
        return ""
    words = without_surrogates(words)
    for _ in range(2):
        if not _ENTITY.search(words):
            break
        words = without_surrogates(unescape(words))
    if "<" in words:
        words = _TAG.sub(" ", words)
    words = unicodedata.normalize("NFC", words.translate(_INVISIBLE))
    words = " ".join("".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in words).split())
    return words if len(words) <= longest else ""
