"""An analyst decides suggestions in a real browser, under the strict policy, with nothing an assistive tool trips over."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from kb.models import Appearance, Article, Citation, State
from tests.factories import make_appearance, make_article, make_citation, make_note, make_user

from .signing_in import sign_in


@pytest.fixture
def console(page):
    """What the browser complains about while the journey runs."""
    complaints = []

    def hear(message):
        # The browser asks for an icon on its own, and reports the answer 409 that the journey provokes.
        expected = message.location["url"].endswith("/favicon.ico") or "409" in message.text
        if message.type == "error" and not expected:
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.django_db(transaction=True)
def test_an_analyst_confirms_one_suggestion_and_rejects_another(page, console):
    make_user("mirela", group="analyst")
    article = make_article(title="Grain leaves the port")
    citation = make_citation(article, state=State.SUGGESTED)
    appearance = make_appearance(article, state=State.SUGGESTED)
    claim = make_appearance(make_article()).claim
    make_note(article=article)

    page.goto("/admin/")
    sign_in(page, "mirela")
    page.wait_for_selector("#waiting-own, #waiting-all")
    assert violations(page) == []
    page.click("text=Articles with open suggestions")
    page.wait_for_selector("#result_list")
    assert violations(page) == []
    page.click("text=Grain leaves the port")
    page.wait_for_selector("#reading")
    assert violations(page) == []
    page.click(".object-tools >> text=Edit")
    page.wait_for_selector("#suggestions")
    assert violations(page) == []

    page.click(f"#card-citation-{citation.pk} >> text=Confirm")
    page.wait_for_selector("text=1 confirmed.")
    page.click(f"#card-appearance-{appearance.pk} >> text=Reject")
    page.wait_for_selector("text=1 rejected.")
    assert Citation.objects.get(pk=citation.pk).state == State.CONFIRMED
    assert Appearance.objects.get(pk=appearance.pk).state == State.REJECTED

    # Everything opened: the fields of each row are as good as the page.
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    page.wait_for_timeout(300)
    assert violations(page) == []

    other = Article.objects.get(pk=article.pk)
    other.standfirst = "Somebody else was here."
    other.save()
    page.fill("#id_standfirst", "So was I.")
    page.click("input[name=_save]")
    page.wait_for_selector("text=Not saved")
    assert violations(page) == []
    # Both texts stand beside each other, or one below the other, and never beside the page.
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        frame, texts = (page.locator(part).first.bounding_box() for part in (".conflict", ".conflict .texts"))
        assert texts["width"] > 0.8 * frame["width"]
    page.set_viewport_size({"width": 1280, "height": 720})

    page.goto(f"/admin/kb/claim/{claim.pk}/change/")
    assert violations(page) == []
    assert console == []
