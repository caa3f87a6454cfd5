"""Sources, claims and tags as tables: out and back without a change, in with a preview, and never past a rule."""

import contextlib
import csv
import io
import zipfile

import openpyxl
import pytest
import tablib
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.admin.table_files import MOST_ROWS, TableCSV, TableXLSX, Unreadable, neutral, original
from kb.models import Claim, Source, SourceName, Tag
from tests.factories import make_claim, make_published_check, make_source, make_tag

from .pages import list_of, messages_of

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]
FORMATS = {"csv": "0", "xlsx": "1"}


def export(client, model, kind="csv") -> bytes:
    response = client.post(list_of(model, "export"), {"format": FORMATS[kind], "resource": "0"})
    assert response.status_code == 200 and "attachment" in response["Content-Disposition"]
    return response.content


def table(*rows: list, kind="csv") -> bytes:
    if kind == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue().encode()
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def send(client, model, content: bytes, name="table.csv"):
    """What the preview answers."""
    return client.post(list_of(model, "import"), {"import_file": SimpleUploadedFile(name, content), "resource": "0"})


def confirm(client, model, preview):
    return client.post(list_of(model, "process_import"), preview.context["confirm_form"].initial, follow=True)


def rows_of(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def administrator(sign_in):
    return sign_in("administrator")


@pytest.mark.parametrize("kind", FORMATS)
def test_out_and_back_is_no_change(administrator, kind):
    Source.objects.exclude(slug__in=["cnn", "reuters", "the-guardian"]).delete()
    for number, text in enumerate(
        ["=1+1", "+x", "-5", "@a", "\tb", "'=c", "plain", "a,b\n“c”; d", "'quoted'", "قمح", "5"]
    ):
        make_source(name=f"Source {number}", description=text, day_first=[None, True, False][number % 3])
        Claim.objects.create(text=f"{text} {number}", definition=text, value="-12345678901234.5", unit=text.strip())
        make_tag(f"{text} tag {number}", description=text)
    for model in (Source, Claim, Tag):
        count = model.objects.count()
        preview = send(administrator, model, export(administrator, model, kind), f"table.{kind}")
        totals = preview.context["result"].totals
        assert (totals["skip"], totals["new"], totals["update"]) == (count, 0, 0), model


def test_a_table_is_shown_before_it_writes_and_signed_when_it_does(administrator):
    source = make_source(slug="courier", name="Courier")
    kept = source.names.create(kind="short", name="The Courier")
    source.names.create(kind="domain", name="old.example")
    rows = [
        ["slug", "name", "kind", "names", "day_first"],
        ["courier", "Harbour Courier", "newspaper", "short: The Courier\ndomain: courier.example", "yes"],
        ["", "Ridge Radio", "broadcaster", "", ""],
    ]
    before = Source.history.count(), SourceName.history.count()
    preview = send(administrator, Source, table(*rows))
    page = preview.content.decode()
    assert "<del><bdi>Courier</bdi></del> <ins><bdi>Harbour Courier</bdi></ins>" in page
    assert "1 new, 1 changed, 0 unchanged." in page and "style=" not in page
    assert (Source.history.count(), SourceName.history.count()) == before
    assert not Source.objects.filter(name="Harbour Courier").exists()
    done = confirm(administrator, Source, preview)
    assert "1 new, 1 updated" in messages_of(done)
    source.refresh_from_db()
    assert source.name == "Harbour Courier" and source.day_first is True
    assert {(name.kind, name.name) for name in source.names.all()} == {("short", "The Courier"), ("domain", "courier.example")}  # fmt: skip
    assert source.names.get(kind="short") == kept
    version = source.history.first()
    assert (version.history_user, version.history_change_reason) == (administrator.user, "table")
    assert Source.objects.get(name="Ridge Radio").slug == "ridge-radio"


@pytest.mark.parametrize(
    "model, row, said",
    [
        (Source, {"slug": "a", "name": "A", "kind": "oracle"}, "Row 2, kind:"),
        (Source, {"slug": "a", "name": "", "kind": "blog"}, "Row 2, name:"),
        (Source, {"slug": "a", "name": "A", "kind": "blog", "reliability": "A"}, "a reliability letter needs a reason"),
        (Source, {"slug": "a", "name": "A", "kind": "blog", "day_first": "perhaps"}, "Write yes or no"),
        (Source, {"slug": "a", "name": "A", "kind": "blog", "names": "nick: B"}, "write one name a line"),
        (
            Source,
            {"slug": "a", "name": "A", "kind": "blog", "names": "domain: reuters.com"},
            "This domain belongs to another",
        ),
        (Source, {"slug": "a", "name": "A", "kind": "blog", "homepage": "javascript:alert(1)"}, "Row 2, homepage:"),
        (Source, {"slug": "a", "name": "A", "kind": "blog", "colour": "red"}, "No such column: colour."),
        (Claim, {"text": "A ship.", "language": "en", "value": "many"}, "Row 2, value:"),
        (Claim, {"text": "x" * 501, "language": "en"}, "Row 2, text:"),
        (Tag, {"name": "Ship", "kind": "colour"}, "Row 2, kind:"),
    ],
)
def test_a_row_that_breaks_a_rule_is_named_and_nothing_is_written(administrator, model, row, said):
    good = {"slug": "good", "name": "Good", "kind": "blog"} if model is Source else {"text": "Good.", "language": "en"} if model is Claim else {"name": "Good"}  # fmt: skip
    columns = [*dict.fromkeys([*good, *row])]
    before = model.objects.count()
    response = send(
        administrator, model, table(columns, *([one.get(name, "") for name in columns] for one in (good, row)))
    )
    assert said in response.content.decode() and "Nothing was imported" in response.content.decode()
    assert "confirm_form" not in response.context
    assert model.objects.count() == before


def test_a_claim_that_somebody_changed_is_not_overwritten(analyst):
    claim = make_claim(definition="Ships")
    rows = rows_of(export(analyst, Claim))
    rows[0]["definition"] = "All ships"
    content = table([*rows[0]], [*rows[0].values()])
    preview = send(analyst, Claim, content)
    assert "confirm_form" in preview.context
    claim.definition = "Some ships"
    claim.save()
    late = confirm(analyst, Claim, preview)
    assert late.status_code == 409 and "was changed after the preview" in late.content.decode()
    assert "Row 1, version:" in send(analyst, Claim, content).content.decode()
    del rows[0]["version"]
    assert "version:" in send(analyst, Claim, table([*rows[0]], [*rows[0].values()])).content.decode()
    claim.refresh_from_db()
    assert claim.definition == "Some ships"
    rows = rows_of(export(analyst, Claim))
    rows[0]["definition"] = "All ships"
    confirm(analyst, Claim, send(analyst, Claim, table([*rows[0]], [*rows[0].values()])))
    claim.refresh_from_db()
    assert (claim.definition, claim.version) == ("All ships", 3)


def test_a_table_changes_no_figure_that_a_published_verdict_speaks_of(administrator):
    claim = make_published_check(make_claim(text="Exports fell.", value=12, unit="percent")).claim
    rows = rows_of(export(administrator, Claim))
    row = next(row for row in rows if row["text"] == "Exports fell.")
    preview = send(administrator, Claim, table(list(row), list((row | {"value": "15"}).values()))).content.decode()
    assert "Its verdict is published" in preview
    claim.refresh_from_db()
    assert claim.value == 12


def test_who_may_not_write_the_rows_imports_none(sign_in):
    drafts, analyst = sign_in("reader-of-drafts"), sign_in("analyst")
    for model in (Source, Claim, Tag):
        assert drafts.get(list_of(model, "export")).status_code == 403
        assert drafts.get(list_of(model, "import")).status_code == 403
        assert drafts.post(list_of(model, "process_import"), {}).status_code == 403
        assert analyst.get(list_of(model, "export")).status_code == 200
    content = table(["slug", "name", "kind"], ["a", "A", "blog"])
    assert send(analyst, Source, content).status_code == 403
    assert analyst.post(list_of(Source, "process_import"), {}).status_code == 403
    assert "Import a table" not in analyst.get(list_of(Source)).content.decode()
    assert "Import a table" in analyst.get(list_of(Tag)).content.decode()


def test_a_preview_is_confirmed_by_who_saw_it_and_once(sign_in):
    first, second = sign_in("analyst"), sign_in("analyst")
    preview = send(first, Tag, table(["name"], ["Ships"]))
    assert "too old" in confirm(second, Tag, preview).content.decode()
    forged = preview.context["confirm_form"].initial | {"import_file_name": "/etc/passwd"}
    assert "too old" in first.post(list_of(Tag, "process_import"), forged).content.decode()
    assert not Tag.objects.exists()
    confirm(first, Tag, preview)
    assert Tag.objects.get().name == "Ships"
    assert "preview is gone" in messages_of(confirm(first, Tag, preview))


def bomb(parts: int, size: int) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(parts):
            archive.writestr(f"xl/{number}.xml", b"\0" * size)
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for one in old.infolist():
            new.writestr(one.filename, part if one.filename == name else old.read(one))
    return packed.getvalue()


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("a.txt", b"name\nx", "ends in"),
        ("a.csv", b"name\n" + b"x" * 10_500_000, "larger than 10 MB"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"name\n\xff\xfe", "UTF-8"),
        ("a.csv", b"name\na\0b", "NUL"),
        ("a.csv", b"name\na,b", "more cells"),
        ("a.csv", b'name\n"a', "no table in CSV"),
        ("a.csv", b"name\n" + b"x\n" * (MOST_ROWS + 1), "split it"),
        ("a.xlsx", b"name\nx", "no workbook"),
        ("a.xlsx", bomb(1, 2_000_000), "too large"),
        ("a.xlsx", bomb(1_001, 1), "too large"),
        ("a.xlsx", bomb(2, 10), "cannot be read|no workbook"),
        ("a.xlsx", table(["name"], ["=1+1"], kind="xlsx"), "Cell A2 holds a formula"),
        ("a.xlsx", with_part(table(["name"], kind="xlsx"), "xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x/>'.encode("utf-16")), "entities"),
    ],
    ids=range(14),
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused_with_its_reason(analyst, name, content, said):
    response = send(analyst, Tag, content, name)
    assert response.status_code == 200
    assert any(one in response.content.decode() for one in said.split("|"))
    assert not Tag.objects.exists()


def test_a_table_with_semicolons_is_a_table(analyst):
    preview = send(analyst, Tag, b"name;kind\nShips, large;place\n")
    confirm(analyst, Tag, preview)
    assert Tag.objects.get().name == "Ships, large"


SIGNS = "=+-@＝＋－＠"
CELLS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(SIGNS + ",;|\t\r\n\"'x"))


@given(CELLS)
def test_what_is_neutral_comes_back_and_starts_no_formula_wherever_it_is_split(words):
    safe = neutral(words)
    assert original(safe) == words
    assert not safe.startswith(tuple(SIGNS + "\t\r\n"))
    for delimiter in ",;|\t\r\n":
        for part in safe.split(delimiter)[1:]:
            assert not part.lstrip('"').startswith(tuple(SIGNS)), part


@pytest.mark.parametrize(
    "words, safe",
    [
        ("x,=1+1", "x,'=1+1"),
        (";=cmd", ";'=cmd"),
        ("x\t＝1;＠a", "x\t'＝1;'＠a"),
        ('"=1', "\"'=1"),
        ("\t=1", "'\t'=1"),
        ("it's ok, -5 ships=2", "it's ok, -5 ships=2"),
    ],
)
def test_signs_of_formulas_are_marked_at_the_start_and_behind_a_delimiter(words, safe):
    assert neutral(words) == safe and original(safe) == words


@pytest.mark.parametrize("kind", [TableCSV("utf-8"), TableXLSX()])
@settings(deadline=None, max_examples=60)
@given(st.lists(CELLS.filter(lambda words: not any(ord(letter) < 32 and letter not in "\t\n" for letter in words) and "\ufffe" not in words and "\uffff" not in words), min_size=1, max_size=4))  # fmt: skip
def test_a_table_comes_back_with_every_word(kind, cells):
    table = tablib.Dataset(["first", *cells, "last"], headers=list(map(str, range(len(cells) + 2))))
    assert list(kind.create_dataset(kind.export_data(table))) == [("first", *cells, "last")]


@given(st.binary())
def test_no_bytes_break_the_reading(content):
    for kind in (TableCSV("utf-8"), TableXLSX()):
        with contextlib.suppress(Unreadable, UnicodeDecodeError):
            kind.create_dataset(content)
