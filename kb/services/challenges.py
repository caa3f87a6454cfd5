"""Challenges: filed by anybody, held back when they look like spam, answered by the desk in public with reasons.

Where one came from is counted and not kept: the day's count hangs on a hash whose key ends with the day.
"""

import re
import uuid
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from kb.models import (
    Challenge,
    ChallengeState,
    Citation,
    CitationCheck,
    Claim,
    Correction,
    FactCheck,
    FactCheckStatus,
    Tally,
    TaskKind,
    policy,
)
from kb.models.challenge import ANSWERED, ANSWERED_WITHIN, LIMITS, STEPS

from . import notes, tasks, verdicts
from .refusal import Blocker, refuse_if
from .ripple import freshen

# From one place on one day: more is held back, far more is not let in. From all places: what a desk can still look through.
USUAL, MOST, MOST_OF_ALL = 5, 30, 1000
# More addresses than these beside the evidence are what advertising looks like.
LINKS = 2


class TooMany(Exception):
    """More came from this place, or from everywhere, than a day lets in. Nothing was kept."""


def file(
    target: Claim | Citation,
    *,
    origin: str,
    kind: str,
    why: str,
    words: str = "",
    addresses: str = "",
    quote: str = "",
    contact: str = "",
    uid: uuid.UUID | None = None,
    suspicion: tuple[str, ...] = (),
) -> Challenge:
    """Keep a reader's challenge and set its clock; sent twice with one `uid` it is kept once.

    With a suspicion, given or found here, it is held back: a person looks at it before it counts as received.

    Raises:
        TooMany: the day's limit of this place, or of all, is reached.
    """
    if uid and (known := Challenge.objects.filter(uid=uid).first()):
        return known
    today = timezone.localdate()
    here, everywhere = _count(origin, today), _count("", today)
    if here > MOST or everywhere > MOST_OF_ALL:
        raise TooMany
    field = Challenge.target_field(target)
    found = [*suspicion]
    if here > USUAL:
        found.append(_("many from one place today"))
    if len(re.findall(r"https?:|www\.", f"{words} {why} {quote}", re.IGNORECASE)) > LINKS:
        found.append(_("many links"))
    if Challenge.objects.filter(why=why, **{field: target}).exists():
        found.append(_("the same words were sent before"))
    challenge = Challenge(
        uid=uid or uuid.uuid4(),
        kind=kind,
        words=words,
        why=why,
        addresses=addresses,
        quote=quote,
        contact=contact,
        suspicion="; ".join(found)[: LIMITS["suspicion"]],
        state=ChallengeState.HELD if found else ChallengeState.RECEIVED,
        due_on=today + ANSWERED_WITHIN,
        **{field: target},
    )
    try:
        with transaction.atomic():
            challenge.save()
            if not found:
                _give_to_the_desk(challenge)
    except IntegrityError:
        # The same form was sent at the same moment.
        return Challenge.objects.get(uid=challenge.uid)
    return challenge


@transaction.atomic
def release(challenge: Challenge, *, by: User) -> Challenge:
    """It is no spam: received like any other. Raises Refused when it was neither held back nor taken for spam."""
    policy.require(by, policy.SORT_CHALLENGES)
    _move(challenge, ChallengeState.RECEIVED, by=by, closed_at=None, closed_by=None)
    _give_to_the_desk(challenge)
    return challenge


@transaction.atomic
def mark_as_spam(challenge: Challenge, *, by: User) -> Challenge:
    """Advertising or abuse: closed without an answer, kept, and public nowhere."""
    policy.require(by, policy.SORT_CHALLENGES)
    _move(challenge, ChallengeState.SPAM, by=by, closed_at=timezone.now(), closed_by=by)
    tasks.complete_about(challenge, TaskKind.CHALLENGE, by=by, outcome=_("Spam."))
    return challenge


@transaction.atomic
def withdraw(challenge: Challenge) -> Challenge:
    """The sender takes it back, while it is open. Raises Refused."""
    _move(challenge, ChallengeState.WITHDRAWN, closed_at=timezone.now())
    tasks.complete_about(challenge, TaskKind.CHALLENGE, by=None, outcome=_("Withdrawn by the sender."))
    return challenge


@transaction.atomic
def answer(
    challenge: Challenge,
    *,
    by: User,
    outcome: str,
    answer: str,
    shows_text: bool = False,
    reopens: bool = False,
    correction: Correction | None = None,
    check_state: str = "",
) -> Challenge:
    """Accept, accept in part, or refuse, in public with reasons; what follows is done in the same transaction.

    `reopens` puts the published verdict in doubt, `check_state` says anew whether the cited source says it,
    `correction` is one that was written already. Where nothing is published that could be wrong a task to check follows.

    Raises:
        Refused: it is not open, no reasons are given, nothing follows where something has to, or who wrote the verdict
            refuses a challenge of it.
    """
    policy.require(by, policy.ANSWER_CHALLENGES)
    if outcome not in ANSWERED:
        raise ValueError(outcome)
    refused = outcome == ChallengeState.REFUSED
    verdict = _published_verdict(challenge)
    follows = bool(reopens or correction or check_state)
    in_doubt = verdict is not None and not verdict.reopened_at
    refuse_if(
        _unless_from(challenge, outcome),
        None if answer.strip() else Blocker(_("Say why: the answer is public."), challenge),
        Blocker(_("A refusal changes nothing: leave out what would follow."), challenge)
        if refused and follows
        else None,
        _if_own(verdict, by) if refused else None,
        _unless_about(correction, challenge) if correction else None,
        Blocker(_("There is no published verdict to reopen."), challenge) if reopens and not in_doubt else None,
        Blocker(_("Only a citation is compared with its source."), challenge)
        if check_state and not challenge.citation
        else None,
        Blocker(_("Say what follows: reopen the verdict, or name the correction."), challenge)
        if not refused and not follows and in_doubt
        else None,
        Blocker(_("Say what follows: what the comparison with the source found, or the correction."), challenge)
        if not refused and not follows and challenge.citation
        else None,
    )
    reopened = None
    if reopens:
        reason = _("Challenge %(number)s: %(answer)s") % {"number": challenge.reference, "answer": answer.strip()}
        reopened = verdicts.reopen(verdict, by=by, reason=reason)
        correction = correction or Correction.objects.of_step(reopened, None).first()
    if check_state:
        _compare(challenge.citation, check_state, answer.strip(), by)
    if not refused and challenge.claim and verdict is None:
        why = _("A reader's challenge: %s") % challenge.reference
        tasks.open_task(TaskKind.CHECK, about=challenge.claim, why=why)
    _move(
        challenge,
        outcome,
        by=by,
        closed_at=timezone.now(),
        closed_by=by,
        answer=answer.strip(),
        shows_text=shows_text,
        correction=correction,
        reopened=reopened,
    )
    tasks.complete_about(challenge, TaskKind.CHALLENGE, by=by, outcome=challenge.get_state_display())
    if challenge.claim:
        freshen(challenge.claim)
    return challenge


def sweep(today: date | None = None) -> int:
    """Counts of days that are over are deleted; says how many."""
    return Tally.objects.filter(day__lt=today or timezone.localdate()).delete()[0]


def _count(origin: str, today: date) -> int:
    """Count one more from this place today, and forget the days before. An empty origin stands for all places."""
    key = salted_hmac(f"kb.challenge.{today.isoformat()}", origin, secret=settings.SECRET_KEY, algorithm="sha256")
    row = {"day": today, "place": key.hexdigest()[:32]}
    for _try in range(2):
        with transaction.atomic():
            if Tally.objects.filter(**row).update(count=F("count") + 1):
                break
            sweep(today)
            try:
                with transaction.atomic():
                    Tally.objects.create(count=1, **row)
                break
            except IntegrityError:
                continue  # somebody made the row at this moment
    return Tally.objects.values_list("count", flat=True).get(**row)


def _move(challenge: Challenge, to: str, *, by: User | None = None, **changes) -> None:
    """One step of the state table. The loser of a race reads StaleVersion."""
    refuse_if(_unless_from(challenge, to))
    challenge.state = to
    if not challenge.is_open:
        challenge.contact = ""
    for name, value in changes.items():
        setattr(challenge, name, value)
    challenge._history_user = by
    challenge.save()


def _give_to_the_desk(challenge: Challenge) -> None:
    tasks.open_task(TaskKind.CHALLENGE, about=challenge, why=str(challenge.get_kind_display()), due_on=challenge.due_on)


def _published_verdict(challenge: Challenge) -> FactCheck | None:
    if not challenge.claim:
        return None
    return challenge.claim.fact_checks.filter(status=FactCheckStatus.PUBLISHED).first()


def _compare(citation: Citation, check_state: str, note: str, by: User) -> None:
    """What the desk found when it looked at the source again."""
    citation.check_state = CitationCheck(check_state)
    citation.check_note = note
    notes.sign_check(citation, by=by)
    citation._history_user = by
    citation.save()


def _unless_from(challenge: Challenge, to: str) -> Blocker | None:
    if challenge.state in STEPS[to]:
        return None
    return Blocker(_("The challenge is %(state)s.") % {"state": challenge.get_state_display()}, challenge)


def _if_own(verdict: FactCheck | None, by: User) -> Blocker | None:
    if verdict is None or verdict.author_id != by.pk:
        return None
    return Blocker(_("Nobody refuses a challenge of their own verdict: ask a colleague."), verdict)


def _unless_about(correction: Correction, challenge: Challenge) -> Blocker | None:
    fits = fitting_corrections(challenge).filter(pk=correction.pk).exists()
    return None if fits else Blocker(_("This correction is about something else."), correction)


def fitting_corrections(challenge: Challenge) -> models.QuerySet:
    """Corrections that may be what a challenge led to: of the claim, or of the article with the citation."""
    if challenge.claim_id:
        return Correction.objects.filter(claim=challenge.claim_id)
    citation = challenge.citation
    claims = Claim.objects.filter(appearances__citations=citation)
    return Correction.objects.filter(models.Q(article=citation.article_id) | models.Q(claim__in=claims))
