"""The claim page: the verdict with its reasons and evidence, earlier verdicts, and where the claim is made."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Prefetch, Q
from django.urls import reverse

from kb.models import (
    Appearance,
    Citation,
    Claim,
    Display,
    Evidence,
    FactCheck,
    FactCheckStatus,
    ForecastScore,
    ForeignCheck,
    SearchStep,
    Variant,
)

from . import challenges
from .citations import CitedSource, cited_source
from .claims import Badge, ClaimSummary, Verdict, rating_badge, summary, verdict
from .corrections import Entry, corrections_of
from .dates import in_words
from .forecasts import Forecast, forecast
from .notes import Note, public_notes, threads
from .opinions import Disagreement, disagreements
from .structured import Review, review_of
from .words import Words, words

# More verdicts of others than this are read with their publishers.
OTHERS = 20
# A claim that thousands of articles repeat still gets a page that can be read; the list of articles goes on from there.
PLACES = 50


@dataclass(frozen=True, slots=True)
class Place:
    """One article that makes the claim; its words are shown only where its full text may be."""

    article: Words
    address: str
    exact: str
    variant: str
    citations: tuple[CitedSource, ...]


@dataclass(frozen=True, slots=True)
class OtherVerdict:
    """What another fact-checker found, in their words; it is no verdict of ours and changes none."""

    publisher: str
    rating: Words
    statement: Words
    title: Words
    reviewed: str
    address: str


@dataclass(frozen=True, slots=True)
class Precedent:
    """An earlier verdict that the published one was compared with."""

    words: Words
    address: str
    badge: Badge


@dataclass(frozen=True, slots=True)
class ClaimPage:
    claim: ClaimSummary
    value: Decimal | None
    unit: str
    period: str
    definition: str
    forecast: Forecast | None
    evidence: tuple[Evidence, ...]
    steps: tuple[SearchStep, ...]
    precedents: tuple[Precedent, ...]
    disagreements: tuple[Disagreement, ...]
    earlier: tuple[Verdict, ...]
    others: tuple[OtherVerdict, ...]
    places: tuple[Place, ...]
    has_more_places: bool
    corrections: tuple[Entry, ...]
    challenged: tuple[challenges.Entry, ...]
    notes: tuple[Note, ...]
    reviews: tuple[Review, ...]
    challenge: str


def claim_page(claim: Claim, *, user=None, now=None) -> ClaimPage:
    """The page of a claim loaded by `claims.for_pages`. Queries beside that: twelve, whatever the claim has been through."""
    evidence = list(
        Evidence.objects.visible_to(user, now=now)
        .filter(fact_check__claim=claim)
        .select_related("source")
        .annotate(kept_hash=F("copy__sha256"))
        .order_by("fact_check", "position")
    )
    steps = list(
        SearchStep.objects.visible_to(user, now=now).filter(fact_check__claim=claim).order_by("fact_check", "position")
    )
    appearances = list(
        Appearance.objects.visible_to(user, now=now)
        .confirmed()
        .filter(claim=claim)
        .select_related("article")
        .prefetch_related(
            Prefetch("citations", Citation.objects.confirmed().select_related("source", "via__source"), "linked")
        )
        .order_by("-article__published_at", "-pk")[: PLACES + 1]
    )
    told = summary(claim)
    said_by = next((row.name for appearance in reversed(appearances) for row in appearance.linked if row.name), "")
    same = [appearance.article for appearance in appearances[:PLACES] if appearance.variant == Variant.SAME]
    review = review_of(told, dict.fromkeys(same), said_by)
    return ClaimPage(
        claim=told,
        value=claim.value,
        unit=claim.unit,
        period=in_words(claim.period),
        definition=claim.definition,
        forecast=_forecast(claim, now),
        evidence=tuple(row for row in evidence if row.fact_check_id in _current(claim)),
        steps=tuple(row for row in steps if row.fact_check_id in _current(claim)),
        precedents=_precedents(claim, now),
        disagreements=disagreements(claim, now=now),
        earlier=tuple(
            verdict(
                check,
                evidence=tuple(row for row in evidence if row.fact_check_id == check.pk),
                steps=tuple(row for row in steps if row.fact_check_id == check.pk),
            )
            for check in claim.public_checks
            if check.status != FactCheckStatus.PUBLISHED
        ),
        others=tuple(
            _other(check)
            for check in ForeignCheck.objects.visible_to(user, now=now)
            .filter(claim=claim)
            .defer("raw")
            .order_by("-reviewed_on", "-pk")[:OTHERS]
        ),
        places=tuple(_place(appearance) for appearance in appearances[:PLACES]),
        has_more_places=len(appearances) > PLACES,
        corrections=corrections_of(claim=claim),
        challenged=challenges.answered_about(claim, now=now),
        notes=threads(public_notes(Q(claim=claim))),
        reviews=(review,) if review else (),
        challenge=f"{reverse('kb:challenge')}?claim={claim.pk}",
    )


def _forecast(claim: Claim, now) -> Forecast | None:
    score = ForecastScore.objects.visible_to(now=now).select_related("scored_by", "confirmed_by").filter(claim=claim)
    return forecast(claim, score.first(), now=now) if claim.resolves_on else None


def _precedents(claim: Claim, now) -> tuple[Precedent, ...]:
    consulted = FactCheck.objects.visible_to(now=now).filter(consulted_by__in=_current(claim))
    return tuple(
        Precedent(words(check.claim.text, check.claim.language), check.get_absolute_url(), rating_badge(check.rating))
        for check in consulted.select_related("claim", "rating").order_by("-decided_at", "-pk")
    )


def _other(check: ForeignCheck) -> OtherVerdict:
    return OtherVerdict(
        publisher=check.publisher_name or check.publisher_site,
        rating=words(check.rating_words, check.language, "auto"),
        statement=words(check.statement, check.language, "auto"),
        title=words(check.title, check.language, "auto"),
        reviewed=in_words(check.reviewed_on),
        address=check.address,
    )


def _current(claim: Claim) -> set[int]:
    return {check.pk for check in claim.public_checks if check.status == FactCheckStatus.PUBLISHED}


def _place(appearance: Appearance) -> Place:
    article = appearance.article
    return Place(
        article=words(article.title or str(article), article.language, article.direction),
        address=f"{article.get_absolute_url()}#claim-{appearance.pk}",
        exact=appearance.exact if article.display == Display.FULL else "",
        variant="" if appearance.variant == Variant.SAME else appearance.get_variant_display(),
        citations=tuple(cited_source(citation) for citation in appearance.linked),
    )
