"""While a claim is written in a browser, similar ones appear, and nothing is linked; the author of a check sees precedents."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from kb.models import Claim, Rating
from tests.factories import make_claim, make_draft_check, make_published_check, make_user

from .signing_in import sign_in

WIDTHS = (390, 1280)


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def is_too_wide(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


@pytest.mark.django_db(transaction=True)
def test_similar_claims_appear_while_one_is_typed_and_precedents_while_one_is_rated(page):
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: "Content Security" in message.text and complaints.append(message.text))
    mirela = make_user("mirela", group="analyst")
    known = make_claim(text="Trade between Russia and China was worth 240 billion US dollars in 2024.")
    make_published_check(known)
    make_published_check(
        make_claim(text="میزان تجارت Russia و China در سال ۲۰۲۴ به ۲۴۰ میلیارد دلار رسید.", language="fa")
    )

    page.goto("/admin/kb/claim/add/")
    sign_in(page, "mirela")
    page.goto("/admin/kb/claim/add/")
    page.locator("#id_text").press_sequentially("Trade between China and Russia was worth $190 billion in 2024.")
    page.wait_for_selector("#similar .similar-list mark.differs >> text=240 billion US dollars")
    assert "known" in page.inner_text("#similar [aria-live]")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        assert not is_too_wide(page)
    # The button works by keyboard; what was typed stays, and nothing was made.
    page.focus("#similar button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#similar .similar-list")
    assert page.input_value("#id_text").startswith("Trade between China")
    assert Claim.objects.count() == 2

    claim = make_claim(text="Trade between China and Russia was worth $240 billion in 2024.")
    check = make_draft_check(claim, by=mirela, rating=Rating.objects.current().get(slug="false"))
    page.goto(f"/admin/kb/factcheck/{check.pk}/change/")
    page.wait_for_selector(".precedents >> text=another class than yours")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        assert not is_too_wide(page)
    page.locator(".precedents input[type=checkbox]").first.check()
    page.click("input[name=_continue]")
    page.wait_for_selector(".messagelist >> text=rated otherwise before")
    assert check.consulted.count() == 1
    assert complaints == []
