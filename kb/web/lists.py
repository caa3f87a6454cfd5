"""The lists: filtered by plain links and a plain form, paged by place."""

from dataclasses import dataclass

from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.generic import TemplateView
from django_filters import FilterSet

from kb.models import Article, Claim, Source, Tag
from kb.pages import claims
from kb.pages.rows import article_rows
from kb.search import paging
from kb.search.filters import ArticleFilter, ClaimFilter, SourceFilter

# Caches may keep a page, but ask before they show it: a withdrawn article is gone at once.
fresh = method_decorator(cache_control(public=True, max_age=0, must_revalidate=True), name="dispatch")


@dataclass(frozen=True, slots=True)
class ListPage:
    """`problems` are messages about filters that make no sense; the list is empty then."""

    rows: tuple
    earlier: str
    later: str
    filters: FilterSet | None
    is_filtered: bool
    problems: tuple[str, ...]


@fresh
class ListView(TemplateView):
    """A list is its visible rows, their order, their filter, and how rows are told."""

    filterset_class: type[FilterSet] | None = None
    order: tuple[str, str]

    def get_queryset(self):
        raise NotImplementedError

    def tell(self, rows) -> tuple:
        return tuple(rows)

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
            is_filtered=bool(filters and any(asked.get(name) for name in filters.filters)),
            problems=tuple(problems),
        )

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
