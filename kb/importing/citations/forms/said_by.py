"""The turned-round form behind what is said: "..., reports Reuters.", "..., said Jane Doe, a fellow at the Y Institute"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.affiliations import LONGEST_APPOSITION, affiliation_after
from kb.importing.citations.dates import dated_after
from kb.importing.citations.descriptions import before_outlet, is_possessive
from kb.importing.citations.lean import Lean
from kb.importing.citations.passage import Passage
from kb.importing.citations.persons import speaker_after
from kb.importing.citations.placement import placement
from kb.importing.citations.proper_names import is_doubtful, is_place, unknown_name_at
from kb.importing.register import Match


def said_by(passage: Passage, place: int) -> list[Lean]:
    """The turned-round form behind a quotation: "..., said Jane Doe, a fellow at the Y Institute", "..., reports Reuters." """
    if passage.low(place) not in v.SAYING or not passage.same_sentence(place - 1, place):
        return []
    is_quoted = passage.low(place - 1) in ("’", "'") and passage.low(place - 2) in (",", ".", "?", "!")
    if passage.low(place - 1) not in (",", "”", '"', "»", "?", "!", "as", "this") and not is_quoted:
        return []
    target = before_outlet(passage, place + 1 + (passage.low(place + 1) == "the"))
    name = passage.names.get(target)
    if name and not is_doubtful(passage, name):
        following = passage.low(name.last + 1)
        if passage.low(place - 1) == "as":
            lean = Lean(place - 1, name.last, name.match, passage.name_printed(name))
            lean.supports = placement(passage, place - 1, name.last)
            return [lean]
        if (
            following in ".;,—–"
            or passage.low(place - 1) == "this"
            or not passage.same_sentence(name.last + 1, place)
            or dated_after(passage, name.last + 1)[1]
        ):
            end, date = dated_after(passage, name.last + 1)
            return [Lean(place, end - 1, name.match, passage.name_printed(name), None, date, "before")]
    unknown = (
        unknown_name_at(passage, target) if name is None and passage.low(place) in ("reports", "reveals") else None
    )
    if unknown and not is_place(passage, *unknown) and passage.low(unknown[1] + 1) in (".", ""):
        lean = Lean(place, unknown[1], Match(), passage.printed(*unknown), supports="before")
        lean.form = "bare_report"  # ", reports Life & Style.": or a reporter
        return [lean]
    if name and name.is_outlet and is_possessive(passage, name.last + 1):
        person = speaker_after(passage, name.last + 2)
        if person:  # "writes Reuters' Jane Doe"
            return [Lean(place, person[1] - 1, name.match, passage.name_printed(name), person[0], None, "before")]
    person = speaker_after(passage, place + 1)
    if person and passage.low(person[1]) == ",":
        affiliation = affiliation_after(passage, person[1])
        if affiliation:
            return [
                Lean(place, affiliation.last, affiliation.match, affiliation.printed_name, person[0], None, "before")
            ]
    if person and passage.low(person[1]) in ("of", "from", "at"):
        name = passage.names.get(person[1] + 1 + (passage.low(person[1] + 1) == "the"))
        if name:
            return [Lean(place, name.last, name.match, passage.name_printed(name), person[0], None, "before")]
    for ahead in range(place + 2, min(place + LONGEST_APPOSITION // 2, len(passage.words))):
        if not passage.same_sentence(ahead, place) or (
            passage.low(ahead) in v.BOUNDARIES and passage.low(ahead) != ","
        ):
            break
        name = passage.names.get(ahead)
        if (
            name
            and name.is_outlet
            and passage.low(ahead - 1 - (passage.low(ahead - 1) == "the")) in ("of", "at", "for")
        ):
            speaker = person[0] if person else None  # "write A and B, reporters at the Wall Street Journal"
            return [Lean(place, name.last, name.match, passage.name_printed(name), speaker, None, "before")]
    return []
