"""The source page: what it is, how its reliability is graded and why, and what is cited from it."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from kb.models import Appearance, Citation, NameKind, Source

from .citations import CHECKS, CitedSource, cited_source
from .claims import Badge, ClaimSummary, for_pages, summary
from .notes import Note, public_notes, threads
from .words import Words, words

LATEST = 30


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of the source, in an article, with the claims it supports there."""

    article: Words
    address: str
    citation: CitedSource
    claims: tuple[ClaimSummary, ...]


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
    supported = Appearance.objects.visible_to(user, now=now).confirmed()
    latest = (
        citations.select_related("article", "source", "via__source")
        .prefetch_related(
            Prefetch("appearances", supported.prefetch_related(Prefetch("claim", for_pages(now=now))), "supported")
        )
        .order_by("-article__published_at", "-article", "position")[:LATEST]
    )
    compared = dict(citations.order_by().values_list("check_state").annotate(Count("pk")))
    names = source.names.filter(kind__in=[NameKind.FULL, NameKind.SHORT]).values_list("name", flat=True)
    return SourcePage(
        source=source,
        names=tuple(dict.fromkeys(name for name in names if name != source.name)),
        cited=sum(compared.values()),
        checks=tuple((compared[state], badge) for state, badge in CHECKS.items() if state in compared),
        latest=tuple(_cited(citation) for citation in latest),
        notes=threads(public_notes(Q(source=source))),
    )


def _cited(citation: Citation) -> Cited:
    article = citation.article
    claims = {appearance.claim_id: appearance.claim for appearance in citation.supported}
    return Cited(
        article=words(article.title or str(article), article.language, article.direction),
        address=f"{article.get_absolute_url()}#citation-{citation.pk}",
        citation=cited_source(citation),
        claims=tuple(summary(claim) for claim in claims.values()),
    )
