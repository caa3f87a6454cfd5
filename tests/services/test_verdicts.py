"""The life of a verdict."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kb.models import EXPIRED, Claim, ClaimStatus, FactCheck, FactCheckStatus, StaleVersion
from kb.services import verdicts
from kb.services.refusal import Refused
from tests.factories import give_review, make_claim, make_draft_check, make_published_check, make_user, publish_verdict

pytestmark = pytest.mark.django_db


def test_a_verdict_goes_from_draft_over_a_colleague_to_the_public():
    claim = make_claim()
    check = make_draft_check(claim)
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.BEING_CHECKED

    publish_verdict(check)

    claim.refresh_from_db()
    assert (check.status, claim.status) == (FactCheckStatus.PUBLISHED, ClaimStatus.CHECKED)


def test_nobody_approves_their_own_check():
    editor = make_user(group="editor")
    check = verdicts.submit(make_draft_check(by=editor), by=editor)
    with pytest.raises(Refused, match="their own"):
        give_review(check, "true", by=editor)


def test_nobody_rejects_their_own_check():
    editor = make_user(group="editor")
    check = verdicts.submit(make_draft_check(by=editor), by=editor)
    with pytest.raises(Refused, match="their own"):
        verdicts.reject(check, by=editor, reason="Second thoughts.")


def test_an_analyst_may_not_approve():
    check = make_draft_check()
    verdicts.submit(check, by=check.author)
    with pytest.raises(PermissionDenied, match="approve"):
        give_review(check, "true", by=make_user(group="analyst"))


def test_a_refusal_names_everything_that_is_missing():
    check = make_draft_check(rating=None, rationale=" ", as_of=None, evidence=False)
    with pytest.raises(Refused) as refusal:
        verdicts.submit(check, by=check.author)
    assert len(refusal.value.blockers) == 4
    assert all(blocker.row == check for blocker in refusal.value.blockers)


def test_opinions_get_no_truth_rating():
    check = make_draft_check(make_claim(statement_type="opinion"))
    with pytest.raises(Refused, match="Opinions"):
        verdicts.submit(check, by=check.author)


def test_the_next_verdict_supersedes_the_one_before():
    first = make_published_check()
    second = make_published_check(first.claim)
    first.refresh_from_db()
    assert (first.status, second.status, second.number) == ("superseded", "published", 2)


def test_a_rejected_check_leaves_the_claim_unchecked():
    check = make_draft_check()
    verdicts.submit(check, by=check.author)
    verdicts.reject(check, by=make_user(group="editor"), reason="The figure is of another year.")
    assert Claim.objects.get(pk=check.claim_id).status == ClaimStatus.UNCHECKED


def test_an_open_draft_beside_a_valid_verdict_leaves_it_checked():
    check = make_published_check()
    make_draft_check(check.claim)
    assert Claim.objects.get(pk=check.claim_id).status == ClaimStatus.CHECKED


def test_a_reopened_verdict_says_so_until_the_next_is_published():
    check = make_published_check()
    verdicts.reopen(check, by=make_user(group="editor"), reason="New figures.")
    assert Claim.objects.get(pk=check.claim_id).status == ClaimStatus.REOPENED
    make_published_check(check.claim)
    assert Claim.objects.get(pk=check.claim_id).status == ClaimStatus.CHECKED


def test_of_two_approvals_from_two_tabs_one_wins():
    check = make_draft_check()
    verdicts.submit(check, by=check.author)
    first, second = (FactCheck.objects.get(pk=check.pk) for _ in "ab")
    give_review(first, "true")
    with pytest.raises(StaleVersion):
        give_review(second, "true")


def test_a_verdict_past_its_day_is_expired_without_being_stored_so():
    today = timezone.localdate()
    claim = make_published_check(expires_on=today).claim
    on_the_day = Claim.objects.with_standing(on=today).get(pk=claim.pk)
    day_after = Claim.objects.with_standing(on=today + timedelta(days=1)).get(pk=claim.pk)
    assert (on_the_day.standing, day_after.standing, day_after.status) == ("checked", EXPIRED, "checked")


def test_as_of_is_not_after_the_day_of_the_check():
    check = make_draft_check(as_of=date(2025, 6, 2))
    with pytest.raises(Refused, match="As-of"):
        verdicts.submit(check, by=check.author, today=date(2025, 6, 1))


def test_a_draft_can_be_discarded_and_a_submitted_one_cannot():
    check = make_draft_check()
    verdicts.discard(check, by=check.author)
    assert Claim.objects.get(pk=check.claim_id).status == ClaimStatus.UNCHECKED
    check = make_draft_check()
    verdicts.submit(check, by=check.author)
    with pytest.raises(Refused):
        verdicts.discard(check, by=check.author)


def test_history_names_who_did_it():
    editor = make_user(group="editor")
    check = make_draft_check()
    verdicts.submit(check, by=check.author)
    give_review(check, "true", by=editor)
    assert check.history.latest().history_user == editor
    assert check.claim.history.latest().history_user == editor


def test_a_draft_is_its_authors_alone():
    check, colleague = make_draft_check(), make_user(group="editor")
    for act in (verdicts.save_draft, verdicts.submit, verdicts.discard):
        with pytest.raises(Refused, match="author's alone"):
            act(check, by=colleague)
