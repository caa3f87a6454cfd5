"""What pages say of themselves to machines: it is well formed, of the right types, and no more than readers see."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from pyld import jsonld

from kb.pages.structured import day
from kb.services import verdicts
from tests.factories import (
    decided,
    make_appearance,
    make_citation,
    make_claim,
    make_correction,
    make_person,
    make_published_article,
    make_published_check,
    make_source,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db
DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "jsonld"
SCHEMA = "http://schema.org/"
# What stands for a value rather than a thing, and how each looks.
VALUES = {
    "Text": str,
    "URL": r"https?://.+",
    "Date": r"\d{4}(-\d\d(-\d\d)?)?",
    "DateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)",
    "Number": (int, float),
    "Integer": int,
    "Boolean": bool,
}


@pytest.fixture
def article():
    """An opinion of others by Ada Harbour in a paper, with a checked claim that expires, a topic and a correction."""
    article = make_published_article(title="Grain leaves </script>", slug="grain", genre="opinion", issued_on="2025-06", display="excerpt", body="Exports rose by 40 per cent in May (#Reuters, June 12). " + "word " * 600, standfirst="Ships again.", address="https://example.org/grain")  # fmt: skip
    paper = make_source(name="Harbour Courier", slug="courier", homepage="https://courier.example/")
    ada = make_person(name="Ada Harbour", source=paper)
    article.hops.create(position=1, kind="wrote", person=ada, **decided("confirmed"))
    article.hops.create(position=2, kind="published", source=paper, **decided("confirmed"))
    check = make_published_check(make_claim(text="Exports rose by 40 per cent."), expires_on=date(2030, 1, 1))
    make_appearance(article, check.claim).citations.add(make_citation(article))
    article.tags.add(make_tag("Grain"))
    make_correction(article=article)
    return article


def told(client, address: str) -> dict:
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(address).content.decode(), re.S)  # fmt: skip
    return json.loads(block)


def things(client, address: str) -> dict[str, dict]:
    return {thing["@type"]: thing for thing in told(client, address)["@graph"]}


def metas(client, address: str) -> dict[str, str]:
    html = client.get(address).content.decode()
    return dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html))


def addresses(article) -> list[str]:
    claim, author = article.appearances.get().claim, article.hops.get(kind="wrote").person
    unchecked = make_appearance(make_published_article()).claim
    things = (article, claim, unchecked, author, author.source, article.citations.get().source)
    return [f"{prefix}{thing.get_absolute_url()}" for thing in things for prefix in ("", "/ar")]


def test_an_opinion_of_others_is_told_as_one_with_its_author_its_paper_and_what_changed(client, article):
    found = things(client, "/articles/grain/")
    assert set(found) == {"OpinionNewsArticle", "ClaimReview", "BreadcrumbList"}
    said = found["OpinionNewsArticle"]
    assert said["author"] == [{"@type": "Person", "name": "Ada Harbour"}]
    assert said["publisher"] == {"@type": "Organization", "name": "Harbour Courier"}
    assert (said["datePublished"], said["isBasedOn"]) == ("2025-06", "https://example.org/grain")
    assert said["correction"] == [f"http://testserver{article.corrections.get().get_absolute_url()}"]
    assert found["ClaimReview"]["expires"] == "2030-01-01"
    [appearance] = found["ClaimReview"]["itemReviewed"]["appearance"]
    assert appearance == {"@type": "CreativeWork", "url": "http://testserver/articles/grain/", "headline": "Grain leaves </script>"}  # fmt: skip


@pytest.mark.parametrize(("genre", "kind"), [("news", "NewsArticle"), ("analysis", "AnalysisNewsArticle"), ("", "NewsArticle")])  # fmt: skip
def test_the_genre_says_which_kind_of_article_it_is(client, genre, kind):
    article = make_published_article(genre=genre, issued_on="XXXX-06-12")
    said = things(client, article.get_absolute_url())[kind]
    assert "datePublished" not in said and said["publisher"]["name"] == "Source & Verdict"


@pytest.mark.parametrize(("edtf", "iso"), [("2025-06-12", "2025-06-12"), ("2025~", "2025"), ("2025-21", ""), ("XXXX-06-12", ""), ("2025/2026", ""), ("", ""), ("2025-06-XX", "")])  # fmt: skip
def test_a_date_is_as_precise_as_it_is_known(edtf, iso):
    assert day(edtf) == iso


def test_machines_are_told_no_more_of_an_excerpt_than_readers(client, article):
    html = client.get("/articles/grain/").content.decode()
    head = html.partition("</head>")[0]
    assert max(len(run.split()) for run in re.findall(r"(?:word ?)+", head) or [""]) <= 60
    article.standfirst = "word " * 100
    article.save()
    assert metas(client, "/articles/grain/")["og:description"].count("word") == 60


def test_a_verdict_in_doubt_is_no_claim_review(client, article):
    claim = article.appearances.get().claim
    verdicts.reopen(claim.fact_checks.get(), by=make_user(group="editor"), reason="Taken back.")
    assert "ClaimReview" not in things(client, "/articles/grain/")
    assert set(things(client, claim.get_absolute_url())) == {"Claim", "BreadcrumbList"}


def test_who_shares_a_link_and_reference_managers_find_what_they_look_for(client, article):
    said = metas(client, "/ar/articles/grain/")
    assert (said["og:type"], said["og:locale"], said["og:title"]) == ("article", "ar_AR", "Grain leaves &lt;/script&gt;")  # fmt: skip
    assert said["og:url"] == "http://testserver/ar/articles/grain/"
    assert said["article:published_time"] <= said["article:modified_time"]
    assert (said["citation_author"], said["citation_journal_title"]) == ("Ada Harbour", "Harbour Courier")
    assert (said["citation_publication_date"], said["z:itemType"]) == ("2025/06", "newspaperArticle")
    claim = metas(client, article.appearances.get().claim.get_absolute_url())
    assert (claim["citation_title"], claim["z:itemType"]) == ("Exports rose by 40 per cent.", "webpage")


def test_each_page_names_the_one_address_it_is_found_at(client, article):
    for address in [*addresses(article), "/topics/grain/", "/articles/", "/claims/", "/sources/", "/topics/", "/method/", "/forecasts/"]:  # fmt: skip
        [found] = re.findall(r'<link rel="canonical" href="([^"]+)">', client.get(address, {"utm": "x"}).content.decode())  # fmt: skip
        assert found == f"http://testserver{address}"
    for gone in ("/articles/never/", "/claims/999999/"):
        assert 'rel="canonical"' not in client.get(gone).content.decode()


def test_a_site_is_told_by_its_homepage_and_a_script_is_none(client, article):
    said = things(client, "/sources/courier/")["NewsMediaOrganization"]
    assert (said["url"], said["mainEntityOfPage"]) == ("https://courier.example/", "http://testserver/sources/courier/")
    paper = article.hops.get(kind="published").source
    paper.homepage = "javascript:alert(1)"
    paper.save()
    assert "url" not in things(client, "/sources/courier/")["NewsMediaOrganization"]


# --- by the vocabulary itself


def offline(url, options):
    assert url.removesuffix("/").removesuffix("/docs/jsonldcontext.jsonld") in ("https://schema.org", "http://schema.org"), url  # fmt: skip
    context = json.loads((DATA / "schemaorgcontext.jsonld").read_text())
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": context}


def faults(node: dict, types: dict) -> list[str]:
    """What schema.org does not know of this thing, or knows as something else."""
    kind = node["@type"]
    if kind not in types:
        return [f"no type {kind}"]
    found = []
    for name, value in node.items():
        if name.startswith("@"):
            continue
        expected = types[kind]["properties"].get(name)
        for one in value if isinstance(value, list) else [value]:
            if expected is None:
                found.append(f"{kind} has no {name}")
            elif isinstance(one, dict):
                if not {one["@type"], *types.get(one["@type"], {}).get("ancestors", ())} & set(expected):
                    found.append(f"{kind}.{name} is no {one['@type']}")
                found += faults(one, types)
            elif not any(name in VALUES and fits(one, VALUES[name]) for name in expected) and not (
                # An address stands for the thing that is found there.
                fits(one, VALUES["URL"]) and name in ("item", "mainEntityOfPage")
            ):
                found.append(f"{kind}.{name} is not {one!r}")
    return found


def fits(value, wanted) -> bool:
    return bool(isinstance(value, str) and re.fullmatch(wanted, value)) if isinstance(wanted, str) else isinstance(value, wanted)  # fmt: skip


@pytest.mark.skipif(not DATA.exists(), reason="the vocabulary of schema.org is not part of the repository")
def test_it_expands_without_a_network_and_every_value_is_of_a_type_that_schema_org_expects(client, article):
    types = json.loads((DATA / "schemaorg_types_subset.json").read_text())
    for address in addresses(article):
        said = told(client, address)
        assert [fault for thing in said["@graph"] for fault in faults(thing, types)] == [], address
        expanded = jsonld.expand(said, {"documentLoader": offline})
        names = {key for node in expanded for key in node if not key.startswith("@")}
        assert len(expanded) == len(said["@graph"])
        assert names == {SCHEMA + key for thing in said["@graph"] for key in thing if not key.startswith("@")}
