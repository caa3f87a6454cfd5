"""Which verdicts are told to machines, and what of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kb.models import Article

from .claims import ClaimSummary


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
