"""The ways in which running words bring in a source: each function reads one form at one token, or returns nothing."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.passage import Lean, Passage, Verb
from kb.importing.citations.phrases import (
    BOUNDARIES,
    Phrase,
    affiliation_after,
    after_acronym,
    after_documents,
    after_outlet,
    before_outlet,
    is_possessive,
    longer_name,
    noun_phrase,
    speaker_after,
)
from kb.importing.register import Match, NameInText

LONGEST_APPOSITION = 30  # tokens
REPORTED_BY = frozenset(["reported", "noted", "quoted", "cited", "seen", "obtained", "reviewed", "viewed", "compiled", "estimated", "revealed", "documented", "calculated", "described", "confirmed", "published", "polled", "interviewed", "uncovered", "aired", "broadcast", "carried", "verified", "analyzed", "analysed"])  # fmt: skip
SEEN_BY = frozenset(("seen", "obtained", "reviewed", "viewed"))
OF_OUTLETS = frozenset(("described", "confirmed", "published", "polled", "interviewed", "uncovered", "aired", "broadcast", "carried", "verified", "analyzed", "analysed"))  # fmt: skip
TELLING = frozenset(("told", "tells", "tell", "telling"))
PRINTED_IN = frozenset(("published", "reported", "appeared", "appearing", "printed", "appears", "featured"))
SPOKEN_ON = frozenset(
    ("said", "says", "appearing", "appeared", "speaking", "asked", "argued", "claimed", "interviewed")
)
SAID_TO = frozenset(("confirmed", "confirms", "said", "admitted", "explained", "revealed", "denied", "described", "acknowledged", "disclosed", "announced", "complained", "stated", "spoke", "leaked"))  # fmt: skip
SPOKEN_TO = frozenset(["interview", "remarks", "comments", "statement", "conversation", "briefing", "interviews"])
WRITTEN_FOR = frozenset(
    ["op-ed", "oped", "article", "essay", "column", "piece", "commentary", "editorial", "paper", "study"]
)
CITING = frozenset(("citing", "quoting"))
REFERRING = frozenset(("reference", "referring"))
SPEAKING = frozenset(("speaking", "wrote", "writing", "writes")) | SPOKEN_ON
NOT_SUBJECT_AFTER = v.PREPOSITIONS - {"as", "like", "than", "per"}


def according(passage: Passage, place: int) -> list[Lean]:
    """ "according to CNN (June 4)" """
    if (
        passage.low(place) != "according"
        or passage.low(place + 1) != "to"
        or not passage.same_sentence(place + 2, place)
    ):
        return []
    phrase = noun_phrase(passage, place + 2)
    return [_placed(passage, place, phrase)] if phrase else []


def per(passage: Passage, place: int) -> list[Lean]:
    """ "Per the U.S. Department of the Interior, ..." """
    if passage.low(place) != "per" or not passage.same_sentence(place + 1, place):
        return []
    phrase = noun_phrase(passage, place + 1)
    if phrase is None or phrase.match is None or (phrase.speaker and not (phrase.is_known or phrase.is_outlet)):
        return []
    if not (phrase.is_known or phrase.is_outlet) and not (
        passage.words[place].is_capitalised and passage.looks_like_institution(phrase.first, phrase.last)
    ):
        return []
    first = place - 1 if passage.low(place - 1) == "as" else place
    return [_placed(passage, first, phrase)]


def citing(passage: Passage, place: int) -> list[Lean]:
    """ "citing Reuters": the named one is quoted through whoever cites; `via` is set where all leans are known."""
    target = place + 1
    if passage.low(place) in REFERRING and passage.low(target) == "to":
        target += 1
    elif passage.low(place) not in CITING:
        return []
    if not passage.same_sentence(target, place):
        return []
    phrase = noun_phrase(passage, target)
    if passage.low(place) in REFERRING and not (phrase and phrase.is_outlet):
        return []
    if phrase is None or (phrase.speaker and not (phrase.is_known or phrase.is_outlet)):
        return []
    return [_placed(passage, place, phrase)]


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
    if passage.low(place) in SEEN_BY | OF_OUTLETS and not is_outlet:
        return []
    if not (phrase.is_known or is_outlet) and not passage.looks_like_institution(
        phrase.first, phrase.last, v.OUTLET_WORDS
    ):
        return []
    if passage.low(place) in SEEN_BY and any(place - ahead in passage.name_ending for ahead in (2, 3)):
        return []  # "an IAEA report seen by Reuters said": read from its own name on
    first = place
    while passage.low(first - 1) in ("as", "first", "widely", "initially", "earlier"):
        first -= 1
    if (
        passage.low(place) == "quoted"
        and passage.low(phrase.last + 1) == "as"
        and passage.low(phrase.last + 2) in ("saying", "telling")
    ):
        person = passage.person_ending(first - 2) if passage.low(first - 1) in ("was", "is", "were") else None
        phrase.last += 2
        if passage.low(phrase.last + 1) == "that":
            phrase.last += 1
        if person:
            phrase.speaker, first = passage.printed(person[1], person[2]), person[0]
        return [_lean(phrase, first, "after")]
    return [_placed(passage, first, phrase)]


def printed_in(passage: Passage, place: int) -> list[Lean]:
    """ "in a paper published in Nature", "the finding, reported this week in the Lancet" """
    if passage.low(place) not in PRINTED_IN:
        return []
    end, date = passage.dated_after(place + 1)
    while passage.low(end) in ("online", "today", "first", "separately", "earlier") or passage.low(end).endswith("ly"):
        end += 1
    if passage.low(end) not in ("in", "on") or not passage.same_sentence(end + 1, place):
        return []
    target = before_outlet(passage, end + 1 + (passage.low(end + 1) == "the"))
    name = passage.names.get(target)
    if name is None or not name.is_outlet:
        return []
    last = after_outlet(passage, name.last + 1) - 1
    behind, later = passage.dated_after(last + 1)
    lean = Lean(place, behind - 1, name.match, passage.name_printed(name), None, date or later)
    lean.supports = "around" if passage.low(behind) == "," else "before"
    first = passage.sentence_start(place)
    if place - first == 1 and passage.low(first) in ("originally", "first"):
        lean.first, lean.supports = first, "nothing"
    if {passage.low(first), passage.low(first + 1)} & {"this", "an", "a"} and v.ARTICLES & {
        passage.low(ahead) for ahead in range(first, min(place, first + 6))
    }:
        lean.supports = "nothing"  # "This article first appeared in Foreign Policy": the whole of it
    if passage.low(first) == "in" and place - first < 8 and passage.low(behind) == ",":
        lean.first, lean.supports = first, "after"
    return [lean]


def at_outlet(passage: Passage, place: int) -> list[Lean]:
    """ "At Politico, Jane Doe argues", "Over at Vox, Jane Doe has a piece": where somebody writes, at the start of a sentence."""
    start = passage.sentence_start(place)
    if passage.low(place) not in ("at", "in") or place - start > 1 or (place > start and passage.low(start) != "over"):
        return []
    name = passage.names.get(place + 1 + (passage.low(place + 1) == "the"))
    if name is None or not name.is_outlet or passage.low(name.last + 1) != ",":
        return []
    person = speaker_after(passage, name.last + 2)
    verb = passage.verb_at(person[1], "person") if person else None
    if verb is None:
        return []
    return [Lean(start, verb.end - 1, name.match, passage.name_printed(name), person[0], verb.date, "after")]


def label(passage: Passage, place: int) -> list[Lean]:
    """ "Reuters: The ferry sank.": a digest names the outlet in front of what it says."""
    end = 0
    name = passage.loose_names.get(0) or passage.loose_names.get(1 if passage.low(0) == "the" else 0)
    if passage.low(place) != ":" or name is None or not (name.is_outlet or passage.words[name.first].text.isupper()):
        return []
    end, date = passage.dated_after(name.last + 1)
    if end != place or not passage.same_sentence(place + 1, place):
        return []
    behind = passage.words[place + 1]
    if place + 4 > len(passage.words) or not (behind.is_capitalised or behind.is_number or behind.text in "“\"‘'"):
        return []
    return [Lean(0, place, name.match, passage.name_printed(name), None, date, "after")]


def report_of(passage: Passage, place: int) -> list[Lean]:
    """ "a Washington Post report claiming that", "after the Guardian's investigation": a piece of an outlet, whatever it does."""
    name = passage.names.get(place)
    if name is None or not name.is_outlet or _is_doubtful(passage, name):
        return []
    end = after_acronym(passage, name.last + 1)
    end += is_possessive(passage, end)
    while passage.low(end) in v.DOCUMENT_MODIFIERS - v.OF_ITS_BUSINESS and passage.same_sentence(end, place):
        end += 1
    if passage.low(end) not in v.PIECES or not passage.same_sentence(end, place) or passage.words[end].is_capitalised:
        return []
    if passage.low(end) in ("report", "reports", "story", "analysis") and passage.low(end + 1) in (
        "card",
        "line",
        "editor",
    ):
        return []
    first = back_over(passage, name.first, lambda word: word in v.DOCUMENT_MODIFIERS | {"the", "a", "an"})
    last, date = passage.dated_after(end + 1)
    lean = Lean(first, last - 1, name.match, passage.name_printed(name), None, date)
    verb = passage.low(last) in ("that", "which") or passage.low(last).endswith("ing")
    if passage.low(last) in ("claiming", "saying", "suggesting", "alleging", "showing", "stating") or (
        verb and passage.low(last) == "that"
    ):
        lean.last = last + (passage.low(last + 1) == "that")
        lean.supports = "after"
    else:
        lean.supports = "around"
    return [lean]


def whole_article(passage: Passage, place: int) -> list[Lean]:
    """ "Additional reporting by Reuters": all of the article leans on it, and no words of it alone."""
    if passage.low(place) != "reporting" or passage.low(place + 1) not in ("by", "from"):
        return []
    first = place
    while passage.low(first - 1) in ("with", "additional", "further", "other", "contributing", "original"):
        first -= 1
    target = before_outlet(passage, place + 2 + (passage.low(place + 2) == "the"))
    name = passage.names.get(target)
    if name is None or not name.is_outlet or first != passage.sentence_start(place):
        return []
    behind = passage.low(name.last + 1) if passage.same_sentence(name.last + 1, place) else ""
    if behind not in ("", ".", ",", "and", "&", ";", ")"):
        return []
    leans = [Lean(first, name.last, name.match, passage.name_printed(name), supports="nothing")]
    for ahead in range(name.last + 1, min(name.last + 12, len(passage.words))):
        other = passage.names.get(ahead)
        if other and other.is_outlet and passage.same_sentence(ahead, place):
            leans.append(Lean(ahead, other.last, other.match, passage.name_printed(other), supports="nothing"))
    return leans


def bare_report(passage: Passage, place: int) -> list[Lean]:
    """ "Deadline reports the director has left": one unknown word that reports, and nothing else says what it is."""
    low = passage.low(place)
    name, behind = place - 1, place + 1
    while passage.low(name) in ("first", "also", "is", "has", "can", "exclusively"):
        name -= 1
    if low == "reveal" and passage.low(name + 1) != "can":
        return []
    if not (name >= 0 and passage.same_sentence(name, place)):
        return []
    word = passage.words[name]
    is_short = word.text.isupper() and word.text.isalpha() and 2 < len(word.text) < 6
    has_article = passage.low(name - 1) == "the" and passage.same_sentence(name - 1, name)
    if (
        not (word.is_word and word.is_capitalised)
        or word.is_tag
        or name in passage.name_ending
        or passage.is_place(name, name)
        or (word.low.endswith(v.DEMONYM_ENDINGS) and not (has_article and passage.low(behind) == "that"))
        or word.low in v.NO_OUTLET_REPORTS
        or (has_article and (word.low.endswith("s") or word.low in v.INSTITUTION_WORDS))
    ):
        return []
    first = name - has_article
    before = first - 1
    if passage.same_sentence(before, place):
        previous = passage.words[before]
        if (
            (previous.is_word and previous.is_capitalised)
            or previous.low in NOT_SUBJECT_AFTER
            or previous.text in "-'’"
        ):
            return []  # part of a longer name, or no subject
    follows_that = passage.low(behind) == "that"
    closes = passage.low(behind) in (".", ";") and passage.low(before) == "," and passage.same_sentence(before, place)
    has_object = passage.low(behind) in v.OBJECT_BEGINS and (low == "reports" or has_article or is_short)
    if not (follows_that or closes or (has_object and low != "report")) or (
        low in ("report", "reveal") and not follows_that
    ):
        return []
    if low == "reported" and not (has_article or is_short or closes):
        return []  # a person or a firm, more often than not
    lean = Lean(first, place + follows_that, Match(), passage.printed(name, name))
    lean.supports = after_or_before(passage, lean.first, lean.last)
    return [lean]


def told(passage: Passage, place: int) -> list[Lean]:
    """ "Jane Doe told the Guardian that": only outlets are told things for us to read."""
    if passage.low(place) not in TELLING:
        return []
    target = place + 1 + (passage.low(place + 1) == "to")
    target = before_outlet(passage, target + (passage.low(target) == "the"))
    phrase = _audience(passage, target)
    if phrase is None or _is_source_before(passage, place):
        return []
    first, speaker = _subject_before(passage, place)
    if first == place:
        first = _people_before(passage, place)
    end, date = passage.dated_after(phrase.last + 1)
    if passage.low(end) == "in" and passage.low(end + 1) in ("an", "a"):
        for ahead in range(end + 2, min(end + 6, len(passage.words))):
            if passage.low(ahead) in SPOKEN_TO:
                end = ahead + 1
                later, date_behind = passage.dated_after(end)
                end, date = later, date or date_behind
                break
    last = end - 1
    introduces = passage.low(end) in ("that", ":", "“", '"') and passage.same_sentence(end, place)
    if passage.low(end) == "that" and introduces:
        last = end
    lean = Lean(first, last, phrase.match, phrase.printed_name, speaker, date)
    lean.supports = "after" if introduces else placement(passage, first, last)
    return [lean]


def said_to(passage: Passage, place: int) -> list[Lean]:
    """ "confirmed the layoffs to TechCrunch", "said in an email to the Guardian": to whom somebody spoke."""
    name = passage.names.get(before_outlet(passage, place + 1 + (passage.low(place + 1) == "the")))
    if passage.low(place) != "to" or name is None or not name.is_outlet or _is_doubtful(passage, name):
        return []
    for before in range(place - 1, max(place - 6, -1), -1):
        if not passage.same_sentence(before, place) or passage.low(before) in BOUNDARIES:
            return []
        if passage.low(before) in SAID_TO:
            break
    else:
        return []
    first, speaker = _subject_before(passage, before)
    end, date = passage.dated_after(name.last + 1)
    last = end - 1 + (passage.low(end) == "that")
    lean = Lean(first, last, name.match, passage.name_printed(name), speaker, date)
    lean.supports = "after" if passage.low(last) == "that" or before + 1 == place else "around"
    return [lean]


def interviewed(passage: Passage, place: int) -> list[Lean]:
    """ "in an interview with Le Monde", "in remarks to AFP", "wrote in Foreign Affairs", "speaking to CNN" """
    low = passage.low(place)
    if (
        (low in SPOKEN_TO and passage.low(place + 1) in ("with", "to", "for"))
        or (low in WRITTEN_FOR and passage.low(place + 1) in ("in", "for", "at"))
        or (low in SPOKEN_ON and passage.low(place + 1) == "on")
        or (
            low in ("speaking", "wrote", "writing", "writes", "writing")
            and passage.low(place + 1)
            in (
                "to",
                "with",
                "in",
                "for",
                "on",
            )
        )
    ):
        target, first = place + 2, place
    else:
        return []
    target += passage.low(target) == "the"
    phrase = _audience(passage, before_outlet(passage, target))
    if phrase is None:
        return []
    if low in SPOKEN_TO | WRITTEN_FOR:
        first = back_over(passage, place, lambda word: word in ("an", "a", "exclusive", "recent", "in", "his", "her", "separate", "televised", "written", "phone", "telephone", "joint", "opinion", "op-ed", "op", "-", "ed"))  # fmt: skip
        if passage.low(first) not in ("in", "an", "a"):
            return []
    end, date = passage.dated_after(phrase.last + 1)
    last, speaker = end - 1, None
    fronted = _is_fronted(passage, first)
    if low in ("wrote", "writes") or (low in SPOKEN_ON and low in v.SAYING):
        first, speaker = _subject_before(passage, place)
        if passage.low(end) == "that":
            last = end
        return [
            Lean(first, last, phrase.match, phrase.printed_name, speaker, date, after_or_before(passage, first, last))
        ]
    if fronted and passage.low(end) == ",":
        person = speaker_after(passage, end + 1)
        verb = passage.verb_at(person[1], "person") if person else None
        if person and not verb and passage.same_sentence(person[1], place) and passage.words[person[1]].is_word:
            speaker = person[0]  # "described", "dismissed": after such an opening every verb is one of speech
        pronoun = passage.verb_at(end + 2, "person") if passage.low(end + 1) in ("he", "she", "they") else None
        if person and verb:
            speaker, last, date = person[0], verb.end - 1, date or verb.date
        elif pronoun:
            last, date = pronoun.end - 1, date or pronoun.date
        return [Lean(first, last, phrase.match, phrase.printed_name, speaker, date, "after")]
    verb_place = first - 1
    if passage.low(verb_place) in v.SAYING | v.SAYING_WITH_THAT:
        first, speaker = _subject_before(passage, verb_place)
    if passage.low(end) == "that":
        last = end
    return [Lean(first, last, phrase.match, phrase.printed_name, speaker, date, after_or_before(passage, first, last))]


def subject(passage: Passage, place: int, *, is_second: bool = False) -> list[Lean]:
    """A known name that says something: "Reuters reported that", "The CFR's analysis suggests that", "IAEA chief X said" """
    name = passage.loose_names.get(place)
    if name is None:
        return []
    first = passage.with_article(place)
    kind = "outlet" if name.is_outlet else "institution"
    if longer_name(passage, name):
        return []
    end = after_acronym(passage, name.last + 1)
    if not passage.same_sentence(end, place):
        return []
    if is_possessive(passage, end):
        return _possessive(passage, first, name, end + 1)
    described = after_outlet(passage, end) if name.is_outlet else end
    documents = _documents_of(passage, first, name, end) if described == end else []
    if documents:
        return documents
    end = described
    if not passage.same_sentence(end, place):
        return []
    if passage.low(first - 1) in NOT_SUBJECT_AFTER and passage.same_sentence(first - 1, place):
        return _role_of(passage, first, name, end)
    person = _person_of(passage, name, end)
    if person:
        return [person]
    after_date, date = passage.dated_after(end)
    verb = passage.verb_at(after_date, kind)
    if (
        verb
        and not _is_noun(passage, after_date)
        and (not _is_doubtful(passage, name) or verb.word.startswith("report"))
    ):
        lean = _spoken(passage, first, verb, name, date)
        _quotes(passage, lean, verb)
        return [lean]
    if name.is_outlet and passage.low(end) in ("has", "have", "had") and passage.low(end + 1) in SEEN_BY | {"learned"}:
        lean = Lean(first, end + 1, name.match, passage.name_printed(name), None, None)
        lean.supports = after_or_before(passage, first, lean.last)
        return [lean]
    other = end + 1 + (passage.low(end + 1) == "the")
    if passage.low(end) in ("and", "or") and other in passage.names and not (is_second or _is_doubtful(passage, name)):
        second = subject(passage, other, is_second=True)  # "Reuters and AFP reported"
        if len(second) == 1 and second[0].match is passage.names[other].match:
            lean = Lean(
                first, end - 1, name.match, passage.name_printed(name), None, second[0].date, second[0].supports
            )
            lean.claim_from = second[0].last + 1 if lean.supports == "after" else None
            return [lean, *second]
    if passage.low(after_date) == "," and not _is_doubtful(passage, name):
        closing = _apposition_end(passage, after_date)
        inside = {passage.low(place) for place in range(after_date, closing)} if closing else set()
        is_person = name.is_outlet and inside & (v.TITLES | v.ROLES) - {"general", "independent", "state", "political"}
        verb = passage.verb_at(closing + 1, kind) if closing and not is_person else None
        if verb:
            last = after_date - 1
            lean = Lean(first, last, name.match, passage.name_printed(name), None, date or verb.date, "after")
            lean.claim_from = verb.end
            return [lean]
    return []


def said_by(passage: Passage, place: int) -> list[Lean]:
    """The turned-round form behind a quotation: "..., said Jane Doe, a fellow at the Y Institute", "..., reports Reuters." """
    if passage.low(place) not in v.SAYING or not passage.same_sentence(place - 1, place):
        return []
    is_quoted = passage.low(place - 1) in ("’", "'") and passage.low(place - 2) in (",", ".", "?", "!")
    if passage.low(place - 1) not in (",", "”", '"', "»", "?", "!", "as", "this") and not is_quoted:
        return []
    target = before_outlet(passage, place + 1 + (passage.low(place + 1) == "the"))
    name = passage.names.get(target)
    if name and not _is_doubtful(passage, name):
        following = passage.low(name.last + 1)
        if passage.low(place - 1) == "as":
            lean = Lean(place - 1, name.last, name.match, passage.name_printed(name))
            lean.supports = placement(passage, place - 1, name.last)
            return [lean]
        if (
            following in ".;,—–"
            or passage.low(place - 1) == "this"
            or not passage.same_sentence(name.last + 1, place)
            or passage.dated_after(name.last + 1)[1]
        ):
            end, date = passage.dated_after(name.last + 1)
            return [Lean(place, end - 1, name.match, passage.name_printed(name), None, date, "before")]
    unknown = passage.unknown_name_at(target) if name is None and passage.low(place) in ("reports", "reveals") else None
    if unknown and not passage.is_place(*unknown) and passage.low(unknown[1] + 1) in (".", ""):
        lean = Lean(place, unknown[1], Match(), passage.printed(*unknown), supports="before")
        lean.form = "bare_report"  # ", reports Life & Style.": or a reporter
        return [lean]
    if name and name.is_outlet and is_possessive(passage, name.last + 1):
        person = speaker_after(passage, name.last + 2)
        if person:  # "writes Reuters' Jane Doe"
            return [Lean(place, person[1] - 1, name.match, passage.name_printed(name), person[0], None, "before")]
    person = speaker_after(passage, place + 1)
    if person and passage.low(person[1]) == ",":
        affiliation = affiliation_after(passage, person[1])
        if affiliation:
            return [
                Lean(place, affiliation.last, affiliation.match, affiliation.printed_name, person[0], None, "before")
            ]
    if person and passage.low(person[1]) in ("of", "from", "at"):
        name = passage.names.get(person[1] + 1 + (passage.low(person[1] + 1) == "the"))
        if name:
            return [Lean(place, name.last, name.match, passage.name_printed(name), person[0], None, "before")]
    for ahead in range(place + 2, min(place + LONGEST_APPOSITION // 2, len(passage.words))):
        if not passage.same_sentence(ahead, place) or (passage.low(ahead) in BOUNDARIES and passage.low(ahead) != ","):
            break
        name = passage.names.get(ahead)
        if (
            name
            and name.is_outlet
            and passage.low(ahead - 1 - (passage.low(ahead - 1) == "the")) in ("of", "at", "for")
        ):
            speaker = person[0] if person else None  # "write A and B, reporters at the Wall Street Journal"
            return [Lean(place, name.last, name.match, passage.name_printed(name), speaker, None, "before")]
    return []


def apposition(passage: Passage, place: int) -> list[Lean]:
    """ "X, a fellow at the Y Institute, argues that", "As X of the Y points out" """
    low = passage.low(place)
    if low == ",":
        person = passage.person_ending(place - 1)
        affiliation = affiliation_after(passage, place) if person else None
        closing = _apposition_end(passage, affiliation.last) if affiliation else None
        verb = passage.verb_at(closing + 1, "person") if closing else None
    elif low in ("of", "from", "at", "in"):
        person = passage.person_ending(place - 1)
        name = passage.names.get(place + 1 + (passage.low(place + 1) == "the")) if person else None
        if low == "in" and name and not name.is_outlet:
            return []
        affiliation = Phrase(place, name.last, name.match, passage.name_printed(name)) if name else None
        verb = passage.verb_at(name.last + 1, "person") if name else None
    else:
        return []
    if not (person and affiliation and verb):
        return []
    first = (
        person[0] - 1
        if passage.low(person[0] - 1) == "as" and passage.same_sentence(person[0] - 1, place)
        else person[0]
    )
    lean = Lean(
        first,
        verb.end - 1,
        affiliation.match,
        affiliation.printed_name,
        passage.printed(person[1], person[2]),
        verb.date,
    )
    lean.supports = after_or_before(passage, first, lean.last)
    return [lean]


def document_by(passage: Passage, place: int) -> list[Lean]:
    """ "a report by the IAEA says", "data from the IMF show", "in a study published on Tuesday by the Y Institute" """
    if passage.low(place) not in v.DOCUMENTS or passage.low(place - 1) in ("'s", "’s"):
        return []
    preposition = None
    for ahead in range(place + 1, min(place + 8, len(passage.words))):
        low = passage.low(ahead)
        if not passage.same_sentence(ahead, place) or low in BOUNDARIES:
            return []
        if low in ("by", "from") or (low == "in" and passage.low(ahead - 1) in v.DOCUMENTS | {"published"}):
            preposition = ahead
            break
        if low in v.CONJUNCTIONS or low in ("that", "on", "about"):
            return []
    if preposition is None:
        return []
    if passage.low(preposition - 1) in SEEN_BY and place - 1 in passage.name_ending:
        return []
    target = preposition + 1 + (passage.low(preposition + 1) in ("the", "a"))
    name = passage.names.get(target)
    if name is None or (passage.low(preposition) == "in" and not name.is_outlet):
        return []
    first = back_over(passage, place, lambda word: word in v.DOCUMENT_MODIFIERS | {"the", "a", "an"})
    end = after_acronym(passage, name.last + 1)
    inside_date = next(
        (date for ahead in range(place + 1, preposition) if (date := passage.date_at(ahead)) and date[1] < preposition),
        None,
    )
    verb = _verb_within(passage, end, "document")
    if verb:
        lean = _spoken(passage, first, verb, name, inside_date)
        return [lean]
    before = passage.low(first - 1) if passage.same_sentence(first - 1, place) else ""
    if before in ("in", "from", "to", "as") and passage.low(first - 2) not in (
        "response",
        "reaction",
        "reply",
        "addition",
    ):
        end, date = passage.dated_after(end)
        lean = Lean(first - 1, end - 1, name.match, passage.name_printed(name), None, date or inside_date)
        if before in ("in", "from") and _is_fronted(passage, first - 1) and passage.low(end) == ",":
            return [lean]
        if before == "in" and passage.low(first - 2) in v.SAYING | {"published", "contained", "described"}:
            lean.supports = after_or_before(passage, lean.first, lean.last)
            return [lean]
    if name.is_outlet and passage.low(place) in v.PIECES and preposition <= place + 2:
        end, date = passage.dated_after(end)
        lean = Lean(first, end - 1, name.match, passage.name_printed(name), None, date or inside_date, "around")
        lean.form = "report_of"
        return [lean]  # "a third article in the Guardian explores"
    return []


def _is_noun(passage: Passage, place: int) -> bool:
    """ "An IAEA report": behind one name, the form for many is a noun, unless "that" follows."""
    return passage.low(place) in v.NOUNS_BEHIND_ONE and passage.low(place + 1) != "that"


def _is_doubtful(passage: Passage, name: NameInText) -> bool:
    """May the name be no more than a common word here?"""
    return name.first not in passage.names


def _lean(phrase: Phrase, first: int, supports: str) -> Lean:
    return Lean(first, phrase.last, phrase.match, phrase.printed_name, phrase.speaker, phrase.date, supports)


def _placed(passage: Passage, first: int, phrase: Phrase) -> Lean:
    return _lean(phrase, first, placement(passage, first, phrase.last))


def placement(passage: Passage, first: int, last: int) -> str:
    """Which words does an attribution stand for that may come before, within or behind its statement?"""
    if _is_fronted(passage, first):
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
        if passage.low(first) == "as" or _is_fronted(passage, first):
            return "after"
        if passage.low(first - 1) == ",":
            return "before" if passage.low(last + 2) in v.CONJUNCTIONS | {"citing", "quoting"} else "around"
    return "after"


def _is_fronted(passage: Passage, first: int) -> bool:
    """Does a clause begin here?"""
    before = first - 1
    if not passage.same_sentence(before, first):
        return True
    if passage.low(before) in ("—", "–", ";", ":", "“", "(") or passage.low(before) in v.CONJUNCTIONS | {"that"}:
        return True
    # "But, according to ...", "In fact, according to ...": a word or two in front is no statement yet.
    return passage.low(before) == "," and before - passage.sentence_start(first) < 3


def _spoken(passage: Passage, first: int, verb: Verb, name: NameInText, date: tuple[int, int] | None) -> Lean:
    if passage.low(first - 1) == "as" and passage.same_sentence(first - 1, first):
        first -= 1
    dated = _date_in_front(passage, first) if date is None and verb.date is None else None
    if dated:
        first, date = dated[0], dated[1]
    lean = Lean(first, verb.end - 1, name.match, passage.name_printed(name), None, date or verb.date)
    lean.supports = after_or_before(passage, first, lean.last)
    return lean


def _date_in_front(passage: Passage, first: int) -> tuple[int, tuple[int, int]] | None:
    """ "On June 4, CNN reported": the date belongs to the citation."""
    start = passage.sentence_start(first)
    if first - start > 8 or passage.low(first - 1) != ",":
        return None
    place = start + 1 if passage.low(start) in ("on", "in") else start
    date = passage.date_at(place)
    return (start, date) if date and date[1] == first - 2 else None


def _possessive(passage: Passage, first: int, name: NameInText, place: int) -> list[Lean]:
    if not passage.same_sentence(place, first):
        return []
    person = speaker_after(passage, place)
    if _is_doubtful(passage, name) and not (person and " " in person[0]):
        return []
    if person:
        end = person[1]
        verb = passage.verb_at(end, "person")
        if verb is None and passage.low(end) == "," and (closing := _apposition_end(passage, end)):
            verb = passage.verb_at(closing + 1, "person")
        if verb:
            lean = _spoken(passage, first, verb, name, None)
            lean.speaker = person[0]
            return [lean]
    documents = after_documents(passage, place)
    if documents > place:
        verb = _verb_within(passage, documents, "document")
        return [_spoken(passage, first, verb, name, None)] if verb else []
    if passage.low(place) in v.PEOPLE:
        verb = passage.verb_at(place + 1, "crowd")
        return [_spoken(passage, first, verb, name, None)] if verb else []
    return []


def _documents_of(passage: Passage, first: int, name: NameInText, end: int) -> list[Lean]:
    """ "a Reuters investigation found", "IMF data show", "an IAEA report seen by Reuters said" """
    documents = after_documents(passage, end)
    verb = passage.verb_at(end, "outlet") if documents == end + 1 else None
    if documents == end or (verb and not _is_noun(passage, end)):
        return []
    first = back_over(passage, name.first, lambda word: word in v.DOCUMENT_MODIFIERS | {"the", "a", "an"})
    place = documents
    if passage.low(place) in SEEN_BY and passage.low(place + 1) == "by":
        target = place + 2 + (passage.low(place + 2) == "the")
        through = passage.names.get(target)
        verb = passage.verb_at(through.last + 1, "document") if through else None
        if through and verb:
            outer = Lean(place, verb.end - 1, through.match, passage.name_printed(through), None, verb.date)
            inner = Lean(
                first, documents - 1, name.match, passage.name_printed(name), None, None, via=outer, claim_from=verb.end
            )
            return [inner, outer]
    verb = _verb_within(passage, documents, "document")
    return [_spoken(passage, first, verb, name, None)] if verb else []


def _role_of(passage: Passage, first: int, name: NameInText, end: int) -> list[Lean]:
    """ "the head of the IAEA, Rafael Grossi, said", "journalists from AFP reported": whoever speaks for the source."""
    preposition = first - 1
    if passage.low(preposition) not in ("of", "at", "from", "with", "for"):
        return []
    start = back_over(
        passage, preposition, lambda word: word in v.ROLES | v.TITLES | v.PEOPLE_MODIFIERS | v.PEOPLE | {"-"}
    )
    speaking = v.STAFF | {"journalists", "reporters"} if name.is_outlet else v.ROLES | v.TITLES | v.PEOPLE
    if passage.low(preposition - 1) not in speaking or start == preposition:
        return []  # who speaks for an outlet speaks of the outlet, but for its reporters
    speaker = None
    if passage.low(end) == ",":
        person = speaker_after(passage, end + 1)
        if person and passage.low(person[1]) == ",":
            speaker, end = person[0], person[1] + 1
    verb = passage.verb_at(end, "person")
    if verb is None:
        return []
    lean = _spoken(passage, start, verb, name, None)
    lean.speaker = speaker
    return [lean]


def _person_of(passage: Passage, name: NameInText, end: int) -> Lean | None:
    """ "IAEA chief Rafael Grossi said that", "CNN correspondent Jane Doe reports" """
    low = passage.low(end)
    is_staff = low in v.STAFF
    if not (low in v.ROLES or is_staff or (low in v.TITLES and not name.is_outlet)):
        return None
    if name.is_outlet and low in v.SPEAK_OF_IT:
        return None
    person = speaker_after(passage, end)
    verb_place = person[1] if person else None
    if person is None:
        while low in v.ROLES or low == "-":
            end += 1
            low = passage.low(end)
        verb_place = end
    verb = passage.verb_at(verb_place, "person")
    if verb is None or (is_staff and not verb.word.startswith(("report", "wr", "sa"))):
        return None
    first = back_over(passage, name.first, lambda word: word in v.PEOPLE_MODIFIERS)
    lean = _spoken(passage, first, verb, name, None)
    lean.speaker = person[0] if person else None
    return lean


def _quotes(passage: Passage, lean: Lean, verb: Verb) -> None:
    """ "Reuters quoted Jane Doe as saying that": the person is the speaker."""
    if verb.word not in ("quoted", "quotes"):
        return
    person = speaker_after(passage, verb.core_end)
    if person and passage.low(person[1]) == "as" and passage.low(person[1] + 1) in ("saying", "telling"):
        lean.speaker = person[0]
        lean.last = person[1] + 1 + (passage.low(person[1] + 2) == "that")
        lean.supports = "after"


def _verb_within(passage: Passage, place: int, kind: str) -> Verb | None:
    """An attributing verb within the next words, across a date in parentheses but no other mark."""
    for ahead in range(place, min(place + 9, len(passage.words))):
        if not passage.same_sentence(ahead, place):
            return None
        verb = passage.verb_at(ahead, kind)
        if verb:
            return verb
        low = passage.low(ahead)
        if low == "(" and (skipped := passage.dated_after(ahead))[1]:
            return passage.verb_at(skipped[0], kind)
        if (
            low in BOUNDARIES
            or low in ("that", "which", "who", "and", "but")
            or (low in v.BE_FORMS | v.MODALS and low != "'s")
        ):
            return None
    return None


def _apposition_end(passage: Passage, place: int) -> int | None:
    """The comma that closes an apposition behind `place`."""
    for ahead in range(place + 1, min(place + LONGEST_APPOSITION, len(passage.words))):
        if not passage.same_sentence(ahead, place):
            return None
        low = passage.low(ahead)
        if low == ",":
            return ahead
        if low in BOUNDARIES and low not in "()":
            return None
    return None


def _audience(passage: Passage, target: int) -> Phrase | None:
    """The outlet that is spoken to: known, or unknown with an outlet's name."""
    name = passage.names.get(target)
    if name:
        if not name.is_outlet or _is_doubtful(passage, name):
            return None
        last = name.last
        if is_possessive(passage, last + 1):
            last += 1
            show = passage.unknown_name_at(last + 1 + (passage.low(last + 1) in ("'", "‘", '"', "“")))
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
    unknown = passage.unknown_name_at(target)
    if unknown and unknown[0] < unknown[1] and passage.looks_like_institution(*unknown, v.OUTLET_WORDS):
        return Phrase(target, unknown[1], Match(), passage.printed(*unknown))
    return None


def _is_source_before(passage: Passage, place: int) -> bool:
    """ "CNN told viewers", "Reuters told CNN": the outlet itself speaks."""
    return place - 1 in passage.name_ending and passage.name_ending[place - 1].is_outlet


def _subject_before(passage: Passage, place: int) -> tuple[int, str | None]:
    """Where the subject of a verb begins, and the person it names; a pronoun or a crowd names nobody."""
    before = place - 1
    while passage.same_sentence(before, place) and passage.low(before) in v.ADVERBS | {"has", "had", "later"}:
        before -= 1
    if not passage.same_sentence(before, place):
        return place, None
    if passage.low(before) == ",":
        for comma in range(before - 1, max(before - LONGEST_APPOSITION, -1), -1):
            if not passage.same_sentence(comma, place):
                break
            if passage.low(comma) == ",":
                person = passage.person_ending(comma - 1)
                if person:
                    return person[0], passage.printed(person[1], person[2])
        return place, None
    if passage.low(before) in ("he", "she", "they", "who"):
        return before, None
    person = passage.person_ending(before)
    if person and not passage.is_place(person[1], person[2]):
        return person[0], passage.printed(person[1], person[2])
    if passage.low(before) in v.PEOPLE:
        first = back_over(passage, before, lambda word: word in v.PEOPLE_MODIFIERS)
        name = passage.name_ending.get(first - 1)
        if name and passage.same_sentence(first - 1, place):
            first = back_over(passage, name.first, lambda word: word in v.PEOPLE_MODIFIERS)
        return first, None
    return place, None


def _people_before(passage: Passage, place: int) -> int:
    """Where a longer subject begins ("..., two people familiar with the matter told"), or the same token."""
    seen = False
    for before in range(place - 1, max(place - 14, -1), -1):
        if not passage.same_sentence(before, place):
            return place
        low = passage.low(before)
        seen = seen or low in v.PEOPLE or low in ("people", "person")
        if low in (",", "”", "—", "–"):
            return before + 1 if seen else place
    return place


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
