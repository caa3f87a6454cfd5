"""Anchors: exact words keep meaning the same words, or nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text import anchors
from kb.text.reanchoring import place

WORDS = st.lists(
    st.sampled_from(["grain", "port", "war", "peace", "نان", "پتهDNB", "🌾", "a", "a", "a"]), min_size=1, max_size=40
).map(" ".join)


@given(WORDS, st.data())
def test_an_anchor_holds_in_its_own_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = anchors.anchor(text, start, end)
    assert anchors.holds(text, made)
    assert text[made.start : made.end] == made.exact


@given(WORDS, WORDS, st.data())
def test_a_placed_anchor_never_stands_on_other_words(before, after, data):
    start = data.draw(st.integers(0, len(before) - 1))
    end = data.draw(st.integers(start + 1, len(before)))
    old = anchors.anchor(before, start, end)
    placed = place(after, old)
    assert placed is None or placed.exact == old.exact == after[placed.start : placed.end]


@given(WORDS, WORDS)
def test_text_inserted_before_moves_the_anchor_with_its_words(text, inserted):
    old = anchors.anchor(text + " harbour.", len(text) + 1, len(text) + 8)
    placed = place(inserted + "\n\n" + text + " harbour.", old)
    assert placed is not None
    assert placed.start == old.start + len(inserted) + 2


def test_of_two_identical_sentences_the_right_one_is_found_by_its_context():
    text = "Ships wait. The port is full. Nobody knows why. The port is full. Trains run."
    old = anchors.anchor(text, text.rindex("The port"), text.rindex("The port") + 17)
    changed = "A new beginning. " + text
    assert place(changed, old).start == changed.rindex("The port")


def test_words_whose_twin_remains_elsewhere_are_not_found_there():
    text = "Ships wait at the mole. The port is full. The night was long, and the day after it: The port is full. Trains run."
    first = text.index("The port")
    old = anchors.anchor(text, first, first + 17)
    without = text.replace("Ships wait at the mole. The port is full. ", "")
    assert place(without, old) is None


def test_words_that_could_mean_two_places_mean_neither():
    old = anchors.anchor("full", 0, 4)
    assert place("x full y full z", old) is None


def test_many_repeats_do_not_blow_up():
    old = anchors.anchor("a" * 200_000, 50_000, 50_010)
    assert place("a" * 200_000, old) is None


@pytest.mark.parametrize(("start", "end"), [(3, 3), (-1, 2), (0, 99)])
def test_no_stretch_of_the_text_is_no_anchor(start, end):
    with pytest.raises(ValueError):
        anchors.anchor("grain", start, end)
