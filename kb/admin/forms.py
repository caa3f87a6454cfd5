"""Forms of the desk: every rule of a table is asked, anchors are found from words, nothing costs a query a row."""

import re

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
from django.forms.utils import ErrorDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb.models import Annotation, Article, State
from kb.models.rules import Suggestion
from kb.services import notes
from kb.text import anchors
from kb.text.markup import normalise_newlines


class Text(forms.CharField):
    """Long text with newlines as they are stored, so that a text nobody touched does not count as changed."""

    def to_python(self, value):
        return normalise_newlines(super().to_python(value) or "")


class Whole(Text):
    """Text whose white space at the ends counts: anchors count it."""

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
        refusal = getattr(self.request, "desk_refusal", None)
        # Only the page's own form speaks for the whole page.
        if refusal is not None and not self.prefix:
            raise ValidationError(
                [str(blocker.message) for blocker in getattr(refusal, "blockers", ())] or str(refusal)
            )
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


class DeskFormSet(forms.models.BaseInlineFormSet):
    """Rows beside their parent: the parent is not loaded again, and a row nobody touched is not asked again."""

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        self._beside(form)
        return form

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
            return
        if not isinstance(article, Article):
            self.add_error("exact", _("Only words of an article can be marked: choose the article."))
            return
        found = self._find(article.text, exact, cleaned.get("start"))
        if found:
            cleaned["start"], row.end, row.revision = found.start, found.end, article.revision
            row.prefix, row.suffix = found.prefix, found.suffix

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
