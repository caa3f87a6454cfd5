"""Captures: the input exactly as received, never changed afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb.text.captured import decode

from .rules import Suggestion, SuggestionQuerySet, length_rules, suggestion_rules
from .versions import Versions


class CaptureManager(models.Manager):
    def get_by_natural_key(self, sha256):
        return self.get(sha256=sha256)


class Capture(models.Model):
    """`receipt` lists what was kept and removed: objects with start, end, kept and rule, in code points of the
    decoded content, covering it without gap or overlap."""

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    content = models.BinaryField(_("content"))
    encoding = models.CharField(_("encoding"), max_length=20, default="utf-8", editable=False)
    media_type = models.CharField(_("media type"), max_length=40, default="text/plain", editable=False)
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
            *length_rules("capture", encoding=20, media_type=40, origin=1000),
        ]
        indexes = [models.Index(fields=["origin"], name="kb_capture_origin")]

    def __str__(self):
        return self.origin

    def natural_key(self):
        return (self.sha256,)

    @property
    def text(self) -> str:
        """The decoded content, newlines as they are; of an archive its main page."""
        return decode(bytes(self.content), self.encoding, self.media_type)


class PieceManager(models.Manager.from_queryset(SuggestionQuerySet)):
    def get_by_natural_key(self, sha256, start, end):
        return self.get(capture__sha256=sha256, start=start, end=end)


class Piece(Suggestion):
    """A stretch of a capture that looks like another article: a capture of its own once a person confirms it.

    Positions count code points of the decoded capture.
    """

    capture = models.ForeignKey(Capture, models.CASCADE, related_name="pieces", verbose_name=_("capture"))
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    title = models.CharField(_("title"), max_length=300, blank=True)
    became = models.ForeignKey(
        Capture,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="cut_from",
        verbose_name=_("what became of it"),
    )

    objects = PieceManager()
    history = Versions()

    class Meta:
        verbose_name = _("piece of a capture")
        verbose_name_plural = _("pieces of captures")
        ordering = ["capture", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["capture", "start", "end"],
                name="kb_piece_once",
                violation_error_message=_("This stretch of the capture is a piece already."),
            ),
            models.CheckConstraint(
                name="kb_piece_has_extent",
                condition=Q(end__gt=models.F("start")),
                violation_error_message=_("A piece ends after it starts."),
            ),
            *suggestion_rules("piece"),
            *length_rules("piece", title=300),
        ]

    def __str__(self):
        return self.title or f"{self.start}-{self.end}"

    def natural_key(self):
        return (*self.capture.natural_key(), self.start, self.end)

    natural_key.dependencies = ["kb.capture"]

    @property
    def text(self) -> str:
        return self.capture.text[self.start : self.end]
