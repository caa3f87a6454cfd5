"""An analyst imports two pages without a shell and resolves their citations, with the keyboard and without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from kb.models import Article, Citation, State
from tests.factories import make_article, make_citation, make_source, make_user

from .signing_in import sign_in

BODY = (
    "Ships wait outside the harbour, the Post wrote (June 12). Nobody knows for how long. "
    "Insurers are nervous, the Post wrote (June 4). Prices rose, the Post wrote (June 5)."
)
GRAIN = """Grain Corridor Reopens

By Ada Harbour

Published: 14 June 2025

Ships left the northern port again on Monday, and insurers lowered their premiums at once. Traders had waited for six weeks.

According to Reuters (June 12), the two ministries agreed to inspect every second vessel. The agreement will be reviewed in autumn.

Officials said that more convoys would follow if the weather holds. Nobody in the harbour expects the queue to shrink soon.
"""

WOOL = """Wool Prices Fall Again

By Nils Weaver

Published: 16 June 2025

Shepherds on the islands sold their first clip of the year at auction, and the best bales fetched a tenth less than in spring.

The co-operative told the Guardian (June 15) that mills abroad had cut their orders. Its chairman blamed a warm winter and full stores.

Spinners see no reason to hurry. A second sale follows in September, when the price is usually made for the whole season.
"""

pytestmark = pytest.mark.django_db(transaction=True)


def come_in(page):
    make_user("mirela", group="analyst")
    page.goto("/admin/")
    sign_in(page, "mirela")
    page.wait_for_selector("#waiting-own, #waiting-all")


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.fixture
def console(page):
    """What the browser complains about while the journey runs."""
    complaints = []

    def hear(message):
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def cite_the_post(article, papers, days):
    made = []
    for number, day in enumerate(days):
        citation = make_citation(
            article,
            state=State.SUGGESTED,
            resolution="unresolved",
            printed_name="the Post",
            as_printed=f"the Post wrote (June {day})",
            date_printed=f"June {day}",
            date_edtf=f"XXXX-06-{day:02}",
            date_resolved=f"2024-06-{day:02}",
            date_basis="published-before",
            confidence=90 - number,
        )
        citation.candidates.set(papers)
        made.append(citation)
    return made


def state(citation):
    return Citation.objects.get(pk=citation.pk).state


def test_the_queue_by_keyboard(page, console):
    papers = [make_source(name=f"{place} Post", country="US") for place in ("Northern", "Southern")]
    gazette = make_source(name="Harbour Gazette")
    article = make_article(body=BODY, issued_on="2025-03-24", title="Grain leaves the port")
    first, second, third = cite_the_post(article, papers, (12, 4, 5))
    come_in(page)
    page.click("text=Unresolved citations")
    page.wait_for_selector(".resolve")
    assert violations(page) == []
    keys = page.keyboard
    keys.press("j")
    assert page.evaluate("document.activeElement.id") == f"citation-{first.pk}"
    keys.press("j")
    keys.press("k")
    assert page.evaluate("document.activeElement.id") == f"citation-{first.pk}"

    keys.press("a")
    page.wait_for_selector("text=Choose a source, or keep the name as printed.")
    keys.press("2")
    keys.press("a")
    page.wait_for_selector("text=1 accepted.")
    assert Citation.objects.get(pk=first.pk).source == papers[1]
    assert page.evaluate("document.activeElement.id") == f"citation-{second.pk}"
    assert violations(page) == []

    keys.press("u")
    page.wait_for_selector("text=1 taken back: open again.")
    assert state(first) == State.SUGGESTED

    page.focus(f"#citation-{second.pk}")
    keys.press("s")
    keys.type("Harbour G")
    page.wait_for_selector("#source-names option", state="attached")
    assert page.locator("#source-names option").first.get_attribute("value") == "Harbour Gazette"
    keys.type("azette")
    keys.press("Escape")
    keys.press("d")
    keys.press("a")
    page.wait_for_selector("text=1 accepted.")
    accepted = Citation.objects.get(pk=second.pk)
    assert (accepted.source, accepted.date_resolved) == (gazette, "")

    page.focus(f"#citation-{third.pk}")
    keys.press("r")
    page.wait_for_selector("text=1 rejected.")
    assert state(third) == State.REJECTED
    page.focus(f"#citation-{first.pk}")
    keys.press("o")
    page.wait_for_url(f"**/citation/{first.pk}/change/")
    page.go_back()
    page.wait_for_selector(".resolve")
    page.focus(f"#citation-{first.pk}")
    keys.press("0")
    keys.press("a")
    page.wait_for_selector("text=Nothing is unresolved")
    assert violations(page) == []
    assert console == []


def test_the_keys_can_be_switched_off_and_typing_is_typing(page, console):
    first, *_others = cite_the_post(make_article(body=BODY, issued_on="2025-03-24"), [], (12, 4))
    come_in(page)
    page.goto("/admin/kb/citation/queue/")
    page.focus("[name^=other-]")
    page.keyboard.type("jar")
    assert page.input_value("[name^=other-]") == "jar"
    page.uncheck("#keys-on")
    page.focus(f"#citation-{first.pk}")
    page.keyboard.press("r")
    page.reload()
    page.focus(f"#citation-{first.pk}")
    page.keyboard.press("r")
    assert not page.is_checked("#keys-on")
    assert state(first) == State.SUGGESTED
    assert console == []


def test_the_queue_without_a_script(browser, live_server):
    papers = [make_source(name=f"{place} Post") for place in ("Northern", "Southern")]
    cite_the_post(make_article(body=BODY, issued_on="2025-03-24"), papers, (12, 4, 5))
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    come_in(page)
    page.click("text=Unresolved citations")
    row = page.locator(".resolve").first
    row.locator("text=Southern Post").click()
    row.locator("text=the same for 2 more like it").click()
    row.locator("button:has-text('Accept')").click()
    page.wait_for_selector("text=3 accepted.")
    assert Citation.objects.confirmed().filter(source=papers[1], date_resolved__startswith="2024-06").count() == 3
    page.click("text=Take back")
    page.wait_for_selector("text=3 taken back: open again.")
    assert not Citation.objects.confirmed().exists()
    context.close()


@pytest.mark.parametrize("scripted", [True, False])
def test_two_pages_are_uploaded_looked_at_and_imported(browser, live_server, tmp_path, monkeypatch, scripted):
    monkeypatch.setattr("kb.admin.uploads.LOOKED", 600)
    for name, words in (("1.txt", GRAIN), ("2.txt", WOOL)):
        (tmp_path / name).write_text(words, encoding="utf-8")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=scripted)
    page, complaints = context.new_page(), []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    come_in(page)
    page.click("#content-main >> text=Upload and import")
    page.wait_for_selector("#upload_form")
    if scripted:
        assert violations(page) == []
    page.set_input_files("[name=files]", [tmp_path / "1.txt", tmp_path / "2.txt"])
    page.click("text=Upload and look")
    page.wait_for_selector("text=Wool Prices Fall Again")
    if scripted:
        assert violations(page) == []
    assert not Article.objects.exists()
    page.click("button:has-text('Import')")
    page.wait_for_selector("text=The import is finished.", timeout=60_000)
    if scripted:
        assert violations(page) == []
    page.click("text=Grain Corridor Reopens")
    page.wait_for_selector("#suggestions")
    assert Article.objects.count() == 2
    assert [said for said in complaints if "favicon" not in said] == []
    context.close()
