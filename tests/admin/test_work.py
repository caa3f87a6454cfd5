"""Work at the desk: taken, given out and closed by buttons and over lists; followed and told; each person's own."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kb.models import Citation, Claim, Digest, Follow, Notice, Task
from kb.services import notices, tasks
from tests.factories import (
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_draft_check,
    make_source,
    make_tag,
    make_task,
    make_user,
)

from .pages import chosen, list_of, messages_of, page_of, sure

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]


def press(client, row, act, **sent):
    """Press the button of an act that asks something, and answer."""
    answered = {"action": act, **chosen(row), "post": "yes", "from_page": "yes", **sent}
    return client.post(list_of(type(row)), answered, follow=True)


def over(client, model, act, rows, **sent):
    ticked = {"action": act, **chosen(*rows), "index": "0", **sent}
    return client.post(list_of(model), ticked, follow=True)


class TestTasks:
    def test_a_claim_is_taken_and_given_on_from_its_page(self, analyst):
        claim, colleague = make_claim(), make_user("olof", group="analyst")
        press(analyst, claim, "take")
        task = Task.objects.get()
        assert (task.claim, task.kind, task.assignee, task.opened_by) == (claim, "check", analyst.user, analyst.user)
        press(analyst, claim, "give_out", to=colleague.pk, due_on="2027-01-02", priority="4", why="Soon.")
        task.refresh_from_db()
        assert (task.assignee, str(task.due_on), task.priority, task.why) == (colleague, "2027-01-02", 4, "Soon.")
        page = analyst.get(page_of(claim)).content.decode()
        assert f'href="{page_of(task)}"' in page and "olof" in page and "2027-01-02" in page

    def test_many_are_taken_over_their_list(self, analyst):
        citations = [make_citation() for _ in range(3)]
        over(analyst, Citation, "take", citations)
        assert {task.citation for task in Task.objects.mine(analyst.user)} == set(citations)
        response = over(analyst, Citation, "take", citations)
        assert Task.objects.count() == 3 and response.status_code == 200

    def test_what_a_colleague_has_is_refused_by_name(self, analyst):
        task = make_task(assignee=make_user("olof", group="analyst"))
        assert "olof has this" in messages_of(over(analyst, Task, "take", [task]))
        assert Task.objects.get().assignee.username == "olof"

    def test_a_task_is_done_with_an_outcome_and_dropped_with_a_reason(self, analyst):
        done, dropped = make_task(), make_task()
        press(analyst, done, "complete", outcome="All well.")
        press(analyst, dropped, "drop", reason="  ")
        assert Task.objects.get(pk=dropped.pk).is_open
        press(analyst, dropped, "drop", reason="Twice.")
        assert [task.outcome for task in Task.objects.order_by("pk")] == ["All well.", "Twice."]
        assert "All well." in analyst.get(page_of(done)).content.decode()

    def test_somebody_who_looked_at_an_older_state_is_told(self, analyst):
        task = make_task()
        tasks.take(task, by=make_user("olof", group="analyst"))
        response = analyst.post(page_of(task), {"_act": "take", "version": "1"}, follow=True)
        assert "was changed since you opened it" in messages_of(response)

    def test_nonsense_is_said_beside_the_field_and_changes_nothing(self, analyst):
        task = make_task()
        page = press(analyst, task, "give_out", to="99999", due_on="2026-02-31", priority="9").content.decode()
        assert page.count('class="errorlist"') == 3
        assert Task.objects.get().version == 1

    def test_it_is_given_to_who_works_at_the_desk_and_to_nobody_else(self, analyst):
        make_user("reader", group="reader-of-drafts")
        make_user("closed", group="editor", is_active=False)
        page = press(analyst, make_task(), "give_out", due_on="x").content.decode()
        assert ">reader</option>" not in page and ">closed</option>" not in page
        assert f">{analyst.user.username}</option>" in page

    def test_the_list_shows_open_ones_until_asked_for_others(self, analyst):
        open_one = make_task()
        done = make_task(state="done", done_at=timezone.now())
        late = make_task(assignee=analyst.user, due_on=timezone.localdate() - timedelta(days=1))

        def shown(**filters):
            return list(analyst.get(list_of(Task), filters).context["cl"].result_list)

        assert shown() == [late, open_one]
        assert shown(state="done") == [done]
        assert len(shown(state="all")) == 3
        assert shown(waiting="mine") == shown(waiting="overdue") == [late]
        assert shown(waiting="unassigned") == [open_one]
        assert shown(state="nonsense", waiting="nonsense") == [late, open_one]

    def test_a_task_goes_with_its_thing(self, analyst):
        claim = make_task(claim=make_claim()).claim
        assert analyst.post(page_of(claim, "delete"), sure(claim)).status_code == 302
        assert not Claim.objects.exists() and not Task.objects.exists()


class TestFirstPage:
    def test_marks_that_lost_their_words_are_counted(self, analyst):
        article = make_article(revision=2)
        for row in (make_citation(article), make_appearance(article)):
            type(row).objects.filter(pk=row.pk).update(revision=1)
        make_citation(article, state="rejected")
        Citation.objects.filter(state="rejected").update(revision=1)
        waiting = {one.label: one.count for one in analyst.get(reverse("admin:index")).context["waiting"]}
        assert waiting["Citations that lost their words"] == waiting["Appearances that lost their words"] == 1
        assert waiting["Notes that lost their words"] == 0

    def test_the_header_counts_my_tasks_and_my_unread_notices_in_one_query(self, analyst):
        def cost():
            with CaptureQueriesContext(connection) as queries:
                page = analyst.get(list_of(Follow)).content.decode()
            return len(queries), page

        few, page = cost()
        assert "My tasks (0)" in page and "Notices (0)" in page
        for number in range(3):
            make_task(assignee=analyst.user)
            notices.tell(f"x:{number}", about=[make_claim()], words="x", people=[analyst.user])
        more, page = cost()
        assert "My tasks (3)" in page and "Notices (3)" in page
        assert more == few

    def test_more_than_many_is_not_counted_to_its_end(self, analyst, monkeypatch):
        monkeypatch.setattr("kb.admin.desk.MANY", 2)
        for _ in range(4):
            make_task(assignee=analyst.user)
        response = analyst.get(reverse("admin:index"))
        assert {one.count for one in response.context["waiting"] if one.label == "My tasks"} == {3}
        assert "2+" in response.content.decode()

    def test_an_empty_desk_says_what_to_do_next(self, analyst):
        page = analyst.get(reverse("admin:index")).content.decode()
        for words in ("Nothing waits for you.", "Everything is decided.", "There is no claim yet", "Nothing is open."):
            assert words in page


class TestFollowing:
    @pytest.mark.parametrize("make", [make_claim, make_article, make_source, make_tag])
    def test_a_thing_is_followed_from_its_page_with_a_private_note(self, sign_in, make):
        client, row = sign_in("administrator"), make()
        add = f"{reverse('admin:kb_follow_add')}?{row._meta.model_name}={row.pk}"
        assert f'href="{add}"' in client.get(page_of(row)).content.decode()
        client.post(add, {"why": "Zz secret."})
        follow = Follow.objects.get()
        assert (follow.user, follow.target, follow.why) == (client.user, row, "Zz secret.")
        assert "Zz secret." in client.get(page_of(row)).content.decode()
        assert client.get(add).url == page_of(follow)
        client.post(page_of(follow), {"why": "Another.", "version": sure(follow)["version"]})
        assert Follow.objects.get().why == "Another."
        client.post(page_of(follow, "delete"), sure(follow))
        assert not Follow.objects.exists()

    def test_nobody_else_sees_it_anywhere_nor_can_touch_it(self, client):
        client.force_login(make_user(group="administrator", is_superuser=True))
        claim = make_claim()
        owner = make_user("ines", group="analyst")
        follow = notices.follow(claim, by=owner, why="Zz secret.")
        notices.tell("x:1", about=[claim], words="Zz told.")
        for address in (page_of(claim), list_of(Follow), list_of(Notice), page_of(claim, "delete"), page_of(owner)):
            assert "Zz " not in client.get(address).content.decode(), address
        notice = Notice.objects.get()
        for address in (
            *(page_of(row, view) for row in (follow, notice) for view in ("change", "delete", "history")),
            reverse("admin:kb_notice_open", args=[notice.pk]),
        ):
            assert client.get(address).status_code == 404, address
        over(client, Follow, "delete_selected", [follow], post="yes")
        over(client, Notice, "mark_read", [notice])
        assert Follow.objects.exists() and not Notice.objects.get().is_read

    def test_who_follows_it_does_not_keep_a_thing_from_being_deleted_and_is_not_told(self, analyst):
        claim = make_claim()
        notices.follow(claim, by=make_user("ines", group="analyst"), why="Zz secret.")
        notices.tell("x:1", about=[claim], words="Zz told.")
        page = analyst.get(page_of(claim, "delete")).content.decode()
        assert "Zz " not in page and "things I follow" not in page and "notice" not in page.lower().split("<main")[-1]
        analyst.post(page_of(claim, "delete"), sure(claim))
        assert not Claim.objects.exists() and not Follow.objects.exists()

    @pytest.mark.parametrize("asked", ["", "?claim=999", "?claim=x", "?user=1", "?fact_check=1"])
    def test_only_what_exists_is_followed(self, analyst, asked):
        make_draft_check()
        for method in (analyst.get, analyst.post):
            assert method(reverse("admin:kb_follow_add") + asked).status_code == 403
        assert not Follow.objects.exists()

    def test_a_reader_of_drafts_follows_what_they_may_see(self, sign_in):
        client = sign_in("reader-of-drafts")
        add = reverse("admin:kb_follow_add")
        assert client.post(f"{add}?claim={make_claim().pk}", {"why": ""}).status_code == 403
        assert client.post(f"{add}?article={make_article().pk}", {"why": ""}).status_code == 302
        assert Follow.objects.get().user == client.user


class TestNotices:
    def test_opening_one_leads_to_its_thing_and_reads_it(self, analyst):
        claim = make_claim()
        notices.tell("x:1", about=[claim], words="Published.", people=[analyst.user])
        notice = Notice.objects.get()
        assert analyst.get(reverse("admin:kb_notice_open", args=[notice.pk])).url == page_of(claim)
        notice.refresh_from_db()
        assert notice.is_read
        assert list(analyst.get(list_of(Notice), {"read": "no"}).context["cl"].result_list) == []

    def test_all_are_read_at_once_and_only_mine(self, analyst):
        other = make_user(group="analyst")
        for event in "ab":
            notices.tell(event, about=[make_claim()], words="Published.", people=[analyst.user, other])
        assert "2 notices are read" in messages_of(analyst.post(reverse("admin:kb_notice_read_all"), follow=True))
        assert Notice.objects.unread().count() == 2

    def test_the_daily_mail_is_asked_for_and_ended(self, analyst):
        address = reverse("admin:kb_notice_digest")
        response = analyst.post(address, {"wanted": "yes"}, follow=True)
        assert "no mail address" in messages_of(response) and "Stop the daily mail" in response.content.decode()
        assert Digest.objects.get().user == analyst.user
        analyst.post(address, {"wanted": "no"})
        assert not Digest.objects.exists()
