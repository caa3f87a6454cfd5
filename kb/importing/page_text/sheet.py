"""A page's passages with their marks, and the questions that every later step asks of them."""

from collections.abc import Sequence

from kb.importing.page_text.marking import Marked
from kb.importing.page_text.passages import words_of
from kb.importing.page_text.scripts import script_of


class Sheet:
    """The marked passages of one page, in order."""

    def __init__(self, marked: Sequence[Marked]):
        self.marked = marked
        self.passages = [one.passage for one in marked]
        self.count = len(marked)
        self._scripts = [script_of(passage.text) for passage in self.passages]
        self._main_script = self._script_of_most()

    def is_text(self, index: int) -> bool:
        """Nothing in its words tells it from the text of an article."""
        return self.marked[index].role == "" and not self.is_other_script(index)

    def is_paragraph(self, index: int) -> bool:
        """Reads as one or more sentences, however short."""
        return self.is_text(index) and self.passages[index].is_prose

    def is_strong(self, index: int) -> bool:
        """Long enough to be a paragraph on its own evidence."""
        return self.is_text(index) and self.passages[index].is_strong

    def is_title_like(self, index: int) -> bool:
        """Reads as a title: a few words that do not end as a sentence."""
        passage = self.passages[index]
        return not passage.is_prose and 3 <= passage.word_count <= 30 and not passage.is_cut_off and self.is_text(index)

    def is_other_script(self, index: int) -> bool:
        """Written in another script than most of the prose of the page."""
        script = self._scripts[index]
        return script is not None and self._main_script is not None and script != self._main_script

    def stands_in_text(self, index: int) -> bool:
        """A paragraph right above and right below."""
        return 0 < index < self.count - 1 and self.is_strong(index - 1) and self.is_strong(index + 1)

    def is_name_repeated_below(self, index: int) -> bool:
        """A few words that the next line begins with: a name above itself, or above the sentence presenting its bearer."""
        if index + 1 >= self.count or not 1 <= self.passages[index].word_count <= 5 or not self.passages[index].key:
            return False
        words = self.passages[index].key.split()
        return words_of(self.passages[index + 1].text[:200])[: len(words)] == words

    def _script_of_most(self) -> str | None:
        weights: dict[str, int] = {}
        for one, script in zip(self.marked, self._scripts, strict=True):
            if one.role == "" and script:
                weights[script] = weights.get(script, 0) + len(one.passage.text) * (3 if one.passage.is_prose else 1)
        return max(weights, key=weights.__getitem__) if weights else None


def same_title(key: str, other: str) -> bool:
    """Whether two titles, by their words, are equal but for a section before or a site's name after them."""
    if not key or not other:
        return False
    if key == other:
        return True
    short, long = sorted((key, other), key=len)
    if len(short.split()) < 4 or len(long) - len(short) > 60:
        return False
    return long.startswith(short + " ") or "".join(long.split()).endswith("".join(short.split()))
