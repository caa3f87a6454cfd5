"""What a changed verdict reaches: one correction, the articles it touches, and who has looked at them since."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kb.models import (
    Acknowledgement,
    Claim,
    Correction,
    CorrectionArticle,
    CorrectionKind,
    Notice,
    Rating,
    Ring,
    Task,
    TaskKind,
    Variant,
)
from kb.services import verdicts
from kb.services.integrity import faults
from kb.services.notices import follow
from kb.services.refusal import Refused
from kb.services.ripple import acknowledge, correct, ripple
from tests.factories import (
    give_review,
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_correction,
    make_published_article,
    make_published_check,
    make_tag,
    make_touched,
    make_user,
)

pytestmark = pytest.mark.django_db


def other_rating(claim, **changes):
    return make_published_check(claim, **{"rating": Rating.objects.get(slug="false"), **changes})


def rings_of(correction) -> dict:
    return {row.article: row.ring for row in correction.touched.select_related("article")}


# --- what becomes a correction, and of which kind


def test_a_first_verdict_corrects_nothing():
    check = make_published_check(make_appearance(make_published_article()).claim)
    assert not Correction.objects.exists()
    assert check.claim.changed_at < Claim.objects.get(pk=check.claim_id).changed_at


def test_another_rating_is_told_with_before_after_and_reason():
    first = make_published_check()
    second = other_rating(first.claim, rationale="The office took the figure back.")
    correction = Correction.objects.get()
    assert (correction.check_before, correction.check_after) == (first, second)
    assert correction.kind == CorrectionKind.RATING_AFFECTED
    assert correction.before == "True: The customs office publishes the figure."
    assert correction.after == "False: The office took the figure back."
    assert correction.reason == "The office took the figure back."
    assert correction.made_by == second.reviewer == correction.history.get().history_user


@pytest.mark.parametrize(
    ("as_of", "kind"), [(date(2025, 6, 1), CorrectionKind.RATING_UNAFFECTED), (date(2025, 6, 2), CorrectionKind.UPDATE)]
)
def test_the_same_rating_is_an_update_for_a_later_day_and_other_reasons_for_the_same(as_of, kind):
    first = make_published_check(as_of=date(2025, 6, 1))
    make_published_check(first.claim, as_of=as_of, rationale="Counted anew.")
    assert Correction.objects.get().kind == kind


def test_reopening_is_told_as_an_update_and_what_follows_names_its_reason():
    check = make_published_check()
    verdicts.reopen(check, by=make_user(group="editor"), reason="New figures came in.")
    correction = Correction.objects.get()
    assert (correction.kind, correction.after, correction.is_reopening) == (CorrectionKind.UPDATE, "", True)
    other_rating(check.claim)
    assert Correction.objects.latest("pk").reason == "New figures came in."
    assert Correction.objects.count() == 2


def test_what_no_reader_sees_makes_no_correction():
    check = make_published_check()
    draft = verdicts.draft(check.claim, by=check.author)
    verdicts.discard(draft, by=check.author)
    assert not Correction.objects.exists()


# --- the rings


def test_each_touched_article_stands_once_in_its_nearest_ring():
    claim, beside = make_claim(), make_claim()
    cites, words_differently, shares, neighbour = (make_published_article() for _ in range(4))
    shared = make_citation(shares)
    make_appearance(cites, claim)
    make_appearance(words_differently, claim, variant=Variant.OTHER_NUMBER)
    # One article makes both claims, each resting on one citation; another makes only the other claim.
    make_appearance(shares, claim, exact="Exports rose").citations.add(shared)
    make_appearance(shares, beside, exact="two more convoys").citations.add(shared)
    make_appearance(neighbour, beside)
    make_published_check(claim)
    other_rating(claim)
    assert rings_of(Correction.objects.get()) == {
        cites: Ring.CITES,
        words_differently: Ring.VARIANT,
        shares: Ring.CITES,
        neighbour: Ring.SAME_CITATION,
    }


@pytest.mark.parametrize("state", ["suggested", "rejected"])
def test_what_nobody_confirmed_carries_nothing(state):
    claim, beside = make_claim(), make_claim()
    article, other = make_published_article(), make_published_article()
    make_appearance(other, claim, state=state)
    lost = make_citation(article, state=state)
    make_appearance(article, claim, exact="Exports rose").citations.add(lost)
    make_appearance(article, beside, exact="two more convoys").citations.add(lost)
    make_appearance(make_published_article(), beside)
    make_published_check(claim)
    other_rating(claim)
    assert rings_of(Correction.objects.get()) == {article: Ring.CITES}


def test_drafts_are_not_touched_and_scheduled_articles_are():
    claim = make_claim()
    make_appearance(make_article(), claim)
    tomorrow = make_published_article(published_at=timezone.now() + timedelta(days=1))
    make_appearance(tomorrow, claim)
    make_published_check(claim)
    other_rating(claim)
    correction = Correction.objects.get()
    assert rings_of(correction) == {tomorrow: Ring.CITES}
    assert not correction.touched.visible_to(None).exists()


# --- the work it makes, and who hears of it


def after_change(article):
    return Task.objects.open().about(article).filter(kind=TaskKind.AFTER_CHANGE)


def test_each_touched_article_gets_one_task_for_who_published_it():
    claim, editor = make_claim(), make_user(group="editor")
    gone, demoted = make_user(group="editor", is_active=False), make_user(group="analyst")
    articles = [make_published_article(published_by=person) for person in (editor, gone, demoted, None)]
    for article in articles:
        make_appearance(article, claim)
    make_published_check(claim)
    other_rating(claim)
    assert [after_change(article).get().assignee for article in articles] == [editor, None, None, None]
    other_rating(claim, rating=Rating.objects.get(slug="mixed"))
    for article in articles:
        assert [line[:14] for line in after_change(article).get().why.splitlines()] == ["rating changed"] * 2


def test_acknowledging_the_last_open_change_does_the_task():
    claim, editor = make_claim(), make_user(group="editor")
    article = make_appearance(make_published_article(published_by=editor), claim).article
    make_published_check(claim)
    other_rating(claim)
    task, [first] = after_change(article).get(), CorrectionArticle.objects.open()
    other_rating(claim, rating=Rating.objects.get(slug="mixed"))
    acknowledge(article, by=editor, seen=[first.pk])
    assert after_change(article).get() == task
    acknowledge(article, by=editor)
    task.refresh_from_db()
    assert (task.state, task.done_by) == ("done", editor)


def test_followers_hear_of_a_change_once_whatever_they_follow_of_it():
    claim, article = make_claim(), make_published_article()
    citation = make_citation(article)
    make_appearance(article, claim).citations.add(citation)
    article.tags.add(tag := make_tag())
    first = make_published_check(claim)
    reader, nobody, other = make_user(group="analyst"), make_user(group="analyst"), make_user(group="analyst")
    for thing in (claim, article, citation.source, tag):
        follow(thing, by=reader)
    follow(make_published_article(), by=nobody)
    follow(tag, by=other)
    second = other_rating(claim)
    for _ in "ab":
        ripple(claim, before=first, after=second, by=second.reviewer)
    number = Correction.objects.get().pk
    told = Notice.objects.filter(event__startswith="correction:").values_list("user", "event")
    assert set(told) == {(reader.pk, f"correction:{number}"), (other.pk, f"correction:{number}")}
    assert len(told) == 2


def test_followers_of_an_article_hear_that_it_was_corrected():
    article, reader = make_published_article(), make_user(group="analyst")
    article.tags.add(tag := make_tag())
    follow(tag, by=reader)
    correct(article, by=make_user(group="editor"), kind="wording", before="4", after="40", reason="A slip.")
    assert Notice.objects.get().user == reader


# --- again, and at what cost


def test_saying_a_change_again_makes_nothing_new():
    claim = make_appearance(make_published_article()).claim
    first, second = make_published_check(claim), other_rating(claim)
    known = Correction.objects.get()
    for _ in "ab":
        assert ripple(claim, before=first, after=second, by=second.reviewer) == known
    assert (Correction.objects.count(), CorrectionArticle.objects.count()) == (1, 1)


def test_a_change_costs_as_many_statements_for_a_hundred_articles_as_for_ten():
    def cost(articles: int) -> int:
        claim = make_claim()
        for _ in range(articles):
            make_appearance(make_published_article(), claim)
        first = make_published_check(claim)
        second = other_rating(claim)
        Correction.objects.get(claim=claim).touched.all().delete()
        Correction.objects.filter(claim=claim).delete()
        Task.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            ripple(claim, before=first, after=second, by=second.reviewer)
        assert Correction.objects.get(claim=claim).touched.count() == articles
        return len(queries)

    assert cost(100) == cost(10)


def test_a_change_writes_one_row_of_the_claim_and_no_new_version_of_it():
    claim = make_appearance(make_published_article()).claim
    first = make_published_check(claim)
    stored = Claim.objects.get(pk=claim.pk)
    second = other_rating(claim)
    fresh = Claim.objects.get(pk=claim.pk)
    assert fresh.changed_at > stored.changed_at
    ripple(claim, before=first, after=second, by=second.reviewer)
    assert Claim.objects.get(pk=claim.pk).version == fresh.version


def test_a_change_that_fails_leaves_the_verdict_as_it_was(monkeypatch):
    first = make_published_check()
    second = verdicts.draft(
        first.claim,
        by=first.author,
        rating=Rating.objects.get(slug="false"),
        rationale="No.",
        as_of=date(2025, 6, 1),
    )
    second.evidence.create(stance="refutes", summary="Counted.")
    verdicts.submit(second, by=first.author)

    def fail(*args, **kwargs):
        raise DatabaseError("gone")

    monkeypatch.setattr("kb.services.ripple.rings", fail)
    with pytest.raises(DatabaseError), transaction.atomic():
        give_review(second, "false")
    first.refresh_from_db()
    assert (first.status, Correction.objects.exists()) == ("published", False)


# --- by hand


def test_an_editor_corrects_a_claim_and_its_articles_are_touched():
    article = make_published_article()
    claim = make_appearance(article).claim
    correction = correct(
        claim, by=make_user(group="editor"), kind="wording", before="4 per cent", after="40 per cent", reason="A slip."
    )
    assert rings_of(correction) == {article: Ring.CITES}


def test_an_editor_corrects_an_article_and_touches_no_other():
    article = make_published_article()
    make_appearance(article)
    correction = correct(article, by=make_user(group="editor"), kind="void", before="It sank.", reason="It did not.")
    assert (correction.target, correction.touched.count()) == (article, 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "rating_affected"}, "new check"),
        ({"kind": "nonsense"}, "new check"),
        ({"before": " "}, "before"),
        ({"after": ""}, "says now"),
        ({"after": " 4 per cent "}, "same words"),
        ({"reason": "\n"}, "Say why"),
    ],
)
def test_a_correction_by_hand_is_refused_when_it_says_too_little(changes, words):
    said = {"kind": "wording", "before": "4 per cent", "after": "40 per cent", "reason": "A slip.", **changes}
    with pytest.raises(Refused, match=words):
        correct(make_published_article(), by=make_user(group="editor"), **said)
    assert not Correction.objects.exists()


def test_what_no_reader_has_seen_is_not_corrected_in_public():
    said = {"kind": "wording", "before": "4", "after": "40", "reason": "A slip."}
    for about in (make_article(), make_claim(), make_appearance().claim):
        with pytest.raises(Refused, match="No reader"):
            correct(about, by=make_user(group="editor"), **said)


def test_an_analyst_writes_no_correction_and_acknowledges_none():
    analyst, touched = make_user(group="analyst"), make_touched()
    with pytest.raises(PermissionDenied, match="write corrections"):
        correct(touched.article, by=analyst, kind="wording", before="4", after="40", reason="A slip.")
    with pytest.raises(PermissionDenied):
        acknowledge(touched.article, by=analyst)


# --- acknowledging


def test_acknowledging_is_once_for_each_person_and_article():
    touched, editor = make_touched(), make_user(group="editor")
    assert acknowledge(touched.article, by=editor) == 1
    assert acknowledge(touched.article, by=editor) == 0
    row = Acknowledgement.objects.get()
    assert (row.touched, row.acknowledged_by) == (touched, editor)
    assert not CorrectionArticle.objects.open().exists()


def test_a_change_that_came_in_since_stays_open():
    seen = make_touched()
    later = make_touched(seen.article)
    acknowledge(seen.article, by=make_user(group="editor"), seen=[seen.pk])
    assert list(CorrectionArticle.objects.open()) == [later]


def test_acknowledging_one_article_leaves_the_others_open():
    correction = make_correction()
    here, there = make_touched(correction=correction), make_touched(correction=correction)
    acknowledge(here.article, by=make_user(group="editor"))
    assert list(CorrectionArticle.objects.open()) == [there]


# --- integrity


def test_a_removed_correction_is_found():
    correction = correct(
        make_published_article(), by=make_user(group="editor"), kind="wording", before="4", after="40", reason="A slip."
    )
    assert list(faults(())) == []
    number = correction.pk
    Correction.objects.filter(pk=number).delete()
    assert [str(fault.message) for fault in faults(())] == [f"correction {number} was changed or removed."]


def test_a_correction_of_another_claims_verdicts_is_found():
    check = make_published_check()
    make_correction(make_claim(), check_before=check, after="", kind="update")
    assert "verdicts" in {fault.rule for fault in faults(())}
