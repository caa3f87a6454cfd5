"""Charts as frozen records, which `parts/chart.html` draws with a table behind: for readers and for the desk."""

from collections.abc import Iterable
from dataclasses import dataclass

from .shares import share

# Charts are drawn on a field of this width.
WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar, in thousandths of its width; `kind` names its look."""

    kind: str
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which thousandths of the width the true end of a bar may lie."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    parts: tuple[Part, ...]
    # As many as the chart has columns, in words.
    values: tuple[str, ...]
    address: str = ""
    # What stands beside the bar; in the table it stands in its column.
    shown: str = ""
    interval: Interval | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """`summary` is what one reads instead of the chart. Without bars `advice` says what brings some."""

    name: str
    title: str
    summary: str
    description: str
    columns: tuple[str, ...]
    bars: tuple[Bar, ...] = ()
    # Looks and their words, where bars have several parts.
    legend: tuple[tuple[str, str], ...] = ()
    # Bars stand side by side, as time goes on.
    is_time: bool = False
    advice: str = ""
    ticks: tuple[str, ...] = ()


def width_of(value: float, whole: float) -> int:
    return round(WIDTH * value / whole) if whole else 0


def stacked(values: Iterable[tuple[str, int]], whole: int) -> tuple[Part, ...]:
    """The pieces of a bar, by their look and count, one behind the other; what counts nothing is left out."""
    parts, start = [], 0
    for kind, value in values:
        size = width_of(value, whole)
        if size:
            parts.append(Part(kind, start, size))
        start += size
    return tuple(parts)


def outcome_bar(kind: str, label: str, count: int, whole: int) -> Bar:
    """So many of all cases: from a handful on with its share and the interval of that, before with its number alone."""
    parts, part = stacked([(kind, count)], whole), share(count, whole)
    if part is None:
        return Bar(label, parts, (str(count),), shown=str(count))
    return Bar(
        label,
        parts,
        (str(count), part.percent, part.interval),
        shown=f"{count} · {part.percent}",
        interval=Interval(width_of(part.low, 1), width_of(part.high, 1)),
    )
