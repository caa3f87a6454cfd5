"""The whole story in a browser: from a captured page to a verdict at the sentence, and away again."""

import re

import pytest
from django.core.management import call_command

from kb.models import Article, Claim
from tests.factories import make_user

from .signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = """Grain Corridor Reopens After Talks

By Ada Harbour

Published: 14 June 2025

Ships left the northern port again on Monday, and insurers lowered their premiums at once. Traders had waited for six weeks.

According to Reuters (June 12), the two ministries agreed to inspect every second vessel. The agreement will be reviewed in autumn.

The mayor told reporters nothing new. The queue in front of the harbour will hardly shrink before the end of the month.
"""
SUPPORTED = "the two ministries agreed to inspect every second vessel"


def test_a_page_becomes_a_verdict_at_the_sentence_and_is_withdrawn(page, tmp_path):
    refused = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    make_user("ada", group="analyst")
    make_user("ben", group="editor")
    file = tmp_path / "corridor.txt"
    file.write_text(PAGE, encoding="utf-8")
    call_command("import_articles", str(file), verbosity=0)
    article = Article.objects.get()
    citation = article.citations.get(source__slug="reuters")
    appearance = citation.appearances.get()
    assert appearance.exact == SUPPORTED

    # The analyst confirms what the machine found.
    page.context.clear_cookies()
    sign_in(page, "ada")
    page.goto(f"/admin/kb/article/{article.pk}/change/")
    for row, name in ((citation, "citation"), (appearance, "appearance")):
        page.locator(f"button[name=_decide][value='{name}-{row.pk}:confirmed']").click()
        page.get_by_text("confirmed").first.wait_for()

    # The claim is put in words that stand alone, and checked.
    claim = Claim.objects.get()
    page.goto(f"/admin/kb/claim/{claim.pk}/change/")
    assert page.locator("blockquote").inner_text().startswith("According to Reuters")
    page.locator("[name=text]").fill("The two ministries agreed to inspect every second ship in the grain corridor.")
    page.get_by_role("button", name="Draft a check").click()
    page.wait_for_url(re.compile(r"/admin/kb/factcheck/\d+/change/"))
    page.get_by_role("radio", name=re.compile("^Mostly true")).check()
    page.locator("[name=rationale]").fill("The communiqué says so; it leaves the first month out.")
    page.locator("[name=as_of]").fill("2025-06-13")
    page.get_by_role("button", name="Add another Evidence").or_(
        page.get_by_role("link", name="Add another Evidence")
    ).click()
    page.locator("[name=evidence-0-stance]").select_option("supports")
    page.locator("[name=evidence-0-summary]").fill("Communiqué of both ministries, third paragraph.")
    page.get_by_role("button", name="Submit for review").click()
    page.locator(".messagelist .success").wait_for()
    assert page.get_by_role("link", name="Review it").count() == 0
    address = page.url

    # A second person comes to the same rating without seeing the first, and publishes the article.
    page.context.clear_cookies()
    sign_in(page, "ben")
    page.goto(address)
    page.get_by_role("link", name="Review it").click()
    page.get_by_role("radio", name=re.compile("^Mostly true")).check()
    page.locator("#review_form [name=note]").fill("The first month is missing, as it says.")
    page.get_by_role("button", name="Give this rating").click()
    page.locator(".messagelist .success").wait_for()
    page.goto(f"/admin/kb/article/{article.pk}/preview/")
    assert SUPPORTED in page.locator("main").inner_text()
    page.goto(f"/admin/kb/article/{article.pk}/change/")
    page.get_by_role("button", name="Publish now").click()
    page.locator(".messagelist .success").wait_for()

    # A reader, without an account, sees the verdict at the sentence. The page of the desk says goodbye first.
    page.goto("about:blank")
    page.context.clear_cookies()
    assert page.goto(article.get_absolute_url()).status == 200
    marked = page.locator("mark", has_text=SUPPORTED)
    assert "Mostly true" in marked.locator("xpath=following-sibling::a[1]").inner_text()
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    shown = page.locator("main").inner_text()
    for words in ("Reuters", "June 12", "2025", "The communiqué says so", "every second ship in the grain corridor"):
        assert words in shown
    assert page.context.cookies() == []

    # Withdrawn, its address says that it is gone.
    page.context.clear_cookies()
    sign_in(page, "ben")
    page.goto(f"/admin/kb/article/{article.pk}/change/")
    page.get_by_role("button", name="Withdraw…").click()
    page.get_by_label("Reason").fill("The ministries took the communiqué back.")
    page.locator("form.ask [type=submit]").click()
    page.locator(".messagelist .success").wait_for()
    page.context.clear_cookies()
    gone = page.goto(article.get_absolute_url())
    assert gone.status == 410
    assert SUPPORTED not in page.content()
    assert page.goto("/articles/").status == 200
    assert article.title not in page.content()
    assert refused == []
