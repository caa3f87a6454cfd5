"""Words selected across two directions stay the same words: on the page, saved, read again, exported and brought back."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from kb.exporting.web_annotation import Writer, for_export
from kb.models import Annotation, Article, BodyFormat
from tests.factories import make_article, make_user
from tests.importing.interchange.files import exported, imported

from .signing_in import sign_in
from .test_annotating import listen, ready, violations

BODY = (
    "The minister, محمد علی (حزب الله), spoke for 12 minutes about the port and the grain.\n\n"
    "د دعوت بانکي پتهDNB Bank AC # 0530 2294668 : ښه\n\n"
    "Nobody was hurt, said the mayor."
)
# Each begins in one direction and ends in another, or takes a whole run in, or goes from block to block.
ACROSS = (
    "minister, محمد",
    "علی (حزب الله), spoke",
    "محمد علی (حزب الله)",
    "پتهDNB Bank",
    "AC # 0530 2294668 : ښه",
    "the grain.\n\nد دعوت بانکي پتهDNB",
)
# Selects the words as a drag would, and says what the page takes them for.
SELECT = """async (exact) => {
  const { rangeOf, wordsOf, textBetween } = await import(document.getElementById("reading").dataset.offsets);
  const root = document.getElementById("words");
  const all = [...textBetween(root, 0, 1e9)];
  const begins = [...root.querySelectorAll(".words")].map((one) => Number(one.dataset.start))[0];
  const wanted = [...exact].length;
  let start = -1;
  for (let place = 0; place + wanted <= all.length; place++)
    if (all.slice(place, place + wanted).join("") === exact) { start = place + begins; break; }
  const range = rangeOf(root, start, start + wanted);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  const words = wordsOf(root, getSelection().getRangeAt(0));
  return [words.exact, words.start];
}"""
DIRECTIONS = (
    """() => [...document.querySelectorAll("#words .words > *")].map((one) => getComputedStyle(one).direction)"""
)
# From left to right as they are drawn: the middles of the words.
DRAWN = """(words) => {
  const found = {};
  for (const block of document.querySelectorAll("#words .words")) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) for (const word of words) {
      const at = walker.currentNode.data.indexOf(word);
      if (at < 0 || word in found) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + word.length);
      found[word] = range.getBoundingClientRect().left;
    }
  }
  return [...words].sort((one, other) => found[one] - found[other]);
}"""


def open_reading(page, article) -> None:
    page.goto(f"/admin/kb/article/{article.pk}/read/")
    ready(page)


def note(page, exact: str, body: str) -> None:
    assert page.evaluate(SELECT, exact)[0] == exact
    page.locator("#bar").wait_for(state="visible")
    page.locator("#bar [data-new=note]").click()
    page.locator("#compose textarea[name=body]").fill(body)
    page.locator("#compose [name=_save]").click()
    page.locator(".card .title", has_text=body).wait_for()


def stands(article, exact: str) -> bool:
    row = Annotation.objects.get(article=article, exact=exact)
    text = Article.objects.get(pk=article.pk).text
    return text[row.start : row.end] == exact


def brought_back(article, tmp_path) -> list[str]:
    """The words of the notes of an article, gone and brought back from W3C annotations."""
    rows = for_export(Annotation.objects.filter(article=article).order_by("pk"))
    writer = Writer("http://localhost:8000/", make_user(group="administrator"))
    document = writer.whole("http://localhost:8000/annotations/", "Notes", rows)
    path = tmp_path / "notes.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    Annotation.objects.all().delete()
    call_command("import_annotations", str(path), article=article.slug, stdout=StringIO())
    return words_of(article)


def words_of(article) -> list[str]:
    text = Article.objects.get(pk=article.pk).text
    return sorted(text[row.start : row.end] for row in Annotation.objects.filter(article=article, revision=1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("body_format", BodyFormat.values)
def test_a_selection_across_directions_keeps_its_words(page, tmp_path, body_format):
    complaints = listen(page)
    make_user("mirela", group="analyst")
    article = make_article(body=BODY, body_format=body_format, language="en", direction="ltr", title="A port علی 12")
    # Between paragraphs a captured text has an empty line; rendered Markdown has none.
    between = "\n" if body_format == BodyFormat.MARKDOWN else "\n\n"
    across = [exact.replace("\n\n", between) for exact in ACROSS]
    page.goto("/admin/")
    sign_in(page, "mirela")
    page.wait_for_url("**/admin/")
    open_reading(page, article)
    assert page.evaluate(DIRECTIONS) == ["ltr", "rtl", "ltr"]
    # The figure stands behind the name, the account number behind the bank, both as they are read.
    assert page.evaluate(DRAWN, ["spoke", "محمد", "minister"]) == ["minister", "محمد", "spoke"]
    assert page.evaluate(DRAWN, ["2294668", "DNB", "0530", "ښه"]) == ["ښه", "DNB", "0530", "2294668"]
    for number, exact in enumerate(across):
        note(page, exact, f"Note {number}")
        assert stands(article, exact)
    open_reading(page, article)
    for number, exact in enumerate(across):
        assert page.evaluate(SELECT, exact)[0] == exact
        assert page.locator(".card", has_text=f"Note {number}").locator("blockquote").text_content() == exact
    # Drawn with marks over every run, the order of the words is the same.
    assert page.evaluate(DRAWN, ["spoke", "محمد", "minister"]) == ["minister", "محمد", "spoke"]
    assert page.evaluate(DRAWN, ["2294668", "DNB", "0530", "ښه"]) == ["ښه", "DNB", "0530", "2294668"]
    assert violations(page) == [] and complaints == []
    expected = sorted(across)
    assert brought_back(article, tmp_path) == expected
    path = tmp_path / "kb.jsonl"
    path.write_bytes(exported())
    article.delete()
    assert imported(path)[0]["failed"] == 0
    assert words_of(Article.objects.get(slug=article.slug)) == expected


@pytest.mark.django_db(transaction=True)
def test_the_same_holds_for_a_real_page(page, tmp_path, seeds):
    make_user("mirela", group="analyst")
    call_command("import_articles", str(next(seeds.glob("000*.txt"))), stdout=StringIO(), stderr=StringIO())
    article = Article.objects.get()
    across = ["پتهDNB", "بانکي پتهDNB Bank AC # 0530"]
    present = [exact for exact in across if exact in article.text]
    if not present:
        text = next(seeds.glob("000*.txt")).read_text(encoding="utf-8")
        article = make_article(body=text.replace("\r\n", "\n"), body_format=BodyFormat.PLAIN)
        present = [exact for exact in across if exact in article.text]
    assert "پتهDNB" in present
    page.goto("/admin/")
    sign_in(page, "mirela")
    page.wait_for_url("**/admin/")
    open_reading(page, article)
    for number, exact in enumerate(present):
        note(page, exact, f"Note {number}")
        assert stands(article, exact)
    assert page.locator("#words [lang=ps]").count() > 0
    open_reading(page, article)
    assert [page.evaluate(SELECT, exact)[0] for exact in present] == present
    assert brought_back(article, tmp_path) == sorted(present)
