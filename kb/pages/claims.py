"""Claims as every page shows them: the words, where they stand with the fact-checkers, and the verdict with its age."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kb.models import (
    EXPIRED,
    Claim,
    ClaimStatus,
    CoarseClass,
    FactCheck,
    FactCheckStatus,
    Rating,
    StatementType,
    Variant,
)

from .words import Words, name_of, words

UNKNOWN = pgettext_lazy("sign", "?")
SYMBOLS = {
    CoarseClass.SUPPORTED: "✓",
    CoarseClass.REFUTED: "✗",
    CoarseClass.MIXED: "◐",
    CoarseClass.UNPROVEN: UNKNOWN,
    CoarseClass.NONE: "–",
}


# In this order a summary tells how claims fared.
TONES = (*CoarseClass.values[:4], "doubt", CoarseClass.NONE, "open")


@dataclass(frozen=True, slots=True)
class Badge:
    """A status in a sign and in words; `tone` names the colour, which says nothing the words do not say."""

    symbol: str | Promise
    words: str | Promise
    tone: str


UNCHECKED = Badge("○", gettext_lazy("unchecked"), "open")
BEING_CHECKED = Badge("…", gettext_lazy("being checked"), "open")
REOPENED = Badge("⟳", gettext_lazy("reopened"), "doubt")
UNRATED = {
    StatementType.OPINION: Badge(pgettext_lazy("sign", "“"), gettext_lazy("opinion, not rated"), "none"),
    StatementType.FORECAST: Badge(pgettext_lazy("sign", "→"), gettext_lazy("forecast, not rated"), "none"),
}
# A verdict holds for the claim as it was checked; where an article says something else, the badge must not say "false".
VARIANTS = {
    Variant.OTHER_NUMBER: gettext_lazy("other number checked: %(status)s"),
    Variant.OTHER_TIME: gettext_lazy("other time checked: %(status)s"),
    Variant.OTHER_ACTOR: gettext_lazy("other actor checked: %(status)s"),
    Variant.NEGATION: gettext_lazy("the opposite checked: %(status)s"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict that is or was published."""

    key: str
    badge: Badge
    definition: str
    number: int | None
    rationale: str
    as_of: date
    checked_on: date
    published_on: date
    expires_on: date | None
    is_current: bool
    is_expired: bool
    reopened_on: date | None
    reopen_reason: str
    author: str
    reviewer: str
    dissent: str
    dissent_words: str
    evidence: tuple = ()
    steps: tuple = ()


@dataclass(frozen=True, slots=True)
class ClaimSummary:
    """`verdict` is the published one, expired and reopened ones included: the badge says so.

    `resolves_on` is the day on which a forecast can be told.
    """

    words: Words
    address: str
    badge: Badge
    statement_type: str
    statement_type_words: str
    verdict: Verdict | None
    resolves_on: date | None = None

    @property
    def is_rateable(self) -> bool:
        return self.statement_type not in UNRATED


def today(now=None) -> date:
    return timezone.localdate(now) if now else timezone.localdate()


def for_pages(claims: QuerySet | None = None, *, now=None) -> QuerySet[Claim]:
    """Claims with what `summary` needs: their standing and every verdict that is or was published."""
    checks = FactCheck.objects.visible_to(now=now).select_related("rating", "author", "reviewer")
    claims = Claim.objects.all() if claims is None else claims
    return claims.with_standing(on=today(now)).prefetch_related(Prefetch("fact_checks", checks, "public_checks"))


def summary(claim: Claim) -> ClaimSummary:
    """What to say of a claim loaded by `for_pages`."""
    current = next((check for check in claim.public_checks if check.status == FactCheckStatus.PUBLISHED), None)
    return ClaimSummary(
        words=words(claim.text, claim.language),
        address=claim.get_absolute_url(),
        badge=_badge(claim, current),
        statement_type=claim.statement_type,
        statement_type_words=claim.get_statement_type_display(),
        verdict=verdict(current, claim.standing) if current else None,
        resolves_on=claim.resolves_on,
    )


def rating_badge(rating: Rating) -> Badge:
    return Badge(SYMBOLS[rating.coarse_class], str(rating), rating.coarse_class)


def expired_badge(rating: str) -> Badge:
    # U+FE0E asks for the plain sign where systems would draw a coloured picture.
    return Badge("◔", _("expired: was %(rating)s") % {"rating": rating}, "doubt")


def variant_badge(variant: str, badge: Badge) -> Badge:
    """The badge of a claim where an article words it differently."""
    if variant not in VARIANTS:
        return badge
    return Badge("≈", VARIANTS[variant] % {"status": badge.words}, "none")


def _badge(claim: Claim, current: FactCheck | None) -> Badge:
    if claim.statement_type in UNRATED:
        return UNRATED[claim.statement_type]
    if claim.standing == EXPIRED:
        return expired_badge(str(current.rating))
    if claim.standing == ClaimStatus.REOPENED:
        return REOPENED
    if current:
        return rating_badge(current.rating)
    return BEING_CHECKED if claim.standing == ClaimStatus.BEING_CHECKED else UNCHECKED


def verdict(check: FactCheck, standing: str = "", *, evidence: tuple = (), steps: tuple = ()) -> Verdict:
    return Verdict(
        key=f"check-{check.number}",
        badge=rating_badge(check.rating),
        definition=check.rating.defined,
        number=check.rating.number,
        rationale=check.rationale,
        as_of=check.as_of,
        checked_on=check.checked_on,
        published_on=timezone.localdate(check.decided_at),
        expires_on=check.expires_on,
        is_current=check.status == FactCheckStatus.PUBLISHED,
        is_expired=standing == EXPIRED,
        reopened_on=timezone.localdate(check.reopened_at) if check.reopened_at else None,
        reopen_reason=check.reopen_reason,
        author=name_of(check.author),
        reviewer=name_of(check.reviewer),
        dissent=check.dissent,
        dissent_words=check.get_dissent_display() if check.dissent else "",
        evidence=evidence,
        steps=steps,
    )
