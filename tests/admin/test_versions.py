"""Nobody's words are lost when two people have one page open."""

import re

import pytest

from kb.admin.versions import marked_changes
from kb.models import Article, Claim, FactCheck, State
from kb.services import articles
from tests.factories import make_article, make_citation, make_claim, make_draft_check, make_tag

from .pages import fields_of, list_of, page_of, save

pytestmark = pytest.mark.django_db


def changed_behind(row, **changes):
    """Somebody else saves the row."""
    other = type(row).objects.get(pk=row.pk)
    for name, value in changes.items():
        setattr(other, name, value)
    other.save()


CASES = [
    (lambda by: make_article(title="As it was"), "title"),
    (lambda by: make_claim(text="As it was"), "text"),
    (lambda by: make_draft_check(by=by, rationale="As it was"), "rationale"),
]


@pytest.mark.parametrize("make, field", CASES, ids=["article", "claim", "fact-check"])
def test_a_stale_save_is_refused_with_all_texts_and_then_succeeds(analyst, make, field):
    row = make(analyst.user)
    opened = fields_of(analyst.get(page_of(row)))
    assert opened["version"] == [str(row.version)]
    changed_behind(row, **{field: "What they wrote"})

    response = save(analyst, row, opened=opened, **{field: "What I wrote"})
    page = response.content.decode()
    assert response.status_code == 409
    for text in ("As it was", "What they wrote", "What I wrote"):
        assert f'<pre dir="auto">{text}</pre>' in page
    row.refresh_from_db()
    assert getattr(row, field) == "What they wrote"
    again = fields_of(response)
    assert again[field] == ["What I wrote"]

    assert save(analyst, row, opened=again).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "What I wrote"


def test_a_form_without_a_version_is_stale(analyst):
    article = make_article()
    opened = fields_of(analyst.get(page_of(article)))
    del opened["version"]
    assert save(analyst, article, opened=opened, title="Forged").status_code == 409


@pytest.mark.parametrize("forged", ["0", "99", "", "two"])
def test_a_forged_version_is_stale(analyst, forged):
    article = make_article()
    assert save(analyst, article, version=forged, title="Forged").status_code == 409
    assert Article.objects.get().title != "Forged"


def test_an_inline_on_a_stale_parent_is_refused(analyst):
    article = make_article()
    citation = make_citation(article)
    opened = fields_of(analyst.get(page_of(article)))
    changed_behind(article, standfirst="They wrote a standfirst.")
    response = save(
        analyst, article, opened=opened | {"standfirst": "They wrote a standfirst."}, **{"citations-0-speaker": "Mine"}
    )
    assert response.status_code == 409
    assert "Mine" in response.content.decode()
    citation.refresh_from_db()
    assert citation.speaker == ""


def test_an_inline_saved_in_between_makes_the_parent_stale(analyst, editor):
    article = make_article()
    citation = make_citation(article)
    opened = fields_of(analyst.get(page_of(article)))
    assert save(editor, article, **{"citations-0-speaker": "Theirs"}).status_code == 302
    response = save(analyst, article, opened=opened, **{"citations-0-speaker": "Mine"})
    assert response.status_code == 409
    assert ">Theirs</pre>" in response.content.decode() and ">Mine</pre>" in response.content.decode()
    citation.refresh_from_db()
    assert citation.speaker == "Theirs"


def test_a_citation_saved_on_its_own_page_makes_the_article_stale(analyst, editor):
    article = make_article()
    citation = make_citation(article)
    opened = fields_of(analyst.get(page_of(article)))
    assert save(editor, citation, speaker="Theirs").status_code == 302
    assert save(analyst, article, opened=opened, title="Mine").status_code == 409


def test_a_button_pressed_in_between_makes_the_page_stale(analyst, editor):
    article = make_article()
    opened = fields_of(analyst.get(page_of(article)))
    save(editor, article, "_act", "submit_for_review")
    assert save(analyst, article, opened=opened, title="Mine").status_code == 409


def test_a_decision_in_between_makes_the_page_stale_for_writing_but_not_for_deciding(analyst, editor):
    article = make_article()
    first, second = make_citation(article, state=State.SUGGESTED), make_citation(article, state=State.SUGGESTED)
    opened = fields_of(analyst.get(page_of(article)))
    save(editor, article, "_decide", f"citation-{first.pk}:confirmed")
    assert save(analyst, article, opened=opened, title="Mine").status_code == 409
    assert save(analyst, article, "_decide", f"citation-{second.pk}:rejected", opened=opened).status_code == 302
    second.refresh_from_db()
    assert second.state == State.REJECTED


def test_a_save_that_loses_the_race_behind_the_check_is_refused_too(analyst, monkeypatch):
    article = make_article()
    opened = fields_of(analyst.get(page_of(article)))
    real, raced = articles.save_text, []

    def slow(row, *, by):
        if not raced:
            raced.append(True)
            # Between the check of the version and the save, somebody else was faster.
            row.version -= 1
        return real(row, by=by)

    monkeypatch.setattr(articles, "save_text", slow)
    response = save(analyst, article, opened=opened, title="Mine")
    assert response.status_code == 409
    assert Article.objects.get().title == article.title


def test_the_list_has_no_fields_to_edit(analyst):
    for model in (Article, Claim, FactCheck):
        assert not re.search(r'name="form-\d', analyst.get(list_of(model)).content.decode())


def test_tags_added_in_between_make_the_page_stale(analyst, editor):
    article = make_article()
    opened = fields_of(analyst.get(page_of(article)))
    added = {"tag_links-TOTAL_FORMS": "1", "tag_links-0-tag": str(make_tag("Grain").pk)}
    assert save(editor, article, **added).status_code == 302
    assert save(analyst, article, opened=opened, title="Mine").status_code == 409


def test_the_words_that_differ_are_marked_and_nothing_of_them_is_html():
    assert marked_changes("a b c", "a <b> c") == "a <mark>&lt;b&gt;</mark> c"
    assert marked_changes("", "new") == "<mark>new</mark>"
    assert marked_changes("same", "same") == "same"
    assert marked_changes("one two three", "one three") == "one three"
    assert marked_changes("old words " * 2000, "new text " * 2000).count("<mark>") == 1
