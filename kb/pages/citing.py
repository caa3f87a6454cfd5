"""Who cites whom: the sources around one source, drawn, with a table behind."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from kb.models import Citation, Hop, HopKind, Source, State

# So many on each side are drawn, and so many stand in the table.
DRAWN, LISTED = 6, 30
# The drawing, in pixels of a narrow phone: columns of names on both sides, lines between them and the middle.
WIDTH, NAMES, ROW, HEAD, GAP = 340, 120, 38, 30, 6
THINNEST, THICKEST = 2, 9
LETTERS, LINE = 17, 15
# Who passes a text on has not cited what it cites.
SPEAKING = (HopKind.WROTE, HopKind.AGENCY, HopKind.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A source that cites this one or is cited by it, so many times."""

    name: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One drawn neighbour: its name in one or two rows, each with its height, and the line from there to the middle."""

    name: tuple[tuple[str, int], ...]
    x: int
    path: str
    width: int


@dataclass(frozen=True, slots=True)
class Side:
    title: str
    x: int
    lines: tuple[Line, ...]
    neighbours: tuple[Neighbour, ...]
    more: int
    is_end: bool


@dataclass(frozen=True, slots=True)
class CitingGraph:
    """`sides` are who cites the source, then whom it cites; both empty when it stands alone."""

    summary: str
    description: str
    width: int
    height: int
    middle: tuple[int, int]
    sides: tuple[Side, ...]

    @property
    def is_empty(self) -> bool:
        return not any(side.neighbours for side in self.sides)


def citing_graph(source: Source, *, now=None) -> CitingGraph:
    """The sources around this one, by public articles and confirmed citations. Queries: four.

    A source cites another where an article that it wrote or first published does, or where it is itself cited for what
    the other says.
    """
    hops = Hop.objects.visible_to(now=now).filter(kind__in=SPEAKING)
    citations = Citation.objects.visible_to(now=now)
    cited = {"article__citations__source": source, "article__citations__state": State.CONFIRMED}
    citing_it = [
        hops.filter(source__isnull=False, **cited)
        .values_list("source__name", "source__slug")
        .annotate(Count("article__citations", distinct=True)),
        citations.filter(source=source, via__state=State.CONFIRMED, via__source__isnull=False)
        .values_list("via__source__name", "via__source__slug")
        .annotate(Count("pk")),
    ]
    own = hops.filter(source=source).values("article")
    it_cites = [
        citations.filter(article__in=own, source__isnull=False).values_list("source__name", "source__slug").annotate(Count("pk")),
        citations.filter(source__isnull=False, via__state=State.CONFIRMED, via__source=source).values_list("source__name", "source__slug").annotate(Count("pk")),
    ]  # fmt: skip
    before, after = _neighbours(source, citing_it), _neighbours(source, it_cites)
    rows = max(1, min(DRAWN, max(len(before), len(after))))
    height = HEAD + rows * ROW
    middle = (WIDTH // 2, HEAD + (height - HEAD) // 2)
    most = max((one.count for one in (*before, *after)), default=1)
    mirrored = get_language_bidi()
    return CitingGraph(
        summary=_("Sources around %(name)s: cited by %(before)d, citing %(after)d.")
        % {"before": len(before), "after": len(after), "name": source.name},
        description=_("Lines lead from sources that cite %(name)s to it, and from it to those it cites; the thicker, the more often.")
        % {"name": source.name},
        width=WIDTH,
        height=height,
        middle=middle,
        sides=(
            _side(_("Who cites it"), before, middle, most, is_end=False, mirrored=mirrored),
            _side(_("Whom it cites"), after, middle, most, is_end=True, mirrored=mirrored),
        ),
    )  # fmt: skip


def _neighbours(source: Source, counted: Iterable) -> list[Neighbour]:
    times: Counter = Counter()
    for rows in counted:
        for name, slug, count in rows.order_by():
            if slug != source.slug:
                times[name, slug] += count
    ordered = sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Neighbour(name, reverse("kb:source", args=[slug]), count) for (name, slug), count in ordered]


def _side(title: str, found: list[Neighbour], middle, most: int, *, is_end: bool, mirrored: bool) -> Side:
    """Names run from the outer edge; in a language that runs from the right everything is turned about."""

    def turned(x: int) -> int:
        return WIDTH - x if mirrored else x

    outer, inner = (WIDTH, WIDTH - NAMES) if is_end else (0, NAMES)
    lines = []
    for place, one in enumerate(found[:DRAWN]):
        y = HEAD + place * ROW + ROW // 2
        begin, half = turned(inner + (-GAP if is_end else GAP)), (turned(inner) + middle[0]) // 2
        rows = wrap(one.name, LETTERS, max_lines=2, placeholder="…", break_on_hyphens=False)
        first = y - LINE * (len(rows) - 1) // 2
        name = tuple((row, first + LINE * number) for number, row in enumerate(rows))
        path = f"M{begin} {y}C{half} {y} {half} {middle[1]} {middle[0]} {middle[1]}"
        thicker = (THICKEST - THINNEST) * (one.count - 1) // max(1, most - 1)
        lines.append(Line(name, turned(outer), path, THINNEST + thicker))
    return Side(title, turned(outer), tuple(lines), tuple(found[:LISTED]), max(0, len(found) - LISTED), is_end)
