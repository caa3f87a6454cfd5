"""Marks every passage with what it is by its own words, before its place on the page is looked at."""

from dataclasses import dataclass, replace

import re2 as re

from kb.importing.page_text import vocabulary
from kb.importing.page_text.names import Byline, is_lone_marker, read_byline
from kb.importing.page_text.notices import Notice, is_disclaimer, is_editor_note, read_notice, read_tag_list
from kb.importing.page_text.passages import SENTENCE_ENDS, Passage, plain
from kb.importing.register import Register
from kb.text.calendar_words import WEEKDAYS
from kb.text.printed_days import PrintedDay, find_days, read_month

_BREADCRUMB = re.compile(
    r"^(?:Home|HOME|Startseite|Start|Accueil|Inicio|Portada|Главная)(?:\s*[>»›|→\\]|\s+[/·•-]\s|/|\s*::|\p{Lu}\p{Ll})"
    r"|^(?:خانه|صفحه اصلی|صفحه نخست|الرئيسية|کور پاڼه|کور)\s*[>»›|→/«‹\\]"
    r"|^(?:You are here|Sie sind hier|Vous êtes ici|Usted está aquí)\s*:?"
    r"|^[^>»›]{2,40} [>»›] [^>»›]{2,60} [>»›] "
    r"|^[^>]{2,30} > [^>]{2,30}$"
)
BREADCRUMB_STEPS = re.compile(r"\s*[>»›|→\\«‹]\s*|\s+/\s+|\s*::\s*")

_BY = ("by", "von", "par", "por", "door", "av", "af", "przez", "توسط", "بقلم")
_MENU_SIGNS = re.compile(r"\s+[|/·•]\s+")

_GENRES = {
    "opinion": "opinion opinions op-ed oped commentary comment viewpoint column columns columnist columnists editorial editorials perspective perspectives guest-essay meinung kommentar leitartikel gastkommentar tribune opinión opinion-piece editoriale یادداشت دیدگاه رأي آراء مقالات-رأي نظر guest-commentary voices",
    "analysis": "analysis news-analysis analyse análisis analisi تحلیل تحليل شننه analyses in-depth-analysis",
    "explainer": "explainer explained explainers explainer: erklärt décryptage explicado تبیین",
    "news": "news news-report nachrichten actualités noticias خبر أخبار world-news",
}
_GENRE_OF_LABEL = {label: genre for genre, labels in _GENRES.items() for label in labels.split()}

_DATE_LABELS = {
    "updated": "updated last-updated update modified last-modified revised aktualisiert zuletzt-aktualisiert mis-à-jour mise-à-jour actualizado última-actualización به‌روزرسانی بروزرسانی آخرین-به‌روزرسانی تحديث آخر-تحديث edited changed reviewed",
    "published": "published publication-date published-on published-at date-published first-published posted posted-on posted-at post-date date issued released created-on veröffentlicht veröffentlicht-am erschienen erstellt stand publié publié-le paru publicado publicado-el fecha تاریخ-انتشار تاریخ منتشر انتشار نشر نشر-في تاريخ-النشر تاريخ خپرېدو-نېټه نېټه pubblicato опубликовано published-in pub. publish-date release-date online-since",
    "retrieved": "retrieved accessed captured captured-on saved saved-on retrieved-on accessed-on today today-is archived archived-on snapshot abgerufen consulté consultado printed printed-on current-date",
}
_LABEL_OF_WORDS = {words.replace("-", " "): label for label, group in _DATE_LABELS.items() for words in group.split()}
_CLOCK = re.compile(
    r"(?i)\b\d{1,2}[:.h]\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?(?: ?(?:Z|[A-Z]{2,4}T?|[+-]\d{2}:?\d{2})\b)?(?: ?uhr)?|\b\d{1,2} ?[ap]\.?m\.?\b|\b(?:GMT|UTC|IST|EST|EDT|CET|CEST|BST|PST|PDT|ET|PT|AKT)\b(?:[+-]\d{1,2}(?::\d{2})?)?|T\d{2}:\d{2}\S*"
)


# Days of calendars that begin a month when the moon is seen, and forms that are not read: a date, but no certain day.
_OTHER_CALENDAR = re.compile(
    r"[\d۰-۹٠-٩]{1,2} ?(?:فروردین|اردیبهشت|خرداد|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند|حمل|ثور|جوزا|سرطان|اسد|سنبله|میزان|عقرب|قوس|جدی|دلو|حوت"
    r"|محرم|صفر|ربیع|جمادی|رجب|شعبان|رمضان|شوال)[^\d۰-۹٠-٩]{1,12}[\d۰-۹٠-٩]{4}|[۱1][۳۴34][۰-۹0-9]{2}/[۰-۹0-9]{1,2}/[۰-۹0-9]{1,2}"
)


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line whose point is a date: the day or month, how the line calls it, and the words printed beside it."""

    edtf: str | None
    label: str
    has_weekday: bool
    beside: str
    calendar: str = "gregorian"


@dataclass(frozen=True, slots=True)
class Marked:
    """A passage with its mark and whatever its words say; most of them say nothing."""

    passage: Passage
    role: str = ""
    rule: str = ""
    byline: Byline | None = None
    date_line: DateLine | None = None
    notice: Notice | None = None
    tags: tuple[str, ...] = ()
    genre: str | None = None
    is_doubtful: bool = False


def mark_all(passages: list[Passage], register: Register) -> list[Marked]:
    """Every passage marked by its own words, in order."""
    seen: dict[str, Marked] = {}
    marked = []
    for passage in passages:
        # Lines that are printed again say the same again.
        one = seen.get(passage.text)
        one = replace(one, passage=passage) if one else _mark(passage, register)
        if len(passage.text) <= 200:
            seen[passage.text] = one
        marked.append(one)
    return marked


def _mark(passage: Passage, register: Register) -> Marked:
    text = passage.text
    if len(text) <= 700:
        if (tags := read_tag_list(text)) is not None:
            return Marked(passage, "line", "tag-list", tags=tags)
        if (notice := read_notice(text)) is not None:
            return Marked(passage, "line", "syndication-notice", notice=notice, genre=notice.genre)
        if is_disclaimer(text):
            return Marked(passage, "line", "disclaimer", genre="opinion")
        if is_editor_note(text):
            return Marked(passage, "line", "editor-note")
    if passage.word_count <= 30 and not passage.is_strong and (marked := _mark_short(passage, register)):
        return marked
    mark = vocabulary.look_up(passage)
    if mark.role:
        return Marked(passage, mark.role, mark.rule)
    return _mark_appeal(passage)


def _mark_short(passage: Passage, register: Register) -> Marked | None:
    text = passage.text
    if genre := genre_of_label(text):
        return Marked(passage, "line", "genre-label", genre=genre)
    if _BREADCRUMB.search(text[:200]):
        return Marked(passage, "line", "breadcrumb", genre=_genre_of_steps(text))
    if _is_menu(text):
        return Marked(passage, "line", "site-chrome")
    if is_lone_marker(text):
        return Marked(passage, "line", "byline")
    date_line = read_date_line(text)
    byline = read_byline(text, register) or (_byline_within(text, register) if date_line else None)
    if byline is not None:
        if date_line is None and (days := find_days(text, at_most=1)):
            label = "updated" if "updated" in plain(text[: days[0].start]) else "published"
            date_line = DateLine(days[0].edtf, label, False, "", days[0].calendar)
        first = plain(text).split()[0]
        genre = genre_of_label(first) if first != "by" else None
        return Marked(passage, "line", "byline", byline=byline, date_line=date_line, genre=genre)
    if date_line is not None:
        return Marked(passage, "line", "date-line", date_line=date_line)
    return None


def _is_menu(text: str) -> bool:
    """Three and more entries of a few words in a row: "World | Markets | Opinion"."""
    entries = _MENU_SIGNS.split(text)
    return len(entries) >= 4 and all(len(entry.split()) <= 2 for entry in entries) and not find_days(text, at_most=1)


def _byline_within(text: str, register: Register) -> Byline | None:
    """ "Posted on 3 March 2024 by Jane Doe": the names stand behind the date."""
    line = text.casefold()
    places = (line.find(f" {marker} ") for marker in _BY)
    position = max(places)
    return read_byline(text[position + 1 :], register) if position > 0 else None


def _mark_appeal(passage: Passage) -> Marked:
    appeals = vocabulary.count_appeals(passage.text)
    words = passage.word_count
    if appeals == 0 or appeals * 30 < words:
        return Marked(passage)
    line = plain(passage.text[:3000])
    # One phrase may come from the mouth of somebody quoted; such a line goes only where no article is around it.
    is_doubtful = appeals == 1 or '"' in line
    if "cookie" in line:
        rule = "cookie-notice"
    elif any(word in line for word in ("newsletter", "inbox", "sign up", "subscri", "telegram", "whatsapp", "abonn")):
        rule = "newsletter"
    elif any(word in line for word in (" app ", " app.", "app store", "download", "google play")):
        rule = "app-advert"
    elif any(
        word in line for word in ("sign in", "log in", "account", "password", "javascript", "ad blocker", "comment")
    ):
        rule = "site-chrome"
    else:
        rule = "donation"
    return Marked(passage, "line", rule, is_doubtful=is_doubtful)


def genre_of_label(text: str) -> str | None:
    """The genre that a short line names: "Opinion", "ANALYSIS |", "Opinion / Europe"."""
    if len(text) > 40 or len(text.split()) > 5:
        return None
    first = BREADCRUMB_STEPS.split(plain(text).strip(" |:•·-–—>»[]()"))[0].strip()
    return _GENRE_OF_LABEL.get(first.replace(" ", "-"))


def split_genre_prefix(text: str) -> tuple[str | None, str]:
    """The genre printed before a title, and the title; a bar sets the label apart, a colon makes it part of the title."""
    for sign in (" | ", ": "):
        label, found, title = text.partition(sign)
        genre = genre_of_label(label) if found and label[:1].isupper() and len(title.split()) >= 3 else None
        if genre:
            return genre, text if sign == ": " else title.strip()
    return None, text


def _genre_of_steps(text: str) -> str | None:
    for step in BREADCRUMB_STEPS.split(text)[1:-1]:
        if (genre := genre_of_label(step)) and genre != "news":
            return genre
    return None


def read_date_line(text: str) -> DateLine | None:
    """The date that a short line is about; None for lines that merely contain one, and for yearless days."""
    days = find_days(text)
    month = None if days else _labelled_month(text)
    if month:
        return month
    if not days:
        return DateLine(None, "other-calendar", False, "") if _OTHER_CALENDAR.search(text[:80]) else None
    beside = _CLOCK.sub(" ", _without(text, days))
    words = [
        word
        for word in _words(beside)
        if word not in WEEKDAYS
        and word not in ("at", "on", "of", "the", "um", "am", "pm", "le", "à", "el", "a", "las", "den", "z", "t", "est")
    ]
    label, rest = _label_of(words)
    if len(rest) > 8 or (text[-1] in SENTENCE_ENDS and len(rest) > 4):
        return None
    day = days[0]
    if len(days) > 1 and (position := _labelled_position(text, days, "published")) is not None:
        day, label = days[position], "published"
    elif len(days) > 1 and label == "updated" and rest:
        label = "published"
        day = days[-1]
    has_weekday = any(word in WEEKDAYS for word in _words(text))
    beside = " ".join(beside.split()).strip(" |·•,;:-–—/()")
    return DateLine(day.edtf, label, has_weekday, beside, day.calendar)


def _labelled_month(text: str) -> DateLine | None:
    label, colon, rest = text.partition(":")
    found = read_month(rest if colon else text)
    if not found:
        return None
    name = _LABEL_OF_WORDS.get(plain(label), "") if colon else ""
    return DateLine(found, name, False, "") if name or not colon else None


def _words(text: str) -> list[str]:
    return [word for word in (piece.strip(".,;:|·•()[]-–—/") for piece in plain(text).split()) if word]


def _without(text: str, days: list[PrintedDay]) -> str:
    pieces, position = [], 0
    for day in days:
        pieces.append(text[position : day.start])
        position = day.end
    return " ".join([*pieces, text[position:]])


def _label_of(words: list[str]) -> tuple[str, list[str]]:
    """The label that the words begin with, and the words after it."""
    for length in (3, 2, 1):
        if label := _LABEL_OF_WORDS.get(" ".join(words[:length])):
            return label, words[length:]
    # "Jane Doe | Updated 3 May 2024": the label stands right before the date.
    for index, word in enumerate(words):
        if label := _LABEL_OF_WORDS.get(word):
            return label, words[:index] + words[index + 1 :]
    return "", words


def _labelled_position(text: str, days: list[PrintedDay], wanted: str) -> int | None:
    position = 0
    for index, day in enumerate(days):
        label, _ = _label_of(_words(text[position : day.start]))
        if label == wanted:
            return index
        position = day.end
    return None
