"""Checks of others at the desk: nothing of theirs can be written, a link to a claim of ours is signed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb.models import Claim, ForeignCheck, RatingWords
from tests.factories import make_claim, make_foreign_check, make_published_check, make_source

from .pages import list_of, messages_of, page_of, save, sure

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]


def test_an_analyst_links_a_check_and_takes_the_link_away(analyst):
    check, claim = make_foreign_check(), make_claim()
    save(analyst, check, claim=str(claim.pk), statement="Forged", rating_words="True", coarse_class="supported")
    check.refresh_from_db()
    assert (check.claim, check.linked_by) == (claim, analyst.user)
    assert "Forged" not in check.statement and check.rating_words == "Four out of five sacks"
    assert check.history.first().history_user == analyst.user
    save(analyst, check, claim="")
    check.refresh_from_db()
    assert (check.claim, check.linked_by) == (None, None)


def test_a_link_changes_nothing_about_our_claim(analyst):
    claim = make_published_check().claim
    before = Claim.objects.filter(pk=claim.pk).values().get()
    save(analyst, make_foreign_check(coarse_class="refuted"), claim=str(claim.pk))
    assert Claim.objects.filter(pk=claim.pk).values().get() == before


def test_checks_are_found_by_publisher_class_language_and_link(analyst):
    linked = make_foreign_check(make_claim(), statement="Ships left.", language="pt-BR", coarse_class="refuted")
    make_foreign_check(publisher_name="Others", publisher_site="", statement="Grain is dear.", language="en")
    for asked in ({"linked": "yes"}, {"publisher": "harbour"}, {"language": "pt"}, {"coarse_class__exact": "refuted"}, {"q": "Ships"}):  # fmt: skip
        page = analyst.get(list_of(ForeignCheck), asked)
        assert [row.pk for row in page.context["cl"].result_list] == [linked.pk], asked
    assert len(analyst.get(list_of(ForeignCheck), {"linked": "no"}).context["cl"].result_list) == 1


def test_the_list_asks_equally_often_for_many(analyst):
    def count():
        with CaptureQueriesContext(connection) as queries:
            assert analyst.get(list_of(ForeignCheck)).status_code == 200
        return len(queries)

    source = make_source()
    make_foreign_check(make_claim(), publisher=source)
    few = count()
    for _number in range(20):
        make_foreign_check(make_claim(), publisher=source)
    assert count() == few


def test_saving_the_table_applies_it_to_stored_checks(sign_in):
    administrator, check = sign_in("administrator"), make_foreign_check()
    row = RatingWords.objects.create(words="four out of FIVE sacks", coarse_class="mixed")
    response = administrator.post(page_of(row), {"words": row.words, "coarse_class": "supported", "site": "", "language": "", "gloss": "", "version": "1", "_save": "1"}, follow=True)  # fmt: skip
    assert "1 stored check has another class now." in messages_of(response)
    check.refresh_from_db()
    assert check.coarse_class == "supported"
    administrator.post(page_of(row, "delete"), sure(row))
    check.refresh_from_db()
    assert check.coarse_class == "none"


def test_readers_see_what_others_found_in_their_words(client):
    claim = make_published_check().claim
    make_foreign_check(
        claim, rating_words="Four <b>sacks</b> \u202eof five", address="javascript:alert(1)", title="Forged"
    )
    make_foreign_check(claim, reviewed_on="", rating_words="")
    html = client.get(claim.get_absolute_url()).content.decode()
    assert "What others found" in html and "Dec. 31, 2021" in html
    assert 'Four &lt;b&gt;sacks&lt;/b&gt; <bdi class="turning" data-sign="RLO">\u202e</bdi>of five</bdi>' in html
    assert "javascript:" not in html and 'rel="nofollow noopener"' in html and "no rating" in html
    assert html.count("ClaimReview") == 1 and "Harbour Facts" not in html.split("<main")[0]
