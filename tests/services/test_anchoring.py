"""What becomes of marked words when their article's text changes, and who says so."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb.models import Annotation, Citation
from kb.models.rules import Standing
from kb.services import anchoring, articles, integrity
from kb.services.refusal import Refused
from tests.factories import make_appearance, make_article, make_citation, make_note, make_user, words

pytestmark = pytest.mark.django_db

BODY = (
    "Reuters reported on Monday that grain is moving again. Exports rose by 40 per cent in May.\n\n"
    "The ministry denied it. Two more convoys left Odesa. Exports rose by 40 per cent in May.\n\n"
    "Nobody was hurt, said the mayor."
)


@pytest.fixture
def analyst():
    return make_user(group="analyst")


@pytest.fixture
def article():
    return make_article(body=BODY)


def marked(article, exact):
    return make_note(article=article, **words(article, exact))


def revise(article, before, after, by):
    article.body = article.body.replace(before, after, 1)
    return articles.save_text(article, by=by)


def test_each_row_says_what_became_of_its_words(article, analyst):
    rows = {
        "exact": marked(article, "Reuters reported"),
        "moved": make_citation(article, as_printed="Nobody was hurt"),
        "changed": make_appearance(article, exact="Two more convoys left Odesa"),
        "orphaned": marked(article, "The ministry denied it."),
    }
    revise(article, "The ministry denied it. Two more convoys left", "Three more convoys left", analyst)
    for standing, row in rows.items():
        row.refresh_from_db()
        assert row.standing == standing, row
        assert (row.revision == 2) == (standing in ("exact", "moved"))
    [[start, end, score]] = rows["changed"].places
    assert article.text[start:end] == "Three more convoys left Odesa" and 60 < score < 100
    assert anchoring.account(article, analyst) == {"exact": 1, "moved": 1, "changed": 1, "orphaned": 1}
    assert list(integrity.faults()) == []


def test_of_two_identical_sentences_one_deleted_orphans_its_own_anchor(article, analyst):
    second = BODY.rindex("Exports rose")
    note = make_note(
        article=article,
        exact="Exports rose by 40 per cent in May.",
        prefix=BODY[second - 32 : second],
        suffix=BODY[second + 35 : second + 67],
        start=second,
        end=second + 35,
        revision=1,
    )
    article.body = BODY[:second] + BODY[second + 36 :]
    articles.save_text(article, by=analyst)
    note.refresh_from_db()
    assert (note.standing, note.revision, note.places) == ("orphaned", 1, [])


def test_words_that_come_back_stand_again(article, analyst):
    note = marked(article, "The ministry denied it.")
    for before, after in [
        ("The ministry denied it. ", ""),
        ("Nobody", "No one"),
        ("Two more", "The ministry denied it. Two more"),
    ]:
        revise(article, before, after, analyst)
    note.refresh_from_db()
    assert (note.revision, article.revision) == (4, 4)
    assert article.text[note.start : note.end] == note.exact


def test_a_twin_is_not_taken_at_a_later_change_either(article, analyst):
    lost = make_appearance(article, exact="Exports rose by 40 per cent in May")
    revise(article, " Exports rose by 40 per cent in May.", "", analyst)
    revise(article, "Nobody", "No one", analyst)
    lost.refresh_from_db()
    assert (lost.standing, lost.revision) == ("orphaned", 1)


def test_another_spelling_of_the_same_characters_is_taken_over(analyst):
    article = make_article(body="Le port est plein.\n\n“Jamais”, dit-il – l’été, le café reste fermé.")
    note = marked(article, "“Jamais”, dit-il – l’été")
    revise(article, "“Jamais”, dit-il – l’été", '"Jamais", dit-il - l\'été', analyst)
    note.refresh_from_db()
    assert (note.revision, note.exact) == (2, '"Jamais", dit-il - l\'été')


def test_all_rows_of_an_article_are_looked_for_in_as_many_queries_as_few(analyst):
    def cost(count):
        article = make_article(body=BODY)
        for _ in range(count):
            marked(article, "Two more convoys")
            make_citation(article, as_printed="Reuters reported")
        with CaptureQueriesContext(connection) as queries:
            revise(article, "The ministry denied it.", "The ministry confirmed it.", analyst)
        return len(queries)

    assert cost(30) == cost(3)


def test_each_change_is_kept_as_a_version_of_who_made_it(article, analyst):
    note = marked(article, "Nobody was hurt")
    revise(article, "The ministry denied it. ", "", analyst)
    newest = note.history.first()
    assert (newest.history_user, newest.revision, newest.standing) == (analyst, 2, "moved")


class TestSettling:
    @pytest.fixture
    def lost(self, article, analyst):
        row = make_appearance(article, exact="Two more convoys left Odesa")
        revise(article, "Two more convoys left", "Three more convoys left", analyst)
        row.refresh_from_db()
        return row

    def test_a_person_confirms_the_place(self, article, lost, analyst):
        [[start, end, _score]] = lost.places
        row = anchoring.settle_anchor(lost, (start, end), by=analyst, revision=2)
        row.refresh_from_db()
        assert (row.exact, row.revision, row.standing, row.places) == ("Three more convoys left Odesa", 2, "moved", [])
        assert row.history.first().history_user == analyst
        assert list(integrity.faults()) == []

    def test_a_citation_is_printed_as_its_words_stand_and_says_of_them_what_it_said(self, article, analyst):
        cited = make_citation(article, as_printed="Two more convoys left Odesa", claim_text="Two more convoys left.")
        named = make_citation(article, as_printed="Two more convoys left Odesa")
        Citation.objects.filter(pk=named.pk).update(as_printed="the ministry, on Monday")
        revise(article, "Two more convoys left", "Three more convoys left", analyst)
        for row in (cited, named):
            row.refresh_from_db()
            [[start, end, _score]] = row.places
            anchoring.settle_anchor(row, (start, end), by=analyst, revision=2)
            row.refresh_from_db()
        assert cited.as_printed == cited.exact == "Three more convoys left Odesa"
        assert cited.claim_text == "Two more convoys left." and named.as_printed == "the ministry, on Monday"
        assert cited.history.first().as_printed == cited.as_printed

    def test_or_chooses_another(self, article, lost, analyst):
        start = article.text.index("The ministry denied it")
        row = anchoring.settle_anchor(lost, (start, start + 22), by=analyst, revision=2)
        assert row.exact == "The ministry denied it"

    def test_or_leaves_it_and_it_waits_no_more(self, article, lost, analyst):
        anchoring.settle_anchor(lost, None, by=analyst, revision=2)
        lost.refresh_from_db()
        assert (lost.standing, lost.revision, lost.places) == (Standing.LEFT, 1, [])
        revise(article, "Nobody", "No one", analyst)
        lost.refresh_from_db()
        assert lost.exact == "Two more convoys left Odesa"

    @pytest.mark.parametrize("place", [(0, 0), (5, 3), (-1, 4), (0, 100_000)])
    def test_no_place_of_the_text_is_refused(self, lost, analyst, place):
        with pytest.raises(Refused, match="no such words"):
            anchoring.settle_anchor(lost, place, by=analyst, revision=2)

    def test_the_text_changed_meanwhile(self, article, lost, analyst):
        revise(article, "Nobody", "No one", analyst)
        with pytest.raises(Refused, match="changed meanwhile"):
            anchoring.settle_anchor(lost, (0, 7), by=analyst, revision=2)

    def test_twice_is_once(self, lost, analyst):
        anchoring.settle_anchor(lost, (0, 7), by=analyst, revision=2)
        with pytest.raises(Refused, match="settled"):
            anchoring.settle_anchor(lost, (8, 12), by=analyst, revision=2)

    def test_who_may_not_change_it_may_not_settle_it(self, lost):
        with pytest.raises(PermissionDenied):
            anchoring.settle_anchor(lost, (0, 7), by=make_user(group="reader-of-drafts"), revision=2)

    def test_a_private_note_of_somebody_else_does_not_exist(self, article, analyst):
        note = make_note(article=article, author=make_user(), access="private", **words(article, "Two more convoys"))
        revise(article, "Two more", "Three more", analyst)
        with pytest.raises(Annotation.DoesNotExist):
            anchoring.settle_anchor(note, (0, 7), by=analyst, revision=2)
        assert anchoring.account(article, analyst) == {}


def test_no_anchor_stops_a_text_from_being_saved(article, analyst):
    """Not even one that a fixture or a fault put beside its words."""
    Citation.objects.filter(pk=make_citation(article, as_printed="Reuters reported").pk).update(start=9_000, end=9_100)
    marked(article, "Odesa")
    article.body = "x"
    articles.save_text(article, by=analyst)
    assert article.text == "x"
    assert {row.standing for model in (Citation, Annotation) for row in model.objects.all()} == {"orphaned"}
