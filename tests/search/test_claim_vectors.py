"""With the extra, claims are found by meaning; what they are called is still said by the rules."""

import numpy
import pytest

from kb.models import Claim
from kb.search import claim_vectors
from kb.search.similar import similar_claims
from kb.text.claim_likeness import Relation, compare, read
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db
MEANINGS = ("grain wheat", "rose grew climbed", "minister president")


def embed(texts):
    """Vectors by hand: which meanings a text has words of."""
    rows = [[any(word in text.lower() for word in meaning.split()) for meaning in MEANINGS] for text in texts]
    rows = numpy.array([[*row, not any(row)] for row in rows], dtype="float32")
    return rows / numpy.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def by_hand(monkeypatch):
    monkeypatch.setattr(claim_vectors, "embed", embed)
    monkeypatch.setattr(claim_vectors, "is_installed", lambda: True)
    monkeypatch.setattr(claim_vectors, "LIBRARY", claim_vectors.Library())


@pytest.fixture
def analyst():
    return make_user(group="analyst")


def offered(text, user) -> list:
    return [(one.claim, one.relation) for one in similar_claims(text, user=user).candidates]


def test_a_claim_of_the_same_meaning_is_offered_as_similar_and_never_as_the_same(by_hand, analyst):
    claim = make_claim(text="more wheat climbed again")
    make_claim(text="The ministers met.")
    assert compare(read("grain rose", ""), read(claim.text, "en")).relation == Relation.DIFFERENT
    assert offered("grain rose", analyst) == [(claim, Relation.SIMILAR)]


def test_without_the_extra_it_is_not_offered(monkeypatch, analyst):
    monkeypatch.setattr(claim_vectors, "is_installed", lambda: False)
    make_claim(text="more wheat climbed again")
    assert offered("grain rose", analyst) == []


def test_the_library_follows_what_is_written_changed_and_deleted(by_hand):
    assert claim_vectors.nearest("grain", at_most=5) == []
    claim, other = make_claim(text="Wheat."), make_claim(text="The president.")
    assert claim_vectors.nearest("grain", at_most=5) == [claim.pk]
    other = Claim.objects.get(pk=other.pk)
    other.text = "Grain again."
    other.save()
    assert set(claim_vectors.nearest("grain", at_most=5)) == {claim.pk, other.pk}
    Claim.objects.get(pk=claim.pk).delete()
    assert claim_vectors.nearest("grain", at_most=5) == [other.pk]


def test_asking_again_costs_one_query(by_hand, django_assert_num_queries):
    for number in range(30):
        make_claim(text=f"Wheat {number}.")
    claim_vectors.nearest("grain", at_most=5)
    with django_assert_num_queries(1):
        assert len(claim_vectors.nearest("grain", at_most=5)) == 5


def test_words_alone_make_no_question(by_hand):
    make_claim(text="Wheat.")
    assert claim_vectors.nearest(" ", at_most=5) == []


@pytest.mark.skipif(not claim_vectors.is_installed(), reason="the extra `similar` is not installed")
def test_the_packaged_vectors_tell_meanings_apart_without_a_network(analyst, monkeypatch):
    monkeypatch.setattr(claim_vectors, "LIBRARY", claim_vectors.Library())
    claim = make_claim(text="Unemployment in the euro area fell to a record low in March.")
    make_claim(text="The president met the prime minister in Cairo.")
    found = offered("The jobless rate in the eurozone dropped to its lowest level ever in March", analyst)
    assert found[0][0] == claim
