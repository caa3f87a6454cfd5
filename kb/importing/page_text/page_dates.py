"""Finds whole days printed on a page, in the forms that sites print them."""

from dataclasses import dataclass
from datetime import date

import re2 as re

from kb.text.words import word_set

_MONTHS = {
    1: "january jan januar jänner janvier enero ene gennaio janeiro januari января يناير ژانویه جنوری",
    2: "february feb februar février fevrier febrero febbraio fevereiro februari февраля فبراير فوریه فبروري",
    3: "march mar märz maerz mars marzo março maart марта مارس مارچ",
    4: "april apr avril abril aprile апреля أبريل ابريل آوریل آپریل اپریل",
    5: "may mai mayo maggio maio mei мая مايو مه می مې",
    6: "june jun juni juin junio giugno junho июня يونيو ژوئن جون",
    7: "july jul juli juillet julio luglio julho июля يوليو ژوئیه جولای",
    8: "august aug août aout agosto augustus августа أغسطس اغسطس اوت آگوست اگست",
    9: "september sept sep septembre septiembre settembre setembro сентября سبتمبر سپتامبر سپتمبر",
    10: "october oct oktober octobre octubre ottobre outubro октября أكتوبر اكتوبر اکتبر اکتوبر",
    11: "november nov novembre noviembre novembro ноября نوفمبر نوامبر نومبر",
    12: "december dec dezember décembre decembre diciembre dicembre dezembro декабря ديسمبر دسامبر دسمبر",
}
MONTH_NUMBERS = {name: number for number, names in _MONTHS.items() for name in names.split()}
_MONTH = "(?:" + "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True)) + ")"
_DAY = re.compile(
    rf"(?i)(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)? +(?:de |of )?(?P<m1>{_MONTH})\.?,? +(?:de |del )?(?P<y1>\d{{4}})"
    rf"|(?P<m2>{_MONTH})\.? +(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4})(?P<s3>[-/.])(?P<m3>\d{1,2})[-/.](?P<d3>\d{1,2})"
    r"|(?P<a4>\d{1,2})(?P<s4>[-/.])(?P<b4>\d{1,2})[-/.](?P<y4>\d{4})"
    r"|(?P<d5>\d{1,2})-(?P<m5>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*-(?P<y5>\d{4})"
)
_MONTH_ONLY = re.compile(rf"(?i)^(?P<m>{_MONTH})\.?,? +(?P<y>\d{{4}})$")
# Eastern Arabic and Persian digits, hard blanks; one character for each, so that positions stay.
_ONE_FOR_ONE = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹\u00a0", "01234567890123456789 ")

WEEKDAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miércoles jueves viernes sábado domingo "
    "lunedì martedì mercoledì giovedì venerdì sabato "
    "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد "
    "دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه شنبه یکشنبه"
)


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day as printed; `edtf` is None when day and month could be either way round."""

    start: int
    end: int
    edtf: str | None


def find_days(text: str, *, at_most: int = 4) -> list[PrintedDay]:
    """The first whole days printed in a line, each with its position there; impossible days are none."""
    text = text.translate(_ONE_FOR_ONE)
    days = []
    for match in _DAY.finditer(text):
        start, end = match.span()
        if _stands_free(text, start, end) and (day := _read(match)) is not None:
            days.append(PrintedDay(start, end, day or None))
            if len(days) == at_most:
                break
    return days


def read_month(text: str) -> str | None:
    """The EDTF month of a line that is a month and a year and nothing else."""
    if match := _MONTH_ONLY.match(text.strip().translate(_ONE_FOR_ONE)):
        return f"{match['y']}-{MONTH_NUMBERS[match['m'].casefold()]:02}"
    return None


def _stands_free(text: str, start: int, end: int) -> bool:
    """Not a piece of a longer number or word; a name glued before a digit or a capital is allowed."""
    before, first, after = text[start - 1 : start], text[start], text[end : end + 1]
    if before.isdigit() or after.isdigit() or (before in tuple("-/.") and first.isdigit() and before):
        return False
    return not (first.isalpha() and before.isalpha() and not (before.islower() and first.isupper()))


def _read(match) -> str | None:
    """The EDTF day, an empty string if its order is unclear, None if there is no such day."""
    found = match.groupdict()
    if found["y3"]:
        year, month, day = found["y3"], int(found["m3"]), int(found["d3"])
    elif found["y4"]:
        year, first, second = found["y4"], int(found["a4"]), int(found["b4"])
        if first <= 12 and second <= 12 and first != second and found["s4"] != ".":
            return ""
        # Points between the figures are written by those who put the day first.
        day, month = (second, first) if second > 12 and found["s4"] != "." else (first, second)
    elif found["y1"]:
        year, month, day = found["y1"], MONTH_NUMBERS[found["m1"].casefold()], int(found["d1"])
    elif found["y2"]:
        year, month, day = found["y2"], MONTH_NUMBERS[found["m2"].casefold()], int(found["d2"])
    else:
        year, month, day = found["y5"], MONTH_NUMBERS[found["m5"].casefold()], int(found["d5"])
    try:
        # Years far off are figures that only look like a date.
        return date(int(year), month, day).isoformat() if 1700 <= int(year) <= 2200 else None
    except ValueError:
        return None
