"""Which sentences could be looked up, by their form."""

import pytest

from kb.text import coverage


def checkable(text: str, **options) -> list[str]:
    return [text[one.start : one.end] for one in coverage.sentences_of(text, **options) if one.is_checkable]


@pytest.mark.parametrize(
    "sentence",
    [
        "Exports rose by 40 per cent.",
        "The ships left for Odessa in spring.",
        "They talk about #Iran there.",
        "“The harbour of Almery was full,” he said.",
        "پیمان ۴۷ ماده دارد.",
    ],
)
def test_a_fact_or_quotation_with_a_figure_or_a_name_can_be_looked_up(sentence):
    assert checkable(sentence) == [sentence]


@pytest.mark.parametrize(
    "words",
    [
        "From 88 to 240",
        "Did exports rise by 40 per cent?",
        "Exports will rise by 40 per cent in Odessa.",
        "Ministers should visit Odessa.",
        "Nobody says for how long.",
        "In 1999.",
        "گلوگاه دیگر، راه است.",
        "",
        " \n\n ",
        "\ud800 . \x00 .",
    ],
)
def test_headings_questions_opinions_forecasts_and_sentences_without_a_handle_are_not_counted(words):
    assert checkable(words) == []


def test_in_an_opinion_piece_only_figures_make_a_fact():
    text = "The ships left for Odessa in spring. Exports rose by 40 per cent."
    assert checkable(text, is_opinion_piece=True) == ["Exports rose by 40 per cent."]


def test_a_reference_behind_the_full_stop_belongs_to_the_sentence_before_it():
    text = "Exports rose by 40 per cent. (#Reuters, June 12)\n\nTwo more convoys left Odessa (CNN)."
    sentences = coverage.sentences_of(text)
    start = text.index("(#Reuters")
    assert coverage.sentences_with(sentences, start, start + 19) == [0, 1]
    assert coverage.sentences_with(sentences, text.index("(CNN)"), len(text) - 1) == [2]
    assert coverage.sentences_with(sentences, len(text), len(text) + 5) == []
