"""Pages lead to themselves as references, and to what they lean on."""

import json
import re

import pytest

from kb.models import Evidence
from kb.services import articles, merging, verdicts
from tests.factories import (
    decided,
    make_appearance,
    make_citation,
    make_claim,
    make_person,
    make_published_article,
    make_published_check,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    """An article by Ada Harbour in a magazine, with a yearless citation, an inferred one and one of nobody."""
    article = make_published_article(
        title="Grain leaves the port", issued_on="2025-06", slug="grain", language="en", genre="news"
    )
    magazine = make_source(name="Harbour Review", kind="magazine")
    article.hops.create(position=1, kind="wrote", person=make_person(name="Ada Harbour"), **decided("confirmed"))
    article.hops.create(position=2, kind="published", source=magazine, **decided("confirmed"))
    article.hops.create(position=3, kind="aggregated", printed_name="Nobody yet", **decided("suggested"))
    article.tags.add("Grain")
    citation = make_citation(article)
    make_citation(article, date_resolved="2025-06-12", date_basis="published-before", source=make_source(name="Port authority", kind="government"))  # fmt: skip
    make_citation(article, resolution="unnamed", printed_name="", date_printed="", date_edtf="", exact="")
    make_citation(article, state="suggested", printed_name="zzhidden")
    make_appearance(article, make_published_check().claim).citations.add(citation)
    return article


def items(client, address: str) -> list[dict]:
    response = client.get(address)
    assert response["Content-Type"] == "application/vnd.citationstyles.csl+json; charset=utf-8"
    return json.loads(response.content)


def test_an_article_is_cited_with_its_author_its_paper_and_its_date(client, article):
    [item] = items(client, "/articles/grain/citation.json")
    assert (item["type"], item["title"]) == ("article-magazine", "Grain leaves the port")
    assert item["author"] == [{"literal": "Ada Harbour"}]
    assert item["container-title"] == "Harbour Review"
    assert item["issued"] == {"date-parts": [[2025, 6]]}
    assert item["URL"] == item["id"] == "http://testserver/articles/grain/"
    assert (item["keyword"], item["genre"]) == ("Grain", "news")


def test_what_an_article_cites_keeps_a_missing_year_missing_and_marks_an_inferred_one(client, article):
    yearless, inferred, unnamed = items(client, "/articles/grain/references.json")
    assert yearless["issued"] == {"literal": "June 12 [no year printed]"}
    assert (yearless["type"], yearless["container-title"]) == ("article-newspaper", "Reuters")
    assert inferred["issued"] == {"date-parts": [[2025, 6, 12]], "circa": True}
    assert (inferred["type"], inferred["author"]) == ("report", [{"literal": "Port authority"}])
    assert "inferred: last such day before publication" in inferred["note"]
    assert "author" not in unnamed and "issued" not in unnamed


def test_a_claim_is_cited_with_what_was_found_and_when_it_was_in_doubt(client, article):
    claim = article.appearances.get().claim
    [item] = items(client, f"/claims/{claim.pk}/citation.json")
    assert item["title"] == claim.text
    assert item["note"].startswith("Status: True; As of 1 June 2025") or "As of June 1, 2025" in item["note"]
    verdicts.reopen(claim.fact_checks.get(), by=make_user(group="editor"), reason="Taken back.")
    [item] = items(client, f"/claims/{claim.pk}/citation.json")
    assert item["note"].startswith("Status: reopened;") and "Reopened on" in item["note"]


def test_a_claim_rests_on_citations_and_on_the_evidence_of_its_verdict(client, article):
    claim = article.appearances.get().claim
    assert [item["title"] for item in items(client, f"/claims/{claim.pk}/references.json")] == ["[Reuters, June 12]", "[Evidence]"]  # fmt: skip
    Evidence.objects.create(fact_check=verdicts.draft(claim, by=make_user(group="analyst"), rating=claim.fact_checks.get().rating, as_of="2025-06-01"), stance="refutes", summary="zzhidden")  # fmt: skip
    assert "zzhidden" not in client.get(f"/claims/{claim.pk}/references.ris").content.decode()


@pytest.mark.parametrize("form", ["json", "bib", "ris"])
def test_every_format_of_every_page_is_linked_and_comes_as_a_file(client, article, form):
    claim = article.appearances.get().claim
    for page in (article.get_absolute_url(), claim.get_absolute_url(), f"/ar{article.get_absolute_url()}"):
        html = client.get(page).content.decode()
        for name in ("citation", "references"):
            address = f"{page.replace('/ar/', '/', 1)}{name}.{form}"
            assert html.count(f'href="{address}"') == 2, address
            response = client.get(address)
            assert response.status_code == 200
            assert re.fullmatch(rf'attachment; filename="[\w.-]+\.{form}"', response["Content-Disposition"])
            assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_no_reference_tells_of_what_is_not_public(client, article):
    for form in ("json", "bib", "ris"):
        for name in ("citation", "references"):
            told = client.get(f"/articles/grain/{name}.{form}").content.decode()
            assert "zzhidden" not in told and "Nobody yet" not in told


def test_an_article_of_others_is_cited_with_no_more_than_its_opening(client):
    make_published_article(slug="long", display="excerpt", body="word " * 400, standfirst="")
    [item] = items(client, "/articles/long/citation.json")
    assert item["abstract"].split() == ["word"] * 60


def test_the_references_of_a_withdrawn_article_are_gone_and_those_of_a_merged_claim_lead_on(client, article):
    claim, kept, editor = article.appearances.get().claim, make_claim(), make_user(group="editor")
    claim.refresh_from_db()
    merging.merge(kept, claim, by=editor)
    answer = client.get(f"/claims/{claim.pk}/references.bib")
    assert (answer.status_code, answer["Location"]) == (301, f"/claims/{kept.pk}/references.bib")
    articles.withdraw(article, by=editor, reason="Invented.")
    assert client.get("/articles/grain/references.bib").status_code == 410
    page = client.get("/articles/grain/").content.decode()
    assert "references.bib" not in page and "feed.atom" not in page


@pytest.mark.parametrize("address", ["/articles/grain/references.xml", "/articles/grain/citation.", "/articles/never/citation.bib", "/claims/0/citation.ris", "/ar/articles/grain/citation.bib"])  # fmt: skip
def test_nonsense_is_not_found(client, article, address):
    assert client.get(address).status_code == 404


def test_references_cost_the_same_however_many_they_are(client, article, django_assert_num_queries):
    claim = article.appearances.get().claim
    for _ in range(20):
        make_appearance(make_published_article(), claim).citations.add(make_citation(article, source=make_source()))  # fmt: skip
    with django_assert_num_queries(2):
        assert client.get("/articles/grain/references.bib").content.count(b"@") == 23
    with django_assert_num_queries(3):
        client.get("/articles/grain/citation.bib")
    with django_assert_num_queries(3):
        client.get(f"/claims/{claim.pk}/references.bib")
