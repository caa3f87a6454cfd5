"""Filters of changelists: typed instead of listed where there are many, and what waits for the person who looks."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy

from kb.models import STANDINGS

from .base import listing


class TypedFilter(admin.SimpleListFilter):
    """A filter one types into, for hundreds of possible values: no list of them is loaded."""

    template = "admin/kb/parts/typed_filter.html"

    def lookups(self, request, model_admin):
        # One, so that the filter is shown at all.
        return [("", "")]

    def choices(self, changelist):
        others = {key: values for key, values in changelist.filter_params.items() if key != self.parameter_name}
        yield {
            "name": self.parameter_name,
            "value": self.value() or "",
            "others": [(key, value) for key, values in others.items() for value in values],
            "without": changelist.get_query_string(remove=[self.parameter_name]),
        }

    def queryset(self, request, queryset):
        words = (self.value() or "").strip()
        return self.narrow(queryset, words) if words else queryset

    def narrow(self, queryset, words):
        raise NotImplementedError


def typed(title, parameter: str, rows) -> type[TypedFilter]:
    """A typed filter; `rows(words)` says which rows fit, as a condition."""

    class Filter(TypedFilter):
        parameter_name = parameter

        def narrow(self, queryset, words):
            return queryset.filter(rows(words))

    Filter.title = title
    return Filter


class WaitingFilter(admin.SimpleListFilter):
    """What waits for the person who looks; the index counts with the same conditions."""

    title, parameter_name = gettext_lazy("waiting"), "waiting"

    @classmethod
    def conditions(cls, user) -> dict[str, tuple[str, Q]]:
        """Label and condition by the value in the address."""
        raise NotImplementedError

    @classmethod
    def address(cls, model, value: str) -> str:
        """Where one works through what waits."""
        return listing(model, waiting=value)

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _condition) in self.conditions(request.user).items()]

    def queryset(self, request, queryset):
        waiting = self.conditions(request.user)
        return queryset.filter(waiting[self.value()][1]) if self.value() in waiting else queryset


class StandingFilter(admin.SimpleListFilter):
    """The fact-check status that readers see: expired wins over checked."""

    title, parameter_name = gettext_lazy("fact-check status"), "standing"

    def lookups(self, request, model_admin):
        return STANDINGS

    def queryset(self, request, queryset):
        if self.value() not in dict(STANDINGS):
            return queryset
        return queryset.standing_as(self.value())


def by_source(path: str):
    """A typed filter by a source's name or slug; `path` leads from the row to the source."""
    return typed(
        gettext_lazy("source"),
        "source",
        lambda words: Q(**{f"{path}__name__icontains": words}) | Q(**{f"{path}__slug": words.lower()}),
    )
