"""Asks the full-text index, on either database: at a cost that a common word does not drive up.

Cost follows hits, not rows. So nothing looks at all hits: ranked and counted are the newest `RANKED`, which the order of
places gives without sorting.
"""

from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from . import index
from .expressions import Expression, for_fts5, for_tsquery
from .places import LAST

RANKED = 1000
# From so many hits on, PostgreSQL walks along the places instead of gathering them.
COMMON_ON_POSTGRESQL = 10_000
TITLE_WEIGHT = 8.0


@dataclass(frozen=True, slots=True)
class Match:
    """One hit: the higher the score, the better."""

    place: int
    marks: str
    score: float


@dataclass(frozen=True, slots=True)
class Public:
    """Whose words are asked: those of readers, or those of the desk."""

    index: str
    marks: str

    @property
    def vector(self) -> str:
        return index.vector_of(self.index)


READERS = Public(index.READERS, "marks")
DESK = Public(index.DESK, "desk_marks")


def newest(
    public: Public, asked: Expression, ranked: Expression | None, *, first: int = 0, last: int = LAST
) -> list[Match]:
    """The newest hits between two places, at most one more than `RANKED`, best first.

    `ranked` is what the score is about; without it they stay in the order of places.
    """
    found = (_on_postgresql if connection.vendor == "postgresql" else _on_sqlite)(public, asked, ranked, first, last)
    return sorted(found, key=lambda match: (-match.score, -match.place))


def _on_sqlite(public: Public, asked, ranked, first: int, last: int) -> list[Match]:
    score = f'bm25("{public.index}", {TITLE_WEIGHT}, 1.0, 0.0)' if ranked else "0.0"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT document.place, document.{public.marks}, -hit.score FROM (SELECT rowid, {score} AS score "
            f'FROM "{public.index}" WHERE "{public.index}" MATCH %s '
            f"AND rowid BETWEEN %s AND %s ORDER BY rowid DESC LIMIT %s) AS hit "
            f'JOIN "{index.DOCUMENTS}" AS document ON document.place = hit.rowid',
            [for_fts5(asked), first, last, RANKED + 1],
        )
        return [Match(*row) for row in cursor.fetchall()]


def _on_postgresql(public: Public, asked, ranked, first: int, last: int) -> list[Match]:
    question = [for_tsquery(asked), first, last]
    where = f'"{public.vector}" @@ %s::tsquery AND place BETWEEN %s AND %s'
    with _by_index() as cursor:
        cursor.execute(
            f'WITH gathered AS MATERIALIZED (SELECT place FROM "{index.DOCUMENTS}" WHERE {where} LIMIT %s) '
            "SELECT (SELECT count(*) FROM gathered), ARRAY(SELECT place FROM gathered ORDER BY place DESC LIMIT %s)",
            [*question, COMMON_ON_POSTGRESQL + 1, RANKED + 1],
        )
        many, places = cursor.fetchone()
        if many > COMMON_ON_POSTGRESQL:
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute(
                f'SELECT place FROM "{index.DOCUMENTS}" WHERE {where} ORDER BY place DESC LIMIT %s',
                [*question, RANKED + 1],
            )
            places = [place for (place,) in cursor.fetchall()]
            cursor.execute("SET LOCAL enable_bitmapscan = on")
        score = f"ts_rank('{{0.1, 0.1, 0.1, 1.0}}', \"{public.vector}\", %s::tsquery, 1)" if ranked else "0::float8"
        cursor.execute(
            f'SELECT place, {public.marks}, {score} FROM "{index.DOCUMENTS}" WHERE place = ANY(%s)',
            [*([for_tsquery(ranked)] if ranked else []), places],
        )
        return [Match(*row) for row in cursor.fetchall()]


@contextmanager
def _by_index():
    """A cursor that reads no table from end to end.

    PostgreSQL's planner guesses how many rows hold two words together, and a wrong guess reads the whole table.
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield cursor
        cursor.execute("SET LOCAL enable_seqscan = on")


def holding(public: Public, questions: Iterable[Expression], *, at_most: int) -> list[list[int]]:
    """For each question some places that answer it, at most so many. One query."""
    questions: Sequence[Expression] = list(questions)
    found: list[list[int]] = [[] for _question in questions]
    if not questions:
        return found
    if connection.vendor == "postgresql":
        one = f'SELECT place FROM "{index.DOCUMENTS}" WHERE "{public.vector}" @@ %s::tsquery LIMIT %s'
        values = [for_tsquery(question) for question in questions]
    else:
        one = f'SELECT rowid FROM "{public.index}" WHERE "{public.index}" MATCH %s ORDER BY rowid DESC LIMIT %s'
        values = [for_fts5(question) for question in questions]
    parts = [f"SELECT %s AS n, found.* FROM ({one}) AS found" for _question in questions]
    parameters = [item for number, value in enumerate(values) for item in (number, value, at_most)]
    with _by_index() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        for number, place in cursor.fetchall():
            found[number].append(place)
    return found
