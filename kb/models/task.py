"""Tasks: one piece of work on one thing, opened by a person or a program, given out, and done or dropped."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import policy
from .annotation import Annotation
from .article import Article
from .challenge import Challenge
from .citation import Citation
from .claim import Claim
from .factcheck import FactCheck
from .rules import About, AboutQuerySet, Versioned, choice_rules, one_target
from .source import Source
from .versions import Versions


class TaskKind(models.TextChoices):
    CHECK = "check", _("check")
    REVIEW = "review", _("review")
    RECHECK = "recheck", _("check again: the verdict expires")
    AFTER_CHANGE = "after_change", _("look again: a verdict changed")
    CHALLENGE = "challenge", _("answer a challenge")
    OTHER = "other", _("other work")


class Priority(models.IntegerChoices):
    LOW = 1, _("low")
    NORMAL = 2, _("normal")
    HIGH = 3, _("high")
    URGENT = 4, _("urgent")


class TaskState(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class TaskQuerySet(AboutQuerySet):
    def visible_to(self, user=None, *, now=None):
        """Tasks are the desk's own: readers see none."""
        return self if policy.may(user, policy.ASSIGN) else self.none()

    def open(self):
        return self.filter(state=TaskState.OPEN)

    def mine(self, user):
        return self.open().filter(assignee=user)

    def unassigned(self):
        """Open and nobody's; what lies with a closed account is nobody's."""
        return self.open().filter(UNASSIGNED)

    def overdue(self, on=None):
        """Open, and due before this day (today)."""
        return self.open().filter(due_on__lt=on or timezone.localdate())


UNASSIGNED = Q(assignee=None) | Q(assignee__is_active=False)
# What is due first comes first, then what matters most; what has no day comes after what has one.
BY_URGENCY = (F("due_on").asc(nulls_last=True), "-priority", "opened_at", "pk")


class Task(About, Versioned):
    """There is one open task of a kind about a thing at most: `services.tasks.open_task` returns the one there is."""

    TARGETS = ("article", "claim", "fact_check", "citation", "source", "challenge", "annotation")

    kind = models.CharField(_("kind"), max_length=15, choices=TaskKind)
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("article")
    )
    claim = models.ForeignKey(
        Claim, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("claim")
    )
    fact_check = models.ForeignKey(
        FactCheck, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("fact-check")
    )
    citation = models.ForeignKey(
        Citation, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("citation")
    )
    source = models.ForeignKey(
        Source, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("source")
    )
    challenge = models.ForeignKey(
        Challenge, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("challenge")
    )
    annotation = models.ForeignKey(
        Annotation, models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("note")
    )
    why = models.TextField(_("why"), blank=True, help_text=_("What is to be done and why, a reason on each line."))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("assigned to"),
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.NORMAL)
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("opened by"),
        help_text=_("Nobody: a program did."),
    )
    state = models.CharField(_("state"), max_length=10, choices=TaskState, default=TaskState.OPEN, editable=False)
    done_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("closed by"),
        help_text=_("Nobody: a program did."),
    )
    outcome = models.TextField(_("outcome"), blank=True, editable=False)

    objects = TaskQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = BY_URGENCY
        permissions = [("assign_task", "Can take, give out and close tasks")]
        constraints = [
            models.CheckConstraint(
                name="kb_task_has_one_target",
                condition=one_target("article", "claim", "fact_check", "citation", "source", "challenge", "annotation"),
                violation_error_message=_(
                    "A task is about exactly one thing: an article, claim, fact-check, citation, source, challenge or note."
                ),
            ),
            models.CheckConstraint(
                name="kb_task_end_has_moment",
                condition=Q(state=TaskState.OPEN, done_at=None, done_by=None, outcome="")
                | (~Q(state=TaskState.OPEN) & Q(done_at__isnull=False)),
                violation_error_message=_("A closed task names the moment; an open one has no outcome yet."),
            ),
            models.CheckConstraint(
                name="kb_task_drop_has_reason",
                condition=~Q(state=TaskState.DROPPED) | ~Q(outcome=""),
                violation_error_message=_("Say why nobody has to do it any more."),
            ),
            *(
                models.UniqueConstraint(
                    fields=["kind", target],
                    condition=Q(state=TaskState.OPEN),
                    name=f"kb_task_one_open_for_{target}",
                    violation_error_message=_("An open task of this kind exists for it: add to that one."),
                )
                for target in ("article", "claim", "fact_check", "citation", "source", "challenge", "annotation")
            ),
            *choice_rules("task", kind=TaskKind, priority=Priority, state=TaskState),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "-priority", "opened_at"],
                condition=Q(state=TaskState.OPEN),
                name="kb_task_open_by_urgency",
            )
        ]

    def __str__(self):
        return _("%(kind)s: %(thing)s") % {"kind": self.get_kind_display(), "thing": self.thing_words}

    @property
    def is_open(self) -> bool:
        return self.state == TaskState.OPEN

    def is_overdue(self, on) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < on
