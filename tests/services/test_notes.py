"""Notes: written, answered, resolved, opened to others, labelled and given out; each act by who may."""

import pytest
from django.core.exceptions import PermissionDenied

from kb.models import Access, Annotation, Motivation, Notice, StaleVersion
from kb.services import notes, restoring, tasks
from kb.services.refusal import Refused
from tests.factories import make_article, make_citation, make_claim, make_note, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines():
    return make_user("ines", group="analyst")


@pytest.fixture
def olof():
    return make_user("olof", group="editor")


def told() -> list[tuple[str, str]]:
    return [(notice.user.username, notice.event.partition(":")[0]) for notice in Notice.objects.order_by("pk")]


class TestWriting:
    def test_a_note_marks_words_of_its_article_with_their_context(self, ines):
        article = make_article()
        start = article.text.index("two more convoys")
        note = notes.write(article, by=ines, start=start, end=start + 16, body="Which?", labels=["ask", "Ask", " "])
        note.refresh_from_db()
        assert (note.exact, note.suffix[:4], note.revision) == ("two more convoys", " are", article.revision)
        assert note.author == ines and note.access == Access.TEAM and note.label_list == ["ask"]

    @pytest.mark.parametrize("about", [make_claim, make_citation])
    def test_a_note_is_on_anything_and_marks_words_of_articles_alone(self, ines, about):
        thing = about()
        assert notes.write(thing, by=ines, body="Ask.").target == thing
        with pytest.raises(Refused, match="Only words of an article"):
            notes.write(thing, by=ines, body="Ask.", start=0, end=3)

    @pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-1, 4), (0, 100_000), (3, None), (None, 3)])
    def test_words_that_the_text_has_not_are_refused(self, ines, start, end):
        with pytest.raises(Refused, match="no such words"):
            notes.write(make_article(), by=ines, body="Ask.", start=start, end=end)

    @pytest.mark.parametrize(
        "content",
        [
            {"body": ""},
            {"body": "x", "motivation": "shouting"},
            {"body": "x", "access": "family"},
            {"links": ["javascript:alert(1)"]},
            {"links": ["ftp://example.org"]},
            {"body": "x", "labels": ["y" * 1001]},
            {"body": "x", "language": "e" * 36},
        ],
    )
    def test_nonsense_is_refused_in_words(self, ines, content):
        with pytest.raises(Refused) as refused:
            notes.write(make_claim(), by=ines, **content)
        assert str(refused.value) and not Annotation.objects.exists()

    def test_a_label_or_a_link_alone_says_something(self, ines):
        notes.write(make_claim(), by=ines, labels=["rounding"])
        notes.write(make_claim(), by=ines, links=["https://example.org/table"])
        assert [str(note) for note in Annotation.objects.order_by("pk")] == ["rounding", "https://example.org/table"]

    def test_a_reader_of_drafts_writes_none(self):
        with pytest.raises(PermissionDenied):
            notes.write(make_claim(), by=make_user(group="reader-of-drafts"), body="Hm.")


class TestThreads:
    def test_a_reply_is_about_the_same_thing_and_open_to_the_same_people(self, ines, olof):
        asked = notes.write(make_claim(), by=ines, body="True?", access=Access.PUBLIC)
        answer = notes.reply(asked, by=olof, body="Yes.")
        again = notes.reply(answer, by=ines, body="Thanks.", access=Access.TEAM)
        assert (answer.target, answer.access, answer.motivation) == (asked.target, Access.PUBLIC, Motivation.REPLYING)
        assert again.root == asked and again.access == Access.TEAM

    def test_a_reply_reaches_no_further_than_what_it_answers(self, ines):
        asked = notes.write(make_claim(), by=ines, body="True?", access=Access.PRIVATE)
        for access in (Access.TEAM, Access.PUBLIC):
            with pytest.raises(Refused, match="open that one first"):
                notes.reply(asked, by=ines, body="Yes.", access=access)
        answer = notes.reply(asked, by=ines, body="Yes.")
        with pytest.raises(Refused, match="open that one first"):
            notes.change_access([answer], Access.TEAM, by=ines)
        assert notes.change_access([answer, asked], Access.TEAM, by=ines) == 2

    def test_nobody_answers_a_note_that_they_may_not_read(self, ines, olof):
        asked = make_note(author=ines, access=Access.PRIVATE)
        with pytest.raises(Annotation.DoesNotExist):
            notes.reply(asked, by=olof, body="Aha.")

    def test_a_thread_is_no_circle_and_stays_with_its_thing(self, ines):
        first = notes.write(make_claim(), by=ines, body="One.")
        second = notes.reply(first, by=ines, body="Two.")
        first.reply_to = second
        with pytest.raises(Refused, match="does not answer itself"):
            notes.save_note(first, by=ines)
        second.claim = make_claim()
        with pytest.raises(Refused, match="about what the note above"):
            notes.save_note(second, by=ines)

    def test_a_circle_that_came_past_the_services_ends(self, ines):
        first = make_note(author=ines)
        Annotation.objects.filter(pk=first.pk).update(reply_to=first)
        first.refresh_from_db()
        assert first.root == first

    def test_who_is_mentioned_and_who_is_answered_hears_of_it_once(self, ines, olof):
        asked = notes.write(make_claim(), by=ines, body="What do you say, @olof? And @nobody, @olof.")
        notes.save_note(asked, by=ines)
        notes.reply(asked, by=olof, body="Ask by mail: ines@ines.example")
        assert told() == [("olof", "mentioned"), ("ines", "answered")]
        assert all("say" not in notice.words for notice in Notice.objects.all())

    def test_nobody_hears_of_a_private_note(self, ines, olof):
        note = notes.write(make_claim(), by=ines, body="@olof is wrong.", access=Access.PRIVATE)
        assert told() == []
        note.access = Access.TEAM
        notes.save_note(note, by=ines)
        assert told() == [("olof", "mentioned")]


class TestResolving:
    def test_who_and_when_are_kept_with_every_turn(self, ines, olof):
        note = make_note(author=ines)
        notes.resolve(note, by=olof)
        assert note.resolved_by == olof and note.resolved_at
        with pytest.raises(Refused, match="resolved already"):
            notes.resolve(note, by=ines)
        notes.reopen(note, by=ines)
        with pytest.raises(Refused, match="It is open"):
            notes.reopen(note, by=ines)
        assert [(version.history_user, bool(version.resolved_at)) for version in note.history.all()[:2]] == [
            (ines, False),
            (olof, True),
        ]


class TestAccess:
    def test_many_of_ones_own_are_opened_at_once_and_counted(self, ines, django_assert_max_num_queries):
        mine = [make_note(author=ines, access=Access.PRIVATE) for _ in range(12)]
        with django_assert_max_num_queries(9):
            assert notes.change_access(mine, Access.TEAM, by=ines) == 12
        assert notes.change_access(Annotation.objects.all(), Access.TEAM, by=ines) == 0
        assert {version.history_user for version in Annotation.history.filter(access="team")} == {ines}

    def test_somebody_elses_are_not_and_then_none_is(self, ines, olof):
        rows = [make_note(author=ines, access=Access.PRIVATE), make_note(author=olof)]
        with pytest.raises(PermissionDenied):
            notes.change_access(rows, Access.PUBLIC, by=ines)
        assert not Annotation.objects.filter(access=Access.PUBLIC).exists()

    def test_a_note_that_somebody_changed_meanwhile_is_not_overwritten(self, ines):
        note = make_note(author=ines)
        old = Annotation.objects.get(pk=note.pk)
        notes.resolve(note, by=ines)
        with pytest.raises(StaleVersion):
            notes.change_access([old], Access.PUBLIC, by=ines)

    def test_work_is_given_out_about_a_note_that_the_team_reads_and_then_it_stays_so(self, ines, olof):
        note = notes.write(make_claim(), by=ines, body="Count again.", access=Access.PRIVATE)
        with pytest.raises(Refused, match="open it to the team first"):
            tasks.give_out(note, by=ines, to=olof)
        notes.change_access([note], Access.TEAM, by=ines)
        task = tasks.give_out(note, by=ines, to=olof)
        assert task.annotation == note and "Count again." in str(task)
        with pytest.raises(Refused, match="given out as work"):
            notes.change_access([note], Access.PRIVATE, by=ines)
        note.refresh_from_db()
        note.access = Access.PRIVATE
        with pytest.raises(Refused, match="given out as work"):
            notes.save_note(note, by=ines)


class TestLabels:
    def test_labels_are_put_on_and_taken_off_many(self, ines, olof, django_assert_max_num_queries):
        rows = [make_note(author=olof, labels="Port\nask") for _ in range(12)]
        with django_assert_max_num_queries(8):
            assert notes.label(rows, by=ines, add=["grain", "PORT"], remove=["Ask"]) == 12
        assert Annotation.objects.first().label_list == ["Port", "grain"]
        assert notes.label(rows, by=ines, add=["port"]) == 0

    def test_a_label_is_found_as_a_whole_word(self):
        for labels in ("port", "airport\nPort", "a\nport\nb", "airport", "ports", "port of call"):
            make_note(labels=labels)
        assert [note.labels for note in Annotation.objects.labelled("port").order_by("pk")] == [
            "port",
            "airport\nPort",
            "a\nport\nb",
        ]


class TestDeleting:
    def test_a_note_goes_with_its_replies_and_comes_back_with_them(self, ines):
        note = notes.write(make_claim(), by=ines, body="One.", labels=["a"])
        notes.reply(note, by=ines, body="Two.")
        uid = note.uid
        notes.delete(note, by=ines)
        assert not Annotation.objects.exists()
        for version in Annotation.history.filter(history_type="-").order_by("id"):
            restoring.restore(version, by=ines, seen=restoring.newest_of(Annotation, version.id))
        assert [note.body for note in Annotation.objects.order_by("pk")] == ["One.", "Two."]
        assert Annotation.objects.get(uid=uid).replies.get().body == "Two."

    def test_somebody_elses_words_go_with_nobodys(self, ines, olof):
        note = notes.write(make_claim(), by=ines, body="One.")
        notes.reply(note, by=olof, body="Two.")
        for person in (ines, olof):
            with pytest.raises(PermissionDenied):
                notes.delete(note, by=person)
        assert Annotation.objects.count() == 2
