"""Corrections: what these pages said, what they say now, and why; in public, for good.

Rows are only ever added. A trigger refuses other words in one that stands (see the migrations), and `services.integrity`
finds one that was changed or removed all the same.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import policy
from .article import Article
from .claim import Claim
from .factcheck import FactCheck
from .rules import About, choice_rules, one_target
from .versions import Versions


class CorrectionKind(models.TextChoices):
    """What a correction does to what readers relied on (the terms of the fact-checkers' code of principles)."""

    RATING_AFFECTED = "rating_affected", _("rating changed")
    RATING_UNAFFECTED = "rating_unaffected", _("reasons changed, same rating")
    WORDING = "wording", _("wording")
    VOID = "void", _("void: taken back")
    UPDATE = "update", _("update")


# What an editor may write by hand; what a change of verdicts comes to is said by the verdicts.
BY_HAND = (CorrectionKind.WORDING, CorrectionKind.VOID, CorrectionKind.UPDATE)


class Ring(models.TextChoices):
    """Why a change of a claim touches an article, the nearest reason first."""

    CITES = "cites", _("makes the claim")
    VARIANT = "variant", _("words the claim differently")
    SAME_CITATION = "same_citation", _("makes another claim that rests on the same citation")


class CorrectionQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """Readers see corrections of what they may see."""
        if policy.may(user, policy.PREVIEW):
            return self
        return self.filter(
            Exists(Claim.objects.visible_to(user, now=now).filter(pk=OuterRef("claim")))
            | Exists(Article.objects.visible_to(user, now=now).filter(pk=OuterRef("article")))
        )

    def of_step(self, before: FactCheck, after: FactCheck | None):
        """The correction that says this change of verdicts: the next one, or for None that the verdict was reopened."""
        return self.filter(check_after=after) if after else self.filter(check_before=before, check_after=None)


class CorrectionManager(models.Manager.from_queryset(CorrectionQuerySet)):
    def get_by_natural_key(self, uid):
        return self.get(uid=uid)


class Correction(About):
    """One public entry about a claim or an article; `check_before` and `check_after` are the verdicts it is about."""

    TARGETS = ("claim", "article")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=CorrectionKind)
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("claim")
    )
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("article")
    )
    check_before = models.ForeignKey(
        FactCheck, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verdict before")
    )
    check_after = models.ForeignKey(
        FactCheck, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("verdict after")
    )
    before = models.TextField(_("before"), help_text=_("What it said."))
    after = models.TextField(_("after"), blank=True, help_text=_("What it says now; empty when it is taken back."))
    reason = models.TextField(_("reason"), help_text=_("Why, for readers."))
    made_at = models.DateTimeField(_("made at"), default=timezone.now, editable=False, db_index=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("made by")
    )

    objects = CorrectionManager()
    history = Versions()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="kb_correction_has_one_target",
                condition=one_target("claim", "article"),
                violation_error_message=_("A correction is about a claim or about an article: exactly one."),
            ),
            models.CheckConstraint(
                name="kb_correction_says_what_was",
                condition=~Q(before="") & ~Q(reason=""),
                violation_error_message=_("A correction says what it said before, and why it changed."),
            ),
            models.CheckConstraint(
                name="kb_correction_says_what_is",
                condition=~Q(after="")
                | Q(kind=CorrectionKind.VOID)
                | Q(check_before__isnull=False, check_after__isnull=True),
                violation_error_message=_("Say what it says now; only what is void or in doubt leaves that empty."),
            ),
            models.CheckConstraint(
                name="kb_correction_verdicts_are_of_a_claim",
                condition=Q(check_before=None, check_after=None) | Q(claim__isnull=False, check_before__isnull=False),
                violation_error_message=_("Verdicts are corrected at their claim, and the one before is named."),
            ),
            models.CheckConstraint(
                name="kb_correction_kind_fits_verdicts",
                condition=Q(kind__in=BY_HAND, check_after=None)
                | Q(kind=CorrectionKind.UPDATE)
                | (~Q(kind__in=BY_HAND) & Q(check_after__isnull=False)),
                violation_error_message=_(
                    "A changed rating or reasons need both verdicts; wording and void are about no new one."
                ),
            ),
            models.UniqueConstraint(
                fields=["check_after"],
                condition=Q(check_after__isnull=False),
                name="kb_correction_once_for_a_verdict",
                violation_error_message=_("The correction of this verdict stands already."),
            ),
            models.UniqueConstraint(
                fields=["check_before"],
                condition=Q(check_before__isnull=False, check_after__isnull=True),
                name="kb_correction_once_for_a_reopening",
                violation_error_message=_("The correction of this reopening stands already."),
            ),
            *choice_rules("correction", kind=CorrectionKind),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.target}"

    def get_absolute_url(self):
        return reverse("kb:correction", args=[self.pk])

    def natural_key(self):
        return (self.uid,)

    natural_key.dependencies = ["kb.claim", "kb.article", "kb.factcheck", "auth.user"]

    @property
    def is_reopening(self) -> bool:
        """It says that a verdict is in doubt, and no other is there yet."""
        return self.check_before_id is not None and self.check_after_id is None


class CorrectionArticleQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """Articles that readers may not see are neither named nor counted."""
        if policy.may(user, policy.PREVIEW):
            return self
        return self.filter(policy.public_article("article__", now=now))

    def open(self):
        """Changes that no editor has acknowledged at the article yet."""
        return self.filter(~Exists(Acknowledgement.objects.filter(touched=OuterRef("pk"))))

    def in_order(self):
        """The nearest ring first."""
        nearest = [models.When(ring=ring, then=place) for place, ring in enumerate(Ring)]
        return self.order_by(models.Case(*nearest, output_field=models.SmallIntegerField()), "pk")


class CorrectionArticleManager(models.Manager.from_queryset(CorrectionArticleQuerySet)):
    def get_by_natural_key(self, uid, slug):
        return self.get(correction__uid=uid, article__slug=slug)


class CorrectionArticle(models.Model):
    """An article that a correction of a claim touches, and through which ring."""

    correction = models.ForeignKey(
        Correction, models.CASCADE, related_name="touched", verbose_name=_("correction"), db_index=False
    )
    article = models.ForeignKey(Article, models.PROTECT, related_name="touched", verbose_name=_("article"))
    ring = models.CharField(_("ring"), max_length=15, choices=Ring)

    objects = CorrectionArticleManager()

    class Meta:
        verbose_name = _("touched article")
        verbose_name_plural = _("touched articles")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["correction", "article"],
                name="kb_correctionarticle_once",
                violation_error_message=_("A correction touches an article once."),
            ),
            *choice_rules("correctionarticle", ring=Ring),
        ]

    def __str__(self):
        return f"{self.article}: {self.get_ring_display()}"

    def natural_key(self):
        return (*self.correction.natural_key(), *self.article.natural_key())

    natural_key.dependencies = ["kb.correction", "kb.article"]


class AcknowledgementManager(models.Manager):
    def get_by_natural_key(self, uid, slug, username):
        return self.get(touched__correction__uid=uid, touched__article__slug=slug, acknowledged_by__username=username)


class Acknowledgement(models.Model):
    """An editor has looked at a touched article again: who and when, once for each person."""

    touched = models.ForeignKey(
        CorrectionArticle,
        models.CASCADE,
        related_name="acknowledgements",
        verbose_name=_("touched article"),
        db_index=False,
    )
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("acknowledged by")
    )
    acknowledged_at = models.DateTimeField(_("acknowledged at"), default=timezone.now, editable=False)

    objects = AcknowledgementManager()

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["touched", "acknowledged_by"],
                name="kb_acknowledgement_once",
                violation_error_message=_("You have acknowledged this already."),
            ),
        ]

    def __str__(self):
        return f"{self.touched}: {self.acknowledged_by}"

    def natural_key(self):
        return (*self.touched.natural_key(), *self.acknowledged_by.natural_key())

    natural_key.dependencies = ["kb.correctionarticle", "auth.user"]
