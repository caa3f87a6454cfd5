"""The source page: what it is, how it is graded and why, how what it is cited for fared, and who cites whom."""

from dataclasses import dataclass

from django.db.models import Count, Q

from kb.models import Appearance, Citation, NameKind, Person, Source

from .citations import CHECKS
from .cited import NOT_SAID, Cited, cited, with_claims
from .citing import CitingGraph, citing_graph
from .claims import Badge
from .notes import Note, public_notes, threads
from .outcomes import Record, record

# The latest citations are listed, and so many people and printed names; the counts are of all.
LATEST = 30


@dataclass(frozen=True, slots=True)
class SourcePage:
    """`names` are those it goes by, `printed` those that articles print for it, each with how often."""

    source: Source
    names: tuple[str, ...]
    printed: tuple[tuple[str, int], ...]
    cited: int
    checks: tuple[tuple[int, Badge], ...]
    record: Record
    graph: CitingGraph
    people: tuple[Person, ...]
    latest: tuple[Cited, ...]
    notes: tuple[Note, ...]


def source_page(source: Source, *, now=None) -> SourcePage:
    """The page of a source that the caller may show. Queries: fourteen, however often it is cited."""
    citations = Citation.objects.visible_to(now=now).filter(source=source)
    latest = with_claims(citations, now=now).order_by("-article__published_at", "-article", "position")[:LATEST]
    compared = dict(citations.order_by().values_list("check_state").annotate(Count("pk")))
    names = source.names.filter(kind__in=[NameKind.FULL, NameKind.SHORT]).values_list("name", flat=True)
    printed = citations.exclude(printed_name="").order_by().values_list("printed_name").annotate(times=Count("pk"))
    said = citations.exclude(check_state__in=NOT_SAID)
    return SourcePage(
        source=source,
        names=tuple(dict.fromkeys(name for name in names if name != source.name)),
        printed=tuple(printed.order_by("-times", "printed_name")[:LATEST]),
        cited=sum(compared.values()),
        checks=tuple((compared[state], badge) for state, badge in CHECKS.items() if state in compared),
        record=record(Appearance.objects.visible_to(now=now).filter(citations__in=said), now=now),
        graph=citing_graph(source, now=now),
        people=tuple(Person.objects.visible_to(now=now).filter(source=source).order_by("name", "pk")[:LATEST]),
        latest=tuple(cited(citation) for citation in latest),
        notes=threads(public_notes(Q(source=source))),
    )
