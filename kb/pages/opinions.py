"""Where opinions on a verdict differed: who chose which rating and why, and what came of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import Claim, Dissent, FactCheckStatus, Review

from .claims import Badge, rating_badge
from .words import name_of


@dataclass(frozen=True, slots=True)
class Opinion:
    """`reason` is empty where the verdict it was given on is not public."""

    role: str
    name: str
    badge: Badge
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One verdict whose second opinion was of another class."""

    number: int
    is_open: bool
    is_public: bool
    opinions: tuple[Opinion, ...]


def disagreements(claim: Claim, *, now=None) -> tuple[Disagreement, ...]:
    """Every dissent over verdicts of the claim that readers may know of, the latest verdict first. Queries: one."""
    given = (
        Review.objects.visible_to(now=now)
        .filter(fact_check__claim=claim)
        .exclude(fact_check__dissent=Dissent.NONE)
        .select_related("rating", "reviewer", "fact_check__rating", "fact_check__author")
        .order_by("-fact_check__number", "pk")
    )
    reviews = defaultdict(list)
    for review in given:
        reviews[review.fact_check].append(review)
    return tuple(_disagreement(check, found) for check, found in reviews.items())


def _disagreement(check, reviews: list[Review]) -> Disagreement:
    is_public = check.status != FactCheckStatus.REJECTED
    author = Opinion(
        role=_("author"),
        name=name_of(check.author),
        badge=rating_badge(check.rating),
        reason="",
        on=timezone.localdate(check.submitted_at),
    )
    return Disagreement(
        number=check.number,
        is_open=check.dissent == Dissent.OPEN,
        is_public=is_public,
        opinions=(author, *(_opinion(review, is_public) for review in reviews)),
    )


def _opinion(review: Review, is_public: bool) -> Opinion:
    return Opinion(
        role=review.get_role_display(),
        name=name_of(review.reviewer),
        badge=rating_badge(review.rating),
        reason=review.note if is_public else "",
        on=timezone.localdate(review.at),
    )
