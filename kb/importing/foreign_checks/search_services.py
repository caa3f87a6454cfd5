"""Claims as fact-check search services list them: one statement, and the reviews that publishers wrote of it."""

from collections.abc import Iterator

from kb.importing.records import FoundCheck

from .wording import LONGEST_NAME, Unusable, Wording


def is_claim(record: object) -> bool:
    return isinstance(record, dict) and "claimReview" in record


def checks_of_claim(record: dict, *, file: str, place: str) -> Iterator[FoundCheck | Unusable]:
    """One check for each review of the claim; a review that gives none comes as the reason."""
    reviews = record["claimReview"]
    reviews = reviews if isinstance(reviews, list) else [reviews]
    if not reviews:
        yield Unusable("no-review", "names no review.")
    for review in reviews:
        try:
            yield _check(record, review, Wording(file, place))
        except Unusable as why:
            yield why


def _check(claim: dict, review: object, read: Wording) -> FoundCheck:
    if not isinstance(review, dict):
        raise Unusable("no-review", "has a review that is no object.")
    publisher = review.get("publisher")
    if not isinstance(publisher, dict):
        publisher = {"name": publisher}
    address = read.address(review.get("url"))
    return read.check(
        statement=claim.get("text"),
        claimant=read.words("the claimant", claim.get("claimant")),
        claimed_printed=read.words("the date of the claim", claim.get("claimDate")),
        publisher_name=read.words("the publisher", publisher.get("name"), LONGEST_NAME),
        publisher_site=read.site(publisher.get("site"), address),
        address=address,
        title=read.words("the title", review.get("title")),
        reviewed_printed=read.words("the date of the review", review.get("reviewDate")),
        rating_words=read.words("the rating", review.get("textualRating")),
        language=read.language(review.get("languageCode")),
        raw={**claim, "claimReview": [review]},
    )
