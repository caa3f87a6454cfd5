"""What an import infers of the dates of citations: each on its own, with its basis."""

import pytest

from kb.importing.applying import apply
from kb.importing.planning import Step
from kb.importing.reading import Page
from kb.importing.records import Document, FoundCitation
from tests.factories import make_source

pytestmark = pytest.mark.django_db

BODY = "It rained (X, 2/5). It snowed, X said on Tuesday. It froze (X, June 12)."


def imported(*dates: tuple[str, str | None], **facts):
    found = tuple(
        FoundCitation("unresolved", "X", printed_name="X", date_printed=printed, date_edtf=edtf, start=11, end=12)
        for printed, edtf in dates
    )
    document = Document(file="a.txt", headline="Weather", body_text=BODY, citations=found, **facts)
    article, _ = apply(Step(Page("a.txt", "/a.txt", b"a", "utf-8", BODY), document, "new"))
    return [
        (citation.date_printed, citation.date_edtf, citation.date_resolved, citation.date_basis)
        for citation in article.citations.order_by("position")
    ]


def test_every_citation_is_dated_by_its_own_words_whatever_its_neighbours_are():
    rows = imported(("June 12", "XXXX-06-12"), ("Tuesday", None), ("May 3, 2019", "2019-05-03"), published="2025-06-11")
    assert rows == [
        ("June 12", "XXXX-06-12", "2024-06-12", "published-before"),
        ("Tuesday", "", "2025-06-10", "weekday-before-publication"),
        ("May 3, 2019", "2019-05-03", "", ""),
    ]


def test_without_a_day_of_publication_a_weekday_keeps_its_words_only():
    assert imported(("Tuesday", None)) == [("Tuesday", "", "", "")]


@pytest.mark.parametrize(
    ("day_first", "resolved", "basis"),
    [
        (True, "XXXX-05-02", "day-first-by-source"),
        (False, "XXXX-02-05", "month-first-by-source"),
        (None, "", ""),
    ],
)
def test_the_publisher_says_which_part_of_a_date_is_the_day(day_first, resolved, basis):
    publisher = make_source(day_first=day_first)
    assert imported(("2/5", None), publisher=publisher.name, language="en") == [("2/5", "", resolved, basis)]
