"""The version token: a save on a row that somebody else saved meanwhile is refused."""

import pytest

from kb.models import Article, Claim, FactCheck, StaleVersion
from tests.factories import make_article, make_claim, make_draft_check

pytestmark = pytest.mark.django_db
MAKERS = {Article: make_article, Claim: make_claim, FactCheck: make_draft_check}


@pytest.mark.parametrize("model", MAKERS)
def test_the_second_of_two_saves_is_refused_and_the_first_stays(model):
    row = MAKERS[model]()
    mine, theirs = (model.objects.get(pk=row.pk) for _ in "ab")
    field = {Article: "title", Claim: "definition", FactCheck: "rationale"}[model]
    setattr(theirs, field, "theirs")
    theirs.save()
    setattr(mine, field, "mine")
    with pytest.raises(StaleVersion):
        mine.save()
    assert getattr(model.objects.get(pk=row.pk), field) == "theirs"
    assert getattr(mine, field) == "mine"


def test_saving_some_fields_obeys_the_token_too():
    row = make_claim()
    stale = Claim.objects.get(pk=row.pk)
    row.save()
    with pytest.raises(StaleVersion):
        stale.save(update_fields=["definition"])


def test_every_save_counts_the_version_up():
    row = make_claim()
    row.save()
    row.save(update_fields=["definition"])
    assert Claim.objects.get(pk=row.pk).version == row.version == 3
