"""Resolving citations: which source a name means, which day a date without a year means, and who said so."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import LEFT_OPEN, Article, Citation, HopKind, Resolution, Source, State, policy
from kb.models.rules import change_together
from kb.text.inferred_dates import Inferred, infer, is_inferred

from .refusal import Blocker

DECIDED = ["state", "decided_by", "decided_at", "resolution", "source", "date_resolved", "date_basis"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decides of one citation.

    Without a `source` it keeps what it has: its source, or the name as printed. `with_date` takes the proposed date.
    `seen` is the mark of the row that the person saw: another row is not decided unseen.
    """

    pk: int
    source: Source | None = None
    with_date: bool = True
    seen: str = ""


@dataclass(slots=True)
class Outcome:
    """`at` is the moment of the decision, by which it can be taken back; `left` says what was not decided, and why."""

    at: datetime
    done: list[Citation] = field(default_factory=list)
    left: list[Blocker] = field(default_factory=list)


def mark_of(citation: Citation) -> str:
    """What a decision rests on, in short: two rows with one mark ask the same question."""
    facts = (
        *(citation.state, citation.resolution, citation.source_id, citation.printed_name, citation.as_printed),
        *(citation.date_edtf, proposed_date(citation)),
    )
    return blake2b(repr(facts).encode(), digest_size=8).hexdigest()


def proposed_date(citation: Citation) -> Inferred | None:
    """The stored proposal, or what the article's date says of a citation that has none."""
    if citation.date_resolved:
        return Inferred(citation.date_resolved, citation.date_basis)
    return None if citation.date_basis else _inferred(citation, citation.article)


def proposed_source(citation: Citation) -> Source | None:
    """The source it has, else that of the mention it takes up again, else its only candidate."""
    if citation.source:
        return citation.source
    if citation.antecedent and citation.antecedent.source and citation.antecedent.state != State.REJECTED:
        return citation.antecedent.source
    candidates = citation.candidates.all()
    return candidates[0] if len(candidates) == 1 else None


@transaction.atomic
def accept(choices: Iterable[Choice], *, by: User) -> Outcome:
    """Confirm citations with the chosen source and the proposed date, as far as they are still open."""
    policy.require(by, policy.DECIDE)
    chosen = {choice.pk: choice for choice in choices}
    outcome = _open_rows(chosen.values())
    for row in outcome.done:
        choice, proposal = chosen[row.pk], proposed_date(row)
        if choice.source:
            row.resolution, row.source = Resolution.RESOLVED, choice.source
        if proposal and choice.with_date:
            row.date_resolved, row.date_basis = proposal.edtf, proposal.basis
        elif proposal or row.state == State.CONFIRMED:
            row.date_resolved, row.date_basis = "", LEFT_OPEN
        row.state = State.CONFIRMED
    _write(outcome, by)
    return outcome


@transaction.atomic
def reject(choices: Iterable[Choice], *, by: User) -> Outcome:
    """Reject citations that are still open; of a confirmed one only the proposed date is rejected."""
    policy.require(by, policy.DECIDE)
    outcome = _open_rows(choices)
    for row in outcome.done:
        if row.state == State.CONFIRMED:
            row.date_basis = LEFT_OPEN
        else:
            row.state = State.REJECTED
    _write(outcome, by)
    return outcome


@transaction.atomic
def take_back(at: datetime, *, by: User) -> Outcome:
    """Undo what this person decided at this moment: each row is again as it was, unless somebody changed it since."""
    policy.require(by, policy.DECIDE)
    rows = list(_locked().filter(decided_by=by, decided_at=at))
    versions: dict[int, list] = {row.pk: [] for row in rows}
    for version in Citation.history.filter(id__in=versions).order_by("history_date", "history_id"):
        versions[version.id].append(version)
    outcome = Outcome(at)
    for row in rows:
        since = [version for version in versions[row.pk] if version.decided_at == at]
        before = [version for version in versions[row.pk] if version.decided_at != at]
        if len(since) > 1:
            outcome.left.append(Blocker(_("This citation was changed since: nothing of it was taken back."), row))
            continue
        if before:
            for name in DECIDED:
                attname = Citation._meta.get_field(name).attname
                setattr(row, attname, getattr(before[-1], attname))
        else:
            row.state, row.decided_by, row.decided_at = State.SUGGESTED, None, None
        outcome.done.append(row)
    change_together(outcome.done, DECIDED, by=by)
    return outcome


@transaction.atomic
def propose_dates(article: Article, *, by: User | None) -> int:
    """Infer the dates of the article's open citations again, as its own date or language changed; counts the changed.

    A date that a person typed, with a basis of their own, stays.
    """
    changed = []
    for row in article.citations.suggested():
        if row.date_basis and not is_inferred(row.date_basis):
            continue
        found = _inferred(row, article)
        edtf, basis = (found.edtf, found.basis) if found else ("", "")
        if (edtf, basis) != (row.date_resolved, row.date_basis):
            row.date_resolved, row.date_basis = edtf, basis
            changed.append(row)
    change_together(changed, ["date_resolved", "date_basis"], by=by)
    return len(changed)


def _inferred(citation: Citation, article: Article) -> Inferred | None:
    outlets = [hop.source for hop in article.hops.all() if hop.source and hop.kind != HopKind.WROTE]
    return infer(
        citation.date_printed,
        citation.date_edtf,
        published=article.issued_on or None,
        day_first=outlets[-1].day_first if outlets else None,
        language=article.language or None,
    )


def _locked():
    # Two people at once: the second waits here and then sees what the first decided.
    return Citation.objects.select_for_update(of=("self",))


def _open_rows(choices: Iterable[Choice]) -> Outcome:
    """The rows that may be decided, locked, and why the others may not."""
    choices = list(choices)
    outcome = Outcome(timezone.now())
    keys = [choice.pk for choice in choices]
    rows = _locked().select_related("decided_by").prefetch_related("article__hops__source").in_bulk(keys)
    still_open = set(Citation.objects.unresolved().filter(pk__in=keys).values_list("pk", flat=True))
    for choice in choices:
        row = rows.get(choice.pk)
        if row is None:
            outcome.left.append(Blocker(_("A citation you decided does not exist any more: somebody deleted it.")))
        elif row.state != State.SUGGESTED and row.pk not in still_open:
            words = _("Already %(state)s by %(who)s at %(when)s, so nothing was changed:")
            who = row.decided_by or _("somebody")
            details = {"state": row.get_state_display(), "who": who, "when": f"{row.decided_at:%Y-%m-%d %H:%M}"}
            outcome.left.append(Blocker(words % details, row))
        elif choice.seen and choice.seen != mark_of(row):
            words = _("Somebody changed it since you opened the queue: look again before you decide.")
            outcome.left.append(Blocker(words, row))
        else:
            outcome.done.append(row)
    return outcome


def _write(outcome: Outcome, by: User) -> None:
    for row in outcome.done:
        row.decided_by, row.decided_at = by, outcome.at
    change_together(outcome.done, DECIDED, by=by)
