"""Finds, among the objects of a page's JSON-LD, those that describe the very article the page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from kb.importing.web_page.fields.cleaning import clean
from kb.importing.web_page.fields.evidence import Evidence
from kb.importing.web_page.fields.json_ld import as_list, text_of, types_of
from kb.text.folding import fold
from kb.text.words import word_set

_ARTICLES = word_set(
    "Article BlogPosting LiveBlogPosting Report SocialMediaPosting DiscussionForumPosting CreativeWork Review"
)
_SCRIPTS = (".php", ".asp", ".aspx", ".jsp", ".cgi", ".cfm", ".do")
_PAGES = word_set(
    "WebPage ItemPage AboutPage MediaObject VideoObject AudioObject PodcastEpisode Recipe Event ClaimReview"
)


@dataclass(frozen=True, slots=True)
class Described:
    """The objects that describe this article, the best first, and every object of the page by its @id."""

    objects: tuple[dict, ...]
    by_id: dict[str, dict]

    def values(self, *names: str) -> list[object]:
        """Every value of the named properties, the best object's first; a reference is what it refers to."""
        return [
            self.resolved(value)
            for node in self.objects
            for name in names
            for value in as_list(node.get(name))
            if value not in (None, "")
        ]

    def first(self, *names: str) -> str:
        """The first text among the values of the named properties."""
        return next((text for value in self.values(*names) if (text := clean(text_of(value), 3000))), "")

    def resolved(self, value: object) -> object:
        """What a bare reference by @id refers to; anything else is itself."""
        if isinstance(value, dict) and not value.get("name") and isinstance(value.get("@id"), str):
            return self.by_id.get(value["@id"], value)
        return value


def describe(evidence: Evidence) -> Described:
    """The objects that fit the page: by their kind, their address and their headline.

    An article with another address and another headline is a teaser and counts for nothing.
    """
    by_id: dict[str, dict] = {}
    for node in evidence.objects:
        if isinstance(node.get("@id"), str):
            known = by_id.get(node["@id"])
            if known is None or len(node) > len(known):
                by_id[node["@id"]] = node
    addresses = {_path_of(address) for address in _own_addresses(evidence)} - {""}
    titles = {fold(title) for title in _own_titles(evidence)} - {""}
    rated: list[tuple[float, int, dict]] = []
    for number, node in enumerate(evidence.objects):
        if (rating := _rating(node, addresses, titles)) > 0:
            rated.append((-rating, number, node))
    rated.sort(key=lambda entry: entry[:2])
    best = -rated[0][0] if rated else 0
    # Beside the one that fits best, others count only if they lag by no more than what a page object lacks.
    return Described(tuple(node for rating, _, node in rated[:6] if -rating >= best - (3 if best > 7 else 1)), by_id)


def _rating(node: dict, addresses: set[str], titles: set[str]) -> float:
    types = types_of(node)
    if any(kind.endswith("Article") or kind in _ARTICLES for kind in types):
        rating = 4.0
    elif any(kind in _PAGES or kind.endswith("Page") for kind in types):
        rating = 1.0
    else:
        return 0
    headline = fold(clean(text_of(node.get("headline")) or text_of(node.get("name"))))
    own = {_path_of(address) for address in addresses_of(node)} - {""}
    is_here = bool(own & addresses)
    fits = bool(headline) and any(_overlap(headline, title) for title in titles)
    if own and addresses and not is_here and headline and titles and not fits:
        return 0
    return rating + 2 * is_here + 2 * fits + (bool(headline) and "headline" in node) + bool(node.get("datePublished"))


def _overlap(one: str, other: str) -> bool:
    """Is one title the other, or the greater part of it?"""
    shorter, longer = sorted((one, other), key=len)
    return shorter == longer or (len(shorter) >= 12 and (shorter in longer or longer[:25] == shorter[:25]))


def addresses_of(node: dict) -> list[str]:
    """The addresses that an object gives itself."""
    found: list[str] = []
    for name in ("url", "mainEntityOfPage", "@id"):
        for value in as_list(node.get(name))[:5]:
            if isinstance(value, dict):
                value = value.get("@id") or value.get("url")
            if isinstance(value, str) and len(value) <= 2000:
                found.append(value.strip())
    return found


def _own_addresses(evidence: Evidence) -> list[str]:
    named = [content for _, content in evidence.meta("og:url", "twitter:url", "parsely-link")]
    return [address for address in (evidence.address, *evidence.links.get("canonical", ()), *named) if address]


def _own_titles(evidence: Evidence) -> list[str]:
    metas = [clean(content) for _, content in evidence.meta("og:title", "twitter:title", "parsely-title")]
    return [evidence.title_tag, *metas, *(piece.words for piece in evidence.headings[:5])]


def _path_of(address: str) -> str:
    """What two spellings of one address have in common: no scheme, no host, no query, no fragment; empty for a home page."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    path = parts.path.rstrip("/").casefold()
    # Scripts tell their articles apart by the query alone.
    return f"{path}?{parts.query}" if path.endswith(_SCRIPTS) or (parts.query and path.count("/") <= 1) else path


def organisations(evidence: Evidence, *types: str) -> Sequence[dict]:
    """Objects of the page whose type ends in one of the named."""
    return [node for node in evidence.objects if any(kind.endswith(types) for kind in types_of(node))]
