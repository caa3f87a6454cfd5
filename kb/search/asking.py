"""What people type into the search box, read as a question. Whatever it is, it is one: nothing typed is an error.

Words that all have to stand there, "words behind one another", the beginning of a word*, -what must not stand there, and
`source:`, `topic:`, `type:`, `status:`, `rating:`, `genre:`, `language:`, `before:`, `after:` with a value behind them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import re2

from kb.text.search_words import folded, stem, words
from kb.text.words import without_surrogates

from .expressions import Expression, Phrase, any_of

LONGEST = 2000  # characters that are read
MOST_TERMS = 60
LEAST_BEGINNING = 2
FIELDS = ("source", "topic", "type", "status", "rating", "genre", "language", "before", "after")
_DAY = re2.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_PIECE = re2.compile(r'(-?)(?:([A-Za-z]{2,12}):)?(?:"([^"]*)"?|([^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that is asked for: `readings` are what it may be in the index."""

    printed: str
    readings: tuple[Phrase, ...]
    is_quoted: bool = False

    @property
    def expression(self) -> Expression:
        return any_of(self.readings)


def apart(text: str) -> list[Phrase]:
    """Every word of a text by itself, once; of scripts without blanks every two letters in a row."""
    found: dict[Phrase, None] = {}
    for word in words(text[:LONGEST]):
        several = word.keys if word.is_joined or len(word.keys) == 1 else ()
        pairs = zip(word.keys, word.keys[1:], strict=False) if not several else ((key,) for key in several)
        found.update(dict.fromkeys(Phrase(tuple(keys)) for keys in pairs))
    return list(found)[:MOST_TERMS]


@dataclass(frozen=True, slots=True)
class Asked:
    """`fields` are pairs of a name and the value behind it; `is_cut` says that more was typed than is read."""

    text: str
    terms: Sequence[Term] = ()
    unwanted: Sequence[Term] = ()
    fields: Sequence[tuple[str, str]] = ()
    is_cut: bool = False

    @property
    def is_plain(self) -> bool:
        """Words alone, as a headline or a message is."""
        return not (self.unwanted or self.fields or any(term.is_quoted for term in self.terms))


def read(text: str) -> Asked:
    """The question in a text. Linear in what is read of it."""
    is_cut, text = len(text) > LONGEST, without_surrogates(text[:LONGEST]).replace("\0", " ")
    wanted: dict[Term, None] = {}
    unwanted: dict[Term, None] = {}
    fields: list[tuple[str, str]] = []
    for match in _PIECE.finditer(text):
        sign, name, quoted, plain = match.groups()
        value = quoted if quoted is not None else plain
        if name and name.lower() in FIELDS and not sign:
            if value.strip():
                fields.append((name.lower(), value.strip()))
            continue
        if name:
            value = f"{name}:{value}"
        if (term := _term(value, is_quoted=quoted is not None)) is None:
            continue
        among = unwanted if sign else wanted
        if term not in among and len(wanted) + len(unwanted) >= MOST_TERMS:
            is_cut = True
            break
        among[term] = None
    return Asked(text.strip(), tuple(wanted), tuple(unwanted), tuple(dict.fromkeys(fields))[:MOST_TERMS], is_cut)


def _term(printed: str, *, is_quoted: bool) -> Term | None:
    found = list(words(printed))
    if not found:
        return None
    is_open = printed.endswith("*") and not is_quoted
    in_a_row = (tuple(key for word in found for key in word.readings[0]),)
    readings = found[0].readings if len(found) == 1 else in_a_row
    if is_open:
        readings = tuple(_beginning(reading, printed) for reading in readings)
    is_open = is_open and all(len(reading[-1]) >= LEAST_BEGINNING for reading in readings)
    return Term(printed, tuple(Phrase(reading, is_open) for reading in readings), is_quoted)


def begun(term: Term) -> Term:
    """The same, where the last word may be only begun, be it by one letter: whoever types looks on."""
    return replace(term, readings=tuple(replace(phrase, is_open=True) for phrase in term.readings))


def _beginning(reading: tuple[str, ...], printed: str) -> tuple[str, ...]:
    """What the index has of a word that was only begun: "studies*" begins like "study" there."""
    *first, last = reading
    typed = folded(printed.rstrip("*").split()[-1])
    if not typed.endswith(last) and stem(typed) == last:
        shared = 0
        while shared < min(len(typed), len(last)) and typed[shared] == last[shared]:
            shared += 1
        last = last[:shared] or last
    return (*first, last)


def day_of(value: str, *, is_end: bool) -> date | None:
    """A day; of a month or a year its first day, or its last. None for what is no day."""
    if not (match := _DAY.fullmatch(value)):
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if day:
            return date(year, month, day)
        if is_end:
            return date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1) - timedelta(days=1)
        return date(year, month or 1, 1)
    except (ValueError, OverflowError):
        return None
