"""What is cited stays; the page says what hangs on it."""

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from kb.models import Article, Citation, Claim, FactCheck, Hop, Person, Rating, Source, Tag, TagLink
from kb.services import verdicts
from tests.factories import (
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_draft_check,
    make_note,
    make_published_article,
    make_published_check,
    make_source,
    make_tag,
    make_user,
)

from .pages import chosen, list_of, page_of, sure

pytestmark = pytest.mark.django_db


def cited_source():
    source = make_source()
    return source, make_citation(source=source)


def claim_that_appears():
    claim = make_claim()
    return claim, make_appearance(claim=claim)


def tag_in_use():
    tag = make_tag()
    return tag, TagLink.objects.create(content_object=make_article(), tag=tag)


def person_who_wrote():
    person = Person.objects.create(name="Jane Doe", slug="jane-doe")
    return person, Hop.objects.create(article=make_article(), position=1, kind="wrote", person=person)


def source_of_evidence():
    source, check = make_source(), make_draft_check()
    check.evidence.update(source=source)
    return source, check


CASES = [cited_source, claim_that_appears, tag_in_use, person_who_wrote, source_of_evidence]


@pytest.mark.parametrize("make", CASES, ids=lambda make: make.__name__)
def test_what_others_rest_on_is_not_deleted_and_the_page_says_what_hangs_on_it(sign_in, make):
    row, holder = make()
    client = sign_in("administrator")
    bulk = {"action": "delete_selected", **chosen(row), "index": "0"}
    confirmed = {"action": "delete_selected", **chosen(row), "post": "yes"}
    for response in (
        client.get(page_of(row, "delete")),
        client.post(page_of(row, "delete"), sure(row)),
        client.post(list_of(type(row)), bulk),
        client.post(list_of(type(row)), confirmed),
    ):
        page = response.content.decode()
        assert response.status_code == 200
        assert "protected related objects" in page and f'href="{page_of(holder)}"' in page
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(
    "make",
    [
        make_published_article,
        lambda: make_article(status="withdrawn", withdrawn_at="2025-06-01T00:00Z", withdrawal_reason="Wrong."),
    ],
    ids=["published", "withdrawn"],
)
def test_what_was_public_is_not_deleted(editor, make):
    article = make()
    assert editor.get(page_of(article, "delete")).status_code == 403
    for sent in ({"index": "0"}, {"post": "yes"}):
        response = editor.post(list_of(Article), {"action": "delete_selected", **chosen(article), **sent})
        assert page_of(article) in response.content.decode()
    assert Article.objects.exists()


def test_a_decided_or_submitted_check_is_not_deleted(analyst):
    submitted = make_draft_check(by=analyst.user)
    verdicts.submit(submitted, by=analyst.user)
    for check in (submitted, make_published_check(by=analyst.user), make_draft_check(by=make_user(group="analyst"))):
        assert analyst.get(page_of(check, "delete")).status_code == 403
        analyst.post(list_of(FactCheck), {"action": "delete_selected", **chosen(check), "post": "yes"})
    assert FactCheck.objects.count() == 3


def test_an_own_draft_and_an_unused_row_are_deleted(analyst):
    article, claim, tag = make_article(), make_claim(), make_tag()
    make_citation(article)
    for row in (article, claim, tag):
        assert analyst.post(page_of(row, "delete"), sure(row)).status_code == 302
    assert not Article.objects.exists() and not Claim.objects.exists() and not Tag.objects.exists()


def test_the_register_is_not_the_analysts_to_delete(analyst):
    assert analyst.get(page_of(Source.objects.first(), "delete")).status_code == 403
    assert analyst.get(page_of(Rating.objects.first(), "delete")).status_code == 403


def with_citations(count):
    source, article = make_source(), make_article()
    Citation.objects.bulk_create(
        Citation(article=article, position=n, as_printed=f"(#{n})", resolution="resolved", source=source)
        for n in range(1, count + 1)
    )
    return source, article


def test_a_source_that_ten_thousand_citations_name_costs_no_more_than_one_of_thirty(sign_in):
    client = sign_in("administrator")
    sizes, queries = [], []
    for count in (30, 10_000):
        source, _article = with_citations(count)
        bulk = {"action": "delete_selected", **chosen(source), "index": "0"}
        for ask in (
            lambda row=source: client.get(page_of(row, "delete")),
            lambda row=source: client.post(page_of(row, "delete"), sure(row)),
            lambda sent=bulk: client.post(list_of(Source), sent),
        ):
            with CaptureQueriesContext(connection) as captured:
                response = ask()
            page = response.content.decode()
            assert response.status_code == 200
            assert f"… and {count - 20} more citations" in page and page.count('href="/admin/kb/citation/') >= 20
            sizes.append(len(page))
            queries.append(len(captured))
    assert queries[:3] == queries[3:] and max(queries) < 80, queries
    assert max(sizes) < 40_000
    assert Citation.objects.count() == 10_030


def test_the_shell_deletes_no_cited_source_either():
    source, _article = with_citations(3)
    for delete in (source.delete, Source.objects.filter(pk=source.pk).delete):
        with pytest.raises(ProtectedError):
            delete()
    assert Citation.objects.filter(source=source).count() == 3


def test_an_article_with_ten_thousand_citations_says_how_many_go(analyst):
    _source, article = with_citations(10_000)
    with CaptureQueriesContext(connection) as captured:
        page = analyst.get(page_of(article, "delete")).content.decode()
    assert "Citations: 10000" in page and "… and 9980 more citations" in page
    assert len(captured) < 100 and len(page) < 40_000


def test_what_somebody_else_wrote_on_an_article_is_not_deleted_with_it(analyst):
    article = make_article()
    make_note(article=article, body="A team's note.")
    page = analyst.get(page_of(article, "delete")).content.decode()
    assert "permission to delete" in page and "annotation" in page
    assert analyst.post(page_of(article, "delete"), sure(article)).status_code == 403
