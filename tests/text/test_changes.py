"""What changed between two versions of a text is found, typed, and makes the new version of the old one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.changes import apply, changes, mentions, whole

FIRST = "The mayor of Oldhaven resigned on Monday after a vote."
SECOND = "Her deputy takes over until an election in the autumn."
THIRD = "According to Reuters, the council spent 40 million crowns on the bridge."
FOURTH = "Shops near the river have closed one after another since then."
TEXT = f"{FIRST} {SECOND}\n\n{THIRD}\n\n{FOURTH}"
CITES = mentions(["Reuters", "AFP", "the Financial Times", "Thomas Graham"])


def kinds(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.old.strip(), one.new.strip()) for one in changes(old, new, is_attribution=CITES)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("mayor", "mayro", ("typo", "mayor", "mayro")),
        ("election", "elektion", ("typo", "election", "elektion")),
        ("Her deputy", "Her Deputy", ("typo", "deputy", "Deputy")),
        ("the council spent", "the council, spent", ("typo", "", ",")),
        ("resigned", "stepped down", ("wording", "resigned", "stepped down")),
        ("Her deputy", "His deputy", ("wording", "Her", "His")),
        ("takes over", "never takes over", ("wording", "", "never")),
        ("40 million", "45 million", ("number", "40", "45")),
        ("40 million", "40 billion", ("number", "million", "billion")),
        ("Monday", "Tuesday", ("number", "Monday", "Tuesday")),
        ("Reuters", "AFP", ("attribution", "Reuters", "AFP")),
        ("According to Reuters, the", "The", ("attribution", "According to Reuters, the", "The")),
        ("Reuters", "Reuters and the Financial Times", ("attribution", "", "and the Financial Times")),
    ],
)
def test_a_change_within_a_sentence_has_its_type(old, new, expected):
    assert kinds(TEXT, TEXT.replace(old, new)) == [expected]


def test_two_changes_in_a_sentence_are_two():
    assert kinds(TEXT, TEXT.replace("Reuters", "AFP").replace("40 million", "45 million")) == [
        ("attribution", "Reuters", "AFP"),
        ("number", "40", "45"),
    ]


def test_whole_sentences_are_added_removed_and_moved():
    assert kinds(f"{FIRST}\n\n{FOURTH}", TEXT) == [("added", "", SECOND), ("added", "", THIRD)]
    assert kinds(TEXT, f"{FIRST}\n\n{FOURTH}") == [("removed", SECOND, ""), ("removed", THIRD, "")]
    assert kinds(TEXT, f"{FIRST} {SECOND}") == [("removed", THIRD, ""), ("removed", FOURTH, "")]
    assert kinds(FIRST, f"{FIRST}\n\n{FOURTH}") == [("added", "", FOURTH)]
    moved = kinds(TEXT, f"{THIRD}\n\n{FIRST} {SECOND}\n\n{FOURTH}")
    assert moved == [("moved", THIRD, THIRD)]


def test_a_sentence_that_is_all_new_is_no_version_of_the_old_one():
    assert kinds(f"{FIRST} {SECOND}", f"{FIRST} {FOURTH}") == [("removed", SECOND, ""), ("added", "", FOURTH)]


def test_the_pieces_show_the_words_with_those_around_them():
    (change,) = changes(TEXT, TEXT.replace("40 million", "45 million"))
    assert [(piece.kind, piece.text) for piece in change.pieces] == [
        ("equal", "According to Reuters, the council spent "),
        ("deleted", "40"),
        ("inserted", "45"),
        ("equal", " million crowns on the bridge."),
    ]


def test_texts_of_other_scripts():
    old = "شورای شهر بودجه ۴۰ میلیونی را تصویب کرد. به گزارش رویترز، شهردار استعفا داد."
    cites = mentions(["رویترز"])
    (number,) = changes(old, old.replace("۴۰", "۴۵"), is_attribution=cites)
    (named,) = changes(old, old.replace("رویترز", "فرانسه"), is_attribution=cites)
    assert (number.kind, number.old, number.new) == ("number", "۴۰", "۴۵")
    assert named.kind == "attribution"
    (chinese,) = changes("港口管理局星期一关闭了北港池。", "港口管理局星期一关闭了南港池。")
    assert (chinese.kind, chinese.old, chinese.new) == ("wording", "北", "南")


def test_line_breaks_alone_change_no_word():
    (change,) = changes(f"{FIRST} {SECOND}", f"{FIRST}\n\n{SECOND}")
    assert (change.kind, change.old, change.new) == ("typo", " ", "\n\n")


SENTENCES = st.sampled_from((FIRST, SECOND, THIRD, FOURTH, "No.", "Why?", "a a a.", "港口。", "")) | st.text(
    max_size=40
)
TEXTS = st.lists(SENTENCES, max_size=12).flatmap(
    lambda parts: st.sampled_from((" ", "\n\n", "", "\n")).map(lambda glue: glue.join(parts))
)


@given(TEXTS, TEXTS)
def test_the_changes_make_the_new_version_of_the_old_one(old, new):
    found = changes(old, new, is_attribution=CITES)
    assert apply(old, found) == new
    assert bool(found) == (old != new)
    for change in found:
        assert change.old == old[change.old_start : change.old_end]
        assert change.new == new[change.new_start : change.new_end]
        assert change.old or change.new
        shown = "".join(piece.text for piece in change.pieces if piece.kind != "inserted")
        assert change.old.strip() in shown
        assert shown in old
        shown = "".join(piece.text for piece in change.pieces if piece.kind != "deleted")
        assert change.new.strip() in shown
        assert shown in new


@given(st.permutations((FIRST, SECOND, THIRD, FOURTH)))
def test_sentences_in_another_order_have_only_moved(order):
    found = changes("\n\n".join((FIRST, SECOND, THIRD, FOURTH)), "\n\n".join(order))
    assert {change.kind for change in found} <= {"moved"}


@pytest.mark.parametrize("word", ["a", "a ", "a. ", "ab ba. ", "a.\n\n", "1", "啊", "The same sentence once more. "])
def test_texts_that_only_repeat_themselves_are_compared_in_bounded_steps(word):
    old = word * (100_000 // len(word))
    new = "x " + word * (60_000 // len(word)) + " y. " + word * (20_000 // len(word))
    assert apply(old, changes(old, new)) == new


@given(TEXTS, TEXTS)
def test_all_of_both_versions_is_shown_whole(old, new):
    pieces = whole(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "inserted") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "deleted") == new


def test_words_that_changed_side_by_side_are_shown_as_one():
    assert [(piece.kind, piece.text) for piece in whole("It rose by 40 per cent.", "It fell to 30 per cent.")] == [
        ("equal", "It "),
        ("deleted", "rose by 40"),
        ("inserted", "fell to 30"),
        ("equal", " per cent."),
    ]
