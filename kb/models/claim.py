"""Claims: statements that can be checked, and the places where articles make them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Exists, F, FilteredRelation, OuterRef, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import policy
from .article import Article
from .citation import Citation
from .rules import (
    Anchored,
    SavedAt,
    Suggestion,
    SuggestionQuerySet,
    Versioned,
    anchor_rules,
    came_with,
    choice_rules,
    length_rules,
    rows_behind,
    suggestion_rules,
)
from .versions import Versions


class StatementType(models.TextChoices):
    FACT = "fact", _("fact")
    OPINION = "opinion", _("opinion")
    FORECAST = "forecast", _("forecast")
    QUOTATION = "quotation", _("quotation")


class ClaimStatus(models.TextChoices):
    """The fact-check status that is stored; see `Standing` for the one that is shown."""

    UNCHECKED = "unchecked", _("unchecked")
    BEING_CHECKED = "being_checked", _("being checked")
    CHECKED = "checked", _("checked")
    REOPENED = "reopened", _("reopened")


EXPIRED = "expired"
STANDINGS = [*ClaimStatus.choices, (EXPIRED, _("expired"))]


class ClaimQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """What this person may see; readers see a claim that a published article makes or a published verdict rates."""
        if policy.may(user, policy.PREVIEW):
            return self
        this = OuterRef("pk")
        return self.filter(
            Exists(rows_behind(self.model, "appearances").visible_to(now=now).filter(claim=this))
            | Exists(rows_behind(self.model, "fact_checks").visible_to(now=now).filter(claim=this))
        )

    def with_standing(self, *, on=None):
        """Adds `standing` (the status, or expired: checked and past its day) and the join `verdict`, the published check.

        The standing does not use the join: that makes SQLite read all fact-checks first, for one page of claims too.
        """
        return self.annotate(
            verdict=FilteredRelation("fact_checks", condition=Q(fact_checks__status="published")),
            standing=Case(
                When(self._expired(on), then=Value(EXPIRED)), default=F("status"), output_field=models.CharField()
            ),
        )

    def standing_as(self, *standings, on=None):
        """Those whose standing is one of these."""
        wanted = Q(status__in={*standings} - {EXPIRED})
        if ClaimStatus.CHECKED in standings and EXPIRED not in standings:
            wanted &= ~self._expired(on)
        if EXPIRED in standings:
            wanted |= self._expired(on)
        return self.filter(wanted)

    def _expired(self, on) -> Q:
        past = rows_behind(self.model, "fact_checks").filter(
            claim=OuterRef("pk"), status="published", expires_on__lt=on or timezone.localdate()
        )
        return Q(status=ClaimStatus.CHECKED) & Exists(past)

    def forecasts(self):
        """Those that stand in the ledger: what is predicted, with a day on which it can be told."""
        return self.filter(statement_type=StatementType.FORECAST, resolves_on__isnull=False)


class ClaimManager(models.Manager.from_queryset(ClaimQuerySet)):
    def get_by_natural_key(self, text, language):
        return self.get(text=text, language=language)

    def worded(self, text: str, language: str) -> "Claim | None":
        """The claim in exactly these words, or the one that was also worded so."""
        own = self.filter(text=text, language=language).first()
        return own or self.filter(wordings__text=text, wordings__language=language).first()


class Claim(Versioned):
    text = models.CharField(
        _("claim"),
        max_length=500,
        help_text=_("One statement in canonical words, understandable without its article."),
    )
    language = models.CharField(_("language"), max_length=35, blank=True, default="en", help_text=_("BCP 47: en, fa."))
    statement_type = models.CharField(
        _("statement type"),
        max_length=10,
        choices=StatementType,
        default=StatementType.FACT,
        help_text=_("Opinions and forecasts are marked as such and get no truth rating."),
    )
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=50, blank=True, help_text=_("US dollars, soldiers, per cent."))
    period = models.CharField(_("period"), max_length=64, blank=True, help_text=_("The time it is about: 2022 (EDTF)."))
    definition = models.CharField(_("definition"), max_length=300, blank=True, help_text=_("What exactly is counted."))
    resolves_on = models.DateField(
        _("resolves on"),
        null=True,
        blank=True,
        help_text=_("The day a forecast can be scored; with it the forecast stands in the public ledger."),
    )
    status = models.CharField(
        _("fact-check status"),
        max_length=15,
        choices=ClaimStatus,
        default=ClaimStatus.UNCHECKED,
        editable=False,
        db_index=True,
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    changed_at = SavedAt(
        _("changed at"),
        help_text=_("When its words, its verdict or its corrections last changed: pages that show it are as fresh."),
    )

    objects = ClaimManager()
    history = Versions()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "language"],
                name="kb_claim_once",
                violation_error_message=_("This claim exists: link its appearance instead of writing it again."),
            ),
            models.CheckConstraint(
                name="kb_claim_says_something",
                condition=~Q(text=""),
                violation_error_message=_("A claim says something."),
            ),
            models.CheckConstraint(
                name="kb_claim_value_has_unit",
                condition=Q(value=None) | ~Q(unit=""),
                violation_error_message=_("A figure needs its unit."),
            ),
            models.CheckConstraint(
                name="kb_claim_only_forecasts_resolve",
                condition=Q(resolves_on=None) | Q(statement_type=StatementType.FORECAST),
                violation_error_message=_("Only a forecast has a day on which it can be scored."),
            ),
            *choice_rules("claim", statement_type=StatementType, status=ClaimStatus),
            *length_rules("claim", text=500, language=35, unit=50, period=64, definition=300),
        ]

    def __str__(self):
        return self.text

    def natural_key(self):
        return (self.text, self.language)

    def get_absolute_url(self):
        return reverse("kb:claim", args=[self.pk])

    @property
    def is_settled(self) -> bool:
        return self.status == ClaimStatus.CHECKED

    def clean(self):
        wordings = ClaimWording.objects.filter(text=self.text, language=self.language).exclude(claim=self.pk)
        if taken := wordings.exclude(merge__undone_at__isnull=False).select_related("claim").first():
            words = _("These words are another wording of the claim “%(claim)s”: link its appearance instead.")
            raise ValidationError({"text": words % {"claim": taken.claim}})


class ClaimWording(Versioned):
    """Other words of a claim, by which imports and people find it."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="wordings", verbose_name=_("claim"))
    text = models.CharField(_("words"), max_length=500)
    language = models.CharField(_("language"), max_length=35, blank=True, default="en", help_text=_("BCP 47: en, fa."))
    merge = came_with()

    history = Versions()

    class Meta:
        verbose_name = _("other wording of a claim")
        verbose_name_plural = _("other wordings of claims")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "language"],
                name="kb_claimwording_once",
                violation_error_message=_("A claim is worded so already."),
            ),
            models.CheckConstraint(
                name="kb_claimwording_says_something",
                condition=~Q(text=""),
                violation_error_message=_("A wording says something."),
            ),
            *length_rules("claimwording", text=500, language=35),
        ]

    def __str__(self):
        return self.text

    def clean(self):
        if Claim.objects.filter(text=self.text, language=self.language).exclude(pk=self.claim_id).exists():
            raise ValidationError({"text": _("A claim stands in these words: merge the two instead.")})


class Variant(models.TextChoices):
    """How the article's wording differs from the claim's."""

    SAME = "same", _("same")
    OTHER_NUMBER = "other_number", _("other number")
    OTHER_TIME = "other_time", _("other time")
    OTHER_ACTOR = "other_actor", _("other actor")
    NEGATION = "negation", _("negation")


class AppearanceQuerySet(SuggestionQuerySet):
    def visible_to(self, user=None, *, now=None):
        if policy.may(user, policy.PREVIEW):
            return self
        return self.confirmed().filter(policy.public_article("article__", now=now))


class AppearanceManager(models.Manager.from_queryset(AppearanceQuerySet)):
    def get_by_natural_key(self, article, start, end, revision):
        return self.get(article__slug=article, start=start, end=end, revision=revision)


class Appearance(Suggestion, Anchored):
    """A claim in an article: the exact words, and the citations that support it there.

    A suggested one has no claim yet: claims are written by people, or made of the words when one is confirmed.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="appearances", verbose_name=_("article"))
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="appearances", verbose_name=_("claim")
    )
    citations = models.ManyToManyField(
        Citation, blank=True, related_name="appearances", verbose_name=_("supported there by")
    )
    variant = models.CharField(_("variant"), max_length=15, choices=Variant, default=Variant.SAME)

    objects = AppearanceManager()
    history = Versions(links=("citations",))

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["article", "start", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "revision", "start", "end"],
                name="kb_appearance_once",
                violation_error_message=_("These words are an appearance already."),
            ),
            models.CheckConstraint(
                name="kb_appearance_confirmed_has_claim",
                condition=~Q(state="confirmed") | Q(claim__isnull=False),
                violation_error_message=_("Choose the claim these words make, or have one made of them."),
            ),
            models.CheckConstraint(
                name="kb_appearance_is_anchored",
                condition=Q(start__isnull=False),
                violation_error_message=_("An appearance marks exact words of the article."),
            ),
            *suggestion_rules("appearance"),
            *anchor_rules("appearance"),
            *choice_rules("appearance", variant=Variant),
        ]

    def __str__(self):
        return self.exact

    def natural_key(self):
        return (*self.article.natural_key(), self.start, self.end, self.revision)

    natural_key.dependencies = ["kb.article", "kb.claim", "kb.citation"]
