"""Steps done: each annotation a note, in a transaction of its own."""

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import Access, Annotation
from kb.models.rules import PROPOSED, Standing
from kb.services import notes
from kb.services.refusal import Refused
from kb.text.anchors import Anchor
from kb.text.reanchoring import Outcome

from .planning import Step, access_of
from .reading import Unfit

# Who has the notes that an operator brings in for nobody: an account that nobody signs in with.
KEEPER = "imported-notes"


def keeper() -> User:
    """The account of notes that came from elsewhere, and that nobody here wrote."""
    found = User.objects.filter(username=KEEPER).first()
    if found is None:
        found = User(username=KEEPER, is_active=False, last_name=_("Imported notes"))
        found.set_unusable_password()
        found.save()
    return found


def apply(step: Step, *, author: User, tells: bool) -> None:
    """Write one note as its author's; what the rules refuse becomes the step's failure."""
    if step.fate != "new":
        return
    try:
        _write(step, author, tells)
    except Unfit as failure:
        step.fate, step.failure = "failed", failure
    except Refused as refused:
        step.fate, step.failure = "failed", Unfit(str(refused), code="refused")


def _write(step: Step, author: User, tells: bool) -> None:
    if step.answers is not None and step.answers.note is None:
        raise Unfit(_("What it answers was not taken in."), at="target", code="unknown-target")
    note = _note(step)
    try:
        with transaction.atomic():
            step.note = notes.take_in(note, author=author, tells=tells)
    except IntegrityError:
        # Somebody brought the same in at this moment.
        step.note = Annotation.objects.filter(author=author, via=step.via).exclude(via="").first()
        if step.note is None:
            raise
        step.fate = "unchanged"
    step.uid = step.note.uid


def _note(step: Step) -> Annotation:
    found, now = step.found, timezone.now()
    above = step.answers.note if step.answers else step.about if isinstance(step.about, Annotation) else None
    about = above.target if above else step.about
    note = Annotation(
        **{Annotation.target_field(about): about},
        **({"uid": step.uid} if step.uid else {}),
        reply_to=above,
        motivation=found.motivation,
        body=found.body,
        language=found.language,
        labels=found.labels,
        links=found.links,
        access=access_of(step),
        creator=found.creator,
        via=step.via,
        original=found.original,
        created_at=min(found.created_at or now, now),
        resolved_at=found.resolved_at and min(found.resolved_at, now),
    )
    if step.words:
        notes.place(note, step.words)
    elif step.quoted and above is None:
        # Words that are not in the text, or could be two: they wait for a person, as those of an older text do.
        _lose(note, step.quoted, step.outcome)
    return note


def _lose(note: Annotation, quoted: Anchor, outcome: Outcome) -> None:
    """The words of no revision of ours, with the places where they may stand."""
    if outcome.anchor:
        places = [[outcome.anchor.start, outcome.anchor.end, 100]]
    else:
        places = [[one.start, one.end, one.score] for one in outcome.candidates]
    kind = outcome.kind if outcome.kind in PROPOSED else Standing.AMBIGUOUS
    note.stand(quoted, 0, Standing(kind) if places else Standing.ORPHANED)
    note.places = places


def refuse_nobodys_private(step: Step) -> None:
    """What only its author may read is brought in for its author alone."""
    if step.fate == "new" and access_of(step) == Access.PRIVATE:
        words = _("It is private: say whose it is with --as.")
        step.fate, step.failure = "failed", Unfit(words, at="audience", code="private")
