"""The lists: filtered by plain links and a plain form, paged by place."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView
from django_filters import FilterSet
from django_filters.fields import ModelMultipleChoiceField

from kb.models import Article, Citation, Claim, Correction, CorrectionKind, Source, Tag
from kb.pages import claims, corrections
from kb.pages.rows import article_rows
from kb.pages.timeline import timeline
from kb.search import paging
from kb.search.filters import (
    ArticleFilter,
    ClaimFilter,
    CorrectionFilter,
    SourceFilter,
    TimelineCitations,
    TimelineClaims,
)

# Caches may keep a page, but ask before they show it: a withdrawn article is gone at once.
fresh = method_decorator(cache_control(public=True, max_age=0, must_revalidate=True), name="dispatch")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value the reader filters by; `without` is the query that takes it away."""

    name: str
    value: str
    label: str
    words: str
    without: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows the whole list has, and how many of each kind; the kinds add up to it."""

    total: int
    kinds: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """`problems` are messages about filters that make no sense; the list is empty then."""

    rows: tuple
    earlier: str
    later: str
    filters: FilterSet | None
    chosen: tuple[Choice, ...]
    problems: tuple[str, ...]
    tally: Tally | None = None


@fresh
class ListView(TemplateView):
    """A list is its visible rows, their order, their filter, and how rows are told."""

    filterset_class: type[FilterSet] | None = None
    order: tuple[str, str]

    def get_queryset(self):
        raise NotImplementedError

    def tell(self, rows) -> tuple:
        return tuple(rows)

    def count(self, rows) -> Tally | None:
        """What the list counts of all its rows; most count nothing."""
        return None

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, page=self.list_page())

    def list_page(self) -> ListPage:
        asked, rows, filters, problems = self.request.GET, self.get_queryset(), None, []
        if self.filterset_class:
            filters = self.filterset_class(asked, queryset=rows, request=self.request)
            problems += self._problems(filters)
            rows = rows.none() if problems else filters.qs
        try:
            found = paging.take(rows, self.order, asked.get("page", ""))
        except paging.UnknownPlace:
            found = paging.Slice([])
            problems.append(_("This page of the list does not exist."))
        return ListPage(
            rows=self.tell(found.rows),
            earlier=found.earlier,
            later=found.later,
            filters=filters,
            chosen=tuple(self._chosen(filters)) if filters else (),
            problems=tuple(problems),
            tally=self.count(rows),
        )

    def _chosen(self, filters: FilterSet):
        for name, value in filters.form.cleaned_data.items():
            field = filters.form.fields[name]
            if isinstance(value, date):
                values = [(value.isoformat(), date_format(value))]
            elif isinstance(field, ModelMultipleChoiceField):
                values = [(row.slug, str(row)) for row in value]
            else:
                values = [(code, label) for code, label in field.choices if code in value] if value else []
            for code, words in values:
                query = self.request.GET.copy()
                query.setlist(name, [other for other in query.getlist(name) if other != code])
                query.pop("page", None)
                yield Choice(name, code, field.label, words, f"?{query.urlencode()}")

    @staticmethod
    def _problems(filters: FilterSet) -> list[str]:
        return [
            f"{filters.form.fields[name].label}: {message}"
            for name, messages in filters.form.errors.items()
            for message in messages
        ]


class ArticleList(ListView):
    template_name = "articles/list.html"
    filterset_class = ArticleFilter
    order = ("-published_at", "-pk")

    def get_queryset(self):
        return Article.objects.visible_to().defer("body", "headings")

    def tell(self, rows):
        return article_rows(rows)


class ClaimList(ListView):
    template_name = "claims/list.html"
    filterset_class = ClaimFilter
    order = ("-pk", "-pk")

    def get_queryset(self):
        return claims.for_pages(Claim.objects.visible_to())

    def tell(self, rows):
        return tuple(claims.summary(claim) for claim in rows)


class SourceList(ListView):
    template_name = "sources/list.html"
    filterset_class = SourceFilter
    order = ("name", "pk")

    def get_queryset(self):
        return Source.objects.visible_to()


class TopicList(ListView):
    template_name = "topics/list.html"
    order = ("name", "pk")

    def get_queryset(self):
        return Tag.objects.visible_to()


class CorrectionList(ListView):
    template_name = "corrections/list.html"
    filterset_class = CorrectionFilter
    order = ("-made_at", "-pk")

    def get_queryset(self):
        return Correction.objects.visible_to()

    def count(self, rows):
        by_kind = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
        kinds = tuple((kind.value, kind.label, by_kind[kind]) for kind in CorrectionKind if kind in by_kind)
        return Tally(sum(by_kind.values()), kinds)

    def tell(self, rows):
        loaded = corrections.for_pages(Correction.objects.filter(pk__in=[row.pk for row in rows]))
        return tuple(corrections.entry(row) for row in loaded.order_by(*self.order))


class TimelineList(ListView):
    """Two tables on one line of time: both are filtered alike, and paged by number."""

    template_name = "timeline.html"

    def get_context_data(self, **kwargs):
        asked = self.request.GET
        claims = TimelineClaims(asked, queryset=Claim.objects.visible_to(), request=self.request)
        citations = TimelineCitations(asked, queryset=Citation.objects.visible_to(), request=self.request)
        problems, number = self._problems(claims), asked.get("page", "1")
        is_number = number.isascii() and number.isdecimal() and 0 < len(number) < 8 and int(number) > 0
        nothing = Claim.objects.none(), Citation.objects.none()
        rows = nothing if problems else (claims.qs, citations.qs)
        days = {name: claims.form.cleaned_data.get(name) for name in ("after", "before")}
        found = timeline(*rows, **days, page=int(number) if is_number else 1, years_of=self._between)
        if not is_number or not found.exists:
            problems.append(_("This page of the list does not exist."))
            found = timeline(*nothing, years_of=self._between)
        page = ListPage(
            rows=found.years,
            earlier=str(int(number) - 1) if found.years and int(number) > 1 else "",
            later=str(int(number) + 1) if found.has_more else "",
            filters=claims,
            chosen=tuple(self._chosen(claims)),
            problems=tuple(problems),
        )
        return {"page": page, "timeline": found}

    def _between(self, begin: date | None, end: date) -> str:
        query = self.request.GET.copy()
        for name, day in (("after", begin), ("before", end), ("page", None)):
            query.pop(name, None)
            if day:
                query[name] = day.isoformat()
        return f"?{query.urlencode()}"
