"""How the claims of one thing fared: those of a source, a person or a topic, by outcome, each with its number."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import EXPIRED, Appearance, Claim, ClaimStatus, CoarseClass, Variant

from .charts import Chart, outcome_bar
from .claims import BEING_CHECKED, REOPENED, SYMBOLS, UNCHECKED, UNRATED, Badge, today
from .shares import ENOUGH, share

OUTCOMES = {
    CoarseClass.SUPPORTED: gettext_lazy("supported"),
    CoarseClass.REFUTED: gettext_lazy("refuted"),
    CoarseClass.MIXED: gettext_lazy("mixed"),
    CoarseClass.UNPROVEN: gettext_lazy("unproven"),
    CoarseClass.NONE: gettext_lazy("outside the scale"),
}
UNDECIDED = {
    EXPIRED: Badge("◔", gettext_lazy("expired"), "doubt"),
    ClaimStatus.REOPENED: REOPENED,
    ClaimStatus.BEING_CHECKED: BEING_CHECKED,
    ClaimStatus.UNCHECKED: UNCHECKED,
}


@dataclass(frozen=True, slots=True)
class Record:
    """`chart` is of the checked claims; `undecided` counts the others, of which a verdict says nothing today."""

    claims: int
    checked: int
    chart: Chart
    undecided: tuple[tuple[int, Badge], ...]


def record(appearances: QuerySet[Appearance], *, now=None) -> Record:
    """The claims that these appearances, which the caller may show, make as they were checked. Queries: one.

    Each claim counts once. Where an article words it otherwise, the verdict is of something else than was said there;
    opinions and forecasts have none. Expired and reopened verdicts say nothing of today.
    """
    made = appearances.filter(variant=Variant.SAME).order_by().values("claim")
    claims = Claim.objects.filter(pk__in=made).exclude(statement_type__in=UNRATED)
    counted = (
        claims.with_standing(on=today(now))
        .order_by()
        .values_list("standing", "verdict__rating__coarse_class")
        .annotate(Count("pk"))
    )
    outcomes, undecided = dict.fromkeys(OUTCOMES, 0), dict.fromkeys(UNDECIDED, 0)
    for standing, outcome, count in counted:
        if standing == ClaimStatus.CHECKED:
            outcomes[outcome] += count
        else:
            undecided[standing] += count
    checked = sum(outcomes.values())
    whole = checked + sum(undecided.values())
    return Record(
        claims=whole,
        checked=checked,
        chart=_chart(outcomes, checked, whole),
        undecided=tuple((undecided[standing], badge) for standing, badge in UNDECIDED.items() if undecided[standing]),
    )


def _chart(outcomes: dict[str, int], checked: int, whole: int) -> Chart:
    if supported := share(outcomes[CoarseClass.SUPPORTED], checked):
        summary = _("Supported: %(count)d of %(whole)d checked claims, %(percent)s (95 %% interval: %(interval)s).") % {
            "count": supported.count,
            "whole": checked,
            "percent": supported.percent,
            "interval": supported.interval,
        }
        columns = (_("Outcome"), _("Claims"), _("Share"), _("Interval (95 %)"))
        description = _(
            "A bar for each outcome; the thin line is the interval in which its share lies, at so few cases."
        )
    else:
        summary = _("Not enough checks to speak of shares: %(count)d of at least %(enough)d.") % {
            "count": checked,
            "enough": ENOUGH,
        }
        columns = (_("Outcome"), _("Claims"))
        description = _("A bar for each outcome, as long as it has claims.")
    return Chart(
        name="outcomes",
        title=_("How checked claims fared"),
        summary=summary,
        description=description,
        columns=columns,
        bars=tuple(
            outcome_bar(outcome, f"{SYMBOLS[outcome]} {OUTCOMES[outcome]}", count, checked)
            for outcome, count in outcomes.items()
        )
        if checked
        else (),
        advice=_("Not enough checks: none of these claims has a verdict that holds today.")
        if whole
        else _("There is no claim here that could be rated."),
    )
