"""Changes of captured pages: the page of an article was received again in other words."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article
from .capture import Capture
from .rules import Versioned, choice_rules
from .versions import Versions


class ChangeState(models.TextChoices):
    WAITING = "waiting", _("waiting for a person")
    APPLIED = "applied", _("applied to the text")
    DISMISSED = "dismissed", _("dismissed")
    OVERTAKEN = "overtaken", _("overtaken: the page changed again")


class PageChangeQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=ChangeState.WAITING)

    def received(self):
        """Those that tell how the page stands: what was overtaken no longer does."""
        return self.exclude(state=ChangeState.OVERTAKEN)


class PageChange(Versioned):
    """One step from a capture of an article's page to the next.

    An import applies it to a text that no person edited and no reader sees; any other waits for a person.
    `revision` is the revision of the text that it made, empty until it is applied.
    """

    article = models.ForeignKey(Article, models.CASCADE, related_name="page_changes", verbose_name=_("article"))
    before = models.ForeignKey(Capture, models.PROTECT, related_name="changed_to", verbose_name=_("capture before"))
    after = models.ForeignKey(Capture, models.PROTECT, related_name="changed_from", verbose_name=_("capture after"))
    state = models.CharField(_("state"), max_length=10, choices=ChangeState, default=ChangeState.WAITING, db_index=True)
    received_at = models.DateTimeField(_("received at"), default=timezone.now)
    revision = models.PositiveIntegerField(_("revision of the text"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    objects = PageChangeQuerySet.as_manager()
    history = Versions()

    class Meta:
        verbose_name = _("change of a page")
        verbose_name_plural = _("changes of pages")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(state=ChangeState.WAITING),
                name="kb_pagechange_one_waits",
                violation_error_message=_("Another change of this page is waiting: a newer one takes its place."),
            ),
            models.CheckConstraint(
                name="kb_pagechange_applied_has_revision",
                condition=Q(state=ChangeState.APPLIED, revision__isnull=False)
                | (~Q(state=ChangeState.APPLIED) & Q(revision__isnull=True)),
                violation_error_message=_("An applied change names the revision of the text that it made."),
            ),
            models.CheckConstraint(
                name="kb_pagechange_decision_has_moment",
                condition=Q(decided_at__isnull=False)
                | Q(state__in=[ChangeState.WAITING, ChangeState.OVERTAKEN], decided_by=None),
                violation_error_message=_("What was applied or dismissed names the moment."),
            ),
            *choice_rules("pagechange", state=ChangeState),
        ]

    def __str__(self):
        return f"{self.article}: {self.received_at:%Y-%m-%d %H:%M}"

    @property
    def is_waiting(self) -> bool:
        return self.state == ChangeState.WAITING
