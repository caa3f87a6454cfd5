"""Which source does a printed name mean, and where do the register's names stand in a text?"""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.importing.register import Match, Register
from kb.text.words import tokens
from tests.importing.registers import small_register

REGISTER = small_register()


def names_found(text: str) -> list[str]:
    """The names found that need no clear citing form to be names."""
    words = tokens(text)
    found = REGISTER.names_in(words).values()
    return [text[words[name.first].start : words[name.last].end] for name in found if not name.is_common]


@pytest.mark.parametrize(
    ("printed", "source"),
    [
        ("CNN", "CNN"),
        ("#CNN", "CNN"),
        ("cnn.com", "CNN"),
        ("www.cnn.com", "CNN"),
        ("the Guardian’s", "The Guardian"),
        ("#TheGuardian", "The Guardian"),
        ("#theguardian", "The Guardian"),
        ("Agence France Presse", "Agence France-Presse"),
        ("A.F.P.", "Agence France-Presse"),
        ("council on foreign relations", "Council on Foreign Relations"),
        ("Moody's", "Moody's"),
    ],
)
def test_a_name_means_its_source_however_it_is_spelled(printed, source):
    assert REGISTER.resolve(printed) == Match(source=source)
    assert REGISTER.is_known(printed)


def test_a_name_that_several_sources_share_gives_candidates_and_no_source():
    assert REGISTER.resolve("the Post") == Match(candidates=("The Washington Post", "New York Post"))


@pytest.mark.parametrize("printed", ["", "#", "Harbin Daily", "Reuters Institute", "the"])
def test_an_unknown_name_means_nothing(printed):
    assert REGISTER.resolve(printed) == Match()
    assert not REGISTER.is_known(printed)


@pytest.mark.parametrize(
    "text",
    [
        "the guardian of the law",
        "time will tell",
        "Time will tell",
        "Nature is kind",
        "an independent inquiry",
        "Independent experts met",
        "the economist wept",
        "those who left",
        "non-CNN staff and CNN-like shows",
        "the post office",
    ],
)
def test_ordinary_words_are_not_taken_for_outlets(text):
    assert names_found(text) == []


def test_names_are_found_in_text_by_their_longest_form_and_their_capitals():
    text = "The Guardian, the Washington Post, #TheGuardian, BBC News and the Council on Foreign Relations met AFP and WHO."
    assert names_found(text) == [
        "Guardian",
        "Washington Post",
        "#TheGuardian",
        "BBC News",
        "Council on Foreign Relations",
        "AFP",
        "WHO",
    ]


def test_a_register_is_read_from_a_fixture(tmp_path):
    rows = [
        {"model": "kb.source", "fields": {"slug": "cnn", "name": "CNN", "kind": "broadcaster"}},
        {"model": "kb.sourcename", "fields": {"source": ["cnn"], "name": "CNN International", "kind": "full"}},
    ]
    path = tmp_path / "register.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert Register.from_fixture(path).resolve("CNN International").source == "CNN"


@given(st.text())
def test_no_name_makes_the_register_fail(printed):
    match = REGISTER.resolve(printed)
    assert match.source is None or not match.candidates
