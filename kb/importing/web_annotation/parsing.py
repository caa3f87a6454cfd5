"""A W3C annotation as a frozen record: what we keep in columns, and the targets with their selectors.

Everything else stays in the document as received, and goes out with it again. Web Annotation Data Model:
https://www.w3.org/TR/annotation-model/
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import re2
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

from kb.models import Access, Motivation
from kb.models.annotation import LIMITS, as_lines
from kb.text import markup
from kb.text.direction import says_turning
from kb.text.language import is_language_tag

from .reading import Unfit

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# More than any person writes; a document that names more is a mistake or an attack.
MOST_SELECTORS, MOST_BODIES, MOST_TARGETS, DEEPEST_SELECTOR = 50, 50, 50, 10
LONGEST_IRI = 1000
# Our own words in a document: who may read it, in the vocabulary of schema.org, when it was dealt with, and, in an answer
# to who sent it, why it marks no words.
AUDIENCE, RESOLVED, UNATTACHED = "schema:audienceType", "kb:resolved", "kb:unattached"

_SCHEME = re2.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:")
# Addresses that run in a browser instead of leading somewhere.
_RUNS = ("javascript:", "data:", "vbscript:", "blob:")
_SCRIPT = re2.compile(r"(?i)<\s*/?\s*(script|iframe|object|embed|svg|math|style)\b")
_HANDLER = re2.compile(r"(?i)<[^>]*\s(on\w+\s*=|(href|src|action)\s*=\s*[\"']?\s*(javascript|data|vbscript):)")
_SELECTORS = {
    "FragmentSelector": ("value",),
    "CssSelector": ("value",),
    "XPathSelector": ("value",),
    "TextQuoteSelector": ("exact",),
    "TextPositionSelector": ("start", "end"),
    "DataPositionSelector": ("start", "end"),
    "SvgSelector": (),
    "RangeSelector": ("startSelector", "endSelector"),
}


@dataclass(frozen=True, slots=True)
class Selector:
    """One way to say which part: its kind, what it says, and what refines it. `kind` is empty for a mere reference."""

    kind: str
    values: dict
    refined_by: tuple["Selector", ...] = ()
    start: tuple["Selector", ...] = ()
    end: tuple["Selector", ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What an annotation is about: an address, and alternative selectors of the same part of it."""

    source: str
    selectors: tuple[Selector, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """One annotation as we keep it; `original` is all of it as received."""

    iri: str
    motivation: str
    body: str
    language: str
    labels: str
    links: str
    access: str
    creator: str
    created_at: datetime | None
    resolved_at: datetime | None
    targets: tuple[Target, ...]
    original: dict


def annotations_in(value: object) -> Iterator[tuple[str, object]]:
    """Where in the document, and each annotation of it: one, a list, a page, or a collection with its pages inside."""
    waiting = [("", value)]
    while waiting:
        path, one = waiting.pop(0)
        types = _types(one)
        if isinstance(one, list):
            waiting[:0] = [(f"{path}[{number}]", each) for number, each in enumerate(one)]
        elif "AnnotationCollection" in types:
            first = one.get("first")
            if isinstance(first, str) and one.get("total"):
                raise Unfit(f"This collection is elsewhere: fetch its pages, beginning with {first[:200]}.", at="first")
            waiting[:0] = [(_at(path, name), one[name]) for name in ("first", "items") if name in one]
        elif "AnnotationPage" in types:
            items = one.get("items", [])
            if not isinstance(items, list):
                raise Unfit("The annotations of a page are a list.", at=_at(path, "items"))
            waiting[:0] = [(f"{_at(path, 'items')}[{number}]", each) for number, each in enumerate(items)]
        else:
            yield path, one


def parse(document: object, *, in_collection: bool = False) -> Found:
    """The record of one annotation.

    Raises:
        Unfit: it is none by the Web Annotation Data Model, or it carries what no note may.
    """
    if not isinstance(document, dict):
        raise Unfit("An annotation is a JSON object.", code="no-annotation")
    if "Annotation" not in _types(document):
        raise Unfit("Its type is not Annotation.", at="type", code="no-annotation")
    if CONTEXT not in _list(document.get("@context")) and not (in_collection and "@context" not in document):
        raise Unfit(f"It does not name {CONTEXT}.", at="@context", code="no-context")
    iri = _iri(document["id"], "id") if "id" in document else ""
    targets = tuple(_targets(document))
    motivations = [_word(one, "motivation") for one in _list(document.get("motivation"))]
    bodies = _Bodies(motivations)
    bodies.read(document)
    known = [one for one in motivations if one in Motivation.values]
    says = bodies.text or bodies.labels or bodies.links
    motivation = (known or [Motivation.COMMENTING.value])[0] if says else Motivation.HIGHLIGHTING.value
    if len(bodies.labels) > LIMITS["labels"] or len(bodies.links) > LIMITS["links"]:
        raise Unfit("It has more labels or links than a note holds.", at="body", code="too-many")
    for target in targets:
        if iri and target.source == iri:
            raise Unfit("It is about itself.", at="target", code="circular")
    return Found(
        iri=iri,
        motivation=motivation,
        body=bodies.text,
        language=bodies.language,
        labels=bodies.labels,
        links=bodies.links,
        access=_access(document.get("audience")),
        creator=_creator(document.get("creator")),
        created_at=_moment(document, "created"),
        resolved_at=_moment(document, RESOLVED),
        targets=targets,
        original=document,
    )


class _Bodies:
    """The bodies of an annotation as the text, the labels and the links of a note."""

    def __init__(self, motivations: list[str]):
        self.motivations = motivations
        self.texts, self.found_labels, self.found_links, self.named = [], [], [], []
        self.language, self.count = "", 0

    def read(self, document: dict) -> None:
        if "bodyValue" in document:
            if "body" in document:
                raise Unfit("It has a body and a bodyValue: one of them.", at="bodyValue")
            if not isinstance(document["bodyValue"], str):
                raise Unfit("It is no text.", at="bodyValue", code="wrong-type")
            self._text({"value": document["bodyValue"]}, "bodyValue")
        for path, body in _numbered(document.get("body"), "body", MOST_BODIES):
            self._body(body, path)
        if not (self.texts or self.found_labels or self.found_links):
            # What cannot be a link (a urn:) is said in words, so that the note says something.
            self.texts = self.named

    @property
    def text(self) -> str:
        return "\n\n".join(text for text in self.texts if text)

    @property
    def labels(self) -> str:
        return as_lines(self.found_labels)

    @property
    def links(self) -> str:
        return as_lines(self.found_links)

    def _body(self, body: object, path: str) -> None:
        self.count += 1
        if self.count > MOST_BODIES:
            raise Unfit(f"It has more than {MOST_BODIES} bodies.", at="body", code="too-many")
        if isinstance(body, str):
            self._link(body, path)
            return
        if not isinstance(body, dict):
            raise Unfit("A body is an address or an object.", at=path, code="wrong-type")
        types = _types(body)
        _rights(body, path)
        if "TextualBody" in types or ("value" in body and "source" not in body and "id" not in body):
            self._text(body, path)
        elif "Choice" in types or "items" in body:
            items = _numbered(body.get("items"), _at(path, "items"), MOST_BODIES)
            if not items:
                raise Unfit("It offers nothing to choose from.", at=_at(path, "items"), code="empty")
            for place, item in items:
                self._body(item, place)
        elif "source" in body:
            source = body["source"]
            _selectors(body.get("selector"), _at(path, "selector"))
            self._link(source["id"] if isinstance(source, dict) and "id" in source else source, _at(path, "source"))
        elif "id" in body:
            self._link(body["id"], _at(path, "id"))
        else:
            raise Unfit("It has neither a value, nor a source, nor an id.", at=path, code="empty")

    def _text(self, body: dict, path: str) -> None:
        value = body.get("value")
        if not isinstance(value, str):
            raise Unfit("A textual body has one value, and that is text.", at=_at(path, "value"), code="wrong-type")
        media_type = body.get("format", "text/plain")
        purposes = [_word(one, _at(path, "purpose")) for one in _list(body.get("purpose"))]
        if not isinstance(media_type, str):
            raise Unfit("It is no media type.", at=_at(path, "format"), code="wrong-type")
        if _SCRIPT.search(value) or _HANDLER.search(value) or "script" in media_type.lower():
            raise Unfit("It carries a script: a note is text.", at=path, code="script")
        language = next((one for one in _list(body.get("language")) if isinstance(one, str)), "")
        if "html" in media_type.lower():
            value = markup.text_of_html(value)
        _refuse_turning(value, path if path == "bodyValue" else _at(path, "value"))
        if "tagging" in purposes or (not purposes and self.motivations[:1] == ["tagging"]):
            self.found_labels.append(value)
            return
        self.texts.append(value.strip())
        if not self.language and is_language_tag(language) and len(language) <= LIMITS["language"]:
            self.language = language

    def _link(self, value: object, path: str) -> None:
        address = _iri(value, path)
        if address.startswith(("http://", "https://")):
            self.found_links.append(address)
        else:
            self.named.append(address)


def _targets(document: dict) -> Iterator[Target]:
    found = [
        target
        for path, value in _numbered(document.get("target"), "target", MOST_TARGETS)
        for target in _target(value, path)
    ]
    if not found:
        raise Unfit("It has no target: say what it is about.", at="target", code="no-target")
    if sum(_count(target.selectors) for target in found) > MOST_SELECTORS:
        raise Unfit(f"It has more than {MOST_SELECTORS} selectors.", at="target", code="too-many")
    yield from found


def _target(value: object, path: str) -> Iterator[Target]:
    if isinstance(value, str):
        yield Target(_iri(value, path))
        return
    if not isinstance(value, dict):
        raise Unfit("A target is an address or an object.", at=path, code="wrong-type")
    if "items" in value:
        items = _numbered(value["items"], _at(path, "items"), MOST_TARGETS)
        if not items:
            raise Unfit("It names nothing.", at=_at(path, "items"), code="empty")
        for place, item in items:
            yield from _target(item, place)
        return
    source = value.get("source", value.get("id"))
    if isinstance(source, dict):
        source = source.get("id")
    if source is None:
        raise Unfit("It has neither a source nor an id.", at=path, code="no-target")
    place = _at(path, "source" if "source" in value else "id")
    yield Target(_iri(source, place), _selectors(value.get("selector"), _at(path, "selector")))


def _selectors(value: object, path: str, depth: int = 0, seen: frozenset = frozenset()) -> tuple[Selector, ...]:
    if depth > DEEPEST_SELECTOR:
        raise Unfit(f"Selectors refine one another more than {DEEPEST_SELECTOR} times.", at=path, code="too-deep")
    return tuple(_selector(one, place, depth, seen) for place, one in _numbered(value, path, MOST_SELECTORS))


def _selector(value: object, path: str, depth: int, seen: frozenset) -> Selector:
    name = value if isinstance(value, str) else value.get("id", "") if isinstance(value, dict) else None
    if name is None:
        raise Unfit("A selector is an address or an object.", at=path, code="wrong-type")
    if name:
        if _iri(name, path) in seen:
            raise Unfit("The selectors refine one another in a circle.", at=path, code="circular")
        seen |= {name}
    if isinstance(value, str):
        return Selector("", {"id": value})
    kind = next(iter(_types(value)), "")
    if "type" not in value and "id" not in value:
        raise Unfit("It does not say what kind of selector it is.", at=_at(path, "type"))
    for needed in _SELECTORS.get(kind, ()):
        _require(value, needed, path)
    if "start" in value and "end" in value and kind.endswith("PositionSelector") and value["end"] < value["start"]:
        raise Unfit("It ends before it starts.", at=_at(path, "end"))
    return Selector(
        kind,
        value,
        *(
            _selectors(value.get(part), _at(path, part), depth + 1, seen)
            for part in ("refinedBy", "startSelector", "endSelector")
        ),
    )


def _require(selector: dict, needed: str, path: str) -> None:
    value, at = selector.get(needed), _at(path, needed)
    if value is None:
        raise Unfit(f"A {selector.get('type')} has {needed}.", at=at, code="missing")
    if needed in ("start", "end"):
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**31:
            raise Unfit("It is no position: a whole number from 0.", at=at, code="wrong-type")
    elif needed in ("exact", "value"):
        if not isinstance(value, str):
            raise Unfit("It is no text.", at=at, code="wrong-type")
        if needed == "exact" and not value.strip():
            raise Unfit("It quotes no words.", at=at, code="empty")
        for around in ("prefix", "suffix"):
            if not isinstance(selector.get(around, ""), str):
                raise Unfit("It is no text.", at=_at(path, around), code="wrong-type")


def _count(selectors: tuple[Selector, ...]) -> int:
    return sum(1 + _count(one.refined_by) + _count(one.start) + _count(one.end) for one in selectors)


def _rights(body: dict, path: str) -> None:
    for name in ("creator", "rights"):
        for value in _list(body.get(name)):
            if not isinstance(value, str | dict):
                raise Unfit("It is an address or an object.", at=_at(path, name), code="wrong-type")


def _refuse_turning(words: str, path: str) -> None:
    if said := says_turning(words):
        raise Unfit(f"It holds a character that turns text around: {said}.", at=path, code="direction-overrides")


def _iri(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise Unfit("It is no address.", at=path, code="wrong-type")
    if not value or len(value) > LONGEST_IRI or any(sign.isspace() or not sign.isprintable() for sign in value):
        raise Unfit(f"It is no address of at most {LONGEST_IRI} characters without spaces.", at=path, code="address")
    if value.lower().startswith(_RUNS):
        raise Unfit("It is an address that runs in a browser instead of leading somewhere.", at=path, code="script")
    try:
        urlsplit(value)
    except ValueError as error:
        raise Unfit("It is no address that can be taken apart.", at=path, code="address") from error
    if not _SCHEME.match(value):
        raise Unfit("It is no full address: it begins with https:// or another scheme.", at=path, code="address")
    return value


def _access(value: object) -> str:
    """Whom the document says it is for, in our words; empty when it does not."""
    said = [one.get(AUDIENCE) for one in _list(value) if isinstance(one, dict)]
    return next((one for one in said if one in Access.values), "")


def _creator(value: object) -> str:
    names = []
    for one in _list(value):
        if not isinstance(one, str | dict):
            raise Unfit("It is an address or an object.", at="creator", code="wrong-type")
        found = (
            one
            if isinstance(one, str)
            else next(
                (
                    name
                    for key in ("name", "nickname", "id")
                    for name in _list(one.get(key))
                    if isinstance(name, str) and name
                ),
                "",
            )
        )
        _refuse_turning(found, "creator")
        names.append(" ".join(found.split()))
    return ", ".join(name for name in names if name)[: LIMITS["creator"]]


def _moment(document: dict, name: str) -> datetime | None:
    value = document.get(name)
    if value is None:
        return None
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
        if found is not None and not is_naive(found) and 1 < found.year < 9999:
            return found
    except (ValueError, OverflowError):
        pass
    raise Unfit("It is no moment with its time zone: 2025-03-24T09:30:00Z.", at=name, code="date")


def _word(value: object, path: str) -> str:
    if not isinstance(value, str):
        raise Unfit("It is no word.", at=path, code="wrong-type")
    return value.removeprefix("oa:")


def _numbered(value: object, path: str, most: int) -> list[tuple[str, object]]:
    """One or many values, each with its path."""
    if not isinstance(value, list):
        return [] if value is None else [(path, value)]
    if len(value) > most:
        raise Unfit(f"It lists {len(value):,}: at most {most}.", at=path, code="too-many")
    return [(f"{path}[{number}]", one) for number, one in enumerate(value)]


def _list(value: object) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def _types(value: object) -> list[str]:
    return (
        [one.removeprefix("oa:") for one in _list(value.get("type")) if isinstance(one, str)]
        if isinstance(value, dict)
        else []
    )


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
