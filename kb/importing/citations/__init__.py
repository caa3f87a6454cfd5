"""Find in running text every place where an article leans on a source, and the words that it supports there.

    block ── passage ──> words, sentences, names (of the register, and unknown_outlets)
               │ forms, the clearest first; each reads dates, persons, verbs, noun_phrases, descriptions around one token
               ▼
             leans ── linking, one_breath ──> quoted through whom, taking up whom, named together
               │ claims: the words each supports      (placement: before it, behind it or around it)
               ▼
             citations, ordered for the queue by confidence; a block with none may be a source_line

Each form of citing is one function that looks a few words ahead from one token, so the whole is linear in the text.
What is found is a suggestion for an analyst: a clear form is required, because a wrong citation is worse than a missing one.
"""

from collections.abc import Sequence
from dataclasses import replace

from kb.importing.citations.claims import claim_span
from kb.importing.citations.confidence import confidence_of
from kb.importing.citations.forms import FORMS
from kb.importing.citations.lean import Lean
from kb.importing.citations.linking import antecedent_of, connect
from kb.importing.citations.one_breath import in_one_breath
from kb.importing.citations.passage import Passage
from kb.importing.citations.source_line import find_source_lines
from kb.importing.records import Block, FoundCitation
from kb.importing.register import Match, Register
from kb.text.partial_dates import read_printed

__all__ = ["find_citations", "find_source_lines"]
BLOCK_SEPARATOR = "\n\n"


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
    connect(passage, leans)
    beside = in_one_breath(passage, leans)
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
            antecedent = antecedent_of(lean, found, offset + passage.words[lean.first].start, register)
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
