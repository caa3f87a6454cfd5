"""Chooses the address under which the site itself wants the page known."""

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit, urlunsplit

from lxml.html import HtmlElement

from kb.importing.records import Finding
from kb.importing.web_page.fields.article import Described, addresses_of
from kb.importing.web_page.fields.evidence import Evidence
from kb.importing.web_page.fields.weighing import Candidate, finding
from kb.text.addresses import is_web_address


def read_address(evidence: Evidence, described: Described) -> tuple[str | None, Finding | None]:
    """The canonical address of the web, or the given one; the home page of a site is nobody's article."""
    candidates = list(_candidates(evidence, described))
    articles = [
        candidate
        for candidate in candidates
        if urlsplit(candidate.value).path.strip("/") or urlsplit(candidate.value).query
    ]
    chosen = (articles or candidates or [None])[0]
    return (chosen.value, finding(chosen, candidates)) if chosen else (None, None)


def _candidates(evidence: Evidence, described: Described) -> Iterator[Candidate[str]]:
    offered = [("link", address) for address in evidence.links.get("canonical", ())[:2]]
    offered += [("opengraph", content) for _, content in evidence.meta("og:url")][:1]
    offered += [("json-ld", address) for node in described.objects[:1] for address in addresses_of(node)]
    offered += [("address", evidence.address or "")]
    base = evidence.address or next((words for _, words in offered if is_web_address(words)), "")
    for origin, words in offered:
        if address := _whole(words.strip(), base):
            yield Candidate(origin, words, address, 1)


def _whole(address: str, base: str) -> str | None:
    """The address with its host and without a fragment; None for one that is none of the web."""
    if not address or address.startswith("#"):
        return None
    try:
        whole = urljoin(base, address) if base else address
        if not is_web_address(whole):
            return None
        parts = urlsplit(whole)
        return urlunsplit(parts._replace(fragment=""))
    except ValueError:
        return None


def canonical_address(tree: HtmlElement) -> str:
    """The address of the page's own canonical link, as it stands there; empty without one."""
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and (
            address := (element.get("href") or "").strip()
        ):
            return address
    return ""
