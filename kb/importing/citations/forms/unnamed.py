"""The ways in which a text leans on nobody in particular: "experts suggest", "it is reported that"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.descriptions import back_over
from kb.importing.citations.lean import Lean
from kb.importing.citations.passage import Passage
from kb.importing.citations.placement import after_or_before
from kb.importing.citations.verbs import verb_at


def crowd(passage: Passage, place: int) -> list[Lean]:
    """ "Chinese officials have also signaled", "a source familiar with the matter said"; "IAEA officials said" is named."""
    noun = passage.low(place)
    is_people = noun in v.PEOPLE
    if not is_people and noun not in v.UNNAMED_DOCUMENTS:
        return []
    modifiers = v.PEOPLE_MODIFIERS if is_people else v.DOCUMENT_MODIFIERS | {"a", "an", "the"}
    first = back_over(passage, place, lambda word: word in modifiers or (is_people and word in ("and", "or")))
    while first < place and passage.low(first) in ("and", "or"):
        first += 1
    if passage.words[place].is_capitalised and noun != "tv" and place != passage.sentence_start(place):
        return []  # part of a name: "Institute of Asian Studies"
    if (
        passage.low(first - 1) == "of"
        and passage.low(first - 2) in v.CROWD_COUNTS
        and first - 2 > passage.sentence_start(place) - 1
    ):
        first = back_over(passage, first - 2, lambda word: word in ("a", "growing", "large", "small"))
    if not _is_unnamed_subject(passage, first, place, is_people):
        return []
    match, printed_name = None, ""
    if first - 1 in passage.name_ending and passage.same_sentence(first - 1, place):
        name = passage.name_ending[first - 1]
        if name.is_outlet or name.is_common:
            return []
        match, printed_name = name.match, passage.name_printed(name)
        first = back_over(passage, name.first, lambda word: word in v.PEOPLE_MODIFIERS)
    before = passage.low(first - 1) if passage.same_sentence(first - 1, place) else ""
    if before in v.NOT_SUBJECT_AFTER or before in ("'s", "’s"):
        return []
    end, name = _behind_noun(passage, place)
    if name and name.is_outlet and noun not in v.STAFF:
        return []  # who speaks for an outlet speaks of the outlet
    if name and match is None:
        match, printed_name = name.match, passage.name_printed(name)
    verb = verb_at(passage, end, "crowd" if is_people else "document")
    if verb is None or verb.word == "is":
        return []
    if before == "as":
        first -= 1
    last = verb.end - 1 if match else verb.core_end - 1
    lean = Lean(first, last, match, printed_name, None, verb.date, claim_from=verb.end)
    lean.supports = after_or_before(passage, first, verb.end - 1)
    if lean.supports != "after":
        lean.claim_from = None
    return [lean]


def impersonal(passage: Passage, place: int) -> list[Lean]:
    """ "it is noted that", "it has been widely reported that"; "it should be noted" is the author's own voice."""
    if passage.low(place) != "it":
        return []
    be_form = False
    for ahead in range(place + 1, min(place + 6, len(passage.words))):
        low = passage.low(ahead)
        if low in v.IMPERSONAL and be_form and passage.low(ahead + 1) == "that":
            return [Lean(place, ahead + 1, None)]
        be_form = be_form or low in v.BE_FORMS
        if not (low in v.AUXILIARIES or low in v.ADVERBS or low.endswith("ly")):
            return []
    return []


def some_say(passage: Passage, place: int) -> list[Lean]:
    """ "Some argue that" """
    if passage.low(place) not in v.PRONOUN_CROWDS:
        return []
    before = passage.low(place - 1) if passage.same_sentence(place - 1, place) else ""
    if before and before not in v.CONJUNCTIONS | {",", "—", ";", "that", ":"}:
        return []
    ahead = place + 1
    while passage.low(ahead) in v.ADVERBS | {"have", "even"}:
        ahead += 1
    if passage.low(ahead) in v.PRONOUN_CROWD_VERBS and passage.same_sentence(ahead, place):
        following = ahead + 1 + (passage.low(ahead + 1) == "that")
        return (
            [Lean(place, ahead, None, claim_from=following)] if passage.low(ahead + 1) not in ("to", ".", "in") else []
        )
    return []


def _is_unnamed_subject(passage: Passage, first: int, place: int, is_people: bool) -> bool:
    noun = passage.low(place)
    describing = {passage.low(word) for word in range(first, place)}
    if is_people:
        if noun == "media" and first == place and passage.low(place + 1) in v.UNNAMED_DOCUMENTS:
            return False
        if noun in ("television", "tv"):
            return bool(describing & {"state", "local", "national", "public", "official", "government"})
        if noun in v.SINGULAR_PEOPLE:
            return bool(describing & {"a", "an", "one", "another", "the"})
        return True
    if noun in ("report", "study", "poll", "survey"):
        return bool(describing & {"a", "an", "one", "another"})
    if describing & {"the"}:
        return bool(describing & {"media", "press", "latest", "official"})
    if noun in (
        "data",
        "figures",
        "statistics",
        "estimates",
        "documents",
        "accounts",
        "reporting",
        "assessments",
        "analyses",
    ):
        return bool(
            describing
            & {
                "official",
                "government",
                "media",
                "press",
                "intelligence",
                "customs",
                "unconfirmed",
                "leaked",
                "internal",
            }
        )
    return True


def _behind_noun(passage: Passage, place: int):
    """The token where the verb may stand, behind what describes the people; and a source named on the way."""
    end, name = place + 1, None
    if passage.low(end) in ("and", "or"):
        for ahead in range(end + 1, min(end + 6, len(passage.words))):
            if passage.low(ahead) in v.PEOPLE | v.UNNAMED_DOCUMENTS:
                end = ahead + 1
            elif passage.low(ahead) not in v.PEOPLE_MODIFIERS and not passage.words[ahead].is_capitalised:
                break
    low = passage.low(end)
    if low == "," and passage.low(end + 1) in ("who", "speaking", "citing", "including", "briefed"):
        for ahead in range(end + 1, min(end + 25, len(passage.words))):
            if passage.low(ahead) == ",":
                return ahead + 1, None
            if not passage.same_sentence(ahead, place) or passage.low(ahead) in v.BOUNDARIES:
                break
        return end, None
    if low in (
        "familiar",
        "briefed",
        "close",
        "with",
        "at",
        "in",
        "from",
        "inside",
        "within",
        "for",
        "involved",
        "who",
        "of",
    ):
        for ahead in range(end + 1, min(end + 14, len(passage.words))):
            if not passage.same_sentence(ahead, place) or passage.low(ahead) in v.BOUNDARIES:
                break
            if (
                ahead in passage.names
                and low in ("at", "in", "from", "with", "inside", "within", "for")
                and ahead <= end + 2
            ):
                name = passage.names[ahead]
            if verb_at(passage, ahead, "crowd") and passage.low(ahead) not in v.DOCUMENTS - {"report", "reports"}:
                return ahead, name
    return end, None
