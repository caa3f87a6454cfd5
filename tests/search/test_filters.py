"""The filters find what they say, and nonsense finds nothing and breaks nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from kb.models import Article, Claim, Rating, Source
from kb.search.filters import ArticleFilter, ClaimFilter, SourceFilter
from tests.factories import (
    make_appearance,
    make_citation,
    make_claim,
    make_published_article,
    make_published_check,
    make_source,
    make_tag,
)

pytestmark = pytest.mark.django_db


def articles(**asked) -> set:
    found = ArticleFilter(asked, Article.objects.visible_to())
    assert found.is_valid(), found.errors
    return set(found.qs)


def claims(**asked) -> set:
    found = ClaimFilter(asked, Claim.objects.visible_to().with_standing())
    assert found.is_valid(), found.errors
    return set(found.qs)


def test_articles_are_found_by_what_they_cite_and_carry():
    one, two, three = (make_published_article() for _ in range(3))
    make_citation(one)
    make_citation(two, source=Source.objects.get(slug="cnn"))
    one.tags.add(make_tag("Grain"))
    three.tags.add(make_tag("Ports"))
    assert articles(source=["reuters"]) == {one}
    assert articles(source=["reuters", "cnn"]) == {one, two}
    assert articles(tag=["grain", "ports"]) == {one, three}
    assert articles(source=["cnn"], tag=["grain"]) == set()
    assert articles() == {one, two, three}


def test_a_suggested_citation_or_tag_is_no_reason_to_find_an_article():
    named = make_published_article()
    make_citation(named)
    make_citation(make_published_article(), state="suggested")
    make_citation(make_published_article(), state="rejected")
    assert articles(source=["reuters"]) == {named}


def test_articles_are_found_by_genre_language_and_day():
    day = datetime(2025, 6, 12, 23, 30, tzinfo=UTC)
    one = make_published_article(genre="opinion", language="fa", published_at=day)
    two = make_published_article(genre="news", language="en", published_at=day + timedelta(hours=1))
    assert articles(genre=["opinion"]) == articles(language=["fa"]) == articles(before="2025-06-12") == {one}
    assert articles(genre=["opinion", "news"]) == articles(after="2025-06-12") == {one, two}
    assert articles(after="2025-06-13") == {two}
    assert articles(after="0001-01-01", before="9999-12-31") == {one, two}


def test_articles_and_claims_are_found_by_how_claims_fared():
    yesterday = timezone.localdate() - timedelta(days=1)
    expired = make_published_check(expires_on=yesterday).claim
    false = make_published_check(rating=Rating.objects.get(slug="false")).claim
    unchecked = make_claim()
    by_claim = {}
    for claim in (expired, false, unchecked):
        by_claim[claim] = make_published_article()
        make_appearance(by_claim[claim], claim)
    assert claims(status=["expired"]) == {expired}
    assert claims(status=["checked"]) == {false}
    assert claims(status=["unchecked", "expired"]) == {unchecked, expired}
    assert claims(rating=["false"]) == {false}
    assert claims(rating=["false", "true"]) == {false, expired}
    assert articles(status=["expired"]) == {by_claim[expired]}
    assert articles(rating=["false"]) == {by_claim[false]}


def test_claims_are_found_by_source_topic_kind_language_and_day_of_check():
    article = make_published_article()
    article.tags.add(make_tag("Grain"))
    one, two = make_claim(language="fa"), make_claim(statement_type="quotation")
    make_appearance(article, one).citations.add(make_citation(article))
    make_appearance(article, two, exact="two more convoys are waiting")
    three = make_published_check().claim
    today = timezone.localdate()
    assert claims(source=["reuters"]) == {one}
    assert claims(tag=["grain"]) == {one, two}
    assert claims(type=["quotation"]) == {two}
    assert claims(language=["fa"]) == {one}
    assert claims(after=str(today)) == claims(before=str(today)) == {three}
    assert claims(before=str(date(2020, 1, 1))) == set()


def test_sources_are_found_by_kind_and_letter():
    think_tank = make_source(kind="think_tank", reliability="B", reliability_reason="Its figures held.")
    make_source()
    found = SourceFilter({"kind": ["think_tank"], "reliability": ["B"]}, Source.objects.all())
    assert think_tank in found.qs and all(source.kind == "think_tank" for source in found.qs)


FIELDS = [
    "source",
    "tag",
    "status",
    "rating",
    "genre",
    "language",
    "type",
    "kind",
    "reliability",
    "after",
    "before",
    "page",
]
NONSENSE = ["nonsense", "\0", "-1", "9" * 5000, "2025-13-45", "' OR 1=1 --", "%", "é" * 300, "{{7*7}}", "null", "\ud800".encode("utf-8", "replace").decode(), "🎈"]  # fmt: skip


@pytest.mark.parametrize("path", ["/articles/", "/claims/", "/sources/", "/topics/"])
def test_nonsense_gives_an_empty_list_with_a_message_and_never_an_error(client, path):
    article = make_published_article(title="Grain leaves the port")
    make_appearance(article, make_published_check(make_claim(text="Exports rose in May.")).claim)
    make_citation(article)
    article.tags.add(make_tag("Grain ships"))
    shown = {
        "/articles/": "Grain leaves",
        "/claims/": "Exports rose",
        "/sources/": "Reuters",
        "/topics/": "Grain ships",
    }
    assert shown[path] in client.get(path).content.decode()
    known = {
        "/articles/": set(FIELDS) - {"type", "kind", "reliability"},
        "/claims/": set(FIELDS) - {"genre", "kind", "reliability"},
        "/sources/": {"kind", "reliability", "page"},
        "/topics/": {"page"},
    }
    for field in FIELDS:
        for value in NONSENSE:
            response = client.get(path, {field: [value, value]})
            assert response.status_code == 200, (field, value)
            html = response.content.decode()
            assert (shown[path] in html) == (field not in known[path]), (field, value)
            assert ('role="status"' in html) == (field in known[path]), (field, value)


def test_filters_are_kept_while_paging(client):
    for _ in range(45):
        make_published_article(genre="news")
    make_published_article(genre="opinion", title="Not this one")
    address, seen = "/articles/?genre=news", []
    while address:
        html = client.get(address).content.decode()
        seen += [link for link in html.split('<h2 dir="ltr"><a href="')[1:]]
        later = html.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
        address = f"/articles/{later}" if later else ""
    assert len({row.partition('"')[0] for row in seen}) == len(seen) == 45
    assert "Not this one" not in "".join(seen)


def test_a_chosen_filter_can_be_taken_off_alone(client):
    make_citation(make_published_article(genre="news"))
    html = client.get("/articles/?genre=news&source=reuters&genre=opinion&page=").content.decode()
    assert "Cites: <bdi>Reuters</bdi>" in html
    assert 'href="/articles/?genre=opinion&amp;source=reuters"' in html
    assert 'href="/articles/?genre=news&amp;genre=opinion"' in html
