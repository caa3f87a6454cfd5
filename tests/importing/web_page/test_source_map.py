import html
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.importing.records import Block
from kb.importing.web_page.source_map import map_source, segments_of

TEXTS = st.text(st.sampled_from("abc \n\t.&;<>\"'=/!-#xé\u00a0\u00ad\u200b\u202eسلام"), max_size=30)
TAGS = st.sampled_from(
    (
        *(
            "<p>",
            "</p>",
            "<div class=x>",
            "</div>",
            "<br>",
            "<b>",
            "</b>",
            "<a href='/x'>",
            "</a>",
            "<li>",
            "<td>",
            "<h2>",
        ),
        *("<!-- no text -->", "<script>var x = '<p>';</script>", "<style>p{}</style>", "<p title='>'>", '<i a="<b>">'),
        *("&amp;", "&nbsp;", "&eacute", "&#x41;", "&#8217;", "&notaname;", "<!", "</", "<p", "<title>", "<svg/>"),
    )
)
PAGES = st.lists(TEXTS | TAGS, max_size=20).map("".join)


@given(PAGES)
def test_every_word_of_a_line_stands_where_its_segment_says(source):
    for line in map_source(source).lines:
        text, segments = segments_of(source, line.pieces)
        assert text == line.text
        block = Block("paragraph", text, line.start, segments)
        for segment in segments:
            raw = source[segment.raw_start : segment.raw_end]
            read = html.unescape(raw).translate(dict.fromkeys((0xAD, 0x200B, 0x202E)))
            assert " ".join(read.split()) == text[segment.start : segment.end]
        if segments:
            assert block.raw_range(0, len(text)) == (segments[0].raw_start, segments[-1].raw_end)


@given(PAGES)
def test_lines_and_hidden_stretches_stand_in_order_and_never_overlap(source):
    page = map_source(source)
    pieces = [(piece.start, piece.end) for line in page.lines for piece in line.pieces]
    places = sorted([*pieces, *((start, end) for start, end, _ in page.hidden)])
    assert pieces == sorted(pieces)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(places))


def test_inline_tags_do_not_break_a_line_and_blocks_do():
    source = "<p>The <b>old</b> ferry<!-- a note --> stops.<p>The bridge<br>opens.<ul><li>One<li>Two</ul>"
    assert [line.text for line in map_source(source).lines] == [
        "The old ferry stops.",
        "The bridge",
        "opens.",
        "One",
        "Two",
    ]


def test_a_block_finds_its_words_in_the_source_through_tags_and_references():
    source = "<p>Smith &amp; Sons <em>said</em> on&nbsp;Tuesday</p>"
    [line] = map_source(source).lines
    text, segments = segments_of(source, line.pieces)
    block = Block("paragraph", text, line.start, segments)
    assert text == "Smith & Sons said on Tuesday"

    def raw(words):
        start = text.index(words)
        return source[slice(*block.raw_range(start, start + len(words)))]

    assert raw("& Sons") == "&amp; Sons"
    assert raw("said") == "said"
    assert raw("Sons said") == "Sons <em>said"
    assert raw("on Tuesday") == "on&nbsp;Tuesday"
    assert raw("uesda") == "uesda"


def test_text_in_programs_and_quoted_attributes_is_no_text_of_the_page():
    source = "<script>'</p>text'</script><p title='a > b'>Seen</p><textarea>typed</textarea><noscript>no</noscript>"
    assert [line.text for line in map_source(source).lines] == ["Seen"]


def test_a_title_that_is_left_open_swallows_nothing():
    assert [line.text for line in map_source("<title>The ferry<body><p>It stops.</p>").lines] == [
        "The ferry",
        "It stops.",
    ]


@pytest.mark.parametrize(
    "hostile", ["<", "<a b='", '<a b="> ', "</", "<!--", "<script>", "&", "<p>", "<a href=x>", "&#"]
)
def test_repeated_openings_are_walked_once(hostile):
    map_source(hostile * 20_000)
