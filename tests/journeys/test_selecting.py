"""Browser and server agree on every place of a text, whatever stands in it and however it is marked."""

import pytest

from kb.models import BodyFormat
from kb.services import articles
from kb.services.marking import Selection, place, set_anchor
from tests.factories import make_article, make_note, make_user

from .signing_in import sign_in

HARD = (
    "# A title 🌾 with a 👩‍🌾 in it\r\n\r\n"
    "Cafe\u0301 and café, “quoted” & <angled>, a\u00a0no-break\u00a0space, then 𝒜 far letter.  \r\nBroken *here* with `<br>`.\r\n\r\n"
    "قال رئيس الميناء إن #NATO وافقت على 40 سفينة في 2024، وأضاف «ننتظر» ثم غادر.\r\n\r\n"
    "The ministry («وزارت») said 12 ships 🚢🚢, or پتهDNB, waited.\r\n\r\n"
    "- one\r\n    - two *nested*\r\n        1. three 🇺🇦 flags\r\n    - four\r\n- five\r\n\r\n"
    "> quoted **bold and `code`**\r\n\r\n"
    "| ship | grain 🌾 |\r\n|---|---|\r\n| *Ada* | 12&nbsp;t |\r\n| نور | 7 t |\r\n\r\n"
    "```\r\nif a < b:\r\n    wait\r\n```\r\n\r\n***\r\n\r\nह\u093fन्दी and ไทย and 日本語の文。\r\n"
)
PLAIN = (
    "First 🌾 line\r\nof a paragraph.\r\n\r\n\r\n\r\n#Iran &amp; e\u0301 <b>\r\n\r\n«یک» two\u00a0three\t four 𝒜.\r\n"
)

# Random ranges, as somebody could drag them: from any text, mark or paragraph to any other, forwards and backwards.
SELECT = """async ([many, seed]) => {
  const { wordsOf, rangeOf, textsOf } = await import(document.getElementById("reading").dataset.offsets);
  const root = document.getElementById("words");
  let state = seed;
  const random = (below) => (state = (state * 48271) % 2147483647) % below;
  const texts = [...root.querySelectorAll(".words")].flatMap(textsOf).filter((one) => one.length);
  const elements = [...root.querySelectorAll(".words, .words *, .margin")];
  const point = () => {
    if (random(5) === 0) {
      const one = elements[random(elements.length)];
      return [one, random(one.childNodes.length + 1)];
    }
    const text = texts[random(texts.length)];
    const place = random(text.length + 1);
    // Nobody drags into the middle of a letter; what is done about it is asked below.
    return [text, /^[\\udc00-\\udfff]/.test(text.data.slice(place)) ? place - 1 : place];
  };
  const found = [];
  while (found.length < many) {
    getSelection().setBaseAndExtent(...point(), ...point());
    const range = getSelection().getRangeAt(0);
    const words = wordsOf(root, range);
    if (!words) { found.push(null); continue; }
    const seen = range.cloneContents();
    seen.querySelectorAll("[data-aside], .margin").forEach((one) => one.remove());
    const again = wordsOf(root, rangeOf(root, words.start, words.end));
    delete words.block;
    found.push({ ...words, seen: seen.textContent, isSame: again.start === words.start && again.end === words.end });
  }
  return found;
}"""


HALF = """async () => {
  const { wordsOf, textsOf } = await import(document.getElementById("reading").dataset.offsets);
  const root = document.getElementById("words");
  const text = [...root.querySelectorAll(".words")].flatMap(textsOf).find((one) => one.data.includes("\\ud83c\\udf3e"));
  const place = text.data.indexOf("\\ud83c\\udf3e");
  getSelection().setBaseAndExtent(text, Math.max(0, place - 3), text, place + 1);
  return wordsOf(root, getSelection().getRangeAt(0)).exact;
}"""


def without_white_space(text: str) -> str:
    return "".join(text.split())


def agree(page, article, many: int, seed: int) -> int:
    """Compare so many random selections of the browser with the text of the server; counts those with words."""
    page.goto(f"/admin/kb/article/{article.pk}/read/")
    text, compared = article.text, 0
    for words in page.evaluate(SELECT, [many, seed]):
        if words is None:
            continue
        start, end = words["start"], words["end"]
        assert text[start:end] == words["exact"]
        # White space before the first and behind the last paragraph is nowhere on the page.
        assert text[max(0, start - 32) : start].lstrip() == words["prefix"].lstrip()
        assert text[end : end + 32].rstrip() == words["suffix"].rstrip()
        assert without_white_space(words["seen"]) in without_white_space(words["exact"] + " ")
        assert without_white_space(words["exact"]) in without_white_space(words["seen"] + " ")
        assert words["isSame"]
        compared += 1
    return compared


def annotated(body: str, **changes):
    """The article as the desk saves it, with overlapping notes all over it."""
    article = make_article(body="x", **changes)
    article.body = body
    articles.save_text(article, by=None)
    text = article.text
    for start in range(0, len(text), max(11, len(text) // 40)):
        exact = text[start : start + 30]
        if not exact.strip():
            continue
        note = make_note(article=article)
        set_anchor(note, article, place(article, text, Selection(exact, start, article.revision)))
        note.save()
    return article


@pytest.mark.django_db(transaction=True)
def test_the_words_selected_in_a_browser_are_the_words_of_the_server(page):
    make_user("mirela", group="analyst")
    page.goto("/admin/")
    sign_in(page, "mirela")
    page.wait_for_url("**/admin/")
    markdown = annotated(HARD, body_format=BodyFormat.MARKDOWN)
    plain = annotated(PLAIN, body_format=BodyFormat.PLAIN)
    assert "\r" not in markdown.text + plain.text
    for seed, article in enumerate((markdown, plain), start=7):
        assert agree(page, article, 150, seed) > 100
        assert page.evaluate(HALF).endswith("🌾")


@pytest.mark.django_db(transaction=True)
def test_the_same_holds_for_real_pages(page, seeds):
    make_user("mirela", group="analyst")
    page.goto("/admin/")
    sign_in(page, "mirela")
    page.wait_for_url("**/admin/")
    for number, path in enumerate(sorted(seeds.glob("*.txt"))):
        text = path.read_bytes().decode()
        for body_format in BodyFormat.values:
            assert agree(page, annotated(text, body_format=body_format), 40, number + 1) > 20
