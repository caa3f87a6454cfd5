"""The report after a save, and the tray of marks that lost their words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kb.models import Annotation
from kb.services import articles
from tests.factories import make_appearance, make_article, make_citation, make_note, make_user, words

from .pages import fields_of, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]

BODY = "Reuters reported that grain is moving. Two more convoys left Odesa. Nobody was hurt, said the mayor."
QUEUE = reverse("admin:kb_article_orphan_queue")


@pytest.fixture
def article():
    return make_article(body=BODY)


def tray(article) -> str:
    return reverse("admin:kb_article_orphans", args=[article.pk])


def revise(article, before="Two more", after="Three more"):
    article.body = article.body.replace(before, after)
    return articles.save_text(article, by=make_user(group="editor"))


@pytest.fixture
def lost(article):
    row = make_appearance(article, exact="Two more convoys left Odesa")
    revise(article)
    row.refresh_from_db()
    return row


def test_saving_a_text_says_what_became_of_its_marks(analyst, article):
    make_citation(article, as_printed="Reuters reported")
    make_appearance(article, exact="Two more convoys left Odesa")
    make_note(article=article, **words(article, "Nobody was hurt"))
    page = page_of(article)
    sent = fields_of(analyst.get(page)) | {"body": BODY.replace("Two more", "Three more")}
    answer = analyst.post(page, sent, follow=True).content.decode()
    assert "Marked words: 1 exact, 1 moved, 1 changed words." in answer
    assert tray(article) in answer


def test_saving_something_else_says_nothing_of_marks(analyst, article):
    make_citation(article, as_printed="Reuters reported")
    sent = fields_of(analyst.get(page_of(article))) | {"title": "Another title"}
    assert "Marked words:" not in analyst.post(page_of(article), sent, follow=True).content.decode()


def test_the_tray_shows_the_old_passage_beside_the_places_it_may_have_come_to(analyst, article, lost):
    page = analyst.get(tray(article)).content.decode()
    assert "<mark>Two more convoys left Odesa</mark>" in page
    assert "<mark>Three more convoys left Odesa</mark>" in page
    assert 'aria-keyshortcuts="1"' in page and "of 100 alike" in page
    assert page.split('<article class="one orphan"')[1].count("csrfmiddlewaretoken") == 1
    assert tray(article) in analyst.get(page_of(article)).content.decode()
    assert "<mark>Two more convoys left Odesa</mark>" in analyst.get(QUEUE).content.decode()


@pytest.mark.parametrize(
    ("sent", "exact", "standing"),
    [
        ({"at": "{place}"}, "Three more convoys left Odesa", "moved"),
        ({"at": "words", "words": "Nobody was hurt"}, "Nobody was hurt", "moved"),
        ({"at": "leave"}, "Two more convoys left Odesa", "left"),
    ],
    ids=["a place", "other words", "none"],
)
def test_one_button_settles_it(analyst, article, lost, sent, exact, standing):
    [[start, end, _score]] = lost.places
    sent = {**sent, "at": sent["at"].format(place=f"{start}-{end}"), "row": f"appearance-{lost.pk}", "revision": 2}
    answer = analyst.post(tray(article), sent, follow=True).content.decode()
    lost.refresh_from_db()
    assert (lost.exact, lost.standing) == (exact, standing)
    assert "Every mark of this article stands at its words." in answer


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"at": "words", "words": "never written"}, "do not stand in the text"),
        ({"at": "words", "words": "e"}, "mark more words"),
        ({"at": "words", "words": ""}, "do not stand in the text"),
        ({"at": "9-3"}, "no such words"),
        ({"at": "99999999999999999999-٣"}, "no such words"),
        ({}, "no such words"),
        ({"at": "0-7", "revision": 1}, "changed meanwhile"),
        ({"at": "0-7", "revision": "x"}, "changed meanwhile"),
    ],
)
def test_what_names_no_place_is_said_and_changes_nothing(analyst, article, lost, sent, words):
    answer = analyst.post(tray(article), {"row": f"appearance-{lost.pk}", "revision": 2} | sent, follow=True)
    assert words in answer.content.decode()
    version = lost.version
    lost.refresh_from_db()
    assert (lost.standing, lost.version) == ("changed", version)


@pytest.mark.parametrize("row", ["", "appearance-0", "user-1", "appearance-x", "article-1"])
def test_a_row_that_is_none_is_not_found(analyst, article, row):
    assert analyst.post(tray(article), {"row": row, "at": "leave", "revision": 1}).status_code == 404


def test_a_note_from_elsewhere_that_did_not_attach_waits_too(analyst, article):
    note = make_note(article=article, **words(article, "Two more convoys"))
    Annotation.objects.filter(pk=note.pk).update(revision=0, exact="Two mere convoys", standing="orphaned")
    page = analyst.get(tray(article)).content.decode()
    assert "<mark>Two mere convoys</mark>" in page and "As it was quoted elsewhere" in page
    sent = {"row": f"annotation-{note.pk}", "revision": 1, "at": "words", "words": "Two more convoys"}
    analyst.post(tray(article), sent)
    note.refresh_from_db()
    assert (note.revision, note.exact) == (1, "Two more convoys")


def test_a_private_note_of_somebody_else_is_neither_counted_nor_shown_nor_settled(analyst, article):
    note = make_note(article=article, author=make_user(), access="private", **words(article, "Two more convoys"))
    revise(article)
    assert "Two more convoys" not in analyst.get(tray(article)).content.decode()
    sent = {"row": f"annotation-{note.pk}", "at": "leave", "revision": 2}
    assert analyst.post(tray(article), sent).status_code == 404


def test_the_queue_costs_as_many_queries_for_many_as_for_few(analyst, django_assert_num_queries):
    def lose(count):
        for _ in range(count):
            article = make_article(body=BODY)
            make_appearance(article, exact="Two more convoys left Odesa")
            make_note(article=article, **words(article, "Two more"))
            revise(article)

    lose(2)
    analyst.get(QUEUE)
    with CaptureQueriesContext(connection) as few:
        analyst.get(QUEUE)
    lose(8)
    with django_assert_num_queries(len(few)):
        analyst.get(QUEUE)
