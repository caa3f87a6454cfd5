"""The forecast ledger: what is predicted, by when it can be told, and how it came out."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import Appearance, Citation, Claim, ForecastScore, Hop, HopKind, Outcome, Variant

from .charts import Bar, Chart, outcome_bar, stacked
from .cited import NOT_SAID
from .claims import UNKNOWN, Badge, today
from .shares import ENOUGH, share
from .words import Words, name_of, words

# So many of each kind are listed, and so many who made some are compared; the counts are of all.
SHOWN, SAYERS = 100, 12

BADGES = {
    Outcome.CAME_TRUE: Badge("✓", gettext_lazy("came true"), "supported"),
    Outcome.PARTLY: Badge("◐", gettext_lazy("came true in part"), "mixed"),
    Outcome.DID_NOT: Badge("✗", gettext_lazy("did not come true"), "refuted"),
    Outcome.UNKNOWN: Badge(UNKNOWN, gettext_lazy("cannot be told"), "unproven"),
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


@dataclass(frozen=True, slots=True, order=True)
class Sayer:
    """Who made a forecast; without an address where only the printed name is known."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Forecast:
    words: Words
    address: str
    resolves_on: date
    is_due: bool
    result: Result | None
    said_by: tuple[Sayer, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """`outcomes` and `sayers` are charts of all forecasts that were scored; the lists are of the next or latest."""

    open: tuple[Forecast, ...]
    due: tuple[Forecast, ...]
    resolved: tuple[Forecast, ...]
    open_count: int
    due_count: int
    resolved_count: int
    outcomes: Chart
    sayers: Chart


def ledger(*, now=None) -> Ledger:
    """All forecasts that readers may see. Queries: eight, whatever their number."""
    day = today(now)
    forecasts = Claim.objects.visible_to(now=now).forecasts()
    scored = ForecastScore.objects.visible_to(now=now).filter(claim__in=forecasts.order_by())
    waiting = forecasts.exclude(pk__in=scored.values("claim")).order_by("resolves_on", "pk")
    still_open, due = waiting.filter(resolves_on__gt=day), waiting.filter(resolves_on__lte=day)
    results = list(scored.select_related("claim", "scored_by", "confirmed_by").order_by("-confirmed_at", "-pk")[:SHOWN])
    next_open, next_due = list(still_open[:SHOWN]), list(due[:SHOWN])
    listed = [claim.pk for claim in (*next_open, *next_due)]
    said_by = _said_by(Claim.objects.filter(Q(pk__in=listed) | Q(score__in=scored)), now)
    outcomes = dict(scored.order_by().values_list("claim", "outcome"))
    counts = Counter(outcomes.values())
    return Ledger(
        open=tuple(forecast(claim, said_by=said_by[claim.pk], now=now) for claim in next_open),
        due=tuple(forecast(claim, said_by=said_by[claim.pk], now=now) for claim in next_due),
        resolved=tuple(forecast(score.claim, score, said_by=said_by[score.claim_id], now=now) for score in results),
        open_count=still_open.count(),
        due_count=due.count(),
        resolved_count=counts.total(),
        outcomes=_outcomes(counts),
        sayers=_by_sayer(outcomes, said_by),
    )


def _said_by(claims: QuerySet[Claim], now) -> defaultdict[int, tuple[Sayer, ...]]:
    """Who makes each of these forecasts: the sources cited for it, or, where none is, who wrote the articles."""
    appearances = Appearance.objects.visible_to(now=now).filter(variant=Variant.SAME, claim__in=claims).order_by()
    citations = Citation.objects.visible_to(now=now).exclude(check_state__in=NOT_SAID)
    hops = Hop.objects.visible_to(now=now).filter(kind=HopKind.WROTE, article__appearances__in=appearances)
    cited = appearances.filter(citations__in=citations, citations__source__isnull=False)
    found: dict[int, set[Sayer]] = {}
    for claim, name, slug in cited.values_list("claim", "citations__source__name", "citations__source__slug"):
        found.setdefault(claim, set()).add(Sayer(name, reverse("kb:source", args=[slug])))
    written: dict[int, set[Sayer]] = {}
    for hop in hops.select_related("person", "source").annotate(claim=F("article__appearances__claim")):
        named = hop.person or hop.source
        written.setdefault(hop.claim, set()).add(Sayer(hop.name, named.get_absolute_url() if named else ""))
    by_claim = written | found
    return defaultdict(tuple, {claim: tuple(sorted(sayers)) for claim, sayers in by_claim.items()})


def _outcomes(counts: Counter) -> Chart:
    whole, came_true = counts.total(), share(counts[Outcome.CAME_TRUE], counts.total())
    columns = (_("Outcome"), _("Forecasts"))
    if came_true:
        columns += (_("Share"), _("Interval (95 %)"))
        summary = _("Came true: %(count)d of %(whole)d, %(percent)s (95 %% interval: %(interval)s).") % {
            "count": came_true.count,
            "whole": whole,
            "percent": came_true.percent,
            "interval": came_true.interval,
        }
    else:
        summary = _("Not enough resolved to speak of shares: %(count)d of at least %(enough)d.") % {
            "count": whole,
            "enough": ENOUGH,
        }
    return Chart(
        name="outcomes",
        title=_("How forecasts came out"),
        summary=summary,
        description=_("A bar for each outcome of forecasts that were scored and confirmed."),
        columns=columns,
        bars=tuple(
            outcome_bar(badge.tone, f"{badge.symbol} {badge.words}", counts[outcome], whole)
            for outcome, badge in BADGES.items()
        )
        if whole
        else (),
        advice=_("None has been resolved yet."),
    )


def _by_sayer(outcomes: dict[int, str], said_by: dict[int, tuple[Sayer, ...]]) -> Chart:
    """Those with most resolved forecasts first; a forecast counts for each who made it."""
    counted: dict[Sayer, Counter] = {}
    for claim, outcome in outcomes.items():
        for sayer in said_by[claim]:
            counted.setdefault(sayer, Counter())[outcome] += 1
    rows = sorted(counted.items(), key=lambda row: (-row[1].total(), row[0]))[:SAYERS]
    most = max((counts.total() for _sayer, counts in rows), default=0)
    return Chart(
        name="sayers",
        title=_("By whom"),
        summary=_("The source that is cited for a forecast, or else who wrote the article."),
        description=_("The %(count)d with most resolved forecasts. A share stands only beside %(enough)d or more.")
        % {"count": SAYERS, "enough": ENOUGH},
        columns=(_("By whom"), *(str(badge.words) for badge in BADGES.values()), _("Share that came true")),
        bars=tuple(_sayer_bar(sayer, counts, most) for sayer, counts in rows),
        legend=tuple((badge.tone, f"{badge.symbol} {badge.words}") for badge in BADGES.values()),
        advice=_("Nobody is named for the forecasts that were resolved."),
    )


def _sayer_bar(sayer: Sayer, counts: Counter, most: int) -> Bar:
    whole = counts.total()
    came_true = share(counts[Outcome.CAME_TRUE], whole)
    return Bar(
        sayer.name,
        stacked([(badge.tone, counts[outcome]) for outcome, badge in BADGES.items()], most),
        (
            *(str(counts[outcome]) for outcome in BADGES),
            f"{came_true.percent} ({came_true.interval})" if came_true else _("not enough"),
        ),
        sayer.address,
        shown=_("%(count)d of %(whole)d") % {"count": counts[Outcome.CAME_TRUE], "whole": whole},
    )


def forecast(
    claim: Claim, score: ForecastScore | None = None, *, said_by: tuple[Sayer, ...] = (), now=None
) -> Forecast:
    return Forecast(
        words=words(claim.text, claim.language),
        address=claim.get_absolute_url(),
        resolves_on=claim.resolves_on,
        is_due=claim.resolves_on <= today(now),
        result=_result(score) if score else None,
        said_by=said_by,
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
