"""The page of a person: to which source they belong, what they wrote, and what they are cited for."""

from dataclasses import dataclass

from kb.models import Appearance, Article, Citation, Hop, Person, Source, Tag, TagKind

from .cited import NOT_SAID, Cited, cited, with_claims
from .outcomes import Record, record
from .rows import ArticleRow, article_rows

# The latest of each are listed; the counts are of all.
LATEST = 30


@dataclass(frozen=True, slots=True)
class PersonPage:
    """`topic` is where articles about the person are collected, if readers may see one."""

    person: Person
    names: tuple[str, ...]
    source: Source | None
    topic: Tag | None
    written: int
    articles: tuple[ArticleRow, ...]
    said: int
    record: Record
    latest: tuple[Cited, ...]


def person_page(person: Person, *, now=None) -> PersonPage:
    """The page of a person that the caller may show. Queries: fifteen, whatever they wrote and said."""
    aliases = person.aliases.values_list("name", flat=True)
    names = [name for name in aliases if name != person.name]
    hops = Hop.objects.visible_to(now=now).filter(person=person)
    articles = Article.objects.visible_to(now=now).filter(pk__in=hops.values("article"))
    citations = Citation.objects.visible_to(now=now).spoken_by(person.name, *names)
    said = citations.exclude(check_state__in=NOT_SAID)
    latest = with_claims(citations, now=now).order_by("-article__published_at", "-article", "position")[:LATEST]
    return PersonPage(
        person=person,
        names=tuple(names),
        source=Source.objects.visible_to(now=now).filter(pk=person.source_id).first(),
        topic=Tag.objects.visible_to(now=now).filter(kind=TagKind.PERSON, name__iexact=person.name).first(),
        written=articles.count(),
        articles=article_rows(list(articles.defer("body", "headings", "provenance")[:LATEST]), now=now),
        said=citations.count(),
        record=record(Appearance.objects.visible_to(now=now).filter(citations__in=said), now=now),
        latest=tuple(cited(citation) for citation in latest),
    )
