"""What all tests share."""

import os
import shutil
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import settings as hypothesis_settings

# The browser's driver runs an event loop of its own beside the tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Time limits make tests flaky on a busy machine, and nothing here asserts a time. What decides over a change tries the
# same cases every time; people's runs explore new ones.
hypothesis_settings.register_profile("kb", deadline=None, derandomize="CI" in os.environ)
hypothesis_settings.load_profile("kb")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture
def seeds() -> Path:
    """The folder of real pages, kept outside this repository."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the real pages are not beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def real_database(transactional_db, tmp_path):
    """A database that several connections share. SQLite's of the tests is in memory and knows one: it moves to a file."""
    if connection.vendor != "sqlite":
        yield
        return
    path, in_memory = tmp_path / "kb.sqlite3", connection.connection
    connection.cursor().execute("VACUUM INTO %s", [str(path)])
    name, connection.settings_dict["NAME"], connection.connection = connection.settings_dict["NAME"], str(path), None
    yield
    connection.close()
    connection.settings_dict["NAME"], connection.connection = name, in_memory


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium of this machine; without one the journeys are skipped."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=program,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
            ],
        )
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser, live_server):
    """A fresh page on the running site."""
    context = browser.new_context(base_url=live_server.url)
    # The running site shares one connection to a database in memory: requests behind a page's back would meet on it.
    context.route("**/presence/", lambda route: route.fulfill(status=204))
    yield context.new_page()
    context.close()
