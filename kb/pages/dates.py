"""Dates as printed, with what was inferred kept visibly apart."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import Citation
from kb.text import inferred_dates, partial_dates

from .words import plain

BASES = {
    partial_dates.PUBLISHED_BEFORE: gettext_lazy("last such day before publication"),
    inferred_dates.WEEKDAY_BEFORE: gettext_lazy("last such weekday before publication"),
    inferred_dates.RELATIVE: gettext_lazy("counted from the day of publication"),
    inferred_dates.DAY_FIRST_BY_SOURCE: gettext_lazy("the publisher writes the day first"),
    inferred_dates.MONTH_FIRST_BY_SOURCE: gettext_lazy("the publisher writes the month first"),
    inferred_dates.DAY_FIRST_BY_LANGUAGE: gettext_lazy("the language writes the day first"),
    inferred_dates.MONTH_FIRST_BY_LANGUAGE: gettext_lazy("the language writes the month first"),
}
SEASONS = {
    "21": gettext_lazy("spring %(year)s"),
    "22": gettext_lazy("summer %(year)s"),
    "23": gettext_lazy("autumn %(year)s"),
    "24": gettext_lazy("winter %(year)s"),
}
ANY_LEAP_YEAR = 2000
# Lengths of a year, a month and a day.
WHOLE = {len("2025"), len("2025-06"), len("2025-06-12")}


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """`printed` are the article's words; `added` is ours and stands in brackets."""

    printed: str
    added: str = ""


def date_of(citation: Citation) -> PrintedDate | None:
    """The date of a citation; a year is only ever shown as inferred, and a yearless date stays yearless without one."""
    printed = citation.date_printed or in_words(citation.date_edtf)
    if citation.date_resolved and citation.date_resolved != citation.date_edtf:
        year, _dash, rest = citation.date_resolved.partition("-")
        only_the_year = citation.date_edtf == f"XXXX-{rest}"
        found = _("%(date)s, inferred: %(basis)s") % {
            "date": year if only_the_year else in_words(citation.date_resolved),
            "basis": basis_in_words(citation.date_basis),
        }
        return PrintedDate(printed, found)
    if not printed:
        return None
    return PrintedDate(printed, _("no year printed") if citation.date_edtf.startswith("XXXX") else "")


def basis_in_words(basis: str) -> str:
    """What an inferred date rests on; a basis that a person wrote is shown as it is."""
    keys = basis.split(inferred_dates.BASIS_JOINT)
    return _("; ").join(str(BASES[key]) for key in keys) if all(key in BASES for key in keys) else plain(basis)


def in_words(edtf: str) -> str:
    """An EDTF value as a reader would write it: 24 March 2025, March 2025, 12 June (year unknown); else as it is."""
    first, _slash, last = edtf.partition("/")
    if {len(first), len(last)} <= WHOLE:
        return _("%(first)s to %(last)s") % {"first": in_words(first), "last": in_words(last)}
    value, doubt = edtf.rstrip("?~%"), edtf[len(edtf.rstrip("?~%")) :]
    parts = value.split("-")
    if len(parts) > 3 or not all(part.isascii() and (part.isdigit() or part == "XXXX") for part in parts):
        return edtf
    plain = _plain(*parts)
    if not plain:
        return edtf
    return _("%(date)s (not certain)") % {"date": plain} if doubt else plain


def _plain(year: str, month: str = "", day: str = "") -> str:
    if not month:
        return year
    if month in SEASONS:
        return SEASONS[month] % {"year": year}
    known = year.isdigit()
    try:
        when = date(int(year) if known else ANY_LEAP_YEAR, int(month), int(day or 1))
    except ValueError:
        return ""
    if known:
        return date_format(when, "DATE_FORMAT" if day else "YEAR_MONTH_FORMAT")
    said = date_format(when, "MONTH_DAY_FORMAT") if day else date_format(when, "F")
    return _("%(date)s, year unknown") % {"date": said}
