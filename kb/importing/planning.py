"""Step two: what each page would do to the database, without touching it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from django.db.models import Count

from kb.models import Article, ArticleStatus, Capture, Fingerprint, Hop, HopKind, PageChange, Source, State
from kb.text.addresses import host_of
from kb.text.folding import fold
from kb.text.likeness import FEWEST_WORDS, fingerprints, is_same_article, likeness, words_of

from .history import is_text_edited
from .reading import Page
from .records import Document, Problem
from .register import Entry, Register

type Effect = Literal["new", "changed", "unchanged"]
# What a page does: a new article; nothing; a new text of its article at once, or when a person says so; its article's
# page is back at the version that the text has; a further hop of another article with the same text, or its new capture.
type Fate = Literal["article", "nothing", "text", "waiting", "back", "hop", "hop-capture"]

# Candidates that are compared with a new page, whatever shares a fingerprint with it.
MOST_CANDIDATES = 5
# A page of which less is left has become another page, a notice perhaps: a person looks first.
LEFT = 0.2


@dataclass(frozen=True, slots=True)
class Step:
    """One page, what it says, and what it does to which article or hop; `basis` says why it is the same text."""

    page: Page
    document: Document
    fate: Fate = "article"
    article: Article | None = None
    hop: Hop | None = None
    basis: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def effect(self) -> Effect:
        if self.fate == "nothing":
            return "unchanged"
        return "new" if self.fate == "article" else "changed"


@dataclass(slots=True)
class Known:
    """What the database holds already, asked by index page by page; a dry run remembers what it saw as well."""

    hashes: set[str] = field(default_factory=set)
    origins: dict[str, str] = field(default_factory=dict)
    texts: dict[int, list[tuple[Page, Document]]] = field(default_factory=dict)

    def plan(self, page: Page, document: Document) -> Step:
        """The same bytes change nothing; other bytes from the same place are a change; the text of another article is
        a further hop of it; all else is new."""
        if page.origin in self.origins:
            return Step(page, document, "nothing" if self.origins[page.origin] == page.sha256 else "text")
        if page.sha256 in self.hashes:
            return Step(page, document, "nothing")
        step = plan(page, document)
        if step.fate == "article" and (twin := self._twin(page, document)):
            basis = same_text(document.body_text, twin.body_text)
            return Step(page, document, "hop", None, None, basis, (_is_copy(page, twin.headline or twin.file, basis),))
        return step

    def remember(self, page: Page, document: Document) -> None:
        """What a dry run must know of a page it did not write."""
        self.hashes.add(page.sha256)
        self.origins[page.origin] = page.sha256
        for mark in fingerprints(document.body_text):
            self.texts.setdefault(mark, []).append((page, document))

    def _twin(self, page: Page, document: Document) -> Document | None:
        marks = fingerprints(document.body_text) if self.texts else ()
        near = [one for mark in marks for one in self.texts.get(mark, ())[:MOST_CANDIDATES]]
        return next(
            (
                one
                for saved, one in near
                if is_same_article(document.body_text, one.body_text)
                and place_of(page, document).is_another_of(place_of(saved, one))
            ),
            None,
        )


def plan(page: Page, document: Document) -> Step:
    """What the page does to the database as it is now."""
    holder = Capture.objects.filter(sha256=page.sha256).only("pk", "origin").first()
    captures = list(Capture.objects.filter(origin=page.origin).values_list("pk", flat=True))
    if article := _article_of(captures):
        return _of_article(page, document, article, holder)
    if holder and (holder.articles.exists() or holder.hops.exists()):
        return Step(page, document, "nothing")
    hop = Hop.objects.filter(capture__in=captures).select_related("article").order_by("-pk").first()
    if hop and hop.state != State.REJECTED and is_same_article(document.body_text, hop.article.text):
        return Step(page, document, "hop-capture", hop.article, hop, same_text(document.body_text, hop.article.text))
    original = find_original(document.body_text, without=_ruled_out(captures))
    if original and place_of(page, document).is_another_of(_place_of_article(original)):
        basis = same_text(document.body_text, original.text)
        return Step(page, document, "hop", original, None, basis, (_is_copy(page, str(original), basis),))
    alike = (_is_alike(page, original),) if original else ()
    return Step(page, document, problems=(*alike, *_cut_title(page, document)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text stands, as far as it is known: its headline, who publishes it there, on which hosts."""

    headline: str
    publishers: frozenset[str]
    hosts: frozenset[str]

    def is_another_of(self, original: "Place") -> bool:
        """Whether a text alike is a copy: it bears the same headline, or somebody else publishes it.

        Texts alike of one place under different headlines are articles of one mould: weather, results, tables.
        """
        if self.headline and self.headline == original.headline:
            return True
        return bool(self.publishers - original.publishers or (original.hosts and self.hosts - original.hosts))


def place_of(page: Page, document: Document) -> Place:
    publishers = (document.publisher, document.originally_published_by)
    return _place(document.headline, publishers, (document.address, page.origin))


def _place_of_article(article: Article) -> Place:
    hops = article.hops.exclude(kind=HopKind.WROTE).exclude(state=State.REJECTED).select_related("source", "person")
    addresses = (article.address, article.capture.origin if article.capture else "", *(hop.address for hop in hops))
    return _place(article.title, (hop.name for hop in hops), addresses)


def _place(headline: str | None, publishers: Iterable[str | None], addresses: Iterable[str | None]) -> Place:
    hosts = (host_of(address) for address in addresses if address)
    return Place(
        fold(headline or ""),
        frozenset(fold(name) for name in publishers if name),
        frozenset(host for host in hosts if host),
    )


def _article_of(captures: list[int]) -> Article | None:
    """The article whose page stands where these captures came from."""
    if not captures:
        return None
    found = Article.objects.filter(capture__in=captures) | Article.objects.filter(
        pk__in=PageChange.objects.filter(before__in=captures).values("article")
    )
    return found.select_related("capture").order_by("pk").last()


def _of_article(page: Page, document: Document, article: Article, holder: Capture | None) -> Step:
    last = article.page_changes.received().select_related("after").first()
    current = last.after if last else article.capture
    is_elsewhere = holder and (holder.articles.exclude(pk=article.pk).exists() or holder.hops.exists())
    if current.sha256 == page.sha256 or is_elsewhere:
        return Step(page, document, "nothing", article)
    if article.capture.sha256 == page.sha256:
        message = f"{page.file}: the page is back at the version that the text of “{article}” has."
        return Step(page, document, "back", article, problems=(Problem("info", "page-back", message),))
    if why := why_waiting(article, document):
        message = f"{page.file}: the page changed, and the change waits for a person: “{article}” {why}."
        return Step(page, document, "waiting", article, problems=(Problem("warning", "change-waits", message),))
    return Step(page, document, "text", article, problems=_cut_title(page, document))


def why_waiting(article: Article, document: Document) -> str:
    """Why a changed page does not change the text of its article by itself; empty when it does."""
    if article.status not in (ArticleStatus.DRAFT, ArticleStatus.IN_REVIEW):
        return f"is {article.get_status_display()}"
    if is_text_edited(article):
        return "was edited here"
    text = article.text
    if not document.body_text.strip():
        return "has a text and the page has none any more"
    if len(words_of(text)) >= FEWEST_WORDS and likeness(text, document.body_text) < LEFT:
        return "has hardly a sentence in common with the page as it is now"
    return ""


def find_original(text: str, *, without: Iterable[int] = ()) -> Article | None:
    """The article of which this text is a copy. A few candidates by index are compared, however many articles there are."""
    marks = fingerprints(text)
    if not marks:
        return None
    near = Fingerprint.objects.filter(value__in=marks).exclude(article__in=without)
    near = near.values("article").annotate(shared=Count("pk")).order_by("-shared", "article")[:MOST_CANDIDATES]
    candidates = Article.objects.in_bulk([row["article"] for row in near])
    return next((one for one in candidates.values() if is_same_article(text, one.text)), None)


def same_text(text: str, other: str) -> str:
    """Why two texts are one article, in words."""
    return f"same text: {likeness(text, other):.0%} of its words"


def _ruled_out(captures: list[int]) -> list[int]:
    """Articles of which a person said that what came from this place is no copy of them."""
    rejected = Hop.objects.filter(capture__in=captures, state=State.REJECTED)
    return list(rejected.values_list("article", flat=True))


def _is_copy(page: Page, name: str, basis: str) -> Problem:
    message = (
        f"{page.file}: this is the text of “{name}” ({basis}): it becomes a suggested further hop of it. Reject the hop "
        "there to import the page as an article of its own."
    )
    return Problem("info", "same-article", message)


def _is_alike(page: Page, original: Article) -> Problem:
    message = (
        f"{page.file}: the text is much like that of “{original}”, under another headline and without a sign that "
        "somebody else publishes it: it is an article of its own."
    )
    return Problem("info", "text-alike", message)


def _cut_title(page: Page, document: Document) -> tuple[Problem, ...]:
    longest = Article._meta.get_field("title").max_length
    if len(document.headline or "") <= longest:
        return ()
    message = f"{page.file}: the title is longer than {longest} characters and was cut."
    return (Problem("warning", "title-cut", message),)


def load_register() -> Register:
    """The register with all its names, in two queries."""
    return Register(
        Entry(source.name, source.kind, tuple((name.name, name.kind) for name in source.names.all()), source.selectors)
        for source in Source.objects.prefetch_related("names")
    )
