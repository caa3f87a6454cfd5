"""The demonstration in a real browser: its desk and its readers' pages, on a phone and in the dark on a wide screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from kb.models import (
    Article,
    Challenge,
    ChallengeState,
    Claim,
    Correction,
    Dissent,
    FactCheck,
    FactCheckStatus,
    ForecastScore,
    Source,
)
from kb.services import demonstration

from .signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

# Words that a frame cuts off where nobody can scroll to them.
CUT = """() => [...document.querySelectorAll('.form-row, .card, section, fieldset')].filter(part =>
  part.scrollWidth > part.clientWidth + 1 && getComputedStyle(part).overflowX === 'hidden').map(part => part.outerHTML.slice(0, 200))"""


def addresses() -> list[str]:
    """Pages of the life of a verdict, of readers first."""
    dissent = FactCheck.objects.filter(dissent=Dissent.RESOLVED).earliest("created_at")
    submitted = FactCheck.objects.get(status=FactCheckStatus.SUBMITTED)
    open_one = Challenge.objects.get(state=ChallengeState.RECEIVED)
    correction = Correction.objects.filter(check_before__isnull=False, check_after=None).latest("made_at")
    touched = correction.touched.get().article
    rows = "&".join(
        f"rows={source.pk}" for source in Source.objects.filter(slug__in=["port-almery-ledger", "almery-digest"])
    )
    claims = "&".join(f"rows={claim.pk}" for claim in Claim.objects.filter(unit="US dollars", language="en")[:2])
    return [
        *(dissent.claim.get_absolute_url(), correction.claim.get_absolute_url(), touched.get_absolute_url()),
        *("/forecasts/", "/corrections/", correction.get_absolute_url(), "/method/", "/challenge/"),
        *(f"/challenge/?claim={dissent.claim_id}", open_one.get_absolute_url()),
        *(reverse(f"admin:kb_{table}_changelist") for table in ("task", "notice", "follow", "challenge", "correction")),
        reverse("admin:index"),
        reverse("admin:kb_claim_recheck"),
        reverse("admin:kb_factcheck_review", args=[submitted.pk]),
        reverse("admin:kb_factcheck_change", args=[dissent.pk]),
        reverse("admin:kb_challenge_change", args=[open_one.pk]),
        reverse("admin:kb_correction_change", args=[correction.pk]),
        reverse("admin:kb_article_change", args=[touched.pk]),
        reverse("admin:kb_article_history", args=[Article.objects.get(slug="three-trade-figures").pk]),
        reverse("admin:kb_forecastscore_change", args=[ForecastScore.objects.latest("scored_at").pk]),
        f"{reverse('admin:kb_source_merge')}?{rows}",
        f"{reverse('admin:kb_claim_merge')}?{claims}",
        reverse("admin:kb_tag_deleted"),
    ]


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_no_page_runs_off_the_screen_or_is_complained_of(page, width, scheme):
    demonstration.load("a good password")
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, "editor")
    page.wait_for_selector("#waiting-own")
    for address in addresses():
        assert page.goto(address).status == 200, address
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        assert page.evaluate(CUT) == [], address
    assert complaints == []
