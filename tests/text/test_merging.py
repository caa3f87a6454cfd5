"""Two versions of one text come together, and nothing that the first version says is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.merging import merge

FIRST = "The ferry left the island at dawn with forty passengers."
SECOND = "Its captain had warned of fog the night before."
THIRD = "Nobody was hurt when it touched the sandbank."
BASE = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_text_that_nobody_edited_becomes_the_other_version():
    assert merge(BASE, BASE, "Quite another text.").text == "Quite another text."


def test_changes_in_different_sentences_are_both_made():
    mine, theirs = BASE.replace("at dawn", "at sunrise"), BASE.replace("the sandbank", "a sandbank")
    merged = merge(BASE, mine, theirs)
    assert merged.text == BASE.replace("at dawn", "at sunrise").replace("the sandbank", "a sandbank")
    assert merged.left == ()


def test_where_both_changed_the_same_words_the_first_version_stands_and_the_other_is_named():
    mine, theirs = BASE.replace("forty", "forty-one"), BASE.replace("forty", "fifty")
    merged = merge(BASE, mine, theirs)
    assert merged.text == mine
    assert [change.new for change in merged.left] == ["fifty"]


def test_a_paragraph_put_back_by_hand_stays_when_the_page_adds_one():
    mine = BASE.replace(SECOND, f"{SECOND}\n\nWritten by hand.")
    theirs = f"{BASE}\n\nThe line runs again from Friday."
    assert merge(BASE, mine, theirs).text == f"{mine}\n\nThe line runs again from Friday."


@pytest.mark.parametrize(("gone", "elsewhere"), [(FIRST, THIRD), (SECOND, THIRD), (THIRD, FIRST)])
def test_what_the_page_took_out_goes_unless_it_was_edited(gone, elsewhere):
    theirs = BASE.replace(f"{gone}\n\n", "").replace(f"\n\n{gone}", "")
    mine = BASE.replace(gone, gone[:-1] + ", they say.")
    assert gone not in merge(BASE, BASE.replace(elsewhere, elsewhere.upper()), theirs).text
    assert ", they say." in merge(BASE, mine, theirs).text


sentences = st.lists(st.sampled_from([FIRST, SECOND, THIRD, "Added.", "More came.", "یک جمله."]), max_size=6).map(
    "\n\n".join
)


@given(base=sentences, mine=sentences)
def test_a_page_that_did_not_change_changes_nothing(base, mine):
    assert merge(base, mine, base).text == mine


@given(base=sentences, theirs=sentences)
def test_a_text_without_edits_follows_the_page(base, theirs):
    assert merge(base, base, theirs).text == theirs


@given(base=sentences, mine=sentences, theirs=sentences)
def test_merging_never_fails(base, mine, theirs):
    merge(base, mine, theirs)
