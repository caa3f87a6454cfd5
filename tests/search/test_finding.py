"""The one door of search: the same questions get the same answers on every database, and nobody finds what is not theirs."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kb.models import Article, Claim, FactCheck, FoundKind, Person, SearchChange, Source
from kb.search import documents, index
from kb.search.asking import read
from kb.search.finding import find, rows_found
from kb.search.narrowing import Narrowing
from kb.search.paging import UnknownPlace
from kb.services import articles, merging
from kb.text.search_words import keys
from tests.conftest import SHARED
from tests.factories import (
    decided,
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

pytestmark = pytest.mark.django_db


def titles(query="", **more) -> list[str]:
    return [str(hit.row) for hit in find(query, **more).hits]


def counts(query="", name="type", **more) -> dict[str, int]:
    found = find(query, **more)
    return {value.value: value.count for facet in found.facets if facet.name == name for value in facet.values}


def published(title: str, body: str = "Nothing else.", **changes) -> Article:
    return make_published_article(title=title, body=body, **changes)


@pytest.fixture
def port():
    """A small world about a port, all of it public."""
    grain = published("Grain leaves the port", "Ships carried wheat. (#Reuters, June 12) Nobody counted the sacks.")
    make_citation(grain)
    grain.tags.add(make_tag("Harvest", description="what fields bring"))
    published("Nothing new", "A clerk mentions grain once, in passing.", language="fr")
    check = make_published_check(make_claim(text="Exports of barley doubled in May."))
    make_appearance(grain, check.claim, exact="Ships carried wheat")
    return grain


class TestWords:
    def test_all_words_have_to_stand_there_and_the_title_weighs_more(self, port):
        assert titles("grain") == ["Grain leaves the port", "Nothing new"]
        assert titles("grain clerk") == ["Nothing new"]

    def test_case_accents_plurals_and_keyboards_make_no_difference(self):
        published("Élections à Zürich", "القرارات الكبيرة")
        for query in ("elections", "ELECTION", "zurich", "قرارات", "كبيره", "ZÜRICH"):
            assert titles(query) == ["Élections à Zürich"], query

    def test_a_phrase_stands_in_one_piece(self, port):
        assert titles('"carried wheat"') == ["Grain leaves the port"]
        assert titles('"wheat carried"') == []

    def test_a_hashtag_is_found_by_its_words_and_as_one(self):
        published("A summit", "Much was said about #ClimateChange.")
        for query in ("climate", "climatechange", "#ClimateChange", "ClimateChange", '"climate change"'):
            assert titles(query) == ["A summit"], query

    def test_scripts_without_blanks_are_found_by_their_letters(self):
        published("天気", "東京都の天気は晴れです")
        assert titles("天気は") == titles("東京") == ["天気"]
        assert titles("京東") == []

    def test_the_beginning_of_a_word_is_enough_with_a_star(self, port):
        assert titles("whe*") == ["Grain leaves the port"]
        assert titles("whe") == []
        published("Studies of rye")
        assert titles("studies*") == titles("stud*") == ["Studies of rye"]

    def test_what_is_excluded_stands_nowhere_in_what_is_found(self, port):
        assert titles("grain -clerk") == ["Grain leaves the port"]
        assert titles('grain -"leaves the port"') == ["Nothing new"]
        assert "Grain leaves the port" not in titles("-wheat") != []

    def test_what_is_highlighted_is_what_was_found(self, port):
        [hit] = find("wheat").hits
        assert [piece.text for piece in hit.snippet if piece.is_hit] == ["wheat"]
        assert "".join(piece.text for piece in hit.snippet).startswith("Ships carried wheat. (#Reuters")


class TestFields:
    def test_source_topic_status_rating_type_and_days(self, port):
        assert set(titles("source:reuters")) == {"Reuters", "Grain leaves the port"}
        assert "Grain leaves the port" in titles("topic:harvest")
        assert set(titles("status:checked type:claim")) == {"Exports of barley doubled in May."}
        label = FactCheck.objects.get().rating.label
        assert set(titles(f'rating:"{label}" type:claim')) == {"Exports of barley doubled in May."}
        today = timezone.localdate().isoformat()
        assert "Grain leaves the port" in titles(f"after:{today} before:{today}")
        assert titles("grain before:2001") == [] == titles("grain after:2999-05")
        assert titles("grain language:fr") == ["Nothing new"]

    def test_what_has_no_day_is_met_by_no_range_of_days(self, port):
        assert "Reuters" in titles("reuters")
        assert "Reuters" not in titles("reuters after:1990")

    @pytest.mark.parametrize(
        "query", ["source:nobody", "topic:nothing", "status:maybe", "rating:x", "before:yesterday", "type:poem", "after:2025-13"]
    )  # fmt: skip
    def test_an_unknown_value_is_said_and_nothing_is_looked_for(self, port, query):
        found = find(f"grain {query}")
        assert found.hits == () and len(found.problems) == 1
        assert query.partition(":")[2] in found.problems[0]

    def test_a_field_that_is_none_is_a_word(self, port):
        published("Ratio", "A scale of 3:1 and note:this.")
        assert titles("note:this") == ["Ratio"]


class TestNames:
    @pytest.mark.parametrize(
        ("typed", "name"), [("Reutres", "Reuters"), ("Ruters", "Reuters"), ("Gaurdian", "The Guardian")]
    )
    def test_a_slip_in_a_name_finds_it_and_says_so(self, typed, name):
        article = published("An article")
        make_citation(article, source=Source.objects.get(name=name))
        found = find(typed)
        assert name in [str(hit.row) for hit in found.hits]
        assert any(typed in message and name in message for message in found.messages)
        assert name in [str(hit.row) for hit in find(f"source:{typed}").hits]

    def test_topics_and_people_too(self):
        article = published("An article")
        article.tags.add(make_tag("Sanctions"))
        person = Person.objects.create(name="Hermione Quill", slug="quill")
        article.hops.create(position=1, kind="wrote", person=person, **decided("confirmed"))
        assert "Sanctions" in titles("sanktions")
        assert "Hermione Quill" in titles("Hermoine")

    def test_all_names_of_a_source_find_it(self):
        source = make_source(name="Quay Herald")
        source.names.create(kind="short", name="QH Wire")
        source.names.create(kind="domain", name="quayherald.example")
        make_citation(published("An article"), source=source)
        for query in ('"QH Wire"', "quayherald", "herald"):
            assert "Quay Herald" in titles(query), query

    def test_a_name_that_is_not_public_is_suggested_to_nobody(self):
        make_source(name="Zanzibar Gazette")
        found = find("Zanzibra")
        assert found.hits == () and not found.messages
        assert find("Zanzibra", user=make_user(group="analyst")).hits


class TestWhoFindsWhat:
    def test_drafts_are_found_at_the_desk_alone(self):
        make_article(title="Undisclosed grain")
        assert titles("undisclosed") == [] and counts("undisclosed") == {}
        assert titles("undisclosed", user=make_user(group="reader-of-drafts")) == ["Undisclosed grain"]
        assert titles("undisclosed", user=make_user()) == []

    def test_of_an_excerpt_readers_find_what_they_may_read(self):
        shown = " ".join(f"shown{n}" for n in range(60))
        body = f"{shown}. Then hiddenword stands far behind. " + "Filler follows here. " * 80
        published("An excerpt", body, display="excerpt")
        assert titles("shown3") == ["An excerpt"]
        assert titles("hiddenword") == []
        desk = find("hiddenword", user=make_user(group="analyst"))
        assert any(piece.is_hit for piece in desk.hits[0].snippet)
        assert "hidden" not in "".join(piece.text for piece in find("shown59").hits[0].snippet)

    def test_withdrawn_is_gone_at_once_with_all_it_made_public(self, port):
        make_note(article=port, access="public", body="A remark on oats.")
        assert titles("oats") != [] and titles("harvest") == ["Harvest"]
        articles.withdraw(port, by=make_user(group="editor"), reason="Wrong.")
        assert titles("wheat") == titles("oats") == titles("harvest") == titles("reuters") == []

    def test_published_is_found_at_once_and_a_scheduled_one_when_its_hour_has_come(self):
        moment = timezone.now() + timedelta(hours=5)
        article = published("A scheduled thing", published_at=moment)
        make_appearance(article, make_claim(text="Rye is cheap."), exact="Nothing else")
        assert titles("scheduled") == titles("rye") == []
        later = moment + timedelta(seconds=1)
        documents.catch_up(now=later)
        assert {hit.match.place for hit in find("scheduled").hits} == set()
        assert Article.objects.visible_to(now=later).count() == 1
        assert counts("rye", now=later) == {"claim": 1}

    def test_a_verdict_that_expires_is_expired_the_day_after(self):
        check = make_published_check(make_claim(text="Oats are dear."))
        FactCheck.objects.filter(pk=check.pk).update(expiry="day", expires_on=timezone.localdate() + timedelta(days=3))
        assert counts("oats", "status") == {"checked": 1}
        assert counts("oats", "status", now=timezone.now() + timedelta(days=5)) == {"expired": 1}
        assert titles("oats status:expired", now=timezone.now() + timedelta(days=5)) == ["Oats are dear."]

    def test_notes_are_found_by_those_who_may_read_them(self):
        article = published("An article")
        analyst, other = make_user(group="analyst"), make_user(group="analyst")
        for access in ("private", "team", "public"):
            make_note(article=article, access=access, body=f"oats {access}", author=analyst)
        assert titles("oats") == ["oats public"]
        assert set(titles("oats", user=other)) == {"oats team", "oats public"}
        assert counts("oats", user=other) == {"note": 2}

    def test_counts_and_facets_count_what_the_reader_may_see(self, port):
        hidden = make_article(title="Hidden grain", genre="opinion")
        make_citation(hidden, source=make_source(name="Unseen Post"))
        assert find("grain").total == 2
        assert counts("grain", "source") == {"reuters": 1}
        assert counts("grain", "genre") == {}

    def test_a_suggestion_makes_nothing_findable(self):
        article = published("An article")
        make_citation(article, state="suggested", source=make_source(name="Guessed Post"))
        make_appearance(article, make_claim(text="Guessed claim."), state="suggested", exact="Nothing else")
        assert titles("guessed") == []


class TestKept:
    def test_every_way_of_writing_changes_what_is_found(self, port):
        Article.objects.filter(pk=port.pk).update(title="Lentils arrive")
        assert titles("lentils") == ["Lentils arrive"] and titles('"grain leaves"') == []
        Claim.objects.bulk_create([Claim(text="Peas are green.")])
        assert titles("peas", user=make_user(group="analyst")) == ["Peas are green."]
        with connection.cursor() as cursor:
            cursor.execute("UPDATE kb_claim SET text = 'Beans are green.' WHERE text = 'Peas are green.'")
        assert titles("beans", user=make_user(group="analyst")) == ["Beans are green."]
        port.tags.clear()
        assert titles("harvest") == []

    def test_a_merge_moves_what_is_found_by_the_source(self):
        kept, given_up = make_source(name="Kept Post"), make_source(name="Lost Post")
        make_citation(published("About oats"), source=given_up)
        assert titles("source:lost type:article") == ["About oats"]
        merging.merge(kept, given_up, by=make_user(group="editor"), reason="The same.")
        assert titles('source:"Kept Post" type:article') == titles("source:lost type:article") == ["About oats"]

    def test_a_change_costs_the_search_after_it_the_same_whatever_leans_on_it(self):
        def cost(number):
            claim = make_claim()
            for _ in range(number):
                make_appearance(make_published_article(), claim)
            documents.catch_up()
            Claim.objects.filter(pk=claim.pk).update(text=f"Changed {number}")
            with CaptureQueriesContext(connection) as queries:
                documents.catch_up()
            return len(queries)

        assert cost(2) == cost(12)

    def test_what_changes_is_taken_in_by_the_commit(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            published("Grain")
        assert len(callbacks) == 1
        assert not SearchChange.objects.filter(due_at__lte=timezone.now()).exists()

    def test_a_database_whose_index_is_lost_makes_it_anew(self, port):
        documents.catch_up()
        with connection.cursor() as cursor:
            on = ' ON "kb_article"' if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER kb_search_article_update{on}")
        assert index.is_missing()
        documents.keep(verbosity=0)
        assert index.is_whole() and not index.disagreement()
        assert titles("wheat") == ["Grain leaves the port"]


class TestPages:
    def test_pages_hold_every_hit_once_and_lead_back(self):
        for number in range(25):
            published(f"Oats {number}", "oats " * (number % 5))
        first = find("oats", size=10)
        second = find("oats", size=10, place=first.later)
        third = find("oats", size=10, place=second.later)
        found = [hit.row.pk for page in (first, second, third) for hit in page.hits]
        assert len(found) == len(set(found)) == first.total == 25 and not third.later
        assert [hit.row for hit in find("oats", size=10, place=second.earlier).hits] == [hit.row for hit in first.hits]

    def test_more_than_are_ranked_are_said_and_reached(self, monkeypatch):
        monkeypatch.setattr("kb.search.matching.RANKED", 10)
        monkeypatch.setattr("kb.search.finding.RANKED", 10)
        for number in range(23):
            published(f"Oats {number}")
        found, place = [], ""
        while True:
            page = find("oats", size=4, place=place)
            assert page.total <= 10 and page.is_capped == (len(found) < 20)
            found += [hit.row.pk for hit in page.hits]
            if not (place := page.later):
                break
        assert len(found) == len(set(found)) == 23

    def test_the_newest_come_first_when_they_are_asked_for(self):
        now = timezone.now()
        for days in (3, 1, 2):
            published(f"Oats {days}", "oats " * days, published_at=now - timedelta(days=days))
        assert titles("oats", by_day=True) == ["Oats 1", "Oats 2", "Oats 3"]

    @pytest.mark.parametrize("place", ["x", "é", "W10", "WzEsMiwzLDRd" * 99, "bnVsbA", "WzEsIngiLCJ5Iiwx"])
    def test_a_page_that_nobody_offered_is_refused(self, place):
        with pytest.raises(UnknownPlace):
            find("oats", place=place)

    def test_a_search_costs_the_same_for_3_hits_and_for_30(self):
        def cost(number):
            for _ in range(number):
                article = published("Oats", language="en", genre="news")
                make_appearance(article, make_claim(text=f"Oats {Claim.objects.count()}"), exact="Nothing else")
                make_citation(article, as_printed="Nothing")
                make_note(article=article, access="public", body="Oats.")
            documents.catch_up()
            with CaptureQueriesContext(connection) as queries:
                find("oats", size=200)
            return len(queries)

        assert cost(1) == cost(9)


class TestAnyWords:
    def test_a_pasted_message_finds_the_claim_it_repeats(self):
        for text in (
            "The port of Almery handled six million tonnes of grain in 2025.",
            "The port of Almery is closed on Sundays.",
            "Grain prices doubled in a year.",
        ):
            make_published_check(make_claim(text=text))
        pasted = "Can you BELIEVE it?? six million tonnes went through #Almery's port last year, they say — in grain alone!!! 🌾"
        found = find(pasted)
        assert found.by_any
        assert str(found.hits[0].row) == "The port of Almery handled six million tonnes of grain in 2025."

    def test_where_no_text_has_all_words_the_nearest_are_shown_and_it_says_so(self, port):
        found = find("wheat caravel")
        assert found.by_any and [str(hit.row) for hit in found.hits] == ["Grain leaves the port"]


NASTY = ["", " ", "\0", "\ud800", "a\0b", '"', '"""', "-", "--", "*", "a*b*", "NOT", "AND OR NOT", "NEAR(a b)", "title:x", "^a", "a OR", "(", "')", "'; DROP TABLE kb_article; --", "%", "_", "\\", "source:", 'source:"', "source:\0", "before:9999-12-31", "after:0000", "before:0001-01-01", "a" * 100_000, '"' * 5000, "-a " * 3000, "source:a " * 500, "\u202e\u0600\u0301", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "k:article", "n:reu s:1", "*" * 999, "ا" * 5000, "1e5 0x1f -5 3.14", "a:b:c", "&|!<->:*"]  # fmt: skip


@pytest.mark.parametrize("query", NASTY, ids=range(len(NASTY)))
def test_whatever_is_typed_is_a_question(port, query):
    find(query)
    find(query, user=make_user(group="analyst"), by_day=True)


def test_the_naughty_strings_are_questions_and_are_found():
    folder = SHARED / "data" / "badinput"
    if not folder.is_dir():
        pytest.skip("the naughty strings are not beside this checkout")
    strings = [
        text
        for name in ("blns.json", "injection_payloads.json")
        for text in _strings(json.loads((folder / name).read_text()))
    ]
    assert len(strings) > 500
    kept = [text for text in dict.fromkeys(strings) if text.strip() and "\0" not in text and text.isprintable()][:300]
    for number, text in enumerate(kept[:60]):
        make_published_article(title=f"Naughty {number}", body=text)
    documents.catch_up()
    for text in strings[::5]:
        find(text)
    for number, text in enumerate(kept[:60]):
        if keys(text) and not read(text).fields and len(keys(text)) < 6 and '"' not in text and "-" not in text:
            assert f"Naughty {number}" in titles(f'"{text}"', size=100), text


def _strings(found):
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict | list):
        for one in found.values() if isinstance(found, dict) else found:
            yield from _strings(one)


def test_a_megabyte_costs_no_more_than_its_beginning(port):
    found = find("wheat " * 200_000)
    assert [str(hit.row) for hit in found.hits] == ["Grain leaves the port"]
    assert found.messages


def test_narrowing_is_by_any_value_of_a_kind_and_by_all_kinds(port):
    kinds = Narrowing(kinds=[FoundKind.ARTICLE, FoundKind.SOURCE])
    assert set(titles("reuters", narrowing=kinds)) == {"Reuters", "Grain leaves the port"}
    assert titles("reuters", narrowing=Narrowing(kinds=[FoundKind.ARTICLE], after=date(2001, 1, 1))) == [
        "Grain leaves the port"
    ]
    assert titles(narrowing=Narrowing(kinds=[FoundKind.ARTICLE], uncited=True)) == ["Nothing new"]
    make_draft_check(make_claim(text="Barley is dear."))
    assert set(titles("barley", narrowing=Narrowing(statuses=["checked"]))) == {"Exports of barley doubled in May."}


def test_a_list_of_the_desk_follows_each_letter_that_is_typed():
    source, analyst = make_source(name="Harbour Gazette"), make_user(group="analyst")
    for typed in ("H", "Ha", "Harbour", "Harbour G", "Harbour Gaz", "g h"):
        assert source.pk in rows_found(typed, FoundKind.SOURCE, user=analyst), typed
    assert source.pk not in rows_found("Harbour X", FoundKind.SOURCE, user=analyst)


def test_what_was_just_saved_is_found_before_all_that_waits():
    documents.renew([(FoundKind.SOURCE, pk) for pk in Source.objects.values_list("pk", flat=True)])
    source, analyst = make_source(name="Harbour Gazette"), make_user(group="analyst")
    assert rows_found("Harbour Gazette", FoundKind.SOURCE, user=analyst) == [source.pk]
    assert SearchChange.objects.exists()
