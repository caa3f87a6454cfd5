import json
import socket

import pytest
from hypothesis import given, settings

from kb.importing.records import Block
from kb.importing.web_page import RULES, read_web_page
from kb.importing.web_page.source_map import map_source

from .pages import REGISTER, SENTENCES, page, paragraphs
from .test_source_map import PAGES

FERRY = page(f"<article><h1>The ferry stops</h1>{paragraphs(*SENTENCES)}</article>")


def read(source, **selectors):
    return read_web_page(source, register=REGISTER, selectors=selectors)


def texts(found):
    return [block.text for block in found.blocks]


@settings(max_examples=60, deadline=None)
@given(PAGES)
def test_spans_cover_any_source_without_gap_or_overlap(source):
    found = read_web_page(source, register=REGISTER)
    position = 0
    for span in found.spans:
        assert span.start == position < span.end
        assert bool(span.rule) != span.kept
        assert not span.rule or span.rule in RULES
        position = span.end
    assert position == len(source)


def test_kept_spans_hold_the_words_of_the_blocks_and_nothing_else():
    found = read(FERRY)
    kept = " ".join(FERRY[span.start : span.end] for span in found.spans if span.kept)
    assert " ".join(line.text for line in map_source(kept).lines) == " ".join(texts(found))


def test_the_article_is_told_from_the_site_around_it():
    found = read(FERRY)
    assert found.origin == "extractor"
    assert set(SENTENCES) <= set(texts(found))
    assert not any("rights reserved" in text or text == "Weather" for text in texts(found))


def test_a_removed_stretch_says_why():
    rules = {FERRY[span.start : span.end]: span.rule for span in read(FERRY).spans}
    assert any("Weather" in words and rule == "navigation" for words, rule in rules.items())
    assert any("var a" in words and rule == "script" for words, rule in rules.items())


def test_a_selector_of_the_source_comes_first():
    body = f"<div class='story'>{paragraphs(*SENTENCES)}<p class='ad'>Buy a boat of our own make today.</p></div>"
    found = read(page(body), body=".story p", remove=".ad")
    assert found.origin == "selector"
    assert texts(found) == list(SENTENCES)


def test_a_selector_that_names_nothing_here_leaves_the_page_to_the_extractor():
    assert read(FERRY, body=".story-of-another-design").origin == "extractor"


def test_a_title_that_is_left_open_leaves_the_page_to_its_visible_text():
    found = read(FERRY.replace("</title>", ""))
    assert found.origin == "text"
    assert set(SENTENCES) <= set(texts(found))


def test_characters_that_turn_the_text_are_left_out_and_told():
    found = read(FERRY.replace("painful", "\u202epain\u2066ful"))
    assert SENTENCES[-1] in texts(found)
    assert [problem.code for problem in found.problems] == ["direction-overrides"]


def test_names_of_parts_tell_what_is_no_article():
    extra = (
        f"<div class='story'>{paragraphs(*SENTENCES)}"
        "<div class='newsletter-box'><p>Every Friday we send you the best of the week, and it costs you nothing at all.</p></div>"
        f"{paragraphs(*reversed(SENTENCES[:2]))}</div>"
        "<div id='comments'><p>I have taken that ferry for thirty years and I will miss it more than anything, said Anna.</p></div>"
    )
    found = read(page(extra))
    assert set(SENTENCES) <= set(texts(found))
    assert not any("Friday" in text or "Anna" in text for text in texts(found))
    rules = {span.rule for span in found.spans}
    assert {"newsletter", "comments"} <= rules


def test_a_site_that_calls_its_whole_text_a_newsletter_keeps_it():
    found = read(page("".join(f"<div class='newsletter-box'><p>{text}</p></div>" for text in SENTENCES)))
    assert set(SENTENCES) <= set(texts(found))


def test_the_headline_is_no_part_of_the_body():
    assert "The ferry stops" not in texts(read(FERRY))


def test_headings_within_the_article_are_blocks_of_it():
    body = f"{paragraphs(*SENTENCES[:2])}<h2>What comes next</h2>{paragraphs(*SENTENCES[2:])}<h3>Read on</h3>"
    found = read(page(f"<article>{body}</article>"))
    assert [block.text for block in found.blocks if block.kind == "heading"] == ["What comes next"]


def test_a_declared_text_says_where_the_article_begins_and_ends():
    declared = json.dumps({"@type": "NewsArticle", "headline": "The ferry stops", "articleBody": " ".join(SENTENCES)})
    strange = "<p>Our offices are open from nine to five on all working days except in the summer holidays.</p>"
    head = f'<script type="application/ld+json">{declared}</script>'
    found = read(page(f"<div>{paragraphs(*SENTENCES)}{strange}</div>", head=head))
    assert texts(found) == list(SENTENCES)
    assert all(text in SENTENCES for text in texts(found))


def test_a_declared_text_that_does_not_stand_on_the_page_invents_nothing():
    declared = json.dumps({"@type": "NewsArticle", "articleBody": "Words that no reader of this page ever sees. " * 20})
    found = read(page(paragraphs(*SENTENCES), head=f'<script type="application/ld+json">{declared}</script>'))
    assert texts(found) == list(SENTENCES)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "ar",
            (
                "قرر مجلس الميناء يوم الثلاثاء إغلاق خط العبارات القديم قبل حلول فصل الشتاء هذا العام.",
                "وحذر المهندسون منذ سنوات من أن إصلاح القاربين لم يعد ممكنا بأي حال من الأحوال.",
                "وقال سكان الجزر الخارجية إنهم لم يعلموا بالقرار إلا قبل أسبوع واحد من التصويت عليه.",
            ),
        ),
        (
            "fa",
            (
                "شورای بندر روز سه‌شنبه تصمیم گرفت که خط کشتی قدیمی را پیش از آغاز زمستان تعطیل کند.",
                "مهندسان سال‌ها هشدار داده بودند که دو قایق فرسوده دیگر به هیچ شکلی قابل تعمیر نیستند.",
                "ساکنان جزیره‌های دور گفتند که تنها یک هفته پیش از رأی‌گیری از این تصمیم آگاه شده‌اند.",
            ),
        ),
    ],
)
def test_right_to_left_pages_are_read_as_they_are_written(language, sentences):
    found = read(page(f"<article>{paragraphs(*sentences)}</article>", language=language))
    assert texts(found) == list(sentences)


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 40_000,
        "<b>" * 40_000,
        "<p " + " ".join(f"a{number}" for number in range(1_000_000)) + ">",
        "<p " + " ".join(f'a{number}=""' for number in range(300_000)) + ">",
        "<p>" + "&eacute;" * 200_000 + "</p>",
        "<table><tr><td>" * 10_000,
        "<a href='javascript:alert(1)'>" * 10_000,
    ],
    ids=["divs", "inline", "attributes", "quoted", "entities", "tables", "links"],
)
def test_hostile_markup_is_read_as_text_or_not_at_all(hostile):
    found = read(page(hostile + paragraphs(*SENTENCES)))
    assert found.spans[-1].end == len(page(hostile + paragraphs(*SENTENCES)))
    assert all(isinstance(block, Block) for block in found.blocks)


def test_a_page_of_more_text_than_any_article_is_refused_with_words():
    found = read(page("<p>" + "word " * 100_000 + "</p>"))
    assert found.blocks == ()
    assert [problem.code for problem in found.problems] == ["too-much-text"]
    assert "no article has more" in found.problems[0].message


def test_reading_a_page_opens_no_connection(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = (
        '<base href="http://example.org/"><link rel="stylesheet" href="http://example.org/a.css">'
        '<link rel="canonical" href="http://example.org/ferry"><meta http-equiv="refresh" content="0; url=http://example.org/b">'
    )
    body = f'<iframe src="http://example.org/c"></iframe><img src="http://example.org/d.png">{paragraphs(*SENTENCES)}'
    bomb = '<!DOCTYPE html SYSTEM "http://example.org/e.dtd" [<!ENTITY x SYSTEM "http://example.org/f">]>'
    assert set(SENTENCES) <= set(texts(read(bomb + page(body, head=head))))
    assert read("<p>&x; short").origin == "text"


def test_entities_of_a_document_type_are_not_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    found = read(bomb + FERRY.replace("painful", "&b;&x;"))
    assert not any("aaaa" in text or "root:" in text for text in texts(found))


@pytest.mark.parametrize(
    "words",
    [
        "Mehr erfahren",
        "Continua a leggere",
        "Saiba mais",
        "Lees verder",
        "Læs også",
        "Czytaj także: Nowy most nad zatoką otwarty",
        "Читать далее",
        "Διαβάστε επίσης",
        "Devamını oku",
        "Baca juga: Jembatan baru di atas teluk dibuka",
        "続きを読む",
        "더 보기",
    ],
)
def test_an_invitation_to_read_on_is_no_part_of_the_article_in_any_language(words):
    body = f"{paragraphs(*SENTENCES[:3])}<p>{words}</p>{paragraphs(*SENTENCES[3:])}"
    assert texts(read(page(f"<article>{body}</article>"))) == list(SENTENCES)


def test_words_that_begin_like_an_invitation_are_kept_in_a_sentence():
    said = "Mehr lesen wollten die Schüler nach der Woche im Verlag, wie die Lehrerin am Ende erzählte."
    body = f"{paragraphs(*SENTENCES[:3])}<p>{said}</p>{paragraphs(*SENTENCES[3:])}"
    assert said in texts(read(page(f"<article>{body}</article>")))
