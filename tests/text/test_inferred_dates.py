"""A date that is not printed in full means something only beside what is known, and says on what it rests."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.inferred_dates import Inferred, day_first_of, infer
from kb.text.partial_dates import bounds, is_valid

WEDNESDAY = "2025-06-11"


@pytest.mark.parametrize(
    ("printed", "edtf", "basis"),
    [
        ("Tuesday", "2025-06-10", "weekday-before-publication"),
        ("on Wednesday morning", WEDNESDAY, "weekday-before-publication"),
        ("last Wednesday", "2025-06-04", "weekday-before-publication"),
        ("last Friday", "2025-06-06", "weekday-before-publication"),
        ("Dienstag", "2025-06-10", "weekday-before-publication"),
        ("вторник", "2025-06-10", "weekday-before-publication"),
        ("today", WEDNESDAY, "relative-to-publication"),
        ("yesterday", "2025-06-10", "relative-to-publication"),
        ("two days ago", "2025-06-09", "relative-to-publication"),
        ("11 days ago", "2025-05-31", "relative-to-publication"),
        ("last week", "2025-06-02/2025-06-08", "relative-to-publication"),
        ("earlier this week", "2025-06-09/2025-06-11", "relative-to-publication"),
        ("earlier this month", "2025-06", "relative-to-publication"),
        ("late last month", "2025-05", "relative-to-publication"),
        ("last year", "2024", "relative-to-publication"),
        ("August", "2024-08", "published-before"),
    ],
)
def test_a_relative_date_is_told_by_the_day_of_publication(printed, edtf, basis):
    assert infer(printed, None, published=WEDNESDAY) == Inferred(edtf, basis)


@pytest.mark.parametrize("printed", ["Tuesday", "yesterday", "two days ago", "last week", "April"])
def test_without_a_day_of_publication_a_relative_date_stays_what_is_printed(printed):
    assert infer(printed, None, published=None) is None
    assert infer(printed, None, published="XXXX-06-11") is None


@pytest.mark.parametrize("printed", ["Tuesday", "yesterday", "last week"])
def test_a_month_of_publication_tells_no_day(printed):
    assert infer(printed, None, published="2025-06") is None


def test_a_month_of_publication_tells_the_month_and_the_year_before():
    assert infer("last month", None, published="2025-06") == Inferred("2025-05", "relative-to-publication")
    assert infer("last year", None, published="2025") == Inferred("2024", "relative-to-publication")


@pytest.mark.parametrize("printed", ["next Tuesday", "soon", "", "the day after", "every Friday", "many days ago"])
def test_words_that_name_no_past_day_infer_nothing(printed):
    assert infer(printed, None, published=WEDNESDAY) is None


def test_a_yearless_day_takes_the_year_of_its_last_occurrence():
    assert infer("June 12", "XXXX-06-12", published=WEDNESDAY) == Inferred("2024-06-12", "published-before")
    assert infer("June 12", "XXXX-06-12", published=None) is None
    assert infer("June 12, 2023", "2023-06-12", published=WEDNESDAY) is None


@pytest.mark.parametrize(
    ("day_first", "language", "edtf", "basis"),
    [
        (True, "en-US", "XXXX-05-02", "day-first-by-source"),
        (False, "de", "XXXX-02-05", "month-first-by-source"),
        (None, "en-GB", "XXXX-05-02", "day-first-by-language"),
        (None, "fr", "XXXX-05-02", "day-first-by-language"),
        (None, "en-US", "XXXX-02-05", "month-first-by-language"),
    ],
)
def test_the_order_of_day_and_month_is_the_publishers_then_the_languages(day_first, language, edtf, basis):
    told = infer("2/5", None, published=None, day_first=day_first, language=language)
    assert told == Inferred(edtf, basis)
    dated = infer("2/5", None, published=WEDNESDAY, day_first=day_first, language=language)
    assert dated == Inferred(f"2025{edtf[4:]}", f"{basis}+published-before")


@pytest.mark.parametrize("language", ["en", "fr-CA", "zh", "", None, "xx"])
def test_the_order_stays_open_where_both_are_written(language):
    assert day_first_of(language) is None
    assert infer("2/5", None, published=WEDNESDAY, language=language) is None


def test_a_printed_year_leaves_only_the_order_to_infer():
    assert infer("2/5/2024", None, published=WEDNESDAY, language="de") == Inferred(
        "2024-05-02", "day-first-by-language"
    )


@given(
    st.text(max_size=80) | st.sampled_from(["Monday", "last Sunday", "today", "ten weeks ago", "999 weeks ago", "2/5"]),
    st.dates(),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, "en", "de", "en-US"]),
)
def test_whatever_is_printed_what_is_inferred_is_valid_has_a_basis_and_begins_before_publication(
    printed, published, day_first, language
):
    found = infer(printed, None, published=published.isoformat(), day_first=day_first, language=language)
    if found:
        assert is_valid(found.edtf) and found.basis
        span = bounds(found.edtf)
        assert span is None or span[0] <= published or found.basis.startswith(("day-first", "month-first"))


@given(st.sampled_from(["Monday", "yesterday", "3 weeks ago", "last year"]), st.just(date.min))
def test_nothing_lies_before_the_calendar(printed, published):
    found = infer(printed, None, published=published.isoformat())
    assert found is None or is_valid(found.edtf)
