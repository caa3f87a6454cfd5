"""Fact-checks of others: their words stay theirs, beside our verdicts and never mixed with them."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import policy
from .claim import Claim
from .rating import CoarseClass
from .rules import Versioned, choice_rules, length_rules, validate_edtf
from .source import Source
from .versions import Versions


class RatingWordsManager(models.Manager):
    def get_by_natural_key(self, words, site):
        return self.get(words=words, site=site)


class RatingWords(Versioned):
    """What another fact-checker's rating words mean on our coarse scale; words the table does not hold stay unrated."""

    words = models.CharField(_("words"), max_length=200, help_text=_("As their site prints them."))
    site = models.CharField(
        _("site"), max_length=200, blank=True, help_text=_("The domain that uses them so; empty for every site.")
    )
    language = models.CharField(_("language"), max_length=35, blank=True, help_text=_("BCP 47: en, fa."))
    gloss = models.CharField(_("in English"), max_length=200, blank=True)
    coarse_class = models.CharField(_("coarse class"), max_length=10, choices=CoarseClass)

    objects = RatingWordsManager()
    history = Versions()

    class Meta:
        verbose_name = _("rating words of others")
        verbose_name_plural = _("rating words of others")
        ordering = ["site", "words"]
        constraints = [
            models.UniqueConstraint(
                fields=["words", "site"],
                name="kb_ratingwords_once",
                violation_error_message=_("These words of this site have a class already."),
            ),
            models.CheckConstraint(
                name="kb_ratingwords_say_something",
                condition=~Q(words=""),
                violation_error_message=_("Rating words are not empty."),
            ),
            *choice_rules("ratingwords", coarse_class=CoarseClass),
            *length_rules("ratingwords", words=200, site=200, language=35, gloss=200),
        ]

    def __str__(self):
        return self.words

    def natural_key(self):
        return (self.words, self.site)


class ForeignCheckQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """What this person may see; readers see those that a person linked to a public claim."""
        if policy.may(user, policy.PREVIEW):
            return self
        return self.filter(Exists(Claim.objects.visible_to(user, now=now).filter(pk=OuterRef("claim"))))


class ForeignCheckManager(models.Manager.from_queryset(ForeignCheckQuerySet)):
    def get_by_natural_key(self, key):
        return self.get(key=key)


class ForeignCheck(Versioned):
    """One published review of a statement by another fact-checker (schema.org ClaimReview)."""

    key = models.CharField(
        _("key"),
        max_length=64,
        unique=True,
        editable=False,
        help_text=_("SHA-256 of address, publisher and statement."),
    )
    statement = models.TextField(_("statement"), help_text=_("The words they checked."))
    claimant = models.TextField(_("claimant"), blank=True, help_text=_("Who said it, as they print it."))
    claimed_on = models.CharField(_("claimed on"), max_length=64, blank=True, validators=[validate_edtf])
    publisher_name = models.CharField(_("publisher"), max_length=300, blank=True)
    publisher_site = models.CharField(_("site"), max_length=300, blank=True)
    publisher = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="foreign_checks", verbose_name=_("source")
    )
    address = models.URLField(_("address"), max_length=2000, blank=True)
    title = models.TextField(_("title"), blank=True)
    reviewed_on = models.CharField(_("reviewed on"), max_length=64, blank=True, validators=[validate_edtf])
    rating_words = models.TextField(_("rating"), blank=True, help_text=_("Their words, unchanged."))
    coarse_class = models.CharField(
        _("coarse class"),
        max_length=10,
        choices=CoarseClass,
        default=CoarseClass.NONE,
        help_text=_("By the table of rating words; none is unrated."),
    )
    language = models.CharField(_("language"), max_length=35, blank=True)
    raw = models.JSONField(_("as received"), default=dict, editable=False)
    claim = models.ForeignKey(
        Claim,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="foreign_checks",
        verbose_name=_("claim"),
        help_text=_("Our claim that says the same; a person decides."),
    )
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    received_at = models.DateTimeField(_("received at"), default=timezone.now, editable=False)

    objects = ForeignCheckManager()
    history = Versions()

    class Meta:
        verbose_name = _("fact-check of others")
        verbose_name_plural = _("fact-checks of others")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="kb_foreigncheck_says_something",
                condition=~Q(statement=""),
                violation_error_message=_("A fact-check names the statement it checked."),
            ),
            models.CheckConstraint(
                name="kb_foreigncheck_has_key",
                condition=Q(key__length=64),
                violation_error_message=_("A fact-check of others is known by a SHA-256."),
            ),
            models.CheckConstraint(
                name="kb_foreigncheck_link_is_signed",
                condition=Q(claim=None) | Q(linked_by__isnull=False),
                violation_error_message=_("A person says which claim of ours a check of others is about."),
            ),
            *choice_rules("foreigncheck", coarse_class=CoarseClass),
            *length_rules(
                "foreigncheck",
                claimed_on=64,
                reviewed_on=64,
                publisher_name=300,
                publisher_site=300,
                address=2000,
                language=35,
            ),
        ]

    def __str__(self):
        return self.statement[:80]

    def natural_key(self):
        return (self.key,)

    natural_key.dependencies = ["kb.source", "kb.claim"]
