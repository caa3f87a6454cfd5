"""What is typed at the desk is kept in the browser: after a closed tab, a lost login, and for nobody else."""

import json
import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from kb.accounts import codes
from kb.admin import versions
from kb.models import Annotation, Citation, Claim, Evidence, Hop, Session
from kb.services import verdicts
from tests.factories import make_article, make_citation, make_claim, make_draft_check, make_source, make_tag, make_user

from .signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
OFFER = "#draft-offered"


@pytest.fixture(autouse=True)
def nobody_present(monkeypatch):
    monkeypatch.setattr(versions.VersionGuard, "shows_presence", False)


@pytest.fixture
def complaints(page):
    heard = []

    def listen(one):
        one.on("console", lambda message: heard.append(message.text) if "Content Security" in message.text else None)
        one.on("pageerror", lambda error: heard.append(str(error)))

    page.context.on("page", listen)
    listen(page)
    yield heard
    assert heard == []


@pytest.fixture
def ada(page, complaints):
    person = make_user("ada", group="analyst")
    page.set_default_timeout(15_000)
    page.goto("/admin/kb/claim/")
    sign_in(page, "ada")
    page.wait_for_selector("#site-name")
    return person


def kept(page) -> dict:
    """The drafts in this browser, by their keys."""
    return json.loads(
        page.evaluate(
            "JSON.stringify(Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('kb-draft:'))))"
        )
    )


def wait_until_kept(page):
    for _ in range(50):
        if kept(page):
            return
        page.wait_for_timeout(100)
    raise AssertionError("nothing is kept")


def is_forgotten(page) -> bool:
    """What is saved is forgotten when the next page has loaded."""
    page.wait_for_load_state("load")
    return kept(page) == {}


def close_and_open_again(page, address: str = ""):
    """Close the tab and open the page in another: what was typed a moment ago is kept too."""
    address = address or page.url
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(address)
    again.wait_for_load_state("load")
    return again


def restore(page):
    page.locator(OFFER).get_by_role("button", name="Restore").click()


def pick(page, name: str, words: str):
    """Choose in a field with a search."""
    field = page.locator(f"[name='{name}']")
    field.locator("xpath=following-sibling::span[contains(@class,'select2')]").first.click()
    page.locator(".select2-search__field").last.fill(words)
    page.get_by_role("option", name=words).click()


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def test_a_claim_survives_a_closed_tab_and_is_forgotten_when_it_is_saved(page, ada):
    claim = make_claim(text="Ships sank.")
    page.goto(f"/admin/kb/claim/{claim.pk}/change/")
    assert page.locator(OFFER).count() == 0
    page.locator("#id_text").fill("Ships sank in May.")
    page.locator("#id_statement_type").select_option("forecast")
    page = close_and_open_again(page)
    assert page.locator("#id_text").input_value() == "Ships sank."
    offer = page.locator(OFFER)
    assert "You typed something here" in page.locator("#draft-said").inner_text()
    assert page.locator("#draft-said").get_attribute("role") == "status"
    offer.locator("summary").click()
    assert "Ships sank in May." in offer.locator("dl").inner_text() and "forecast" in offer.locator("dl").inner_text()
    assert not offer.get_by_text("changed meanwhile").is_visible()
    assert violations(page) == []
    restore(page)
    assert page.locator("#id_text").input_value() == "Ships sank in May."
    assert page.locator("#id_statement_type").input_value() == "forecast"
    assert "Restored: 2" in page.locator("#draft-said").inner_text()
    assert page.evaluate("document.activeElement.id") == "id_text"
    assert violations(page) == []
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_selector(".messagelist .success")
    assert Claim.objects.get().text == "Ships sank in May."
    assert is_forgotten(page) and page.locator(OFFER).count() == 0


def test_an_article_keeps_its_rows_selections_ticks_and_fields_with_a_search(page, ada):
    article = make_article(body="Reuters said grain left. The port is open.")
    citation, other = make_citation(article), make_citation(article)
    source, tag = make_source(name="Harbour Gazette"), make_tag("Grain")
    page.goto(f"/admin/kb/article/{article.pk}/change/")
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    page.locator("#id_body").fill("Reuters said grain left. The port is open.\n\nTwo “ships” wait & see. 🌾 می‌رود")
    page.locator("#id_citations-1-speaker").fill("Ada Harbour")
    pick(page, "citations-1-source", "Harbour Gazette")
    page.locator("#id_citations-0-DELETE").check()
    page.locator("#hops-group .add-row a").click()
    page.locator("#id_hops-0-kind").select_option("republished")
    page.locator("#id_hops-0-printed_name").fill("The Wire")
    page.locator("#tag_links-group .add-row a").click()
    pick(page, "tag_links-0-tag", "Grain")
    page = close_and_open_again(page)
    restore(page)
    assert page.locator("#id_body").input_value().endswith("🌾 می‌رود")
    assert page.locator("#id_citations-1-speaker").input_value() == "Ada Harbour"
    assert page.locator("#id_citations-1-source").input_value() == str(source.pk)
    assert page.locator("#select2-id_citations-1-source-container").inner_text().strip("×\n ") == "Harbour Gazette"
    assert page.locator("#id_citations-0-DELETE").is_checked()
    assert page.locator("#id_hops-0-kind").input_value() == "republished"
    assert page.locator("#id_tag_links-0-tag").input_value() == str(tag.pk)
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_selector(".messagelist .success")
    article.refresh_from_db()
    assert article.body.endswith("🌾 می‌رود") and list(article.tags.all()) == [tag]
    assert Hop.objects.get().printed_name == "The Wire"
    left = Citation.objects.get()
    assert (left.pk, left.speaker, left.source) == (other.pk, "Ada Harbour", source) and citation.pk != left.pk
    assert is_forgotten(page)


def test_a_note_about_one_article_is_not_offered_for_another(page, ada):
    one, other = make_article(), make_article()
    page.goto(f"/admin/kb/annotation/add/?article={one.pk}")
    page.locator("#id_body").fill("Ask the harbour.")
    page.locator("#id_access").select_option("team")
    page = close_and_open_again(page, f"/admin/kb/annotation/add/?article={other.pk}")
    assert page.locator(OFFER).count() == 0
    page.goto(f"/admin/kb/annotation/add/?article={one.pk}&_changelist_filters=x")
    restore(page)
    page.locator("input[name=_save]").click()
    page.wait_for_selector(".messagelist .success")
    note = Annotation.objects.get()
    assert (note.body, note.access, note.article) == ("Ask the harbour.", "team", one)
    assert is_forgotten(page)


def test_a_check_keeps_its_rating_and_its_evidence(page, ada):
    check = make_draft_check(by=ada)
    rows = check.evidence.count()
    page.goto(f"/admin/kb/factcheck/{check.pk}/change/")
    page.locator("[name=rationale]").fill("Counted at the pier.")
    page.locator("input[name=rating]").nth(3).check()
    rating = page.locator("input[name=rating]").nth(3).get_attribute("value")
    page.locator("#evidence-group .add-row a").click()
    page.locator(f"#id_evidence-{rows}-stance").select_option("refutes")
    page.locator(f"#id_evidence-{rows}-summary").fill("The log of the harbour.")
    page = close_and_open_again(page)
    restore(page)
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_selector(".messagelist .success, .errornote")
    assert page.locator(".errorlist").all_inner_texts() == []
    check.refresh_from_db()
    assert (check.rationale, str(check.rating_id)) == ("Counted at the pier.", rating)
    assert Evidence.objects.get(summary="The log of the harbour.").fact_check == check
    assert is_forgotten(page)


def test_what_is_discarded_is_gone_and_what_is_typed_beside_an_offer_overwrites_nothing(page, ada):
    claim = make_claim(text="Ships sank.")
    page.goto(f"/admin/kb/claim/{claim.pk}/change/")
    page.locator("#id_text").fill("First words.")
    page = close_and_open_again(page)
    page.locator("#id_text").fill("Second words.")
    page = close_and_open_again(page)
    assert len(kept(page)) == 2
    # The newest comes first, then the one before; all of it with the keyboard alone.
    offer = page.locator(OFFER)
    assert "Second words." in offer.locator("dl").text_content()
    offer.get_by_role("button", name="Discard").focus()
    page.keyboard.press("Enter")
    assert "First words." in offer.locator("dl").text_content()
    assert page.evaluate("document.activeElement.id") == "draft-heading"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "Discarded" in page.locator("#draft-said").inner_text()
    assert page.evaluate("document.activeElement.id") == "id_text"
    assert kept(page) == {}
    page.reload()
    assert page.locator(OFFER).count() == 0


def test_a_draft_of_before_somebody_saved_says_so_and_loses_nothing(page, ada):
    claim = make_claim(text="Ships sank.")
    page.goto(f"/admin/kb/claim/{claim.pk}/change/")
    page.locator("#id_text").fill("Mine.")
    claim.text, claim.definition = "Theirs.", "Counted by them."
    claim.save()
    page = close_and_open_again(page)
    assert page.locator(OFFER).get_by_text("changed meanwhile").is_visible()
    restore(page)
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("heading", name="Not saved").wait_for()
    for words in ("Ships sank.", "Theirs.", "Mine."):
        page.locator(".conflict pre", has_text=words).wait_for()
    # Closed here, the words are offered again.
    page = close_and_open_again(page)
    restore(page)
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_label("Keep mine").check()
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_selector(".messagelist .success, .messagelist .warning")
    claim.refresh_from_db()
    assert (claim.text, claim.definition) == ("Mine.", "Counted by them.")
    assert is_forgotten(page)


def test_a_save_that_is_refused_stays_a_draft(page, ada):
    make_claim(text="Ships sank.", language="en")
    page.goto("/admin/kb/claim/add/")
    page.locator("#id_text").fill("Ships sank.")
    page.locator("input[name=_save]").click()
    page.wait_for_selector(".errornote")
    assert page.locator(OFFER).count() == 0 and len(kept(page)) == 1
    page = close_and_open_again(page, "/admin/kb/claim/add/")
    restore(page)
    assert page.locator("#id_text").input_value() == "Ships sank."


def test_nobody_else_is_offered_my_words_and_they_wait_for_me(page, ada):
    make_user("ben", group="analyst")
    claim = make_claim(text="Ships sank.")
    address = f"/admin/kb/claim/{claim.pk}/change/"
    page.goto(address)
    page.locator("#id_text").fill("Words of Ada.")
    wait_until_kept(page)
    # The login is lost, and somebody else comes.
    page.context.clear_cookies()
    page.goto(address)
    sign_in(page, "ben")
    page.locator("#id_text").wait_for()
    assert page.locator(OFFER).count() == 0 and "Words of Ada." not in page.content()
    page.locator("#id_text").fill("Words of Ben.")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/admin/logout/")
    assert "Words of Ben" not in str(kept(page)) and "Words of Ada" in str(kept(page))
    page.goto(address)
    sign_in(page, "ada")
    page.locator(OFFER).wait_for()


def test_signing_out_asks_and_leaves_no_words_behind_in_any_tab(page, ada):
    claim = make_claim(text="Ships sank.")
    address = f"/admin/kb/claim/{claim.pk}/change/"
    page.goto(address)
    other = page.context.new_page()
    other.goto("/admin/")
    page.locator("#id_text").fill("Private words.")
    wait_until_kept(page)
    asked = []
    other.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    other.get_by_role("button", name="Log out").click()
    assert "Signing out discards it" in asked[0] and "/accounts/login/" not in other.url
    assert len(kept(other)) == 1
    other.once("dialog", lambda dialog: dialog.accept())
    other.get_by_role("button", name="Log out").click()
    other.wait_for_url("**/admin/logout/")
    assert kept(other) == {}
    # The page that is open still keeps nothing any more, when typed in, left or closed.
    page.locator("#id_text").fill("Private words, and more.")
    page.wait_for_timeout(600)
    page.close()
    assert kept(other) == {}
    sign_in(other, "ada")
    other.wait_for_selector("#site-name")
    other.goto(address)
    other.locator("#id_text").fill("Kept again.")
    wait_until_kept(other)


def test_a_browser_that_keeps_nothing_is_as_good(browser, live_server):
    make_user("ada", group="analyst")
    claim = make_claim()
    context = browser.new_context(base_url=live_server.url)
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    page = context.new_page()
    page.goto(f"/admin/kb/claim/{claim.pk}/change/")
    sign_in(page, "ada")
    page.locator("#id_text").fill("Ships swam.")
    # By key: what is offered beside the words may move the button under a pointer.
    page.locator("input[name=_save]").press("Enter")
    page.wait_for_selector(".messagelist .success")
    assert Claim.objects.get().text == "Ships swam."
    context.close()


def test_without_script_a_lost_login_loses_no_words_with_a_second_factor_too(browser, live_server, complaints):
    """The page that keeps what was sent: signing in happens in another tab, with password and code."""
    ada = make_user("ada", group="analyst")
    secret = generate_totp_secret()
    TOTP.activate(ada, secret)
    code = format_hotp_value(hotp_value(secret, int(codes.time()) // 30))
    claim = make_claim(text="Ships sank.")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(15_000)
    page = context.new_page()
    session = Client()
    session.force_login(ada)
    session_id = session.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session_id, "url": live_server.url, "httpOnly": True}])
    page.goto(f"/admin/kb/claim/{claim.pk}/change/")
    page.locator("#id_text").fill('Ships "sank" in May & June.')
    Session.objects.all().delete()
    page.locator("input[name=_continue]").click()
    page.get_by_role("heading", name="you are signed out").wait_for()
    with context.expect_page() as opened:
        page.get_by_role("link", name="Sign in").click()
    door = opened.value
    sign_in(door, "ada")
    door.get_by_label("Code").fill(code)
    door.get_by_role("button", name="Sign in").click()
    door.wait_for_selector("#site-name")
    door.close()
    page.get_by_role("button", name="Send it again").click()
    page.get_by_role("heading", name="you signed in anew").wait_for()
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_selector(".messagelist .success")
    assert Claim.objects.get().text == 'Ships "sank" in May & June.'
    context.close()


def test_with_script_too_and_the_draft_is_forgotten_then(page, ada):
    claim = make_claim(text="Ships sank.")
    page.goto(f"/admin/kb/claim/{claim.pk}/change/")
    page.locator("#id_text").fill("Ships swam.")
    Session.objects.all().delete()
    page.locator("input[name=_continue]").click()
    page.get_by_role("heading", name="you are signed out").wait_for()
    assert violations(page) == [] and len(kept(page)) == 1
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in").click()
    sign_in(opened.value, "ada")
    opened.value.wait_for_selector("#site-name")
    page.get_by_role("button", name="Send it again").click()
    page.get_by_role("heading", name="you signed in anew").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_selector(".messagelist .success")
    assert Claim.objects.get().text == "Ships swam." and is_forgotten(page)


def test_a_review_is_kept_too_for_its_reviewer_alone(page, complaints):
    make_user("ben", group="editor")
    check = make_draft_check()
    verdicts.submit(check, by=check.author)
    page.set_default_timeout(15_000)
    page.goto(f"/admin/kb/factcheck/{check.pk}/review/")
    sign_in(page, "ben")
    page.get_by_role("radio", name=re.compile("^True")).check()
    page.locator("#review_form [name=note]").fill("I counted them again.")
    page = close_and_open_again(page)
    restore(page)
    assert violations(page) == []
    page.get_by_role("button", name="Give this rating").click()
    page.wait_for_selector(".messagelist .success")
    check.refresh_from_db()
    assert check.status == "published" and check.reviews.get().note == "I counted them again."
    assert is_forgotten(page)
