"""W3C annotations out and in again: nothing is lost, and the same again changes nothing."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError

from kb.exporting.web_annotation import Writer, for_export
from kb.models import Annotation
from kb.services import integrity, notes
from tests.conftest import SHARED
from tests.factories import make_article, make_note, make_published_article, make_user, words
from tests.importing.web_annotation.documents import annotation, quoting

pytestmark = pytest.mark.django_db
BASE = "http://localhost:8000/"
# What a W3C annotation gains here: its address, and what it says nowhere.
GAINED = ("@context", "id", "via", "created", "creator", "motivation")


@pytest.fixture
def samples() -> Path:
    """The samples of the W3C, kept outside this repository."""
    folder = SHARED / "data" / "webannotation" / "samples"
    if not folder.is_dir():
        pytest.skip("the samples of the W3C are not beside this checkout")
    return folder


def bring(path, article, **options) -> dict:
    out = StringIO()
    try:
        call_command(
            "import_annotations", str(path), article=article.slug, json=True, stdout=out, stderr=StringIO(), **options
        )
    except SystemExit as ended:
        assert ended.code == (1 if '"effect": "new"' in out.getvalue() else 2)
    return json.loads(out.getvalue())


def exported(user=None) -> dict:
    rows = for_export(Annotation.objects.visible_to(user))
    return Writer(BASE, user).whole(f"{BASE}annotations/", "Notes", rows)


@pytest.fixture
def ines():
    return make_user("ines", group="analyst", first_name="Ines", last_name="Harbour")


@pytest.fixture
def file(tmp_path):
    def write(document) -> Path:
        path = tmp_path / "notes.json"
        path.write_text(
            document if isinstance(document, str) else json.dumps(document, ensure_ascii=False), encoding="utf-8"
        )
        return path

    return write


def filled(article, by) -> None:
    """Notes of every kind: on words in several scripts, in a thread, resolved, with labels and links."""
    for exact in ("two more convoys", "پتهDNB", "🚢 sails", "e\u0301tat"):
        start = article.text.index(exact)
        notes.write(article, by=by, start=start, end=start + len(exact), body=f"On {exact}", labels=["a", "b c"])
    asked = notes.write(
        article, by=by, body="Which?\n\nAnd why?", motivation="questioning", access="public", language="en"
    )
    notes.resolve(notes.reply(asked, by=by, body="Two.", links=["https://x.example/table"]), by=by)
    notes.write(article, by=by, labels=["only", "labels"], motivation="tagging")
    notes.write(article, by=by, motivation="highlighting", start=0, end=5, access="private")
    changed = notes.write(article, by=by, body="First words.")
    changed.body = "Other words."
    notes.save_note(changed, by=by)


def test_export_wipe_import_export_gives_the_same(ines, file):
    article = make_published_article(body="Grain: two more convoys wait. پتهDNB گفت. 🚢 sails. L'e\u0301tat.\n\nEnd.")
    filled(article, ines)
    before = exported(ines)
    was = list(
        Annotation.objects.order_by("uid").values("uid", "exact", "start", "end", "body", "labels", "links", "access")
    )
    Annotation.objects.all().delete()
    told = bring(file(before), article, person="ines")
    assert told["summary"] == {"new": 9, "unchanged": 0, "failed": 0, "unattached": 0}
    assert exported(ines) == before
    assert list(Annotation.objects.order_by("uid").values(*was[0])) == was
    assert not list(integrity.faults([Annotation]))
    told = bring(file(before), article, person="ines")
    assert told["summary"] == {"new": 0, "unchanged": 9, "failed": 0, "unattached": 0}
    assert exported(ines) == before


def test_private_notes_leave_with_their_owner_alone(ines, file):
    note = make_note(author=ines, access="private", body="zz mine")
    for user in (None, make_user(group="editor"), make_user(group="administrator", is_superuser=True)):
        assert "zz mine" not in json.dumps(exported(user))
    assert "zz mine" in json.dumps(exported(ines))
    private = exported(ines)
    Annotation.objects.all().delete()
    told = bring(file(private), note.article)
    assert told["summary"]["failed"] == 1 and "--as" in told["annotations"][0]["why"]


def test_every_sample_of_the_w3c_comes_in_or_is_refused_with_a_reason_and_goes_out_whole(samples):
    article = make_article(body="this is an anotation that has some text before the Selected Text and text after it.")
    told = bring(samples, article)
    assert len(told["annotations"]) == 41
    assert all(one["effect"] == "new" or one["why"] for one in told["annotations"])
    assert told["summary"]["failed"] == 0
    attached = {Path(one["file"]).name for one in told["annotations"] if one["attached"]}
    assert attached == {"anno26.json", "anno32.json"}
    for one in told["annotations"]:
        sent = json.loads(Path(one["file"]).read_text(encoding="utf-8"))
        note = for_export(Annotation.objects.filter(uid=one["annotation"])).get()
        found = Writer(BASE).document(note)
        via = [sent["id"], *([sent["via"]] if "via" in sent else [])]
        assert found["via"] in (via, via[0])
        ours = {name: value for name, value in found.items() if name not in ("id", "via")}
        theirs = {name: value for name, value in sent.items() if name not in ("id", "via")}
        assert {name: ours.get(name) for name in theirs} == theirs, one["file"]
        assert set(ours) - set(theirs) <= set(GAINED), one["file"]
    assert bring(samples, article)["summary"] == {"new": 0, "unchanged": 41, "failed": 0, "unattached": 0}


def test_samples_out_and_in_again_are_the_same(samples, file):
    article = make_article(body="this is an anotation that has some text before the Selected Text and text after it.")
    bring(samples, article)
    before = exported(make_user(group="analyst"))
    Annotation.objects.all().delete()
    bring(file(before), article)
    assert exported(make_user(group="analyst")) == before


class TestCommand:
    def test_a_dry_run_says_the_same_and_writes_nothing(self, file):
        article = make_article()
        path = file([annotation(target=quoting("two more convoys")), annotation(id="https://x.example/2", target=None)])
        dry = bring(path, article, dry_run=True)
        assert not Annotation.objects.exists() and not User.objects.filter(username="imported-notes").exists()
        wet = bring(path, article)
        for one in (*dry["annotations"], *wet["annotations"]):
            one.pop("annotation")
        assert dry == wet
        assert wet["summary"] == {"new": 1, "unchanged": 0, "failed": 1, "unattached": 0}
        assert wet["annotations"][1]["why"].startswith("target: It has no target")

    def test_notes_of_nobody_here_name_who_wrote_them(self, file):
        bring(file(annotation(creator={"type": "Person", "name": "A. Person"})), make_article())
        note = Annotation.objects.get()
        assert note.creator == "A. Person" and not note.author.is_active and not note.author.has_usable_password()

    def test_what_quotes_other_words_waits_for_a_person(self, file):
        article = make_article()
        told = bring(file(annotation(target=quoting("three more convoys"))), article)
        assert told["summary"]["unattached"] == 1 and "does not hold" in told["annotations"][0]["why"]
        note = article.annotations.get()
        assert (note.exact, note.revision, note.standing) == ("three more convoys", 0, "changed")
        [[start, end, score]] = note.places
        assert "two more convoys" in article.text[start:end] and score < 100
        assert not list(integrity.faults([Annotation]))

    def test_without_a_name_it_is_known_by_its_content(self, file):
        article, path = make_article(), file([annotation(id=None), annotation(id=None, bodyValue="Other.", body=None)])
        assert bring(path, article)["summary"]["new"] == 2
        assert bring(path, article)["summary"]["unchanged"] == 2

    def test_answers_come_after_what_they_answer_in_whatever_order_they_stand(self, file):
        first, second = (
            annotation(id="https://x.example/1"),
            annotation(id="https://x.example/2", target="https://x.example/1"),
        )
        third = annotation(id="https://x.example/3", target="https://x.example/2")
        article = make_article()
        assert bring(file([third, second, first]), article)["summary"]["new"] == 3
        assert Annotation.objects.get(via="https://x.example/3").root.via == "https://x.example/1"

    def test_a_circle_of_answers_is_refused(self, file):
        circle = [annotation(id=f"https://x.example/{n}", target=f"https://x.example/{(n + 1) % 3}") for n in range(3)]
        told = bring(file([*circle, annotation()]), make_article())
        assert told["summary"] == {"new": 1, "unchanged": 0, "failed": 3, "unattached": 0}
        assert "circle" in told["annotations"][-1]["why"]

    def test_what_is_about_another_article_is_refused(self, file, settings):
        settings.KB_ADDRESS = "https://kb.example"
        other = make_article()
        for target in (
            f"https://kb.example{other.get_absolute_url()}",
            f"https://kb.example/annotations/{make_note().uid}/",
        ):
            told = bring(file(annotation(target=target)), make_article())
            assert told["summary"]["failed"] == 1, target
            assert "not" in told["annotations"][0]["why"]

    def test_somebody_elses_private_note_of_the_same_number_stays_theirs(self, ines, file):
        hidden = make_note(access="private")
        told = bring(file(annotation(id=f"{BASE}annotations/{hidden.uid}/")), make_article(), person="ines")
        assert told["summary"]["new"] == 1
        assert told["annotations"][0]["annotation"] != str(hidden.uid)

    @pytest.mark.parametrize(
        ("path", "options"),
        [
            ("missing.json", {}),
            (".", {"article": "none"}),
            (".", {"person": "nobody"}),
        ],
    )
    def test_what_cannot_run_says_why(self, path, options):
        with pytest.raises(CommandError) as refused:
            call_command("import_annotations", path, **{"article": make_article().slug, **options})
        assert refused.value.returncode == 2

    def test_bytes_that_are_no_annotations_fail_alone(self, tmp_path):
        (tmp_path / "a.json").write_bytes(b"\xff\xfe")
        (tmp_path / "b.json").write_text(json.dumps(annotation()))
        (tmp_path / "c.txt").write_text("x")
        told = bring(tmp_path, make_article())
        assert told["summary"] == {"new": 1, "unchanged": 0, "failed": 1, "unattached": 0}
        assert "UTF-8" in told["annotations"][0]["why"]


def test_a_note_on_moved_words_goes_out_where_they_stand_now(ines, file):
    article = make_article()
    bring(file(annotation(target=quoting("two more convoys"))), article)
    note = article.annotations.get()
    Annotation.objects.filter(pk=note.pk).update(**{**words(article, "Grain left"), "original": note.original})
    found = Writer(BASE, ines).document(for_export(Annotation.objects.all()).get())
    assert found["target"]["selector"][0]["exact"] == "Grain left"
