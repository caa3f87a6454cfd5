"""Dates that are not printed in full: what "Tuesday", "last week", "June 12" or "2/5" means beside a publication date.

Nothing is inferred without a basis, and the basis goes with the value. Each date is inferred on its own, from its
words, the day of publication and the habit of the publisher or the language; never from a neighbour.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import re2

from kb.text.calendar_words import WEEKDAYS
from kb.text.partial_dates import LONGEST, MONTHS, PUBLISHED_BEFORE, bounds, is_valid, read_printed, resolve_year
from kb.text.words import word_set

WEEKDAY_BEFORE = "weekday-before-publication"
RELATIVE = "relative-to-publication"
DAY_FIRST_BY_SOURCE, MONTH_FIRST_BY_SOURCE = "day-first-by-source", "month-first-by-source"
DAY_FIRST_BY_LANGUAGE, MONTH_FIRST_BY_LANGUAGE = "day-first-by-language", "month-first-by-language"
BASES = frozenset(
    (
        *(PUBLISHED_BEFORE, WEEKDAY_BEFORE, RELATIVE),
        *(DAY_FIRST_BY_SOURCE, MONTH_FIRST_BY_SOURCE, DAY_FIRST_BY_LANGUAGE, MONTH_FIRST_BY_LANGUAGE),
    )
)
BASIS_JOINT = "+"  # two inferences in one value: "day-first-by-source+published-before"

NUMBERS = {
    word: number
    for number, words in enumerate(
        ("a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
    for word in words.split()
}
TODAY = word_set("today tonight heute aujourd'hui hoy oggi hoje сегодня اليوم امروز")
YESTERDAY = word_set("yesterday gestern hier ayer ieri ontem вчера أمس دیروز")
# Words around the word that counts: "on Tuesday morning", "late last week".
FILLERS = word_set("on in of the late early earlier later morning afternoon evening night am le el den").union(",.")
# What a language writes between slashes. Plain "en" is written both ways; so is French, in Canada.
DAY_FIRST = word_set(
    "de fr es it pt nl ru uk pl cs sk sl hr sr bs bg ro el tr da nb nn no fi ar he id vi th ca gl ka hy az kk uz ur"
)
DAY_FIRST_ENGLISH = word_set("gb ie au nz in pk bd lk ng ke gh ug tz zw za mt cy sg my jm tt")
MONTH_FIRST = frozenset({"en-us"})
OPEN = frozenset({"fr-ca"})

WORDS = re2.compile(r"[\p{L}\p{M}\x{200C}'’]+|\p{N}+|[^\s]")


@dataclass(frozen=True, slots=True)
class Inferred:
    """An EDTF value that is not what is printed, and the key of what it rests on (or two, joined)."""

    edtf: str
    basis: str


def infer(
    printed: str | None,
    edtf: str | None,
    *,
    published: str | None,
    day_first: bool | None = None,
    language: str | None = None,
) -> Inferred | None:
    """What a date means beyond its print, or None when it is complete already, no date, or nothing tells.

    `printed` are the words, `edtf` what they say by themselves (None when they say nothing). `published` is an EDTF
    value: without it only the order of day and month can be inferred. `day_first` is the habit of the publisher and
    wins over that of the `language` (BCP 47).
    """
    if edtf:
        return _with_year(edtf, published)
    if not printed or len(printed) > LONGEST:
        return None
    return _in_order(printed, published, day_first, language) or _beside(printed, published)


def is_inferred(basis: str) -> bool:
    """Is this a basis that `infer` names, rather than one that a person wrote?"""
    return set(basis.split(BASIS_JOINT)) <= BASES


def day_first_of(language: str | None) -> bool | None:
    """Does a language write the day before the month between slashes? None when it is written both ways or not known."""
    tag = (language or "").replace("_", "-").lower()
    main, _, rest = tag.partition("-")
    if tag in MONTH_FIRST:
        return False
    if main == "en":
        return True if set(rest.split("-")) & DAY_FIRST_ENGLISH else None
    return True if main in DAY_FIRST and tag not in OPEN else None


def _with_year(edtf: str, published: str | None) -> Inferred | None:
    resolved = resolve_year(edtf, published=published)
    return Inferred(*resolved) if resolved else None


def _in_order(printed: str, published: str | None, day_first: bool | None, language: str | None) -> Inferred | None:
    """ "2/5": which part is the day?"""
    by_source = day_first is not None
    order = day_first if by_source else day_first_of(language)
    if order is None or read_printed(printed) is not None:
        return None
    edtf = read_printed(printed, day_first=order)
    if edtf is None:
        return None
    if by_source:
        basis = DAY_FIRST_BY_SOURCE if order else MONTH_FIRST_BY_SOURCE
    else:
        basis = DAY_FIRST_BY_LANGUAGE if order else MONTH_FIRST_BY_LANGUAGE
    dated = _with_year(edtf, published)
    return Inferred(dated.edtf, f"{basis}{BASIS_JOINT}{dated.basis}") if dated else Inferred(edtf, basis)


def _beside(printed: str, published: str | None) -> Inferred | None:
    """Words that mean a day only beside the day of publication."""
    span = bounds(published) if published and is_valid(published) else None
    if span is None:
        return None
    words = [word.casefold() for word in WORDS.findall(printed)]
    words = [word for word in words if word not in FILLERS]
    if len(words) == 1 and words[0] in MONTHS:  # "in April"
        return _with_year(f"XXXX-{MONTHS[words[0]]:02}", published)
    # The same words must mean the same for every day on which the text may have come out.
    first, last = (_meaning(words, day) for day in span)
    if first is None or first != last:
        return None
    basis = WEEKDAY_BEFORE if words[-1] in WEEKDAYS else RELATIVE
    return Inferred(first, basis) if is_valid(first) else None


def _meaning(words: list[str], published: date) -> str | None:
    """The EDTF value of relative words for one day of publication; a week is an interval, from Monday on."""
    try:
        match words:
            case [word] if word in TODAY:
                return published.isoformat()
            case [word] if word in YESTERDAY:
                return (published - timedelta(1)).isoformat()
            case [word] if word in WEEKDAYS:
                return (published - timedelta((published.weekday() - WEEKDAYS[word]) % 7)).isoformat()
            case ["last", word] if word in WEEKDAYS:
                back = (published.weekday() - WEEKDAYS[word]) % 7 or 7
                return (published - timedelta(back)).isoformat()
            case [count, "day" | "days", "ago"] if (back := _number(count)) is not None:
                return (published - timedelta(back)).isoformat()
            case [count, "week" | "weeks", "ago"] if (back := _number(count)) is not None:
                return _week(published - timedelta(7 * back))
            case ["last", "week"]:
                return _week(published - timedelta(7))
            case ["this", "week"]:
                return _week(published, until=published)
            case ["this", "month"]:
                return f"{published.year:04}-{published.month:02}"
            case ["last", "month"]:
                before = published.replace(day=1) - timedelta(1)
                return f"{before.year:04}-{before.month:02}"
            case ["this", "year"]:
                return f"{published.year:04}"
            case ["last", "year"]:
                return f"{published.year - 1:04}"
    except OverflowError:
        pass  # before the first day of the calendar
    return None


def _number(word: str) -> int | None:
    if word.isdecimal() and len(word) < 4:
        return int(word)
    return NUMBERS.get(word)


def _week(day: date, until: date | None = None) -> str:
    monday = day - timedelta(day.weekday())
    end = until or monday + timedelta(6)
    return monday.isoformat() if monday == end else f"{monday.isoformat()}/{end.isoformat()}"
