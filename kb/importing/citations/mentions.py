"""Citations that need another to be understood: several outlets named in one breath, and short mentions of one named before."""

from collections.abc import Sequence

from kb.importing.citations import vocabulary as v
from kb.importing.citations.introduced import TELLING, after_or_before, placement
from kb.importing.citations.passage import Lean, Passage
from kb.importing.citations.phrases import after_acronym, after_documents, after_outlet, is_possessive
from kb.importing.register import Match, NameInText, Register
from kb.text.words import word_set

AND = word_set("and or & plus")
# What a text calls an outlet it has named before, and the kinds of source that this may be.
SHORT_NAMES = {
    "agency": word_set("news_agency"),
    "newspaper": word_set("newspaper"),
    "paper": word_set("newspaper"),
    "daily": word_set("newspaper"),
    "tabloid": word_set("newspaper"),
    "broadsheet": word_set("newspaper"),
    "magazine": word_set("magazine"),
    "weekly": word_set("magazine newspaper"),
    "journal": word_set("magazine"),
    "broadcaster": word_set("broadcaster"),
    "network": word_set("broadcaster"),
    "channel": word_set("broadcaster"),
    "station": word_set("broadcaster"),
    "outlet": word_set("newspaper magazine broadcaster news_agency aggregator blog"),
    "publication": word_set("newspaper magazine aggregator blog"),
    "website": word_set("newspaper magazine aggregator blog"),
    "site": word_set("newspaper magazine aggregator blog"),
    "newswire": word_set("news_agency"),
    "wire": word_set("news_agency"),
    "tank": word_set("think_tank"),
    "institute": word_set("think_tank"),
    "organisation": word_set("international_organisation think_tank"),
    "organization": word_set("international_organisation think_tank"),
    "watchdog": word_set("international_organisation"),
}
BEFORE_SHORT = word_set(
    "news media wire state-run state british american french german russian israeli same think local u.s. us"
)
PENDING = Match()
FARTHEST = 2500  # code points between a short mention and what it takes up again


def short_mention(passage: Passage, place: int) -> list[Lean]:
    """ "The agency said", "according to the newspaper", "the think tank's report": whose, is worked out when all are known."""
    noun = passage.low(place)
    if noun not in SHORT_NAMES or (noun == "tank" and passage.low(place - 1) not in ("think", "-")):
        return []
    first = place
    while place - first < 4 and (
        passage.low(first - 1) in BEFORE_SHORT or (passage.low(first - 1) == "-" and noun == "tank")
    ):
        first -= 1
    first -= 1
    if passage.low(first) not in ("the", "its") or not passage.same_sentence(first, place):
        return []
    name, end = NameInText(first, place, PENDING, True), place + 1
    before = passage.low(first - 1) if passage.same_sentence(first - 1, first) else ""
    if before == "to" and passage.low(first - 2) == "according":
        start, last, date = first - 2, place, None
        if is_possessive(passage, end):
            last = max(after_documents(passage, end + 1) - 1, place)
        behind, date = passage.dated_after(last + 1)
        lean = _lean(passage, name, start, behind - 1, date)
        lean.supports = placement(passage, start, lean.last)
        return [lean]
    if before in TELLING:
        lean = _lean(passage, name, first - 1, place, None)
        lean.supports = placement(passage, lean.first, lean.last)
        return [lean]
    kind = "outlet"
    if is_possessive(passage, end):
        kind, behind = "document", after_documents(passage, end + 1)
        if behind == end + 1:
            return []
        end = behind
    elif passage.low(end) in v.DOCUMENTS - v.NOUNS_BEHIND_ONE and passage.low(end) not in v.SAYING:
        return []
    if before in v.PREPOSITIONS:
        return []
    verb = passage.verb_at(end, kind)
    if verb is None:
        return []
    lean = _lean(passage, name, first, verb.end - 1, verb.date)
    if before == "as":
        lean.first -= 1
    lean.supports = after_or_before(passage, lean.first, lean.last)
    return [lean]


def _lean(passage: Passage, name: NameInText, first: int, last: int, date) -> Lean:
    lean = Lean(first, last, PENDING, passage.printed(name.first, name.last), None, date)
    lean.short_name = passage.low(name.last)
    return lean


def takes_up(short_name: str, source: str | None, candidates: Sequence[str], printed: str, register: Register) -> bool:
    """May a short mention mean this source? An unknown name may be any outlet, by its words no think tank."""
    kinds = SHORT_NAMES[short_name]
    if short_name == "agency" and "agency" in (source or printed).casefold():
        return True
    names = (source,) if source else candidates
    if names:
        return any(register.kind_of(name) in kinds for name in names)
    return bool(kinds - {"think_tank", "international_organisation"})


def in_one_breath(passage: Passage, leans: list[Lean]) -> list[Lean]:
    """The outlets that are named beside one that is cited ("told Reuters and AFP"): each is a citation of the same words.

    Names that are cited already are left alone. Linear: each name is taken once.
    """
    taken = set()
    for lean in leans:
        taken.update(range(lean.first, lean.last + 1))
    found: list[Lean] = []
    for lean in leans:
        name = _name_of(passage, lean)
        if lean.form == "bare_report":
            first = lean.first + (passage.low(lean.first) == "the")
            name = NameInText(first, first, lean.match, True)
        if name is None or lean.supports == "nothing" or lean.match is None:
            continue
        for other in [*_behind(passage, name, taken), *_in_front(passage, lean, name, taken)]:
            beside = Lean(other.first, other.last, other.match, passage.name_printed(other), lean.speaker, lean.date)
            beside.supports, beside.via, beside.shares, beside.form = lean.supports, lean.via, lean, lean.form
            beside.first = passage.with_article(other.first)
            lean.group_first = min(lean.group_first if lean.group_first is not None else lean.first, beside.first)
            lean.group_last = max(lean.group_last if lean.group_last is not None else lean.last, beside.last)
            taken.update(range(beside.first, beside.last + 1))
            found.append(beside)
        if lean.supports == "around" and lean.group_last is not None:
            lean.supports = placement(passage, lean.first, lean.group_last)  # the comma was the list's
    return found


def _name_of(passage: Passage, lean: Lean) -> NameInText | None:
    for place in range(lean.first, min(lean.last, lean.first + 40) + 1):
        name = passage.names.get(place)
        if name and name.match is lean.match and name.is_outlet:
            return name
    return None


def _behind(passage: Passage, name: NameInText, taken: set[int]):
    place = after_outlet(passage, after_acronym(passage, name.last + 1))
    while True:
        ahead = place + (passage.low(place) == ",")
        if passage.low(ahead) in AND:
            ahead += 1
        elif not (ahead > place and _list_goes_on(passage, ahead)):
            return
        ahead += passage.low(ahead) == "the"
        other = passage.names.get(ahead)
        if other is None or not other.is_outlet or other.first in taken or not passage.same_sentence(ahead, name.first):
            return
        end = after_outlet(passage, other.last + 1)
        if passage.verb_at(end, "outlet") or is_possessive(passage, end):
            return  # it speaks for itself
        yield other
        place = end


def _list_goes_on(passage: Passage, place: int) -> bool:
    """In a list with commas, is the next thing a name that another follows?"""
    place += passage.low(place) == "the"
    name = passage.names.get(place)
    return name is not None and name.is_outlet and passage.low(name.last + 1) in AND | {","}


def _in_front(passage: Passage, lean: Lean, name: NameInText, taken: set[int]):
    if passage.with_article(name.first) not in (lean.first, lean.first + 1):
        return  # something introduces the name: what stands before is no part of the list
    first, links = passage.with_article(name.first), set()
    if first < lean.first:
        return
    while True:
        before = first - 1
        if passage.low(before) in AND:
            links.add("and")
            before -= 1
        before -= passage.low(before) == ","
        if before == first - 1 or not passage.same_sentence(before, first):
            return
        if (
            passage.low(first - 1) == ","
            and "and" not in links
            and lean.shares is None
            and not _is_last_of_list(passage, lean)
        ):
            return
        other = passage.name_ending.get(before)
        if other is None or not other.is_outlet or other.last in taken:
            return
        yield other
        first = passage.with_article(other.first)


def _is_last_of_list(passage: Passage, lean: Lean) -> bool:
    """Was another name already read together with this one ("A, B and C": B has C behind it)?"""
    return passage.low(lean.last + 1) in AND
