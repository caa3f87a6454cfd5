"""Sentences begin and end where a reader says they do, in many scripts."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The rate fell to 3.5 percent.", "Nobody cheered."],
        ["He met Mr. Smith and Gen. Jones in the U.S. Senate.", "They spoke for an hour."],
        ["The talks took place in the U.S.", "The minister left early."],
        ["“Why?” she asked.", "Nobody knew."],
        ["“We are done.”", "He left."],
        ["They waited... and waited.", "Then it rained…", "It stopped."],
        ["See No. 10 on the list.", "It is new."],
        ["He said no.", "She said yes."],
        ["It closed (Reuters, June 4).", "It reopened."],
        ["یک جمله است.", "این چیست؟", "خوب۔"],
        ["यह वाक्य है।", "दूसरा।"],
        ["第一句。", "第二句！"],
    ],
)
def test_a_block_falls_into_its_sentences(expected):
    glue = "" if expected[0].endswith("。") else " "
    assert sentences(glue.join(expected)) == expected


def test_an_abbreviation_before_a_name_does_not_end_a_sentence():
    assert sentences("The U.S. President spoke to J. Smith of Smith & Co. Ltd. yesterday.") == [
        "The U.S. President spoke to J. Smith of Smith & Co. Ltd. yesterday."
    ]


@given(st.text(alphabet=st.sampled_from("aB .!?…。۔।\"”'\n\u00a0\ud800U") | st.characters()))
def test_every_visible_character_lies_in_exactly_one_sentence(text):
    spans = sentence_spans(text)
    covered = [place for start, end in spans for place in range(start, end)]
    assert covered == sorted(set(covered))
    assert {place for place, letter in enumerate(text) if not letter.isspace()} <= set(covered)
    assert all(not text[start].isspace() and not text[end - 1].isspace() for start, end in spans)


@pytest.mark.parametrize("unit", [".", "a.", "U.S. ", "?! ", "“", "... ", "\n\n", "Mr. "])
def test_a_megabyte_of_stops_takes_seconds(unit):
    began = time.process_time()
    sentence_spans(unit * (1_000_000 // len(unit)))
    assert time.process_time() - began < 20
