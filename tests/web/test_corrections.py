"""Corrections in public: the list, its entries, the feed, and the notice on an article not looked at since."""

from datetime import timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from kb.models import Claim, Correction, Rating, Source, Variant
from kb.services import articles, verdicts
from kb.services.ripple import acknowledge, correct
from tests.factories import (
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_correction,
    make_published_article,
    make_published_check,
    make_tag,
    make_touched,
    make_user,
)

from .test_pages import ATOM, text_of

pytestmark = pytest.mark.django_db
NOT_REVIEWED = "The editors have not reviewed the article since."


@pytest.fixture
def changed():
    """A published article whose claim was true and is false now."""
    article = make_published_article(title="Grain leaves the port", published_by=make_user(group="editor"))
    citation = make_citation(article)
    claim = make_claim(text="Exports rose by 40 per cent in May 2025.")
    make_appearance(article, claim).citations.add(citation)
    article.tags.add(make_tag("Grain"))
    make_published_check(claim)
    author = make_user(first_name="Ada", last_name="Harbour", group="analyst")
    make_published_check(
        claim, rating=Rating.objects.get(slug="false"), rationale="The office took it back.", by=author
    )
    return article


def test_the_list_tells_before_now_why_who_and_which_articles(client, changed):
    text = text_of(client.get("/corrections/"))
    assert "1 correction: 1 rating changed" in text
    assert "⇄ rating changed" in text and "Exports rose by 40 per cent in May 2025." in text
    assert "Before ✓ True The customs office publishes the figure. Now ✗ False The office took it back." in text
    assert "Articles it touches Grain leaves the port makes the claim" in text
    assert "Checked by Ada Harbour , reviewed by" in text
    html = client.get("/corrections/").content.decode()
    correction = Correction.objects.get()
    assert f'id="c{correction.pk}"' in html and f'href="/corrections/{correction.pk}/"' in html


def test_a_reopened_verdict_is_told_as_in_doubt_with_its_reason(client):
    check = make_published_check()
    verdicts.reopen(check, by=make_user(group="editor"), reason="New figures came in.")
    assert "Now ⟳ reopened Why New figures came in." in text_of(client.get("/corrections/"))


def test_what_is_void_is_taken_back(client):
    article, editor = make_published_article(), make_user(group="editor")
    correct(article, by=editor, kind="void", before="A ship sank.", reason="None did.")
    for address in ("/corrections/", article.get_absolute_url(), f"/corrections/{Correction.objects.get().pk}/"):
        assert "Before A ship sank. Now – taken back Why None did." in text_of(client.get(address))


def test_the_counts_add_up_and_count_what_is_public_alone(client, changed):
    for kind in ("wording", "wording", "update"):
        make_correction(article=changed, kind=kind)
    make_correction()
    make_correction(article=make_article())
    text = text_of(client.get("/corrections/"))
    assert "4 corrections: 1 rating changed , 2 wording , 1 update" in text
    assert "2 corrections: 2 wording" in text_of(client.get("/corrections/?type=wording"))


def test_the_filters_find_by_kind_day_source_and_topic(client, changed):
    wording = make_correction(article=(other := make_published_article()))
    make_citation(other, source=Source.objects.get(slug="cnn"))
    old = make_correction(claim=make_appearance(other).claim, kind="update", made_at=timezone.now() - timedelta(days=9))
    rating = Correction.objects.get(kind="rating_affected")

    def found(query):
        html = client.get(f"/corrections/?{query}").content.decode()
        return {row for row in (wording, old, rating) if f'id="c{row.pk}"' in html}

    week_ago = (timezone.localdate() - timedelta(days=7)).isoformat()
    assert found("") == {wording, old, rating}
    assert found("type=rating_affected") == {rating}
    assert found("type=wording&type=update") == {wording, old}
    assert found(f"after={week_ago}") == {wording, rating}
    assert found(f"before={week_ago}") == {old}
    assert found("source=reuters") == {rating}
    assert found("source=cnn") == {wording}
    assert found("tag=grain") == {rating}


@pytest.mark.parametrize(
    "query", ["type=nonsense", "source=nobody", "tag=nothing", "after=yesterday", "before=2025-02-30", "page=%00"]
)
def test_an_unknown_value_is_an_empty_list_with_a_message(client, changed, query):
    response = client.get(f"/corrections/?{query}")
    assert response.status_code == 200
    assert 'role="status"' in response.content.decode()
    assert "No correction matches." in text_of(response)
    assert '<li id="c' not in response.content.decode()


def test_the_list_goes_on_over_pages(client):
    article = make_published_article()
    for _ in range(25):
        make_correction(article=article)
    first = client.get("/corrections/").content.decode()
    place = first.partition('rel="next" href="')[2].partition('"')[0]
    second = client.get(f"/corrections/{place}").content.decode()
    assert (first.count('<li id="c'), second.count('<li id="c')) == (20, 5)


def test_an_article_that_is_not_public_is_neither_named_nor_counted(client, changed):
    correction = Correction.objects.get()
    for number in range(4):
        make_touched(make_published_article(title=f"Harbour {number}"), correction)
    make_touched(make_published_article(title="Harbour of tomorrow", published_at=timezone.now() + timedelta(1)), correction)  # fmt: skip
    assert "and 2 more" in text_of(client.get("/corrections/"))
    whole = text_of(client.get(correction.get_absolute_url()))
    assert "Harbour 3" in whole and "tomorrow" not in whole and "more" not in whole.split("Articles it touches")[1]


def test_the_feed_tells_the_same(client, changed):
    feed = ElementTree.fromstring(client.get("/feeds/corrections.atom").content)
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "rating changed: Exports rose by 40 per cent in May 2025."
    assert "False. The office took it back." in entry.findtext(f"{ATOM}summary")
    assert entry.find(f"{ATOM}link").get("href").endswith(f"/corrections/{Correction.objects.get().pk}/")


def test_hostile_words_are_text_everywhere(client):
    article = make_published_article()
    make_correction(article=article, before="<script>alert(1)</script>", after="\x0bafter", reason="a & b ]]>")
    for address in ("/corrections/", article.get_absolute_url(), f"/corrections/{Correction.objects.get().pk}/"):
        assert "<script>alert" not in client.get(address).content.decode()
    feed = ElementTree.fromstring(client.get("/feeds/corrections.atom").content)
    assert "&lt;script&gt;" in feed.find(f"{ATOM}entry").findtext(f"{ATOM}summary")


# --- the article


def test_until_an_editor_acknowledges_the_article_says_at_the_top_and_at_the_claim_what_changed(client, changed):
    correction = Correction.objects.get()
    html = client.get(changed.get_absolute_url()).content.decode()
    text = text_of(client.get(changed.get_absolute_url()))
    assert "A verdict this article rests on has changed " + NOT_REVIEWED in text
    assert "the editors have not reviewed the article since." in html.split('class="card ')[1]
    assert html.count(f'href="/corrections/{correction.pk}/"') == 2
    acknowledge(changed, by=changed.published_by)
    assert "not reviewed" not in text_of(client.get(changed.get_absolute_url()))
    assert "rating changed" in text_of(client.get("/corrections/"))


def test_a_second_change_brings_the_notice_back(client, changed):
    acknowledge(changed, by=changed.published_by)
    make_published_check(Correction.objects.get().claim, rationale="Counted a third time.")
    assert NOT_REVIEWED in text_of(client.get(changed.get_absolute_url()))


def test_an_article_that_only_stands_beside_is_told_so(client, changed):
    beside = make_published_article()
    make_touched(beside, Correction.objects.get(), ring="same_citation")
    text = text_of(client.get(beside.get_absolute_url()))
    assert "A verdict close to this article has changed" in text
    assert "the article makes another claim that rests on the same citation" in text


def test_other_words_of_the_claim_are_told_as_other_words(client, changed):
    other = make_published_article()
    make_appearance(other, Correction.objects.get().claim, variant=Variant.OTHER_NUMBER)
    make_touched(other, Correction.objects.get(), ring="variant")
    assert "the article words the claim differently" in text_of(client.get(other.get_absolute_url()))


def test_the_claim_page_lists_the_corrections_of_the_claim(client, changed):
    correction = Correction.objects.get()
    html = client.get(correction.claim.get_absolute_url()).content.decode()
    assert f'id="c{correction.pk}"' in html and "rating changed" in html


def test_a_withdrawn_article_takes_its_corrections_with_it(client):
    editor, article = make_user(group="editor"), make_published_article()
    correction = make_correction(article=article)
    assert client.get(correction.get_absolute_url()).status_code == 200
    articles.withdraw(article, by=editor, reason="Invented.")
    assert client.get(correction.get_absolute_url()).status_code == 404
    assert "No correction matches." in text_of(client.get("/corrections/"))


# --- how fresh pages are


def moments(client, address: str) -> list[str]:
    return [node.text for node in ElementTree.fromstring(client.get(address).content).iter() if node.tag.endswith(("lastmod", "updated"))]  # fmt: skip


def test_a_change_and_its_acknowledgement_make_the_article_fresh_on_the_map(client, changed):
    seen = [moments(client, "/sitemap-articles.xml")]
    make_published_check(Correction.objects.get().claim, rationale="Counted a third time.")
    seen.append(moments(client, "/sitemap-articles.xml"))
    acknowledge(changed, by=changed.published_by)
    seen.append(moments(client, "/sitemap-articles.xml"))
    make_correction(article=changed)
    seen.append(moments(client, "/sitemap-articles.xml"))
    assert all(max(later) > max(earlier) for earlier, later in pairwise(seen))


def test_the_feed_of_articles_says_when_a_verdict_in_one_changed(client, changed):
    moment = timezone.now() + timedelta(hours=1)
    Claim.objects.update(changed_at=moment)
    assert moments(client, "/feeds/articles.atom") == [moment.isoformat()] * 2
