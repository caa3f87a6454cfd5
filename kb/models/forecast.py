"""What became of forecasts: scored when they are due, by one person and confirmed by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import policy
from .claim import Claim
from .rules import Versioned, choice_rules, length_rules
from .versions import Versions


class Outcome(models.TextChoices):
    CAME_TRUE = "came_true", _("came true")
    DID_NOT = "did_not", _("did not come true")
    PARTLY = "partly", _("came true in part")
    UNKNOWN = "cannot_be_told", _("cannot be told")


class ForecastScoreQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """Readers see an outcome once a second person has confirmed it."""
        return self if policy.may(user, policy.PREVIEW) else self.confirmed()

    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)


class ForecastScoreManager(models.Manager.from_queryset(ForecastScoreQuerySet)):
    def get_by_natural_key(self, text, language):
        return self.get(claim__text=text, claim__language=language)


class ForecastScore(Versioned):
    """How one forecast came out, with the reason. A confirmed one is on record and is not changed."""

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="score", verbose_name=_("forecast"))
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome)
    reason = models.TextField(_("why"), help_text=_("What happened, and how it compares with the forecast's words."))
    address = models.URLField(_("address of the evidence"), max_length=1000)
    scored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("scored by")
    )
    scored_at = models.DateTimeField(_("scored at"), default=timezone.now, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)

    objects = ForecastScoreManager()
    history = Versions()

    class Meta:
        verbose_name = _("outcome of a forecast")
        verbose_name_plural = _("outcomes of forecasts")
        ordering = ["-scored_at"]
        constraints = [
            models.CheckConstraint(
                name="kb_forecastscore_says_why",
                condition=~Q(reason="") & ~Q(address=""),
                violation_error_message=_("An outcome has a reason and the address of its evidence."),
            ),
            models.CheckConstraint(
                name="kb_forecastscore_confirmed_by_another",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("scored_by")),
                violation_error_message=_("Nobody confirms their own score: ask a colleague."),
            ),
            models.CheckConstraint(
                name="kb_forecastscore_confirmation_is_signed",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                violation_error_message=_("A confirmation names its person and moment."),
            ),
            *choice_rules("forecastscore", outcome=Outcome),
            *length_rules("forecastscore", address=1000),
        ]

    def __str__(self):
        return f"{self.get_outcome_display()}: {self.claim}"

    def natural_key(self):
        return self.claim.natural_key()

    natural_key.dependencies = ["kb.claim", "auth.user"]

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None
