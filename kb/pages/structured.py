"""ClaimReview, as schema.org defines it: verdicts for machines."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from kb.models import Article

from .claims import ClaimSummary

# The ends of the rating scale; ratings outside that order have no number and say their words alone.
WORST, BEST = 1, 5


@dataclass(frozen=True, slots=True)
class Review:
    claim: str
    language: str
    address: str
    rating: str
    number: int | None
    explanation: str
    published_on: date
    expires_on: date | None
    said_by: str
    appearances: tuple[tuple[str, str], ...]


def review_of(claim: ClaimSummary, articles: Iterable[Article], said_by: str = "") -> Review | None:
    """The claim's verdict for machines; None while it has none or stands in doubt, since machines take no footnotes."""
    verdict = claim.verdict
    if verdict is None or verdict.reopened_on or not claim.is_rateable:
        return None
    return Review(
        claim=claim.words.text,
        language=claim.words.language,
        address=claim.address,
        rating=str(verdict.badge.words),
        number=verdict.number,
        explanation=verdict.rationale,
        published_on=verdict.published_on,
        expires_on=verdict.expires_on,
        said_by=said_by,
        appearances=tuple((article.get_absolute_url(), article.title) for article in articles),
    )


def claim_review(review: Review, *, publisher: str, absolute: Callable[[str], str]) -> dict:
    """The review as JSON-LD; `absolute` makes an address of this site whole."""
    rating = {"@type": "Rating", "alternateName": review.rating}
    if review.number is not None:
        rating |= {"ratingValue": review.number, "bestRating": BEST, "worstRating": WORST}
    claim = {
        "@type": "Claim",
        "text": review.claim,
        "appearance": [
            {"@type": "CreativeWork", "url": absolute(address), "headline": title}
            for address, title in review.appearances
        ],
    }
    if review.said_by:
        claim["author"] = {"@type": "Organization", "name": review.said_by}
    found = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": absolute(review.address),
        "claimReviewed": review.claim,
        "inLanguage": review.language,
        "datePublished": review.published_on.isoformat(),
        "author": {"@type": "Organization", "name": publisher, "url": absolute("/")},
        "reviewRating": rating,
        "reviewBody": review.explanation,
        "itemReviewed": claim,
    }
    if review.expires_on:
        found["expires"] = review.expires_on.isoformat()
    return {key: value for key, value in found.items() if value}
