"""Two claims beside each other: what they have in common and in what they differ."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.models import Variant
from kb.text.claim_likeness import Relation, compare, fragments, read


def relation(a: str, b: str, language: str = "en") -> str:
    return compare(read(a, language), read(b, language)).relation


def figures(text: str, language: str = "en") -> list[tuple[float, str]]:
    return [(part.value, part.key) for part in read(text, language).of("number")]


def times(text: str, language: str = "en") -> list[str]:
    return [part.key for part in read(text, language).of("time")]


def test_relations_are_the_variants_of_appearances():
    assert set(Variant.values) == set(Relation) - {Relation.SIMILAR, Relation.DIFFERENT}


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("It cost $240 billion.", "en", (240e9, "USD")),
        ("It cost 240bn dollars.", "en", (240e9, "USD")),
        ("Cela coûte 240 milliards de dollars.", "fr", (240e9, "USD")),
        ("Es kostet 1,5 Mio. Euro.", "de", (1.5e6, "EUR")),
        ("Es kostet 1.500 Euro.", "de", (1500, "EUR")),
        ("It costs 1.5 euros and", "en", (1.5, "EUR")),
        ("حدود ۴٫۸ میلیارد دلار بود", "fa", (4.8e9, "USD")),
        ("达到2400亿美元", "zh", (2400e8, "USD")),
        ("Cuesta 240 mil millones de dólares", "es", (240e9, "USD")),
        ("fell to 11.2 per cent", "en", (11.2, "%")),
        ("by 4 percentage points", "en", (4, "points")),
        ("one in five homes", "en", (20, "%")),
        ("half of the harvest", "en", (50, "%")),
        ("nine tenths of the lake", "en", (90, "%")),
        ("2 tonnes of rice", "en", (2000, "kilogram")),
        ("twenty-five ships", "en", (25, "")),
        ("1.5 thousand workers", "en", (1500, "")),
    ],
)
def test_figures_are_read_with_unit_and_magnitude(text, language, expected):
    (found,) = figures(text, language)
    assert found == (pytest.approx(expected[0]), expected[1])


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("It closed on 6 June 2023.", "en", ["2023-06-06"]),
        ("It closed on June 6.", "en", ["XXXX-06-06"]),
        ("It closed in May 2024.", "en", ["2024-05"]),
        ("It may close.", "en", []),
        ("Troops march on.", "en", []),
        ("It closed in March.", "en", ["XXXX-03"]),
        ("In 2014 it closed", "en", ["2014"]),
        ("It employs 2000 workers", "en", []),
        ("in the first quarter of 2024", "en", ["2024-Q1"]),
        ("in the spring of 2025", "en", ["2025-21"]),
        ("in the 1970s", "en", ["197X"]),
        ("它于2023年4月关闭", "zh", ["2023-04"]),
        ("در سال ۲۰۲۴ بسته شد", "fa", ["2024"]),
    ],
)
def test_times_are_read_as_far_as_they_are_said(text, language, expected):
    assert times(text, language) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("Ukraine accused Russia.", "Russia was accused by Ukraine.", "same"),
        ("Ukraine accused Russia.", "Russia accused Ukraine.", "other_actor"),
        ("The army attacked the rebels.", "The rebels attacked the army.", "similar"),
        ("Trade between Russia and China grew.", "Trade between China and Russia grew.", "same"),
        ("The price did not rise.", "The price rose.", "negation"),
        ("The price did not rise.", "The price didn't rise.", "same"),
        ("The price did not rise.", "The price did not fall.", "negation"),
        ("Exports grew in Iran.", "Exports grew in Iraq.", "other_actor"),
        ("Exports grew in Austria.", "Exports grew in Australia.", "other_actor"),
        ("Nigeria exported oil.", "Niger exported oil.", "other_actor"),
        ("The port is 162 km long.", "The sky is blue.", "different"),
        ("The minister said that Iran builds a bomb.", "Iran builds a bomb.", "similar"),
        ("The mine may close.", "The mine will close.", "similar"),
    ],
)
def test_who_does_what_to_whom(a, b, expected):
    assert relation(a, b) == expected


def test_the_words_that_differ_are_marked_as_such():
    a, b = "Trade was worth $240 billion in 2024.", "Trade was worth $190 billion in 2024."
    compared = compare(read(a, "en"), read(b, "en"))
    differing = [[text[s.start : s.end] for s in spans if not s.agrees] for text, spans in zip((a, b), compared.spans, strict=True)]  # fmt: skip
    assert differing == [["$240 billion"], ["$190 billion"]]
    assert [b[s.start : s.end] for s in compared.spans[1] if s.agrees] == ["Trade", "worth", "2024"]


@given(st.text(max_size=120), st.text(max_size=120))
@settings(max_examples=200)
def test_any_two_texts_compare_and_the_order_changes_nothing(a, b):
    there, back = compare(read(a), read(b)), compare(read(b), read(a))
    assert 0 <= there.score <= 1
    assert there.score == pytest.approx(back.score)


@given(st.text(max_size=120))
@settings(max_examples=100)
def test_fragments_can_be_asked_of_an_index(text):
    found = list(fragments(read(text)))
    assert len(found) == len(set(found))
    assert all(len(one) >= 3 for one in found)


def test_a_long_text_is_read_in_time_that_grows_with_it():
    # Twice the text, not four times the pieces that are looked at: nothing may look back over the whole text.
    for words in ("12 May ", "not ", "$5bn ", "one in five ", "a" * 5000, "中" * 5000, "1," * 5000):
        read((words * 3000)[:20_000])
