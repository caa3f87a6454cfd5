"""Lists of the desk are searched by the index: beginnings of words, phrases, fields, drafts too, at the same cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb.models import Article, Claim, Source
from kb.search import documents
from tests.factories import make_article, make_citation, make_claim, make_source, make_user

from .pages import list_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(make_user(group="analyst"))
    return client


def found(desk, model, query) -> set[str]:
    return {str(row) for row in desk.get(list_of(model), {"q": query}).context["cl"].result_list}


def test_drafts_are_found_by_beginnings_phrases_and_fields(desk):
    article = make_article(title="Barley at the quay", body="Élan of the harvest.")
    make_citation(article, source=make_source(name="Quay Herald"))
    make_article(title="Nothing of the sort", body="Empty.")
    for query in ("barl", "elan harv", '"at the quay"', 'source:"quay herald"', "harvest -empty"):
        assert found(desk, Article, query) == {"Barley at the quay"}, query
    assert found(desk, Article, '"quay the at"') == found(desk, Article, "source:nobody") == set()


def test_claims_and_sources_are_found_by_their_other_names(desk):
    claim, source = make_claim(text="Barley is dear."), make_source(name="Quay Herald")
    claim.wordings.create(text="Barley costs much.")
    source.names.create(kind="domain", name="quayherald.example")
    assert found(desk, Claim, "costs") == {"Barley is dear."}
    assert found(desk, Source, "quayher") == found(desk, Source, "quay heral") == {"Quay Herald"}


@pytest.mark.parametrize("query", ["\0", "%00", "'", '"', "*", "-", "a" * 5000, "before:x", "\ud83d"])
def test_whatever_is_typed_is_a_question(desk, query):
    for model in (Article, Claim, Source):
        assert desk.get(list_of(model), {"q": query.encode(errors="ignore").decode()}).status_code in (200, 302)


def test_a_search_of_a_list_costs_the_same_for_3_rows_and_for_30(desk):
    def cost(number):
        for _ in range(number):
            make_article(title="Barley")
        documents.catch_up()
        with CaptureQueriesContext(connection) as queries:
            desk.get(list_of(Article), {"q": "barley"})
        return len(queries)

    cost(1)
    assert cost(3) == cost(27)
