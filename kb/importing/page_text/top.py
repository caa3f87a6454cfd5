"""Reads the top of a page, down to the first paragraph of its article: what stands above, the title, the lines below."""

from collections.abc import Sequence

from kb.importing.page_text.cutting import Outline
from kb.importing.page_text.lists import end_of_list
from kb.importing.page_text.passages import words_of

# How many lines above the title are looked at for its date, genre and path.
_ABOVE_TITLE = 8


def remove_above(cut: Outline, begin: int) -> None:
    """Remove what stands above the title; the nearest lines still belong to the header."""
    sheet = cut.sheet
    current = "site-chrome"
    is_foreign = False
    for index in range(begin):
        marked = sheet.marked[index]
        if marked.role == "opener":
            current, is_foreign = marked.rule, False
        elif marked.role and marked.rule in ("breadcrumb", "date-line"):
            current = "site-chrome"
        is_foreign = is_foreign or index in cut.starts
        rule = "foreign-article" if is_foreign and sheet.is_strong(index) else current
        cut.remove(index, marked.rule or ("teaser" if sheet.passages[index].is_cut_off else rule))
    near = begin
    while near > 0 and begin - near < _ABOVE_TITLE and sheet.marked[near - 1].role == "line":
        near -= 1
    cut.header = list(range(near, begin))


def read_header(cut: Outline, begin: int) -> int:
    """Go down to the first paragraph; what is passed is header. The index of that paragraph."""
    sheet = cut.sheet
    index = begin
    header_end = cut.main.end if cut.main else begin
    has_byline = False
    while index < sheet.count:
        marked = sheet.marked[index]
        if marked.role == "opener":
            end = end_of_list(cut, index)
            cut.remove_list(index, end, marked.rule)
            index = end
            continue
        if marked.role:
            cut.remove(index, marked.rule)
            has_byline = has_byline or marked.rule == "byline"
        elif sheet.is_other_script(index):
            cut.remove(index, "other-script")
        elif sheet.is_paragraph(index):
            is_standfirst = not has_byline and _is_standfirst(cut, index)
            if index >= header_end and not is_standfirst and not _is_aside(cut, index):
                break
            cut.remove(index, _rule_of_aside(cut, index))
        cut.header.append(index)
        index += 1
    _settle(cut)
    return index


def _is_standfirst(cut: Outline, index: int) -> bool:
    """A sentence or two between title and byline; the first paragraph stands below the byline."""
    sheet = cut.sheet
    if sheet.passages[index].word_count > 60:
        return False
    for later in range(index + 1, min(index + 5, sheet.count)):
        if sheet.marked[later].rule in ("byline", "date-line"):
            return True
        if sheet.marked[later].role != "line" and (sheet.is_paragraph(later) or sheet.passages[later].word_count > 5):
            return False
    return False


def _is_aside(cut: Outline, index: int) -> bool:
    """A cut teaser under a title, or a caption above its credit."""
    sheet = cut.sheet
    passage = sheet.passages[index]
    after = index + 1
    if after >= sheet.count:
        return False
    if passage.word_count <= 40 and sheet.marked[after].rule == "image-credit":
        return True
    is_under_title = index > 0 and not sheet.passages[index - 1].is_prose
    return passage.is_cut_off and is_under_title and not sheet.is_paragraph(after)


def _rule_of_aside(cut: Outline, index: int) -> str:
    sheet = cut.sheet
    if sheet.passages[index].is_cut_off:
        return "teaser"
    is_caption = index + 1 < sheet.count and sheet.marked[index + 1].rule == "image-credit"
    return "image-credit" if is_caption else "standfirst"


def _settle(cut: Outline) -> None:
    """Choose the title among the loose lines of the header when it is not printed twice, and name the others."""
    passages = cut.sheet.passages
    loose = [index for index in cut.header if not cut.rules[index]]
    if cut.main and cut.main.is_repeated:
        cut.titles = list(cut.main.titles)
    else:
        keys = {passages[index].key for index in cut.header}
        best = _best_title(cut, cut.main.titles, keys) if cut.main else None
        # The name of a site above a date opens many pages; their title is longer and stands below.
        if best is None or _title_score(cut, best, keys) < 2:
            best = _best_title(cut, loose, keys)
        cut.titles = [] if best is None else [best]
    cut.title_keys = {passages[index].key for index in cut.titles}
    for index in cut.titles:
        cut.learn(passages[index].text)
    chosen = set(cut.titles)
    for index in loose:
        is_copy = index not in chosen and cut.is_same_as_headline(index)
        cut.rules[index] = "repeated-title" if is_copy or index in chosen else "header-line"
        if is_copy:
            cut.titles.append(index)


def _best_title(cut: Outline, lines: Sequence[int], keys: set[str]) -> int | None:
    titles = [index for index in lines if cut.sheet.is_title_like(index)]
    return max(titles, key=lambda index: (_title_score(cut, index, keys), -index), default=None)


def _title_score(cut: Outline, index: int, keys: set[str]) -> float:
    """Titles have five words and more once the site's name is off them; names of sites, sections and themes have fewer."""
    text = cut.sheet.passages[index].text
    for separator in (" | ", " - ", " – ", " — "):
        base, found, site = text.rpartition(separator)
        if found and " ".join(words_of(site)) in keys:
            text = base
    words = len(text.split())
    return 2 if 5 <= words <= 25 else 1.5 if words == 4 else 1 if words == 3 else 0
