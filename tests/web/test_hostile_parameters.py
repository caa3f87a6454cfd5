"""Whatever stands in an address is an address, a filter or a clear word: never a fault, and never obeyed."""

from itertools import batched
from urllib.parse import quote

import pytest

from kb.search import filters
from tests.factories import make_citation, make_published_article, make_tag
from tests.importing.test_hostile import NASTY, assert_tame, payloads

from .crawl import starts

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]

# What any page of readers asks its address for.
PARAMETERS = sorted(
    {"q", "page", "type", "claim", "citation", "kind", "order", "format"}
    | {
        name
        for found in vars(filters).values()
        if isinstance(found, type) and issubclass(found, filters.FilterSet)
        for name in found.base_filters
    }
)
STRINGS = [*NASTY, "", " ", "\0", "9" * 400, "-1", "1e999", "2025-02-30", "0000-00-00", "a" * 5_000, "؟" * 900, '"', "(", "*", "-", "source:", '"a" -"b" c*']  # fmt: skip


@pytest.fixture
def article():
    article = make_published_article(title="Grain leaves the port")
    make_citation(article)
    article.tags.add(make_tag("Grain"))
    return article


def assert_answered(client, address: str, **parameters) -> None:
    answer = client.get(address, parameters)
    assert answer.status_code in (200, 301, 302, 400, 404), (address, parameters)
    assert answer.content or answer.status_code in (301, 302)
    assert set(answer.headers) & {"Set-Cookie"} == set()
    if answer.headers["Content-Type"].startswith("text/html"):
        assert_tame(answer.content.decode())


def test_every_parameter_of_every_page_takes_any_string(client, article):
    for address in (address for address in starts() if not address.startswith("/ar/")):
        for number, string in enumerate(STRINGS):
            assert_answered(client, address, **{PARAMETERS[number % len(PARAMETERS)]: string})


@pytest.mark.parametrize("string", STRINGS, ids=range(len(STRINGS)))
def test_a_list_takes_any_string_for_every_filter(client, article, string):
    assert_answered(client, "/claims/", **dict.fromkeys(PARAMETERS, string))
    for parameter in PARAMETERS:
        assert_answered(client, "/articles/", **{parameter: string})


@pytest.mark.parametrize("room", ["articles", "sources", "topics", "people", "claims", "corrections", "challenge"])
def test_any_word_in_an_address_is_a_thing_or_nothing(client, article, room):
    for string in STRINGS:
        assert_answered(client, f"/{room}/{quote(string, safe='')}/")


@pytest.mark.same_on_each_database
@pytest.mark.parametrize("name", ["blns.json", "injection_payloads.json"])
def test_the_known_lists_of_hostile_strings_are_answered(client, article, name):
    """Each string in one parameter of each list; what a list makes of one is the same for its neighbour."""
    for address in ("/articles/", "/search/"):
        for several in batched(payloads(name), len(PARAMETERS), strict=False):
            assert_answered(client, address, **dict(zip(PARAMETERS, several, strict=False)))
