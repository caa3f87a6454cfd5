"""Two people changed one row: fields that only one of them changed come together, about the others a person is asked.

Three texts decide, field by field: the version a form was opened at, the one stored now, and what was typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from django import forms
from django.contrib.auth.models import User
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kb.text.markup import normalise_newlines
from kb.text.merging import merge, merge_apart

from .differences import marked_changes

# Columns that acts change, never forms.
STATES = ("status", "state")
CHOICE, ASKED, BOTH = "choice-", "asked-", "both-"
MINE, THEIRS, MERGED = "mine", "theirs", "merged"


@dataclass(frozen=True)
class Change:
    """Who changed something, and when; nobody where a program did."""

    by: User | None
    at: datetime


@dataclass(frozen=True)
class Collision:
    """One field that two people want to be different things; `base` is None where nobody kept how it was.

    `both` is a text to start from that holds what does not meet, None where the field holds no text. `asked` is the
    version the field was opened at.
    """

    name: str
    label: str
    base: str | None
    theirs: str
    mine: str
    both: str | None
    change: Change | None
    asked: str
    is_deletion: bool = False


@dataclass
class Reconciled:
    """What became of a form that was opened at an older version.

    `moved` says in words that the row came into another state meanwhile: what was typed may not be meant for that one.
    """

    taken: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    collisions: list[Collision] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether a person has to look before anything is saved."""
        return bool(self.collisions or self.moved)

    @property
    def is_merged(self) -> bool:
        return bool(self.taken or self.merged)


class Unknown(Exception):
    """Nobody kept what the field held."""


def version_of(row: models.Model) -> str:
    """What tells one state of a row from the next.

    Its version; where its table counts none, the number of its last kept version; where none are kept, a digest.
    """
    if hasattr(row, "version"):
        return str(row.version)
    if hasattr(row, "history"):
        return str(row.last_kept if hasattr(row, "last_kept") else _last_kept(row.history.all()) or 0)
    said = [getattr(row, one.attname) for one in row._meta.concrete_fields]
    return blake2b(repr(said).encode(), digest_size=8).hexdigest()


def with_last_kept(rows: models.QuerySet) -> models.QuerySet:
    """Rows with the number of the last kept version of each, for lists of tables that count no versions."""
    kept = rows.model.history.filter(id=models.OuterRef("pk")).order_by("-history_id").values("history_id")[:1]
    return rows.annotate(last_kept=Coalesce(models.Subquery(kept), 0))


def _last_kept(versions) -> int | None:
    return versions.order_by("-history_id").values_list("history_id", flat=True).first()


class Opened:
    """A row as it was at a version, and what was written to it since: read from its history."""

    def __init__(self, row: models.Model, version: str):
        self.row, self.since, self.then = row, [], None
        # A version that no row had is nobody's base.
        if not hasattr(row, "history") or not (version.isdecimal() and len(version) < 19):
            return
        number, is_counted = int(version), hasattr(row, "version")
        if number <= (row.version if is_counted else _last_kept(row.history.all()) or 0):
            for one in row.history.select_related("history_user").order_by("history_date", "history_id"):
                # What hangs on the row may have counted its version up without changing its words.
                if (one.version if is_counted else one.history_id) <= number:
                    self.then = one
                else:
                    self.since.append(one)

    @property
    def changes(self) -> list[Change]:
        return [Change(one.history_user, one.history_date) for one in self.since]

    def value(self, name: str):
        """What the field held. Raises Unknown."""
        column = self.row._meta.get_field(name)
        if self.then is None:
            raise Unknown
        if column.many_to_many:
            return self._linked(name)
        if not hasattr(self.then, column.attname):
            raise Unknown
        return getattr(self.then, column.attname)

    def changed_by(self, name: str) -> Change | None:
        """The last change of the field since."""
        column, before, found = self.row._meta.get_field(name), self.then, None
        for one in self.since:
            if column.many_to_many:
                is_change = name in (getattr(one, "links", None) or {})
            else:
                is_change = before is None or getattr(one, column.attname, None) != getattr(
                    before, column.attname, None
                )
            if is_change:
                found = Change(one.history_user, one.history_date)
            before = one
        return found

    def _linked(self, name: str) -> set[int]:
        if not hasattr(self.then, "links"):
            raise Unknown
        linked = set(getattr(self.row, name).values_list("pk", flat=True))
        for one in reversed(self.since):
            noted = (one.links or {}).get(name, {})
            linked = linked - set(noted.get("added", ())) | set(noted.get("removed", ()))
        return linked


def version_at(then) -> str:
    """What `version_of` said of a row when this was its last kept version."""
    if then is None:
        return "0"
    return str(then.version if hasattr(then, "version") else then.history_id)


def reconcile(form: forms.ModelForm, version: str, current: str, *, before: str = "") -> Reconciled:
    """Bring what was typed in a bound form together with the row as it is stored; the form's data change.

    `version` is the one the form was opened at, `current` the stored one. `before` stands in front of each label.
    """
    found = Reconciled()
    asked = _asked(form)
    if version == current and not asked:
        return found
    form.data = form.data.copy()
    opened = {version: Opened(form.instance, version)}
    found.changes = opened[version].changes
    groups = [group for group in getattr(form, "together", ()) if _collides_as_one(form, group, opened[version])]
    for name, at in _fields(form):
        html_name = form.add_prefix(name)
        _choose(form, name, opened[version], version == current)
        if version == current and html_name not in asked:
            continue
        is_chosen = form.data.get(CHOICE + html_name) in (MINE, THEIRS, MERGED)
        then = opened[version]
        if version == current:
            if is_chosen:
                continue
            # The page asked and got no answer: it asks the same again.
            then = opened.setdefault(asked[html_name], Opened(form.instance, asked[html_name]))
        _settle(form, name, at, then, found, before, in_group=any(name in group for group in groups))
    if version != current:
        found.moved = list(_moved(form, opened[version], before))
    return found


def _moved(form, then: Opened, before: str) -> Iterator[str]:
    """The states into which the row came since, if something is to be saved over it."""
    row = form.instance
    for name in STATES:
        if then.then is None or not hasattr(row, name) or getattr(then.then, name) == getattr(row, name):
            continue
        if any(_differs(form, one, _stored(form, one)) for one, _field in _fields(form)):
            words = _("{before}{label} is “{now}” now, and was “{then}” when you opened it")
            label, now = capfirst(row._meta.get_field(name).verbose_name), getattr(row, f"get_{name}_display")()
            was = dict(row._meta.get_field(name).flatchoices)[getattr(then.then, name)]
            yield words.format(before=before, label=label, now=now, then=was)


def _fields(form) -> Iterator[tuple[str, forms.Field]]:
    """Fields of the form that are columns of its row."""
    columns = {column.name for column in (*form._meta.model._meta.fields, *form._meta.model._meta.many_to_many)}
    yield from ((name, one) for name, one in form.fields.items() if name in columns - {"id"} and not one.disabled)


def _asked(form) -> dict[str, str]:
    """The fields that the page asked about, each with the version it was opened at."""
    asked = {}
    for name, _field in _fields(form):
        if at := form.data.get(ASKED + form.add_prefix(name)):
            asked[form.add_prefix(name)] = at
    return asked


def _choose(form, name: str, then: Opened, is_current: bool) -> None:
    """Do what was chosen for a field. Theirs is what the page showed as stored: the version it was opened at."""
    html_name = form.add_prefix(name)
    choice = form.data.get(CHOICE + html_name)
    if choice == MERGED and BOTH + html_name in form.data:
        form.data[html_name] = form.data[BOTH + html_name]
    elif choice == THEIRS:
        try:
            put(form, name, _stored(form, name) if is_current else then.value(name))
        except Unknown:
            put(form, name, _stored(form, name))


def _typed(form, name: str):
    return form.fields[name].widget.value_from_datadict(form.data, form.files, form.add_prefix(name))


def _stored(form, name: str):
    column = form._meta.model._meta.get_field(name)
    if column.many_to_many:
        return set(getattr(form.instance, name).values_list("pk", flat=True))
    return getattr(form.instance, column.attname)


def _differs(form, name: str, value) -> bool:
    """Whether what was typed is another value."""
    return form.fields[name].has_changed(value, _typed(form, name))


def _collides_as_one(form, group: tuple[str, ...], then: Opened) -> bool:
    """Whether both changed something of fields that say one thing together."""
    mine = theirs = False
    for name in group:
        if name in form.fields:
            stored = _stored(form, name)
            try:
                value = then.value(name)
            except Unknown:
                return True
            mine |= _differs(form, name, value) and _differs(form, name, stored)
            theirs |= value != stored and _differs(form, name, stored)
    return mine and theirs


def _settle(form, name: str, at: forms.Field, then: Opened, found: Reconciled, before: str, *, in_group: bool) -> None:
    stored = _stored(form, name)
    if not _differs(form, name, stored):
        return
    label = f"{before}{capfirst(at.label or name)}"
    try:
        value = then.value(name)
    except Unknown:
        value = None
        is_known = False
    else:
        is_known = True
        if not in_group and value == stored:
            return
        if not in_group and not _differs(form, name, value):
            put(form, name, stored)
            found.taken.append(label)
            return
    mine = _typed(form, name)
    is_text = is_known and isinstance(at, forms.CharField) and isinstance(stored, str) and isinstance(value, str)
    if is_text:
        mine = normalise_newlines(mine or "")
        if not in_group and (both := merge_apart(value, mine, stored)) is not None:
            put(form, name, both)
            found.merged.append(label)
            return
    found.collisions.append(
        Collision(
            name=form.add_prefix(name),
            label=label,
            base=shown(at, value) if is_known else None,
            theirs=_marked(shown(at, value if is_known else mine), shown(at, stored)),
            mine=_marked(shown(at, value if is_known else stored), shown(at, mine)),
            both=merge(value, mine, stored).text if is_text else None,
            change=then.changed_by(name) if is_known else (then.changes or [None])[-1],
            asked=version_at(then.then),
        )
    )


def put(form: forms.ModelForm, name: str, value) -> None:
    """Let a bound form's data say this value, as its widget would send it."""
    at, html_name = form.fields[name], form.add_prefix(name)
    widget = getattr(at.widget, "widget", at.widget)
    value = at.prepare_value(value)
    if isinstance(widget, forms.MultiWidget):
        for ending, part, one in zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True):
            form.data[html_name + ending] = part.format_value(one) or ""
    elif isinstance(widget, forms.CheckboxInput):
        form.data.pop(html_name, None)
        if value:
            form.data[html_name] = "on"
    elif getattr(widget, "allow_multiple_selected", False):
        form.data.setlist(html_name, [str(one) for one in value or ()])
    else:
        text = widget.format_value(value)
        form.data[html_name] = (text[0] if isinstance(text, list) else text) or ""


def _marked(before: str, after: str) -> str:
    """A few words are compared at a glance; in a long text what differs is marked."""
    return marked_changes(before, after) if len(after) > 160 or "\n" in after else after


def shown(at: forms.Field, value) -> str:
    """A value of a form field in words."""
    if value in (None, "", []) or value == set():
        return ""
    if isinstance(at, forms.ModelChoiceField):
        values = value if isinstance(value, (list, tuple, set, models.QuerySet)) else [value]
        keys = [one.pk if isinstance(one, models.Model) else one for one in values]
        keys = [key for key in keys if str(key).isdecimal() and len(str(key)) < 19]
        return ", ".join(str(row) for row in at.queryset.filter(pk__in=keys))
    if isinstance(at, forms.ChoiceField):
        return str(dict(at.choices).get(value, value))
    if isinstance(value, (list, tuple)):
        value = " ".join(map(str, value))
    return normalise_newlines(str(value))
