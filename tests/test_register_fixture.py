"""The source register as a file: complete, consistent, and ambiguous only where the press itself is ambiguous."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

REGISTER = Path(__file__).resolve().parent.parent / "fixtures" / "register.json"

SOURCE_KINDS = {
    "news_agency",
    "broadcaster",
    "newspaper",
    "magazine",
    "think_tank",
    "international_organisation",
    "government",
    "aggregator",
    "blog",
}
NAME_KINDS = {"full", "short", "hashtag", "domain"}

# display name: (short forms, hashtags) that a page may print instead
MUST_HAVE = {
    "Reuters": ((), ("Reuters",)),
    "Associated Press": (("AP",), ("AssociatedPress", "AP")),
    "Agence France-Presse": (("AFP",), ("AFP",)),
    "Deutsche Presse-Agentur": (("dpa",), ()),
    "TASS": ((), ("TASS",)),
    "Interfax": ((), ("Interfax",)),
    "RIA Novosti": ((), ("RIANovosti",)),
    "Xinhua News Agency": (("Xinhua",), ("Xinhua",)),
    "Islamic Republic News Agency": (("IRNA",), ("IRNA",)),
    "Tasnim News Agency": (("Tasnim",), ("Tasnim",)),
    "Anadolu Agency": (("Anadolu",), ("AnadoluAgency",)),
    "Press Trust of India": (("PTI",), ("PTI",)),
    "Bloomberg": ((), ("Bloomberg",)),
    "CNN": (("CNN",), ("CNN",)),
    "BBC": (("BBC",), ("BBC", "BBCNews")),
    "Al Jazeera": ((), ("AlJazeera",)),
    "NPR": (("NPR",), ("NPR",)),
    "Deutsche Welle": (("DW",), ("DW",)),
    "The Guardian": ((), ("TheGuardian",)),
    "The New York Times": (("NYT", "The Times"), ("NYTimes",)),
    "The Washington Post": (("WaPo", "The Post"), ("WashingtonPost",)),
    "The Wall Street Journal": (("WSJ",), ("WSJ",)),
    "Financial Times": (("FT",), ("FinancialTimes",)),
    "The Hill": ((), ("TheHill",)),
    "Politico": ((), ("Politico",)),
    "Axios": ((), ("Axios",)),
    "Deccan Herald": ((), ("DeccanHerald",)),
    "The Economist": ((), ("TheEconomist",)),
    "Foreign Affairs": ((), ("ForeignAffairs",)),
    "Foreign Policy": ((), ("ForeignPolicy",)),
    "Nature": ((), ("Nature",)),
    "Yahoo News": (("Yahoo",), ("YahooNews",)),
    "Council on Foreign Relations": (("CFR",), ("CFR",)),
    "Stimson Center": ((), ("StimsonCenter",)),
    "Institute for the Study of War": (("ISW",), ("ISW",)),
    "Observer Research Foundation": (("ORF",), ("ORF",)),
    "International Atomic Energy Agency": (("IAEA",), ("IAEA",)),
    "United Nations": (("UN",), ("UnitedNations",)),
    "International Monetary Fund": (("IMF",), ("IMF",)),
    "World Health Organization": (("WHO",), ("WHO",)),
    "NATO": (("NATO",), ("NATO",)),
    "White House": ((), ("WhiteHouse",)),
    "U.S. Department of State": ((), ("StateDepartment",)),
    "U.S. Department of Defense": (("DoD",), ("Pentagon",)),
    "Kremlin": ((), ("Kremlin",)),
}

# A name that a page prints on its own and that one source alone may claim.
UNAMBIGUOUS = [
    "AP",
    "AFP",
    "CNN",
    "CFR",
    "IAEA",
    "FT",
    "WSJ",
    "BBC",
    "IMF",
    "WHO",
    "IEA",
    "ICC",
    "El País",
    "The Guardian",
]

# Different houses print these for themselves, so a reader of the page alone cannot know which is meant.
AMBIGUOUS = {
    "ORF": {"Observer Research Foundation", "Österreichischer Rundfunk"},
    "The Telegraph": {"The Daily Telegraph", "The Telegraph India"},
    "ABC": {"ABC News", "ABC Australia", "ABC Spain"},
    "The Times": {"The Times", "The New York Times", "Los Angeles Times"},
    "The Post": {"The Washington Post", "New York Post"},
    "The Independent": {"The Independent", "Irish Independent"},
    "The Sun": {"The Sun", "The Baltimore Sun"},
    "The Journal": {"The Journal", "The Wall Street Journal"},
}

FIRST_KINDS = {"full": 0, "short": 1, "hashtag": 2, "domain": 3}
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
HASHTAG = re.compile(r"\w+")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@pytest.fixture(scope="module")
def rows() -> list[dict]:
    return json.loads(REGISTER.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sources(rows) -> dict[str, dict]:
    """Fields of each source by slug."""
    return {row["fields"]["slug"]: row["fields"] for row in rows if row["model"] == "kb.source"}


@pytest.fixture(scope="module")
def names(rows) -> list[tuple[str, str, str]]:
    """(slug of the source, kind, name) of every name."""
    fields = [row["fields"] for row in rows if row["model"] == "kb.sourcename"]
    return [(field["source"][0], field["kind"], field["name"]) for field in fields]


@pytest.fixture(scope="module")
def owners(sources, names) -> dict[str, set[str]]:
    """Display names of the sources that go by a printed name (full or short), by the name in small letters."""
    found = defaultdict(set)
    for slug, kind, name in names:
        if kind in {"full", "short"}:
            found[name.casefold()].add(sources[slug]["name"])
    return found


def repeated(values) -> list:
    return [value for value, count in Counter(values).items() if count > 1]


def test_register_holds_only_sources_and_their_names_without_primary_keys(rows):
    assert {row["model"] for row in rows} == {"kb.source", "kb.sourcename"}
    assert all(row.keys() == {"model", "fields"} for row in rows)


def test_register_has_at_least_three_hundred_sources(sources):
    assert len(sources) >= 300


def test_slugs_are_unique_short_and_plain(rows):
    slugs = [row["fields"]["slug"] for row in rows if row["model"] == "kb.source"]
    assert not repeated(slugs)
    assert [slug for slug in slugs if not SLUG.fullmatch(slug) or len(slug) > 80] == []


def test_rows_are_sorted_by_slug_and_each_source_stands_before_its_names(rows):
    def place(row):
        fields = row["fields"]
        if row["model"] == "kb.source":
            return fields["slug"], -1
        return fields["source"][0], FIRST_KINDS[fields["kind"]]

    places = [place(row) for row in rows]
    assert places == sorted(places)


def test_display_names_are_unique_in_any_case(sources):
    assert not repeated(fields["name"].casefold() for fields in sources.values())


def test_source_kinds_are_known(sources):
    assert {fields["kind"] for fields in sources.values()} <= SOURCE_KINDS


def test_name_kinds_are_known(names):
    assert {kind for _, kind, _ in names} <= NAME_KINDS


def test_countries_languages_and_homepages_are_well_formed_or_empty(sources):
    wrong = [
        slug
        for slug, fields in sources.items()
        if not re.fullmatch(r"(?:[A-Z]{2})?", fields["country"])
        or not re.fullmatch(r"(?:[a-z]{2,3}(?:-[A-Za-z0-9]+)*)?", fields["language"])
        or not re.fullmatch(r"(?:https://[a-z0-9.-]+/\S*)?", fields["homepage"])
    ]
    assert wrong == []


def test_no_source_is_graded_by_the_register(sources):
    assert all("reliability" not in fields for fields in sources.values())


def test_every_name_belongs_to_a_source_of_the_register(sources, names):
    assert {slug for slug, _, _ in names} <= sources.keys()


def test_names_are_trimmed_and_at_most_200_characters(names):
    assert [name for _, _, name in names if name != name.strip() or not 1 <= len(name) <= 200] == []


def test_every_source_has_its_display_name_among_its_full_names(sources, names):
    full = {(slug, name) for slug, kind, name in names if kind == "full"}
    assert [slug for slug, fields in sources.items() if (slug, fields["name"]) not in full] == []


def test_no_source_has_one_name_twice_in_one_kind(names):
    assert not repeated((slug, kind, name.casefold()) for slug, kind, name in names)


def test_a_full_name_belongs_to_one_source(names):
    assert not repeated(name.casefold() for _, kind, name in names if kind == "full")


def test_hashtags_are_one_word_without_the_sign(names):
    assert [name for _, kind, name in names if kind == "hashtag" and not HASHTAG.fullmatch(name)] == []


def test_domains_look_like_domains(names):
    domains = [name for _, kind, name in names if kind == "domain"]
    assert [name for name in domains if not DOMAIN.fullmatch(name) or name.startswith("www.")] == []


def test_a_domain_belongs_to_one_source(names):
    assert not repeated(name for _, kind, name in names if kind == "domain")


def test_no_domain_is_a_whole_country_or_government(names):
    """Such a domain would claim every ministry below it."""
    shared = {
        "gov.uk",
        "gov.cn",
        "gov.hk",
        "go.jp",
        "go.kr",
        "gov.in",
        "gov",
        "com",
        "co.uk",
        "blogspot.com",
        "wordpress.com",
    }
    assert shared.isdisjoint(name for _, kind, name in names if kind == "domain")


@pytest.mark.parametrize("publisher", ["Dawat Media Center", "Daily8", "HowNHowTo.com", "The Think Tank Journal"])
def test_small_publishers_of_the_first_pages_are_absent(names, publisher):
    """They publish the pages that are read; what they reprint must not look like a source of its own."""

    def plain(name):
        return re.sub(r"[^a-z0-9]", "", name.casefold()).removeprefix("the")

    wanted = plain(publisher)
    assert [name for _, _, name in names if wanted in plain(name)] == []


@pytest.mark.parametrize("display", MUST_HAVE)
def test_a_well_known_source_goes_by_the_forms_that_people_print(sources, names, display):
    shorts, hashtags = MUST_HAVE[display]
    [slug] = [slug for slug, fields in sources.items() if fields["name"] == display]
    own = {(kind, name) for owner, kind, name in names if owner == slug}
    wanted = {("short", name) for name in shorts} | {("hashtag", name) for name in hashtags}
    assert wanted - own == set()


@pytest.mark.parametrize("name", UNAMBIGUOUS)
def test_an_unambiguous_name_belongs_to_one_source(owners, name):
    assert len(owners[name.casefold()]) == 1


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_an_ambiguous_name_offers_every_house_that_prints_it(owners, name):
    assert owners[name.casefold()] >= AMBIGUOUS[name]


def test_orf_belongs_to_exactly_two_sources(owners):
    assert owners["orf"] == AMBIGUOUS["ORF"]
