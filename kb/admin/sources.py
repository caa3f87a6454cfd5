"""The register: sources with their names, and people."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from kb.models import FoundKind, Person, PersonAlias, Source, SourceName

from .base import DeskAdmin, DeskInline, badge, link_to, named
from .finding import FoundByIndex
from .merging import Merging, OtherNames
from .tables import SourceTable, TableExchange
from .tasks import Beside


class SourceNameInline(OtherNames, DeskInline):
    model = SourceName
    classes = []
    fields = [("kind", "name", "origin")]


class PersonAliasInline(OtherNames, DeskInline):
    model = PersonAlias
    fields = [("name", "origin")]


@admin.register(Source)
class SourceAdmin(FoundByIndex, Beside, Merging, TableExchange, DeskAdmin):
    resource_classes = [SourceTable]
    list_display = ["words", "kind", "country", "reliability_badge", "homepage"]
    list_filter = ["kind", "reliability"]
    search_fields = ["name"]
    found_as = FoundKind.SOURCE
    prepopulated_fields = {"slug": ["name"]}
    inlines = [SourceNameInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", ("country", "language"), "homepage", "description"]}),
        (_("Reliability"), {"fields": ["reliability", "reliability_reason"]}),
        (_("Reading its pages"), {"fields": ["selectors", "day_first"]}),
    ]
    words = named("name", _("name"))

    @admin.display(description=_("reliability"), ordering="reliability")
    def reliability_badge(self, source):
        return badge("letter", source.reliability)


@admin.register(Person)
class PersonAdmin(Merging, DeskAdmin):
    list_display = ["words", "belongs_to"]
    list_select_related = ["source"]
    search_fields = ["name", "slug", "aliases__name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "source"]
    inlines = [PersonAliasInline]
    autocomplete_fields = ["source"]
    words = named("name", _("name"))

    @admin.display(description=_("belongs to"), ordering="source__name")
    def belongs_to(self, person):
        return link_to(person.source)
