"""Language and direction are told when the text is long and clear enough, and left open otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.language import direction_of, direction_of_blocks, language_of

SENTENCES = {
    "en": "The ministers left the hall without a word about the price of grain.",
    "de": "Die Minister verließen den Saal, ohne ein Wort über den Getreidepreis zu sagen.",
    "fr": "Les ministres ont quitté la salle sans dire un mot du prix des céréales.",
    "es": "Los ministros salieron de la sala sin decir una palabra sobre el precio del trigo.",
    "fa": "وزیران بدون آن که سخنی دربارهٔ بهای گندم بگویند تالار را ترک کردند.",
    "ar": "غادر الوزراء القاعة من دون أن يقولوا كلمة واحدة عن أسعار القمح هذا العام.",
    "ps": "وزیرانو د غنمو د بیې په اړه له کومې خبرې پرته تالار پرېښود او بېرته ولاړل.",
    "ru": "Министры вышли из зала, не сказав ни слова о цене на зерно, и сразу же уехали из города на поезде.",
}


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_a_sentence_tells_its_language(language, sentence):
    assert language_of([sentence]) == language


@pytest.mark.parametrize("text", ["", "Grain", "12,345 – 67", "Moscow, Beijing", "#Iran #Oil", "???"])
def test_a_few_words_do_not(text):
    assert language_of([text]) is None


def test_headings_of_one_word_do_not_outvote_paragraphs():
    assert language_of(["Moskau", "Tokio", "Berlin", SENTENCES["en"], SENTENCES["en"]]) == "en"


def test_a_quotation_in_another_language_changes_nothing():
    assert language_of([SENTENCES["en"]] * 4 + [SENTENCES["fr"]]) == "en"


def test_a_page_in_two_languages_has_none():
    assert language_of([SENTENCES["en"], SENTENCES["de"]]) is None


def test_short_blocks_together_may_be_enough():
    assert language_of(SENTENCES["de"].split()) in ("de", None)


@pytest.mark.parametrize(
    ("text", "direction"),
    [("grain", "ltr"), ("گندم", "rtl"), ("שלום", "rtl"), ("зерно", "ltr"), ("12", None), ("", None), ("a ب", None)],
)
def test_direction_is_that_of_most_letters(text, direction):
    assert direction_of(text) == direction


def test_direction_of_a_text_is_that_of_its_longer_blocks():
    assert direction_of_blocks(["Bank AC", "Bank AC", SENTENCES["fa"]]) == "rtl"
    assert direction_of_blocks([]) is None


@given(st.lists(st.text(), max_size=5))
def test_any_text_gets_an_answer(blocks):
    assert direction_of_blocks(blocks) in ("ltr", "rtl", None)
    assert language_of(blocks) is None or language_of(blocks).isalpha()
