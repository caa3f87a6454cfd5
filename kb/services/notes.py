"""Annotations and citation checks: an analyst's words on something, signed and dated."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from kb.models import Annotation, Citation, CitationCheck, policy


@transaction.atomic
def save_note(note: Annotation, *, by: User) -> Annotation:
    """Save a note; a new one belongs to who writes it, an old one is changed by its author alone."""
    if note._state.adding:
        policy.require(by, "kb.add_annotation")
        note.author = by
    elif note.author_id != by.pk:
        raise PermissionDenied
    note._history_user = by
    note.save()
    return note


@transaction.atomic
def resolve(note: Annotation, *, by: User) -> Annotation:
    """Mark a note as dealt with, or open it again."""
    policy.require(by, "kb.change_annotation")
    note.resolved_at, note.resolved_by = (None, None) if note.is_resolved else (timezone.now(), by)
    note._history_user = by
    note.save()
    return note


def sign_check(citation: Citation, *, by: User) -> None:
    """Sign the answer to "does the source say it?" before the citation is saved; taking it back takes the signature."""
    unchecked = citation.check_state == CitationCheck.UNCHECKED
    citation.checked_by, citation.checked_at = (None, None) if unchecked else (by, timezone.now())
