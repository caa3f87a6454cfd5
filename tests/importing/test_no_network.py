"""An import opens no connection: neither through Python nor through a library beneath it."""

import os
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from tests.conftest import ROOT

# Runs the command in a process of its own that dies at the first name looked up or connection opened through Python.
WATCHED = """
import sys
def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request", "http.client.connect"}:
        sys.stderr.write(f"NETWORK {event} {arguments}\\n")
        sys.stderr.flush()
        import os
        os._exit(99)
sys.addaudithook(refuse)
sys.argv = ["manage.py", *sys.argv[1:]]
import runpy
runpy.run_path("manage.py", run_name="__main__")
"""

PAGE = """<!DOCTYPE html SYSTEM "{address}/page.dtd" [<!ENTITY far SYSTEM "{address}/entity"> %far;]>
<?xml-stylesheet href="{address}/style.xsl"?>
<html lang="en" manifest="{address}/manifest"><head>
<title>Grain leaves the port again</title>
<base href="{address}/base/"><link rel="canonical" href="{address}/story"><link rel="stylesheet" href="{address}/style.css">
<link rel="amphtml" href="{address}/amp"><meta http-equiv="refresh" content="0; url={address}/next">
<meta property="og:url" content="{address}/story"><meta property="og:image" content="{address}/picture.jpg">
<script src="{address}/script.js"></script>
<script type="application/ld+json">{{"@context": "{address}/context", "@type": "NewsArticle", "headline": "Grain leaves the port again",
"url": "{address}/story", "author": {{"@id": "{address}/ada"}}, "datePublished": "2025-06-14"}}</script></head>
<body><article><h1>Grain leaves the port again</h1><p>By Ada Harbour</p>
<img src="{address}/picture.jpg"><iframe src="{address}/frame"></iframe><object data="{address}/object"></object>
<p>Ships left the northern port again on Monday, and insurers lowered their premiums at once. &far;</p>
<p>According to <a href="{address}/reuters">Reuters</a> (June 12), the two ministries agreed to inspect every second vessel.</p>
<p>Officials said that more convoys would follow if the weather holds through the end of the month.</p>
<xi:include href="{address}/part" xmlns:xi="http://www.w3.org/2001/XInclude"/></article></body></html>
"""


@contextmanager
def listener():
    """A server on this machine that counts who knocks."""
    knocks = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stopped = threading.Event()

        def listen():
            while not stopped.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                knocks.append(connection)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}", knocks
        finally:
            stopped.set()
            thread.join()


def watched(*arguments, database) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", WATCHED, *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "pages").mkdir()
    return tmp_path / "pages"


def test_importing_opens_no_connection(tmp_path, folder):
    with listener() as (address, knocks):
        page = PAGE.format(address=address)
        (folder / "page.html").write_text(page, encoding="utf-8")
        (folder / "page.txt").write_text(page, encoding="utf-8")
        (folder / "page.mhtml").write_text(
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b; type=text/html\n"
            f"Content-Location: {address}/story\n\n--b\nContent-Type: text/html; charset=utf-8\n\n{page}\n--b--\n",
            encoding="utf-8",
        )
        assert watched("migrate", "-v0", database=tmp_path / "kb.sqlite3").returncode == 0
        done = watched("import_articles", folder, "--json", database=tmp_path / "kb.sqlite3")
    assert "NETWORK" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert done.stdout.count('"Grain leaves the port again"') >= 2
    assert knocks == []


def test_the_watch_would_see_a_connection(tmp_path):
    with listener() as (address, knocks):
        command = 'runpy.run_path("manage.py", run_name="__main__")'
        assert command in WATCHED
        script = WATCHED.replace(command, f"import urllib.request\nurllib.request.urlopen({address!r})")
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 99
        port = int(address.rpartition(":")[2])
        socket.create_connection(("127.0.0.1", port)).close()
        threading.Event().wait(0.3)
    assert len(knocks) == 1
