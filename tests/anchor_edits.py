"""Random edits of a text in which every character remembers where it came from: the truth that re-anchoring is held to.

A character that is typed anew comes from nowhere; one of a copy remembers that it is one. Shared by the tests and by
`benchmarks.anchors`.
"""

import random
import unicodedata
from dataclasses import dataclass
from typing import Literal

from kb.text import anchors
from kb.text.folded import Folded, fold

WORDS = {
    "Latin": "the port of is full grain ships wait at night minister said that war peace “never” don’t Odesa Varna café naïve "
    "Zürich 240 2,5 million – a a the and",
    "Arabic": "قال الوزير إن الميناء ممتلئ والسفن تنتظر في الليل الحبوب السلام الحرب مُحَمَّد ٢٤٠ من من في",
    "Persian": "وزیر گفت که بندر پر است کشتی‌ها منتظر می‌مانند شب غلات صلح جنگ ۲۴۰ میلیون از از در",
    "Chinese": "港口 已满 船只 等待 夜里 部长 说 战争 和平 粮食 百万 的 的 了",
    "Hindi": "मंत्री ने कहा कि बंदरगाह भरा हुआ है जहाज रात में प्रतीक्षा शांति युद्ध अनाज २४० क्षत्रिय की की",
    "emoji": "🌾 👩‍💻 🇺🇦 ship port 👍🏽 ❤️ é ñ full 🚢 the the",
}
STOPS = {"Arabic": ".", "Persian": ".", "Chinese": "。", "Hindi": "।"}

# Where a letter stood at first; below zero for that of a copy.
type Letters = list[tuple[str, int | None]]


type Verdict = Literal["right", "undecidable", "wrong"]


@dataclass(frozen=True, slots=True)
class Story:
    """A text, an anchor in it, what became of the text, and where the anchored words went: None if they are gone."""

    before: str
    after: str
    anchor: anchors.Anchor
    truth: tuple[int, int] | None
    edits: tuple[str, ...]
    origins: tuple[int | None, ...]


class Writer:
    """Writes a text in one script and edits it."""

    def __init__(self, chance: random.Random, repeats: float):
        self.chance, self.repeats = chance, repeats
        self.script = chance.choice(list(WORDS))
        self.words = WORDS[self.script].split()
        self.between = "" if self.script == "Chinese" else " "
        self.said: list[str] = []

    def sentence(self) -> str:
        """A new sentence, or one that was said before, whole or but for a word."""
        if self.said and self.chance.random() < self.repeats:
            old = self.chance.choice(self.said)
            if self.chance.random() < 0.5:
                return old
            words = old.split(" ") if self.between else list(old)
            words[self.chance.randrange(len(words))] = self.chance.choice(self.words)
            return self.between.join(words)
        return self.new_sentence()

    def new_sentence(self) -> str:
        words = self.chance.choices(self.words, k=self.chance.randint(2, 14))
        made = self.between.join(words) + STOPS.get(self.script, ".")
        self.said.append(made)
        return made

    def text(self) -> str:
        paragraphs = [
            (self.between or "").join(self.sentence() for _ in range(self.chance.randint(1, 4)))
            for _ in range(self.chance.randint(1, 4))
        ]
        return "\n\n".join(paragraphs)

    def edit(self, letters: Letters) -> tuple[str, Letters]:
        name = self.chance.choice(list(EDITS))
        return name, EDITS[name](self, letters)

    # ---- where to cut

    def cuts(self, letters: Letters) -> list[int]:
        """Where sentences begin, and the end."""
        ends = [at + 1 for at, (letter, _) in enumerate(letters) if letter in ".。।\n"]
        return sorted({0, *ends, len(letters)})

    def piece(self, letters: Letters) -> tuple[int, int]:
        """A sentence, or some of them."""
        cuts = self.cuts(letters)
        first = self.chance.randrange(max(1, len(cuts) - 1))
        last = min(len(cuts) - 1, first + self.chance.choice([1, 1, 1, 2, 3]))
        return cuts[first], cuts[last]

    def word(self, letters: Letters) -> tuple[int, int]:
        if not letters:
            return 0, 0
        start = self.chance.randrange(len(letters))
        end = start
        while start and not letters[start - 1][0].isspace():
            start -= 1
        while end < len(letters) and not letters[end][0].isspace():
            end += 1
        if self.script == "Chinese":
            start = self.chance.randrange(start, max(start, end - 1) + 1)
            end = min(end, start + self.chance.randint(1, 2))
        return start, end


def _new(words: str) -> Letters:
    return [(letter, None) for letter in words]


def _insert(writer: Writer, letters: Letters) -> Letters:
    at = writer.chance.choice(writer.cuts(letters))
    return letters[:at] + _new(writer.between + writer.sentence() + writer.between) + letters[at:]


def _delete(writer: Writer, letters: Letters) -> Letters:
    start, end = writer.piece(letters)
    return letters[:start] + letters[end:]


def _duplicate(writer: Writer, letters: Letters) -> Letters:
    start, end = writer.piece(letters)
    copy = [(letter, origin if origin is None or origin < 0 else -1 - origin) for letter, origin in letters[start:end]]
    at = writer.chance.choice([end, start, *writer.cuts(letters)])
    return letters[:at] + copy + letters[at:]


def _swap(writer: Writer, letters: Letters) -> Letters:
    (a, b), (c, d) = sorted([writer.piece(letters), writer.piece(letters)])
    words = "".join(letter for letter, _ in letters)
    return (
        letters
        if c < b or words[a:b] == words[c:d]
        else letters[:a] + letters[c:d] + letters[b:c] + letters[a:b] + letters[d:]
    )


def _retype_word(writer: Writer, letters: Letters) -> Letters:
    start, end = writer.word(letters)
    return letters[:start] + _new(writer.chance.choice(writer.words)) + letters[end:]


def _retype_letter(writer: Writer, letters: Letters) -> Letters:
    if not letters:
        return letters
    at = writer.chance.randrange(len(letters))
    return letters[:at] + _new(writer.chance.choice(["x", "", "é", "ن"])) + letters[at + 1 :]


def _retype_sentence(writer: Writer, letters: Letters) -> Letters:
    start, end = writer.piece(letters)
    return letters[:start] + _new(writer.new_sentence()) + letters[end:]


def _drop_word(writer: Writer, letters: Letters) -> Letters:
    start, end = writer.word(letters)
    return letters[:start] + letters[end:]


def _add_word(writer: Writer, letters: Letters) -> Letters:
    _start, end = writer.word(letters)
    return letters[:end] + _new(writer.between + writer.chance.choice(writer.words)) + letters[end:]


def _normalise(writer: Writer, letters: Letters) -> Letters:
    """All letters composed or decomposed; each piece remembers its first letter."""
    form = writer.chance.choice(["NFC", "NFD"])
    pieces: list[Letters] = []
    for letter in letters:
        if pieces and unicodedata.combining(letter[0]):
            pieces[-1].append(letter)
        else:
            pieces.append([letter])
    made: Letters = []
    for piece in pieces:
        words = unicodedata.normalize(form, "".join(letter for letter, _ in piece))
        if words == "".join(letter for letter, _ in piece):
            made += piece
        else:
            made += [(letter, piece[0][1]) for letter in words]
    return made


def _extract_again(writer: Writer, letters: Letters) -> Letters:
    """Another program took the same words from the page."""
    spaces, quotes = writer.chance.choice(["\n", " ", "\xa0", "  "]), str.maketrans("“”’–", '""\'-')
    made: Letters = []
    for letter, origin in letters:
        if letter == " " and writer.chance.random() < 0.2:
            made += [(space, origin) for space in spaces]
        elif letter == "\n" and writer.chance.random() < 0.5:
            made.append((writer.chance.choice(["\n", "\n", " "]), origin))
        else:
            made.append((letter.translate(quotes), origin))
    return made


EDITS = {
    "insert": _insert,
    "delete": _delete,
    "duplicate": _duplicate,
    "swap": _swap,
    "retype a word": _retype_word,
    "retype a letter": _retype_letter,
    "retype a sentence": _retype_sentence,
    "drop a word": _drop_word,
    "add a word": _add_word,
    "normalise": _normalise,
    "extract again": _extract_again,
}


def stories(seed: int, anchored: int = 1, repeats: float = 0.35) -> list[Story]:
    """One text, in which many sentences are said again, some anchors in it, and one to six edits; one story an anchor."""
    chance = random.Random(seed)
    writer = Writer(chance, repeats)
    before = writer.text()
    letters: Letters = [(letter, at) for at, letter in enumerate(before)]
    chosen = [_chosen(writer, letters, before) for _ in range(anchored)]
    edits = []
    for _ in range(chance.randint(1, 6)):
        name, letters = writer.edit(letters)
        edits.append(name)
    after = "".join(letter for letter, _ in letters)
    folded = Folded(after)
    return [
        Story(
            before,
            after,
            anchors.anchor(before, *span),
            _truth(before, span, letters, folded),
            tuple(edits),
            tuple(origin for _, origin in letters),
        )
        for span in chosen
    ]


def _chosen(writer: Writer, letters: Letters, text: str) -> tuple[int, int]:
    kind = writer.chance.randrange(4)
    if kind == 0:
        start, end = writer.word(letters)
    elif kind == 1:
        start, end = writer.piece(letters)
    else:
        start, (_, end) = writer.word(letters)[0], writer.word(letters)
    start, end = min(start, end), max(start, end)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else (0, len(text))


def _truth(before: str, span: tuple[int, int], letters: Letters, after: Folded) -> tuple[int, int] | None:
    """Where the anchored characters stand, together and as the same words; None otherwise. Where only a copy is left,
    that is the place: nobody can tell it from words that were moved."""
    for own in (range(*span), range(-span[1], -span[0])):
        places = [at for at, (_, origin) in enumerate(letters) if origin is not None and origin in own]
        if not places:
            continue
        stretch = letters[places[0] : places[-1] + 1]
        origins = [origin for letter, origin in stretch if origin is not None or not letter.isspace()]
        start, end = after.inside(places[0], places[-1] + 1)
        words = fold(before[span[0] : span[1]])
        if None not in origins and set(origins) <= set(own) and after.text[start:end] == words:
            return start, end
    return None


def verdict(one: Story, found: anchors.Anchor) -> Verdict:
    """Whether the words that were found without asking are the anchored ones, or such as nobody could tell from them.

    Undecidable is: the same words in surroundings that are at least as much those of the anchor as those of the true place
    (a sentence whose twin was deleted, and which one was it?), or typed again in their old surroundings.
    """
    after, before = Folded(one.after), Folded(one.before)
    start, end = after.inside(found.start, found.end)
    old, old_end = before.inside(one.anchor.start, one.anchor.end)
    if after.text[start:end] != before.text[old:old_end]:
        return "wrong"
    if (start, end) == one.truth:
        return "right"
    here = _surroundings(before.text, old, old_end, after.text, start, end)
    if one.truth:
        return "wrong" if _surroundings(before.text, old, old_end, after.text, *one.truth) > here else "undecidable"
    origins = [one.origins[at] for at in range(found.start, found.end) if not one.after[at].isspace()]
    twins = [origin for origin in origins if origin is not None]
    if not twins or 2 * sum(_in(one.anchor, origin) for origin in twins) >= len(twins):
        return "undecidable" if here >= 12 else "wrong"
    first = twins[0] if twins[0] >= 0 else -1 - twins[0]
    twin = before.inside(first, first + 1)[0]
    if before.text[twin : twin + end - start] != after.text[start:end]:
        return "undecidable" if here >= 12 else "wrong"
    there = _surroundings(before.text, twin, twin + end - start, after.text, start, end)
    return "wrong" if there > here else "undecidable"


def _in(anchor: anchors.Anchor, origin: int) -> bool:
    return anchor.start <= (origin if origin >= 0 else -1 - origin) < anchor.end


def _surroundings(old: str, start: int, end: int, new: str, new_start: int, new_end: int) -> int:
    """How many characters beside both places are the same; an end of both texts is worth sixty."""
    left = _same(old[:start][::-1], new[:new_start][::-1])
    right = _same(old[end:], new[new_end:])
    ends = (left == start == new_start) + (right == len(old) - end == len(new) - new_end)
    return min(left, 60) + min(right, 60) + 60 * ends


def _same(old: str, new: str) -> int:
    return next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )
