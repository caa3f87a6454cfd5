"""Nobody's words are lost: a form carries the version its writer opened, and a save over somebody else's is refused
with both texts shown."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import F
from django.utils.html import format_html, format_html_join
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


def count_up(rows: models.QuerySet) -> None:
    """As `touch`, for rows that nobody has a form of open here: it cannot come too late.

    Past the history on purpose: no word of the rows changes.
    """
    rows.update(version=F("version") + 1)


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
        opened = _shown(field, getattr(base, name, None)) if base is not None else None
        yield Difference(
            label=f"{before}{capfirst(field.label or name)}",
            theirs=_marked(mine if opened is None else opened, stored),
            mine=_marked(stored if opened is None else opened, mine),
            base=opened,
        )


def _marked(before: str, after: str) -> str:
    """A few words are compared at a glance; in a long text what differs is marked."""
    return marked_changes(before, after) if len(after) > 160 or "\n" in after else after


# More pairs of words than this are not compared: what differs is then marked as a whole.
COMPARED = 2_000_000


def marked_changes(before: str, after: str) -> str:
    """`after` as HTML, with the words marked that `before` does not have there."""
    old, new = (re.findall(r"\S+|\s+", text) for text in (before, after))
    first = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    room = min(len(old), len(new)) - first
    last = next((i for i in range(room) if old[-1 - i] != new[-1 - i]), room)
    head, tail = new[:first], new[len(new) - last :]
    old, new = old[first : len(old) - last], new[first : len(new) - last]
    if len(old) * len(new) > COMPARED:
        pieces = [(True, new)]
    else:
        changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        pieces = [(kind != "equal", new[start:end]) for kind, _from, _to, start, end in changes]
    marked = format_html_join("", "{}", ((_piece(is_new, "".join(words)),) for is_new, words in pieces))
    return format_html("{}{}{}", "".join(head), marked, "".join(tail))


def _piece(is_new: bool, words: str) -> str:
    return format_html("<mark>{}</mark>", words) if is_new and words.strip() else words


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
