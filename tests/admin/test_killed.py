"""An act over two thousand rows, killed with SIGKILL in the middle: each batch is wholly there or not at all, and what is
left is done by doing it again."""

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import uuid
from urllib.parse import quote

import pytest
from django.db import connection

from kb.admin.bulk import BATCH
from tests.conftest import ROOT

ROWS, LONGEST = 2000, 240
# More by hand: KILLS=20 uv run pytest tests/admin/test_killed.py
KILLS = int(os.environ.get("KILLS", "1"))


def run(address: str, *arguments: str) -> dict | None:
    """What the process said; None where it was killed."""
    environment = {**os.environ, "DATABASE_URL": address, "PYTHONPATH": str(ROOT)}
    script = [sys.executable, "tests/admin/dies_in_the_middle.py", *arguments]
    done = subprocess.run(script, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=LONGEST)
    if done.returncode == -signal.SIGKILL:
        return None
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


class File:
    """A SQLite file of the test's own, and copies of it."""

    def __init__(self, folder):
        self.folder = folder
        self.whole = folder / "whole.sqlite3"
        run(f"sqlite:///{self.whole}", "prepare")

    def copy(self) -> str:
        for left in self.folder.glob("copy.sqlite3*"):
            left.unlink()
        self.file = shutil.copy(self.whole, self.folder / "copy.sqlite3")
        return f"sqlite:///{self.file}"

    def faults(self) -> list:
        with sqlite3.connect(self.file) as opened:
            found = opened.execute("PRAGMA foreign_key_check").fetchall()
            found += [said for (said,) in opened.execute("PRAGMA integrity_check") if said != "ok"]
        opened.close()
        return found

    def drop(self) -> None:
        """The folder goes with the test."""


class Server:
    """Databases of the test's own on the PostgreSQL of this run."""

    def __init__(self, blocker):
        self.blocker = blocker
        self.names = [f"kb_killed_{uuid.uuid4().hex[:8]}_{which}" for which in ("whole", "copy")]
        self._execute(f"CREATE DATABASE {self.names[0]}")
        run(self._address(self.names[0]), "prepare")

    def _execute(self, statement: str) -> None:
        # Databases are made outside transactions.
        own = connection.copy()
        with self.blocker.unblock(), contextlib.closing(own), own.cursor() as cursor:
            cursor.execute(statement)

    def _address(self, name: str) -> str:
        told = connection.settings_dict
        password = f":{quote(told['PASSWORD'], safe='')}" if told["PASSWORD"] else ""
        return f"postgres://{told['USER']}{password}@{told['HOST']}:{told['PORT'] or 5432}/{name}"

    def copy(self) -> str:
        self._execute(f"DROP DATABASE IF EXISTS {self.names[1]} WITH (FORCE)")
        # The process that filled it may be leaving still.
        gone = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'"
        self._execute(gone.format(self.names[0]))
        self._execute(f"CREATE DATABASE {self.names[1]} TEMPLATE {self.names[0]}")
        return self._address(self.names[1])

    def faults(self) -> list:
        return []

    def drop(self) -> None:
        for name in self.names:
            self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def database(django_db_setup, django_db_blocker, tmp_path):
    made = File(tmp_path) if connection.vendor == "sqlite" else Server(django_db_blocker)
    yield made
    made.drop()


@pytest.mark.parametrize("act", ["delete", "confirm"])
def test_killed_at_any_moment_nothing_is_half_written_and_the_rest_is_done_later(database, act):
    address = database.copy()
    whole = run(address, act, "0")
    assert whole["status"] == 302 and whole["statements"] > 20
    expected = run(address, "look")
    assert expected["faults"] == database.faults() == []
    if act == "delete":
        assert (expected["claims"], expected["deleted"], expected["logged"]) == (0, ROWS, ROWS)
    else:
        assert expected["confirmed"] == ROWS
    chance = random.Random()
    for _ in range(KILLS):
        address = database.copy()
        moment = chance.randrange(2, whole["statements"] + 1)
        assert run(address, act, str(moment)) is None, f"outlived statement {moment}"
        found = run(address, "look")
        assert found["faults"] == database.faults() == [], moment
        # A deletion is one act, with its versions and the log; of confirming each batch is one.
        assert (found["claims"], found["deleted"], found["logged"]) in ((ROWS, 0, 0), (0, ROWS, ROWS)), moment
        assert found["confirmed"] == found["versions"] and found["confirmed"] % BATCH == 0, moment
        assert found["confirmed_without_who"] == 0 and (act == "confirm" or found["confirmed"] == 0), moment
        if found != expected:
            assert run(address, act, "0")["status"] == 302
            assert run(address, "look") == expected, moment
