"""What kind of statement words are, by their form."""

import pytest

from kb.text.statement_types import statement_type_of


@pytest.mark.parametrize(
    "words, kind",
    [
        ("Exports rose by 40 per cent in May", "fact"),
        ("“We have no plan to leave”", "quotation"),
        ("«Мы не уйдём»", "quotation"),
        ("Exports will rise by 40 per cent", "forecast"),
        ("Growth is expected to slow in 2026", "forecast"),
        ("صادرات خواهد افزود", "forecast"),
        ("The government should resign", "opinion"),
        ("The will of the people", "fact"),
        ("", "fact"),
        ("“", "fact"),
    ],
)
def test_the_form_of_words_tells_their_kind(words, kind):
    assert statement_type_of(words) == kind


def test_quotation_marks_may_stand_outside_the_words():
    assert statement_type_of("we have no plan to leave", "said: “", "” on Monday") == "quotation"
    assert statement_type_of("we have no plan to leave", "said: ", "” on Monday") == "fact"


def test_words_between_two_quotations_are_none():
    assert statement_type_of("“Yes”, he said, “and no”") == "fact"


def test_an_opinion_piece_states_facts_in_figures():
    assert statement_type_of("Exports rose by 40 per cent", is_opinion_piece=True) == "fact"
    assert statement_type_of("The port is a disaster", is_opinion_piece=True) == "opinion"
