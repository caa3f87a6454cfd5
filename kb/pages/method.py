"""The method page: what every status, rating and letter on these pages means."""

from collections.abc import Iterable
from dataclasses import dataclass

from kb.models import CoarseClass, Rating, Reliability

from .citations import CHECKS
from .claims import BEING_CHECKED, REOPENED, UNCHECKED, Badge, expired_badge, rating_badge


@dataclass(frozen=True, slots=True)
class MethodPage:
    ratings: tuple[tuple[Badge, Rating], ...]
    unchecked: Badge
    being_checked: Badge
    reopened: Badge
    expired: Badge
    citation_checks: tuple[Badge, ...]
    letters: tuple[str, ...]


def method_page(ratings: Iterable[Rating]) -> MethodPage:
    """The page over the rating scale. Queries: one, the scale."""
    scale = tuple((rating_badge(rating), rating) for rating in ratings)
    supported = next((badge for badge, _rating in scale if badge.tone == CoarseClass.SUPPORTED), UNCHECKED)
    return MethodPage(
        ratings=scale,
        unchecked=UNCHECKED,
        being_checked=BEING_CHECKED,
        reopened=REOPENED,
        expired=expired_badge(supported.words),
        citation_checks=tuple(CHECKS.values()),
        letters=tuple(Reliability.labels),
    )
