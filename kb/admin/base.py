"""What every page of the desk shares: who sees which rows, what a form may refer to, what is refused and how it is said."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from kb.pages.words import plain
from kb.services.refusal import Refused
from kb.text import markup

from .bulk import ManyRows
from .deleting import what_hangs_on
from .forms import DeskForm, DeskFormSet, KnownSelect, KnownSelectMultiple, Text, Textarea, TextInput
from .history import History
from .paging import Glimpse
from .versions import VersionGuard


def admin_url(row: models.Model) -> str | None:
    """The change page of a row, or None when it has none."""
    try:
        return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[quote(row.pk)])
    except NoReverseMatch:
        return None


def own_direction(words) -> str:
    """Words of people in a line of ours: isolated, and so are runs of the other direction in them."""
    return format_html("<bdi>{}</bdi>", mark_safe(markup.line(str(words))))


def in_a_choice(row: models.Model) -> str:
    """The name of a row where nothing but text can stand."""
    return plain(str(row))


class Offered(AutocompleteJsonView):
    """What an autocomplete field offers."""

    def serialize_result(self, obj, to_field_name):
        return {**super().serialize_result(obj, to_field_name), "text": in_a_choice(obj)}


def link_to(row: models.Model | None, words: str = "") -> str:
    """A link to a row's change page; its name keeps its own direction."""
    if row is None:
        return ""
    address = admin_url(row)
    name = own_direction(words or row)
    return format_html('<a href="{}">{}</a>', address, name) if address else name


def listing(model: type[models.Model], **filters) -> str:
    """The address of a changelist, filtered."""
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in filters.items())}" if filters else address


def say_refused(request, refused: Refused) -> None:
    """One message for each reason, with a link to what stands in the way."""
    for blocker in refused.blockers:
        message = format_html("{} {}", blocker.message, link_to(blocker.row)) if blocker.row else blocker.message
        messages.error(request, message)


class Fields:
    """Form fields of pages and inlines: any direction, newlines as stored, and only rows this person may see."""

    formfield_overrides = {
        models.TextField: {"form_class": Text, "widget": Textarea},
        models.CharField: {"widget": TextInput},
    }

    def get_field_queryset(self, db, db_field, request):
        if self.admin_site.is_registered(db_field.remote_field.model):
            return self.admin_site.get_model_admin(db_field.remote_field.model).get_queryset(request)
        return super().get_field_queryset(db, db_field, request)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field and field.widget, RelatedFieldWidgetWrapper):
            # A row that others rest on is changed and deleted on its own page, where one sees what hangs on it.
            field.widget.can_change_related = field.widget.can_delete_related = False
        if isinstance(field, forms.ModelChoiceField):
            field.label_from_instance = in_a_choice
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnownSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KnownSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class Listing(ChangeList):
    """A changelist that loads what its columns show, and only then."""

    def get_queryset(self, request, exclude_parameters=None):
        return self.model_admin.for_listing(super().get_queryset(request, exclude_parameters))


class Page(ManyRows, VersionGuard, Fields):
    form = DeskForm
    show_full_result_count = False
    list_per_page = 50
    save_on_top = False
    view_on_site = False

    class Media:
        css = {"all": ["kb/admin/desk.css"]}

    def get_changelist(self, request, **kwargs):
        return Listing

    def for_listing(self, queryset):
        """Add what the columns of the changelist show."""
        return queryset

    def get_paginator(self, request, queryset, per_page, orphans=0, allow_empty_first_page=True):
        page = request.GET.get(PAGE_VAR, "")
        return Glimpse(queryset, per_page, shown=int(page) if page.isdecimal() and len(page) < 7 else 1)

    def get_object(self, request, object_id, from_field=None):
        """A row this person may not see and a row that does not exist answer alike."""
        if (row := super().get_object(request, object_id, from_field)) is None:
            raise Http404
        return row

    def get_changeform_initial_data(self, request):
        """What the address begins a new row with; a key that cannot be one is left out."""
        found = super().get_changeform_initial_data(request)
        keys = {field.name for field in self.opts.fields if field.is_relation}
        return {name: value for name, value in found.items() if name not in keys or str(value).isdecimal()}

    def lookup_allowed(self, lookup, value, request):
        # A filter over a reverse relation would tell of rows this person may not see, private notes among them.
        first = lookup.split("__")[0]
        reverse_names = {relation.get_accessor_name() for relation in self.opts.related_objects}
        reverse_names |= {relation.name for relation in self.opts.related_objects}
        return first not in reverse_names and super().lookup_allowed(lookup, value, request)

    def get_deleted_objects(self, objs, request):
        return what_hangs_on(objs, request, self)

    def why_kept(self, row) -> str:
        """Why this row cannot be deleted whoever asks; empty when it can."""
        return ""

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and self.why_kept(obj))


class DeskAdmin(Page, History):
    """A page whose rows keep their versions."""


class PlainAdmin(Page, admin.ModelAdmin):
    """A page whose rows keep none."""


class ReadOnly:
    """Rows that only a program writes."""

    shows_presence = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class DeskInline(Fields, admin.StackedInline):
    form = DeskForm
    formset = DeskFormSet
    extra = 0
    classes = ["collapse"]
    show_change_link = True

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.form.request = request
        formset.may_change = self.has_change_permission(request, obj)
        return formset

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        # Nobody changes them between reading and saving them.
        return rows.select_for_update(of=("self",)) if request.method == "POST" else rows


def badge(kind: str, label: str) -> str:
    """A state in words, with a quiet frame."""
    return format_html('<span class="badge is-{}">{}</span>', kind.replace("_", "-"), label)


def named(field: str, label=None):
    """A column whose words keep their own direction."""

    @admin.display(description=label or _(field.replace("_", " ")), ordering=field)
    def column(self, row):
        return own_direction(getattr(row, field))

    return column
