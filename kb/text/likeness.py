"""Tell whether two texts are copies of one article, however they are spaced, quoted and framed.

Texts are compared by windows: runs of consecutive words without regard to case, punctuation and white space. An edit
breaks the few windows around it and leaves the others, wherever sentences and paragraphs are cut.
"""

import unicodedata
from hashlib import blake2b

from kb.text.folding import APOSTROPHES, PLAIN_LETTERS

# Marks kept of a text: near-duplicates that share three quarters of their windows share one of four in 99 of 100 cases.
MOST_FINGERPRINTS = 4
# Shorter texts fit several articles: they have no fingerprints and are no article's copy.
FEWEST_WORDS = 50
# Words in a window. Copies of one template differ in a word or figure every few words, so that few windows are whole.
WINDOW = 8
# Scripts without blanks are compared by characters, about two of which make a word.
CHARACTER_WINDOW = 16
# A copy repeats this share of the shorter text, and is no shorter than that part of the longer one: else it is quoted there.
COPIED = 0.7
PART = 0.4
# It keeps the names and figures too, but for two or this share: reports of one template differ in little else.
LOST = 0.2
FEW = 2
# First and last characters of the scripts that put no blanks between words: Thai and Lao, Burmese, Khmer, kana, ideographs.
_WITHOUT_BLANKS = (("\u0e01", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"), ("\u3041", "\u9fff"), ("\U00020000", "\U0003ffff"))  # fmt: skip


def fingerprints(text: str) -> tuple[int, ...]:
    """At most four signed 64-bit marks of a text, ascending: the smallest hashes of its windows.

    The same in every process. Copies of one article share some of them, also when paragraphs were added or removed;
    sharing one is a reason to compare the texts and proves nothing. A short text has none.
    """
    words = words_of(text)
    if _count(words) < FEWEST_WORDS:
        return ()
    window = _window_of(words)
    marks = {
        int.from_bytes(blake2b(" ".join(words[start : start + window]).encode(), digest_size=8).digest(), signed=True)
        for start in range(len(words) - window + 1)
    }
    return tuple(sorted(marks)[:MOST_FINGERPRINTS])


def likeness(a: str, b: str) -> float:
    """The share (0 to 1) of the words of the shorter text that stand in a window which the other text has too.

    Symmetric, 1 for equal texts, 0 when one is shorter than a window. Time grows linearly with both.
    """
    return _likeness(*sorted((words_of(a), words_of(b)), key=lambda words: (len(words), words)))


def is_same_article(a: str, b: str) -> bool:
    """Whether two texts are copies of one article: edited here and there, cut at the end, in another frame.

    Not for a text that quotes another, nor for two of one template, nor for texts of fewer than 50 words.
    """
    (short, text), (long, _) = sorted(((words_of(a), a), (words_of(b), b)), key=lambda one: (len(one[0]), one))
    if _count(short) < FEWEST_WORDS or len(short) < PART * len(long):
        return False
    known = set(long)
    figures = {word for word in short if word[0].isdigit()}
    names = {word for part in text.split() if part[:1].isupper() for word in words_of(part)}
    return _keeps(figures, known) and _keeps(names, known) and _likeness(short, long) >= COPIED


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared; of a script without blanks, its characters."""
    return text.translate(_SPELLING).split()


def _likeness(short: list[str], long: list[str]) -> float:
    window = _window_of(short)
    known = {hash(tuple(long[start : start + window])) for start in range(len(long) - window + 1)}
    found, covered = 0, 0
    for start in range(len(short) - window + 1):
        if hash(tuple(short[start : start + window])) in known:
            end = start + window
            found += end - max(start, covered)
            covered = end
    return found / len(short) if short else 0.0


def _keeps(words: set[str], known: set[str]) -> bool:
    return len(words - known) <= max(FEW, LOST * len(words))


def _is_without_blanks(letter: str) -> bool:
    return any(first <= letter <= last for first, last in _WITHOUT_BLANKS)


def _count(words: list[str]) -> float:
    """How many words these are, two characters of a script without blanks being one."""
    return sum(0.5 if _is_without_blanks(word[0]) else 1 for word in words)


def _window_of(words: list[str]) -> int:
    return CHARACTER_WINDOW if _count(words) < 0.75 * len(words) else WINDOW


class _Spelling(dict):
    """What each character is compared as, worked out when it first occurs."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        plain = unicodedata.normalize("NFKC", letter).casefold().translate(PLAIN_LETTERS)
        category = unicodedata.category(letter)
        if category == "Cf" or letter in APOSTROPHES or "\u064b" <= letter <= "\u0655":
            plain = ""
        elif category == "Nd":
            plain = str(unicodedata.decimal(letter))
        elif category[0] not in "LMN":
            plain = " "
        elif _is_without_blanks(letter) and category[0] != "M":
            plain = " " + plain
        elif not all(one.isalnum() or unicodedata.category(one)[0] == "M" for one in plain):
            plain = "".join(one for one in plain if one.isalnum())
        self[code] = plain
        return plain


_SPELLING = _Spelling()
