"""One block of text as the search for citations sees it: its words, sentences and names of sources."""

from collections.abc import Collection
from dataclasses import dataclass, field

from kb.importing.citations.unknown_outlets import unknown_outlets
from kb.importing.register import NameInText, Register
from kb.text.sentences import sentence_spans
from kb.text.words import Token, tokens


@dataclass(slots=True)
class Passage:
    """A block cut into words; everything asked of it looks only a few words ahead, so the search stays linear."""

    text: str
    register: Register
    words: list[Token] = field(init=False)
    sentences: list[tuple[int, int]] = field(init=False)
    names: dict[int, NameInText] = field(init=False)
    loose_names: dict[int, NameInText] = field(init=False)  # with those that are common words as well
    sentence_of: list[int] = field(init=False)
    first_of: list[int] = field(init=False)
    _places: dict[str, list[int]] = field(init=False)
    name_ending: dict[int, NameInText] = field(init=False)

    def __post_init__(self):
        self.words = tokens(self.text)
        self.sentences = sentence_spans(self.text)
        self.loose_names = self.register.names_in(self.words)
        self.sentence_of, self.first_of, self._places = [], [], {}
        current = -1
        for place, word in enumerate(self.words):
            while current + 1 < len(self.sentences) and word.start >= self.sentences[current + 1][0]:
                current += 1
                self.first_of.append(place)
            self.sentence_of.append(current)
            self._places.setdefault(word.low, []).append(place)
        unknown = unknown_outlets(self.words, self.sentence_of, self.loose_names)
        for name in unknown.values():
            for place in range(name.first, name.last + 1):
                self.loose_names.pop(place, None)
        self.loose_names |= unknown
        self.names = {place: name for place, name in self.loose_names.items() if self._is_name(name)}
        self.name_ending = {name.last: name for name in self.names.values()}

    def _is_name(self, name: NameInText) -> bool:
        """A common word is a name when its capital is neither the sentence's nor a neighbour's ("Mother Nature")."""
        if not name.is_common:
            return True
        before, after = name.first - 1, name.last + 1
        if (
            not self.same_sentence(before, name.first)
            or not self.words[before].is_word
            or self.words[before].is_capitalised
        ):
            return False
        return not (
            self.same_sentence(after, name.first) and self.words[after].is_word and self.words[after].is_capitalised
        )

    def places_of(self, words: Collection[str]) -> list[int]:
        """Every token that is one of these words, in order."""
        return sorted(place for low in words for place in self._places.get(low, ()))

    def low(self, place: int) -> str:
        return self.words[place].low if 0 <= place < len(self.words) else ""

    def same_sentence(self, place: int, other: int) -> bool:
        return 0 <= place < len(self.words) and self.sentence_of[place] == self.sentence_of[other]

    def sentence_start(self, place: int) -> int:
        """The first token of the sentence."""
        return self.first_of[self.sentence_of[place]]

    def printed(self, first: int, last: int) -> str:
        return self.text[self.words[first].start : self.words[last].end]

    def with_article(self, place: int) -> int:
        """The token where a noun phrase begins when an article stands right before it."""
        return (
            place - 1 if self.low(place - 1) in ("the", "a", "an") and self.same_sentence(place - 1, place) else place
        )

    def name_printed(self, name: NameInText) -> str:
        return self.printed(name.first, name.last).lstrip("#@")
