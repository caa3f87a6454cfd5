"""Figures of the desk as small charts, each from a bounded number of rows or from counts that an index answers."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb.models import (
    EXPIRED,
    STANDINGS,
    Appearance,
    Article,
    Claim,
    ClaimStatus,
    FactCheck,
    FactCheckStatus,
    Review,
    StatementType,
    TagLink,
    Task,
)
from kb.models.factcheck import PUBLIC
from kb.pages.charts import Bar, Chart, stacked
from kb.pages.shares import ENOUGH

from .base import listing

WEEKS = 12
# Topics are those of so many newest articles: what the desk works on, at a cost that does not grow with the archive.
NEWEST_ARTICLES, TOPICS = 500, 8


def charts(user, today: date) -> list[Chart]:
    """The charts this person may see: who checks nothing is shown none."""
    if not user.has_perm("kb.view_factcheck"):
        return []
    return [throughput(today), age_of_open_work(today), coverage(today), topics(today), agreement(today)]


def _percent(value: int, whole: int) -> str:
    return _("%(percent)d %%") % {"percent": round(100 * value / whole)} if whole else "–"


def throughput(today: date) -> Chart:
    """Verdicts published in each of the last weeks."""
    this = today - timedelta(days=today.weekday())
    weeks = [this - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    begin = timezone.make_aware(datetime.combine(weeks[0], time.min))
    counted = (
        FactCheck.objects.filter(status__in=PUBLIC, decided_at__gte=begin)
        .order_by()
        .annotate(week=TruncWeek("decided_at"))
        .values_list("week")
        .annotate(Count("pk"))
    )
    by_week = {week.date(): count for week, count in counted}
    counts = [by_week.get(week, 0) for week in weeks]
    most = max(counts)
    return Chart(
        name="throughput",
        title=_("Verdicts published"),
        summary=ngettext("%(count)d this week", "%(count)d this week", counts[-1]) % {"count": counts[-1]}
        + "; "
        + _("%(mean)s a week before") % {"mean": f"{sum(counts[:-1]) / (WEEKS - 1):.1f}"},
        description=_("A column for each of the last %(weeks)d weeks, the last one still running.") % {"weeks": WEEKS},
        columns=(_("Week from"), _("Verdicts")),
        bars=tuple(
            Bar(date_format(week, "j M"), stacked([("is-plain", count)], most), (str(count),))
            for week, count in zip(weeks, counts, strict=True)
        )
        if most
        else (),
        is_time=True,
        ticks=tuple(date_format(week, "j M") for week in weeks[::3]),
        advice=_("None in twelve weeks: submit a draft, or decide one that is submitted."),
    )


def age_of_open_work(today: date) -> Chart:
    """Open tasks, and checks that wait for a reviewer, by the days they have waited."""
    ages = (
        (_("today"), 0, 1),
        (_("up to a week"), 1, 8),
        (_("up to a month"), 8, 31),
        (_("up to a quarter"), 31, 92),
        (_("longer"), 92, None),
    )

    def counted(rows, moment: str) -> list[int]:
        conditions = {}
        for place, (_label, youngest, oldest) in enumerate(ages):
            until = timezone.make_aware(datetime.combine(today - timedelta(days=youngest - 1), time.min))
            condition = Q(**{f"{moment}__lt": until}) if youngest else Q()
            if oldest is not None:
                since = timezone.make_aware(datetime.combine(today - timedelta(days=oldest - 1), time.min))
                condition &= Q(**{f"{moment}__gte": since})
            conditions[f"n{place}"] = Count("pk", filter=condition)
        return [*rows.order_by().aggregate(**conditions).values()]

    tasks = counted(Task.objects.open(), "opened_at")
    checks = counted(FactCheck.objects.filter(status=FactCheckStatus.SUBMITTED), "submitted_at")
    most = max(task + check for task, check in zip(tasks, checks, strict=True))
    old = sum(tasks[3:]) + sum(checks[3:])
    return Chart(
        name="age",
        title=_("Age of open work"),
        summary=ngettext("%(count)d thing waits for over a month", "%(count)d things wait for over a month", old)
        % {"count": old},
        description=_("Open tasks, and checks that wait for a reviewer, by how long they have waited."),
        columns=(_("Waiting"), _("Tasks"), _("Checks with a reviewer")),
        bars=tuple(
            Bar(
                age[0],
                stacked([("is-plain", task), ("is-second", check)], most),
                (str(task), str(check)),
                shown=str(task + check),
            )
            for age, task, check in zip(ages, tasks, checks, strict=True)
        )
        if most
        else (),
        legend=(("is-plain", _("tasks")), ("is-second", _("checks with a reviewer"))),
        advice=_("Nothing is open. Give out work from the page of a claim or an article."),
    )


def coverage(today: date) -> Chart:
    """How many of the claims that can be checked are cited, checked, and checked but expired."""
    checkable = Claim.objects.filter(statement_type__in=[StatementType.FACT, StatementType.QUOTATION]).order_by()
    counts = checkable.aggregate(
        all=Count("pk"), checked=Count("pk", filter=Q(status__in=[ClaimStatus.CHECKED, ClaimStatus.REOPENED]))
    )
    # Each in a query of its own: a database then goes through the rows once, and asks nothing for each claim.
    cited = Appearance.objects.confirmed().filter(claim=OuterRef("pk"), citations__isnull=False)
    counts["cited"] = checkable.filter(Exists(cited)).count()
    expired = FactCheck.objects.filter(status=FactCheckStatus.PUBLISHED, expires_on__lt=today)
    counts["expired"] = checkable.filter(status=ClaimStatus.CHECKED, pk__in=expired.values("claim")).count()
    whole = counts["all"]
    rows = (
        (_("cited"), "cited", ""),
        (_("checked"), "checked", ""),
        (_("of these expired"), "expired", listing(Claim, standing=EXPIRED)),
    )
    return Chart(
        name="coverage",
        title=_("Coverage"),
        summary=_("%(share)s of %(count)d claims that can be checked have a verdict")
        % {"share": _percent(counts["checked"], whole), "count": whole},
        description=_("Facts and quotations: how many rest on a citation, have a verdict, and have one that expired."),
        columns=(_("Claims"), _("Number"), _("Share")),
        bars=tuple(
            Bar(
                label,
                stacked([("is-second" if key == "expired" else "is-plain", counts[key])], whole),
                (str(counts[key]), _percent(counts[key], whole)),
                address,
                shown=_percent(counts[key], whole),
            )
            for label, key, address in rows
        )
        if whole
        else (),
        advice=_("There is no claim yet: confirm one beside the text of an article, or write one."),
    )


def topics(today: date) -> Chart:
    """The fact-check status of claims in the newest articles, by their most frequent tags."""
    newest = Article.objects.order_by("-pk").values("pk")[:NEWEST_ARTICLES]
    # A list, because a condition of a slice is asked again for each row.
    newest = [key for (key,) in newest.values_list("pk")]
    links = TagLink.objects.confirmed().filter(content_object__in=newest).order_by()
    top = list(
        links.values_list("tag", "tag__name", "tag__slug")
        .annotate(articles=Count("pk"))
        .order_by("-articles", "tag__name")[:TOPICS]
    )
    pairs = (
        Claim.objects.with_standing(on=today)
        .filter(
            appearances__state="confirmed",
            appearances__article__in=newest,
            appearances__article__tag_links__state="confirmed",
            appearances__article__tag_links__tag__in=[tag for tag, *_rest in top],
        )
        .order_by()
        .values_list("appearances__article__tag_links__tag", "standing")
        .annotate(Count("pk", distinct=True))
        if top
        else ()
    )
    by_tag: dict[int, dict[str, int]] = {}
    for tag, standing, count in pairs:
        by_tag.setdefault(tag, {})[standing] = count
    names = dict(STANDINGS)
    order = (ClaimStatus.CHECKED, EXPIRED, ClaimStatus.REOPENED, ClaimStatus.BEING_CHECKED, ClaimStatus.UNCHECKED)
    bars = []
    for tag, name, slug, _articles in top:
        counts = by_tag.get(tag, {})
        if whole := sum(counts.values()):
            bars.append(
                Bar(
                    name,
                    stacked([(f"is-{one.replace('_', '-')}", counts.get(one, 0)) for one in order], whole),
                    tuple(str(counts.get(one, 0)) for one in order),
                    listing(Claim, tag=slug),
                    shown=str(whole),
                )
            )
    unchecked = sum(by_tag.get(tag, {}).get(ClaimStatus.UNCHECKED, 0) for tag, *_rest in top)
    return Chart(
        name="topics",
        title=_("Claims by topic"),
        summary=ngettext("%(count)d is unchecked", "%(count)d are unchecked", unchecked) % {"count": unchecked},
        description=_("Fact-check status of the claims in the %(count)d newest articles, by their most frequent tags.")
        % {"count": NEWEST_ARTICLES},
        columns=(_("Topic"), *(str(names[one]) for one in order)),
        bars=tuple(bars),
        legend=tuple((f"is-{one.replace('_', '-')}", str(names[one])) for one in order),
        advice=_("No tagged article makes a claim yet: confirm tags and claims beside the text of an article."),
    )


def agreement(today: date) -> Chart:
    """How often a second opinion, given blind, is of the author's class; said from five of them on."""
    agreed, given = Review.objects.agreement()
    differed = given - agreed
    return Chart(
        name="agreement",
        title=_("Agreement"),
        summary=_("%(share)s of %(count)d second opinions") % {"share": _percent(agreed, given), "count": given},
        description=_("Second opinions that were of the author's coarse class, given before the author's was seen."),
        columns=(_("Second opinions"), _("Number"), _("Share")),
        bars=tuple(
            Bar(label, stacked([(kind, count)], given), (str(count), _percent(count, given)), shown=str(count))
            for label, kind, count in ((_("agreed"), "is-plain", agreed), (_("differed"), "is-second", differed))
        )
        if given >= ENOUGH
        else (),
        advice=_("Not enough to say: %(count)d of %(enough)d second opinions so far. Review a submitted check.")
        % {"count": given, "enough": ENOUGH},
    )
