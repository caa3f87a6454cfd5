"""The source page: what it is, how its reliability is graded and why, and what is cited from it."""

from dataclasses import dataclass

from django.db.models import Count, Q

from kb.models import Citation, NameKind, Source

from .citations import CHECKS
from .cited import Cited, cited, with_claims
from .claims import Badge
from .notes import Note, public_notes, threads

LATEST = 30


@dataclass(frozen=True, slots=True)
class SourcePage:
    source: Source
    names: tuple[str, ...]
    cited: int
    checks: tuple[tuple[int, Badge], ...]
    latest: tuple[Cited, ...]
    notes: tuple[Note, ...]


def source_page(source: Source, *, user=None, now=None) -> SourcePage:
    """The page of a source. Queries: seven, however often it is cited."""
    citations = Citation.objects.visible_to(user, now=now).confirmed().filter(source=source)
    latest = with_claims(citations, now=now).order_by("-article__published_at", "-article", "position")[:LATEST]
    compared = dict(citations.order_by().values_list("check_state").annotate(Count("pk")))
    names = source.names.filter(kind__in=[NameKind.FULL, NameKind.SHORT]).values_list("name", flat=True)
    return SourcePage(
        source=source,
        names=tuple(dict.fromkeys(name for name in names if name != source.name)),
        cited=sum(compared.values()),
        checks=tuple((compared[state], badge) for state, badge in CHECKS.items() if state in compared),
        latest=tuple(cited(citation) for citation in latest),
        notes=threads(public_notes(Q(source=source))),
    )
