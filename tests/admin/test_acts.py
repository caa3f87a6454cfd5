"""Acts: offered to whom they are for, checked again by the server, and the same over a list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kb.models import Article, ArticleStatus, ClaimStatus, FactCheck, FactCheckStatus
from kb.services import verdicts
from tests.factories import (
    give_review,
    make_article,
    make_claim,
    make_draft_check,
    make_published_article,
    make_published_check,
    make_user,
)

from .pages import chosen, fields_of, list_of, messages_of, page_of, save, sure

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]


def press(client, row, act, **changes):
    """Press an act's button on the row's page; where it asks, read on in the answer."""
    return client.post(page_of(row), {**fields_of(client.get(page_of(row))), "_act": act, **changes}, follow=True)


def answer(client, row, act, **asked):
    """Send the form of the page that an act shows before it happens."""
    sent = {"action": act, **chosen(row), "post": "yes", "from_page": "yes", **asked}
    return client.post(list_of(type(row)), sent, follow=True)


def offered(client, row) -> set[str]:
    """The acts on the state of a row; giving work out is another matter (test_tasks)."""
    return {act.name for act in client.get(page_of(row)).context["acts"]} - {"take", "give_out"}


def submitted_check(**changes):
    check = make_draft_check(**changes)
    return verdicts.submit(check, by=check.author)


def test_an_article_is_submitted_published_and_withdrawn(analyst, editor):
    article = make_article()
    press(analyst, article, "submit_for_review")
    assert Article.objects.get().status == ArticleStatus.IN_REVIEW
    press(editor, article, "publish")
    article.refresh_from_db()
    assert (article.status, article.published_by) == (ArticleStatus.PUBLISHED, editor.user)

    asked = press(editor, article, "withdraw")
    assert Article.objects.get().status == ArticleStatus.PUBLISHED
    assert 'name="reason"' in asked.content.decode()
    assert "This field is required" in answer(editor, article, "withdraw", reason=" ").content.decode()
    answer(editor, article, "withdraw", reason="The figure was wrong.")
    article.refresh_from_db()
    assert (article.status, article.withdrawal_reason) == (ArticleStatus.WITHDRAWN, "The figure was wrong.")
    press(editor, article, "return_to_draft")
    assert Article.objects.get().status == ArticleStatus.DRAFT


def test_a_publication_is_scheduled(editor):
    article = make_article()
    assert 'type="datetime-local"' in press(editor, article, "schedule").content.decode()
    past = answer(editor, article, "schedule", at="2020-01-01T10:00")
    assert "still to come" in past.content.decode()
    moment = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    answer(editor, article, "schedule", at=f"{moment:%Y-%m-%dT%H:%M}")
    article.refresh_from_db()
    assert (article.status, article.published_at) == (ArticleStatus.PUBLISHED, moment)
    assert not Article.objects.visible_to().exists()


def test_an_act_saves_what_was_typed_first(editor):
    article = make_article()
    press(editor, article, "publish", title="Typed just now")
    article.refresh_from_db()
    assert (article.title, article.status) == ("Typed just now", ArticleStatus.PUBLISHED)


def test_a_blocked_publication_names_and_links_what_blocks_it(editor):
    article = make_article(title="")
    response = press(editor, article, "publish")
    assert "The article has no title." in messages_of(response)
    assert f'href="{page_of(article)}"' in messages_of(response)
    assert Article.objects.get().status == ArticleStatus.DRAFT


def test_a_list_publishes_what_can_be_published_and_names_the_rest(editor):
    ready, blocked = make_article(), make_article(title="")
    sent = {"action": "publish", **chosen(ready, blocked), "index": "0"}
    response = editor.post(list_of(Article), sent, follow=True)
    ready.refresh_from_db()
    blocked.refresh_from_db()
    assert (ready.status, blocked.status) == (ArticleStatus.PUBLISHED, ArticleStatus.DRAFT)
    assert page_of(blocked) in messages_of(response)


def test_an_analyst_is_offered_no_publication_and_cannot_force_one(analyst):
    article = make_article()
    assert offered(analyst, article) == {"submit_for_review"}
    assert press(analyst, article, "publish").status_code == 403
    for sent in ({"index": "0"}, {"post": "yes"}):
        analyst.post(list_of(Article), {"action": "publish", **chosen(article), **sent})
    assert Article.objects.get().status == ArticleStatus.DRAFT


def test_the_acts_offered_follow_the_state(editor):
    assert offered(editor, make_article()) == {"submit_for_review", "publish", "schedule"}
    assert offered(editor, make_published_article()) == {"withdraw"}


def test_a_check_is_drafted_from_its_claim_submitted_approved_and_reopened(analyst, editor):
    claim = make_claim()
    response = save(analyst, claim, "_draft")
    check = FactCheck.objects.get()
    assert response.url == page_of(check) and check.author == analyst.user
    blocked = press(analyst, check, "submit")
    assert "Choose a rating." in messages_of(blocked) and "Add at least one piece of evidence." in messages_of(blocked)

    rating = {"rating": check._meta.get_field("rating").related_model.objects.get(slug="true").pk}
    evidence = {
        "evidence-TOTAL_FORMS": "1",
        "evidence-0-stance": "supports",
        "evidence-0-position": "",
        "evidence-0-summary": "The customs office says so.",
    }
    press(analyst, check, "submit", rationale="Because.", as_of="2025-06-01", **rating, **evidence)
    check.refresh_from_db()
    assert check.status == FactCheckStatus.SUBMITTED

    give_review(check, "true", by=editor.user)
    press(editor, check, "reopen")
    answer(editor, check, "reopen", reason="New figures.")
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.REOPENED


def test_a_rejection_needs_a_reason(editor):
    check = submitted_check()
    assert "This field is required" in answer(editor, check, "reject", reason="").content.decode()
    answer(editor, check, "reject", reason="One source is not enough.")
    check.refresh_from_db()
    assert (check.status, check.rejection_reason) == (FactCheckStatus.REJECTED, "One source is not enough.")


def test_nobody_turns_down_their_own_check(editor):
    check = submitted_check(by=editor.user)
    assert "take_back" in offered(editor, check) and not {"reject", "hand_back"} & offered(editor, check)
    answer(editor, check, "reject", reason="Mine.")
    check.refresh_from_db()
    assert check.status == FactCheckStatus.SUBMITTED


def test_only_its_author_submits_a_draft(analyst):
    check = make_draft_check()
    assert "submit" not in offered(analyst, check)
    assert "alone" in messages_of(press(analyst, check, "submit"))
    check.refresh_from_db()
    assert check.status == FactCheckStatus.DRAFT


def test_a_reviewer_who_looked_before_a_change_looks_again(editor):
    check = submitted_check()
    response = press(editor, check, "reject", version="1")
    assert "Look again" in messages_of(response)
    check.refresh_from_db()
    assert check.status == FactCheckStatus.SUBMITTED


@pytest.mark.parametrize("state", ["submitted", "published", "others' draft"])
def test_a_check_past_its_draft_or_of_somebody_else_is_not_edited(analyst, state):
    if state == "others' draft":
        check = make_draft_check()
    else:
        check = make_published_check(by=analyst.user) if state == "published" else submitted_check(by=analyst.user)
    before = check.rationale
    assert save(analyst, check, rationale="Edited").status_code == 403
    forged = {"evidence-TOTAL_FORMS": "1", "evidence-INITIAL_FORMS": "1", "evidence-0-summary": "Edited"}
    assert analyst.post(page_of(check), {**forged, "_save": "1"}).status_code == 403
    check.refresh_from_db()
    assert check.rationale == before


def test_forged_fields_of_a_draft_change_nothing(analyst):
    check = make_draft_check(by=analyst.user)
    other = make_user(group="analyst")
    save(
        analyst,
        check,
        status="published",
        author=str(other.pk),
        reviewer=str(other.pk),
        number="7",
        claim=make_claim().pk,
    )
    before = (check.status, check.author, check.number, check.claim_id)
    check.refresh_from_db()
    assert (check.status, check.author, check.number, check.claim_id) == before


def test_a_check_can_be_added_from_its_list(analyst):
    claim = make_claim()
    form = fields_of(analyst.get(list_of(FactCheck, "add")))
    analyst.post(list_of(FactCheck, "add"), {**form, "claim": claim.pk, "rationale": "Because."})
    check = FactCheck.objects.get()
    claim.refresh_from_db()
    assert (check.author, check.number, check.rationale) == (analyst.user, 1, "Because.")
    assert claim.status == ClaimStatus.BEING_CHECKED


def test_a_rule_between_two_fields_is_said_in_the_form(analyst):
    check = make_draft_check(by=analyst.user)
    response = save(analyst, check, as_of="2025-06-01", expires_on="2025-05-01")
    assert "A verdict expires after the day it speaks for." in response.content.decode()


def test_deleting_a_draft_leaves_the_status_of_its_claim_true(analyst):
    claim = make_claim()
    check = make_draft_check(claim, by=analyst.user)
    analyst.post(page_of(check, "delete"), sure(check))
    claim.refresh_from_db()
    assert (FactCheck.objects.count(), claim.status) == (0, ClaimStatus.UNCHECKED)
