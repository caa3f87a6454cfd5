"""Which way words run: runs of the other direction within a line, isolates round them, and characters that turn text.

Lines of two directions are drawn by the Unicode Bidirectional Algorithm (UAX 9), which guesses where a run ends: a figure
behind an Arabic name jumps to its other side, a bracket turns. An isolate round each run says it instead. In HTML that is
`<bdi>`, which leaves the text as it is, so that anchors count the same (`markup`); in plain text it is a pair of
characters, written at output and never stored.
"""

import unicodedata
from typing import Literal

type Direction = Literal["ltr", "rtl"]

# Embeddings, overrides and isolates: what is read then is not what is stored. The marks of direction (U+200E, U+200F,
# U+061C) turn nothing around, and who types Persian or Arabic uses them.
TURNING = {
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
_AS_SIGNS = str.maketrans({sign: f"⟨{name}⟩" for sign, name in TURNING.items()})
_TAKEN_OUT = str.maketrans(dict.fromkeys(TURNING))
ISOLATES: dict[str | None, str] = {"ltr": "\u2066", "rtl": "\u2067", None: "\u2068"}
END_OF_ISOLATE = "\u2069"

# What is read of a text to tell its direction.
SAMPLE = 6_000
# So many times as many letters of one direction decide, whatever the text begins with.
CLEARLY = 2
# Brackets are looked for so far back.
FARTHEST_PAIR = 400
AROUND = 16
_LEFT, _RIGHT, _MARK, _END, _NEITHER = "LRM\n "
_KINDS = {"L": _LEFT, "R": _RIGHT, "AL": _RIGHT, "NSM": _MARK, "B": _END}


class _Kinds(dict):
    """Maps every character to the way it runs; filled as characters turn up."""

    def __missing__(self, code: int) -> str:
        self[code] = kind = _KINDS.get(unicodedata.bidirectional(chr(code)), _NEITHER)
        return kind


# The Arabic comma stands between Arabic words: a run of Latin ones does not reach over it.
_kinds = _Kinds({ord("،"): _RIGHT})
# Figures that people write with letters of a direction.
_FIGURES = {"ltr": frozenset("0123456789"), "rtl": frozenset("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_CLOSED_BY = dict(zip("([{«“‘‹⟨", ")]}»”’›⟩", strict=True))
# Signs that belong to the word they touch.
_BEFORE, _BEHIND = frozenset("#@$€£¥+~/\\_&"), frozenset("%°/+#*_&")


def turning_in(text: str) -> list[tuple[int, str]]:
    """The characters of a text that turn what stands behind them around: the place of each, from 0, and its short name."""
    if text.isascii():
        return []
    return [(place, TURNING[letter]) for place, letter in enumerate(text) if letter in TURNING]


def says_turning(text: str) -> str:
    """The first of them by name, with its place counted from 1 and the words around it; empty without one."""
    found = turning_in(text)
    if not found:
        return ""
    place, name = found[0]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"U+{ord(text[place]):04X} ({name}) at character {place + 1}, in “{around(text, place)}”{more}"


def around(text: str, place: int) -> str:
    """A few words round a place, on one line, with signs for what cannot be seen."""
    return with_signs(" ".join(text[max(place - AROUND, 0) : place + AROUND].split()))


def with_signs(text: str) -> str:
    """The text with each turning character as a sign that is seen and turns nothing: ⟨RLO⟩."""
    return text if text.isascii() else text.translate(_AS_SIGNS)


def without_turning(text: str) -> str:
    return text if text.isascii() else text.translate(_TAKEN_OUT)


def direction_of(text: str) -> Direction | None:
    """The direction in which most letters of a text run (their Unicode bidi class); None without letters or at a tie."""
    kinds = text[:SAMPLE].translate(_kinds)
    left, right = kinds.count(_LEFT), kinds.count(_RIGHT)
    if left == right:
        return None
    return "ltr" if left > right else "rtl"


def direction_of_line(text: str) -> Direction | None:
    """The direction that a line or paragraph is written in; None without letters.

    That of most of its letters where these are many more than the others, else that of its first: an English sentence may
    begin with an Arabic name, and one that is half names is still English.
    """
    sample = text[:SAMPLE]
    if sample.isascii():
        return "ltr" if sample.lower() != sample.upper() else None
    kinds = sample.translate(_kinds)
    left, right = kinds.count(_LEFT), kinds.count(_RIGHT)
    if not left or not right or max(left, right) >= CLEARLY * min(left, right):
        return "ltr" if left > right else "rtl" if right else None
    return "ltr" if kinds.index(_LEFT) < kinds.index(_RIGHT) else "rtl"


def runs(text: str, direction: str) -> list[tuple[int, int]]:
    """The runs of the other direction within lines of this one, as (start, end), in order.

    A run goes from its first letter to its last, over what stands between; figures, signs and closing brackets that
    belong to it go along. Linear in the text.
    """
    if direction == "ltr" and text.isascii():
        return []
    kinds = text.translate(_kinds)
    own, other, way = (_LEFT, _RIGHT, "rtl") if direction == "ltr" else (_RIGHT, _LEFT, "ltr")
    found: list[tuple[int, int]] = []
    # Where the next letter of the line's own stands, and the next end of a line: each is looked for once.
    next_own = next_end = -1
    floor = 0
    start = kinds.find(other)
    while start >= 0:
        next_own = _next(kinds, own, start, next_own)
        next_end = _next(kinds, _END, start, next_end)
        stop = min(next_own, next_end)
        end = kinds.rfind(other, start, stop) + 1
        while end < stop and kinds[end] == _MARK:
            end += 1
        floor = max(
            found[-1][1] if found else 0,
            kinds.rfind(own, floor, start) + 1,
            kinds.rfind(_END, floor, start) + 1,
        )
        found.append(_whole(text, start, end, floor, stop, way))
        start = kinds.find(other, stop)
    return found


def _next(kinds: str, kind: str, start: int, known: int) -> int:
    if known >= start:
        return known
    place = kinds.find(kind, start)
    return place if place >= 0 else len(kinds)


def _whole(text: str, start: int, end: int, floor: int, ceiling: int, direction: Direction) -> tuple[int, int]:
    """The run with what belongs to it of the signs and figures on both sides: from `floor`, up to `ceiling`."""
    figures = _FIGURES[direction]
    for place in range(ceiling - 1, end - 1, -1):
        if text[place] in figures:
            end = place + 1
            break
    start = _with_figures_before(text, start, floor, figures)
    while start > floor and text[start - 1] in _BEFORE:
        start -= 1
    while end < ceiling and (text[end].isdigit() or text[end] in _BEHIND):
        end += 1
    return start, _with_closing(text, start, end, ceiling)


def _with_figures_before(text: str, start: int, floor: int, figures: frozenset) -> int:
    """A number that stands directly before the run, or one blank away: "12 June", "5G"."""
    place = start
    if place > floor and text[place - 1] == " ":
        place -= 1
    number = place
    while number > floor and text[number - 1] in figures:
        number -= 1
    return number if number < place else start


def _with_closing(text: str, start: int, end: int, ceiling: int) -> int:
    """Brackets that open within the run close within it; within a pair round it, what stands before its end belongs to it."""
    open_ones: list[str] = []
    for sign in text[max(start, end - FARTHEST_PAIR) : end]:
        if sign in _CLOSED_BY:
            open_ones.append(_CLOSED_BY[sign])
        elif open_ones and sign == open_ones[-1]:
            open_ones.pop()
    for place in range(end, min(ceiling, end + 8)):
        if not open_ones:
            break
        if text[place] == open_ones[-1]:
            open_ones.pop()
            end = place + 1
        elif text[place].isspace():
            break
    around = _CLOSED_BY.get(text[start - 1 : start])
    if around:
        for place in range(end, min(ceiling, end + 4)):
            if text[place] == around:
                return place
            if text[place].isspace():
                break
    return end


def isolated(text: str, direction: str = "", *, own: str = "") -> str:
    """One line of plain text whose runs keep their places wherever it stands, between words of this direction.

    Its `own` direction is told from its letters where nobody knows better. Turning characters in it are shown, or
    they would end the isolates early.
    """
    words = with_signs(" ".join(text.split()))
    own = own or direction_of_line(words)
    pieces, last = [], 0
    for start, end in runs(words, own) if own else ():
        other = ISOLATES["ltr" if own == "rtl" else "rtl"]
        pieces += [words[last:start], other, words[start:end], END_OF_ISOLATE]
        last = end
    words = "".join([*pieces, words[last:]])
    return words if own == direction or not own else f"{ISOLATES[own]}{words}{END_OF_ISOLATE}"
