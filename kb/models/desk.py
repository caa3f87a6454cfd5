"""What the desk remembers for a moment: forms that were saved, and who has what open."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .rules import length_rules


class SentForm(models.Model):
    """A form that was sent and saved, by the key it was shown with: sent again, it saves nothing a second time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    key = models.CharField(_("key"), max_length=40)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now, db_index=True)
    answer = models.TextField(_("answer"), blank=True, help_text=_("Where its first sending led."))
    popup = models.TextField(_("answer to a popup"), blank=True)

    class Meta:
        verbose_name = _("form that was sent")
        verbose_name_plural = _("forms that were sent")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="kb_sentform_once",
                violation_error_message=_("This form was sent already."),
            ),
            models.CheckConstraint(
                name="kb_sentform_has_key",
                condition=~models.Q(key=""),
                violation_error_message=_("A form is known by its key."),
            ),
            *length_rules("sentform", key=40),
        ]

    def __str__(self):
        return self.key


class Presence(models.Model):
    """A person has the page of a row open. It binds nobody, and it is over soon after the last sign of it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("table"))
    object_id = models.CharField(_("row"), max_length=40)
    since = models.DateTimeField(_("since"), default=timezone.now)
    seen_at = models.DateTimeField(_("last sign"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("open page")
        verbose_name_plural = _("open pages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "user"],
                name="kb_presence_once",
                violation_error_message=_("A person has a page open once."),
            ),
            models.CheckConstraint(
                name="kb_presence_seen_after_since",
                condition=models.Q(seen_at__gte=models.F("since")),
                violation_error_message=_("The last sign of a person comes after the first."),
            ),
            *length_rules("presence", object_id=40),
        ]

    def __str__(self):
        return f"{self.user}: {self.content_type} {self.object_id}"
