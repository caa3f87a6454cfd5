"""Similar claims while one is written, and earlier verdicts while one is rated."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kb.models import Claim, FactCheck, Rating
from kb.search.precedents import FIGURE, OF_EACH, SOURCE, WORDS, precedents
from kb.services import verdicts
from tests.factories import (
    make_appearance,
    make_citation,
    make_claim,
    make_draft_check,
    make_published_article,
    make_published_check,
    make_source,
    make_user,
)

from .pages import list_of, messages_of, page_of, save

pytestmark = pytest.mark.django_db

TRADE = "Trade between Russia and China was worth 240 billion US dollars in 2024."
REWORDED = "Trade between China and Russia was worth $240 billion in 2024."
CALL = "Putin and Xi spoke by telephone in January 2025."
OTHER_CALL = "Putin and Xi spoke by telephone in May 2025."


def ask(client, text: str, **more):
    return client.post(reverse("admin:kb_claim_similar"), {"text": text, "language": "en", "part": "1", **more})


def rated(text: str, rating: str = "true", **changes) -> FactCheck:
    claim = changes.pop("claim", None) or make_claim(text=text, **changes)
    return make_published_check(claim, rating=Rating.objects.current().get(slug=rating))


def draft_of(client, claim: Claim, rating: str) -> FactCheck:
    return make_draft_check(claim, by=client.user, rating=Rating.objects.current().get(slug=rating))


# Similar claims


def test_the_same_claim_is_offered_with_its_words_marked_where_it_stands_and_how_it_was_rated(analyst):
    check = rated(TRADE)
    html = ask(analyst, REWORDED).content.decode()
    assert "says the same" in html and page_of(check.claim) in html
    assert '<mark class="agrees">Russia</mark>' in html and '<mark class="agrees">240 billion US dollars</mark>' in html
    assert ">checked</span>" in html and f">{check.rating}</span>" in html
    assert "<html" not in html


def test_another_figure_and_another_month_are_marked_as_different_and_not_called_the_same(analyst):
    make_claim(text=TRADE)
    html = ask(analyst, REWORDED.replace("240", "190")).content.decode()
    assert "another number" in html and '<mark class="differs">240 billion US dollars</mark>' in html
    make_claim(text=CALL)
    trap = ask(analyst, OTHER_CALL).content.decode()
    assert "another time" in trap and "says the same" not in trap


def test_an_unpublished_rating_is_not_shown(analyst):
    draft = make_draft_check(make_claim(text=TRADE))
    assert f">{draft.rating}</span>" not in ask(analyst, TRADE).content.decode()


def test_without_script_the_same_list_is_a_page_that_can_be_asked_again(analyst):
    claim = make_claim(text=TRADE)
    address = reverse("admin:kb_claim_similar")
    for answer in (analyst.post(address, {"text": REWORDED}), analyst.get(address, {"text": REWORDED})):
        html = answer.content.decode()
        assert page_of(claim) in html and "<h1>Similar claims</h1>" in html
    assert f'formaction="{address}"' in analyst.get(list_of(Claim, "add")).content.decode()
    assert f'formaction="{address}?exclude={claim.pk}"' in analyst.get(page_of(claim)).content.decode()
    assert Claim.objects.count() == 1


def test_the_claim_that_is_open_is_not_offered_for_itself(analyst):
    claim = make_claim(text=TRADE)
    address = f"{reverse('admin:kb_claim_similar')}?exclude={claim.pk}"
    assert page_of(claim) not in analyst.post(address, {"text": TRADE, "part": "1"}).content.decode()


def test_who_may_not_see_claims_is_told_nothing(sign_in, client):
    make_claim(text=TRADE)
    assert ask(sign_in("reader-of-drafts"), TRADE).status_code == 403
    assert ask(client, TRADE).status_code == 302


@pytest.mark.parametrize("key", ["", "x", "-1", "9" * 40, "²", "1 OR 1"])
def test_hostile_words_are_shown_as_words(analyst, key):
    make_claim(text="<script>alert(1)</script> rose in the harbour of Almery.")
    address = reverse("admin:kb_claim_similar")
    html = analyst.get(address, {"text": "<b>alert rose\0 in the harbour of Almery", "exclude": key}).content.decode()
    assert "<script>alert" not in html and "<b>alert" not in html and "harbour" in html


def queries_of(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def test_the_list_costs_the_same_for_one_claim_and_for_many(analyst):
    rated(TRADE)
    few = queries_of(lambda: ask(analyst, REWORDED))
    for year in range(2001, 2020):
        rated(TRADE.replace("2024", str(year)))
    assert queries_of(lambda: ask(analyst, REWORDED)) == few


# Precedents


def test_precedents_are_of_the_same_words_the_same_source_and_the_same_kind_of_figure(analyst):
    claim = make_claim(text=REWORDED, value=240, unit="US dollars")
    source = make_source()
    for one in (claim, (leaning := make_claim(text="The harbour of Almery is deep."))):
        article = make_published_article()
        make_appearance(article, one).citations.add(make_citation(article, source=source))
    by_words, by_source = rated(TRADE), rated("", claim=leaning)
    by_figure = rated("The bridge of Brodna was cheap.", value=3, unit="us dollars")
    rated("The windmill turns.")
    make_draft_check(make_claim(text=TRADE + " "))
    found = {one.check.pk: one.kinds for one in precedents(claim, user=analyst.user)}
    assert found == {by_words.pk: [WORDS], by_source.pk: [SOURCE], by_figure.pk: [FIGURE]}


def test_of_a_claim_the_latest_verdict_counts_its_own_before_others(analyst):
    claim = make_claim(text=REWORDED)
    rated("", "false", claim=claim)
    latest, other = rated("", "true", claim=claim), rated(TRADE)
    assert [one.check.pk for one in precedents(claim, user=analyst.user)] == [latest.pk, other.pk]


def test_the_author_sees_the_precedent_with_its_reason_and_is_warned_in_the_panel_and_on_saving(analyst):
    before = rated(TRADE, "true")
    check = draft_of(analyst, make_claim(text=REWORDED), "false")
    html = analyst.get(page_of(check)).content.decode()
    assert before.rationale in html and "another class than yours" in html
    assert "the same was rated otherwise before" in messages_of_next(
        save(analyst, check, rationale="I counted."), analyst
    )


def messages_of_next(response, client) -> str:
    return messages_of(client.get(response.url))


def test_submitting_warns_and_is_not_refused(analyst):
    rated(TRADE, "true")
    check = draft_of(analyst, make_claim(text=REWORDED), "false")
    said = messages_of_next(save(analyst, check, button="_act", value="submit"), analyst)
    check.refresh_from_db()
    assert check.status == "submitted" and "the same was rated otherwise before" in said


def test_who_agrees_with_the_precedent_or_rates_a_trap_is_not_warned(analyst):
    rated(TRADE, "true")
    rated(CALL, "true")
    for text, rating in ((REWORDED, "mostly-true"), (OTHER_CALL, "false")):
        check = draft_of(analyst, make_claim(text=text), rating)
        assert "another class than yours" not in analyst.get(page_of(check)).content.decode()
        assert "rated otherwise" not in messages_of_next(save(analyst, check, rationale="I counted."), analyst)


def test_a_verdict_in_doubt_is_shown_and_binds_nobody(analyst):
    before = rated(TRADE, "true")
    verdicts.reopen(before, by=make_user(group="editor"), reason="A new count.")
    html = analyst.get(page_of(draft_of(analyst, make_claim(text=REWORDED), "false"))).content.decode()
    assert before.rationale in html and "another class than yours" not in html


def test_ticking_a_precedent_saves_it_as_consulted(analyst):
    before = rated(TRADE)
    check = draft_of(analyst, make_claim(text=REWORDED), "true")
    save(analyst, check, consulted=[before.pk])
    assert list(check.consulted.all()) == [before]
    html = analyst.get(page_of(check)).content.decode()
    assert f'<option value="{before.pk}" selected>' in html
    assert f'<input type="checkbox" name="consulted" value="{before.pk}">' not in html


def test_others_see_no_panel_that_could_tell_the_rating(editor):
    rated(TRADE, "true")
    check = make_draft_check(make_claim(text=REWORDED), rating=Rating.objects.current().get(slug="false"))
    verdicts.submit(check, by=check.author)
    html = editor.get(page_of(check)).content.decode()
    assert "Earlier verdicts" not in html and "another class" not in html


def test_the_panel_costs_the_same_for_few_precedents_and_for_many(analyst):
    check = draft_of(analyst, make_claim(text=REWORDED, value=240, unit="US dollars"), "true")
    rated(TRADE, value=240, unit="US dollars")
    analyst.get(page_of(check))
    few = queries_of(lambda: analyst.get(page_of(check)))
    for year in range(2001, 2013):
        rated(TRADE.replace("2024", str(year)), value=year, unit="US dollars")
    assert queries_of(lambda: analyst.get(page_of(check))) == few
    assert len(precedents(check.claim, user=analyst.user)) <= 2 * OF_EACH
