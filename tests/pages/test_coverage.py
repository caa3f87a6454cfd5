"""The summary on top of an article: what it rests on, counted."""

import pytest
from django.utils import timezone

from kb.models import Rating
from kb.pages.article import article_page
from kb.services import verdicts
from tests.factories import make_appearance, make_article, make_citation, make_claim, make_published_check, make_user

pytestmark = pytest.mark.django_db

BODY = (
    "Exports to Odessa rose by 40 per cent. Imports from Odessa fell by 4 per cent. In May 3 convoys came. "
    "In June 5 convoys came (#Reuters, June 12). In July 6 convoys came. It was a good year. Exports will reach 90 tons."
)


def parts(article, **options) -> dict[str, int]:
    return {part.key: part.number for part in article_page(article, **options).coverage.parts}


def test_each_checkable_sentence_is_counted_once_and_the_weakest_claim_decides():
    article = make_article(body=BODY)
    make_appearance(article, make_published_check().claim, exact="Exports to Odessa rose by 40 per cent")
    make_appearance(article, make_published_check().claim, exact="Imports from Odessa")
    make_appearance(article, make_claim(), exact="fell by 4 per cent")
    reopened = make_published_check()
    verdicts.reopen(reopened, by=make_user(group="editor"), reason="New figures.")
    make_appearance(article, reopened.claim, exact="In May 3 convoys came")
    make_citation(article)
    assert parts(article) == {"checked": 1, "doubted": 1, "waiting": 2, "bare": 1}
    coverage = article_page(article).coverage
    assert (coverage.checkable, coverage.held) == (5, 1)
    assert [one.words for one in coverage.bare] == ["In July 6 convoys came."]
    assert sum(part.width for part in coverage.parts) == pytest.approx(coverage.width, abs=0.5)


def test_a_verdict_on_another_number_does_not_make_the_sentence_checked():
    article = make_article(body=BODY)
    make_appearance(article, make_published_check().claim, exact="In May 3 convoys came", variant="other_number")
    assert parts(article) == {"waiting": 1, "bare": 4}
    assert article_page(article).basis.checked == 0


def test_a_person_who_takes_up_a_claim_knows_better_than_the_form():
    article = make_article(body=BODY)
    make_appearance(article, make_published_check().claim, exact="It was a good year")
    make_appearance(article, make_claim(statement_type="opinion"), exact="In May 3 convoys came")
    assert parts(article) == {"checked": 1, "bare": 4}
    assert article_page(article).coverage.held == 2


def test_a_verdict_that_has_passed_its_day_is_in_doubt():
    article = make_article(body=BODY)
    check = make_published_check(expires_on=timezone.localdate())
    make_appearance(article, check.claim, exact="In May 3 convoys came")
    assert parts(article)["checked"] == 1
    tomorrow = timezone.now() + timezone.timedelta(days=1)
    assert parts(article, now=tomorrow)["doubted"] == 1
    assert article_page(article, now=tomorrow).basis.expired == 1


def test_disputed_is_what_does_not_hold_or_is_in_doubt():
    article = make_article(body=BODY)
    make_appearance(article, make_published_check().claim, exact="Exports to Odessa")
    false = make_published_check(rating=Rating.objects.get(slug="false")).claim
    make_appearance(article, false, exact="In May 3 convoys came")
    make_appearance(article, false, exact="In July 6 convoys came")
    reopened = make_published_check()
    verdicts.reopen(reopened, by=make_user(group="editor"), reason="New figures.")
    make_appearance(article, reopened.claim, exact="In June 5 convoys came")
    basis = article_page(article).basis
    assert (basis.claims, basis.checked, basis.disputed, basis.expired) == (3, 3, 2, 0)


def test_suggestions_and_words_of_an_older_text_count_for_nothing():
    article = make_article(body=BODY)
    make_citation(article, state="suggested")
    make_appearance(article, make_published_check().claim, exact="In May 3 convoys came", revision=7)
    assert parts(article) == {"bare": 5}


def test_an_excerpt_names_no_sentence_that_it_does_not_show():
    body = " ".join(f"In year {number} of the harbour 3 convoys came." for number in range(40))
    page = article_page(make_article(body=body, display="excerpt"))
    assert page.coverage.checkable == 40
    assert 0 < len(page.coverage.bare) < 12
    text = "".join(stretch.lead + stretch.rest for stretch in page.stretches)
    assert all(f'id="{one.key}"' in text for one in page.coverage.bare)
