"""The life of a verdict."""

import pytest
from django.core.exceptions import PermissionDenied

from kb.models import ClaimStatus, FactCheckStatus, StaleVersion
from kb.services import verdicts
from kb.services.refusal import Refused
from tests.factories import make_claim, make_draft_check, make_published_check, make_user

pytestmark = pytest.mark.django_db


def test_a_verdict_goes_from_draft_over_a_colleague_to_the_public():
    claim = make_claim()
    check = make_draft_check(claim)
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.BEING_CHECKED

    verdicts.submit(check, by=check.author)
    verdicts.approve(check, by=make_user(group="editor"))

    claim.refresh_from_db()
    assert (check.status, claim.status) == (FactCheckStatus.PUBLISHED, ClaimStatus.CHECKED)


def test_nobody_approves_their_own_check():
    editor = make_user(group="editor")
    check = verdicts.submit(make_draft_check(by=editor), by=editor)
    with pytest.raises(Refused, match="their own"):
        verdicts.approve(check, by=editor)
