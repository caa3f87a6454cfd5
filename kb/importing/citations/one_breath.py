"""The outlets that are named in one breath with one that is cited: "told Reuters, AFP and the Guardian"."""

from kb.importing.citations.descriptions import after_acronym, after_outlet, is_possessive
from kb.importing.citations.lean import Lean
from kb.importing.citations.passage import Passage
from kb.importing.citations.placement import placement
from kb.importing.citations.verbs import verb_at
from kb.importing.register import NameInText
from kb.text.words import word_set

AND = word_set("and or & plus")


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
        if verb_at(passage, end, "outlet") or is_possessive(passage, end):
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
