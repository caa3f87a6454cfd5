"""Forms of the desk: every rule of a table is asked, anchors are found from words, nothing costs a query a row."""

import re
from functools import cache

from django import forms
from django.apps import apps
from django.contrib.admin.widgets import (
    AdminTextareaWidget,
    AdminTextInputWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.forms.formsets import ManagementForm
from django.forms.utils import ErrorDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb.models import Annotation, Article, StaleVersion, State
from kb.models.rules import Standing, Suggestion
from kb.services import notes
from kb.text import anchors
from kb.text.markup import normalise_newlines

from .reconciling import ASKED, CHOICE, MINE, THEIRS, Collision, Opened, Reconciled, reconcile, version_at, version_of


class Text(forms.CharField):
    """Long text with newlines as they are stored, so that a text nobody touched does not count as changed."""

    def to_python(self, value):
        return normalise_newlines(super().to_python(value) or "")


class Whole(Text):
    """Words of an article's text exactly as they stand in it: white space at their ends counts."""

    # What stands in the text stands in its words.
    default_validators = ()

    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"strip": False})


class TextInput(AdminTextInputWidget):
    def __init__(self, attrs=None):
        super().__init__({"dir": "auto", **(attrs or {})})


class Textarea(AdminTextareaWidget):
    def __init__(self, attrs=None):
        super().__init__({"dir": "auto", "rows": 3, **(attrs or {})})


class KnownChoices:
    """An autocomplete that takes its chosen rows from the form's own row, where they are loaded already."""

    article_id = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {}

    def remember(self, row: models.Model) -> None:
        if self.field.many_to_many:
            rows = getattr(row, "_prefetched_objects_cache", {}).get(self.field.name, ())
        else:
            rows = [self.field.get_cached_value(row, None)]
        self.known = {str(row.pk): row for row in rows if row is not None}

    @property
    def media(self):
        built = super().media
        # Behind the scripts that build the field: it names what they built.
        return forms.Media(js=[*built._js, "kb/admin/names.js"], css=built._css)

    def get_url(self):
        # Only rows of the same article are offered; the form's queryset says so again when it is sent.
        return super().get_url() + (f"?article={self.article_id}" if self.article_id else "")

    def optgroups(self, name, value, attrs=None):
        chosen = [str(one) for one in value if str(one)]
        if any(one not in self.known for one in chosen):
            return super().optgroups(name, value, attrs)
        blank = [] if self.is_required or self.allow_multiple_selected else [self.create_option(name, "", "", False, 0)]
        label = self.choices.field.label_from_instance
        return [
            (None, [*blank, *(self.create_option(name, one, label(self.known[one]), chosen, 1) for one in chosen)], 0)
        ]


class KnownSelect(KnownChoices, AutocompleteSelect):
    pass


class KnownSelectMultiple(KnownChoices, AutocompleteSelectMultiple):
    pass


def bare(widget):
    """The widget inside the admin's frame of add and change links."""
    return getattr(widget, "widget", widget)


class DeskForm(forms.ModelForm):
    """`request` is set by the page that makes the form."""

    request = None
    # Fields that offer rows of the same article only.
    same_article: tuple[str, ...] = ()
    # Fields that say one thing together: two people who change some of them are asked about all.
    together: tuple[tuple[str, ...], ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(widget := bare(field.widget), KnownChoices):
                widget.remember(self.instance)
        if article_id := getattr(self.instance, "article_id", None):
            self.keep_to(article_id)

    def keep_to(self, article_id: int) -> None:
        for name in self.same_article:
            if name in self.fields:
                field = self.fields[name]
                field.queryset = field.queryset.filter(article=article_id)
                bare(field.widget).article_id = article_id

    def clean(self):
        cleaned = super().clean()
        self._keep_article()
        return cleaned

    def _keep_article(self) -> None:
        article = (
            self.cleaned_data.get("article") or getattr(self.instance, "article", None) if self.same_article else None
        )
        for name in self.same_article:
            chosen = self.cleaned_data.get(name)
            rows = [chosen] if isinstance(chosen, models.Model) else list(chosen or ())
            if article and any(row.article_id != article.pk for row in rows):
                self.add_error(name, _("Choose a citation of the same article."))

    def sign(self) -> None:
        """Fill in what the form does not ask: who decided or checked, and when."""
        row = self.instance
        if isinstance(row, Suggestion) and row._state.adding and row.state == State.SUGGESTED:
            row.state, row.decided_by, row.decided_at = State.CONFIRMED, self.request.user, timezone.now()
        if "check_state" in self.changed_data:
            notes.sign_check(row, by=self.request.user)

    def validate_constraints(self):
        """Ask every rule of the table, those over fields that the form does not show included."""
        self.sign()
        exclude = {name for name in self.errors if name in self.fields}
        parent = next((f.name for f in self._meta.model._meta.fields if self._is_unsaved(f)), None)
        try:
            self.instance.validate_constraints(exclude=exclude | ({parent} if parent else set()))
        except ValidationError as error:
            self._update_errors(error)

    def _is_unsaved(self, field) -> bool:
        related = field.is_relation and field.get_cached_value(self.instance, None)
        return bool(related) and related.pk is None


class OpenedVersion(forms.CharField):
    """The version a form was opened at; it is never itself a change."""

    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False


class Opening(forms.ModelForm):
    """The form of a page: it knows the version its writer saw, and says what refused a save.

    A form that names no version is stale: nobody can say what its writer saw.
    """

    request = None
    version = OpenedVersion(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.reconciled, self.is_stale = Reconciled(), False
        if not self.instance.pk:
            return
        current = version_of(self.instance)
        self.initial["version"] = current
        if self.is_bound:
            name = self.add_prefix("version")
            opened = self.data.get(name, "")
            self.is_stale = opened != current
            self.reconciled = reconcile(self, opened, current)
            # All texts are on the page now: the next save speaks of the version shown there.
            self.data = self.data.copy()
            self.data[name] = current

    def clean(self):
        cleaned = super().clean()
        refusal = getattr(self.request, "desk_refusal", None)
        if refusal is not None:
            raise ValidationError(
                [str(blocker.message) for blocker in getattr(refusal, "blockers", ())] or str(refusal)
            )
        if self.reconciled.is_open:
            raise ValidationError(str(StaleVersion(self.instance)), code="stale")
        return cleaned


@cache
def opening(form: type[forms.ModelForm]) -> type[forms.ModelForm]:
    """The form, with the version of its page."""
    return type(form.__name__, (Opening, form), {})


class Management(ManagementForm):
    """`SEEN` names the rows that stood in the form, each with its version: "12:3 15:1"."""

    SEEN = forms.CharField(required=False, widget=forms.HiddenInput)


class DeskFormSet(forms.models.BaseInlineFormSet):
    """Rows beside their parent: the parent is not loaded again, and a row nobody touched is not asked again.

    Each row obeys the version at which it was shown; what was typed in a row that somebody deleted becomes a new row.
    """

    # Whether the rows are edited here; set by the page.
    may_change = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.gone: list[str] = []
        if self.is_bound and self.may_change:
            self._renew_deleted_rows()

    @cached_property
    def management_form(self):
        if self.is_bound:
            form = Management(self.data, auto_id=self.auto_id, prefix=self.prefix, renderer=self.renderer)
            form.full_clean()
            return form
        initial = {**super().management_form.initial, "SEEN": self._versions_now()}
        return Management(initial=initial, auto_id=self.auto_id, prefix=self.prefix, renderer=self.renderer)

    def _versions_now(self) -> str:
        return " ".join(f"{row.pk}:{version_of(row)}" for row in self.get_queryset())

    @cached_property
    def seen(self) -> dict[str, str]:
        """The rows that stood in the form, by their keys, with their versions."""
        words = self.data.get(f"{self.prefix}-SEEN", "").split()
        return dict(word.split(":", 1) for word in words if ":" in word)

    @cached_property
    def forms(self):
        forms = super().forms
        if self.is_bound:
            # As for the page's own form: the next save speaks of what is shown now.
            self.data = self.data.copy()
            self.data[f"{self.prefix}-SEEN"] = self._versions_now()
            del self.management_form
        return forms

    @property
    def reconciled(self) -> list[Reconciled]:
        return [form.reconciled for form in self.forms]

    @property
    def is_stale(self) -> bool:
        return bool(self.gone) or any(form.is_stale for form in self.forms)

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        self._beside(form)
        form.reconciled, form.is_stale = Reconciled(), False
        if self.is_bound and self.may_change and form.instance.pk and i < self.initial_form_count():
            self._reconcile(form)
        return form

    def _reconcile(self, form) -> None:
        row, current = form.instance, version_of(form.instance)
        opened = self.seen.get(str(row.pk), "")
        form.is_stale = opened != current
        before = f"{capfirst(self.model._meta.verbose_name)} “{row}”: "
        form.reconciled = reconcile(form, opened, current, before=before)
        name = form.add_prefix("DELETE")
        asked, choice = form.data.get(ASKED + name, ""), form.data.get(CHOICE + name)
        if not form.data.get(name):
            return
        if choice == THEIRS:
            form.data = form.data.copy()
            del form.data[name]
            return
        then = Opened(row, opened if form.is_stale else asked)
        if (form.is_stale or (asked and choice != MINE)) and (then.since or then.then is None):
            change = (then.changes or [None])[-1]
            form.reconciled.collisions.append(
                Collision(
                    name=name,
                    label=before.removesuffix(": "),
                    base=str(then.then.instance) if then.then else None,
                    theirs=_("changed: %(row)s") % {"row": row},
                    mine=_("deleted"),
                    both=None,
                    change=change,
                    asked=opened,
                )
            )

    def _renew_deleted_rows(self) -> None:
        """Rows that somebody deleted go from what was sent; those in which something was typed are sent as new ones."""
        key = self.model._meta.pk.name
        there = {str(row.pk) for row in self.get_queryset()}
        sent = [self.data.get(f"{self.add_prefix(i)}-{key}", "") for i in range(min(self.initial_form_count(), 1000))]
        gone = {i for i, pk in enumerate(sent) if pk not in there and self._was_deleted(pk)}
        if not gone:
            return
        typed = [i for i in sorted(gone) if self._was_typed_in(i, sent[i])]
        stay = [i for i in range(len(sent)) if i not in gone]
        extra = range(len(sent), self.total_form_count())
        data = self.data.copy()
        for name in [name for name in data if re.match(rf"{re.escape(self.prefix)}-\d+-", name)]:
            del data[name]
        for new, old in enumerate([*stay, *typed, *extra]):
            start = f"{self.add_prefix(old)}-"
            for name in self.data:
                if name.startswith(start) and not (old in gone and name == f"{start}{key}"):
                    data.setlist(f"{self.add_prefix(new)}-{name.removeprefix(start)}", self.data.getlist(name))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(stay))
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(stay) + len(typed) + len(extra))
        self.data = data
        del self.management_form

    def _last_versions(self, pk: str):
        """The history of a row that hung on this parent."""
        return self.model.history.filter(id=pk, **{self.fk.attname: self.instance.pk})

    def _was_deleted(self, pk: str) -> bool:
        if not (pk.isdecimal() and len(pk) < 19 and hasattr(self.model, "history")):
            return False
        last = self._last_versions(pk).order_by("history_date", "history_id").last()
        return last is not None and last.history_type == "-"

    def _was_typed_in(self, i: int, pk: str) -> bool:
        versions = self._last_versions(pk).select_related("history_user").order_by("history_date", "history_id")
        seen = int(self.seen.get(pk, "0")) if self.seen.get(pk, "0").isdecimal() else 0
        base = next(
            (one for one in reversed(versions) if int(version_at(one)) <= seen and one.history_type != "-"), None
        )
        row = base.instance if base else self.model()
        row._state.adding = False
        form = self.form(self.data, prefix=self.add_prefix(i), instance=row)
        names = [name for name in form.fields if name in {column.name for column in self.model._meta.fields}]
        if self.data.get(form.add_prefix("DELETE")) or not any(
            form.fields[name].has_changed(form.get_initial_for_field(form.fields[name], name), form[name].data)
            for name in names
        ):
            return False
        last = versions.last()
        who = last.history_user or _("a program")
        words = _(
            "“%(row)s” was deleted by %(who)s at %(at)s. What you typed in it stands below as a new row: save again to "
            "keep it, or empty it."
        )
        self.gone.append(words % {"row": last.instance, "who": who, "at": f"{last.history_date:%Y-%m-%d %H:%M}"})
        return True

    @property
    def empty_form(self):
        form = super().empty_form
        self._beside(form)
        return form

    def _beside(self, form):
        setattr(form.instance, self.fk.name, self.instance)
        if self.instance.pk and self.fk.name == "article":
            form.keep_to(self.instance.pk)

    def full_clean(self):
        if self.is_bound:
            for form in self.initial_forms:
                if not form.has_changed():
                    form._errors, form.cleaned_data = ErrorDict(), dict(form.initial)
        super().full_clean()

    def clean(self):
        super().clean()
        errors = list(self.gone)
        if any(one.is_open for one in self.reconciled):
            errors.append(_("Somebody changed some of these rows since you opened them: look above."))
        if errors:
            raise ValidationError(errors, code="stale")
        self._number_new_rows()

    def _number_new_rows(self):
        """A new row without a place gets the next one."""
        names = {field.name for field in self.model._meta.fields}
        if "position" not in names:
            return
        taken = [form.instance.position or 0 for form in self.initial_forms]
        taken += [form.cleaned_data.get("position") or 0 for form in self.extra_forms if form.is_valid()]
        last = max(taken, default=0)
        for form in self.extra_forms:
            if form.has_changed() and form.is_valid() and not form.cleaned_data.get("position"):
                last += 1
                form.instance.position = last


class NumberedForm(DeskForm):
    """A row whose place may be left open: it then comes last."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "position" in self.fields and self.instance._state.adding:
            self.fields["position"].required = False
            self.fields["position"].initial = None
            self.initial.pop("position", None)

    def sign(self):
        super().sign()
        row = self.instance
        parent = self._parent()
        if row._state.adding and row.position is None and parent is not None:
            beside = type(row).objects.filter(**{parent: getattr(row, parent)})
            row.position = (beside.aggregate(last=models.Max("position"))["last"] or 0) + 1

    def _parent(self) -> str | None:
        """The field that leads to what the row stands in, once that is chosen and saved."""
        names = [name for name in ("article", "fact_check") if getattr(self.instance, f"{name}_id", None)]
        return names[0] if names else None


class AnchoredForm(DeskForm):
    """Marked words are typed, not counted: the form finds them in the article's text."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "start" in self.fields:
            self.fields["start"].help_text = _("Needed only when the words stand in the text more than once.")
            self.fields["start"].required = False

    def clean(self):
        cleaned = super().clean()
        if {"exact", "start", "article"} & set(self.changed_data) and not self.errors.keys() & {"exact", "article"}:
            self._anchor(cleaned)
        return cleaned

    def _anchor(self, cleaned) -> None:
        row, exact = self.instance, cleaned.get("exact", "")
        article = cleaned.get("article", None) or getattr(row, "article", None)
        if not exact:
            cleaned["start"] = row.end = row.revision = None
            row.prefix = row.suffix = ""
            row.standing, row.places = Standing.UNTOUCHED, []
            return
        if not isinstance(article, Article):
            self.add_error("exact", _("Only words of an article can be marked: choose the article."))
            return
        found = self._find(article.text, exact, cleaned.get("start"))
        if found:
            cleaned["start"] = found.start
            row.stand(found, article.revision)

    def _find(self, text: str, exact: str, start: int | None) -> anchors.Anchor | None:
        if found := anchors.find(text, exact):
            return found
        if start is not None and text[start : start + len(exact)] == exact:
            return anchors.anchor(text, start, start + len(exact))
        places = [match.start() for match in re.finditer(f"(?={re.escape(exact)})", text)]
        if not places:
            self.add_error("exact", _("These words do not stand in the text. Copy them exactly, capitals included."))
        else:
            shown = ", ".join(map(str, places[:5])) + (" …" if len(places) > 5 else "")
            self.add_error(
                "exact",
                ngettext(
                    "These words stand in the text %(count)d time. Mark more words, or say where they start: %(places)s.",
                    "These words stand in the text %(count)d times. Mark more words, or say where they start: %(places)s.",
                    len(places),
                )
                % {"count": len(places), "places": shown},
            )
        return None


def broken_rule(error: IntegrityError) -> str | None:
    """What the named rule of a table says that the database found broken; None when it is none of ours."""
    said = str(error)
    for model in apps.get_app_config("kb").get_models():
        for rule in model._meta.constraints:
            fields = [model._meta.get_field(name).column for name in getattr(rule, "fields", ())]
            columns = ", ".join(f"{model._meta.db_table}.{column}" for column in fields)
            if re.search(rf"\b{rule.name}\b", said) or (columns and said.endswith(f": {columns}")):
                return str(rule.get_violation_error_message())
    return None


def autocomplete_article(request) -> str | None:
    """The article whose rows alone an autocomplete field offers, if it asks for one."""
    is_autocomplete = request.resolver_match is not None and request.path == reverse("admin:autocomplete")
    article = request.GET.get("article", "") if is_autocomplete else ""
    return article if article.isdecimal() else None


class NoteForm(AnchoredForm):
    class Meta:
        model = Annotation
        fields = ()
