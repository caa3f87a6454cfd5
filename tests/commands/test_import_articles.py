"""The operator imports pages by command."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kb.models import (
    Appearance,
    Article,
    Capture,
    Citation,
    Hop,
    ImportRun,
    State,
    TagLink,
)
from kb.services import articles, suggestions
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]

PAGE = """Grain Corridor Reopens After Talks

By Ada Harbour

Published: 14 June 2025

Ships left the northern port again on Monday, and insurers lowered their premiums at once. Traders had waited for six weeks.

According to Reuters (June 12), the two ministries agreed to inspect every second vessel. The agreement will be reviewed in #autumn by both sides.

Officials said that more convoys would follow if the weather holds. Nobody in the harbour expects the queue to shrink before the end of the month.
"""


@pytest.fixture
def page(tmp_path) -> Path:
    path = tmp_path / "corridor.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def run(*arguments, code=0):
    """The command's JSON and what it told the operator."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_articles", *map(str, arguments), "--json", stdout=out, stderr=err)
        status = 0
    except SystemExit as exit:
        status = exit.code
    assert status == code, err.getvalue()
    return json.loads(out.getvalue()), err.getvalue()


def counts():
    return {model.__name__: model.objects.count() for model in (Article, Capture, Citation, Appearance, Hop, TagLink)}


def test_a_page_becomes_a_draft_with_suggestions_only(page):
    run(page)
    article = Article.objects.get()
    assert (article.status, article.title) == ("draft", "Grain Corridor Reopens After Talks")
    assert article.citations.exists() and article.appearances.exists() and article.tag_links.exists()
    for rows in (article.citations, article.appearances, article.hops, article.tag_links):
        assert not rows.exclude(state=State.SUGGESTED).exists()
    assert not article.tags.exists()
    assert not Article.objects.visible_to().exists()


def test_whatever_is_told_names_its_file_once_and_the_line(page, tmp_path):
    page.write_text(PAGE.partition("\n")[2].lstrip(), encoding="utf-8")
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    menu = tmp_path / "menu.txt"
    menu.write_text("Home\nSport\nWeather\n", encoding="utf-8")
    site = tmp_path / "site.html"
    site.write_text("<title>Shore News</title><ul><li>Home<li>Sport</ul>", encoding="utf-8")
    result, told = run(page, empty, menu, site, "--dry-run", code=1)
    lines = [line for line in told.splitlines() if line]
    problems = [(one["file"], problem) for one in result["documents"] for problem in one["problems"]]
    assert len(lines) == len(problems) >= 4
    for line, (file, problem) in zip(lines, problems, strict=True):
        assert line.startswith(f"{file}, line {problem['line']}: " if problem["line"] else f"{file}: ")
        assert line.count(file) == 1 and line.endswith(problem["message"])
    assert any(problem["line"] for _, problem in problems)


def test_every_anchor_stands_at_its_words(page):
    run(page)
    article = Article.objects.get()
    for row in [*article.citations.filter(start__isnull=False), *article.appearances.all()]:
        assert article.text[row.start : row.end] == row.exact
    assert article.appearances.first().citations.exists()


def test_the_capture_is_kept_byte_for_byte(page):
    content = PAGE.replace("\n", "\r\n").encode()
    page.write_bytes(content)
    run(page)
    capture = Capture.objects.get()
    assert bytes(capture.content) == content
    assert "".join(capture.text[span["start"] : span["end"]] for span in capture.receipt) == capture.text


def test_the_same_file_twice_changes_nothing(page):
    first, _ = run(page)
    before = counts()
    second, _ = run(page)
    assert counts() == before
    assert (first["summary"]["new"], second["summary"]["unchanged"]) == (1, 1)
    assert first["documents"] == second["documents"]


def test_the_same_words_under_two_names_are_one_article(page):
    twin = page.with_name("twin.txt")
    twin.write_text(PAGE, encoding="utf-8")
    result, _ = run(page, twin)
    assert (result["summary"]["new"], result["summary"]["unchanged"]) == (1, 1)


def test_a_dry_run_says_the_same_and_writes_nothing(page):
    dry, _ = run(page, "--dry-run")
    assert sum(counts().values()) == 0 and not ImportRun.objects.exists()
    assert run(page)[0] == dry


def test_a_changed_page_replaces_a_draft_nobody_worked_on(page):
    run(page)
    page.write_text(PAGE.replace("northern port", "southern port"), encoding="utf-8")
    result, _ = run(page)
    assert result["summary"]["changed"] == 1
    article = Article.objects.get()
    assert "southern port" in article.body
    assert Capture.objects.count() == 2


def test_what_a_person_confirmed_stands_in_the_new_text_of_a_changed_page(page):
    run(page)
    article = Article.objects.get()
    suggestions.confirm(article.citations.all(), by=make_user(group="analyst"))
    confirmed = set(article.citations.values_list("pk", flat=True))
    page.write_text(PAGE.replace("northern port", "southern port"), encoding="utf-8")
    run(page)
    article.refresh_from_db()
    assert "southern port" in article.body
    assert set(article.citations.values_list("pk", flat=True)) == confirmed


def test_a_changed_page_waits_when_a_person_edited_the_text(page):
    run(page)
    article = Article.objects.get()
    article.body = article.body.replace("six weeks", "seven weeks")
    articles.save_text(article, by=make_user(group="analyst"))
    page.write_text(PAGE.replace("northern port", "southern port"), encoding="utf-8")
    result, said = run(page)
    article.refresh_from_db()
    assert "northern port" in article.body and "seven weeks" in article.body
    assert "waits for a person" in said
    assert result["documents"][0]["problems"][-1]["code"] == "change-waits"
    assert article.page_changes.waiting().count() == 1


def test_an_edited_title_stays(page):
    run(page)
    article = Article.objects.get()
    article.title = "Mine"
    articles.save_text(article, by=make_user(group="analyst"))
    page.write_text(PAGE + "\nOne more sentence stands at the end of the page now.\n", encoding="utf-8")
    run(page)
    article.refresh_from_db()
    assert article.title == "Mine"
    assert "at the end of the page now" in article.body


BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b"\n \n", "is empty"),
    "mark.txt": (b"\xef\xbb\xbf\n", "is empty"),
    "binary.txt": (b"\x00\x01\x02\x03PNG", "is binary"),
    "latin.txt": ("Über den Häfen liegt Nebel.".encode("latin-1"), "is not UTF-8 at byte 0"),
    "half.txt": ("Nebel über".encode()[:7], "half written"),
    "large.txt": (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_reason_and_the_others_import(tmp_path, page, name):
    content, reason = BAD[name]
    (tmp_path / name).write_bytes(content)
    result, said = run(tmp_path / name, page, code=1)
    assert name in said and reason in said
    assert result["summary"] == {"new": 1, "changed": 0, "unchanged": 0, "failed": 1}
    assert result["documents"][0]["problems"][0]["level"] == "error"
    assert Article.objects.count() == 1
    assert ImportRun.objects.get().problems.filter(file__endswith=name, level="error").exists()


def test_a_missing_file_alone_means_nothing_could_run(tmp_path):
    _, said = run(tmp_path / "nowhere.txt", code=2)
    assert "does not exist" in said


def test_a_folder_without_pages_says_so(tmp_path):
    (tmp_path / "picture.png").write_bytes(b"PNG")
    _, said = run(tmp_path, code=2)
    assert "holds no page" in said


def test_other_files_in_a_folder_are_named_and_change_no_exit_code(tmp_path, page):
    (tmp_path / "picture.png").write_bytes(b"PNG")
    result, said = run(tmp_path)
    assert "picture.png" in said
    assert result["summary"]["new"] == 1


def test_an_unreadable_file_is_named(tmp_path, page):
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    _, said = run(tmp_path, code=1)
    assert "loop.txt" in said


def test_what_the_operator_knows_settles_what_the_page_does_not_say(page):
    result, _ = run(page, "--publisher", "Harbour Courier", "--published", "2025-06-15", "--language", "en-GB")
    document = result["documents"][0]
    assert (document["publisher"], document["published"], document["language"]) == (
        "Harbour Courier",
        "2025-06-15",
        "en-GB",
    )
    assert Article.objects.get().hops.filter(printed_name="Harbour Courier").exists()


def test_addresses_come_from_a_file_by_name(tmp_path, page):
    addresses = tmp_path / "addresses.json"
    addresses.write_text(json.dumps({"corridor.txt": "https://example.org/corridor"}), encoding="utf-8")
    run(page, "--urls", addresses)
    assert Article.objects.get().address == "https://example.org/corridor" == Capture.objects.get().origin


@pytest.mark.parametrize(
    "arguments",
    [("--published", "the other day"), ("--language", "!!"), ("--urls", "nowhere.json")],
)
def test_a_wrong_option_is_refused_before_anything_runs(page, arguments):
    with pytest.raises(CommandError) as error:
        call_command("import_articles", str(page), *arguments)
    assert error.value.returncode == 2
    assert not Capture.objects.exists()


def test_a_run_that_was_cut_off_is_gone_on_with(page):
    cut_off = ImportRun.objects.create()
    run(page, "--resume")
    cut_off.refresh_from_db()
    assert (cut_off.new, ImportRun.objects.count()) == (1, 1)
    assert cut_off.finished_at


def test_the_year_of_a_citation_is_proposed_with_its_basis(page):
    run(page)
    citation = Article.objects.get().citations.get(source__slug="reuters")
    assert (citation.date_edtf, citation.date_resolved) == ("XXXX-06-12", "2025-06-12")
    assert citation.date_basis == "published-before"
    assert citation.state == State.SUGGESTED


def test_other_json_in_a_folder_is_named_and_changes_no_exit_code(page):
    other = page.parent / "settings.json"
    other.write_text('{"colour": "blue"}', encoding="utf-8")
    outcome, told = run(page.parent)
    assert outcome["summary"] == {"new": 1, "changed": 0, "unchanged": 0, "failed": 0}
    assert "settings.json: skipped" in told
    outcome, told = run(other, code=2)
    assert outcome["summary"]["failed"] == 1 and "no importer" in told
