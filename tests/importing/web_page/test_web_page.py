import pytest
from hypothesis import given

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


def test_entities_of_a_document_type_are_not_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    found = read(bomb + FERRY.replace("painful", "&b;&x;"))
    assert not any("aaaa" in text or "root:" in text for text in texts(found))
