"""The words of others as their readers read them, and the key by which a check is known again."""

import hashlib
import html
import unicodedata

import re2 as re

# What an ampersand, however often it was encoded, encodes. Only with its semicolon: "?a=1&copy=2" is an address and no
# copyright sign.
ENTITY = re.compile(
    r"&(?:(?:amp|AMP|#0{0,5}38|#[xX]0{0,4}26);)*((?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});)"
)
# A service encodes once, or once too often. What still holds an entity after so many rounds is none of theirs.
ROUNDS = 4


def as_read(words: str) -> str:
    """The words without the encoding a service left in them, and without white space at their ends; nothing else.

    `&quot;` and `&amp;quot;` are both a quotation mark; words that hold no entity stay as they are, so reading what
    was read before changes nothing.
    """
    for _round in range(ROUNDS):
        decoded = _decoded(words)
        if decoded == words:
            break
        words = decoded
    return words.strip()


def key_of(address: str, publisher: str, statement: str, occurrence: int = 0) -> str:
    """SHA-256 of what makes a check the same check, whatever cannot be seen of it.

    `occurrence` tells apart the checks of one file that share all three: one review of a sentence two people said.
    """
    parts = [_comparable(address), _comparable(publisher).casefold(), _comparable(statement)]
    if occurrence:
        parts.append(str(occurrence))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def site_of(address: str) -> str:
    """The domain of an address, or of a domain as printed; "www." is no part of it."""
    rest = address.strip().lower().partition("//")[2] or address.strip().lower()
    host = re.split(r"[/?#]", rest)[0].rpartition("@")[2].partition(":")[0]
    return host.removeprefix("www.").strip(".")


def _decoded(words: str) -> str:
    return ENTITY.sub(lambda found: html.unescape(f"&{found[1]}"), words) if "&" in words else words


def _comparable(words: str) -> str:
    visible = "".join(letter for letter in words if unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFC", " ".join(visible.split()))
