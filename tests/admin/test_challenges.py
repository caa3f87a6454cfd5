"""Challenges at the desk: the queue, who sees the contact, and the acts."""

import pytest

from kb.models import Challenge, Task
from kb.services import challenges
from tests.factories import make_challenge, make_citation, make_published_article, make_published_check

from .pages import chosen, fields_of, list_of, messages_of, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]


def press(client, row, act, **fields):
    """Press a button; where it asks, fill in what it asks."""
    if not fields:
        shown = fields_of(client.get(page_of(row)))
        return client.post(page_of(row), {**shown, "_act": act}, follow=True)
    sent = {"action": act, **chosen(row), "post": "yes", "from_page": "yes", **fields}
    return client.post(list_of(Challenge), sent, follow=True)


def test_it_is_taken_and_accepted_with_what_follows(editor):
    row = make_challenge()
    press(editor, row, "take")
    assert Task.objects.open().get(challenge=row).assignee == editor.user
    assert row.reference in editor.get(list_of(Challenge), {"waiting": "mine"}).content.decode()
    assert 'name="reopens"' in press(editor, row, "accept").content.decode()
    answer = press(editor, row, "accept", answer="You are right.", shows_text="on", reopens="on")
    assert "Accepted, in public" in messages_of(answer)
    row.refresh_from_db()
    assert row.state == "accepted" and row.reopened and row.correction


def test_who_answers_has_the_objection_before_them_and_is_asked_what_fits_it(editor):
    row = make_challenge(why="Count the <b>tons</b>.", addresses="https://example.org/tons")
    page = press(editor, row, "accept").content.decode()
    assert "Count the &lt;b&gt;tons&lt;/b&gt;." in page and "https://example.org/tons" in page
    assert 'name="reopens"' in page and 'name="check_state"' not in page
    of_citation = make_challenge(make_citation(make_published_article()))
    page = press(editor, of_citation, "accept").content.decode()
    assert 'name="check_state"' in page and 'name="reopens"' not in page
    several = {"action": "refuse", "_selected_action": [row.pk, of_citation.pk]}
    assert "example.org/tons" not in editor.post(list_of(Challenge), several).content.decode()


def test_what_was_typed_stays_when_the_rows_refuse(editor):
    row = make_challenge()
    page = press(editor, row, "accept", answer="A long answer, well considered.").content.decode()
    assert "Say what follows" in page and "A long answer, well considered." in page
    assert Challenge.objects.get().state == "received"


def test_a_refusal_without_reasons_is_asked_again(editor):
    row = make_challenge()
    assert "errorlist" in press(editor, row, "refuse", answer=" ").content.decode()
    press(editor, row, "refuse", answer="The table says so.")
    row.refresh_from_db()
    assert (row.state, row.shows_text) == ("refused", False)


def test_spam_is_put_away_and_brought_back(analyst):
    row = make_challenge(suspicion=("many links",))
    page = analyst.get(list_of(Challenge), {"waiting": "held"}).content.decode()
    assert row.reference in page
    assert "many links" in analyst.get(page_of(row)).content.decode()
    press(analyst, row, "spam")
    press(analyst, row, "release")
    row.refresh_from_db()
    assert row.state == "received"


def test_the_contact_is_for_whoever_answers(analyst, editor, sign_in):
    row = make_challenge(contact="reader@example.org")
    assert "reader@example.org" in editor.get(page_of(row)).content.decode()
    assert "reader@example.org" not in analyst.get(page_of(row)).content.decode()
    press(analyst, row, "take")
    assert "reader@example.org" in analyst.get(page_of(row)).content.decode()
    for client in (analyst, editor):
        assert "reader@example.org" not in client.get(list_of(Challenge)).content.decode()
        assert "reader@example.org" not in client.get(page_of(row, "history")).content.decode()


def test_an_analyst_is_offered_no_answer(analyst):
    row = make_challenge()
    page = analyst.get(page_of(row)).content.decode()
    assert 'value="accept"' not in page and 'value="spam"' in page
    press(analyst, row, "refuse", answer="No.")
    assert Challenge.objects.get().state == "received"


def test_the_first_page_counts_what_waits(analyst):
    make_challenge()
    make_challenge(suspicion=("x",))
    page = analyst.get("/admin/").content.decode()
    assert "Challenges nobody has" in page and "Challenges held back" in page


def test_the_list_costs_the_same_for_many(analyst, django_assert_max_num_queries):
    claim = make_published_check().claim
    for number in range(12):
        challenges.file(claim, origin=str(number), kind="other", why=f"Reason {number}")
    analyst.get(list_of(Challenge))
    with django_assert_max_num_queries(7):
        analyst.get(list_of(Challenge))
