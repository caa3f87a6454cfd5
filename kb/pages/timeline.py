"""The timeline: claims at the time they are about, and what sources said on the day they said it."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When
from django.utils.translation import gettext as _

from kb.models import Citation, Claim
from kb.text import partial_dates

from .charts import Bar, Chart, stacked
from .cited import Cited, cited, with_claims
from .claims import ClaimSummary, for_pages, summary
from .dates import WHOLE, in_words

SIZE = 30
# So many years have a bar of their own; those before share one.
YEARS = 12

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Moment:
    """All that stands at one date: claims that are about it, and what was said on it. `machine` is for programs."""

    words: str
    machine: str
    claims: tuple[ClaimSummary, ...]
    said: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The moments of one year; `number` is None for dates of which the year is not known."""

    number: int | None
    moments: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """One page of it, the newest first. `exists` is whether there is such a page."""

    years: tuple[Year, ...]
    entries: int
    undated: int
    chart: Chart
    exists: bool
    has_more: bool


def timeline(
    claims: QuerySet[Claim],
    citations: QuerySet[Citation],
    *,
    years_of: Callable[[date | None, date], str],
    after: date | None = None,
    before: date | None = None,
    page: int = 1,
    now=None,
) -> Timeline:
    """What stands on the timeline of these claims and citations, all of which the caller may show.

    A date counts when it may lie in the days asked for; one of an unknown year stands last, and in no days asked for.
    `years_of` gives the address of the timeline between two days. Queries: two that count by date, and ten for the
    entries of the page.
    """
    claims = claims.exclude(period="").annotate(day=F("period"))
    citations = citations.annotate(day=_day_of_citation()).exclude(day="")
    about, said = _counted(claims), _counted(citations)
    spans = {day: partial_dates.bounds(day) for day in {*about, *said}}
    shown = sorted(
        (day for day in spans if _is_within(spans[day], after, before)), key=lambda day: _order(day, spans[day])
    )

    first = (page - 1) * SIZE
    entries = sum(about[day] + said[day] for day in shown)
    begun, at_claims, at_said = 0, _Cut(), _Cut()
    days: list[str] = []
    for day in shown:
        for cut, count in ((at_claims, about[day]), (at_said, said[day])):
            taken = cut.add(day, count, max(0, first - begun), max(0, first + SIZE - begun))
            begun += count
            if taken and day not in days:
                days.append(day)
    stood = at_claims.of(for_pages(claims, now=now))
    quoted = at_said.of(with_claims(citations, now=now))
    moments = [_moment(day, stood.get(day, ()), quoted.get(day, ())) for day in days]
    return Timeline(
        years=tuple(_by_year(days, moments, spans)),
        entries=entries,
        undated=sum(about[day] + said[day] for day in shown if spans[day] is None),
        chart=_chart(Counter({day: about[day] + said[day] for day in spans}), spans, years_of),
        exists=page == 1 or first < entries,
        has_more=first + SIZE < entries,
    )


def _day_of_citation():
    """The resolved date where there is one: it is what the page shows of the year, as inferred."""
    return Case(When(date_resolved="", then=F("date_edtf")), default=F("date_resolved"), output_field=CharField())


def _counted(rows: QuerySet) -> Counter[str]:
    return Counter(dict(rows.order_by().values_list("day").annotate(Count("pk", distinct=True))))


def _is_within(span: Span | None, after: date | None, before: date | None) -> bool:
    if span is None:
        return after is None and before is None
    return (after is None or span[1] >= after) and (before is None or span[0] <= before)


def _order(day: str, span: Span | None) -> tuple:
    return (1, 0, 0, day) if span is None else (0, -span[1].toordinal(), -span[0].toordinal(), day)


class _Cut:
    """Which rows of one table stand on the page: its days in order, and how many of their rows to leave out and take."""

    def __init__(self):
        self.days: list[str] = []
        self.skip = self.take = 0

    def add(self, day: str, count: int, begin: int, end: int) -> int:
        """Notes the rows from `begin` to `end` of the `count` of a day; returns how many those are."""
        taken = max(0, min(count, end) - begin)
        if taken:
            if not self.days:
                self.skip = begin
            self.days.append(day)
            self.take += taken
        return taken

    def of(self, rows: QuerySet) -> dict[str, list]:
        found: dict[str, list] = {}
        if self.days:
            place = Case(*(When(day=day, then=Value(number)) for number, day in enumerate(self.days)))
            ordered = rows.filter(day__in=self.days).order_by(place, "pk")
            for row in ordered[self.skip : self.skip + self.take]:
                found.setdefault(row.day, []).append(row)
        return found


def _moment(day: str, stood: Iterable[Claim], quoted: Iterable[Citation]) -> Moment:
    return Moment(
        words=in_words(day),
        machine=day if len(day) in WHOLE and partial_dates.bounds(day) and day.replace("-", "").isdecimal() else "",
        claims=tuple(summary(claim) for claim in stood),
        said=tuple(cited(citation) for citation in quoted),
    )


def _by_year(days: list[str], moments: list[Moment], spans: dict[str, Span | None]) -> Iterable[Year]:
    by_year: dict[int | None, list[Moment]] = {}
    for day, moment in zip(days, moments, strict=True):
        span = spans[day]
        by_year.setdefault(span[1].year if span else None, []).append(moment)
    return (Year(number, tuple(found)) for number, found in by_year.items())


def _chart(counts: Counter[str], spans: dict[str, Span | None], years_of) -> Chart:
    """How much stands in each year that a date lies in or ends in; a span of years counts in each of them."""
    known = [(span, counts[day]) for day, span in spans.items() if span]
    years = sorted({last.year for (_first, last), _count in known}, reverse=True)
    rows = [
        (str(year), sum(count for (first, last), count in known if first.year <= year <= last.year), date(year, 1, 1), date(year, 12, 31))
        for year in years[:YEARS]
    ]  # fmt: skip
    if len(years) > YEARS:
        last_day = date(years[YEARS], 12, 31)
        earlier = sum(count for (first, _last), count in known if first <= last_day)
        rows.append((_("up to %(year)d") % {"year": years[YEARS]}, earlier, None, last_day))
    most = max((count for _label, count, _begin, _end in rows), default=0)
    return Chart(
        name="years",
        title=_("Year by year"),
        summary="",
        description=_("How much stands in each year: claims that are about it, and what was said in it."),
        columns=(_("Year"), _("Entries")),
        bars=tuple(
            Bar(label, stacked([("plain", count)], most), (str(count),), years_of(begin, end), shown=str(count))
            for label, count, begin, end in rows
        ),
        advice=_("No date of which the year is known."),
    )
