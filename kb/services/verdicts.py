"""The life of a verdict: drafted, submitted, reviewed blind by somebody else, published or turned down, reopened.

`TRANSITIONS` says who may do what to a check in which state. Every act leaves the fact-check status of its claim true,
in the same transaction; acts on checks of one claim come one after another, and whoever comes late is told by whom.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import (
    Claim,
    ClaimStatus,
    CorrectionKind,
    Dissent,
    Evidence,
    EvidenceCopy,
    Expiry,
    ExpiryRule,
    FactCheck,
    FactCheckStatus,
    Rating,
    Review,
    ReviewRole,
    StaleVersion,
    StatementType,
    policy,
)
from kb.models.factcheck import OPEN

from .consequences import after_check
from .refusal import Blocker, refuse_if
from .ripple import correct, freshen, ripple
from .seals import changed_parts, hash_of, seal_of

DRAFT, SUBMITTED, PUBLISHED = FactCheckStatus.DRAFT, FactCheckStatus.SUBMITTED, FactCheckStatus.PUBLISHED
SUPERSEDED, REJECTED = FactCheckStatus.SUPERSEDED, FactCheckStatus.REJECTED
UNRATABLE = (StatementType.OPINION, StatementType.FORECAST)

# What its author writes; everything else is written by acts.
CONTENT = {"rating", "rationale", "as_of", "expiry", "expires_on"}

OWN, OTHERS, ANYBODYS = "own", "others", "anybody's"


@dataclass(frozen=True, slots=True)
class Transition:
    """One step of a check: from which status to which, by whose right, and on whose check.

    `dissent` is the state of the dissent that it needs; None where it makes no difference.
    """

    origin: FactCheckStatus
    to: FactCheckStatus
    right: str
    whose: str = OTHERS
    dissent: Dissent | None = None


# The whole life of a check. Nothing else changes a status.
TRANSITIONS = {
    "save": Transition(DRAFT, DRAFT, "kb.change_factcheck", OWN),
    "submit": Transition(DRAFT, SUBMITTED, policy.SUBMIT, OWN),
    "take_back": Transition(SUBMITTED, DRAFT, policy.SUBMIT, OWN, Dissent.NONE),
    "hand_back": Transition(SUBMITTED, DRAFT, policy.APPROVE, OTHERS, Dissent.NONE),
    "agree": Transition(SUBMITTED, PUBLISHED, policy.APPROVE, OTHERS, Dissent.NONE),
    "dissent": Transition(SUBMITTED, SUBMITTED, policy.APPROVE, OTHERS, Dissent.NONE),
    "decide_for": Transition(SUBMITTED, PUBLISHED, policy.APPROVE, OTHERS, Dissent.OPEN),
    "decide_against": Transition(SUBMITTED, REJECTED, policy.APPROVE, OTHERS, Dissent.OPEN),
    "publish_with_dissent": Transition(SUBMITTED, PUBLISHED, policy.APPROVE, OTHERS, Dissent.OPEN),
    "reject": Transition(SUBMITTED, REJECTED, policy.APPROVE, OTHERS),
    "settle": Transition(PUBLISHED, PUBLISHED, policy.APPROVE, OTHERS, Dissent.OPEN),
    "reopen": Transition(PUBLISHED, PUBLISHED, policy.APPROVE, ANYBODYS),
    # What the publication of the next verdict does to the one before, whoever wrote either.
    "supersede": Transition(PUBLISHED, SUPERSEDED, policy.APPROVE, ANYBODYS),
    # Two claims that are one have two verdicts: what merging them does to one of the two, and parting them again.
    "give_way": Transition(PUBLISHED, SUPERSEDED, policy.MERGE, ANYBODYS),
    "stand_again": Transition(SUPERSEDED, PUBLISHED, policy.MERGE, ANYBODYS),
}


class TooLate(StaleVersion):
    """Somebody else changed the check since it was read. Nothing was written."""

    def __init__(self, check: FactCheck, now: FactCheck | None):
        super().__init__(check)
        if now is None:
            self.args = (_("The check was discarded since you opened it."),)
            return
        last = now.history.order_by("-pk").first()
        who = (last and last.history_user) or _("Somebody")
        words = _("%(who)s was faster: the check is %(status)s now. Look again before you act.")
        self.args = (words % {"who": who, "status": now.get_status_display()},)


def status_of(checks) -> ClaimStatus:
    """The fact-check status that these fact-checks of one claim amount to."""
    published = [check for check in checks if check.status == PUBLISHED]
    if published:
        return ClaimStatus.REOPENED if published[0].reopened_at else ClaimStatus.CHECKED
    if any(check.status in OPEN for check in checks):
        return ClaimStatus.BEING_CHECKED
    return ClaimStatus.UNCHECKED


@transaction.atomic
def draft(claim: Claim, *, by: User, **content) -> FactCheck:
    """Begin a check of the claim; `content` are fields of the check (rating, rationale, as_of, expires_on)."""
    _require(by, "kb.add_factcheck")
    is_there = _take_turns(claim.pk)
    refuse_if(None if is_there else Blocker(_("The claim is gone: it was deleted, or merged into another one.")))
    last = claim.fact_checks.order_by("-number").values_list("number", flat=True).first()
    check = FactCheck(claim=claim, number=(last or 0) + 1, author=by, **content)
    refuse_if(_unless_current(check))
    _settle_expiry(check)
    check._history_user = by
    check.save()
    _restate(claim.pk, by)
    return check


@transaction.atomic
def save_draft(check: FactCheck, *, by: User) -> FactCheck:
    """Save changes to a draft. Raises Refused when the check is past that, TooLate when another save came before."""
    _lock(check)
    _allow(check, "save", by, _unless_current(check))
    _settle_expiry(check)
    return _save(check, by)


@transaction.atomic
def discard(check: FactCheck, *, by: User) -> None:
    """Delete a draft."""
    _lock(check)
    _allow(check, "save", by)
    policy.require(by, "kb.delete_factcheck")
    claim_id = check.claim_id
    check._history_user = by
    check.delete()
    _restate(claim_id, by)


@transaction.atomic
def redraft(check: FactCheck, *, by: User) -> FactCheck:
    """A new draft by the author of a rejected check, with all that it holds; a rating of an older scale stays behind."""
    refuse_if(
        None if check.status == REJECTED else Blocker(_("Only a rejected check is drafted anew."), check),
        None if check.author_id == by.pk else Blocker(_("A draft is its author's alone."), check),
    )
    content = {name: getattr(check, name) for name in CONTENT}
    if _unless_current(check):
        content["rating"] = None
    if check.expiry == Expiry.RULE:
        content["expires_on"] = None
    new = draft(check.claim, by=by, **content)
    new.consulted.set(check.consulted.all())
    for row in [*check.evidence.all(), *check.search_steps.all()]:
        copy = EvidenceCopy.objects.filter(evidence=row.pk).first() if isinstance(row, Evidence) else None
        row.pk, row._state.adding, row.fact_check, row.version = None, True, new, 1
        row._history_user = by
        row.save()
        if copy:
            copy.pk, copy._state.adding, copy.evidence = None, True, row
            copy.save()
    return new


@transaction.atomic
def submit(check: FactCheck, *, by: User, today: date | None = None) -> FactCheck:
    """Ask a colleague to review the draft. From here on its content stands as sealed, until it is a draft again.

    `today` is the day of the check. Raises Refused with everything that is missing.
    """
    today = today or timezone.localdate()
    _lock(check)
    claim = Claim.objects.get(pk=check.claim_id)
    _allow(
        check,
        "submit",
        by,
        Blocker(_("Opinions and forecasts get no truth rating."), claim) if claim.statement_type in UNRATABLE else None,
        None if check.rating_id else Blocker(_("Choose a rating."), check),
        _unless_current(check),
        None if check.rationale.strip() else Blocker(_("Say why: the rationale is empty."), check),
        None if check.as_of else Blocker(_("Say as of which day the verdict speaks."), check),
        Blocker(_("As-of is not after the day of the check."), check) if check.as_of and check.as_of > today else None,
        None if check.evidence.exists() else Blocker(_("Add at least one piece of evidence."), check),
    )
    if check.expiry == Expiry.RULE:
        check.expires_on = expiry_by_rule(claim, check.as_of)
    check.status, check.return_reason = SUBMITTED, ""
    check.checked_on, check.submitted_at = today, timezone.now()
    check.seal = seal_of(check)
    return _save(check, by)


@transaction.atomic
def take_back(check: FactCheck, *, by: User) -> FactCheck:
    """Its author goes on writing; possible until a reviewer has chosen a rating."""
    _lock(check)
    _allow(check, "take_back", by)
    return _to_draft(check, by)


@transaction.atomic
def hand_back(check: FactCheck, *, by: User, reason: str) -> FactCheck:
    """Ask the author for more before choosing a rating; the author reads the reason and submits again."""
    _lock(check)
    _allow(check, "hand_back", by, _unless_reasoned(check, reason))
    check.return_reason = reason
    return _to_draft(check, by)


@transaction.atomic
def review(check: FactCheck, *, by: User, rating: Rating, note: str, shown: str) -> FactCheck:
    """The second opinion, given before the author's rating is seen. `shown` is the hash of what the reviewer saw.

    A rating of the author's coarse class publishes the verdict; any other waits for a third person, see `decide`.

    Raises:
        Refused: it is not with a reviewer, it is the reviewer's own, or it is not what was shown.
    """
    _lock(check)
    agrees = _agrees(check, rating)
    act = "agree" if agrees else "dissent"
    _allow(check, act, by, *_unless_shown(check, shown), _unless_fit_review(check, rating, note))
    _record(check, ReviewRole.SECOND, by, rating, note, shown)
    if agrees:
        return _publish(check, by)
    check.dissent = Dissent.OPEN
    return _save(check, by)


@transaction.atomic
def decide(check: FactCheck, *, by: User, rating: Rating, note: str, shown: str) -> FactCheck:
    """The opinion of a third person, who sees both that differ; it settles the dissent.

    If it is of the author's class, the verdict is published, or stays so. If not, a submitted verdict is rejected and a
    published one reopened, with the note as the reason: a rationale that argues for another rating is never published.
    """
    _lock(check)
    stands, is_public = _agrees(check, rating), check.status == PUBLISHED
    act = "settle" if is_public else "decide_for" if stands else "decide_against"
    _allow(
        check,
        act,
        by,
        *([] if is_public else _unless_shown(check, shown)),
        _unless_fit_review(check, rating, note),
        _if_reviewed_by(check, by),
    )
    _record(check, ReviewRole.DECIDING, by, rating, note, shown)
    check.dissent = Dissent.RESOLVED
    if not is_public:
        return _publish(check, by) if stands else _reject(check, by, note)
    if stands or check.reopened_at:
        freshen(check.claim)
        return _save(check, by)
    return _reopen(check, by, note)


@transaction.atomic
def publish_with_dissent(check: FactCheck, *, by: User, shown: str) -> FactCheck:
    """Publish although the second opinion differs, marked so, where nobody else is there to decide."""
    _lock(check)
    third = deciders(check).first()
    _allow(
        check,
        "publish_with_dissent",
        by,
        *_unless_shown(check, shown),
        Blocker(_("A third person can decide: ask %(name)s.") % {"name": third}, check) if third else None,
    )
    return _publish(check, by)


@transaction.atomic
def reject(check: FactCheck, *, by: User, reason: str) -> FactCheck:
    """Turn a submitted verdict down. The author reads the reason and drafts anew.

    Who gave the second opinion does not end the dissent alone, unless nobody else is there to decide.
    """
    _lock(check)
    dissents = check.dissent == Dissent.OPEN and check.reviews.filter(reviewer=by).exists()
    _allow(
        check,
        "reject",
        by,
        _unless_reasoned(check, reason),
        Blocker(_("Your second opinion differs: a third person decides."), check)
        if dissents and deciders(check).exists()
        else None,
    )
    return _reject(check, by, reason)


@transaction.atomic
def reopen(check: FactCheck, *, by: User, reason: str) -> FactCheck:
    """Put a published verdict in doubt, in public, until the next one is published."""
    _lock(check)
    _allow(
        check,
        "reopen",
        by,
        Blocker(_("The verdict is reopened already."), check) if check.reopened_at else None,
        _unless_reasoned(check, reason),
    )
    return _reopen(check, by, reason)


@transaction.atomic
def give_way(check: FactCheck, *, to: FactCheck, by: User, reason: str) -> FactCheck:
    """Supersede a published verdict by that of a claim which is about to become one with its own; said in public.

    Called by `services.merging` before anything moves: what the correction touches is what showed this verdict.
    """
    _lock(check)
    _allow(check, "give_way", by)
    check.status = SUPERSEDED
    _save(check, by)
    _tell_readers(check.claim, words_of(check), words_of(to), by, reason)
    return check


@transaction.atomic
def stand_again(check: FactCheck, *, instead_of: str, by: User, reason: str) -> FactCheck:
    """Publish again what gave way, as its claim is one of its own again; `instead_of` is what readers saw meanwhile."""
    _lock(check)
    other = FactCheck.objects.filter(claim=check.claim_id, status=PUBLISHED).first()
    _allow(check, "stand_again", by, Blocker(_("Another verdict is published by now."), other) if other else None)
    check.status = PUBLISHED
    _save(check, by)
    _tell_readers(check.claim, instead_of, words_of(check), by, reason)
    return check


def _tell_readers(claim: Claim, before: str, after: str, by: User, reason: str) -> None:
    """By a correction, where what they read differs: two verdicts may say the very same."""
    if before.strip() != after.strip():
        correct(claim, by=by, kind=CorrectionKind.UPDATE, before=before, after=after, reason=reason)


def words_of(check: FactCheck) -> str:
    """The verdict with the claim it is on, for readers of another."""
    return f"“{check.claim}”: {check.rating}. {check.rationale}"


def deciders(check: FactCheck):
    """Who could give the deciding opinion: who may approve, is not the author, and has not reviewed it yet."""
    involved = {check.author_id, *check.reviews.values_list("reviewer", flat=True)}
    return policy.holders(policy.APPROVE).exclude(pk__in=involved)


def expiry_rule(claim: Claim) -> ExpiryRule | None:
    return ExpiryRule.objects.filter(statement_type=claim.statement_type).first()


def expiry_by_rule(claim: Claim, as_of: date | None) -> date | None:
    """The day a verdict on this claim expires by rule; None if such verdicts do not, or without a day to count from."""
    rule = expiry_rule(claim)
    return as_of + timedelta(days=rule.days) if rule and rule.days and as_of else None


def may(act: str, check: FactCheck, user: User) -> bool:
    """Whether the table allows this person the act on the check as it stands; faces offer what it allows."""
    return not _blockers(check, TRANSITIONS[act], user) and policy.may(user, TRANSITIONS[act].right)


# What every act begins with


def _lock(check: FactCheck) -> None:
    """Take turns with other acts on checks of the claim, and make sure that the row is what was read.

    All of it but what its author is writing is then as stored: nothing that was set on the object slips in with an act.

    Raises TooLate.
    """
    _take_turns(check.claim_id)
    now = FactCheck.objects.select_for_update().filter(pk=check.pk).first()
    if now is None or (now.version, now.claim_id) != (check.version, check.claim_id):
        raise TooLate(check, now)
    for field in FactCheck._meta.concrete_fields:
        if now.status != DRAFT or field.name not in CONTENT:
            setattr(check, field.attname, getattr(now, field.attname))


def _allow(check: FactCheck, act: str, by: User, *blockers: Blocker | None) -> None:
    """Raises PermissionDenied, or Refused with everything that stands in the way of this act of the table."""
    transition = TRANSITIONS[act]
    _require(by, transition.right)
    refuse_if(*_blockers(check, transition, by), *blockers)


def _require(by: User, right: str) -> None:
    """Ask the database, not the person as they were when the page was loaded: rights may be gone since."""
    policy.require(User.objects.filter(pk=by.pk).first(), right)


def _take_turns(claim_id: int) -> bool:
    """The claim's row is locked, so that of two acts on its checks one sees what the other did; False if it is gone."""
    return Claim.objects.select_for_update().filter(pk=claim_id).first() is not None


def _blockers(check: FactCheck, transition: Transition, by: User) -> list[Blocker]:
    found = []
    if check.status != transition.origin:
        words = _("The check is %(status)s; this needs one that is %(needed)s.")
        needed = transition.origin.label
        found.append(Blocker(words % {"status": check.get_status_display(), "needed": needed}, check))
    if transition.whose == OWN and check.author_id != by.pk:
        # Whoever else changed it could then review words of their own.
        found.append(Blocker(_("A draft is its author's alone."), check))
    if transition.whose == OTHERS and check.author_id == by.pk:
        found.append(Blocker(_("Nobody reviews their own check: ask a colleague."), check))
    if transition.dissent is not None and check.dissent != transition.dissent:
        if transition.dissent == Dissent.OPEN:
            found.append(Blocker(_("There is no open dissent to decide."), check))
        else:
            found.append(Blocker(_("It has a second opinion: a third person decides now."), check))
    return found


# Conditions


def _agrees(check: FactCheck, rating: Rating) -> bool:
    return check.rating_id is not None and rating.coarse_class == check.rating.coarse_class


def _unless_current(check: FactCheck) -> Blocker | None:
    if check.rating_id is None or Rating.objects.current().filter(pk=check.rating_id).exists():
        return None
    return Blocker(_("The scale has a newer edition: choose the rating again."), check)


def _unless_reasoned(check: FactCheck, reason: str) -> Blocker | None:
    return None if reason.strip() else Blocker(_("Say why: this needs a reason."), check)


def _unless_fit_review(check: FactCheck, rating: Rating, note: str) -> Blocker | None:
    if not note.strip():
        return Blocker(_("Say why: a review has a reason."), check)
    if check.rating_id and rating.edition != check.rating.edition:
        return Blocker(_("Choose a rating of the scale the check is rated on."), check)
    return None


def _if_reviewed_by(check: FactCheck, by: User) -> Blocker | None:
    has = check.reviews.filter(reviewer=by).exists()
    return Blocker(_("You have reviewed it already: a third person decides."), check) if has else None


def _unless_shown(check: FactCheck, shown: str) -> list[Blocker]:
    """What is approved is what was submitted, and what was on the page of who approves it.

    A check that was submitted before there were seals, or elsewhere, has none: it is held to what was shown.
    """
    now = seal_of(check)
    if check.seal and (changed := changed_parts(check.seal, now)):
        words = _("Since it was submitted, this has changed: %(parts)s. Hand it back to its author.")
        return [Blocker(words % {"parts": ", ".join(changed)}, check)]
    if shown != hash_of(now):
        return [Blocker(_("The check changed since you opened it. Read it again before you act."), check)]
    return []


# Changes


def _settle_expiry(check: FactCheck) -> None:
    if check.expiry == Expiry.RULE and check.expires_on:
        check.expiry = Expiry.DAY


def _to_draft(check: FactCheck, by: User) -> FactCheck:
    check.status, check.seal = DRAFT, {}
    check.checked_on = check.submitted_at = None
    if check.expiry == Expiry.RULE:
        check.expires_on = None
    return _save(check, by)


def _record(check: FactCheck, role: ReviewRole, by: User, rating: Rating, note: str, shown: str) -> None:
    given = Review(fact_check=check, role=role, reviewer=by, rating=rating, note=note, content_hash=shown)
    given._history_user = by
    given.save()


def _publish(check: FactCheck, by: User) -> FactCheck:
    before = check.claim.fact_checks.filter(status=PUBLISHED).first()
    if before:
        before.status = SUPERSEDED
        before._history_user = by
        before.save()
    check.status, check.reviewer, check.decided_at = PUBLISHED, by, timezone.now()
    return _make_public(check, before, by=by)


def _reject(check: FactCheck, by: User, reason: str) -> FactCheck:
    check.status, check.rejection_reason = REJECTED, reason
    check.reviewer, check.decided_at = by, timezone.now()
    return _save(check, by)


def _reopen(check: FactCheck, by: User, reason: str) -> FactCheck:
    check.reopened_at, check.reopened_by, check.reopen_reason = timezone.now(), by, reason
    return _make_public(check, check, by=by)


def _make_public(check: FactCheck, before: FactCheck | None, *, by: User) -> FactCheck:
    """The one place where what readers see of a verdict changes: `check` is published and supersedes `before`, the one
    that was published until now, or it is itself `before` and is reopened."""
    _save(check, by)
    ripple(check.claim, before=before, after=None if check is before else check, by=by)
    return check


def _save(check: FactCheck, by: User) -> FactCheck:
    check._history_user = by
    check.save()
    _restate(check.claim_id, by)
    after_check(check, by=by)
    return check


def _restate(claim_id: int, by: User) -> None:
    claim = Claim.objects.get(pk=claim_id)
    status = status_of(list(claim.fact_checks.all()))
    if claim.status != status:
        claim.status = status
        claim._history_user = by
        claim.save()
