"""Similar claims: found, ranked and told apart; one suite for every database."""

import json
from collections import Counter

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from kb.models import Claim, State
from kb.search import claim_index
from kb.search.similar import LONGEST, similar_claims
from kb.text.claim_likeness import Relation
from tests.conftest import ROOT
from tests.factories import (
    make_appearance,
    make_article,
    make_claim,
    make_draft_check,
    make_published_article,
    make_published_check,
    make_user,
)

PAIRS = json.loads((ROOT / "tests" / "search" / "claim_pairs.json").read_text(encoding="utf-8"))
ALL = [*PAIRS["tuned_on"], *PAIRS["held_out"]]
DEMO = json.loads((ROOT / "fixtures" / "demo.json").read_text(encoding="utf-8"))


def found(text: str, **more) -> list[str]:
    return [one.claim.text for one in similar_claims(text, **more).candidates]


@pytest.fixture
def analyst(db):
    return make_user(group="analyst")


@pytest.fixture
def library(db):
    """A few hundred claims: both sides of every labelled pair would be too easy, so only the second, and the demonstration's."""
    texts = {(pair["b"], pair["language"]) for pair in ALL}
    texts |= {(row["fields"]["text"], row["fields"]["language"]) for row in DEMO if row["model"] == "kb.claim"}
    Claim.objects.bulk_create(Claim(text=text, language=language) for text, language in sorted(texts))
    return len(texts)


@pytest.mark.parametrize("half", ["tuned_on", "held_out"])
def test_the_same_claim_is_among_the_first_five_and_no_trap_is_offered_as_the_same(half, library, analyst):
    assert library > 200
    count, first_five, named, traps = Counter(), 0, 0, []
    for pair in PAIRS[half]:
        offered = similar_claims(pair["a"], user=analyst, language=pair["language"]).candidates
        partner = next((one for one in offered if one.claim.text == pair["b"]), None)
        count[pair["relation"]] += 1
        if pair["relation"] == "same":
            first_five += partner is not None
            named += partner is not None and partner.relation == Relation.SAME
        elif partner is not None and partner.relation == Relation.SAME:
            traps.append(pair)
    assert traps == []
    print(half, dict(count), first_five, named)
    assert first_five >= 0.95 * count["same"]
    assert named >= 0.85 * count["same"]


def test_there_are_two_hundred_labelled_pairs():
    assert len(ALL) >= 200
    assert len({pair["language"] for pair in ALL}) >= 6


def test_a_claim_is_found_by_other_words_of_it_and_those_are_what_is_shown(analyst):
    claim = make_claim(text="Wheat exports fell.")
    claim.wordings.create(text="Shipments of grain abroad declined by 12 percent in May 2025.")
    make_claim(text="Shipments of steel rose.")
    one = similar_claims("Shipments of grain abroad declined by 12 percent in May 2025", user=analyst).candidates[0]
    assert (one.claim, one.relation) == (claim, Relation.SAME)
    assert one.words.startswith("Shipments of grain")


def test_what_is_found_says_how_it_relates_and_where_it_stands(analyst):
    claim = make_claim(text="Trade between Russia and China was worth 240 billion US dollars in 2024.")
    make_published_check(claim)
    one = similar_claims("Trade between Russia and China was worth $190 billion in 2024.", user=analyst).candidates[0]
    assert (one.claim, one.relation, one.claim.standing) == (claim, Relation.OTHER_NUMBER, "checked")
    assert one.verdict.rating.slug == "true"
    assert any(
        claim.text[span.start : span.end].startswith("240") and not span.agrees for span in one.comparison.spans[1]
    )


def test_an_open_check_is_no_verdict(analyst):
    make_draft_check(make_claim(text="The harbour of Almery is deep."))
    assert similar_claims("The harbour of Almery is deep.", user=analyst).candidates[0].verdict is None


def test_readers_are_offered_public_claims_alone(db):
    text = "The harbour of Almery is nine metres deep"
    secret = make_claim(text=f"{text}.")
    public = make_claim(text=f"{text}, they say.")
    make_appearance(make_published_article(), public)
    make_appearance(make_published_article(), secret, state=State.SUGGESTED)
    make_appearance(make_article(), secret)
    assert found(text, user=None) == [public.text]
    assert set(found(text, user=make_user(group="analyst"))) == {secret.text, public.text}


def test_the_claim_being_written_is_not_offered_for_itself(analyst):
    claim = make_claim(text="The harbour of Almery is deep.")
    assert found(claim.text, user=analyst, exclude=claim.pk) == []


def test_the_index_follows_every_way_of_writing(analyst):
    claim = make_claim(text="The lighthouse of Almery is white.")
    assert found("lighthouse of Almery", user=analyst) == [claim.text]
    Claim.objects.filter(pk=claim.pk).update(text="The windmill of Almery is white.")
    assert found("The windmill of Almery", user=analyst) == ["The windmill of Almery is white."]
    assert found("lighthouse", user=analyst) == []
    Claim.objects.bulk_create([Claim(text="The granary of Almery is white.")])
    assert found("The granary of Almery is white.", user=analyst)[0] == "The granary of Almery is white."
    Claim.objects.all().delete()
    assert found("The granary of Almery is white.", user=analyst) == []


def test_a_lost_index_is_made_again_and_without_one_the_same_is_found(analyst):
    claim = make_claim(text="The lighthouse of Almery is white.")
    claim_index.drop()
    assert not claim_index.is_whole()
    assert found("lighthouse of Almery", user=analyst) == [claim.text]
    assert claim_index.ensure() == ""
    assert claim_index.is_whole()
    assert found("lighthouse of Almery", user=analyst) == [claim.text]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="triggers keep the index on SQLite alone")
def test_an_index_without_its_triggers_is_made_again(analyst):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER kb_claim_trigrams_added")
    claim = make_claim(text="The lighthouse of Almery is white.")
    claim_index.keep(verbosity=0)
    assert found("lighthouse of Almery", user=analyst) == [claim.text]


@pytest.mark.parametrize(
    "text",
    ["", " ", '"', "foo\"", "a OR", "AND", "title:", "NEAR(a b)", "*", "col:*", "%", "_____", "\\", "'; DROP TABLE kb_claim; --",
     "\0\0\0abc", "\ud800abc", "ا" * 2000, "💣💣💣💣", "1" * 5000, "1," * 400, "٫٫٫", "²³¹", "-" * 999, "the the the"],
)  # fmt: skip
def test_any_text_is_a_question_and_none_an_error(text, analyst):
    make_claim(text="Exports rose by 40 per cent in May.")
    similar_claims(text, user=analyst)


def test_a_megabyte_is_read_as_far_as_a_claim_can_reach(analyst):
    claim = make_claim(text="Exports rose by 40 per cent in May.")
    answer = similar_claims(claim.text + " x" * 500_000, user=analyst)
    assert answer.is_cut and len(answer.text) == LONGEST
    assert not similar_claims(claim.text, user=analyst).is_cut


class AnyWords(TestCase):
    @settings(max_examples=25)
    @given(st.text(max_size=80), st.text(min_size=1, max_size=80))
    def test_spans_stand_in_their_texts(self, asked, stored):
        if "\0" in stored or not stored.isprintable():
            return
        Claim.objects.create(text=stored)
        answer = similar_claims(asked, user=self.user, limit=3)
        for one in answer.candidates:
            for text, spans in zip((answer.text, one.claim.text), one.comparison.spans, strict=True):
                ends = [0]
                for span in spans:
                    assert ends[-1] <= span.start < span.end <= len(text)
                    ends.append(span.end)

    def setUp(self):
        self.user = make_user(group="analyst")


def test_the_cost_does_not_grow_with_the_library(analyst, django_assert_max_num_queries):
    text = "The harbour of Almery is nine metres deep."
    for size in (3, 60):
        for number in range(size):
            make_claim(text=f"The harbour of Almery is {size} and {number} metres deep.")
        with django_assert_max_num_queries(9):
            similar_claims(text, user=analyst)


def test_what_common_words_alone_have_in_common_is_found_in_a_large_library(analyst, monkeypatch):
    monkeypatch.setattr("kb.search.similar.COMMON", 20)
    Claim.objects.bulk_create(Claim(text=f"The harbour of Almery has pier {n}.") for n in range(40))
    Claim.objects.bulk_create(Claim(text=f"The windmill of Brodna has sail {n}.") for n in range(40))
    target = make_claim(text="The harbour of Brodna has a windmill.")
    Claim.objects.bulk_create(Claim(text=f"The harbour of Almery has crane {n}.") for n in range(40))
    assert target.text in found("A windmill stands in the harbour of Brodna.", user=analyst)


# What `expected.json` says of the real pages, as claims of our own words.
ACROSS = {
    "nuclear deal": (
        "Trump abandoned the 2015 nuclear deal.",
        "Donald Trump withdrew from the Joint Comprehensive Plan of Action (JCPOA).",
    ),
    "partnership agreement": (
        "Russia and Iran are about to sign a strategic partnership treaty.",
        "Russia and Iran signed a strategic partnership treaty in January.",
    ),
    "opening to China": (
        "Henry Kissinger opened the way to China in 1972.",
        "Richard Nixon opened the way to China in the 1970s.",
    ),
}


def test_what_the_real_pages_say_in_common_is_found_and_told_apart(seeds, library, analyst):
    expected = json.loads((seeds / "expected.json").read_text(encoding="utf-8"))["across_documents"]
    for one in expected["related_claims"]:
        mine, theirs = next(pair for words, pair in ACROSS.items() if words in one["about"])
        claim, _is_new = Claim.objects.get_or_create(text=theirs, language="en")
        offered = similar_claims(mine, user=analyst).candidates
        partner = next(candidate for candidate in offered if candidate.claim == claim)
        if one["relation"] != "same":
            assert partner.relation == one["relation"].replace(" ", "_")


def test_figures_of_a_series_are_other_times_and_never_the_same(seeds, analyst):
    expected = json.loads((seeds / "expected.json").read_text(encoding="utf-8"))["across_documents"]
    for series in expected["different_figures"]:
        texts = [f"{series['about']} was worth {one['value']} in {one['year']}." for one in series["values"]]
        for text in texts:
            make_claim(text=text)
        for text in texts:
            relations = {one.claim.text: one.relation for one in similar_claims(text, user=analyst).candidates}
            assert relations.pop(text) == Relation.SAME
            assert relations == {other: Relation.OTHER_TIME for other in texts if other != text}
