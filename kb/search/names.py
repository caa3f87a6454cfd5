"""The names of sources, topics and people, also where a slip of the keys is in them."""

from dataclasses import dataclass

from kb.models import FoundKind, Person, SearchDocument, Source, Tag
from kb.text.search_words import keys

from .expressions import AllOf, Phrase, all_of, any_of, mark
from .matching import DESK, Public, newest
from .places import place_of, thing_at
from .spelling import allowed, grams, slips

NAMED = {FoundKind.SOURCE: Source, FoundKind.TOPIC: Tag, FoundKind.PERSON: Person}
COMPARED = 40
MEANT = 5


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with the name it goes by, and the word of its names that was meant."""

    kind: FoundKind
    pk: int
    name: str
    word: str


def called(name: str, kind: FoundKind, public: Public) -> list[int]:
    """The rows of this kind that go by a name: exactly so if any, else those with all its words in their names."""
    wanted = keys(name)
    if not wanted:
        return []
    asked = AllOf((mark("k", kind.name.lower()), Phrase(tuple(wanted))))
    found = newest(public, asked, Phrase(tuple(wanted)))[:COMPARED]
    titles = dict(SearchDocument.objects.filter(place__in=[match.place for match in found]).values_list("place", _column(public)))  # fmt: skip
    whole = " ".join(wanted)
    exact = [match.place for match in found if titles.get(match.place) in (whole, f"the {whole}")]
    return [thing_at(place)[1] for place in exact or [match.place for match in found[:MEANT]]]


def nearest(word: str, public: Public) -> Named | None:
    """The name with a word in it that is nearest to this one, which no text has; None where none is near."""
    [*wanted] = keys(word)
    pieces = sorted(grams(word))
    if len(wanted) != 1 or not pieces or not allowed(wanted[0]):
        return None
    letters = any_of(mark("n", piece) for piece in pieces)
    best: tuple[int, int, str] | None = None
    for kind in NAMED:
        asked = all_of([mark("k", kind.name.lower()), letters])
        found = newest(public, asked, letters, first=place_of(kind, 0, None), last=place_of(kind + 1, 0, None) - 1)
        places = {match.place: rank for rank, match in enumerate(found[:COMPARED])}
        columns = ("title", "words") if public is not DESK else ("desk_title", "desk_words")
        for place, *texts in SearchDocument.objects.filter(place__in=places).values_list("place", *columns):
            for key in " ".join(texts).split():
                distance = slips(wanted[0], key, allowed(wanted[0]))
                if distance <= allowed(wanted[0]) and (best is None or (distance, -place, key) < (best[0], -best[1], best[2])):  # fmt: skip
                    best = (distance, place, key)
    if best is None:
        return None
    kind, pk = thing_at(best[1])
    name = NAMED[kind].objects.filter(pk=pk).values_list("name", flat=True).first()
    return Named(kind, pk, name, best[2]) if name else None


def _column(public: Public) -> str:
    return "desk_title" if public is DESK else "title"
