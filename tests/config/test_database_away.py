"""The database goes in the middle of a save: a page of our own that keeps what was sent, nothing half written, and the
next request is as ever."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests.conftest import ROOT

NEVER = ("Traceback", "OperationalError", "psycopg", "sqlite3", "Exception")


def save_while_it_goes(database: str, what: str, *commands: str) -> dict:
    environment = {**os.environ, "DATABASE_URL": database, "PYTHONPATH": str(ROOT)}
    script = [sys.executable, "tests/config/database_goes.py", what, *commands]
    done = subprocess.run(script, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def is_our_page(answer: dict, words: str) -> bool:
    assert (answer["status"], answer["retry_after"], answer["csp"]) == (503, "3", True), answer
    assert not any(word in answer["page"] for word in NEVER)
    return words in answer["page"] and "Away for a moment" in answer["page"]


def keeps_what_was_sent(said: dict) -> None:
    for answer in (said["save"], said["again"]):
        assert is_our_page(answer, "was not saved") and 'name="text" value="Ships swam."' in answer["page"]
    assert "Ships swam." not in said["other_site"]["page"] and said["other_site"]["status"] == 403


def is_as_ever(said: dict) -> None:
    assert said["reader_after"]["status"] == said["readyz_after"]["status"] == 200
    assert said["kept"] and said["text"] == "Ships sank."
    assert (said["save_after"]["status"], said["text_after"], said["versions_after"]) == (302, "Ships swam.", 2)


@pytest.mark.parametrize("what", ["sqlite-locked", "sqlite-read-only"])
def test_a_file_that_somebody_holds_or_nobody_may_write(tmp_path, what):
    said = save_while_it_goes(f"sqlite:///{tmp_path / 'kb.sqlite3'}", what)
    keeps_what_was_sent(said)
    # Reading goes on.
    assert said["reader"]["status"] == said["livez"]["status"] == said["readyz"]["status"] == 200
    is_as_ever(said)


@pytest.fixture
def cluster():
    """A PostgreSQL of this test's own: its address, and the commands that stop and start it."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    if not programs or os.getuid() != 0 or shutil.which("runuser") is None:
        pytest.skip("no PostgreSQL server that this user may start")
    folder = Path(tempfile.mkdtemp(prefix="kb-away-"))
    shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    as_postgres, data = ["runuser", "-u", "postgres", "--"], str(folder / "data")
    control = [*as_postgres, str(programs[-1]), "-D", data, "-w", "-l", str(folder / "log")]
    start = [*control, "-o", f"-p {port} -k {folder} -c fsync=off", "start"]
    stop = [*control, "-m", "immediate", "stop"]
    initdb = str(programs[-1].with_name("initdb"))
    try:
        arguments = ["-D", data, "--auth=trust", "--username=kb", "--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run([*as_postgres, initdb, *arguments], check=True, capture_output=True)
        subprocess.run(start, check=True, stdout=subprocess.DEVNULL)
        yield f"postgres://kb@127.0.0.1:{port}/postgres", json.dumps(stop), json.dumps(start)
    finally:
        subprocess.run(stop, check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def test_a_server_that_stops_in_the_middle(cluster):
    address, stop, start = cluster
    said = save_while_it_goes(address, "postgres", stop, start)
    keeps_what_was_sent(said)
    assert is_our_page(said["desk"], "asks again by itself")
    assert is_our_page(said["reader"], "asks again by itself")
    assert said["livez"]["status"] == 200
    assert (said["readyz"]["status"], bool(said["readyz"]["retry_after"])) == (503, True)
    assert all(said[asked]["seconds"] < 10 for asked in ("save", "desk", "reader", "readyz"))
    is_as_ever(said)
