"""From loose values of a record to the fields of a check: a value of the wrong kind is missing, and is told."""

from collections.abc import Iterable
from math import isfinite

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from kb.importing.records import FoundCheck, Problem
from kb.text.direction import says_turning, without_turning
from kb.text.language import is_language_tag

from .spelling import as_read, site_of

LONGEST_NAME = 300
LONGEST_ADDRESS = 2000
LONGEST_LANGUAGE = 35
# Depth of the objects of one record; what a service or a page writes stays below ten.
DEEPEST = 64

is_web_address = URLValidator(schemes=["http", "https"])


class Unusable(Exception):
    """A record that gives no check, and why."""

    def __init__(self, code: str, reason: str):
        super().__init__(reason)
        self.code, self.reason = code, reason


class Wording:
    """Reads the values of one record and keeps what was wrong with them."""

    def __init__(self, file: str, place: str):
        self.file, self.place = file, place
        self.problems: list[Problem] = []

    def doubt(self, code: str, message: str) -> None:
        self.problems.append(Problem("warning", code, f"{self.file}: {self.place}: {message}"))

    def words(self, name: str, value: object, longest: int | None = None) -> str:
        """Words as read; numbers are words too, everything else is missing."""
        if value is None:
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            self.doubt("wrong-type", f"{name} is no text and was left out.")
            return ""
        words = as_read(value)
        if said := says_turning(words):
            self.doubt("direction-overrides", f"{name} holds what turns text around, and it was left out: {said}.")
            words = without_turning(words).strip()
        if longest and len(words) > longest:
            self.doubt("too-long", f"{name} is longer than {longest} characters and was cut.")
            words = words[:longest]
        return words

    def address(self, value: object) -> str:
        """A web address, with everything in it; any other is kept out."""
        address = self.words("the address", value)
        if not address:
            return ""
        try:
            is_web_address(address)
        except ValidationError:
            self.doubt("address", f"“{address[:80]}” is no web address and was kept out.")
            return ""
        if len(address) > LONGEST_ADDRESS:
            self.doubt("address", f"the address is longer than {LONGEST_ADDRESS} characters and was kept out.")
            return ""
        return address

    def site(self, value: object, address: str) -> str:
        """The publisher's domain as named, else that of its page."""
        site = site_of(self.words("the site", value)) or site_of(address)
        if len(site) > LONGEST_NAME or any(letter.isspace() for letter in site):
            self.doubt("site", "the site is no domain and was left out.")
            return ""
        return site

    def language(self, value: object) -> str:
        tag = self.words("the language", value).replace("_", "-")
        if tag and (len(tag) > LONGEST_LANGUAGE or not is_language_tag(tag)):
            self.doubt("language", f"“{tag[:40]}” is no language tag and was left out.")
            return ""
        return tag

    def check(self, *, statement: object, raw: dict, **fields: str) -> FoundCheck:
        """The check, with every doubt so far; raises Unusable when it names no statement."""
        words = self.words("the statement", statement)
        if not words:
            raise Unusable("no-statement", "names no statement that was checked.")
        return FoundCheck(statement=words, raw=raw, problems=tuple(self.problems), **fields)


def refuse_hostile(record: object) -> None:
    """Raises Unusable for what no database takes: NUL, halves of characters, what is no number, or nesting without end."""
    left: list[tuple[object, int]] = [(record, 0)]
    while left:
        value, depth = left.pop()
        if depth > DEEPEST:
            raise Unusable("too-deep", f"is nested deeper than {DEEPEST} levels.")
        if isinstance(value, dict):
            left.extend((part, depth + 1) for pair in value.items() for part in pair)
        elif isinstance(value, list):
            left.extend((part, depth + 1) for part in value)
        elif isinstance(value, float) and not isfinite(value):
            raise Unusable("number", "holds a number that is none.")
        elif isinstance(value, str):
            if "\0" in value:
                raise Unusable("nul", "holds NUL characters.")
            if not value.isascii() and _is_broken(value):
                raise Unusable("surrogate", "holds half a character.")


def as_list(value: object) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def first_of_kind(values: Iterable[object], kind: type):
    return next((value for value in values if isinstance(value, kind)), None)


def _is_broken(words: str) -> bool:
    try:
        words.encode()
    except UnicodeEncodeError:
        return True
    return False
