"""Fact-checks: dated verdicts on claims, their ratings and their evidence."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import policy
from .claim import Claim
from .rules import Versioned, choice_rules, length_rules
from .source import Source
from .versions import Versions


class CoarseClass(models.TextChoices):
    SUPPORTED = "supported", _("supported")
    REFUTED = "refuted", _("refuted")
    MIXED = "mixed", _("mixed")
    UNPROVEN = "unproven", _("unproven")
    NONE = "none", _("none")


class RatingManager(models.Manager):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Rating(Versioned):
    """One value of the scale; the scale is data."""

    slug = models.SlugField(_("slug"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=60)
    definition = models.TextField(_("definition"))
    number = models.SmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("5 is true, 1 is false; empty for values outside that order.")
    )
    coarse_class = models.CharField(_("coarse class"), max_length=10, choices=CoarseClass)
    position = models.PositiveSmallIntegerField(_("position"), unique=True)

    objects = RatingManager()
    history = Versions()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="kb_rating_is_defined",
                condition=~Q(label="") & ~Q(definition="") & ~Q(slug=""),
                violation_error_message=_("A rating has a label and a definition."),
            ),
            *choice_rules("rating", coarse_class=CoarseClass),
            *length_rules("rating", slug=40, label=60),
        ]

    def __str__(self):
        return self.label

    def natural_key(self):
        return (self.slug,)


class FactCheckStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")
    REJECTED = "rejected", _("rejected")


OPEN = (FactCheckStatus.DRAFT, FactCheckStatus.SUBMITTED)
PUBLIC = (FactCheckStatus.PUBLISHED, FactCheckStatus.SUPERSEDED)


class FactCheckQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """Readers see verdicts that are or were published."""
        if policy.may(user, policy.PREVIEW):
            return self
        return self.filter(status__in=PUBLIC)

    def open(self):
        return self.filter(status__in=OPEN)

    def rating_shown_to(self, user):
        """Those whose rating and rationale this person may see, at the desk: a reviewer chooses before seeing them."""
        return self.filter(~Q(status__in=OPEN) | Q(author=user))


class FactCheckManager(models.Manager.from_queryset(FactCheckQuerySet)):
    def get_by_natural_key(self, text, language, number):
        return self.get(claim__text=text, claim__language=language, number=number)


def opened_versions(versions, user):
    """As the check itself shows its rating; a discarded draft stays its author's."""
    return versions.filter(Q(author=user) | Q(id__in=FactCheck.objects.rating_shown_to(user).values("pk")))


class FactCheck(Versioned):
    """One dated verdict on a claim. A published one is never edited: the next one supersedes it."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="fact_checks", verbose_name=_("claim"))
    number = models.PositiveSmallIntegerField(_("number"), editable=False, help_text=_("Counts the checks of a claim."))
    status = models.CharField(
        _("status"), max_length=10, choices=FactCheckStatus, default=FactCheckStatus.DRAFT, editable=False
    )
    rating = models.ForeignKey(
        Rating, models.PROTECT, null=True, blank=True, related_name="fact_checks", verbose_name=_("rating")
    )
    rationale = models.TextField(_("rationale"), blank=True, help_text=_("Why this rating; readers see it."))
    as_of = models.DateField(
        _("as of"), null=True, blank=True, help_text=_("The day the verdict speaks for: later events may change it.")
    )
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="fact_checks",
        verbose_name=_("author"),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="reviews",
        verbose_name=_("reviewer"),
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    checked_on = models.DateField(_("checked on"), null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, editable=False)
    rejection_reason = models.TextField(_("why it was rejected"), blank=True, editable=False)
    reopened_at = models.DateTimeField(_("reopened at"), null=True, blank=True, editable=False)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    reopen_reason = models.TextField(_("why it was reopened"), blank=True, editable=False)

    objects = FactCheckManager()
    history = Versions(opened=opened_versions, withheld=("rating", "rationale"))

    class Meta:
        verbose_name = _("fact-check")
        verbose_name_plural = _("fact-checks")
        ordering = ["claim", "-number"]
        permissions = [
            ("submit_factcheck", "Can submit fact-checks"),
            ("approve_factcheck", "Can approve and reject fact-checks"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "number"],
                name="kb_factcheck_number_once",
                violation_error_message=_("The claim has a check of this number already."),
            ),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(status=FactCheckStatus.PUBLISHED),
                name="kb_factcheck_one_published",
                violation_error_message=_("A claim has one published verdict at most; the next supersedes it."),
            ),
            models.CheckConstraint(
                name="kb_factcheck_reviewer_is_not_author",
                condition=Q(reviewer=None) | ~Q(reviewer=F("author")),
                violation_error_message=_("Nobody reviews their own check: ask a colleague."),
            ),
            models.CheckConstraint(
                name="kb_factcheck_needs_rationale",
                condition=Q(status=FactCheckStatus.DRAFT) | ~Q(rationale=""),
                violation_error_message=_("Say why: a verdict needs a rationale before it is submitted."),
            ),
            models.CheckConstraint(
                name="kb_factcheck_needs_rating",
                condition=Q(status=FactCheckStatus.DRAFT)
                | Q(rating__isnull=False, as_of__isnull=False, checked_on__isnull=False, submitted_at__isnull=False),
                violation_error_message=_("A submitted verdict has a rating and says as of which day it speaks."),
            ),
            models.CheckConstraint(
                name="kb_factcheck_as_of_not_after_check",
                condition=Q(as_of=None) | Q(checked_on=None) | Q(as_of__lte=F("checked_on")),
                violation_error_message=_("As-of is not after the day of the check."),
            ),
            models.CheckConstraint(
                name="kb_factcheck_expires_after_as_of",
                condition=Q(as_of=None) | Q(expires_on=None) | Q(expires_on__gt=F("as_of")),
                violation_error_message=_("A verdict expires after the day it speaks for."),
            ),
            models.CheckConstraint(
                name="kb_factcheck_decision_has_reviewer",
                condition=Q(status__in=OPEN, reviewer=None, decided_at=None)
                | (~Q(status__in=OPEN) & Q(reviewer__isnull=False, decided_at__isnull=False)),
                violation_error_message=_("A decided check names its reviewer and moment; an open one has neither."),
            ),
            models.CheckConstraint(
                name="kb_factcheck_rejection_has_reason",
                condition=~Q(status=FactCheckStatus.REJECTED) | ~Q(rejection_reason=""),
                violation_error_message=_("Say why: a rejection needs a reason."),
            ),
            models.CheckConstraint(
                name="kb_factcheck_reopening_is_signed",
                condition=Q(reopened_at=None, reopened_by=None, reopen_reason="")
                | (Q(status__in=PUBLIC, reopened_at__isnull=False, reopened_by__isnull=False) & ~Q(reopen_reason="")),
                violation_error_message=_("Only a published verdict is reopened, by somebody, with a reason."),
            ),
            *choice_rules("factcheck", status=FactCheckStatus),
        ]

    def __str__(self):
        return _("Check %(number)s of: %(claim)s") % {"number": self.number, "claim": self.claim}

    def natural_key(self):
        return (*self.claim.natural_key(), self.number)

    natural_key.dependencies = ["kb.claim", "kb.rating", "auth.user"]

    def get_absolute_url(self):
        return f"{self.claim.get_absolute_url()}#check-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


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
