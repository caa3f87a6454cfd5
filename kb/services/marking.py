"""Acts on selected words of an article, and taking back the last one."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import F, Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import (
    Annotation,
    Appearance,
    Article,
    Citation,
    Claim,
    Evidence,
    FactCheck,
    FactCheckStatus,
    State,
    policy,
)
from kb.models.rules import Anchored, Suggestion
from kb.models.versions import signed
from kb.text import anchors
from kb.text.markup import normalise_newlines
from kb.text.reanchoring import reanchor

from . import notes
from .refusal import Blocker, Refused, refuse_if
from .suggestions import COMPLETED, DECIDED


@dataclass(frozen=True, slots=True)
class Selection:
    """Words as somebody saw them: all but the words may be missing, as when they were typed."""

    exact: str
    start: int | None = None
    revision: int | None = None
    prefix: str = ""
    suffix: str = ""


def place(article: Article, text: str, selected: Selection) -> anchors.Anchor:
    """Where the selected words stand in the article's text; white space at their ends is not marked.

    The words stand at the place that was seen, or where words and context say without a guess.

    Raises:
        Refused: they stand nowhere, or at several places; nothing is ever placed on other words.
    """
    exact = normalise_newlines(selected.exact)
    words = exact.strip()
    refuse_if(None if words else Blocker(_("Select some words first.")))
    start = None if selected.start is None else selected.start + len(exact) - len(exact.lstrip())
    if start is not None and selected.revision == article.revision and text[start : start + len(words)] == words:
        return anchors.anchor(text, start, start + len(words))
    if start is not None:
        seen = anchors.Anchor(words, *_context(selected, exact), start, start + len(words))
        [found] = reanchor(text, [seen], _text_of(article, selected.revision, seen))
        changed = _(
            "The text was changed since you selected these words, and they do not stand in it once and for certain any "
            "more. Nothing was saved; your words are kept here: select the place again."
        )
        refuse_if(None if found.is_placed else Blocker(changed))
        return found.anchor
    if found := anchors.find(text, words):
        return found
    missing = _("These words do not stand in the text. Copy them exactly, capitals included.")
    several = _("These words stand in the text %(count)d times: add some of the words around them.")
    count = text.count(words)
    raise Refused(Blocker(several % {"count": count} if count else missing))


def _text_of(article: Article, revision: int | None, seen: anchors.Anchor) -> str | None:
    """The text that the words were seen in, if it is kept and they stand there as they say."""
    version = article.history.filter(revision=revision).order_by("-history_date", "-history_id").first()
    old = version.instance.text if version else ""
    return old if anchors.holds(old, seen) else None


def _context(selected: Selection, exact: str) -> tuple[str, str]:
    """What stood before and behind the words without the white space at their ends."""
    before = exact[: len(exact) - len(exact.lstrip())]
    behind = exact[len(exact.rstrip()) :]
    prefix, suffix = normalise_newlines(selected.prefix) + before, behind + normalise_newlines(selected.suffix)
    return prefix[-anchors.CONTEXT :], suffix[: anchors.CONTEXT]


def set_anchor(row: Anchored, article: Article, found: anchors.Anchor) -> None:
    """Let a row mark these words of the article's current text."""
    row.stand(found, article.revision)


@transaction.atomic
def add_citation(citation: Citation, *, by: User) -> Citation:
    """Save a citation that a person marked: confirmed, and last in the order of its article."""
    policy.require(by, "kb.add_citation")
    _hold(citation.article_id)
    last = Citation.objects.filter(article=citation.article_id).aggregate(last=Max("position"))["last"]
    citation.position = (last or 0) + 1
    return _add_confirmed(citation, by, timezone.now())


@transaction.atomic
def add_appearance(appearance: Appearance, claim: Claim, *, citations=(), by: User) -> Appearance:
    """Save the place where an article makes a claim: confirmed, with the citations that support it there.

    A claim that is not stored yet is stored, unless one in exactly these words is.
    """
    policy.require(by, "kb.add_appearance")
    _hold(appearance.article_id)
    now = timezone.now()
    if claim._state.adding:
        policy.require(by, "kb.add_claim")
        known = Claim.objects.worded(claim.text, claim.language)
        if known is None:
            claim._history_user = by
            claim.save()
        claim = known or claim
    appearance.claim = claim
    _add_confirmed(appearance, by, now)
    with signed(by):
        appearance.citations.set(citations)
    return appearance


def _add_confirmed(row: Suggestion, by: User, now: datetime):
    row.state, row.decided_by, row.decided_at = State.CONFIRMED, by, now
    row._history_user = by
    row.save()
    _count_up(Article.objects.filter(pk=row.article_id))
    return row


@transaction.atomic
def add_evidence(evidence: Evidence, *, by: User) -> Evidence:
    """Add a piece of evidence to a check that is this person's draft."""
    policy.require(by, "kb.add_evidence")
    check = FactCheck.objects.select_for_update(of=("self",)).get(pk=evidence.fact_check_id)
    is_own_draft = check.status == FactCheckStatus.DRAFT and check.author_id == by.pk
    refuse_if(None if is_own_draft else Blocker(_("A draft is its author's alone."), check))
    evidence.position = (check.evidence.aggregate(last=Max("position"))["last"] or 0) + 1
    evidence._history_user = by
    evidence.save()
    # Whoever has the check open shows less evidence than it has.
    _count_up(FactCheck.objects.filter(pk=check.pk))
    return evidence


@transaction.atomic
def take_back_new(row: Annotation | Citation | Appearance | Evidence, *, by: User) -> None:
    """Delete what this person made a moment ago. The claim that an appearance was made for goes too, if nobody uses it.

    Raises:
        Refused: somebody rests on it by now.
    """
    policy.require(by, f"kb.delete_{row._meta.model_name}")
    if isinstance(row, Annotation):
        refuse_if(Blocker(_("This note was answered: it stays."), row) if row.replies.exists() else None)
        notes.delete(row, by=by)
        return
    if isinstance(row, Evidence):
        check = row.fact_check
        is_own_draft = check.status == FactCheckStatus.DRAFT and check.author_id == by.pk
        refuse_if(None if is_own_draft else Blocker(_("A draft is its author's alone."), check))
    if isinstance(row, Citation):
        used = row.annotations.exists() or row.appearances.exists() or row.carried.exists() or row.repeats.exists()
        refuse_if(Blocker(_("Something rests on this citation by now: it stays."), row) if used else None)
    with signed(by):
        row.delete()
        if isinstance(row, Appearance):
            _drop_claim(row.claim, row.decided_at)
    if isinstance(row, Suggestion):
        _count_up(Article.objects.filter(pk=row.article_id))


def _drop_claim(claim: Claim | None, since: datetime) -> None:
    """Delete a claim that came into being with a decision, unless something hangs on it or somebody changed it."""
    if claim is None or claim.created_at < since or claim.version > 1:
        return
    if claim.appearances.exists() or claim.annotations.exists() or claim.wordings.exists():
        return
    try:
        with transaction.atomic():
            claim.delete()
    except ProtectedError:
        # A check or a correction is about it by now.
        return


@transaction.atomic
def take_back_decision(row: Suggestion, *, by: User) -> None:
    """Undo a decision that this person made: the row is again as its version before says.

    Raises:
        Refused: somebody changed it since, or there is no earlier version.
    """
    policy.require(by, policy.DECIDE)
    versions = list(type(row).history.filter(id=row.pk).order_by("-history_date", "-history_id")[:2])
    since = _("This was changed since: nothing of it was taken back.")
    refuse_if(None if len(versions) == 2 and row.decided_by_id == by.pk else Blocker(since, row))
    claim, decided_at = getattr(row, "claim", None), row.decided_at
    for name in DECIDED + COMPLETED.get(type(row), ()):
        attname = row._meta.get_field(name).attname
        setattr(row, attname, getattr(versions[1], attname))
    row._history_user = by
    row.save()
    if isinstance(row, Appearance) and row.claim_id is None:
        with signed(by):
            _drop_claim(claim, decided_at)
    _count_up(Article.objects.filter(pk=row.article_id))


def _hold(article_id: int) -> None:
    """Two people who mark words of one article at once wait for each other, and both keep theirs."""
    Article.objects.select_for_update(of=("self",)).get(pk=article_id)


def _count_up(rows: models.QuerySet) -> None:
    """Whoever has these open shows older rows of them. Past the history: no word of them changes."""
    rows.update(version=F("version") + 1)
