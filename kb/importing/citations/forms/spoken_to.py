"""Outlets that somebody speaks or writes to: "told the Guardian", "in an interview with", "wrote in Foreign Affairs"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.affiliations import LONGEST_APPOSITION
from kb.importing.citations.dates import dated_after
from kb.importing.citations.descriptions import back_over, before_outlet, is_possessive
from kb.importing.citations.lean import Lean, Phrase
from kb.importing.citations.passage import Passage
from kb.importing.citations.persons import person_ending, speaker_after
from kb.importing.citations.placement import after_or_before, is_fronted, placement
from kb.importing.citations.proper_names import is_doubtful, is_place, looks_like_institution, unknown_name_at
from kb.importing.citations.verbs import verb_at
from kb.importing.register import Match
from kb.text.words import word_set

SPOKEN_ON = word_set("said says appearing appeared speaking asked argued claimed interviewed")  # "said on CNN"
SPOKEN_WITH = word_set("speaking wrote writing writes")  # "speaking to CNN", "wrote in Foreign Affairs"
SPOKEN_TO = word_set("interview interviews remarks comments statement conversation briefing")
WRITTEN_FOR = word_set("op-ed oped article essay column piece commentary editorial paper study")
CONFIRMED_TO = word_set(
    "confirmed confirms said admitted explained revealed denied described acknowledged disclosed announced complained stated "
    "spoke leaked"
)
LONGEST_SUBJECT = 6  # tokens
CLAUSE_MARKS = frozenset(",”—–")
SMALL_IN_SUBJECTS = word_set("the a an of for his her their our")
INTERVIEW_MODIFIERS = word_set(
    "an a exclusive recent in his her separate televised written phone telephone joint opinion op-ed op - ed"
)


def told(passage: Passage, place: int) -> list[Lean]:
    """ "Jane Doe told the Guardian that": only outlets are told things for us to read."""
    if passage.low(place) not in v.TELLING:
        return []
    target = place + 1 + (passage.low(place + 1) == "to")
    target = before_outlet(passage, target + (passage.low(target) == "the"))
    phrase = _audience(passage, target)
    if phrase is None or _is_source_before(passage, place):
        return []
    first, speaker = subject_before(passage, place)
    if first == place:
        first = _people_before(passage, place)
    end, date = dated_after(passage, phrase.last + 1)
    if passage.low(end) == "in" and passage.low(end + 1) in ("an", "a"):
        for ahead in range(end + 2, min(end + 6, len(passage.words))):
            if passage.low(ahead) in SPOKEN_TO:
                end = ahead + 1
                later, date_behind = dated_after(passage, end)
                end, date = later, date or date_behind
                break
    last = end - 1
    if passage.low(end) in ("is", "was") and passage.low(end + 1) == "that":  # "What she told CNN was that"
        end += 1
    introduces = passage.low(end) in ("that", ":", "“", '"') and passage.same_sentence(end, place)
    if passage.low(end) == "that" and introduces:
        last = end
    lean = Lean(first, last, phrase.match, phrase.printed_name, speaker, date)
    lean.supports = "after" if introduces else placement(passage, first, last)
    return [lean]


def said_to(passage: Passage, place: int) -> list[Lean]:
    """ "confirmed the layoffs to TechCrunch", "said in an email to the Guardian": to whom somebody spoke."""
    name = passage.names.get(before_outlet(passage, place + 1 + (passage.low(place + 1) == "the")))
    if passage.low(place) != "to" or name is None or not name.is_outlet or is_doubtful(passage, name):
        return []
    for before in range(place - 1, max(place - 6, -1), -1):
        if not passage.same_sentence(before, place) or passage.low(before) in v.BOUNDARIES:
            return []
        if passage.low(before) in CONFIRMED_TO:
            break
    else:
        return []
    first, speaker = subject_before(passage, before)
    end, date = dated_after(passage, name.last + 1)
    last = end - 1 + (passage.low(end) == "that")
    lean = Lean(first, last, name.match, passage.name_printed(name), speaker, date)
    lean.supports = "after" if passage.low(last) == "that" or before + 1 == place else "around"
    return [lean]


def interviewed(passage: Passage, place: int) -> list[Lean]:
    """ "in an interview with Le Monde", "in remarks to AFP", "wrote in Foreign Affairs", "speaking to CNN" """
    low = passage.low(place)
    following = passage.low(place + 1)
    if (
        (low in SPOKEN_TO and following in ("with", "to", "for"))
        or (low in WRITTEN_FOR and following in ("in", "for", "at"))
        or (low in SPOKEN_ON and following == "on")
        or (low in SPOKEN_WITH and following in ("to", "with", "in", "for", "on"))
    ):
        target, first = place + 2, place
    else:
        return []
    target += passage.low(target) == "the"
    phrase = _audience(passage, before_outlet(passage, target))
    if phrase is None:
        return []
    if low in SPOKEN_TO | WRITTEN_FOR:
        first = back_over(passage, place, lambda word: word in INTERVIEW_MODIFIERS)
        if passage.low(first) not in ("in", "an", "a"):
            return []
    end, date = dated_after(passage, phrase.last + 1)
    last, speaker = end - 1, None
    fronted = is_fronted(passage, first)
    if low in ("wrote", "writes") or (low in SPOKEN_ON and low in v.SAYING):
        first, speaker = subject_before(passage, place)
        if passage.low(end) == "that":
            last = end
        return [
            Lean(first, last, phrase.match, phrase.printed_name, speaker, date, after_or_before(passage, first, last))
        ]
    if fronted and passage.low(end) == ",":
        person = speaker_after(passage, end + 1)
        verb = verb_at(passage, person[1], "person") if person else None
        if person and not verb and passage.same_sentence(person[1], place) and passage.words[person[1]].is_word:
            speaker = person[0]  # "described", "dismissed": after such an opening every verb is one of speech
        pronoun = verb_at(passage, end + 2, "person") if passage.low(end + 1) in ("he", "she", "they") else None
        if person and verb:
            speaker, last, date = person[0], verb.end - 1, date or verb.date
        elif pronoun:
            last, date = pronoun.end - 1, date or pronoun.date
        return [Lean(first, last, phrase.match, phrase.printed_name, speaker, date, "after")]
    verb_place = first - 1
    if passage.low(verb_place) in v.SAYING | v.SAYING_WITH_THAT:
        first, speaker = subject_before(passage, verb_place)
    if passage.low(end) == "that":
        last = end
    return [Lean(first, last, phrase.match, phrase.printed_name, speaker, date, after_or_before(passage, first, last))]


def _audience(passage: Passage, target: int) -> Phrase | None:
    """The outlet that is spoken to: known, or unknown with an outlet's name."""
    name = passage.names.get(target)
    if name:
        if not name.is_outlet or is_doubtful(passage, name):
            return None
        last = name.last
        if is_possessive(passage, last + 1):
            last += 1
            show = unknown_name_at(passage, last + 1 + (passage.low(last + 1) in ("'", "‘", '"', "“")))
            if show:
                last = show[1]
                while passage.low(last + 1) in (",", "'", "’", '"', "”") and passage.low(last) not in (
                    "'",
                    "’",
                    '"',
                    "”",
                ):
                    last += 1
        elif passage.low(last + 1) in ("news", "television", "tv", "radio", "magazine", "newspaper"):
            last += 1
            if passage.low(last + 1) == "agency":
                last += 1
        return Phrase(target, last, name.match, passage.name_printed(name))
    unknown = unknown_name_at(passage, target)
    if unknown and unknown[0] < unknown[1] and looks_like_institution(passage, *unknown, v.OUTLET_WORDS):
        return Phrase(target, unknown[1], Match(), passage.printed(*unknown))
    return None


def _is_source_before(passage: Passage, place: int) -> bool:
    """ "CNN told viewers", "Reuters told CNN": the outlet itself speaks."""
    return place - 1 in passage.name_ending and passage.name_ending[place - 1].is_outlet


def subject_before(passage: Passage, place: int) -> tuple[int, str | None]:
    """Where the subject of a verb begins, and the person it names; a pronoun or a crowd names nobody."""
    before = place - 1
    while passage.same_sentence(before, place) and passage.low(before) in v.ADVERBS | {"has", "had", "later"}:
        before -= 1
    if not passage.same_sentence(before, place):
        return place, None
    if passage.low(before) == ",":
        named = person_ending(passage, before - 1)
        if named and passage.low(named[0] - 1) == "," and passage.same_sentence(named[0] - 1, place):
            # "the station master, Ines Calder, told": the name stands in the apposition
            return _plain_words_before(passage, named[0] - 1), passage.printed(named[1], named[2])
        for comma in range(before - 1, max(before - LONGEST_APPOSITION, -1), -1):
            if not passage.same_sentence(comma, place):
                break
            if passage.low(comma) == ",":
                person = person_ending(passage, comma - 1)
                if person:
                    return person[0], passage.printed(person[1], person[2])
        return place, None
    if passage.low(before) in ("he", "she", "they", "who"):
        return before, None
    is_crowd = passage.low(before) in v.PEOPLE and before == passage.sentence_start(place)
    person = None if is_crowd else person_ending(passage, before)
    if person and not is_place(passage, person[1], person[2]):
        return person[0], passage.printed(person[1], person[2])
    if passage.low(before) in v.PEOPLE:
        first = back_over(passage, before, lambda word: word in v.PEOPLE_MODIFIERS)
        name = passage.name_ending.get(first - 1)
        if name and passage.same_sentence(first - 1, place):
            first = back_over(passage, name.first, lambda word: word in v.PEOPLE_MODIFIERS)
        return _plain_words_before(passage, first), None
    return place, None


def _plain_words_before(passage: Passage, place: int) -> int:
    """Where the few words begin that fill a clause up to `place` ("..., two union | officials"), or the same token."""
    first = place
    while place - first < LONGEST_SUBJECT and passage.same_sentence(first - 1, place):
        word = passage.words[first - 1]
        if word.text in CLAUSE_MARKS:
            return first
        if not (word.is_word or word.is_number) or word.low in v.FUNCTION_WORDS - SMALL_IN_SUBJECTS:
            return place
        first -= 1
    return place if passage.same_sentence(first - 1, place) else first


def _people_before(passage: Passage, place: int) -> int:
    """Where a longer subject begins ("..., two people familiar with the matter told"), or the same token."""
    seen = False
    for before in range(place - 1, max(place - 14, -1), -1):
        if not passage.same_sentence(before, place):
            return place
        low = passage.low(before)
        seen = seen or low in v.PEOPLE or low in ("people", "person")
        if low in CLAUSE_MARKS:
            return before + 1 if seen else place
    return place
