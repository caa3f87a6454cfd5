"""Decides for every passage of a page whether it belongs to the article, by what it is and where it stands."""

from collections.abc import Sequence

from kb.importing.page_text.cutting import Outline
from kb.importing.page_text.extent import read_body
from kb.importing.page_text.heading import keep_first_heading, set_kinds
from kb.importing.page_text.marking import Marked
from kb.importing.page_text.openings import choose_opening, find_openings
from kb.importing.page_text.sheet import Sheet
from kb.importing.page_text.tail import drop_repetitions, drop_tail
from kb.importing.page_text.top import read_header, remove_above
from kb.importing.register import Register


def outline(marked: Sequence[Marked], register: Register) -> Outline:
    """Cut a page into its article and everything else. Every passage comes out as body or with a rule."""
    sheet = Sheet(marked)
    openings = find_openings(sheet)
    cut = Outline(sheet, register, openings, choose_opening(sheet, openings))
    begin = cut.main.first if cut.main else 0
    remove_above(cut, begin)
    start = read_header(cut, begin)
    candidates, stop = read_body(cut, start)
    candidates = drop_tail(cut, drop_repetitions(cut, candidates))
    set_kinds(cut, candidates)
    keep_first_heading(cut, start)
    cut.body = sorted(cut.kinds)
    last = cut.body[-1] if cut.body else start - 1
    cut.tail = [index for index in range(last + 1, stop) if cut.rules[index]]
    return cut
