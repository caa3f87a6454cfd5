"""Dates of which only a part is known, as EDTF (ISO 8601-2:2019): read them as printed, bound them, resolve their year.

The `edtf` package parses; this module reads what is printed, refuses days that no calendar has, and keeps an unknown
year unknown (the package would bound it to the years 0 and 9999).
"""

import calendar
import unicodedata
from datetime import date
from functools import lru_cache

import re2
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

from kb.text.calendar_words import MONTHS, SEASONS, WEEKDAYS
from kb.text.printed_days import find_days
from kb.text.words import word_set

PUBLISHED_BEFORE = "published-before"
LONGEST = 64  # characters; nothing printed or stored as one date is longer

FILLERS = word_set("of the de del le el den am en in on г г. года р року")
ORDINALS = ("st", "nd", "rd", "th", "er", "º", "ª")
WORDS = re2.compile(r"[\p{L}\p{M}]+|[0-9]+|[^\s]")
DAY_PART = re2.compile(r"(?:^|[^0-9X-])(-?[0-9X]{4})-([0-9X]{2})-([0-9X]{2})")


@lru_cache(maxsize=4096)
def read_printed(text: str, *, day_first: bool | None = None) -> str | None:
    """The EDTF value of a date as printed, or None when the words are no date, an impossible one or an ambiguous one.

    "June 12" is `XXXX-06-12`, "May 2024" `2024-05`, "spring 2024" `2024-21`. In "2/5" either part may be the day:
    None, unless one exceeds 12 or `day_first` says which. A month or a season alone ("May") is no date. A year has
    four digits.
    """
    if len(text) > LONGEST or "\ud800" <= max(text, default=" ") <= "\udfff" or not text.isprintable():
        return None
    day = next(iter(find_days(text, at_most=1, day_first=day_first)), None)
    if day and not text[: day.start].strip() and not text[day.end :].strip(" .,"):
        # The Gregorian day of another calendar's is not what is printed.
        return day.edtf if day.calendar == "gregorian" else None
    words = [word for word in WORDS.findall(_plain(text)) if word not in ",."]
    words = [word for word in words if word not in FILLERS and word not in WEEKDAYS]
    words = [word for place, word in enumerate(words) if not _is_ordinal_ending(words, place)]
    if not words:
        return None
    marks = [word for word in words if not word.isalnum()]
    return _read_figures(words, marks, day_first) if marks else _read_words(words)


def bounds(edtf: str) -> tuple[date, date] | None:
    """The earliest and the latest day that an EDTF value covers; None while its year is unknown or it is not valid.

    An approximate or uncertain value ("2024~") keeps its plain bounds; an interval without a beginning or end has none.
    """
    if not is_valid(edtf) or "XXXX" in edtf or ".." in edtf or edtf.startswith("/") or edtf.endswith("/"):
        return None
    parsed = parse_edtf(edtf)
    try:
        earliest, latest = parsed.lower_strict(), parsed.upper_strict()
        first = date(earliest.tm_year, earliest.tm_mon, earliest.tm_mday)
        last = date(latest.tm_year, latest.tm_mon, latest.tm_mday)
    except (AttributeError, TypeError, ValueError, OverflowError):
        return None  # before year 1, after 9999, or a set whose bounds the package does not give
    return (first, last) if first <= last else None


@lru_cache(maxsize=4096)  # the package's parser takes milliseconds, and the same few dates come again and again
def is_valid(edtf: str) -> bool:
    """Is this an EDTF value (ISO 8601-2:2019, as the package reads it) whose every day some calendar year has?"""
    if not edtf or len(edtf) > LONGEST or not edtf.isascii():
        return False
    try:
        parse_edtf(edtf)
    except (EDTFParseException, ValueError, TypeError, AttributeError, IndexError, OverflowError):
        return False
    return all(_day_exists(*match.groups()) for match in DAY_PART.finditer(edtf))


def resolve_year(edtf: str, *, published: str | None) -> tuple[str, str] | None:
    """Give a yearless day or month the year of its latest occurrence not after `published`, with the basis as a key.

    None when the value has a year, when the publication date is unknown, or when that date is so partial that two
    years are possible: a year is never invented.
    """
    if not is_valid(edtf) or not edtf.startswith("XXXX-") or published is None:
        return None
    span = bounds(published)
    if span is None:
        return None
    resolved = {_latest_occurrence(edtf.removeprefix("XXXX-"), day) for day in span}
    only = resolved.pop()
    return (only, PUBLISHED_BEFORE) if only and not resolved else None


def _latest_occurrence(rest: str, day: date) -> str | None:
    # Eight years back always hold a 29 February, also around a century year.
    for year in range(day.year, max(day.year - 9, 0), -1):
        candidate = f"{year:04}-{rest}"
        span = bounds(candidate)
        if span and span[0] <= day:
            return candidate
    return None


def _plain(text: str) -> str:
    """Lower case, compatibility forms, ASCII digits."""
    letters = (
        str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
        for letter in unicodedata.normalize("NFKC", text)
        if unicodedata.category(letter) != "Cf"
    )
    return unicodedata.normalize("NFC", "".join(letters).casefold())


def _is_ordinal_ending(words: list[str], place: int) -> bool:
    return words[place] in ORDINALS and place > 0 and words[place - 1].isdigit()


def _read_figures(words: list[str], marks: list[str], day_first: bool | None) -> str | None:
    """2024-03-12, 2024/3/12, 12.3.2024 (its dots are gone by now), 2/5, 2/5/2024."""
    figures = words[::2]
    regular = len(set(marks)) == 1 and marks[0] in "-/‐‑–" and words[1::2] == marks and len(figures) == len(marks) + 1
    if not regular or not all(figure.isdigit() for figure in figures):
        return None
    return _read_numbers(figures, day_first, iso=marks[0] == "-")


def _read_numbers(figures: list[str], day_first: bool | None, *, iso: bool = False) -> str | None:
    if len(figures[0]) == 4:
        if len(figures) == 2 and len(figures[1]) == 2 and iso:
            return _checked(figures[0], int(figures[1]))
        if len(figures) == 3:
            return _checked(figures[0], int(figures[1]), int(figures[2]))
        return None
    if len(figures) == 3 and len(figures[2]) != 4:
        return None
    if len(figures) not in (2, 3) or len(figures[0]) > 2 or len(figures[1]) > 2:
        return None
    if len(figures) == 2 and iso:
        return None  # "10-12" is a range or a score
    year = figures[2] if len(figures) == 3 else "XXXX"
    first, second = int(figures[0]), int(figures[1])
    if first > 12 or (first == second):
        day, month = first, second
    elif second > 12:
        day, month = second, first
    elif day_first is None:
        return None
    else:
        day, month = (first, second) if day_first else (second, first)
    return _checked(year, month, day)


def _read_words(words: list[str]) -> str | None:
    named = [word for word in words if word in MONTHS or word in SEASONS]
    figures = [word for word in words if word.isdigit()]
    if len(named) + len(figures) != len(words) or len(named) > 1 or len(words) > 3:
        return None
    if not named:
        if len(figures) == 1 and len(figures[0]) == 4 and "1000" <= figures[0] <= "2999":
            return figures[0]
        if len(figures) == 3 and len(figures[2]) == 4:  # 12.3.2024: the dotted form puts the day first
            return _read_numbers(figures, True)
        return None
    years = [figure for figure in figures if len(figure) == 4]
    days = [figure for figure in figures if len(figure) <= 2]
    if len(years) + len(days) != len(figures) or len(years) > 1 or len(days) > 1 or not figures:
        return None
    if named[0] in SEASONS:
        return f"{years[0]}-{SEASONS[named[0]]}" if years and not days else None
    year = years[0] if years else "XXXX"
    return _checked(year, MONTHS[named[0]], int(days[0]) if days else None)


def _checked(year: str, month: int, day: int | None = None) -> str | None:
    edtf = f"{year}-{month:02}" + (f"-{day:02}" if day is not None else "")
    possible = 1 <= month <= 12 and year != "0000" and (day is None or _day_exists(year, f"{month:02}", f"{day:02}"))
    return edtf if possible else None


def _day_exists(year: str, month: str, day: str) -> bool:
    if "X" in month or "X" in day:
        return True
    # Any leap year will do where a digit of the year is unknown.
    number = 2000 if "X" in year else abs(int(year))
    return 1 <= int(month) <= 12 and 1 <= int(day) <= calendar.monthrange(number or 2000, int(month))[1]
