"""Two at once on real connections: no update lost, no act done twice."""

import pytest

from tests.verdict_races import RACES

ROUNDS = 3


@pytest.mark.parametrize("race", RACES, ids=lambda race: race.__name__)
def test_of_two_at_once_each_is_done_wholly_or_refused(race, transactional_db):
    for _ in range(ROUNDS):
        race()
