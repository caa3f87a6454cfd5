"""Following and telling: each person once for each event, and nobody of another's follows."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb.models import Follow, Notice
from kb.services import notices
from tests.factories import make_article, make_claim, make_draft_check, make_tag, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines():
    return make_user("ines", group="analyst")


@pytest.fixture
def olof():
    return make_user("olof", group="editor")


def told(event="published:1") -> set[str]:
    return set(Notice.objects.filter(event=event).values_list("user__username", flat=True))


def test_following_twice_changes_the_note_alone(ines):
    claim = make_claim()
    notices.follow(claim, by=ines, why="For the feature.")
    notices.follow(claim, by=ines, why="For the trial.")
    assert [(one.target, one.why) for one in Follow.objects.all()] == [(claim, "For the trial.")]
    assert notices.unfollow(claim, by=ines) is True
    assert notices.unfollow(claim, by=ines) is False


def test_each_person_sees_their_own_follows_and_notices_alone(ines, olof):
    claim = make_claim()
    notices.follow(claim, by=ines, why="A secret.")
    notices.tell("published:1", about=[claim], words="Published.")
    root = make_user("root", group="administrator", is_superuser=True)
    for model in (Follow, Notice):
        assert model.objects.visible_to(ines).count() == 1
        for other in (olof, root, None):
            assert not model.objects.visible_to(other).exists()


def test_followers_of_any_of_the_things_and_the_people_named_are_told_once(ines, olof):
    claim, article, tag = make_claim(), make_article(), make_tag()
    check = make_draft_check(claim)
    yara = make_user("yara", group="reader-of-drafts")
    for thing in (claim, article, tag):
        notices.follow(thing, by=ines)
    notices.follow(article, by=yara)
    notices.follow(make_claim(), by=make_user("nobody", group="analyst"))
    about = [check, claim, article, tag]
    assert notices.tell("published:1", about=about, words="Published.", people=[olof, olof.pk]) == 3
    assert told() == {"ines", "yara", "olof"}
    assert {notice.target for notice in Notice.objects.all()} == {check}
    assert notices.tell("published:1", about=about, words="Published.", people=[olof]) == 0
    assert notices.tell("published:2", about=about, words="Published.", people=[]) == 2
    assert Notice.objects.count() == 5


def test_who_did_it_is_not_told_nor_who_may_not_look_any_more(ines, olof):
    claim = make_claim()
    gone, closed = make_user("gone", group="analyst"), make_user("closed", group="analyst")
    for person in (ines, olof, gone, closed):
        notices.follow(claim, by=person)
    gone.groups.clear()
    closed.is_active = False
    closed.save()
    notices.tell("published:1", about=[claim], words="Published.", by=olof, people=[olof, gone, make_user()])
    assert told() == {"ines"}


def test_a_reader_without_rights_follows_nothing():
    with pytest.raises(PermissionDenied):
        notices.follow(make_claim(), by=make_user())
    with pytest.raises(TypeError):
        notices.follow(make_draft_check(), by=make_user(group="analyst"))


def test_one_marks_ones_own_as_read(ines, olof):
    claim = make_claim()
    for event in ("published:1", "published:2"):
        notices.tell(event, about=[claim], words="Published.", people=[ines, olof])
    theirs = Notice.objects.filter(user=olof).values_list("pk", flat=True)
    first = Notice.objects.filter(user=ines).earliest("pk")
    assert notices.mark_read(by=ines, notices=[first.pk, *theirs]) == 1
    assert notices.mark_read(by=ines, notices=[first.pk]) == 0
    assert Notice.objects.unread().count() == 3
    assert notices.mark_read(by=ines) == 1
    assert Notice.objects.filter(user=olof).unread().count() == 2


def test_the_cost_does_not_grow_with_the_followers():
    def cost(number):
        claim = make_claim()
        for _ in range(number):
            notices.follow(claim, by=make_user(group="analyst"))
        with CaptureQueriesContext(connection) as queries:
            assert notices.tell(f"published:{claim.pk}", about=[claim], words="Published.") == number
        return len(queries)

    assert cost(2) == cost(40)
