"""A text in one spelling of its characters, in which every place knows where it stood.

White space, quotes, dashes, composed and decomposed letters and invisible characters differ between programs that took
the same words from the same page; words, case and marks stay as they are.
"""

import unicodedata
from array import array
from bisect import bisect_left, bisect_right

_ONE_FOR_ONE = str.maketrans(
    dict.fromkeys("“”„‟«»″〝〞＂", '"') | dict.fromkeys("‘’‚‛`´′ʼ＇", "'") | dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
)
# Soft hyphen, zero-width spaces and marks of direction. Joiners stay: they part Persian words and make emoji.
_INVISIBLE = frozenset("\xad\u200b\u2060\ufeff\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PLAIN, _SPACE, _HIDDEN, _MARK, _JOINER, _FLAG, _JAMO, _ALONE = range(8)


class _Kinds(dict):
    """What a character is for the folding; asked once for each."""

    def __missing__(self, letter: str) -> int:
        code = ord(letter)
        if letter.isspace():
            kind = _SPACE
        elif letter in _INVISIBLE:
            kind = _HIDDEN
        elif code == 0x200D:
            kind = _JOINER
        elif unicodedata.category(letter)[0] == "M" or code == 0x200C or _tints(code):
            kind = _MARK
        elif 0x1F1E6 <= code <= 0x1F1FF:
            kind = _FLAG
        elif 0x1100 <= code <= 0x11FF:
            kind = _JAMO
        else:
            kind = _ALONE if letter == "…" or unicodedata.normalize("NFC", letter) != letter else _PLAIN
        self[letter] = kind
        return kind


_KINDS = _Kinds()


class Folded:
    """`text` is the folded text; positions are code points, `edges` says where a character of a reader begins."""

    __slots__ = ("at", "edges", "text", "to")

    def __init__(self, text: str):
        self.at, self.to, self.edges = array("L"), array("L"), bytearray()
        pieces: list[str] = []
        letters = text.translate(_ONE_FOR_ONE)
        kinds = [_KINDS[letter] for letter in letters]
        kinds.append(_PLAIN)
        done = 0
        for place, kind in enumerate(kinds):
            if not kind or place < done or (letters[place] == " " and kinds[place + 1] == _PLAIN):
                continue
            start, end = _piece(kinds, place, done)
            self._plain(pieces, letters, done, start)
            words = _folded(letters[start:end], kinds[start:end])
            pieces.append(words)
            self.at.extend([start] * len(words))
            self.to.extend([end] * len(words))
            # Characters that belong together: a place inside them is none.
            if words:
                is_edge = start == 0 or kinds[start] not in (_MARK, _JOINER)
                self.edges.extend(bytes([is_edge]) + b"\0" * (len(words) - 1))
            done = end
        self._plain(pieces, letters, done, len(letters))
        self.edges.append(1)
        self.text = "".join(pieces)

    def _plain(self, pieces: list[str], letters: str, start: int, end: int) -> None:
        pieces.append(letters[start:end])
        self.at.extend(range(start, end))
        self.to.extend(range(start + 1, end + 1))
        self.edges.extend(b"\1" * (end - start))

    def inside(self, start: int, end: int) -> tuple[int, int]:
        """The folded stretch that holds `[start, end)` of the text."""
        first = bisect_right(self.to, start)
        return first, max(first, bisect_left(self.at, end))

    def outside(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded stretch stands in the text."""
        return self.at[start], self.to[end - 1]

    def is_whole(self, start: int, end: int) -> bool:
        """Whether neither end cuts a character that readers see as one."""
        return bool(self.edges[start] and self.edges[end])


def fold(words: str) -> str:
    """The words in the spelling of a folded text."""
    return Folded(words).text


def _piece(kinds: list[int], place: int, done: int) -> tuple[int, int]:
    """Start and end of what belongs together with the character at `place`."""
    kind, end = kinds[place], place + 1
    if kind in (_SPACE, _HIDDEN):
        while kinds[end] in (_SPACE, _HIDDEN):
            end += 1
    elif kind == _FLAG:
        end += kinds[end] == _FLAG
    elif kind == _JAMO:
        while kinds[end] == _JAMO:
            end += 1
    elif kind in (_MARK, _JOINER):
        place -= place > done
        while kinds[end] in (_MARK, _JOINER) or (kinds[end - 1] == _JOINER and end < len(kinds) - 1 and not kinds[end]):
            end += 1
    if kind in (_FLAG, _JAMO, _ALONE):
        while kinds[end] in (_MARK, _JOINER):
            end += 1
    return place, end


def _folded(words: str, kinds: list[int]) -> str:
    if kinds[0] in (_SPACE, _HIDDEN):
        return " " if _SPACE in kinds else ""
    return "..." if words == "…" else unicodedata.normalize("NFC", words)


def _tints(code: int) -> bool:
    """Colours of skin, and the letters that make flags of regions."""
    return 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F
