"""Reads fields by the CSS selectors that a source was given in the admin: tried first, believed before all else."""

from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from kb.importing.web_page.fields.cleaning import clean

FIELDS = ("title", "standfirst", "authors", "published", "tags")
MOST_MATCHES = 60


def select(source: str, selectors: Mapping[str, str]) -> dict[str, list[str]]:
    """The words, or the `content` or `datetime`, of what each field's selector finds; a selector that is none finds nothing."""
    wanted = {
        name: selectors[name] for name in FIELDS if isinstance(selectors.get(name), str) and selectors[name].strip()
    }
    if not wanted:
        return {}
    tree = LexborHTMLParser(source)
    found: dict[str, list[str]] = {}
    for name, selector in wanted.items():
        try:
            nodes = tree.css(selector[:1000])[:MOST_MATCHES]
        except (SelectolaxError, ValueError):
            continue
        words = []
        for node in nodes:
            attributes = node.attributes
            value = attributes.get("content") or attributes.get("datetime") or node.text(separator=" ", strip=False)
            if cleaned := clean(value, 600):
                words.append(cleaned)
        if words:
            found[name] = words
    return found
