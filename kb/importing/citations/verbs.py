"""Verbs that attribute: "reported that", "has said in a statement", "can reveal", and what only looks like one."""

from dataclasses import dataclass

from kb.importing.citations import vocabulary as v
from kb.importing.citations.dates import date_at, dated_after
from kb.importing.citations.passage import Passage


@dataclass(frozen=True, slots=True)
class Verb:
    """An attributing verb phrase; `end` is the token behind it, with its "that", and `core_end` without."""

    core_end: int
    end: int
    date: tuple[int, int] | None
    word: str


def verb_at(passage: Passage, place: int, subject: str) -> Verb | None:
    """An attributing verb phrase that begins here.

    `subject` is what would say it: an "outlet" or a "document" does more verbs with words alone than an
    "institution", a "person" or a "crowd" does.
    """
    start = place
    be_form = have_form = False
    while place < len(passage.words) and place - start < 6 and passage.same_sentence(place, start):
        low = passage.low(place)
        if low in v.MODALS and not (low == "can" and subject == "outlet" and passage.low(place + 1) in v.REVEALING):
            return None
        if low == "can":
            place += 1
            continue
        if low in v.BE_FORMS:
            be_form = True
        elif low in ("has", "have", "had", "’ve"):
            have_form = True
        elif not (low in v.ADVERBS or (low.endswith("ly") and len(low) > 4)):
            break
        place += 1
    if place >= len(passage.words) or not passage.same_sentence(place, start):
        return None
    word = passage.low(place)
    if be_form:
        return (
            _copula(passage, place, subject)
            if not have_form and not word.endswith("ing")
            else _progressive(passage, place, subject)
        )
    if word.endswith("ing"):
        return None
    return _finite(passage, place, word, subject)


def _progressive(passage: Passage, place: int, subject: str) -> Verb | None:
    word = passage.low(place)
    return _finite(passage, place, word, subject) if word.endswith("ing") else None


def _copula(passage: Passage, place: int, subject: str) -> Verb | None:
    """ "The assessment is that": only a document is what it says."""
    if subject == "document" and passage.low(place) in ("that", ":"):
        return Verb(place, place + 1, None, "is")
    return None


def _finite(passage: Passage, place: int, word: str, subject: str) -> Verb | None:
    free = word in v.SAYING
    if not free and not any(word in verbs for verbs in (v.SAYING_WITH_THAT, v.SHOWING, v.OUTLET_SAYING)):
        return None
    if not free and subject in ("outlet", "document"):
        free = word in v.SHOWING or (subject == "outlet" and word in v.OUTLET_SAYING)
    if not free and subject == "crowd":
        free = word in v.CROWD_SAYING
    core_end = place + 1
    if word in v.SECOND_PARTS:
        if passage.low(core_end) not in v.SECOND_PARTS[word]:
            return None
        core_end += 1
        free = True
    elif (word in ("see", "sees", "saw") and subject not in ("crowd", "outlet")) or (
        word in v.CALLING and passage.low(core_end) not in v.CALLED
    ):
        return None
    if word.startswith("announc") and subject == "outlet" and not _says_that(passage, core_end):
        return None  # an outlet announces what it does itself
    if word in v.PUBLISHING and subject == "outlet" and not _piece_ahead(passage, core_end):
        return None
    occasion = _after_occasion(passage, core_end)
    if subject == "outlet" and any(passage.low(ahead) in v.OF_ITSELF for ahead in range(core_end, occasion)):
        return None
    end, date = dated_after(passage, occasion)
    if date is None:
        end, date = dated_after(passage, core_end)
        end = _after_occasion(passage, end)
    if date or end > core_end:
        core_end = end
    following = passage.low(end)
    introduces = following in ("that", ":", "“", '"', "«", "„") or (
        following == "," and passage.low(end + 1) in ("“", '"', "«", "„")
    )
    if not introduces and following in ("in", "on", "from", "at", "during", "of", "about", "to", "and", "the", ","):
        introduces = not free and _that_ahead(passage, end)
    if not free and not introduces:
        return None
    if not introduces and _is_something_else(passage, word, end, subject):
        return None
    told = end + (following == "that")
    if subject == "outlet" and passage.low(told) in ("it", "its") and word.startswith(("sa", "announc")):
        return None  # the outlet speaks of itself
    if following == "that":
        end += 1
    return Verb(core_end, end, date, word)


def _says_that(passage: Passage, place: int) -> bool:
    return passage.low(dated_after(passage, place)[0]) in ("that", ":", "“", '"')


def _piece_ahead(passage: Passage, place: int) -> bool:
    """ "a detailed article on": does a verb of publishing take a piece as its object?"""
    if passage.low(place) in ("stories", "reports", "articles", "interviews", "investigations"):
        return True
    if passage.low(place) not in ("a", "an", "its", "two", "three", "several"):
        return False
    return any(
        passage.low(ahead) in v.PIECES for ahead in range(place + 1, place + 5) if passage.same_sentence(ahead, place)
    )


def _after_occasion(passage: Passage, place: int) -> int:
    """Skip "in a statement" and "on condition of anonymity" behind a verb."""
    if passage.low(place) == "on" and "condition" in (passage.low(place + 1), passage.low(place + 2)):
        for ahead in range(place + 2, min(place + 5, len(passage.words))):
            if passage.low(ahead) == "anonymity":
                return ahead + 1
    if passage.low(place) == "in" and passage.low(place + 1) in ("a", "an", "its", "their"):
        for ahead in range(place + 2, min(place + 5, len(passage.words))):
            if passage.low(ahead) in v.OCCASIONS:
                behind = passage.low(ahead + 1)
                if behind in ("published", "released", "issued", "dated"):
                    return ahead + 2
                return (
                    place
                    if behind in ("with", "to", "for", "by", "in", "on", "of") and not date_at(passage, ahead + 2)
                    else ahead + 1
                )
            if not passage.words[ahead].is_word:
                break
    return place


def _is_something_else(passage: Passage, word: str, end: int, subject: str) -> bool:
    """Is the verb a noun after all ("media reports say"), a passive, or a report on a firm's business?"""
    following = passage.low(end)
    if word in v.NOUN_LIKE and (following in v.SAYING | v.SHOWING | v.AUXILIARIES):
        return True
    if word in v.NOUN_LIKE and following in v.AFTER_NOUNS and not _that_ahead(passage, end):
        return True
    if following == "by" or (following == "to" and subject == "crowd" and word in v.SAID_TO_BE):
        return True
    result = end + (following in ("a", "an", "record", "strong", "higher", "lower"))
    return word.startswith("report") and passage.low(result) in v.BUSINESS_RESULTS


def _that_ahead(passage: Passage, place: int) -> bool:
    """Does "that" follow within a few words, before any mark?"""
    for ahead in range(place, min(place + 7, len(passage.words))):
        if passage.low(ahead) == "that":
            return True
        if not (passage.words[ahead].is_word or passage.words[ahead].is_number):
            return False
    return False


def is_noun(passage: Passage, place: int) -> bool:
    """ "An IAEA report": behind one name, the form for many is a noun, unless "that" follows."""
    return passage.low(place) in v.NOUNS_BEHIND_ONE and passage.low(place + 1) != "that"


def verb_within(passage: Passage, place: int, kind: str) -> Verb | None:
    """An attributing verb within the next words, across a date in parentheses but no other mark."""
    for ahead in range(place, min(place + 9, len(passage.words))):
        if not passage.same_sentence(ahead, place):
            return None
        verb = verb_at(passage, ahead, kind)
        if verb:
            return verb
        low = passage.low(ahead)
        if low == "(" and (skipped := dated_after(passage, ahead))[1]:
            return verb_at(passage, skipped[0], kind)
        if (
            low in v.BOUNDARIES
            or low in ("that", "which", "who", "and", "but")
            or (low in v.BE_FORMS | v.MODALS and low != "'s")
        ):
            return None
    return None
