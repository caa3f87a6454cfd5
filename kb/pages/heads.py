"""What a page says of itself in its head: to search engines, to who shares a link, to reference managers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import singledispatch

from django.utils.translation import get_language, gettext, to_locale

from kb.models import Tag

from .article import ArticlePage
from .claim import ClaimPage
from .person import PersonPage
from .source import SourcePage
from .structured import day
from .works import PAGE, REPORT, Work, work_of_claim

# Where a language of ours has no country of its own, one that readers of links know.
LOCALES = {"en": "en_GB", "ar": "ar_AR"}
ZOTERO = {
    "article-newspaper": "newspaperArticle",
    "article-magazine": "magazineArticle",
    "post-weblog": "blogPost",
    "report": "report",
}


@dataclass(frozen=True, slots=True)
class Head:
    """`kind` is OpenGraph's type, `address` the page's own without a host; `work` is what reference managers take."""

    title: str
    description: str
    address: str
    kind: str = "website"
    published_at: datetime | None = None
    modified_at: datetime | None = None
    section: str = ""
    topics: tuple[str, ...] = ()
    work: Work | None = None

    @property
    def cited_as(self) -> tuple[tuple[str, str], ...]:
        """The names and contents that reference managers read (Highwire's, and Zotero's for the type)."""
        return tuple((name, content) for name, content in _highwire(self.work) if content) if self.work else ()


def locale() -> str:
    """The language of the page, as OpenGraph names it."""
    return LOCALES.get(get_language(), to_locale(get_language()))


@singledispatch
def head_of(page) -> Head:
    """The head of the page of a thing."""
    raise TypeError(f"A {type(page).__name__} has no head of its own.")


@head_of.register
def _(page: ArticlePage) -> Head:
    return Head(
        title=page.title.text,
        description=page.description,
        address=page.address,
        kind="article",
        published_at=page.published_at,
        modified_at=page.modified_at,
        section=page.genre,
        topics=tuple(tag.name for tag in page.tags),
        work=page.work,
    )


@head_of.register
def _(page: ClaimPage) -> Head:
    claim = page.claim
    return Head(
        title=claim.words.text,
        description=f"{claim.badge.words}: {claim.words.text}",
        address=claim.address,
        kind="article",
        work=work_of_claim(claim, "claim"),
    )


@head_of.register
def _(page: SourcePage) -> Head:
    told = gettext("%(name)s: what is cited from it, and whether it holds.") % {"name": page.source.name}
    return Head(page.source.name, page.source.description or told, page.source.get_absolute_url())


@head_of.register
def _(page: PersonPage) -> Head:
    told = gettext("%(name)s: what they wrote and said, and whether it holds.") % {"name": page.person.name}
    return Head(page.person.name, told, page.person.get_absolute_url(), kind="profile")


@head_of.register
def _(tag: Tag) -> Head:
    told = gettext("%(name)s: articles, with every cited claim and whether it holds.") % {"name": tag.name}
    return Head(tag.name, tag.description or told, tag.get_absolute_url())


def _highwire(work: Work) -> Iterable[tuple[str, str]]:
    from_outlet = "citation_technical_report_institution" if work.kind == REPORT else "citation_journal_title"
    yield "z:itemType", ZOTERO.get(work.kind, PAGE)
    yield "citation_title", work.title
    yield from (("citation_author", author.name) for author in work.authors)
    yield from_outlet, work.outlet
    yield "citation_publisher", work.publisher
    yield "citation_publication_date", day(work.issued).replace("-", "/")
    yield "citation_language", work.language
    yield "citation_keywords", "; ".join(work.keywords)
