"""Lists of what is cited: one citation after another, each with its article and the claims it supports there."""

from dataclasses import dataclass, replace

from django.db.models import Prefetch, QuerySet

from kb.models import Appearance, Citation, CitationCheck

from .citations import CitedSource, cited_source
from .claims import ClaimSummary, for_pages, summary, variant_badge
from .words import Words, words

# What somebody is cited for and did not say speaks neither for them nor against them.
NOT_SAID = (CitationCheck.MISQUOTED, CitationCheck.NOT_FOUND)


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation in an article, with the claims it supports there; where the article words one otherwise, its badge
    says so."""

    article: Words
    address: str
    citation: CitedSource
    claims: tuple[ClaimSummary, ...]


def with_claims(citations: QuerySet[Citation], *, now=None) -> QuerySet[Citation]:
    """Citations that the caller may show, with what `cited` needs: four queries, however many they are."""
    supported = Appearance.objects.visible_to(now=now).prefetch_related(Prefetch("claim", for_pages(now=now)))
    return (
        citations.select_related("article", "source", "via__source")
        .defer("article__body", "article__headings", "article__provenance")
        .prefetch_related(Prefetch("appearances", supported, "supported"))
    )


def cited(citation: Citation) -> Cited:
    """What to say of a citation loaded by `with_claims`."""
    article = citation.article
    claims = {appearance.claim_id: _as_worded(appearance) for appearance in citation.supported}
    return Cited(
        article=words(article.title or str(article), article.language, article.direction),
        address=f"{article.get_absolute_url()}#citation-{citation.pk}",
        citation=cited_source(citation),
        claims=tuple(claims.values()),
    )


def _as_worded(appearance: Appearance) -> ClaimSummary:
    claim = summary(appearance.claim)
    return replace(claim, badge=variant_badge(appearance.variant, claim.badge))
