"""The publication chain of an article: who wrote, published, republished or summarised it, and what says so."""

from collections.abc import Sequence
from dataclasses import dataclass

import re2 as re
from django.contrib.auth.models import User

from kb.importing.reading import Page
from kb.importing.records import GIVEN, Document
from kb.models import Article, Capture, Hop, HopKind, Source, SourceKind
from kb.text.folding import fold
from kb.text.words import without_surrogates, word_set

from .rows import create, cut, free_positions, touched

# Lines longer than this are no imprint; bylines of more names are no bylines.
LONGEST_LINE = 300
MOST_AUTHORS = 30
# Rules of lines that may say who published the page, the clearest first.
_SAYING = {
    "originally_published_by": ("syndication-notice", "source-line", "credits", "trailing-line"),
    "authors": ("byline", "credits", "author-card", "date-line", "header-line"),
    "publisher": ("copyright", "date-line", "byline", "site-chrome", "breadcrumb", "header-line", "newsletter"),
}
_REPORTED = word_set("reporting reported contributed contributing")
# An agency's dateline: "KYIV, June 12 (Reuters) -".
_DATELINE = re.compile(r"^[^\n()]{2,60}\((?P<agency>[^()\n]{2,40})\)\s*[-–—]")


@dataclass(frozen=True, slots=True)
class Link:
    """One step to be written."""

    kind: HopKind
    name: str
    basis: str = ""
    source: Source | None = None


def write_hops(
    article: Article, page: Page, document: Document, sources: dict[str, Source], *, by: User | None
) -> None:
    """Suggest the chain that the page tells, in place of what an earlier version of the page told.

    Hops that a person decided or corrected stay, and so do copies found elsewhere and what the operator gave; none of
    them is suggested again.
    """
    standing = list(article.hops.select_related("source", "person"))
    staying = touched(standing)
    stay = [hop for hop in standing if hop.pk in staying or hop.capture_id or hop.basis == GIVEN]
    article.hops.exclude(pk__in=[hop.pk for hop in stay]).delete()
    said = {fold(name) for hop in stay for name in (hop.printed_name, hop.name)}
    links = [link for link in chain_of(page, document, sources) if fold(link.name) not in said]
    positions = free_positions(hop.position for hop in stay)
    create(
        Hop,
        [
            Hop(
                article=article,
                position=position,
                kind=link.kind,
                printed_name=cut(Hop, "printed_name", link.name),
                source=link.source or (None if link.kind == HopKind.WROTE else sources.get(link.name)),
                basis=cut(Hop, "basis", link.basis),
            )
            for position, link in zip(positions, links, strict=False)
        ],
        by=by,
    )


def chain_of(page: Page, document: Document, sources: dict[str, Source]) -> list[Link]:
    """The steps in order, from who wrote it to whose page it is. Each outlet is named once."""
    evidence = _Evidence(page, document)
    links = [
        Link(HopKind.AGENCY if _is(sources, name, SourceKind.NEWS_AGENCY) else HopKind.WROTE, name, basis)
        for name in document.authors[:MOST_AUTHORS]
        for basis in [evidence.of("authors", name)]
    ]
    if origin := document.originally_published_by:
        links.append(Link(HopKind.PUBLISHED, origin, evidence.of("originally_published_by", origin)))
    if dateline := agency_of_dateline(document.body_text):
        agency, printed = dateline
        links.append(Link(HopKind.AGENCY, agency.name, printed, agency))
    summarised = ""
    for found in document.citations:
        if found.start is not None or found.source is None or found.source in (origin, document.publisher):
            continue
        if _is(sources, found.source, SourceKind.NEWS_AGENCY):
            links.append(Link(HopKind.AGENCY, found.source, found.as_printed))
        elif not origin and not _REPORTED & set(found.as_printed.lower().split()):
            links.append(Link(HopKind.PUBLISHED, found.source, found.as_printed))
            summarised = summarised or found.as_printed
    if publisher := document.publisher:
        links.append(_of_publisher(publisher, evidence.of("publisher", publisher), links, summarised, sources))
    return list({fold(link.name): link for link in reversed(links)}.values())[::-1]


def _of_publisher(name: str, basis: str, before: Sequence[Link], summarised: str, sources: dict[str, Source]) -> Link:
    if summarised:
        return Link(HopKind.SUMMARISED, name, summarised)
    if _is(sources, name, SourceKind.AGGREGATOR):
        return Link(HopKind.AGGREGATED, name, basis)
    is_second = any(link.kind != HopKind.WROTE for link in before)
    return Link(HopKind.REPUBLISHED if is_second else HopKind.PUBLISHED, name, basis)


def write_copy(
    article: Article, capture: Capture, document: Document, address: str, basis: str, *, by: User | None
) -> Hop:
    """Suggest that another page holds the same text: a further step of the chain."""
    name = document.publisher or capture.origin
    source = Source.objects.filter(name=document.publisher).first() if document.publisher else None
    is_aggregator = source and source.kind == SourceKind.AGGREGATOR
    last = article.hops.order_by("-position").values_list("position", flat=True).first() or 0
    hop = Hop(
        article=article,
        position=last + 1,
        kind=HopKind.AGGREGATED if is_aggregator else HopKind.REPUBLISHED,
        printed_name=cut(Hop, "printed_name", name),
        source=source,
        basis=cut(Hop, "basis", basis),
        address=address,
        capture=capture,
    )
    return create(Hop, [hop], by=by)[0]


def _is(sources: dict[str, Source], name: str, kind: SourceKind) -> bool:
    return name in sources and sources[name].kind == kind


def agency_of_dateline(text: str) -> tuple[Source, str] | None:
    """The news agency that the first line names in brackets before a dash, and the words."""
    match = _DATELINE.match(without_surrogates(text[:120]))
    if match is None:
        return None
    named = Source.objects.filter(kind=SourceKind.NEWS_AGENCY, names__name__iexact=match["agency"].strip()).distinct()
    agencies = list(named[:2])
    return (agencies[0], " ".join(match[0].split())) if len(agencies) == 1 else None


class _Evidence:
    """What says something of a page: where a field was read, or the line of a plain text that was printed."""

    def __init__(self, page: Page, document: Document):
        self._document = document
        self._lines: dict[str, list[tuple[str, str]]] = {rule: [] for rules in _SAYING.values() for rule in rules}
        if page.media_type == "text/plain":
            for span in document.spans:
                if span.rule in self._lines and span.end - span.start <= LONGEST_LINE:
                    line = page.text[span.start : span.end]
                    self._lines[span.rule].append((fold(line), " ".join(line.split())))

    def of(self, field: str, name: str) -> str:
        finding = self._document.provenance.get(field)
        if finding and finding.origin == GIVEN:
            return GIVEN
        wanted = fold(name)
        saying = (line for rule in _SAYING[field] for key, line in self._lines[rule] if wanted and wanted in key)
        return next(saying, "") or (_in_words(finding.origin, finding.words) if finding else "")


def _in_words(origin: str, words: str) -> str:
    return words if origin in ("text", "byline") and words else f"{origin}: {words}" if words else origin
