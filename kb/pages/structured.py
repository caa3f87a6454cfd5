"""Pages as schema.org tells them: articles, verdicts, organisations and people for machines, and never more than the page."""

from collections.abc import Callable, Iterable
from functools import singledispatch

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from kb.models import Genre, SourceKind
from kb.text import partial_dates

from .article import ArticlePage
from .claim import ClaimPage
from .person import PersonPage
from .reviews import Review
from .source import SourcePage
from .works import Agent

# The ends of the rating scale; ratings outside that order have no number and say their words alone.
WORST, BEST = 1, 5
ARTICLES = {Genre.OPINION: "OpinionNewsArticle", Genre.ANALYSIS: "AnalysisNewsArticle"}
NEWS = {SourceKind.NEWS_AGENCY, SourceKind.BROADCASTER, SourceKind.NEWSPAPER, SourceKind.MAGAZINE}

# Makes an address of this site whole.
Absolute = Callable[[str], str]


def graph_of(page, absolute: Absolute) -> dict:
    """All that is told of a page, as JSON-LD; empty for a page of nothing in particular."""
    things = [_without_nothing(thing) for thing in describe(page, absolute)]
    return {"@context": "https://schema.org", "@graph": things} if things else {}


@singledispatch
def describe(page, absolute: Absolute) -> Iterable[dict]:
    return ()


@describe.register
def _(page: ArticlePage, absolute: Absolute) -> Iterable[dict]:
    work, address = page.work, absolute(page.address)
    yield {
        "@type": ARTICLES.get(page.genre, "NewsArticle"),
        "url": address,
        "mainEntityOfPage": address,
        "headline": work.title,
        "description": work.abstract,
        "inLanguage": work.language,
        "datePublished": day(work.issued),
        "dateModified": page.modified_at.isoformat() if page.modified_at else "",
        "author": [_agent(author) for author in work.authors],
        "publisher": _site(absolute) if work.publisher == settings.KB_SITE_NAME else _organisation(work.publisher),
        "sdPublisher": _site(absolute),
        "genre": work.genre,
        "keywords": list(work.keywords),
        "isBasedOn": page.original if page.original.startswith(("https://", "http://")) else "",
        "correction": [absolute(entry.address) for entry in page.corrections],
        "isAccessibleForFree": True,
    }
    yield from (claim_review(review, absolute) for review in page.reviews)
    yield _trail(absolute, "kb:article-list", gettext("Articles"), work.title, page.address)


@describe.register
def _(page: ClaimPage, absolute: Absolute) -> Iterable[dict]:
    yield from (claim_review(review, absolute) for review in page.reviews)
    if not page.reviews:
        claim = page.claim
        yield {
            "@type": "Claim",
            "url": absolute(claim.address),
            "text": claim.words.text,
            "inLanguage": claim.words.language,
        }
    yield _trail(absolute, "kb:claim-list", gettext("Claims"), page.claim.words.text, page.claim.address)


@describe.register
def _(page: SourcePage, absolute: Absolute) -> Iterable[dict]:
    source, address = page.source, page.source.get_absolute_url()
    homepage = source.homepage if source.homepage.startswith(("https://", "http://")) else ""
    yield {
        "@type": "NewsMediaOrganization" if source.kind in NEWS else "Organization",
        "name": source.name,
        "alternateName": list(page.names),
        "description": source.description,
        "url": homepage,
        "mainEntityOfPage": absolute(address),
    }
    yield _trail(absolute, "kb:source-list", gettext("Sources"), source.name, address)


@describe.register
def _(page: PersonPage, absolute: Absolute) -> Iterable[dict]:
    yield {
        "@type": "Person",
        "name": page.person.name,
        "alternateName": list(page.names),
        "affiliation": _organisation(page.source.name) if page.source else {},
        "mainEntityOfPage": absolute(page.person.get_absolute_url()),
    }


def claim_review(review: Review, absolute: Absolute) -> dict:
    rating = {"@type": "Rating", "alternateName": review.rating}
    if review.number is not None:
        rating |= {"ratingValue": review.number, "bestRating": BEST, "worstRating": WORST}
    claim = {
        "@type": "Claim",
        "text": review.claim,
        "author": _organisation(review.said_by) if review.said_by else {},
        "appearance": [
            {"@type": "CreativeWork", "url": absolute(address), "headline": title}
            for address, title in review.appearances
        ],
    }
    return {
        "@type": "ClaimReview",
        "url": absolute(review.address),
        "claimReviewed": review.claim,
        "inLanguage": review.language,
        "datePublished": review.published_on.isoformat(),
        "expires": review.expires_on.isoformat() if review.expires_on else "",
        "author": _site(absolute),
        "reviewRating": rating,
        "reviewBody": review.explanation,
        "itemReviewed": _without_nothing(claim),
    }


def day(edtf: str) -> str:
    """A day, a month or a year that ISO 8601 knows too; else nothing, since machines take no unknown year."""
    plain = edtf.rstrip("?~%")
    _year, _dash, rest = plain.partition("-")
    is_plain = plain.replace("-", "").isdigit() and rest[:2] <= "12"
    return plain if is_plain and partial_dates.bounds(plain) else ""


def _site(absolute: Absolute) -> dict:
    method = absolute(reverse("kb:method"))
    return _organisation(settings.KB_SITE_NAME) | {"url": absolute(reverse("kb:home")), "publishingPrinciples": method}


def _organisation(name: str) -> dict:
    return {"@type": "Organization", "name": name}


def _agent(agent: Agent) -> dict:
    return {"@type": "Person" if agent.is_person else "Organization", "name": agent.name}


def _trail(absolute: Absolute, listed: str, words: str, name: str, address: str) -> dict:
    steps = [(words, reverse(listed)), (name, address)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": said, "item": absolute(there)}
            for place, (said, there) in enumerate(steps, start=1)
        ],
    }


def _without_nothing(thing: dict) -> dict:
    return {key: value for key, value in thing.items() if value not in ("", [], {}, None)}
