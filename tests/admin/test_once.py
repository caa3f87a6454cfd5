"""A form that is sent twice is saved once, and its second sending shows what the first came to."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from kb.models import Article, Claim, Hop, SentForm
from kb.services import sending
from tests.factories import make_article, make_claim

from .pages import fields_of, list_of, messages_of, page_of, save

pytestmark = pytest.mark.django_db


def opened_claim(client, text="Ships sank."):
    return {**fields_of(client.get(list_of(Claim, "add"))), "text": text, "language": "en"}


def test_the_same_form_twice_makes_one_row_and_leads_to_it_twice(analyst):
    article = {**fields_of(analyst.get(list_of(Article, "add"))), "title": "Grain", "slug": "grain", "_continue": "1"}
    first, second = (analyst.post(list_of(Article, "add"), article) for _ in "ab")
    assert Article.objects.count() == 1
    assert first.status_code == second.status_code == 302 and first.url == second.url
    assert "was saved already" in messages_of(analyst.get(second.url))
    assert first.cookies["kb_saved"].value == second.cookies["kb_saved"].value == article["_once"][0]


def test_rows_beside_their_parent_are_added_once(analyst):
    article = make_article()
    opened = fields_of(analyst.get(page_of(article)))
    added = {"hops-TOTAL_FORMS": "1", "hops-0-kind": "wrote", "hops-0-printed_name": "Ada"}
    for _ in "ab":
        assert save(analyst, article, opened=opened, **added).status_code == 302
    assert Hop.objects.count() == 1


def test_who_goes_back_and_types_something_else_sends_another_form(analyst):
    form = opened_claim(analyst)
    analyst.post(list_of(Claim, "add"), form)
    analyst.post(list_of(Claim, "add"), form | {"text": "Ships swam."})
    assert {claim.text for claim in Claim.objects.all()} == {"Ships sank.", "Ships swam."}


def test_a_form_that_was_refused_is_sent_again_with_its_key(analyst):
    make_claim(text="Ships sank.", language="en")
    form = opened_claim(analyst)
    assert analyst.post(list_of(Claim, "add"), form).status_code == 200
    assert not SentForm.objects.exists() and "kb_saved" not in analyst.cookies
    Claim.objects.all().delete()
    assert analyst.post(list_of(Claim, "add"), form).status_code == 302
    assert Claim.objects.count() == 1


def test_a_save_that_broke_off_leaves_no_trace_and_one_whose_answer_was_lost_is_not_repeated(analyst, monkeypatch):
    form = opened_claim(analyst)
    analyst.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(Claim, "save", lambda *args, **kwargs: (_ for _ in ()).throw(OperationalError("gone")))
        assert analyst.post(list_of(Claim, "add"), form).status_code >= 500
    assert not SentForm.objects.exists()
    analyst.post(list_of(Claim, "add"), form)
    # The answer never came; the same is sent again.
    analyst.post(list_of(Claim, "add"), form)
    assert Claim.objects.count() == 1


def test_the_key_of_another_person_says_nothing(analyst, editor):
    form = opened_claim(analyst)
    analyst.post(list_of(Claim, "add"), form)
    response = editor.post(list_of(Claim, "add"), form)
    assert response.status_code == 200 and "This claim exists" in response.content.decode()


@pytest.mark.parametrize("key", ["", "x", "x" * 500, "../../etc", "\0" * 20])
def test_a_key_that_is_none_is_no_key(analyst, key):
    assert analyst.post(list_of(Claim, "add"), opened_claim(analyst) | {"_once": key}).status_code == 302
    assert not SentForm.objects.exists()


def test_an_act_on_the_page_is_not_done_twice_either(editor):
    article = make_article()
    opened = fields_of(editor.get(page_of(article)))
    for _ in "ab":
        response = save(editor, article, "_act", "publish", opened=opened)
    assert "was saved already" in messages_of(editor.get(response.url))
    assert article.history.filter(status="published").count() == 1


def test_what_was_sent_is_forgotten_after_a_day_a_few_rows_at_a_time(analyst, monkeypatch):
    monkeypatch.setattr(sending, "AT_ONCE", 2)
    old = timezone.now() - timedelta(days=2)
    SentForm.objects.bulk_create(SentForm(user=analyst.user, key=f"k{n}", sent_at=old) for n in range(3))
    analyst.post(list_of(Claim, "add"), opened_claim(analyst))
    assert SentForm.objects.filter(sent_at=old).count() == 1
    assert SentForm.objects.count() == 2
