"""The challenge desk as readers meet it: no account, no script, nothing kept, nothing public before a person decides."""

import re

import pytest
from django.core import signing
from django.test import Client

from kb.models import Challenge, Task
from kb.services import challenges
from kb.web import challenge as desk
from tests.factories import (
    make_challenge,
    make_citation,
    make_claim,
    make_published_article,
    make_published_check,
    make_user,
)

from .crawl import crawl

pytestmark = pytest.mark.django_db
CANARY = "zzcanary"


@pytest.fixture
def claim():
    return make_published_check().claim


def sent(client, target: str, seconds=60, **changes):
    """Open the form, wait, and send it."""
    page = client.get(f"/challenge/?{target}")
    opened = re.search(r'name="opened" value="([^"]+)"', page.content.decode())[1]
    stamp = signing.loads(opened, salt=desk.SALT)
    stamp["at"] -= seconds
    content = {"kind": "other", "why": "It counts tons.", "opened": signing.dumps(stamp, salt=desk.SALT), **changes}
    return client.post(f"/challenge/?{target}", content)


def test_a_reader_files_a_challenge_and_follows_it_by_its_number(client, claim):
    answer = sent(client, f"claim={claim.pk}", contact="reader@example.org", addresses="https://example.org/a\n")
    challenge = Challenge.objects.get()
    assert answer.url == challenge.get_absolute_url() == f"/challenge/{challenge.reference}/"
    assert (challenge.state, challenge.claim, challenge.addresses) == ("received", claim, "https://example.org/a")
    page = client.get(answer.url)
    assert "Keep the address" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"] and page.headers["X-Robots-Tag"] == "noindex"
    assert "tons" not in page.content.decode() and "reader@" not in page.content.decode()
    assert client.get(answer.url.lower()).status_code == 200
    assert client.get("/challenge/BBBB-BBBB-BBBB/").status_code == 404


def test_its_words_stand_ready_and_links_lead_here(client, claim):
    assert f"/challenge/?claim={claim.pk}" in client.get(claim.get_absolute_url()).content.decode()
    article = make_published_article()
    citation = make_citation(article)
    assert f"/challenge/?citation={citation.pk}" in client.get(article.get_absolute_url()).content.decode()
    assert citation.as_printed in client.get(f"/challenge/?citation={citation.pk}").content.decode()


def test_only_what_readers_see_can_be_challenged(client):
    hidden = [
        f"claim={make_claim().pk}",
        f"citation={make_citation().pk}",
        f"citation={make_citation(make_published_article(), state='suggested').pk}",
        "claim=987654",
        "claim=",
        "claim=x",
        "claim=-1",
        "claim=١",
        f"claim={'9' * 40}",
    ]
    for target in hidden:
        assert client.get(f"/challenge/?{target}").status_code == 404, target
        assert client.post(f"/challenge/?{target}", {"why": "x"}).status_code == 404, target
    assert client.post("/challenge/", {"why": "x"}).status_code == 404


@pytest.mark.parametrize(
    "changes, seconds, held",
    [
        ({}, 60, ""),
        ({"website": "https://spam.example"}, 60, "do not see"),
        ({}, 1, "seconds"),
        ({}, 90_000, "older than a day"),
        ({"opened": "forged"}, 60, "did not come from this page"),
    ],
)
def test_what_no_person_does_is_held_back_and_told_to_nobody(client, claim, changes, seconds, held):
    answer = sent(client, f"claim={claim.pk}", seconds, **changes)
    challenge = Challenge.objects.get()
    assert held in challenge.suspicion and (challenge.state == "held") == bool(held)
    page = client.get(answer.url).content.decode()
    assert "received, an answer follows" in page and "held" not in page


@pytest.mark.parametrize(
    "changes",
    [
        {"why": ""},
        {"why": "x" * 4001},
        {"why": "a\x00b"},
        {"kind": "misquoted"},
        {"kind": ""},
        {"addresses": "javascript:alert(1)"},
        {"addresses": "\n".join(f"https://example.org/{n}" for n in range(6))},
        {"contact": "nobody"},
        {"words": "x" * 1001},
    ],
)
def test_nonsense_is_said_at_the_form_and_keeps_what_was_typed(client, claim, changes):
    answer = sent(client, f"claim={claim.pk}", **{"quote": "Kept words.", **changes})
    assert answer.status_code == 400 and "errorlist" in answer.content.decode()
    assert "Kept words." in answer.content.decode() and not Challenge.objects.exists()


def test_a_flood_is_told_when_to_come_again(client, claim, monkeypatch):
    monkeypatch.setattr(challenges, "MOST", 1)
    assert sent(client, f"claim={claim.pk}").status_code == 302
    answer = sent(client, f"claim={claim.pk}", why="Again.")
    assert answer.status_code == 429 and answer.headers["Retry-After"] and Challenge.objects.count() == 1


def test_a_forged_form_is_refused_and_the_cookie_dies_with_the_browser(claim):
    client = Client(enforce_csrf_checks=True)
    assert client.post(f"/challenge/?claim={claim.pk}", {"why": "x"}).status_code == 403
    page = client.get(f"/challenge/?claim={claim.pk}")
    cookies = page.cookies
    assert set(cookies) == {"csrftoken"} and not cookies["csrftoken"]["expires"] and not cookies["csrftoken"]["max-age"]
    token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())[1]
    answer = client.post(f"/challenge/?claim={claim.pk}", {"kind": "other", "why": "x", "csrfmiddlewaretoken": token})
    assert answer.status_code == 302
    assert not Client().get("/challenge/").cookies and not Client().get(claim.get_absolute_url()).cookies


def test_the_sender_takes_it_back_once(client):
    challenge = make_challenge(contact="reader@example.org")
    assert client.post(challenge.get_absolute_url()).status_code == 302
    challenge.refresh_from_db()
    assert (challenge.state, challenge.contact) == ("withdrawn", "") and not Task.objects.open().exists()
    assert client.post(challenge.get_absolute_url()).status_code == 409
    assert "withdrawn" in client.get(challenge.get_absolute_url()).content.decode()


def test_nothing_of_a_challenge_is_public_before_a_person_decides_and_then_what_they_decide(client, claim):
    texts = {name: f"{CANARY}-{name}" for name in ("words", "why", "quote")}
    texts |= {"addresses": f"https://example.org/{CANARY}", "contact": f"{CANARY}@example.org"}
    editor = make_user(group="editor")
    rows = [make_challenge(claim, **texts, suspicion=("x",) if n == 1 else ()) for n in range(5)]
    # The same words again are held back: a person lets them through.
    for row in rows:
        if row.state == "held" and row is not rows[1]:
            challenges.release(row, by=editor)
    _open, _held, silent, spam, shown = rows
    challenges.mark_as_spam(spam, by=editor)
    challenges.answer(silent, by=editor, outcome="refused", answer="No.", shows_text=False)
    pages = {
        **crawl(client),
        **{row.get_absolute_url(): client.get(row.get_absolute_url()).content.decode() for row in rows},
    }
    assert [address for address, content in pages.items() if CANARY in content] == []
    assert "No." in pages["/challenge/"]
    challenges.answer(shown, by=editor, outcome="refused", answer="Still no.", shows_text=True)
    page = client.get("/challenge/").content.decode()
    assert all(texts[name] in page for name in ("words", "why", "quote", "addresses")) and texts["contact"] not in page


def test_hostile_words_are_shown_as_words(client, claim):
    hostile = "<script>alert(1)</script>"
    row = make_challenge(claim, why=hostile, quote=hostile, addresses='https://example.org/"onmouseover=x')
    challenges.answer(row, by=make_user(group="editor"), outcome="refused", answer=hostile, shows_text=True)
    for address in ("/challenge/", row.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;" in page and '"onmouseover' not in page


def test_what_is_not_public_any_more_hides_its_challenge(client, claim):
    row = make_challenge(claim)
    challenges.answer(row, by=make_user(group="editor"), outcome="refused", answer="No way.")
    assert "No way." in client.get(row.get_absolute_url()).content.decode()
    hidden = make_challenge(make_claim(), why="Of a claim that nobody sees.")
    challenges.answer(hidden, by=make_user(group="editor"), outcome="refused", answer="Not for readers.")
    assert "Not for readers." not in client.get(hidden.get_absolute_url()).content.decode()
    assert "Not for readers." not in client.get("/challenge/").content.decode()


def test_the_list_costs_the_same_for_many(client, claim, django_assert_num_queries):
    editor = make_user(group="editor")

    def answered(count):
        for number in range(count):
            row = make_challenge(claim, why=f"Reason {Challenge.objects.count()} {number}")
            challenges.answer(row, by=editor, outcome="refused", answer="No.")

    answered(2)
    with django_assert_num_queries(1):
        client.get("/challenge/")
    answered(12)
    with django_assert_num_queries(1):
        client.get("/challenge/")


def test_the_page_of_a_claim_lists_what_was_answered_and_nothing_that_is_held_back_or_open(client, claim):
    editor = make_user(group="editor")
    shown, kept = (make_challenge(claim, why=f"{CANARY} {word}", quote=CANARY) for word in ("shown", "kept"))
    challenges.answer(shown, by=editor, outcome="refused", answer="The table counts both.", shows_text=True)
    challenges.answer(kept, by=editor, outcome="refused", answer="Read the note below it.")
    hidden = {
        "received": make_challenge(claim, why=f"{CANARY} open", contact=f"{CANARY}@example.org"),
        "held": make_challenge(claim, why=f"{CANARY} held", suspicion=(CANARY,)),
        "spam": challenges.mark_as_spam(make_challenge(claim, why=f"{CANARY} spam"), by=editor),
        "withdrawn": make_challenge(claim, why=f"{CANARY} withdrawn"),
    }
    challenges.withdraw(hidden["withdrawn"])
    assert {name: row.state for name, row in hidden.items()} == {name: name for name in hidden}
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "What readers challenged" in page
    assert "The table counts both." in page and "Read the note below it." in page
    assert f"{CANARY} shown" in page
    # Twice for what was shown, its reason and its quote, and nowhere else.
    assert page.count(CANARY) == 2
    assert not [name for name, row in hidden.items() if row.reference in page]


def test_a_claim_that_nobody_challenged_says_nothing_of_challenges(client, claim):
    assert "What readers challenged" not in client.get(claim.get_absolute_url()).content.decode()
