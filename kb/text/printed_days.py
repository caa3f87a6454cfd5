"""Finds whole days in running text, in the forms and languages in which newspapers print them."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

import re2 as re

from kb.text import solar_hijri
from kb.text.calendar_words import BETWEEN_TWO, MONTHS, SHORT_MONTHS, SOLAR_HIJRI_MONTHS
from kb.text.folding import PLAIN_LETTERS
from kb.text.words import without_surrogates

type Calendar = Literal["gregorian", "solar-hijri", "thai"]

# Years far off are figures that only look like a date.
FIRST_YEAR, LAST_YEAR = 1700, 2200
# Years of the Solar Hijri calendar that are printed in figures alone: in the other Islamic calendar they passed before 1990.
_SOLAR_FIGURES = range(1370, 1410)
_SOLAR_YEARS = range(1300, 1451)
# The Thai calendar is the Gregorian one with its years counted from 543 before.
_THAI_YEARS, _THAI_OFFSET = range(2450, 2650), 543


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day as printed, at `text[start:end]`; `edtf` is None when day and month could be either way round.

    `calendar` is the one it is printed in; `edtf` is always the Gregorian day.
    """

    start: int
    end: int
    edtf: str | None
    calendar: Calendar = "gregorian"


class _OneForOne(dict):
    """One character for each, so that positions stay: lower case, no accents, plain blanks, ASCII digits."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = unicodedata.normalize("NFKC", letter).casefold().translate(PLAIN_LETTERS)
        if letter.isdecimal():
            plain = str(unicodedata.decimal(letter))
        elif letter.isspace() or unicodedata.category(letter) in ("Cf", "Co"):
            plain = " "
        elif (code < 0x0530 or 0x1E00 <= code < 0x2000) and plain:
            plain = unicodedata.normalize("NFD", plain)[0].translate(PLAIN_LETTERS)
        self[code] = plain if len(plain) == 1 else letter
        return self[code]


class _LettersAndPoints(dict):
    """Letters and points; everything else is a blank."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = letter if letter == "." or unicodedata.category(letter)[0] in "LM" else " "
        return self[code]


_ONE_FOR_ONE = _OneForOne()
_LETTERS = _LettersAndPoints()


def _folded(names: dict[str, int], shift: int = 0) -> dict[str, int]:
    return {name.translate(_ONE_FOR_ONE): number + shift for name, number in names.items()}


# A month name is matched as one sign of a private area, made as long as the name by another, so that positions stay.
_SIGN, _FILLER = 0xE000, "\ue0ff"
_SOLAR_SHIFT, _BETWEEN_SHIFT = 20, 40
_SIGNS = (
    _folded(MONTHS)
    | _folded(SHORT_MONTHS)
    | _folded(SOLAR_HIJRI_MONTHS, _SOLAR_SHIFT)
    | {name: _BETWEEN_SHIFT for name in BETWEEN_TWO}
)
_BEGIN_PAIRS = frozenset(name.partition(" ")[0] for name in _SIGNS if " " in name)
_YEAR = re.compile(r"[0-9]{4}")
_MONTH = "[\ue001-\ue0fe]\ue0ff*"
_DAY = re.compile(
    # 12 May 2025, 12. März 2025, 1er avril 2025, 12 de mayo de 2025, 12 أيار/مايو 2025
    rf"(?P<d1>\d{{1,2}})(?P<o1>st|nd|rd|th|er|\.|º|ª|o|a)?(?:-го)?,?(?: *|\.)(?:de |d['’]|of |di |ha |من |ng |ב)?(?P<m1>{_MONTH})(?: ?/ ?{_MONTH})?\.?,? *(?:de |del |din )?(?P<y1>\d{{4}})"
    # May 12, 2025
    rf"|(?P<m2>{_MONTH})\.? +(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<y2>\d{{4}})"
    # 2025. május 12., 2025 m. gegužės 12 d., 2025 May 12
    rf"|(?P<y3>\d{{4}})(?:\.|,| m\.)? +(?P<m3>{_MONTH})\.? +(?P<d3>\d{{1,2}})"
    # 2025. gada 12. maijā, 2025 жылғы 12 мамыр
    rf"|(?P<y4>\d{{4}})(?:\. gada|\.| жылғы| ж\.) +(?P<d4>\d{{1,2}})\.? +(?P<m4>{_MONTH})"
    # 2025年3月12日, 2025년 3월 12일
    r"|(?P<y5>\d{4}) ?[年년] ?(?P<m5>\d{1,2}) ?[月월] ?(?P<d5>\d{1,2}) ?[日일号號]"
    # 12 tháng 5, 2025; 12 tháng 5 năm 2025
    r"|(?P<d6>\d{1,2}) thang (?P<m6>\d{1,2})(?:,| nam)* (?P<y6>\d{4})"
    # 2025-05-12, 2025/5/12, 2025.5.12, 2025. 05. 12.
    r"|(?P<y7>\d{4})(?P<s7>[-/.]|\. )(?P<m7>\d{1,2})(?:[-/.]|\. )(?P<d7>\d{1,2})"
    # 12/5/2025, 12.5.2025, 12. 5. 2025
    r"|(?P<d8>\d{1,2})(?P<s8>[-/.]|\. )(?P<m8>\d{1,2})(?:[-/.]|\. )(?P<y8>\d{4})"
    # 12-May-2025
    rf"|(?P<d9>\d{{1,2}})[-/](?P<m9>{_MONTH})[-/](?P<y9>\d{{4}})"
)
_MONTH_ONLY = re.compile(rf"^(?P<m>{_MONTH})\.?,? +(?:de |del )?(?P<y>\d{{4}})$")
_FORMS = "123456789"


def find_days(text: str, *, at_most: int = 4, day_first: bool | None = None) -> list[PrintedDay]:
    """The first whole days printed in a text, each with its position; impossible days are none.

    A day with a month name of the Solar Hijri calendar, or with a Thai year, counts as the Gregorian day that it is.
    `day_first` tells how 2/5/2025 is meant, where the caller knows. Linear in the text.
    """
    plain = _signed(text)
    days = []
    for match in _DAY.finditer(plain):
        start, end = match.span()
        if _stands_free(text, start, end) and (day := _read(match, text[start:end], day_first)) is not None:
            days.append(PrintedDay(start, end, *day))
            if len(days) == at_most:
                break
    return days


def read_month(text: str) -> str | None:
    """The EDTF month of a line that is a month and a year and nothing else."""
    if match := _MONTH_ONLY.match(_signed(text.strip())):
        number = ord(match["m"][0]) - _SIGN
        return f"{match['y']}-{number:02}" if number <= 12 and _is_year(int(match["y"])) else None
    return None


def _signed(text: str) -> str:
    """The text in plain characters with a sign for each month name; nothing if it holds no year."""
    plain = without_surrogates(text).translate(_ONE_FOR_ONE)
    if not _YEAR.search(plain):
        return ""
    words = plain.translate(_LETTERS).split()
    pieces, position, start = [], 0, 0
    for place, word in enumerate(words):
        start = plain.index(word, start)
        name = word.strip(".")
        first = start + word.index(name)
        start += len(word)
        if not name or first < position:
            continue
        if name in _BEGIN_PAIRS and place + 1 < len(words):
            pair = f"{name} {words[place + 1]}"
            name = pair if pair in _SIGNS and plain.startswith(pair, first) else name
        sign = _SIGNS.get(name)
        if sign is None and (seam := _seam(text[first : first + len(name)])):
            name, first = name[seam:], first + seam
            sign = _SIGNS.get(name)
        if sign is not None:
            pieces += plain[position:first], chr(_SIGN + sign), _FILLER * (len(name) - 1)
            position = first + len(name)
    return "".join(pieces) + plain[position:]


def _seam(word: str) -> int:
    """Where another word is glued to a name: "ReutersMay", or the Hebrew "in", which is the first letter of a word."""
    if word[0] == "ב":
        return 1
    if word[1:].islower():
        return 0
    return next((place for place in range(1, len(word)) if word[place].isupper() and word[place - 1].islower()), 0)


def _stands_free(text: str, start: int, end: int) -> bool:
    """Not a piece of a longer number or word; a name glued before a digit or a capital is allowed."""
    before, first, after = text[start - 1 : start], text[start], text[end : end + 1]
    if before.isdecimal() or after.isdecimal() or (before in tuple("-/.") and first.isdecimal() and before):
        return False
    return not (first.isalpha() and before.isalpha() and not (before.islower() and first.isupper()))


def _read(match, printed: str, day_first: bool | None) -> tuple[str | None, Calendar] | None:
    """The EDTF day and its calendar, (None, ...) if its order is unclear, None if there is no such day."""
    found = match.groupdict()
    form = next(number for number in _FORMS if found[f"y{number}"])
    year, month, day = int(found[f"y{form}"]), found[f"m{form}"], int(found[f"d{form}"])
    if form == "8":
        first, second = day, int(month)
        if first <= 12 and second <= 12 and first != second and found["s8"][0] != ".":
            if day_first is None:
                return (None, "gregorian") if _is_year(year) else None
            first, second = (first, second) if day_first else (second, first)
        # Points between the figures are written by those who put the day first.
        day, number = (second, first) if second > 12 and found["s8"][0] != "." else (first, second)
    elif month.isdigit():
        number = int(month)
        if form == "7" and year in _SOLAR_FIGURES and found["s7"] == "/":
            return _solar(year, number, day)
    else:
        number = ord(month[0]) - _SIGN
    if number >= _BETWEEN_SHIFT:
        number = 10 if form == "1" and found["o1"] == "." else 11
    elif number > _SOLAR_SHIFT:
        return _solar(year, number - _SOLAR_SHIFT, day) if year in _SOLAR_YEARS else None
    calendar: Calendar = "gregorian"
    if year in _THAI_YEARS and any("\u0e01" <= letter <= "\u0e4e" for letter in printed):
        year, calendar = year - _THAI_OFFSET, "thai"
    try:
        return (date(year, number, day).isoformat(), calendar) if _is_year(year) else None
    except ValueError:
        return None


def _is_year(year: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _solar(year: int, month: int, day: int) -> tuple[str, Calendar] | None:
    found = solar_hijri.to_gregorian(year, month, day)
    return (found.isoformat(), "solar-hijri") if found else None
