"""Chooses the day of first publication."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from urllib.parse import unquote, urlsplit

import re2 as re

from kb.importing.page_text.marking import read_date_line
from kb.importing.records import Finding
from kb.importing.web_page.fields.article import Described
from kb.importing.web_page.fields.cleaning import clean
from kb.importing.web_page.fields.evidence import Evidence, Piece
from kb.importing.web_page.fields.json_ld import text_of
from kb.importing.web_page.fields.weighing import Candidate, finding, most_agreed
from kb.text.printed_days import find_days

_WEIGHTS = {
    "json-ld": 4.0,
    "opengraph": 3.5,
    "microdata": 2.5,
    "meta": 2.2,
    "time": 1.6,
    "address": 1.8,
    "text": 1.4,
    "line": 0.9,
}
_METAS = (
    *("article:published_time", "article:published", "og:article:published_time", "og:published_time", "og:pubdate", "published_time"),
    *("parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "published", "datepublished", "date.published"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "dc:date", "dc.date.publication"),
    *("date", "publication_date", "publication-date", "published-date", "article.published", "article_date_original", "originalpublicationdate"),
    *("cxenseparse:recs:publishtime", "cxenseparse:publishtime", "cxenseparse:article:published", "vr:published_time", "shareaholic:article_published_time", "rnews:datepublished", "date.release", "release_date"),
    *("citation_publication_date", "citation_date", "citation_online_date", "created", "date_published", "ptime", "pdate", "displaydate", "sort_date", "gentime", "weibo: article:create_at", "article:create_at"),
)  # fmt: skip
_ISO = re.compile(r"^\s*(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?:日|[^\d]|$)")
_COMPACT = re.compile(r"^\s*(20\d{2}|19\d{2})(\d{2})(\d{2})(?:[T ]?\d{4,6})?(?:Z|[+-]\d{2}:?\d{2})?\s*$")
_EPOCH = re.compile(r"^\s*(\d{10})(?:\d{3})?\s*$")
_IN_PATH = re.compile(r"(?:^|[/_-])((?:19|20)\d{2})[/_-]?(\d{2}|[a-z]{3,9})[/_-]?(\d{1,2})(?:[/_.-]|$)")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_NAMED = frozenset(("published", "pubdate", "datepublished", "publish", "publication", "published-date"))
_UPDATED = ("updated", "modified", "lastmod", "update", "edited", "retrieved", "modificado", "aktualisiert")
# How far from the heading a date may stand, in elements.
_NEAR = 150
_VERY_NEAR = 100
_EASTERN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")


def read_day(evidence: Evidence, described: Described) -> tuple[str | None, Finding | None]:
    """The day as EDTF, in the time zone in which the page writes it, and where it was read."""
    declared = list(_declared(evidence, described))
    printed = list(_printed(evidence))
    candidates = declared + printed
    strong = [candidate for candidate in declared if candidate.weight >= 2]
    chosen = most_agreed(candidates if not strong else [c for c in candidates if c.value in {s.value for s in strong}])
    return (chosen.value, finding(chosen, candidates)) if chosen else (None, None)


def _declared(evidence: Evidence, described: Described) -> Iterator[Candidate[str]]:
    for value in described.values("datePublished")[:1] or described.values("uploadDate", "dateCreated")[:1]:
        yield from _candidate("json-ld", clean(text_of(value) or str(value)[:100], 100))
    for name, content in evidence.meta(*_METAS):
        yield from _candidate("opengraph" if name.startswith(("article:", "og:")) else "meta", clean(content, 100))
    for name in ("datePublished", "dateCreated"):
        pieces = [piece for piece in evidence.properties.get(name, ()) if evidence.is_of_article(piece)]
        for piece in pieces[:1]:
            yield from _candidate("microdata", piece.value or piece.words)
    for words, day in _days_of_address(evidence)[:1]:
        # Figures without strokes may be the number of an edition.
        yield Candidate("address", words, day, _WEIGHTS["address"] if "/" in words or "-" in words else 1.2)


def _printed(evidence: Evidence) -> Iterator[Candidate[str]]:
    heading = evidence.heading
    times = [piece for piece in evidence.times if evidence.is_of_article(piece) and not _is_update(piece)]
    named = [piece for piece in times if piece.names & _NAMED]
    times = named[:1] or [piece for piece in times if _distance(heading, piece) <= _NEAR]
    times = sorted(times, key=lambda piece: _distance(heading, piece))[:2]
    for number, piece in enumerate(times):
        weight = _WEIGHTS["time"] - 0.5 * number
        for origin_words in (piece.value, piece.words):
            if day := day_in(origin_words):
                yield Candidate("time", origin_words, day, weight)
                break
    dates = [
        piece
        for piece in evidence.dates
        if evidence.is_of_article(piece) and len(piece.words) <= 120 and not _is_update(piece)
    ]
    for piece in sorted(dates, key=lambda piece: _distance(heading, piece))[:6]:
        if _distance(heading, piece) > _NEAR:
            break
        line = read_date_line(piece.words)
        if line and line.label in ("updated", "retrieved"):
            continue
        if day := day_in(piece.value) or day_in(piece.words):
            is_named = bool(line and line.label == "published")
            yield Candidate("text", piece.value or piece.words, day, _WEIGHTS["text"] + 0.5 * is_named)
            break
    for piece in sorted(evidence.lines, key=lambda piece: _distance(heading, piece))[:12]:
        if (
            not heading
            or _distance(heading, piece) > _VERY_NEAR
            or not evidence.is_of_article(piece)
            or _is_update(piece)
        ):
            continue
        line = read_date_line(piece.words)
        is_day = bool(line and line.edtf and len(line.edtf) == 10 and line.label not in ("updated", "retrieved"))
        # Prose names days too: of the line little but the day must be left, and of days the web's.
        if is_day and len(line.beside) <= 60 and line.edtf >= "1990":
            yield Candidate("text", piece.words, line.edtf, _WEIGHTS["line"])
            break


def _distance(heading: Piece | None, piece: Piece) -> float:
    """How far from the heading, in elements; what stands above it is further off, the day of the visit stands there."""
    if heading is None:
        return 0
    return piece.place - heading.place if piece.place >= heading.place else 2.5 * (heading.place - piece.place)


def _is_update(piece: Piece) -> bool:
    """Named, or beginning, like the day of a change."""
    first = piece.words[:30].casefold()
    return any(word in name for name in piece.names for word in _UPDATED) or any(word in first for word in _UPDATED)


def _candidate(origin: str, words: str) -> Iterator[Candidate[str]]:
    if day := day_in(words):
        yield Candidate(origin, words, day, _WEIGHTS[origin])


def day_in(words: str) -> str | None:
    """The day that a machine's or a person's spelling names; None for none, for two, or for one of unclear order."""
    if not words or len(words) > 200:
        return None
    for pattern in (_ISO, _COMPACT):
        if match := pattern.match(words):
            return _day(*map(int, match.groups()))
    if match := _EPOCH.match(words):
        moment = datetime.fromtimestamp(int(match[1]), UTC)
        return _day(moment.year, moment.month, moment.day)
    if match := _EASTERN.search(words):
        return _day(*map(int, match.groups()))
    days = find_days(words, at_most=2)
    return days[0].edtf if days else None


def _days_of_address(evidence: Evidence) -> list[tuple[str, str]]:
    """The days in the path of the page's address, as /2024/03/25/ or /2024-03-25-, each with the words there."""
    found = []
    for address in (evidence.address, *evidence.links.get("canonical", ())):
        try:
            path = unquote(urlsplit(address or "").path)[:500]
        except ValueError:
            continue
        for match in _IN_PATH.finditer(path.lower()):
            month = match[2] if match[2].isdigit() else _MONTHS.get(match[2][:3], 0)
            if day := _day(int(match[1]), int(month), int(match[3])):
                found.append((match[0].strip("/_-."), day))
    return found


def _day(year: int, month: int, day: int) -> str | None:
    """The day if a calendar has it and the web or a digitised paper could."""
    try:
        return date(year, month, day).isoformat() if 1800 <= year <= 2100 else None
    except ValueError:
        return None
