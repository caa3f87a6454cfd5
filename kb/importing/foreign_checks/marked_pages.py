"""Pages with their reviews as the tools list them in which publishers write their ClaimReview markup."""

from collections.abc import Iterator
from dataclasses import replace

from kb.importing.records import FoundCheck

from .claim_reviews import check_of_review
from .wording import Unusable, as_list


def is_marked_page(record: object) -> bool:
    return isinstance(record, dict) and "claimReviewMarkups" in record


def checks_of_page(page: dict, *, file: str, place: str) -> Iterator[FoundCheck | Unusable]:
    """One check for each review of the page; one that gives none comes as the reason."""
    for markup in as_list(page["claimReviewMarkups"]):
        try:
            if not isinstance(markup, dict):
                raise Unusable("no-review", "has a review that is no object.")
            check = check_of_review(_as_review(page, markup), {}, file=file, place=place)
            yield replace(check, raw={**page, "claimReviewMarkups": [markup]})
        except Unusable as why:
            yield why


def _as_review(page: dict, markup: dict) -> dict:
    """The review in the words of schema.org; what holds for the page holds for each of its reviews."""
    rating = markup.get("rating")
    rating = rating if isinstance(rating, dict) else {}
    return {
        "claimReviewed": markup.get("claimReviewed"),
        "url": markup.get("url") or page.get("pageUrl"),
        "datePublished": page.get("publishDate"),
        "author": page.get("claimReviewAuthor"),
        "reviewRating": {"alternateName": rating.get("textualRating"), "ratingValue": rating.get("ratingValue")},
        "itemReviewed": {"author": markup.get("claimAuthor"), "datePublished": markup.get("claimDate")},
    }
