""" "according to CNN (June 4)", "Per the Interior Department, ..."."""

from kb.importing.citations.lean import Lean
from kb.importing.citations.noun_phrases import noun_phrase
from kb.importing.citations.passage import Passage
from kb.importing.citations.placement import placed
from kb.importing.citations.proper_names import looks_like_institution


def according(passage: Passage, place: int) -> list[Lean]:
    """ "according to CNN (June 4)" """
    if (
        passage.low(place) != "according"
        or passage.low(place + 1) != "to"
        or not passage.same_sentence(place + 2, place)
    ):
        return []
    phrase = noun_phrase(passage, place + 2)
    return [placed(passage, place, phrase)] if phrase else []


def per(passage: Passage, place: int) -> list[Lean]:
    """ "Per the U.S. Department of the Interior, ..." """
    if passage.low(place) != "per" or not passage.same_sentence(place + 1, place):
        return []
    phrase = noun_phrase(passage, place + 1)
    if phrase is None or phrase.match is None or (phrase.speaker and not (phrase.is_known or phrase.is_outlet)):
        return []
    if not (phrase.is_known or phrase.is_outlet) and not (
        passage.words[place].is_capitalised and looks_like_institution(passage, phrase.first, phrase.last)
    ):
        return []
    first = place - 1 if passage.low(place - 1) == "as" else place
    return [placed(passage, first, phrase)]
