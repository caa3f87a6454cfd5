"""The day of first publication."""

import pytest

from tests.importing.web_page.fields.building import json_ld, meta, read, script

H1 = "<h1>Ferries return to the old harbour</h1>"
ELSEWHERE = "https://www.harbourtimes.example/ferries"


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("2025-03-24T09:30:00+01:00", "2025-03-24"),
        ("2025-03-24T23:30:00-05:00", "2025-03-24"),
        ("2025-03-24T00:30:00+02:00", "2025-03-24"),
        ("2025-03-24", "2025-03-24"),
        ("2025-3-4", "2025-03-04"),
        ("2025/03/24 09:30", "2025-03-24"),
        ("20250324T093000Z", "2025-03-24"),
        ("20250324", "2025-03-24"),
        ("1742810400", "2025-03-24"),
        ("1742810400000", "2025-03-24"),
        ("Mon, 24 Mar 2025 09:30:00 GMT", "2025-03-24"),
        ("March 24, 2025", "2025-03-24"),
        ("24.03.2025 09:30", "2025-03-24"),
        ("24. März 2025", "2025-03-24"),
        ("24 mars 2025", "2025-03-24"),
        ("2025年3月24日", "2025-03-24"),
        ("2025년 3월 24일", "2025-03-24"),
        ("24 марта 2025", "2025-03-24"),
        ("24/03/2025", "2025-03-24"),
        ("۴ فروردین ۱۴۰۴", "2025-03-24"),
        ("1404/01/04", None),
        ("03/04/2025", None),
        ("2025-02-30", None),
        ("0000-00-00", None),
        ("today", None),
        ("", None),
    ],
)
def test_days_in_the_spellings_of_machines_and_people(printed, day):
    assert read(json_ld(datePublished=printed), address=ELSEWHERE).published == day


@pytest.mark.parametrize(
    ("head", "body", "address", "origin"),
    [
        (json_ld(datePublished="2025-03-24T10:00Z"), "", ELSEWHERE, "json-ld"),
        (meta(article__published_time="2025-03-24T10:00Z"), "", ELSEWHERE, "opengraph"),
        ('<meta name="parsely-pub-date" content="2025-03-24T10:00Z">', "", ELSEWHERE, "meta"),
        ('<meta name="DC.date.issued" content="2025-03-24">', "", ELSEWHERE, "meta"),
        ("", H1 + '<span itemprop="datePublished" content="2025-03-24">Monday</span>', ELSEWHERE, "microdata"),
        ("", H1 + '<time datetime="2025-03-24T10:00Z">Monday</time>', ELSEWHERE, "time"),
        ("", H1 + '<p class="date">24 March 2025</p>', ELSEWHERE, "text"),
        ("", H1 + "<p>Published on March 24, 2025</p>", ELSEWHERE, "text"),
        ("", H1, "https://www.harbourtimes.example/2025/03/24/ferries", "address"),
        ("", H1, "https://www.harbourtimes.example/news/2025-03-24-ferries.html", "address"),
        ("", H1, "https://www.harbourtimes.example/2025/mar/24/ferries", "address"),
    ],
)
def test_each_place_of_a_page_may_give_the_day(head, body, address, origin):
    fields = read(head, body, address=address)
    assert fields.published == "2025-03-24"
    assert fields.provenance["published"].origin == origin


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (json_ld(dateModified="2025-03-24"), ""),
        (meta(article__modified_time="2025-03-24", og__updated_time="2025-03-24"), ""),
        ("", H1 + '<time class="updated" datetime="2025-03-24">Monday</time>'),
        ("", H1 + "<time datetime='2025-03-24'>Updated Monday</time>"),
        ("", H1 + '<p class="date">Last updated: 24 March 2025</p>'),
        ("", H1 + '<aside><time datetime="2025-03-24">Monday</time></aside>'),
        ("", H1 + '<div class="comments"><time datetime="2025-03-24">Monday</time></div>'),
        (
            "",
            H1
            + "<p>The first ferry sailed on 24 March 1925 with two hundred people and a brass band on its upper deck.</p>",
        ),
    ],
)
def test_days_of_changes_of_others_and_of_prose_are_not_the_day(head, body):
    assert read(head, body, address=ELSEWHERE).published is None


def test_places_that_agree_outweigh_one_that_does_not():
    head = (
        meta(article__published_time="2025-03-24")
        + '<meta name="date" content="2025-03-24">'
        + json_ld(datePublished="2025-03-26")
    )
    fields = read(head, address=ELSEWHERE)
    assert fields.published == "2025-03-24"
    assert ("json-ld", "2025-03-26") in fields.provenance["published"].others


def test_the_time_beside_the_heading_counts_and_that_of_a_far_teaser_does_not():
    far = "<p>Words.</p>" * 400 + '<p><time datetime="2019-01-01">Then</time></p>'
    assert read("", H1 + '<time datetime="2025-03-24">Monday</time>' + far, address=ELSEWHERE).published == "2025-03-24"
    assert read("", H1 + far, address=ELSEWHERE).published is None


def test_an_order_of_day_and_month_that_is_open_is_decided_by_a_place_that_is_clear():
    head = script('{"@type":"NewsArticle","datePublished":"03/04/2025"}') + meta(article__published_time="2025-04-03")
    assert read(head, address=ELSEWHERE).published == "2025-04-03"
