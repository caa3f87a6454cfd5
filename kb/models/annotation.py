"""Annotations: analysts' notes on exact words, or on a whole article, claim, citation or source."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import policy
from .article import Article
from .citation import Citation
from .claim import Claim
from .rules import Anchored, Versioned, anchor_rules, choice_rules
from .source import Source
from .versions import Versions


class Motivation(models.TextChoices):
    """Why a note was made (W3C Web Annotation Vocabulary)."""

    COMMENTING = "commenting", _("comment")
    QUESTIONING = "questioning", _("question")
    DESCRIBING = "describing", _("description")
    ASSESSING = "assessing", _("assessment")
    EDITING = "editing", _("request for a change")
    HIGHLIGHTING = "highlighting", _("highlight")
    REPLYING = "replying", _("reply")


class Access(models.TextChoices):
    PRIVATE = "private", _("private: only you")
    TEAM = "team", _("team: everybody who can sign in")
    PUBLIC = "public", _("public: every reader")


class AnnotationQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """Notes this person may read on things this person may see."""
        readable = self.filter(policy.readable_annotation(user))
        if policy.may(user, policy.PREVIEW):
            return readable
        return readable.filter(
            Exists(Article.objects.visible_to(user, now=now).filter(pk=OuterRef("article")))
            | Exists(Claim.objects.visible_to(user, now=now).filter(pk=OuterRef("claim")))
            | Exists(Citation.objects.visible_to(user, now=now).filter(pk=OuterRef("citation")))
            | Exists(Source.objects.visible_to(user, now=now).filter(pk=OuterRef("source")))
        )


class AnnotationManager(models.Manager.from_queryset(AnnotationQuerySet)):
    def get_by_natural_key(self, uid):
        return self.get(uid=uid)


def readable_versions(versions, user):
    """What was private when it was written stays its author's, and what is private now takes its past along."""
    unreadable = versions.model.objects.filter(id=OuterRef("id")).exclude(policy.readable_annotation(user))
    notes = Annotation.objects.filter(pk=OuterRef("id"))
    return versions.filter(
        Exists(notes.visible_to(user)) | (~Exists(notes) & ~Exists(unreadable.filter(history_type="-"))),
        policy.readable_annotation(user),
    )


class Annotation(Versioned, Anchored):
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, related_name="annotations")
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, blank=True, related_name="annotations")
    citation = models.ForeignKey(Citation, models.CASCADE, null=True, blank=True, related_name="annotations")
    source = models.ForeignKey(Source, models.CASCADE, null=True, blank=True, related_name="annotations")
    motivation = models.CharField(_("motivation"), max_length=15, choices=Motivation, default=Motivation.COMMENTING)
    body = models.TextField(_("note"), blank=True)
    access = models.CharField(_("access"), max_length=10, choices=Access, default=Access.TEAM)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="annotations",
        verbose_name=_("author"),
    )
    reply_to = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("reply to")
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True, editable=False)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = AnnotationManager()
    history = Versions(readable=readable_versions)

    class Meta:
        verbose_name = _("annotation")
        verbose_name_plural = _("annotations")
        ordering = ["-created_at"]
        permissions = [("read_team_notes", "Can read team notes")]
        constraints = [
            models.CheckConstraint(
                name="kb_annotation_has_one_target",
                condition=Q(article__isnull=False, claim=None, citation=None, source=None)
                | Q(article=None, claim__isnull=False, citation=None, source=None)
                | Q(article=None, claim=None, citation__isnull=False, source=None)
                | Q(article=None, claim=None, citation=None, source__isnull=False),
                violation_error_message=_("A note is about exactly one thing: an article, claim, citation or source."),
            ),
            models.CheckConstraint(
                name="kb_annotation_words_need_article",
                condition=Q(start=None) | Q(article__isnull=False),
                violation_error_message=_("Only a note on an article marks words."),
            ),
            models.CheckConstraint(
                name="kb_annotation_says_something",
                condition=~Q(body="") | Q(motivation=Motivation.HIGHLIGHTING),
                violation_error_message=_("Write the note; only a highlight may stay without words."),
            ),
            models.CheckConstraint(
                name="kb_annotation_resolution_is_signed",
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                violation_error_message=_("A resolved note names who resolved it and when."),
            ),
            *anchor_rules("annotation"),
            *choice_rules("annotation", motivation=Motivation, access=Access),
        ]

    def __str__(self):
        return self.body[:80] or self.exact[:80]

    def natural_key(self):
        return (str(self.uid),)

    natural_key.dependencies = ["kb.article", "kb.claim", "kb.citation", "kb.source", "auth.user"]

    @property
    def target(self):
        return self.article or self.claim or self.citation or self.source

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None
