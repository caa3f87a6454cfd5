"""The resolver queue as a plain form."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kb.models import Article, Citation, State
from tests.factories import make_article, make_citation, make_source

from .pages import fields_of, list_of, messages_of, page_of, save

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]
BODY = (
    "Ships wait outside the harbour, the Post wrote (June 12). Nobody knows for how long. "
    "Insurers are nervous, the Post wrote (June 4). Prices rose, the Post wrote (June 5)."
)


@pytest.fixture
def address():
    return reverse("admin:kb_citation_queue")


@pytest.fixture
def article():
    return make_article(body=BODY, issued_on="2025-03-24")


@pytest.fixture
def papers():
    return [make_source(name=f"{place} Post", country="US") for place in ("Northern", "Southern")]


def the_post(article, day, papers=(), **changes):
    citation = make_citation(
        article,
        **{
            "state": State.SUGGESTED,
            "resolution": "unresolved",
            "printed_name": "the Post",
            "as_printed": f"the Post wrote (June {day})",
            "date_printed": f"June {day}",
            "date_edtf": f"XXXX-06-{day:02}",
            "date_resolved": f"2024-06-{day:02}",
            "date_basis": "published-before",
        }
        | changes,
    )
    citation.candidates.set(papers)
    return citation


def reuters(article=None, **changes):
    article = article or make_article(issued_on="2025-03-24")
    changes = {"date_resolved": "2024-06-12", "date_basis": "published-before", **changes}
    return make_citation(article, state=State.SUGGESTED, **changes)


def form_of(client, address):
    # The queue's form is none of the admin's own: its id says so.
    page = client.get(address)
    content = page.content.decode().replace('id="queue"', 'id="queue_form"')

    class Page:
        pass

    Page.content = content.encode()
    return fields_of(Page)


def decide(client, address, what, **changes):
    fields = form_of(client, address)
    fields |= {name.replace("_", "-"): value for name, value in changes.items()}
    return client.post(address, {**fields, "decide": what}, follow=True)


def test_a_row_says_everything_one_needs_to_decide(analyst, address, article, papers):
    the_post(article, 12, papers, confidence=73)
    page = analyst.get(address).content.decode()
    assert "Ships wait outside the harbour, <mark>the Post wrote (June 12)</mark>." in page
    assert "Nobody knows" not in page
    assert "Northern Post" in page and "newspaper, US" in page
    assert "June 12" in page and "XXXX-06-12" in page
    assert "June 12, 2024" in page
    assert "latest <bdi>June 12</bdi> before the article's date, March 24, 2025" in page
    assert "73" not in re.sub(r"(csrfmiddlewaretoken\"|seen-[0-9]+\") value=\"\w+\"|pk=\d+|-\d+", "", page)


def test_rows_of_an_article_come_by_confidence_and_unknown_ones_last(analyst, address, article):
    low, none, high = the_post(article, 12, confidence=20), the_post(article, 4), the_post(article, 5, confidence=90)
    newer = reuters()
    page = analyst.get(address).content.decode()
    assert [int(pk) for pk in re.findall(r'id="citation-(\d+)"', page)] == [newer.pk, high.pk, low.pk, none.pk]


def test_accepting_takes_the_chosen_source_and_the_date(analyst, address, article, papers):
    citation = the_post(article, 12, papers)
    said = messages_of(decide(analyst, address, f"{citation.pk}:accept", **{f"source_{citation.pk}": papers[1].pk}))
    citation.refresh_from_db()
    assert (citation.state, citation.source, citation.decided_by) == ("confirmed", papers[1], analyst.user)
    assert citation.date_resolved == "2024-06-12"
    assert "1 accepted." in said and "Take back" in said


def test_without_a_choice_nothing_is_decided_and_nothing_typed_is_lost(analyst, address, article, papers):
    first, second = the_post(article, 12, papers), the_post(article, 4, papers)
    response = decide(analyst, address, f"{first.pk}:accept", **{f"other_{second.pk}": "Northern"})
    assert "Choose a source" in messages_of(response)
    assert 'value="Northern"' in response.content.decode()
    assert not Citation.objects.confirmed().exists()


@pytest.mark.parametrize("typed", ["Harbour Gazette", "harbour gazette", "HG"])
def test_another_source_is_typed_by_any_of_its_names(analyst, address, article, papers, typed):
    other = make_source(name="Harbour Gazette")
    other.names.create(name="HG", kind="short")
    citation = the_post(article, 12, papers)
    decide(analyst, address, f"{citation.pk}:accept", **{f"other_{citation.pk}": typed})
    citation.refresh_from_db()
    assert citation.source == other


@pytest.mark.parametrize("typed, said", [("Nobody Knows", "No source of the register"), ("HG", "may be")])
def test_a_name_of_none_or_of_many_is_refused_in_words(analyst, address, article, typed, said):
    for _ in "ab":
        make_source().names.create(name="HG", kind="short")
    citation = the_post(article, 12)
    assert said in messages_of(decide(analyst, address, f"{citation.pk}:accept", **{f"other_{citation.pk}": typed}))
    citation.refresh_from_db()
    assert citation.state == State.SUGGESTED


def test_the_same_for_all_of_this_name_in_the_article(analyst, address, article, papers):
    first, second, third = (the_post(article, day, papers) for day in (12, 4, 5))
    elsewhere = the_post(make_article(body=BODY, issued_on="2025-03-24"), 12, papers)
    page = analyst.get(address).content.decode()
    assert "the same for 2 more like it in this article" in page
    changes = {f"source_{first.pk}": papers[0].pk, f"like_{first.pk}": "on"}
    assert "3 accepted." in messages_of(decide(analyst, address, f"{first.pk}:accept", **changes))
    assert set(Citation.objects.confirmed()) == {first, second, third}
    assert set(Citation.objects.confirmed().values_list("source", "date_resolved")) == {
        (papers[0].pk, "2024-06-12"),
        (papers[0].pk, "2024-06-04"),
        (papers[0].pk, "2024-06-05"),
    }
    elsewhere.refresh_from_db()
    assert elsewhere.state == State.SUGGESTED


def test_all_shown_dates_of_one_basis_are_accepted_at_once_and_taken_back_at_once(analyst, address, article, papers):
    made = [reuters() for _ in range(3)]
    nameless = the_post(article, 12, papers)
    response = decide(analyst, address, "basis=published-before:accept")
    assert "3 accepted." in messages_of(response)
    assert set(Citation.objects.confirmed()) == set(made)
    nameless.refresh_from_db()
    assert nameless.state == State.SUGGESTED
    [moment] = re.findall(r'name="undo" value="([^"]+)"', response.content.decode())
    assert "3 taken back" in messages_of(analyst.post(address, {"undo": moment}, follow=True))
    assert not Citation.objects.confirmed().exists()
    assert "nothing to take back" in messages_of(analyst.post(address, {"undo": moment}, follow=True))


def test_ticked_rows_are_decided_together(analyst, address):
    made = [reuters() for _ in range(3)]
    decide(analyst, address, "ticked:reject", ticked=[made[0].pk, made[2].pk])
    assert set(Citation.objects.suggested()) == {made[1]}
    assert "Nothing was ticked" in messages_of(decide(analyst, address, "ticked:reject"))


def test_the_date_may_be_left_out(analyst, address):
    citation = reuters()
    fields = form_of(analyst, address)
    del fields[f"dated-{citation.pk}"]
    analyst.post(address, {**fields, "decide": f"{citation.pk}:accept"})
    citation.refresh_from_db()
    assert (citation.state, citation.date_resolved) == ("confirmed", "")


def test_two_people_at_once_lose_nothing(sign_in, address):
    mine, theirs = sign_in("analyst"), sign_in("analyst", "mirela")
    citation = reuters()
    opened = form_of(mine, address)
    decide(theirs, address, f"{citation.pk}:reject")
    response = mine.post(address, {**opened, "decide": f"{citation.pk}:accept"}, follow=True)
    assert "rejected by mirela" in messages_of(response)
    citation.refresh_from_db()
    assert citation.state == State.REJECTED


def test_a_deleted_row_is_told(analyst, address):
    citation, other = reuters(), reuters()
    opened = form_of(analyst, address)
    gone = citation.pk
    citation.delete()
    sent = {**opened, "ticked": [gone, other.pk], "decide": "ticked:accept"}
    assert "somebody deleted it" in messages_of(analyst.post(address, sent, follow=True))
    other.refresh_from_db()
    assert other.state == State.CONFIRMED


def test_a_decision_counts_up_the_article_so_that_an_older_form_is_refused(analyst, address):
    citation = reuters()
    before = Article.objects.get().version
    decide(analyst, address, f"{citation.pk}:accept")
    assert Article.objects.get().version == before + 1


def test_who_may_not_see_citations_sees_no_queue_and_who_may_not_decide_no_buttons(sign_in, client, address):
    citation = reuters()
    assert client.get(address).status_code == 302
    assert sign_in("reader-of-drafts").get(address).status_code == 403
    looker = sign_in("reader-of-drafts")
    looker.user.user_permissions.add(Permission.objects.get(codename="view_citation"))
    # Other rights end the session.
    looker.force_login(looker.user)
    page = looker.get(address)
    assert page.status_code == 200 and 'name="decide"' not in page.content.decode()
    sent = {"row": citation.pk, "decide": f"{citation.pk}:accept"}
    assert looker.post(address, sent).status_code == 403
    citation.refresh_from_db()
    assert citation.state == State.SUGGESTED


@pytest.mark.parametrize(
    "sent",
    [
        {"decide": ""},
        {"decide": "1:publish"},
        {"undo": "yesterday"},
        {"undo": "0001-01-01T00:00:00+23:59"},
    ],
)
def test_what_no_button_sends_is_refused(analyst, address, sent):
    assert analyst.post(address, sent).status_code == 403


@pytest.mark.parametrize(
    "query", ["page=x", "article=x", "article=99999999999999999999", "source=%00", "what=nonsense"]
)
def test_an_address_that_makes_no_sense_shows_the_queue(analyst, address, query):
    reuters()
    assert analyst.get(f"{address}?{query}").status_code == 200


def test_the_queue_is_narrowed_by_kind_article_and_name(analyst, address, article, papers):
    post, agency = the_post(article, 12, papers), reuters()

    def shown(**filters):
        page = analyst.get(address, filters).content.decode()
        return {int(pk) for pk in re.findall(r'id="citation-(\d+)"', page)}

    assert shown() == {post.pk, agency.pk}
    assert shown(what="ambiguous") == {post.pk}
    assert shown(what="source") == set()
    assert shown(article=article.pk) == {post.pk}
    assert shown(source="reuters") == {agency.pk}
    assert shown(source="southern") == shown(source="the post") == {post.pk}


def test_pages_of_25_hold_every_row_once_and_cost_the_same(analyst, address):
    def cost(query=""):
        analyst.get(address)
        with CaptureQueriesContext(connection) as queries:
            page = analyst.get(f"{address}{query}")
        return len(queries), page

    for _ in range(3):
        reuters()
    few, _page = cost()
    for _ in range(30):
        the_post(make_article(body=BODY, issued_on="2025-03-24"), 12, [make_source(), make_source()])
    many, first = cost()
    assert many == few <= 12
    [later] = re.findall(r'rel="next" href="([^"]+)"', first.content.decode())
    second = analyst.get(f"{address}{later.replace('&amp;', '&')}")
    found = re.findall(r'id="citation-(\d+)"', first.content.decode() + second.content.decode())
    assert len(found) == len(set(found)) == 33
    assert "33 to resolve." in first.content.decode()


def test_the_list_and_the_first_page_lead_to_the_queue(analyst, address):
    reuters()
    assert f'href="{address}"' in analyst.get(list_of(Citation)).content.decode()
    assert f'href="{address}"' in analyst.get(reverse("admin:index")).content.decode()


def test_names_from_hostile_pages_stay_text(analyst, address):
    the_post(make_article(body=BODY, title="<script>alert(1)</script>"), 12, printed_name='"><img src=x>')
    page = analyst.get(address).content.decode()
    assert "<script>alert" not in page and "<img" not in page


def test_a_row_opens_on_its_own_page(analyst, address):
    citation = reuters()
    assert f'href="{page_of(citation)}"' in analyst.get(address).content.decode()


def test_a_date_given_at_the_desk_proposes_the_years_of_the_open_citations(analyst):
    citation = reuters(make_article(), date_resolved="", date_basis="")
    save(analyst, citation.article, issued_on="2025-03-24")
    citation.refresh_from_db()
    assert (citation.state, citation.date_resolved) == (State.SUGGESTED, "2024-06-12")
