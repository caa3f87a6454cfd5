"""What a verdict rests on: evidence with kept copies, and the steps of the search."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import policy
from .factcheck import PUBLIC, FactCheck
from .rules import Versioned, choice_rules, length_rules
from .source import Source
from .versions import Versions

LARGEST_COPY = 3 * 1024 * 1024


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("supports")
    REFUTES = "refutes", _("refutes")
    CONTEXT = "context", _("context")
    NOT_FOUND = "searched_not_found", _("searched and not found")


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        if policy.may(user, policy.PREVIEW):
            return self
        return self.filter(fact_check__status__in=PUBLIC)


class EvidenceManager(models.Manager.from_queryset(EvidenceQuerySet)):
    def get_by_natural_key(self, text, language, number, position):
        return self.get(
            fact_check__claim__text=text,
            fact_check__claim__language=language,
            fact_check__number=number,
            position=position,
        )


class Evidence(Versioned):
    """What a verdict rests on; a search that found nothing is evidence too."""

    fact_check = models.ForeignKey(FactCheck, models.CASCADE, related_name="evidence", verbose_name=_("fact-check"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    stance = models.CharField(_("stance"), max_length=20, choices=Stance)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="evidence", verbose_name=_("source")
    )
    summary = models.TextField(_("what it shows"), help_text=_("In your words: what was found, or searched for where."))
    quote = models.TextField(_("quote"), blank=True, help_text=_("Exact words of the source."))
    address = models.URLField(_("address"), max_length=1000, blank=True)
    archived_copy = models.URLField(_("archived copy"), max_length=1000, blank=True)

    objects = EvidenceManager()
    history = Versions()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["fact_check", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["fact_check", "position"],
                name="kb_evidence_position_once",
                violation_error_message=_("Another piece of evidence has this position."),
            ),
            models.CheckConstraint(
                name="kb_evidence_says_something",
                condition=~Q(summary=""),
                violation_error_message=_("Say what the evidence shows."),
            ),
            *choice_rules("evidence", stance=Stance),
            *length_rules("evidence", address=1000, archived_copy=1000),
        ]

    def __str__(self):
        return f"{self.get_stance_display()}: {self.summary[:80]}"

    def natural_key(self):
        return (*self.fact_check.natural_key(), self.position)

    natural_key.dependencies = ["kb.factcheck", "kb.source"]


class EvidenceCopy(models.Model):
    """The file that was seen as evidence, kept because addresses die. Readers learn its hash, the desk may read it.

    It stands in the database, as captures do: one backup holds everything, and no path can point at the wrong file.
    """

    evidence = models.OneToOneField(Evidence, models.CASCADE, related_name="copy", verbose_name=_("evidence"))
    name = models.CharField(_("name"), max_length=255)
    media_type = models.CharField(_("media type"), max_length=100)
    content = models.BinaryField(_("content"))
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    kept_at = models.DateTimeField(_("kept at"), default=timezone.now)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kept by")
    )

    class Meta:
        verbose_name = _("copy of evidence")
        verbose_name_plural = _("copies of evidence")
        ordering = ["evidence"]
        constraints = [
            models.CheckConstraint(
                name="kb_evidencecopy_has_hash",
                condition=Q(sha256__length=64),
                violation_error_message=_("A copy has the SHA-256 of its bytes, in hexadecimal."),
            ),
            models.CheckConstraint(
                name="kb_evidencecopy_size_in_range",
                condition=Q(size__gte=1, size__lte=LARGEST_COPY),
                violation_error_message=_("A copy holds at least a byte and at most 3 MB."),
            ),
            models.CheckConstraint(
                name="kb_evidencecopy_is_named",
                condition=~Q(name="") & ~Q(media_type=""),
                violation_error_message=_("A copy has a name and says what kind of file it is."),
            ),
            *length_rules("evidencecopy", name=255, media_type=100),
        ]

    def __str__(self):
        return self.name


class SearchStepQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        if policy.may(user, policy.PREVIEW):
            return self
        return self.filter(fact_check__status__in=PUBLIC)


class SearchStepManager(models.Manager.from_queryset(SearchStepQuerySet)):
    def get_by_natural_key(self, text, language, number, position):
        return self.get(
            fact_check__claim__text=text,
            fact_check__claim__language=language,
            fact_check__number=number,
            position=position,
        )


class SearchStep(Versioned):
    """One step of the search behind a verdict, so that others can repeat it."""

    fact_check = models.ForeignKey(FactCheck, models.CASCADE, related_name="search_steps", verbose_name=_("fact-check"))
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    place = models.CharField(_("where"), max_length=300, help_text=_("The archive, register, site or person asked."))
    words = models.CharField(_("which words"), max_length=300, blank=True, help_text=_("What was searched or asked."))
    searched_on = models.DateField(_("when"), null=True, blank=True)
    result = models.TextField(_("what came"), help_text=_("What was found; “nothing” is a result too."))

    objects = SearchStepManager()
    history = Versions()

    class Meta:
        verbose_name = _("search step")
        verbose_name_plural = _("search steps")
        ordering = ["fact_check", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["fact_check", "position"],
                name="kb_searchstep_position_once",
                violation_error_message=_("Another search step has this position."),
            ),
            models.CheckConstraint(
                name="kb_searchstep_says_where_and_what",
                condition=~Q(place="") & ~Q(result=""),
                violation_error_message=_("A search step says where was searched and what came."),
            ),
            *length_rules("searchstep", place=300, words=300),
        ]

    def __str__(self):
        return f"{self.place}: {self.result[:80]}"

    def natural_key(self):
        return (*self.fact_check.natural_key(), self.position)

    natural_key.dependencies = ["kb.factcheck"]
