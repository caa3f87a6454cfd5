"""What a search is narrowed to, beside its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kb.models import FoundKind

from .expressions import Expression, any_of, mark


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a search is narrowed to; several values of one kind are alternatives. Rows by their keys."""

    kinds: Sequence[FoundKind] = ()
    sources: Sequence[int] = ()
    topics: Sequence[int] = ()
    statuses: Sequence[str] = ()
    ratings: Sequence[str] = ()
    genres: Sequence[str] = ()
    languages: Sequence[str] = ()
    after: date | None = None
    before: date | None = None
    uncited: bool = False

    def marks(self) -> Iterable[Expression]:
        several = (
            ("k", [kind.name.lower() for kind in self.kinds]),
            ("s", self.sources),
            ("t", self.topics),
            ("x", self.statuses),
            ("r", self.ratings),
            ("g", self.genres),
            ("l", [code.lower() for code in self.languages]),
            ("u", ["uncited"] if self.uncited else []),
        )
        return [any_of(mark(name, value) for value in values) for name, values in several if values]
