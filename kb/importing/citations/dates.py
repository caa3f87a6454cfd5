"""Dates as they are printed beside a citation: "June 12", "last Friday", "two days ago", "2/5"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.passage import Passage
from kb.text.partial_dates import MONTHS, SEASONS, WEEKDAYS, read_printed

LONGEST_DATE = 8  # tokens
LONGEST_SHORT_WEEKDAY = len("thurs")


def date_at(passage: Passage, place: int) -> tuple[int, int] | None:
    """First and last token of a date that begins here ("June 12", "Tuesday", "on 3 May 2024"), else None."""
    if not 0 <= place < len(passage.words):
        return None
    word = passage.words[place]
    if word.low in v.RELATIVE_DAYS:
        return place, place
    if word.low == "last" and passage.low(place + 1) in WEEKDAYS and passage.words[place + 1].is_capitalised:
        return place, place + 1
    if passage.low(place + 1) in v.SPANS_OF_DAYS and passage.low(place + 2) == "ago":
        return (place, place + 2) if word.is_number or word.low in v.COUNTS else None
    if word.low in v.RELATIVE_PERIODS and passage.low(place + 1) in v.RELATIVE_PERIODS[word.low]:
        last = place + 1
        if (
            passage.low(last) in ("this", "last", "in")
            and passage.words[last].is_word
            and last + 1 < len(passage.words)
        ):
            last += 1
        return place, last
    if word.low in WEEKDAYS and word.is_capitalised:
        last = place
        following = place + 2 if passage.low(place + 1) == "," else place + 1
        rest = date_at(passage, following) if _begins_date(passage, following) else None
        if rest:
            return place, rest[1]
        return (place, last) if len(word.low) > LONGEST_SHORT_WEEKDAY else None  # "Sun" alone is no Sunday
    if not _begins_date(passage, place):
        return None
    end = min(place + LONGEST_DATE, len(passage.words))
    for last in range(end - 1, place - 1, -1):
        token = passage.words[last]
        if not (token.is_number or token.low in MONTHS or token.low in SEASONS or token.text == "."):
            continue
        printed = passage.printed(place, last)
        if read_printed(printed) is not None or (last > place + 1 and _is_slashed(passage, place, last)):
            return place, last
    return None


def _begins_date(passage: Passage, place: int) -> bool:
    if not 0 <= place < len(passage.words):
        return False
    word = passage.words[place]
    if word.is_number:
        return len(word.text) in (1, 2, 4)
    return (word.low in MONTHS and word.is_capitalised) or word.low in SEASONS


def _is_slashed(passage: Passage, first: int, last: int) -> bool:
    """ "2/5": printed as a date, though nobody can say which part is the day."""
    shape = [word.text for word in passage.words[first : last + 1]]
    figures = shape[::2]
    return (
        len(shape) in (3, 5)
        and all(mark in "/." for mark in shape[1::2])
        and all(figure.isdecimal() for figure in figures)
        and all(1 <= int(figure) <= 31 and len(figure) < 3 for figure in figures[:2])
    )


def dated_after(passage: Passage, place: int) -> tuple[int, tuple[int, int] | None]:
    """Skip a date that begins here, in parentheses or after "on" or "in"; the token behind it, and the date."""
    if passage.low(place) in "([" and passage.low(place):
        date = date_at(passage, place + 1)
        if date and passage.low(date[1] + 1) in (")", "]"):
            return date[1] + 2, date
        return place, None
    start = place + 1 if passage.low(place) in ("on", "in", "late", "early") else place
    if passage.low(place) == "," and date_at(passage, place + 1) and passage.low(place + 1) not in v.RELATIVE_PERIODS:
        date = date_at(passage, place + 1)
        return date[1] + 1, date
    if (
        passage.low(place) == "in"
        and passage.low(start) in MONTHS
        and passage.words[start].is_capitalised
        and not date_at(passage, start)
    ):
        return start + 1, (start, start)  # "in April"
    date = date_at(passage, start)
    return (date[1] + 1, date) if date and passage.same_sentence(place, date[1]) else (place, None)
