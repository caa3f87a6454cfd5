"""Loading files of records: what comes in, what stays, what is refused, and what is true when something goes wrong."""

import hashlib
import json
from base64 import b64encode
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.corpus import Corpus
from kb.importing import interchange
from kb.importing.interchange import format as line
from kb.importing.reading import read_paths
from kb.importing.running import Run, run
from kb.models import (
    Annotation,
    Appearance,
    Article,
    Capture,
    Citation,
    Claim,
    Correction,
    FactCheck,
    ImportProblem,
    ImportRun,
    LedgerEntry,
    Source,
    State,
    Tag,
)
from kb.search import documents
from kb.services import suggestions
from tests.factories import make_user
from tests.importing.interchange.files import (
    BODY,
    MOMENT,
    article,
    claim,
    exported,
    imported,
    verdict,
    words,
    written,
)

pytestmark = pytest.mark.django_db

NONE_FAILED = {"new": 1, "changed": 0, "unchanged": 0, "failed": 0}


class TestOneLine:
    def test_a_single_article_brings_all_it_needs(self, tmp_path):
        path = written(
            tmp_path,
            article(
                tags=[{"name": "Grain"}],
                citations=[
                    {
                        "position": 1,
                        "as_printed": "Reuters said",
                        "resolution": "resolved",
                        "source": "reuters",
                        "anchor": words("Reuters said"),
                    }
                ],
                appearances=[
                    {
                        "anchor": words("Exports rose by 40 per cent in May"),
                        "claim": {"text": "Exports rose by 40 per cent."},
                        "citations": [1],
                        "state": "confirmed",
                        "decided_at": MOMENT,
                    }
                ],
            ),
        )
        assert imported(path) == (NONE_FAILED, [])
        found = Article.objects.get()
        assert (found.status, found.body) == ("draft", BODY)
        assert [found.citations.get()] == [*found.appearances.get().citations.all()]
        assert found.appearances.get().claim.text == "Exports rose by 40 per cent."
        assert Tag.objects.get().slug == "grain"
        assert not found.tags.exists()  # suggested only

    def test_the_bytes_of_a_capture_are_kept(self, tmp_path):
        content = b"\xff\xfe" + BODY.encode("utf-16-le")
        capture = {
            "sha256": hashlib.sha256(content).hexdigest(),
            "base64": "//5HAHIAYQBpAG4A",
            "encoding": "utf-16",
        }
        summary, told = imported(written(tmp_path, article(capture=capture)))
        assert summary["failed"] == 1 and "another hash" in told[0]
        capture["base64"] = b64encode(content).decode()
        assert imported(written(tmp_path, article(capture=capture)))[0] == NONE_FAILED
        assert bytes(Capture.objects.get().content) == content


class TestStatus:
    @pytest.mark.parametrize(
        ("checks", "status"),
        [
            ([], "unchecked"),
            ([verdict()], "checked"),
            ([verdict(status="draft", reviewer=None, decided_at=None, evidence=[])], "being_checked"),
            ([verdict(reopened_at=MOMENT, reopened_by="olof", reopen_reason="New figures.")], "reopened"),
        ],
    )
    def test_it_follows_from_the_checks_whatever_the_file_says(self, tmp_path, checks, status):
        summary, told = imported(written(tmp_path, claim(status="checked", checks=checks)))
        assert summary == NONE_FAILED
        assert Claim.objects.get().status == status
        assert bool(told) == (status != "checked")

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({"evidence": []}, "has evidence"),
            ({"reviewer": "ines"}, "nobody reviews their own check"),
            ({"rationale": ""}, "Say why"),
            ({"as_of": "2025-03-02"}, "not after the day of the check"),
            ({"rating": "very-true"}, "rating of the scale"),
        ],
    )
    def test_a_verdict_keeps_the_rules_of_the_house(self, tmp_path, fields, says):
        summary, told = imported(written(tmp_path, claim(checks=[verdict(**fields)])))
        assert summary["failed"] == 1 and says in told[0] and "line 1" in told[0]
        assert not Claim.objects.exists() and not FactCheck.objects.exists() and not User.objects.exists()

    def test_opinions_get_no_verdict(self, tmp_path):
        summary, told = imported(written(tmp_path, claim(statement_type="opinion", checks=[verdict()])))
        assert summary["failed"] == 1 and "no truth rating" in told[0]


class TestWhatIsThere:
    def test_the_same_again_changes_nothing(self, tmp_path):
        path = written(tmp_path, article(tags=[{"name": "Grain"}], claims=[]), claim(checks=[verdict()]))
        imported(path)
        before = exported()
        assert imported(path) == ({"new": 0, "changed": 0, "unchanged": 2, "failed": 0}, [])
        assert exported() == before

    def test_an_article_nobody_worked_on_is_replaced(self, tmp_path):
        imported(written(tmp_path, article(tags=[{"name": "Grain"}], created_at=MOMENT)))
        summary, _ = imported(written(tmp_path, article(title="Other", tags=[{"name": "Ships"}])))
        assert summary["changed"] == 1
        found = Article.objects.get()
        assert found.title == "Other" and found.version == 2
        assert [link.tag.name for link in found.tag_links.all()] == ["Ships"]

    def test_what_a_person_confirmed_stays(self, tmp_path):
        imported(written(tmp_path, article(tags=[{"name": "Grain"}])))
        suggestions.confirm(Article.objects.get().tag_links.all(), by=make_user(group="analyst"))
        summary, told = imported(written(tmp_path, article(title="Other")))
        assert summary["unchanged"] == 1 and "somebody has worked on it" in told[0]
        found = Article.objects.get()
        assert found.title == "Grain leaves"
        assert found.tag_links.get().state == State.CONFIRMED

    def test_a_claim_with_a_verdict_stays(self, tmp_path):
        imported(written(tmp_path, claim(checks=[verdict()])))
        _, told = imported(written(tmp_path, claim(definition="Other.", checks=[verdict(rating="false")])))
        assert "somebody has worked on it" in told[0]
        assert FactCheck.objects.get().rating.slug == "true"

    def test_a_source_that_a_person_edited_stays(self, tmp_path):
        row = {"kind": "source", "version": 1, "slug": "reuters", "name": "Reuters", "type": "blog"}
        source = Source.objects.get(slug="reuters")
        source.description = "Mine."
        source.save()
        _, told = imported(written(tmp_path, row))
        assert "somebody has worked on it" in told[0]
        source.refresh_from_db()
        assert source.kind == "news_agency"

    def test_a_claim_known_by_its_words_gets_the_rest(self, tmp_path):
        made = {"anchor": words("Exports rose"), "claim": {"text": "Exports rose by 40 per cent."}}
        imported(written(tmp_path, article(appearances=[made])))
        summary, _ = imported(written(tmp_path, claim(checks=[verdict()])))
        assert summary["changed"] == 1
        assert Claim.objects.get().status == "checked"

    def test_a_number_that_is_taken_is_told(self, tmp_path):
        taken = Claim.objects.create(text="Taken.")
        summary, told = imported(written(tmp_path, claim(number=taken.pk)))
        assert summary == NONE_FAILED and f"number {taken.pk} belongs to another claim" in told[0]
        assert Claim.objects.exclude(pk=taken.pk).get().text == "Exports rose by 40 per cent."

    def test_new_notes_are_added_and_old_ones_are_their_authors(self, tmp_path):
        uid = "6f1c1c52-0000-4000-8000-00000000000{}"
        note = {"author": "ines", "created_at": MOMENT, "body": "First."}
        imported(written(tmp_path, article(annotations=[note | {"uid": uid.format(1)}])))
        both = [
            note | {"uid": uid.format(1), "body": "Changed."},
            note | {"uid": uid.format(2), "reply_to": uid.format(1)},
        ]
        summary, _ = imported(written(tmp_path, article(annotations=both)))
        assert summary["changed"] == 1
        assert [row.body for row in Annotation.objects.order_by("pk")] == ["First.", "First."]
        assert Annotation.objects.last() and Annotation.objects.get(uid=uid.format(2)).reply_to.body == "First."


BROKEN = {
    "no JSON": ('{"kind": "article", ', "truncated", "no-json"),
    "a list": ("[1, 2]", "expected `object`", "invalid"),
    "unknown kind": ('{"kind": "poem", "version": 1}', "$.kind", "invalid"),
    "unknown field": (article(colour="red"), "unknown field `colour`", "invalid"),
    "newer version": (article(version=2), "another version", "version"),
    "wrong type": (article(title=7), "at `$.title`", "invalid"),
    "long title": (article(title="x" * 301), "length <= 300", "invalid"),
    "unknown choice": (article(genre="gossip"), "at `$.genre`", "invalid"),
    "impossible day": (article(issued_on="2025-02-30"), "is no date", "unfit"),
    "script address": (article(address="javascript:alert(1)"), "starts with https://", "unfit"),
    "NUL": (article(title="a\0b"), "NUL", "binary"),
    "what turns text": (
        article(title="a\u202eb"),
        "at `title`: a character turns text around: U+202E (RLO)",
        "direction-overrides",
    ),
    "what turns text, deep": (
        article(
            annotations=[
                {
                    "uid": "6f1c1c52-0000-4000-8000-000000000001",
                    "author": "ines",
                    "created_at": MOMENT,
                    "body": "\u2067x",
                }
            ]
        ),
        "at `annotations[0].body`",
        "direction-overrides",
    ),
    "lone surrogate": ('{"kind":"article","version":1,"slug":"a","title":"\\ud800"}', "truncated", "no-json"),
    "not UTF-8": (b'{"kind":"article","version":1,"slug":"a","title":"\xff"}', "not UTF-8", "encoding"),
    "deep": (
        '{"kind":"article","version":1,"slug":"a","provenance":{"a":' + "[" * 50_000 + "]" * 50_000 + "}}",
        "deep",
        "too-deep",
    ),
    "rather deep": (article(provenance={"a": json.loads("[" * 80 + "]" * 80)}), "levels deep", "unfit"),
    "unknown source": (
        article(hops=[{"position": 1, "type": "published", "source": "nobody"}]),
        "hops[0].source",
        "unfit",
    ),
    "misplaced words": (
        article(
            citations=[
                {
                    "position": 1,
                    "as_printed": "x",
                    "resolution": "unnamed",
                    "anchor": {"exact": "x", "start": 0, "end": 1},
                }
            ]
        ),
        "do not stand there",
        "unfit",
    ),
    "two at one place": (
        article(hops=[{"position": 1, "type": "wrote", "printed_name": name} for name in "ab"]),
        "Another hop has this place",
        "refused",
    ),
    "slug": (article(slug="a b"), "a slug holds", "unfit"),
    "not a number": (claim(value="NaN", unit="x"), "18 figures", "unfit"),
}


class TestBrokenLines:
    @pytest.mark.parametrize("what", BROKEN)
    def test_they_are_named_and_the_others_go_on(self, tmp_path, what):
        bad, says, code = BROKEN[what]
        path = written(tmp_path, article("before"), "", bad, article("after"))
        summary, told = imported(path)
        assert (summary["new"], summary["failed"]) == (2, 1)
        assert {found.slug for found in Article.objects.all()} == {"before", "after"}
        problem = ImportProblem.objects.get(level="error")
        assert (problem.code, problem.line) == (code, 3)
        assert says in told[0] and f"{path}, line 3: " in told[0]
        assert len(told[0]) < 500

    def test_a_line_of_many_megabytes_is_passed_over_without_holding_it(self, tmp_path):
        path = tmp_path / "kb.jsonl"
        with path.open("wb") as stream:
            stream.write(json.dumps(article("before")).encode() + b'\n{"kind":"article","title":"')
            for _ in range(20):
                stream.write(b"x" * 1024 * 1024)
            stream.write(b'"}\n' + json.dumps(article("after")).encode())
        summary, told = imported(path)
        assert (summary["new"], summary["failed"]) == (2, 1)
        assert "line 2: is longer than 5 MB" in told[0]

    def test_a_file_of_nothing_known_is_said_to_be_so(self, tmp_path):
        path = tmp_path / "kb.jsonl"
        path.write_text('{"poem": true}\n')
        summary, told = imported(path)
        assert summary["failed"] == 1 and "no importer knows" in told[0]

    def test_the_command_prints_one_object_and_the_exit_code(self, tmp_path):
        path = written(tmp_path, article(), BROKEN["slug"][0])
        out = StringIO()
        with pytest.raises(SystemExit) as ended:
            call_command("import_articles", str(path), "--json", stdout=out, stderr=StringIO())
        said = json.loads(out.getvalue())
        assert ended.value.code == 1
        assert said["summary"] == {"new": 1, "changed": 0, "unchanged": 0, "failed": 1}
        assert [each["headline"] for each in said["documents"]] == ["Grain leaves", "Grain leaves"]
        assert said["documents"][1]["problems"][0]["line"] == 2


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path):
    path = written(tmp_path, article(), claim(checks=[verdict()]), BROKEN["slug"][0])
    before = exported()
    dry = imported(path, dry_run=True)
    assert exported() == before
    assert not User.objects.exists() and not ImportRun.objects.exists() and not Article.history.exists()
    assert imported(path) == dry


class TestRights:
    """From the desk a file brings in what its bearer may do; the rest takes an administrator."""

    @pytest.mark.parametrize(
        ("record", "analyst_may"),
        [
            (article(), True),
            (article(tags=[{"name": "Grain"}]), True),
            (
                article(
                    annotations=[
                        {
                            "uid": "6f1c1c52-0000-4000-8000-000000000001",
                            "author": "ana",
                            "created_at": MOMENT,
                            "body": "x",
                        }
                    ]
                ),
                True,
            ),
            (
                article(
                    annotations=[
                        {
                            "uid": "6f1c1c52-0000-4000-8000-000000000001",
                            "author": "ines",
                            "created_at": MOMENT,
                            "body": "x",
                        }
                    ]
                ),
                False,
            ),
            (article(status="published", published_at=MOMENT), False),
            (claim(checks=[verdict()]), False),
            ({"kind": "source", "version": 1, "slug": "new", "name": "New", "type": "blog"}, False),
        ],
    )
    def test_decisions_and_other_people_take_an_administrator(self, tmp_path, record, analyst_may):
        path = written(tmp_path, record)
        summary, told = imported(path, by=make_user("ana", group="analyst"))
        assert summary["failed"] == (not analyst_may), told
        if not analyst_may:
            assert "administrator" in told[0]
            assert imported(path, by=make_user(group="administrator"))[0] == NONE_FAILED


def corpus(folder, articles: int, name: str = "corpus.jsonl"):
    path = folder / name
    path.write_bytes(b"".join(Corpus(words=200).lines(articles)))
    return path


def test_the_number_of_queries_does_not_grow_with_the_records(tmp_path):
    def queries(path) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert imported(path)[0]["failed"] == 0
        # The index of search is written a hundred rows at a time.
        return len([one for one in captured if '"kb_search' not in one["sql"]])

    def emptied() -> None:
        Article.objects.all().delete()
        documents.catch_up()

    queries(corpus(tmp_path, 24))  # what both have in common is there now: accounts, tags, claims
    emptied()
    few = queries(corpus(tmp_path, 3))
    emptied()
    assert queries(corpus(tmp_path, 24)) == few


class TestResume:
    def stopped(self, path, batches: int) -> Run:
        """A run whose process ended after some batches."""
        execution = Run({}, ImportRun.objects.create())
        steps = execution.steps(read_paths([str(path)]), lambda message: None)
        for _ in range(batches):
            next(steps)
        steps.close()
        return execution

    def test_it_goes_on_behind_the_last_batch(self, tmp_path):
        path = corpus(tmp_path, 80)
        self.stopped(path, 1)
        entry = LedgerEntry.objects.get()
        assert 0 < entry.position < path.stat().st_size and entry.records == Article.objects.count() < 80
        done = entry.records
        outcome = run(read_paths([str(path)]), resume=True)
        assert outcome.summary == {"new": 80 - done, "changed": 0, "unchanged": 0, "failed": 0}
        account = ImportRun.objects.get()
        assert (account.new, account.unchanged, account.failed) == (80, 0, 0)
        assert account.finished_at
        entry.refresh_from_db()
        assert (entry.position, entry.records) == (path.stat().st_size, 80)

    def test_lines_are_counted_on(self, tmp_path):
        path = tmp_path / "kb.jsonl"
        path.write_bytes(corpus(tmp_path, 60).read_bytes() + b"\n{}\n")
        self.stopped(path, 1)
        told = []
        run(read_paths([str(path)]), resume=True, tell=told.append)
        assert "line 62:" in told[0]

    def test_another_content_of_the_file_starts_afresh(self, tmp_path):
        path = corpus(tmp_path, 80)
        self.stopped(path, 1)
        done = Article.objects.count()
        path.write_bytes(path.read_bytes() + json.dumps(article()).encode())
        summary = run(read_paths([str(path)]), resume=True).summary
        assert summary == {"new": 81 - done, "changed": 0, "unchanged": done, "failed": 0}


def test_the_file_is_known_by_its_content():
    assert interchange.recognises(b'\xef\xbb\xbf{ "kind" : "article", "version": 1')
    assert not interchange.recognises(b'{"claims": [{"text": "x", "kind": "poem"}]}')
    assert not interchange.recognises(b"")


def test_every_column_travels_or_stays_for_a_reason():
    """A new column has to be decided on: in the format, or here."""
    for table, record in (
        (Article, line.Article),
        (Claim, line.ClaimOfArticle),
        (FactCheck, line.FactCheck),
        (Citation, line.Citation),
        (Appearance, line.Appearance),
        (Annotation, line.Note),
        (Capture, line.CaptureOfPage),
        (Source, line.Source),
        (Correction, line.Correction),
    ):
        columns = {field.name for field in table._meta.concrete_fields} - {"id", "version", "article", "claim"}
        # How fresh the pages of a claim are is a matter of this installation: an import makes all of them anew.
        columns -= {"changed_at"}
        # What became of marked words at the last change of the text: what is lost tells its revision, and where it may stand
        # now is found again when the text changes.
        columns -= {"standing", "places"}
        fields = {*record.__struct_fields__, *line.Anchor.__struct_fields__, "kind", "content"}
        targets = {"citation", "source"} if table is Annotation else set()
        assert columns - targets - {"fact_check"} <= fields, (table, columns - fields)
