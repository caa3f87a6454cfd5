"""Two people in two browsers save one page: the second sees every text, chooses, and nothing of either is lost."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from kb.admin import versions
from kb.models import Evidence
from tests.factories import make_article, make_citation, make_claim, make_draft_check, make_user

from .signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nobody_present(monkeypatch):
    monkeypatch.setattr(versions.VersionGuard, "shows_presence", False)


@pytest.fixture
def people(browser, live_server):
    """Pages of ada, an analyst, and of ben, an editor: each in a browser of their own."""
    contexts, complaints, pages = [], [], []
    for name, group in (("ada", "analyst"), ("ben", "editor")):
        person = make_user(name, group=group)
        context = browser.new_context(base_url=live_server.url)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if "Content Security" in message.text else 0)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/admin/kb/claim/")
        sign_in(page, name)
        page.wait_for_selector("#site-name")
        page.person = person
        contexts.append(context)
        pages.append(page)
    yield pages
    for context in contexts:
        context.close()
    assert complaints == []


def save(page):
    page.get_by_role("button", name="Save and continue editing").click()


def saved(page):
    page.wait_for_selector(".messagelist .success, .messagelist .warning")


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def test_a_claim_saved_by_both_shows_base_theirs_and_mine_and_merges_the_rest(people):
    ada, ben = people
    claim = make_claim(text="Ships sank.", unit="ships", value=5)
    for page in people:
        page.goto(f"/admin/kb/claim/{claim.pk}/change/")
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    ben.locator("#id_text").fill("Five ships sank.")
    ben.locator("#id_definition").fill("Counted by the harbour.")
    save(ben)
    saved(ben)
    ada.locator("#id_text").fill("Ships sank in May.")
    ada.locator("#id_statement_type").select_option("quotation")
    save(ada)
    conflict = ada.locator(".conflict")
    conflict.wait_for()
    for words, who in (("Ships sank.", ""), ("Five ships sank.", "ben"), ("Ships sank in May.", "ada")):
        text = conflict.locator(".texts > div", has=ada.locator("pre", has_text=words)).first
        assert who in text.locator("h3").inner_text()
    # What only one of them changed is together already.
    assert "Definition" in conflict.inner_text() and conflict.locator("fieldset").count() == 1
    assert ada.locator("#id_definition").input_value() == "Counted by the harbour."
    assert ada.locator("#id_statement_type").input_value() == "quotation"
    assert violations(ada) == []
    claim.refresh_from_db()
    assert (claim.text, claim.statement_type) == ("Five ships sank.", "fact")
    # Without a choice nothing is saved; both texts stay.
    save(ada)
    conflict.wait_for()
    assert conflict.locator("fieldset").count() == 1
    conflict.get_by_label("Keep mine").check()
    save(ada)
    saved(ada)
    claim.refresh_from_db()
    assert claim.text == "Ships sank in May."
    assert (claim.definition, claim.statement_type) == ("Counted by the harbour.", "quotation")
    # What ben wrote is in the history, under his name.
    assert claim.history.filter(text="Five ships sank.").get().history_user == ben.person


def test_rows_of_evidence_collide_one_by_one(people):
    ada, ben = people
    check = make_draft_check(by=ada.person)
    first = check.evidence.get()
    second = Evidence.objects.create(fact_check=check, position=2, stance="supports", summary="A photograph.")
    address = f"/admin/kb/factcheck/{check.pk}/change/"
    # A draft is its author's alone: the other one is ada too, at another desk.
    ben.context.clear_cookies()
    ben.goto(address)
    sign_in(ben, "ada")
    ben.locator("#id_evidence-0-summary").wait_for()
    ada.goto(address)
    ben.locator("#id_evidence-0-summary").fill("Customs statistics, revised.")
    ben.locator("#id_evidence-1-quote").fill("The pier was empty.")
    save(ben)
    saved(ben)
    ada.locator("#id_evidence-0-summary").fill("Customs statistics, first print.")
    ada.locator("#id_evidence-1-summary").fill("A photograph of the pier.")
    ada.locator("#evidence-group .add-row a").click()
    ada.locator("#id_evidence-2-stance").select_option("refutes")
    ada.locator("#id_evidence-2-summary").fill("A log.")
    save(ada)
    conflict = ada.locator(".conflict")
    conflict.wait_for()
    assert conflict.locator("fieldset").count() == 1
    assert "Customs statistics, revised." in conflict.inner_text()
    assert violations(ada) == []
    conflict.get_by_label("Take this").check()
    save(ada)
    saved(ada)
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.summary == "Customs statistics, revised."
    assert (second.summary, second.quote) == ("A photograph of the pier.", "The pier was empty.")
    assert list(check.evidence.values_list("summary", flat=True))[2:] == ["A log."]


def test_a_conflict_is_settled_by_keyboard_alone(people):
    ada, ben = people
    article = make_article(title="As it was", body="Grain left the port. Nobody says for how long.")
    make_citation(article)
    for page in people:
        page.goto(f"/admin/kb/article/{article.pk}/change/")
    ben.locator("#id_title").fill("What ben wrote")
    save(ben)
    saved(ben)
    ada.locator("#id_title").focus()
    ada.keyboard.press("ControlOrMeta+a")
    ada.keyboard.type("What ada wrote")
    ada.keyboard.press("Enter")
    ada.locator(".conflict").wait_for()

    def tab_to(is_there: str):
        for _ in range(120):
            ada.keyboard.press("Tab")
            if ada.evaluate(f"(() => {{ const one = document.activeElement; return {is_there}; }})()"):
                return
        raise AssertionError(f"not reached by the keyboard: {is_there}")

    tab_to("one.name === 'choice-title'")
    # One field of two answers: the arrows choose.
    ada.keyboard.press("ArrowDown")
    assert ada.locator("[name=choice-title]:checked").get_attribute("value") == "mine"
    outline = ada.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    tab_to("one.name === '_continue' && one.type === 'submit' && one.tabIndex === 0")
    ada.keyboard.press("Enter")
    saved(ada)
    article.refresh_from_db()
    assert article.title == "What ada wrote"
    assert article.history.filter(title="What ben wrote").exists()
