"""What a saved web page says of itself for machines, as far as it says that it is a fact-check."""

import json
from collections.abc import Iterator

from lxml.html import HtmlElement

from .claim_reviews import TYPE
from .wording import DEEPEST

# Properties whose value is an address stand in these attributes.
ADDRESSES = {"a": "href", "link": "href", "img": "src"}
MOST_PROPERTIES = 5_000


def described_in(page: HtmlElement) -> Iterator[object]:
    """The values of the page's JSON-LD that speak of a ClaimReview, then its microdata in the same shape."""
    for script in page.iter("script"):
        text = script.text or ""
        if "ld+json" in (script.get("type") or "").lower() and TYPE in text:
            try:
                # Pages write line breaks into texts; `strict` would refuse them.
                yield json.loads(text.strip().rstrip(";"), strict=False)
            except (ValueError, RecursionError):
                continue
    for element in page.xpath("//*[@itemscope]"):
        if (described := _type(element)) == TYPE:
            yield _item(element, described)


def _item(element: HtmlElement, described: str) -> dict:
    """The item of a microdata element, nested items within it."""
    item: dict = {"@type": described}
    left = [(child, item, 0) for child in reversed(element)]
    count = 0
    while left and count < MOST_PROPERTIES:
        child, holder, depth = left.pop()
        if not isinstance(child.tag, str):
            continue
        count += 1
        inside, name = holder, (child.get("itemprop") or "").strip().lstrip("@")
        if child.get("itemscope") is not None:
            if not name:
                continue  # an item beside this one
            inside = {"@type": _type(child)}
            holder.setdefault(name, []).append(inside)
        elif name:
            holder.setdefault(name, []).append(_value(child))
        if depth < DEEPEST:
            left.extend((one, inside, depth + 1) for one in reversed(child))
    return item


def _type(element: HtmlElement) -> str:
    return (element.get("itemtype") or "").strip().rpartition("/")[2]


def _value(element: HtmlElement) -> str:
    for attribute in ("content", "datetime", ADDRESSES.get(element.tag)):
        if attribute and (value := element.get(attribute)):
            return value
    return " ".join(element.text_content().split())
