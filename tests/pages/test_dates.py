"""Dates: what is printed, and what is ours in brackets."""

import pytest

from kb.models import Citation
from kb.pages.dates import PrintedDate, date_of, in_words


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, None),
        ({"date_printed": "June 12", "date_edtf": "XXXX-06-12"}, PrintedDate("June 12", "no year printed")),
        ({"date_edtf": "XXXX-06-12"}, PrintedDate("June 12, year unknown", "no year printed")),
        ({"date_printed": "May 26, 2024", "date_edtf": "2024-05-26"}, PrintedDate("May 26, 2024")),
        (
            {"date_printed": "June 12", "date_edtf": "XXXX-06-12", "date_resolved": "2025-06-12", "date_basis": "published-before"},
            PrintedDate("June 12", "2025, inferred: last such day before publication"),
        ),
        (
            {"date_printed": "Thursday", "date_resolved": "2025-06-12", "date_basis": "the week it names"},
            PrintedDate("Thursday", "June 12, 2025, inferred: the week it names"),
        ),
        (
            {"date_printed": "2/5", "date_resolved": "2025-05-02", "date_basis": "day-first-by-source+published-before"},
            PrintedDate("2/5", "May 2, 2025, inferred: the publisher writes the day first; last such day before publication"),
        ),
        (
            {"date_printed": "last week", "date_resolved": "2025-06-02/2025-06-08", "date_basis": "relative-to-publication"},
            PrintedDate("last week", "June 2, 2025 to June 8, 2025, inferred: counted from the day of publication"),
        ),
    ],
)  # fmt: skip
def test_the_printed_date_is_kept_and_what_we_add_is_told_apart(fields, shown):
    assert date_of(Citation(**fields)) == shown


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("", ""),
        ("2025-03-24", "March 24, 2025"),
        ("2025-03", "March 2025"),
        ("2025", "2025"),
        ("2024-21", "spring 2024"),
        ("XXXX-06-12", "June 12, year unknown"),
        ("XXXX-02-29", "February 29, year unknown"),
        ("XXXX-06", "June, year unknown"),
        ("2025-06?", "June 2025 (not certain)"),
        ("2024-05/2024-06", "May 2024 to June 2024"),
        ("202X", "202X"),
        ("2025-XX-12", "2025-XX-12"),
        ("2025-99-99", "2025-99-99"),
    ],
)
def test_a_partial_date_is_said_as_far_as_it_is_known(edtf, said):
    assert in_words(edtf) == said
