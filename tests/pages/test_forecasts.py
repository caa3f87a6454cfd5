"""The ledger of forecasts, the overview of a topic and the counts of the method, before any template."""

import pytest
from django.utils import timezone

from kb.models import Citation, Source
from kb.pages.forecasts import ledger
from kb.pages.method import method_page
from kb.pages.topic import topic_overview
from kb.services import verdicts
from tests.factories import (
    decided,
    give_review,
    make_appearance,
    make_article,
    make_challenge,
    make_citation,
    make_claim,
    make_correction,
    make_draft_check,
    make_forecast,
    make_person,
    make_published_article,
    make_published_check,
    make_score,
    make_source,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


def foretold(source, outcome="", **changes):
    """A public forecast of this source; with an outcome it was scored and confirmed."""
    article, claim = make_published_article(), make_forecast(**changes)
    make_appearance(article, claim).citations.add(make_citation(article, source=source))
    if outcome:
        make_score(claim, outcome=outcome, confirmed_by=make_user(group="editor"), confirmed_at=timezone.now())
    return claim


def rows(chart):
    return {bar.label: bar.values for bar in chart.bars}


def test_shares_of_forecasts_stand_beside_five_or_more_and_never_before():
    prophet, other = make_source(name="Prophet"), make_source(name="Other")
    for outcome in ("came_true", "came_true", "did_not", "partly"):
        foretold(prophet, outcome)
    found = ledger()
    assert found.outcomes.summary == "Not enough resolved to speak of shares: 4 of at least 5."
    assert rows(found.outcomes)["✓ came true"] == ("2",)
    foretold(prophet, "cannot_be_told")
    foretold(other, "did_not")
    found = ledger()
    assert found.outcomes.summary == "Came true: 2 of 6, 33 % (95 % interval: 10 to 70 %)."
    assert rows(found.outcomes)["✗ did not come true"] == ("2", "33 %", "10 to 70 %")
    assert rows(found.sayers) == {
        "Prophet": ("2", "1", "1", "1", "40 % (12 to 77 %)"),
        "Other": ("0", "0", "1", "0", "not enough"),
    }


def test_each_forecast_names_its_sources_and_not_those_that_did_not_say_it():
    source, misread = make_source(), make_source()
    claim = foretold(source, resolves_on="2999-01-01")
    article = make_published_article()
    wrong = make_citation(article, source=misread, check_state="misquoted", checked_at=timezone.now())
    make_appearance(article, claim).citations.add(wrong, make_citation(article, source=source))
    unconfirmed = make_score(foretold(source))
    [waiting], [due] = ledger().open, ledger().due
    assert [one.name for one in waiting.said_by] == [
        source.name
    ] and due.address == unconfirmed.claim.get_absolute_url()
    assert ledger().resolved_count == 0


def test_where_no_source_is_cited_the_author_made_the_forecast():
    author, article, draft = make_person(), make_published_article(), make_article()
    claim = make_forecast()
    for text in (article, draft):
        make_appearance(text, claim)
    article.hops.create(position=1, kind="wrote", person=author, **decided("confirmed"))
    article.hops.create(position=2, kind="wrote", printed_name="A. Clerk", **decided("confirmed"))
    article.hops.create(position=3, kind="published", source=make_source(), **decided("confirmed"))
    draft.hops.create(position=1, kind="wrote", person=make_person(), **decided("confirmed"))
    [due] = ledger().due
    assert {(one.name, one.address) for one in due.said_by} == {
        (author.name, author.get_absolute_url()),
        ("A. Clerk", ""),
    }


def test_a_topic_tells_whom_its_articles_lean_on_and_what_they_claim():
    tag, source = make_tag("Ada Harbour", kind="person"), make_source(name="Leant on")
    person = make_person(name="Ada Harbour")
    first, second, draft = make_published_article(), make_published_article(), make_article()
    for article in (first, second, draft):
        article.tags.add(tag)
        make_citation(article, source=source)
    make_citation(second, source=Source.objects.get(slug="cnn"), speaker=person.name)
    make_citation(make_published_article(), source=make_source())
    claim = make_appearance(first).claim
    make_appearance(draft)
    tag.aliases.create(name="آدا هاربر")
    found = topic_overview(tag)
    assert rows(found.sources) == {"Leant on": ("2", "2"), "CNN": ("1", "1")}
    assert [one.words.text for one in found.claims] == [claim.text]
    assert (found.names, found.person, found.record.claims) == (("آدا هاربر",), person, 1)


def test_the_method_counts_what_is_public_and_nothing_else():
    shown = make_published_check().claim
    make_correction(shown, kind="update")
    make_correction(make_claim(), kind="void")  # of a claim that nothing public makes
    make_challenge(shown)
    waiting = make_draft_check()
    verdicts.submit(waiting, by=waiting.author)
    give_review(waiting, "false")  # a second opinion of a verdict that nobody may know of
    page = method_page()
    assert (page.second_opinions, page.agreed, page.agreement) == (1, 1, None)
    assert {kind: number for kind, _badge, number in page.corrections if number} == {"update": 1}
    assert (page.corrected, page.challenged) == (1, 0)
    for _ in range(4):
        make_published_check()
    assert (method_page().agreement.percent, method_page().agreement.interval) == ("100 %", "57 to 100 %")


def test_a_topic_whose_articles_cite_nobody_says_so():
    tag = make_tag()
    make_published_article().tags.add(tag)
    assert not Citation.objects.exists()
    assert topic_overview(tag).sources.bars == ()
