"""Notes over the whole corpus: facets that count what one may read, acts over many, and what is listed taken along."""

import csv
import json
import re
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kb.models import Access, Annotation, Task
from kb.services import notes
from tests.factories import make_article, make_citation, make_claim, make_note, make_user, words

from .pages import chosen, list_of, messages_of, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]


def count_of(client, facet: str, value: str) -> int | None:
    """What stands in parentheses behind a value of a facet."""
    page = client.get(list_of(Annotation)).content.decode()
    found = re.search(rf'<a href="\?[^"]*{re.escape(facet)}={re.escape(value)}">\s*[^<]*\((\d+)\)</a>', page)
    return int(found[1]) if found else None


def over(client, act, rows, **sent):
    return client.post(list_of(Annotation), {"action": act, **chosen(*rows), "index": "0", **sent}, follow=True)


def bodies(client, query: str) -> set[str]:
    return {note.body for note in client.get(f"{list_of(Annotation)}?{query}").context["cl"].result_list}


@pytest.fixture
def corpus(analyst):
    """Six notes on all there is, two of them private, one of those somebody else's."""
    other, article = make_user("olof", group="analyst"), make_article(title="Grain leaves")
    make_note(
        article=article, author=analyst.user, body="words", labels="port\ngrain", **words(article, "two more convoys")
    )
    make_note(article=article, author=other, body="whole", access="public", motivation="questioning")
    notes.resolve(make_note(claim=make_claim(), author=other, body="claim", labels="Port"), by=other)
    make_note(citation=make_citation(), author=other, body="citation")
    make_note(article=article, author=analyst.user, body="mine", access="private", labels="port")
    make_note(
        article=article, author=other, body="hidden", access="private", labels="port\nsecret", motivation="editing"
    )


class TestFacets:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", {"words", "whole", "claim", "citation", "mine"}),
            ("state=open", {"words", "whole", "citation", "mine"}),
            ("state=resolved", {"claim"}),
            ("access__exact=private", {"mine"}),
            ("motivation__exact=questioning", {"whole"}),
            ("motivation__exact=editing", set()),
            ("label=port", {"words", "claim", "mine"}),
            ("label=secret", set()),
            ("about=words", {"words"}),
            ("about=article", {"whole", "mine"}),
            ("about=claim", {"claim"}),
            ("about=citation", {"citation"}),
            ("on=grain+leaves", {"words", "whole", "mine"}),
            ("q=grain", {"words", "whole", "mine"}),
            ("q=citation", {"citation"}),
            ("label=port&state=open&about=words", {"words"}),
            ("label=nothing&state=x&about=y", set()),
        ],
    )
    def test_a_facet_narrows_the_list_to_what_one_may_read(self, analyst, corpus, query, found):
        assert bodies(analyst, query) == found

    @pytest.mark.parametrize(
        ("facet", "value", "count"),
        [
            ("state", "open", 4),
            ("state", "resolved", 1),
            ("access__exact", "private", 1),
            ("motivation__exact", "editing", 0),
            ("label", "port", 3),
            ("label", "grain", 1),
            ("label", "secret", None),
            ("about", "article", 2),
        ],
    )
    def test_counts_begin_with_what_one_may_read(self, analyst, corpus, facet, value, count):
        assert count_of(analyst, facet, value) == count

    def test_an_author_of_private_notes_alone_is_nowhere(self, analyst, corpus):
        make_note(author=make_user("zzquiet", group="analyst"), access="private")
        assert "zzquiet" not in analyst.get(list_of(Annotation)).content.decode()

    def test_the_number_of_queries_does_not_grow(self, analyst):
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                assert analyst.get(list_of(Annotation)).status_code == 200
            return len(captured)

        def add(count):
            for number in range(count):
                note = make_note(article=make_article(), labels=f"label {number}", author=make_user())
                notes.reply(note, by=analyst.user, body="Yes.")
                make_note(citation=make_citation())

        add(2)
        analyst.get(list_of(Annotation))
        few = queries()
        add(6)
        assert queries() == few


class TestActs:
    def test_many_are_opened_to_others_and_those_of_colleagues_are_told(self, analyst, editor):
        mine = [make_note(author=analyst.user, access="private") for _ in range(3)]
        theirs = make_note(author=editor.user)
        asked = over(analyst, "change_access", [*mine, theirs])
        assert "Who reads it" in asked.content.decode()
        response = over(analyst, "change_access", [*mine, theirs], post="yes", access="public")
        assert "Changed who reads it: 3" in messages_of(response) and "is its author" in messages_of(response)
        assert Annotation.objects.filter(access="public").count() == 3
        theirs.refresh_from_db()
        assert theirs.access == Access.TEAM

    def test_a_thread_of_ones_own_is_opened_as_a_whole(self, analyst, editor):
        first = make_note(author=analyst.user, access="private")
        second = notes.reply(first, by=analyst.user, body="And?")
        over(analyst, "change_access", [second, first, make_note(author=editor.user)], post="yes", access="team")
        assert set(Annotation.objects.values_list("access", flat=True)) == {"team"}

    def test_nonsense_is_said_beside_the_field(self, analyst):
        note = make_note(author=analyst.user)
        response = over(analyst, "change_access", [note], post="yes", access="family")
        assert "family is not one of the available choices" in response.content.decode()

    def test_many_are_labelled_and_unlabelled(self, analyst, editor):
        rows = [make_note(author=editor.user, labels="old") for _ in range(3)]
        response = over(analyst, "label", rows, post="yes", add="port, grain trade", remove="OLD")
        assert "Labelled: 3" in messages_of(response)
        assert {note.labels for note in Annotation.objects.all()} == {"port\ngrain trade"}

    def test_many_are_resolved_and_opened_again(self, analyst, editor):
        rows = [make_note(author=editor.user) for _ in range(3)]
        assert "Resolved: 3" in messages_of(over(analyst, "resolve", rows))
        assert Annotation.objects.filter(resolved_by=analyst.user).count() == 3
        assert "Open again: 3" in messages_of(over(analyst, "open_again", rows))

    def test_a_note_is_given_out_and_listed_as_given(self, analyst, editor):
        note = make_note(author=editor.user, body="Count again.")
        over(analyst, "take", [note])
        assert Task.objects.get().annotation == note
        assert bodies(analyst, "waiting=given") == {"Count again."} and bodies(editor, "waiting=given") == set()
        assert "Count again." in analyst.get(page_of(Task.objects.get())).content.decode()

    def test_one_answers_on_the_page_of_a_note_and_sees_the_thread(self, analyst, editor):
        note = make_note(author=editor.user, body="Which convoys?")
        sent = {"action": "reply", **chosen(note), "post": "yes", "from_page": "yes", "body": "The grey ones."}
        analyst.post(list_of(Annotation), sent)
        reply = Annotation.objects.get(reply_to=note)
        assert (reply.author, reply.article) == (analyst.user, note.article)
        assert "The grey ones." in editor.get(page_of(note)).content.decode()
        assert "Which convoys?" in editor.get(page_of(reply)).content.decode()

    def test_a_private_reply_is_no_part_of_the_thread_for_others(self, analyst, editor):
        note = make_note(author=editor.user)
        notes.reply(note, by=analyst.user, body="zz mine", access="private")
        assert "zz mine" in analyst.get(page_of(note)).content.decode()
        assert "zz mine" not in editor.get(page_of(note)).content.decode()


class TestTakingAlong:
    def take(self, client, query: str, form: str):
        response = client.get(f"{list_of(Annotation, 'export')}?{query}&form={form}")
        assert response.status_code == 200
        return b"".join(response) if response.streaming else response.content

    def test_what_is_listed_leaves_as_annotations(self, analyst, corpus):
        found = json.loads(self.take(analyst, "label=port", "jsonld"))
        assert found["total"] == 3 and found["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
        said = [next(body["value"] for body in item["body"]) for item in found["first"]["items"]]
        assert said == ["words", "claim", "mine"]
        assert b"hidden" not in self.take(analyst, "", "jsonld")

    def test_what_is_listed_leaves_as_a_table_in_which_nothing_is_a_formula(self, analyst, corpus):
        make_note(body="=HYPERLINK(1)", labels="-1", author=analyst.user)
        text = self.take(analyst, "", "csv").decode("utf-8-sig")
        rows = list(csv.DictReader(StringIO(text)))
        assert [row["note"] for row in rows] == ["words", "whole", "claim", "citation", "mine", "'=HYPERLINK(1)"]
        assert rows[-1]["labels"] == "'-1"
        assert rows[0]["words"] == "two more convoys" and rows[2]["state"] == "resolved"
        assert "hidden" not in text

    def test_the_list_leads_there_with_its_filters(self, analyst, corpus):
        page = analyst.get(f"{list_of(Annotation)}?label=port").content.decode()
        assert f'{list_of(Annotation, "export")}?label=port&amp;form=csv"' in page

    def test_nonsense_is_refused(self, analyst, corpus):
        assert analyst.get(f"{list_of(Annotation, 'export')}?form=exe").status_code == 400
        assert analyst.get(f"{list_of(Annotation, 'export')}?author__password=x").status_code in (302, 400)

    def test_more_than_a_file_holds_is_narrowed_first(self, analyst, corpus, monkeypatch):
        monkeypatch.setattr("kb.admin.annotations.MOST_EXPORTED", 2)
        response = analyst.get(f"{list_of(Annotation, 'export')}?form=csv", follow=True)
        assert "narrow the list" in messages_of(response)

    def test_an_answer_to_a_hidden_note_does_not_name_it(self, analyst):
        hidden = make_note(access="private")
        make_note(author=analyst.user, article=hidden.article, reply_to=hidden)
        for form in ("csv", "jsonld"):
            assert str(hidden.uid) not in self.take(analyst, "", form).decode()
