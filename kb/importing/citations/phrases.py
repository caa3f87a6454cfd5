"""Whom a phrase names: what stands behind "according to", "citing" or "by"."""

from dataclasses import dataclass

from kb.importing.citations import outlets
from kb.importing.citations import vocabulary as v
from kb.importing.citations.passage import Passage
from kb.importing.register import Match, NameInText
from kb.text.words import word_set

LONGEST_PHRASE = 16  # tokens
LONGEST_DESCRIPTION = 8
OUTLET_DESCRIPTION = (
    outlets.DESCRIPTORS
    | outlets.DESCRIPTORS_OF_PRESS
    | outlets.PRESS
    | word_set(
        "the a state run owned public local national independent official semi-official private conservative liberal leading "
        "opposition pro government business financial regional financial-news influential investigative english-language military "
        "army party rival weekly daily sport sports online satellite commercial"
    )
)
BRANCHES = word_set("tv television radio sports sport online business news")  # "Yahoo Sports", "NBC Sports"
BOUNDARIES = frozenset(',;:.!?—–()[]“”"«»…|')


@dataclass(slots=True)
class Phrase:
    """The source that a noun phrase names, or that it names nobody (`match` is None); tokens `first` to `last`."""

    first: int
    last: int
    match: Match | None
    printed_name: str = ""
    speaker: str | None = None
    date: tuple[int, int] | None = None
    is_outlet: bool = False

    @property
    def is_known(self) -> bool:
        return self.match is not None and self.match.is_known


def noun_phrase(passage: Passage, place: int) -> Phrase | None:
    """The source that the noun phrase beginning at a token names, or None when it is no source."""
    start = place
    if not passage.same_sentence(place, max(place - 1, 0)):
        return None
    dated = passage.date_at(place) if passage.low(place) not in v.RELATIVE_PERIODS else None
    if dated and dated[1] + 1 in passage.names:
        place = dated[1] + 1
    if passage.low(place) in ("the", "a", "an"):
        place += 1
        inner = passage.date_at(place)
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
    if phrase:
        if phrase.date is None:
            end, phrase.date = passage.dated_after(phrase.last + 1)
            if phrase.date:
                phrase.last = end - 1
            phrase.date = phrase.date or dated
        return phrase
    return None


def after_acronym(passage: Passage, place: int) -> int:
    """Skip a short form in parentheses behind the name it stands for: "(CFR)"."""
    if passage.low(place) == "(" and passage.low(place + 2) == ")":
        inside = passage.words[place + 1]
        if inside.is_word and inside.is_capitalised and not passage.date_at(place + 1):
            return place + 3
    return place


def before_outlet(passage: Passage, place: int) -> int:
    """Skip what only describes an outlet in front of its name ("the state-run news agency"); the same token otherwise."""
    ahead = place
    while ahead < min(place + LONGEST_DESCRIPTION, len(passage.words)) and passage.same_sentence(ahead, place):
        name = passage.names.get(ahead)
        if name and name.is_outlet:
            return ahead
        word = passage.words[ahead]
        is_people = word.is_capitalised and outlets.names_people(word.low)
        is_place = word.low in v.PLACES or passage.low(ahead - 1) in ("'s", "’s", "-", "“", '"')
        if not (word.low in OUTLET_DESCRIPTION or is_people or is_place or word.text in ("'s", "’s", "-", "“", '"')):
            break
        ahead += 1
    return place


def after_outlet(passage: Passage, place: int) -> int:
    """Skip what only describes an outlet behind its name ("news agency", "newspaper"); the same token otherwise."""
    end = place
    while end < place + 3 and passage.same_sentence(end, max(place - 1, 0)) and passage.low(end) in OUTLET_DESCRIPTION:
        end += 1
    closes = outlets.DESCRIPTORS | outlets.DESCRIPTORS_OF_PRESS | BRANCHES
    return end if passage.low(end - 1) in closes else place


def is_possessive(passage: Passage, place: int) -> bool:
    """ "'s" behind a name, or the bare apostrophe of "Reuters'"."""
    if passage.low(place) in ("'s", "’s"):
        return True
    return passage.low(place) in ("'", "’") and passage.words[place].start == passage.words[place - 1].end


def after_documents(passage: Passage, place: int) -> int:
    """Skip words up to and with a document noun ("latest World Economic Outlook"); the same token when there is none."""
    end, last = place, place
    while end < min(place + 6, len(passage.words)) and passage.same_sentence(end, place):
        low = passage.low(end)
        if (
            not passage.words[end].is_word
            or (low in v.FUNCTION_WORDS and low not in ("of", "on", "and"))
            or end in passage.names
        ) and low != "-":
            break
        if low in v.FUNCTION_WORDS and last != place:
            break
        end += 1
        if low in v.DOCUMENTS:
            last = end
            if passage.low(end) not in v.DOCUMENTS:
                break
    return last


def speaker_after(passage: Passage, place: int) -> tuple[str, int] | None:
    """The person that begins here, with titles in front left out, and the token behind the name."""
    if passage.low(place) in ("the", "its"):
        place += 1
    start = place
    while place < len(passage.words) and place - start < 5 and _is_role(passage, place):
        place += 1
    person = passage.person_at(place) or (passage.person_at(start) if place != start else None)
    if person:
        person = _without_roles(passage, *person)
    if person is None or any(passage.low(word) in v.DOCUMENTS for word in range(person[1], person[2] + 1)):
        return None  # "the World Economic Outlook" is nobody
    return passage.printed(person[1], person[2]), person[2] + 1


def _without_roles(passage: Passage, start: int, first: int, last: int) -> tuple[int, int, int] | None:
    """Leave a capitalised post out of a name: "Senior Health Care Reporter Jane Doe"."""
    for place in range(last, first - 1, -1):
        if passage.low(place) in v.ROLES | v.STAFF:
            return (start, place + 1, last) if place < last else None
    return start, first, last


def _is_role(passage: Passage, place: int) -> bool:
    low = passage.low(place)
    if low == "-":
        return True
    return low in v.ROLES or low in v.TITLES or (low == "for" and passage.low(place - 1) in v.ROLES)


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
    elif passage.same_sentence(end, start) and (_is_role(passage, end) or passage.low(end) in v.STAFF | v.PEOPLE):
        behind = speaker_after(passage, end + (passage.low(end) in v.STAFF))
        if behind:
            speaker, end = behind
        elif passage.low(end) in v.PEOPLE:
            end += 1
    elif _goes_on(passage, end):
        person = passage.person_at(end)
        if person is None or person[1] == person[2]:
            return None
        speaker, end = passage.printed(person[1], person[2]), person[2] + 1
    return Phrase(start, end - 1, name.match, passage.name_printed(name), speaker, is_outlet=name.is_outlet)


def longer_name(passage: Passage, name: NameInText) -> tuple[int, int] | None:
    """The longer name of an institution that only begins like a known one ("Reuters Institute"), as its outer tokens."""
    if not _goes_on(passage, name.last + 1):
        return None
    whole = passage.unknown_name_at(name.first)
    if whole and whole[1] > name.last and passage.looks_like_institution(name.last + 1, whole[1]):
        return whole
    return None


def _goes_on(passage: Passage, place: int) -> bool:
    """Does another capitalised word stand right behind a name?"""
    if not passage.same_sentence(place, place - 1):
        return False
    word = passage.words[place]
    return (
        word.is_word
        and word.is_capitalised
        and not word.is_tag
        and not passage.date_at(place)
        and place not in passage.names
    )


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
    if passage.looks_like_institution(first, end - 1) or speaker.isupper():
        return None
    if len(words) == 1 and passage.is_place(first, end - 1):
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


def affiliation_after(passage: Passage, comma: int) -> Phrase | None:
    """The institution in an apposition that begins behind a comma: ", a fellow at the Y Institute[ in Z]"."""
    has_role = False
    for place in range(comma + 1, min(comma + 18, len(passage.words))):
        if not passage.same_sentence(place, comma) or (passage.low(place) in BOUNDARIES and passage.low(place) != "."):
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
            unknown = passage.unknown_name_at(target) if has_role else None
            if unknown and passage.looks_like_institution(*unknown):
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
        if word.low in BOUNDARIES or word.low in ("that", "which", "whose") or (word.low == "who" and people is None):
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
    if any(low in v.NO_SOURCES for low in (passage.low(last + 1),)):
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
    found = passage.unknown_name_at(place)
    if found is None:
        return None
    first, last = found
    end, date = passage.dated_after(last + 1)
    words = passage.words[first : last + 1]
    is_acronym = len(words) == 1 and words[0].text.isupper() and 2 < len(words[0].text) < 8
    if any(word.low in v.NO_SOURCES for word in words) or passage.is_place(first, last):
        return None
    if not (passage.looks_like_institution(first, last) or is_acronym or (date and passage.low(last + 1) == "(")):
        return None
    end = after_acronym(passage, last + 1)
    if is_possessive(passage, end):
        documents = after_documents(passage, end + 1)
        if documents > end + 1:
            end = documents
    elif (documents := after_documents(passage, end)) > end:
        end = documents
    return Phrase(start, end - 1, Match(), passage.printed(first, last))
