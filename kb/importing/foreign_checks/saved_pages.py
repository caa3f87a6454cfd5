"""What a saved web page says of itself for machines, as far as it says that it is a fact-check."""

import json
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .claim_reviews import TYPE
from .wording import DEEPEST

# Properties whose value is an address stand in these attributes.
ADDRESSES = {"a": "href", "link": "href", "img": "src"}
MOST_PROPERTIES = 5_000


def described_in(html: str) -> Iterator[object]:
    """The values of the page's JSON-LD that speak of a ClaimReview, then its microdata in the same shape."""
    if TYPE not in html:
        return
    page = LexborHTMLParser(html)
    for script in page.css('script[type="application/ld+json" i]'):
        text = script.text(deep=True, strip=False)
        if TYPE in text:
            try:
                # Pages write line breaks into texts; `strict` would refuse them.
                yield json.loads(text.strip().rstrip(";"), strict=False)
            except (ValueError, RecursionError):
                continue
    for node in page.css(f'[itemscope][itemtype$="/{TYPE}"]'):
        yield _item(node)


def _item(node: LexborNode) -> dict:
    """The item of a microdata element, nested items within it."""
    item = {"@type": _type(node)}
    left = [(child, item, 0) for child in reversed(list(node.iter()))]
    count = 0
    while left and count < MOST_PROPERTIES:
        child, holder, depth = left.pop()
        count += 1
        inside, name = holder, child.attributes.get("itemprop")
        if "itemscope" in child.attributes:
            if not name:
                continue  # an item beside this one
            inside = {"@type": _type(child)}
            holder.setdefault(name.strip(), []).append(inside)
        elif name:
            holder.setdefault(name.strip(), []).append(_value(child))
        if depth < DEEPEST:
            left.extend((one, inside, depth + 1) for one in reversed(list(child.iter())))
    return item


def _type(node: LexborNode) -> str:
    return (node.attributes.get("itemtype") or "").rpartition("/")[2]


def _value(node: LexborNode) -> str:
    attributes = node.attributes
    for attribute in ("content", "datetime", ADDRESSES.get(node.tag, "")):
        if attributes.get(attribute):
            return attributes[attribute]
    return " ".join(node.text(deep=True, strip=False).split())
