"""Which lines of a web page are its article: by a selector of its source, or by an extractor whose choice is corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element
from trafilatura import bare_extraction
from trafilatura.settings import use_config

from kb.importing.records import FoundPiece
from kb.importing.register import Register
from kb.importing.web_page.correcting import Corrector
from kb.importing.web_page.declared import declared_bodies
from kb.importing.web_page.markup import Markup
from kb.importing.web_page.votes import Stream
from kb.text.selectors import BODY, REMOVE, is_selector, texts_at

# trafilatura downloads nothing that it is not asked for; its own file holds no address and no time limit that forks.
_CONFIG = use_config()
_CONFIG.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")
_BLOCKS = frozenset(("p", "head", "item", "cell", "quote", "code", "list", "div", "row", "table", "lb", "body"))
# A line is taken when more than half of its letters are.
_TAKEN = 0.5
# The second opinion that trafilatura asks where it found little grows with the square of the lines.
_MOST_LINES = 2500
# An article of fewer letters than this is no article that an extractor found.
SHORTEST_ARTICLE = 140


@dataclass(slots=True)
class Body:
    """The lines that are the article, by number, and for lines left out the rule where one is known.

    `origin` says who chose: "selector", "extractor" or "text"; `pieces` are other articles that the text path found.
    """

    kept: list[int]
    origin: str = "extractor"
    rules: dict[int, str] = field(default_factory=dict)
    pieces: tuple[FoundPiece, ...] = ()


def body_by_selector(markup: Markup, selectors: Mapping[str, str]) -> Body | None:
    """The lines of the elements that the selectors of the page's source name; None if they name nothing here."""
    selector, remove = selectors.get(BODY), selectors.get(REMOVE)
    if markup.refusal or not is_selector(selector):
        return None
    texts = texts_at(markup.source, selector, remove=remove if is_selector(remove) else "")
    stream = Stream([line.text for line in markup.source_map.lines])
    kept = _taken(stream, [piece for text in texts for piece in text.split("\n")])
    return Body(kept, "selector") if sum(len(stream.keys[number]) for number in kept) >= SHORTEST_ARTICLE else None


def body_by_extractor(markup: Markup, register: Register) -> Body | None:
    """The lines that trafilatura takes, corrected; None if it takes nearly nothing."""
    if markup.refusal:
        return None
    lines = markup.source_map.lines
    stream = Stream([line.text for line in lines])
    declared = declared_bodies(markup.tree)
    kept = _taken(stream, _extracted(markup))
    if not declared and sum(len(stream.keys[number]) for number in kept) < SHORTEST_ARTICLE:
        return None
    corrector = Corrector(lines, kept, register)
    kept = corrector.correct(titles_of(markup), declared)
    if sum(len(stream.keys[number]) for number in kept) < SHORTEST_ARTICLE:
        return None
    return Body(kept, rules=corrector.rules)


def titles_of(markup: Markup) -> list[str]:
    """What the head of the page calls it."""
    tree = markup.tree
    return [*tree.xpath("//title/text()"), *tree.xpath("//meta[@property='og:title']/@content")]


def _taken(stream: Stream, texts: Sequence[str]) -> list[int]:
    return [number for number, share in enumerate(stream.shares(texts)) if share > _TAKEN]


def _extracted(markup: Markup) -> list[str]:
    is_long = len(markup.source_map.lines) > _MOST_LINES
    found = bare_extraction(markup.tree, include_comments=False, config=_CONFIG, fast=is_long)
    return _blocks(found.body) if found is not None else []


def _blocks(body: _Element) -> list[str]:
    """The texts between the breaks of an extracted body."""
    texts = [[]]
    # Not recursive: the extractor's tree may be as deep as the page.
    for event, element in _walk(body):
        if element.tag in _BLOCKS:
            texts.append([])
        text = element.text if event == "start" else element.tail
        if text:
            texts[-1].append(text)
    return ["".join(parts) for parts in texts if parts]


def _walk(body: _Element):
    stack = [(body, False)]
    while stack:
        element, is_done = stack.pop()
        yield ("end" if is_done else "start"), element
        if not is_done:
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
