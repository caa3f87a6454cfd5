"""Resolving citations: who chose the source and the day, what a colleague decided first, and the way back."""

import pytest
from django.core.exceptions import PermissionDenied

from kb.models import Citation, Source, State, unresolved
from kb.services import articles, citations
from kb.services.citations import Choice
from tests.factories import make_article, make_citation, make_source, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    return make_user(group="analyst")


def dated(**changes):
    """A suggested citation of June 12 in an article of March 2025."""
    changes = {"article": make_article(issued_on="2025-03-24"), "state": State.SUGGESTED, **changes}
    return make_citation(**{"date_resolved": "2024-06-12", "date_basis": "published-before", **changes})


def nameless(**changes):
    return make_citation(
        **{"state": State.SUGGESTED, "resolution": "unresolved", "printed_name": "the Post", "date_edtf": "2025-06-12"}
        | changes
    )


def to_resolve(what="") -> set[Citation]:
    return set(Citation.objects.unresolved(what))


def test_what_is_unresolved():
    yearless, proposed, unknown, ambiguous = make_citation(state=State.SUGGESTED), dated(), nameless(), nameless()
    ambiguous.candidates.add(make_source(), make_source())
    weekday = make_citation(state=State.SUGGESTED, date_printed="Tuesday", date_edtf="")
    make_citation(state=State.SUGGESTED, date_edtf="2025-06-12")
    make_citation(state=State.SUGGESTED, date_printed="", date_edtf="")
    for state in (State.CONFIRMED, State.REJECTED):
        make_citation(state=state)
        nameless(state=state)
    assert to_resolve("year") == {yearless, proposed, weekday}
    assert to_resolve("source") == {unknown}
    assert to_resolve("ambiguous") == {ambiguous}
    assert to_resolve() == to_resolve("nonsense") == {yearless, proposed, weekday, unknown, ambiguous}


def test_the_proposed_year_is_taken_with_who_said_so_and_when(analyst):
    citation = dated()
    outcome = citations.accept([Choice(citation.pk)], by=analyst)
    citation.refresh_from_db()
    assert (citation.state, citation.date_resolved, citation.decided_by) == ("confirmed", "2024-06-12", analyst)
    assert citation.decided_at == outcome.at
    assert citation.history.first().history_user == analyst
    assert not to_resolve()


def test_the_year_may_stay_open_and_is_not_proposed_again(analyst):
    citation = dated()
    citations.accept([Choice(citation.pk, with_date=False)], by=analyst)
    citation.refresh_from_db()
    assert (citation.state, citation.date_resolved) == ("confirmed", "")
    citation.article.issued_on = "2025-04-01"
    articles.save_text(citation.article, by=analyst)
    assert not to_resolve()


def test_a_chosen_source_resolves_the_name_and_the_name_as_printed_may_stay(analyst):
    first, second = nameless(), nameless()
    source = make_source()
    citations.accept([Choice(first.pk, source), Choice(second.pk)], by=analyst)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.resolution, first.source, first.printed_name) == ("resolved", source, "the Post")
    assert (second.state, second.resolution, second.source) == ("confirmed", "unresolved", None)


def test_what_a_colleague_decided_stays_and_is_named(analyst):
    colleague = make_user("mirela", group="analyst")
    citation, other = dated(), dated()
    citations.reject([Choice(citation.pk)], by=colleague)
    outcome = citations.accept([Choice(citation.pk), Choice(other.pk)], by=analyst)
    citation.refresh_from_db()
    assert (citation.state, citation.decided_by) == (State.REJECTED, colleague)
    assert outcome.done == [other]
    assert "rejected by mirela" in str(outcome.left[0].message)


def test_what_changed_since_it_was_seen_is_not_decided(analyst):
    citation = dated()
    seen = citations.mark_of(citation)
    Citation.objects.filter(pk=citation.pk).update(date_resolved="2023-06-12")
    outcome = citations.accept([Choice(citation.pk, seen=seen)], by=analyst)
    assert not outcome.done and "Somebody changed it" in str(outcome.left[0].message)


def test_a_deleted_citation_is_told(analyst):
    outcome = citations.accept([Choice(987654)], by=analyst)
    assert not outcome.done and "does not exist any more" in str(outcome.left[0].message)


def test_a_decision_is_taken_back_whole(analyst):
    citation, name = dated(), nameless()
    outcome = citations.accept([Choice(citation.pk, with_date=False), Choice(name.pk, make_source())], by=analyst)
    assert len(citations.take_back(outcome.at, by=analyst).done) == 2
    citation.refresh_from_db()
    name.refresh_from_db()
    assert (citation.state, citation.decided_by, citation.decided_at) == (State.SUGGESTED, None, None)
    assert (citation.date_resolved, citation.date_basis) == ("2024-06-12", "published-before")
    assert (name.resolution, name.source) == ("unresolved", None)
    assert not citations.take_back(outcome.at, by=analyst).done


def test_what_was_changed_after_a_decision_is_not_taken_back(analyst):
    citation = dated()
    outcome = citations.accept([Choice(citation.pk)], by=analyst)
    citation = Citation.objects.get(pk=citation.pk)
    citation.speaker = "The harbour master"
    citation.save()
    back = citations.take_back(outcome.at, by=analyst)
    citation.refresh_from_db()
    assert citation.state == State.CONFIRMED and not back.done
    assert "changed since" in str(back.left[0].message)


def test_nobody_takes_back_what_another_decided(analyst):
    citation = dated()
    outcome = citations.accept([Choice(citation.pk)], by=analyst)
    assert not citations.take_back(outcome.at, by=make_user(group="analyst")).done
    citation.refresh_from_db()
    assert citation.state == State.CONFIRMED


@pytest.mark.parametrize("act", [citations.accept, citations.reject])
def test_deciding_needs_the_right(act):
    with pytest.raises(PermissionDenied):
        act([Choice(dated().pk)], by=make_user(group="reader-of-drafts"))


def test_the_date_of_an_article_gives_its_open_citations_their_year(analyst):
    article = make_article()
    open_one, weekday = (
        make_citation(article, state=State.SUGGESTED),
        make_citation(article, state=State.SUGGESTED, date_printed="Tuesday", date_edtf=""),
    )
    typed = make_citation(
        article, state=State.SUGGESTED, date_resolved="2019-06-12", date_basis="the dateline of the report"
    )
    article.issued_on = "2025-03-24"
    articles.save_text(article, by=analyst)
    for row in (open_one, weekday, typed):
        row.refresh_from_db()
    assert (open_one.date_resolved, open_one.date_basis) == ("2024-06-12", "published-before")
    assert weekday.date_resolved == "2025-03-18"
    assert typed.date_resolved == "2019-06-12"
    article.issued_on = ""
    articles.save_text(article, by=analyst)
    open_one.refresh_from_db()
    assert (open_one.date_resolved, open_one.date_basis) == ("", "")
    assert open_one.history.count() == 3


def test_a_confirmed_citation_without_a_year_comes_back_when_its_article_gains_a_date(analyst):
    citation, left = make_citation(), make_citation()
    assert not to_resolve()
    for one in (citation, left):
        one.article.issued_on = "2025-03-24"
        articles.save_text(one.article, by=analyst)
        one.refresh_from_db()
    assert to_resolve("year") == {citation, left}
    assert citation.date_resolved == "", "no machine writes into what a person confirmed"
    citations.accept([Choice(citation.pk)], by=analyst)
    outcome = citations.reject([Choice(left.pk)], by=analyst)
    citation.refresh_from_db()
    left.refresh_from_db()
    assert (citation.date_resolved, citation.state) == ("2024-06-12", State.CONFIRMED)
    assert (left.date_resolved, left.state) == ("", State.CONFIRMED)
    assert not to_resolve()
    citations.take_back(outcome.at, by=analyst)
    assert to_resolve() == {left}


def test_the_source_of_the_earlier_mention_is_proposed():
    reuters = Source.objects.get(slug="reuters")
    earlier = make_citation()
    assert citations.proposed_source(nameless(antecedent=earlier)) == reuters
    alone = nameless()
    alone.candidates.add(reuters)
    assert citations.proposed_source(alone) == reuters
    alone.candidates.add(make_source())
    assert citations.proposed_source(Citation.objects.get(pk=alone.pk)) is None


def test_the_condition_counts_as_the_queue_shows():
    dated()
    assert Citation.objects.filter(unresolved()).count() == 1
