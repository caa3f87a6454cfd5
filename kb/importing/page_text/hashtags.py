"""Finds the subject words that a text marks with a hash sign."""

import re2 as re

from kb.importing.records import Block, FoundTag
from kb.importing.register import Register
from kb.text.words import without_surrogates

_HASHTAG = re.compile(r"[#＃][\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_]|[\x{200C}\x{200D}][\p{L}])*")
# What stands before a hashtag that names a source and not a subject.
_CITING = re.compile(
    r"(?i)(?:according to|reported by|reports by|as reported (?:by|in)|as told to|quoted by|cited by|citing|per|via|source ?:|sources ?:|laut|nach angaben von|selon|según|به گزارش|به نوشته|وفقا ل|بحسب|حسب)\s*(?:the )?$"
)
_PARENTHESIS = re.compile(r"[(\[]\s*(?:the |via |source ?: ?|see )?$")
_DATE_FOLLOWS = re.compile(
    r"(?i)^[’']?s?,? *[,:;]? *(?:\p{L}{3,12}\.? \d{1,2}|\d{1,2}\.? \p{L}{3,12}|\d{4}|\d{1,2}[/.-]\d{1,2}|\p{L}{3,12} \d{4})"
)


def find_tags(blocks: list[Block], listed: list[str], register: Register) -> tuple[FoundTag, ...]:
    """The subject words of a text in order, each once whatever its case, then those that the page lists.

    A hashtag ends before an apostrophe and is no number; one that cites an outlet is no subject.
    """
    names: dict[str, str] = {}
    for block in blocks:
        for name in _hashtags_of(without_surrogates(block.text), register):
            names.setdefault(name.casefold(), name)
    for name in listed:
        # In a printed list of subjects an outlet is a subject like any other.
        if any(character.isalpha() for character in name):
            names.setdefault(name.casefold(), name)
    return tuple(FoundTag(name) for name in names.values())


def _hashtags_of(text: str, register: Register) -> list[str]:
    names = []
    for match in _HASHTAG.finditer(text):
        name = match.group()[1:]
        before = text[match.start() - 1 : match.start()]
        if not any(character.isalpha() for character in name) or before.isalnum() or before in tuple("&/#"):
            continue
        if not _cites(text, match.start(), match.end(), register, name):
            names.append(name)
    return names


def _cites(text: str, start: int, end: int, register: Register, name: str) -> bool:
    if not (register.is_known(name) or register.is_known("#" + name)):
        return False
    before = text[max(0, start - 40) : start]
    if _CITING.search(before):
        return True
    return _PARENTHESIS.search(before) is not None and (
        _DATE_FOLLOWS.search(text[end : end + 40]) is not None or text[end : end + 1] in (")", "]")
    )
