"""What holds for every page: positions lead back to the capture, names do not matter, and nothing makes it fail."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.importing.citations import find_citations, find_source_lines
from kb.importing.extraction import extract
from kb.importing.page_text import RULES, read_page
from kb.importing.register import Entry, Register
from kb.text.language import direction_of_blocks, language_of

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
REGISTER = Register.from_fixture(ROOT / "fixtures" / "register.json")


def read(path):
    return path.read_bytes().decode()


def pages():
    return [pytest.param(path, id=path.stem) for path in (*PAGES, *SEEDS)]


@pytest.mark.parametrize("path", pages())
def test_every_citation_leads_to_its_words_in_the_capture(path):
    raw = read(path)
    document = extract(raw, file=path.name, register=REGISTER)
    for citation in document.citations:
        assert raw[citation.raw_start : citation.raw_end] == citation.as_printed
        assert citation.start is None or document.body_text[citation.start : citation.end] == citation.as_printed
        assert citation.via is None or document.citations[citation.via] is not citation


def test_a_source_named_under_the_article_stands_outside_the_body():
    raw = f"Two towns quarrel over a river\n\n{PARAGRAPH}\n\nNews from CNN\n\nPost a Comment\n"
    document = extract(raw, file="page.txt", register=REGISTER)
    [citation] = [citation for citation in document.citations if citation.resolution == "resolved"]
    assert (citation.source, citation.start, citation.end) == ("CNN", None, None)
    assert raw[citation.raw_start : citation.raw_end] in "News from CNN"
    [span] = [span for span in document.spans if span.rule == "source-line"]
    assert raw[span.start : span.end] == "News from CNN"


def test_a_source_named_in_another_article_is_none_of_this_one():
    foreign = "Old bridge to close\nOld bridge to close\n\nNews from CNN\n\n2 hours ago\n\n" + PARAGRAPH.replace(
        "mill", "inn"
    )
    document = extract(
        f"Two towns\nTwo towns quarrel over a river\n\n{PARAGRAPH}\n\n{foreign}", file="page.txt", register=REGISTER
    )
    assert [citation.source for citation in document.citations if citation.source] == []


def test_language_and_direction_are_those_of_the_body():
    raw = read(next(path for path in PAGES if path.stem == "persian"))
    chrome = "\n".join(["Sign in", "Subscribe to our newsletter", "Privacy policy", "Terms of use"] * 10)
    document = extract(f"{raw}\n{chrome}", file="page.txt", register=REGISTER)
    assert (document.language, document.direction) == ("fa", "rtl")


def test_an_empty_page_gives_an_empty_document():
    document = extract("", file="page.txt", register=REGISTER)
    assert (document.body_text, document.spans, document.language, document.direction) == ("", (), None, None)
    assert [problem.code for problem in document.problems] == ["no-article-text"]


# ---- names, figures and dates do not matter

PARAGRAPH = (
    "The envoys of both towns met at the mill on Friday and argued about water until it was dark. None of them had "
    "brought a map, and none of them wanted to be the first to leave. A mediator from the coast will draw the line that "
    "they could not draw, and he has until the harvest to finish it. If he fails, the lower town will build a weir of "
    "its own, and the upper town will have to buy back the water that it now gives away."
)
# Words with a capital that are no names: titles, kinds of institutions, the calendar, adjectives of countries.
NO_NAMES = set(
    """President Supreme Leader Council Agency Center Centre Institute Board Joint Comprehensive Plan Action Strategic
    Partnership Foreign Relations Minister Ministry International Republic Senate House Department Chief Editor National
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
    October November December Journal Media News Newsletter Islamic Russian American Chinese Iranian Ukrainian British
    Eastern Western Middle Central South North East West Explained Desk""".split()  # noqa: SIM905
)
MONTHS = {"March": "April", "April": "March", "June": "July", "July": "June", "Mar": "Apr", "Apr": "Mar"}
MONTH_NUMBERS = {"03": "04", "04": "03", "06": "07", "07": "06"}
MONTH = r"(January|February|March|April|May|June|July|August|September|October|November|December|Mar|Apr|Feb|Jun)"
DAY = r"(\d\d?)(?!\d)"
DATE = re.compile(
    rf"(?P<month1>{MONTH})\.? {DAY}(?:, (\d{{4}}))?|(?<!\d){DAY} (?P<month2>{MONTH})(?: (\d{{4}}))?|(\d\d)([/-])(\d\d)[/-](\d{{4}})|(\d{{4}}|XXXX)-(\d\d)-(\d\d)"
)
VOWELS, CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwz"


def other_day(day):
    """Another day of the same month, with as many digits."""
    number = int(day)
    ones = number % 9 + 1 if number < 10 else number // 10 * 10 + (number + 1) % 10
    return f"{min(ones, 30):0{len(day)}}"


def other_year(year):
    return year if year == "XXXX" else str(int(year) - 3)


def other_date(match):
    """The date with another month, day and year, in the same form and length."""
    text = match.group()
    if re.fullmatch(r"\d\d[/-]\d\d[/-]\d{4}", text):
        first, second, year, sign = text[:2], text[3:5], text[6:], text[2]
        if int(first) > 12:
            return f"{other_day(first)}{sign}{MONTH_NUMBERS.get(second, second)}{sign}{other_year(year)}"
        return f"{MONTH_NUMBERS.get(first, first)}{sign}{other_day(second)}{sign}{other_year(year)}"
    if text[4:5] == "-":
        year, month, day = text.split("-")
        return f"{other_year(year)}-{MONTH_NUMBERS.get(month, month)}-{other_day(day)}"
    return re.sub(
        r"[A-Za-z]+|\d+",
        lambda part: (
            MONTHS.get(part.group())
            or (
                part.group()
                if part.group().isalpha()
                else (other_year if len(part.group()) == 4 else other_day)(part.group())
            )
        ),
        text,
    )


def renamed(name):
    """Another name of the same length, sound and case."""
    letters = []
    for letter in name:
        for kind in (VOWELS, CONSONANTS):
            if letter.lower() in kind:
                other = kind[(kind.index(letter.lower()) + 2) % len(kind)]
                letters.append(other.upper() if letter.isupper() else other)
                break
        else:
            letters.append(letter)
    return "".join(letters)


def names_in(document):
    """The capitalised words within the sentences of a body, and those of its authors and outlets."""
    within = re.findall(r"(?:[a-z,] |[“\"‘'#(])([A-Z][a-z]+|[A-Z]{3,})\b", document.body_text)
    known = " ".join(filter(None, (*document.authors, document.publisher, document.originally_published_by)))
    common = set(re.findall(r"\b[a-z]+\b", document.body_text))
    names = {*within, *re.findall(r"[A-Z][a-z]+", known)} - NO_NAMES
    return {name for name in names if name.lower() not in common and len(name) > 2}


def rewriter(document):
    """A function that gives every name, figure and date another one of the same length, the same everywhere."""
    names = names_in(document)
    # Titles are sometimes printed again in small letters.
    names = sorted(names | {name.lower() for name in names if len(name) > 3}, key=len, reverse=True) or ["\0"]
    name = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(names)})(?![a-z])")
    figure = re.compile(r"([$€])(\d+)(?= (?:b|m|tr)illion)")

    def rewrite(text):
        if document.language == "en":
            text = DATE.sub(other_date, text)
        text = name.sub(lambda match: renamed(match.group()), text)
        return figure.sub(lambda match: match[1] + match[2].translate(str.maketrans("0123456789", "3479125680")), text)

    return rewrite


@pytest.mark.parametrize("path", pages())
def test_other_names_figures_and_dates_give_the_same_article_with_other_names(path):
    raw = read(path)
    document = extract(raw, file="page.txt", register=REGISTER)
    rewrite = rewriter(document)
    rows = json.loads((ROOT / "fixtures" / "register.json").read_text(encoding="utf-8"))
    changed = extract(rewrite(raw), file="page.txt", register=renamed_register(rows, rewrite))
    wanted = everywhere(rewrite, json.loads(json.dumps(document.as_json())))
    got = json.loads(json.dumps(changed.as_json()))
    for key in got:
        assert got[key] == wanted[key], key


def everywhere(rewrite, part):
    """The same JSON with every text rewritten."""
    if isinstance(part, dict):
        return {key: everywhere(rewrite, value) for key, value in part.items()}
    if isinstance(part, list):
        return [everywhere(rewrite, value) for value in part]
    return rewrite(part) if isinstance(part, str) else part


def renamed_register(rows, rewrite):
    names = {}
    for row in rows:
        if row["model"] == "kb.sourcename":
            names.setdefault(row["fields"]["source"][0], []).append(
                (rewrite(row["fields"]["name"]), row["fields"]["kind"])
            )
    return Register(
        Entry(rewrite(row["fields"]["name"]), row["fields"]["kind"], tuple(names.get(row["fields"]["slug"], ())))
        for row in rows
        if row["model"] == "kb.source"
    )


# ---- nothing makes it fail

PRINTED = """Comments|Related Articles|By Jane Doe|March 3, 2024|Home > World > A title of some words|Tags: a, b|Tags|By|...
A title of some words|“A quoted line of words.”|#Tag|Advertisement|Table of contents|About the author|Jane Doe|©|Opinion
Jane Doe is a reporter at Example.|Written By Example.com|Monday, June 3, 2024|5 shares|Support Example"""
LINES = st.one_of(
    st.text(max_size=80), st.sampled_from([*PRINTED.replace("\n", "|").split("|"), PARAGRAPH, PARAGRAPH[:90]])
)
CAPTURES = st.lists(LINES, max_size=25).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", "\r"]).map(lambda end: end.join(lines))
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(CAPTURES, st.text(), st.text(alphabet=st.characters())))
def test_whatever_the_text_the_page_is_covered_and_every_block_is_a_slice_of_it(raw):
    page = read_page(raw, REGISTER)
    assert "".join(raw[span.start : span.end] for span in page.spans) == raw
    assert all(before.end == after.start for before, after in zip(page.spans, page.spans[1:], strict=False))
    assert [(span.start, span.end) for span in page.spans if span.kept] == [
        (block.raw_start, block.raw_end) for block in page.blocks
    ]
    for block in page.blocks:
        assert block.text == raw[block.raw_start : block.raw_end] == block.text.strip() != ""
    assert {span.rule for span in page.spans if not span.kept} <= RULES.keys()


@settings(max_examples=100, deadline=None)
@given(CAPTURES)
def test_whatever_the_text_the_document_keeps_its_promises(raw):
    document = extract(raw, file="page.txt", register=REGISTER)
    kept = [raw[span.start : span.end] for span in document.spans if span.kept]
    assert "\n\n".join(kept) == document.body_text
    assert extract(raw, file="page.txt", register=REGISTER) == document


def test_a_lone_surrogate_does_no_harm():
    document = extract(
        f"Two towns \ud800 quarrel over a river\n\n{PARAGRAPH} \udfff.", file="page.txt", register=REGISTER
    )
    assert document.body_text.endswith("\udfff.")


# The shapes that make careless patterns and loops slow. A megabyte of each has to come back at all; nothing is timed.
HOSTILE = {
    "letters": "a",
    "words": "a ",
    "parentheses": "(",
    "hashes": "#",
    "hashtags": "#a",
    "quotes": "“",
    "dots": ".",
    "lines": "a\n",
    "title-lines": "A title of some words\n",
    "byline-lines": "A title of some words\nBy Jane Doe\n",
    "date-lines": "March 3, 2024\n",
    "openers": "Related Articles\nA title of some words\n",
    "articles": f"A title of some words\nA title of some words\n{PARAGRAPH}\n",
    "quoted-lines": f"“{PARAGRAPH[:90]}”\n",
    "short-sentences": "It was so.\n",
    "wrapped": "the mayor of the upper town has closed the sluice every evening since\n",
    "cards": "Jane Doe\nJane Doe is a reporter at Example.\n",
    "tags": "Tags: a, b\n",
    "breadcrumbs": "Home > World > A title of some words\n",
    "mixed-white-space": " \u200b\ufeff",
    "by": "By ",
    "separators": " | ",
    "rtl": "ا",
    "notices": "This article was originally ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_a_megabyte_of_hostile_text_comes_back(piece):
    raw = piece * (1_000_000 // len(piece))
    page = read_page(raw, REGISTER)
    assert page.spans[-1].end == len(raw)
    texts = [block.text for block in page.blocks]
    assert language_of(texts) in (None, *LANGUAGES_OF_NOISE)
    direction_of_blocks(texts)


LANGUAGES_OF_NOISE = ("en", "ar", "la", "vi", "az", "fa", "tr")


def test_the_citation_rules_come_back_from_hostile_lines_too():
    for piece in HOSTILE.values():
        assert find_source_lines(piece * 10, REGISTER) == []
    assert find_citations([], REGISTER) == []
