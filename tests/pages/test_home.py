"""The first page: one sentence that shows what the place is for, and what is new."""

import pytest
from django.utils import timezone

from kb.models import Appearance, Rating
from kb.pages.home import home_page
from kb.services import verdicts
from tests.factories import (
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_correction,
    make_published_article,
    make_published_check,
    make_user,
)

pytestmark = pytest.mark.django_db


def make_example(article=None, claim=None, **changes):
    """A cited sentence that answers all the questions, but for what should differ."""
    article = article or make_published_article()
    variant = changes.pop("variant", "same")
    appearance = make_appearance(article, claim or make_published_check().claim, variant=variant)
    looked_up = {"check_state": "confirmed", "checked_by": make_user(), "checked_at": timezone.now()}
    appearance.citations.add(make_citation(article, **{**looked_up, **changes}))
    return appearance


def test_the_example_is_a_sentence_that_answers_every_question():
    make_example(check_state="unchecked", checked_by=None, checked_at=None)
    make_example(state="suggested")
    make_example(claim=make_claim())
    make_example(variant="other_number")
    make_example(make_article())
    make_example(make_published_article(display="excerpt"))
    make_example(make_published_article(revision=2))
    Appearance.objects.update(revision=1)
    reopened = make_published_check()
    make_example(claim=reopened.claim)
    verdicts.reopen(reopened, by=make_user(group="editor"), reason="New figures.")
    assert home_page().example is None
    good = make_example()
    example = home_page().example
    assert example.place.exact == good.exact and example.claim.address == good.claim.get_absolute_url()


def test_counts_are_of_what_readers_can_see():
    make_article()
    make_published_article()
    check = make_published_check()
    make_published_check(check.claim, rating=Rating.objects.get(slug="false"))
    make_correction(make_claim())
    page = home_page()
    assert (page.article_count, page.verdict_count) == (1, 1)
    assert page.correction_count == len(page.corrections) == 1


def test_a_newcomer_without_any_article_is_told_so(client):
    html = client.get("/").content.decode()
    assert "Nothing is published yet." in html and "For example" not in html


def test_a_newcomer_sees_the_sentence_the_two_questions_and_the_scale(client):
    make_example()
    html = client.get("/").content.decode()
    for words in ("Who says so", "Does the source say it?", "Does it hold?", "Why", "Mostly true", "Read an article"):
        assert words in html
