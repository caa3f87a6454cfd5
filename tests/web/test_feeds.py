"""What happened to each thing, as Atom that a strict reader takes."""

import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from kb.models import Article, Citation, Hop, Person
from kb.services import articles, merging, verdicts
from tests.factories import (
    decided,
    make_appearance,
    make_citation,
    make_claim,
    make_correction,
    make_published_article,
    make_published_check,
    make_source,
    make_tag,
    make_touched,
    make_user,
)

pytestmark = pytest.mark.django_db
ATOM, XML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
TAG = re.compile(r"tag:testserver,\d{4}-\d\d-\d\d:[!-~]+")
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def feed_of(client, address: str) -> ElementTree.Element:
    """The feed at this address, held to what RFC 4287 demands."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    [own] = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert own == f"http://testserver{address}"
    assert feed.find(f"{ATOM}author").findtext(f"{ATOM}name")
    ids = [node.text for node in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) and all(TAG.fullmatch(one) for one in ids), ids
    for node in (feed, *feed.findall(f"{ATOM}entry")):
        for once in ("id", "title", "updated"):
            assert len(node.findall(f"{ATOM}{once}")) == 1, once
        assert [link.get("rel") for link in node.findall(f"{ATOM}link")].count("alternate") == 1
        for link in node.findall(f"{ATOM}link"):
            assert re.fullmatch(r"http://testserver/[!-~]*", link.get("href"))
        for moment in [*node.findall(f"{ATOM}updated"), *node.findall(f"{ATOM}published")]:
            assert RFC3339.fullmatch(moment.text)
        for text in node.iter(f"{ATOM}title"):
            assert text.get(f"{XML}lang") is None or LANGUAGE.fullmatch(text.get(f"{XML}lang"))
    moments = [datetime.fromisoformat(node.text) for node in feed.findall(f"{ATOM}entry/{ATOM}updated")]
    assert moments == sorted(moments, reverse=True)
    if moments:
        assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) == moments[0]
    return feed


def titles(client, thing) -> list[str]:
    feed = feed_of(client, f"{thing.get_absolute_url()}feed.atom")
    return [node.text for node in feed.findall(f"{ATOM}entry/{ATOM}title")]


@pytest.fixture
def published():
    """An article whose claim is cited to a source of its own, checked, and stands under a topic."""
    article = make_published_article(title="Grain leaves the port", published_at=timezone.now() - timedelta(days=1))
    citation = make_citation(article, source=make_source(name="Harbour Gazette"))
    check = make_published_check(make_claim(text="Exports rose by 40 per cent in May 2025."))
    make_appearance(article, check.claim).citations.add(citation)
    article.tags.add(make_tag("Grain"))
    return article


def test_a_verdict_stands_in_the_feed_of_everything_it_is_about(client, published):
    claim = published.appearances.get().claim
    for thing in (published, claim, published.citations.get().source, published.tags.get()):
        # The article is as fresh as the verdict in it.
        assert titles(client, thing) == ["Grain leaves the port", "True: Exports rose by 40 per cent in May 2025."]


def test_a_changed_verdict_is_told_once_as_its_correction(client, published):
    claim = published.appearances.get().claim
    make_published_check(claim, rationale="Counted a third time.")
    told = sorted(titles(client, claim))
    words = "Exports rose by 40 per cent in May 2025."
    assert told == ["Grain leaves the port", f"True: {words}", f"reasons changed, same rating: {words}"]


def test_a_reopened_verdict_is_told(client, published):
    check = published.appearances.get().claim.fact_checks.get()
    verdicts.reopen(check, by=make_user(group="editor"), reason="The office took it back.")
    feed = feed_of(client, f"{published.get_absolute_url()}feed.atom")
    assert "The office took it back." in feed.find(f"{ATOM}entry").findtext(f"{ATOM}summary")


def test_the_feed_of_an_article_tells_corrections_that_only_touch_it(client, published):
    make_touched(published, make_correction(make_published_check().claim), ring="same_citation")
    assert len(titles(client, published)) == 3
    assert len(titles(client, published.tags.get())) == 2


def test_a_source_is_told_of_articles_it_brought(client):
    article, source = make_published_article(title="Ships again"), make_source()
    Hop.objects.create(article=article, position=1, kind="published", source=source, **decided("confirmed"))
    assert titles(client, source) == ["Ships again"]


def test_a_person_is_told_of_what_they_wrote_and_are_cited_for(client, published):
    person = Person.objects.create(name="Ada Harbour", slug="ada-harbour")
    Citation.objects.filter(article=published).update(speaker="Ada Harbour")
    assert titles(client, person) == titles(client, published)
    written = make_published_article(title="Ships again")
    Hop.objects.create(article=written, position=1, kind="wrote", person=person, **decided("confirmed"))
    assert titles(client, person) == ["Ships again", *titles(client, published)]


def test_an_entry_keeps_its_id_in_every_feed_in_each_language_and_when_its_words_change(client, published):
    def ids(address):
        return {node.text for node in feed_of(client, address).findall(f"{ATOM}entry/{ATOM}id")}

    own = f"{published.get_absolute_url()}feed.atom"
    before = ids(own)
    assert ids("/feeds/articles.atom") <= before
    assert ids(f"/ar{own}") == before
    Article.objects.filter(pk=published.pk).update(title="Grain stays", slug="grain-stays")
    assert ids("/articles/grain-stays/feed.atom") == before


def test_words_that_xml_cannot_carry_and_marks_of_html_do_no_harm(client):
    article = make_published_article(title="Bell \x07\ufffe & <b>bold</b>", standfirst="\x01a < b & c", language="fa")
    feed = feed_of(client, f"{article.get_absolute_url()}feed.atom")
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Bell  & <b>bold</b>"
    assert entry.find(f"{ATOM}title").get(f"{XML}lang") == "fa"
    assert entry.findtext(f"{ATOM}summary") == "a &lt; b &amp; c"


def test_a_reader_who_has_the_feed_gets_it_again_only_when_it_changed(client, published):
    address = f"{published.get_absolute_url()}feed.atom"
    first = client.get(address)
    assert not first.has_header("Last-Modified")
    assert "must-revalidate" in first["Cache-Control"] and not first.cookies
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    make_correction(article=published)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_withdrawn_article_leaves_every_feed_although_nothing_later_happened(client, published):
    claim, address = published.appearances.get().claim, f"{published.get_absolute_url()}feed.atom"
    tag = f"{claim.get_absolute_url()}feed.atom"
    had = client.get(tag)["ETag"]
    articles.withdraw(published, by=make_user(group="editor"), reason="Invented.")
    assert client.get(address).status_code == 410
    answer = client.get(tag, headers={"if-none-match": had})
    assert (answer.status_code, "Grain leaves" in answer.content.decode()) == (200, False)


def test_the_feed_of_what_was_merged_leads_on_like_its_page(client, published):
    claim, source = published.appearances.get().claim, published.citations.get().source
    claim.refresh_from_db()
    for kept, given_up in ((make_claim(), claim), (make_source(), source)):
        for language in ("", "/ar"):
            assert client.get(f"{language}{given_up.get_absolute_url()}feed.atom").status_code == 200
        merging.merge(kept, given_up, by=make_user(group="editor"))
        for language in ("", "/ar"):
            answer = client.get(f"{language}{given_up.get_absolute_url()}feed.atom")
            assert (answer.status_code, answer["Location"]) == (301, f"{language}{kept.get_absolute_url()}feed.atom")


def test_a_feed_of_nothing_is_valid_and_does_not_change(client):
    first = feed_of(client, "/feeds/corrections.atom")
    assert first.findall(f"{ATOM}entry") == []
    assert client.get("/feeds/corrections.atom")["ETag"] == client.get("/feeds/corrections.atom")["ETag"]


@pytest.mark.parametrize("address", ["/articles/never/feed.atom", "/claims/99999999999999999999/feed.atom", "/topics/%00/feed.atom", "/claims/1/feed.atom/", "/sources/x/feed.rss"])  # fmt: skip
def test_what_does_not_exist_has_no_feed(client, address):
    assert client.get(address).status_code == 404


def test_a_feed_is_read_and_not_written_to(published):
    assert Client().post(f"{published.get_absolute_url()}feed.atom").status_code == 405
