"""Reads a claim into its parts: words, names, figures with their units, times, and what turns or weakens the statement."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import re2

from kb.text.calendar_words import MONTHS, SEASONS, WEEKDAYS
from kb.text.folding import fold
from kb.text.printed_days import find_days
from kb.text.words import without_surrogates

from . import vocabulary

# A number with its separators, a letter of a script without blanks, a word, a sign that matters.
PIECE = re2.compile(
    r"\p{Nd}+(?:[.,٫٬\x{A0}\x{202F}]\p{Nd}+)*"
    r"|[\p{Han}\p{Hiragana}\p{Katakana}]|[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}][\p{M}]*"
    r"|[\p{L}\p{M}](?:[\p{L}\p{M}]|\x{200C})*[³]?"
    r"|[%%٪$€£¥&/–-]"
)
FEWEST_LETTERS = 3
FIRST_YEAR, LAST_YEAR = 1500, 2100
# Languages that write 1.500 for fifteen hundred.
COMMA_IS_DECIMAL = frozenset(
    ["de", "fr", "es", "it", "pt", "nl", "ru", "uk", "pl", "cs", "sk", "sl", "hr", "sr", "bg", "ro", "el", "tr", "da", "nb", "no", "fi", "sv"]
)  # fmt: skip
LONGEST_PHRASE = 5


@dataclass(frozen=True, slots=True)
class Piece:
    low: str
    start: int
    end: int
    is_capitalised: bool

    @property
    def is_number(self) -> bool:
        return self.low[0].isdecimal()


@dataclass(slots=True)
class Part:
    """A part of a claim at `text[start:end]`.

    `kind` is word, name, number or time; `key` what it is compared by. `idea` and `side` name the idea that a word
    stands for and whether it says it or its opposite.
    """

    kind: str
    start: int
    end: int
    key: str
    idea: str = ""
    side: int = 0
    value: float = 0.0
    bound: int = 0
    is_weak: bool = False  # a number word that says little: "one of them"
    denies: bool = False  # a verb that says the rest is not so, unless the other claim has its like


@dataclass(slots=True)
class Statement:
    text: str
    language: str = ""
    parts: list[Part] = field(default_factory=list)
    turns: list[Part] = field(default_factory=list)  # not, never, denies
    is_to_come: bool = False
    is_doubtful: bool = False
    is_said: bool = False
    is_passive: bool = False
    compares: bool = False
    pieces: list[Piece] = field(default_factory=list)

    def of(self, kind: str) -> list[Part]:
        return [part for part in self.parts if part.kind == kind]


def pieces_of(text: str) -> list[Piece]:
    return [
        Piece(match.group().casefold(), match.start(), match.end(), match.group()[:1].isupper())
        for match in PIECE.finditer(without_surrogates(text))
    ]


@dataclass(frozen=True, slots=True)
class Meaning:
    kind: str
    name: str = ""
    side: int = 0
    value: float = 0.0


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[tuple[str, ...], list[Meaning]], dict[str, list[Meaning]]]:
    """What each phrase means, and what words mean that begin with certain letters."""
    whole: dict[tuple[str, ...], list[Meaning]] = {}
    begun: dict[str, list[Meaning]] = {}

    def add(words: str, meaning: Meaning) -> None:
        for word in words.split():
            pieces = tuple(piece.low for piece in pieces_of(word.replace("_", " ")))
            if word.endswith("*"):
                begun.setdefault(pieces[0], []).append(meaning)
            elif pieces:
                whole.setdefault(pieces, []).append(meaning)

    for kind, words in (
        ("empty", vocabulary.EMPTY),
        ("not", vocabulary.NOT + vocabulary.DENYING),
        ("will", vocabulary.WILL),
        ("maybe", vocabulary.MAYBE),
        ("said", vocabulary.SAID),
        ("relative", vocabulary.RELATIVE),
        ("quarter", vocabulary.QUARTER),
        ("tenths", vocabulary.TENTHS),
        ("passive", vocabulary.PASSIVE),
    ):
        add(words, Meaning(kind))
    add(vocabulary.MORE_THAN, Meaning("bound", side=1))
    add(vocabulary.LESS_THAN, Meaning("bound", side=-1))
    for line in vocabulary.IDEAS.strip().splitlines():
        says, _bar, denies = line.partition("|")
        name = says.split()[0]
        add(says, Meaning("idea", name, 1))
        add(denies, Meaning("idea", name, -1))
    for factor, words in vocabulary.MAGNITUDES.items():
        add(words, Meaning("magnitude", value=factor))
    for (name, factor), words in vocabulary.UNITS.items():
        add(words, Meaning("unit", name, value=factor))
    for value, words in vocabulary.NUMBERS.items():
        add(words, Meaning("number", value=value))
    for value, words in vocabulary.PARTS.items():
        add(words, Meaning("part", value=value))
    for number, words in enumerate(vocabulary.FIRST_TO_FOURTH, start=1):
        add(words, Meaning("ordinal", value=number))
    return whole, begun


def _set(words: str) -> frozenset[str]:
    return frozenset(piece.low for piece in pieces_of(words.replace("_", " ")))


BEFORE_YEAR, DOUBTFUL = _set(vocabulary.BEFORE_YEAR), _set(vocabulary.DOUBTFUL)
DETERMINERS, VERBS = _set(vocabulary.DETERMINERS), _set(vocabulary.VERBS)
CHINESE_MONTHS = {
    tuple(f"{name}月"): number
    for number, name in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], start=1)
}


class Reader:
    """Reads one text once, from left to right; every look back or ahead is a bounded way."""

    def __init__(self, text: str, language: str, names: frozenset[str]):
        self.text, self.language, self.names = text, language.partition("-")[0].lower(), names
        self.statement = Statement(text, self.language, pieces=pieces_of(text))
        self.pieces = self.statement.pieces
        self.taken = [False] * len(self.pieces)

    def read(self) -> Statement:
        for take in (self._days, self._dates, self._figures, self._words):
            take()
        self.statement.parts.sort(key=lambda part: (part.start, part.end))
        return self.statement

    # Looking around

    def _low(self, place: int) -> str:
        return self.pieces[place].low if 0 <= place < len(self.pieces) else ""

    def _meanings(self, place: int) -> tuple[int, list[Meaning]]:
        """How many pieces from here on are one phrase, and what it means."""
        whole, begun = _phrases()
        lows = tuple(self._low(place + ahead) for ahead in range(LONGEST_PHRASE))
        for length in range(LONGEST_PHRASE, 0, -1):
            if found := whole.get(lows[:length]):
                return length, found
        word = lows[0]
        for length in range(len(word), 1, -1):
            if found := begun.get(word[:length]):
                return 1, found
        return 1, []

    def _meaning(self, place: int, *kinds: str) -> tuple[int, Meaning | None]:
        whole, begun = _phrases()
        lows = tuple(self._low(place + ahead) for ahead in range(LONGEST_PHRASE))
        for length in range(LONGEST_PHRASE, 0, -1):
            for meaning in whole.get(lows[:length], ()):
                if meaning.kind in kinds and all(lows[:length]):
                    return length, meaning
        for length in range(len(lows[0]), 1, -1):
            for meaning in begun.get(lows[0][:length], ()):
                if meaning.kind in kinds:
                    return 1, meaning
        return 0, None

    def _add(self, kind: str, first: int, last: int, key: str, **more) -> Part:
        """A part made of the pieces from first to last, both included."""
        part = Part(kind, self.pieces[first].start, self.pieces[last].end, key, **more)
        for place in range(first, last + 1):
            self.taken[place] = True
        self.statement.parts.append(part)
        return part

    # Times

    def _days(self) -> None:
        for day in find_days(self.text, at_most=8):
            inside = [place for place, one in enumerate(self.pieces) if day.start <= one.start and one.end <= day.end]
            if (
                inside
                and day.edtf
                and len(inside) == len([one for one in self.pieces if one.start < day.end and one.end > day.start])
            ):
                self._add("time", inside[0], inside[-1], day.edtf)

    def _dates(self) -> None:
        for place, piece in enumerate(self.pieces):
            if self.taken[place]:
                continue
            length, meaning = self._meaning(place, "relative")
            if (meaning and self.language != "fr") or (meaning and piece.low != "hier"):
                self._add("time", place, place + length - 1, "~" + "".join(self._low(place + n) for n in range(length)))
            elif self._ideographic(place) or self._quarter(place):
                continue
            elif piece.low in MONTHS or self._dotless(place) in MONTHS:
                self._month(place)
            elif piece.low in SEASONS:
                self._season(place)
            elif piece.low in WEEKDAYS and len(piece.low) > 3 and piece.low not in DOUBTFUL:
                self._add("time", place, place, f"weekday {WEEKDAYS[piece.low]}")
            elif self._is_year(place):
                if self._low(place + 1) == "s" and piece.low.endswith("0"):
                    self._add("time", place, place + 1, piece.low[:3] + "X")
                else:
                    self._add("time", place, place, _digits(piece.low))

    def _dotless(self, place: int) -> str:
        return unicodedata.normalize("NFC", self._low(place))

    def _ideographic(self, place: int) -> bool:
        """2024年5月, 5月, 七月."""
        for name, number in CHINESE_MONTHS.items():
            if tuple(self._low(place + n) for n in range(len(name))) == name:
                self._add("time", place, place + len(name) - 1, f"XXXX-{number:02}")
                return True
        if not self.pieces[place].is_number:
            return False
        number = _digits(self._low(place))
        if self._low(place + 1) in ("年", "년") and self._year(number):
            last, key = place + 1, number
            if self._is_figure(place + 2) and self._low(place + 3) in ("月", "월"):
                last, key = place + 3, f"{number}-{int(_digits(self._low(place + 2))):02}"
            self._add("time", place, last, key)
            return True
        if self._low(place + 1) in ("月", "월") and self._is_figure(place) and 1 <= int(number) <= 12:
            self._add("time", place, place + 1, f"XXXX-{int(number):02}")
            return True
        return False

    def _quarter(self, place: int) -> bool:
        length, ordinal = self._meaning(place, "ordinal")
        if not ordinal:
            return False
        more, quarter = self._meaning(place + length, "quarter")
        if not quarter:
            return False
        last = place + length + more - 1
        year = next((ahead for ahead in (last + 1, last + 2) if self._year(_digits(self._low(ahead)))), None)
        key = f"{_digits(self._low(year)) if year else 'XXXX'}-Q{ordinal.value:.0f}"
        self._add("time", place, year or last, key)
        return True

    def _month(self, place: int) -> None:
        month = MONTHS.get(self._low(place)) or MONTHS[self._dotless(place)]
        first = last = place
        year = day = ""
        before = place - 2 if self._low(place - 1) in ("st", "nd", "rd", "th", "er", "de", "го") else place - 1
        if (
            before >= 0
            and self._is_figure(before)
            and not self.taken[before]
            and 1 <= int(_digits(self._low(before))) <= 31
        ):
            first, day = before, _digits(self._low(before))
        ahead = place + 1
        if self._low(ahead) in ("of", "de", "سال", "عام"):
            ahead += 1
        if self._year(_digits(self._low(ahead))):
            last, year = ahead, _digits(self._low(ahead))
        elif not day and self._is_figure(place + 1) and 1 <= int(_digits(self._low(place + 1))) <= 31:
            last, day = place + 1, _digits(self._low(place + 1))
        doubtful = self._low(place) in DOUBTFUL and not (day or year)
        if doubtful and not (self._low(place - 1) in BEFORE_YEAR | DETERMINERS and self.pieces[place].is_capitalised):
            return
        key = f"{year or 'XXXX'}-{month:02}" + (f"-{int(day):02}" if day else "")
        self._add("time", first, last, key)

    def _season(self, place: int) -> None:
        ahead = place + 1 + (self._low(place + 1) in ("of", "de"))
        if self._year(_digits(self._low(ahead))):
            self._add("time", place, ahead, f"{_digits(self._low(ahead))}-{SEASONS[self._low(place)]}")

    def _is_figure(self, place: int) -> bool:
        low = self._low(place)
        return low != "" and len(low) <= 2 and low.isdecimal()

    def _year(self, number: str) -> bool:
        return len(number) == 4 and number.isdigit() and FIRST_YEAR <= int(number) <= LAST_YEAR

    def _is_year(self, place: int) -> bool:
        if not self._year(_digits(self._low(place))) or self._meaning(place + 1, "magnitude", "unit")[1]:
            return False
        if self._low(place - 1) in BEFORE_YEAR or place == 0:
            return True
        if self._low(place - 1) in ("$", "€", "£", "¥"):
            return False
        following = self._low(place + 1)
        gap = self.text[self.pieces[place].end : self.pieces[place + 1].start] if following else "."
        return bool(gap.strip()) or bool(self._meaning(place + 1, "empty")[1])

    # Figures

    def _figures(self) -> None:
        place = 0
        while place < len(self.pieces):
            place = self._figure(place) if not self.taken[place] else place + 1

    def _figure(self, place: int) -> int:
        """Take the figure that begins here, if one does; where to go on."""
        first = place
        length, part = self._meaning(place, "part")
        if part and not self._meaning(place + length, "quarter")[1]:
            self._number(first, place + length - 1, part.value, "%")
            return place + length
        if self._low(place) in ("$", "€", "£", "¥") or (self._low(place) == "us" and self._low(place + 1) == "$"):
            sign = place + (self._low(place) == "us")
            value, after = self._value(sign + 1)
            if value is None:
                return place + 1
            _length, unit = self._meaning(sign, "unit")
            length, again = self._meaning(after, "unit")
            if again and again.name == unit.name:
                after += length
            self._number(first, after - 1, value, unit.name)
            return after
        if self._low(place) == "百" and self._low(place + 1) == "分" and self._low(place + 2) == "之":
            value, after = self._value(place + 3)
            if value is not None:
                self._number(first, after - 1, value, "%")
                return after
        value, after = self._value(place)
        if value is None:
            return place + 1
        length, tenths = self._meaning(after, "tenths")
        if tenths:
            self._number(first, after + length - 1, value * 10, "%")
            return after + length
        if self._low(after) in ("in", "von", "sur", "out") and value < 100:
            whole, end = self._value(after + (2 if self._low(after) == "out" else 1))
            if whole is not None and value < whole <= 1000 and not self._is_year(after + 1):
                self._number(first, end - 1, 100 * value / whole, "%")
                return end
        # "240 milliards de dollars"
        after_of = after + (self._low(after) in ("de", "d"))
        length, unit = self._meaning(after_of, "unit")
        if unit:
            after = after_of
            self._number(first, after + length - 1, value * unit.value, unit.name)
            return after + length
        before = self.pieces[place - 1] if place else None
        if (
            before is not None
            and (place > 1 or self._low(place) not in "0123456789")
            and before.is_capitalised
            and self.pieces[place].is_number
            and after == place + 1
            and value < 1000
            and not self.taken[place - 1]
            and place > 1
            and not self._meaning(place - 1, "empty", "bound")[1]
        ):
            # "Siberia 2", "S-400": the number belongs to the name.
            self._add("name", place, place, _digits(self._low(place)))
            return after
        self._number(first, after - 1, value, "")
        return after

    def _number(self, first: int, last: int, value: float, unit: str) -> None:
        bound = 0
        for back in (3, 2, 1):
            length, meaning = self._meaning(first - back, "bound") if first >= back else (0, None)
            if meaning and length == back:
                bound = meaning.side
                for place in range(first - back, first):
                    self.taken[place] = True
                break
        is_weak = value <= 1 and not unit and not self.pieces[first].is_number
        self._add("number", first, last, unit, value=value, bound=bound, is_weak=is_weak)

    def _value(self, place: int) -> tuple[float | None, int]:
        """The number that begins here with its magnitudes, and the place behind it."""
        low = self._low(place)
        if not low or self.taken[place]:
            return None, place
        if low[0].isdecimal():
            value, place = _number_of(low, self.language), place + 1
        else:
            length, number = self._meaning(place, "number")
            if not number:
                return None, place
            value, place = number.value, place + length
            if 20 <= value < 100:
                length, ones = self._meaning(place + (self._low(place) == "-"), "number")
                if ones and 0 < ones.value < 10:
                    value, place = value + ones.value, place + (self._low(place) == "-") + length
        for _twice in range(2):
            length, magnitude = self._meaning(place, "magnitude")
            if not magnitude or (self._low(place) == "m" and not self._glued(place)):
                break
            value, place = value * magnitude.value, place + length
        return value, place

    def _glued(self, place: int) -> bool:
        return self.pieces[place - 1].end == self.pieces[place].start

    # Words

    def _words(self) -> None:
        place = 0
        statement = self.statement
        while place < len(self.pieces):
            if self.taken[place]:
                place += 1
                continue
            length, meanings = self._meanings(place)
            kinds = {meaning.kind for meaning in meanings}
            last = place + length - 1
            start, end = self.pieces[place].start, self.pieces[last].end
            if "passive" in kinds:
                statement.is_passive = True
            if self._low(place) in ("than", "als", "que", "чем"):
                statement.compares = True
            idea = next((meaning for meaning in meanings if meaning.kind == "idea"), None)
            if ("not" in kinds and not idea) or self._contracted(place):
                statement.turns.append(Part("word", start, end, "not"))
            if "will" in kinds:
                statement.is_to_come = True
            elif "maybe" in kinds and not self.pieces[place].is_capitalised:
                statement.is_doubtful = True
            elif "said" in kinds:
                statement.is_said = True
            # "Trade grew", "the Joint Comprehensive Plan of Action (JCPOA)": capitals alone make no other name of them.
            is_known = place == 0 or length > 1 or (end - start > 1 and self.text[start:end].isupper())
            if idea and (is_known or not self._is_name(place)):
                denies = "not" in kinds
                self._add("word", place, last, self._key(place), idea=idea.name, side=idea.side, denies=denies)
            elif not meanings or kinds <= {
                "idea",
                "unit",
                "magnitude",
                "quarter",
                "ordinal",
                "tenths",
                "number",
                "part",
                "bound",
            }:
                self._word(place)
                last = place
            place = last + 1

    def _contracted(self, place: int) -> bool:
        """don't, wasn't."""
        low = self._low(place)
        return low.endswith("n") and self._low(place + 1) == "t" and self.text[self.pieces[place].end :][:1] in "'’"

    def _word(self, place: int) -> None:
        piece = self.pieces[place]
        if not piece.low[0].isalpha():
            return
        key = self._key(place)
        if key:
            self._add("name" if self._is_name(place) else "word", place, place, key)

    def _key(self, place: int) -> str:
        low = self._low(place)
        key = low if low.isascii() else fold(low) or low
        if key.startswith("ال") and len(key) > 4:
            key = key[2:]
        return key

    def _is_name(self, place: int) -> bool:
        piece = self.pieces[place]
        if self._key(place) in self.names:
            return True
        if not piece.is_capitalised:
            return False
        printed = self.text[piece.start : piece.end]
        if len(printed) > 1 and printed.isupper():
            return True
        if self.language == "de":
            before = self._low(place - 1)
            return (
                before not in DETERMINERS
                and not (before and before[0].isdecimal())
                and (place > 0 or self._low(1) in VERBS or self._low(1).endswith("te"))
            )
        begins = place == 0 or self.text[self.pieces[place - 1].end : piece.start].strip() in (".", "!", "?", ":")
        if not begins:
            return True
        if place + 1 == len(self.pieces):
            return False
        following = self.pieces[place + 1]
        return following.is_capitalised or following.low in VERBS or following.low.endswith("ed")


def read(text: str, language: str = "", names: frozenset[str] = frozenset()) -> Statement:
    """The parts of a claim. `language` (BCP 47) tells how numbers are written; `names` are folded names that are known."""
    return Reader(text, language, names).read()


def fragments(statement: Statement) -> Iterator[str]:
    """Pieces of three letters and more by which a claim that says the same may be found, as they are printed, once each."""
    seen = set()
    run: list[Piece] = []
    for piece in [*statement.pieces, None]:
        if (
            piece is not None
            and len(piece.low) <= 2
            and _is_ideograph(piece.low)
            and (not run or run[-1].end == piece.start)
        ):
            run.append(piece)
            continue
        letters = "".join(one.low for one in run)
        found = [letters[start : start + 3] for start in range(len(letters) - 2)]
        run = [piece] if piece is not None and _is_ideograph(piece.low) else []
        if piece is not None and not run and not _is_empty(piece.low):
            found.append(_stem(piece.low))
        for fragment in found:
            if len(fragment) >= FEWEST_LETTERS and fragment not in seen:
                seen.add(fragment)
                yield fragment


def _is_ideograph(low: str) -> bool:
    return "\u3041" <= low[0] <= "\u9fff" or "\U00020000" <= low[0] <= "\U0003ffff"


def _is_empty(low: str) -> bool:
    return any(meaning.kind == "empty" for meaning in _phrases()[0].get((low,), ()))


def _stem(low: str) -> str:
    if low[0].isdecimal():
        return low
    low = low.removeprefix("ال") if len(low) > 4 else low
    return low[: max(4, min(6, len(low) - 2))]


def _digits(low: str) -> str:
    return "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in low)


def _number_of(printed: str, language: str) -> float:
    """The value of a number as printed; one separator before three digits is read as the language writes it."""
    number = _digits(printed).replace("٬", ",").replace("٫", ".").replace("\xa0", "").replace("\u202f", "")
    decimal_point = "." not in number or "," not in number or number.rfind(".") > number.rfind(",")
    if "." in number and "," in number:
        number = number.replace("," if decimal_point else ".", "").replace(",", ".")
    elif "," in number or "." in number:
        mark = "," if "," in number else "."
        groups = number.split(mark)
        grouped = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0] != "0"
        as_thousands = (language in COMMA_IS_DECIMAL) == (mark == ".") or "٬" in printed
        if "٫" not in printed and grouped and (len(groups) > 2 or as_thousands):
            number = "".join(groups)
        else:
            number = "".join(groups[:-1]) + "." + groups[-1] if len(groups) > 1 else number
    try:
        return float(number)
    except ValueError:
        return 0.0
