"""Pages of a list by its own order: as fast at the end as at the start, and nothing shifts when a row is added."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

SIZE = 20
LONGEST = 1000  # characters of a place in a list


class UnknownPlace(ValueError):
    """The place in the list cannot be read: nobody was given this address."""


@dataclass(frozen=True, slots=True)
class Slice:
    """`earlier` and `later` are places to go to, empty at the ends."""

    rows: list[Model]
    earlier: str = ""
    later: str = ""


def take(rows: QuerySet, order: tuple[str, str], place: str = "", *, size: int = SIZE) -> Slice:
    """One page of rows in this order: a column, and the primary key to tell equals apart. One query, no count.

    Raises:
        UnknownPlace: `place` is none that an earlier page offered.
    """
    backwards, values = _read(place) if place else (False, None)
    direction = tuple(_turned(key) for key in order) if backwards else order
    if values is not None:
        try:
            rows = rows.filter(_beyond(direction, values))
        except (ValidationError, ValueError, TypeError) as error:
            raise UnknownPlace from error
    found = list(rows.order_by(*direction)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Slice([])
    before, after = (more, True) if backwards else (bool(place), more)
    return Slice(
        found,
        earlier=_write(True, found[0], order) if before else "",
        later=_write(False, found[-1], order) if after else "",
    )


def _turned(key: str) -> str:
    return key[1:] if key.startswith("-") else f"-{key}"


def _beyond(order: tuple[str, str], values: list) -> Q:
    (first, second), (value, pk) = (key.lstrip("-") for key in order), values
    past, past_pk = ("lt" if key.startswith("-") else "gt" for key in order)
    # The first condition says nothing new, but an index can begin there.
    return Q(**{f"{first}__{past}e": value}) & (
        Q(**{f"{first}__{past}": value}) | Q(**{first: value, f"{second}__{past_pk}": pk})
    )


def _write(backwards: bool, row: Model, order: tuple[str, str]) -> str:
    value, pk = (getattr(row, key.lstrip("-")) for key in order)
    stamp = value.isoformat() if isinstance(value, datetime) else None
    written = json.dumps([int(backwards), stamp is not None, stamp or value, pk], separators=(",", ":"))
    return urlsafe_b64encode(written.encode()).decode().rstrip("=")


def _read(place: str) -> tuple[bool, list]:
    if len(place) > LONGEST:
        raise UnknownPlace
    try:
        backwards, is_moment, value, pk = json.loads(urlsafe_b64decode(place + "=" * (-len(place) % 4)))
        if is_moment:
            value = datetime.fromisoformat(value).astimezone(UTC)
        fits = isinstance(pk, int) and isinstance(value, datetime | str | int) and b"\0" not in str(value).encode()
    except (binascii.Error, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise UnknownPlace from error
    if not fits:
        raise UnknownPlace
    return bool(backwards), [value, pk]
