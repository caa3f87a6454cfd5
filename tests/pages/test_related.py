"""Articles that lean on the same, with the reason."""

import pytest

from kb.models import Source
from kb.pages.article import article_page
from tests.factories import (
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_published_article,
    make_source,
)

pytestmark = pytest.mark.django_db


def test_related_articles_say_what_they_have_in_common_and_claims_weigh_more_than_sources():
    article, claim = make_published_article(), make_claim()
    make_appearance(article, claim)
    make_citation(article)
    make_citation(article, as_printed="#CNN", source=Source.objects.get(slug="cnn"))
    by_source, by_claim, other = make_published_article(), make_published_article(), make_published_article()
    for printed, slug in [("(#Reuters, June 12)", "reuters"), ("#CNN", "cnn")]:
        make_citation(by_source, as_printed=printed, source=Source.objects.get(slug=slug))
    make_appearance(by_claim, claim)
    make_appearance(by_claim, claim, exact="two more convoys are waiting")
    make_citation(by_claim)
    make_citation(other, source=make_source())
    found = article_page(article).related
    assert [(one.title.text, one.claims, one.sources) for one in found] == [
        (by_claim.title, 1, ("Reuters",)),
        (by_source.title, 0, ("CNN", "Reuters")),
    ]


def test_what_readers_cannot_see_relates_nothing():
    article, claim = make_published_article(), make_claim()
    make_appearance(article, claim)
    make_citation(article)
    draft, published = make_article(), make_published_article()
    make_appearance(draft, claim)
    make_citation(draft)
    make_appearance(published, claim=None, state="suggested")
    make_citation(published, state="suggested")
    assert article_page(article).related == ()


def test_of_many_related_articles_the_nearest_are_named():
    article = make_published_article()
    claims = {exact: make_claim() for exact in ("Grain left the port", "Exports rose", "two more convoys")}
    for exact, claim in claims.items():
        make_appearance(article, claim, exact=exact)
    for number in range(8):
        near = make_published_article()
        for exact in list(claims)[: 1 + number % 3]:
            make_appearance(near, claims[exact], exact=exact)
    assert [one.claims for one in article_page(article).related] == [3, 3, 2, 2, 2]
