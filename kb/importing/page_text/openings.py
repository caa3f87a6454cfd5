"""Finds where articles begin on a page, and which of them is the page's own."""

from dataclasses import dataclass, replace

from kb.importing.page_text.repetition import repeated_keys
from kb.importing.page_text.sheet import Sheet, same_title

# Words of prose after which "Comments" or "Related articles" may be the end of the article and not a button above it.
ENOUGH_PROSE = 60
# What stands under the title of an article or of its card, and what may stand between.
_CARD_RULES = ("byline", "date-line", "time-ago")
_BETWEEN_RULES = ("genre-label", "share-count", "reading-time", "site-chrome", "image-credit")
# How far below a title its copies, its byline and its first paragraph are looked for.
_TITLE_REACH, _CARD_REACH, _TEXT_REACH = 10, 6, 12


@dataclass(frozen=True, slots=True)
class Opening:
    """Where an article begins: its first line, the copies of its title, and the index behind title and byline."""

    first: int
    end: int
    titles: tuple[int, ...]
    is_repeated: bool


def find_openings(sheet: Sheet) -> list[Opening]:
    """Every place where a title is printed twice, or above a byline or date, in order."""
    openings = []
    copies = repeated_keys(sheet.passages)
    index = 0
    while index < sheet.count:
        opening = _repeated_title(sheet, index, copies) or _title_with_card(sheet, index)
        if opening and openings and _belong_together(sheet, openings[-1], opening):
            openings[-1] = replace(openings[-1], end=opening.end)
        elif opening:
            openings.append(opening)
        index = max(opening.end, index + 1) if opening else index + 1
    return openings


def choose_opening(sheet: Sheet, openings: list[Opening]) -> Opening | None:
    """The opening of the page's own article: the first with a fair share of the prose; None if it has no opening."""
    starts = [opening.first for opening in openings]
    over = _first_farewell(sheet)
    segments: list[tuple[Opening | None, int]] = [(None, _prose_words(sheet, 0, starts[0] if starts else sheet.count))]
    for number, opening in enumerate(openings):
        # What follows after the page has said that its article is over belongs to others.
        if opening.first > over:
            break
        next_start = starts[number + 1] if number + 1 < len(starts) else sheet.count
        segments.append((opening, _prose_words(sheet, opening.end, next_start)))
    most = max(words for _, words in segments)
    for opening, words in segments:
        # Prose above the first title is the article only if it is more than what a page says before it begins.
        is_preface = opening is None and len(segments) > 1 and words < segments[1][1]
        if words >= max(25, 0.2 * most) and not is_preface:
            return opening
    return next((opening for opening, words in segments if words == most), None)


def _repeated_title(sheet: Sheet, index: int, copies: dict[str, list[int]]) -> Opening | None:
    """A title printed again a few lines on, with no paragraph between, begins an article."""
    key = sheet.passages[index].key
    if sheet.marked[index].rule == "breadcrumb" and _is_glued_to_next(sheet, index):
        key = sheet.passages[index + 1].key
    elif not sheet.is_title_like(index):
        return None
    titles = [index]
    for later in range(index + 1, min(index + _TITLE_REACH, sheet.count)):
        other = sheet.passages[later]
        if other.key == key or (sheet.is_title_like(later) and same_title(key, other.key)):
            titles.append(later)
        elif sheet.is_paragraph(later) or (other.key in copies and other.word_count >= 4):
            break
    if len(titles) < 2 or sheet.is_name_repeated_below(titles[-1]):
        return None
    return Opening(index, titles[-1] + 1, tuple(titles), is_repeated=True)


def _belong_together(sheet: Sheet, above: Opening, below: Opening) -> bool:
    """A title printed twice, and close below it a summary above the byline: one article begins here."""
    is_close = above.is_repeated and not below.is_repeated and below.first - above.end <= 3
    return is_close and not any(sheet.is_paragraph(index) for index in range(above.end, below.first))


def _is_glued_to_next(sheet: Sheet, index: int) -> bool:
    """A path that ends in the title on the next line."""
    if index + 1 >= sheet.count or not sheet.is_title_like(index + 1):
        return False
    below = "".join(sheet.passages[index + 1].key.split())
    return len(below) >= 12 and "".join(sheet.passages[index].key.split()).endswith(below)


def _title_with_card(sheet: Sheet, index: int) -> Opening | None:
    """A title with a byline or a date right below begins an article, or the card of one."""
    if not sheet.is_title_like(index):
        return None
    titles, standfirsts = [index], 0
    for later in range(index + 1, min(index + _CARD_REACH, sheet.count)):
        rule = sheet.marked[later].rule
        if rule in _CARD_RULES:
            return _card(sheet, later, titles)
        if rule == "site-chrome" and _has_title_below(sheet, later):
            # The name of the site, its motto, its menu: the title comes below.
            return None
        if rule in _BETWEEN_RULES:
            continue
        if sheet.is_paragraph(later):
            standfirsts += 1
            if standfirsts > 1 or sheet.passages[later].word_count > 60:
                return None
        elif sheet.is_title_like(later) or (sheet.is_text(later) and sheet.passages[later].word_count <= 4):
            titles.append(later)
            if len(titles) > 3:
                return None
        else:
            return None
    return None


def _has_title_below(sheet: Sheet, index: int) -> bool:
    """A title-like line between here and the next byline or date."""
    for later in range(index + 1, min(index + _CARD_REACH, sheet.count)):
        if sheet.marked[later].rule in _CARD_RULES:
            return False
        if sheet.is_title_like(later):
            return True
    return False


def _card(sheet: Sheet, index: int, titles: list[int]) -> Opening | None:
    """The opening whose byline or date stands at `index`; none without a paragraph soon after it."""
    end = index + 1
    while end < sheet.count and sheet.marked[end].rule in (*_CARD_RULES, "share-count", "reading-time"):
        end += 1
    if any(sheet.is_strong(place) for place in range(end, min(end + _TEXT_REACH, sheet.count))):
        return Opening(titles[0], end, tuple(titles), is_repeated=False)
    return None


def _first_farewell(sheet: Sheet) -> int:
    """The index of the first line that, after some prose, says that the article is over; behind the last if none does."""
    seen = 0
    for index, one in enumerate(sheet.marked):
        if one.role in ("end", "opener") and seen >= ENOUGH_PROSE:
            return index
        if sheet.is_paragraph(index):
            seen += one.passage.word_count
    return sheet.count


def _prose_words(sheet: Sheet, start: int, end: int) -> int:
    return sum(sheet.passages[index].word_count for index in range(start, end) if sheet.is_strong(index))
