"""Decides for every passage of a page whether it belongs to the article, by what it is and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.importing.page_text.marking import Marked
from kb.importing.page_text.names import looks_like_person
from kb.importing.page_text.passages import Passage, ends_sentence, words_of
from kb.importing.page_text.repetition import find_repetitions, repeated_keys
from kb.importing.page_text.scripts import script_of
from kb.importing.register import Register

# Words of prose after which "Comments" or "Related articles" may be the end of the article and not a button above it.
ENOUGH_PROSE = 60
_BOX_RULES = frozenset(("donation", "newsletter", "app-advert", "cookie-notice"))
_CARD_RULES = ("byline", "date-line", "time-ago")
_ROLES_OF_AUTHORS = frozenset(
    "journalist reporter correspondent editor writer columnist author analyst fellow professor lecturer researcher scholar director historian economist academic "
    "commentator contributor strategist diplomat ambassador associate scientist consultant adviser advisor freelancer novelist expert specialist student candidate chair chairman president founder "
    "graduate teacher lawyer attorney officer blogger producer broadcaster essayist critic".split()
)
_IS = frozenset("is was has serves served works worked writes covers teaches holds reports joined leads heads".split())


@dataclass
class Outline:
    """A page cut into its parts: the body, the rule by which everything else was removed, and the lines of the header."""

    marked: Sequence[Marked]
    register: Register
    rules: list[str] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)
    titles: list[int] = field(default_factory=list)
    header: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)
    card_names: list[str] = field(default_factory=list)

    @property
    def passages(self) -> list[Passage]:
        return [marked.passage for marked in self.marked]

    @property
    def body(self) -> list[int]:
        """Indexes of the blocks of the body, in order."""
        return sorted(self.kinds)

    @property
    def around(self) -> list[int]:
        """Indexes of the removed lines that speak of this article: its header and what follows its last paragraph."""
        return self.header + self.tail


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where an article begins: the copies of its title, and the index behind its title and byline."""

    first: int
    end: int
    titles: tuple[int, ...]
    is_repeated: bool


def outline(marked: Sequence[Marked], register: Register) -> Outline:
    """Cut a page into its article and everything else. Every passage comes out as body or with a rule."""
    return _Cutter(marked, register).cut()


class _Cutter:
    def __init__(self, marked: Sequence[Marked], register: Register):
        self.marked = marked
        self.register = register
        self.passages = [one.passage for one in marked]
        self.count = len(marked)
        self.rules = [""] * self.count
        self.script = self._main_script()
        self.openings = self._find_openings()
        self.result = Outline(marked, register)

    def cut(self) -> Outline:
        main = self._choose_opening()
        begin = main.first if main else 0
        for index in range(begin):
            self._remove(index, self.marked[index].rule or "site-chrome")
        start = self._read_header(begin, main)
        candidates, stop = self._read_body(start, main)
        candidates = self._drop_repetitions(candidates)
        candidates = self._drop_tail(candidates)
        self._set_kinds(candidates)
        last = self.result.body[-1] if self.result.kinds else start - 1
        self.result.tail = [index for index in range(last + 1, stop) if self.rules[index]]
        self.result.rules = self.rules
        return self.result

    # ---- what a passage may be

    def _is_text(self, index: int) -> bool:
        return self.marked[index].role == "" and not self._is_other_script(index)

    def _is_paragraph(self, index: int) -> bool:
        return self._is_text(index) and self.passages[index].is_prose

    def _is_strong(self, index: int) -> bool:
        return self._is_text(index) and self.passages[index].is_strong

    def _is_title_like(self, index: int) -> bool:
        passage = self.passages[index]
        return (
            self._is_text(index) and not passage.is_prose and 3 <= passage.word_count <= 30 and not passage.is_cut_off
        )

    def _is_other_script(self, index: int) -> bool:
        script = script_of(self.passages[index].text)
        return script is not None and self.script is not None and script != self.script

    def _remove(self, index: int, rule: str) -> None:
        self.rules[index] = self.rules[index] or rule

    def _main_script(self) -> str | None:
        """The script of most of the prose; a page of short lines only has that of most letters."""
        weights: dict[str, int] = {}
        for one in self.marked:
            if one.role == "" and (script := script_of(one.passage.text)):
                weights[script] = weights.get(script, 0) + len(one.passage.text) * (3 if one.passage.is_prose else 1)
        return max(weights, key=weights.__getitem__) if weights else None

    # ---- where articles begin

    def _find_openings(self) -> list[_Opening]:
        openings = []
        copies = repeated_keys(self.passages)
        index = 0
        while index < self.count:
            opening = self._repeated_title(index, copies) or self._title_with_card(index)
            if opening:
                openings.append(opening)
            index = max(opening.end, index + 1) if opening else index + 1
        return openings

    def _repeated_title(self, index: int, copies: dict[str, list[int]]) -> _Opening | None:
        """A title printed again a few lines on, with no paragraph between, begins an article."""
        passage = self.passages[index]
        is_title = self._is_title_like(index) or (
            self.marked[index].rule == "breadcrumb" and self._next_is_glued_title(index)
        )
        if not is_title:
            return None
        key = self.passages[index + 1].key if self.marked[index].rule == "breadcrumb" else passage.key
        titles, last = [index], index
        for later in range(index + 1, min(index + 10, self.count)):
            other = self.passages[later]
            if other.key == key or (self._is_title_like(later) and _same_title(key, other.key)):
                titles.append(later)
                last = later
            elif self._is_paragraph(later) or other.key in copies and other.word_count >= 4:
                break
        if len(titles) < 2 or self._names_author_below(last):
            return None
        return _Opening(index, last + 1, tuple(titles), is_repeated=True)

    def _next_is_glued_title(self, index: int) -> bool:
        if index + 1 >= self.count or not self._is_title_like(index + 1):
            return False
        below = "".join(self.passages[index + 1].key.split())
        return len(below) >= 12 and "".join(self.passages[index].key.split()).endswith(below)

    def _names_author_below(self, index: int) -> bool:
        """A name repeated above the sentence that presents its bearer is no title."""
        if index + 1 >= self.count or self.passages[index].word_count > 5:
            return False
        return (
            self.passages[index + 1].key.startswith(self.passages[index].key)
            or words_of(self.passages[index + 1].text[:200])[: self.passages[index].word_count]
            == self.passages[index].key.split()
        )

    def _title_with_card(self, index: int) -> _Opening | None:
        """A title with a byline or a date right below begins an article, or the card of one."""
        if not self._is_title_like(index) or self.passages[index].word_count < 3:
            return None
        titles, standfirsts = [index], 0
        for later in range(index + 1, min(index + 6, self.count)):
            marked = self.marked[later]
            if marked.rule in _CARD_RULES:
                end = later + 1
                while end < self.count and self.marked[end].rule in (*_CARD_RULES, "share-count", "reading-time"):
                    end += 1
                if not any(self._is_strong(place) for place in range(end, min(end + 12, self.count))):
                    return None
                return _Opening(index, end, tuple(titles), is_repeated=False)
            if marked.role == "line" and marked.rule in (
                "genre-label",
                "share-count",
                "reading-time",
                "site-chrome",
                "image-credit",
            ):
                continue
            if self._is_paragraph(later):
                standfirsts += 1
                if standfirsts > 1 or self.passages[later].word_count > 60:
                    return None
            elif self._is_title_like(later) or (self._is_text(later) and self.passages[later].word_count <= 4):
                titles.append(later)
                if len(titles) > 3:
                    return None
            else:
                return None
        return None

    def _choose_opening(self) -> _Opening | None:
        """The opening of the page's own article: the first with a fair share of the prose behind it."""
        starts = [opening.first for opening in self.openings]
        segments: list[tuple[_Opening | None, int]] = []
        seen = self._prose_words(0, starts[0] if starts else self.count)
        segments.append((None, seen))
        for number, opening in enumerate(self.openings):
            if seen >= ENOUGH_PROSE and self._ends_before(opening.first):
                break
            words = self._prose_words(opening.end, starts[number + 1] if number + 1 < len(starts) else self.count)
            segments.append((opening, words))
            seen += words
        most = max(words for _, words in segments)
        for opening, words in segments:
            if words >= max(25, 0.2 * most):
                # Prose above the first title is the article only if it is more than what a page says before it begins.
                is_preface = opening is None and len(segments) > 1 and words < segments[1][1]
                if not is_preface:
                    return opening
        return next((opening for opening, words in segments if words == most), None)

    def _ends_before(self, index: int) -> bool:
        """Whether the page has said, before this place and after some prose, that its article is over."""
        seen = 0
        for place in range(index):
            if self.marked[place].role in ("end", "opener") and seen >= ENOUGH_PROSE:
                return True
            if self._is_paragraph(place):
                seen += self.passages[place].word_count
        return False

    def _prose_words(self, start: int, end: int) -> int:
        return sum(self.passages[index].word_count for index in range(start, end) if self._is_strong(index))

    # ---- above the first paragraph

    def _read_header(self, begin: int, main: _Opening | None) -> int:
        """Go down to the first paragraph; what is passed is header. The index of that paragraph."""
        index = begin
        header_end = main.end if main else begin
        if main:
            self.result.titles = list(main.titles)
        while index < self.count:
            marked = self.marked[index]
            if marked.role == "opener":
                end = self._end_of_list(index)
                for place in range(index, end):
                    self._remove(place, "teaser" if self.passages[place].is_cut_off else marked.rule)
                index = end
                continue
            if marked.role == "end":
                self._remove(index, marked.rule)
            elif marked.role == "line":
                self._remove(index, marked.rule)
            elif self._is_other_script(index):
                self._remove(index, "other-script")
            elif self._is_paragraph(index):
                if index >= header_end and not self._is_standfirst(index) and not self._is_teaser(index):
                    break
                self._remove(index, "teaser" if self.passages[index].is_cut_off else "standfirst")
            self.result.header.append(index)
            index += 1
        self._settle_header(main)
        return index

    def _settle_header(self, main: _Opening | None) -> None:
        """Choose the title among the loose lines of the header when none was recognised, and name the others."""
        loose = [index for index in self.result.header if not self.rules[index]]
        if not self.result.titles:
            titles = [index for index in loose if self._is_title_like(index)]
            long_enough = [index for index in titles if self.passages[index].word_count >= 4]
            self.result.titles = (long_enough or titles)[:1]
        elif main and not main.is_repeated:
            # Title, standfirst, byline: the title is the first. A list of headlines above it ends in the title.
            self.result.titles = [index for index in self.result.titles if self._is_title_like(index)][:1]
        keys = [self.passages[index].key for index in self.result.titles]
        for index in loose:
            if index in self.result.titles or any(_same_title(key, self.passages[index].key) for key in keys):
                self.rules[index] = "repeated-title"
                if index not in self.result.titles:
                    self.result.titles.append(index)

    def _is_standfirst(self, index: int) -> bool:
        """A sentence or two between title and byline; the first paragraph stands below the byline."""
        if self.passages[index].word_count > 60 or any(
            self.marked[place].rule == "byline" for place in self.result.header
        ):
            return False
        for later in range(index + 1, min(index + 5, self.count)):
            if self.marked[later].rule in ("byline", "date-line"):
                return True
            if self.marked[later].role != "line" and (self._is_paragraph(later) or self.passages[later].word_count > 5):
                return False
        return False

    def _is_teaser(self, index: int) -> bool:
        if not self.passages[index].is_cut_off:
            return False
        before, after = index - 1, index + 1
        return (
            before >= 0 and not self.passages[before].is_prose and after < self.count and not self._is_paragraph(after)
        )

    def _end_of_list(self, index: int) -> int:
        """The index behind the items of a list of links: titles, each perhaps with a cut or short sentence below."""
        place = index + 1
        titles = {self.passages[title].key for title in self.result.titles}
        starts = {opening.first for opening in self.openings if opening.titles == tuple(self.result.titles)}
        while place < self.count:
            marked, passage = self.marked[place], self.passages[place]
            if marked.role in ("opener", "end") or place in starts or passage.key in titles:
                break
            if marked.role == "line" or passage.is_cut_off or self._is_other_script(place):
                place += 1
            elif not passage.is_prose:
                place += 1
            elif self._is_summary(place, index):
                place += 1
            else:
                break
        return place

    def _is_summary(self, index: int, opener: int) -> bool:
        """A short paragraph between two titles of a list."""
        if self.passages[index].word_count > 40 or index - 1 <= opener or self.passages[index - 1].is_prose:
            return False
        after = index + 1
        while after < self.count and self.marked[after].role == "line":
            after += 1
        if after >= self.count:
            return True
        return (
            self.passages[after].is_cut_off
            or not self.passages[after].is_prose
            and self.passages[after].word_count >= 3
        )

    # ---- the body

    def _read_body(self, start: int, main: _Opening | None) -> tuple[list[int], int]:
        """Collect paragraphs and short lines until the article is over; their indexes, and where it was over."""
        candidates: list[int] = []
        seen, index = 0, start
        openings = {opening.first: opening for opening in self.openings if opening.first >= start}
        vocabulary: set[str] = set()
        while index < self.count:
            marked, passage = self.marked[index], self.passages[index]
            if marked.role == "end" and seen >= ENOUGH_PROSE:
                return candidates, self._close(index, marked.rule)
            opening = openings.get(index)
            if opening and seen >= ENOUGH_PROSE and not self._same_as_headline(index):
                # A card with a date may stand between two paragraphs; a title printed twice begins something else.
                if opening.is_repeated or not self._goes_on(self._end_of_list(index), vocabulary, 0.5):
                    return candidates, self._close(index, "foreign-article")
                end = self._end_of_list(index)
                self._remove_all(index, end, "related-articles")
                index = end
                continue
            if marked.role == "opener":
                end = self._end_of_list(index) if marked.rule != "table-of-contents" else self._end_of_contents(index)
                if (
                    marked.rule != "table-of-contents"
                    and seen >= ENOUGH_PROSE
                    and not self._goes_on(end, vocabulary, 0.3)
                ):
                    return candidates, self._close(index, marked.rule)
                self._remove_all(index, end, marked.rule)
                index = end
                continue
            if marked.role and not (marked.is_doubtful and self._stands_in_text(index)):
                self._remove(index, marked.rule)
            elif self._is_other_script(index) and not self._stands_in_text(index):
                self._remove(index, "other-script")
            elif self._same_as_headline(index):
                self._remove(index, "repeated-title")
            else:
                candidates.append(index)
                if passage.is_prose:
                    seen += passage.word_count
                    vocabulary.update(words_of(passage.text[:4000]))
            index += 1
        return candidates, index

    def _close(self, index: int, rule: str) -> int:
        """Everything from here on is not the article; each part goes by the last rule that announced it."""
        current = rule
        for place in range(index, self.count):
            marked = self.marked[place]
            if marked.role in ("opener", "end"):
                current = marked.rule
            foreign = current == "related-articles" and self.passages[place].is_strong and not marked.role
            self._remove(place, marked.rule or ("foreign-article" if foreign else current))
        return index

    def _remove_all(self, start: int, end: int, rule: str) -> None:
        for place in range(start, end):
            self._remove(place, "teaser" if self.passages[place].is_cut_off else rule)

    def _same_as_headline(self, index: int) -> bool:
        passage = self.passages[index]
        return not passage.is_prose and any(
            _same_title(self.passages[title].key, passage.key) for title in self.result.titles[:3]
        )

    def _stands_in_text(self, index: int) -> bool:
        """A paragraph right above and right below."""
        return 0 < index < self.count - 1 and self._is_strong(index - 1) and self._is_strong(index + 1)

    def _end_of_contents(self, index: int) -> int:
        """The index behind a list of headings that are printed again below."""
        place = index + 1
        seen: list[str] = []
        while place < self.count and not self.passages[place].is_prose and self.marked[place].role in ("", "line"):
            if self.passages[place].key in seen:
                break
            seen.append(self.passages[place].key)
            place += 1
        return place

    def _goes_on(self, index: int, vocabulary: set[str], share: float) -> bool:
        """Whether prose from here on speaks of the same matters, in its capitalised or else its longer words."""
        names: set[str] = set()
        paragraphs = words = 0
        for place in range(index, min(index + 12, self.count)):
            marked = self.marked[place]
            if marked.role in ("opener", "end") or marked.rule in ("byline", "time-ago") or words > 400:
                break
            if self._is_paragraph(place):
                paragraphs += 1
                words += self.passages[place].word_count
                names.update(_names_in(self.passages[place].text[:3000]))
        if words < 20 or not names:
            return False
        return len(names & vocabulary) >= share * len(names)

    # ---- what repeats, what trails

    def _drop_repetitions(self, candidates: list[int]) -> list[int]:
        for index in find_repetitions(self.passages, candidates):
            is_whole = self.passages[index].word_count > 60
            self._remove(index, "repeated-passage" if is_whole else "pull-quote")
        return [index for index in candidates if not self.rules[index]]

    def _drop_tail(self, candidates: list[int]) -> list[int]:
        """Take off what follows the last paragraph: loose lines, author cards, thanks."""
        candidates = self._drop_author_cards(candidates)
        strong = [place for place, index in enumerate(candidates) if self.passages[index].is_strong]
        if not strong:
            strong = [place for place, index in enumerate(candidates) if self.passages[index].is_prose][-1:]
        if not strong:
            keep = 0
        else:
            keep = strong[-1] + 1
            # A short last paragraph directly below the one before belongs to it.
            while keep < len(candidates) and self._follows_directly(candidates, keep):
                keep += 1
        for index in candidates[keep:]:
            # The title of a box goes by what the box turned out to be.
            if index + 1 < self.count and not self.passages[index].is_prose and self.rules[index + 1] in _BOX_RULES:
                self._remove(index, self.rules[index + 1])
            if self.rules[index - 1] == "donation" and not self.passages[index].is_prose:
                self._remove(index, "donation")
            is_title = not self.passages[index].is_prose and self.passages[index].word_count >= 4
            rule = (
                "next-article"
                if is_title and self._is_title_like(index) and index + 1 < self.count
                else "trailing-line"
            )
            self._remove(index, rule)
        return candidates[:keep]

    def _follows_directly(self, candidates: list[int], place: int) -> bool:
        index, before = candidates[place], candidates[place - 1]
        passage = self.passages[index]
        if index == before + 1:
            return (passage.is_prose and passage.word_count >= 3) or _is_list_item(passage.text)
        if before + 2 == index and self.rules[index - 1] in (
            "pull-quote",
            "advertisement",
            "image-credit",
            "related-articles",
        ):
            return passage.is_prose and passage.word_count >= 8
        return False

    def _drop_author_cards(self, candidates: list[int]) -> list[int]:
        bylines = [name for one in self.marked if one.byline for name in one.byline.authors]
        half = len(candidates) // 2
        text_words: set[str] | None = None
        kept = list(candidates)
        for place in range(len(candidates) - 1, max(half - 1, -1), -1):
            index = candidates[place]
            passage = self.passages[index]
            if not passage.is_prose:
                if self._is_name_over_card(index):
                    self._remove(index, "author-card")
                    kept.remove(index)
                continue
            name = _presented(passage.text, bylines, self.register)
            if name is None:
                if place < len(candidates) - 4:
                    break
                continue
            is_known = name in bylines or name == "" or self._is_name_over_card(index - 1)
            if not is_known:
                text_words = text_words or {
                    word for other in candidates[:place] for word in words_of(self.passages[other].text[:6000])
                }
                # Somebody whom the article itself speaks of is no author presented.
                is_known = words_of(name)[-1] not in text_words and place >= len(candidates) - 3
            if is_known:
                self._remove(index, "author-card")
                kept.remove(index)
                if name:
                    self.result.card_names.append(name)
        return kept

    def _is_name_over_card(self, index: int) -> bool:
        """A name alone on its line, above itself or above a sentence that begins with it."""
        if not 0 <= index < self.count - 1 or not looks_like_person(
            self.passages[index].text, self.register, at_least=1
        ):
            return False
        return self._names_author_below(index)

    # ---- paragraphs and headings

    def _set_kinds(self, candidates: list[int]) -> None:
        for place, index in enumerate(candidates):
            passage = self.passages[index]
            if passage.is_prose:
                self.result.kinds[index] = "paragraph"
                continue
            run = _run_of_short_lines(self.passages, candidates, place)
            below = candidates[place + 1] if place + 1 < len(candidates) else None
            if len(run) >= 3 and index != run[-1] and _are_links([self.passages[one] for one in run[:-1]]):
                self._remove(index, "related-articles")
            elif below is not None and self._is_heading(index, run):
                self.result.kinds[index] = "heading"
            else:
                self.result.kinds[index] = "paragraph"

    def _is_heading(self, index: int, run: list[int]) -> bool:
        passage = self.passages[index]
        text = passage.text
        if passage.word_count > 16 or len(text) > 120 or text[-1] in ":;,—–-" or _is_list_item(text) and len(run) > 1:
            return False
        if text[0] in '“"«„' and text.rstrip(".,")[-1] in '”"»':
            return False
        if not any(character.isalpha() for character in text) or text[0] in "•·▪*–-":
            return False
        # Of several short lines in a row the last two may be heading and subheading; the others are a list.
        return index in run[-2:] and (len(run) <= 2 or index == run[-1])


def _run_of_short_lines(passages: Sequence[Passage], candidates: list[int], place: int) -> list[int]:
    """The short lines around this one with no paragraph between; at most a few dozen are looked at."""
    first = place
    while first > 0 and place - first < 20 and not passages[candidates[first - 1]].is_prose:
        first -= 1
    last = place
    while last + 1 < len(candidates) and last - place < 20 and not passages[candidates[last + 1]].is_prose:
        last += 1
    return candidates[first : last + 1]


def _are_links(lines: list[Passage]) -> bool:
    """Headlines of other articles are longer than the items of a list."""
    if any(_is_list_item(line.text) or line.text[-1] in ":;," for line in lines):
        return False
    return sum(line.word_count for line in lines) >= 6 * len(lines)


def _is_list_item(text: str) -> bool:
    head, _, rest = text.partition(" ")
    return bool(rest) and (
        head in "•·▪◦●–-—*✓►" or (head[:-1].isdigit() and head[-1] in ".)") or (len(head) == 2 and head[1] == ")")
    )


def _same_title(key: str, other: str) -> bool:
    """Equal, or equal but for a section before or a site name after it."""
    if not key or not other:
        return False
    if key == other:
        return True
    short, long = sorted((key, other), key=len)
    if len(short.split()) < 4 or len(long) - len(short) > 60:
        return False
    glued = "".join(long.split())
    return long.startswith(short + " ") or glued.endswith("".join(short.split()))


def _names_in(text: str) -> set[str]:
    """Capitalised words within sentences; in scripts without capitals the longer words."""
    words = text.split()
    names = {
        word.strip("“”\"'’.,;:()[]").removesuffix("’s").removesuffix("'s").casefold()
        for before, word in zip(words, words[1:], strict=False)
        if word[:1].isupper() and not ends_sentence(before)
    }
    names = {name for name in names if len(name) >= 3}
    if len(names) >= 3:
        return {part for name in names for part in words_of(name) if len(part) >= 3}
    return {word for word in words_of(text) if len(word) >= 6}


def _presented(text: str, bylines: list[str], register: Register) -> str | None:
    """The name of the author whom a paragraph presents; empty if it says only "the author", None if it presents nobody."""
    if len(text) > 1500:
        return None
    for name in bylines:
        if (
            text.startswith(name)
            and text[len(name) :].split()[:1]
            and text[len(name) :].split()[0].strip(",") in _IS | {"", "—", "-", "–"}
        ):
            return name
    words = text.split()[:60]
    lowered = [word.casefold().strip(".,") for word in words]
    if (
        lowered[0] in ("the", "this")
        and lowered[1:2]
        and lowered[1] in ("author", "writer", "columnist", "authors", "writers")
        and set(lowered[2:4]) & {*_IS, "are", "were"}
    ):
        return ""
    for length in (2, 3, 4):
        if len(words) <= length + 2 or lowered[length] not in _IS:
            continue
        name = " ".join(words[:length]).rstrip(",")
        if not looks_like_person(name, register):
            continue
        if lowered[length] in ("is", "was") and lowered[length + 1] not in (
            "a",
            "an",
            "the",
            "currently",
            "director",
            "professor",
            "senior",
            "editor",
        ):
            continue
        if _ROLES_OF_AUTHORS & {word.rstrip("s") for word in lowered[length + 1 : length + 16]}:
            return name
    return None
