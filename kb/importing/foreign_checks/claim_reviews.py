"""ClaimReview objects (schema.org), as pages carry them in JSON-LD or microdata and as feeds list them."""

from collections.abc import Iterator
from urllib.parse import urljoin

from kb.importing.records import FoundCheck

from .wording import DEEPEST, LONGEST_NAME, Wording, as_list, first_of_kind

TYPE = "ClaimReview"
# A graph of more objects than this is no page's description of itself.
MOST_OBJECTS = 20_000


def claim_reviews_in(described: object) -> Iterator[tuple[dict, dict[str, dict]]]:
    """Every ClaimReview in a value, in order, with the objects of the same value that have an identifier."""
    objects, named, left = [], {}, [(described, 0)]
    while left and len(objects) < MOST_OBJECTS:
        value, depth = left.pop()
        if isinstance(value, dict):
            objects.append(value)
            if isinstance(name := value.get("@id"), str) and len(value) > 1:
                named.setdefault(name, value)
        elif not isinstance(value, list):
            continue
        if depth < DEEPEST:
            inside = value.values() if isinstance(value, dict) else value
            left.extend((part, depth + 1) for part in reversed(list(inside)) if isinstance(part, dict | list))
    for found in objects:
        if is_a(found, TYPE):
            yield found, named


def is_a(found: dict, kind: str) -> bool:
    """Does the object name this type, whatever stands before it ("https://schema.org/", "schema:")?"""
    types = as_list(found.get("@type"))
    return any(isinstance(one, str) and one.rpartition("/")[2].rpartition(":")[2] == kind for one in types)


def check_of_review(review: dict, named: dict[str, dict], *, file: str, place: str, page: str = "") -> FoundCheck:
    """The check that a ClaimReview is; `page` is the address of the page it stands on. Raises Unusable."""
    read = Wording(file, place)
    items = [_object(item, named) for item in as_list(review.get("itemReviewed"))]
    item = first_of_kind(items, dict) or {}
    publisher = _first(review, ("author", "publisher"), named)
    own = _address(review.get("url")) or _address(review.get("mainEntityOfPage"))
    address = read.address(_joined(page, own))
    home = _address(publisher.get("url")) or _address(publisher.get("sameAs"))
    return read.check(
        statement=_some(review.get("claimReviewed"), item.get("text"), item.get("name"), item.get("headline")),
        claimant=read.words("the claimant", _name_of(_first(item, ("author", "creator"), named))),
        claimed_printed=read.words(
            "the date of the claim", _some(item.get("datePublished"), _appeared(item, named).get("datePublished"))
        ),
        publisher_name=read.words("the publisher", _name_of(publisher), LONGEST_NAME),
        publisher_site=read.site(None, home or address),
        address=address,
        title=read.words("the title", _some(review.get("headline"), review.get("name"))),
        reviewed_printed=read.words("the date of the review", _some(review.get("datePublished"))),
        rating_words=_rating(read, _object(first_of_kind(as_list(review.get("reviewRating")), dict), named)),
        language=read.language(_language(review.get("inLanguage"))),
        raw=review,
    )


def _rating(read: Wording, rating: object) -> str:
    """Their words; where they rate by number alone, the number."""
    if not isinstance(rating, dict):
        return ""
    return read.words("the rating", _some(rating.get("alternateName"), rating.get("name"), rating.get("ratingValue")))


def _appeared(item: dict, named: dict[str, dict]) -> dict:
    """Where the claim was first made, when it is one work."""
    return _first(item, ("firstAppearance", "appearance"), named)


def _first(holder: dict, properties: tuple[str, ...], named: dict[str, dict]) -> dict:
    """The first value of these properties; a plain text is its name."""
    for name in properties:
        for value in as_list(holder.get(name)):
            if isinstance(value, str) and value.strip():
                return {"name": value}
            if isinstance(value, dict) and (found := _object(value, named)):
                return found
    return {}


def _object(value: object, named: dict[str, dict]) -> object:
    """What a bare reference refers to, when the same page says it; anything else as it is."""
    if isinstance(value, dict) and set(value) <= {"@id", "@type"}:
        return named.get(value.get("@id"), value) if isinstance(value.get("@id"), str) else value
    return value


def _name_of(named: dict) -> object:
    return _some(named.get("name"), named.get("legalName"), named.get("alternateName"))


def _address(value: object) -> str:
    for one in as_list(value):
        if isinstance(one, dict):
            one = one.get("url") or one.get("@id")
        if isinstance(one, str) and one.strip():
            return one
    return ""


def _joined(page: str, own: str) -> str:
    try:
        return urljoin(page, own.strip()) if page and own else own or page
    except ValueError:
        return own


def _language(value: object) -> object:
    value = first_of_kind(as_list(value), str | dict)
    return _some(value.get("alternateName"), value.get("name")) if isinstance(value, dict) else value


def _some(*values: object) -> object:
    """The first that says something; of several the first, and the value of a typed or translated literal."""
    for value in values:
        value = next(iter(as_list(value)), None)
        if isinstance(value, dict) and "@value" in value:
            value = value["@value"]
        if value is not None and value != "" and not (isinstance(value, str) and not value.strip()):
            return value
    return None
