"""Which words an attribution stands for: those behind it, before it, or around it."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.dates import date_at
from kb.importing.citations.lean import Lean, Phrase
from kb.importing.citations.passage import Passage
from kb.importing.citations.verbs import Verb
from kb.importing.register import NameInText


def lean_of(phrase: Phrase, first: int, supports: str) -> Lean:
    """The lean on what a phrase names, from the word that introduces it."""
    return Lean(first, phrase.last, phrase.match, phrase.printed_name, phrase.speaker, phrase.date, supports)


def placed(passage: Passage, first: int, phrase: Phrase) -> Lean:
    """The same, with the words it stands for worked out from where it stands."""
    return lean_of(phrase, first, placement(passage, first, phrase.last))


def placement(passage: Passage, first: int, last: int) -> str:
    """Which words does an attribution stand for that may come before, within or behind its statement?"""
    if is_fronted(passage, first):
        return "after"
    following = passage.low(last + 1) if passage.same_sentence(last + 1, last) else "."
    behind = passage.low(last + 2) if passage.same_sentence(last + 2, last) else ""
    if (
        following == ","
        and passage.low(first - 1) == ","
        and behind not in v.CONJUNCTIONS | {"who", "but", "citing", "quoting"}
    ):
        return "around"
    return "before"


def after_or_before(passage: Passage, first: int, last: int) -> str:
    """The same for a subject with its verb: what follows, unless the sentence or the clause ends there."""
    if passage.low(last) in ("that", ":"):
        return "after"
    following = passage.low(last + 1) if passage.same_sentence(last + 1, last) else ""
    if following in ("", ".", ";", "!", "?", ")", "—", "–", "…", "”"):
        return "before"
    if following == "," and passage.low(last + 2) not in ("“", '"', "«"):
        if passage.low(first) == "as" or is_fronted(passage, first):
            return "after"
        if passage.low(first - 1) == ",":
            return "before" if passage.low(last + 2) in v.CONJUNCTIONS | {"citing", "quoting"} else "around"
    return "after"


def is_fronted(passage: Passage, first: int) -> bool:
    """Does a clause begin here?"""
    before = first - 1
    if not passage.same_sentence(before, first):
        return True
    if passage.low(before) in ("—", "–", ";", ":", "“", "(") or passage.low(before) in v.CONJUNCTIONS | {"that"}:
        return True
    # "But, according to ...", "In fact, according to ...": a word or two in front is no statement yet.
    start = passage.sentence_start(first)
    return passage.low(before) == "," and before - start < 3 and passage.low(start) not in v.DETERMINERS


def spoken(passage: Passage, first: int, verb: Verb, name: NameInText, date: tuple[int, int] | None) -> Lean:
    """The lean on a name with its verb, and with an "as" or a date in front of them."""
    if passage.low(first - 1) == "as" and passage.same_sentence(first - 1, first):
        first -= 1
    dated = _date_in_front(passage, first) if date is None and verb.date is None else None
    if dated:
        first, date = dated[0], dated[1]
    lean = Lean(first, verb.end - 1, name.match, passage.name_printed(name), None, date or verb.date)
    lean.supports = after_or_before(passage, first, lean.last)
    return lean


def _date_in_front(passage: Passage, first: int) -> tuple[int, tuple[int, int]] | None:
    """ "On June 4, CNN reported", "Three weeks ago the BBC reported": the date belongs to the citation."""
    start = passage.sentence_start(first)
    if first - start > 8:
        return None
    place = start + 1 if passage.low(start) in ("on", "in") else start
    place += passage.low(place) in ("a", "an", "its")
    date = date_at(passage, place)
    if date is None:
        return None
    end = date[1] + 1
    end += passage.low(end) in v.DOCUMENTS  # "In a March 3 dispatch, AFP described"
    return (start, date) if end == first - (passage.low(first - 1) == ",") else None
