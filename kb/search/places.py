"""Where a document stands in the order of the index: by its day, so that the newest of many are found without sorting."""

from datetime import date

from kb.models import FoundKind

_ROW_BITS, _KIND_BITS, _DAY_BITS = 42, 3, 18
_FIRST_DAY = date(1800, 1, 1).toordinal()
UNDATED = (1 << _DAY_BITS) - 1


def place_of(kind: FoundKind, row: int, day: date | None) -> int:
    """What has no day stands behind every day: it is met first, and by no range of days."""
    number = UNDATED if day is None else min(max(day.toordinal() - _FIRST_DAY, 0), UNDATED - 1)
    return ((number << _KIND_BITS) + kind << _ROW_BITS) + row


def first_of(day: date) -> int:
    """The first place that this day could have."""
    return place_of(0, 0, day)


def thing_at(place: int) -> tuple[FoundKind, int]:
    """The kind and the row of the document at a place."""
    return FoundKind(place >> _ROW_BITS & (1 << _KIND_BITS) - 1), place & (1 << _ROW_BITS) - 1


PAST_ALL_DAYS = UNDATED << _KIND_BITS + _ROW_BITS
LAST = (1 << _DAY_BITS + _KIND_BITS + _ROW_BITS) - 1
