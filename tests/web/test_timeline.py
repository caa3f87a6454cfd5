"""The timeline: which date places what, what the filters find, and that its pages show each entry once."""

import re

import pytest

from kb.models import Source
from kb.pages import timeline
from tests.factories import (
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_published_article,
    make_tag,
)

from .test_pages import text_of

pytestmark = pytest.mark.django_db


def claimed(period, article=None, **changes):
    """A public claim about this time."""
    claim = make_claim(period=period, **changes)
    make_appearance(article or make_published_article(), claim)
    return claim


def said(day, resolved="", article=None, **changes):
    """A public citation of this date."""
    basis = "published-before" if resolved else ""
    return make_citation(
        article or make_published_article(), date_edtf=day, date_resolved=resolved, date_basis=basis, **changes
    )


def years(client, **asked) -> dict:
    """Year to the headings of its moments, as they stand on the page."""
    found = client.get("/timeline/", asked).context["page"].rows
    return {year.number: [moment.words for moment in year.moments] for year in found}


def test_the_newest_comes_first_and_an_unknown_year_last(client):
    for period in ("2014", "2022", "2025-06", "2025"):
        claimed(period)
    said("XXXX-06-12", "2025-06-12")
    said("XXXX-05-17")
    assert years(client) == {
        2025: ["2025", "June 2025", "June 12, 2025"],
        2022: ["2022"],
        2014: ["2014"],
        None: ["May 17, year unknown"],
    }
    assert [*years(client)] == [2025, 2022, 2014, None]


def test_days_asked_for_find_what_may_lie_in_them_and_never_an_unknown_year(client):
    for period in ("2024", "2025-06", "2025-03-10", "2023-11/2024-02"):
        claimed(period)
    said("XXXX-06-12")
    assert years(client, after="2025-03-11") == {2025: ["June 2025"]}
    assert years(client, before="2024-01-01") == {2024: ["2024", "November 2023 to February 2024"]}
    assert years(client, after="2025-06-30", before="2025-06-30") == {2025: ["June 2025"]}
    assert years(client, after="2026-01-01") == {}


def test_source_and_topic_narrow_both_tables(client):
    tagged, other = make_published_article(), make_published_article()
    tagged.tags.add(make_tag("Grain"))
    cnn = Source.objects.get(slug="cnn")
    claimed("2021", tagged)
    claim = claimed("2022", other)
    claim.appearances.get().citations.add(said("2023-01-02", article=other, source=cnn))
    said("2024-01-02", article=tagged)
    assert years(client, source="cnn") == {2023: ["Jan. 2, 2023"], 2022: ["2022"]}
    assert years(client, tag="grain") == {2024: ["Jan. 2, 2024"], 2021: ["2021"]}
    assert years(client, source="cnn", tag="grain") == {}


@pytest.mark.parametrize("asked", [{"source": "nobody"}, {"after": "soon"}, {"page": "0"}, {"page": "9"}, {"page": "x"}, {"page": "9" * 40}])  # fmt: skip
def test_what_makes_no_sense_is_said_and_finds_nothing(client, asked):
    claimed("2022")
    answer = client.get("/timeline/", asked)
    assert answer.status_code == 200
    assert answer.context["page"].problems and not answer.context["page"].rows


def test_an_inferred_year_is_shown_as_inferred(client):
    said("XXXX-06-12", "2025-06-12")
    page = text_of(client.get("/timeline/"))
    assert "June 12, 2025 Reuters · June 12 [2025, inferred: last such day before publication]" in page


def test_only_what_is_public_stands_on_it_and_is_counted(client):
    draft = make_article()
    claimed("2022", draft)
    said("2023-01-02", article=draft)
    said("2024-01-02", state="suggested")
    make_claim(period="2025")
    assert years(client) == {}
    assert client.get("/timeline/").context["timeline"].entries == 0


def test_turning_pages_shows_each_entry_once(client, monkeypatch):
    monkeypatch.setattr(timeline, "SIZE", 4)
    article = make_published_article()
    wanted = set()
    for number in range(3):
        for day in ("2022", "2023-01", "2024-01-02"):
            wanted.add(claimed(day, text=f"Claim {number} of {day}.").text)
            said(day, article=article, source=Source.objects.get(slug="cnn"))
    seen, told, address = [], 0, "/timeline/"
    while address:
        html = client.get(address).content.decode()
        seen += re.findall(r"Claim \d of [\d-]+\.", html)
        told += html.count('href="/sources/cnn/"')
        later = re.search(r'rel="next" href="([^"]+)"', html)
        address = "/timeline/" + later[1] if later else ""
    assert sorted(seen) == sorted(wanted)
    assert told == 9


def test_each_year_leads_to_what_stands_in_it(client):
    claimed("2014/2016")
    claimed("2016-05")
    claimed("2014")
    chart = client.get("/timeline/?before=2030-01-01&page=1").context["timeline"].chart
    assert [(bar.label, bar.shown) for bar in chart.bars] == [("2016", "2"), ("2014", "2")]
    for bar in chart.bars:
        assert client.get(f"/timeline/{bar.address}").context["timeline"].entries == 2
