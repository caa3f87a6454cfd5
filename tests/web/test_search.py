"""The search page as a reader meets it: plain links, nothing that breaks out, and a message for what makes no sense."""

import re

import pytest

from tests.factories import make_article, make_citation, make_published_article, make_tag

pytestmark = pytest.mark.django_db
HOSTILE = '"><script>alert(1)</script><mark>'


def page(client, **asked) -> str:
    response = client.get("/search/", asked)
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    return response.content.decode()


def test_every_page_has_the_box_and_an_empty_question_is_no_error(client):
    assert 'role="search" action="/search/"' in client.get("/").content.decode()
    assert "Nothing found" not in page(client)
    assert "Nothing found" in page(client, q="nowhere")


def test_what_was_typed_and_what_was_found_stay_text(client):
    make_published_article(title=f"Wheat {HOSTILE}", body=f"Wheat {HOSTILE} grows.", standfirst=HOSTILE)
    for query in (f"wheat {HOSTILE}", "wheat", "source:" + HOSTILE.replace(" ", "")):
        content = page(client, q=query)
        assert "<script>alert" not in content
    assert '<mark class="hit">Wheat</mark> &quot;&gt;&lt;script&gt;' in page(client, q="wheat")


def test_facets_are_links_that_narrow_and_widen_again(client):
    article = make_published_article(title="Wheat", genre="news")
    make_citation(article)
    article.tags.add(make_tag("Harvest"))
    make_published_article(title="Wheat again", genre="opinion")
    content = page(client, q="wheat")
    links = dict(re.findall(r'<li><a href="\?([^"]*)"[^>]*>(?:<span[^>]*>✓</span> )?<bdi>([^<]*)</bdi>', content))
    by_label = {label: address.replace("&amp;", "&") for address, label in links.items()}
    assert {"article", "Reuters", "Harvest", "news", "opinion", "without a citation"} <= by_label.keys()
    for label in ("Reuters", "Harvest", "news"):
        narrowed = client.get(f"/search/?{by_label[label]}").content.decode()
        assert "Wheat again" not in narrowed.replace("Wheat</mark> again", "Wheat again")
        assert 'aria-current="true" rel="nofollow"' in narrowed


@pytest.mark.parametrize(
    "asked", [{"source": "nobody"}, {"rating": "x"}, {"before": "soon"}, {"type": "poem"}, {"page": "x"}]
)
def test_an_unknown_value_is_an_empty_list_with_a_message(client, asked):
    make_published_article(title="Wheat")
    content = page(client, q="wheat", **asked)
    assert re.search(r'class="problems"><p>', content) and "Wheat</mark>" not in content


def test_the_feed_of_a_search_has_its_articles_newest_first(client):
    make_published_article(title="Wheat one")
    make_article(title="Wheat hidden")
    address = re.search(r'type="application/atom\+xml" href="(/search/feed[^"]*)"', page(client, q="wheat"))[1]
    feed = client.get(address.replace("&amp;", "&"))
    assert feed.headers["Content-Type"].startswith("application/atom+xml")
    assert "Wheat one" in feed.content.decode() and "hidden" not in feed.content.decode()
