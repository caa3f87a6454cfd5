"""Merges: a row given up for another that means the same, what moved with it, and all it takes to bring it back."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .claim import Claim
from .person import Person
from .rules import choice_rules, length_rules
from .source import Source
from .tag import Tag


class MergeKind(models.TextChoices):
    """The tables whose rows are merged, by the names of their models."""

    SOURCE = "source", _("source")
    CLAIM = "claim", _("claim")
    TAG = "tag", _("tag")
    PERSON = "person", _("person")


MERGED = {MergeKind.SOURCE: Source, MergeKind.CLAIM: Claim, MergeKind.TAG: Tag, MergeKind.PERSON: Person}


class MergeQuerySet(models.QuerySet):
    def standing(self):
        """Those that nobody has undone."""
        return self.filter(undone_at=None)

    def of(self, model: type[models.Model]):
        return self.filter(kind=model._meta.model_name)

    def kept_for(self, model: type[models.Model], **given_up) -> models.Model | None:
        """What stands in the place of a row that was given up: `number` or `slug` says which."""
        found = self.standing().of(model).filter(**given_up).order_by("-pk").select_related(kept_field(model)).first()
        return found and found.kept


class MergeManager(models.Manager.from_queryset(MergeQuerySet)):
    def get_by_natural_key(self, uid):
        return self.get(uid=uid)


def kept_field(model: type[models.Model]) -> str:
    """The foreign key of a merge that leads to rows of this table."""
    return f"kept_{model._meta.model_name}"


def _kept(model: type[models.Model]) -> models.ForeignKey:
    # A later merge moves it on like everything that hangs on the row, so that it always leads to what stands today.
    return models.ForeignKey(
        model,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merges",
        verbose_name=model._meta.verbose_name,
    )


class Merge(models.Model):
    """One row given up for another of its table. `fields` are its columns; `changed` what the kept row took of them.

    Its number and its address stay reserved for it: the public address leads to the kept row while the merge stands.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=MergeKind, editable=False)
    kept_source = _kept(Source)
    kept_claim = _kept(Claim)
    kept_tag = _kept(Tag)
    kept_person = _kept(Person)
    number = models.BigIntegerField(_("its number"), editable=False)
    name = models.CharField(_("given up"), max_length=500, editable=False)
    slug = models.CharField(_("its address"), max_length=120, blank=True, editable=False)
    fields = models.JSONField(_("its fields"), default=dict, editable=False)
    changed = models.JSONField(
        _("taken over"), default=dict, editable=False, help_text=_("Columns of the kept row: before and after.")
    )
    checks_behind = models.PositiveSmallIntegerField(
        _("fact-checks count on from"), default=0, editable=False, help_text=_("Their numbers grew by so much.")
    )
    gave_way = models.ForeignKey(
        "kb.FactCheck",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("verdict that gave way"),
        help_text=_("Both claims had a published one; when they are parted again it stands again."),
    )
    is_from_elsewhere = models.BooleanField(
        _("from elsewhere"),
        default=False,
        editable=False,
        help_text=_("It came with an import: which rows moved is not known here, so it cannot be undone here."),
    )
    reason = models.TextField(_("reason"), blank=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("merged by")
    )
    merged_at = models.DateTimeField(_("merged at"), default=timezone.now, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True, editable=False)

    objects = MergeManager()

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-merged_at", "-pk"]
        permissions = [("merge_rows", "Can merge sources, claims, tags and people")]
        constraints = [
            models.CheckConstraint(
                name="kb_merge_keeps_one_of_its_kind",
                condition=Q(*[(f"kept_{kind}", None) for kind in MergeKind.values])
                | Q(
                    *[
                        Q(**{f"kept_{other}__isnull": other != kind for other in MergeKind.values}, kind=kind)
                        for kind in MergeKind.values
                    ],
                    _connector=Q.OR,
                ),
                violation_error_message=_("A row is given up for one of its own table."),
            ),
            models.CheckConstraint(
                name="kb_merge_names_what_it_gave_up",
                condition=~Q(name="") & (Q(kind=MergeKind.CLAIM) | ~Q(slug="")),
                violation_error_message=_("A merge says what was given up, and where it stood."),
            ),
            models.CheckConstraint(
                name="kb_merge_undoing_is_signed",
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                violation_error_message=_("An undone merge names who undid it, and when."),
            ),
            *choice_rules("merge", kind=MergeKind),
            *length_rules("merge", name=500, slug=120),
        ]
        indexes = [
            models.Index(fields=["kind", "slug"], name="kb_merge_address"),
            models.Index(fields=["kind", "number"], name="kb_merge_number"),
        ]

    def __str__(self):
        return _("%(name)s, merged into %(kept)s") % {"name": self.name, "kept": self.kept or "–"}

    def natural_key(self):
        return (str(self.uid),)

    @property
    def model(self) -> type[models.Model]:
        return MERGED[self.kind]

    @property
    def kept(self) -> models.Model | None:
        """What it was merged into, or what that was merged into since; None once that is deleted."""
        return getattr(self, f"kept_{self.kind}")

    @property
    def is_undone(self) -> bool:
        return self.undone_at is not None


class MergeEffect(models.TextChoices):
    MOVED = "moved", _("moved")
    LEFT_OUT = "left_out", _("left out: the same stood there already")
    MADE = "made", _("made: an old name")


class MergedRow(models.Model):
    """What a merge did to one row that hung on either of the two: enough to take exactly that back."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="rows", db_index=False)
    relation = models.CharField(max_length=60, help_text="model.foreign key")
    row = models.BigIntegerField()
    effect = models.CharField(max_length=10, choices=MergeEffect)
    was = models.JSONField(null=True, help_text="Columns as they were: all of a row that was left out.")
    beside = models.BigIntegerField(null=True, help_text="The row that says the same and stayed.")
    is_back = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("row of a merge")
        verbose_name_plural = _("rows of merges")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["merge", "relation", "row"],
                name="kb_mergedrow_once",
                violation_error_message=_("A merge does one thing to a row."),
            ),
            models.CheckConstraint(
                name="kb_mergedrow_left_out_is_kept",
                condition=Q(effect=MergeEffect.LEFT_OUT, was__isnull=False, beside__isnull=False)
                | (~Q(effect=MergeEffect.LEFT_OUT) & Q(beside=None)),
                violation_error_message=_("What is left out is kept, with what it was left out for."),
            ),
            *choice_rules("mergedrow", effect=MergeEffect),
            *length_rules("mergedrow", relation=60),
        ]
        indexes = [models.Index(fields=["relation", "row"], name="kb_mergedrow_row")]

    def __str__(self):
        return f"{self.relation} {self.row}: {self.get_effect_display()}"
