"""Two spellings of one name fold to the same key, two names do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.folding import fold, split_camel_case


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TheGuardian", "The Guardian"),
        ("#TheGuardian", "the guardian"),
        ("The CFR’s", "CFR"),
        ("Reuters'", "Reuters"),
        ("U.N.", "UN"),
        ("El País", "El Pais"),
        ("Süddeutsche Zeitung", "suddeutsche zeitung"),
        ("Ｒｅｕｔｅｒｓ", "Reuters"),
        ("Reu\u00adters", "Reuters"),
        ("Reu\u200bters", "Reuters"),
        ("Agence France-Presse", "Agence France Presse"),
        ("Standard & Poor’s", "Standard and Poor's"),
        ("BBCNews", "BBC News"),
        ("Strauß", "STRAUSS"),
        ("بي بي سي", "بی بی سی"),
        ("قناة ۲۴", "قناة 24"),
    ],
)
def test_spellings_of_one_name_fold_to_one_key(one, other):
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("CNN", "CNBC"), ("The Sun", "The Son"), ("हिन्दी", "हन्दा"), ("Der Spiegel", "Spiegel")]
)
def test_different_names_stay_different(one, other):
    assert fold(one) != fold(other)


def test_a_name_that_is_only_an_article_is_kept():
    assert fold("The") == "the"


def test_a_camel_case_word_comes_apart_at_its_seams():
    assert split_camel_case("SouthChinaSea") == "South China Sea"
    assert split_camel_case("BBCNews") == "BBC News"
    assert split_camel_case("NGOs") == "NGOs"


@given(st.text())
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)
