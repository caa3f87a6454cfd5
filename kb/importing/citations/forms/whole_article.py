"""Where something came out, often the whole article: "originally appeared in Le Monde", "Additional reporting by AFP"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.dates import dated_after
from kb.importing.citations.descriptions import after_outlet, before_outlet
from kb.importing.citations.lean import Lean
from kb.importing.citations.passage import Passage
from kb.text.words import word_set

READ_IN = word_set("read saw heard")  # "I read in the Guardian that"
PRINTED_IN = READ_IN | word_set("published reported appeared appearing printed appears featured")


def printed_in(passage: Passage, place: int) -> list[Lean]:
    """ "in a paper published in Nature", "the finding, reported this week in the Lancet" """
    if passage.low(place) not in PRINTED_IN:
        return []
    end, date = dated_after(passage, place + 1)
    while passage.low(end) in ("online", "today", "first", "separately", "earlier") or passage.low(end).endswith("ly"):
        end += 1
    if passage.low(end) not in ("in", "on") or not passage.same_sentence(end + 1, place):
        return []
    target = before_outlet(passage, end + 1 + (passage.low(end + 1) == "the"))
    name = passage.names.get(target)
    if name is None or not name.is_outlet:
        return []
    last = after_outlet(passage, name.last + 1) - 1
    behind, later = dated_after(passage, last + 1)
    lean = Lean(place, behind - 1, name.match, passage.name_printed(name), None, date or later)
    if passage.low(behind) == "that":
        lean.last = behind
        return [lean]
    if passage.low(place) in READ_IN:
        return []  # what was read there is not said
    lean.supports = "around" if passage.low(behind) == "," else "before"
    first = passage.sentence_start(place)
    if place - first == 1 and passage.low(first) in ("originally", "first"):
        lean.first, lean.supports = first, "nothing"
    if {passage.low(first), passage.low(first + 1)} & {"this", "an", "a"} and v.ARTICLES & {
        passage.low(ahead) for ahead in range(first, min(place, first + 6))
    }:
        lean.supports = "nothing"  # "This article first appeared in Foreign Policy": the whole of it
    if passage.low(first) == "in" and place - first < 8 and passage.low(behind) == ",":
        lean.first, lean.supports = first, "after"
    return [lean]


def whole_article(passage: Passage, place: int) -> list[Lean]:
    """ "Additional reporting by Reuters": all of the article leans on it, and no words of it alone."""
    if passage.low(place) != "reporting" or passage.low(place + 1) not in ("by", "from"):
        return []
    first = place
    while passage.low(first - 1) in ("with", "additional", "further", "other", "contributing", "original"):
        first -= 1
    target = before_outlet(passage, place + 2 + (passage.low(place + 2) == "the"))
    name = passage.names.get(target)
    if name is None or not name.is_outlet or first != passage.sentence_start(place):
        return []
    behind = passage.low(name.last + 1) if passage.same_sentence(name.last + 1, place) else ""
    if behind not in ("", ".", ",", "and", "&", ";", ")"):
        return []
    leans = [Lean(first, name.last, name.match, passage.name_printed(name), supports="nothing")]
    for ahead in range(name.last + 1, min(name.last + 12, len(passage.words))):
        other = passage.names.get(ahead)
        if other and other.is_outlet and passage.same_sentence(ahead, place):
            leans.append(Lean(ahead, other.last, other.match, passage.name_printed(other), supports="nothing"))
    return leans
