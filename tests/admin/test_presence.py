"""Who has a page open is a hint: it expires, it binds nobody, and it tells nothing of what one may not see."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kb.models import Presence
from kb.services import presence
from tests.factories import make_article, make_claim, make_draft_check, make_note, make_source

from .pages import page_of, save

pytestmark = pytest.mark.django_db


def said(client, row) -> str:
    return (client.get(page_of(row)).context.get("presence") or {}).get("words", "")


@pytest.mark.parametrize("make", [make_article, make_claim, make_source], ids=lambda make: make.__name__)
def test_who_has_it_open_is_told_to_the_next_one_and_not_to_oneself(sign_in, make):
    mirela, olof, row = sign_in("administrator", "mirela"), sign_in("administrator", "olof"), make()
    assert said(mirela, row) == ""
    assert said(olof, row) == "mirela has this open, 0 min"
    assert said(mirela, row) == "olof has this open, 0 min"
    assert said(mirela, make()) == ""
    assert save(olof, row).status_code == 302


def test_it_says_for_how_long_and_is_over_two_minutes_after_the_last_sign(sign_in):
    mirela, olof, row, now = sign_in("analyst", "mirela"), sign_in("analyst", "olof"), make_article(), timezone.now()
    for minutes in (5, 4, 3, 2, 1):
        presence.note(row, by=mirela.user, now=now - timedelta(minutes=minutes, seconds=1))
    assert [(one.name, one.minutes) for one in presence.others(row, than=olof.user, now=now)] == [("mirela", 5)]
    assert presence.others(row, than=olof.user, now=now + timedelta(minutes=2)) == []
    # Who comes back later has it open anew.
    presence.note(row, by=mirela.user, now=now + timedelta(minutes=9))
    assert presence.others(row, than=olof.user, now=now + timedelta(minutes=9))[0].minutes == 0
    assert Presence.objects.count() == 1


def test_the_page_says_so_again_and_takes_its_leave(sign_in):
    mirela, olof, row = sign_in("analyst", "mirela"), sign_in("analyst", "olof"), make_article()
    address = olof.get(page_of(row)).context["presence"]["address"]
    assert olof.post(address).json() == {"words": ""}
    assert mirela.post(address).json() == {"words": "olof has this open, 0 min"}
    assert olof.post(address, {"leave": "yes"}).status_code == 204
    assert mirela.post(address).json() == {"words": ""}
    assert olof.get(address).status_code == 405


def test_a_crowd_is_counted(sign_in):
    row, last = make_article(), sign_in("analyst", "z")
    for name in "abcde":
        sign_in("analyst", name).get(page_of(row))
    assert said(last, row).endswith("c has this open, 0 min · and 2 more")


def test_nothing_is_told_of_notes_nor_to_who_may_not_write(analyst, editor, sign_in):
    note = make_note(author=analyst.user)
    assert "presence" not in analyst.get(page_of(note)).context
    for client in (analyst, editor):
        assert client.post(f"/admin/kb/annotation/{note.pk}/presence/").status_code in (302, 404, 405)
    check = make_draft_check(by=analyst.user)
    analyst.get(page_of(check))
    assert "presence" not in editor.get(page_of(check)).context
    article = make_article()
    analyst.get(page_of(article))
    reader = sign_in("reader-of-drafts")
    assert "has this open" not in reader.get(page_of(article)).content.decode()
    address = f"/admin/kb/article/{article.pk}/presence/"
    assert reader.post(address).status_code == 403
    assert analyst.post("/admin/kb/article/987654/presence/").status_code == 404
    assert analyst.post("/admin/kb/article/%00/presence/").status_code == 404
    assert not Presence.objects.exclude(user=analyst.user).exists()


def test_it_costs_the_same_few_queries_however_many_are_there(sign_in):
    row, last = make_article(), sign_in("analyst")
    last.get(page_of(row))

    def cost():
        with CaptureQueriesContext(connection) as queries:
            last.get(page_of(row))
        return sum("kb_presence" in query["sql"] for query in queries)

    alone = cost()
    for _ in range(5):
        sign_in("analyst").get(page_of(row))
    assert cost() == alone == 2


def test_old_traces_go_a_few_at_a_time(analyst, monkeypatch):
    monkeypatch.setattr(presence, "AT_ONCE", 2)
    old = timezone.now() - timedelta(hours=3)
    for row in [make_claim() for _ in range(3)]:
        presence.note(row, by=analyst.user, now=old)
    presence.note(make_claim(), by=analyst.user)
    assert Presence.objects.filter(seen_at=old).count() == 1


def test_a_page_opens_when_nobody_can_be_taken_down(analyst, monkeypatch):
    article = make_article()
    monkeypatch.setattr(presence, "note", lambda *args, **kwargs: (_ for _ in ()).throw(DatabaseError("read-only")))
    assert analyst.get(page_of(article)).status_code == 200
