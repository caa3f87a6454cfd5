"""Reads JSON-LD as sites write it: in comments, with trailing commas, several values in a row, references by @id."""

import json
from collections.abc import Iterable, Iterator
from html import unescape

import re2 as re

# A page over 5 MB is refused before; these bounds keep a hostile one cheap.
LONGEST_SCRIPT = 1_000_000
MOST_SCRIPTS = 40
MOST_NODES = 20_000
DEEPEST = 25
_OPENING = re.compile(r"^\s*(?:(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[|//[^\n]*\n)\s*)+")
_CLOSING = re.compile(r"\s*(?:(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|//\s*-->|;)\s*)+$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BAD_ESCAPE = re.compile(r'(\\\\)|\\([^"\\/bfnrtu])')
_DECODER = json.JSONDecoder(strict=False)
# Where a page lists other articles.
_OTHERS = frozenset(
    ("itemListElement", "relatedLink", "citation", "comment", "hasPart", "liveBlogUpdate", "isBasedOn", "mentions", "about", "subjectOf", "significantLink", "isRelatedTo", "review", "video", "image", "breadcrumb", "potentialAction")
)  # fmt: skip


def read_scripts(scripts: Iterable[str]) -> list[dict]:
    """Every object that says what type it is, in the order of the page; those that list other articles are not entered."""
    found: list[dict] = []
    for number, script in enumerate(scripts):
        if number >= MOST_SCRIPTS:
            break
        for value in _values(script):
            found.extend(_typed(value))
    return found[:MOST_NODES]


def types_of(node: dict) -> list[str]:
    """The types of an object by their bare names: "https://schema.org/NewsArticle" is NewsArticle."""
    types = node.get("@type")
    types = types if isinstance(types, list) else [types]
    return [kind.rpartition("/")[2].rpartition(":")[2] for kind in types[:10] if isinstance(kind, str)]


def as_list(value: object) -> list:
    """A value of JSON-LD as the list it may always be."""
    if isinstance(value, dict) and isinstance(value.get("@list"), list):
        value = value["@list"]
    return value[:100] if isinstance(value, list) else [] if value is None else [value]


def text_of(value: object) -> str:
    """The text of a value: plain, or with its language beside it; the first of several; empty when it is none."""
    for _ in range(3):
        if isinstance(value, list):
            value = next((item for item in value[:20] if item), None)
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name")
    return value if isinstance(value, str) else ""


def _values(script: str) -> Iterator[object]:
    if not script or len(script) > LONGEST_SCRIPT:
        return
    text = _CLOSING.sub("", _OPENING.sub("", script.replace("\ufeff", ""))).strip()
    values = _decode(text)
    if values is None and "&quot;" in text[:200]:
        values = _decode(unescape(text))
    if values is None:
        mended = _BAD_ESCAPE.sub(lambda match: match[1] or match[2], _TRAILING_COMMA.sub(r"\1", text))
        values = _decode(mended)
    yield from values or ()


def _decode(text: str) -> list | None:
    """The values one after the other, None when a piece is no JSON."""
    values, position = [], 0
    while position < len(text) and len(values) < MOST_SCRIPTS:
        try:
            value, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            return values or None
        values.append(value)
        while position < len(text) and (text[position].isspace() or text[position] in ",;"):
            position += 1
    return values


def _typed(value: object) -> list[dict]:
    found: list[dict] = []
    waiting: list[tuple[object, int]] = [(value, 0)]
    seen = 0
    while waiting and seen < MOST_NODES:
        node, depth = waiting.pop()
        seen += 1
        if depth > DEEPEST:
            continue
        if isinstance(node, list):
            waiting.extend((item, depth + 1) for item in reversed(node[:2000]))
        elif isinstance(node, dict):
            if "@type" in node:
                found.append(node)
            inner = [item for key, item in node.items() if key not in _OTHERS and isinstance(item, dict | list)]
            waiting.extend((item, depth + 1) for item in reversed(inner))
    return found
