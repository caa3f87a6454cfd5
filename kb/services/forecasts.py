"""The forecast ledger: a forecast that is due is scored by one person, and readers see it when another confirms."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import Claim, ForecastScore, Outcome, StatementType, policy

from .refusal import Blocker, refuse_if


@transaction.atomic
def score(
    claim: Claim, *, by: User, outcome: Outcome, reason: str, address: str, today: date | None = None
) -> ForecastScore:
    """Say how a due forecast came out; until another person confirms it, the same person may say it again.

    Raises Refused when it is no forecast of the ledger, is not due, or somebody else's score stands.
    """
    policy.require(by, "kb.add_forecastscore")
    today = today or timezone.localdate()
    claim = Claim.objects.select_for_update().get(pk=claim.pk)
    found = ForecastScore.objects.filter(claim=claim).first()
    refuse_if(
        _unless_due(claim, today),
        None if reason.strip() else Blocker(_("Say why: an outcome has a reason."), claim),
        None if address.strip() else Blocker(_("Give the address of the evidence."), claim),
        Blocker(_("Its outcome is confirmed and stays on record."), claim) if found and found.is_confirmed else None,
        Blocker(_("%(name)s has scored it: confirm the score, or send it back.") % {"name": found.scored_by}, claim)
        if found and not found.is_confirmed and found.scored_by_id != by.pk
        else None,
    )
    found = found or ForecastScore(claim=claim)
    found.outcome, found.reason, found.address = outcome, reason, address
    found.scored_by, found.scored_at, found._history_user = by, timezone.now(), by
    found.save()
    return found


@transaction.atomic
def confirm(score: ForecastScore, *, by: User) -> ForecastScore:
    """Agree with the score of a colleague: readers see it from now on, and it stays.

    Raises Refused when it is the person's own or confirmed already, StaleVersion when it was changed since it was read.
    """
    claim = _begin(score, by)
    score.confirmed_by, score.confirmed_at, score._history_user = by, timezone.now(), by
    score.save()
    # What readers see of the claim changes, so its pages are fresh from here.
    claim._history_user = by
    claim.save()
    return score


@transaction.atomic
def send_back(score: ForecastScore, *, by: User, reason: str) -> None:
    """Take a colleague's score away, with the reason in its last version; somebody scores the forecast anew."""
    _begin(score, by, None if reason.strip() else Blocker(_("Say why: this needs a reason."), score))
    score._history_user, score._change_reason = by, reason[:100]
    score.delete()


def _begin(score: ForecastScore, by: User, *blockers: Blocker | None) -> Claim:
    policy.require(by, policy.APPROVE)
    claim = Claim.objects.select_for_update().get(pk=score.claim_id)
    refuse_if(
        Blocker(_("Its outcome is confirmed and stays on record."), score)
        if ForecastScore.objects.confirmed().filter(pk=score.pk).exists()
        else None,
        Blocker(_("Nobody confirms their own score: ask a colleague."), score) if score.scored_by_id == by.pk else None,
        *blockers,
    )
    return claim


def _unless_due(claim: Claim, today: date) -> Blocker | None:
    if claim.statement_type != StatementType.FORECAST:
        return Blocker(_("Only a forecast is scored."), claim)
    if claim.resolves_on is None:
        return Blocker(_("Say first on which day the forecast can be told."), claim)
    if claim.resolves_on > today:
        return Blocker(
            _("It can be told on %(day)s at the earliest.") % {"day": f"{claim.resolves_on:%Y-%m-%d}"}, claim
        )
    return None
