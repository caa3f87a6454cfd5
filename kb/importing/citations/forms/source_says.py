"""A known name that says something itself: "Reuters reported on Tuesday that", "The CFR asserts"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.affiliations import apposition_end
from kb.importing.citations.dates import dated_after
from kb.importing.citations.descriptions import after_acronym, after_outlet, is_possessive
from kb.importing.citations.forms.documents import documents_of
from kb.importing.citations.forms.speakers import name_the_quoted, person_of, possessive, role_of
from kb.importing.citations.lean import Lean
from kb.importing.citations.passage import Passage
from kb.importing.citations.placement import after_or_before, spoken
from kb.importing.citations.proper_names import is_doubtful, longer_name
from kb.importing.citations.verbs import is_noun, verb_at


def subject(passage: Passage, place: int, *, is_second: bool = False) -> list[Lean]:
    """A known name that says something: "Reuters reported that", "The CFR's analysis suggests that", "IAEA chief X said" """
    name = passage.loose_names.get(place)
    if name is None:
        return []
    first = passage.with_article(place)
    kind = "outlet" if name.is_outlet else "institution"
    if longer_name(passage, name):
        return []
    end = after_acronym(passage, name.last + 1)
    if not passage.same_sentence(end, place):
        return []
    if is_possessive(passage, end):
        return possessive(passage, first, name, end + 1)
    described = after_outlet(passage, end) if name.is_outlet else end
    documents = documents_of(passage, first, name, end) if described == end else []
    if documents:
        return documents
    end = described
    if not passage.same_sentence(end, place):
        return []
    if passage.low(first - 1) in v.NOT_SUBJECT_AFTER and passage.same_sentence(first - 1, place):
        return role_of(passage, first, name, end)
    person = person_of(passage, name, end)
    if person:
        return [person]
    after_date, date = dated_after(passage, end)
    verb = verb_at(passage, after_date, kind)
    if verb and not is_noun(passage, after_date) and (not is_doubtful(passage, name) or verb.word.startswith("report")):
        lean = spoken(passage, first, verb, name, date)
        name_the_quoted(passage, lean, verb)
        return [lean]
    if (
        name.is_outlet
        and passage.low(end) in ("has", "have", "had")
        and passage.low(end + 1) in v.SEEN_BY | {"learned"}
    ):
        lean = Lean(first, end + 1, name.match, passage.name_printed(name), None, None)
        lean.supports = after_or_before(passage, first, lean.last)
        return [lean]
    other = end + 1 + (passage.low(end + 1) == "the")
    if passage.low(end) in ("and", "or") and other in passage.names and not (is_second or is_doubtful(passage, name)):
        second = subject(passage, other, is_second=True)  # "Reuters and AFP reported"
        if len(second) == 1 and second[0].match is passage.names[other].match:
            lean = Lean(
                first, end - 1, name.match, passage.name_printed(name), None, second[0].date, second[0].supports
            )
            lean.claim_from = second[0].last + 1 if lean.supports == "after" else None
            return [lean, *second]
    if passage.low(after_date) == "," and not is_doubtful(passage, name):
        closing = apposition_end(passage, after_date)
        inside = {passage.low(place) for place in range(after_date, closing)} if closing else set()
        is_person = name.is_outlet and inside & (v.TITLES | v.ROLES) - {"general", "independent", "state", "political"}
        verb = verb_at(passage, closing + 1, kind) if closing and not is_person else None
        if verb:
            last = after_date - 1
            lean = Lean(first, last, name.match, passage.name_printed(name), None, date or verb.date, "after")
            lean.claim_from = verb.end
            return [lean]
    return []
