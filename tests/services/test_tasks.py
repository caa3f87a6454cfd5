"""Tasks: opened once, given to who may do them, closed once; many at the cost of few."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kb.models import Notice, Priority, StaleVersion, Task
from kb.services import tasks
from kb.services.refusal import Refused
from tests.factories import make_article, make_claim, make_draft_check, make_task, make_user

pytestmark = pytest.mark.django_db

DAY = date(2026, 12, 1)


@pytest.fixture
def ines():
    return make_user("ines", group="analyst")


@pytest.fixture
def olof():
    return make_user("olof", group="editor")


def versions(task) -> list:
    return [(one.history_type, one.history_user) for one in task.history.order_by("history_id")]


class TestOpening:
    def test_a_second_time_it_is_the_same_task_with_both_reasons(self, ines):
        claim = make_claim()
        first = tasks.open_task("recheck", about=claim, why="It expires.")
        again = tasks.open_task("recheck", about=claim, why="A reader doubts it.", by=ines)
        tasks.open_task("recheck", about=claim, why="It expires.")
        assert again == first
        first.refresh_from_db()
        assert first.why == "It expires.\nA reader doubts it."
        assert (first.opened_by, versions(first)) == (None, [("+", None), ("~", ines)])

    def test_another_kind_or_a_closed_task_is_no_reason_against_a_new_one(self, ines):
        claim = make_claim()
        first = tasks.open_task("check", about=claim)
        tasks.open_task("recheck", about=claim)
        tasks.complete(first, by=ines)
        assert tasks.open_task("check", about=claim) != first
        assert Task.objects.count() == 3

    def test_asked_again_it_gets_no_less_urgent_and_keeps_who_has_it(self, ines, olof):
        claim = make_claim()
        tasks.open_task("check", about=claim, assignee=ines, due_on=DAY, priority=Priority.HIGH)
        task = tasks.open_task("check", about=claim, assignee=olof, due_on=DAY + timedelta(9), priority=Priority.LOW)
        assert (task.assignee, task.due_on, task.priority) == (ines, DAY, Priority.HIGH)
        assert tasks.open_task("check", about=claim, due_on=DAY - timedelta(1)).due_on == DAY - timedelta(1)

    def test_who_may_not_is_refused(self):
        with pytest.raises(PermissionDenied):
            tasks.open_task("check", about=make_claim(), by=make_user(group="reader-of-drafts"))

    def test_it_is_about_something_that_tasks_are_about(self, ines):
        with pytest.raises(TypeError):
            tasks.open_task("check", about=ines)


class TestOpeningMany:
    def test_each_thing_gets_one_task_and_a_second_time_nothing_is_new(self, ines, olof):
        articles = [make_article() for _ in range(3)]
        claim = make_claim()
        rows = [(article, "Look again.", ines) for article in articles] + [(claim, "Also.", None)]
        new = tasks.open_tasks("after_change", [*rows, (claim, "Twice.", olof)], by=olof, due_on=DAY)
        assert {task.target for task in new} == {*articles, claim}
        assert Task.objects.get(claim=claim).why == "Also.\nTwice."
        assert all(versions(task) == [("+", olof)] for task in new)
        assert tasks.open_tasks("after_change", rows, by=olof, due_on=DAY) == []
        assert Task.history.count() == 4
        [notice] = Notice.objects.filter(user=ines)
        assert notice.words == "3 tasks are yours: look again: a verdict changed."

    def test_a_further_reason_is_a_version_of_the_open_task(self, ines):
        claim = make_claim()
        task = tasks.open_task("after_change", about=claim, why="It was true.")
        assert tasks.open_tasks("after_change", [(claim, "It is false.", ines)]) == []
        stale, task = task, Task.objects.get()
        assert (task.why, task.assignee, task.version) == ("It was true.\nIt is false.", ines, 2)
        assert versions(task) == [("+", None), ("~", None)]
        with pytest.raises(StaleVersion):
            tasks.complete(stale, by=ines)

    def test_the_cost_does_not_grow_with_the_rows(self):
        def cost(number):
            articles = [make_article() for _ in range(number)]
            with CaptureQueriesContext(connection) as queries:
                assert len(tasks.open_tasks("after_change", [(one, "Look.", None) for one in articles])) == number
            return len(queries)

        assert cost(3) == cost(60)


class TestGivingOut:
    def test_who_gets_it_is_told_once_and_who_takes_it_is_not(self, ines, olof):
        task = make_task()
        tasks.assign(task, by=olof, to=ines, due_on=DAY, priority=Priority.URGENT)
        tasks.assign(task, by=olof, to=ines)
        assert (task.assignee, task.due_on, task.priority) == (ines, DAY, Priority.URGENT)
        assert [notice.task for notice in Notice.objects.filter(user=ines)] == [task]
        tasks.assign(task, by=ines, to=None)
        tasks.take(task, by=olof)
        assert not Notice.objects.filter(user=olof).exists()
        tasks.assign(task, by=olof, to=ines)
        assert Notice.objects.filter(user=ines).count() == 2

    def test_nobody_takes_it_from_a_colleague_unless_the_account_is_closed(self, ines, olof):
        task = make_task(assignee=ines)
        with pytest.raises(Refused, match="ines has this"):
            tasks.take(task, by=olof)
        ines.is_active = False
        ines.save()
        tasks.take(Task.objects.get(), by=olof)
        assert Task.objects.get().assignee == olof

    @pytest.mark.parametrize("group", [None, "reader-of-drafts"])
    def test_it_is_given_to_people_of_the_desk(self, olof, group):
        with pytest.raises(Refused, match="does not work at the desk"):
            tasks.assign(make_task(), by=olof, to=make_user(group=group))

    def test_a_review_is_given_to_who_may_decide_and_did_not_write(self, ines, olof):
        check = make_draft_check(by=olof)
        with pytest.raises(Refused, match="may not review"):
            tasks.open_task("review", about=check, assignee=ines)
        with pytest.raises(Refused, match="their own check"):
            tasks.open_task("review", about=check, assignee=olof)
        assert not Task.objects.exists()

    def test_the_slower_of_two_is_told(self, ines, olof):
        task = make_task()
        same = Task.objects.get()
        tasks.take(task, by=ines)
        with pytest.raises(StaleVersion):
            tasks.take(same, by=olof)
        assert Task.objects.get().assignee == ines

    def test_a_button_on_a_thing_means_the_task_there_is_and_opens_the_usual_one_without(self, ines, olof):
        article, claim = make_article(), make_claim()
        waiting = make_task(article=article, kind="after_change")
        assert tasks.take_up(article, by=ines) == waiting
        assert tasks.give_out(article, by=olof, to=olof, why="Yours after all.") == waiting
        assert (tasks.take_up(claim, by=ines).kind, Task.objects.count()) == ("check", 2)
        make_task(claim=claim, kind="other", priority=Priority.URGENT)
        assert tasks.give_out(claim, by=olof, to=None).kind == "check"


class TestClosing:
    def test_it_is_closed_once_by_somebody_with_an_outcome(self, ines):
        task = tasks.complete(make_task(), by=ines, outcome=" All well. ")
        assert (task.state, task.done_by, task.outcome) == ("done", ines, "All well.")
        for act in (tasks.complete, tasks.take):
            with pytest.raises(Refused, match="closed"):
                act(task, by=ines)

    def test_dropping_needs_a_reason(self, ines):
        task = make_task()
        with pytest.raises(Refused, match="Say why"):
            tasks.drop(task, by=ines, reason=" ")
        assert tasks.drop(task, by=ines, reason="The article is gone.").state == "dropped"

    def test_an_act_that_does_the_work_closes_its_tasks(self, olof):
        claim = make_claim()
        for kind in ("check", "recheck", "other"):
            make_task(claim=claim, kind=kind)
        make_task(claim=make_claim(), kind="check")
        assert tasks.complete_about(claim, "check", "recheck", by=olof, outcome="Published.") == 2
        assert sorted(Task.objects.open().values_list("kind", flat=True)) == ["check", "other"]


def test_tasks_are_in_the_order_of_their_urgency(ines):
    today = timezone.localdate()
    late, soon, high, low = (
        make_task(due_on=today - timedelta(1)),
        make_task(due_on=today, priority=Priority.LOW, assignee=ines),
        make_task(priority=Priority.HIGH),
        make_task(priority=Priority.LOW),
    )
    done = make_task(due_on=today - timedelta(9), state="done", done_at=timezone.now())
    assert list(Task.objects.open()) == [late, soon, high, low]
    assert list(Task.objects.overdue()) == [late]
    assert list(Task.objects.mine(ines)) == [soon]
    assert list(Task.objects.unassigned()) == [late, high, low]
    assert done.is_overdue(today) is False
    ines.is_active = False
    ines.save()
    assert soon in Task.objects.unassigned()
