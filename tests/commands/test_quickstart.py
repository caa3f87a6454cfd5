"""From nothing to a site that is ready, and again without changing anything."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import call_command

from kb.models import Article, Source
from kb.services.demonstration import USERS
from tests.conftest import ROOT
from tests.factories import make_article


def manage(*arguments, **environment) -> subprocess.CompletedProcess:
    """The command in a process of its own, with a database of its own."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def database(tmp_path):
    return {"DATABASE_URL": f"sqlite:///{tmp_path / 'kb.sqlite3'}", "KB_DEMO_PASSWORD": "harbour lights"}


def passwords(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.split(":")[0] in USERS]


@pytest.fixture
def ready(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path

    def quickstart(capsys):
        call_command("quickstart", "--no-serve")
        return capsys.readouterr().out

    return quickstart


@pytest.mark.django_db
def test_quickstart_makes_users_who_can_sign_in_and_says_their_passwords_once(ready, capsys):
    lines = passwords(ready(capsys))
    assert [line.split(":")[0] for line in lines] == list(USERS)
    name, password = lines[1].split(": ")
    assert authenticate(username=name, password=password).is_staff
    assert passwords(ready(capsys)) == []


@pytest.mark.django_db
def test_run_again_it_changes_nothing(ready, capsys):
    ready(capsys)
    before = [list(User.objects.values()), list(Article.objects.values()), Article.history.count()]
    ready(capsys)
    assert [list(User.objects.values()), list(Article.objects.values()), Article.history.count()] == before


@pytest.mark.django_db
def test_loaded_rows_have_a_first_version(ready, capsys):
    ready(capsys)
    assert Article.history.count() == Article.objects.count() > 0
    assert Source.history.count() == Source.objects.count()


@pytest.mark.django_db
def test_a_database_with_articles_of_its_own_gets_no_demonstration(ready, capsys):
    make_article()
    ready(capsys)
    assert Article.objects.count() == 1 and not User.objects.exists()


def test_reset_rebuilds_a_demonstration_and_nothing_else(database, tmp_path):
    assert manage("quickstart", "--no-serve", **database).returncode == 0
    again = manage("quickstart", "--no-serve", "--reset", **database)
    assert again.returncode == 0, again.stderr
    assert passwords(again.stdout) == [f"{name}: harbour lights" for name in USERS]

    refused = manage(
        "quickstart", "--no-serve", "--reset", **database, KB_PRODUCTION="1", SECRET_KEY="x", ALLOWED_HOSTS="x"
    )
    assert refused.returncode != 0 and "refused in production" in refused.stderr

    other = {"DATABASE_URL": f"sqlite:///{tmp_path / 'other.sqlite3'}"}
    assert manage("migrate", **other).returncode == 0
    refused = manage("quickstart", "--no-serve", "--reset", **other)
    assert refused.returncode != 0 and "did not make this database" in refused.stderr


def test_it_serves_and_ends_cleanly_on_interrupt(database):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = subprocess.Popen(
        [sys.executable, "manage.py", "quickstart", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, **database},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        for _ in range(600):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/") as answer:
                    assert answer.status == 200
                break
            except OSError:
                assert site.poll() is None, site.stderr.read()
                time.sleep(0.1)
        taken = manage("quickstart", "--port", str(port), **database)
        assert taken.returncode != 0 and "--port" in taken.stderr
        site.send_signal(signal.SIGINT)
        out, err = site.communicate(timeout=60)
    finally:
        site.kill()
    assert site.returncode == 0
    assert f"http://127.0.0.1:{port}/" in out
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"KB_PRODUCTION": "1", "SECRET_KEY": "", "ALLOWED_HOSTS": "kb.example.org"}, "needs SECRET_KEY"),
        ({"KB_PRODUCTION": "1", "SECRET_KEY": "long and secret", "ALLOWED_HOSTS": ""}, "needs ALLOWED_HOSTS"),
    ],
)
def test_production_without_its_settings_refuses_to_start_and_says_why(environment, reason):
    result = manage("check", **environment)
    assert result.returncode != 0 and reason in result.stderr


def test_a_database_that_is_away_is_said_in_words():
    result = manage("quickstart", "--no-serve", DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert result.returncode != 0
    assert "DATABASE_URL" in result.stderr and "Traceback" not in result.stderr


def test_an_import_without_tables_says_what_to_do(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("A page.", encoding="utf-8")
    result = manage("import_articles", str(page), DATABASE_URL=f"sqlite:///{tmp_path / 'kb.sqlite3'}")
    assert result.returncode == 2
    assert "Run migrate" in result.stderr and "Traceback" not in result.stderr
