"""A source named before, called by what it is: "the agency said", "according to the newspaper"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.dates import dated_after
from kb.importing.citations.descriptions import after_documents, is_possessive
from kb.importing.citations.lean import Lean
from kb.importing.citations.passage import Passage
from kb.importing.citations.placement import after_or_before, placement
from kb.importing.citations.verbs import verb_at
from kb.importing.register import Match, NameInText
from kb.text.words import word_set

# What a text calls an outlet it has named before, and the kinds of source that this may be.
SHORT_NAMES = {
    "agency": word_set("news_agency"),
    "newspaper": word_set("newspaper"),
    "paper": word_set("newspaper"),
    "daily": word_set("newspaper"),
    "tabloid": word_set("newspaper"),
    "broadsheet": word_set("newspaper"),
    "magazine": word_set("magazine"),
    "weekly": word_set("magazine newspaper"),
    "journal": word_set("magazine"),
    "broadcaster": word_set("broadcaster"),
    "network": word_set("broadcaster"),
    "channel": word_set("broadcaster"),
    "station": word_set("broadcaster"),
    "outlet": word_set("newspaper magazine broadcaster news_agency aggregator blog"),
    "publication": word_set("newspaper magazine aggregator blog"),
    "website": word_set("newspaper magazine aggregator blog"),
    "site": word_set("newspaper magazine aggregator blog"),
    "newswire": word_set("news_agency"),
    "wire": word_set("news_agency"),
    "tank": word_set("think_tank"),
    "institute": word_set("think_tank"),
    "organisation": word_set("international_organisation think_tank"),
    "organization": word_set("international_organisation think_tank"),
    "watchdog": word_set("international_organisation"),
}
BEFORE_SHORT = word_set(
    "news media wire state-run state british american french german russian israeli same think local u.s. us"
)
PENDING = Match()


def short_mention(passage: Passage, place: int) -> list[Lean]:
    """ "The agency said", "according to the newspaper", "the think tank's report": whose, is worked out when all are known."""
    noun = passage.low(place)
    if noun not in SHORT_NAMES or (noun == "tank" and passage.low(place - 1) not in ("think", "-")):
        return []
    first = place
    while place - first < 4 and (
        passage.low(first - 1) in BEFORE_SHORT or (passage.low(first - 1) == "-" and noun == "tank")
    ):
        first -= 1
    first -= 1
    if passage.low(first) not in ("the", "its") or not passage.same_sentence(first, place):
        return []
    name, end = NameInText(first, place, PENDING, True), place + 1
    before = passage.low(first - 1) if passage.same_sentence(first - 1, first) else ""
    if before == "to" and passage.low(first - 2) == "according":
        start, last, date = first - 2, place, None
        if is_possessive(passage, end):
            last = max(after_documents(passage, end + 1) - 1, place)
        behind, date = dated_after(passage, last + 1)
        lean = _lean(passage, name, start, behind - 1, date)
        lean.supports = placement(passage, start, lean.last)
        return [lean]
    if before in v.TELLING:
        lean = _lean(passage, name, first - 1, place, None)
        lean.supports = placement(passage, lean.first, lean.last)
        return [lean]
    kind = "outlet"
    if is_possessive(passage, end):
        kind, behind = "document", after_documents(passage, end + 1)
        if behind == end + 1:
            return []
        end = behind
    elif passage.low(end) in v.DOCUMENTS - v.NOUNS_BEHIND_ONE and passage.low(end) not in v.SAYING:
        return []
    if before in v.PREPOSITIONS:
        return []
    verb = verb_at(passage, end, kind)
    if verb is None:
        return []
    lean = _lean(passage, name, first, verb.end - 1, verb.date)
    if before == "as":
        lean.first -= 1
    lean.supports = after_or_before(passage, lean.first, lean.last)
    return [lean]


def _lean(passage: Passage, name: NameInText, first: int, last: int, date) -> Lean:
    lean = Lean(first, last, PENDING, passage.printed(name.first, name.last), None, date)
    lean.short_name = passage.low(name.last)
    return lean
