"""Reads the body of an article from its first paragraph to where it is over, past what stands in between."""

from kb.importing.page_text.cutting import Outline, capitalised
from kb.importing.page_text.lists import end_of_contents, end_of_list
from kb.importing.page_text.openings import ENOUGH_PROSE, Opening
from kb.importing.page_text.passages import words_of

# Words of the article after which the card of another one may stand in it.
_SOME_PROSE = 25
_CLOSING_RULES = frozenset(
    ("tag-list", "author-card", "copyright", "credits", "disclaimer", "syndication-notice", "share-count", "newsletter")
)
# A heading may say a part of the title again; a copy of the title says most of it.
_COPY = 0.7


def read_body(cut: Outline, start: int) -> tuple[list[int], int]:
    """Collect paragraphs and short lines until the article is over; their indexes, and where it was over."""
    sheet = cut.sheet
    candidates: list[int] = []
    openings = {opening.first: opening for opening in cut.openings}
    seen, index = 0, start
    while index < sheet.count:
        marked, passage = sheet.marked[index], sheet.passages[index]
        if marked.role == "end" and seen >= ENOUGH_PROSE:
            return candidates, _close(cut, index, marked.rule)
        if seen >= ENOUGH_PROSE and _begins_another(cut, index):
            return candidates, _close(cut, index, "foreign-article")
        end = _end_of_intrusion(cut, index, openings.get(index), seen)
        if end is None:
            return candidates, _close(cut, index, marked.rule or "foreign-article")
        if end > index:
            index = end
            continue
        if marked.role and not (marked.is_doubtful and sheet.stands_in_text(index)):
            cut.remove(index, marked.rule)
        elif sheet.is_other_script(index) and not sheet.stands_in_text(index):
            cut.remove(index, "other-script")
        elif cut.is_same_as_headline(index, at_least=_COPY if seen else 0.0):
            cut.remove(index, "repeated-title")
        else:
            candidates.append(index)
            if passage.is_prose:
                seen += passage.word_count
                cut.learn(passage.text[:4000])
        index += 1
    return candidates, index


def _end_of_intrusion(cut: Outline, index: int, opening: Opening | None, seen: int) -> int | None:
    """The index behind links or a card that stand in the article; `index` if none stand here, None if it is over."""
    rule = cut.sheet.marked[index].rule
    if cut.sheet.marked[index].role == "opener":
        if rule == "table-of-contents":
            end = end_of_contents(cut, index)
        else:
            end = end_of_list(cut, index)
            if seen >= ENOUGH_PROSE and not _goes_on(cut, end, share=0.3):
                return None
        cut.remove_list(index, end, rule)
        return end
    if opening is None or seen < _SOME_PROSE or cut.is_same_as_headline(index):
        return index
    # A card with a date may stand between two paragraphs; a title printed twice begins something else.
    end = max(end_of_list(cut, index), opening.end)
    if not opening.is_repeated and _goes_on(cut, end, share=0.5):
        cut.remove_list(index, end, "related-articles")
        return end
    return None if seen >= ENOUGH_PROSE else index


def _begins_another(cut: Outline, index: int) -> bool:
    """A title below a line that closes articles, above prose of other matters."""
    sheet = cut.sheet
    is_title = sheet.is_title_like(index) and sheet.passages[index].word_count >= 4
    if not is_title or sheet.marked[index - 1].rule not in _CLOSING_RULES or cut.is_same_as_headline(index):
        return False
    has_prose = any(sheet.is_strong(place) for place in range(index + 1, min(index + 3, sheet.count)))
    return has_prose and not _goes_on(cut, index + 1, share=0.3)


def _goes_on(cut: Outline, index: int, *, share: float) -> bool:
    """Whether the prose from here on speaks of the same matters: of names, or else of longer words, seen before."""
    sheet = cut.sheet
    known: set[str] = set()
    strange: set[str] = set()
    long_words: set[str] = set()
    words = 0
    for place in range(index, min(index + 12, sheet.count)):
        marked = sheet.marked[place]
        if marked.role in ("opener", "end") or marked.rule in ("byline", "time-ago") or words > 400:
            break
        if place in cut.starts and words:
            break
        if sheet.is_paragraph(place):
            text = sheet.passages[place].text[:3000]
            words += sheet.passages[place].word_count
            inner, first, small = capitalised(text)
            known.update(((inner | first) & cut.names) - cut.small - small)
            strange.update(inner - cut.vocabulary)
            long_words.update(word for word in words_of(text) if len(word) >= 6)
    if words < 20:
        return False
    if len(known) + len(strange) >= 2:
        return len(known) >= share * (len(known) + len(strange))
    return len(long_words & cut.vocabulary) >= share * len(long_words)


def _close(cut: Outline, index: int, rule: str) -> int:
    """Everything from here on is not the article; each part goes by the last rule that announced it.

    The index behind what still speaks of this article: the part about its author.
    """
    sheet = cut.sheet
    current, end = rule, index
    repeated = {opening.first for opening in cut.openings if opening.is_repeated}
    for place in range(index, sheet.count):
        marked = sheet.marked[place]
        if marked.role in ("opener", "end"):
            current = marked.rule
        elif place in repeated and current == "comments":
            current = "foreign-article"
        is_foreign = current == "related-articles" and sheet.is_strong(place)
        cut.remove(place, marked.rule or ("foreign-article" if is_foreign else current))
        if current == "author-card" and end == place:
            end = place + 1
    return end
