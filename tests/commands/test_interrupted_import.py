"""The import of records killed, run twice at once, and beside people who save."""

import contextlib
import random
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from django.db import connection

from benchmarks import killing
from tests.importing.foreign_checks.generating import generate

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def migrated(django_db_setup, django_db_blocker, tmp_path_factory) -> Path:
    """A migrated database in a file: processes of their own shall open it."""
    if connection.vendor != "sqlite":
        pytest.skip("a file that one process after another opens")
    path = tmp_path_factory.mktemp("migrated") / "kb.sqlite3"
    with django_db_blocker.unblock():
        connection.ensure_connection()
        copy = sqlite3.connect(path)
        connection.connection.backup(copy)
        copy.close()
    return path


@pytest.fixture
def database(migrated, tmp_path) -> Path:
    return Path(shutil.copy(migrated, tmp_path / "kb.sqlite3"))


@pytest.fixture
def corpus(tmp_path) -> Path:
    killing.write_corpus(tmp_path / "corpus.jsonl", 250)
    return tmp_path / "corpus.jsonl"


def test_killed_at_any_moment_it_leaves_whole_records_and_resumes(database, migrated, corpus, tmp_path):
    chance = random.Random(5)
    for _ in range(2):
        killing.kill_at_random(database, corpus, chance)
        assert killing.faults(database) == []
    resumed = killing.finish_and_export(database, corpus)
    assert killing.faults(database) == []
    whole = Path(shutil.copy(migrated, tmp_path / "whole.sqlite3"))
    assert resumed == killing.finish_and_export(whole, corpus)


def test_two_at_once_and_somebody_who_saves(database, corpus):
    both = [
        killing.command(database, "import_articles", str(corpus), stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    saved = 0
    while any(process.poll() is None for process in both):
        with sqlite3.connect(database, timeout=20, isolation_level="IMMEDIATE") as person:
            person.execute("UPDATE kb_source SET description = ? WHERE slug = 'cnn'", [f"saved {saved}"])
        person.close()
        saved += 1
        try:
            both[0].wait(0.2)
        except subprocess.TimeoutExpired:
            continue
    assert [process.returncode for process in both] == [0, 0]
    said = [process.communicate()[0] for process in both]
    new, unchanged = (
        sum(int(text.split(f" {word}")[0].split()[-1].lstrip(",")) for text in said) for word in ("new", "unchanged")
    )
    assert (new, unchanged) == (250, 250)
    assert saved > 0
    with sqlite3.connect(database) as opened:
        assert opened.execute("SELECT count(*), count(DISTINCT slug) FROM kb_article").fetchone() == (250, 250)
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []


def counted(database: Path, question: str) -> tuple:
    with sqlite3.connect(database, timeout=20) as opened:
        return opened.execute(question).fetchone()


@pytest.fixture
def checks(tmp_path) -> Path:
    generate(tmp_path / "checks.json", 3000, language="en", day_first=True, entities=True)
    return tmp_path / "checks.json"


def test_checks_of_others_killed_at_any_moment_are_whole_and_go_on(database, checks):
    chance = random.Random(7)
    for _ in range(2):
        killing.kill_at_random(database, checks, chance)
        stored, versions = counted(database, "SELECT (SELECT count(*) FROM kb_foreigncheck), (SELECT count(*) FROM kb_historicalforeigncheck)")  # fmt: skip
        counts = counted(database, "SELECT sum(new), sum(changed + unchanged + failed) FROM kb_importrun")
        assert (stored, 0) == counts and stored == versions
        assert counted(database, "SELECT sum(records) FROM kb_ledgerentry") == (stored,)
        assert counted(database, "PRAGMA integrity_check") == ("ok",)
    assert killing.command(database, "import_articles", str(checks), "--resume", stdout=subprocess.DEVNULL).wait() == 0
    assert counted(database, "SELECT count(*), count(DISTINCT key) FROM kb_foreigncheck") == (3000, 3000)
    assert counted(database, "SELECT sum(new) FROM kb_importrun") == (3000,)


def test_two_imports_of_the_same_checks_at_once_and_somebody_who_saves(database, checks):
    both = [
        killing.command(database, "import_articles", str(checks), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]  # fmt: skip
    saved = 0
    while any(process.poll() is None for process in both):
        with sqlite3.connect(database, timeout=20, isolation_level="IMMEDIATE") as person:
            person.execute("UPDATE kb_source SET description = ? WHERE slug = 'cnn'", [f"saved {saved}"])
        person.close()
        saved += 1
        with contextlib.suppress(subprocess.TimeoutExpired):
            both[0].wait(0.2)
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert "Traceback" not in said[0][1] + said[1][1] and saved > 0
    assert counted(database, "SELECT count(*), count(DISTINCT key) FROM kb_foreigncheck") == (3000, 3000)
    assert counted(database, "SELECT count(*) FROM kb_historicalforeigncheck") == (3000,)
    assert counted(database, "SELECT sum(new), sum(unchanged), sum(failed) FROM kb_importrun") == (3000, 3000, 0)
