"""Tells the headings of an article from its paragraphs, and from links that look like headings."""

from itertools import groupby

from kb.importing.page_text.cutting import Outline, is_quoted
from kb.importing.page_text.names import looks_like_person
from kb.importing.page_text.passages import Passage, ends_sentence, words_of

_STEM = 5  # letters
_BULLETS = "•·▪◦●–-—*✓►"


def set_kinds(cut: Outline, candidates: list[int]) -> None:
    """Call each passage of the body a paragraph or a heading; lines that are links to other articles go."""
    passages = cut.sheet.passages
    last = candidates[-1] if candidates else None
    # The other form of a word counts as the word.
    stems = {word[:_STEM] for word in cut.vocabulary}
    for is_prose, group in groupby(candidates, key=lambda index: passages[index].is_prose):
        run = list(group)
        has_links = len(run) >= 3 and _are_links([passages[index] for index in run[:-1]])
        for index in run:
            if is_prose:
                cut.kinds[index] = "paragraph"
            elif (has_links and index != run[-1]) or (
                len(run) == 1 and index != last and _is_link(passages[index], stems)
            ):
                cut.remove(index, "related-articles")
            else:
                is_heading = index != last and _is_heading(passages[index], index, run)
                cut.kinds[index] = "heading" if is_heading else "paragraph"


def keep_first_heading(cut: Outline, start: int) -> None:
    """A short line between byline and first paragraph is a heading in an article that has headings."""
    index = start - 1
    if index not in cut.header or cut.rules[index] != "header-line" or not cut.titles:
        return
    passage = cut.sheet.passages[index]
    has_line_between = any(cut.sheet.marked[place].role for place in range(max(cut.titles) + 1, index))
    is_like_others = "heading" in cut.kinds.values() and passage.word_count <= 8
    is_name = looks_like_person(passage.text, cut.register)
    if has_line_between and is_like_others and not is_name and _is_heading(passage, index, [index]):
        cut.header.remove(index)
        cut.rules[index] = ""
        cut.kinds[index] = "heading"


def is_list_item(text: str) -> bool:
    """Begins with a bullet or a number."""
    head, _, rest = text.partition(" ")
    return bool(rest) and (head in _BULLETS or (head[:-1].isdigit() and head[-1] in ".)") or head[1:] == ")")


def _is_heading(passage: Passage, index: int, run: list[int]) -> bool:
    text = passage.text
    if passage.word_count > 16 or len(text) > 120 or text[-1] in ":;,—–-" or text[0] in _BULLETS:
        return False
    if is_quoted(text) or not any(map(str.isalpha, text)) or (is_list_item(text) and len(run) > 1):
        return False
    # Of several short lines in a row two may be heading and subheading; more are a list with a heading below.
    return len(run) <= 2 or index == run[-1]


def _is_link(passage: Passage, stems: set[str]) -> bool:
    """A line as long as a title, of which the article speaks nowhere."""
    text = passage.text
    if passage.word_count < 8 or is_quoted(text) or is_list_item(text) or text[-1] in ":;," or ends_sentence(text):
        return False
    words = {word for word in words_of(text) if len(word) >= _STEM}
    return len(words) >= 4 and sum(word[:_STEM] in stems for word in words) <= 0.2 * len(words)


def _are_links(lines: list[Passage]) -> bool:
    """Headlines of other articles are longer than the items of a list."""
    if any(is_list_item(line.text) or line.text[-1] in ":;," for line in lines):
        return False
    return sum(line.word_count for line in lines) >= 6 * len(lines)
