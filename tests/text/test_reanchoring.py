"""Anchors in a changed text: placed only where it is sure, proposed where it is not, never on other words."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.text import anchors
from kb.text.reanchoring import Outcome, reanchor
from tests.anchor_edits import stories, verdict

TEXT = (
    "Ships wait at the mole. The port of Odesa is full. Nobody knows why.\n\n"
    "The minister said on Monday that 240 ships were waiting. The port of Odesa is full. Trains run at night."
)


def anchored(text: str, words: str, nth: int = 0) -> anchors.Anchor:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return anchors.anchor(text, start, start + len(words))


def became(before: str, after: str, words: str, nth: int = 0) -> Outcome:
    return reanchor(after, [anchored(before, words, nth)], before)[0]


def proposed(after: str, outcome: Outcome) -> list[str]:
    return [after[one.start : one.end] for one in outcome.candidates]


def test_words_that_nobody_touched_stand_exactly_where_they_stood():
    outcome = became(TEXT, TEXT + " The end.", "240 ships were waiting")
    assert outcome.kind == "exact" and outcome.anchor == anchored(TEXT + " The end.", "240 ships were waiting")


def test_a_paragraph_above_moves_them():
    after = "A new beginning, with a port of its own.\n\n" + TEXT
    outcome = became(TEXT, after, "240 ships were waiting")
    assert outcome.kind == "moved" and outcome.anchor == anchored(after, "240 ships were waiting")


@pytest.mark.parametrize("nth", [0, 1])
def test_of_two_identical_sentences_each_keeps_its_own(nth):
    after = "Dawn. " + TEXT.replace("Nobody knows why.", "Nobody knows why, or says so.")
    assert became(TEXT, after, "The port of Odesa is full.", nth).anchor == anchored(
        after, "The port of Odesa is full.", nth
    )


@pytest.mark.parametrize("nth", [0, 1])
def test_a_deleted_sentence_is_orphaned_and_its_twin_stays(nth):
    cut = anchored(TEXT, "The port of Odesa is full. ", nth)
    after = TEXT[: cut.start] + TEXT[cut.end :]
    assert became(TEXT, after, "The port of Odesa is full.", nth) == Outcome("orphaned")
    assert became(TEXT, after, "The port of Odesa is full.", 1 - nth).anchor == anchored(
        after, "The port of Odesa is full."
    )


def test_of_two_sentences_side_by_side_nobody_knows_which_was_deleted():
    before = "Ships wait. The port is full. The port is full. Trains run."
    after = "Ships wait. The port is full. Trains run."
    for nth in (0, 1):
        outcome = became(before, after, "The port is full.", nth)
        assert (outcome.kind, proposed(after, outcome)) == ("ambiguous", ["The port is full."])


def test_a_copy_does_not_take_the_anchor_away():
    after = TEXT + "\n\nThe minister said on Monday that 240 ships were waiting."
    assert became(TEXT, after, "240 ships were waiting").anchor.start == TEXT.index("240")


def test_a_sentence_that_was_moved_elsewhere_is_proposed_there():
    moved = "The minister said on Monday that 240 ships were waiting. "
    after = moved + TEXT.replace(moved, "")
    outcome = became(TEXT, after, "240 ships were waiting")
    assert (outcome.kind, proposed(after, outcome)) == ("ambiguous", ["240 ships were waiting"])
    assert outcome.candidates[0].score == 100


@pytest.mark.parametrize(
    ("change", "words", "candidate"),
    [
        (("240", "750"), "240 ships were waiting", "750 ships were waiting"),
        (
            ("minister said", "minister of ports said"),
            "The minister said on Monday",
            "The minister of ports said on Monday",
        ),
        (("on Monday ", ""), "said on Monday that 240 ships", "said that 240 ships"),
        (("Nobody", "Noboddy"), "Nobody", "Noboddy"),
    ],
    ids=["another number", "a word more", "a word less", "a letter"],
)
def test_changed_words_are_proposed_with_their_score_and_never_taken(change, words, candidate):
    after = TEXT.replace(*change)
    outcome = became(TEXT, after, words)
    assert (outcome.kind, outcome.anchor, proposed(after, outcome)) == ("changed", None, [candidate])
    assert 60 <= outcome.candidates[0].score < 100


def test_a_look_alike_elsewhere_is_not_taken():
    before = "The port of Odesa is closed until Monday. Ships wait at the mole. " + TEXT
    after = "Ships wait at the mole. The port of Odessa is closed until Monday. " + TEXT
    outcome = became(before, after, "The port of Odesa is closed until Monday.")
    assert outcome.anchor is None and outcome.candidates[0].score >= 96


def test_words_typed_by_chance_elsewhere_are_not_theirs():
    before = "The cat sat down. " + TEXT
    after = "A big dog ate that bone of ours. " + TEXT
    assert became(before, after, "cat").anchor is None


@pytest.mark.parametrize(
    "again",
    [
        lambda text: text.replace(" ", "\xa0"),
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace(" ", "  "),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("“", '"').replace("”", '"').replace("’", "'").replace("–", "-"),
        lambda text: text.replace("ministre", "mi\xadnistre"),
    ],
    ids=["non-breaking", "line ends", "double", "decomposed", "quotes", "soft hyphens"],
)
@pytest.mark.parametrize("knows_old", [True, False])
def test_the_same_words_in_another_spelling_of_their_characters_are_placed(again, knows_old):
    before = "Le café est plein – dit-on.\n\nHier, le ministre a dit « l’été » et “jamais” à l’Élysée.\n\nLa fin."
    words = "le ministre a dit « l’été » et “jamais” à l’Élysée"
    after = again(before)
    [outcome] = reanchor(after, [anchored(before, words)], before if knows_old else None)
    assert outcome.anchor is not None
    assert outcome.anchor.exact in (again(words), words)
    assert anchors.holds(after, outcome.anchor)


@pytest.mark.parametrize("knows_old", [True, False])
def test_no_anchor_begins_or_ends_inside_what_readers_see_as_one_character(knows_old):
    before, after = "The cafe is full today.", "The cafe\u0301 is full today."
    [outcome] = reanchor(after, [anchored(before, "cafe")], before if knows_old else None)
    assert outcome.anchor is None
    assert proposed(after, outcome) == ["cafe\u0301"]


def test_nested_and_overlapping_anchors_are_each_for_themselves():
    after = "Dawn. " + TEXT
    words = ["The minister said", "said on Monday that 240", "240", "240 ships were waiting. The port"]
    outcomes = reanchor(after, [anchored(TEXT, one) for one in words], TEXT)
    assert [outcome.anchor.exact for outcome in outcomes] == words


def test_an_emptied_text_orphans_everything():
    assert became(TEXT, "", "240 ships") == Outcome("orphaned")
    assert reanchor("", [anchored(TEXT, "240 ships")]) == [Outcome("orphaned")]


def test_an_anchor_of_another_text_is_refused():
    with pytest.raises(ValueError, match="other words"):
        reanchor(TEXT, [anchored(TEXT, "240 ships")], "Something else.")


class TestWithoutTheOldText:
    """As when an annotation comes from elsewhere: the words and their context are all there is."""

    def test_words_that_stand_once_in_their_context_are_placed(self):
        [outcome] = reanchor("Advertisement\n" + TEXT, [anchored(TEXT, "240 ships")])
        assert outcome.anchor.exact == "240 ships"

    def test_a_twin_in_another_context_is_only_proposed(self):
        [outcome] = reanchor(TEXT.split("\n\n")[1], [anchored(TEXT, "The port of Odesa is full.", 0)])
        assert outcome.kind == "ambiguous" and outcome.candidates[0].score == 100

    def test_words_that_are_gone_are_sought_by_likeness(self):
        after = "Advertisement\n" + TEXT.replace("240 ships were", "750 ships are")
        [outcome] = reanchor(after, [anchored(TEXT, "said on Monday that 240 ships were waiting")])
        assert (outcome.kind, proposed(after, outcome)) == ("changed", ["said on Monday that 750 ships are waiting"])

    def test_what_is_nowhere_is_orphaned(self):
        assert reanchor("Rien de tout cela ici.", [anchored(TEXT, "The minister said on Monday")]) == [
            Outcome("orphaned")
        ]


@settings(max_examples=2000, deadline=None)
@given(st.integers(0, 2**32))
def test_no_edit_puts_an_anchor_on_other_words_without_asking(seed):
    [one] = stories(seed)
    [outcome] = reanchor(one.after, [one.anchor], one.before)
    if outcome.anchor is not None:
        assert anchors.holds(one.after, outcome.anchor)
        assert verdict(one, outcome.anchor) != "wrong", one


def test_most_of_what_can_be_placed_is_placed():
    told = [one for seed in range(300) for one in stories(seed, repeats=0) if one.truth]
    placed = [reanchor(one.after, [one.anchor], one.before)[0].anchor is not None for one in told]
    assert sum(placed) >= 0.6 * len(placed)


@pytest.mark.parametrize(
    "before",
    ["a" * 100_000, "ab" * 50_000, "The port is full. " * 5_000, "\u0301" * 50_000, "👩\u200d💻" * 20_000],
    ids=["a", "ab", "a sentence", "marks", "emoji"],
)
def test_a_text_that_repeats_itself_comes_to_an_end(before):
    middle = len(before) // 2
    after = before[:middle] + "Something else. " + before[middle + 7 :]
    for old in (before, None):
        for outcome in reanchor(after, [anchors.anchor(before, middle - 300, middle - 290)] * 3, old):
            assert outcome.anchor is None or outcome.anchor.exact == before[middle - 300 : middle - 290]
