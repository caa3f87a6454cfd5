"""Reads the fields of a saved web page: title, standfirst, authors, day, tags, language, publisher, address, genre.

`evidence` gathers in one walk what may tell them, `article` finds the JSON-LD that describes this very article, `site`
knows the names of the site, and one module per field chooses among what the places of the page say. Each choice keeps
where it was read and what the others said. What no place says credibly stays None: wrong is worse than missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from kb.importing.records import Finding, FoundTag
from kb.importing.register import Register
from kb.importing.web_page.fields.article import describe
from kb.importing.web_page.fields.authors import read_authors
from kb.importing.web_page.fields.day import day_in, read_day
from kb.importing.web_page.fields.evidence import gather
from kb.importing.web_page.fields.genre import read_genre
from kb.importing.web_page.fields.own_address import canonical_address, read_address
from kb.importing.web_page.fields.people import distinct, read_people
from kb.importing.web_page.fields.selected import select
from kb.importing.web_page.fields.site import Site
from kb.importing.web_page.fields.standfirst import read_standfirst
from kb.importing.web_page.fields.tags import read_tags
from kb.importing.web_page.fields.title import read_title
from kb.importing.web_page.fields.tongue import read_direction, read_language

__all__ = ["Fields", "canonical_address", "read_fields"]


@dataclass(frozen=True, slots=True)
class Fields:
    """What a web page says of its article; None and empty where it does not say. `provenance` has a Finding for each field told."""

    headline: str | None = None
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    direction: str | None = None
    genre: str | None = None
    tags: tuple[FoundTag, ...] = ()
    address: str | None = None
    provenance: dict[str, Finding] = field(default_factory=dict)


def read_fields(
    tree: HtmlElement,
    register: Register,
    *,
    address: str | None = None,
    body: Sequence[str] = (),
    source: str = "",
    selectors: Mapping[str, str] | None = None,
) -> Fields:
    """Read the fields off the tree of a page. Never raises on what a page contains; the tree is not changed.

    `address` is where the page was saved from, `body` the blocks of its text, and `selectors` name for some fields the
    elements of `source` in which they stand: those are believed first.
    """
    evidence = gather(tree, address)
    described = describe(evidence)
    site = Site(evidence, described, register)
    title, title_finding = read_title(evidence, described, site)
    texts = [*body, title or ""]
    language, language_finding = read_language(evidence, described, texts)
    found = {
        "headline": (title, title_finding),
        "standfirst": read_standfirst(evidence, described, title, body),
        "authors": read_authors(evidence, described, site),
        "publisher": site.publisher(),
        "published": read_day(evidence, described),
        "language": (language, language_finding),
        "direction": read_direction(evidence, language, texts),
        "genre": read_genre(evidence, described, title),
        "tags": read_tags(evidence, described, site, title, body),
        "address": read_address(evidence, described),
    }
    for name, value, words in _selected(select(source, selectors), site) if selectors else ():
        others = found[name][1]
        origins = ((others.origin, others.words), *others.others) if others else ()
        found[name] = value, Finding("selector", words, origins)
    return Fields(
        **{name: value for name, (value, _) in found.items()},
        provenance={name: where for name, (value, where) in found.items() if value and where},
    )


def _selected(chosen: Mapping[str, Sequence[str]], site: Site):
    """The fields that selectors gave: name, value, and the words there."""
    for name, words in chosen.items():
        printed = " · ".join(words)[:1000]
        if name == "title":
            yield "headline", words[0], words[0]
        elif name == "standfirst":
            yield "standfirst", words[0], words[0]
        elif name == "authors":
            if names := distinct(name for text in words for name in read_people(text, site, is_declared=True)):
                yield "authors", tuple(names), printed
        elif name == "published":
            if day := next((day for text in words if (day := day_in(text))), None):
                yield "published", day, printed
        elif name == "tags":
            yield "tags", tuple(FoundTag(tag) for tag in distinct(words)), printed
