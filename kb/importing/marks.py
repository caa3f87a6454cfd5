"""The marks by which copies of an article are found (`kb.text.likeness`): every article has those of its text.

A page gets them when it is written. Records do not, so that their import stays fast: theirs are made up afterwards,
some at a time, and whoever stops in between goes on with what is missing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.db import transaction
from django.db.models import QuerySet

from kb.models import Article, Fingerprint
from kb.text.likeness import fingerprints

AT_ONCE = 50


def mark(article: Article) -> None:
    """Give the article the marks of its text."""
    _write(_wrong([article]))


def without_marks() -> QuerySet[Article]:
    """Articles that lack them, and those whose text is too short for any: looking at these again costs little."""
    return Article.objects.filter(fingerprints=None)


def reindex(articles: QuerySet[Article], *, dry_run: bool = False) -> Iterator[tuple[int, int]]:
    """Give these articles the marks of their texts, some at a time: how many were looked at, how many had others."""
    last = 0
    while some := list(articles.filter(pk__gt=last).order_by("pk").only("body", "body_format")[:AT_ONCE]):
        wrong = _wrong(some)
        if wrong and not dry_run:
            _write_unless_changed(wrong, {article.pk: article.body for article in some})
        yield len(some), len(wrong)
        last = some[-1].pk


def _wrong(articles: Collection[Article]) -> dict[int, tuple[int, ...]]:
    """The articles whose marks are not those of their text, with the right ones."""
    standing = defaultdict(list)
    for article_id, value in Fingerprint.objects.filter(article__in=articles).values_list("article_id", "value"):
        standing[article_id].append(value)
    right = {article.pk: fingerprints(article.text) for article in articles}
    return {pk: marks for pk, marks in right.items() if sorted(standing[pk]) != list(marks)}


@transaction.atomic
def _write_unless_changed(marks: dict[int, tuple[int, ...]], bodies: dict[int, str]) -> None:
    """The marks were made before the transaction: a text that somebody changed meanwhile has others."""
    rows = Article.objects.select_for_update().filter(pk__in=marks).values_list("pk", "body")
    _write({pk: marks[pk] for pk, body in rows if body == bodies[pk]})


def _write(marks: dict[int, tuple[int, ...]]) -> None:
    Fingerprint.objects.filter(article__in=marks).delete()
    Fingerprint.objects.bulk_create(
        Fingerprint(article_id=pk, value=value) for pk, values in marks.items() for value in values
    )
