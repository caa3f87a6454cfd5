"""Citations in parentheses: "(#Reuters, June 12)", "[BBC, 2/5]", "(CNN, June 4; Reuters, June 5)"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.dates import date_at
from kb.importing.citations.descriptions import after_acronym
from kb.importing.citations.lean import Lean
from kb.importing.citations.passage import Passage
from kb.importing.citations.proper_names import is_place, looks_like_institution, unknown_name_at
from kb.importing.register import Match, NameInText
from kb.text.partial_dates import MONTHS, SEASONS, WEEKDAYS
from kb.text.words import word_set

LONGEST_PARENTHESIS = 60  # tokens
# What stands alone in parentheses behind a sentence and names nobody.
NO_NAMES = (
    v.FUNCTION_WORDS
    | v.PICTURE_WORDS
    | word_set(
        "applause laughter laughs continued updated editor editors emphasis italics more read related advertisement note notes "
        "correction spoiler english spanish french sponsored subscribe disclosure disclaimer cheers silence"
    )
)
CLOSING = {"(": ")", "[": "]"}


def parenthesis(passage: Passage, place: int) -> list[Lean]:
    """The sources cited in the parenthesis that opens at a token; one of several takes its own words without brackets."""
    closing = _closing(passage, place)
    if closing is None or closing == place + 1:
        return []
    items = _items(passage, place + 1, closing)
    leans = []
    for first, last in items:
        leans += _item(passage, first, last, place, closing)
    if len(items) == 1 and len(leans) == 1:
        leans[0].first, leans[0].last = place, closing
    return leans


def _closing(passage: Passage, place: int) -> int | None:
    wanted = CLOSING[passage.low(place)]
    for ahead in range(place + 1, min(place + LONGEST_PARENTHESIS, len(passage.words))):
        if passage.low(ahead) == wanted:
            return ahead
        if passage.low(ahead) in CLOSING:
            return None
    return None


def _items(passage: Passage, first: int, end: int) -> list[tuple[int, int]]:
    """The parts between semicolons, as first and last token."""
    items, start = [], first
    for place in range(first, end + 1):
        if place == end or passage.low(place) == ";":
            if start < place:
                items.append((start, place - 1))
            start = place + 1
    return items


def _item(passage: Passage, first: int, last: int, opening: int, closing: int) -> list[Lean]:
    if any(passage.low(place) in v.PICTURE_WORDS for place in range(first, last + 1)):
        return []
    start = first
    while first <= last and (passage.low(first) in v.PARENTHESIS_LEADS or passage.low(first) == ":"):
        first += 1
    names = []
    while first <= last and first in passage.loose_names:
        name = passage.loose_names[first]
        names.append((start, name))
        following = after_acronym(passage, name.last + 1)
        if passage.low(following) in (",", "and", "&", "/", "via", "citing") and following < last:
            ahead = following + 1
            ahead += passage.low(ahead) in ("and", "the")
            if ahead in passage.loose_names and ahead <= last:
                start = first = ahead
                continue
        first = following
        break
    if not names:
        return _unknown(passage, start, first, last, opening, closing)
    rest = first
    if rest > last:
        return [] if _is_no_citation(passage, names, opening, closing) else _named(passage, names, None, last, opening)
    date = _date_of(passage, rest, last)
    begins = passage.low(rest)
    if date and (begins in (",", ":", "/", "'s", "’s", "“", '"') or date[0] <= rest + 1 or begins in v.DOCUMENTS):
        return _named(passage, names, date, last, opening)
    if (
        begins == ","
        and last - rest < 12
        and passage.low(rest + 1) not in ("which", "who", "where", "whose", "a", "an", "the")
    ):
        return _named(passage, names, None, last, opening) if names[0][1].is_outlet else []
    if begins in ("-", "–", "—", "|") and last - rest < 4 and names[0][1].is_outlet:
        return _named(passage, names, None, last, opening)  # "(Agence France-Presse - AFP)", "(Marca - in Spanish)"
    if begins in v.DOCUMENTS and last - rest < 3:
        return _named(passage, names, None, last, opening)
    return []


def _named(
    passage: Passage, names: list[tuple[int, NameInText]], date: tuple[int, int] | None, last: int, opening: int
) -> list[Lean]:
    leans = []
    for number, (start, name) in enumerate(names):
        end = last if number == len(names) - 1 else name.last
        lean = Lean(start, end, name.match, passage.name_printed(name), None, date, "clause", claim_from=opening)
        before = passage.low(name.first - 1 - (passage.low(name.first - 1) == "the"))
        if leans and before in ("via", "in", "by"):
            leans[-1].via = lean  # "(Reuters via Yahoo)"
        elif leans and before == "citing":
            lean.via = leans[-1]
        leans.append(lean)
    return leans


def _date_of(passage: Passage, first: int, last: int) -> tuple[int, int] | None:
    for place in range(first, last + 1):
        date = date_at(passage, place)
        if date and date[1] <= last:
            return date
    return None


def _is_no_citation(passage: Passage, names, opening: int, closing: int) -> bool:
    """Without a date: a short form behind its long form, a place line ("TEHRAN (Reuters) -"), or an institution named in passing."""
    name = names[0][1]
    same = passage.same_sentence(opening - 1, opening) if opening else False
    if passage.low(closing + 1) in ("-", "–", "—") and opening <= 6:
        return True
    if not same:
        return opening == 0
    before = passage.words[opening - 1]
    known_before = passage.name_ending.get(opening - 1)
    if known_before is not None or _spells(passage, opening, passage.name_printed(name)):
        return True
    if name.is_common:
        return True
    if name.is_outlet:
        return before.is_word and before.is_capitalised and passage.low(closing + 1) not in (".", ",", ";", "")
    return before.is_capitalised or passage.low(closing + 1) not in (".", ",", ";", "")


def _spells(passage: Passage, opening: int, short: str) -> bool:
    """Do the initials of the words before the parenthesis spell what stands in it?"""
    wanted = "".join(letter for letter in short.casefold() if letter.isalpha())
    initials = ""
    for place in range(opening - 1, max(opening - 12, -1), -1):
        word = passage.words[place]
        if not word.is_word:
            if word.text in "-’'&":
                continue
            break
        if word.is_capitalised or initials:
            initials = word.low[0] + initials
        if word.is_capitalised and initials.startswith(wanted[:1]) and _is_subsequence(wanted, initials):
            return len(wanted) > 1
    return False


def _is_subsequence(wanted: str, letters: str) -> bool:
    rest = iter(letters)
    return all(letter in rest for letter in wanted)


def _unknown(passage: Passage, start: int, first: int, last: int, opening: int, closing: int) -> list[Lean]:
    """A name that the register does not hold needs the strong form: name, comma, date and nothing else."""
    found = unknown_name_at(passage, first) if first <= last else None
    if found and _stands_alone(passage, found, last, opening, closing):
        return _alone(passage, found, last, opening)
    if found is None or passage.low(found[1] + 1) != "," or found[1] + 2 > last:
        return []
    date = date_at(passage, found[1] + 2)
    if date is None or date[1] != last:
        return []
    words = passage.words[found[0] : found[1] + 1]
    is_outlet = looks_like_institution(passage, *found)
    has_month = any(passage.low(place) in MONTHS or passage.low(place) in "/-" for place in range(date[0], date[1] + 1))
    if is_place(passage, *found) or any(
        word.low in MONTHS or word.low in WEEKDAYS or word.low in SEASONS for word in words
    ):
        return []
    if not is_outlet and (not has_month or len(words) > 3):
        return []
    return [Lean(start, last, Match(), passage.printed(*found), None, date, "clause", claim_from=opening)]


def _stands_alone(passage: Passage, name: tuple[int, int], last: int, opening: int, closing: int) -> bool:
    """A name and no more, behind the full stop of the last sentence: "... nine people. (Football Insider)" """
    if opening == 0 or passage.same_sentence(opening - 1, opening) or closing + 1 < len(passage.words):
        return False
    words = passage.words[name[0] : name[1] + 1]
    if len(words) > 3 or words[0].low in NO_NAMES or is_place(passage, *name) or words[0].low in MONTHS:
        return False
    return name[1] == last or passage.low(name[1] + 1) in ("via", "-", "–")


def _alone(passage: Passage, name: tuple[int, int], last: int, opening: int) -> list[Lean]:
    lean = Lean(name[0], name[1], Match(), passage.printed(*name), None, None, "clause", claim_from=opening)
    if passage.low(name[1] + 1) != "via":
        lean.last = last
        return [lean]
    through = passage.loose_names.get(name[1] + 2 + (passage.low(name[1] + 2) == "the"))
    if through is None or through.last > last:
        return []
    outer = Lean(
        through.first, last, through.match, passage.name_printed(through), None, None, "clause", claim_from=opening
    )
    lean.via = outer
    return [lean, outer]
