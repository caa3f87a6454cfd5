"""Decides for every passage of a page whether it belongs to the article, by what it is and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from kb.importing.page_text.author_cards import find_author_cards
from kb.importing.page_text.marking import Marked
from kb.importing.page_text.names import looks_like_person
from kb.importing.page_text.openings import ENOUGH_PROSE, Opening, choose_opening, find_openings
from kb.importing.page_text.passages import Passage, ends_sentence, words_of
from kb.importing.page_text.repetition import find_echoes, find_repetitions
from kb.importing.page_text.sheet import Sheet, same_title
from kb.importing.register import Register
from kb.text.sentences import STARTERS

_BOX_RULES = frozenset(("donation", "newsletter", "app-advert", "cookie-notice"))
# Words of the article after which the card of another one may stand in it.
_SOME_PROSE = 25
_QUOTES = '“"«„”»'
_BULLETS = "•·▪◦●–-—*✓►"
# How many lines above the title are looked at for its date, genre and path.
_ABOVE_TITLE = 8


@dataclass
class Outline:
    """A page cut into its parts: the body, the rule by which everything else was removed, the lines around the body."""

    sheet: Sheet
    register: Register
    rules: list[str] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)
    titles: list[int] = field(default_factory=list)
    header: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)
    card_names: list[str] = field(default_factory=list)
    body: list[int] = field(default_factory=list)

    @property
    def around(self) -> list[int]:
        """Indexes of the removed lines that speak of this article: its header and what follows its last paragraph."""
        return self.header + self.tail


def outline(marked: Sequence[Marked], register: Register) -> Outline:
    """Cut a page into its article and everything else. Every passage comes out as body or with a rule."""
    return _Cutter(Sheet(marked), register).cut()


class _Cutter:
    def __init__(self, sheet: Sheet, register: Register):
        self.sheet = sheet
        self.marked = sheet.marked
        self.passages = sheet.passages
        self.count = sheet.count
        self.register = register
        self.rules = [""] * self.count
        self.openings = find_openings(sheet)
        self.main = choose_opening(sheet, self.openings)
        self.title_keys: set[str] = set()
        self.card_starts = {opening.first for opening in self.openings}
        # The words of the article so far, and those of them that are printed with capitals.
        self.vocabulary: set[str] = set()
        self.names: set[str] = set()
        self.result = Outline(sheet, register)

    def cut(self) -> Outline:
        begin = self.main.first if self.main else 0
        self._remove_above(begin)
        start = self._read_header(begin)
        candidates, stop = self._read_body(start)
        candidates = self._drop_repetitions(candidates)
        candidates = self._drop_tail(candidates)
        self._set_kinds(candidates)
        self._keep_first_heading(start)
        self.result.body = sorted(self.result.kinds)
        last = self.result.body[-1] if self.result.body else start - 1
        self.result.tail = [index for index in range(last + 1, stop) if self.rules[index]]
        self.result.rules = self.rules
        return self.result

    def _remove(self, index: int, rule: str) -> None:
        self.rules[index] = self.rules[index] or rule

    def _remove_list(self, start: int, end: int, rule: str) -> None:
        for place in range(start, end):
            self._remove(place, "teaser" if self.passages[place].is_cut_off else rule)

    # ---- above the first paragraph

    def _remove_above(self, begin: int) -> None:
        """What stands above the title; the nearest lines still belong to the header."""
        current = "site-chrome"
        for index in range(begin):
            marked = self.marked[index]
            if marked.role == "opener":
                current = marked.rule
            elif marked.role and marked.rule in ("breadcrumb", "date-line"):
                current = "site-chrome"
            self._remove(index, marked.rule or ("teaser" if self.passages[index].is_cut_off else current))
        near = begin
        while near > 0 and begin - near < _ABOVE_TITLE and self.marked[near - 1].role == "line":
            near -= 1
        self.result.header = list(range(near, begin))

    def _read_header(self, begin: int) -> int:
        """Go down to the first paragraph; what is passed is header. The index of that paragraph."""
        index = begin
        header_end = self.main.end if self.main else begin
        if self.main:
            self.title_keys = {self.passages[title].key for title in self.main.titles}
        has_byline = False
        while index < self.count:
            marked = self.marked[index]
            if marked.role == "opener":
                end = self._end_of_list(index)
                self._remove_list(index, end, marked.rule)
                index = end
                continue
            if marked.role:
                self._remove(index, marked.rule)
                has_byline = has_byline or marked.rule == "byline"
            elif self.sheet.is_other_script(index):
                self._remove(index, "other-script")
            elif self.sheet.is_paragraph(index):
                is_standfirst = not has_byline and self._is_standfirst(index)
                if index >= header_end and not is_standfirst and not self._is_aside(index):
                    break
                self._remove(index, self._rule_of_aside(index))
            self.result.header.append(index)
            index += 1
        self._settle_header()
        return index

    def _is_standfirst(self, index: int) -> bool:
        """A sentence or two between title and byline; the first paragraph stands below the byline."""
        if self.passages[index].word_count > 60:
            return False
        for later in range(index + 1, min(index + 5, self.count)):
            if self.marked[later].rule in ("byline", "date-line"):
                return True
            if self.marked[later].role != "line" and (
                self.sheet.is_paragraph(later) or self.passages[later].word_count > 5
            ):
                return False
        return False

    def _is_aside(self, index: int) -> bool:
        """A cut teaser under a title, or a caption above its credit."""
        passage = self.passages[index]
        after = index + 1
        if after >= self.count:
            return False
        if passage.word_count <= 40 and self.marked[after].rule == "image-credit":
            return True
        is_under_title = index > 0 and not self.passages[index - 1].is_prose
        return passage.is_cut_off and is_under_title and not self.sheet.is_paragraph(after)

    def _rule_of_aside(self, index: int) -> str:
        if self.passages[index].is_cut_off:
            return "teaser"
        return (
            "image-credit" if index + 1 < self.count and self.marked[index + 1].rule == "image-credit" else "standfirst"
        )

    def _settle_header(self) -> None:
        """Choose the title among the loose lines of the header when it is not printed twice, and name the others."""
        loose = [index for index in self.result.header if not self.rules[index]]
        if self.main and self.main.is_repeated:
            self.result.titles = list(self.main.titles)
        else:
            keys = {self.passages[index].key for index in self.result.header}
            best = self._best_title(self.main.titles, keys) if self.main else None
            # The name of a site above a date opens many pages; their title is longer and stands below.
            if best is None or self._title_score(best, keys) < 2:
                best = self._best_title(loose, keys)
            self.result.titles = [] if best is None else [best]
        self.title_keys = {self.passages[index].key for index in self.result.titles}
        for index in self.result.titles:
            self._learn(self.passages[index].text)
        chosen = set(self.result.titles)
        for index in loose:
            is_copy = index not in chosen and self._same_as_headline(index)
            self.rules[index] = "repeated-title" if is_copy or index in chosen else "header-line"
            if is_copy:
                self.result.titles.append(index)

    def _best_title(self, lines: Sequence[int], keys: set[str]) -> int | None:
        titles = [index for index in lines if self.sheet.is_title_like(index)]
        return max(titles, key=lambda index: (self._title_score(index, keys), -index), default=None)

    def _title_score(self, index: int, keys: set[str]) -> int:
        """Titles have four words and more once the site's name is off them; names of sites and sections have fewer."""
        text = self.passages[index].text
        for separator in (" | ", " - ", " – ", " — "):
            base, found, site = text.rpartition(separator)
            if found and " ".join(words_of(site)) in keys:
                text = base
        words = len(text.split())
        return 2 if 4 <= words <= 25 else 1 if words == 3 else 0

    def _keep_first_heading(self, start: int) -> None:
        """A short line between byline and first paragraph is a heading in an article that has headings."""
        index = start - 1
        if index not in self.result.header or self.rules[index] != "header-line" or not self.result.titles:
            return
        has_line_between = any(self.marked[place].role for place in range(max(self.result.titles) + 1, index))
        is_like_others = "heading" in self.result.kinds.values() and self.passages[index].word_count <= 8
        is_name = looks_like_person(self.passages[index].text, self.register)
        if has_line_between and is_like_others and not is_name and self._is_heading(index, [index]):
            self.result.header.remove(index)
            self.rules[index] = ""
            self.result.kinds[index] = "heading"

    # ---- lists of links

    def _end_of_list(self, index: int) -> int:
        """The index behind the items of a list of links: titles, each perhaps with a cut or short sentence below."""
        place = index + 1
        own_start = self.main.first if self.main else -1
        while place < self.count:
            marked, passage = self.marked[place], self.passages[place]
            if marked.role in ("opener", "end") or place == own_start or passage.key in self.title_keys:
                break
            is_item = marked.role == "line" or passage.is_cut_off or not passage.is_prose
            if not is_item and not self.sheet.is_other_script(place) and not self._is_summary(place, index):
                break
            place += 1
        return place

    def _is_summary(self, index: int, opener: int) -> bool:
        """A short paragraph between two titles of a list."""
        above = index - 1
        if self.passages[index].word_count > 40 or above <= opener or not self.sheet.is_title_like(above):
            return False
        for after in range(index + 1, min(index + 6, self.count)):
            if self.marked[after].role != "line":
                passage = self.passages[after]
                return passage.is_cut_off or (not passage.is_prose and passage.word_count >= 3)
        return True

    def _end_of_contents(self, index: int) -> int:
        """The index behind a list of the headings that follow; the first of them printed again ends it."""
        place = index + 1
        seen: set[str] = set()
        while place < self.count and not self.passages[place].is_prose and self.marked[place].role in ("", "line"):
            if self.passages[place].key in seen:
                break
            seen.add(self.passages[place].key)
            place += 1
        return place

    # ---- the body

    def _read_body(self, start: int) -> tuple[list[int], int]:
        """Collect paragraphs and short lines until the article is over; their indexes, and where it was over."""
        candidates: list[int] = []
        openings = {opening.first: opening for opening in self.openings}
        seen, index = 0, start
        while index < self.count:
            marked, passage = self.marked[index], self.passages[index]
            if marked.role == "end" and seen >= ENOUGH_PROSE:
                return candidates, self._close(index, marked.rule)
            end = self._end_of_intrusion(index, openings.get(index), seen)
            if end is None:
                return candidates, self._close(index, marked.rule or "foreign-article")
            if end > index:
                index = end
                continue
            if marked.role and not (marked.is_doubtful and self.sheet.stands_in_text(index)):
                self._remove(index, marked.rule)
            elif self.sheet.is_other_script(index) and not self.sheet.stands_in_text(index):
                self._remove(index, "other-script")
            elif self._same_as_headline(index):
                self._remove(index, "repeated-title")
            else:
                candidates.append(index)
                if passage.is_prose:
                    seen += passage.word_count
                    self._learn(passage.text[:4000])
            index += 1
        return candidates, index

    def _end_of_intrusion(self, index: int, opening: Opening | None, seen: int) -> int | None:
        """The index behind links or a card that stand in the article; `index` if none stand here, None if it is over."""
        rule = self.marked[index].rule
        if self.marked[index].role == "opener":
            if rule == "table-of-contents":
                end = self._end_of_contents(index)
            else:
                end = self._end_of_list(index)
                if seen >= ENOUGH_PROSE and not self._goes_on(end, share=0.3):
                    return None
            self._remove_list(index, end, rule)
            return end
        if opening is None or seen < _SOME_PROSE or self._same_as_headline(index):
            return index
        # A card with a date may stand between two paragraphs; a title printed twice begins something else.
        end = max(self._end_of_list(index), opening.end)
        if not opening.is_repeated and self._goes_on(end, share=0.5):
            self._remove_list(index, end, "related-articles")
            return end
        return None if seen >= ENOUGH_PROSE else index

    def _learn(self, text: str) -> None:
        self.vocabulary.update(words_of(text))
        inner, first = _capitalised(text)
        self.names |= inner | (first - STARTERS)

    def _goes_on(self, index: int, *, share: float) -> bool:
        """Whether the prose from here on speaks of the same matters: of names, or else of longer words, seen before."""
        known: set[str] = set()
        strange: set[str] = set()
        long_words: set[str] = set()
        words = 0
        for place in range(index, min(index + 12, self.count)):
            marked = self.marked[place]
            if marked.role in ("opener", "end") or marked.rule in ("byline", "time-ago") or words > 400:
                break
            if place in self.card_starts and words:
                break
            if self.sheet.is_paragraph(place):
                text = self.passages[place].text[:3000]
                words += self.passages[place].word_count
                inner, first = _capitalised(text)
                known.update((inner | (first - STARTERS)) & self.names)
                strange.update(inner - self.vocabulary)
                long_words.update(word for word in words_of(text) if len(word) >= 6)
        if words < 20:
            return False
        if len(known) + len(strange) >= 2:
            return len(known) >= share * (len(known) + len(strange))
        return len(long_words & self.vocabulary) >= share * len(long_words)

    def _close(self, index: int, rule: str) -> int:
        """Everything from here on is not the article; each part goes by the last rule that announced it.

        The index behind what still speaks of this article: the part about its author.
        """
        current, end = rule, index
        for place in range(index, self.count):
            marked = self.marked[place]
            if marked.role in ("opener", "end"):
                current = marked.rule
            is_foreign = current == "related-articles" and self.sheet.is_strong(place)
            self._remove(place, marked.rule or ("foreign-article" if is_foreign else current))
            if current == "author-card" and end == place:
                end = place + 1
        return end

    def _same_as_headline(self, index: int) -> bool:
        passage = self.passages[index]
        return not passage.is_prose and any(same_title(key, passage.key) for key in self.title_keys)

    # ---- what repeats, what trails

    def _drop_repetitions(self, candidates: list[int]) -> list[int]:
        for index in find_repetitions(self.passages, candidates):
            self._remove(index, "repeated-passage" if self.passages[index].word_count > 60 else "pull-quote")
        rest = [index for index in candidates if not self.rules[index]]
        quoted = {index for index in rest if _is_quoted(self.passages[index].text)}
        for index in find_echoes(self.passages, rest, quoted):
            self._remove(index, "pull-quote")
        return [index for index in rest if not self.rules[index]]

    def _drop_tail(self, candidates: list[int]) -> list[int]:
        """Take off what follows the last paragraph: loose lines, author cards, thanks."""
        bylines = [name for one in self.marked if one.byline for name in one.byline.authors]
        cards, self.result.card_names = find_author_cards(self.sheet, candidates, bylines, self.register)
        for index in cards:
            self._remove(index, "author-card")
        candidates = [index for index in candidates if index not in cards]
        paragraphs = [place for place, index in enumerate(candidates) if self.passages[index].is_prose]
        strong = [place for place in paragraphs if self.passages[candidates[place]].is_strong]
        keep = (strong or paragraphs or [-1])[-1] + 1
        # A short last paragraph directly below the one before belongs to it.
        while 0 < keep < len(candidates) and self._follows_directly(candidates[keep - 1], candidates[keep]):
            keep += 1
        for index in candidates[keep:]:
            self._remove(index, self._rule_of_loose_line(index))
        return candidates[:keep]

    def _follows_directly(self, before: int, index: int) -> bool:
        passage = self.passages[index]
        if index == before + 1:
            return (passage.is_prose and passage.word_count >= 3) or _is_list_item(passage.text)
        is_interrupted = self.rules[index - 1] in ("pull-quote", "advertisement", "image-credit", "related-articles")
        return before + 2 == index and is_interrupted and passage.is_prose and passage.word_count >= 8

    def _rule_of_loose_line(self, index: int) -> str:
        if not self.passages[index].is_prose:
            # The title of a box goes by what the box turned out to be, and so do its last lines.
            if index + 1 < self.count and self.rules[index + 1] in _BOX_RULES:
                return self.rules[index + 1]
            if self.rules[index - 1] == "donation":
                return "donation"
            if self.sheet.is_title_like(index) and self.passages[index].word_count >= 4 and index + 1 < self.count:
                return "next-article"
        return "trailing-line"

    # ---- paragraphs and headings

    def _set_kinds(self, candidates: list[int]) -> None:
        last = candidates[-1] if candidates else None
        for is_prose, group in groupby(candidates, key=lambda index: self.passages[index].is_prose):
            run = list(group)
            has_links = len(run) >= 3 and _are_links([self.passages[index] for index in run[:-1]])
            for index in run:
                if is_prose:
                    self.result.kinds[index] = "paragraph"
                elif has_links and index != run[-1]:
                    self._remove(index, "related-articles")
                else:
                    is_heading = index != last and self._is_heading(index, run)
                    self.result.kinds[index] = "heading" if is_heading else "paragraph"

    def _is_heading(self, index: int, run: list[int]) -> bool:
        passage = self.passages[index]
        text = passage.text
        if passage.word_count > 16 or len(text) > 120 or text[-1] in ":;,—–-" or text[0] in _BULLETS:
            return False
        if _is_quoted(text) or not any(map(str.isalpha, text)) or (_is_list_item(text) and len(run) > 1):
            return False
        # Of several short lines in a row two may be heading and subheading; more are a list with a heading below.
        return len(run) <= 2 or index == run[-1]


def _are_links(lines: list[Passage]) -> bool:
    """Headlines of other articles are longer than the items of a list."""
    if any(_is_list_item(line.text) or line.text[-1] in ":;," for line in lines):
        return False
    return sum(line.word_count for line in lines) >= 6 * len(lines)


def _is_list_item(text: str) -> bool:
    head, _, rest = text.partition(" ")
    return bool(rest) and (head in _BULLETS or (head[:-1].isdigit() and head[-1] in ".)") or head[1:] == ")")


def _is_quoted(text: str) -> bool:
    """Quotation marks around the whole line."""
    return len(text) > 2 and text[0] in _QUOTES and text.rstrip(".,")[-1:] in tuple(_QUOTES)


def _capitalised(text: str) -> tuple[set[str], set[str]]:
    """The capitalised words of a text: those within sentences, which are names, and those that begin one."""
    inner: set[str] = set()
    first: set[str] = set()
    before = "."
    for word in text.split():
        if word.lstrip(_QUOTES + "(#")[:1].isupper():
            found = first if ends_sentence(before) else inner
            found.update(part for part in words_of(word) if len(part) >= 3)
        before = word
    return inner, first
