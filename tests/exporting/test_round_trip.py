"""Export, wipe, import, export: the same bytes."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kb.importing.interchange import format as line
from kb.models import (
    Acknowledgement,
    Annotation,
    Article,
    Capture,
    Claim,
    Correction,
    CorrectionArticle,
    ExpiryRule,
    FactCheck,
    ForeignCheck,
    Piece,
    Rating,
    RatingWords,
    Review,
    Source,
)
from kb.services import articles, digests, forecasts, integrity, notices, ratings, ripple, verdicts
from tests import factories
from tests.importing.interchange.files import exported, imported, records_of

pytestmark = pytest.mark.django_db


@contextmanager
def wiped() -> Iterator[None]:
    """A freshly migrated database again afterwards, whatever is put into it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def round_trip(folder, fill, **options) -> tuple[bytes, bytes]:
    with wiped():
        fill()
        first = exported(**options)
    path = folder / "kb.jsonl"
    path.write_bytes(first)
    summary, told = imported(path)
    assert (summary["failed"], told) == (0, [])
    return first, exported()


def test_the_demonstration_comes_back_byte_for_byte(tmp_path):
    first, second = round_trip(tmp_path, lambda: call_command("loaddata", "demo", verbosity=0))
    assert first == second
    assert len(records_of(first)) >= 15
    assert list(integrity.faults()) == []


def test_imported_rows_have_their_first_version_from_the_import(tmp_path):
    round_trip(tmp_path, lambda: call_command("loaddata", "demo", verbosity=0))
    for model in (Article, Claim, FactCheck, Annotation, Source):
        for row in model.objects.filter(pk__in=model.history.values("id"))[:3]:
            assert [version.history_change_reason for version in row.history.all()] == ["import"]
    assert Article.history.count() == Article.objects.count()


def test_a_second_import_changes_nothing(tmp_path):
    _, second = round_trip(tmp_path, lambda: call_command("loaddata", "demo", verbosity=0))
    summary, _ = imported(tmp_path / "kb.jsonl")
    assert summary["new"] == summary["changed"] == summary["failed"] == 0
    assert exported() == second


def odd_things() -> None:
    """What the demonstration has none of."""
    user = factories.make_user("ines", group="analyst")
    page = "One page\n\nAnother page".encode("utf-16")
    whole = Capture.objects.create(sha256=line_hash(page), content=page, encoding="utf-16", received_by=user)
    cut = Capture.objects.create(sha256=line_hash(b"Another page"), content=b"Another page", origin="cut")
    Piece.objects.create(capture=whole, start=10, end=22, became=cut, **factories.decided("confirmed"))
    Piece.objects.create(capture=whole, start=0, end=8, title="One page")
    first = factories.make_article(capture=whole, provenance={"title": {"origin": "json-ld"}}, headings=["One"])
    second = factories.make_article(capture=whole)
    citation = factories.make_citation(first)
    factories.make_citation(
        first, as_printed="(#Reuters, June 12)", via=citation, resolution="unnamed", printed_name=""
    )
    open_one = factories.make_citation(first, resolution="unresolved", printed_name="the Post", state="suggested")
    open_one.candidates.set(Source.objects.filter(slug__in=["reuters", "cnn"]))
    shared = factories.make_claim(text="İki vinç var.", language="tr", value="12.5", unit="cranes")
    for article in (first, second):
        factories.make_appearance(article, shared).citations.set(article.citations.all()[:1])
    lonely = factories.make_published_check(factories.make_claim(language="")).claim
    note = factories.make_note(claim=lonely, author=user)
    factories.make_note(claim=lonely, author=user, reply_to=note, access="public")
    factories.make_note(source=Source.objects.get(slug="reuters"), author=user)
    factories.make_note(citation=citation, author=user)
    Source.objects.filter(slug="cnn").update(selectors={"body": "article", "b": [1, {"z": 1, "a": 2}]}, day_first=False)
    RatingWords.objects.create(words="vrai ?", language="fr", coarse_class="mixed")
    ForeignCheck.objects.create(
        key="f" * 64, statement="Two cranes", claim=shared, raw={"b": 1, "a": [None, 0.5]}, linked_by=user
    )


def verdicts_through_all_stages() -> None:
    """A dissent that a third person resolved, with its search, a copy and a precedent; a handed back draft; forecasts."""
    precedent = factories.make_published_check(expires_on=date(2099, 1, 1))
    check = factories.make_draft_check(factories.make_claim(text="A claim before its precedent."))
    check.consulted.add(precedent)
    factories.make_search_step(check, searched_on=date(2025, 5, 1))
    factories.make_copy(check.evidence.get(), b"\x89PNG\0 the page", kept_by=check.author)
    verdicts.submit(check, by=check.author)
    factories.give_review(check, "false")
    factories.give_review(check, "mostly-true")
    returned = factories.make_draft_check()
    verdicts.submit(returned, by=returned.author)
    verdicts.hand_back(returned, by=factories.make_user(group="editor"), reason="One source.")
    ratings.new_edition(by=factories.make_user(group="administrator"), after=1)
    factories.make_published_check()
    factories.make_forecast(resolves_on=date(2099, 1, 1))
    ExpiryRule.objects.filter(statement_type="fact").update(days=90)
    score = factories.make_score()
    forecasts.confirm(score, by=factories.make_user(group="editor"))
    factories.make_score()


def test_verdicts_come_back_with_reviews_searches_copies_precedents_editions_and_outcomes(tmp_path):
    first, second = round_trip(tmp_path, verdicts_through_all_stages)
    assert first == second
    kinds = [record.__struct_config__.tag for record in map(line.DECODER.decode, first.splitlines())]
    assert {"precedents", "evidence_copy", "expiry_rule"} <= set(kinds)
    assert Review.objects.count() == 4 and Rating.objects.current().first().edition == 2
    assert ExpiryRule.objects.get(statement_type="fact").days == 90
    assert list(integrity.faults()) == []


def corrections_of_every_kind() -> None:
    """A verdict changed, was reopened and acknowledged by two; a claim and an article were corrected by hand."""
    editors = [factories.make_user(group="editor") for _ in "ab"]
    articles = [factories.make_published_article(published_by=editor) for editor in editors]
    claim = factories.make_claim()
    for article in articles:
        factories.make_appearance(article, claim)
    factories.make_published_check(claim)
    check = factories.make_published_check(claim, rating=Rating.objects.get(slug="false"))
    verdicts.reopen(check, by=editors[0], reason="New figures.")
    for editor in editors:
        seen = articles[0].touched.values_list("pk", flat=True)
        ripple.acknowledge(articles[0], by=editor, seen=seen)
    factories.make_correction(article=articles[1], kind="void", after="")
    factories.make_correction(claim)


def test_corrections_come_back_with_the_articles_they_touch_and_who_acknowledged(tmp_path):
    first, second = round_trip(tmp_path, corrections_of_every_kind)
    assert first == second
    assert (Correction.objects.count(), CorrectionArticle.objects.count(), Acknowledgement.objects.count()) == (4, 4, 2)
    assert {version.history_change_reason for version in Correction.history.all()} == {"import"}
    assert list(integrity.faults()) == []


def test_what_was_acknowledged_since_is_added_and_what_was_said_stays(tmp_path):
    path = tmp_path / "kb.jsonl"
    touched = factories.make_touched(factories.make_published_article(), factories.make_correction())
    text = exported()
    ripple.acknowledge(touched.article, by=factories.make_user("ines", group="editor"))
    later = exported()
    Acknowledgement.objects.all().delete()
    path.write_bytes(later)
    assert imported(path)[0]["changed"] == 1
    assert Acknowledgement.objects.get().acknowledged_by.username == "ines"
    path.write_bytes(text.replace(b"40 per cent.", b"44 per cent."))
    assert "stays as it is" in " ".join(imported(path)[1])
    assert exported() == later


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"article": "grain"}, "exactly one"),
        ({"check_after": 2}, "the one before is named"),
        ({"type": "rating_affected"}, "both verdicts"),
        ({"after": ""}, "says nothing now"),
        ({"check_before": 7}, "unknown here"),
        ({"touched": [{"article": "nowhere", "ring": "cites"}]}, "unknown here"),
        ({"claim": {"text": "Nobody says so."}}, "unknown here"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_the_others_come(tmp_path, change, words):
    claim = factories.make_claim(text="Two cranes stand.")
    said = {
        "kind": "correction",
        "version": 1,
        "uid": "0190b4f0-0000-7000-8000-000000000001",
        "type": "wording",
        "claim": {"text": claim.text},
        "before": "One crane stands.",
        "after": "Two cranes stand.",
        "reason": "Counted again.",
        "made_at": "2026-01-01T00:00:00Z",
        "made_by": "ines",
    }
    other = said | {"uid": "0190b4f0-0000-7000-8000-000000000002"}
    (tmp_path / "kb.jsonl").write_text("\n".join(json.dumps(row) for row in (said | change, other)))
    summary, told = imported(tmp_path / "kb.jsonl")
    assert (summary["failed"], summary["new"]) == (1, 1)
    assert words in " ".join(told)
    assert Correction.objects.count() == 1


def test_a_correction_keeps_the_number_of_its_public_address_where_that_is_free(tmp_path):
    factories.make_correction(claim=factories.make_claim(text="A")).delete()
    factories.make_correction(claim=factories.make_claim(text="B"))
    text = exported()
    [correction] = records_of(text, line.Correction)
    with wiped():
        Correction.objects.all().delete()
        (tmp_path / "kb.jsonl").write_bytes(text)
        imported(tmp_path / "kb.jsonl")
        assert Correction.objects.get().pk == correction.number
        assert factories.make_correction().pk > correction.number
    with wiped():
        Correction.objects.all().delete()
        factories.make_correction(pk=correction.number, claim=factories.make_claim(text="C"))
        told = imported(tmp_path / "kb.jsonl")[1]
        assert f"the number {correction.number} is taken" in " ".join(told)
        assert Correction.objects.get(uid=correction.uid).pk != correction.number


def line_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_what_stands_beside_the_articles_comes_back_too(tmp_path):
    first, second = round_trip(tmp_path, odd_things)
    assert first == second
    kinds = [record.__struct_config__.tag for record in map(line.DECODER.decode, first.splitlines())]
    assert {"capture", "piece", "claim", "foreign_check", "rating_words", "source"} <= set(kinds)


def test_claims_keep_the_number_of_their_public_address(tmp_path):
    with wiped():
        for _ in range(3):
            factories.make_claim()
        kept = factories.make_claim()
        Claim.objects.exclude(pk=kept.pk).delete()
        number, text = kept.pk, exported()
    (tmp_path / "kb.jsonl").write_bytes(text)
    imported(tmp_path / "kb.jsonl")
    assert Claim.objects.get().pk == number
    assert factories.make_claim().pk > number


def test_a_claim_of_several_articles_is_written_once(tmp_path):
    claim = factories.make_claim(text="Two cranes stand.")
    for _ in range(2):
        factories.make_appearance(factories.make_article(), claim)
    first, second = records_of(exported())
    assert [found.text for found in first.claims] == ["Two cranes stand."]
    assert second.claims == []
    assert second.appearances[0].claim.text == "Two cranes stand."


def test_unknown_people_become_inactive_accounts_without_a_password(tmp_path):
    with wiped():
        factories.make_note(author=factories.make_user("yara", group="editor"))
        text = exported()
    (tmp_path / "kb.jsonl").write_bytes(text)
    imported(tmp_path / "kb.jsonl")
    account = User.objects.get(username="yara")
    assert not account.is_active and not account.has_usable_password()
    assert not account.is_staff and not account.groups.exists()
    assert b"password" not in text and b"@" not in text


class TestPrivateNotes:
    @pytest.fixture
    def notes(self):
        article = factories.make_article()
        people = {name: factories.make_user(name, group="analyst") for name in ("ines", "olof")}
        for name, person in people.items():
            factories.make_note(article=article, author=person, access="private", body=f"Only {name} knows.")
        hidden = Annotation.objects.get(body="Only olof knows.")
        factories.make_note(article=article, author=people["ines"], body="I answer.", reply_to=hidden)
        return people

    def test_they_stay_here(self, notes):
        assert b"knows" not in exported()

    def test_their_author_may_take_them_along_and_nobody_elses(self, notes):
        text = exported(private_notes_of=notes["ines"])
        assert b"Only ines knows." in text
        assert b"Only olof knows." not in text

    def test_an_answer_to_a_hidden_note_does_not_name_it(self, notes):
        uid = str(Annotation.objects.get(body="Only olof knows.").uid)
        assert uid.encode() not in exported(private_notes_of=notes["ines"])

    def test_the_command_asks_for_the_person_and_the_right(self, notes, tmp_path):
        path = str(tmp_path / "kb.jsonl")
        factories.make_user("guest")
        for options in (["--private-notes"], ["--as", "ines"], ["--private-notes", "--as", "guest"]):
            with pytest.raises(CommandError) as refused:
                call_command("export_kb", path, *options, stdout=StringIO())
            assert refused.value.returncode == 2
        call_command("export_kb", path, "--private-notes", "--as", "ines", stdout=StringIO())
        assert b"Only ines knows." in (tmp_path / "kb.jsonl").read_bytes()


@pytest.mark.parametrize("notes_of", [None, "ines"])
def test_work_and_what_one_follows_stay_at_this_desk(notes_of):
    """Tasks name people of this desk and what they have to do here; another desk opens its own from what it reads.

    Follows, notices and digests are each person's own and go nowhere, not with their private notes either.
    """
    ines, article = factories.make_user("ines", group="analyst"), factories.make_article()
    factories.make_task(article=article, assignee=ines, why="Zz to do.")
    notices.follow(article, by=ines, why="Zz secret.")
    notices.tell("zz:1", about=[article], words="Zz told.")
    digests.want(True, by=ines)
    assert b"Zz " not in exported(private_notes_of=ines if notes_of else None)


def test_challenges_stay_where_readers_sent_them():
    factories.make_challenge(why="Zz reader.", contact="zz@example.org")
    assert b"Zz " not in exported() and b"zz@" not in exported()


class TestCommand:
    def test_a_dry_run_counts_and_writes_nothing(self, tmp_path):
        factories.make_article()
        out = StringIO()
        call_command("export_kb", str(tmp_path / "kb.jsonl"), "--dry-run", stdout=out)
        assert "1 article" in out.getvalue()
        assert list(tmp_path.iterdir()) == []

    def test_the_file_appears_whole_in_place_of_the_old_one(self, tmp_path):
        path = tmp_path / "kb.jsonl"
        path.write_text("old")
        factories.make_article()
        call_command("export_kb", str(path), stdout=StringIO())
        assert path.read_bytes() == exported()
        assert [entry.name for entry in tmp_path.iterdir()] == ["kb.jsonl"]

    @pytest.mark.parametrize("place", ["", "missing/kb.jsonl"])
    def test_a_place_that_cannot_be_written_is_named(self, tmp_path, place):
        with pytest.raises(CommandError) as refused:
            call_command("export_kb", str(tmp_path / place), stdout=StringIO())
        assert refused.value.returncode == 2


def test_the_number_of_queries_does_not_grow_with_the_rows():
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            exported()
        return len(captured)

    for _ in range(3):
        factories.make_appearance(factories.make_article())
    few = queries()
    for _ in range(27):
        factories.make_appearance(factories.make_article())
    assert queries() == few


MIXED = (
    "The minister, محمد علی (حزب الله), spoke for 12 minutes. He was tired.\n\n"
    "د دعوت بانکي پتهDNB Bank AC # 0530 2294668 : ښه\n\nTwo more convoys left Odesa."
)


def words_that_were_lost() -> None:
    article = factories.make_article(slug="mixed", body=MIXED)
    for exact in ("محمد علی (حزب", "پتهDNB Bank", "Two more convoys left Odesa", "He was tired."):
        factories.make_note(article=article, **factories.words(article, exact))
    article.body = article.body.replace("Two more", "Three more").replace(" He was tired.", "")
    articles.save_text(article, by=None)


def test_what_became_of_marked_words_comes_back_and_a_file_without_it_is_taken(tmp_path):
    first, second = round_trip(tmp_path, words_that_were_lost)
    assert first == second
    rows = Annotation.objects.order_by("pk")
    assert [row.standing for row in rows] == ["exact", "moved", "changed", "orphaned"]
    assert [row.exact for row in rows][:2] == ["محمد علی (حزب", "پتهDNB Bank"]
    assert rows[2].places and not rows[0].places
    for row in rows[:2]:
        assert row.article.text[row.start : row.end] == row.exact
    older = json.loads(next(one for one in first.splitlines() if b'"slug":"mixed"' in one and b'"article"' in one))
    for number, note in enumerate(older["annotations"]):
        note["uid"] = f"6f1c1c52-0000-4000-8000-00000000000{number}"
        note["anchor"].pop("standing", None), note["anchor"].pop("places", None)
    path = tmp_path / "older.jsonl"
    path.write_text(json.dumps(older, ensure_ascii=False), encoding="utf-8")
    assert imported(path)[0]["failed"] == 0
    assert set(Annotation.objects.order_by("-pk").values_list("standing", flat=True)[:4]) == {""}
    assert list(integrity.faults()) == []


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        ({"standing": "orphaned"}, "they are not lost"),
        ({"revision": 1, "standing": "changed"}, "places to confirm belong"),
        ({"revision": 1, "standing": "changed", "places": [[5, 4, 90]]}, "no such place"),
        ({"revision": 1, "standing": "changed", "places": [[0, 4_000, 90]]}, "no such place"),
        ({"revision": 1, "standing": "changed", "places": [[0, 4, 101]]}, "<= 100"),
        ({"standing": "gone"}, "at `$.annotations"),
    ],
)
def test_a_standing_that_cannot_be_is_refused(tmp_path, anchor, words):
    article = factories.make_article(slug="mixed", body=MIXED, revision=2)
    factories.make_note(article=article, **factories.words(article, "Two more"))
    record = json.loads(
        next(one for one in exported().splitlines() if b'"slug":"mixed"' in one and b'"article"' in one)
    )
    record["slug"] = "other"
    record["annotations"][0]["uid"] = "6f1c1c52-0000-4000-8000-000000000009"
    record["annotations"][0]["anchor"] |= anchor
    path = tmp_path / "kb.jsonl"
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    summary, told = imported(path)
    assert summary["failed"] == 1 and words in " ".join(told)
