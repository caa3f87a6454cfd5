"""Import runs: what one execution of an import did, and what it stumbled over."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .article import Article
from .rules import choice_rules, length_rules


class Effect(models.TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    FAILED = "failed", _("failed")


class Stage(models.TextChoices):
    """A run that is finished says so by its moment alone."""

    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    CANCELLED = "cancelled", _("cancelled")


class ImportRun(models.Model):
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.RUNNING, editable=False)
    claimed_until = models.DateTimeField(
        _("claimed until"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Somebody works on it until then at the latest; a run whose claim is over has stopped."),
    )
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    options = models.JSONField(
        _("options"), default=dict, blank=True, help_text=_("What was given beside the files: publisher, language.")
    )

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                name="kb_importrun_ends_after_start",
                condition=Q(finished_at=None) | Q(finished_at__gte=models.F("started_at")),
                violation_error_message=_("A run ends after it starts."),
            ),
            models.CheckConstraint(
                name="kb_importrun_stage_fits_its_end",
                condition=Q(stage=Stage.RUNNING)
                | Q(stage=Stage.PLANNED, finished_at=None)
                | Q(stage=Stage.CANCELLED, finished_at__isnull=False),
                violation_error_message=_("A planned run has no end yet; a cancelled one names its moment."),
            ),
            *choice_rules("importrun", stage=Stage),
        ]

    def __str__(self):
        return _("Import of %(day)s") % {"day": f"{self.started_at:%Y-%m-%d %H:%M}"}

    @property
    def is_over(self) -> bool:
        return self.finished_at is not None

    @property
    def is_planned(self) -> bool:
        return self.stage == Stage.PLANNED

    @property
    def is_worked_on(self) -> bool:
        return not self.is_over and self.claimed_until is not None and self.claimed_until > timezone.now()

    @property
    def stage_in_words(self) -> str:
        """A run that nobody works on and that is not over has stopped."""
        if self.stage != Stage.RUNNING or self.is_worked_on:
            return self.get_stage_display()
        return _("finished") if self.is_over else _("stopped")


class ImportedFile(models.Model):
    """What became of one page of a run."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="files", verbose_name=_("run"))
    file = models.CharField(_("file"), max_length=1000)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect)
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("article")
    )

    class Meta:
        verbose_name = _("imported file")
        verbose_name_plural = _("imported files")
        ordering = ["run", "pk"]
        constraints = [*choice_rules("importedfile", effect=Effect), *length_rules("importedfile", file=1000)]

    def __str__(self):
        return f"{self.file}: {self.get_effect_display()}"


class LedgerEntry(models.Model):
    """How far a run came in one file of many records: written with each batch, read by `--resume`."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="ledger", verbose_name=_("run"))
    file = models.CharField(_("file"), max_length=1000)
    sha256 = models.CharField(_("SHA-256"), max_length=64, help_text=_("Of the file: another file starts afresh."))
    position = models.PositiveBigIntegerField(_("position"), default=0, help_text=_("Bytes of the file that are done."))
    records = models.PositiveIntegerField(_("records"), default=0)

    class Meta:
        verbose_name = _("ledger of an import")
        verbose_name_plural = _("ledgers of imports")
        ordering = ["run", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "file"],
                name="kb_ledgerentry_once",
                violation_error_message=_("The run has an entry for this file already."),
            ),
            *length_rules("ledgerentry", file=1000, sha256=64),
        ]

    def __str__(self):
        return f"{self.file}: {self.records}"


class Upload(models.Model):
    """A file that was sent from the desk to be imported; its content goes when it is imported.

    `size` counts the bytes that were sent, and stays.
    """

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="uploads", verbose_name=_("run"))
    name = models.CharField(_("name"), max_length=255)
    content = models.BinaryField(_("content"))
    size = models.PositiveBigIntegerField(_("size"), default=0)
    is_done = models.BooleanField(_("done"), default=False)

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        ordering = ["run", "pk"]
        constraints = [*length_rules("upload", name=255)]

    def __str__(self):
        return self.name


class Level(models.TextChoices):
    ERROR = "error", _("error")
    WARNING = "warning", _("warning")
    INFO = "info", _("information")


class ImportProblem(models.Model):
    """Something an import could not do, or did with doubt."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="problems", verbose_name=_("run"))
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("article")
    )
    file = models.CharField(_("file"), max_length=1000)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    code = models.CharField(_("code"), max_length=60)
    message = models.TextField(_("message"))
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)

    class Meta:
        verbose_name = _("problem of an import")
        verbose_name_plural = _("problems of imports")
        ordering = ["run", "pk"]
        constraints = [*choice_rules("importproblem", level=Level), *length_rules("importproblem", file=1000, code=60)]

    def __str__(self):
        return f"{self.file}: {self.message}"
