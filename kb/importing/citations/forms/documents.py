"""What a source publishes: "a report by the IAEA says", "IMF data show", "a Washington Post report claiming that"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.dates import date_at, dated_after
from kb.importing.citations.descriptions import (
    LONGEST_DESCRIPTION,
    after_acronym,
    after_documents,
    back_over,
    is_possessive,
)
from kb.importing.citations.lean import Lean
from kb.importing.citations.passage import Passage
from kb.importing.citations.placement import after_or_before, is_fronted, spoken
from kb.importing.citations.proper_names import is_doubtful
from kb.importing.citations.verbs import is_noun, verb_at, verb_within
from kb.importing.register import NameInText

PIECE_MODIFIERS = v.DOCUMENT_MODIFIERS - v.OF_ITS_BUSINESS


def report_of(passage: Passage, place: int) -> list[Lean]:
    """ "a Washington Post report claiming that", "after the Guardian's investigation": a piece of an outlet, whatever it does."""
    name = passage.names.get(place)
    if name is None or not name.is_outlet or is_doubtful(passage, name):
        return []
    end = after_acronym(passage, name.last + 1)
    end += is_possessive(passage, end)
    furthest = end + LONGEST_DESCRIPTION
    while end < furthest and passage.low(end) in PIECE_MODIFIERS and passage.same_sentence(end, place):
        end += 1
    if passage.low(end) not in v.PIECES or not passage.same_sentence(end, place) or passage.words[end].is_capitalised:
        return []
    if passage.low(end) in ("report", "reports", "story", "analysis") and passage.low(end + 1) in (
        "card",
        "line",
        "editor",
    ):
        return []
    first = back_over(passage, name.first, lambda word: word in v.DOCUMENT_MODIFIERS | {"the", "a", "an"})
    last, date = dated_after(passage, end + 1)
    lean = Lean(first, last - 1, name.match, passage.name_printed(name), None, date)
    if passage.low(last) in ("claiming", "saying", "suggesting", "alleging", "showing", "stating", "that"):
        lean.last = last + (passage.low(last + 1) == "that")
        lean.supports = "after"
    else:
        lean.supports = "around"
    return [lean]


def document_by(passage: Passage, place: int) -> list[Lean]:
    """ "a report by the IAEA says", "data from the IMF show", "in a study published on Tuesday by the Y Institute" """
    if passage.low(place) not in v.DOCUMENTS or passage.low(place - 1) in ("'s", "’s"):
        return []
    preposition = None
    for ahead in range(place + 1, min(place + 8, len(passage.words))):
        low = passage.low(ahead)
        if not passage.same_sentence(ahead, place) or low in v.BOUNDARIES:
            return []
        if low in ("by", "from") or (low == "in" and passage.low(ahead - 1) in v.DOCUMENTS | {"published"}):
            preposition = ahead
            break
        if low in v.CONJUNCTIONS or low in ("that", "on", "about"):
            return []
    if preposition is None:
        return []
    if passage.low(preposition - 1) in v.SEEN_BY and place - 1 in passage.name_ending:
        return []
    target = preposition + 1 + (passage.low(preposition + 1) in ("the", "a"))
    name = passage.names.get(target)
    if name is None or (passage.low(preposition) == "in" and not name.is_outlet):
        return []
    first = back_over(passage, place, lambda word: word in v.DOCUMENT_MODIFIERS | {"the", "a", "an"})
    end = after_acronym(passage, name.last + 1)
    inside_date = next(
        (
            date
            for ahead in range(place + 1, preposition)
            if (date := date_at(passage, ahead)) and date[1] < preposition
        ),
        None,
    )
    verb = verb_within(passage, end, "document")
    if verb:
        lean = spoken(passage, first, verb, name, inside_date)
        return [lean]
    before = passage.low(first - 1) if passage.same_sentence(first - 1, place) else ""
    if before in ("in", "from", "to", "as") and passage.low(first - 2) not in (
        "response",
        "reaction",
        "reply",
        "addition",
    ):
        end, date = dated_after(passage, end)
        lean = Lean(first - 1, end - 1, name.match, passage.name_printed(name), None, date or inside_date)
        if before in ("in", "from") and is_fronted(passage, first - 1) and passage.low(end) == ",":
            return [lean]
        if before == "in" and passage.low(first - 2) in v.SAYING | {"published", "contained", "described"}:
            lean.supports = after_or_before(passage, lean.first, lean.last)
            return [lean]
    if name.is_outlet and passage.low(place) in v.PIECES and preposition <= place + 2:
        end, date = dated_after(passage, end)
        lean = Lean(first, end - 1, name.match, passage.name_printed(name), None, date or inside_date, "around")
        lean.form = "report_of"
        return [lean]  # "a third article in the Guardian explores"
    return []


def documents_of(passage: Passage, first: int, name: NameInText, end: int) -> list[Lean]:
    """ "a Reuters investigation found", "IMF data show", "an IAEA report seen by Reuters said" """
    documents = after_documents(passage, end)
    verb = verb_at(passage, end, "outlet") if documents == end + 1 else None
    if documents == end or (verb and not is_noun(passage, end)):
        return []
    first = back_over(passage, name.first, lambda word: word in v.DOCUMENT_MODIFIERS | {"the", "a", "an"})
    place = documents
    if passage.low(place) in v.SEEN_BY and passage.low(place + 1) == "by":
        target = place + 2 + (passage.low(place + 2) == "the")
        through = passage.names.get(target)
        verb = verb_at(passage, through.last + 1, "document") if through else None
        if through and verb:
            outer = Lean(place, verb.end - 1, through.match, passage.name_printed(through), None, verb.date)
            inner = Lean(
                first, documents - 1, name.match, passage.name_printed(name), None, None, via=outer, claim_from=verb.end
            )
            return [inner, outer]
    verb = verb_within(passage, documents, "document")
    return [spoken(passage, first, verb, name, None)] if verb else []
