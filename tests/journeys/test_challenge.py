"""A reader challenges a claim in a browser without script, and finds the answer; axe finds nothing, at any width."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from kb.models import Challenge
from kb.services import challenges
from kb.web import challenge as desk
from tests.factories import make_citation, make_published_article, make_published_check, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def test_a_reader_challenges_a_claim_and_finds_the_answer(browser, live_server, monkeypatch, tmp_path):
    monkeypatch.setattr(desk, "SECONDS_AT_LEAST", 0)
    claim = make_published_check().claim
    article = make_published_article(language="fa", direction="rtl")
    citation = make_citation(article)
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto(claim.get_absolute_url())
    page.get_by_role("link", name="Challenge this").first.click()
    page.get_by_label("the verdict is wrong").check()
    page.get_by_label("Why is it wrong?").fill("The table counts tons.")
    page.get_by_role("button", name="Send the challenge").click()
    page.get_by_text("Keep the address").wait_for()
    followed = page.url
    challenge = Challenge.objects.get()
    assert challenge.state == "received"
    challenges.answer(
        challenge,
        by=make_user(group="editor"),
        outcome="accepted",
        answer="You are right.",
        shows_text=True,
        reopens=True,
    )
    page.reload()
    page.get_by_text("You are right.").wait_for()
    page.get_by_role("link", name="The verdict was reopened").click()
    context.close()

    context = browser.new_context(base_url=live_server.url, viewport={"width": 320, "height": 640})
    page = context.new_page()
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    for address in (f"/challenge/?claim={claim.pk}", f"/challenge/?citation={citation.pk}", "/challenge/", followed):
        page.goto(address)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
    assert refused == []
    context.close()
