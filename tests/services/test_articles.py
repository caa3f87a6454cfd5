"""Publishing, withdrawing and revising."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kb.models import Article
from kb.services import articles
from kb.services.refusal import Refused
from tests.factories import (
    make_appearance,
    make_article,
    make_citation,
    make_note,
    make_published_article,
    make_user,
    words,
)

pytestmark = pytest.mark.django_db


def test_a_published_article_is_seen_by_readers_and_a_withdrawn_one_is_not():
    editor, article = make_user(group="editor"), make_article()
    assert not Article.objects.visible_to().exists()
    articles.publish(article, by=editor)
    assert Article.objects.visible_to().get() == article
    articles.withdraw(article, by=editor, reason="The original was retracted.")
    assert not Article.objects.visible_to().exists()
    assert Article.objects.withdrawn().get().withdrawn_by == editor


def test_a_publication_can_be_scheduled():
    article, now = make_article(), timezone.now()
    articles.publish(article, by=make_user(group="editor"), at=now + timedelta(hours=1))
    assert not Article.objects.visible_to(now=now).exists()
    assert Article.objects.visible_to(now=now + timedelta(hours=1)).exists()


def test_a_blocked_publication_names_what_blocks_it():
    article = make_article(title="", body="")
    with pytest.raises(Refused) as refusal:
        articles.publish(article, by=make_user(group="editor"))
    assert [str(blocker.message) for blocker in refusal.value.blockers] == [
        "The article has no title.",
        "The article has no text.",
    ]


def test_an_analyst_may_not_publish():
    with pytest.raises(PermissionDenied):
        articles.publish(make_article(), by=make_user(group="analyst"))


def test_a_withdrawal_needs_a_reason():
    with pytest.raises(Refused, match="reason"):
        articles.withdraw(make_published_article(), by=make_user(group="editor"), reason=" ")


def test_a_revised_text_takes_its_anchors_along():
    article, analyst = make_article(), make_user(group="analyst")
    rows = [
        make_citation(article),
        make_appearance(article),
        make_note(article=article, **words(article, "two more convoys")),
    ]
    article.body = "A new beginning.\n\n" + article.body
    articles.save_text(article, by=analyst)
    for row in rows:
        row.refresh_from_db()
        assert article.text[row.start : row.end] == row.exact
        assert row.revision == article.revision == 2


def test_words_that_are_gone_keep_their_old_revision():
    article = make_article()
    appearance = make_appearance(article)
    article.body = article.body.replace("Exports rose by 40 per cent in May.", "")
    articles.save_text(article, by=make_user(group="analyst"))
    appearance.refresh_from_db()
    assert (appearance.revision, article.revision) == (1, 2)
    assert appearance.exact == "Exports rose by 40 per cent in May"


def test_a_change_of_the_title_leaves_the_revision_alone():
    article = make_article()
    article.title = "Another title"
    articles.save_text(article, by=make_user(group="analyst"))
    assert (article.revision, article.version) == (1, 2)


def test_forms_post_carriage_returns_and_texts_keep_none():
    article = make_article(body="One.\r\n\r\nTwo.")
    articles.save_text(article, by=make_user(group="analyst"))
    assert article.body == "One.\n\nTwo."
