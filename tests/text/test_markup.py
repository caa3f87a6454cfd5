"""Bodies as HTML, their text, and marks on it."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text import markup
from kb.text.markup import Mark

BODIES = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=200)
MARKDOWN = "# Grain\n\nThe **port** is [full](https://example.org/a?b=1&c=2) & *waits*.\n\n- one\n- two 🌾\n\n> `a < b`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"


class Content(HTMLParser):
    """What a browser's textContent says."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.feed(html)
        self.close()

    def handle_data(self, data):
        self.text += data


@given(BODIES)
def test_the_text_of_a_captured_body_is_the_body(body):
    assert Content(markup.render(body, markdown=False)).text == body == markup.text_of(body, markdown=False)


@given(BODIES)
def test_the_text_of_markdown_is_what_its_html_says(body):
    assert Content(markup.render(body, markdown=True)).text == markup.text_of(body, markdown=True)


@pytest.mark.parametrize("markdown", [True, False])
@given(data=st.data())
def test_marks_change_no_word_and_stand_on_their_words(markdown, data):
    body = data.draw(st.one_of(BODIES, st.just(MARKDOWN)))
    html, text = markup.render(body, markdown=markdown), markup.text_of(body, markdown=markdown)
    marks = []
    for number in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text)))
        marks.append(Mark(start, data.draw(st.integers(start, len(text))), f"m{number}", "c"))
    marked = markup.with_marks(html, marks)
    assert Content(marked).text == text
    for mark in marks:
        words = text[mark.start : mark.end]
        assert (f'id="{mark.key}"' in marked) == bool(words.strip())


def test_what_follows_a_mark_stands_behind_its_last_piece():
    html = markup.render("one *two* three", markdown=True)
    assert markup.with_marks(html, [Mark(0, 7, "m", "c", "<b>!</b>")], direction="ltr") == (
        '<p><mark id="m" class="c">one </mark><em><mark data-of="m" class="c">two</mark><b>!</b></em> three</p>\n'
    )


@pytest.mark.parametrize(
    ("start", "end", "drawn"),
    [
        (4, 8, '<p>See <a href="/x"><mark id="m">here</mark> now</a><b>!</b> at once.</p>'),
        (4, 12, '<p>See <a href="/x"><mark id="m">here now</mark></a><b>!</b> at once.</p>'),
        (0, 8, '<p><mark id="m">See </mark><a href="/x"><mark data-of="m">here</mark> now</a><b>!</b> at once.</p>'),
        (9, 15, '<p>See <a href="/x">here <mark id="m">now</mark></a><mark data-of="m"> at</mark><b>!</b> once.</p>'),
    ],
)
def test_what_follows_a_mark_in_a_link_stands_behind_the_link(start, end, drawn):
    html = '<p>See <a href="/x">here now</a> at once.</p>'
    assert markup.with_marks(html, [Mark(start, end, "m", "", "<b>!</b>")], direction="ltr") == drawn


def test_captured_text_never_passes_the_markdown_parser():
    html = markup.render("#Iran is *calm*.\n\n1. no list", markdown=False)
    assert html == "<p>#Iran is *calm*.</p>\n\n<p>1. no list</p>"


def test_listed_blocks_are_headings():
    html = markup.render("#China trades\n\nText.", markdown=False, headings=["#China trades"])
    assert html.startswith("<h2>#China trades</h2>")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "![x](https://example.org/track.png)",
        '<img src=x onerror="alert(1)">',
        "<a href='data:text/html,x'>x</a>",
    ],
)
def test_nothing_active_comes_out(hostile):
    for markdown in (True, False):
        html = markup.render(hostile, markdown=markdown)
        assert not any(word in html for word in ("<script", "<img", 'href="javascript', 'href="data'))


@given(data=st.data())
def test_blocks_are_the_marked_text_without_what_stands_between_them(data):
    body = data.draw(st.one_of(BODIES, st.just(MARKDOWN)))
    html, text = markup.render(body, markdown=True), markup.text_of(body, markdown=True)
    start = data.draw(st.integers(0, len(text)))
    mark = Mark(start, data.draw(st.integers(start, len(text))), "m", "c", after="")
    blocks = markup.blocks_with_marks(html, [mark])
    assert [Content(block.html).text for block in blocks] == [text[block.start : block.end] for block in blocks]
    assert " ".join(text[block.start : block.end] for block in blocks).split() == text.split()
    marked = "".join(block.html for block in blocks)
    assert marked.count("<mark") == markup.with_marks(html, [mark]).count("<mark")


def test_words_that_end_between_two_rows_are_followed_within_the_first():
    html = markup.render("| a | b |\n|---|---|\n| 1 | 2 |\n", markdown=True)
    text = markup.content_of(html)
    end = text.index("1")
    marked = markup.with_marks(html, [Mark(text.index("a"), end, "m", "c", after="<i></i>")])
    assert "<th>" in marked and '<mark data-of="m" class="c">b</mark><i></i></th>' in marked
