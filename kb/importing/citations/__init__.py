"""Find in running text every place where an article leans on a source, and the words that it supports there.

Each form of citing is one function that looks a few words ahead from one token, so the whole is linear in the text.
What is found is a suggestion for an analyst: a clear form is required, because a wrong citation is worse than a missing one.
"""

from collections.abc import Sequence
from dataclasses import replace

from kb.importing.citations import abroad, introduced, mentions, unnamed
from kb.importing.citations import vocabulary as v
from kb.importing.citations.claims import claim_span
from kb.importing.citations.confidence import confidence_of
from kb.importing.citations.parentheses import parenthesis
from kb.importing.citations.passage import Lean, Passage
from kb.importing.citations.source_line import find_source_lines
from kb.importing.records import Block, FoundCitation
from kb.importing.register import Match, Register
from kb.text.partial_dates import read_printed

__all__ = ["find_citations", "find_source_lines"]

BLOCK_SEPARATOR = "\n\n"
MOST_BETWEEN = 12  # citations between a short mention and what it takes up again
# Every form with the words at which it can begin to read. Clear forms first: where two would take the same words, the
# earlier one has them.
FORMS = (
    (introduced.whole_article, {"reporting"}),
    (introduced.according, {"according"}),
    (parenthesis, {"(", "["}),
    (introduced.told, introduced.TELLING),
    (introduced.said_to, {"to"}),
    (introduced.interviewed, introduced.SPOKEN_TO | introduced.WRITTEN_FOR | introduced.SPEAKING),
    (introduced.reported_by, introduced.REPORTED_BY),
    (introduced.printed_in, introduced.PRINTED_IN),
    (introduced.citing, introduced.CITING | introduced.REFERRING),
    (introduced.per, {"per"}),
    (introduced.apposition, {",", "of", "from", "at", "in"}),
    (introduced.said_by, v.SAYING),
    (introduced.document_by, v.DOCUMENTS),
    (introduced.subject, frozenset()),  # at the names of the register
    (abroad.abroad, abroad.BEGINS),
    (introduced.at_outlet, {"at", "in"}),
    (introduced.label, {":"}),
    (mentions.short_mention, set(mentions.SHORT_NAMES)),
    (introduced.report_of, frozenset()),
    (introduced.bare_report, {"reports", "report", "reported", "reporting", "reveal"}),
    (unnamed.crowd, v.PEOPLE | v.UNNAMED_DOCUMENTS),
    (unnamed.impersonal, {"it"}),
    (unnamed.some_say, v.PRONOUN_CROWDS),
)


def find_citations(blocks: Sequence[Block], register: Register) -> list[FoundCitation]:
    """Every citation and unnamed attribution of a body, in text order.

    `start` and `end` count code points of the blocks joined by one blank line; `claim_text` is an exact slice of its
    block, never more than one sentence; `via` is an index into the list returned. Headings are not searched. The
    positions in the capture stay None.
    """
    found: list[FoundCitation] = []
    offset = 0
    for block in blocks:
        if block.kind == "paragraph":
            _read_block(block.text, register, offset, found)
        offset += len(block.text) + len(BLOCK_SEPARATOR)
    return found


def _read_block(text: str, register: Register, offset: int, found: list[FoundCitation]) -> None:
    """Append the citations of one block to those found before it."""
    passage = Passage(text, register)
    leans = _leans(passage)
    if not leans:
        found += [
            replace(line, start=line.start + offset, end=line.end + offset)
            for line in find_source_lines(text, register)
        ]
    _connect(passage, leans)
    beside = mentions.in_one_breath(passage, leans)
    spans = {}
    for number, lean in enumerate(leans):
        previous = leans[number - 1] if number else None
        following = leans[number + 1] if number + 1 < len(leans) else None
        spans[id(lean)] = claim_span(passage, lean, previous, following)
    places: dict[int, int] = {}
    waiting = []  # who is quoted through a later one
    for lean in sorted([*leans, *beside], key=lambda lean: lean.first):
        antecedent = None
        if lean.short_name:
            antecedent = _antecedent(lean, found, offset + passage.words[lean.first].start, register)
            if antecedent is None:
                continue  # an agency that nobody has cited is no source, but somebody the text is about
        places[id(lean)] = len(found)
        span = spans[id(lean.shares or lean)]
        found.append(_as_citation(passage, lean, span, offset, antecedent, found))
        if lean.via is not None:
            waiting.append(lean)
    for lean in waiting:
        place = places[id(lean)]
        found[place] = replace(found[place], via=places.get(id(lean.via)))


def _antecedent(lean: Lean, found: Sequence[FoundCitation], start: int, register: Register) -> int | None:
    """The citation that a short mention takes up again: the last one before it that it may mean, and not far off."""
    for place in range(len(found) - 1, max(len(found) - MOST_BETWEEN, 0) - 1, -1):
        earlier = found[place]
        if start - earlier.end > mentions.FARTHEST:
            return None
        if earlier.resolution == "unnamed":
            continue
        first = place if earlier.antecedent is None else earlier.antecedent
        named = found[first]
        if mentions.takes_up(lean.short_name, named.source, named.candidates, named.printed_name, register):
            return first
    return None


def _leans(passage: Passage) -> list[Lean]:
    taken = bytearray(len(passage.words))
    leans: list[Lean] = []

    def accept(found: list[Lean]) -> None:
        if any(any(taken[lean.first : lean.last + 1]) for lean in found):
            return
        for lean in found:
            taken[lean.first : lean.last + 1] = b"\x01" * (lean.last + 1 - lean.first)
        leans.extend(found)

    for form, begins in FORMS:
        places = passage.places_of(begins) if begins else passage.loose_names
        for place in places:
            if not taken[place]:
                read = form(passage, place)
                for lean in read:
                    lean.form = lean.form or form.__name__
                accept(read)
    return sorted(leans, key=lambda lean: lean.first)


def _connect(passage: Passage, leans: list[Lean]) -> None:
    """Set `via`: "citing Y" within a sentence quotes Y through whoever is cited there; so does "X reported that Y said"."""
    for number, lean in enumerate(leans):
        if lean.via is not None:
            continue
        before = leans[number - 1] if number else None
        after = leans[number + 1] if number + 1 < len(leans) else None
        if passage.low(lean.first) in introduced.CITING:
            for outer in (before, after):
                if outer is None or passage.low(outer.first) in introduced.CITING:
                    continue  # who is cited himself quotes nobody here; this also keeps `via` free of circles
                if outer.match is not None and passage.same_sentence(outer.first, lean.first):
                    lean.via = outer
                    _read_on_behind(passage, outer, lean)
                    break
        elif (
            before
            and before.match is not None
            and before.via is not lean
            and before.last + 1 >= lean.first
            and before.supports == lean.supports == "after"
            and passage.same_sentence(before.first, lean.first)
        ):
            lean.via = before


def _read_on_behind(passage: Passage, outer: Lean, inner: Lean) -> None:
    """ "Bloomberg reported, citing two officials, that ...": the statement begins behind what is cited."""
    if outer.supports != "after" or outer.claim_from is not None or outer.last + 2 != inner.first:
        return
    place = inner.last + 1
    while passage.low(place) in (",", "that"):
        place += 1
    if passage.same_sentence(place, inner.first) and passage.words[place].is_word:
        outer.claim_from = place


def _as_citation(
    passage: Passage,
    lean: Lean,
    span: tuple[int, int] | None,
    offset: int,
    antecedent: int | None,
    found: Sequence[FoundCitation],
) -> FoundCitation:
    start, end = passage.words[lean.first].start, passage.words[lean.last].end
    date_printed = passage.printed(*lean.date) if lean.date else None
    match = lean.match
    if antecedent is not None:
        match = Match(found[antecedent].source, found[antecedent].candidates)
    return FoundCitation(
        resolution="unnamed" if match is None else "resolved" if match.source is not None else "unresolved",
        as_printed=passage.text[start:end],
        printed_name=lean.printed_name,
        source=match.source if match else None,
        candidates=match.candidates if match else (),
        speaker=lean.speaker,
        date_printed=date_printed,
        date_edtf=read_printed(date_printed) if date_printed else None,
        claim_text=passage.text[span[0] : span[1]] if span else None,
        start=offset + start,
        end=offset + end,
        antecedent=antecedent,
        confidence=confidence_of(lean, match, has_claim=span is not None),
    )
