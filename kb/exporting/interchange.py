"""The whole knowledge base as JSON lines in our interchange format, in an order that an import gives back."""

import json
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Model, QuerySet

from kb.importing.interchange import describing
from kb.importing.interchange import format as line
from kb.importing.interchange.describing import Notes
from kb.models import (
    Article,
    Claim,
    Correction,
    EvidenceCopy,
    ExpiryRule,
    FactCheck,
    ForeignCheck,
    Merge,
    Person,
    Piece,
    Rating,
    RatingWords,
    Source,
    Tag,
    policy,
)

ROWS_AT_ONCE = 50


def export(path: Path, *, private_notes_of: User | None = None, watched: Callable = iter) -> Counter:
    """Write everything to this file and say how many lines of each kind it holds.

    The file appears whole or not at all: it is written beside its place under another name first. Private notes are
    their author's alone, so only those of `private_notes_of` are in it.

    Raises:
        PermissionDenied: that person may not read what else the file holds.
        OSError: the file cannot be written.
    """
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            counts = Counter()
            for kind, text in watched(lines(private_notes_of=private_notes_of)):
                stream.write(text + b"\n")
                counts[kind] += 1
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return counts


def count(*, private_notes_of: User | None = None, watched: Callable = iter) -> Counter:
    """What `export` would write, in lines of each kind."""
    return Counter(kind for kind, _ in watched(lines(private_notes_of=private_notes_of)))


def lines(*, private_notes_of: User | None = None) -> Iterator[tuple[str, bytes]]:
    """The kind and the bytes of each line: first what articles refer to, then they, then what refers to them."""
    if private_notes_of is not None:
        policy.require(private_notes_of, policy.PREVIEW)
    with _one_moment():
        for record in _records(Notes(private_of=private_notes_of)):
            yield type(record).__struct_config__.tag, line.encode(record)


def _records(notes: Notes) -> Iterator[line.Record]:
    register = _register()
    for source in _each(Source.objects, lambda ids: describing.sources(ids, notes)):
        if register.get(source.slug) != _without_order(source):
            yield source
    yield from _each(Person.objects, describing.people)
    yield from _each(Tag.objects, describing.tags)
    yield from _each(Rating.objects, describing.ratings)
    yield from _each(ExpiryRule.objects, describing.expiry_rules)
    yield from _each(RatingWords.objects, describing.rating_words)
    yield from _each(describing.captures_apart(), describing.captures, at_once=1)
    yield from _each(Claim.objects.filter(appearances=None), lambda ids: describing.claims(ids, notes))
    yield from _each(Article.objects, lambda ids: describing.articles(ids, notes))
    yield from _each(FactCheck.objects.exclude(consulted=None), describing.precedents)
    yield from _each(EvidenceCopy.objects, describing.evidence_copies, at_once=1)
    yield from _each(Piece.objects.exclude(became=None), describing.pieces_that_became)
    yield from _each(ForeignCheck.objects, describing.foreign_checks)
    yield from _each(Correction.objects, describing.corrections)
    yield from _each(Merge.objects, describing.merges)


def _each(rows: QuerySet[Model], describe: Callable[[list[int]], Iterable], at_once: int = ROWS_AT_ONCE) -> Iterator:
    """All rows in the order they were stored, a few at a time, whatever their number."""
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:at_once]):
        yield from describe(ids)
        last = ids[-1]


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything read in here is of one moment, and nobody waits for it: others go on saving."""
    if connection.in_atomic_block:
        yield
        return
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if postgres else "BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _register() -> dict[str, line.Source]:
    """The sources as the register has them, which every database knows already."""
    path = settings.BASE_DIR / "fixtures" / "register.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    names: dict[str, list] = {}
    for row in rows:
        if row["model"] == "kb.sourcename":
            fields = row["fields"]
            names.setdefault(fields["source"][0], []).append(line.SourceName(kind=fields["kind"], name=fields["name"]))
    found = {}
    for row in rows:
        if row["model"] == "kb.source":
            fields = dict(row["fields"])
            slug, kind = fields["slug"], fields.pop("kind")
            source = line.Source(version=line.VERSION, type=kind, **fields, names=names.get(slug, []))
            found[slug] = _without_order(source)
    return found


def _without_order(source: line.Source) -> line.Source:
    """Names have no order that matters."""
    return line.msgspec.structs.replace(source, names=sorted(source.names, key=lambda name: (name.kind, name.name)))
