"""A verdict in a browser: written, reviewed blind, disputed, decided, published; then it changes, and everybody learns of it."""

import re

import pytest

from kb.models import Claim, Correction, FactCheck
from tests.factories import make_appearance, make_citation, make_published_article, make_user

from .signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

CLAIM = "Exports rose by 40 per cent in May."
WORDS = "Exports rose by 40 per cent in May"


def come_as(page, name: str) -> None:
    page.context.clear_cookies()
    sign_in(page, name)
    page.locator("#content").wait_for()


def done(page) -> str:
    message = page.locator(".messagelist .success")
    message.first.wait_for()
    return message.first.inner_text()


def draft_and_submit(page, claim: Claim, rating: str, why: str, *, as_of: str = "2025-06-13") -> str:
    """The author's part; the answer is the address of the check."""
    page.goto(f"/admin/kb/claim/{claim.pk}/change/")
    page.get_by_role("button", name="Draft a check").click()
    page.wait_for_url(re.compile(r"/admin/kb/factcheck/\d+/change/"))
    address = page.url
    page.get_by_role("radio", name=re.compile(f"^{rating}")).check()
    page.locator("[name=rationale]").fill(why)
    page.locator("[name=as_of]").fill(as_of)
    page.get_by_role("link", name="Add another Evidence").or_(
        page.get_by_role("button", name="Add another Evidence")
    ).click()
    page.locator("[name=evidence-0-stance]").select_option("supports")
    page.locator("[name=evidence-0-summary]").fill("Customs statistics, May 2025.")
    page.get_by_role("button", name="Submit for review").click()
    done(page)
    return address


def give(page, address: str, rating: str, why: str, button: str = "Give this rating") -> None:
    page.goto(address)
    page.get_by_role("link", name="Review it").click()
    page.get_by_role("radio", name=re.compile(f"^{rating}")).check()
    page.locator("#review_form [name=note]").fill(why)
    page.get_by_role("button", name=button).click()


def test_three_people_settle_a_verdict_and_its_change_reaches_every_article(page):
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    make_user("ada", group="analyst")
    editors = [make_user(name, group="editor") for name in ("ben", "cleo")]

    # The analyst writes the claim.
    come_as(page, "ada")
    page.goto("/admin/kb/claim/add/")
    page.locator("[name=text]").fill(CLAIM)
    page.locator("[name=_save]").click()
    done(page)
    claim = Claim.objects.get(text=CLAIM)
    # Three articles make it: one in other words, one beside a citation that supports another claim too.
    articles = [make_published_article(published_by=editors[0]) for _ in range(3)]
    for article, variant in zip(articles, ("same", "other_number", "same"), strict=True):
        make_appearance(article, claim, exact=WORDS, variant=variant).citations.add(make_citation(article))

    address = draft_and_submit(page, claim, "Mostly true", "The customs office publishes the figure; May was a leap.")
    assert page.get_by_role("link", name="Review it").count() == 0

    # A colleague reviews it blind and disagrees.
    come_as(page, "ben")
    page.goto(address)
    page.get_by_role("link", name="Review it").click()
    assert "The customs office publishes the figure" not in page.content()
    assert page.locator("[name=rating]:checked").count() == 0
    give(page, address, "False", "The figure counts re-exports.")
    assert "another class" in done(page)
    assert "The customs office publishes the figure" in page.content()
    assert FactCheck.objects.get().status == "submitted"

    # A third person sees both, and decides.
    come_as(page, "cleo")
    give(page, address, "Mostly true", "Re-exports are a tenth of it.", "Decide")
    done(page)
    assert FactCheck.objects.get().status == "published"

    # A reader finds the verdict, the dissent and how it was resolved; no article has a notice.
    page.context.clear_cookies()
    page.goto(claim.get_absolute_url())
    shown = page.locator("main").inner_text()
    for words in ("Mostly true", "The figure counts re-exports.", "Re-exports are a tenth of it.", "cleo"):
        assert words in shown
    assert not Correction.objects.exists()
    for article in articles:
        page.goto(article.get_absolute_url())
        assert page.locator("aside.changed:not(.receipt)").count() == 0
        assert "Mostly true" in page.locator("main").inner_text()

    # The verdict changes.
    come_as(page, "ada")
    second = draft_and_submit(page, claim, "False", "The office withdrew the figure.", as_of="2025-07-01")
    come_as(page, "ben")
    give(page, second, "False", "Withdrawn on the first of July.")
    done(page)

    # One public correction names the three articles, and each says so until its editor has looked.
    page.context.clear_cookies()
    assert Correction.objects.count() == 1
    page.goto("/corrections/")
    entry = page.locator("main").inner_text()
    for words in ("Mostly true", "False", *(article.title for article in articles)):
        assert words in entry
    for article in articles:
        page.goto(article.get_absolute_url())
        assert "has changed" in page.locator("aside.changed:not(.receipt)").inner_text()
        assert "Mostly true" not in page.locator("main").inner_text().split("has changed")[0]
    page.goto(claim.get_absolute_url())
    assert "False" in page.locator(".verdict").first.inner_text()
    feed = page.request.get("/feeds/corrections.atom").text()
    assert feed.count("<entry>") == 1 and "False" in feed and CLAIM in feed
    assert page.context.cookies() == []

    # The editor acknowledges, article by article; asked again, nothing is new.
    come_as(page, "ben")
    for article in articles:
        page.goto(f"/admin/kb/article/{article.pk}/change/")
        page.get_by_role("button", name="I have looked at the article again").click()
        done(page)
    page.context.clear_cookies()
    for article in articles:
        page.goto(article.get_absolute_url())
        assert page.locator("aside.changed:not(.receipt)").count() == 0
    assert Correction.objects.count() == 1
    assert refused == []
