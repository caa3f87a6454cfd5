"""Where the visible words of a page stand in its source: one walk over the source, linear in its length.

The walk follows the tags as they are written and repairs nothing, so that every position is one of the source. It
gives lines, the stretches of visible text between two breaks of the page, and what is no visible text at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

import re2 as re

from kb.importing.records import Segment
from kb.text.direction import TURNING
from kb.text.words import word_set

_INLINE = word_set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr img picture source svg path use g amp-img link meta"
)
# Elements whose content is no text of the page; up to their end tag nothing is a tag.
_RAW = word_set("script style noscript template iframe noframes noembed textarea select object svg math canvas xmp")
_VOID = word_set("area base br col embed hr img input link meta param source track wbr use path")
# An opening tag that ends these, as a new paragraph ends the one before.
_CLOSES = {
    "p": ("p",),
    "li": ("p", "li"),
    "dt": ("p", "dd", "dt"),
    "dd": ("p", "dd", "dt"),
    "tr": ("p", "td", "th", "tr"),
    "td": ("p", "td", "th"),
    "th": ("p", "td", "th"),
    "option": ("option",),
    **{
        tag: ("p",) for tag in ("div", "ul", "ol", "dl", "table", "section", "article", "aside", "h1", "h2", "h3", "h4")
    },
    **{
        tag: ("p",)
        for tag in ("h5", "h6", "blockquote", "figure", "footer", "header", "nav", "form", "pre", "main", "hr")
    },
}
_SCOPES = word_set("table ul ol div section article aside main body td th blockquote figure")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
# Marks that turn or hide text: directions from outside, joiners at odd places, soft hyphens.
_UNSEEN = dict.fromkeys((*map(ord, TURNING), 0xAD, 0xFEFF, 0x200B, 0x2060))
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
MOST_ATTRIBUTES = 1000


@dataclass(slots=True, eq=False, repr=False)
class Element:
    """An element that breaks lines; `attributes` is the tag as written, in lower case, cut to a sensible length.

    `start` is where its tag begins in the source.
    """

    tag: str
    attributes: str
    parent: "Element | None"
    start: int

    def path(self) -> Iterator["Element"]:
        """The element and those around it, outwards."""
        element = self
        while element is not None:
            yield element
            element = element.parent


class Piece(NamedTuple):
    """A stretch of the source that is text as it stands there, and whether it is part of a link."""

    start: int
    end: int
    is_link: bool


@dataclass(slots=True)
class Line:
    """The visible text between two breaks of the page; its pieces stand in order and hold at least one word."""

    element: Element | None
    pieces: list[Piece]
    text: str
    link_length: int = 0

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end

    @property
    def link_share(self) -> float:
        return self.link_length / len(self.text)

    def ancestors(self) -> Iterator[Element]:
        return self.element.path() if self.element else iter(())

    def is_within(self, *tags: str) -> bool:
        return any(element.tag in tags for element in self.ancestors())


@dataclass(slots=True)
class SourceMap:
    """The lines of a page in order, the stretches that are no text (start, end, rule), and what is hostile about it."""

    source: str
    lines: list[Line] = field(default_factory=list)
    hidden: list[tuple[int, int, str]] = field(default_factory=list)
    depth: int = 0
    elements: int = 0
    has_too_many_attributes: bool = False


def map_source(source: str) -> SourceMap:
    """Walk the source once. Never raises."""
    return _Walk(source).result


class _Walk:
    def __init__(self, source: str):
        self.source = source
        self.result = SourceMap(source)
        self.stack: list[Element] = []
        self.open: dict[str, int] = {}
        self.links = 0
        self.pieces: list[Piece] = []
        self.next_quote = {'="': -1, "='": -1}
        self.ends: dict[str, int] = {}
        self._walk()
        self._end_line()

    def _walk(self) -> None:
        source, size = self.source, len(self.source)
        position = 0
        while position < size:
            tag = source.find("<", position)
            if tag < 0:
                tag = size
            if tag > position:
                self.pieces.append(Piece(position, tag, self.links > 0))
            if tag == size:
                return
            following = source[tag + 1 : tag + 2]
            if following.isascii() and following.isalpha():
                position = self._open_tag(tag)
            elif following == "/" and (letter := source[tag + 2 : tag + 3]).isascii() and letter.isalpha():
                position = self._close_tag(tag)
            elif following and following in "!?/":
                position = self._markup(tag)
            else:
                self.pieces.append(Piece(tag, tag + 1, self.links > 0))
                position = tag + 1

    # ---- what stands between angle brackets

    def _open_tag(self, start: int) -> int:
        end = self._tag_end(start)
        if end < 0:
            return self._hide(start, len(self.source), "markup")
        written = self.source[start + 1 : min(end - 1, start + 600)].lower()
        name = written.split(None, 1)[0].split("/", 1)[0]
        self.result.elements += 1
        if name in _RAW:
            close = end if self.source[end - 2] == "/" and name in ("svg", "math") else self._end_of(name, end)
            return self._hide(start, close, "script") if close >= 0 else end
        if name == "title":
            close = self._end_of(name, end)
            return self._hide(start, close, "page-head") if close >= 0 else end
        if name == "a":
            self.links = int(_leads_away(written))
        if name in _INLINE or ":" in name:
            return end
        self._end_line()
        if name in _VOID:
            return end
        for closed in _CLOSES.get(name, ()):
            self._pop(closed, implied=True)
        self.stack.append(Element(name, written, self.stack[-1] if self.stack else None, start))
        self.open[name] = self.open.get(name, 0) + 1
        self.result.depth = max(self.result.depth, len(self.stack))
        return end

    def _close_tag(self, start: int) -> int:
        end = self.source.find(">", start)
        if end < 0:
            return self._hide(start, len(self.source), "markup")
        words = self.source[start + 2 : min(end, start + 80)].lower().split(None, 1)
        name = words[0] if words else ""
        if name == "a":
            self.links = 0
        if name not in _INLINE and ":" not in name:
            self._end_line()
            self._pop(name)
        return end + 1

    def _markup(self, start: int) -> int:
        source = self.source
        if source.startswith("<!--", start):
            end = source.find("-->", start + 2)
            return self._hide(start, len(source) if end < 0 else end + 3, "script")
        end = source.find(">", start)
        return self._hide(start, len(source) if end < 0 else end + 1, "markup")

    def _hide(self, start: int, end: int, rule: str) -> int:
        if self.pieces and rule == "script":
            # Within a line; the words on both sides stay together only where the source has them together.
            self.pieces.append(Piece(start, start, False))
        self.result.hidden.append((start, end, rule))
        return end

    def _tag_end(self, start: int) -> int:
        """The end of the tag, quoted attributes skipped; -1 if it never ends."""
        source = self.source
        position, attributes = start, 0
        end = source.find(">", position)
        while end >= 0:
            attributes += 1
            if attributes > MOST_ATTRIBUTES:
                self.result.has_too_many_attributes = True
                return end + 1
            quote = None
            for sign, known in self.next_quote.items():
                if known < position:
                    found = source.find(sign, position)
                    known = self.next_quote[sign] = len(source) if found < 0 else found
                if known < end and (quote is None or known < self.next_quote[quote]):
                    quote = sign
            if quote is None:
                if end - position > 5 * MOST_ATTRIBUTES and source.count(" ", position, end) > MOST_ATTRIBUTES:
                    self.result.has_too_many_attributes = True
                return end + 1
            close = source.find(quote[1], self.next_quote[quote] + 2)
            if close < 0:
                return -1
            position = close + 1
            if end < position:
                end = source.find(">", position)
        return -1

    def _end_of(self, name: str, start: int) -> int:
        """The end of the end tag of this name; -1 if there is none."""
        if self.ends.get(name) == -1:
            return -1
        position = start
        while (position := self.source.find("</", position)) >= 0:
            behind = position + 2 + len(name)
            if self.source[position + 2 : behind].lower() == name:
                end = self.source.find(">", behind)
                return len(self.source) if end < 0 else end + 1
            position += 2
        self.ends[name] = -1
        return -1

    # ---- the elements that are open, and the line

    def _pop(self, name: str, *, implied: bool = False) -> None:
        """Close the innermost element of this name; an implied end does not reach out of its list or table."""
        if not self.open.get(name):
            return
        if implied:
            for element in self.stack[:-8:-1]:
                if element.tag == name:
                    break
                if element.tag in _SCOPES:
                    return
            else:
                return
        while self.stack:
            element = self.stack.pop()
            self.open[element.tag] -= 1
            if element.tag == name:
                return

    def _end_line(self) -> None:
        pieces, self.pieces = self.pieces, []
        if not pieces:
            return
        source = self.source
        first = next((place for place, piece in enumerate(pieces) if _is_seen(source, piece)), None)
        if first is None:
            return
        last = next(place for place in range(len(pieces) - 1, -1, -1) if _is_seen(source, pieces[place]))
        pieces = [piece for piece in pieces[first : last + 1] if piece.end > piece.start]
        pieces[0] = pieces[0]._replace(start=_first_seen(source, pieces[0]))
        pieces[-1] = pieces[-1]._replace(end=_last_seen(source, pieces[-1]))
        text = _joined(source[piece.start : piece.end] for piece in pieces)
        if not text:
            return
        linked = sum(len(source[piece.start : piece.end].strip()) for piece in pieces if piece.is_link)
        element = self.stack[-1] if self.stack else None
        self.result.lines.append(Line(element, pieces, text, min(linked, len(text))))


def _leads_away(link: str) -> bool:
    """Whether a link leads to another page."""
    place = link.find("href=")
    return place > 0 and link[place + 5 : place + 7].lstrip("\"'")[:1] != "#"


def _is_seen(source: str, piece: Piece) -> bool:
    return bool(source[piece.start : piece.end].strip())


def _first_seen(source: str, piece: Piece) -> int:
    text = source[piece.start : piece.end]
    return piece.start + len(text) - len(text.lstrip())


def _last_seen(source: str, piece: Piece) -> int:
    return piece.start + len(source[piece.start : piece.end].rstrip())


def _joined(stretches) -> str:
    text = "".join(unescape(stretch) if "&" in stretch else stretch for stretch in stretches)
    return " ".join(text.translate(_UNSEEN).split()) if not text.isascii() else " ".join(text.split())


def text_of(source: str, start: int, end: int) -> str:
    """The visible text of a stretch of the source, a line each."""
    return "\n".join(line.text for line in map_source(source[start:end]).lines)


def segments_of(source: str, pieces: list[Piece]) -> tuple[str, tuple[Segment, ...]]:
    """The text of the pieces with white space collapsed, and where each word of it stands."""
    text: list[str] = []
    segments: list[Segment] = []
    length = 0
    is_apart = False
    for piece in pieces:
        for start, end, words in _decoded(source, piece):
            parts = _words(start, words) if source[start:end] == words else ((start, end, words),)
            for part_start, part_end, part in parts:
                bare = " ".join(part.translate(_UNSEEN).split())
                is_apart = is_apart or part[0].isspace()
                if not bare:
                    continue
                if is_apart and text:
                    text.append(" ")
                    length += 1
                segments.append(Segment(length, length + len(bare), part_start, part_end))
                text.append(bare)
                length += len(bare)
                is_apart = part[-1].isspace()
    return "".join(text), tuple(segments)


def _words(start: int, words: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text with their places; a blank before a word is told by a blank at its front."""
    position = 0
    for word in words.split():
        place = words.index(word, position)
        yield start + place, start + place + len(word), " " + word if place > position else word
        position = place + len(word)
    if position < len(words):
        yield start + position, start + len(words), " "


def _decoded(source: str, piece: Piece) -> Iterator[tuple[int, int, str]]:
    """The piece cut at its character references, these decoded."""
    position = piece.start
    while position < piece.end:
        mark = source.find("&", position, piece.end)
        if mark < 0:
            mark = piece.end
        if mark > position:
            yield position, mark, source[position:mark]
        if mark == piece.end:
            return
        match = _REFERENCE.match(source[mark : min(piece.end, mark + 40)])
        end = mark + (len(match[0]) if match else 1)
        yield mark, end, unescape(source[mark:end])
        position = end
