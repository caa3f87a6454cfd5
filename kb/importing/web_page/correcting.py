"""Corrects the choice of an extractor: takes out what is no article, and takes in what stands in the midst of it."""

from collections import defaultdict
from collections.abc import Sequence

from kb.importing.page_text.marking import Marked, mark_all
from kb.importing.page_text.passages import Passage, words_of
from kb.importing.register import Register
from kb.importing.web_page.beside import is_titled
from kb.importing.web_page.regions import is_article, rule_of
from kb.importing.web_page.source_map import HEADINGS, Element, Line
from kb.importing.web_page.votes import letters_of

# A part that holds more than this share of what was chosen is the article, whatever it is called.
_LARGE = 0.35
# Marks that tell what a line says, not that it is no article; here it stands in its text.
_HARMLESS = frozenset(
    ("syndication-notice", "disclaimer", "editor-note", "genre-label", "image-credit", "date-line", "credits")
)
# Said of few words only; of more they are a sentence that happens to begin so.
_SHORT = frozenset(("breadcrumb", "byline"))
# Titles of other articles are links; a line of the same looks without one is a quotation or a heading.
_LINKED = frozenset(("next-article", "teaser"))
_AFTER_OPENER = 12
_NEARLY_ALL = 0.75
# A line of so many letters is known again in a declared text, which counts when so much of it stands on the page.
_KNOWN_BY = 25
_STANDS_THERE = 0.7
_LEFT_WITH_COMMENTS = 800


class Corrector:
    """The lines of one page, those chosen, and why others are not; one use."""

    def __init__(self, lines: Sequence[Line], chosen: Sequence[int], register: Register):
        self.lines = lines
        self.keys = [letters_of(line.text) for line in lines]
        self.chosen = set(chosen)
        self.register = register
        self.rules: dict[int, str] = {}
        self.size = sum(len(lines[number].text) for number in chosen)
        self.held = self._held()
        self._regions: dict[Element, tuple[str, bool]] = {}
        self._marks: dict[int, Marked] = {}

    def correct(self, titles: Sequence[str] = (), declared: Sequence[str] = ()) -> list[int]:
        """The numbers of the lines that are the article.

        `titles` are its own, as the page's head gives them, and `declared` the letters of texts that the page declares
        to be the article's.
        """
        self._drop_other_articles(titles)
        self._heed_declared(declared)
        self._take_in_siblings()
        self._drop_regions()
        self._drop_titles(titles)
        self._drop_marked()
        self._drop_link_lists()
        self._drop_what_follows()
        self._trim_end()
        return sorted(self.chosen)

    def _held(self) -> dict[Element, int]:
        """How many letters of what was chosen each element holds."""
        held: dict[Element, int] = defaultdict(int)
        for number in self.chosen:
            for element in self.lines[number].ancestors():
                held[element] += len(self.lines[number].text)
        return held

    def _drop(self, number: int, rule: str) -> None:
        self.chosen.discard(number)
        self.rules[number] = rule

    # ---- by what the page declares

    def _drop_other_articles(self, titles: Sequence[str]) -> None:
        """Beside the part that the page calls an article and that has its title, others with a title are other ones."""
        parts: dict[Element, list[int]] = defaultdict(list)
        for number in sorted(self.chosen):
            for element in self.lines[number].ancestors():
                if is_article(element):
                    parts[element].append(number)
        if len(parts) < 2:
            return
        headed: dict[Element, bool] = {}
        for line in self.lines:
            if line.is_within("h1", "h2"):
                is_own = is_titled(line.text, titles)
                for element in line.ancestors():
                    if element in parts:
                        headed[element] = headed.get(element, False) or is_own
        own = [element for element, is_own in headed.items() if is_own and self._holds_article(parts[element])]
        around = {outer for element in own for outer in element.path()}
        for element in headed if own else ():
            if element not in around and not any(outer in own for outer in element.path()):
                for number in parts[element]:
                    self._drop(number, "foreign-article")
        self.held = self._held()
        self.size = sum(len(self.lines[number].text) for number in self.chosen)

    def _holds_article(self, numbers: Sequence[int]) -> bool:
        return sum(self._passage(number).is_strong for number in numbers) >= 2

    def _heed_declared(self, declared: Sequence[str]) -> None:
        """Lines of a declared text that stands on the page nearly whole are taken in, and what is beyond them left out."""
        for body in declared:
            known = [number for number, key in enumerate(self.keys) if len(key) >= _KNOWN_BY and key in body]
            found = {self.keys[number] for number in known}
            if sum(map(len, found)) < _STANDS_THERE * len(body):
                continue
            core = [number for number in known if number in self.chosen] or known
            # A teaser elsewhere may print a sentence of the text as well.
            missed = found - {self.keys[number] for number in core}
            taken = [*core, *(number for number in known if self.keys[number] in missed)]
            self.chosen.update(taken)
            if len(body) > _STANDS_THERE * sum(len(self.keys[number]) for number in self.chosen):
                for number in sorted(self.chosen):
                    if number > max(taken) or (number < min(taken) and not self._passage(number).is_strong):
                        self._drop(number, "outside-article")
            self.held = self._held()
            self.size = sum(len(self.lines[number].text) for number in self.chosen)
            return

    # ---- by the names of the parts

    def _region(self, line: Line) -> tuple[str, bool]:
        """Why the innermost named part around a line is no article; parts that hold the article count for nothing."""
        likely = ""
        for element in line.ancestors():
            if self.held.get(element, 0) > _LARGE * self.size:
                break
            if element not in self._regions:
                self._regions[element] = rule_of(element)
            rule, is_certain = self._regions[element]
            if rule and is_certain:
                return rule, True
            likely = likely or rule
        return likely, False

    def _drop_regions(self) -> None:
        """A rule that would take a large part of the paragraphs is a name that means something else on this site."""
        found: dict[str, list[tuple[int, bool]]] = defaultdict(list)
        for number in sorted(self.chosen):
            line = self.lines[number]
            rule, is_certain = self._region(line)
            is_paragraph = self._passage(number).is_strong and line.link_share <= 0.5
            if rule and (is_certain or not is_paragraph):
                found[rule].append((number, is_paragraph))
        for rule, numbers in found.items():
            size = sum(len(self.lines[number].text) for number, is_paragraph in numbers if is_paragraph)
            # Comments may well be longer than what they comment on.
            is_sure = size < _LARGE * self.size or (rule == "comments" and self.size - size > _LEFT_WITH_COMMENTS)
            for number, is_paragraph in numbers:
                if is_sure or not is_paragraph:
                    self._drop(number, rule)

    # ---- by their own words

    def _passage(self, number: int) -> Passage:
        return self._mark(number).passage

    def _mark(self, number: int) -> Marked:
        if number not in self._marks:
            [self._marks[number]] = mark_all([Passage(0, self.lines[number].text, 1)], self.register)
        return self._marks[number]

    def _drop_titles(self, titles: Sequence[str]) -> None:
        """The headline is no part of the body; it stands before the first paragraph, or nowhere."""
        keys = {letters_of(title).casefold() for title in titles if title}
        for number in sorted(self.chosen):
            line = self.lines[number]
            key = letters_of(line.text).casefold()
            if key in keys or (line.is_within("h1") and not self._passage(number).is_strong):
                self._drop(number, "repeated-title")
            elif self._passage(number).is_strong:
                return

    def _drop_marked(self) -> None:
        chosen = sorted(self.chosen)
        seen, opened = 0, -1
        for place, number in enumerate(chosen):
            line = self.lines[number]
            mark = self._mark(number)
            if opened >= 0 and place - opened <= _AFTER_OPENER and line.link_share > 0.5:
                self._drop(number, "related-articles")
                continue
            opened = -1
            is_label = mark.role and mark.rule not in _HARMLESS and not mark.is_doubtful
            if is_label and mark.rule in _LINKED:
                is_label = line.link_share > 0.5
            if is_label and (mark.rule not in _SHORT or mark.passage.word_count <= 12):
                if mark.role == "end" and seen > 0.7 * self.size:
                    for later in chosen[place:]:
                        self._drop(later, mark.rule)
                    return
                self._drop(number, mark.rule)
                if mark.role == "opener":
                    opened = place
            seen += len(line.text)

    def _drop_link_lists(self) -> None:
        """Headlines of other articles: lines that are links from end to end, several in a row or among paragraphs."""
        for number in sorted(self.chosen):
            line = self.lines[number]
            if line.link_share > 0.8 and not self._passage(number).is_prose and not line.is_within(*HEADINGS):
                self._drop(number, "related-articles")

    def _trim_end(self) -> None:
        """A heading with nothing below it is the heading of something that was left out."""
        chosen = sorted(self.chosen)
        while len(chosen) > 1:
            line, passage = self.lines[chosen[-1]], self._passage(chosen[-1])
            if passage.is_prose or not (line.is_within(*HEADINGS) or line.text.endswith(":")):
                return
            self._drop(chosen.pop(), "trailing-line")

    def _drop_what_follows(self) -> None:
        """Text below the element that holds nearly all paragraphs, in an element of another name, is not the article's."""
        paragraphs = [number for number in sorted(self.chosen) if self._passage(number).is_strong]
        size = sum(len(self.lines[number].text) for number in paragraphs)
        held: dict[Element, int] = defaultdict(int)
        for number in paragraphs:
            for element in self.lines[number].ancestors():
                held[element] += len(self.lines[number].text)
        large = [element for element, letters in held.items() if letters > _NEARLY_ALL * size]
        if not large:
            return
        container = max(large, key=lambda element: sum(1 for _ in element.path()))
        inside = {number for number in self.chosen if container in self.lines[number].ancestors()}
        for number in sorted(self.chosen - inside):
            line = self.lines[number]
            names = {element.attributes for element in line.ancestors()}
            if number > max(inside) and container.attributes not in names:
                self._drop(number, "outside-article")

    # ---- what the extractor missed

    def _take_in_siblings(self) -> None:
        """Lines that stand beside chosen ones, in the same element under the same tag, between the first and the last."""
        if not self.chosen:
            return
        kinds: dict[tuple[Element | None, str], int] = defaultdict(int)
        parents: dict[Element | None, int] = defaultdict(int)
        for number in self.chosen:
            element = self.lines[number].element
            if element is not None:
                kinds[element.parent, element.tag] += 1
                parents[element.parent] += 1
        for number in range(min(self.chosen), max(self.chosen)):
            line = self.lines[number]
            if number in self.chosen or line.element is None or line.link_share > 0.5:
                continue
            parent = line.element.parent
            is_sibling = kinds.get((parent, line.element.tag), 0) >= 2
            is_heading = line.element.tag in HEADINGS and parents.get(parent, 0) >= 3
            if (is_sibling or is_heading) and not self._region(line)[0] and len(words_of(line.text)) >= 1:
                self.chosen.add(number)
