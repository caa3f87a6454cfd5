"""The method page: what every status, rating and letter on these pages means."""

from dataclasses import dataclass

from django.db.models import Count

from kb.models import Challenge, CoarseClass, Correction, CorrectionKind, ExpiryRule, Rating, Reliability, Review
from kb.models.challenge import ANSWERED

from . import challenges, corrections
from .citations import CHECKS
from .claims import BEING_CHECKED, REOPENED, UNCHECKED, Badge, expired_badge, rating_badge
from .shares import Share, share


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
    agreement: Share | None
    corrected: int
    corrections: tuple[tuple[str, Badge, int], ...]
    challenged: int
    challenges: tuple[tuple[Badge, int], ...]


def method_page(*, now=None) -> MethodPage:
    """The page over the current edition of the scale; its counts are of what is public. Queries: six."""
    ratings = list(Rating.objects.current())
    agreed, given = Review.objects.visible_to(now=now).agreement()
    made = dict(Correction.objects.visible_to(now=now).order_by().values_list("kind").annotate(Count("pk")))
    answered = dict(Challenge.objects.visible_to(now=now).order_by().values_list("state").annotate(Count("pk")))
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
        agreement=share(agreed, given),
        corrected=sum(made.values()),
        corrections=tuple((kind.value, corrections.KINDS[kind], made.get(kind, 0)) for kind in CorrectionKind),
        challenged=sum(answered.values()),
        challenges=tuple((challenges.BADGES[state], answered.get(state, 0)) for state in ANSWERED),
    )
