"""Takes off the body what repeats its own words, and what follows its last paragraph."""

from kb.importing.page_text.author_cards import find_author_cards
from kb.importing.page_text.cutting import Outline, is_quoted
from kb.importing.page_text.heading import is_list_item
from kb.importing.page_text.repetition import find_echoes, find_repetitions

_BOX_RULES = frozenset(("donation", "newsletter", "app-advert", "cookie-notice"))


def drop_repetitions(cut: Outline, candidates: list[int]) -> list[int]:
    """Remove pull quotes and passages printed a second time; the indexes that stay."""
    passages = cut.sheet.passages
    for index, other in find_repetitions(passages, candidates).items():
        cut.remove(index, "repeated-passage" if passages[index].word_count > 60 else "pull-quote")
        cut.repeats[index] = other
    rest = [index for index in candidates if not cut.rules[index]]
    quoted = {index for index in rest if is_quoted(passages[index].text)}
    for index, other in find_echoes(passages, rest, quoted).items():
        cut.remove(index, "pull-quote")
        cut.repeats[index] = other
    return [index for index in rest if not cut.rules[index]]


def drop_tail(cut: Outline, candidates: list[int]) -> list[int]:
    """Take off what follows the last paragraph: loose lines, author cards, thanks."""
    passages = cut.sheet.passages
    bylines = [name for one in cut.sheet.marked if one.byline for name in one.byline.authors]
    cards, cut.card_names = find_author_cards(cut.sheet, candidates, bylines, cut.register)
    for index in cards:
        cut.remove(index, "author-card")
    candidates = [index for index in candidates if index not in cards]
    paragraphs = [place for place, index in enumerate(candidates) if passages[index].is_prose]
    strong = [place for place in paragraphs if passages[candidates[place]].is_strong]
    keep = (strong or paragraphs or [-1])[-1] + 1
    # A short last paragraph directly below the one before belongs to it.
    while 0 < keep < len(candidates) and _follows_directly(cut, candidates[keep - 1], candidates[keep]):
        keep += 1
    for index in candidates[keep:]:
        cut.remove(index, _rule_of_loose_line(cut, index))
    return candidates[:keep]


def _follows_directly(cut: Outline, before: int, index: int) -> bool:
    passage = cut.sheet.passages[index]
    if index == before + 1:
        return (passage.is_prose and passage.word_count >= 3) or is_list_item(passage.text)
    is_interrupted = cut.rules[index - 1] in ("pull-quote", "advertisement", "image-credit", "related-articles")
    return before + 2 == index and is_interrupted and passage.is_prose and passage.word_count >= 8


def _rule_of_loose_line(cut: Outline, index: int) -> str:
    sheet = cut.sheet
    if not sheet.passages[index].is_prose:
        # The title of a box goes by what the box turned out to be, and so do its last lines.
        if index + 1 < sheet.count and cut.rules[index + 1] in _BOX_RULES:
            return cut.rules[index + 1]
        if cut.rules[index - 1] == "donation":
            return "donation"
        if sheet.is_title_like(index) and sheet.passages[index].word_count >= 4 and index + 1 < sheet.count:
            return "next-article"
    return "trailing-line"
