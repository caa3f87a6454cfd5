"""Whatever several people do to the checks of a claim, in whatever order: an independent model says what must come of it."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.verdict_machine import Verdicts


@pytest.mark.django_db
def test_every_history_of_checks_goes_as_the_model_says():
    few = settings(max_examples=20, stateful_step_count=25, suppress_health_check=list(HealthCheck), deadline=None)
    run_state_machine_as_test(Verdicts, settings=few)
