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
    return _TextContent.of(render(body, markdown=True)) if markdown else body


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


def with_marks(html: str, marks: Sequence[Mark]) -> str:
    """Sanitised HTML with marks on its text content, nested and overlapping ones included.

    A mark that crosses elements is drawn in pieces; its id stands on the first, what comes after it behind the last.
    """
    painter = _Painter(marks)
    painter.feed(html)
    painter.close()
    return painter.html


class _Painter(HTMLParser):
    def __init__(self, marks: Sequence[Mark]):
        super().__init__(convert_charrefs=False)
        self._waiting = sorted((mark for mark in marks if mark.start < mark.end), key=lambda m: (-m.start, m.end))
        self._open: list[Mark] = []
        self._drawn: set[str] = set()
        self._position = 0
        self._pieces: list[str] = []

    @property
    def html(self) -> str:
        return "".join(self._pieces)

    def handle_starttag(self, tag, attrs):
        self._pieces.append(self.get_starttag_text())

    def handle_startendtag(self, tag, attrs):
        self._pieces.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        self._pieces.append(f"</{tag}>")

    def handle_entityref(self, name):
        self.handle_data(unescape(f"&{name};"))

    def handle_charref(self, name):
        self.handle_data(unescape(f"&#{name};"))

    def handle_data(self, data):
        end = self._position + len(data)
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
                self._pieces.append(mark.after)

    def _draw(self, words: str):
        # White space between blocks is no place for a mark: an element there would break tables and lists.
        marks = self._open if words.strip() else []
        for mark in marks:
            identity = "" if mark.key in self._drawn else f' id="{escape(mark.key)}"'
            self._drawn.add(mark.key)
            self._pieces.append(f'<mark{identity} class="{escape(mark.classes)}">')
        self._pieces.append(escape(words, quote=False))
        self._pieces.append("</mark>" * len(marks))
