"""Hostile input through the operator's door: refused or neutralised, with a clear word, and nothing breaks."""

import base64
import html
import io
import json
import os
import resource
import subprocess
import sys

import lxml.html
import pytest
from django.core.management import call_command

from kb.models import Article, RatingWords, Source, SourceName
from kb.services import articles
from kb.services.integrity import TABLES, faults
from tests.conftest import ROOT, SHARED
from tests.factories import make_user
from tests.web.crawl import crawl

pytestmark = pytest.mark.django_db

# Written for these tests: one of each kind, so that the essential holds without the lists kept elsewhere.
NASTY = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '"><svg/onload=alert(1)>',
    "<a href='jav&#x09;ascript:alert(1)'>read</a>",
    "javascript:alert(1)",
    "{{7*7}} {% debug %} ${7*7} {0.__class__}",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE kb_article; --",
    "\u202eevil\u202c \u2066isolated\u2069 \u200bzero\u200b",
    "e\u0301\u0301\u0301" * 50,
    "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    "\ud7ff \ufffd \ufffe",
    "\x1b[31mred\x1b[0m\x07\x08",
    "a\r\nSet-Cookie: x=1",
    "%s%n%x %00",
    "../../../../etc/passwd",
    "İıßﬃ ＡＢＣ",
    "(#Reuters, June 99)(#Reuters, 99/99)((((((((",
]


# The register is not what hostile pages write.
IMPORTED = [model for model in TABLES if model not in (Source, SourceName, RatingWords)]


def payloads(name: str) -> list[str]:
    path = SHARED / "data" / "badinput" / name
    if not path.is_file():
        pytest.skip("the lists of hostile strings are not beside this checkout")
    found = json.loads(path.read_text(encoding="utf-8"))
    return found if isinstance(found, list) else [string for kind in found.values() for string in kind]


def run(*arguments) -> tuple[int, dict, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_articles", *map(str, arguments), "--json", stdout=out, stderr=err)
        code = 0
    except SystemExit as exit:
        code = exit.code
    return code, json.loads(out.getvalue()), err.getvalue()


def text_page(strings) -> str:
    body = "\n\n".join(
        f"Ships left the northern port on Monday: {string} and insurers lowered their premiums at once."
        for string in strings
    )
    return f"Grain leaves {strings[0]} again\n\nBy {strings[-1]}\n\n14 June 2025\n\n{body}\n\nTags: {', '.join(strings[:4])}\n"


def web_page(strings) -> str:
    """Each string once as markup and once as words, in the body, the head and the structured data."""
    data = json.dumps(
        {"@type": "NewsArticle", "headline": strings[0], "author": strings[-1], "keywords": strings, "url": strings[0]}
    )
    body = "".join(
        f"<p>Ships left the port: {string} at once.</p>\n<p>Insurers lowered their premiums: {html.escape(string)} at once.</p>\n"
        for string in strings
    )
    first = html.escape(strings[0], quote=True)
    return (
        f'<html lang="en"><head><title>Grain {first}</title><link rel="canonical" href="{first}">'
        f'<meta property="og:title" content="{first}"><meta name="author" content="{first}">'
        f'<script type="application/ld+json">{data}</script></head><body><article><h1>Grain leaves {first}</h1>\n{body}'
        f'<a rel="tag" href="{first}">{first}</a></article></body></html>'
    )


def import_all(tmp_path, strings, suffix, write) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(0, len(strings), 40):
        path = folder / f"page{number}{suffix}"
        path.write_bytes(write(strings[number : number + 40]).encode("utf-8", "surrogatepass"))
    code, outcome, told = run(folder)
    assert code in (0, 1, 2)
    for document in outcome["documents"]:
        assert document["body_text"] or document["problems"], document["file"]
    assert "Traceback" not in told
    assert [str(fault) for fault in faults(IMPORTED)] == []


def assert_readers_are_safe(client) -> None:
    """Published, no page that readers can reach holds a script of the payload's or a link that runs one."""
    editor = make_user(group="editor")
    for article in Article.objects.exclude(title="").exclude(body=""):
        articles.publish(article, by=editor)
    pages = {address: content for address, content in crawl(client).items() if address.endswith("/") or "?" in address}
    assert len(pages) > 5
    for content in pages.values():
        assert_tame(content)


def assert_tame(content: str) -> None:
    tree = lxml.html.document_fromstring(content)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        assert element.tag not in {"iframe", "object", "embed"}, element.tag
        if element.tag == "script":
            is_data = element.get("type") in ("application/ld+json", "application/json")
            assert is_data or (element.get("src") or "").startswith("/static/")
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (element.tag, name)
            if name in {"href", "src", "action"}:
                scheme = "".join(value.split()).partition(":")[0].lower()
                assert scheme not in {"javascript", "vbscript", "data"} or element.tag == "link", value


@pytest.mark.parametrize(("suffix", "write"), [(".txt", text_page), (".html", web_page)])
def test_nasty_strings_import_and_show_as_words(tmp_path, client, suffix, write):
    import_all(tmp_path, NASTY, suffix, write)
    assert_readers_are_safe(client)


@pytest.mark.same_on_each_database
@pytest.mark.parametrize(("suffix", "write"), [(".txt", text_page), (".html", web_page)])
@pytest.mark.parametrize("name", ["blns.json", "injection_payloads.json"])
def test_known_lists_of_hostile_strings_import_and_show_as_words(tmp_path, client, name, suffix, write):
    strings = [string for string in payloads(name) if string]
    import_all(tmp_path, strings[:: max(1, len(strings) // 150)], suffix, write)
    assert_readers_are_safe(client)


BROKEN_JSON = {
    "deep.json": b"[" * 200_000,
    "deep-object.jsonl": b'{"a":' * 100_000,
    "open.json": b'{"claims": [{"text": "x',
    "nul.jsonl": b'{"article": "\x00"}\n',
    "surrogate.json": b'{"claims": [{"text": "\\ud800"}]}',
    "number.jsonl": b"1e99999\n-0\nNaN\n",
    "bytes.jsonl": b"\xff\xfe\xfd\n",
    "empty.jsonl": b"",
    "lists.jsonl": b"[]\n{}\nnull\n",
    "types.json": b'{"claims": {"text": 3}}',
    "inner.json": b'{"claims": [null, 1, "x", [], {"text": null, "claimReview": 5}, {"text": ["x"], "claimReview": [[]]}]}',
    "bomb.jsonl": b'{"type": "article", "title": "' + b"x" * 6_000_000 + b'"}\n',
}


@pytest.mark.parametrize("name", BROKEN_JSON)
def test_broken_records_are_refused_with_a_word(tmp_path, name):
    (tmp_path / name).write_bytes(BROKEN_JSON[name])
    code, outcome, told = run(tmp_path / name)
    assert code == 2
    assert outcome["summary"]["failed"] >= 1
    assert name in told and "Traceback" not in told
    assert not Article.objects.exists()


def test_the_json_parsing_suite_crashes_nothing(tmp_path):
    files = SHARED / "data" / "badinput" / "json_parsing_suite.json"
    if not files.is_file():
        pytest.skip("the suite is not beside this checkout")
    suite = json.loads(files.read_text(encoding="utf-8"))
    for suffix in (".json", ".jsonl"):
        folder = tmp_path / suffix.removeprefix(".")
        folder.mkdir()
        for name, content in suite.items():
            (folder / name).with_suffix(suffix).write_bytes(base64.b64decode(content))
        code, outcome, told = run(folder)
        assert code in (0, 1, 2)
        assert "Traceback" not in told
        assert outcome["summary"]["new"] == 0
    assert not Article.objects.exists()


BOMBS = {
    "nested.html": lambda: b"<html><body>" + b"<div>" * 40_000 + b"Ships left the port." + b"</div>" * 40_000,
    "attributes.html": lambda: (
        b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(400_000)) + b">Ships left.</p>"
    ),
    "entities.html": lambda: b"<html><body><p>" + b"&amp;&lt;&#8217;" * 200_000 + b"</p>",
    "xml.html": lambda: (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%s;" % (str(n - 1).encode() if n else b"") * 10) for n in range(9))
        + b"]><html><body><p>Ships left the port &a8; again.</p></body></html>"
    ),
    "line.html": lambda: b"<html><body><p>" + b"x" * 4_900_000 + b"</p>",
    "line.txt": lambda: b"x" * 4_900_000,
    "words.txt": lambda: b"according to Reuters (June 12) " * 30_000,
    "brackets.html": lambda: b"<" * 3_000_000,
    "data.html": lambda: (
        b'<script type="application/ld+json">' + b'{"a":' * 200_000 + b"</script><p>Ships left the port.</p>"
    ),
    "huge.jsonl": lambda: b'{"title": "' + b"x" * 200_000_000 + b'"}\n',
    "claims.json": lambda: b'{"claims": [' + b'{"text": "x"},' * 300_000 + b"{}]}",
}


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """A migrated database of its own, for processes of their own."""
    found = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('bombs') / 'kb.sqlite3'}"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=found, check=True)
    return found


# Runs the command, then says how much memory the process held at most (ru_maxrss would count its parent's).
WATCHED = """
import runpy, sys
sys.argv = ["manage.py", "import_articles", sys.argv[1], "--dry-run", "--json"]
try:
    runpy.run_path("manage.py", run_name="__main__")
finally:
    sys.stderr.write(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


@pytest.mark.same_on_each_database
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
@pytest.mark.parametrize("name", BOMBS)
def test_bombs_end_and_stay_small(tmp_path, environment, name):
    path = tmp_path / name
    path.write_bytes(BOMBS[name]())
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (60, 60)),
    )
    assert done.returncode in (0, 1, 2), done.stderr[-2000:]
    assert json.loads(done.stdout)["documents"]
    assert int(done.stderr.split()[-2]) < 512 * 1024
