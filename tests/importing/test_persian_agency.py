"""Forty articles of a Persian agency, framed as its pages and as an aggregator's: the article comes out of either frame."""

import json
from pathlib import Path

import pytest

from kb.importing.page_text import read_page
from kb.importing.register import Register

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT.parent / "shared" / "data" / "rtl" / "fars_persian_40.json"

if not ARTICLES.exists():
    pytest.skip("the articles are not part of the repository and are not beside it", allow_module_level=True)


def one_line(text):
    return " ".join(text.split())


def article(entry):
    return {
        "title": one_line(entry["title"]),
        "lead": one_line(entry["abstract"]),
        "paragraphs": [text for text in map(one_line, entry["paragraphs"]) if text],
        "tags": {tag for tag in entry["tags"] if any(map(str.isalnum, tag))},
    }


ALL = [article(entry) for entry in json.loads(ARTICLES.read_text(encoding="utf-8"))]


def agency_page(number):
    own, others = ALL[number], [ALL[(number + step) % len(ALL)]["title"] for step in (7, 11, 13)]
    lines = [
        "خبرگزاری بندر",
        "صفحه اصلی",
        "سیاسی",
        "اقتصادی",
        "جستجو",
        "صفحه اصلی » جهان » آسیا",
        f"کد خبر: {4000 + number}",
    ]
    lines += ["۱۴ دی ۱۳۹۹ - ۱۲:۰۵", "چاپ", own["title"], "", own["lead"], "", "\n\n".join(own["paragraphs"]), ""]
    lines += [
        "انتهای پیام/",
        "برچسب‌ها: " + "، ".join(sorted(own["tags"])) if own["tags"] else "",
        "اخبار مرتبط",
        *others,
    ]
    return "\n".join([*lines, "نظرات", "نام:", "ایمیل:", "ارسال"])


def aggregator_page(number):
    own, other = ALL[number], ALL[(number + 5) % len(ALL)]
    lines = [
        own["title"],
        own["title"],
        "خبرگزاری بندر • ۱۴ دی ۱۳۹۹",
        "",
        "\n\n".join(own["paragraphs"]),
        "",
        "مطالب مرتبط",
    ]
    return "\n".join([*lines, other["title"], other["title"], "خبرگزاری بندر", "", "\n\n".join(other["paragraphs"])])


def read(page, number):
    return ALL[number], read_page(page(number), Register(()))


@pytest.mark.parametrize("page", [agency_page, aggregator_page])
@pytest.mark.parametrize("number", range(len(ALL)))
def test_title_and_day_are_read(page, number):
    own, found = read(page, number)
    assert found.headline == own["title"]
    assert found.published == "2021-01-03"


@pytest.mark.parametrize("number", range(len(ALL)))
def test_the_listed_subjects_become_tags(number):
    own, found = read(agency_page, number)
    assert own["tags"] <= {tag.name for tag in found.tags}


@pytest.mark.parametrize("number", range(len(ALL)))
def test_nothing_of_the_frame_or_of_another_article_is_kept(number):
    for page in (agency_page, aggregator_page):
        own, found = read(page, number)
        assert {block.text for block in found.blocks} <= {own["lead"], *own["paragraphs"]}


@pytest.mark.parametrize("page", [agency_page, aggregator_page])
def test_hardly_a_paragraph_is_lost(page):
    kept = lost = 0
    for number in range(len(ALL)):
        own, found = read(page, number)
        blocks = {block.text for block in found.blocks}
        kept += sum(text in blocks for text in own["paragraphs"])
        lost += sum(text not in blocks for text in own["paragraphs"])
    # The texts themselves repeat a paragraph and end with remarks of the desk ("to be continued").
    assert lost <= 0.02 * kept


@pytest.mark.parametrize("number", range(len(ALL)))
def test_the_appended_article_is_a_piece(number):
    _, found = read(aggregator_page, number)
    raw, other = aggregator_page(number), ALL[(number + 5) % len(ALL)]
    if sum(len(text.split()) for text in other["paragraphs"]) < 60:
        return
    (piece,) = found.pieces
    assert piece.title == other["title"]
    words = raw[piece.start : piece.end]
    assert other["paragraphs"][0] in words
    assert len(words) > 0.8 * sum(map(len, other["paragraphs"]))
