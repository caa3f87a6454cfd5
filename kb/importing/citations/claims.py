"""Cut out the words that a citation supports: an exact slice of its block, never more than one sentence."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.lean import Lean
from kb.importing.citations.passage import Passage

LONGEST_CLAIM = 3000  # code points; a longer "sentence" is no sentence
SHORTEST_CLAUSE = 3  # words
DATELINE = 10  # tokens
DASHES = frozenset("—–―")
EDGE = " \t\n\r\u00a0,;:—–―-،؛"
# In front of a clause these only join it to what stands before.
JOINING = frozenset(("and", "but", "yet", "so", "or", "nor", "that"))
FINITE = v.BE_FORMS | v.AUXILIARIES | frozenset(
    ["did", "does", "do", "will", "would", "can", "could", "may", "might", "must", "shall", "should", "rose", "fell", "made", "took", "gave", "got", "went", "came", "became", "began", "ran", "led", "lost", "won", "met", "kept", "held", "cut", "hit", "put", "set", "let", "left", "sent", "spent", "built", "bought", "sold", "grew", "drew", "flew", "knew", "saw", "spoke", "struck"]
)  # fmt: skip


def claim_span(passage: Passage, lean: Lean, previous: Lean | None, following: Lean | None) -> tuple[int, int] | None:
    """Start and end of the supported words in the block, or None when the sentence leaves none.

    `previous` and `following` are the neighbouring citations; their words are theirs.
    """
    if lean.via is not None and lean.via.via is None and passage.low(lean.first) in v.CITING:
        return claim_span(passage, lean.via, None, None)  # the outlet that quotes has the words
    if lean.supports == "nothing":
        return None
    if lean.supports == "clause":
        span = _clause_before(passage, lean, previous)
    elif lean.supports == "before":
        span = _before(passage, lean, previous)
    elif lean.supports == "around":
        start, end = _sentence(passage, lean.first)
        span = (max(start, _end_of(passage, previous, start)), min(end, _start_of(passage, following, end)))
    else:
        span = _after(passage, lean, following)
    if span is None or span[1] - span[0] > 2 * LONGEST_CLAIM:
        return None
    start, end = _trimmed(passage.text, *span)
    return (start, end) if 0 < end - start <= LONGEST_CLAIM and any(map(str.isalnum, passage.text[start:end])) else None


def _sentence(passage: Passage, place: int) -> tuple[int, int]:
    """The sentence of a token, without the place line ("TEHRAN (Reuters) -") at the start of a block."""
    start, end = passage.sentences[passage.sentence_of[place]]
    if passage.sentence_of[place] == 0:
        for ahead in range(2, min(DATELINE, place)):
            if passage.low(ahead) == ")":
                is_dateline = passage.low(ahead + 1) in ("-", "—", "–") and passage.words[0].text.isupper()
                return (passage.words[ahead + 1].end, end) if is_dateline else (start, end)
    return start, end


def _end_of(passage: Passage, lean: Lean | None, floor: int) -> int:
    return passage.words[lean.last].end if lean else floor


def _start_of(passage: Passage, lean: Lean | None, ceiling: int) -> int:
    return passage.words[lean.first].start if lean else ceiling


def _after(passage: Passage, lean: Lean, following: Lean | None) -> tuple[int, int] | None:
    last = lean.last if lean.group_last is None else lean.group_last
    place = lean.claim_from if lean.claim_from is not None else last + 1
    if not passage.same_sentence(place, lean.first):
        return None
    start, end = passage.words[place].start, _sentence(passage, lean.first)[1]
    if following and passage.same_sentence(following.first, lean.first) and following.first > place:
        stop = passage.words[following.first].start
        if following.supports == "after" and (following.first - place) > SHORTEST_CLAUSE:
            # The next source has its own words; what joins the two clauses belongs to neither.
            end = stop
            last = following.first - 1
            while last > place and (passage.low(last) in v.CONJUNCTIONS or passage.low(last) in ",;—–"):
                end = passage.words[last].start
                last -= 1
        elif following.supports == "clause":
            end = stop if _ends_clause(passage, following.last) else end
    return start, end


def _ends_clause(passage: Passage, place: int) -> bool:
    return not passage.same_sentence(place + 1, place) or not passage.words[place + 1].is_word


def _before(passage: Passage, lean: Lean, previous: Lean | None) -> tuple[int, int] | None:
    """What stands before an attribution that follows its statement, back to a semicolon or to the last citation."""
    start, _ = _sentence(passage, lean.first)
    stop = passage.words[lean.first if lean.group_first is None else lean.group_first].start
    if previous and passage.same_sentence(previous.first, lean.first):
        floor = passage.words[previous.last].end
        is_shared = lean.first - previous.last <= 2  # "..., Reuters and AFP reported"
        if is_shared and previous.supports == "before":
            stop = passage.words[previous.first].start
        elif previous.supports != "after" or previous.claim_from is None:
            start = max(start, floor)
    for place in range(lean.first - 2, max(lean.first - 80, -1), -1):
        if not passage.same_sentence(place, lean.first) or passage.words[place].start < start:
            break
        if passage.low(place) == ";":
            start = passage.words[place].end
            break
    return _without_joining(passage, start, stop)


def _clause_before(passage: Passage, lean: Lean, previous: Lean | None) -> tuple[int, int] | None:
    opening = lean.claim_from if lean.claim_from is not None else lean.first
    stop = passage.words[opening].start
    anchor = opening
    if not passage.same_sentence(opening - 1, opening) if opening else True:
        if opening == 0:
            return _behind(passage, lean)
        # The parenthesis stands behind the full stop of the sentence that it supports.
        anchor = opening - 1
    sentence_start, sentence_end = _sentence(passage, anchor)
    start = sentence_start
    if anchor != opening:
        return start, min(stop, sentence_end)
    if previous and previous.claim_from == lean.claim_from and previous.supports == "clause":
        previous = None  # two sources in one parenthesis support the same words
    floor = max(start, _end_of(passage, previous, start)) if previous else start
    if floor >= stop or not passage.text[floor:stop].strip(EDGE):
        floor = start
    start = floor
    if stop - start > 2 * LONGEST_CLAIM:
        return None
    depth = 0
    for place in range(opening - 1, max(opening - 120, -1), -1):
        word = passage.words[place]
        if word.start < floor or not passage.same_sentence(place, opening):
            break
        if word.text in ")]":
            depth += 1
        elif word.text in "([" and depth:
            depth -= 1
        elif depth == 0 and _opens_clause(passage, place, opening):
            start = word.end if not word.is_word else word.start
            break
    span = _without_joining(passage, start, stop)
    is_bare = len(passage.text[span[0] : span[1]].split()) < SHORTEST_CLAUSE and start == sentence_start
    if is_bare and passage.same_sentence(lean.last + 1, opening) and passage.words[lean.last + 1].is_word:
        return span[0], sentence_end  # a bare subject is no statement: the words behind the parenthesis make it one
    return span


def _behind(passage: Passage, lean: Lean) -> tuple[int, int] | None:
    place = lean.last + 1
    if place >= len(passage.words):
        return None
    return passage.words[place].start, _sentence(passage, place)[1]


def _opens_clause(passage: Passage, place: int, opening: int) -> bool:
    """Does the clause that a parenthesis supports begin at (or right behind) this token?"""
    word = passage.words[place]
    if opening - place <= SHORTEST_CLAUSE:
        return False
    if word.text in DASHES or word.text == ";":
        return True
    if word.text == "-":
        before = passage.words[place - 1] if place else None
        return before is not None and before.end < word.start and passage.words[place + 1].start > word.end
    if word.text == ":":
        return True
    if word.text == "," and passage.low(place + 1) in v.CONJUNCTIONS:
        return any(_is_finite(passage, ahead) for ahead in range(place + 2, opening))
    return False


def _is_finite(passage: Passage, place: int) -> bool:
    low = passage.low(place)
    return low in FINITE or low in v.SAYING or (low.endswith("ed") and len(low) > 4)


def _without_joining(passage: Passage, start: int, stop: int) -> tuple[int, int]:
    start, stop = _trimmed(passage.text, start, stop)
    first, _, rest = passage.text[start : min(stop, start + 12)].partition(" ")
    if first.lower() in JOINING and rest:
        start += len(first)
    return start, stop


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in EDGE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in EDGE):
        end -= 1
    # A closing full stop belongs to the sentence, not to the statement; that of "U.S." and an ellipsis stay.
    if end - start > 2 and text[end - 1] == "." and "." not in text[end - 4 : end - 1]:
        end -= 1
        while end > start and text[end - 1].isspace():
            end -= 1
    return start, end
