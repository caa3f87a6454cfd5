"""Appositions: ", a fellow at the Y Institute in Z,", and where they close."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.descriptions import after_acronym, is_possessive
from kb.importing.citations.lean import Phrase
from kb.importing.citations.passage import Passage
from kb.importing.citations.proper_names import looks_like_institution, unknown_name_at
from kb.importing.register import Match

LONGEST_APPOSITION = 30  # tokens


def affiliation_after(passage: Passage, comma: int) -> Phrase | None:
    """The institution in an apposition that begins behind a comma: ", a fellow at the Y Institute[ in Z]"."""
    has_role = False
    for place in range(comma + 1, min(comma + 18, len(passage.words))):
        if not passage.same_sentence(place, comma) or (
            passage.low(place) in v.BOUNDARIES and passage.low(place) != "."
        ):
            return None
        low = passage.low(place)
        has_role = has_role or low in v.ROLES or low in v.PEOPLE or low in v.HOLDING_ROLES
        if low in ("at", "of", "for", "with", "from", "in") and (has_role or place == comma + 1):
            target = place + 1 + (passage.low(place + 1) in ("the", "a"))
            name = passage.names.get(target)
            if name:
                return Phrase(
                    comma + 1, after_acronym(passage, name.last + 1) - 1, name.match, passage.name_printed(name)
                )
            unknown = unknown_name_at(passage, target) if has_role else None
            if unknown and looks_like_institution(passage, *unknown):
                later = _name_within(passage, unknown[1] + 1, comma)
                return later or Phrase(comma + 1, unknown[1], Match(), passage.printed(*unknown))
        elif place in passage.names and place > comma + 1 and has_role is False:
            name = passage.names[place]
            following = passage.low(name.last + 1)
            if following in v.ROLES or is_possessive(passage, name.last + 1):
                return Phrase(comma + 1, name.last, name.match, passage.name_printed(name))
        elif place in passage.names and place <= comma + 2:
            name = passage.names[place]
            return Phrase(comma + 1, name.last, name.match, passage.name_printed(name))
    return None


def _name_within(passage: Passage, place: int, comma: int) -> Phrase | None:
    """ "of the Middle East Program at the Stimson Center": the institution is the last one."""
    if passage.low(place) in ("at", "of"):
        name = passage.names.get(place + 1 + (passage.low(place + 1) == "the"))
        if name:
            return Phrase(comma + 1, name.last, name.match, passage.name_printed(name))
    return None


def apposition_end(passage: Passage, place: int) -> int | None:
    """The comma that closes an apposition behind `place`."""
    for ahead in range(place + 1, min(place + LONGEST_APPOSITION, len(passage.words))):
        if not passage.same_sentence(ahead, place):
            return None
        low = passage.low(ahead)
        if low == ",":
            return ahead
        if low in v.BOUNDARIES and low not in "()":
            return None
    return None
