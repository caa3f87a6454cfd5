"""Nobody's words are lost when two people have one page open."""

import re

import pytest

from kb.admin.differences import marked_changes
from kb.models import Article, Citation, Claim, FactCheck, State
from kb.services import articles
from tests.factories import make_article, make_citation, make_claim, make_draft_check, make_source

from .pages import fields_of, list_of, messages_of, page_of, save

pytestmark = pytest.mark.django_db


def changed_behind(row, *, by=None, **changes):
    """Somebody else saves the row."""
    other = type(row).objects.get(pk=row.pk)
    other._history_user = by
    for name, value in changes.items():
        setattr(other, name, value)
    other.save()


CASES = [
    (lambda by: make_article(title="As it was"), "title"),
    (lambda by: make_claim(text="As it was"), "text"),
    (lambda by: make_draft_check(by=by, rationale="As it was"), "rationale"),
]


@pytest.mark.parametrize("make, field", CASES, ids=["article", "claim", "fact-check"])
def test_a_colliding_save_is_refused_with_all_texts_and_both_names_until_one_is_chosen(analyst, editor, make, field):
    row = make(analyst.user)
    opened = fields_of(analyst.get(page_of(row)))
    assert opened["version"] == [str(row.version)]
    changed_behind(row, by=editor.user, **{field: "What they wrote"})

    response = save(analyst, row, opened=opened, **{field: "What I wrote"})
    page = response.content.decode()
    assert response.status_code == 409
    for text in ("As it was", "What they wrote", "What I wrote"):
        assert f'<pre dir="auto">{text}</pre>' in page
    assert f"Stored now: <bdi>{editor.user}</bdi>" in page and f"Typed by you: <bdi>{analyst.user}</bdi>" in page
    row.refresh_from_db()
    assert getattr(row, field) == "What they wrote"
    again = fields_of(response)
    assert again[field] == ["What I wrote"]

    # Without a choice the page asks the same again.
    response = save(analyst, row, opened=again)
    assert response.status_code == 409 and "As it was" in response.content.decode()
    chosen = {"mine": "What I wrote", "theirs": "What they wrote", "merged": "What we wrote"}
    for choice, text in chosen.items():
        type(row).objects.filter(pk=row.pk).update(**{field: "What they wrote"})
        sent = fields_of(response) | {f"choice-{field}": choice, f"both-{field}": "What we wrote"}
        sent["version"] = [str(type(row).objects.get(pk=row.pk).version)]
        assert save(analyst, row, opened=sent).status_code == 302
        row.refresh_from_db()
        assert getattr(row, field) == text


def test_a_choice_is_asked_again_when_a_third_person_saved_in_between(analyst, editor):
    claim = make_claim(text="As it was")
    opened = fields_of(analyst.get(page_of(claim)))
    changed_behind(claim, by=editor.user, text="What they wrote")
    asked = fields_of(save(analyst, claim, opened=opened, text="What I wrote"))
    changed_behind(claim, text="What a third one wrote")
    response = save(analyst, claim, opened=asked, **{"choice-text": "mine"})
    assert response.status_code == 409 and "What a third one wrote" in response.content.decode()
    # Theirs was the text the page showed: nothing of mine is left, so the newest stands.
    assert save(analyst, claim, opened=asked, **{"choice-text": "theirs"}).status_code == 302
    claim.refresh_from_db()
    assert claim.text == "What a third one wrote"


def test_fields_that_do_not_collide_are_saved_together_and_it_is_said_whose(analyst, editor):
    article = make_article(title="As it was", standfirst="As it was.")
    opened = fields_of(analyst.get(page_of(article)))
    changed_behind(article, by=editor.user, standfirst="Theirs.")
    response = save(analyst, article, opened=opened, title="Mine")
    assert response.status_code == 302
    article.refresh_from_db()
    assert (article.title, article.standfirst) == ("Mine", "Theirs.")
    said = messages_of(analyst.get(page_of(article)))
    assert str(editor.user) in said and "Theirs: Standfirst" in said


def test_a_long_text_is_brought_together_sentence_by_sentence_and_never_within_one(analyst, editor):
    base = "Grain left the port. Nobody says for how long.\n\nTwo convoys wait."
    article = make_article(body=base)
    opened = fields_of(analyst.get(page_of(article)))
    changed_behind(article, by=editor.user, body=base.replace("Two convoys", "Three convoys"))
    assert save(analyst, article, opened=opened, body=base.replace("Grain", "Wheat")).status_code == 302
    article.refresh_from_db()
    assert article.body == "Wheat left the port. Nobody says for how long.\n\nThree convoys wait."
    assert "Both of you: Body" in messages_of(analyst.get(page_of(article)))
    # The same sentence: two changes that do not touch would say what neither wrote.
    response = save(analyst, article, opened=opened, body=base.replace("Two convoys wait", "Two convoys arrived"))
    assert response.status_code == 409
    assert Article.objects.get().body == article.body


def test_what_belongs_together_collides_together(analyst, editor):
    claim = make_claim(value=5, unit="tons")
    opened = fields_of(analyst.get(page_of(claim)))
    changed_behind(claim, by=editor.user, unit="ships")
    response = save(analyst, claim, opened=opened | {"value": ["7"]})
    assert response.status_code == 409
    asked = fields_of(response)
    assert {"asked-value", "asked-unit"} <= set(asked)


def test_an_act_waits_when_its_person_did_not_see_what_it_is_about(editor, analyst):
    article = make_article()
    opened = fields_of(editor.get(page_of(article)))
    changed_behind(article, by=analyst.user, standfirst="Not seen.")
    save(editor, article, "_act", "publish", opened=opened, title="Mine")
    article.refresh_from_db()
    assert (article.status, article.title) == ("draft", "Mine")
    assert "Look again" in messages_of(editor.get(page_of(article)))
    save(editor, article, "_act", "publish")
    assert Article.objects.get().status == "published"


def test_what_is_typed_for_a_draft_is_not_saved_into_what_was_published_meanwhile(analyst, editor):
    article = make_article()
    opened = fields_of(analyst.get(page_of(article)))
    save(editor, article, "_act", "publish")
    response = save(analyst, article, opened=opened, title="Mine")
    assert response.status_code == 409 and "is “published” now" in response.content.decode()
    assert save(analyst, article, opened=fields_of(response)).status_code == 302
    article.refresh_from_db()
    assert article.title == "Mine"


def test_a_form_without_a_version_is_stale(analyst):
    article = make_article()
    opened = fields_of(analyst.get(page_of(article)))
    del opened["version"]
    assert save(analyst, article, opened=opened, title="Forged").status_code == 409


@pytest.mark.parametrize("forged", ["0", "99", "", "two", "²", "1" * 30])
def test_a_forged_version_is_stale(analyst, forged):
    article = make_article()
    assert save(analyst, article, version=forged, title="Forged").status_code == 409
    assert Article.objects.get().title != "Forged"


class TestRowsBesideTheirParent:
    def test_each_obeys_its_own_version(self, analyst, editor):
        article = make_article()
        citation, other = make_citation(article), make_citation(article)
        opened = fields_of(analyst.get(page_of(article)))
        assert save(editor, article, **{"citations-0-speaker": "Theirs"}).status_code == 302
        response = save(analyst, article, opened=opened, **{"citations-0-speaker": "Mine"})
        assert response.status_code == 409
        assert ">Theirs</pre>" in response.content.decode() and ">Mine</pre>" in response.content.decode()
        citation.refresh_from_db()
        assert citation.speaker == "Theirs"
        # Another row, and another field of the same row, are nobody's business.
        assert save(analyst, article, opened=opened, **{"citations-1-speaker": "Mine"}).status_code == 302
        opened = opened | {"citations-1-speaker": ["Mine"]}
        assert save(analyst, article, opened=opened, **{"citations-0-check_note": "Mine"}).status_code == 302
        citation.refresh_from_db()
        other.refresh_from_db()
        assert (citation.speaker, citation.check_note, other.speaker) == ("Theirs", "Mine", "Mine")

    def test_links_of_many_to_many_obey_it_too(self, analyst, editor):
        article = make_article()
        citation = make_citation(article, resolution="unresolved", source=None)
        first, second = make_source(), make_source()
        opened = fields_of(analyst.get(page_of(article)))
        assert save(editor, article, **{"citations-0-candidates": [str(first.pk)]}).status_code == 302
        # Not touched here: theirs stay.
        assert save(analyst, article, opened=opened, **{"citations-0-speaker": "Mine"}).status_code == 302
        assert list(citation.candidates.all()) == [first]
        assert save(analyst, article, opened=opened, **{"citations-0-candidates": [str(second.pk)]}).status_code == 409
        assert list(citation.candidates.all()) == [first]

    def test_a_row_that_somebody_changed_is_not_deleted_unseen(self, analyst, editor):
        article = make_article()
        citation = make_citation(article)
        opened = fields_of(analyst.get(page_of(article)))
        changed_behind(citation, by=editor.user, speaker="Theirs")
        response = save(analyst, article, opened=opened, **{"citations-0-DELETE": "on"})
        assert response.status_code == 409 and str(editor.user) in response.content.decode()
        again = fields_of(response)
        kept = save(analyst, article, opened=again, **{"choice-citations-0-DELETE": "theirs"})
        assert kept.status_code == 302 and Citation.objects.filter(pk=citation.pk).exists()
        assert save(analyst, article, opened=again).status_code == 409
        assert save(analyst, article, opened=again, **{"choice-citations-0-DELETE": "mine"}).status_code == 302
        assert not Citation.objects.filter(pk=citation.pk).exists()

    def test_what_was_typed_in_a_row_that_somebody_deleted_becomes_a_new_one(self, analyst, editor):
        article = make_article()
        gone, last = make_citation(article), make_citation(article, speaker="Stays")
        opened = fields_of(analyst.get(page_of(article)))
        gone._history_user = editor.user
        gone.delete()
        # A row in which nothing was typed is just gone.
        assert save(analyst, article, opened=opened, title="Mine").status_code == 302
        assert list(article.citations.all()) == [last]
        response = save(analyst, article, opened=opened, **{"citations-0-speaker": "Typed by me"})
        assert response.status_code == 409
        assert f"was deleted by {editor.user}" in response.content.decode()
        again = fields_of(response)
        assert again["citations-1-speaker"] == ["Typed by me"] and again["citations-0-speaker"] == ["Stays"]
        assert save(analyst, article, opened=again).status_code == 302
        assert {row.speaker for row in article.citations.all()} == {"Stays", "Typed by me"}

    def test_a_row_of_another_article_is_never_taken_for_a_deleted_one(self, analyst):
        article, other = make_article(), make_citation(make_article(), speaker="Elsewhere")
        make_citation(article)
        opened = fields_of(analyst.get(page_of(article)))
        response = save(analyst, article, opened=opened, **{"citations-0-id": str(other.pk)})
        assert response.status_code == 200 and "Elsewhere" not in response.content.decode()


def test_a_citation_saved_on_its_own_page_and_the_title_of_its_article_do_not_collide(analyst, editor):
    article = make_article()
    citation = make_citation(article)
    opened = fields_of(analyst.get(page_of(article)))
    assert save(editor, citation, speaker="Theirs").status_code == 302
    assert save(analyst, article, opened=opened, title="Mine").status_code == 302
    citation.refresh_from_db()
    article.refresh_from_db()
    assert (citation.speaker, article.title) == ("Theirs", "Mine")


def test_a_decision_on_one_card_lets_another_be_decided_and_not_the_same(analyst, editor):
    article = make_article()
    first, second = make_citation(article, state=State.SUGGESTED), make_citation(article, state=State.SUGGESTED)
    opened = fields_of(analyst.get(page_of(article)))
    save(editor, article, "_decide", f"citation-{first.pk}:confirmed")
    save(analyst, article, "_decide", f"citation-{first.pk}:rejected", opened=opened)
    assert f"was changed since you opened it: {editor.user}" in messages_of(analyst.get(page_of(article)))
    save(analyst, article, "_decide", f"citation-{second.pk}:rejected", opened=opened)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.CONFIRMED, State.REJECTED)


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


def test_the_words_that_differ_are_marked_and_nothing_of_them_is_html():
    assert marked_changes("a b c", "a <i> c") == "a <mark>&lt;i&gt;</mark> c"
    assert marked_changes("", "new") == "<mark>new</mark>"
    assert marked_changes("same", "same") == "same"
    assert marked_changes("one two three", "one three") == "one three"
    assert marked_changes("old words " * 2000, "new text " * 2000).count("<mark>") == 1
