"""The claim page: the verdict with its reasons and evidence, its history, and every place where the claim is made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kb.models import (
    Appearance,
    Article,
    Citation,
    Claim,
    Evidence,
    FactCheck,
    FactCheckStatus,
    ForecastScore,
    ForeignCheck,
    SearchStep,
    Variant,
)
from kb.text.sentences import sentence_spans

from . import challenges
from .article import block_spans, stretches_shown
from .citations import CitedSource, cited_source
from .claims import REOPENED, Badge, ClaimSummary, Verdict, rating_badge, summary, verdict
from .corrections import Entry, corrections_of
from .dates import in_words
from .forecasts import Forecast, forecast
from .notes import Note, public_notes, threads
from .opinions import Disagreement, disagreements
from .receipt import receipt
from .reviews import Review, review_of
from .words import Words, words

# More verdicts of others than this are read with their publishers.
OTHERS = 20
# A claim that thousands of articles repeat still gets a page that can be read; the list of articles goes on from there.
PLACES = 50
# Of words around the claim's own no more is shown than this on each side; there are texts without a full stop.
AROUND = 300


@dataclass(frozen=True, slots=True)
class Place:
    """One article that makes the claim: the exact words in their sentence, as far as readers of the article see it."""

    article: Words
    address: str
    before: str
    exact: str
    after: str
    variant: str
    citations: tuple[CitedSource, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to the claim. An earlier verdict stands there with its reasons."""

    on: date
    words: str | Promise
    badge: Badge
    said: str = ""
    address: str = ""
    key: str = ""
    verdict: Verdict | None = None


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
    figure: str
    unit: str
    period: str
    definition: str
    forecast: Forecast | None
    evidence: tuple[Evidence, ...]
    steps: tuple[SearchStep, ...]
    precedents: tuple[Precedent, ...]
    disagreements: tuple[Disagreement, ...]
    history: tuple[Moment, ...]
    others: tuple[OtherVerdict, ...]
    places: tuple[Place, ...]
    variants: tuple[Place, ...]
    has_more_places: bool
    corrections: tuple[Entry, ...]
    challenged: tuple[challenges.Entry, ...]
    notes: tuple[Note, ...]
    reviews: tuple[Review, ...]
    challenge: str

    @property
    def receipt(self) -> dict:
        """What a browser may remember of the page, to tell on return what has changed."""
        return receipt(self.claim.address, [self.claim], self.corrections)


def claim_page(claim: Claim, *, user=None, now=None) -> ClaimPage:
    """The page of a claim loaded by `claims.for_pages`. Queries beside that: fourteen at most, whatever the claim has been through."""
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
    making = Appearance.objects.visible_to(user, now=now).confirmed().filter(claim=claim)
    appearances = list(with_places(making).order_by("-article__published_at", "-pk")[: PLACES + 1])
    told = summary(claim)
    said_by = next((row.name for appearance in reversed(appearances) for row in appearance.linked if row.name), "")
    same = [appearance.article for appearance in appearances[:PLACES] if appearance.variant == Variant.SAME]
    review = review_of(told, dict.fromkeys(same), said_by)
    found = [place_of(appearance) for appearance in appearances[:PLACES]]
    corrected, challenged = corrections_of(claim=claim), challenges.answered_about(claim, now=now)
    foretold = _forecast(claim, now)
    return ClaimPage(
        claim=told,
        figure="" if claim.value is None else figure(claim.value),
        unit=claim.unit,
        period=in_words(claim.period),
        definition=claim.definition,
        forecast=foretold,
        evidence=tuple(row for row in evidence if row.fact_check_id in _current(claim)),
        steps=tuple(row for row in steps if row.fact_check_id in _current(claim)),
        precedents=_precedents(claim, now),
        disagreements=disagreements(claim, now=now),
        history=_history(claim, evidence, steps, corrected, challenged, foretold),
        others=tuple(
            _other(check)
            for check in ForeignCheck.objects.visible_to(user, now=now)
            .filter(claim=claim)
            .defer("raw")
            .order_by("-reviewed_on", "-pk")[:OTHERS]
        ),
        places=tuple(place for place in found if not place.variant),
        variants=tuple(place for place in found if place.variant),
        has_more_places=len(appearances) > PLACES,
        corrections=corrected,
        challenged=challenged,
        notes=threads(public_notes(Q(claim=claim))),
        reviews=(review,) if review else (),
        challenge=f"{reverse('kb:challenge')}?claim={claim.pk}",
    )


def figure(value: Decimal) -> str:
    """A figure with the separators of the reader's language and no zeros that say nothing."""
    return number_format(Decimal(f"{value.normalize():f}"), force_grouping=True)


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


def _history(
    claim: Claim,
    evidence: Iterable[Evidence],
    steps: Iterable[SearchStep],
    corrected: Iterable[Entry],
    challenged: Iterable[challenges.Entry],
    foretold: Forecast | None,
) -> tuple[Moment, ...]:
    """All that readers may know to have happened, the latest first."""
    moments = []
    for check in claim.public_checks:
        own = [tuple(row for row in rows if row.fact_check_id == check.pk) for rows in (evidence, steps)]
        told = verdict(check, evidence=own[0], steps=own[1])
        earlier = {"key": told.key, "verdict": told} if not told.is_current else {"address": "#verdict"}
        moments.append(Moment(told.published_on, _("Verdict published"), told.badge, **earlier))
        if told.reopened_on:
            moments.append(Moment(told.reopened_on, _("Verdict reopened"), REOPENED, told.reopen_reason))
    for entry in corrected:
        moments.append(Moment(timezone.localdate(entry.made_at), _("Correction"), entry.badge, address=entry.address))
    for entry in challenged:
        moments.append(
            Moment(timezone.localdate(entry.closed_on), _("Challenge answered"), entry.badge, address=entry.address)
        )
    if foretold and foretold.result:
        moments.append(Moment(foretold.result.on, _("Forecast scored"), foretold.result.badge, address="#forecast"))
    return tuple(sorted(moments, key=lambda moment: moment.on, reverse=True))


# --- where it is claimed


def _where(rows):
    """Confirmed rows with nothing but where their words stand: what an excerpt of an article shows depends on them."""
    return rows.objects.confirmed().only("article", "start", "end", "revision")


def with_places(appearances: QuerySet[Appearance]) -> QuerySet[Appearance]:
    """Appearances with what `place_of` needs: three queries more."""
    return appearances.select_related("article").prefetch_related(
        Prefetch("citations", Citation.objects.confirmed().select_related("source", "via__source"), "linked"),
        Prefetch("article__citations", _where(Citation), "anchored_citations"),
        Prefetch("article__appearances", _where(Appearance), "anchored_appearances"),
    )


def place_of(appearance: Appearance) -> Place:
    """An appearance loaded by `with_places`, in its sentence."""
    article = appearance.article
    before, exact, after = _sentence_of(appearance, article)
    return Place(
        article=words(article.title or str(article), article.language, article.direction),
        address=f"{article.get_absolute_url()}#claim-{appearance.pk}",
        before=before,
        exact=exact,
        after=after,
        variant="" if appearance.variant == Variant.SAME else appearance.get_variant_display(),
        citations=tuple(cited_source(citation) for citation in appearance.linked),
    )


def _sentence_of(appearance: Appearance, article: Article) -> tuple[str, str, str]:
    """What stands before the words in their sentence, the words, what stands behind; nothing that the article does not show."""
    if not appearance.is_anchored or appearance.revision != article.revision:
        return "", "", ""
    text = article.text
    start, end = appearance.start, appearance.end
    anchored = [*article.anchored_citations, *article.anchored_appearances]
    for first, last in stretches_shown(article, text, anchored):
        if first <= start and end <= last:
            break
    else:
        return "", "", ""
    first, last = max(first, text.rfind("\n\n", 0, start) + 1), min(last, _break_after(text, end))
    for begin, stop in block_spans(article, text):
        if begin <= start and end <= stop:
            first, last = max(first, begin), min(last, stop)
    inside = [(first + begin, first + stop) for begin, stop in sentence_spans(text[first:last])]
    sentences = [(begin, stop) for begin, stop in inside if begin < end and start < stop]
    first, last = (sentences[0][0], sentences[-1][1]) if sentences else (start, end)
    before, after = text[first:start], text[end:last]
    return _end_of(before), text[start:end], _beginning_of(after)


def _break_after(text: str, place: int) -> int:
    found = text.find("\n\n", place)
    return len(text) if found < 0 else found


def _end_of(words: str) -> str:
    return words if len(words) <= AROUND else "… " + words[-AROUND:].partition(" ")[2]


def _beginning_of(words: str) -> str:
    return words if len(words) <= AROUND else words[:AROUND].rpartition(" ")[0] + " …"
