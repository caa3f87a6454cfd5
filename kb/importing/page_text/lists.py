"""Finds where lists of links and tables of contents end."""

from kb.importing.page_text.cutting import Outline


def end_of_list(cut: Outline, index: int) -> int:
    """The index behind the items of a list of links: titles, each perhaps with a cut or short sentence below."""
    sheet = cut.sheet
    place = index + 1
    own_start = cut.main.first if cut.main else -1
    while place < sheet.count:
        marked, passage = sheet.marked[place], sheet.passages[place]
        if marked.role in ("opener", "end") or place == own_start or passage.key in cut.title_keys:
            break
        is_item = marked.role == "line" or passage.is_cut_off or not passage.is_prose
        if not is_item and not sheet.is_other_script(place) and not _is_summary(cut, place, index):
            break
        place += 1
    return place


def _is_summary(cut: Outline, index: int, opener: int) -> bool:
    """A short paragraph between two titles of a list."""
    sheet = cut.sheet
    above = index - 1
    if sheet.passages[index].word_count > 40 or above <= opener or not sheet.is_title_like(above):
        return False
    for after in range(index + 1, min(index + 6, sheet.count)):
        if sheet.marked[after].role != "line":
            passage = sheet.passages[after]
            return passage.is_cut_off or (not passage.is_prose and passage.word_count >= 3)
    return True


def end_of_contents(cut: Outline, index: int) -> int:
    """The index behind a list of the headings that follow; the first of them printed again ends it."""
    sheet = cut.sheet
    place = index + 1
    seen: set[str] = set()
    while place < sheet.count and not sheet.passages[place].is_prose and sheet.marked[place].role in ("", "line"):
        if sheet.passages[place].key in seen:
            break
        seen.add(sheet.passages[place].key)
        place += 1
    return place
