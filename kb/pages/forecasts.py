"""The forecast ledger: what is predicted, by when it can be told, and how it came out."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb.models import Claim, ForecastScore, Outcome

from .claims import UNKNOWN, Badge, today
from .words import Words, name_of, words

# So many of each kind are listed; the counts are of all.
SHOWN = 100

BADGES = {
    Outcome.CAME_TRUE: Badge("✓", _("came true"), "supported"),
    Outcome.PARTLY: Badge("◐", _("came true in part"), "mixed"),
    Outcome.DID_NOT: Badge("✗", _("did not come true"), "refuted"),
    Outcome.UNKNOWN: Badge(UNKNOWN, _("cannot be told"), "unproven"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """How a forecast came out, as two people of the desk say."""

    badge: Badge
    reason: str
    address: str
    scored_by: str
    confirmed_by: str
    on: date


@dataclass(frozen=True, slots=True)
class Forecast:
    words: Words
    address: str
    resolves_on: date
    is_due: bool
    result: Result | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """`counts` are of all forecasts that were scored, each outcome with its number."""

    open: tuple[Forecast, ...]
    due: tuple[Forecast, ...]
    resolved: tuple[Forecast, ...]
    open_count: int
    due_count: int
    resolved_count: int
    counts: tuple[tuple[Badge, int], ...]


def ledger(*, now=None) -> Ledger:
    """All forecasts that readers may see. Queries: six, whatever their number."""
    day = today(now)
    forecasts = Claim.objects.visible_to(now=now).forecasts()
    scored = ForecastScore.objects.visible_to(now=now).filter(claim__in=forecasts.order_by())
    waiting = forecasts.exclude(pk__in=scored.values("claim")).order_by("resolves_on", "pk")
    still_open, due = waiting.filter(resolves_on__gt=day), waiting.filter(resolves_on__lte=day)
    results = scored.select_related("claim", "scored_by", "confirmed_by").order_by("-confirmed_at", "-pk")
    counts = Counter(scored.order_by().values_list("outcome", flat=True))
    return Ledger(
        open=tuple(forecast(claim, now=now) for claim in still_open[:SHOWN]),
        due=tuple(forecast(claim, now=now) for claim in due[:SHOWN]),
        resolved=tuple(forecast(score.claim, score, now=now) for score in results[:SHOWN]),
        open_count=still_open.count(),
        due_count=due.count(),
        resolved_count=counts.total(),
        counts=tuple((badge, counts[outcome]) for outcome, badge in BADGES.items() if counts[outcome]),
    )


def forecast(claim: Claim, score: ForecastScore | None = None, *, now=None) -> Forecast:
    return Forecast(
        words=words(claim.text, claim.language),
        address=claim.get_absolute_url(),
        resolves_on=claim.resolves_on,
        is_due=claim.resolves_on <= today(now),
        result=_result(score) if score else None,
    )


def _result(score: ForecastScore) -> Result:
    return Result(
        badge=BADGES[score.outcome],
        reason=score.reason,
        address=score.address,
        scored_by=name_of(score.scored_by),
        confirmed_by=name_of(score.confirmed_by),
        on=timezone.localdate(score.confirmed_at),
    )
