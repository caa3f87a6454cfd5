"""How one citation hangs on another: quoted through it (`via`), or taking up again what it named (`antecedent`)."""

from collections.abc import Sequence

from kb.importing.citations import vocabulary as v
from kb.importing.citations.forms.short_mentions import SHORT_NAMES
from kb.importing.citations.lean import Lean
from kb.importing.citations.passage import Passage
from kb.importing.records import FoundCitation
from kb.importing.register import Register

FARTHEST = 2500  # code points between a short mention and what it takes up again
MOST_BETWEEN = 12  # citations between a short mention and what it takes up again


def antecedent_of(lean: Lean, found: Sequence[FoundCitation], start: int, register: Register) -> int | None:
    """The citation that a short mention takes up again: the last one before it that it may mean, and not far off."""
    for place in range(len(found) - 1, max(len(found) - MOST_BETWEEN, 0) - 1, -1):
        earlier = found[place]
        if start - earlier.end > FARTHEST:
            return None
        if earlier.resolution == "unnamed":
            continue
        first = place if earlier.antecedent is None else earlier.antecedent
        named = found[first]
        if _takes_up(lean.short_name, named.source, named.candidates, named.printed_name, register):
            return first
    return None


def _takes_up(short_name: str, source: str | None, candidates: Sequence[str], printed: str, register: Register) -> bool:
    """May a short mention mean this source? An unknown name may be any outlet, by its words no think tank."""
    kinds = SHORT_NAMES[short_name]
    if short_name == "agency" and "agency" in (source or printed).casefold():
        return True
    names = (source,) if source else candidates
    if names:
        return any(register.kind_of(name) in kinds for name in names)
    return bool(kinds - {"think_tank", "international_organisation"})


def connect(passage: Passage, leans: list[Lean]) -> None:
    """Set `via`: "citing Y" within a sentence quotes Y through whoever is cited there; so does "X reported that Y said"."""
    for number, lean in enumerate(leans):
        if lean.via is not None:
            continue
        before = leans[number - 1] if number else None
        after = leans[number + 1] if number + 1 < len(leans) else None
        if passage.low(lean.first) in v.CITING:
            for outer in (before, after):
                if outer is None or passage.low(outer.first) in v.CITING:
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
