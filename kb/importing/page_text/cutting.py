"""The page as it is being cut: what every step knows of the article so far, and what it decided."""

from dataclasses import dataclass, field

from kb.importing.page_text.openings import Opening
from kb.importing.page_text.passages import ends_sentence, words_of
from kb.importing.page_text.sheet import Sheet, same_title
from kb.importing.register import Register
from kb.text.sentences import STARTERS

_QUOTES = '“"«„”»'


@dataclass
class Outline:
    """A page cut into its parts: the body, the rule by which everything else was removed, the lines around the body.

    Parts are named by the indexes of their passages. `repeats` tells of a removed passage which other one it repeats.
    """

    sheet: Sheet
    register: Register
    openings: list[Opening]
    main: Opening | None
    rules: list[str] = field(init=False)
    kinds: dict[int, str] = field(default_factory=dict)
    titles: list[int] = field(default_factory=list)
    header: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)
    card_names: list[str] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    repeats: dict[int, int] = field(default_factory=dict)
    # The words of the article so far, and those of them that are printed with capitals.
    vocabulary: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    # What is printed in small letters anywhere is no name where it begins a sentence.
    small: set[str] = field(default_factory=set)
    title_keys: set[str] = field(init=False)
    starts: set[int] = field(init=False)

    def __post_init__(self):
        self.starts = {opening.first for opening in self.openings}
        self.rules = [""] * self.sheet.count
        self.title_keys = {self.sheet.passages[title].key for title in self.main.titles} if self.main else set()

    @property
    def around(self) -> list[int]:
        """Indexes of the removed lines that speak of this article: its header and what follows its last paragraph."""
        return self.header + self.tail

    def remove(self, index: int, rule: str) -> None:
        """Remove a passage; the first rule stays."""
        self.rules[index] = self.rules[index] or rule

    def remove_list(self, start: int, end: int, rule: str) -> None:
        """Remove the items of a list of links, cut ones as teasers."""
        for place in range(start, end):
            self.remove(place, "teaser" if self.sheet.passages[place].is_cut_off else rule)

    def learn(self, text: str) -> None:
        """Remember of which words and names the article speaks."""
        self.vocabulary.update(words_of(text))
        inner, first, small = capitalised(text)
        self.names |= inner | first
        self.small |= small

    def is_same_as_headline(self, index: int, *, at_least: float = 0.0) -> bool:
        """Whether a line is a copy of the title, with `at_least` this share of its length."""
        passage = self.sheet.passages[index]
        return not passage.is_prose and any(
            same_title(key, passage.key) and len(passage.key) >= at_least * len(key) for key in self.title_keys
        )


def is_quoted(text: str) -> bool:
    """Quotation marks around the whole line."""
    return len(text) > 2 and text[0] in _QUOTES and text.rstrip(".,")[-1:] in tuple(_QUOTES)


def capitalised(text: str) -> tuple[set[str], set[str], set[str]]:
    """The words of a text: capitals within sentences, which are names; capitals that begin one; small ones."""
    inner: set[str] = set()
    first: set[str] = set()
    small: set[str] = set()
    before = "."
    for word in text.split():
        if word.lstrip(_QUOTES + "(#")[:1].isupper():
            found = first if ends_sentence(before) else inner
            found.update(part for part in words_of(word) if len(part) >= 3)
        else:
            small.update(words_of(word))
        before = word
    return inner, first - STARTERS, small
