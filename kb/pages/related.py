"""Articles that lean on the same claims and sources, with the reason said."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count

from kb.models import Appearance, Article, Citation, Source

from .words import Words, words

SHOWN = 5
# So many candidates are looked at by each reason; a claim in common outweighs any number of sources.
CANDIDATES = 20
NAMED_SOURCES = 3


@dataclass(frozen=True, slots=True)
class Related:
    """`claims` counts the claims in common; `sources` names those that both cite, `more_sources` counts the others."""

    title: Words
    address: str
    genre_words: str
    claims: int
    sources: tuple[str, ...]
    more_sources: int


@dataclass(slots=True)
class _Common:
    claims: int = 0
    sources: set[int] = field(default_factory=set)
    source_count: int = 0

    @property
    def weight(self) -> tuple[int, int]:
        return self.claims, self.source_count


def related_to(
    article: Article, citations: Sequence[Citation], appearances: Sequence[Appearance], *, now=None
) -> tuple[Related, ...]:
    """The articles that have most in common with this one, given its confirmed rows. Queries: four at most."""
    sources: dict[int, Source] = {row.source_id: row.source for row in citations if row.source}
    claims = {row.claim_id for row in appearances if row.claim_id}
    found: dict[int, _Common] = {}
    if claims:
        rows = Appearance.objects.visible_to(now=now).confirmed().filter(claim__in=claims).exclude(article=article)
        for pk, number in _most(rows, "claim"):
            found.setdefault(pk, _Common()).claims = number
    if sources:
        rows = Citation.objects.visible_to(now=now).confirmed().filter(source__in=sources).exclude(article=article)
        for pk, number in _most(rows, "source"):
            found.setdefault(pk, _Common()).source_count = number
    best = sorted(found, key=lambda pk: (found[pk].weight, pk), reverse=True)[:SHOWN]
    if not best:
        return ()
    _name_sources(best, found, sources)
    articles = Article.objects.visible_to(now=now).defer("body", "headings", "provenance").in_bulk(best)
    return tuple(_related(articles[pk], found[pk], sources) for pk in best if pk in articles)


def _most(rows, thing: str):
    """Articles with how many of the things each has, the most first."""
    counted = rows.order_by().values_list("article").annotate(number=Count(thing, distinct=True))
    return counted.order_by("-number", "-article")[:CANDIDATES]


def _name_sources(best: Sequence[int], found: dict[int, _Common], sources: dict[int, Source]) -> None:
    """Which sources the chosen ones share, those that only share claims included."""
    if not sources:
        return
    shared = Citation.objects.confirmed().filter(article__in=best, source__in=sources).order_by()
    for pk, source in shared.values_list("article", "source").distinct():
        found[pk].sources.add(source)


def _related(article: Article, common: _Common, sources: dict[int, Source]) -> Related:
    names = sorted((sources[pk].name for pk in common.sources), key=str.casefold)
    return Related(
        title=words(article.title or str(article), article.language, article.direction),
        address=article.get_absolute_url(),
        genre_words=article.get_genre_display(),
        claims=common.claims,
        sources=tuple(names[:NAMED_SOURCES]),
        more_sources=max(0, len(names) - NAMED_SOURCES),
    )
