"""Find where the sentences of a block begin and end."""

import re2

from kb.text.words import without_surrogates, word_set

# Full stops of many scripts: Latin, CJK, full width, Arabic, Urdu, Devanagari (single and double danda), Armenian, Ethiopic.
STOPS = ".!?…。！？｡؟۔।॥։።"
# These end a sentence even without a space behind them, and are never part of a number or an abbreviation.
FIRM_STOPS = "。！？｡"
CLOSERS = "\"'”’»)]}›」』"
OPENERS = "\"'“‘«([{‹„¿¡#@—–-「『"

# Titles and shortenings that the rest of the phrase always follows, so a capital letter behind them says nothing.
TITLES = word_set(
    "Mr Mrs Ms Dr Prof Gen Lt Col Capt Cmdr Adm Sgt Maj Brig Sen Rep Gov Hon Rev Fr St Mt Ft Messrs Mme Mlle No Nos Vol "
    "Fig Jan Feb Mar Apr Aug Sept Oct Nov Dec Pres Amb Supt Det Insp no nos vol vs cf fig approx viz ca e.g i.e"
)
# These may also close a sentence: only a word that begins sentences decides it.
ABBREVIATIONS = word_set(
    "Jr Sr Inc Ltd Co Corp Bros Dept Est Jun Jul Sep Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun etc al ed eds pp"
)
# After "U.S." a capital letter usually goes on; these words begin a sentence instead.
STARTERS = word_set(
    "the a an this that these those it its he she they we i you there here in on at but and yet however meanwhile still "
    "while when if as for from after before since although though both some many most our his her their moreover "
    "furthermore thus therefore instead nor so what why how who"
)

STOP_RUN = re2.compile(r"[" + "".join("\\" + s if s in ".?!" else s for s in STOPS) + r"]+")
BREAK = re2.compile("\n[ \t]*\n|[\u2028\u2029]")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence of a block, in code points, in order, without white space at the ends.

    Every character that is not white space lies in exactly one span. Time grows linearly with the text.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _ends(text):
        _append_trimmed(spans, text, start, end)
        start = end
    _append_trimmed(spans, text, start, len(text))
    return spans


def _append_trimmed(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _ends(text: str):
    searchable = without_surrogates(text)
    ends = [match.start() for match in BREAK.finditer(searchable)]
    stop_floor = 0
    for match in STOP_RUN.finditer(searchable):
        if match.start() < stop_floor:
            continue
        end = match.end()
        while end < len(text) and text[end] in CLOSERS:
            end += 1
        stop_floor = end
        if _ends_sentence(text, match.start(), match.end(), end):
            ends.append(end)
    return sorted(ends)


def _ends_sentence(text: str, stop: int, after_stop: int, end: int) -> bool:
    if text[after_stop - 1] in FIRM_STOPS:
        return True
    if end < len(text) and not text[end].isspace():
        return False
    if end == len(text):
        return True
    following = _next_word(text, end)
    marks = text[stop:after_stop]
    if marks == ".":
        word = _word_before(text, stop)
        if end == after_stop:
            if word in TITLES:
                return word.lower() == "no" and not following[:1].isdigit()
            initial = len(word) == 1 and word.isupper()  # "J. Smith"
            shortened = "." in word and len(word) <= 8  # "U.S.", "a.m."
            if initial or shortened or word in ABBREVIATIONS:
                return following[:1].isupper() and following.lower() in STARTERS
    # An ellipsis, or a question inside a quotation, ends the sentence only when a new one begins.
    return not following[:1].islower()


def _word_before(text: str, stop: int) -> str:
    """The letters and inner dots right before a stop; at most 12, more is no abbreviation."""
    start = stop
    while start > 0 and stop - start < 12 and (text[start - 1].isalpha() or text[start - 1] == "."):
        start -= 1
    return text[start:stop].lstrip(".")


def _next_word(text: str, place: int) -> str:
    """The next word behind white space and opening marks, looking at most 60 characters ahead."""
    limit = min(len(text), place + 60)
    while place < limit and (text[place].isspace() or text[place] in OPENERS):
        place += 1
    start = place
    while place < limit and (text[place].isalnum() or text[place] in "'’"):
        place += 1
    return text[start:place]
