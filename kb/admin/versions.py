"""Nobody's words are lost: a form carries the version its writer opened, and a save over somebody else's is refused
with both texts shown."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kb.models import StaleVersion
from kb.models.rules import Versioned
from kb.text.markup import normalise_newlines

from .forms import DeskForm


class OpenedVersion(forms.CharField):
    """The version a form was opened at; it is never itself a change."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class VersionedForm(DeskForm):
    version = OpenedVersion(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A form that names no version is stale: nobody can say what its writer saw.
        self.opened, self.is_stale = None, False
        if not self.instance.pk:
            return
        self.initial["version"] = self.instance.version
        if self.is_bound:
            self.opened = self.data.get(self.add_prefix("version"))
            self.is_stale = self.opened != str(self.instance.version)
            if self.is_conflict:
                # Both texts are on the page now: the next save speaks of the version shown there.
                self.data = self.data.copy()
                self.data[self.add_prefix("version")] = str(self.instance.version)

    @property
    def is_conflict(self) -> bool:
        return isinstance(getattr(self.request, "desk_refusal", None), StaleVersion)


@dataclass(frozen=True)
class Difference:
    """One field that two people want to be different things."""

    label: str
    theirs: str
    mine: str
    base: str | None
    is_long: bool


def touch(row: Versioned) -> None:
    """Count a change of what hangs on a row as a change of the row, so that an older form of it is refused.

    Raises StaleVersion. The row's own history gains nothing: its words are the same.
    """
    row.skip_history_when_saving = True
    try:
        row.save(update_fields=["version"])
    finally:
        del row.skip_history_when_saving


class VersionGuard:
    """For pages of versioned rows; their forms are VersionedForms."""

    form = VersionedForm

    def save_model(self, request, obj, form, change):
        if change and not form.has_changed():
            return
        if change and form.is_stale:
            raise StaleVersion(obj)
        self.save_row(request, obj, form, change)

    def save_row(self, request, obj, form, change):
        """Save what the form says; pages override it to call a service."""
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        touched = change and any(formset.has_changed() for formset in formsets)
        if touched and form.is_stale:
            raise StaleVersion(form.instance)
        super().save_related(request, form, formsets, change)
        if touched and not form.has_changed():
            touch(form.instance)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        is_conflict = form.is_bound and form.is_conflict
        if is_conflict:
            last = obj.history.first()
            context["conflict"] = {
                "differences": list(differences(form, context["inline_admin_formsets"])),
                "by": last and last.history_user,
                "at": last and last.history_date,
            }
        response = super().render_change_form(request, context, add, change, form_url, obj)
        if is_conflict:
            response.status_code = 409
        return response


def differences(form: VersionedForm, inlines: list[admin.helpers.InlineAdminFormSet]):
    """Every field of the page whose typed value is not the stored one."""
    base = None
    if form.opened and form.opened.isdecimal():
        # What hangs on the row may have counted its version up without changing its words.
        base = form.instance.history.filter(version__lte=int(form.opened)).order_by("-version", "-pk").first()
    yield from _of(form, "", base)
    for inline in inlines:
        for row in inline.formset.forms:
            if row.has_changed():
                name = (row.initial and str(row.instance)) or _("new")
                yield from _of(row, f"{capfirst(inline.opts.verbose_name)} “{name}”: ", None)


def _of(form, before: str, base):
    for name in form.changed_data:
        field = form.fields[name]
        stored = _shown(field, form.initial.get(name))
        mine = _shown(field, form[name].data)
        yield Difference(
            label=f"{before}{capfirst(field.label or name)}",
            theirs=stored,
            mine=mine,
            base=_shown(field, getattr(base, name, None)) if base is not None else None,
            is_long="\n" in stored + mine or len(stored + mine) > 160,
        )


def _shown(field: forms.Field, value) -> str:
    if value in (None, "", []):
        return ""
    if isinstance(field, forms.ModelChoiceField):
        values = value if isinstance(value, (list, tuple, models.QuerySet)) else [value]
        keys = [one.pk if isinstance(one, models.Model) else one for one in values]
        return ", ".join(
            str(row) for row in field.queryset.filter(pk__in=[key for key in keys if str(key).isdecimal()])
        )
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    return normalise_newlines(str(value))
