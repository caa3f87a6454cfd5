"""Words are selected, noted, discussed, resolved, and found again after the text was edited: by mouse, by keys alone, by touch."""

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from kb.models import Annotation, Appearance, Citation
from tests.factories import BODY, make_article, make_user

from .signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "two more convoys are waiting"
CHANGED = "three more convoys are waiting"


@pytest.fixture
def article():
    make_user("mirela", group="analyst")
    return make_article(title="Grain leaves the port")


@pytest.fixture
def console(page):
    """What the browser complains about while the journey runs."""
    return listen(page)


def listen(page) -> list[str]:
    complaints = []

    def hear(message):
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            complaints.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return complaints


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def open_from_the_list(page) -> None:
    page.goto("/admin/kb/article/")
    sign_in(page, "mirela")
    page.get_by_role("link", name="Grain leaves the port").click()
    page.locator("#reading").wait_for()
    ready(page)


def ready(page) -> None:
    """The module of the page has run."""
    page.locator("#caret-switch").wait_for(state="visible")


def told(page, words: str) -> None:
    """The page has said so, to everybody's ears."""
    page.locator("#reading-said", has_text=words).wait_for(state="attached")


def note_of(article, body: str) -> Annotation:
    return Annotation.objects.get(article=article, body=body)


def stands(note: Annotation) -> bool:
    note.refresh_from_db()
    text = note.article.__class__.objects.get(pk=note.article_id).text
    return text[note.start : note.end] == note.exact == WORDS


def corners(page, exact: str) -> tuple[dict, dict]:
    """Where on the page the words begin and end."""
    return page.evaluate(
        """async (exact) => {
          const { rangeOf } = await import(document.getElementById("reading").dataset.offsets);
          const root = document.getElementById("words");
          for (const block of root.querySelectorAll(".words")) {
            const at = block.textContent.indexOf(exact);
            if (at < 0) continue;
            block.scrollIntoView({ block: "center" });
            const start = Number(block.dataset.start) + at;
            const rects = [...rangeOf(root, start, start + exact.length).getClientRects()];
            const [first, last] = [rects[0], rects.at(-1)];
            return [{ x: first.left + 1, y: first.top + first.height / 2 }, { x: last.right, y: last.top + last.height / 2 }];
          }
        }""",
        exact,
    )


def test_by_mouse(page, article, console):
    open_from_the_list(page)
    start, end = corners(page, WORDS)
    page.mouse.move(**start)
    page.mouse.down()
    page.mouse.move(end["x"] - 5, end["y"])
    page.mouse.move(**end)
    page.mouse.up()
    page.get_by_role("toolbar").get_by_role("button", name="Note").click()
    page.locator("#compose [name=body]").fill("Since when?")
    page.locator("#compose [name=_save]").click()
    card = page.locator(".card.of-note")
    card.get_by_text("Since when?").wait_for()
    assert page.url.endswith("/read/")
    note = note_of(article, "Since when?")
    assert stands(note)
    assert violations(page) == []

    # From the mark to the card and back.
    page.locator(f"#words-note-{note.pk}").click(position={"x": 8, "y": 8})
    assert "is-current" in card.get_attribute("class")
    card.locator("a.number").click()
    assert "is-shown" in page.locator(f"#words-note-{note.pk}").get_attribute("class")

    card.get_by_role("link", name="Reply").click()
    card.locator("textarea").fill("Since Monday.")
    card.get_by_role("button", name="Save the reply").click()
    told(page, "Reply saved.")
    card.get_by_role("button", name="every reader").click()
    told(page, "Now read by: every reader")
    card.get_by_role("button", name="Resolve").click()
    card.get_by_role("button", name="Open again").wait_for()
    note.refresh_from_db()
    assert (note.is_resolved, note.access, note.replies.get().body) == (True, "public", "Since Monday.")

    # Two keystrokes from the selection to each other card.
    for key, exact, table, said in (
        ("c", "According to #CNN (June 4)", Citation, "Citation saved."),
        ("l", "Nobody says for how long", Appearance, "Appearance saved."),
    ):
        start, end = corners(page, exact)
        page.mouse.move(**start)
        page.mouse.down()
        page.mouse.move(**end)
        page.mouse.up()
        page.keyboard.press(key)
        page.locator("#compose").wait_for()
        page.keyboard.press("Enter")
        told(page, said)
        assert table.objects.filter(article=article).count() == 1
    assert Citation.objects.get().source.name == "CNN"
    page.get_by_role("button", name="Undo").click()
    told(page, "Taken back.")
    assert not Appearance.objects.exists()

    edit_place_again_and_export(Mouse(page), note)
    assert console == []


class Mouse:
    """How one gets at things on a page."""

    def __init__(self, page):
        self.page = page

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def fill(self, selector: str, text: str) -> None:
        self.page.fill(selector, text)


class Finger(Mouse):
    def press(self, selector):
        self.page.locator(selector).first.tap()


class Keyboard(Mouse):
    def to(self, selector: str) -> None:
        for _step in range(300):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab never reached {selector}")

    def press(self, selector):
        self.to(selector)
        self.page.keyboard.press("Enter")

    def fill(self, selector, text):
        self.to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)


def edit(by: Mouse, text: str) -> None:
    """Open the form of the article from the reading view, and save another text."""
    by.press(".object-tools a[href$='/change/']")
    by.page.locator("#id_body").wait_for()
    by.fill("#id_body", text)
    by.press(".submit-row [name=_continue]")
    by.page.get_by_text("was changed successfully").wait_for()


def edit_place_again_and_export(by: Mouse, note: Annotation) -> None:
    """An edit above moves the mark, an edit of its words asks a person, who places it; then the notes are taken along."""
    page = by.page
    edit(by, f"A new first paragraph.\n\n{BODY}")
    page.get_by_text(re.compile(r"Marked words: .*moved")).wait_for()
    assert stands(note)
    note.refresh_from_db()
    assert note.revision == 2

    by.press(".object-tools a[href$='/read/']")
    ready(page)
    edit(by, BODY.replace(WORDS, CHANGED))
    note.refresh_from_db()
    assert (note.revision, note.exact) == (2, WORDS)
    by.press(".messagelist a[href*='/orphans/']")
    page.locator(".orphan.is-current").wait_for()
    assert violations(page) == []
    if isinstance(by, Keyboard):
        page.keyboard.press("1")
    else:
        by.press(".orphan button[name=at]")
    page.get_by_text("Placed again").wait_for()
    note.refresh_from_db()
    assert (note.revision, note.exact) == (3, CHANGED)

    page.goto("/admin/kb/annotation/")
    with page.expect_download() as download:
        by.press("a[href*='form=jsonld']")
    assert CHANGED in {one.get("exact") for one in selectors_in(download.value.path())}


def selectors_in(path) -> list[dict]:
    """Every selector of an exported file, however deep."""

    def walk(one):
        if isinstance(one, dict):
            if str(one.get("type", "")).endswith("Selector"):
                yield one
            one = list(one.values())
        if isinstance(one, list):
            for part in one:
                yield from walk(part)

    return list(walk(json.loads(Path(path).read_text(encoding="utf-8"))))


def test_by_keyboard_alone(page, article, console):
    open_from_the_list(page)

    def press(*keys):
        for one in keys:
            page.keyboard.press(one)

    keyboard = Keyboard(page)
    keyboard.press("#caret-switch")
    # The second paragraph, behind "According to #CNN (June 4), ", then six words.
    press("Control+ArrowDown", *["Control+ArrowRight"] * 5, *["ArrowRight"] * 3, *["Shift+Control+ArrowRight"] * 5)
    page.wait_for_function("text => document.getElementById('reading-said').textContent.includes(text)", arg=WORDS)
    assert page.evaluate("getSelection().toString()") == WORDS
    box, words = page.locator("#caret").bounding_box(), corners(page, WORDS)[1]
    assert abs(box["x"] - words["x"]) < 4 and box["height"] > 10
    press("n")
    page.keyboard.type("Since when?")
    press("Control+Enter")
    page.locator(".card.of-note.is-current").wait_for()
    note = note_of(article, "Since when?")
    assert stands(note)
    press("r")
    page.keyboard.type("Since Monday.")
    press("Control+Enter")
    told(page, "Reply saved.")
    press("d")
    told(page, "Resolved.")
    press("u")
    told(page, "Taken back.")
    assert not Annotation.objects.get(pk=note.pk).is_resolved
    press("j", "t")
    assert page.evaluate("document.activeElement.closest('mark')?.id ?? document.activeElement.id") != ""
    press("Escape")
    assert page.locator("#caret").is_hidden()
    assert violations(page) == []
    edit_place_again_and_export(keyboard, note)
    assert console == []


def test_at_phone_width_by_touch(browser, live_server, article):
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    console = listen(page)
    try:
        page.goto(f"/admin/kb/article/{article.pk}/read/")
        sign_in(page, "mirela")
        ready(page)
        # The handles of the system are not the page's: it hears of the selection alone.
        start, end = corners(page, WORDS)
        page.evaluate(
            """([start, end]) => {
              const [a, b] = [start, end].map(({ x, y }) => document.caretRangeFromPoint(x, y));
              getSelection().setBaseAndExtent(a.startContainer, a.startOffset, b.startContainer, b.startOffset);
            }""",
            [start, {"x": end["x"] - 1, "y": end["y"]}],
        )
        bar = page.get_by_role("toolbar")
        bar.wait_for()
        frame = bar.bounding_box()
        assert frame["width"] == 390 and frame["y"] + frame["height"] <= 844 and frame["height"] >= 44
        bar.get_by_role("button", name="Note").tap()
        page.locator("#compose [name=body]").fill("Since when?")
        page.locator("#compose [name=_save]").tap()
        card = page.locator(".card.of-note")
        card.get_by_text("Since when?").wait_for()
        note = note_of(article, "Since when?")
        assert stands(note)
        assert card.bounding_box()["y"] > page.locator(f"#words-note-{note.pk}").bounding_box()["y"]
        card.get_by_role("link", name="Reply").tap()
        card.locator("textarea").fill("Since Monday.")
        card.get_by_role("button", name="Save the reply").tap()
        told(page, "Reply saved.")
        card.get_by_role("button", name="Resolve").tap()
        card.get_by_role("button", name="Open again").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert violations(page) == []
        edit_place_again_and_export(Finger(page), note)
        assert console == []
    finally:
        context.close()


def test_a_note_that_was_begun_survives_a_closed_tab(page, article):
    open_from_the_list(page)
    address = page.url
    start, end = corners(page, WORDS)
    page.mouse.move(**start)
    page.mouse.down()
    page.mouse.move(**end)
    page.mouse.up()
    page.keyboard.press("n")
    page.keyboard.type("Half a tho")
    page.close()
    again = page.context.new_page()
    again.goto(address)
    again.get_by_text("Half a tho").wait_for()
    again.get_by_role("button", name="Go on with it").click()
    again.keyboard.press("End")
    again.keyboard.type("ught")
    again.keyboard.press("Control+Enter")
    again.locator(".card.of-note.is-current").wait_for()
    assert stands(note_of(article, "Half a thought"))
    again.reload()
    ready(again)
    assert again.get_by_text("You began a card").count() == 0

    # So does a reply, also while something else is done on the page.
    again.keyboard.press("j")
    again.keyboard.press("r")
    again.keyboard.type("Half an ans")
    again.locator(".card.of-note").get_by_role("button", name="Resolve").click()
    told(again, "Resolved.")
    again.reload()
    again.get_by_role("button", name="Go on with it").click()
    again.keyboard.press("End")
    again.keyboard.type("wer")
    again.keyboard.press("Control+Enter")
    told(again, "Reply saved.")
    assert Annotation.objects.get(body="Half an answer").reply_to == note_of(article, "Half a thought")
    again.reload()
    ready(again)
    assert again.get_by_text("You began a card").count() == 0


def test_signing_out_in_another_tab_leaves_no_words_of_a_note_behind(page, article):
    open_from_the_list(page)
    start, end = corners(page, WORDS)
    page.mouse.move(**start)
    page.mouse.down()
    page.mouse.move(**end)
    page.mouse.up()
    page.keyboard.press("n")
    page.keyboard.type("Half a tho")
    page.wait_for_timeout(700)
    kept = "Object.keys(localStorage).filter(key => key.startsWith('kb-draft:')).length"
    assert page.evaluate(kept) == 1
    other = page.context.new_page()
    other.goto("/admin/")
    other.on("dialog", lambda dialog: dialog.accept())
    other.get_by_role("button", name="Log out").click()
    other.wait_for_url("**/admin/logout/")
    page.keyboard.type("ught")
    page.wait_for_timeout(700)
    page.close()
    assert other.evaluate(kept) == 0


def test_words_that_were_changed_meanwhile_are_refused_and_kept(page, article):
    open_from_the_list(page)
    start, end = corners(page, WORDS)
    page.mouse.move(**start)
    page.mouse.down()
    page.mouse.move(**end)
    page.mouse.up()
    page.keyboard.press("n")
    page.keyboard.type("Since when?")
    article.body, article.revision = "Another text.", 2
    article.save()
    page.keyboard.press("Control+Enter")
    page.get_by_text("The text was changed since you selected these words").wait_for()
    assert WORDS in page.locator("#quote-exact").input_value()
    assert not Annotation.objects.exists()
    page.reload()
    page.get_by_text("Since when?").wait_for()
