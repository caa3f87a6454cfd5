"""Find in running text every place where an article leans on a source, and the words that it supports there.

Each form of citing is one function that looks a few words ahead from one token, so the whole is linear in the text.
What is found is a suggestion for an analyst: a clear form is required, because a wrong citation is worse than a missing one.
"""

from collections.abc import Sequence
from dataclasses import replace

from kb.importing.citations import introduced, unnamed
from kb.importing.citations import vocabulary as v
from kb.importing.citations.claims import claim_span
from kb.importing.citations.parentheses import parenthesis
from kb.importing.citations.passage import Lean, Passage
from kb.importing.citations.source_line import find_source_line
from kb.importing.records import Block, FoundCitation
from kb.importing.register import Register
from kb.text.partial_dates import read_printed

__all__ = ["find_citations", "find_source_line"]

BLOCK_SEPARATOR = "\n\n"
# Every form with the words at which it can begin to read. Clear forms first: where two would take the same words, the
# earlier one has them.
FORMS = (
    (introduced.according, {"according"}),
    (parenthesis, {"(", "["}),
    (introduced.told, introduced.TELLING),
    (introduced.interviewed, introduced.SPOKEN_TO | introduced.WRITTEN_FOR | introduced.SPEAKING),
    (introduced.reported_by, introduced.REPORTED_BY),
    (introduced.printed_in, introduced.PRINTED_IN),
    (introduced.citing, introduced.CITING | introduced.REFERRING),
    (introduced.per, {"per"}),
    (introduced.apposition, {",", "of", "from", "at"}),
    (introduced.said_by, v.SAYING),
    (introduced.document_by, v.DOCUMENTS),
    (introduced.subject, frozenset()),  # at the names of the register
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
            found += _in_block(block.text, register, offset, len(found))
        offset += len(block.text) + len(BLOCK_SEPARATOR)
    return found


def _in_block(text: str, register: Register, offset: int, index: int) -> list[FoundCitation]:
    passage = Passage(text, register)
    leans = _leans(passage)
    _connect(passage, leans)
    places = {id(lean): index + number for number, lean in enumerate(leans)}
    citations = []
    for number, lean in enumerate(leans):
        previous = leans[number - 1] if number else None
        following = leans[number + 1] if number + 1 < len(leans) else None
        citation = _as_citation(passage, lean, previous, following, offset)
        citations.append(replace(citation, via=places.get(id(lean.via))))
    return citations


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
                accept(form(passage, place))
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
    passage: Passage, lean: Lean, previous: Lean | None, following: Lean | None, offset: int
) -> FoundCitation:
    start, end = passage.words[lean.first].start, passage.words[lean.last].end
    date_printed = passage.printed(*lean.date) if lean.date else None
    span = claim_span(passage, lean, previous, following)
    match = lean.match
    resolution = "unnamed" if match is None else "resolved" if match.source is not None else "unresolved"
    return FoundCitation(
        resolution=resolution,
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
    )
