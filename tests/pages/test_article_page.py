"""What the article page is made of, before any template."""

import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import timezone

from kb.models import BodyFormat
from kb.pages.article import article_page, opening
from kb.services import articles
from kb.text import excerpts
from tests.factories import (
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_note,
    make_published_check,
    make_user,
    words,
)

pytestmark = pytest.mark.django_db


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def passages(page) -> list[str]:
    """The text of the page as HTML, in one piece for each part that is shown."""
    parts = [""]
    for stretch in page.stretches:
        parts += [""] if stretch.after_gap else []
        parts[-1] += stretch.lead + stretch.rest
    return parts


LONG = "\n\n".join(
    f"Sentence number {number} tells of the harbour and of ships. Another one, {number}, does so too (#Reuters, June {number + 1})."
    for number in range(28)
)


def excerpted(**changes):
    article = make_article(body=LONG, display="excerpt", **changes)
    citation = make_citation(article, as_printed="(#Reuters, June 20)")
    make_citation(article, as_printed="(#Reuters, June 25)", state="suggested")
    make_appearance(article, exact="Another one, 22, does so too")
    return article, citation


def test_an_excerpt_shows_the_first_words_and_the_cited_sentences_alone():
    article, citation = excerpted()
    page = article_page(article)
    shown = " ".join(plain(passage) for passage in passages(page))
    assert page.is_excerpt and page.ends_early and len(passages(page)) == 3
    assert shown.startswith("Sentence number 0 tells")
    assert "June 20" in shown and "Another one, 22" in shown
    assert "June 25" not in shown and "Sentence number 19" not in shown and "Another one, 27" not in shown
    assert f'id="citation-{citation.pk}-words"' in passages(page)[1]


def test_an_excerpt_stays_an_excerpt_in_every_part_of_the_page():
    article, _citation = excerpted(standfirst=" ".join(f"Lead{number}" for number in range(200)))
    make_note(article=article, access="public", body="A note.", **words(article, "Sentence number 26 tells"))
    for each in range(3, 20):
        make_citation(article, as_printed=f"(#Reuters, June {each})", claim_text=f"Sentence number {each} tells of it")
    text, page = article.text, article_page(article)
    shown = excerpts.excerpt(text, [(row.start, row.end) for row in article.citations.confirmed()])
    hidden = [sentence for sentence in re.findall(r"Sentence number \d+ tells of the harbour", text) if sentence not in "".join(text[a:b] for a, b in shown)]  # fmt: skip
    html = plain(render_to_string("articles/article.html", {"page": page}, RequestFactory().get("/")))
    assert len(hidden) > 15
    assert [sentence for sentence in hidden if sentence in html] == []
    assert "Lead59" in html and "Lead60" not in html
    assert "Sentence number 26" not in html
    assert html.count("[...]") == len(passages(page)) + 1
    assert len(opening(article).split()) == 60


def test_words_that_reach_over_a_gap_are_marked_once():
    article = make_article(body=LONG, display="excerpt")
    make_appearance(article, exact=LONG[10:3000])
    html = "".join(passages(article_page(article)))
    assert html.count('id="claim-') == 1


def test_a_preview_of_a_draft_is_what_readers_see_once_it_is_published():
    editor, article = make_user(group="editor"), make_article()
    citation = make_citation(article)
    make_citation(article, as_printed="#CNN", state="suggested")
    make_appearance(article, make_published_check().claim).citations.add(citation)
    make_note(article=article, access="team", body="Not for readers.")
    make_note(article=article, access="public", body="For readers.", **words(article, "harbour"))
    draft = article_page(article)
    articles.publish(article, by=editor)
    published = article_page(article)
    assert (draft.stretches, draft.cards, draft.notes, draft.tally) == (
        published.stretches,
        published.cards,
        published.notes,
        published.tally,
    )
    assert len(draft.cards) == 1 and [note.body for note in draft.notes] == ["For readers."]


def test_the_text_of_the_page_is_the_text_that_anchors_count_in():
    article = make_article(
        body="# A title\n\nExports *rose* by 40 per cent.\n\n- ships\n- grain", body_format=BodyFormat.MARKDOWN
    )
    assert "Exports rose by 40" in article.text
    key = f"claim-{make_appearance(article, exact='rose by 40 per cent').pk}-words"
    [passage] = passages(article_page(article))
    assert f'<em><mark id="{key}" class="claim open">rose</mark></em>' in passage
    assert f'</em><mark data-of="{key}" class="claim open"> by 40 per cent</mark>' in passage


def test_cards_follow_the_text_and_a_citation_outside_it_comes_last():
    article = make_article()
    outside = make_citation(article, as_printed="Reuters, as the page head says")
    later = make_appearance(article, exact="two more convoys are waiting")
    sooner = make_appearance(article)
    cards = article_page(article).cards
    assert [(card.number, card.key) for card in cards] == [
        (1, f"claim-{sooner.pk}"),
        (2, f"claim-{later.pk}"),
        (3, f"card-{outside.pk}"),
    ]
    assert cards[2].mark == ""


def test_a_verdict_counts_for_the_day_the_page_is_asked_for():
    check = make_published_check(expires_on=timezone.localdate())
    article = make_article()
    make_appearance(article, check.claim)
    tomorrow = timezone.now() + timezone.timedelta(days=1)
    assert article_page(article).cards[0].badge.words == "True"
    assert article_page(article, now=tomorrow).cards[0].badge.words == "expired: was True"


def test_an_untitled_draft_can_be_previewed():
    assert article_page(make_article(title="")).title.text.startswith("Untitled: Grain left")


def test_a_claim_said_twice_counts_once():
    article, claim = make_article(), make_claim()
    make_appearance(article, claim)
    make_appearance(article, claim, exact="two more convoys are waiting")
    assert article_page(article).tally.claims == 1
