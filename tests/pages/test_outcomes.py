"""How the claims of a source fared, and who cites whom around it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from kb.models import Citation, Rating, Source
from kb.pages.source import source_page
from kb.services import verdicts
from tests.factories import (
    decided,
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_published_article,
    make_published_check,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def rating(slug):
    return Rating.objects.current().get(slug=slug)


def said(source, claim=None, *, article=None, check_state="unchecked", **changes):
    """A claim of the source in a public article."""
    article = article or make_published_article()
    checked = {} if check_state == "unchecked" else {"checked_at": timezone.now()}
    citation = make_citation(article, source=source, check_state=check_state, **checked)
    appearance = make_appearance(article, claim or make_claim(), **changes)
    appearance.citations.add(citation)
    return appearance.claim


def checked(source, slug="true", **changes):
    claim = said(source, **changes)
    make_published_check(claim, rating=rating(slug))
    return claim


def counts(source) -> dict[str, tuple]:
    return {bar.label.partition(" ")[2]: bar.values for bar in source_page(source).record.chart.bars}


def test_below_five_checks_no_share_is_said():
    source = make_source()
    for slug in ("true", "true", "false", "mixed"):
        checked(source, slug)
    record = source_page(source).record
    assert record.chart.summary == "Not enough checks to speak of shares: 4 of at least 5."
    assert counts(source) == {
        "supported": ("2",), "refuted": ("1",), "mixed": ("1",), "unproven": ("0",), "outside the scale": ("0",)
    }  # fmt: skip
    assert not any("%" in bar.shown or bar.interval for bar in record.chart.bars)


def test_from_five_on_each_share_has_its_number_and_interval():
    source = make_source()
    for slug in ("true", "mostly-true", "true", "true", "false"):
        checked(source, slug)
    record = source_page(source).record
    assert record.chart.summary == "Supported: 4 of 5 checked claims, 80 % (95 % interval: 38 to 96 %)."
    assert counts(source)["refuted"] == ("1", "20 %", "4 to 62 %")
    assert (record.chart.bars[0].interval.low, record.chart.bars[0].interval.high) == (376, 964)


def test_only_what_the_source_said_and_what_holds_today_counts():
    source = make_source()
    claim = checked(source)
    said(source, claim)  # once more, elsewhere
    checked(source, variant="negation")
    checked(source, check_state="misquoted")
    checked(source, check_state="not_found")
    said(source, make_claim(statement_type="opinion"))
    make_published_check(said(source), expires_on=timezone.localdate() - timedelta(days=1), as_of=date(2024, 1, 1))
    reopened = make_published_check(said(source))
    verdicts.reopen(reopened, by=make_user(group="editor"), reason="New figures.")
    said(source)
    make_published_check(said(source, article=make_article()))  # in a draft
    record = source_page(source).record
    assert (record.checked, record.claims) == (1, 4)
    assert [(number, str(badge.words)) for number, badge in record.undecided] == [(1, "expired"), (1, "reopened"), (1, "unchecked")]  # fmt: skip


def test_a_claim_that_is_worded_otherwise_there_does_not_show_the_verdict_as_its_own():
    source = make_source()
    checked(source, variant="other_number")
    [cited] = source_page(source).latest
    assert [str(claim.badge.words) for claim in cited.claims] == ["other number checked: True"]


def test_who_cites_whom_follows_from_public_articles_and_second_hand_quotations():
    source, outlet, agency, relay = make_source(), make_source(), Source.objects.get(slug="reuters"), make_source()
    article = make_published_article()
    article.hops.create(position=1, kind="published", source=outlet, **decided("confirmed"))
    article.hops.create(position=2, kind="republished", source=relay, **decided("confirmed"))
    first, again = make_citation(article, source=source), make_citation(article, source=source)
    through = make_citation(article, source=agency)
    Citation.objects.filter(pk=first.pk).update(via=through)
    make_citation(article, source=make_source(), state="suggested")
    draft = make_article()
    draft.hops.create(position=1, kind="published", source=make_source(), **decided("confirmed"))
    make_citation(draft, source=source)

    def around(which):
        return [[(one.name, one.count) for one in side.neighbours] for side in source_page(which).graph.sides]

    assert around(source) == [[(outlet.name, 2), (agency.name, 1)], []]
    assert around(outlet) == [[], [(source.name, 2), (agency.name, 1)]]
    assert around(agency) == [[(outlet.name, 1)], [(source.name, 1)]]
    assert around(relay) == [[], []] and source_page(relay).graph.is_empty
    assert again.via is None


def test_the_drawing_is_turned_about_where_one_reads_from_the_right():
    source = make_source()
    article = make_published_article()
    article.hops.create(position=1, kind="wrote", source=make_source(), **decided("confirmed"))
    make_citation(article, source=source)
    plain = source_page(source).graph
    with override("ar"):
        turned = source_page(source).graph
    assert (plain.sides[0].x, turned.sides[0].x) == (0, plain.width)
    assert plain.sides[0].lines[0].path != turned.sides[0].lines[0].path
