"""Cuts a capture into passages: printed lines, with hard-wrapped lines joined to the paragraph they came from."""

import unicodedata
from dataclasses import dataclass, field

import re2 as re

# Marks that editors and browsers leave at the ends of a line and that nobody sees.
INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"
SENTENCE_ENDS = frozenset(".!?…؟۔।。！？")
CLOSERS = "\"'”’»)]}*›"
ELLIPSES = ("...", "…", "[…]", "(…)")

# Wider lines than this were never wrapped by a typist or a mail program.
WIDEST_WRAP = 110
NARROWEST_WRAP = 40

_ABBREVIATION = re.compile(r"(?:\p{L}\.){2,}$")
_INNER_END = re.compile(r"[\p{Ll}\p{Lo}]{3,}[.!?؟۔] +[\p{Lu}\p{Lo}]")
# Behind the last sentence: "(more)", "(AFP, 3 May)".
_REMARK = re.compile(r"\s\([^()]{2,40}\)$")
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "ʼ": "'", "`": "'"})


class _WordCharacters(dict):
    """Maps every character that is no part of a word to a blank; filled as characters turn up."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        is_in_word = character.isalnum() or unicodedata.category(character)[0] == "M"
        self[code] = character if is_in_word else " "
        return self[code]


_WORD_CHARACTERS = _WordCharacters()


def words_of(text: str) -> list[str]:
    """The words of a text without case, punctuation and kind of apostrophe, in order."""
    return text.casefold().translate(_WORD_CHARACTERS).split()


def plain(text: str) -> str:
    """A line in lower case with straight quotation marks and single blanks, for comparing with known phrases."""
    return " ".join(text.translate(_STRAIGHT).casefold().split())


@dataclass(frozen=True, slots=True)
class Passage:
    """One printed line, or several that were one paragraph; `text` is `raw[start:end]`, `number` its first line from 1."""

    start: int
    text: str
    number: int
    word_count: int = field(init=False)
    key: str = field(init=False)
    is_prose: bool = field(init=False)

    def __post_init__(self):
        object.__setattr__(self, "word_count", _count_words(self.text))
        # Keys find repeated titles; no title is longer than this.
        object.__setattr__(self, "key", " ".join(words_of(self.text)) if len(self.text) <= 400 else "")
        object.__setattr__(self, "is_prose", _reads_as_prose(self.text, self.word_count))

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_cut_off(self) -> bool:
        """Ends in dots within a sentence or two, as teasers do."""
        return self.word_count <= 40 and self.text.endswith(ELLIPSES)

    @property
    def is_strong(self) -> bool:
        """Long enough to be a paragraph on its own evidence."""
        return self.is_prose and self.word_count >= 12 and not (self.is_cut_off and self.word_count < 30)


def _count_words(text: str) -> int:
    blanks = len(text.split())
    # Chinese, Japanese and Thai print no blanks between words.
    if len(text) > 12 * blanks and ord(text[len(text) // 2]) >= 0x0E00:
        return max(blanks, len(text) // 2)
    return blanks


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does, closing quotation marks aside."""
    bare = text.rstrip(CLOSERS)
    return bool(bare) and bare[-1] in SENTENCE_ENDS


def _reads_as_prose(text: str, word_count: int) -> bool:
    if remark := _REMARK.search(text[-60:]):
        before = text[: len(text) - len(remark.group())]
        if ends_sentence(before) and word_count > 14:
            return True
    if not ends_sentence(text):
        # The last point is sometimes lost; a second sentence tells a paragraph from a title.
        return word_count >= 30 or (word_count >= 12 and _INNER_END.search(text) is not None)
    if word_count > 14:
        return True
    bare = text.rstrip(CLOSERS)
    # A short question may be a title or a heading, and so may a line that ends in U.S.
    return bare[-1] not in "?؟？" and not _ABBREVIATION.search(bare[-12:])


def read_passages(raw: str) -> list[Passage]:
    """The passages of a capture in order; white space is in none of them."""
    lines = _read_lines(raw)
    wraps = _wrapped_pairs(lines)
    passages = []
    first = 0
    for index in range(len(lines)):
        if index in wraps:
            continue
        start, end = lines[first][0], lines[index][1]
        passages.append(Passage(start, raw[start:end], lines[first][2]))
        first = index + 1
    return passages


type _Line = tuple[int, int, int, str]  # start, end, number, text


def _read_lines(raw: str) -> list[_Line]:
    lines, position = [], 0
    for number, line in enumerate(raw.splitlines(keepends=True), start=1):
        text = _strip(line)
        if text:
            start = position + line.index(text)
            lines.append((start, start + len(text), number, text))
        position += len(line)
    return lines


def _strip(line: str) -> str:
    # White space and invisible marks may alternate; each round takes one layer off, and a line has few.
    for _ in range(4):
        stripped = line.strip().strip(INVISIBLE)
        if stripped == line:
            break
        line = stripped
    return line.strip()


def _wrapped_pairs(lines: list[_Line]) -> set[int]:
    """Indexes of the lines that go on in the next line.

    A line was wrapped if the first word of the next one would not have fitted any more. Lists and headings end early,
    so they stay lines of their own.
    """
    full: list[tuple[int, int]] = []
    torn, width = 0, 0
    runs = _runs(lines)
    for run in runs:
        run_width = max(len(lines[index][3]) for index in run)
        if len(run) < 2 or not NARROWEST_WRAP <= run_width <= WIDEST_WRAP:
            continue
        filled = [
            index
            for index in run[:-1]
            if len(lines[index][3]) + 1 + len(lines[index + 1][3].split(None, 1)[0]) > run_width
        ]
        for index in filled:
            here, below = lines[index][3], lines[index + 1][3]
            full.append((index, len(run)))
            # Scripts without capitals do not show where a sentence begins: there most lines of the run must be full.
            goes_on = below[0].islower() or (
                not below[0].isupper() and len(filled) >= 0.7 * (len(run) - 1) and len(run) > 3
            )
            if goes_on and below[0].isalpha() and not ends_sentence(here) and here[-1] not in ":;":
                torn += 1
                width = max(width, run_width)
    # A page is wrapped when sentences run over its line ends; two such line ends may be chance.
    if torn < 3:
        return set()
    return {index for index, _ in full if len(lines[index][3]) >= 0.6 * width}


def _runs(lines: list[_Line]) -> list[list[int]]:
    """Indexes of neighbouring lines without a blank line between."""
    runs: list[list[int]] = []
    for index, line in enumerate(lines):
        if runs and lines[index - 1][2] + 1 == line[2]:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs
