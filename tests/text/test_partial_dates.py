"""Dates of which only a part is known keep exactly that part (EDTF, ISO 8601-2:2019)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.partial_dates import bounds, is_valid, read_printed, resolve_year

MONTH_NAMES = "January February March April May June July August September October November December".split()  # noqa: SIM905


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("June 12", "XXXX-06-12"),
        ("12 June", "XXXX-06-12"),
        ("June 12th", "XXXX-06-12"),
        ("the 12th of June", "XXXX-06-12"),
        ("Tuesday, June 4", "XXXX-06-04"),
        ("Sept. 3, 2024", "2024-09-03"),
        ("3 May 2024", "2024-05-03"),
        ("May 2024", "2024-05"),
        ("2024", "2024"),
        ("spring 2024", "2024-21"),
        ("autumn 2023", "2023-23"),
        ("2024-03-12", "2024-03-12"),
        ("2024/3/12", "2024-03-12"),
        ("12.3.2024", "2024-03-12"),
        ("13/5", "XXXX-05-13"),
        ("5/13/2024", "2024-05-13"),
        ("4/4", "XXXX-04-04"),
        ("12. März 2024", "2024-03-12"),
        ("1er janvier 2024", "2024-01-01"),
        ("3 de mayo de 2024", "2024-05-03"),
        ("١٢ June ٢٠٢٤", "2024-06-12"),
        ("۲۰۲۴-۰۳-۱۲", "2024-03-12"),
        ("February 29", "XXXX-02-29"),
        ("Feb 29, 2024", "2024-02-29"),
    ],
)
def test_a_printed_date_becomes_edtf(printed, edtf):
    assert read_printed(printed) == edtf
    assert is_valid(edtf)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "May",
        "Tuesday",
        "2/5",
        "2/5/2024",
        "February 30",
        "Feb 29, 2023",
        "June 31",
        "June 2-4",
        "13/13",
        "10-12",
        "p. 12 of 40",
    ],
)
def test_what_is_no_date_or_ambiguous_or_impossible_is_refused(printed):
    assert read_printed(printed) is None


def test_who_knows_which_part_is_the_day_may_say_so():
    assert read_printed("2/5", day_first=True) == "XXXX-05-02"
    assert read_printed("2/5", day_first=False) == "XXXX-02-05"
    assert read_printed("13/5", day_first=False) == "XXXX-05-13"


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2024-03-12", date(2024, 3, 12), date(2024, 3, 12)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-21", date(2024, 3, 1), date(2024, 5, 31)),
        ("202X", date(2020, 1, 1), date(2029, 12, 31)),
        ("2024-05-12~", date(2024, 5, 12), date(2024, 5, 12)),
        ("2024-05/2024-07", date(2024, 5, 1), date(2024, 7, 31)),
    ],
)
def test_bounds_are_the_first_and_the_last_possible_day(edtf, first, last):
    assert bounds(edtf) == (first, last)


@pytest.mark.parametrize(
    "edtf", ["XXXX-06-12", "XXXX", "2024/..", "../2024", "/2024", "no date", "", "2023-02-29", "Y17000"]
)
def test_there_are_no_bounds_while_the_year_is_unknown(edtf):
    assert bounds(edtf) is None


@pytest.mark.parametrize(
    "edtf", ["XXXX-02-30", "XXXX-04-31", "2023-02-29", "2024-00-10", "2024-13", "2024-01-01/2023-02-30", "x" * 500]
)
def test_days_that_no_calendar_has_are_not_valid(edtf):
    assert not is_valid(edtf)


def test_a_yearless_day_resolves_to_its_latest_occurrence_before_publication():
    assert resolve_year("XXXX-06-12", published="2025-06-12") == ("2025-06-12", "published-before")
    assert resolve_year("XXXX-06-12", published="2025-06-11") == ("2024-06-12", "published-before")
    assert resolve_year("XXXX-06", published="2025-06-01") == ("2025-06", "published-before")
    assert resolve_year("XXXX-02-29", published="2023-04-01") == ("2020-02-29", "published-before")


def test_a_year_is_never_invented():
    assert resolve_year("XXXX-06-12", published=None) is None
    assert resolve_year("XXXX-06-12", published="2025") is None  # before or after 12 June? nobody knows
    assert resolve_year("XXXX-06-12", published="XXXX-07-01") is None
    assert resolve_year("2024-06-12", published="2025-01-01") is None
    assert resolve_year("XXXX-01-12", published="2025-06") == ("2025-01-12", "published-before")


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_date_survives_being_printed_and_read(day):
    month = MONTH_NAMES[day.month - 1]
    iso = f"{day.year:04}-{day.month:02}-{day.day:02}"
    assert read_printed(f"{month} {day.day}, {day.year:04}") == iso
    assert read_printed(f"{day.day} {month[:3]}. {day.year:04}") == iso
    assert read_printed(iso) == iso
    assert read_printed(f"{month} {day.day}") == f"XXXX{iso[4:]}"
    assert bounds(iso) == (day, day)


@given(st.dates(date(1910, 1, 1), date(2999, 12, 31)), st.dates(date(2000, 1, 1), date(2000, 12, 31)))
def test_a_resolved_day_is_never_after_publication_nor_a_year_older_than_need_be(published, day):
    resolved = resolve_year(f"XXXX-{day.month:02}-{day.day:02}", published=published.isoformat())
    first = bounds(resolved[0])[0]
    assert first <= published
    assert (published - first).days <= (366 if (day.month, day.day) != (2, 29) else 366 * 8)


@given(st.text(max_size=80))
def test_no_text_makes_reading_fail(text):
    edtf = read_printed(text)
    assert edtf is None or is_valid(edtf)
    bounds(text)
    resolve_year(text, published=text)
