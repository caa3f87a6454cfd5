"""The building blocks of rules: what tables share in fields, constraints and guards."""

from collections.abc import Sequence
from itertools import batched

from django import forms
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Length, NullIf
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_update_with_history

from kb.text import partial_dates
from kb.text.anchors import Anchor
from kb.text.direction import around, turning_in

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)

BATCH = 200


def length_rules(table: str, **limits: int) -> list[models.CheckConstraint]:
    """One constraint for each text: SQLite does not enforce `max_length`, and neither does loading a fixture."""
    return [
        models.CheckConstraint(
            name=f"kb_{table}_{field}_length",
            condition=Q(**{f"{field}__length__lte": limit}),
            violation_error_message=format_lazy(
                _("{field}: at most {limit} characters."), field=field.replace("_", " ").capitalize(), limit=limit
            ),
        )
        for field, limit in limits.items()
    ]


def choice_rules(table: str, **choices: type[models.Choices]) -> list[models.CheckConstraint]:
    """One constraint for each choice: a value outside the list is refused whoever writes it."""
    return [
        models.CheckConstraint(
            name=f"kb_{table}_{field}_known",
            condition=Q(**{f"{field}__in": [*kinds.values]}),
            violation_error_message=format_lazy(
                _("{field}: choose one of the listed values."), field=field.replace("_", " ").capitalize()
            ),
        )
        for field, kinds in choices.items()
    ]


def validate_edtf(value: str) -> None:
    """A date field takes EDTF (ISO 8601-2) and no impossible day."""
    if not partial_dates.is_valid(value):
        raise ValidationError(
            _("“%(value)s” is no date we can read. Write 2025-03-24, 2025-03, 2025, or XXXX-06-12 without a year."),
            params={"value": value},
        )


def refuse_turning(value: object) -> None:
    """No text that people type or send holds characters that turn the words behind them around."""
    found = turning_in(value) if isinstance(value, str) else ()
    if found:
        place, name = found[0]
        message = _(
            "“%(words)s” holds a character that nobody sees and that turns text around: %(name)s, U+%(code)s, the "
            "%(place)d. character. Delete it, or type these words anew."
        )
        params = {"words": around(value, place), "name": name, "code": f"{ord(value[place]):04X}", "place": place + 1}
        raise ValidationError(message, code="turning", params=params)


# Asked by every field of every form, whoever writes the form: a field that does not want it has to say so.
for _field in (forms.CharField, forms.URLField):
    _field.default_validators = [*_field.default_validators, refuse_turning]


class SavedAt(models.DateTimeField):
    """The moment of the last save; unlike `auto_now`, a row that is loaded without one gets the present."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"default": timezone.now, "editable": False, **kwargs})

    def pre_save(self, row, add):
        setattr(row, self.attname, timezone.now())
        return super().pre_save(row, add)


class StaleVersion(Exception):
    """Somebody saved this row since it was read. Nothing was written; `row` is what the loser wanted to write."""

    def __init__(self, row: models.Model):
        self.row = row
        try:
            name = str(row)
        except ObjectDoesNotExist:
            # What it belonged to when it was read is gone by now.
            name = row._meta.verbose_name
        super().__init__(_("%(row)s was changed by somebody else since you opened it.") % {"row": name})


class Versioned(models.Model):
    """A row whose save is refused when it was read before somebody else's save, on every path that saves."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, **kwargs):
        """Compare and set in one transaction.

        Raises:
            StaleVersion: the stored version is not the one this row was read with.
        """
        if self._state.adding:
            return super().save(**kwargs)
        with transaction.atomic():
            stored = type(self)._base_manager.filter(pk=self.pk, version=self.version)
            if not stored.update(version=F("version") + 1):
                raise StaleVersion(self)
            self.version += 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "version"}
            try:
                super().save(**kwargs)
            except BaseException:
                self.version -= 1
                raise


def change_together(rows: Sequence[Versioned], fields: Sequence[str], *, by, reason: str = "") -> None:
    """Save these fields of rows of one table in few statements, each with its version counted up and kept.

    Raises:
        StaleVersion: a row is not stored as it was read; then none is written.
    """
    with transaction.atomic():
        for some in batched(rows, BATCH, strict=False):
            model = type(some[0])
            stored = model._base_manager.select_for_update().filter(pk__in=[row.pk for row in some])
            versions = dict(stored.order_by("pk").values_list("pk", "version"))
            for row in some:
                if versions.get(row.pk) != row.version:
                    raise StaleVersion(row)
            for row in some:
                row.version += 1
            bulk_update_with_history(
                some, model, [*fields, "version"], default_user=by, default_change_reason=reason or None
            )


class State(models.TextChoices):
    """What the machine found is suggested until a person decides."""

    SUGGESTED = "suggested", _("suggested")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("rejected")


class SuggestionQuerySet(models.QuerySet):
    def suggested(self):
        return self.filter(state=State.SUGGESTED)

    def confirmed(self):
        return self.filter(state=State.CONFIRMED)


class Suggestion(Versioned):
    """A row that the machine may propose and only a person can make true."""

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SUGGESTED, db_index=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.state == State.SUGGESTED


def suggestion_rules(table: str) -> list[models.CheckConstraint]:
    return [
        *choice_rules(table, state=State),
        models.CheckConstraint(
            name=f"kb_{table}_decision_has_moment",
            condition=Q(state=State.SUGGESTED, decided_at=None)
            | (~Q(state=State.SUGGESTED) & Q(decided_at__isnull=False)),
            violation_error_message=_("A decision names its moment; an open suggestion has none."),
        ),
    ]


class Standing(models.TextChoices):
    """What became of marked words when the text last changed."""

    UNTOUCHED = "", _("marked in this text")
    EXACT = "exact", _("stand where they stood")
    MOVED = "moved", _("moved with their words")
    CHANGED = "changed", _("other words in their place: please confirm")
    AMBIGUOUS = "ambiguous", _("not surely there: please confirm")
    ORPHANED = "orphaned", _("gone from the text")
    LEFT = "left", _("gone, and left so")


PROPOSED = (Standing.CHANGED, Standing.AMBIGUOUS)
LOST = (*PROPOSED, Standing.ORPHANED)


class Anchored(models.Model):
    """Exact words of an article's text: quote, context, position and the revision they belong to; all or none.

    Positions count Unicode code points of `Article.text` at `revision`
    (TextQuoteSelector and TextPositionSelector of the W3C Web Annotation Data Model). Words that the text lost keep the
    revision they stood in; `places` are those of the current text that a person may confirm: start, end, likeness of 100.
    """

    exact = models.TextField(_("exact words"), blank=True)
    prefix = models.CharField(_("words before"), max_length=32, blank=True, editable=False)
    suffix = models.CharField(_("words after"), max_length=32, blank=True, editable=False)
    start = models.PositiveIntegerField(_("start"), null=True, blank=True)
    end = models.PositiveIntegerField(_("end"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("revision"), null=True, blank=True, editable=False)
    standing = models.CharField(
        _("when the text changed"),
        max_length=10,
        choices=Standing,
        default=Standing.UNTOUCHED,
        blank=True,
        editable=False,
    )
    places = models.JSONField(_("where it may stand now"), default=list, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_anchored(self) -> bool:
        return self.start is not None

    @property
    def anchor(self) -> Anchor:
        """The words with their context and place, of a row that marks some."""
        return Anchor(self.exact, self.prefix, self.suffix, self.start, self.end)

    def stand(self, found: Anchor, revision: int, standing: Standing = Standing.UNTOUCHED) -> None:
        """Mark these words of the text of this revision."""
        self.exact, self.prefix, self.suffix = found.exact, found.prefix, found.suffix
        self.start, self.end, self.revision = found.start, found.end, revision
        self.standing, self.places = standing, []


# Marked words that the current text has no more, or has somewhere else than could be told without guessing, and that
# nobody has left so. Asked first is whether the text ever changed: an index answers that.
ORPHANED = Q(article__revision__gt=1, revision__lt=F("article__revision")) & ~Q(standing=Standing.LEFT)


def anchor_rules(table: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            name=f"kb_{table}_anchor_whole_or_absent",
            condition=Q(
                start=None, end=None, revision=None, exact="", prefix="", suffix="", standing=Standing.UNTOUCHED
            )
            | (
                Q(start__isnull=False, end__isnull=False, revision__isnull=False) & ~Q(exact="") & Q(end__gt=F("start"))
            ),
            violation_error_message=_(
                "Marked words need all of: the words, their start and end, and the revision of the text."
            ),
        ),
        models.CheckConstraint(
            name=f"kb_{table}_proposal_has_places",
            condition=Q(Q(standing__in=PROPOSED), ~Q(places=[])) | Q(~Q(standing__in=PROPOSED), Q(places=[])),
            violation_error_message=_("Places to confirm belong to words that changed or are not surely there."),
        ),
        *length_rules(table, prefix=32, suffix=32),
        *choice_rules(table, standing=Standing),
    ]


def one_target(*fields: str) -> Q:
    """Exactly one of these foreign keys is set."""
    found = Q()
    for target in fields:
        found |= Q(**{f"{field}__isnull": field != target for field in fields})
    return found


# Where the name of a thing is read without loading its row.
_NAMES = {
    "article": ("article__title", "article__slug"),
    "claim": ("claim__text",),
    "fact_check": ("fact_check__claim__text",),
    "citation": ("citation__as_printed",),
    "source": ("source__name",),
    "challenge": ("challenge__reference",),
    "tag": ("tag__name",),
    "annotation": ("annotation__body", "annotation__exact", "annotation__labels", "annotation__links"),
}


class AboutQuerySet(models.QuerySet):
    def about(self, row: models.Model):
        return self.filter(**{self.model.target_field(row): row.pk})

    def with_thing(self):
        """Adds `thing`, the name of what the row is about: a list of many loads no texts of articles."""
        paths = [path for target in self.model.TARGETS for path in _NAMES[target]]
        return self.annotate(
            thing=Coalesce(*(NullIf(path, Value("")) for path in paths), output_field=models.TextField())
        )


class About(models.Model):
    """A row about exactly one other row; `TARGETS` names the foreign keys, `one_target` is its rule."""

    TARGETS: tuple[str, ...] = ()

    class Meta:
        abstract = True

    @classmethod
    def target_field(cls, row: models.Model) -> str:
        """The foreign key that leads to rows of this table.

        Raises:
            TypeError: no row of this table is about such a thing.
        """
        for name in cls.TARGETS:
            if isinstance(row, cls._meta.get_field(name).related_model):
                return name
        raise TypeError(f"A {cls._meta.model_name} is not about a {row._meta.model_name}.")

    @property
    def target_name(self) -> str:
        """Which foreign key is set; reads no other row."""
        return next(name for name in self.TARGETS if getattr(self, f"{name}_id") is not None)

    @property
    def target(self) -> models.Model:
        return getattr(self, self.target_name)

    @property
    def thing_words(self) -> str:
        """The name of what it is about: of a row of `with_thing` without another query."""
        return self.__dict__.get("thing") or str(self.target)


def came_with() -> models.ForeignKey:
    """Where another name came from: the merge that gave up the row it was a name of; empty for one written here."""
    return models.ForeignKey(
        "kb.Merge",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("came with"),
    )


def refuse_taken_address(row: models.Model) -> None:
    """The address of a row that was merged leads to the one that was kept: no other row takes it meanwhile.

    Raises:
        ValidationError: it leads to another row than this.
    """
    kept = rows_behind(type(row), "merges").model.objects.kept_for(type(row), slug=row.slug)
    if kept is not None and kept.pk != row.pk:
        words = _("This address leads to “%(kept)s” since a merge: choose another, or undo the merge.")
        raise ValidationError({"slug": words % {"kept": kept}})


def rows_behind(model: type[models.Model], relation: str) -> models.QuerySet:
    """All rows of the table at the other end of a reverse relation: lets an early table ask a later one."""
    return model._meta.get_field(relation).related_model._default_manager.all()
