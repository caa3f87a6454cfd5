"""From a body to HTML and to the text that anchors count in; marks, languages and directions on that text."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

import nh3
from markdown_it import MarkdownIt

from .direction import TURNING, direction_of_line, runs
from .tongue import tongue_of

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_TAGS = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "s", "a", "br", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_VOID = {"br", "hr"}
# What has a language and a direction of its own; a direction only; and what else ends a line.
_LINES = {"p", "h2", "h3", "h4", "li", "blockquote", "pre", "td", "th"}
_DIRECTED = {*_LINES, "ul", "ol", "table"}
_APART = {*_DIRECTED, "thead", "tbody", "tr", *_VOID}
_SCHEMES = {"http", "https", "mailto"}


def normalise_newlines(text: str) -> str:
    """Newlines as the browser counts them; nothing else is touched. Forms post CR LF, texts keep LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def render(body: str, *, markdown: bool, headings: Iterable[str] = ()) -> str:
    """Sanitised HTML of a body.

    Captured text never passes a Markdown parser: its blocks, divided by a blank line, become paragraphs, or headings
    when they are listed in `headings`. Marking gives each its language and direction.
    """
    if markdown:
        # The page's own title is the only first-level heading.
        html = _MARKDOWN.render(body).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    else:
        known = set(headings)
        html = "\n\n".join(
            f"<{tag}>{escape(block, quote=False)}</{tag}>"
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
    """Words to mark: `key` becomes the id of the mark, if any, `classes` its class; `after` is trusted HTML set behind it."""

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


def with_marks(html: str, marks: Sequence[Mark], *, language: str = "", direction: str = "") -> str:
    """Sanitised HTML with marks on its text content, nested and overlapping ones included.

    A mark that crosses elements is drawn in pieces; its id stands on the first, the others name it, and what comes after
    it stands behind the last. Within a page of this language and direction, each paragraph, heading, item, quotation and
    cell says where its own is another, and each run of the other direction is isolated. The text content stays the same.
    """
    return _Painter.of(html, marks, language, direction).html


def blocks_with_marks(html: str, marks: Sequence[Mark], *, language: str = "", direction: str = "") -> list[Block]:
    """The same, cut into its paragraphs, headings, lists and tables. White space between them belongs to none."""
    return _Painter.of(html, marks, language, direction).blocks


def line(text: str, direction: str = "") -> str:
    """Words of one line as HTML: runs of the other direction isolated, turning characters shown."""
    return "".join(_inline(text, _known(direction) or direction_of_line(text) or "ltr"))


def _known(direction: str) -> str:
    return direction if direction in ("ltr", "rtl") else ""


def quotation(before: str, exact: str, after: str, classes: str = "") -> str:
    """A sentence in its own direction, with words marked in it."""
    sentence = f"{before}{exact}{after}"
    mark = Mark(len(before), len(before) + len(exact), "", classes)
    html = with_marks(escape(sentence, quote=False), [mark])
    return f'<bdi dir="{direction_of_line(sentence) or "auto"}">{html}</bdi>'


def paragraphs(text: str) -> str:
    """Plain text as HTML: its paragraphs with their own languages and directions, a new line where it has one."""
    found = []
    for block in normalise_newlines(text).strip().split("\n\n"):
        direction, language = direction_of_line(block), tongue_of(block)
        said = f' lang="{language}"' if language else ""
        words = "".join(_inline(block.strip("\n"), direction or "ltr")).replace("\n", "<br>\n")
        found.append(f'<p{said} dir="{direction or "auto"}">{words}</p>')
    return "\n".join(found)


def _inline(text: str, direction: str) -> Iterator[str]:
    last = 0
    for start, end in runs(text, direction):
        yield _with_turning_shown(text[last:start])
        yield f"{_isolate(text[start:end])}{_with_turning_shown(text[start:end])}</bdi>"
        last = end
    yield _with_turning_shown(text[last:])


def _isolate(words: str) -> str:
    """What opens the isolate of a run, with its language where the letters tell it."""
    language = tongue_of(words)
    return f'<bdi lang="{language}">' if language else "<bdi>"


def _with_turning_shown(text: str) -> str:
    """Escaped text; what would turn it around is shut in, and the style sheet shows its name."""
    words = escape(text, quote=False)
    if not words.isascii():
        for sign, name in TURNING.items():
            if sign in words:
                words = words.replace(sign, f'<bdi class="turning" data-sign="{name}">{sign}</bdi>')
    return words


# --- reading the HTML: what it is made of, and which way each part of it runs


@dataclass(slots=True)
class _Part:
    """A tag or a stretch of text. `opens` says where isolates begin in it, by its characters, and `closes` where they end.

    Of a tag, 0 is in front of it and 1 behind.
    """

    kind: str
    written: str
    start: int
    opens: dict[int, str] | None = None
    closes: set[int] | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.written)

    def open_at(self, place: int, written: str) -> None:
        self.opens = {**(self.opens or {}), place: written}

    def close_at(self, place: int) -> None:
        self.closes = {*(self.closes or ()), place}


@dataclass(slots=True)
class _Element:
    """What has a direction of its own, with the lines that stand in it directly."""

    tag: str
    part: _Part
    start: int
    end: int = 0
    inside: list["_Element"] = field(default_factory=list)
    lines: list[list[_Part]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Sanitised HTML as its parts in order, and as the tree of what has a direction of its own."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[_Part] = []
        self.root = _Element("", _Part("", "", 0), 0)
        self._words: list[str] = []
        self._position = 0
        self._open = [self.root]
        self._line: list[_Part] = []

    @classmethod
    def of(cls, html: str) -> "_Reader":
        reader = cls()
        reader.feed(html)
        reader.close()
        reader._end_line()
        reader.root.end = reader._position
        return reader

    @property
    def text(self) -> str:
        return "".join(self._words)

    def handle_starttag(self, tag, attrs):
        part = _Part("void" if tag in _VOID else "start", self.get_starttag_text(), self._position)
        self._add(tag, part)
        if tag in _DIRECTED:
            element = _Element(tag, part, self._position)
            self._open[-1].inside.append(element)
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        self._add(tag, _Part("end", f"</{tag}>", self._position))
        if tag in _DIRECTED and len(self._open) > 1:
            self._open.pop().end = self._position

    def handle_data(self, data):
        part = _Part("text", data, self._position)
        self.parts.append(part)
        self._line.append(part)
        self._words.append(data)
        self._position += len(data)

    def _add(self, tag: str, part: _Part) -> None:
        self.parts.append(part)
        if tag in _APART:
            self._end_line()
        else:
            self._line.append(part)

    def _end_line(self) -> None:
        if self._line:
            self._open[-1].lines.append(self._line)
            self._line = []


def _direct(element: _Element, text: str, language: str, direction: str) -> None:
    """Say the language and direction of this element and of what stands in it, where they are not those around it."""
    words = text[element.start : element.end]
    own = direction_of_line(words) or direction
    spoken = language
    if element.tag in _LINES:
        told = "" if element.inside else tongue_of(words)
        # Nobody reads words of the other direction in the language around them.
        spoken = told or ("" if direction and own != direction else language)
    said = ""
    if spoken.partition("-")[0] != language.partition("-")[0]:
        said, language = f' lang="{spoken}"', spoken
    if own != direction:
        said += f' dir="{own}"'
    if said and element.tag:
        element.part.written = f"{element.part.written[:-1]}{said}>"
    for inside in element.inside:
        _direct(inside, text, language, own if element.tag else direction)
    for parts in element.lines:
        _isolate_runs(parts, own or "ltr")


def _isolate_runs(line: list[_Part], direction: str) -> None:
    """Say where the isolates of one line begin and end. Each nests: it takes whole elements in, or is made in pieces."""
    places = [number for number, part in enumerate(line) if part.kind == "text"]
    found = runs("".join(line[number].written for number in places), direction)
    if not found:
        return
    starts = [line[number].start for number in places]
    for start, end in found:
        start, end = start + starts[0], end + starts[0]
        inside = places[bisect_right(starts, start) - 1 : bisect_left(starts, end)]
        words = "".join(line[number].written for number in inside)
        shift = line[inside[0]].start
        opening = _isolate(words[start - shift : end - shift])
        if not _enclose(line, inside[0], inside[-1], start, end, opening):
            for number in inside:
                part = line[number]
                if part.written.strip():
                    part.open_at(max(start - part.start, 0), opening)
                    part.close_at(min(end, part.end) - part.start)


def _enclose(line: list[_Part], first: int, last: int, start: int, end: int, opening: str) -> bool:
    """One isolate from here to there, if it can stand round whole elements; whether it can."""
    depth = lowest = 0
    for part in line[first + 1 : last]:
        depth += (part.kind == "start") - (part.kind == "end")
        lowest = min(lowest, depth)
    out_of, into = -lowest, depth - lowest
    before, behind = line[max(first - out_of, 0) : first], line[last + 1 : last + 1 + into]
    if out_of and (start > line[first].start or [part.kind for part in before] != ["start"] * out_of):
        return False
    if into and (end < line[last].end or [part.kind for part in behind] != ["end"] * into):
        return False
    line[first - out_of].open_at(0 if out_of else start - line[first].start, opening)
    line[last + into].close_at(1 if into else end - line[last].start)
    return True


# --- drawing it


class _Painter:
    def __init__(self, marks: Sequence[Mark]):
        self._waiting = sorted((mark for mark in marks if mark.start < mark.end), key=lambda m: (-m.start, m.end))
        self._open: list[Mark] = []
        # The place of the last piece of each mark that was drawn.
        self._drawn: dict[str, int] = {}
        self._pieces: list[str] = []
        self._depth = 0
        self._begins = (0, 0)
        self._blocks: list[tuple[int, int, int, int]] = []
        # Of the link that is being drawn: which marks it holds, and what follows those of them that have ended.
        self._linked: list[str] | None = None
        self._behind_link: list[str] = []

    @classmethod
    def of(cls, html: str, marks: Sequence[Mark], language: str, direction: str) -> "_Painter":
        reader = _Reader.of(html)
        _direct(reader.root, reader.text, language, _known(direction))
        painter = cls(marks)
        for part in reader.parts:
            painter._paint(part)
        painter._settle(reader.root.end)
        return painter

    @property
    def html(self) -> str:
        return "".join(self._pieces)

    @property
    def blocks(self) -> list[Block]:
        return [Block(start, end, "".join(self._pieces[first:last])) for start, end, first, last in self._blocks]

    def _paint(self, part: _Part) -> None:
        if part.kind == "text":
            self._paint_words(part)
            return
        if part.kind != "end":
            if not self._depth:
                self._begins = (part.start, len(self._pieces))
            self._depth += 1
        if part.opens:
            self._pieces.append(part.opens[0])
        self._pieces.append(part.written)
        if part.closes:
            self._pieces[-1] += "</bdi>"
        if part.kind == "start" and part.written.startswith("<a "):
            self._linked = []
        elif part.written == "</a>" and self._linked is not None:
            self._leave_link()
        if part.kind != "start":
            self._depth -= 1
            if not self._depth:
                start, first = self._begins
                self._blocks.append((start, part.start, first, len(self._pieces)))

    def _leave_link(self) -> None:
        """A link holds no other: what follows the marks in it stands behind it."""
        self._pieces[-1] += "".join(self._behind_link)
        self._drawn |= dict.fromkeys(self._linked, len(self._pieces) - 1)
        self._linked, self._behind_link = None, []

    def _paint_words(self, part: _Part) -> None:
        position, first = part.start, len(self._pieces)
        opens, closes = part.opens or {}, part.closes or ()
        turns = [part.start + place for place in sorted({*opens, *closes}, reverse=True)]
        while position < part.end:
            while turns and turns[-1] <= position:
                self._turn(turns.pop() - part.start, opens, closes)
            self._settle(position)
            while self._waiting and self._waiting[-1].start <= position:
                self._open.append(self._waiting.pop())
            ends = [mark.end for mark in self._open]
            stop = min([part.end, *ends, *(mark.start for mark in self._waiting[-1:]), *turns[-1:]])
            self._draw(part.written[position - part.start : stop - part.start])
            position = stop
        if turns:
            self._turn(turns.pop() - part.start, opens, closes)
        if not self._depth and part.written.strip():
            self._blocks.append((part.start, part.end, first, len(self._pieces)))

    def _turn(self, place: int, opens: dict[int, str], closes) -> None:
        if place in closes:
            # To the words, so that what follows a mark that ends with them stands behind the isolate.
            self._pieces[-1] += "</bdi>"
        if place in opens:
            self._pieces.append(opens[place])

    def _settle(self, position: int) -> None:
        """Set what follows the marks that have ended behind their last pieces."""
        for mark in [mark for mark in self._open if mark.end <= position]:
            self._open.remove(mark)
            if mark.after and self._linked and mark.key in self._linked:
                self._behind_link.append(mark.after)
            elif mark.after and (last := self._drawn.get(mark.key)) is not None:
                # Not here: words may end in the white space between the rows of a table, where nothing may stand.
                self._pieces[last] += mark.after

    def _draw(self, words: str) -> None:
        # White space between blocks is no place for a mark: an element there would break tables and lists.
        marks = self._open if words.strip() else []
        pieces = []
        for mark in marks:
            name = "data-of" if mark.key in self._drawn else "id"
            label = f' {name}="{escape(mark.key)}"' if mark.key else ""
            looks = f' class="{escape(mark.classes)}"' if mark.classes else ""
            pieces.append(f"<mark{label}{looks}>")
            self._drawn[mark.key] = len(self._pieces)
            if self._linked is not None:
                self._linked.append(mark.key)
        self._pieces.append("".join([*pieces, _with_turning_shown(words), "</mark>" * len(marks)]))
