"""What a person follows, and what they were told about it."""

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .annotation import Annotation
from .article import Article
from .citation import Citation
from .claim import Claim
from .factcheck import FactCheck
from .rules import About, AboutQuerySet, length_rules, one_target
from .source import Source
from .tag import Tag
from .task import Task


class OwnQuerySet(AboutQuerySet):
    def visible_to(self, user=None, *, now=None):
        """Each person's own; nobody sees another's, administrators neither."""
        return self.filter(user=user) if user is not None and user.is_authenticated else self.none()


class Follow(About):
    """A person wants to hear about a thing. That they do, and why, is theirs alone: no version of it is kept."""

    TARGETS = ("claim", "article", "source", "tag")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows", editable=False)
    claim = models.ForeignKey(
        Claim, models.CASCADE, null=True, blank=True, related_name="followers", verbose_name=_("claim")
    )
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="followers", verbose_name=_("article")
    )
    source = models.ForeignKey(
        Source, models.CASCADE, null=True, blank=True, related_name="followers", verbose_name=_("source")
    )
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, related_name="followers", verbose_name=_("tag"))
    why = models.TextField(_("why I follow it"), blank=True, help_text=_("Only you read this."))
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = OwnQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing I follow")
        verbose_name_plural = _("things I follow")
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="kb_follow_has_one_target",
                condition=one_target("claim", "article", "source", "tag"),
                violation_error_message=_("One follows exactly one thing: a claim, article, source or tag."),
            ),
            *(
                models.UniqueConstraint(
                    fields=["user", target],
                    name=f"kb_follow_{target}_once",
                    violation_error_message=_("You follow it already."),
                )
                for target in ("claim", "article", "source", "tag")
            ),
        ]

    def __str__(self):
        return self.thing_words


class NoticeQuerySet(OwnQuerySet):
    def unread(self):
        return self.filter(read_at=None)


def with_own_work(users: models.QuerySet) -> models.QuerySet:
    """People who bring along how many tasks are theirs and how many notices they have not read, in the query that
    loads them: every page of the desk says it."""
    return users.annotate(
        open_tasks=_how_many(Task.objects.open(), of="assignee"),
        unread_notices=_how_many(Notice.objects.unread(), of="user"),
    )


def _how_many(rows: models.QuerySet, *, of: str) -> Coalesce:
    counted = rows.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


class Notice(About):
    """One event, told to one person once: whoever tells it again tells nothing new."""

    TARGETS = ("article", "claim", "fact_check", "citation", "source", "tag", "task", "annotation")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", editable=False)
    event = models.CharField(_("event"), max_length=200, editable=False)
    words = models.TextField(_("notice"), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, editable=False, related_name="notices")
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, blank=True, editable=False, related_name="notices")
    fact_check = models.ForeignKey(
        FactCheck, models.CASCADE, null=True, blank=True, editable=False, related_name="notices"
    )
    citation = models.ForeignKey(
        Citation, models.CASCADE, null=True, blank=True, editable=False, related_name="notices"
    )
    source = models.ForeignKey(Source, models.CASCADE, null=True, blank=True, editable=False, related_name="notices")
    tag = models.ForeignKey(Tag, models.CASCADE, null=True, blank=True, editable=False, related_name="notices")
    task = models.ForeignKey(Task, models.CASCADE, null=True, blank=True, editable=False, related_name="notices")
    annotation = models.ForeignKey(
        Annotation, models.CASCADE, null=True, blank=True, editable=False, related_name="notices"
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "event"],
                name="kb_notice_once_for_a_person",
                violation_error_message=_("The person was told of this event."),
            ),
            models.CheckConstraint(
                name="kb_notice_has_one_target",
                condition=one_target(
                    "article", "claim", "fact_check", "citation", "source", "tag", "task", "annotation"
                ),
                violation_error_message=_("A notice leads to exactly one thing."),
            ),
            models.CheckConstraint(
                name="kb_notice_says_something",
                condition=~Q(words="") & ~Q(event=""),
                violation_error_message=_("A notice names its event and says something."),
            ),
            *length_rules("notice", event=200),
        ]
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at=None), name="kb_notice_unread"),
            models.Index(fields=["user", "-at"], name="kb_notice_of_a_person"),
        ]

    def __str__(self):
        return self.words

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


class Digest(models.Model):
    """A person who wants one mail a day of what is new and due, and when the last one left."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest", editable=False)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("last sent at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("daily digest")
        verbose_name_plural = _("daily digests")

    def __str__(self):
        return str(self.user)
