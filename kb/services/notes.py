"""Annotations and citation checks: an analyst's words on something, signed and dated."""

from collections.abc import Iterable
from functools import partial

import re2
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import Access, Annotation, Citation, CitationCheck, Motivation, Task, policy
from kb.models.annotation import LIMITS, as_lines
from kb.models.rules import Anchored, change_together, refuse_turning
from kb.text import anchors

from .notices import tell
from .refusal import Blocker, refuse_if

# A name as accounts have it, behind an @ that begins a word.
MENTION = re2.compile(r"(?:^|[^\w@.+-])@([\w@.+-]{1,150})")
MOST_MENTIONS = 20
# From the narrowest to the widest.
REACH = (Access.PRIVATE, Access.TEAM, Access.PUBLIC)
STAYS_WITH_TEAM = gettext_lazy("It was given out as work: it stays open to the team.")


@transaction.atomic
def write(about: models.Model, *, by: User, start: int | None = None, end: int | None = None, **content) -> Annotation:
    """A new note on an article, claim, citation or source; on an article it may mark the words from `start` to `end`.

    `content`: `body`, `motivation`, `access`, `language`, and `labels` and `links` as lists of words.

    Raises:
        Refused: a rule does not hold, or there are no such words; each reason in words.
    """
    note = Annotation(**{Annotation.target_field(about): about}, **_columns(content))
    if start is not None or end is not None:
        mark(note, start, end)
    return save_note(note, by=by)


@transaction.atomic
def reply(to: Annotation, *, by: User, access: str = "", **content) -> Annotation:
    """A note under another one, on what that is about; it reaches as far as the first note of the thread, and no further.

    Raises:
        Refused: a rule does not hold, or it would be open to more people than what it answers.
        Annotation.DoesNotExist: this person may not read what it answers.
    """
    to = Annotation.objects.visible_to(by).select_related("author").get(pk=to.pk)
    note = Annotation(
        **{f"{to.target_name}_id": getattr(to, f"{to.target_name}_id")},
        reply_to=to,
        access=access or to.root.access,
        **{"motivation": Motivation.REPLYING, **_columns(content)},
    )
    return save_note(note, by=by)


def mark(note: Annotation, start: int | None, end: int | None) -> None:
    """Let the note mark these words of its article's text, or none.

    Raises:
        Refused: it is on no article, or the text has no such words.
    """
    for column in Anchored._meta.local_fields:
        setattr(note, column.name, column.get_default())
    if start is None and end is None:
        return
    refuse_if(None if note.article else Blocker(_("Only words of an article can be marked.")))
    try:
        found = anchors.anchor(note.article.text, -1 if start is None else start, -1 if end is None else end)
    except ValueError:
        refuse_if(
            Blocker(_("The text has no such words: somebody changed it meanwhile. Mark them again."), note.article)
        )
    place(note, found)


def place(note: Annotation, found: anchors.Anchor) -> None:
    """Let the note mark the words that were found in the text of its article."""
    note.stand(found, note.article.revision)


@transaction.atomic
def save_note(note: Annotation, *, by: User) -> Annotation:
    """Save a note; a new one belongs to who writes it, an old one is changed by its author alone.

    Who is mentioned in it (`@name`) and may read it is told, once for each note.

    Raises:
        PermissionDenied: it is somebody else's.
        Refused: a rule does not hold.
    """
    is_new = note._state.adding
    if is_new:
        policy.require(by, "kb.add_annotation")
        note.author = by
    elif note.author_id != by.pk:
        raise PermissionDenied
    reaches_as_before = not is_new and Annotation.objects.filter(pk=note.pk, access=note.access).exists()
    refuse_if(
        _unless_thread_fits(note),
        None if reaches_as_before else _unless_within(note.reply_to, note.access, note),
        Blocker(STAYS_WITH_TEAM, note) if note.access == Access.PRIVATE and _given_out([note]) else None,
        *_broken(note),
    )
    note._history_user = by
    note.save()
    _tell(note, by, is_new)
    return note


@transaction.atomic
def take_in(note: Annotation, *, author: User, tells: bool) -> Annotation:
    """Save a note that came from elsewhere as this person's; whoever calls has asked whether they may write notes.

    Raises:
        Refused: a rule does not hold.
    """
    note.author = author
    if note.resolved_at:
        note.resolved_by = author
    refuse_if(_unless_thread_fits(note), _unless_within(note.reply_to, note.access, note), *_broken(note))
    note._history_user = author
    note.save()
    if tells:
        _tell(note, author, is_new=True)
    return note


@transaction.atomic
def resolve(note: Annotation, *, by: User) -> Annotation:
    """Mark a note as dealt with. Raises Refused when it is already."""
    return _turn(note, by, to_resolved=True)


@transaction.atomic
def reopen(note: Annotation, *, by: User) -> Annotation:
    """Open a note that was dealt with again. Raises Refused when it is open."""
    return _turn(note, by, to_resolved=False)


def _turn(note: Annotation, by: User, *, to_resolved: bool) -> Annotation:
    policy.require(by, "kb.change_annotation")
    said = _("It is resolved already.") if to_resolved else _("It is open.")
    refuse_if(Blocker(said, note) if note.is_resolved == to_resolved else None)
    note.resolved_at, note.resolved_by = (timezone.now(), by) if to_resolved else (None, None)
    note._history_user = by
    note.save()
    return note


@transaction.atomic
def change_access(notes: Iterable[Annotation], access: str, *, by: User) -> int:
    """Open these notes to more or fewer people. Says how many changed.

    Replies to a note that is narrowed stay as they are: each is its author's.

    Raises:
        PermissionDenied: one of them is somebody else's.
        Refused: one of them cannot be opened or closed that far.
        StaleVersion: somebody changed one of them since it was read.
    """
    policy.require(by, "kb.change_annotation")
    changed = [note for note in notes if note.access != access]
    if any(note.author_id != by.pk for note in changed):
        raise PermissionDenied(_("A note is its author's: nobody else says who reads it."))
    refuse_if(None if access in REACH else Blocker(_("Say who reads it: only you, the team, or every reader.")))
    together = {note.pk for note in changed}
    above = Annotation.objects.in_bulk({note.reply_to_id for note in changed} - together - {None})
    given_out = set() if access != Access.PRIVATE else _given_out(changed)
    refuse_if(
        *(_unless_within(above.get(note.reply_to_id), access, note) for note in changed),
        *(Blocker(STAYS_WITH_TEAM, note) for note in changed if note.pk in given_out),
    )
    for note in changed:
        note.access = access
    change_together(changed, ["access"], by=by)
    return len(changed)


@transaction.atomic
def label(notes: Iterable[Annotation], *, by: User, add: Iterable[str] = (), remove: Iterable[str] = ()) -> int:
    """Put labels on notes or take them off; everybody at the desk sorts what they may read. Says how many notes changed.

    Raises:
        Refused: the labels of a note would be too long.
        StaleVersion: somebody changed one of them since it was read.
    """
    policy.require(by, "kb.change_annotation")
    gone, changed = {word.casefold() for word in as_lines(remove).splitlines()}, []
    for note in notes:
        labels = as_lines([*(word for word in note.label_list if word.casefold() not in gone), *add])
        if labels != note.labels:
            note.labels = labels
            said = _("Together the labels are longer than %(limit)d characters.") % {"limit": LIMITS["labels"]}
            refuse_if(Blocker(said, note) if len(labels) > LIMITS["labels"] else None)
            changed.append(note)
    change_together(changed, ["labels"], by=by)
    return len(changed)


@transaction.atomic
def delete(note: Annotation, *, by: User) -> None:
    """Delete a note of one's own with the replies to it; `restoring.restore` of its last version brings them back.

    Raises:
        PermissionDenied: it, or a reply to it, is somebody else's.
    """
    policy.require(by, "kb.delete_annotation")
    if note.author_id != by.pk or _replies(note).exclude(author=by).exists():
        raise PermissionDenied(_("A note is its author's, and so are the replies to it."))
    note._history_user = by
    note.delete()


def _replies(note: Annotation) -> models.QuerySet:
    """All the replies under a note, at any depth."""
    found, last = set(), [note.pk]
    while last:
        last = list(Annotation.objects.filter(reply_to__in=last).exclude(pk__in=found).values_list("pk", flat=True))
        found.update(last)
    return Annotation.objects.filter(pk__in=found)


def _columns(content: dict) -> dict:
    """The content of a note with its lists as the columns keep them."""
    return {name: as_lines(value) if name in ("labels", "links") else value for name, value in content.items()}


def _unless_thread_fits(note: Annotation) -> Blocker | None:
    above = note.reply_to
    if above is None:
        return None
    if note.pk is not None and note in above.thread_above:
        return Blocker(_("A note does not answer itself, nor an answer to it."), above)
    name = note.target_name
    if getattr(above, f"{name}_id") != getattr(note, f"{name}_id"):
        return Blocker(_("An answer is about what the note above it is about."), above)
    return None


def _unless_within(above: Annotation | None, access: str, note: Annotation) -> Blocker | None:
    """Who reads an answer could read what it answers out of it."""
    if above is None or access not in REACH or REACH.index(access) <= REACH.index(above.access):
        return None
    words = _("It answers a note that fewer people read (%(access)s): open that one first.")
    return Blocker(words % {"access": above.get_access_display()}, note)


def _given_out(notes: list[Annotation]) -> set[int]:
    """Which of the notes there is, or was, work on: that is the desk's, so they stay readable there."""
    keys = [note.pk for note in notes if note.pk]
    return set(Task.objects.filter(annotation__in=keys).values_list("annotation", flat=True)) if keys else set()


def _broken(note: Annotation) -> list[Blocker]:
    """Every rule of the table that the note breaks, in words."""
    found = []
    for check in (
        lambda: note.full_clean(validate_unique=False),
        *(partial(refuse_turning, getattr(note, name)) for name in ("body", "labels", "links", "creator")),
    ):
        try:
            check()
        except ValidationError as error:
            found += [Blocker(message) for message in error.messages]
    return found


def _tell(note: Annotation, by: User, is_new: bool) -> None:
    """Who is mentioned, and whose note is answered, hears of it. The notice keeps no words of the note: its author may
    close it again."""
    if note.access == Access.PRIVATE:
        return
    names = list(dict.fromkeys(name.rstrip(".") for name in MENTION.findall(note.body)))[:MOST_MENTIONS]
    mentioned = list(policy.holders(policy.READ_TEAM_NOTES).filter(username__in=names)) if names else []
    for person in mentioned:
        words = _("%(who)s mentions you in a note.") % {"who": by}
        tell(f"mentioned:annotation:{note.pk}:{person.pk}", about=[note], words=words, by=by, people=[person])
    above = note.reply_to
    if is_new and above is not None and above.author not in mentioned:
        words = _("%(who)s answers your note.") % {"who": by}
        tell(f"answered:annotation:{note.pk}", about=[note], words=words, by=by, people=[above.author])


def sign_check(citation: Citation, *, by: User) -> None:
    """Sign the answer to "does the source say it?" before the citation is saved; taking it back takes the signature."""
    unchecked = citation.check_state == CitationCheck.UNCHECKED
    citation.checked_by, citation.checked_at = (None, None) if unchecked else (by, timezone.now())
