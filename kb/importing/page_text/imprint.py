"""Reads who wrote an article, when it was published and of which kind it is, from the lines around it."""

from dataclasses import dataclass

import re2 as re

from kb.importing.page_text.cutting import Outline
from kb.importing.page_text.headline import outlet_key, read_headline
from kb.importing.page_text.marking import Marked
from kb.importing.page_text.names import looks_like_person, read_names
from kb.importing.page_text.outlets import choose_publisher, is_same_outlet, read_origin, read_publisher_votes
from kb.importing.page_text.passages import Passage, words_of
from kb.importing.records import Problem
from kb.importing.register import Register
from kb.text.words import word_set

_REPORTING_BY = re.compile(r"(?i)^\(?(?:reporting|report|writing) by (?P<names>[^;]{3,200})")
_PROFESSIONS = word_set(
    "professor lecturer fellow researcher analyst director scientist associate student candidate editor correspondent "
    "reporter columnist historian economist scholar reader chair emeritus ambassador journalist"
)
_OTHERS = frozenset(("foreign-article", "related-articles", "teaser", "next-article"))
_CALENDARS = {"solar-hijri": "the Solar Hijri calendar", "thai": "the Thai calendar"}
_KOREAN_REPORTER = " 기자"
# The day on which a page was shown stands among its first lines.
_TOP_LINES = 6


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a page says of its article; None and empty where it says nothing."""

    headline: str | None
    authors: tuple[str, ...]
    publisher: str | None
    originally_published_by: str | None
    published: str | None
    retrieved: str | None
    genre: str | None
    problems: tuple[Problem, ...]


def read_imprint(cut: Outline) -> Imprint:
    """Read headline, authors, outlets, dates and genre of a page that was cut into its parts."""
    votes = read_publisher_votes(cut)
    headline = read_headline(cut, {outlet_key(name) for name in votes})
    if headline.site:
        votes[headline.site] = votes.get(headline.site, 0) + 2
    publisher = choose_publisher(votes)
    origin, published_there = read_origin(cut, publisher)
    published, retrieved, problems = _dates(cut)
    return Imprint(
        headline=headline.text,
        authors=_authors(cut, publisher, origin),
        publisher=publisher,
        originally_published_by=origin,
        published=published or published_there,
        retrieved=retrieved,
        genre=headline.genre or _genre(cut),
        problems=() if published_there and not published else problems,
    )


# ---- people


def _authors(cut: Outline, publisher: str | None, origin: str | None) -> tuple[str, ...]:
    """The names of the byline; without one, those who sign, are presented, or stand beside the date."""
    names: list[str] = []
    for index in cut.around:
        byline = cut.sheet.marked[index].byline
        if cut.rules[index] != "byline":
            continue
        if byline is None:
            names += _name_below(cut, index)
        elif byline.site:
            names += _account_below(cut, index)
        else:
            names += [name for name in byline.authors if not is_same_outlet(name, publisher)]
    names = names or _name_lines_of_cards(cut) or cut.card_names or _reporters(cut)
    names = names or _name_with_profession(cut) or _name_beside_date(cut, {publisher, origin})
    return tuple(dict.fromkeys(names))


def _name_below(cut: Outline, index: int) -> list[str]:
    """The name under a line that says only "By"."""
    below = index + 1
    if below >= cut.sheet.count or below in cut.kinds or below in cut.titles:
        return []
    names = read_names(cut.sheet.passages[below].text, cut.register, is_sure=True) or ()
    if names:
        cut.rules[below] = "byline"
    return list(names)


def _account_below(cut: Outline, index: int) -> list[str]:
    """Where a site signs as author, the name alone on the next line is the account that posted."""
    below = index + 1
    if below >= cut.sheet.count or below in cut.kinds or cut.sheet.marked[below].role:
        return []
    passage = cut.sheet.passages[below]
    is_name = passage.word_count <= 3 and len(passage.text) <= 40 and any(map(str.isalpha, passage.text))
    if not is_name or not all(character.isalnum() or character in " -_.'’" for character in passage.text):
        return []
    cut.rules[below] = "byline"
    return [passage.text]


def _name_lines_of_cards(cut: Outline) -> list[str]:
    """A name alone on its line above the sentence that presents its bearer."""
    lines = [cut.sheet.passages[index].text for index in cut.tail if cut.rules[index] == "author-card"]
    return [line for line in lines if looks_like_person(line, cut.register)]


def _reporters(cut: Outline) -> list[str]:
    for index in cut.around:
        if cut.rules[index] == "credits" and (match := _REPORTING_BY.match(cut.sheet.passages[index].text)):
            return list(read_names(match["names"].rstrip(" )."), cut.register) or ())
    return []


def _name_with_profession(cut: Outline) -> list[str]:
    """ "Jane Doe, Professor of History, University of Somewhere" in the header."""
    names = []
    for index in cut.header:
        name, comma, rest = cut.sheet.passages[index].text.partition(", ")
        if cut.rules[index] != "header-line" or not comma or not _PROFESSIONS & set(words_of(rest)[:8]):
            continue
        if looks_like_person(name, cut.register):
            cut.rules[index] = "byline"
            names.append(name)
    return names


def _name_beside_date(cut: Outline, outlets: set[str | None]) -> list[str]:
    """A person's name between title and date, which the article itself does not speak of."""
    if not cut.titles:
        return []
    marked, header, first_title = cut.sheet.marked, set(cut.header), min(cut.titles)
    body: str | None = None
    for index in cut.header:
        if index <= first_title:
            continue
        date_line = marked[index].date_line
        is_beside = any(near in header and marked[near].date_line for near in (index - 1, index + 1))
        if date_line:
            name = date_line.beside.split(" | ")[0].split(" • ")[0].strip()
        elif is_beside and cut.rules[index] == "header-line":
            name = marked[index].passage.text
        else:
            continue
        names = _persons(name, cut.register)
        if not names or outlets & set(names):
            continue
        # Places and subjects printed there turn up in the article; those who write it hardly do.
        body = body or "\n".join(cut.sheet.passages[place].text for place in cut.body).casefold()
        if not any(name.casefold() in body for name in names):
            cut.rules[index] = "date-line" if date_line else "byline"
            return names
    return []


def _persons(text: str, register: Register) -> list[str]:
    """The names of a line that holds nothing but names: "Jane Doe in Geneva and John Roe in Kyiv"."""
    if text.endswith(_KOREAN_REPORTER):
        name = text.removesuffix(_KOREAN_REPORTER)
        return [name] if looks_like_person(name, register, at_least=1) else []
    names = [piece.partition(" in ")[0].strip() for piece in text.replace(" and ", ", ").split(", ")]
    if all(len(name.split()) <= 3 and not name.isupper() and looks_like_person(name, register) for name in names):
        return names
    return []


# ---- dates


def _dates(cut: Outline) -> tuple[str | None, str | None, tuple[Problem, ...]]:
    """The day of publication, the day on which the page was shown, and what was left open."""
    labelled: list[Marked] = []
    below: list[Marked] = []
    above: list[Marked] = []
    retrieved: str | None = None
    unclear: Passage | None = None
    first_title = min(cut.titles, default=cut.sheet.count)
    first_block = cut.body[0] if cut.body else cut.sheet.count
    header, tail = set(cut.header), set(cut.tail)
    for index, one in enumerate(cut.sheet.marked):
        date_line = one.date_line
        if date_line is None or index in cut.kinds or cut.rules[index] in _OTHERS or date_line.label == "updated":
            continue
        is_above = index < first_title and index < first_block
        is_of_article = index in header or index in tail
        if date_line.label == "other-calendar":
            unclear = unclear or one.passage
        elif date_line.label == "retrieved" or (
            is_above and date_line.has_weekday and index <= _TOP_LINES and not date_line.label
        ):
            retrieved = retrieved or date_line.edtf
        elif date_line.edtf is None:
            unclear = unclear or (one.passage if is_of_article or is_above or index < first_block else None)
        elif date_line.label == "published" and (is_of_article or index < first_block):
            labelled.append(one)
        elif is_above:
            # On the first line it is the day of the page or of the article: the page does not say.
            is_close = index > 0 and first_title - index <= 2
            above += [one] if is_close else []
            unclear = unclear or (None if is_close else one.passage)
        elif index in header:
            below.append(one)
    chosen = next(iter([*labelled, *below, *above]), None)
    if chosen:
        return chosen.date_line.edtf, retrieved, _conversion(chosen)
    if unclear is None:
        return None, retrieved, ()
    message = f"The date {unclear.text[:60]!r} does not tell the day for certain; it was left open."
    return None, retrieved, (Problem("info", "unclear-date", message, unclear.number),)


def _conversion(chosen: Marked) -> tuple[Problem, ...]:
    """Says that the day is not the one printed but the same one of our calendar."""
    calendar = _CALENDARS.get(chosen.date_line.calendar)
    if calendar is None:
        return ()
    message = f"The date {chosen.passage.text[:60]!r} is of {calendar}; {chosen.date_line.edtf} is the same day."
    return (Problem("info", "converted-date", message, chosen.passage.number),)


# ---- genre


def _genre(cut: Outline) -> str | None:
    """What a disclaimer, a notice, or a label close to the title calls the article."""
    for index in cut.around:
        one = cut.sheet.marked[index]
        if one.genre and one.rule in ("disclaimer", "syndication-notice", "byline"):
            return one.genre
    titles = set(cut.titles)
    for index in cut.header:
        one = cut.sheet.marked[index]
        is_near = any(index + step in titles for step in (-2, -1, 1, 2))
        if one.genre and (one.rule == "breadcrumb" or (is_near and not _stands_in_menu(cut, index))):
            return one.genre
    return None


def _stands_in_menu(cut: Outline, index: int) -> bool:
    """Among other lines of a word or two a genre is a section of the site."""
    near = [place for place in (index - 2, index - 1, index + 1, index + 2) if 0 <= place < cut.sheet.count]
    passages = [cut.sheet.passages[place] for place in near if not cut.sheet.marked[place].date_line]
    return sum(passage.word_count <= 2 for passage in passages) >= 2
