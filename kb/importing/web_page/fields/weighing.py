"""Chooses among what several places of a page say, and keeps what the others said."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kb.importing.records import Finding

MOST_OTHERS = 8


@dataclass(frozen=True, slots=True)
class Candidate[V]:
    """A value that one place of the page gives, the words there, and how far that place is trusted."""

    origin: str
    words: str
    value: V
    weight: float


def finding(
    chosen: Candidate, candidates: Iterable[Candidate], same: Callable[[object], object] = lambda value: value
) -> Finding:
    """Where the chosen value was read, and what other places said instead; `same` gives the key of equal values."""
    others: dict[tuple[str, str], None] = {}
    for candidate in candidates:
        if same(candidate.value) != same(chosen.value):
            others.setdefault((candidate.origin, candidate.words), None)
    return Finding(chosen.origin, chosen.words, tuple(others)[:MOST_OTHERS])


def most_agreed[V](
    candidates: Sequence[Candidate[V]], same: Callable[[V], object] = lambda value: value
) -> Candidate[V] | None:
    """The candidate whose value has most weight behind it; each origin counts once for a value, the first wins a tie."""
    weights: dict[object, dict[str, float]] = {}
    for candidate in candidates:
        behind = weights.setdefault(same(candidate.value), {})
        behind[candidate.origin] = max(behind.get(candidate.origin, 0), candidate.weight)
    if not candidates:
        return None
    sums = {key: sum(behind.values()) for key, behind in weights.items()}
    return max(candidates, key=lambda candidate: (sums[same(candidate.value)], candidate.weight))
