"""The desk of the demonstration: everybody finds work there, and it was made by the rules."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from kb.models import Challenge, ChallengeState, FactCheck, Follow, Notice, Task
from kb.services import demonstration
from kb.services.integrity import faults

pytestmark = pytest.mark.django_db


def test_everybody_who_checks_finds_work_and_something_to_read_and_no_rule_is_broken():
    demonstration.load("harbour lights")
    for name in ("analyst", "analyst2", "editor", "admin"):
        person = User.objects.get(username=name)
        assert Task.objects.mine(person).exists(), name
        assert Notice.objects.filter(user=person).exists(), name
    assert Task.objects.unassigned().exists() and Task.objects.overdue().exists()
    assert {follow.user.username for follow in Follow.objects.all()} >= {"analyst", "analyst2", "editor"}
    assert set(Challenge.objects.open().values_list("state", flat=True)) == {
        ChallengeState.HELD,
        ChallengeState.RECEIVED,
    }
    assert not list(faults([Task, Follow, Notice, Challenge, FactCheck]))
    call_command("loaddata", "demo", verbosity=0)
    assert not list(faults([]))
