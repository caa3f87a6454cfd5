"""JSON-LD as sites and attackers write it, and pages that no site would write."""

import json
import unicodedata

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.importing.web_page.fields import read_fields
from tests.importing.web_page.fields.building import ADDRESS, REGISTER, json_ld, meta, read, script

ARTICLE = (
    '{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ferries return", "author": "Ida Marlow"}'
)


@pytest.mark.parametrize(
    "words",
    [
        ARTICLE,
        f"<!-- {ARTICLE} -->",
        f"//<![CDATA[\n{ARTICLE}\n//]]>",
        f"/*<![CDATA[*/{ARTICLE}/*]]>*/",
        f"\ufeff{ARTICLE};",
        f"[{ARTICLE}]",
        f'{{"@graph": [{{"@type": "WebSite", "name": "x"}}, {ARTICLE}]}}',
        f"{ARTICLE}\n{ARTICLE}",
        ARTICLE.replace("}", ",}"),
        ARTICLE.replace("return", "return\\'").replace("\\'", "\\'"),
        ARTICLE.replace('"Ferries return"', '"Ferries\n return"'),
        ARTICLE.replace('"Ferries return"', '"Ferries\x01 return"'),
        ARTICLE.replace('"', "&quot;"),
        f'{{"@type": "WebPage", "mainEntity": {ARTICLE}}}',
        ARTICLE.replace('"NewsArticle"', '["Article", "NewsArticle"]'),
        ARTICLE.replace("NewsArticle", "http://schema.org/ReportageNewsArticle"),
    ],
)
def test_json_ld_is_read_as_sites_write_it(words):
    fields = read(script(words))
    assert (fields.headline or "").startswith("Ferries return")
    assert fields.authors == ("Ida Marlow",)


@pytest.mark.parametrize(
    "words",
    [
        "[" * 100_000,
        '{"a":' * 50_000,
        '{"@type":"NewsArticle","author":' * 20_000,
        "[" * 900 + ARTICLE + "]" * 900,
        json.dumps([{"@type": "NewsArticle", "headline": f"Other {number}"} for number in range(20_000)]),
        json.dumps(
            {"@type": "NewsArticle", "author": [{"name": f"Ida Marlow{'x' * number}"} for number in range(3_000)]}
        ),
        json.dumps({"@type": "NewsArticle", "keywords": ["a" * 100_000, *map(str, range(50_000))]}),
        '{"@type":"NewsArticle","headline":' + '"' + "\\u202e" * 50_000 + '"}',
        '{"@type":"NewsArticle","headline":"\\ud800","author":"\\udfff"}',
        "x" * 2_000_000,
        '{"@type": 7, "@id": [], "headline": {}, "author": [[[[]]]], "datePublished": {"a": 1}, "keywords": {"b": [1]}, "publisher": 3}',
        '{"@type":"NewsArticle","author":{"@id":"#a"}} {"@type":"Person","@id":"#a","name":{"@id":"#a"}}',
    ],
)
def test_hostile_json_ld_is_passed_over(words):
    fields = read(script(words), "<h1>Ferries return to the old harbour</h1>")
    assert fields.headline == "Ferries return to the old harbour"


@pytest.mark.parametrize(
    "body",
    [
        '<div class="author">' * 200 + "Ida",
        '<p class="byline">By ' + "Ida and " * 20_000 + "</p>",
        "<h1>" + "Ferries - " * 20_000 + "</h1>",
        '<h1 class="kicker">x</h1>' * 3_000,
        "".join(f'<p class="a{number} date author tag">24 March 2025</p>' for number in range(5_000)),
        '<time datetime="99999999999999999999999999">x</time>',
        "<h1>x</h1><p class='date'>" + "24 March " * 10_000 + "</p>",
        '<a rel="tag" href="/tag/x">x</a>' * 5_000,
    ],
)
def test_hostile_markup_is_read_to_its_end(body):
    read("", body)


def test_values_of_wrong_types_and_words_of_attack_give_no_field():
    fields = read(
        '<link rel="canonical" href="javascript:alert(1)">'
        + meta(og__url="vbscript:x", article__author="https://evil.example/x"),
        address=None,
    )
    assert fields.address is None and fields.authors == ()


words = st.text(max_size=40)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["@type", "@id", "@value", "@list", "name", "url", "author", "headline", "givenName"]), inner, max_size=3
    ),
    max_leaves=8,
)  # fmt: skip
articles = st.dictionaries(
    st.sampled_from(
        [
            "headline",
            "author",
            "datePublished",
            "keywords",
            "publisher",
            "inLanguage",
            "description",
            "url",
            "@id",
            "articleSection",
            "genre",
            "creator",
        ]
    ),
    values,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(article=articles, title=words, heading=words, tag=words, attribute=words)
def test_no_page_raises_and_no_field_holds_a_control_character(article, title, heading, tag, attribute):
    tree = lxml.html.document_fromstring("<html><head></head><body><h1></h1><p class='byline'></p></body></html>")
    head, body = tree
    for element, text in ((body[0], heading), (body[1], "By " + tag)):
        element.text = _storable(text)
    for name, content in (
        ("og:title", title),
        ("keywords", tag),
        ("author", attribute),
        ("og:locale", tag),
        ("article:published_time", attribute),
    ):
        head.append(tree.makeelement("meta", {"name": name, "content": _storable(content)}))
    head.append(tree.makeelement("link", {"rel": "canonical", "href": _storable(attribute)}))
    ld = tree.makeelement("script", {"type": "application/ld+json"})
    ld.text = json.dumps({"@type": "NewsArticle"} | article)
    head.append(ld)
    fields = read_fields(tree, REGISTER, address=ADDRESS)
    printed = [
        fields.headline,
        fields.standfirst,
        *fields.authors,
        fields.publisher,
        *(tag.name for tag in fields.tags),
        fields.address,
    ]
    for text in filter(None, printed):
        assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in text), text


pieces = [
    "<",
    ">",
    "/",
    "=",
    '"',
    "'",
    " ",
    "<h1",
    "class",
    "author",
    "<time",
    "datetime",
    "<script",
    "<meta ",
    "name",
    "\u202e",
    "&amp;",
    "itemprop",
    "1",
]


@settings(max_examples=60, deadline=None)
@given(source=st.lists(st.sampled_from(pieces), max_size=60).map("".join))
def test_no_markup_raises(source):
    read("", source)


def _storable(text: str) -> str:
    """What an XML tree can hold."""
    return "".join(
        letter
        for letter in text
        if letter.isprintable() and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff"
    )


def test_the_same_headline_stays_when_a_hostile_script_stands_beside():
    fields = read(script("[" * 50_000) + json_ld(headline="Ferries return", author="Ida Marlow"))
    assert fields.headline == "Ferries return" and fields.authors == ("Ida Marlow",)
