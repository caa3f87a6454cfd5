"""The first page: what the place is for, shown by one sentence from it, and what is new."""

from dataclasses import dataclass

from django.db.models import F

from kb.models import (
    Appearance,
    Article,
    Citation,
    CitationCheck,
    Claim,
    ClaimStatus,
    Correction,
    Display,
    FactCheck,
    FactCheckStatus,
    Rating,
    Variant,
)

from . import claims, corrections
from .claim import Place, place_of, with_places
from .claims import Badge, ClaimSummary
from .rows import ArticleRow, article_rows

LATEST = 6
LATEST_CORRECTIONS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A cited sentence of an article whose source was looked up and whose claim is checked."""

    place: Place
    claim: ClaimSummary


@dataclass(frozen=True, slots=True)
class HomePage:
    """`scale` are the ratings there are, from true on."""

    example: Example | None
    scale: tuple[Badge, ...]
    article_count: int
    verdict_count: int
    correction_count: int
    articles: tuple[ArticleRow, ...]
    claims: tuple[ClaimSummary, ...]
    corrections: tuple[corrections.Entry, ...]


def home_page(*, now=None) -> HomePage:
    """Queries: nineteen at most, whatever there is."""
    checked = Claim.objects.visible_to(now=now).with_standing(on=claims.today(now)).filter(verdict__isnull=False)
    latest = claims.for_pages(checked, now=now).order_by("-verdict__decided_at", "-pk")[:LATEST]
    published = Article.objects.visible_to(now=now)
    verdicts = FactCheck.objects.visible_to(now=now).filter(status=FactCheckStatus.PUBLISHED)
    corrected = Correction.objects.visible_to(None, now=now)
    return HomePage(
        example=_example(now),
        scale=tuple(claims.rating_badge(rating) for rating in Rating.objects.current()),
        article_count=published.count(),
        verdict_count=verdicts.count(),
        correction_count=corrected.count(),
        articles=article_rows(list(published.defer("body", "headings")[:LATEST]), now=now),
        claims=tuple(claims.summary(claim) for claim in latest),
        corrections=tuple(
            corrections.entry(row)
            for row in corrections.for_pages(corrected, named=0).order_by("-made_at", "-pk")[:LATEST_CORRECTIONS]
        ),
    )


def _example(now) -> Example | None:
    """The newest sentence that answers all the questions; None where none does yet."""
    looked_up = Citation.objects.confirmed().filter(check_state=CitationCheck.CONFIRMED, source__isnull=False)
    telling = (
        Appearance.objects.visible_to(now=now)
        .confirmed()
        .filter(
            variant=Variant.SAME,
            article__display=Display.FULL,
            article__revision=F("revision"),
            claim__status=ClaimStatus.CHECKED,
            citations__in=looked_up,
        )
        .order_by("-article__published_at", "-pk")
    )
    appearance = with_places(telling).first()
    if appearance is None:
        return None
    claim = claims.for_pages(Claim.objects.visible_to(now=now), now=now).get(pk=appearance.claim_id)
    return Example(place_of(appearance), claims.summary(claim))
