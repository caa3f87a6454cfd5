"""Which verdicts are checked again first, and the tasks that ask for it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb.models import FactCheck, Task, TaskKind
from kb.services import rechecks, verdicts
from tests.factories import (
    make_appearance,
    make_article,
    make_claim,
    make_published_article,
    make_published_check,
    make_task,
    make_user,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def expiring(days: int, *, age: int = 300, reach: int = 0, **changes):
    """A verdict that expires in so many days, of this age, on a claim of so many published articles."""
    claim = make_claim()
    for _ in range(reach):
        make_appearance(make_published_article(), claim)
    as_of = TODAY - timedelta(days=age)
    check = make_published_check(claim, as_of=as_of, **changes)
    FactCheck.objects.filter(pk=check.pk).update(
        checked_on=as_of, expiry="day", expires_on=TODAY + timedelta(days=days)
    )
    return FactCheck.objects.get(pk=check.pk)


def asked(**changes) -> int:
    return sum(rechecks.open_tasks(today=TODAY, **changes))


def open_tasks():
    return Task.objects.open().filter(kind=TaskKind.RECHECK)


def test_what_is_past_its_day_or_soon_will_be_waits_and_nothing_else():
    past, today, soon = expiring(-200), expiring(0), expiring(30)
    expiring(31)
    make_published_check()
    reopened = expiring(-1)
    verdicts.reopen(reopened, by=make_user(group="editor"), reason="New figures.")
    assert set(rechecks.due(today=TODAY)) == {past, today, soon}
    assert set(rechecks.due(within=0, today=TODAY)) == {past, today}


def test_reach_times_age_decides_what_comes_first():
    far, old, wide = expiring(5, age=10, reach=3), expiring(5, age=40, reach=1), expiring(-5, age=20, reach=3)
    nobodys, sooner = expiring(9, age=500), expiring(1, age=5)
    found = list(rechecks.due(today=TODAY))
    assert found == [wide, old, far, sooner, nobodys]
    assert [(check.reach, check.age, check.weight) for check in found] == [
        (3, 20, 60),
        (1, 40, 40),
        (3, 10, 30),
        (0, 5, 0),
        (0, 500, 0),
    ]


def test_reach_counts_published_articles_once_and_nothing_unconfirmed():
    check = expiring(1, reach=1)
    article = make_published_article()
    make_appearance(article, check.claim)
    make_appearance(article, check.claim, exact="two more convoys")
    make_appearance(make_article(), check.claim)
    make_appearance(make_published_article(), check.claim, state="suggested")
    assert rechecks.due(today=TODAY).get().reach == 2


def test_each_claim_is_asked_for_once_and_again_makes_nothing_new():
    checks = [expiring(-1), expiring(3)]
    gone = expiring(4, by=make_user(group="analyst"))
    gone.author.is_active = False
    gone.author.save()
    assert (asked(), asked()) == (3, 0)
    assert {(task.claim, task.assignee) for task in open_tasks()} == {
        *((check.claim, check.author) for check in checks),
        (gone.claim, None),
    }
    assert "good until 2026-05-31" in open_tasks().get(claim=checks[0].claim).why


def test_a_newer_verdict_closes_the_task_and_one_that_is_due_as_well_does_not():
    done, due_again = expiring(-1), expiring(-2)
    asked()
    for check in (done, due_again):
        # Past the acts, which close the task themselves.
        FactCheck.objects.filter(pk=check.pk).update(status="superseded")
        make_published_check(check.claim)
        Task.objects.filter(claim=check.claim).update(state="open", done_at=None, done_by=None, outcome="")
    FactCheck.objects.filter(claim=due_again.claim, status="published").update(expiry="day", expires_on=TODAY)
    assert sum(rechecks.close_tasks(today=TODAY)) == 1
    assert [task.claim for task in open_tasks()] == [due_again.claim]
    assert sum(rechecks.close_tasks(today=TODAY)) == 0


def test_a_task_that_nobody_has_done_stays_and_other_work_is_left_alone():
    expiring(-1)
    other = make_task(claim=make_published_check().claim, kind=TaskKind.CHECK)
    asked()
    assert sum(rechecks.close_tasks(today=TODAY)) == 0
    assert open_tasks().count() == 1
    assert Task.objects.get(pk=other.pk).is_open


def test_publishing_the_next_verdict_does_the_task():
    check = expiring(-1)
    asked()
    make_published_check(check.claim)
    assert not open_tasks().exists()


def test_asking_costs_as_many_statements_for_thirty_as_for_three():
    def cost(number: int) -> int:
        author = make_user(group="analyst")
        for _ in range(number):
            expiring(-1, by=author)
        with CaptureQueriesContext(connection) as queries:
            assert asked() == number
        return len(queries)

    assert cost(30) == cost(3)
