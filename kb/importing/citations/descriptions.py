"""Words around a name that only describe it, skipped to the front or to the back."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.dates import date_at
from kb.importing.citations.passage import Passage
from kb.importing.citations.unknown_outlets import DESCRIPTORS, DESCRIPTORS_OF_PRESS, PRESS, names_people
from kb.text.words import word_set

LONGEST_DESCRIPTION = 8
OUTLET_DESCRIPTION = (
    DESCRIPTORS
    | DESCRIPTORS_OF_PRESS
    | PRESS
    | word_set(
        "the a state run owned public local national independent official semi-official private conservative liberal leading "
        "opposition pro government business financial regional financial-news influential investigative english-language military "
        "army party rival weekly daily sport sports online satellite commercial"
    )
)
BRANCHES = word_set("tv television radio sports sport online business news")  # "Yahoo Sports", "NBC Sports"


def after_acronym(passage: Passage, place: int) -> int:
    """Skip a short form in parentheses behind the name it stands for: "(CFR)"."""
    if passage.low(place) == "(" and passage.low(place + 2) == ")":
        inside = passage.words[place + 1]
        if inside.is_word and inside.is_capitalised and not date_at(passage, place + 1):
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
        is_people = word.is_capitalised and names_people(word.low)
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
    closes = DESCRIPTORS | DESCRIPTORS_OF_PRESS | BRANCHES
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


def back_over(passage: Passage, place: int, fits) -> int:
    """The first token of a run of fitting words (capitalised ones count) that ends right before `place`."""
    first = place
    while first > 0 and place - first < 8 and passage.same_sentence(first - 1, place):
        word = passage.words[first - 1]
        capital = (
            word.is_word
            and word.is_capitalised
            and word.low not in v.FUNCTION_WORDS
            and first - 1 not in passage.name_ending
        )
        glued = word.text == "-" and first - 2 >= 0 and passage.words[first - 2].end == word.start
        if not (fits(word.low) or (capital and fits("some")) or word.is_number or glued):
            break
        first -= 1
    return first
