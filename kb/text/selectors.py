"""The CSS selectors by which the saved pages of one source are read: for each field of an article, and for its body."""

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

BODY, REMOVE = "body", "remove"
FIELDS = (BODY, "title", "standfirst", "authors", "published", "tags", REMOVE)
LONGEST = 1000
_NOTHING = LexborHTMLParser("<p>")


def is_selector(words: object) -> bool:
    """Whether these words are a CSS selector that can be looked for."""
    if not isinstance(words, str) or not words.strip() or len(words) > LONGEST:
        return False
    try:
        _NOTHING.css(words)
    except (SelectolaxError, ValueError):
        return False
    return True


def texts_at(source: str, selector: str, *, remove: str = "") -> list[str]:
    """The texts of the elements that a selector names, in the order of the page, without the parts that `remove` names.

    Both are selectors that `is_selector` accepts.
    """
    tree = LexborHTMLParser(source)
    if remove:
        for node in tree.css(remove):
            node.decompose()
    return [node.text(separator="\n") for node in tree.css(selector)]
