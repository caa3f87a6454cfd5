"""Analysts' notes that every reader may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from kb.models import Annotation, policy

from .words import name_of


@dataclass(frozen=True, slots=True)
class Note:
    key: str
    kind: str
    body: str
    author: str
    written_on: date
    is_resolved: bool
    mark: str = ""
    language: str = ""
    labels: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    # Of a note that came from elsewhere: who brought it in.
    brought_by: str = ""
    replies: tuple["Note", ...] = ()


def public_notes(about: Q) -> list[Annotation]:
    """Public notes on things that the caller shows anyway, oldest first."""
    readable = Annotation.objects.filter(policy.readable_annotation(None), about)
    return list(readable.select_related("author").order_by("created_at", "pk"))


def threads(annotations: Iterable[Annotation], marks: dict[int, str] | None = None) -> tuple[Note, ...]:
    """Notes, oldest first, with every reply to them underneath; a reply to a note that is not public stands alone."""
    threads: dict[int, list[Annotation]] = {}
    root: dict[int, int] = {}
    for note in annotations:
        root[note.pk] = root.get(note.reply_to_id, note.pk)
        threads.setdefault(root[note.pk], []).append(note)
    marks = marks or {}
    return tuple(
        _note(first, marks.get(first.pk, ""), tuple(_note(reply) for reply in replies))
        for first, *replies in threads.values()
    )


def _note(note: Annotation, mark: str = "", replies: tuple[Note, ...] = ()) -> Note:
    return Note(
        key=f"note-{note.uid}",
        kind=note.get_motivation_display(),
        body=note.body,
        author=note.creator or name_of(note.author),
        brought_by=name_of(note.author) if note.creator else "",
        language=note.language,
        labels=tuple(note.label_list),
        links=tuple(note.link_list),
        written_on=timezone.localdate(note.created_at),
        is_resolved=note.is_resolved,
        mark=mark,
        replies=replies,
    )
