"""The command that asks for new checks: what it says, what it writes, and how it ends."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError
from django.utils import timezone

from kb.models import FactCheck, Task
from tests.factories import make_published_check

pytestmark = pytest.mark.django_db


@pytest.fixture
def expiring():
    check = make_published_check()
    FactCheck.objects.filter(pk=check.pk).update(expiry="day", expires_on=timezone.localdate() + timedelta(days=20))


def said(**options) -> str:
    out = StringIO()
    call_command("recheck_claims", stdout=out, **options)
    return out.getvalue().strip()


def test_it_says_what_it_did_and_a_second_run_makes_nothing_new(expiring):
    rest = "1 verdicts are past their day or will be in 30 days."
    assert said() == f"Opened 1 and closed 0 tasks; {rest}"
    assert said() == f"Opened 0 and closed 0 tasks; {rest}"
    assert Task.objects.count() == 1


def test_a_dry_run_counts_the_same_and_writes_nothing(expiring):
    assert said(dry_run=True).startswith("Would open 1 and close 0 tasks;")
    assert not Task.objects.exists()


def test_how_soon_is_soon_can_be_said(expiring):
    assert said(within=19).startswith("Opened 0")
    assert said(within=20).startswith("Opened 1")


@pytest.mark.parametrize("days", [-1, 100_000_000])
def test_an_impossible_span_is_refused(days):
    with pytest.raises(CommandError, match="--within") as error:
        said(within=days)
    assert error.value.returncode == 2


def test_without_a_database_nothing_ran(monkeypatch, expiring):
    def gone(**options):
        raise DatabaseError("gone")

    monkeypatch.setattr("kb.services.rechecks.close_tasks", gone)
    with pytest.raises(CommandError, match="cannot be used") as error:
        said()
    assert error.value.returncode == 2
