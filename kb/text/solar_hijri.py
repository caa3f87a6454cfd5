"""The Solar Hijri calendar of Iran and Afghanistan: which Gregorian day a day of it is.

Its year begins at the spring equinox, so that a day of it is one certain day; the leap years of these centuries follow a
cycle of 33 years.
"""

from datetime import date, timedelta

# The cycle of 33 years gives the calendar's leap years within these.
FIRST_YEAR, LAST_YEAR = 1280, 1450
_EPOCH = date(1901, 3, 21)  # 1 Farvardin 1280
_LEAP_REMAINDERS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Solar Hijri one, None if there is no such day or its year is out of reach."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= _length(year, month):
        return None
    days = sum(366 if is_leap(earlier) else 365 for earlier in range(FIRST_YEAR, year))
    days += sum(_length(year, earlier) for earlier in range(1, month)) + day - 1
    return _EPOCH + timedelta(days=days)


def is_leap(year: int) -> bool:
    """Whether the last month of a year has thirty days."""
    return year % 33 in _LEAP_REMAINDERS


def _length(year: int, month: int) -> int:
    return 31 if month <= 6 else 30 if month <= 11 or is_leap(year) else 29
