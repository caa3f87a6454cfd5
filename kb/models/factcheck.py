"""Fact-checks: dated verdicts on claims, from the draft to what supersedes them."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import policy
from .claim import Claim
from .rating import Rating
from .rules import Versioned, choice_rules, rows_behind
from .versions import Versions


class FactCheckStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")
    REJECTED = "rejected", _("rejected")


class Dissent(models.TextChoices):
    """Whether the second opinion was of another class, and whether a third person has settled it."""

    NONE = "", _("none")
    OPEN = "open", _("dissent open")
    RESOLVED = "resolved", _("dissent resolved")


class Expiry(models.TextChoices):
    """Where the day comes from until which a verdict is good."""

    RULE = "rule", _("by the rule for such statements")
    DAY = "day", _("on a day of its own")
    NEVER = "never", _("never")


OPEN = (FactCheckStatus.DRAFT, FactCheckStatus.SUBMITTED)
PUBLIC = (FactCheckStatus.PUBLISHED, FactCheckStatus.SUPERSEDED)


class Days(Func):
    """Whole days from one day to another."""

    arity = 2
    output_field = models.IntegerField()

    def as_sql(self, compiler, connection, **context):
        (start, before), (end, after) = (compiler.compile(day) for day in self.get_source_expressions())
        if connection.vendor == "postgresql":
            return f"({end}::date - {start}::date)", (*after, *before)
        return f"CAST(julianday({end}) - julianday({start}) AS INTEGER)", (*after, *before)


class FactCheckQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """Readers see verdicts that are or were published."""
        if policy.may(user, policy.PREVIEW):
            return self
        return self.filter(status__in=PUBLIC)

    def open(self):
        return self.filter(status__in=OPEN)

    def to_check_again(self, *, until: date, today: date):
        """Published verdicts that are good until this day at most, what weighs most first.

        `reach` counts the published articles that make the claim, `age` the days since the day the verdict speaks for:
        what it knows may have changed since then. `weight` is reach times age. What is in doubt is being checked anyway.
        """
        made = rows_behind(Claim, "appearances").visible_to(None).filter(claim=OuterRef("claim")).order_by()
        reach = made.values("claim").annotate(reach=Count("article", distinct=True)).values("reach")
        due = self.filter(status=FactCheckStatus.PUBLISHED, reopened_at=None, expires_on__lte=until)
        return (
            due.annotate(reach=Coalesce(Subquery(reach), 0), age=Days("as_of", Value(today, models.DateField())))
            .annotate(weight=F("reach") * F("age"))
            .order_by("-weight", "expires_on", "pk")
        )

    def with_rating_shown_to(self, user):
        """Adds `is_rating_shown`: whether this person may see rating and rationale; see `hides_rating_from`."""
        reviewed = rows_behind(self.model, "reviews").filter(fact_check=OuterRef("pk"))
        return self.annotate(
            is_rating_shown=ExpressionWrapper(
                Q(status__in=PUBLIC) | Q(author=user) | Exists(reviewed), output_field=models.BooleanField()
            )
        )

    def rating_shown_to(self, user):
        return self.with_rating_shown_to(user).filter(is_rating_shown=True)


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
    expiry = models.CharField(_("expiry"), max_length=5, choices=Expiry, default=Expiry.RULE)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    consulted = models.ManyToManyField(
        "self",
        blank=True,
        symmetrical=False,
        related_name="consulted_by",
        verbose_name=_("precedents consulted"),
        help_text=_("Earlier verdicts that were looked at for this one."),
    )
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
    seal = models.JSONField(
        _("seal"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("Hashes of what was submitted: nothing else can be approved."),
    )
    dissent = models.CharField(
        _("dissent"), max_length=10, choices=Dissent, blank=True, default=Dissent.NONE, editable=False
    )
    return_reason = models.TextField(_("why it was handed back"), blank=True, editable=False)
    rejection_reason = models.TextField(_("why it was rejected"), blank=True, editable=False)
    reopened_at = models.DateTimeField(_("reopened at"), null=True, blank=True, editable=False)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    reopen_reason = models.TextField(_("why it was reopened"), blank=True, editable=False)

    objects = FactCheckManager()
    history = Versions(links=("consulted",), opened=opened_versions, withheld=("rating", "rationale", "seal"))

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
            models.CheckConstraint(
                name="kb_factcheck_expiry_fits_its_day",
                condition=Q(expiry=Expiry.RULE)
                | Q(expiry=Expiry.NEVER, expires_on=None)
                | Q(expiry=Expiry.DAY, expires_on__isnull=False),
                violation_error_message=_("Give the day the verdict expires on, or choose that it never does."),
            ),
            models.CheckConstraint(
                name="kb_factcheck_handed_back_is_draft",
                condition=Q(return_reason="") | Q(status=FactCheckStatus.DRAFT),
                violation_error_message=_("Only a draft was handed back."),
            ),
            models.CheckConstraint(
                name="kb_factcheck_dissent_is_of_a_review",
                condition=Q(dissent=Dissent.NONE) | ~Q(status=FactCheckStatus.DRAFT),
                violation_error_message=_("Nobody has reviewed a draft, so nobody dissents."),
            ),
            *choice_rules("factcheck", status=FactCheckStatus, dissent=Dissent, expiry=Expiry),
        ]
        indexes = [
            models.Index(
                fields=["expires_on"], condition=Q(status=FactCheckStatus.PUBLISHED), name="kb_factcheck_expiring"
            )
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

    def hides_rating_from(self, user) -> bool:
        """Whether rating and rationale are kept from this person: a reviewer chooses before seeing them.

        They open to all once somebody has chosen or readers see them. A rejected check stays closed until then, since
        its author drafts the next one for the same reviewer.
        """
        return self.author_id != user.pk and self.status not in PUBLIC and not self.reviews.exists()
