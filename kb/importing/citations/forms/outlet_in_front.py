"""How digests name an outlet in front of what it says: "Reuters: The ferry sank.", "At Politico, Jane Doe argues"."""

from kb.importing.citations.dates import dated_after
from kb.importing.citations.lean import Lean
from kb.importing.citations.passage import Passage
from kb.importing.citations.persons import speaker_after
from kb.importing.citations.verbs import verb_at


def at_outlet(passage: Passage, place: int) -> list[Lean]:
    """ "At Politico, Jane Doe argues", "Over at Vox, Jane Doe has a piece": where somebody writes, at the start of a sentence."""
    start = passage.sentence_start(place)
    if passage.low(place) not in ("at", "in") or place - start > 1 or (place > start and passage.low(start) != "over"):
        return []
    name = passage.names.get(place + 1 + (passage.low(place + 1) == "the"))
    if name is None or not name.is_outlet or passage.low(name.last + 1) != ",":
        return []
    person = speaker_after(passage, name.last + 2)
    verb = verb_at(passage, person[1], "person") if person else None
    if verb is None:
        return []
    return [Lean(start, verb.end - 1, name.match, passage.name_printed(name), person[0], verb.date, "after")]


def label(passage: Passage, place: int) -> list[Lean]:
    """ "Reuters: The ferry sank.": a digest names the outlet in front of what it says."""
    end = 0
    name = passage.loose_names.get(0) or passage.loose_names.get(1 if passage.low(0) == "the" else 0)
    if passage.low(place) != ":" or name is None or not (name.is_outlet or passage.words[name.first].text.isupper()):
        return []
    end, date = dated_after(passage, name.last + 1)
    if end != place or not passage.same_sentence(place + 1, place):
        return []
    behind = passage.words[place + 1]
    if place + 4 > len(passage.words) or not (behind.is_capitalised or behind.is_number or behind.text in "“\"‘'"):
        return []
    return [Lean(0, place, name.match, passage.name_printed(name), None, date, "after")]
