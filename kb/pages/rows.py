"""Rows of lists: an article in a few words, with how its claims fared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects

from kb.models import Appearance, Article, Hop

from .article import Tally, standfirst_of, tally_of
from .claims import for_pages, summary, variant_badge
from .words import Words, words


@dataclass(frozen=True, slots=True)
class ArticleRow:
    title: Words
    standfirst: str
    address: str
    genre: str
    genre_words: str
    published_at: datetime | None
    from_whom: tuple[str, ...]
    tally: Tally


def article_rows(articles: Sequence[Article], *, now=None) -> tuple[ArticleRow, ...]:
    """Rows of articles that the caller may show. Queries: four, however many articles."""
    prefetch_related_objects(
        articles,
        Prefetch("hops", Hop.objects.confirmed().select_related("source", "person"), "confirmed_hops"),
        Prefetch(
            "appearances",
            Appearance.objects.confirmed()
            .only("article", "claim", "variant", "start")
            .order_by("start")
            .prefetch_related(Prefetch("claim", for_pages(now=now))),
            "confirmed_appearances",
        ),
    )
    return tuple(_article_row(article) for article in articles)


def _article_row(article: Article) -> ArticleRow:
    badges = {
        appearance.claim_id: variant_badge(appearance.variant, summary(appearance.claim).badge)
        for appearance in reversed(article.confirmed_appearances)
    }
    return ArticleRow(
        title=words(article.title or str(article), article.language, article.direction),
        standfirst=standfirst_of(article),
        address=article.get_absolute_url(),
        genre=article.genre,
        genre_words=article.get_genre_display(),
        published_at=article.published_at,
        from_whom=tuple(hop.name for hop in article.confirmed_hops),
        tally=tally_of(0, badges.values()),
    )
