"""The method page: what every status, rating and letter on these pages means."""

from dataclasses import dataclass

from kb.models import CoarseClass, ExpiryRule, Rating, Reliability, Review

from .citations import CHECKS
from .claims import BEING_CHECKED, REOPENED, UNCHECKED, Badge, expired_badge, rating_badge

# From so many second opinions on the share of those that agreed is said.
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class MethodPage:
    ratings: tuple[tuple[Badge, Rating], ...]
    unchecked: Badge
    being_checked: Badge
    reopened: Badge
    expired: Badge
    citation_checks: tuple[Badge, ...]
    letters: tuple[str, ...]
    edition: int
    expiry: tuple[ExpiryRule, ...]
    second_opinions: int
    agreed: int
    agreement: int | None


def method_page() -> MethodPage:
    """The page over the current edition of the scale. Queries: four."""
    ratings = list(Rating.objects.current())
    agreed, given = Review.objects.agreement()
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
        edition=max((rating.edition for rating in ratings), default=1),
        expiry=tuple(ExpiryRule.objects.all()),
        second_opinions=given,
        agreed=agreed,
        # A share of a handful says nothing.
        agreement=round(100 * agreed / given) if given >= ENOUGH else None,
    )
