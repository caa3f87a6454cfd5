"""One parse of a web page for everything that reads it, within limits that keep hostile pages harmless."""

import logging
from dataclasses import dataclass

import lxml.html
from lxml.html import HtmlElement
from trafilatura.utils import load_html

from kb.importing.web_page.source_map import SourceMap, map_source

# Parsers and extractors grow faster than the page in these; real pages stay far below.
DEEPEST = 256
MOST_ELEMENTS = 20_000
# Visible characters; the longest page of an article with all its comments has a third of them.
MOST_TEXT = 400_000

# What trafilatura says of a page is said by our problems.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Markup:
    """The page's tree, with comments gone, and the map of its source; the tree of a hostile page is empty.

    Whoever changes the tree works on a copy.
    """

    tree: HtmlElement
    source_map: SourceMap
    refusal: str = ""
    has_too_much_text: bool = False

    @property
    def source(self) -> str:
        return self.source_map.source


def parse(source: str) -> Markup:
    """Parse the source of a page. Never raises and fetches nothing; `refusal` says why a page was not parsed."""
    source_map = map_source(source)
    refusal = _refusal(source_map)
    length = sum(len(line.text) for line in source_map.lines)
    if length > MOST_TEXT:
        refusal = f"it shows {length:,} characters of text"
    tree = None if refusal else load_html(source)
    return Markup(lxml.html.Element("html") if tree is None else tree, source_map, refusal, length > MOST_TEXT)


def _refusal(source_map: SourceMap) -> str:
    if source_map.depth > DEEPEST:
        return f"its elements are nested {source_map.depth:,} deep"
    if source_map.elements > MOST_ELEMENTS:
        return f"it has {source_map.elements:,} elements"
    if source_map.has_too_many_attributes:
        return "an element has more than a thousand attributes"
    return ""
