"""A claim whose verdict readers know changes its words by an editor, with a reason, and in public."""

from decimal import Decimal

import pytest

from kb.models import Claim, Correction, CorrectionKind
from kb.services import restoring
from kb.services.claims import save_claim
from kb.services.refusal import Refused
from tests.factories import make_claim, make_draft_check, make_published_check, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    return Claim.objects.get(pk=make_published_check(make_claim(text="Exports fell by 12 percent.")).claim_id)


def test_a_claim_without_a_published_verdict_is_reworded_by_any_analyst():
    claim = Claim.objects.get(pk=make_draft_check().claim_id)
    claim.text = "Exports fell by 15 percent."
    save_claim(claim, by=make_user(group="analyst"))
    assert not Correction.objects.exists()


def test_an_analyst_does_not_reword_what_a_published_verdict_speaks_of(published):
    published.text = "Exports fell by 15 percent."
    with pytest.raises(Refused, match="an editor changes its words"):
        save_claim(published, by=make_user(group="analyst"), why="A slip.")
    assert Claim.objects.get(pk=published.pk).text == "Exports fell by 12 percent."


def test_an_editor_says_why_and_readers_get_a_correction_of_the_wording(published):
    editor = make_user(group="editor")
    published.text, published.value, published.unit = "Exports fell by 15 percent.", Decimal("15.00"), "percent"
    with pytest.raises(Refused, match="say why"):
        save_claim(published, by=editor, why=" ")
    save_claim(published, by=editor, why="The office said 15.")
    correction = Correction.objects.get(claim=published)
    assert (correction.kind, correction.reason, correction.made_by) == (
        CorrectionKind.WORDING,
        "The office said 15.",
        editor,
    )
    assert correction.before == "Exports fell by 12 percent.; Value: –; Unit: –"
    assert correction.after == "Exports fell by 15 percent.; Value: 15; Unit: percent"


def test_what_no_verdict_speaks_of_is_saved_without_a_correction(published):
    save_claim(published, by=make_user(group="analyst"))
    assert not Correction.objects.exists()


def test_restoring_earlier_words_is_no_way_around(published):
    editor = make_user(group="editor")
    first = Claim.history.filter(id=published.pk).earliest("history_id")
    published.text = "Exports fell by 15 percent."
    save_claim(published, by=editor, why="The office said 15.")
    with pytest.raises(Refused, match="say why"):
        restoring.restore(first, by=editor, seen=restoring.newest_of(Claim, published.pk))
