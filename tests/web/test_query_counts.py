"""A page asks the database as often for 30 rows as for 3."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kb.models import Hop, Source
from kb.services import challenges
from tests.factories import (
    decided,
    make_appearance,
    make_challenge,
    make_citation,
    make_claim,
    make_correction,
    make_forecast,
    make_foreign_check,
    make_note,
    make_person,
    make_published_article,
    make_published_check,
    make_score,
    make_source,
    make_tag,
    make_touched,
    make_user,
    words,
)

pytestmark = pytest.mark.django_db

SENTENCES = [
    f"Convoy {number} of the year left the harbour with grain (#Courier{number}, June 12)." for number in range(30)
]


def grow(article, common, author, start: int, stop: int) -> None:
    """More of everything on one article and on one common claim, with one more article, claim, source and topic each."""
    editor = make_user(group="editor")
    for number in range(start, stop):
        source = make_source()
        looked_up = {"check_state": "confirmed", "checked_by": editor, "checked_at": timezone.now()}
        citation = make_citation(article, source=source, as_printed=f"(#Courier{number}, June 12)", **looked_up)
        claim = make_claim(period="" if number % 3 else "2022")
        if number % 2:
            make_published_check(claim)
        make_appearance(article, claim, exact=f"Convoy {number} of the year").citations.add(citation)
        article.tags.add(make_tag())
        Hop.objects.create(article=article, position=number, kind="republished", source=source, **decided("confirmed"))
        make_note(article=article, access="public", **words(article, SENTENCES[number][:8]))
        make_note(citation=citation, access="public")
        other = make_published_article()
        other.tags.add(article.tags.first())
        Hop.objects.create(article=other, position=1, kind="wrote", person=author, **decided("confirmed"))
        leaning = make_citation(other, source=Source.objects.get(slug="reuters"), speaker=author.name)
        make_appearance(other, common).citations.add(leaning)
        foretold = make_appearance(other, make_forecast(), exact="two more convoys are waiting")
        foretold.citations.add(leaning)
        make_score(foretold.claim, confirmed_by=editor, confirmed_at=timezone.now())
        make_note(claim=common, access="public")
        make_published_check(common)
        make_foreign_check(common, publisher=source)
        refused = make_challenge(common, why=f"Convoy {number} came in June.")
        challenges.answer(refused, by=editor, outcome="refused", answer="It came twice.")
        make_correction(article=article)
        make_touched(article, make_correction(claim, kind="update"))


def count(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_every_page_asks_equally_often_whatever_it_holds(client):
    article = make_published_article(body="\n\n".join(SENTENCES))
    common, author = make_claim(), make_person()
    grow(article, common, author, 0, 3)
    addresses = [
        "/",
        "/articles/",
        "/articles/?source=reuters&status=checked&rating=true&genre=news&language=en&after=2020-01-01",
        article.get_absolute_url(),
        "/claims/",
        "/claims/?source=reuters&status=checked&rating=true&language=en&type=fact",
        common.get_absolute_url(),
        "/sources/",
        "/sources/reuters/",
        author.get_absolute_url(),
        "/topics/",
        article.tags.first().get_absolute_url(),
        "/timeline/",
        "/timeline/?source=reuters&after=2020-01-01",
        "/corrections/",
        "/corrections/?type=rating_affected&type=update&source=reuters&tag=grain&after=2020-01-01",
        common.corrections.first().get_absolute_url(),
        "/forecasts/",
        "/method/",
        f"{article.get_absolute_url()}feed.atom",
        f"{common.get_absolute_url()}feed.atom",
        "/sources/reuters/feed.atom",
        f"{author.get_absolute_url()}feed.atom",
        f"{article.tags.first().get_absolute_url()}feed.atom",
        "/feeds/articles.atom",
        "/feeds/corrections.atom",
        "/sitemap.xml",
        "/sitemap-articles.xml",
        f"{common.get_absolute_url()}card/",
        f"/oembed/?url=http://testserver{common.get_absolute_url()}",
    ]
    few = {address: count(client, address) for address in addresses}
    grow(article, common, author, 3, 30)
    many = {address: count(client, address) for address in addresses}
    assert many == few
    assert max(many[address] for address in addresses if address != "/sitemap.xml") <= 19
