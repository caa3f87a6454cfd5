"""A person who speaks for a source: "the CFR's Thomas Graham highlights", "IAEA chief X said", "X, a fellow at Y, argues"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.affiliations import affiliation_after, apposition_end
from kb.importing.citations.descriptions import LONGEST_DESCRIPTION, after_documents, back_over
from kb.importing.citations.lean import Lean, Phrase
from kb.importing.citations.passage import Passage
from kb.importing.citations.persons import person_ending, speaker_after
from kb.importing.citations.placement import after_or_before, spoken
from kb.importing.citations.proper_names import is_doubtful
from kb.importing.citations.verbs import Verb, verb_at, verb_within
from kb.importing.register import NameInText

LONGEST_QUOTED = 14  # tokens between "quoted" and "as saying"


def apposition(passage: Passage, place: int) -> list[Lean]:
    """ "X, a fellow at the Y Institute, argues that", "As X of the Y points out" """
    low = passage.low(place)
    if low == ",":
        person = person_ending(passage, place - 1)
        affiliation = affiliation_after(passage, place) if person else None
        closing = apposition_end(passage, affiliation.last) if affiliation else None
        verb = verb_at(passage, closing + 1, "person") if closing else None
    elif low in ("of", "from", "at", "in"):
        person = person_ending(passage, place - 1)
        name = passage.names.get(place + 1 + (passage.low(place + 1) == "the")) if person else None
        if low == "in" and name and not name.is_outlet:
            return []
        affiliation = Phrase(place, name.last, name.match, passage.name_printed(name)) if name else None
        verb = verb_at(passage, name.last + 1, "person") if name else None
    else:
        return []
    if not (person and affiliation and verb):
        return []
    first = (
        person[0] - 1
        if passage.low(person[0] - 1) == "as" and passage.same_sentence(person[0] - 1, place)
        else person[0]
    )
    lean = Lean(
        first,
        verb.end - 1,
        affiliation.match,
        affiliation.printed_name,
        passage.printed(person[1], person[2]),
        verb.date,
    )
    lean.supports = after_or_before(passage, first, lean.last)
    return [lean]


def possessive(passage: Passage, first: int, name: NameInText, place: int) -> list[Lean]:
    """ "The CFR's Paul Grey highlights", "the CFR's analysis suggests", "the CFR's experts say": what stands behind "'s"."""
    if not passage.same_sentence(place, first):
        return []
    person = speaker_after(passage, place)
    if is_doubtful(passage, name) and not (person and " " in person[0]):
        return []
    if person:
        end = person[1]
        verb = verb_at(passage, end, "person")
        if verb is None and passage.low(end) == "," and (closing := apposition_end(passage, end)):
            verb = verb_at(passage, closing + 1, "person")
        if verb:
            lean = spoken(passage, first, verb, name, None)
            lean.speaker = person[0]
            return [lean]
    documents = after_documents(passage, place)
    if documents > place:
        verb = verb_within(passage, documents, "document")
        return [spoken(passage, first, verb, name, None)] if verb else []
    if passage.low(place) in v.PEOPLE:
        verb = verb_at(passage, place + 1, "crowd")
        return [spoken(passage, first, verb, name, None)] if verb else []
    return []


def role_of(passage: Passage, first: int, name: NameInText, end: int) -> list[Lean]:
    """ "the head of the IAEA, Rafael Grossi, said", "journalists from AFP reported": whoever speaks for the source."""
    preposition = first - 1
    if passage.low(preposition) not in ("of", "at", "from", "with", "for"):
        return []
    start = back_over(
        passage, preposition, lambda word: word in v.ROLES | v.TITLES | v.PEOPLE_MODIFIERS | v.PEOPLE | {"-"}
    )
    speaking = v.STAFF if name.is_outlet else v.ROLES | v.TITLES | v.PEOPLE
    if passage.low(preposition - 1) not in speaking or start == preposition:
        return []  # who speaks for an outlet speaks of the outlet, but for its reporters
    speaker = None
    if passage.low(end) == ",":
        person = speaker_after(passage, end + 1)
        if person and passage.low(person[1]) == ",":
            speaker, end = person[0], person[1] + 1
    verb = verb_at(passage, end, "person")
    if verb is None:
        return []
    lean = spoken(passage, start, verb, name, None)
    lean.speaker = speaker
    return [lean]


def person_of(passage: Passage, name: NameInText, end: int) -> Lean | None:
    """ "IAEA chief Rafael Grossi said that", "CNN correspondent Jane Doe reports" """
    low = passage.low(end)
    is_staff = low in v.STAFF
    if not (low in v.ROLES or is_staff or (low in v.TITLES and not name.is_outlet)):
        return None
    if name.is_outlet and low in v.SPEAK_OF_IT:
        return None
    person = speaker_after(passage, end)
    verb_place = person[1] if person else None
    if person is None:
        furthest = end + LONGEST_DESCRIPTION
        while end < furthest and (passage.low(end) in v.ROLES or passage.low(end) == "-"):
            end += 1
        verb_place = end
    verb = verb_at(passage, verb_place, "person")
    if verb is None or (is_staff and not verb.word.startswith(("report", "wr", "sa"))):
        return None
    first = back_over(passage, name.first, lambda word: word in v.PEOPLE_MODIFIERS)
    lean = spoken(passage, first, verb, name, None)
    lean.speaker = person[0] if person else None
    return lean


def name_the_quoted(passage: Passage, lean: Lean, verb: Verb) -> None:
    """ "Reuters quoted Jane Doe as saying that", "quoted the mayor, John Roe, as saying": the person is the speaker."""
    if verb.word not in ("quoted", "quotes"):
        return
    for place in range(verb.core_end + 1, verb.core_end + LONGEST_QUOTED):
        if not passage.same_sentence(place + 1, lean.first) or passage.low(place) in ("that", ":", ";", "“", '"'):
            return
        if passage.low(place) == "as" and passage.low(place + 1) in ("saying", "telling"):
            person = speaker_after(passage, verb.core_end)
            named = person_ending(passage, place - 1 - (passage.low(place - 1) == ","))
            if person and person[1] <= place:
                lean.speaker = person[0]
            elif named and named[0] >= verb.core_end:
                lean.speaker = passage.printed(named[1], named[2])
            lean.last = place + 1 + (passage.low(place + 2) == "that")
            lean.supports = after_or_before(passage, lean.first, lean.last)
            return
