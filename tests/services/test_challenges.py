"""The life of a challenge: filed, held back, released, answered with what follows, withdrawn; and nobody is kept."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import settings as hypothesis_settings
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from kb.models import Challenge, ClaimStatus, Correction, StaleVersion, Tally, Task
from kb.services import challenges
from kb.services.refusal import Refused
from tests.factories import (
    make_challenge,
    make_citation,
    make_claim,
    make_correction,
    make_published_article,
    make_published_check,
    make_user,
)

pytestmark = pytest.mark.django_db
WHY = "The table counts tons, not value."


@pytest.fixture
def editor():
    return make_user(group="editor")


def settle(challenge, by, outcome="refused", **content):
    return challenges.answer(challenge, by=by, outcome=outcome, answer="We looked again.", **content)


def test_what_is_received_has_a_number_a_clock_and_a_task():
    challenge = make_challenge()
    assert challenge.state == "received" and len(challenge.reference) == 14
    assert (challenge.due_on - challenge.received_at.date()).days == 14
    task = Task.objects.open().get(challenge=challenge)
    assert (task.kind, task.due_on, task.opened_by) == ("challenge", challenge.due_on, None)


def test_one_form_sent_twice_is_one_challenge():
    uid, claim = uuid.uuid4(), make_published_check().claim
    first, second = (challenges.file(claim, origin="x", kind="other", why=WHY, uid=uid) for _time in range(2))
    assert first == second and Challenge.objects.count() == Task.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"suspicion": ("filled in by a program",)},
        {"why": "Buy http://a.example http://b.example www.c.example"},
    ],
)
def test_what_looks_like_spam_is_held_back_without_a_task_and_not_lost(changes, editor):
    challenge = make_challenge(**changes)
    assert challenge.state == "held" and challenge.suspicion and not Task.objects.exists()
    challenges.release(challenge, by=editor)
    assert challenge.state == "received" and Task.objects.open().filter(challenge=challenge).exists()


def test_the_same_words_again_are_held_back():
    claim = make_published_check().claim
    assert [make_challenge(claim, why=WHY).state for _time in range(2)] == ["received", "held"]


def test_many_from_one_place_are_held_back_and_far_more_are_not_let_in(monkeypatch):
    monkeypatch.setattr(challenges, "MOST", 7)
    claim = make_published_check().claim
    sent = [challenges.file(claim, origin="203.0.113.9", kind="other", why=f"{WHY} {n}") for n in range(7)]
    assert [one.state for one in sent] == ["received"] * 5 + ["held"] * 2
    with pytest.raises(challenges.TooMany):
        challenges.file(claim, origin="203.0.113.9", kind="other", why=WHY)
    assert challenges.file(claim, origin="203.0.113.10", kind="other", why="Another place.").state == "received"


def test_no_place_is_kept_and_yesterdays_counts_go():
    today = timezone.localdate()
    keys = set()
    for day in (today - timedelta(days=1), today):
        challenges._count("203.0.113.9", day)
        keys |= {row.place for row in Tally.objects.all()}
    assert len(keys) == 2, "the key is the day's"
    assert [row.day for row in Tally.objects.all()] == [today]
    assert "203.0.113.9" not in str([*Tally.objects.values_list(), *Challenge.objects.values_list()])


def test_accepting_reopens_the_verdict_and_links_the_correction_by_itself(editor):
    check = make_published_check()
    challenge = settle(make_challenge(check.claim), editor, "accepted", reopens=True)
    check.refresh_from_db()
    check.claim.refresh_from_db()
    assert check.claim.status == ClaimStatus.REOPENED and challenge.reference in check.reopen_reason
    assert challenge.reopened == check and challenge.correction == Correction.objects.get(check_before=check)
    assert not Task.objects.open().filter(challenge=challenge).exists()


def test_accepting_a_challenge_of_a_citation_says_what_the_source_says(editor):
    citation = make_citation(make_published_article())
    challenge = settle(make_challenge(citation, kind="misquoted"), editor, "partly", check_state="misquoted")
    citation.refresh_from_db()
    assert (citation.check_state, citation.checked_by, challenge.state) == ("misquoted", editor, "partly")


def test_an_unchecked_claim_gets_a_task_to_check(editor):
    challenge = settle(make_challenge(make_claim()), editor, "accepted")
    assert Task.objects.open().get(claim=challenge.claim).kind == "check"


def test_the_contact_is_erased_with_the_answer_and_lives_in_no_version(editor):
    challenge = settle(make_challenge(contact="reader@example.org"), editor)
    assert challenge.contact == ""
    assert "reader@example.org" not in str([*Challenge.objects.values_list(), *Challenge.history.values_list()])


@pytest.mark.parametrize(
    "outcome, content, reason",
    [
        ("accepted", {}, "Say what follows"),
        ("partly", {}, "Say what follows"),
        ("refused", {"reopens": True}, "changes nothing"),
        ("accepted", {"check_state": "misquoted"}, "Only a citation"),
        ("accepted", {"correction": "other"}, "about something else"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(editor, outcome, content, reason):
    if "correction" in content:
        content = {"correction": make_correction()}
    challenge = make_challenge()
    with pytest.raises(Refused, match=reason):
        settle(challenge, editor, outcome, **content)
    assert Challenge.objects.get().state == "received"


def test_an_answer_has_words(editor):
    with pytest.raises(Refused, match="Say why"):
        challenges.answer(make_challenge(), by=editor, outcome="refused", answer="  ")


def test_nobody_refuses_a_challenge_of_their_own_verdict():
    author = make_user(group="editor")
    challenge = make_challenge(make_published_check(by=author).claim)
    with pytest.raises(Refused, match="own verdict"):
        settle(challenge, author)
    assert settle(challenge, author, "accepted", reopens=True).state == "accepted"


def test_analysts_sort_and_editors_answer():
    analyst, drafts = make_user(group="analyst"), make_user(group="reader-of-drafts")
    challenge = make_challenge()
    with pytest.raises(PermissionDenied):
        settle(challenge, analyst)
    for act in (challenges.release, challenges.mark_as_spam):
        with pytest.raises(PermissionDenied):
            act(challenge, by=drafts)
    assert challenges.mark_as_spam(challenge, by=analyst).state == "spam"


def test_who_is_later_is_told(editor):
    mine = make_challenge()
    theirs = Challenge.objects.get(pk=mine.pk)
    settle(mine, editor)
    with pytest.raises(StaleVersion):
        challenges.withdraw(theirs)
    with pytest.raises(Refused, match="refused"):
        challenges.withdraw(Challenge.objects.get(pk=mine.pk))


def test_every_walk_through_the_states_keeps_to_the_table(db):
    """Acts in any order, against a simple model of the states."""
    moves = {
        "release": ({"held", "spam"}, "received"),
        "spam": ({"held", "received"}, "spam"),
        "withdraw": ({"held", "received"}, "withdrawn"),
        "refuse": ({"received"}, "refused"),
    }
    by = make_user(group="editor")
    acts = {
        "release": lambda one: challenges.release(one, by=by),
        "spam": lambda one: challenges.mark_as_spam(one, by=by),
        "withdraw": challenges.withdraw,
        "refuse": lambda one: settle(one, by),
    }
    claim = make_published_check().claim

    class Walk(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.row = challenges.file(claim, origin=str(uuid.uuid4()), kind="other", why=str(uuid.uuid4()))
            self.state = self.row.state

        def step(self, name):
            allowed, to = moves[name]
            try:
                acts[name](Challenge.objects.get(pk=self.row.pk))
            except Refused:
                assert self.state not in allowed
            else:
                assert self.state in allowed
                self.state = to
            row = Challenge.objects.get(pk=self.row.pk)
            assert row.state == self.state
            assert row.tasks.open().exists() == (self.state == "received")

        release = rule()(lambda self: self.step("release"))
        spam = rule()(lambda self: self.step("spam"))
        withdraw = rule()(lambda self: self.step("withdraw"))
        refuse = rule()(lambda self: self.step("refuse"))

    run_state_machine_as_test(Walk, settings=hypothesis_settings(max_examples=15, stateful_step_count=6, deadline=None))
