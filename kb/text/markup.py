"""From a body to HTML and to the text that anchors count in, and marks on that text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser

import nh3
from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "s", "a", "br", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "p": {"dir"}, "h2": {"dir"}, "ol": {"start"}}
_VOID = {"br", "hr"}
_SCHEMES = {"http", "https", "mailto"}


def normalise_newlines(text: str) -> str:
    """Newlines as the browser counts them; nothing else is touched. Forms post CR LF, texts keep LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def render(body: str, *, markdown: bool, headings: Iterable[str] = ()) -> str:
    """Sanitised HTML of a body.

    Captured text never passes a Markdown parser: its blocks, divided by a blank line, become paragraphs, or headings
    when they are listed in `headings`; each finds its own direction.
    """
    if markdown:
        # The page's own title is the only first-level heading.
        html = _MARKDOWN.render(body).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    else:
        known = set(headings)
        html = "\n\n".join(
            f'<{tag} dir="auto">{escape(block, quote=False)}</{tag}>'
            for block in body.split("\n\n")
            for tag in ["h2" if block in known else "p"]
        )
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="nofollow noopener")


def text_of(body: str, *, markdown: bool) -> str:
    """The text content of `render`, in which positions count: what a browser's `textContent` says."""
    return content_of(render(body, markdown=True)) if markdown else body


def content_of(html: str) -> str:
    """The text content of HTML: what a browser's `textContent` says."""
    return _TextContent.of(html)


def text_of_html(html: str) -> str:
    """The words of somebody else's HTML."""
    return _TextContent.of(nh3.clean(html, tags=_TAGS)).strip()


class _TextContent(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_data(self, data):
        self.pieces.append(data)

    @classmethod
    def of(cls, html: str) -> str:
        parser = cls()
        parser.feed(html)
        parser.close()
        return "".join(parser.pieces)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to mark: `key` becomes the id of the mark, `classes` its class; `after` is trusted HTML set behind it."""

    start: int
    end: int
    key: str
    classes: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One outermost element of a text with its marks: `start` and `end` count code points of the whole text."""

    start: int
    end: int
    html: str


def with_marks(html: str, marks: Sequence[Mark]) -> str:
    """Sanitised HTML with marks on its text content, nested and overlapping ones included.

    A mark that crosses elements is drawn in pieces; its id stands on the first, the others name it, and what comes after
    it stands behind the last.
    """
    return _Painter.of(html, marks).html


def blocks_with_marks(html: str, marks: Sequence[Mark]) -> list[Block]:
    """The same, cut into its paragraphs, headings, lists and tables. White space between them belongs to none."""
    return _Painter.of(html, marks).blocks


class _Painter(HTMLParser):
    def __init__(self, marks: Sequence[Mark]):
        super().__init__(convert_charrefs=False)
        self._waiting = sorted((mark for mark in marks if mark.start < mark.end), key=lambda m: (-m.start, m.end))
        self._open: list[Mark] = []
        # The place of the last piece of each mark that was drawn.
        self._drawn: dict[str, int] = {}
        self._position = 0
        self._pieces: list[str] = []
        self._depth = 0
        self._begins = (0, 0)
        self._blocks: list[tuple[int, int, int, int]] = []

    @classmethod
    def of(cls, html: str, marks: Sequence[Mark]) -> "_Painter":
        painter = cls(marks)
        painter.feed(html)
        painter.close()
        return painter

    @property
    def html(self) -> str:
        return "".join(self._pieces)

    @property
    def blocks(self) -> list[Block]:
        return [Block(start, end, "".join(self._pieces[first:last])) for start, end, first, last in self._blocks]

    def handle_starttag(self, tag, attrs):
        if not self._depth:
            self._begins = (self._position, len(self._pieces))
        self._depth += 1
        self._pieces.append(self.get_starttag_text())
        if tag in _VOID:
            self._leave()

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._leave()

    def handle_endtag(self, tag):
        self._pieces.append(f"</{tag}>")
        self._leave()

    def _leave(self):
        self._depth -= 1
        if not self._depth:
            start, first = self._begins
            self._blocks.append((start, self._position, first, len(self._pieces)))

    def handle_entityref(self, name):
        self.handle_data(unescape(f"&{name};"))

    def handle_charref(self, name):
        self.handle_data(unescape(f"&#{name};"))

    def handle_data(self, data):
        start, first = self._position, len(self._pieces)
        end = start + len(data)
        while self._position < end:
            while self._waiting and self._waiting[-1].start <= self._position:
                self._open.append(self._waiting.pop())
            stop = min(
                [end, *(mark.end for mark in self._open), *(mark.start for mark in self._waiting[-1:])],
            )
            offset = len(data) - (end - self._position)
            self._draw(data[offset : offset + stop - self._position])
            self._position = stop
            for mark in [mark for mark in self._open if mark.end <= stop]:
                self._open.remove(mark)
                if mark.after and (last := self._drawn.get(mark.key)) is not None:
                    # Not here: words may end in the white space between the rows of a table, where nothing may stand.
                    self._pieces[last] += mark.after
        if not self._depth and data.strip():
            self._blocks.append((start, end, first, len(self._pieces)))

    def _draw(self, words: str):
        # White space between blocks is no place for a mark: an element there would break tables and lists.
        marks = self._open if words.strip() else []
        pieces = []
        for mark in marks:
            name = "data-of" if mark.key in self._drawn else "id"
            pieces.append(f'<mark {name}="{escape(mark.key)}" class="{escape(mark.classes)}">')
            self._drawn[mark.key] = len(self._pieces)
        self._pieces.append("".join([*pieces, escape(words, quote=False), "</mark>" * len(marks)]))
