"""Captures: the input exactly as received, never changed afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .rules import length_rules


class CaptureManager(models.Manager):
    def get_by_natural_key(self, sha256):
        return self.get(sha256=sha256)


class Capture(models.Model):
    """`receipt` lists what was kept and removed: objects with start, end, kept and rule, in code points of the
    decoded content, covering it without gap or overlap."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    content = models.BinaryField(_("content"))
    encoding = models.CharField(_("encoding"), max_length=20, default="utf-8", editable=False)
    origin = models.CharField(
        _("origin"), max_length=1000, editable=False, help_text=_("File or address it came from.")
    )
    received_at = models.DateTimeField(_("received at"), default=timezone.now, editable=False)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    receipt = models.JSONField(_("receipt"), default=list, editable=False)

    objects = CaptureManager()

    class Meta:
        verbose_name = _("capture")
        verbose_name_plural = _("captures")
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(
                name="kb_capture_has_hash",
                condition=Q(sha256__length=64),
                violation_error_message=_("A capture is known by the SHA-256 of its bytes."),
            ),
            *length_rules("capture", encoding=20, origin=1000),
        ]
        indexes = [models.Index(fields=["origin"], name="kb_capture_origin")]

    def __str__(self):
        return self.origin

    def natural_key(self):
        return (self.sha256,)

    @property
    def text(self) -> str:
        """The decoded content, newlines as they are."""
        return bytes(self.content).decode(self.encoding)
