"""Tags: subject words with a kind."""

from django.contrib import admin
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag as UnusedTag

from kb.models import State, Tag, TagAlias

from .base import DeskAdmin, DeskInline, named
from .merging import Merging, OtherNames
from .tables import TableExchange, TagTable
from .tasks import Beside

# The package's own table stays empty: our tags have kinds and histories.
admin.site.unregister(UnusedTag)


class TagAliasInline(OtherNames, DeskInline):
    model = TagAlias
    fields = [("name", "origin")]


@admin.register(Tag)
class TagAdmin(Beside, Merging, TableExchange, DeskAdmin):
    resource_classes = [TagTable]
    list_display = ["words", "kind", "used", "description"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "aliases__name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "kind", "description"]
    inlines = [TagAliasInline]
    words = named("name", _("name"))

    def for_listing(self, queryset):
        return queryset.annotate(used=Count("links", filter=Q(links__state=State.CONFIRMED)))

    @admin.display(description=_("articles"))
    def used(self, tag):
        return tag.used
