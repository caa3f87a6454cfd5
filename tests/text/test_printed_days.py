"""Days are read in the forms and languages in which newspapers print them, each at its place."""

import random
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text import solar_hijri
from kb.text.calendar_words import MONTHS_BY_LANGUAGE, WEEKDAYS
from kb.text.partial_dates import read_printed
from kb.text.printed_days import find_days, read_month


@pytest.mark.parametrize(
    "printed",
    [
        "12 May 2025", "May 12, 2025", "12th of May, 2025", "12-May-2025", "12. Mai 2025", "12 mai 2025", "12 de mayo de 2025",
        "12 maggio 2025", "12 de maio de 2025", "12 mei 2025", "12 maj 2025", "12. maj 2025", "12. toukokuuta 2025", "12 maja 2025",
        "12. května 2025", "12. mája 2025", "2025. május 12", "12 mai 2025", "12 май 2025", "12. svibnja 2025", "12. мај 2025",
        "12. maja 2025", "12 травня 2025", "12 мая 2025", "12 Μαΐου 2025", "12 ΜΑΪΟΥ 2025", "12 Mayıs 2025", "12 MAYIS 2025",
        "12 Mei 2025", "12 tháng 5, 2025", "12 tháng 5 năm 2025", "2025年5月12日", "2025年05月12日", "2025년 5월 12일", "12 مايو 2025",
        "١٢ مايو ٢٠٢٥", "12 أيار 2025", "12 أيار/مايو 2025", "۱۲ مه ۲۰۲۵", "۱۲ می ۲۰۲۵", "12 مئی 2025", "12 मई 2025", "১২ মে ২০২৫",
        "12 மே 2025", "12 במאי 2025", "12 მაისი, 2025", "12 մայիսի 2025", "12 may 2025", "2025 m. gegužės 12", "2025. gada 12. maijā",
        "12. mai 2025", "2025 жылғы 12 мамыр", "12 mag 2025", "12 พ.ค. 2025", "12.5.2025",
        "12. 5. 2025", "2025-05-12", "2025/5/12", "2025. 05. 12", "12May 2025",
    ],
)  # fmt: skip
def test_one_day_in_many_languages(printed):
    (day,) = find_days(f"(({printed}))")
    assert day.edtf == "2025-05-12"
    assert f"(({printed}))"[day.start : day.end] == printed
    assert day.calendar == "gregorian"
    if "12May" not in printed:
        assert read_printed(printed) == "2025-05-12"


@pytest.mark.parametrize("language", MONTHS_BY_LANGUAGE)
def test_every_month_of_every_language_is_itself(language):
    months = MONTHS_BY_LANGUAGE[language].split()
    assert len(months) == 12
    for number, names in enumerate(months, start=1):
        for name in names.split("/"):
            # Croatian days have a point behind them; that is how its October is told from the Polish November.
            printed = f"7. {name.replace('_', ' ')} 2024" if language == "hr" else f"7 {name.replace('_', ' ')} 2024"
            assert [day.edtf for day in find_days(printed)] == [f"2024-{number:02}-07"], printed


def test_a_point_behind_the_day_tells_croatian_october_from_polish_november():
    assert find_days("12. listopada 2024.")[0].edtf == "2024-10-12"
    assert find_days("12 listopada 2024")[0].edtf == "2024-11-12"


def test_names_glued_to_a_date_do_not_hide_it():
    text = "ReutersMay 12, 2025"
    (day,) = find_days(text)
    assert text[day.start : day.end] == "May 12, 2025"


@pytest.mark.parametrize("printed", ["2/5/2025", "02-05-2025"])
def test_two_ways_round_stay_open_unless_the_caller_knows(printed):
    assert find_days(printed)[0].edtf is None
    assert find_days(printed, day_first=True)[0].edtf == "2025-05-02"
    assert find_days(printed, day_first=False)[0].edtf == "2025-02-05"


@pytest.mark.parametrize(
    "text",
    ["June 31, 2024", "12 May", "May 2024", "1403/13/02", "12 mai 1403", "12 of 2024", "112 May 2024", "12 May 20245",
     "version 1.2.20245", "12 maybe 2024", "29 février 2023", "\ue005\ue0ff 12, 2024", "۳۰ اسفند ۱۴۰۲"],
)  # fmt: skip
def test_what_is_no_whole_day_is_none(text):
    assert find_days(text) == []


@pytest.mark.parametrize(
    ("printed", "edtf", "calendar"),
    [
        ("۲۲ اردیبهشت ۱۴۰۴", "2025-05-12", "solar-hijri"),
        ("22 اردیبهشت 1404", "2025-05-12", "solar-hijri"),
        ("۲۲ ثور ۱۴۰۴", "2025-05-12", "solar-hijri"),
        ("۱۴۰۴/۰۲/۲۲", "2025-05-12", "solar-hijri"),
        ("۳۰ اسفند ۱۴۰۳", "2025-03-20", "solar-hijri"),
        ("12 พฤษภาคม 2568", "2025-05-12", "thai"),
    ],
)
def test_days_of_calendars_with_exact_arithmetic_are_the_gregorian_day(printed, edtf, calendar):
    (day,) = find_days(printed)
    assert (day.edtf, day.calendar) == (edtf, calendar)
    assert read_printed(printed) is None  # a reader of what is printed does not convert


def test_new_years_days_of_the_solar_calendar():
    for year, day in (
        (1357, "1978-03-21"),
        (1375, "1996-03-20"),
        (1399, "2020-03-20"),
        (1400, "2021-03-21"),
        (1405, "2026-03-21"),
    ):
        assert solar_hijri.to_gregorian(year, 1, 1).isoformat() == day
    assert solar_hijri.to_gregorian(1403, 12, 30).isoformat() == "2025-03-20"
    assert solar_hijri.to_gregorian(1404, 12, 30) is None


def test_the_solar_calendar_has_one_day_for_each():
    lengths = [31] * 6 + [30] * 5 + [29]
    day = solar_hijri.to_gregorian(1300, 1, 1)
    for year in range(1300, 1450):
        for month, length in enumerate(lengths, start=1):
            for number in range(1, length + 1 + (month == 12 and solar_hijri.is_leap(year))):
                assert solar_hijri.to_gregorian(year, month, number) == day
                day += timedelta(days=1)


def test_a_month_alone_on_its_line():
    assert read_month("May 2024") == read_month("mayo de 2024") == read_month("Mai 2024") == "2024-05"
    assert read_month("كانون الثاني 2024") == "2024-01"
    assert read_month("in May 2024") is None
    assert read_month("May 1066") is None


def test_every_weekday_has_its_number():
    assert {
        WEEKDAYS[name] for name in ("friday", "freitag", "viernes", "пятница", "الجمعة", "جمعه", "星期五", "금요일")
    } == {4}


@given(
    st.dates(date(1700, 1, 1), date(2200, 12, 31)), st.sampled_from(sorted(MONTHS_BY_LANGUAGE)), st.text(max_size=20)
)
def test_a_day_comes_back_whatever_stands_around_it(day, language, around):
    name = random.Random(day.toordinal()).choice(MONTHS_BY_LANGUAGE[language].split()[day.month - 1].split("/"))
    point = "." if language == "hr" else ""
    printed = f"{day.day}{point} {name.replace('_', ' ')} {day.year}"
    text = f"{around} | {printed} | {around}"
    assert day.isoformat() in [found.edtf for found in find_days(text, at_most=99)]


@given(st.text(max_size=300) | st.text(alphabet="1. 2/May0-年月", max_size=300))
def test_whatever_the_text_the_days_are_in_it_and_in_order(text):
    position = 0
    for day in find_days(text, at_most=99):
        assert position <= day.start < day.end <= len(text)
        position = day.end
        if day.edtf:
            date.fromisoformat(day.edtf)
