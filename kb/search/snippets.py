"""Where a text says what was asked for: a stretch of it, with the words that answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.text.search_words import Word, words

from .expressions import Phrase

# What is read of one text for it, and how long a snippet is, in words.
READ = 60_000
LENGTH = 36
BEFORE = 8


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_hit: bool = False


def snippet(stretches: Iterable[str], asked: Sequence[Phrase]) -> tuple[Piece, ...]:
    """The stretch that holds most of what was asked for, its hits apart; the opening where none does."""
    best, most, room = None, -1, READ
    for text in stretches:
        if room <= 0:
            break
        text = text[:room]
        room -= len(text)
        found = list(words(text))
        hits = _hits(found, asked)
        start, different = _densest(hits)
        if different > most:
            best, most = (text, found, hits, start), different
    return _pieces(*best) if best else ()


def marked(text: str, asked: Sequence[Phrase]) -> tuple[Piece, ...]:
    """The whole of a short text, its hits apart."""
    found = list(words(text[:READ]))
    return tuple(_cut(text, found, _hits(found, asked), 0, len(text)))


def _hits(found: Sequence[Word], asked: Sequence[Phrase]) -> dict[int, int]:
    """The words that answer, by their number, with which of the questions each answers."""
    keys = [(key, number) for number, word in enumerate(found) for key in word.keys]
    starts: dict[str, list[int]] = {}
    for place, (key, _number) in enumerate(keys):
        starts.setdefault(key, []).append(place)
    hits: dict[int, int] = {}
    for question, phrase in enumerate(asked):
        *first, last = phrase.keys
        if first:
            places = starts.get(first[0], ())
        elif phrase.is_open:
            places = (place for key, several in starts.items() if key.startswith(last) for place in several)
        else:
            places = starts.get(last, ())
        for place in places:
            there = keys[place : place + len(phrase.keys)]
            if len(there) < len(phrase.keys) or [key for key, _ in there[:-1]] != first:
                continue
            end = there[-1][0]
            if end == last or (phrase.is_open and end.startswith(last)):
                hits.update({number: question for _key, number in there})
    return hits


def _densest(hits: dict[int, int]) -> tuple[int, int]:
    """Where a snippet begins that holds most different answers, and how many those are."""
    best, most = 0, 0
    places = sorted(hits)
    for number, place in enumerate(places):
        within = {hits[other] for other in places[number : number + LENGTH] if other < place + LENGTH - BEFORE}
        if len(within) > most:
            best, most = place, len(within)
    return max(0, best - BEFORE), most


def _pieces(text: str, found: Sequence[Word], hits: dict[int, int], first: int) -> tuple[Piece, ...]:
    if not found:
        return (Piece(" ".join(text.split())),) if text.strip() else ()
    last = min(first + LENGTH, len(found)) - 1
    start = found[first].start if first else 0
    end = found[last].end if last < len(found) - 1 else len(text)
    pieces = [*_cut(text, found[first : last + 1], {n - first: q for n, q in hits.items()}, start, end)]
    before, after = ("… ",) if start else (), (" …",) if end < len(text) else ()
    return (*map(Piece, before), *pieces, *map(Piece, after))


def _cut(text: str, found: Sequence[Word], hits: dict[int, int], start: int, end: int) -> Iterable[Piece]:
    done = start
    for number, word in enumerate(found):
        if number in hits:
            if word.start > done:
                yield Piece(_spaced(text[done : word.start]))
            yield Piece(_spaced(text[word.start : word.end]), is_hit=True)
            done = word.end
    if end > done:
        yield Piece(_spaced(text[done:end]))


def _spaced(text: str) -> str:
    """White space of any kind is one blank, and stands where it stood."""
    words = " ".join(text.split())
    return (" " if text[:1].isspace() else "") + words + (" " if text[-1:].isspace() and words else "")
