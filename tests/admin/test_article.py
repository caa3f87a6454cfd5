"""The article page."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from kb.admin.forms import broken_rule
from kb.models import Appearance, Article, ArticleStatus, Citation, Claim, Hop, Source, State, TagLink
from tests.factories import (
    BODY,
    make_appearance,
    make_article,
    make_citation,
    make_published_article,
    make_tag,
    words,
)

from .pages import chosen, fields_of, list_of, page_of, save

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]


@pytest.fixture
def article():
    """A draft with one open suggestion of each kind."""
    article = make_article()
    make_citation(article, state=State.SUGGESTED)
    make_appearance(article, state=State.SUGGESTED)
    Hop.objects.create(article=article, position=1, kind="wrote", printed_name="Jane Doe")
    TagLink.objects.create(content_object=article, tag=make_tag("Grain"))
    return article


def test_the_text_stands_beside_each_suggestion_with_its_words_marked(analyst, article):
    page = analyst.get(page_of(article)).content.decode()
    citation = article.citations.get()
    assert (
        f'<mark id="words-citation-{citation.pk}" class="of-citation is-suggested">(#Reuters, June 12)</mark>' in page
    )
    assert f'id="card-citation-{citation.pk}"' in page
    assert f'value="citation-{citation.pk}:confirmed"' in page
    for kind, relation in (("appearance", "appearances"), ("hop", "hops"), ("tag", "tag_links")):
        assert f'id="card-{kind}-{getattr(article, relation).get().pk}"' in page


def test_an_untouched_page_changes_nothing_when_it_is_saved(analyst, article):
    response = save(analyst, article)
    assert response.status_code == 302
    assert article.history.count() == 1
    article.refresh_from_db()
    assert (article.version, article.body, article.revision) == (1, BODY, 1)


@pytest.mark.parametrize("decision, state", [("confirmed", State.CONFIRMED), ("rejected", State.REJECTED)])
@pytest.mark.parametrize(
    "kind, relation", [("citation", "citations"), ("appearance", "appearances"), ("hop", "hops"), ("tag", "tag_links")]
)
def test_one_suggestion_is_decided_by_its_own_button(analyst, article, kind, relation, decision, state):
    row = getattr(article, relation).get()
    response = save(analyst, article, "_decide", f"{kind}-{row.pk}:{decision}")
    assert response.status_code == 302
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (state, analyst.user)
    others = [
        getattr(article, other) for other in ("citations", "appearances", "hops", "tag_links") if other != relation
    ]
    assert all(other.get().state == State.SUGGESTED for other in others)


def test_a_decision_saves_what_was_typed_beside_it(analyst, article):
    citation = article.citations.get()
    save(analyst, article, "_decide", f"citation-{citation.pk}:confirmed", title="Typed and not lost")
    article.refresh_from_db()
    citation.refresh_from_db()
    assert (article.title, citation.state) == ("Typed and not lost", State.CONFIRMED)


def test_a_decision_beside_a_faulty_field_decides_nothing_and_keeps_what_was_typed(analyst, article):
    citation = article.citations.get()
    response = save(analyst, article, "_decide", f"citation-{citation.pk}:confirmed", slug="", title="Typed")
    assert response.status_code == 200
    assert "Typed" in response.content.decode()
    citation.refresh_from_db()
    assert citation.state == State.SUGGESTED


def test_ticked_suggestions_are_decided_together(analyst, article):
    ticked = [f"citation-{article.citations.get().pk}", f"hop-{article.hops.get().pk}"]
    save(analyst, article, "_decide", "ticked:confirmed", _ticked=ticked)
    assert (article.citations.get().state, article.hops.get().state) == (State.CONFIRMED, State.CONFIRMED)
    assert article.appearances.get().state == State.SUGGESTED


def test_a_suggestion_of_another_article_is_not_decided_here(analyst, article):
    other = make_citation(state=State.SUGGESTED)
    save(analyst, article, "_decide", f"citation-{other.pk}:confirmed")
    other.refresh_from_db()
    assert other.state == State.SUGGESTED


def test_what_cannot_be_confirmed_is_named_with_a_link(analyst):
    article = make_article(body="word " * 300)
    long = make_appearance(article, state=State.SUGGESTED, exact="word " * 150)
    response = analyst.post(
        page_of(article),
        {**fields_of(analyst.get(page_of(article))), "_decide": f"appearance-{long.pk}:confirmed"},
        follow=True,
    )
    page = response.content.decode()
    assert "too long for a claim" in page
    assert f'href="{page_of(long)}"' in page


@pytest.mark.parametrize("model", [Citation, Appearance, Hop, TagLink])
@pytest.mark.parametrize("action, state", [("confirm", State.CONFIRMED), ("reject", State.REJECTED)])
def test_suggestions_are_decided_in_bulk(analyst, article, model, action, state):
    row = model.objects.get()
    analyst.post(list_of(model), {"action": action, **chosen(row), "index": "0"})
    row.refresh_from_db()
    assert (row.state, row.decided_by) == (state, analyst.user)


def test_words_that_left_the_text_are_not_marked_and_say_so(analyst):
    article = make_article()
    lost = make_citation(article, state=State.SUGGESTED)
    save(analyst, article, body="Nothing of it is left.")
    page = analyst.get(page_of(article)).content.decode()
    assert f'id="words-citation-{lost.pk}"' not in page
    assert "do not stand in the current text" in page


def test_saving_a_text_moves_its_anchors(analyst, article):
    save(analyst, article, body="A new first sentence. " + BODY)
    citation = article.citations.get()
    article.refresh_from_db()
    assert article.text[citation.start : citation.end] == "(#Reuters, June 12)"
    assert citation.revision == article.revision == 2


def test_an_anchor_moves_with_the_text_even_when_its_row_is_edited_in_the_same_save(analyst, article):
    save(analyst, article, **{"body": "A new first sentence. " + BODY, "citations-0-speaker": "The harbour master"})
    citation = article.citations.get()
    article.refresh_from_db()
    assert citation.speaker == "The harbour master"
    assert article.text[citation.start : citation.end] == "(#Reuters, June 12)"
    assert citation.revision == article.revision == 2


def added(prefix: str, number: int = 1, **values) -> dict:
    """What a browser sends for one more row of an inline."""
    total = {f"{prefix}-TOTAL_FORMS": str(number + 1)}
    return total | {f"{prefix}-{number}-{name}": value for name, value in values.items()}


def test_a_citation_added_by_hand_is_confirmed_and_its_words_are_found(analyst, article):
    save(
        analyst,
        article,
        **added(
            "citations",
            as_printed="According to #CNN (June 4)",
            exact="According to #CNN (June 4)",
            resolution="resolved",
            source=str(Source.objects.get(slug="cnn").pk),
            check_state="unchecked",
        ),
    )
    mine = article.citations.get(source__slug="cnn")
    assert (mine.state, mine.decided_by, mine.position) == (
        State.CONFIRMED,
        analyst.user,
        article.citations.first().position + 1,
    )
    assert article.text[mine.start : mine.end] == mine.exact and mine.suffix and mine.revision == 1


@pytest.mark.parametrize(
    "exact, said",
    [("Wheat left the port", "do not stand in the text"), ("in", "Mark more words, or say where they start")],
)
def test_words_that_are_absent_or_ambiguous_are_asked_for_again(analyst, article, exact, said):
    response = save(analyst, article, **added("appearances", exact=exact, claim="", variant="same"))
    assert response.status_code == 200
    assert said in response.content.decode()


def test_a_start_tells_equal_words_apart(analyst):
    article = make_article(body="Ships wait. Ships leave.")
    claim = Claim.objects.create(text="Ships wait.")
    values = {"exact": "Ships", "start": "12", "claim": str(claim.pk), "variant": "same"}
    save(analyst, article, **added("appearances", 0, **values))
    assert article.appearances.get().start == 12


def test_a_broken_rule_is_said_in_the_form(analyst, article):
    response = save(analyst, article, **{"citations-0-resolution": "unnamed"})
    assert response.status_code == 200
    assert "A citation is resolved (with a source)" in response.content.decode()


def test_the_answer_whether_the_source_says_it_is_signed(analyst, article):
    save(analyst, article, **{"citations-0-check_state": "misquoted"})
    citation = article.citations.get()
    assert (citation.check_state, citation.checked_by) == ("misquoted", analyst.user)
    assert citation.checked_at


def test_a_citation_is_not_quoted_through_one_of_another_article(analyst, article):
    other = make_citation()
    response = save(analyst, article, **{"citations-0-via": str(other.pk)})
    assert response.status_code == 200
    assert article.citations.get().via is None


def test_autocomplete_offers_citations_of_the_same_article_only(analyst, article):
    make_citation(as_printed="(#Reuters, June 13)")
    address = reverse("admin:autocomplete")
    asked = {"app_label": "kb", "model_name": "citation", "field_name": "via", "article": article.pk}
    assert [row["text"] for row in analyst.get(address, asked).json()["results"]] == ["(#Reuters, June 12)"]


def test_a_new_article_is_markdown_in_full(analyst):
    form = fields_of(analyst.get(list_of(Article, "add")))
    assert form["display"] == ["full"]
    analyst.post(list_of(Article, "add"), {**form, "title": "Grain", "slug": "grain", "body": "**Grain** moves."})
    article = Article.objects.get(slug="grain")
    assert (article.body_format, article.display, article.status) == ("markdown", "full", ArticleStatus.DRAFT)
    assert article.text == "Grain moves.\n"


def test_forged_fields_change_nothing(analyst, article):
    save(
        analyst,
        article,
        status="published",
        published_at="2020-01-01",
        revision="9",
        capture="1",
        **{
            "citations-0-state": "confirmed",
            "citations-0-decided_by": "1",
            "citations-0-article": "999",
        },
    )
    article.refresh_from_db()
    assert (article.status, article.published_at, article.revision) == (ArticleStatus.DRAFT, None, 1)
    assert article.citations.get().state == State.SUGGESTED


def test_the_page_costs_the_same_queries_for_3_citations_and_for_30(analyst, django_assert_max_num_queries):
    def cost(number):
        article = make_article()
        for _ in range(number):
            first = article.citations.first()
            row = make_citation(article, state=State.SUGGESTED, via=first)
            row.candidates.add(Source.objects.get(slug="cnn"))
        for start in range(number):
            appearance = make_appearance(article, **words(article, article.text[start : start + 20]))
            appearance.citations.set(article.citations.all()[:2])
            TagLink.objects.create(content_object=article, tag=make_tag())
            Hop.objects.create(article=article, position=start, kind="wrote", printed_name="Jane Doe")
        analyst.get(page_of(article))
        with django_assert_max_num_queries(40) as queries:
            assert analyst.get(page_of(article)).status_code == 200
        return len(queries)

    assert cost(3) == cost(30)


def test_a_preview_shows_a_draft_as_readers_will_see_it(sign_in, article):
    client = sign_in("reader-of-drafts")
    response = client.get(reverse("admin:kb_article_preview", args=[article.pk]))
    assert response.status_code == 200
    assert "Grain left the port again" in response.content.decode()
    assert client.get(reverse("admin:kb_article_preview", args=[0])).status_code == 404


def test_another_script_keeps_its_direction(analyst):
    article = make_published_article(
        title="گندم از بندر رفت", language="fa", direction="rtl", published_at=timezone.now()
    )
    assert "<bdi>گندم از بندر رفت</bdi>" in analyst.get(list_of(Article)).content.decode()
    assert 'dir="rtl" lang="fa"' in analyst.get(page_of(article)).content.decode()


def test_more_rows_than_a_form_can_serve_are_edited_on_their_own_pages(analyst):
    article = make_article()
    Citation.objects.bulk_create(
        Citation(article=article, position=n, as_printed="(#X)", resolution="unnamed") for n in range(51)
    )
    opened = fields_of(analyst.get(page_of(article)))
    assert "citations-TOTAL_FORMS" not in opened and "hops-TOTAL_FORMS" in opened
    assert save(analyst, article, title="Saved").status_code == 302
    assert article.citations.count() == 51


@pytest.mark.parametrize(
    "model, values",
    [
        (Hop, {"kind": "wrote", "printed_name": "Jane Doe"}),
        (Citation, {"as_printed": "(#X)", "resolution": "unnamed", "check_state": "unchecked"}),
    ],
)
def test_a_row_added_on_its_own_page_comes_last_and_is_confirmed(analyst, model, values):
    article = make_article()
    make_citation(article, position=7)
    Hop.objects.create(article=article, position=7, kind="published", printed_name="The Post")
    response = analyst.post(list_of(model, "add"), {**values, "article": article.pk, "position": ""})
    assert response.status_code == 302
    row = model.objects.latest("pk")
    assert (row.position, row.state, row.decided_by) == (8, State.CONFIRMED, analyst.user)


def test_a_rule_that_only_the_database_sees_is_said_in_the_form_all_the_same(analyst, monkeypatch):
    article = make_article()
    make_citation(article)
    monkeypatch.setattr(Citation, "validate_constraints", lambda self, exclude=None: None)
    response = save(analyst, article, **{"citations-0-resolution": "unnamed", "title": "Typed"})
    page = response.content.decode()
    assert response.status_code == 200 and "A citation is resolved (with a source)" in page and "Typed" in page
    article.refresh_from_db()
    assert article.title != "Typed"


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"position": 1}, "Another citation of the article"),
        ({"date_resolved": "2025"}, "An inferred date names its basis"),
    ],
)
def test_the_database_names_the_rule_that_was_broken(changes, said):
    first = make_citation(position=1)
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        make_citation(first.article, **{"position": 2, **changes})
    assert said in broken_rule(broken.value)


def test_a_citation_stands_in_its_sentence_on_its_own_page(analyst, article):
    page = analyst.get(page_of(article.citations.get())).content.decode()
    assert "filled with ships <mark>(#Reuters, June 12)</mark>." in page
