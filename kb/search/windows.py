"""Pages of ranked hits: best first within the newest ones, then the next ones behind them, as far as anybody goes."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from .matching import Match
from .paging import LONGEST, UnknownPlace
from .places import LAST


@dataclass(frozen=True, slots=True)
class Page:
    rows: Sequence[Match]
    earlier: str = ""
    later: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Hits from `last` on downwards; within them the page behind, or before, the hit with this score and place."""

    last: int = LAST
    beyond: tuple[float, int] | None = None
    backwards: bool = False

    @property
    def is_later(self) -> bool:
        return self.last != LAST or self.beyond is not None

    def page(self, matches: Sequence[Match], size: int, *, next_window: int | None) -> Page:
        """A page of these hits, best first. `next_window` is where the next ones begin when these are not all."""
        ranks = [(-match.score, -match.place) for match in matches]
        if self.beyond is None:
            start = 0
        else:
            key = (-self.beyond[0], -self.beyond[1])
            if self.backwards:
                start = max(0, sum(rank < key for rank in ranks) - size)
            else:
                start = sum(rank <= key for rank in ranks)
        rows = matches[start : start + size]
        later = ""
        if start + size < len(matches):
            later = self._to(rows[-1], backwards=False)
        elif next_window is not None:
            later = _write([next_window, None, None, 0])
        return Page(rows, earlier=self._to(rows[0], backwards=True) if rows and start else "", later=later)

    def _to(self, match: Match, *, backwards: bool) -> str:
        return _write([self.last, match.score, match.place, int(backwards)])


def window_at(place: str) -> Window:
    """The window that an address names.

    Raises:
        UnknownPlace: no page offered this address.
    """
    if not place:
        return Window()
    if len(place) > LONGEST:
        raise UnknownPlace
    try:
        last, score, row, backwards = json.loads(urlsafe_b64decode(place + "=" * (-len(place) % 4)))
        fits = type(last) is int and 0 <= last <= LAST and backwards in (0, 1)
        fits = fits and ((score is None and row is None) or (type(score) in (int, float) and type(row) is int))
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise UnknownPlace from error
    if not fits:
        raise UnknownPlace
    return Window(last, None if score is None else (score, row), bool(backwards))


def _write(place: list) -> str:
    return urlsafe_b64encode(json.dumps(place, separators=(",", ":")).encode()).decode().rstrip("=")
