"""Whom a phrase names: what stands behind "according to", "citing" or "by"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.affiliations import affiliation_after
from kb.importing.citations.dates import date_at, dated_after
from kb.importing.citations.descriptions import (
    after_acronym,
    after_documents,
    after_outlet,
    before_outlet,
    is_possessive,
)
from kb.importing.citations.lean import Phrase
from kb.importing.citations.passage import Passage
from kb.importing.citations.persons import is_role, person_at, speaker_after
from kb.importing.citations.proper_names import goes_on, is_place, longer_name, looks_like_institution, unknown_name_at
from kb.importing.register import Match, NameInText

LONGEST_PHRASE = 16  # tokens


def noun_phrase(passage: Passage, place: int) -> Phrase | None:
    """The source that the noun phrase beginning at a token names, or None when it is no source."""
    start = place
    if not passage.same_sentence(place, max(place - 1, 0)):
        return None
    dated = date_at(passage, place) if passage.low(place) not in v.RELATIVE_PERIODS else None
    if dated and dated[1] + 1 in passage.names:
        place = dated[1] + 1
    if passage.low(place) in ("the", "a", "an"):
        place += 1
        inner = date_at(passage, place)
        if inner and passage.same_sentence(inner[1] + 1, place):  # "a June 12 Reuters report"
            dated, place = inner, inner[1] + 1
    name = passage.loose_names.get(place) or passage.names.get(before_outlet(passage, place))
    if name:
        phrase = _from_name(passage, start, name)
    else:
        phrase = (
            _from_person(passage, start, place)
            or _from_words(passage, start, place)
            or _from_unknown(passage, start, place)
        )
    if phrase and phrase.date is None:
        end, phrase.date = dated_after(passage, phrase.last + 1)
        if phrase.date:
            phrase.last = end - 1
        phrase.date = phrase.date or dated
    return phrase


def _from_name(passage: Passage, start: int, name: NameInText) -> Phrase | None:
    end = after_acronym(passage, name.last + 1)
    speaker = None
    longer = longer_name(passage, name)
    if longer:
        return Phrase(start, longer[1], Match(), passage.printed(*longer))
    if is_possessive(passage, end):
        behind = speaker_after(passage, end + 1)
        documents = after_documents(passage, end + 1)
        if documents > end + 1:
            end = documents
        elif behind:
            speaker, end = behind
        else:
            return None
    elif name.is_outlet and (described := after_outlet(passage, end)) > end:
        end = described
    elif (documents := after_documents(passage, end)) > end:
        end = documents
    elif passage.same_sentence(end, start) and (is_role(passage, end) or passage.low(end) in v.STAFF | v.PEOPLE):
        behind = speaker_after(passage, end + (passage.low(end) in v.STAFF))
        if behind:
            speaker, end = behind
        elif passage.low(end) in v.PEOPLE:
            end += 1
    elif goes_on(passage, end):
        person = person_at(passage, end)
        if person is None or person[1] == person[2]:
            return None
        speaker, end = passage.printed(person[1], person[2]), person[2] + 1
    return Phrase(start, end - 1, name.match, passage.name_printed(name), speaker, is_outlet=name.is_outlet)


def _from_person(passage: Passage, start: int, place: int) -> Phrase | None:
    """ "Yun Sun, director at the Stimson Center", "President Pezeshkian", "analyst Jane Doe of the IAEA"."""
    person = speaker_after(passage, place)
    if person is None:
        return None
    speaker, end = person
    if passage.low(end) in ("of", "from", "at", "with"):
        name = passage.names.get(end + 1 + (passage.low(end + 1) == "the"))
        if name:
            return Phrase(start, name.last, name.match, passage.name_printed(name), speaker)
    if passage.low(end) == ",":
        affiliation = affiliation_after(passage, end)
        if affiliation:
            return Phrase(start, affiliation.last, affiliation.match, affiliation.printed_name, speaker)
    words = speaker.split()
    first = end - 1
    while first > start and passage.printed(first, end - 1) != speaker:
        first -= 1
    if looks_like_institution(passage, first, end - 1) or speaker.isupper():
        return None
    if len(words) == 1 and is_place(passage, first, end - 1):
        return None
    if is_possessive(passage, end):
        return None
    if passage.same_sentence(end, start) and passage.words[end].is_word and passage.low(end) not in v.FUNCTION_WORDS:
        return None  # "Western diplomats": the capital belongs to a longer phrase
    if any(word.lower() in v.NO_SOURCES for word in words):
        return None
    has_article = passage.low(start) in ("the", "a", "an")
    if has_article and first == start + 1:
        return None  # "the Kremlin", "the Geneva Convention"
    known_person = len(words) > 1 or first > start
    return Phrase(start, end - 1, Match(), speaker, speaker if known_person else None)


def _from_words(passage: Passage, start: int, place: int) -> Phrase | None:
    """ "a report by the IAEA", "media and official accounts", "two people familiar with the matter"."""
    people = documents = None
    end = start
    while end < min(start + LONGEST_PHRASE, len(passage.words)) and passage.same_sentence(end, start):
        word = passage.words[end]
        if end in passage.names and end > start:
            before = end - 1 - (passage.low(end - 1) in ("the", "a", "an"))
            preposition = passage.low(before)
            name = passage.names[end]
            if preposition in ("by", "from", "at", "in", "with", "for", "inside") or (
                preposition == "of"
                and passage.low(before - 1)
                not in ("critics", "opponents", "supporters", "proponents", "analysis", "review", "reading")
            ):
                if (
                    people is None
                    and documents is None
                    and preposition != "of"
                    and passage.low(before - 1) not in v.ROLES
                ):
                    return None
                last = after_acronym(passage, name.last + 1) - 1
                return Phrase(start, last, name.match, passage.name_printed(name), is_outlet=name.is_outlet)
            if preposition in v.DOCUMENT_MODIFIERS and passage.low(name.last + 1) in v.DOCUMENTS:
                return Phrase(start, name.last + 1, name.match, passage.name_printed(name), is_outlet=name.is_outlet)
            if people is None and documents is None:
                return None
        if word.low in v.BOUNDARIES or word.low in ("that", "which", "whose") or (word.low == "who" and people is None):
            break
        if (
            (word.low in ("people", "person") and _is_informed(passage, end + 1))
            or (word.low in v.PEOPLE and people is None)
            or (
                (word.low in v.PEOPLE and passage.low(end - 1) in ("and", "or"))
                or (word.low in v.PEOPLE and people == end - 1)
            )
        ):
            people = end
        elif word.low in v.UNNAMED_DOCUMENTS and (documents is None or passage.low(end - 1) in ("and", "or")):
            documents = end
        end += 1
    last = max(
        (noun for noun in (people, documents) if noun is not None and _head_reached(passage, place, noun)), default=None
    )
    if last is None:
        return None
    if passage.low(last) in v.UNNAMED_DOCUMENTS and people is None and not _is_indefinite(passage, start, last):
        return None
    if last == people and _is_informed(passage, last + 1) and end - last <= 10:
        last = end - 1
    if passage.low(last + 1) in v.NO_SOURCES:
        return None
    return Phrase(start, last, None)


def _head_reached(passage: Passage, place: int, noun: int) -> bool:
    """Do only describing words stand between the article and the noun?"""
    return all(
        passage.low(word) in v.PEOPLE_MODIFIERS | v.DOCUMENT_MODIFIERS | v.PEOPLE | v.DOCUMENTS
        or passage.words[word].is_capitalised
        or passage.low(word) in ("and", "or", "-", "to", "people", "of", "person")
        or passage.words[word].is_number
        or passage.low(word).endswith(("al", "ic", "ary", "ive", "ed"))
        for word in range(place, noun)
    )


def _is_informed(passage: Passage, place: int) -> bool:
    return passage.low(place) in (
        "familiar",
        "briefed",
        "close",
        "with",
        "who",
        "involved",
        "speaking",
        "present",
        "aware",
    )


def _is_indefinite(passage: Passage, start: int, noun: int) -> bool:
    """ "a new study", "official figures": somebody's, but nobody's named; "the report" was named before."""
    low = passage.low(noun)
    if passage.low(start) in ("the", "this", "that", "its", "his", "their"):
        return any(passage.low(word) in ("latest", "official", "media", "press") for word in range(start, noun))
    if low in ("figures", "data", "statistics", "documents", "estimates", "reporting", "research"):
        return noun > start
    return True


def _from_unknown(passage: Passage, start: int, place: int) -> Phrase | None:
    """A capitalised name that the register does not hold and that looks like an outlet or an institution."""
    found = unknown_name_at(passage, place)
    if found is None:
        return None
    first, last = found
    end, date = dated_after(passage, last + 1)
    words = passage.words[first : last + 1]
    is_acronym = len(words) == 1 and words[0].text.isupper() and 2 < len(words[0].text) < 8
    if any(word.low in v.NO_SOURCES for word in words) or is_place(passage, first, last):
        return None
    if not (looks_like_institution(passage, first, last) or is_acronym or (date and passage.low(last + 1) == "(")):
        return None
    end = after_acronym(passage, last + 1)
    if is_possessive(passage, end):
        documents = after_documents(passage, end + 1)
        if documents > end + 1:
            end = documents
    elif (documents := after_documents(passage, end)) > end:
        end = documents
    return Phrase(start, end - 1, Match(), passage.printed(first, last))
