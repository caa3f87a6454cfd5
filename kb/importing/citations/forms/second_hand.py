"""What somebody quotes from elsewhere: "citing Reuters", "as reported by the Guardian", "documents seen by Reuters"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.lean import Lean
from kb.importing.citations.noun_phrases import noun_phrase
from kb.importing.citations.passage import Passage
from kb.importing.citations.persons import person_ending
from kb.importing.citations.placement import lean_of, placed
from kb.importing.citations.proper_names import looks_like_institution
from kb.text.words import word_set

# "by" behind these means little unless an outlet follows.
OF_OUTLETS = word_set(
    "described confirmed published polled interviewed uncovered aired broadcast carried verified analyzed analysed"
)
REPORTED_BY = (
    v.SEEN_BY | OF_OUTLETS | word_set("reported noted quoted cited compiled estimated revealed documented calculated")
)
REFERRING = word_set("reference referring")


def citing(passage: Passage, place: int) -> list[Lean]:
    """ "citing Reuters": the named one is quoted through whoever cites; `via` is set where all leans are known."""
    target = place + 1
    if passage.low(place) in REFERRING and passage.low(target) == "to":
        target += 1
    elif passage.low(place) not in v.CITING:
        return []
    if not passage.same_sentence(target, place):
        return []
    phrase = noun_phrase(passage, target)
    if passage.low(place) in REFERRING and not (phrase and phrase.is_outlet):
        return []
    if phrase is None or (phrase.speaker and not (phrase.is_known or phrase.is_outlet)):
        return []
    return [placed(passage, place, phrase)]


def reported_by(passage: Passage, place: int) -> list[Lean]:
    """ "as reported by the Guardian", "documents seen by Reuters", "was quoted by TASS as saying that" """
    if (
        passage.low(place) not in REPORTED_BY
        or passage.low(place + 1) != "by"
        or not passage.same_sentence(place + 2, place)
    ):
        return []
    phrase = noun_phrase(passage, place + 2)
    if phrase is None or phrase.match is None or (phrase.speaker and not (phrase.is_known or phrase.is_outlet)):
        return []
    is_outlet = phrase.is_outlet
    if passage.low(place) in v.SEEN_BY | OF_OUTLETS and not is_outlet:
        return []
    if not (phrase.is_known or is_outlet) and not looks_like_institution(
        passage, phrase.first, phrase.last, v.OUTLET_WORDS
    ):
        return []
    if passage.low(place) in v.SEEN_BY and any(place - ahead in passage.name_ending for ahead in (2, 3)):
        return []  # "an IAEA report seen by Reuters said": read from its own name on
    first = place
    while passage.low(first - 1) in ("as", "first", "widely", "initially", "earlier"):
        first -= 1
    if (
        passage.low(place) == "quoted"
        and passage.low(phrase.last + 1) == "as"
        and passage.low(phrase.last + 2) in ("saying", "telling")
    ):
        person = person_ending(passage, first - 2) if passage.low(first - 1) in ("was", "is", "were") else None
        phrase.last += 2
        if passage.low(phrase.last + 1) == "that":
            phrase.last += 1
        if person:
            phrase.speaker, first = passage.printed(person[1], person[2]), person[0]
        return [lean_of(phrase, first, "after")]
    return [placed(passage, first, phrase)]
