"""The publication chain of an article, as far as its page tells it."""

from kb.importing.records import Document
from kb.models import Article, Hop, HopKind, Source

from .rows import create, cut


def write_hops(article: Article, document: Document, sources: dict[str, Source]) -> None:
    chain = [(HopKind.WROTE, name) for name in document.authors]
    if document.originally_published_by:
        chain.append((HopKind.PUBLISHED, document.originally_published_by))
    if document.publisher:
        chain.append(
            (HopKind.REPUBLISHED if document.originally_published_by else HopKind.PUBLISHED, document.publisher)
        )
    create(
        Hop,
        [
            Hop(
                article=article,
                position=position,
                kind=kind,
                printed_name=cut(Hop, "printed_name", name),
                source=None if kind == HopKind.WROTE else sources.get(name),
            )
            for position, (kind, name) in enumerate(chain, start=1)
        ],
    )
