"""A claim on other people's pages says what stands, and when it does not stand any more."""

import re
from datetime import date

import pytest

from kb.models import FactCheck
from kb.services import articles, merging, verdicts
from tests.factories import (
    make_appearance,
    make_claim,
    make_correction,
    make_published_article,
    make_published_check,
    make_user,
)

from .test_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    claim = make_published_check(
        make_claim(text="Exports <b>rose</b> by 40 per cent."), expires_on=date(2030, 1, 1)
    ).claim
    claim.refresh_from_db()
    return claim


def card(client, claim, language=""):
    return client.get(f"{language}{claim.get_absolute_url()}card/")


def test_the_card_alone_may_be_framed_and_runs_nothing_and_keeps_nothing(client, claim):
    answer = card(client, claim)
    assert "X-Frame-Options" not in answer
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "script-src 'none'" in policy
    html = answer.content.decode()
    assert "<script" not in html and "style=" not in html and not answer.cookies
    for other in (claim.get_absolute_url(), "/", "/oembed/"):
        response = client.get(other)
        assert response["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_the_card_says_the_verdict_with_its_dates(client, claim):
    text = text_of(card(client, claim))
    assert "Exports &lt;b&gt;rose&lt;/b&gt; by 40 per cent." in text
    assert "✓ True" in text and "as of June 1, 2025" in text and "good until Jan. 1, 2030" in text
    assert 'dir="rtl"' in card(client, claim, "/ar").content.decode()
    assert 'href="/ar/claims/' in card(client, claim, "/ar").content.decode()


def test_the_card_says_that_a_verdict_is_in_doubt_has_expired_or_was_corrected(client, claim):
    make_correction(claim, kind="void")
    assert "void: taken back" in text_of(card(client, claim))
    FactCheck.objects.update(expires_on=date(2025, 7, 1))
    assert "expired: was True" in text_of(card(client, claim))
    verdicts.reopen(claim.fact_checks.get(), by=make_user(group="editor"), reason="The office took it back.")
    text = text_of(card(client, claim))
    assert "⟳ reopened" in text and "The office took it back." in text and "✓" not in text


def test_a_claim_that_nobody_checked_is_not_made_out_to_be_checked(client):
    claim = make_appearance(make_published_article()).claim
    assert "No verdict has been published." in text_of(card(client, claim))


def test_the_card_of_what_is_not_public_says_the_same_as_that_of_nothing(client, claim):
    hidden = make_claim(text="zzhidden")
    article = make_published_article()
    gone = make_appearance(article).claim
    articles.withdraw(article, by=make_user(group="editor"), reason="Invented.")
    nothing = client.get("/claims/999999/card/")
    assert "withdrawn, or was never published" in text_of(nothing)
    assert "frame-ancestors *" in nothing["Content-Security-Policy"] and "X-Frame-Options" not in nothing
    for one in (hidden, gone):
        answer = card(client, one)
        assert (answer.status_code, answer.content) == (404, nothing.content)
        assert embedded(client, one.get_absolute_url()).status_code == 404


# --- oEmbed


def embedded(client, address: str, host: str = "http://testserver", **rest):
    return client.get("/oembed/", {"url": f"{host}{address}", **rest})


def test_the_page_leads_to_a_frame_with_the_card(client, claim):
    for language in ("", "/ar"):
        page = client.get(f"{language}{claim.get_absolute_url()}").content.decode()
        [found] = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', page)
        said = client.get(found).json()
        assert (said["version"], said["type"], said["provider_name"]) == ("1.0", "rich", "Source & Verdict")
        [card] = re.findall(r'<iframe src="http://testserver([^"]+)" width="560"', said["html"])
        assert card == f"{language}{claim.get_absolute_url()}card/"
        assert client.get(card).status_code == 200
        assert "<b>" not in said["html"]


def test_the_frame_is_no_larger_than_the_page_has_room(client, claim):
    said = embedded(client, claim.get_absolute_url(), maxwidth="300", maxheight="99999").json()
    assert (said["width"], said["height"]) == (300, 280) and 'width="300"' in said["html"]


def test_the_address_of_a_merged_claim_gives_what_stands_in_its_place(client, claim):
    kept = make_claim()
    merging.merge(kept, claim, by=make_user(group="editor"))
    assert f"/claims/{kept.pk}/card/" in embedded(client, f"/claims/{claim.pk}/").json()["html"]
    assert card(client, claim)["Location"] == f"/claims/{kept.pk}/card/"


@pytest.mark.parametrize("asked", [{}, {"url": ""}, {"format": "xml"}, {"maxwidth": "-1"}, {"maxwidth": "wide"}, {"maxheight": "0"}, {"maxheight": "9" * 500}, {"maxwidth": "٣"}])  # fmt: skip
def test_what_makes_no_sense_is_refused_with_words(client, claim, asked):
    whole = {"url": f"http://testserver{claim.get_absolute_url()}"} if set(asked) - {"url"} else {}
    answer = client.get("/oembed/", {**whole, **asked})
    assert answer.status_code == 400 and answer.json()["error"]


@pytest.mark.parametrize("address", ["https://elsewhere.example/claims/1/", "//testserver/claims/1/", "javascript:alert(1)", "http://[broken", "http://testserver/articles/", "http://testserver/claims/99999999999999999999/", "http://testserver/\x00", "http://testserver@evil.example/claims/1/", "x" * 5000])  # fmt: skip
def test_an_address_without_a_claim_is_not_found(client, claim, address):
    answer = client.get("/oembed/", {"url": address})
    assert answer.status_code == 404 and answer.json()["error"]
