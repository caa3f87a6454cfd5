"""Finds the other articles that stand on a page: each may become a capture of its own."""

from kb.importing.page_text.cutting import Outline
from kb.importing.page_text.openings import Opening
from kb.importing.records import FoundPiece

# Fewer words are a teaser.
_FEWEST_WORDS = 40


def find_pieces(cut: Outline) -> tuple[FoundPiece, ...]:
    """The other articles of a page, each from its title to its last paragraph, in order."""
    sheet = cut.sheet
    openings = {opening.first: opening for opening in cut.openings if opening is not cut.main}
    pieces: list[FoundPiece] = []
    start, title, last, words = -1, "", -1, 0
    for index in range(sheet.count + 1):
        is_over = index == sheet.count or index in cut.kinds or sheet.marked[index].role in ("opener", "end")
        if last >= 0 and (is_over or index in openings):
            if words >= _FEWEST_WORDS:
                pieces.append(FoundPiece(sheet.passages[start].start, sheet.passages[last].end, title))
            start, title, last, words = -1, "", -1, 0
        if is_over:
            start, title = -1, ""
        elif index in openings and start < 0:
            start, title = index, _title_of(cut, openings[index])
        elif cut.rules[index] == "foreign-article" and sheet.is_strong(index):
            if start < 0:
                above = index - 1
                has_title = above >= 0 and above not in cut.kinds and sheet.is_title_like(above)
                start, title = (above, sheet.passages[above].text) if has_title else (index, "")
            last, words = index, words + sheet.passages[index].word_count
    return tuple(pieces)


def _title_of(cut: Outline, opening: Opening) -> str:
    """The barest copy of a title, on one line."""
    copies = [cut.sheet.passages[index] for index in opening.titles if cut.sheet.is_title_like(index)]
    return " ".join(min(copies, key=lambda one: len(one.key)).text.split())[:300] if copies else ""
