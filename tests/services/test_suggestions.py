"""What the machine found is true only once a person says so."""

import pytest
from django.core.exceptions import PermissionDenied

from kb.models import Claim, Person, State
from kb.services import suggestions
from kb.services.refusal import Refused
from tests.factories import make_appearance, make_article, make_citation, make_claim, make_tag, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    return make_user(group="analyst")


def test_a_confirmed_citation_names_who_confirmed_it_and_when(analyst):
    citation = make_citation(state=State.SUGGESTED)
    assert suggestions.confirm([citation], by=analyst) == 1
    citation.refresh_from_db()
    assert (citation.state, citation.decided_by) == (State.CONFIRMED, analyst)
    assert citation.decided_at


def test_deciding_twice_changes_nothing(analyst):
    citation = make_citation(state=State.SUGGESTED)
    suggestions.reject([citation], by=analyst)
    assert suggestions.reject([citation], by=analyst) == 0


def test_a_decision_can_be_taken_back(analyst):
    citation = make_citation(state=State.SUGGESTED)
    suggestions.reject([citation], by=analyst)
    assert suggestions.confirm([citation], by=analyst) == 1


def test_a_confirmed_appearance_becomes_a_claim_in_its_own_words(analyst):
    appearance = make_appearance(state=State.SUGGESTED)
    suggestions.confirm([appearance], by=analyst)
    assert appearance.claim.text == "Exports rose by 40 per cent in May"


def test_a_claim_in_the_same_words_is_taken_and_not_written_again(analyst):
    claim = make_claim(text="Exports rose by 40 per cent in May")
    appearance = make_appearance(state=State.SUGGESTED)
    suggestions.confirm([appearance], by=analyst)
    assert appearance.claim == claim
    assert Claim.objects.count() == 1


def test_a_confirmed_byline_becomes_a_person(analyst):
    hop = make_article().hops.create(position=1, kind="wrote", printed_name="Ada Harbour")
    suggestions.confirm([hop], by=analyst)
    assert Person.objects.get() == hop.person


def test_one_that_cannot_be_confirmed_stops_all_and_is_named(analyst):
    good = make_citation(state=State.SUGGESTED)
    long = make_appearance(make_article(body="word " * 200), state=State.SUGGESTED, exact=("word " * 150).strip())
    with pytest.raises(Refused, match="too long") as refusal:
        suggestions.confirm([good, long], by=analyst)
    assert refusal.value.blockers[0].row == long
    good.refresh_from_db()
    assert good.state == State.SUGGESTED


def test_a_suggested_tag_is_no_tag_of_the_article_until_confirmed(analyst):
    article = make_article()
    link = article.tag_links.create(tag=make_tag("Grain"))
    assert not article.tags.exists()
    suggestions.confirm([link], by=analyst)
    assert [tag.name for tag in article.tags.all()] == ["Grain"]


def test_adding_a_suggested_tag_by_hand_confirms_it():
    article = make_article()
    article.tag_links.create(tag=make_tag("Grain"))
    article.tags.add("grain")
    assert [tag.name for tag in article.tags.all()] == ["Grain"]


def test_a_reader_of_drafts_decides_nothing():
    with pytest.raises(PermissionDenied):
        suggestions.confirm([make_citation(state=State.SUGGESTED)], by=make_user(group="reader-of-drafts"))
