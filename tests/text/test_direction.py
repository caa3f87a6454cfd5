"""Lines of two directions: their runs, isolates in HTML and in plain text, and characters that turn text around."""

from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text import markup
from kb.text.direction import (
    TURNING,
    direction_of_line,
    isolated,
    runs,
    says_turning,
    turning_in,
    with_signs,
    without_turning,
)
from kb.text.markup import Mark
from kb.text.tongue import tongue_of
from tests.conftest import ROOT

MIXED = st.text(st.sampled_from("ab Z1۲٣سلڼאב(.)“”#،,:%@\n\u202e\u2069\u200f👩‍é́"), max_size=60)
PASHTO = "د دعوت بانکي پتهDNB Bank AC # 0530 2294668 :"


@pytest.mark.parametrize(
    ("line", "direction", "found"),
    [
        (PASHTO, "rtl", ["DNB Bank AC # 0530 2294668"]),
        ("he met محمد علی 12 times", "ltr", ["محمد علی"]),
        ("In 2024 (حزب الله) said", "ltr", ["حزب الله"]),
        ("the year ۱۲ ژوئن ۱۴۰۳ was", "ltr", ["۱۲ ژوئن ۱۴۰۳"]),
        ("he tagged #ایران twice", "ltr", ["#ایران"]),
        ("در 12 June 2025 روز", "rtl", ["12 June 2025"]),
        ("به NATO (No. 5) رفت", "rtl", ["NATO (No. 5)"]),
        ("نرخ Brent 70% شد", "rtl", ["Brent 70%"]),
        ("او گفت “Enough is enough.” و رفت", "rtl", ["Enough is enough."]),
        ("محمد\nand علی", "ltr", ["محمد", "علی"]),
        ("only words", "ltr", []),
        ("only words", "rtl", ["only words"]),
        ("سلام دنیا", "rtl", []),
        ("12 % (3)", "rtl", []),
    ],
)
def test_a_run_takes_along_what_belongs_to_it(line, direction, found):
    assert [line[start:end] for start, end in runs(line, direction)] == found


@given(MIXED, st.sampled_from(["ltr", "rtl"]))
def test_runs_hold_every_letter_of_the_other_direction_and_none_of_the_lines_own(text, direction):
    found, other = runs(text, direction), "rtl" if direction == "ltr" else "ltr"
    assert all(first[1] <= second[0] for first, second in pairwise(found))
    borders = [0, *(place for run in found for place in run), len(text)]
    outside = "".join(text[start:end] for start, end in zip(borders[::2], borders[1::2], strict=True))
    assert direction_of_line(outside) in (direction, None)
    for start, end in found:
        assert direction_of_line(text[start:end].replace("،", "")) in (other, None) and "\n" not in text[start:end]


@pytest.mark.parametrize(
    ("hostile", "count"),
    [("aس" * 50_000, 50_000), ("س(" * 50_000 + "a", 1), ("(" * 100_000 + "س", 1), ("س" + "1 " * 50_000, 1)],
)
def test_hostile_repeats_are_read_once(hostile, count):
    assert len(runs(hostile, "ltr")) == count


@pytest.mark.parametrize(
    ("line", "direction"),
    [
        ("Plain", "ltr"),
        ("محمد said that the ship had come", "ltr"),
        ("He met محمد (حزب)", "ltr"),
        (PASHTO, "rtl"),
        ("NATO گفت که کشتی به بندر رسیده است", "rtl"),
        ("12 %", None),
        ("", None),
    ],
)
def test_a_line_is_written_in_the_direction_of_its_sentence(line, direction):
    assert direction_of_line(line) == direction


def test_plain_text_is_isolated_where_it_or_a_run_of_it_turns():
    assert isolated("Grain leaves the port", "ltr") == "Grain leaves the port"
    assert isolated("He met محمد 12 times", "ltr") == "He met \u2067محمد\u2069 12 times"
    assert isolated("بانک DNB 5 گفت", "ltr") == "\u2067بانک \u2066DNB 5\u2069 گفت\u2069"
    assert isolated("بانک DNB 5 گفت", "rtl") == "بانک \u2066DNB 5\u2069 گفت"
    assert isolated("DNB", "rtl") == "\u2066DNB\u2069"
    assert isolated(" one\nline ", "ltr") == "one line"


@given(MIXED, st.sampled_from(["ltr", "rtl", ""]))
def test_isolates_are_closed_and_words_cannot_close_them(text, direction):
    depth = 0
    for letter in isolated(text, direction):
        depth += {"\u2066": 1, "\u2067": 1, "\u2068": 1, "\u2069": -1}.get(letter, 0)
        assert depth >= 0 and not "\u202a" <= letter <= "\u202e"
    assert depth == 0


def test_characters_that_turn_text_are_named_shown_and_taken_out():
    text = "a\u202eb\u2069c\u200f\u200dd"
    assert turning_in(text) == [(1, "RLO"), (3, "PDI")]
    assert says_turning(text) == "U+202E (RLO) at character 2, in “a⟨RLO⟩b⟨PDI⟩c\u200f\u200dd”, and 1 more"
    assert with_signs(text) == "a⟨RLO⟩b⟨PDI⟩c\u200f\u200dd"
    assert without_turning(text) == "abc\u200f\u200dd"
    assert says_turning("ab\u200f") == "" and turning_in("ab") == []
    assert len(TURNING) == 9


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ship was in the port and had left it with grain from the north.", "en"),
        ("Der Hafen ist voll und das Schiff wird nicht mit dem Getreide fahren.", "de"),
        ("Le navire est dans le port avec les céréales et une partie des passagers.", "fr"),
        ("این کشتی پس از سه روز به بندر رسید و گندم آورد.", "fa"),
        (PASHTO + " ښه راغلاست ځکه چې موږ یې غواړو", "ps"),
        ("وصلت السفينة إلى الميناء بعد ثلاثة أيام على الأقل", "ar"),
        ("یہ جہاز تین دن بعد بندرگاہ پر پہنچا ہے", "ur"),
        ("הספינה הגיעה לנמל", "he"),
        ("Το πλοίο έφτασε στο λιμάνι", "el"),
        ("Корабль прибыл в порт, это был первый рейс", "ru"),
        ("DNB Bank AC # 0530 2294668", ""),
        ("12 %", ""),
        ("", ""),
    ],
)
def test_a_paragraph_tells_its_language_or_leaves_it_open(text, language):
    assert tongue_of(text) == language


# --- in HTML


class Nesting(HTMLParser):
    """The text content, and whether every element ends within the one it began in."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.text, self.open, self.nests = "", [], True
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.nests = self.nests and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


ARTICLE = f"""# The port باب

He met **محمد** علی 12 times.

{PASHTO} ښه

- one item of the list
- این کشتی پس از سه روز رسید

> به گفتهٔ Reuters کشتی رسید

| of the port | پته ځای ښه |
|---|---|
| 1 | 2 |
"""


def directed(body, *, markdown=True, marks=(), language="en", direction="ltr"):
    html = markup.render(body, markdown=markdown, headings=["عنوان"])
    return markup.with_marks(html, marks, language=language, direction=direction)


def test_each_block_says_its_language_and_direction_where_they_are_other():
    html = directed(ARTICLE)
    assert "<h2>The port <bdi>باب</bdi></h2>" in html
    assert '<p>He met <bdi lang="fa"><strong>محمد</strong> علی</bdi> 12 times.</p>' in html
    assert '<p lang="ps" dir="rtl">د دعوت بانکي پته<bdi>DNB Bank AC # 0530 2294668</bdi> : ښه</p>' in html
    assert "<li>one item of the list</li>" in html and '<li lang="fa" dir="rtl">این' in html
    assert '<blockquote lang="" dir="rtl">' in html and '<p lang="fa">به گفتهٔ <bdi>Reuters</bdi> کشتی رسید</p>' in html
    assert '<th>of the port</th>\n<th lang="ps" dir="rtl">پته ځای ښه</th>' in html
    assert Nesting(html).text == markup.text_of(ARTICLE, markdown=True)


def test_captured_blocks_say_theirs_too_and_a_persian_article_its_english_ones():
    body = "عنوان\n\nThe ship was in the port and it left.\n\nبه گفتهٔ Reuters 12 نفر"
    html = directed(body, markdown=False, language="fa", direction="rtl")
    assert html.split("\n\n") == [
        "<h2>عنوان</h2>",
        '<p lang="en" dir="ltr">The ship was in the port and it left.</p>',
        "<p>به گفتهٔ <bdi>Reuters 12</bdi> نفر</p>",
    ]


def test_where_nobody_knows_the_articles_direction_each_block_says_its_own():
    html = directed("Grain.\n\nگندم\n\n12", markdown=False, language="", direction="")
    assert html == '<p dir="ltr">Grain.</p>\n\n<p lang="fa" dir="rtl">گندم</p>\n\n<p>12</p>'


@pytest.mark.parametrize("markdown", [True, False])
@given(data=st.data())
def test_isolates_and_marks_nest_and_change_no_word(markdown, data):
    body = data.draw(st.one_of(MIXED, st.just(ARTICLE), st.text(st.sampled_from("ab*_سل 1`>-\n|#[](x)"), max_size=60)))
    text = markup.text_of(body, markdown=markdown)
    marks = []
    for number in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(text)))
        marks.append(Mark(start, data.draw(st.integers(start, len(text))), f"m{number}", "c"))
    html = directed(body, markdown=markdown, marks=marks, direction=data.draw(st.sampled_from(["ltr", "rtl", ""])))
    found = Nesting(html)
    assert found.text == text and found.nests and not found.open
    for mark in marks:
        assert (f'id="{mark.key}"' in html) == bool(text[mark.start : mark.end].strip())


def test_a_mark_within_a_run_and_one_across_its_end_are_drawn_inside_the_isolate():
    text = "He met محمد علی today"
    across = Mark(text.index("علی"), text.index("today") + 2, "m", "c", "<i>1</i>")
    assert directed(text, markdown=False, marks=[across]) == (
        '<p>He met <bdi lang="fa">محمد <mark id="m" class="c">علی</mark></bdi><mark data-of="m" class="c"> to</mark>'
        "<i>1</i>day</p>"
    )


def test_what_follows_a_mark_that_ends_with_a_run_stands_behind_the_isolate():
    text = "He met علی today"
    mark = Mark(7, 10, "m", "c", "<i>1</i>")
    assert directed(text, markdown=False, marks=[mark]) == (
        '<p>He met <bdi lang="fa"><mark id="m" class="c">علی</mark></bdi><i>1</i> today</p>'
    )


def test_a_turning_character_of_a_text_is_shut_in_and_named():
    html = directed("pain\u202eful", markdown=False)
    assert html == '<p>pain<bdi class="turning" data-sign="RLO">\u202e</bdi>ful</p>'
    assert markup.line("a\u2069<b>") == 'a<bdi class="turning" data-sign="PDI">\u2069</bdi>&lt;b&gt;'


def test_a_quotation_runs_in_its_own_direction_with_its_words_marked():
    assert markup.quotation("He met ", "علی (حزب", ") & left.", "said") == (
        '<bdi dir="ltr">He met <bdi lang="fa"><mark class="said">علی (حزب</mark>)</bdi> &amp; left.</bdi>'
    )
    assert markup.quotation("", "بندر", " پر است") == '<bdi dir="rtl"><mark>بندر</mark> پر است</bdi>'


def test_paragraphs_of_plain_text_each_have_their_own_direction():
    assert markup.paragraphs("He met علی & left\nthe port of the north.\n\n\nکشتی رسید\r\n\r\n12") == (
        '<p lang="en" dir="ltr">He met <bdi lang="fa">علی</bdi> &amp; left<br>\nthe port of the north.</p>\n'
        '<p lang="fa" dir="rtl">کشتی رسید</p>\n<p dir="auto">12</p>'
    )


def test_no_template_breaks_lines_without_their_directions():
    found = [path for path in (ROOT / "templates").rglob("*.html") if "|linebreaks" in path.read_text(encoding="utf-8")]
    assert found == [], "use |paragraphs"
