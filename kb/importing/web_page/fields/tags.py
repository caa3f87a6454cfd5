"""Chooses the subject words of an article."""

from collections.abc import Iterable, Iterator, Sequence

import re2 as re

from kb.importing.records import Finding, FoundTag
from kb.importing.web_page.fields.article import Described
from kb.importing.web_page.fields.cleaning import clean
from kb.importing.web_page.fields.evidence import Evidence
from kb.importing.web_page.fields.json_ld import as_list, text_of
from kb.importing.web_page.fields.site import Site
from kb.importing.web_page.fields.weighing import Candidate, finding
from kb.text.folding import fold
from kb.text.words import word_set

MOST_TAGS = 40
_LONGEST_TAG = 60
_MOST_WORDS = 7
_MOST_SAID = 20_000
# Lists no more trusted than this may be the same on every page of a site.
_OF_SITES = 3.5
_SPLIT = re.compile(r"\s*[,;|،؛、，；]\s*")
# "category:news", "type: article", identifiers: for machines.
_MACHINE = re.compile(
    r"^(?:[\w.-]+[:=/_]\S+|[0-9a-fA-F-]{16,}|[\d\W]+|\S*(?:://|\.html?|www\.)\S*|[a-z]+_[a-z_]+|\w+:\w+:.*)$"
)
_MACHINE_PREFIX = re.compile(
    r"^(?i:(?:type|category|cat|section|pagetype|page[_-]type|content|contenttype|author|source|channel|format|site|keyword|tag|topic|lang|status)s?\s*[:=_]\s*)"
)
_NO_SUBJECT = word_set(
    "news article articles home homepage story post blog latest breaking top newsletter startseite nachrichten aktuell aktuelles artikel actualité actualités noticias notícias novosti новости"
)


def read_tags(
    evidence: Evidence, described: Described, site: Site, title: str | None, body: Sequence[str] = ()
) -> tuple[tuple[FoundTag, ...], Finding | None]:
    """The tags of the place most trusted, in their order, each once, and where they were read."""
    said = _said(evidence, title, body)
    candidates = [
        candidate
        for candidate in _candidates(evidence, described, site, title)
        if candidate.value and (candidate.weight > _OF_SITES or _are_of_article(candidate.value, said))
    ]
    if not candidates:
        return (), None
    chosen = max(candidates, key=lambda candidate: candidate.weight)
    tags = tuple(FoundTag(name) for name in chosen.value)
    return tags, finding(chosen, candidates, lambda names: frozenset(map(fold, names)))


def _said(evidence: Evidence, title: str | None, body: Sequence[str]) -> str:
    """The words of the article, folded; empty where nobody knows them."""
    if not body:
        return ""
    descriptions = [clean(content) for _, content in evidence.meta("description", "og:description")]
    return fold(" ".join((title or "", *descriptions, *body))[:_MOST_SAID])


def _are_of_article(names: Sequence[str], said: str) -> bool:
    """Does the article speak of a good part of these? Else they are the site's, the same on each of its pages."""
    if not said:
        return True
    spoken = sum(
        any(fold(word) in said for word in name.split() if len(word) > 3 or not word.isascii()) for name in names
    )
    return spoken >= max(1, len(names) / 3)


def _candidates(
    evidence: Evidence, described: Described, site: Site, title: str | None
) -> Iterator[Candidate[tuple[str, ...]]]:
    keywords = [_pieces(text_of(value)) for node in described.objects[:2] for value in as_list(node.get("keywords"))]
    yield _candidate("json-ld", (name for pieces in keywords for name in pieces), site, title, 5)
    for weight, names in (
        (4.5, ("news_keywords",)),
        (4, ("article:tag", "og:article:tag", "og:tag")),
        (3, ("parsely-tags", "sailthru.tags", "cxenseparse:keywords", "article:keywords", "shareaholic:keywords", "dc.subject", "dcterms.subject")),
        (3.5, ("keywords",)),
    ):  # fmt: skip
        found = [piece for _, content in evidence.meta(*names) for piece in _pieces(content)]
        origin = "opengraph" if ":tag" in names[0] else "meta"
        yield _candidate(origin, found, site, title, weight)
    pieces = [piece for name in ("keywords", "about") for piece in evidence.properties.get(name, ())]
    found = [name for piece in pieces if evidence.is_of_article(piece) for name in _pieces(piece.value or piece.words)]
    yield _candidate("microdata", found, site, title, 2.5)
    links = [piece for piece in evidence.tags if evidence.is_of_article(piece)]
    yield _candidate("link", (piece.words for piece in links), site, title, 2)


def _candidate(
    origin: str, names: Iterable[str], site: Site, title: str | None, weight: float
) -> Candidate[tuple[str, ...]]:
    kept: dict[str, str] = {}
    for name in names:
        tag = _tag(name)
        key = fold(tag)
        if (
            key
            and key not in kept
            and not site.is_name(tag)
            and key != fold(title or "")
            and tag.casefold() not in _NO_SUBJECT
        ):
            kept[key] = tag
        if len(kept) >= MOST_TAGS:
            break
    return Candidate(origin, ", ".join(kept.values())[:1000], tuple(kept.values()), weight)


def _pieces(words: str) -> list[str]:
    text = clean(words, 3000)
    return _SPLIT.split(text)[: 3 * MOST_TAGS] if text else []


def _tag(name: str) -> str:
    tag = clean(name, 200).strip(" \"'#“”„«»[]()·•,;›‹")
    if prefix := _MACHINE_PREFIX.match(tag):
        return "" if prefix.end() else tag
    if len(tag) > _LONGEST_TAG or len(tag) < 2 or len(tag.split()) > _MOST_WORDS or _MACHINE.match(tag):
        return ""
    return tag
