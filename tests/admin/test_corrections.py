"""Corrections at the desk: what changed under an article, one button for it, and corrections written by hand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from kb.models import Acknowledgement, Article, Correction, CorrectionArticle, Rating, Task
from tests.factories import (
    make_appearance,
    make_article,
    make_claim,
    make_correction,
    make_published_article,
    make_published_check,
    make_touched,
    make_user,
)

from .pages import list_of, messages_of, page_of, save

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]
BUTTON = "acknowledge</button>"


@pytest.fixture
def changed():
    """A published article whose claim was true and is false now."""
    article = make_published_article()
    claim = make_appearance(article).claim
    make_published_check(claim)
    make_published_check(claim, rating=Rating.objects.get(slug="false"), rationale="The office took it back.")
    return article


def test_the_article_page_shows_both_sides_and_one_button_settles_it(editor, changed):
    page = editor.get(page_of(changed)).content.decode()
    assert "1 change to acknowledge" in page and BUTTON in page
    assert "True: The customs office publishes the figure." in page and "False: The office took it back." in page
    touched = CorrectionArticle.objects.get()
    done = save(editor, changed, "_acknowledge", str(touched.pk), title="Grain, again")
    assert done.status_code == 302
    page = editor.get(page_of(changed))
    assert "1 change acknowledged." in messages_of(page) and BUTTON not in page.content.decode()
    assert Acknowledgement.objects.get().acknowledged_by == editor.user
    assert not Task.objects.open().about(changed).exists()
    # What was typed beside the button is not lost.
    assert Article.objects.get(pk=changed.pk).title == "Grain, again"


def test_pressing_it_twice_is_no_error_and_no_second_row(editor, changed):
    key = str(CorrectionArticle.objects.get().pk)
    for _ in "ab":
        save(editor, changed, "_acknowledge", key)
    assert "before you" in messages_of(editor.get(page_of(changed)))
    assert Acknowledgement.objects.count() == 1


@pytest.mark.parametrize("keys", ["", "x", "99999999999999999999999", "-1", "²"])
def test_nonsense_acknowledges_nothing(editor, changed, keys):
    assert save(editor, changed, "_acknowledge", keys + "0").status_code == 302
    assert not Acknowledgement.objects.exists()


def test_a_change_of_another_article_is_not_acknowledged_here(editor, changed):
    other = make_touched()
    save(editor, changed, "_acknowledge", str(other.pk))
    assert not Acknowledgement.objects.exists()


def test_an_analyst_reads_the_change_and_has_no_button(analyst, changed):
    page = analyst.get(page_of(changed)).content.decode()
    assert "1 change to acknowledge" in page and BUTTON not in page
    assert save(analyst, changed, "_acknowledge", str(CorrectionArticle.objects.get().pk)).status_code == 403
    assert not Acknowledgement.objects.exists()


def test_a_reader_of_drafts_is_told_nothing_of_it(sign_in, changed):
    assert "to acknowledge" not in sign_in("reader-of-drafts").get(page_of(changed)).content.decode().split("<main")[1]


def test_the_list_of_articles_finds_what_is_to_be_looked_at(editor, changed):
    make_published_article()
    found = editor.get(list_of(Article), {"changed": "open"}).context["cl"].result_list
    assert list(found) == [changed]


# --- by hand


def write(client, **said):
    return client.post(reverse("admin:kb_correction_add"), said)


def test_an_editor_writes_a_correction_and_nobody_changes_it(editor):
    article = make_published_article()
    said = {"kind": "wording", "article": article.pk, "before": "4", "after": "40", "reason": "A slip."}
    assert write(editor, **said).status_code == 302
    correction = Correction.objects.get()
    assert (correction.article, correction.made_by, correction.before) == (article, editor.user, "4")
    page = editor.get(page_of(correction))
    assert page.status_code == 200 and b'name="before"' not in page.content
    assert editor.post(page_of(correction), {**said, "before": "5"}).status_code == 403
    assert editor.post(page_of(correction, "delete"), {"post": "yes"}).status_code == 403
    assert Correction.objects.get().before == "4"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "rating_affected"}, "Select a valid choice"),
        ({"article": ""}, "exactly one"),
        ({"before": ""}, "required"),
        ({"after": "4"}, "same words"),
        ({"after": ""}, "Say what it says now"),
        ({"reason": " "}, "required"),
        ({"article": "99999"}, "Select a valid choice"),
    ],
)
def test_a_correction_that_says_too_little_comes_back_with_what_was_typed(editor, change, words):
    said = {"kind": "wording", "article": make_published_article().pk, "before": "4", "after": "40", "reason": "Slip!"}
    page = write(editor, **said | change)
    assert page.status_code == 200 and words in page.content.decode()
    assert "40" in page.content.decode() or "after" in change
    assert not Correction.objects.exists()


def test_what_no_reader_saw_is_refused_in_words(editor):
    draft = make_article()
    page = write(editor, kind="wording", article=draft.pk, before="4", after="40", reason="A slip.")
    assert "No reader has seen this" in page.content.decode()
    assert not Correction.objects.exists()


def test_only_editors_write_corrections(analyst):
    assert analyst.get(reverse("admin:kb_correction_add")).status_code == 403
    article = make_published_article()
    assert "Write a correction" not in analyst.get(page_of(article)).content.decode()


def test_after_other_words_in_a_published_article_a_correction_is_offered_with_the_words(editor):
    article = make_published_article()
    save(editor, article, body=article.body.replace("40 per cent", "4 per cent"))
    page = editor.get(page_of(article))
    assert "Readers see other words now." in messages_of(page)
    address = f"{reverse('admin:kb_correction_add')}?article={article.pk}&since=1"
    assert escape(address) in page.content.decode() or address in page.content.decode()
    form = editor.get(address).context["adminform"].form
    assert "40 per cent" in form.initial["before"] and "4 per cent" in form.initial["after"]
    assert form.initial["article"] == str(article.pk)


@pytest.mark.parametrize(
    "query", ["article=x&since=1", "article=99999&since=1", "since=²", "article=1&since=" + "9" * 30]
)
def test_a_nonsense_address_begins_an_empty_correction(editor, query):
    form = editor.get(f"{reverse('admin:kb_correction_add')}?{query}")
    assert form.status_code == 200


def test_other_words_in_a_draft_offer_nothing(editor):
    article = make_article()
    save(editor, article, body="Other words.")
    assert "Readers see" not in messages_of(editor.get(page_of(article)))


# --- the pages


def test_the_page_of_a_correction_says_who_acknowledged_and_who_has_not(editor):
    correction = make_correction()
    seen, open_one = make_touched(correction=correction), make_touched(correction=correction)
    Acknowledgement.objects.create(touched=seen, acknowledged_by=make_user("ines", group="editor"))
    page = editor.get(page_of(correction)).content.decode()
    assert "Acknowledged:" in page and "ines" in page and "not acknowledged" in page
    assert page_of(open_one.article) in page and correction.get_absolute_url() in page


def test_the_list_filters_by_kind_and_by_what_waits(editor):
    wording, update = make_correction(), make_correction(kind="update")
    make_touched(correction=update)
    for filters, expected in (({"kind__exact": "wording"}, wording), ({"articles": "open"}, update)):
        assert list(editor.get(list_of(Correction), filters).context["cl"].result_list) == [expected]


# --- the queue of verdicts to check again


def test_the_queue_shows_reach_age_and_who_is_asked_at_three_queries_more_than_an_empty_one(editor):
    address = reverse("admin:kb_claim_recheck")
    editor.get(address)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            page = editor.get(address)
        assert page.status_code == 200
        return len(queries)

    def grow(number):
        for _ in range(number):
            claim = make_claim()
            make_appearance(make_published_article(), claim)
            check = make_published_check(claim, expires_on="2025-08-01")
            Task.objects.create(kind="recheck", claim=claim, assignee=check.author)

    grow(3)
    few = cost()
    grow(20)
    assert cost() == few
    page = editor.get(address).content.decode()
    assert "23 verdicts have passed their day" in page
    assert page.count(">expired</span>") == 23


@pytest.mark.parametrize("page", ["0", "x", "999", "-1", ""])
def test_an_unknown_page_of_the_queue_is_a_known_one(editor, page):
    make_published_check(expires_on="2025-08-01")
    assert editor.get(reverse("admin:kb_claim_recheck"), {"p": page}).status_code == 200


def test_an_empty_queue_says_so(editor):
    assert "0 verdicts have passed" in editor.get(reverse("admin:kb_claim_recheck")).content.decode()


def test_an_editor_rewords_a_claim_with_a_published_verdict_and_says_why(editor, analyst):
    claim = make_published_check(make_claim(text="Exports fell by 12 percent.")).claim
    assert 'name="why"' not in analyst.get(page_of(claim)).content.decode()
    refused = save(analyst, claim, text="Exports fell by 15 percent.")
    assert refused.status_code == 409 or "an editor changes its words" in refused.content.decode()
    refused = save(editor, claim, text="Exports fell by 15 percent.").content.decode()
    assert "say why its words change" in refused and "Exports fell by 15 percent." in refused
    claim.refresh_from_db()
    assert claim.text == "Exports fell by 12 percent."
    assert save(editor, claim, text="Exports fell by 15 percent.", why="The office said 15.").status_code == 302
    assert Correction.objects.get(claim=claim).after == "Exports fell by 15 percent."
