"""What all tests share."""

import os
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
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
REFERENCE_DATA = ("0002_reference_data", "0008_checks_of_others", "0023_rights_and_expiry_of_verdicts")


def pytest_addoption(parser):
    parser.addoption(
        "--touching-database",
        action="store_true",
        help="Leave out tests that say the same on each database: those that never touch it, looks through a browser, walks.",
    )


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--touching-database"):
        return
    kept = [
        test
        for test in items
        if (test.get_closest_marker("django_db") or "db" in test.fixturenames)
        and "browser" not in test.fixturenames
        and not test.get_closest_marker("same_on_each_database")
    ]
    config.hook.pytest_deselected(items=list(set(items) - set(kept)))
    items[:] = kept


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


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory):
    """SQLite's database of the tests is a file: one in memory is one connection, and the threads of a running site share it."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "kb.sqlite3")


@pytest.fixture(autouse=True)
def reference_data(request):
    """Tests that commit empty the database behind them; what `migrate` brings comes back before the next."""
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction")
    if not commits and not {"live_server", "transactional_db"} & set(request.fixturenames):
        return
    request.getfixturevalue("transactional_db")
    apps.get_model("contenttypes", "ContentType").objects.clear_cache()
    if not apps.get_model("auth", "Group").objects.exists():
        for step in REFERENCE_DATA:
            import_module(f"kb.migrations.{step}").load(apps, None)


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
    yield context.new_page()
    context.close()
