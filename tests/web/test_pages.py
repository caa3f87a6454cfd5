"""Each public page shows what it is for."""

import json
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError
from django.utils import timezone

from kb.models import Appearance, Hop, Rating, Source
from kb.services import articles, verdicts
from kb.web import maps
from tests.factories import (
    decided,
    make_appearance,
    make_citation,
    make_claim,
    make_draft_check,
    make_note,
    make_published_article,
    make_published_check,
    make_source,
    make_tag,
    make_user,
    words,
)

from .crawl import crawl, walk

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def text_of(response) -> str:
    """What is read aloud: words without tags, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.fixture
def article():
    article = make_published_article(title="Grain leaves the port", genre="news", standfirst="Ships again.")
    article.tags.add(make_tag("Grain"))
    citation = make_citation(article, date_resolved="2025-06-12", date_basis="published-before")
    claim = make_claim(text="Exports rose by 40 per cent in May 2025.")
    make_published_check(
        claim, rating=Rating.objects.get(slug="false"), rationale="The customs office says 4 per cent."
    )
    make_appearance(article, claim).citations.add(citation)
    return article


def test_reader_sees_the_verdict_in_words_right_after_the_marked_words(client, article):
    html = client.get(article.get_absolute_url()).content.decode()
    marked = re.search(
        r'<mark id="(claim-\d+)-words" class="claim refuted">Exports rose by 40 per cent in May</mark>(.*?)</a>', html
    )
    assert marked
    assert f'href="#{marked[1]}"' in marked[2]
    assert re.sub(r"<[^>]+>", "", marked[2]).split()[:2] == ["✗", "False,"]
    assert f'id="{marked[1]}"' in html and f'href="#{marked[1]}-words"' in html


def test_reader_sees_who_says_so_whether_they_do_whether_it_holds_and_why(client, article):
    text = text_of(client.get(article.get_absolute_url()))
    assert "Reuters , June 12 [2025, inferred: last such day before publication]" in text
    assert "not compared with the source yet" in text
    assert "False as of June 1, 2025, checked" in text
    assert "The customs office says 4 per cent." in text
    assert "1 citation 1 of 1 claim checked 1 disputed 0 expired 1 claim: 1 ✗ False" in text


def test_a_date_whose_year_was_not_resolved_stays_yearless(client):
    article = make_published_article()
    make_citation(article)
    assert "June 12 [no year printed]" in text_of(client.get(article.get_absolute_url()))


def test_the_badge_says_where_the_claim_stands(client):
    editor, yesterday = make_user(group="editor"), timezone.localdate() - timedelta(days=1)
    claims = {"unchecked": make_claim(), "being checked": make_claim(), "reopened": make_claim()}
    make_draft_check(claims["being checked"])
    verdicts.reopen(make_published_check(claims["reopened"]), by=editor, reason="New figures are out.")
    claims["expired: was True"] = make_published_check(expires_on=yesterday).claim
    claims["opinion, not rated"] = make_claim(statement_type="opinion")
    for badge, claim in claims.items():
        article = make_published_article()
        make_appearance(article, claim)
        html = client.get(article.get_absolute_url()).content.decode()
        after = re.search(r"in May</mark>(.*?)</a>", html)[1]
        assert badge in re.sub(r"<[^>]+>", "", after)
        assert badge in text_of(client.get(claim.get_absolute_url()))


def test_an_article_that_denies_a_false_claim_is_not_called_false(client, article):
    Appearance.objects.update(variant="negation")
    page = client.get(article.get_absolute_url())
    html = page.content.decode()
    assert "the opposite checked: False" in text_of(page)
    assert '<mark id="claim' in html and 'class="claim refuted"' not in html
    assert "ClaimReview" not in html


def test_an_opinion_is_marked_as_such(client):
    article = make_published_article(genre="opinion")
    assert "opinion The author’s view." in text_of(client.get(article.get_absolute_url()))


def test_citations_without_a_claim_and_attributions_to_nobody_are_listed(client):
    article = make_published_article()
    make_citation(article)
    make_citation(
        article,
        as_printed="Nobody says",
        resolution="unnamed",
        printed_name="",
        source=None,
        date_printed="",
        date_edtf="",
    )
    make_citation(
        article,
        as_printed="#CNN",
        resolution="unresolved",
        printed_name="CNN",
        source=None,
        date_printed="June 4",
        date_edtf="XXXX-06-04",
    )
    text = text_of(client.get(article.get_absolute_url()))
    assert "3 citations 0 of 0 claims checked" in text
    assert "attributed to nobody by name" in text
    assert "which source is meant is not settled" in text
    assert text.count("no claim has been taken from these words yet") == 3


def test_a_citation_that_supports_two_claims_has_one_anchor(client):
    article = make_published_article()
    citation = make_citation(article)
    make_appearance(article).citations.add(citation)
    make_appearance(article, exact="two more convoys are waiting").citations.add(citation)
    html = client.get(article.get_absolute_url()).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_the_chain_of_hands_stands_under_the_title(client, article):
    Hop.objects.create(article=article, position=1, kind="wrote", printed_name="A. Harbour", **decided("confirmed"))
    Hop.objects.create(
        article=article, position=2, kind="republished", source=make_source(name="The Quay"), **decided("confirmed")
    )
    assert "Written by A. Harbour Republished by The Quay" in text_of(client.get(article.get_absolute_url()))


def test_public_notes_stand_at_their_words_under_the_analysts_name(client, article):
    author = User.objects.create_user("mo", first_name="Mo", last_name="Farhadi")
    note = make_note(
        article=article, author=author, access="public", body="The ship left empty.", **words(article, "convoys")
    )
    make_note(article=article, author=author, access="public", body="Loaded, says the master.", reply_to=note)
    html = client.get(article.get_absolute_url()).content.decode()
    assert f'<mark id="note-{note.uid}-words" class="note">convoys</mark>' in html
    assert "The ship left empty." in html and "Loaded, says the master." in html and "Mo Farhadi" in html


@pytest.mark.parametrize("about", ["claim", "source", "citation"])
def test_public_notes_stand_on_the_page_of_what_they_are_about(client, article, about):
    citation = article.citations.get()
    target = {"claim": article.appearances.get().claim, "source": citation.source, "citation": citation}[about]
    make_note(**{about: target}, access="public", body="Worth a second look.")
    page = article if about == "citation" else target
    assert "Worth a second look." in text_of(client.get(page.get_absolute_url()))


def test_words_of_an_older_text_are_never_marked(client, article):
    article.revision += 1
    article.save()
    html = client.get(article.get_absolute_url()).content.decode()
    assert re.findall(r'<mark id="(?!sentence-)', html) == []
    assert "The customs office says 4 per cent." in html


def test_the_claim_page_has_evidence_history_and_places(client, article):
    claim = article.appearances.get().claim
    make_published_check(claim, rationale="Corrected: the office meant 40.")
    text = text_of(client.get(claim.get_absolute_url()))
    assert "Corrected: the office meant 40." in text
    assert "Customs statistics, May 2025." in text
    assert "Full history" in text and "The customs office says 4 per cent." in text
    assert "Grain leaves the port" in text


def test_a_claim_with_a_figure_shows_it_with_separators(client):
    claim = make_published_check(make_claim(value=190_000_000_000, unit="US dollars", period="2022")).claim
    assert "190,000,000,000 US dollars" in text_of(client.get(claim.get_absolute_url()))


def test_the_source_page_says_what_is_cited_and_how_often_it_is_cited_right(client, article):
    text = text_of(client.get("/sources/reuters/"))
    assert "1 time: 1 ○ not compared with the source yet" in text
    assert "Exports rose by 40 per cent in May 2025." in text


def test_topic_method_and_lists_show_their_things(client, article):
    assert "Grain leaves the port" in text_of(client.get("/topics/grain/"))
    assert "Grain" in text_of(client.get("/topics/"))
    assert "Reuters" in text_of(client.get("/sources/"))
    assert "Exports rose by 40 per cent in May 2025." in text_of(client.get("/claims/"))
    method = text_of(client.get("/method/"))
    for rating in Rating.objects.all():
        assert rating.label in method and rating.definition in method
    home = text_of(client.get("/"))
    assert "Grain leaves the port" in home and "Exports rose by 40 per cent in May 2025." in home


def test_an_article_of_any_script_has_its_address_and_direction(client):
    article = make_published_article(title="پیمان تهران", slug="پیمان-تهران", language="fa", direction="rtl")
    html = client.get(article.get_absolute_url()).content.decode()
    assert '<html lang="en" dir="ltr">' in html
    assert '<div class="text" lang="fa" dir="rtl">' in html
    assert '<bdi lang="fa" dir="rtl">پیمان تهران</bdi>' in html


def test_a_withdrawn_article_is_gone_with_date_and_reason_and_nothing_else(client, article):
    editor = make_user(group="editor")
    articles.withdraw(article, by=editor, reason="The figures were invented.")
    response = client.get(article.get_absolute_url())
    assert response.status_code == 410
    html = response.content.decode()
    assert "The figures were invented." in html
    assert "Grain leaves" not in html and "Monday" not in html
    assert "Grain leaves" not in "".join(crawl(client).values())


def test_an_article_withdrawn_before_its_moment_was_never_there(client):
    article = make_published_article(published_at=timezone.now() + timedelta(days=1))
    articles.withdraw(article, by=make_user(group="editor"), reason="It was wrong.")
    assert client.get(article.get_absolute_url()).status_code == 404


def test_what_does_not_exist_is_not_found(client):
    for address in ["/nothing/", "/articles/nothing/", "/claims/0/", f"/claims/{10**30}/", "/sources/x/", "/topics/x/", "/articles/%00/", "/articles/%ff/"]:  # fmt: skip
        response = client.get(address)
        assert response.status_code == 404, address
        assert "Not found" in response.content.decode()


def test_the_error_page_needs_no_database(client, monkeypatch, django_assert_num_queries):
    client.raise_request_exception = False
    monkeypatch.setattr("kb.web.views.Method.page", lambda self: 1 / 0)
    with django_assert_num_queries(0):
        response = client.get("/method/")
    assert response.status_code == 500
    assert "Something broke here" in response.content.decode()


def test_a_host_that_is_not_ours_gets_a_page_too(client):
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert "cannot be understood" in response.content.decode()


def test_health_is_told_apart_from_life(client, monkeypatch):
    assert client.get("/livez").status_code == client.get("/readyz").status_code == 200

    def away():
        raise OperationalError("away")

    monkeypatch.setattr("kb.web.health.connection.cursor", away)
    assert client.get("/livez").status_code == 200
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.headers["Retry-After"]


def test_no_public_page_sets_a_cookie_or_varies_by_one(client, article):
    for address in [*crawl(client), "/livez", "/readyz", "/articles/nothing/"]:
        response = client.get(address)
        # The form of a challenge alone sets one, against forged posts.
        # Whoever writes notes signs in; what readers may see of them is read at the same door.
        has_cookie = "/challenge/" in address or address.startswith("/annotations/")
        assert not response.cookies or has_cookie
        assert "Cookie" not in response.headers.get("Vary", "") or has_cookie
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        html = response.content.decode()
        assert "nonce" not in html
        # Data, or a file of this site; never words that run where they stand.
        assert not re.search(r'<script(?! type="application/ld\+json"| id="[a-z-]+" type="application/json"| type="module" src="/static/)|<style|\sstyle=|\son\w+=', html)  # fmt: skip


def test_the_feed_is_well_formed_and_holds_no_full_text(client, article):
    make_published_article(title="Bell \x07 & <b>bold</b>", standfirst="", body="word " * 400, display="full")
    feed = ElementTree.fromstring(client.get("/feeds/articles.atom").content)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}summary") for entry in entries] == [" ".join(["word"] * 60), "Ships again."]
    assert "Grain" in [category.get("term") for category in entries[1].findall(f"{ATOM}category")]


def test_the_sitemap_and_robots_name_public_addresses(client, article):
    def places(address):
        response = client.get(address)
        assert response["Content-Type"] == "application/xml"
        return [place.text for place in ElementTree.fromstring(response.content).iter() if place.tag.endswith("loc")]

    locations = {place for section in places("/sitemap.xml") for place in places(section)}
    for page in [article, article.appearances.get().claim, Source.objects.get(slug="reuters"), article.tags.get()]:
        assert f"http://testserver{page.get_absolute_url()}" in locations
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_the_map_names_each_page_in_the_other_languages_and_no_page_that_is_not_there(client, article):
    found = client.get("/sitemap-articles.xml").content.decode()
    there = f"http://testserver/ar{article.get_absolute_url()}"
    assert f'<xhtml:link rel="alternate" hreflang="ar" href="{there}"/>' in found
    assert client.get(there).status_code == 200
    for asked in ("/sitemap-secrets.xml", "/sitemap-articles.xml?p=2", "/sitemap-articles.xml?p=x"):
        assert client.get(asked).status_code == 404


def test_a_section_too_long_for_one_file_goes_on_in_the_next(client, article, monkeypatch):
    make_published_article()
    monkeypatch.setattr(maps.Map, "limit", 1)
    assert "<loc>http://testserver/sitemap-articles.xml?p=2</loc>" in client.get("/sitemap.xml").content.decode()
    assert client.get("/sitemap-articles.xml?p=2").content.count(b"<loc>") == 1


def test_verdicts_are_there_for_machines(client, article):
    claim = article.appearances.get().claim
    for address in [article.get_absolute_url(), claim.get_absolute_url()]:
        html = client.get(address).content.decode()
        block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)[1]
        assert "<" not in block
        [review] = [thing for thing in json.loads(block)["@graph"] if thing["@type"] == "ClaimReview"]
        assert review["claimReviewed"] == claim.text
        assert review["reviewRating"] == {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1, "alternateName": "False"}  # fmt: skip
        assert review["url"] == f"http://testserver{claim.get_absolute_url()}"
        assert date.fromisoformat(review["datePublished"]) == timezone.localdate()
        assert review["itemReviewed"]["author"]["name"] == "Reuters"
        assert review["itemReviewed"]["appearance"][0]["url"] == f"http://testserver{article.get_absolute_url()}"


MARKUP = {"text/html", "application/atom+xml", "application/xml"}
NAUGHTY = [
    "</script><script>alert(1)</script>",
    "{{7*7}} {% now 'Y' %} {0.__class__}",
    "' OR 1=1 -- \"><img src=x onerror=alert(1)>",
    "\u202eRTL override\u202c ﷽ Z̷a̷l̷g̷o̷ 👩‍👩‍👧‍👦 \ufeff\u200b",
    "Ṱ̺̺̕o͞ ]]> <!-- &lt; &#0; <![CDATA[",
]


@pytest.mark.parametrize("naughty", NAUGHTY)
def test_hostile_words_are_shown_and_never_obeyed(client, naughty):
    article = make_published_article(
        title=naughty, standfirst=naughty, body=naughty + "\n\nExports rose by 40 per cent in May"
    )
    source = make_source(name=naughty, description=naughty)
    citation = make_citation(
        article,
        source=source,
        as_printed=naughty,
        speaker=naughty,
        date_printed=naughty[:90],
        date_basis="x",
        date_resolved="2025-06-12",
    )
    check = make_published_check(make_claim(text=naughty, definition=naughty), rationale=naughty)
    make_appearance(article, check.claim).citations.add(citation)
    article.tags.add(make_tag(naughty))
    make_note(article=article, access="public", body=naughty)
    for address, answer in walk(client):
        content, kind = answer.content.decode(), answer.headers["Content-Type"].partition(";")[0]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if kind not in MARKUP:
            continue  # data, and no browser is let guess otherwise
        assert "<script>alert" not in content, address
        assert "<img src=x" not in content, address
        assert " 49 " not in content, address
        for block in re.findall(r'<script [^>]*type="application/(?:ld\+)?json">(.*?)</script>', content, re.S):
            assert "<" not in block
            json.loads(block)
        if kind.endswith("xml"):
            ElementTree.fromstring(content)


def test_an_address_that_runs_a_script_is_no_link(client):
    article = make_published_article(address="javascript:alert(1)", display="excerpt")
    make_citation(article, address="javascript:alert(1)")
    assert "javascript:" not in client.get(article.get_absolute_url()).content.decode()
