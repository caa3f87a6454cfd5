"""Annotations: analysts' notes on exact words, or on a whole article, claim, citation or source."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import policy
from .article import Article
from .citation import Citation
from .claim import Claim
from .rules import About, AboutQuerySet, Anchored, Versioned, anchor_rules, choice_rules, length_rules, one_target
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
    BOOKMARKING = "bookmarking", _("bookmark")
    CLASSIFYING = "classifying", _("classification")
    IDENTIFYING = "identifying", _("identification")
    LINKING = "linking", _("link")
    MODERATING = "moderating", _("moderation")
    TAGGING = "tagging", _("label")


class Access(models.TextChoices):
    PRIVATE = "private", _("only you")
    TEAM = "team", _("the team: everybody who can sign in")
    PUBLIC = "public", _("every reader")


# The longest annotation of elsewhere that is kept as received, in bytes of its JSON.
LARGEST_ORIGINAL = 64 * 1024
LIMITS = {"labels": 1000, "links": 4000, "language": 35, "creator": 200, "via": 1000}

_is_web_address = URLValidator(schemes=["http", "https"])


def as_lines(values: Iterable[str]) -> str:
    """Values as a text column keeps them, one on each line: without empty ones, each once (capitals make none another)."""
    found = {}
    for value in values:
        if words := " ".join(value.split()):
            found.setdefault(words.casefold(), words)
    return "\n".join(found.values())


def validate_links(value: str) -> None:
    for address in value.splitlines():
        try:
            _is_web_address(address)
        except ValidationError as error:
            raise ValidationError(
                _("“%(address)s” is no web address: write one on each line, with https://."),
                params={"address": address[:80]},
            ) from error


class AnnotationQuerySet(AboutQuerySet):
    def labelled(self, word: str):
        """Notes with this label."""
        return self.filter(
            Q(labels__iexact=word)
            | Q(labels__istartswith=f"{word}\n")
            | Q(labels__iendswith=f"\n{word}")
            | Q(labels__icontains=f"\n{word}\n")
        )

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


class Annotation(About, Versioned, Anchored):
    TARGETS = ("article", "claim", "citation", "source")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, related_name="annotations")
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, blank=True, related_name="annotations")
    citation = models.ForeignKey(Citation, models.CASCADE, null=True, blank=True, related_name="annotations")
    source = models.ForeignKey(Source, models.CASCADE, null=True, blank=True, related_name="annotations")
    motivation = models.CharField(_("motivation"), max_length=15, choices=Motivation, default=Motivation.COMMENTING)
    body = models.TextField(_("note"), blank=True)
    language = models.CharField(
        _("language of the note"), max_length=35, blank=True, help_text=_("BCP 47; empty: as the words say.")
    )
    labels = models.TextField(_("labels"), blank=True, help_text=_("One on each line."))
    links = models.TextField(
        _("links"), blank=True, validators=[validate_links], help_text=_("Web addresses, one on each line.")
    )
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

    # Of a note that came from elsewhere: its address there, who wrote it, and the whole of it as received.
    via = models.CharField(_("address elsewhere"), max_length=1000, blank=True, editable=False)
    creator = models.CharField(_("written elsewhere by"), max_length=200, blank=True, editable=False)
    original = models.JSONField(_("as received"), default=dict, blank=True, editable=False)

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
                condition=one_target("article", "claim", "citation", "source"),
                violation_error_message=_("A note is about exactly one thing: an article, claim, citation or source."),
            ),
            models.CheckConstraint(
                name="kb_annotation_words_need_article",
                condition=Q(start=None) | Q(article__isnull=False),
                violation_error_message=_("Only a note on an article marks words."),
            ),
            models.CheckConstraint(
                name="kb_annotation_says_something",
                condition=~Q(body="", labels="", links="") | Q(motivation=Motivation.HIGHLIGHTING),
                violation_error_message=_(
                    "Write the note, a label or a link; only a highlight may stay without words."
                ),
            ),
            models.CheckConstraint(
                name="kb_annotation_resolution_is_signed",
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                violation_error_message=_("A resolved note names who resolved it and when."),
            ),
            models.UniqueConstraint(
                fields=["author", "via"],
                condition=~Q(via=""),
                name="kb_annotation_came_once",
                violation_error_message=_("You brought in this note already."),
            ),
            *anchor_rules("annotation"),
            *choice_rules("annotation", motivation=Motivation, access=Access),
            *length_rules("annotation", **LIMITS),
        ]

    def __str__(self):
        return self.body[:80] or self.exact[:80] or (self.labels or self.links).replace("\n", ", ")[:80]

    def natural_key(self):
        return (str(self.uid),)

    natural_key.dependencies = ["kb.article", "kb.claim", "kb.citation", "kb.source", "auth.user"]

    @property
    def thread_above(self) -> list["Annotation"]:
        """This note, what it answers, and so on up to the first note of the thread."""
        thread = [self]
        while (above := thread[-1].reply_to) is not None and above not in thread:
            thread.append(above)
        return thread

    @property
    def root(self) -> "Annotation":
        """The first note of the thread."""
        return self.thread_above[-1]

    @property
    def label_list(self) -> list[str]:
        return self.labels.splitlines()

    @property
    def link_list(self) -> list[str]:
        return self.links.splitlines()

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None
