"""What a web page prints beside its article that a reader of the receipt should know: other articles, and its words again."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.importing.page_text.cutting import is_quoted
from kb.importing.page_text.marking import mark_all
from kb.importing.page_text.passages import Passage
from kb.importing.page_text.repetition import find_echoes, find_repetitions, repeated_words
from kb.importing.page_text.sheet import same_title
from kb.importing.records import Block, FoundPiece
from kb.importing.register import Register
from kb.importing.web_page.regions import is_article, rule_of
from kb.importing.web_page.source_map import HEADINGS, Element, Line, segments_of

# Two paragraphs of so many words below a heading are an article where the page calls it one or somebody signs it.
_FEWEST_PARAGRAPHS = 2
_FEWEST_WORDS = 40
# Lines around a heading that may sign or date what stands below it.
_ABOVE, _BELOW = 2, 4
_LOWEST_TITLE = 4
# Parts of other names are no article, whatever stands in them; these may be.
_POSSIBLE = frozenset(("related-articles", "next-article", "teaser", "tag-list", "date-line"))
_FURNITURE = ("aside", "footer", "header", "nav", "blockquote", "figure")
# What of a removed stretch is said only because nothing better was known of it.
_VAGUE = frozenset(("outside-article", "related-articles", "trailing-line", "site-chrome"))


def is_titled(text: str, titles: Iterable[str]) -> bool:
    """Whether a heading is the page's title, which the head of the page may print with the site's name behind it."""
    key = Passage(0, text, 1).key
    own = [Passage(0, title, 1).key for title in titles]
    return any(same_title(title, key) or f"{title} ".startswith(f"{key} ") for title in own if title and key)


def is_signed(lines: Sequence[Line], number: int, register: Register) -> bool:
    """Whether a line near this heading names an author or a day."""
    near = range(max(0, number - _ABOVE), min(len(lines), number + _BELOW + 1))
    passages = [Passage(0, lines[place].text, 1) for place in near if place != number and len(lines[place].text) < 200]
    return any(mark.rule in ("byline", "date-line") for mark in mark_all(passages, register))


@dataclass(frozen=True, slots=True)
class Story:
    """Another article on the page, by the numbers of its lines and of those of its text."""

    first: int
    title: int
    paragraphs: tuple[int, ...]

    @property
    def last(self) -> int:
        return self.paragraphs[-1]


def find_stories(
    lines: Sequence[Line], kept: Iterable[int], titles: Iterable[str], register: Register
) -> tuple[Story, ...]:
    """The articles that stand whole outside the kept lines, each below a heading of its own; in order.

    `titles` are those of the page's own article. Teasers, comments and boxes of the site are none.
    """
    search = _Search(lines, set(kept), titles, register)
    stories = [*search.parts_called_articles(), *search.signed()]
    return tuple(sorted(stories, key=lambda story: story.first))


class _Search:
    def __init__(self, lines: Sequence[Line], kept: set[int], titles: Iterable[str], register: Register):
        self.lines, self.kept, self.register = lines, kept, register
        self.titles = tuple(titles)
        self.holders = {element for number in kept for element in lines[number].ancestors()}
        self.possible: dict[Element, bool] = {}
        self.candidates = [
            number for number, line in enumerate(lines) if number not in kept and self._is_possible(line)
        ]

    def parts_called_articles(self) -> Iterator[Story]:
        parts: dict[Element, list[int]] = defaultdict(list)
        for number in self.candidates:
            if part := self._part(self.lines[number]):
                parts[part].append(number)
        for numbers in parts.values():
            above = next((place for place, number in enumerate(numbers) if self._is_paragraph(number)), len(numbers))
            titles = [number for number in numbers[: above + 2] if self._is_title(number, fewest=2)]
            if titles:
                title = min(titles, key=lambda number: (_level(self.lines[number]), number))
                yield from self._told(numbers[0], title, numbers)

    def signed(self) -> Iterator[Story]:
        """Stories in no part of their own: a heading, an author or a day, and paragraphs."""
        loose = [number for number in self.candidates if self._part(self.lines[number]) is None]
        place = 0
        while place < len(loose):
            title = loose[place]
            place += 1
            if not self._is_title(title, fewest=3) or not is_signed(self.lines, title, self.register):
                continue
            scope, level = self._scope_of(self.lines[title]), _level(self.lines[title])
            numbers = [title]
            while place < len(loose) and loose[place] == numbers[-1] + 1:
                line = self.lines[loose[place]]
                is_over = scope is not None and scope not in line.ancestors()
                if is_over or (_level(line) <= level and self._is_title(loose[place], fewest=3)):
                    break
                numbers.append(loose[place])
                place += 1
            yield from self._told(title, title, numbers)

    def _told(self, first: int, title: int, numbers: Sequence[int]) -> Iterator[Story]:
        paragraphs = tuple(number for number in numbers if number > title and self._is_paragraph(number))
        words = sum(Passage(0, self.lines[number].text, 1).word_count for number in paragraphs)
        links = sum(_is_link(self.lines[number]) for number in numbers if title < number < max(paragraphs, default=0))
        if len(paragraphs) >= _FEWEST_PARAGRAPHS and words >= _FEWEST_WORDS and links < len(paragraphs):
            yield Story(first, title, paragraphs)

    def _is_possible(self, line: Line) -> bool:
        """Whether no part that holds the line, and nothing of the article, is known for something else."""
        for element in line.ancestors():
            if element in self.holders:
                return True
            if element not in self.possible:
                rule, is_certain = rule_of(element)
                is_open = not rule or rule in _POSSIBLE or (is_article(element) and not is_certain)
                is_top = element.tag == "header" and any(is_article(one) for one in element.path())
                self.possible[element] = (is_open and element.tag not in _FURNITURE) or is_top
            if not self.possible[element]:
                return False
        return True

    def _is_title(self, number: int, *, fewest: int) -> bool:
        line = self.lines[number]
        if _level(line) > _LOWEST_TITLE or len(line.text) > 300:
            return False
        passage = Passage(0, line.text, 1)
        if passage.word_count < fewest or is_titled(line.text, self.titles):
            return False
        return mark_all([passage], self.register)[0].role == ""

    def _is_paragraph(self, number: int) -> bool:
        line = self.lines[number]
        if line.link_share > 0.5 or _level(line) <= len(HEADINGS):
            return False
        passage = Passage(0, line.text, 1)
        return passage.is_strong and mark_all([passage], self.register)[0].role == ""

    def _part(self, line: Line) -> Element | None:
        """The innermost part around a line that the page calls an article and that holds nothing of the page's own."""
        for element in line.ancestors():
            if element in self.holders:
                return None
            if is_article(element):
                return element
        return None

    def _scope_of(self, line: Line) -> Element | None:
        """The widest part around a heading that holds nothing of the page's own article."""
        scope = None
        for element in line.ancestors():
            if element in self.holders:
                break
            scope = element
        return scope.parent if scope is not None and scope.tag in HEADINGS else scope


def _is_link(line: Line) -> bool:
    return line.link_share > 0.5 and len(line.text.split()) >= 3


def _level(line: Line) -> int:
    """1 for the highest heading, 9 for what is none."""
    return next((HEADINGS.index(element.tag) + 1 for element in line.ancestors() if element.tag in HEADINGS), 9)


def piece_of(story: Story, lines: Sequence[Line]) -> FoundPiece:
    """The story's stretch of the source, from the tag that opens it to its last word."""
    first = lines[story.first]
    start = first.element.start if first.element else first.start
    for element in first.ancestors():
        if element.tag in HEADINGS:
            start = element.start
        elif is_article(element) and element in lines[story.last].ancestors():
            start = element.start
            break
    return FoundPiece(start, lines[story.last].end, lines[story.title].text)


def find_repeats(
    source: str, lines: Sequence[Line], kept: Sequence[int], removed: Mapping[int, str]
) -> dict[int, tuple[int, int]]:
    """For removed lines that say again what a kept one says: where in the source the words stand that are repeated."""
    rest = [number for number in removed if len(lines[number].text) <= 1000 and lines[number].link_share <= 0.5]
    numbers = [*kept, *rest]
    passages = [Passage(0, lines[number].text, 1) for number in numbers]
    found = find_repetitions(passages, range(len(numbers)))
    repeats = {}
    for place in range(len(kept), len(numbers)):
        other = found.get(place)
        # Each step goes to a passage of more words or one further up.
        while other is not None and other >= len(kept):
            other = found.get(other)
        if other is not None:
            repeats[numbers[place]] = (numbers[other], passages[place])
    for number, other in _echoes(lines, kept, removed, rest, repeats).items():
        repeats[number] = (other, Passage(0, lines[number].text, 1))
    return {number: _stretch(source, lines[other], passage) for number, (other, passage) in repeats.items()}


def _echoes(
    lines: Sequence[Line], kept: Sequence[int], removed: Mapping[int, str], rest: Sequence[int], known: Mapping
) -> dict[int, int]:
    """Pull quotes that change a word or two of the sentence that they repeat."""
    order = sorted({*kept, *rest} - known.keys())
    passages = [Passage(0, lines[number].text, 1) for number in order]
    quoted = {
        place
        for place, number in enumerate(order)
        if number in removed
        and (
            removed[number] == "pull-quote"
            or is_quoted(lines[number].text)
            or lines[number].is_within("blockquote", "q")
        )
    }
    kept = set(kept)
    among = [place for place, number in enumerate(order) if number in kept or place in quoted]
    return {order[place]: order[other] for place, other in find_echoes(passages, among, quoted).items()}


def _stretch(source: str, other: Line, passage: Passage) -> tuple[int, int]:
    text, segments = segments_of(source, other.pieces)
    block = Block("paragraph", text, other.start, segments)
    return block.raw_range(*repeated_words(passage, Passage(0, text, 1)))


def rule_of_repeat(line: Line, rule: str) -> str:
    """The reason for a removed line that repeats words of the article; what was known better stays."""
    if rule not in _VAGUE:
        return rule
    return "repeated-passage" if Passage(0, line.text, 1).word_count > 60 else "pull-quote"
