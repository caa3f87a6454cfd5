"""The rating scale in its editions, and how long verdicts last."""

from django.db import models
from django.db.models import Max, Q
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from .claim import StatementType
from .rules import Versioned, choice_rules, length_rules, rows_behind
from .versions import Versions


class CoarseClass(models.TextChoices):
    SUPPORTED = "supported", _("supported")
    REFUTED = "refuted", _("refuted")
    MIXED = "mixed", _("mixed")
    UNPROVEN = "unproven", _("unproven")
    NONE = "none", _("none")


# The scale that `migrate` brings, for translators: values that a desk words anew are read as they are written.
SHIPPED = (
    gettext_noop("True"),
    gettext_noop("The statement is accurate, and nothing that matters is left out."),
    gettext_noop("Mostly true"),
    gettext_noop("Accurate in substance; a detail or some context is missing."),
    gettext_noop("Mixed"),
    gettext_noop("Parts of it hold and parts of it do not."),
    gettext_noop("Misleading"),
    gettext_noop("The words may hold, but they leave a wrong impression."),
    gettext_noop("False"),
    gettext_noop("The evidence contradicts the statement."),
    gettext_noop("Unproven"),
    gettext_noop("We searched, and the evidence settles it neither way."),
    gettext_noop("Outdated"),
    gettext_noop("It held once; later facts have overtaken it."),
    gettext_noop("Not checkable"),
    gettext_noop("No evidence could settle it, now or later."),
)

# What a verdict is given in.
WORDS = ("edition", "slug", "label", "definition", "number", "coarse_class")


class RatingQuerySet(models.QuerySet):
    def current(self):
        """The scale that new checks are rated on: its newest edition."""
        return self.filter(edition=self.model._base_manager.aggregate(newest=Max("edition"))["newest"])

    def used(self):
        """Those that keep their words for ever: a decided verdict, or a review, is given in them."""
        checks, reviews = rows_behind(self.model, "fact_checks"), rows_behind(self.model, "reviews")
        this = models.OuterRef("pk")
        decided = checks.filter(rating=this, decided_at__isnull=False)
        return self.filter(models.Exists(decided) | models.Exists(reviews.filter(rating=this)))

    def newest_words(self):
        """Each value once, as its newest edition words it; values that the scale no longer has stay."""
        later = self.model._base_manager.filter(slug=models.OuterRef("slug"), edition__gt=models.OuterRef("edition"))
        return self.filter(~models.Exists(later))


class RatingManager(models.Manager.from_queryset(RatingQuerySet)):
    def get_by_natural_key(self, slug, edition=1):
        return self.get(slug=slug, edition=edition)


class Rating(Versioned):
    """One value of one edition of the scale; the scale is data.

    A verdict keeps the words it was given in: what a decided one uses never changes, and a new wording is a new edition.
    """

    edition = models.PositiveSmallIntegerField(_("edition"), default=1, editable=False)
    slug = models.SlugField(_("slug"), max_length=40)
    label = models.CharField(_("label"), max_length=60)
    definition = models.TextField(_("definition"))
    number = models.SmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("5 is true, 1 is false; empty for values outside that order.")
    )
    coarse_class = models.CharField(_("coarse class"), max_length=10, choices=CoarseClass)
    position = models.PositiveSmallIntegerField(_("position"))

    objects = RatingManager()
    history = Versions()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["-edition", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "edition"],
                name="kb_rating_once",
                violation_error_message=_("This edition of the scale has a value of this slug."),
            ),
            models.UniqueConstraint(
                fields=["position", "edition"],
                name="kb_rating_position_once",
                violation_error_message=_("This edition of the scale has a value at this position."),
            ),
            models.CheckConstraint(
                name="kb_rating_is_defined",
                condition=~Q(label="") & ~Q(definition="") & ~Q(slug=""),
                violation_error_message=_("A rating has a label and a definition."),
            ),
            models.CheckConstraint(
                name="kb_rating_edition_counts_from_one",
                condition=Q(edition__gte=1),
                violation_error_message=_("Editions of the scale count from 1."),
            ),
            *choice_rules("rating", coarse_class=CoarseClass),
            *length_rules("rating", slug=40, label=60),
        ]

    def __str__(self):
        return gettext(self.label)

    def natural_key(self):
        return (self.slug, self.edition)

    @property
    def defined(self) -> str:
        return gettext(self.definition)


class ExpiryRuleManager(models.Manager):
    def get_by_natural_key(self, statement_type):
        return self.get(statement_type=statement_type)


class ExpiryRule(Versioned):
    """How long a verdict on a statement of this type is good, from the day it speaks for."""

    statement_type = models.CharField(_("statement type"), max_length=10, choices=StatementType)
    days = models.PositiveIntegerField(
        _("days"), null=True, blank=True, help_text=_("Empty: verdicts on such statements do not expire by rule.")
    )

    objects = ExpiryRuleManager()
    history = Versions()

    class Meta:
        verbose_name = _("expiry rule")
        verbose_name_plural = _("expiry rules")
        ordering = ["statement_type"]
        constraints = [
            models.UniqueConstraint(
                fields=["statement_type"],
                name="kb_expiryrule_once",
                violation_error_message=_("There is a rule for this type of statement: change that one."),
            ),
            models.CheckConstraint(
                name="kb_expiryrule_days_in_range",
                condition=Q(days=None) | Q(days__gte=1, days__lte=36_525),
                violation_error_message=_("A verdict lasts between a day and a hundred years."),
            ),
            *choice_rules("expiryrule", statement_type=StatementType),
        ]

    def __str__(self):
        if self.days is None:
            return _("%(type)s: does not expire") % {"type": self.get_statement_type_display()}
        return _("%(type)s: %(days)d days") % {"type": self.get_statement_type_display(), "days": self.days}

    def natural_key(self):
        return (self.statement_type,)
