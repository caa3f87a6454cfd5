"""The life of a verdict: drafted, submitted, approved or rejected by somebody else, reopened.

Every act leaves the fact-check status of its claim true, in the same transaction.
"""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import Claim, ClaimStatus, FactCheck, FactCheckStatus, StatementType, policy
from kb.models.factcheck import OPEN

from .consequences import after_check
from .refusal import Blocker, refuse_if
from .ripple import ripple


def status_of(checks) -> ClaimStatus:
    """The fact-check status that these fact-checks of one claim amount to."""
    published = [check for check in checks if check.status == FactCheckStatus.PUBLISHED]
    if published:
        return ClaimStatus.REOPENED if published[0].reopened_at else ClaimStatus.CHECKED
    if any(check.status in OPEN for check in checks):
        return ClaimStatus.BEING_CHECKED
    return ClaimStatus.UNCHECKED


def _restate(claim_id: int, by: User) -> None:
    claim = Claim.objects.get(pk=claim_id)
    status = status_of(list(claim.fact_checks.all()))
    if claim.status != status:
        claim.status = status
        claim._history_user = by
        claim.save()


def _save(check: FactCheck, by: User) -> FactCheck:
    check._history_user = by
    check.save()
    _restate(check.claim_id, by)
    after_check(check, by=by)
    return check


@transaction.atomic
def draft(claim: Claim, *, by: User, **content) -> FactCheck:
    """Begin a check of the claim; `content` are fields of the check (rating, rationale, as_of, expires_on)."""
    policy.require(by, "kb.add_factcheck")
    # The claim's row is locked first, so that two drafts begun at once get two numbers.
    Claim.objects.select_for_update().get(pk=claim.pk)
    last = claim.fact_checks.order_by("-number").values_list("number", flat=True).first()
    return _save(FactCheck(claim=claim, number=(last or 0) + 1, author=by, **content), by)


@transaction.atomic
def save_draft(check: FactCheck, *, by: User) -> FactCheck:
    """Save changes to a draft. Raises Refused when the check is past that."""
    policy.require(by, "kb.change_factcheck")
    refuse_if(_unless_in(check, FactCheckStatus.DRAFT), _unless_own(check, by))
    return _save(check, by)


@transaction.atomic
def discard(check: FactCheck, *, by: User) -> None:
    """Delete a draft that was never submitted."""
    policy.require(by, "kb.delete_factcheck")
    refuse_if(_unless_in(check, FactCheckStatus.DRAFT), _unless_own(check, by))
    claim_id = check.claim_id
    check._history_user = by
    check.delete()
    _restate(claim_id, by)


@transaction.atomic
def submit(check: FactCheck, *, by: User, today: date | None = None) -> FactCheck:
    """Hand a draft to a reviewer.

    Raises:
        Refused: the rating, the rationale, the as-of day or every piece of evidence is missing, or the claim is an
            opinion or a forecast, which get no truth rating.
    """
    policy.require(by, policy.SUBMIT)
    today = today or timezone.localdate()
    settled = check.claim.statement_type in (StatementType.OPINION, StatementType.FORECAST)
    refuse_if(
        _unless_in(check, FactCheckStatus.DRAFT),
        _unless_own(check, by),
        Blocker(_("Opinions and forecasts get no truth rating."), check.claim) if settled else None,
        None if check.rating_id else Blocker(_("Choose a rating."), check),
        None if check.rationale.strip() else Blocker(_("Say why: the rationale is empty."), check),
        None if check.as_of else Blocker(_("Say as of which day the verdict speaks."), check),
        Blocker(_("As-of is not after the day of the check."), check) if check.as_of and check.as_of > today else None,
        None if check.evidence.exists() else Blocker(_("Add at least one piece of evidence."), check),
    )
    check.status = FactCheckStatus.SUBMITTED
    check.checked_on, check.submitted_at = today, timezone.now()
    return _save(check, by)


@transaction.atomic
def approve(check: FactCheck, *, by: User) -> FactCheck:
    """Publish a submitted verdict; the one published before is superseded.

    Raises:
        Refused: it is not submitted, or the approver wrote it.
    """
    policy.require(by, policy.APPROVE)
    refuse_if(_unless_in(check, FactCheckStatus.SUBMITTED), _if_own(check, by))
    before = check.claim.fact_checks.filter(status=FactCheckStatus.PUBLISHED).first()
    if before:
        before.status = FactCheckStatus.SUPERSEDED
        before._history_user = by
        before.save()
    check.status = FactCheckStatus.PUBLISHED
    check.reviewer, check.decided_at = by, timezone.now()
    _save(check, by)
    ripple(check.claim, before=before, after=check, by=by)
    return check


@transaction.atomic
def reject(check: FactCheck, *, by: User, reason: str) -> FactCheck:
    """Turn a submitted verdict down. The author reads the reason and drafts anew."""
    policy.require(by, policy.APPROVE)
    refuse_if(
        _unless_in(check, FactCheckStatus.SUBMITTED),
        _if_own(check, by),
        None if reason.strip() else Blocker(_("Say why: a rejection needs a reason."), check),
    )
    check.status, check.rejection_reason = FactCheckStatus.REJECTED, reason
    check.reviewer, check.decided_at = by, timezone.now()
    return _save(check, by)


@transaction.atomic
def reopen(check: FactCheck, *, by: User, reason: str) -> FactCheck:
    """Put a published verdict in doubt, in public, until the next one is published."""
    policy.require(by, policy.APPROVE)
    refuse_if(
        _unless_in(check, FactCheckStatus.PUBLISHED),
        Blocker(_("The verdict is reopened already."), check) if check.reopened_at else None,
        None if reason.strip() else Blocker(_("Say why: reopening needs a reason."), check),
    )
    check.reopened_at, check.reopened_by, check.reopen_reason = timezone.now(), by, reason
    _save(check, by)
    ripple(check.claim, before=check, after=None, by=by)
    return check


def _unless_in(check: FactCheck, status: str) -> Blocker | None:
    if check.status == status:
        return None
    return Blocker(
        _("The check is %(status)s; this needs one that is %(needed)s.")
        % {"status": check.get_status_display(), "needed": FactCheckStatus(status).label},
        check,
    )


def _unless_own(check: FactCheck, by: User) -> Blocker | None:
    """A draft belongs to its author: whoever else changed it could then review words of their own."""
    return Blocker(_("A draft is its author's alone."), check) if check.author_id != by.pk else None


def _if_own(check: FactCheck, by: User) -> Blocker | None:
    return Blocker(_("Nobody reviews their own check: ask a colleague."), check) if check.author_id == by.pk else None
