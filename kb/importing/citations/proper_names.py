"""Names that the register does not hold, as runs of capitalised words; and what such a run cannot be."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.dates import date_at
from kb.importing.citations.passage import Passage
from kb.importing.register import NameInText

LONGEST_NAME = 10


def is_only_places(passage: Passage, first: int, last: int) -> bool:
    """Is this a country, a city or a people, and so nobody who says things?"""
    return all(
        word.low in v.PLACES or not word.is_word or word.low.endswith(v.DEMONYM_ENDINGS)
        for word in passage.words[first : last + 1]
    ) and (first == last or any(word.low in v.PLACES for word in passage.words[first : last + 1]))


def is_place(passage: Passage, first: int, last: int) -> bool:
    """Is one of at most two words a place ("New York", "Paris talks")?"""
    return any(word.low in v.PLACES for word in passage.words[first : last + 1]) and last - first < 2


def unknown_name_at(passage: Passage, place: int) -> tuple[int, int] | None:
    """First and last token of a run of capitalised words, with "of", "for", "and", "on" inside; no article."""
    start, last = place, None
    while place < min(start + LONGEST_NAME, len(passage.words)) and passage.same_sentence(place, start):
        word = passage.words[place]
        if word.is_word and word.is_capitalised and (place > start or word.low not in v.FUNCTION_WORDS):
            last = place
            place += 1
        elif (
            last is not None
            and word.low in ("of", "for", "and", "on", "in", "the", "de", "des", "du", "&")
            and _capital_ahead(passage, place)
        ) or (word.text in ("-", "’", "'", "'s", "’s", "&") and _glued_mark(passage, place)):
            place += 1
        else:
            break
    return (start, last) if last is not None else None


def _capital_ahead(passage: Passage, place: int) -> bool:
    following = place + 2 if passage.low(place + 1) == "the" else place + 1
    return (
        following < len(passage.words) and passage.words[following].is_word and passage.words[following].is_capitalised
    )


def _glued_mark(passage: Passage, place: int) -> bool:
    following = place + 1
    if not 0 < place < len(passage.words) - 1 or not passage.words[following].is_capitalised:
        return False
    return passage.words[place - 1].end == passage.words[place].start and passage.words[following].is_word


def looks_like_institution(
    passage: Passage, first: int, last: int, words: frozenset[str] = v.INSTITUTION_WORDS
) -> bool:
    return any(word.low in words for word in passage.words[first : last + 1])


def longer_name(passage: Passage, name: NameInText) -> tuple[int, int] | None:
    """The longer name of an institution that only begins like a known one ("Reuters Institute"), as its outer tokens."""
    if not goes_on(passage, name.last + 1):
        return None
    whole = unknown_name_at(passage, name.first)
    if whole and whole[1] > name.last and looks_like_institution(passage, name.last + 1, whole[1]):
        return whole
    return None


def goes_on(passage: Passage, place: int) -> bool:
    """Does another capitalised word stand right behind a name?"""
    if not passage.same_sentence(place, place - 1):
        return False
    word = passage.words[place]
    return (
        word.is_word
        and word.is_capitalised
        and not word.is_tag
        and not date_at(passage, place)
        and place not in passage.names
    )


def is_doubtful(passage: Passage, name: NameInText) -> bool:
    """May the name be no more than a common word here?"""
    return name.first not in passage.names
