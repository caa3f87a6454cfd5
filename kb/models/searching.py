"""What the search index knows: one row for each thing that can be found, and what has changed since.

Both tables are computed from the others and kept by `kb.search`; nobody writes them by hand.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class FoundKind(models.IntegerChoices):
    """What can be found; the number is part of a row's place in the index."""

    ARTICLE = 1, _("article")
    CLAIM = 2, _("claim")
    SOURCE = 3, _("source")
    NOTE = 4, _("note")
    TOPIC = 5, _("topic")
    PERSON = 6, _("person")


class SearchDocument(models.Model):
    """The words of one thing: those that readers may see, and those that the desk sees.

    What readers may see nothing of has no words and no marks for them, so that no question of theirs can meet it.
    `place` orders the index: the newest day last, then the kind and the row.
    """

    place = models.BigIntegerField(primary_key=True)
    kind = models.PositiveSmallIntegerField(choices=FoundKind)
    row = models.BigIntegerField()
    title = models.TextField(blank=True)
    words = models.TextField(blank=True)
    marks = models.TextField(blank=True)
    desk_title = models.TextField(blank=True)
    desk_words = models.TextField(blank=True)
    desk_marks = models.TextField(blank=True)

    class Meta:
        verbose_name = _("document of the search index")
        verbose_name_plural = _("documents of the search index")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "row"],
                name="kb_searchdocument_once",
                violation_error_message=_("The index has this thing already."),
            )
        ]

    def __str__(self):
        return f"{FoundKind(self.kind).label} {self.row}"


class SearchChange(models.Model):
    """A thing whose document is to be made anew, now or when `due_at` has come: a publication, the end of a verdict.

    Rows are written by triggers, in the transaction of whatever changed the thing, and are never looked for twice:
    two people who change things about one source do not wait for one another.
    """

    kind = models.PositiveSmallIntegerField(choices=FoundKind)
    row = models.BigIntegerField()
    due_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("change that the search index has yet to take in")
        verbose_name_plural = _("changes that the search index has yet to take in")
        indexes = [models.Index(fields=["due_at", "id"], name="kb_searchchange_due")]

    def __str__(self):
        return f"{FoundKind(self.kind).label} {self.row}"
