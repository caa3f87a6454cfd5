"""Names of persons: where one begins or ends, with the titles and posts in front of it left out."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.passage import Passage
from kb.importing.citations.proper_names import is_only_places
from kb.text.partial_dates import WEEKDAYS

LONGEST_PERSON = 7  # tokens
LONGEST_TITLES = 12


def person_at(passage: Passage, place: int) -> tuple[int, int, int] | None:
    """First token, first token of the name without titles, and last token of a person's name that begins here."""
    start = place
    while place - start < LONGEST_TITLES and _is_title(passage, place):
        place += 2 if passage.low(place + 1) in (".", "-") else 1
    name_start = place
    last = None
    while place < min(name_start + LONGEST_PERSON, len(passage.words)) and passage.same_sentence(place, start):
        word = passage.words[place]
        if place in passage.names or word.low in v.INSTITUTION_WORDS - v.NO_INSTITUTION_ALONE:
            return None
        if word.is_word and word.is_capitalised and not (word.low in WEEKDAYS and word.low.endswith("day")):
            last = place
            place += 1
            if (passage.low(place) == "." and len(word.text) == 1) or (
                passage.low(place) in ("-", "'", "’") and _glued(passage, place)
            ):
                place += 1
        elif word.low in v.NAME_PARTICLES and last is not None and _next_is_name(passage, place):
            place += 1
        else:
            break
    if last is None or passage.words[name_start].low in v.FUNCTION_WORDS or is_only_places(passage, name_start, last):
        return None
    return start, name_start, last


def person_ending(passage: Passage, place: int) -> tuple[int, int, int] | None:
    """The same for a person's name that ends here."""
    if place < 0 or not passage.words[place].is_word or not passage.words[place].is_capitalised:
        return None
    start = place
    while start > 0 and place - start < LONGEST_PERSON and passage.same_sentence(start - 1, place):
        before = passage.words[start - 1]
        if (before.is_word and before.is_capitalised and start - 1 not in passage.name_ending) or (
            before.low in v.NAME_PARTICLES and _previous_is_name(passage, start - 1)
        ):
            start -= 1
        elif (
            before.text == "."
            and start - 2 >= 0
            and (len(passage.words[start - 2].text) == 1 or _is_title(passage, start - 2))
        ) or (before.text in "-'’" and _glued(passage, start - 1)):
            start -= 2
        else:
            break
    while start < place and passage.words[start].low in v.FUNCTION_WORDS | v.ADVERBS:
        start += 1
    person = person_at(passage, start)
    return person if person and person[2] == place else None


def _is_title(passage: Passage, place: int) -> bool:
    word = passage.words[place] if 0 <= place < len(passage.words) else None
    if word is None or word.low not in v.TITLES or place + 1 >= len(passage.words):
        return False
    following = place + 2 if passage.low(place + 1) in (".", "-") else place + 1
    return following < len(passage.words) and passage.words[following].is_word


def _next_is_name(passage: Passage, place: int) -> bool:
    for ahead in (place + 1, place + 2):
        if ahead < len(passage.words) and passage.words[ahead].is_word and passage.words[ahead].is_capitalised:
            return True
        if passage.low(ahead) not in v.NAME_PARTICLES:
            return False
    return False


def _previous_is_name(passage: Passage, place: int) -> bool:
    """Does a capitalised word stand before this particle, across at most two more of them ("Ursula von der ...")?"""
    for before in (place - 1, place - 2, place - 3):
        if before < 0 or not passage.same_sentence(before, place):
            return False
        if passage.words[before].is_word and passage.words[before].is_capitalised:
            return True
        if passage.low(before) not in v.NAME_PARTICLES:
            return False
    return False


def _glued(passage: Passage, place: int) -> bool:
    if not 0 < place < len(passage.words) - 1:
        return False
    before, mark, after = passage.words[place - 1 : place + 2]
    return before.end == mark.start and mark.end == after.start and after.is_word


def speaker_after(passage: Passage, place: int) -> tuple[str, int] | None:
    """The person that begins here, with titles in front left out, and the token behind the name."""
    if passage.low(place) in ("the", "its"):
        place += 1
    start = place
    while place < len(passage.words) and place - start < 5 and is_role(passage, place):
        place += 1
    person = person_at(passage, place) or (person_at(passage, start) if place != start else None)
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


def is_role(passage: Passage, place: int) -> bool:
    low = passage.low(place)
    if low == "-":
        return True
    return low in v.ROLES or low in v.TITLES or (low == "for" and passage.low(place - 1) in v.ROLES)
