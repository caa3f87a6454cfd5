"""Dates of checks: the day as printed, and which figure of 2/5/2021 is the day where the file itself shows it."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable
from datetime import date

import re2 as re

from kb.text.partial_dates import LONGEST, bounds, read_printed
from kb.text.words import word_set

ISO_DAY = re.compile(r"^([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?$")
FIGURES = re.compile(r"^([0-9]{1,2})(?:/([0-9]{1,2})/|-([0-9]{1,2})-)([0-9]{4})(?:[T ,].*)?$")
# A service that knows no date writes the first day of its calendar; nothing in a fact-check is older than this.
EARLIEST_YEAR = 1000
MONTHS = 12
# Where these are written the day stands first, in every country. English is written both ways, and so it is not here.
DAY_FIRST = word_set(
    "ar bg bn bs ca cs da de el es et fi fr gl gu he hi hr id is it ka kk kn mk ml mr ms nl no nb nn pa pl pt ro ru sk "
    "sl sq sr ta te th tr uk ur vi"
)
COUNTRIES = {"en-gb": True, "en-au": True, "en-nz": True, "en-ie": True, "en-in": True, "en-za": True, "en-us": False}


class DayOrder:
    """What a file shows of the order of its dates: whoever prints 31/12/2021 once puts the day first everywhere.

    `register` answers for a publisher's site and name how its dates are written, None when nobody knows.
    """

    def __init__(self, register: Callable[[str, str], bool | None] = lambda site, name: None):
        self._seen: dict[str | None, set[bool]] = defaultdict(set)
        self._register = register

    def learn(self, publisher: str, printed: str) -> None:
        figures = _figures(_plain(printed))
        if not figures:
            return
        first, second, _year = figures
        if (first > MONTHS) != (second > MONTHS):
            for scope in (publisher, None):
                self._seen[scope].add(first > MONTHS)

    def is_day_first(self, site: str, name: str, language: str) -> bool | None:
        """By the publisher's other dates, else by the register, the rest of the file, the language; None is open."""
        shown = self._seen.get(site or name)
        if shown:
            return _unanimous(shown)
        registered = self._register(site, name)
        if registered is not None:
            return registered
        shown = self._seen.get(None)
        if shown:
            return _unanimous(shown)
        language = language.lower()
        return COUNTRIES.get(language, True if language.partition("-")[0] in DAY_FIRST else None)


def read_day(printed: str, *, day_first: bool | None) -> str | None:
    """The EDTF value of a date as printed: the day there, whatever its time zone. None when it is none, or is open."""
    printed = _plain(printed)
    if iso := ISO_DAY.match(printed):
        return _day(*map(int, iso[1].split("-")))
    if figures := _figures(printed):
        first, second, year = figures
        if (first > MONTHS) != (second > MONTHS) or first == second:
            day_first = first > MONTHS
        if day_first is None:
            return None
        return _day(year, second, first) if day_first else _day(year, first, second)
    edtf = read_printed(printed, day_first=day_first)
    span = bounds(edtf) if edtf else None
    return edtf if span and span[0].year >= EARLIEST_YEAR else None


def _day(year: int, month: int, day: int) -> str | None:
    # Whole days go past the parser of partial ones, which takes a millisecond for each.
    try:
        return date(year, month, day).isoformat() if year >= EARLIEST_YEAR else None
    except ValueError:
        return None


def _unanimous(shown: set[bool]) -> bool | None:
    return next(iter(shown)) if len(shown) == 1 else None


def _figures(plain: str) -> tuple[int, int, int] | None:
    found = FIGURES.match(plain)
    return (int(found[1]), int(found[2] or found[3]), int(found[4])) if found else None


def _plain(printed: str) -> str:
    """ASCII figures and marks: "٣١/١٢/٢٠٢١" is a date as well."""
    return "".join(
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in unicodedata.normalize("NFKC", printed[: LONGEST + 1])
        if unicodedata.category(letter) != "Cf"
    ).strip()
