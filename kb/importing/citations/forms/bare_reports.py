"""An unknown word that reports, and nothing else says what it is: "Deadline reports the director has left"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.lean import Lean
from kb.importing.citations.passage import Passage
from kb.importing.citations.placement import after_or_before
from kb.importing.citations.proper_names import is_place
from kb.importing.register import Match


def bare_report(passage: Passage, place: int) -> list[Lean]:
    """ "Deadline reports the director has left": one unknown word that reports, and nothing else says what it is."""
    low = passage.low(place)
    name, behind = place - 1, place + 1
    while passage.low(name) in ("first", "also", "is", "has", "can", "exclusively"):
        name -= 1
    if low == "reveal" and passage.low(name + 1) != "can":
        return []
    if not (name >= 0 and passage.same_sentence(name, place)):
        return []
    word = passage.words[name]
    is_short = word.text.isupper() and word.text.isalpha() and 2 < len(word.text) < 6
    has_article = passage.low(name - 1) == "the" and passage.same_sentence(name - 1, name)
    if (
        not (word.is_word and word.is_capitalised)
        or word.is_tag
        or name in passage.name_ending
        or is_place(passage, name, name)
        or (word.low.endswith(v.DEMONYM_ENDINGS) and not (has_article and passage.low(behind) == "that"))
        or word.low in v.NO_OUTLET_REPORTS
        or (has_article and (word.low.endswith("s") or word.low in v.INSTITUTION_WORDS))
    ):
        return []
    first = name - has_article
    before = first - 1
    if passage.same_sentence(before, place):
        previous = passage.words[before]
        if (
            (previous.is_word and previous.is_capitalised)
            or previous.low in v.NOT_SUBJECT_AFTER
            or previous.text in "-'’"
        ):
            return []  # part of a longer name, or no subject
    follows_that = passage.low(behind) == "that"
    closes = passage.low(behind) in (".", ";") and passage.low(before) == "," and passage.same_sentence(before, place)
    has_object = passage.low(behind) in v.OBJECT_BEGINS and (low == "reports" or has_article or is_short)
    if not (follows_that or closes or (has_object and low != "report")) or (
        low in ("report", "reveal") and not follows_that
    ):
        return []
    if low == "reported" and not (has_article or is_short or closes):
        return []  # a person or a firm, more often than not
    lean = Lean(first, place + follows_that, Match(), passage.printed(name, name))
    lean.supports = after_or_before(passage, lean.first, lean.last)
    return [lean]
