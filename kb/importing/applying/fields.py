"""The fields of an article, as its page gives them; what a person wrote or an operator gave is never replaced."""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import Truncator

from kb.importing.history import edited_by_people
from kb.importing.reading import LONGEST_ORIGIN, Page
from kb.importing.records import GIVEN, Document
from kb.models import Article, BodyFormat
from kb.services.suggestions import free_slug
from kb.text.addresses import host_of

# Which field of the document fills which field of the article.
READ = {
    "headline": "title",
    "standfirst": "standfirst",
    "language": "language",
    "direction": "direction",
    "genre": "genre",
    "published": "issued_on",
    "retrieved": "retrieved_on",
    "address": "address",
}
_ADDRESS = URLValidator(schemes=("https", "http"))


def slug_of(document: Document) -> str:
    return free_slug(Article, document.headline or Truncator(document.body_text).words(8, truncate=""))


def fill(article: Article, page: Page, document: Document) -> None:
    """Set the fields that the page gives. What it does not say any more stays as it was."""
    kept = set() if article._state.adding else edited_by_people(article, *READ.values())
    provenance = dict(article.provenance)
    for name, field in READ.items():
        value, finding = _value(name, page, document), document.provenance.get(name)
        was_given = provenance.get(name, {}).get("origin") == GIVEN
        if not value or field in kept or (was_given and (finding is None or finding.origin != GIVEN)):
            continue
        longest = article._meta.get_field(field).max_length
        setattr(article, field, Truncator(value).chars(longest) if longest else value)
        provenance.pop(name, None)
        if finding:
            provenance[name] = asdict(finding)
    # What no column holds (authors, publisher, tags) keeps its evidence beside the rest.
    provenance |= {name: asdict(finding) for name, finding in document.provenance.items() if name not in READ}
    article.provenance = provenance


def set_text(article: Article, document: Document, body: str) -> None:
    article.body, article.body_format = body, BodyFormat.PLAIN
    article.headings = list(document.section_headings)


def _value(name: str, page: Page, document: Document) -> str:
    return address_of(page, document) if name == "address" else getattr(document, name) or ""


def address_of(page: Page, document: Document) -> str:
    """Where the page stands: the address it names for itself, unless it was fetched from another site."""
    fetched = page.origin if _is_address(page.origin) else ""
    named = document.address or ""
    if _is_address(named) and (not fetched or host_of(named) == host_of(fetched)):
        return named
    return fetched


def _is_address(value: str) -> bool:
    try:
        _ADDRESS(value)
    except ValidationError:
        return False
    return len(value) <= LONGEST_ORIGIN
