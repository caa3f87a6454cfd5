"""Whatever is done to the checks of a claim, the stored status says what the rows say."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.models import Claim, ClaimStatus, FactCheckStatus, Rating
from kb.services import verdicts
from kb.services.refusal import Refused
from tests.factories import make_claim, make_user

ACTS = ["draft", "evidence", "submit", "approve", "reject", "reopen", "discard"]


def expected(checks) -> str:
    """The definition of the fact-check status, said a second time and in another way."""
    by_status = {check.status: check for check in checks}
    if FactCheckStatus.PUBLISHED in by_status:
        return "reopened" if by_status[FactCheckStatus.PUBLISHED].reopened_at else "checked"
    return "being_checked" if {FactCheckStatus.DRAFT, FactCheckStatus.SUBMITTED} & by_status.keys() else "unchecked"


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 3), st.integers(0, 2)), max_size=25))
def test_the_stored_status_is_what_the_checks_amount_to(acts, django_user_model):
    if not django_user_model.objects.exists():
        for name in ("ada", "ben", "cid"):
            make_user(name, group="editor")
    people = list(django_user_model.objects.order_by("username"))
    rating = Rating.objects.get(slug="true")
    claim = make_claim()
    for act, which, who in acts:
        by, checks = people[who], list(claim.fact_checks.order_by("number"))
        check = checks[which % len(checks)] if checks else None
        try:
            if act == "draft":
                verdicts.draft(claim, by=by, rating=rating, rationale="Counted.", as_of=date(2025, 1, 1))
            elif check is None:
                continue
            elif act == "evidence":
                check.evidence.get_or_create(position=1, defaults={"stance": "supports", "summary": "Counted."})
            elif act in ("reject", "reopen"):
                getattr(verdicts, act)(check, by=by, reason="Counted anew.")
            else:
                getattr(verdicts, act)(check, by=by)
        except (Refused, PermissionDenied):
            pass
        stored = Claim.objects.get(pk=claim.pk)
        checks = list(stored.fact_checks.all())
        assert stored.status == expected(checks)
        assert sum(check.status == FactCheckStatus.PUBLISHED for check in checks) <= 1
        assert all(check.reviewer_id != check.author_id for check in checks)
        # What a fresh reader would compute is what verdicts.status_of promises.
        assert ClaimStatus(stored.status) == verdicts.status_of(checks)
