"""What stands in the search index of each thing, and taking in what has changed.

A document holds what readers may see of a thing and, beside it, what the desk sees: of an article that readers see as an
excerpt, the whole text stands in the second alone. Private notes have no document at all.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from kb.models import (
    EXPIRED,
    Access,
    Annotation,
    Appearance,
    Article,
    ArticleStatus,
    Citation,
    Claim,
    ClaimStatus,
    ClaimWording,
    FactCheck,
    FactCheckStatus,
    FoundKind,
    Hop,
    Person,
    SearchChange,
    SearchDocument,
    Source,
    Tag,
    TagLink,
)
from kb.text.search_words import keys

from . import index
from .places import place_of
from .spelling import grams

AT_ONCE = 400
LOOKED_AT = 2000
# So much a search waits for at most; a longer queue is left to `reindex` and to those who search after.
DURING_A_SEARCH = 200
QUICK = 5000
# What PostgreSQL can index of one text.
MOST_WORDS, MOST_BYTES = 60_000, 500_000


@dataclass(slots=True)
class Text:
    """What one public sees of a thing."""

    title: str = ""
    words: list[str] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Found:
    """A thing as it is to stand in the index; `readers` is None where they see nothing. `due` is when it changes by itself."""

    day: date | None
    desk: Text
    readers: Text | None
    due: datetime | None = None


type Documents = dict[int, SearchDocument]


# --- taking in what has changed


def catching_up(*, at_once: int = AT_ONCE, now: datetime | None = None) -> Iterator[int]:
    """Take in what has changed, some things at a time: how many each time."""
    now = now or timezone.now()
    while SearchChange.objects.filter(due_at__lte=now).exists():
        yield _take_in_some(at_once, now)


def catch_up(*, at_most: int | None = None, now: datetime | None = None) -> bool:
    """Take in what has changed, at most so many things. Whether all is taken in."""
    done = 0
    for some in catching_up(at_once=min(AT_ONCE, at_most or AT_ONCE), now=now):
        done += some
        if at_most is not None and done >= at_most:
            return not SearchChange.objects.filter(due_at__lte=now or timezone.now()).exists()
    return True


def disagreeing(*, now: datetime | None = None) -> Iterator[tuple[int, list[tuple[FoundKind, int]]]]:
    """How many things were looked at, some at a time, and which of them the index knows wrongly, without what waits."""
    now = now or timezone.now()
    for kind in FoundKind:
        for rows in _rows_of(kind):
            waiting = set(SearchChange.objects.filter(kind=kind, row__in=rows, due_at__lte=now).values_list("row", flat=True))  # fmt: skip
            standing = {document.row: document for document in SearchDocument.objects.filter(kind=kind, row__in=rows)}
            right = _right(kind, rows, now)
            wrong = [row for row in rows if _content(standing.get(row)) != _content(right.get(row))]
            yield len(rows), [(kind, row) for row in wrong if row not in waiting]


@transaction.atomic
def renew(things: Collection[tuple[FoundKind, int]]) -> None:
    """Have these taken in again."""
    SearchChange.objects.bulk_create(SearchChange(kind=kind, row=row) for kind, row in things)


def _rows_of(kind: FoundKind) -> Iterator[list[int]]:
    """The keys of all things of a kind, and of all that the index has of it, some at a time."""
    for rows, column in (
        (index.TABLES[kind].objects.order_by("pk"), "pk"),
        (SearchDocument.objects.filter(kind=kind).exclude(row__in=index.TABLES[kind].objects.values("pk")), "row"),
    ):
        last = 0
        while some := list(
            rows.filter(**{f"{column}__gt": last}).order_by(column).values_list(column, flat=True)[:200]
        ):
            yield some
            last = some[-1]


def try_to_catch_up(*, at_most: int = DURING_A_SEARCH, now: datetime | None = None) -> bool:
    """`catch_up` for those who may go on without: where the database is busy, or only read."""
    try:
        return catch_up(at_most=at_most, now=now)
    except DatabaseError:
        return False


def keep(*, using=DEFAULT_DB_ALIAS, verbosity=1, **kwargs) -> None:
    """Answers `post_migrate`: the index of the default database is made where it is missing, and filled if that is quick."""
    if using != DEFAULT_DB_ALIAS or not index.is_missing():
        return
    index.make()
    if not catch_up(at_most=QUICK) and verbosity:
        sys.stderr.write("The search index is being made: run reindex, or it is made bit by bit as people search.\n")


def follow(sender, **kwargs) -> None:
    """Answers every save and deletion of a watched table: the index takes it in once it is committed.

    A search would do so too; this way nobody waits for it.
    """
    if sender._meta.db_table in index.WATCHED and _take_in not in {waiting[1] for waiting in connection.run_on_commit}:
        transaction.on_commit(_take_in, robust=True)


def _take_in() -> None:
    try_to_catch_up()


@transaction.atomic
def _take_in_some(at_once: int, now: datetime) -> int:
    # The newest first: who has just saved something looks for that, whatever waits before it. Exactly the rows that were
    # read are deleted: what changes meanwhile has a row of its own.
    waiting = SearchChange.objects.filter(due_at__lte=now).order_by("-pk").select_for_update()
    by_thing: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pk, kind, row in waiting.values_list("pk", "kind", "row")[:LOOKED_AT]:
        if (kind, row) in by_thing or len(by_thing) < at_once:
            by_thing[kind, row].append(pk)
    for kind in FoundKind:
        if rows := [row for other, row in by_thing if other == kind]:
            _renew(kind, rows, now)
    SearchChange.objects.filter(pk__in=[pk for several in by_thing.values() for pk in several]).delete()
    return len(by_thing)


def _renew(kind: FoundKind, rows: Collection[int], now: datetime) -> None:
    """Write the documents of these things anew, and note what that changes about others."""
    standing = {document.row: document for document in SearchDocument.objects.filter(kind=kind, row__in=rows)}
    found = BUILDERS[kind](rows, now)
    right = {row: _document(kind, row, thing) for row, thing in found.items()}
    changed = {row for row in rows if _content(standing.get(row)) != _content(right.get(row))}
    SearchDocument.objects.filter(pk__in=[standing[row].pk for row in changed if row in standing]).delete()
    SearchDocument.objects.bulk_create([right[row] for row in rows if row in changed and row in right])
    SearchChange.objects.filter(kind=kind, row__in=rows, due_at__gt=now).delete()
    later = [(kind, row, thing.due) for row, thing in found.items() if thing.due]
    later += [(*other, now) for other in _leaning(kind, changed, standing, right)]
    SearchChange.objects.bulk_create(SearchChange(kind=kind, row=row, due_at=due) for kind, row, due in set(later))


def _right(kind: FoundKind, rows: Collection[int], now: datetime) -> dict[int, SearchDocument]:
    return {row: _document(kind, row, thing) for row, thing in BUILDERS[kind](rows, now).items()}


def _document(kind: FoundKind, row: int, found: Found) -> SearchDocument:
    readers, desk = found.readers or Text(), found.desk
    return SearchDocument(
        place=place_of(kind, row, found.day),
        kind=kind,
        row=row,
        title=" ".join(keys(readers.title)),
        words=_bounded(readers.words),
        marks=" ".join(sorted(readers.marks)),
        desk_title=" ".join(keys(desk.title)),
        desk_words=_bounded(desk.words),
        desk_marks=" ".join(sorted(desk.marks)),
    )


def _bounded(texts: Sequence[str]) -> str:
    words = " ".join(key for text in texts for key in keys(text, MOST_WORDS // len(texts)))
    if len(words.encode()) > MOST_BYTES:
        words = words.encode()[:MOST_BYTES].decode(errors="ignore").rpartition(" ")[0]
    return words


_COLUMNS = [column.name for column in SearchDocument._meta.concrete_fields]


def _content(document: SearchDocument | None):
    return document and [getattr(document, name) for name in _COLUMNS]


def _leaning(kind: FoundKind, changed: Collection[int], before: Documents, after: Documents):
    """What else is public or not by these things being so, or is marked by how they stand."""
    marks = {row: [_marks(documents.get(row)) for documents in (before, after)] for row in changed}
    if shown_or_hidden := [row for row, (was, will_be) in marks.items() if bool(was) != bool(will_be)]:
        yield from _by_publicity(kind, shown_or_hidden)
    if kind == FoundKind.CLAIM:
        stand_anew = [row for row, (was, will_be) in marks.items() if _standing(was) != _standing(will_be)]
        made_in = Appearance.objects.filter(claim__in=stand_anew).order_by().values_list("article", flat=True)
        yield from ((FoundKind.ARTICLE, article) for article in made_in.distinct())


def _marks(document: SearchDocument | None) -> set[str]:
    return set(document.marks.split()) if document else set()


def _standing(marks: Iterable[str]) -> set[str]:
    return {mark for mark in marks if mark.startswith(("x:", "r:"))}


def _by_publicity(kind: FoundKind, rows: Collection[int]):
    notes = {
        FoundKind.ARTICLE: Q(article__in=rows) | Q(citation__article__in=rows),
        FoundKind.CLAIM: Q(claim__in=rows),
        FoundKind.SOURCE: Q(source__in=rows),
    }
    if kind in notes:
        found = Annotation.objects.filter(notes[kind]).order_by()
        yield from ((FoundKind.NOTE, note) for note in found.values_list("pk", flat=True))
    if kind == FoundKind.ARTICLE:
        for other, leaning, column in (
            (FoundKind.CLAIM, Appearance.objects.filter(article__in=rows), "claim"),
            (FoundKind.SOURCE, Citation.objects.filter(article__in=rows), "source"),
            (FoundKind.SOURCE, Hop.objects.filter(article__in=rows), "source"),
            (FoundKind.PERSON, Hop.objects.filter(article__in=rows), "person"),
            (FoundKind.TOPIC, TagLink.objects.filter(content_object__in=rows), "tag"),
        ):
            found = leaning.order_by().values_list(column, flat=True).distinct()
            yield from ((other, pk) for pk in found if pk is not None)


# --- what stands in the index of each


def _articles(pks: Collection[int], now: datetime) -> dict[int, Found]:
    public = _visible(Article, pks, now)
    of = {"article__in": pks}
    citations = _grouped(
        Citation.objects.confirmed().filter(**of).only("article", "source", "start", "end", "revision")
    )
    appearances = _grouped(
        Appearance.objects.confirmed().filter(**of).only("article", "claim", "start", "end", "revision")
    )
    claims = _claims_with_standing({row.claim_id for rows in appearances.values() for row in rows}, now)
    hops = _grouped(Hop.objects.confirmed().filter(**of).order_by("position"))
    tags = _grouped(TagLink.objects.confirmed().filter(content_object__in=pks), "content_object_id")
    found = {}
    for article in Article.objects.filter(pk__in=pks):
        pk, text = article.pk, article.text
        made = [claims[row.claim_id] for row in appearances[pk]]
        marks = {"k:article", *_language(article.language)}
        marks |= {f"s:{row.source_id}" for row in citations[pk] if row.source_id}
        marks |= {f"t:{row.tag_id}" for row in tags[pk]}
        marks |= {f"g:{article.genre}"} if article.genre else set()
        marks |= {mark for claim in made for mark in claim.marks}
        marks |= set() if citations[pk] else {"u:uncited"}
        day = timezone.localdate(article.published_at or article.created_at)
        marks.add(f"y:{day.year}")
        printed = [row.printed_name for row in hops[pk] if row.printed_name]
        desk = Text(str(article), [article.standfirst, *printed, text], marks)
        readers = None
        if pk in public:
            shown = article.stretches_shown(text, [*citations[pk], *appearances[pk]])
            readers = Text(
                article.title, [article.standfirst_shown, *printed, *(text[start:end] for start, end in shown)], marks
            )
        waits = article.status == ArticleStatus.PUBLISHED and article.published_at > now
        found[pk] = Found(day, desk, readers, article.published_at if waits else None)
    return found


@dataclass(slots=True)
class _Standing:
    """A claim with its published verdict, its standing on the day, and when that ends by itself."""

    claim: Claim
    verdict: FactCheck | None
    marks: set[str]
    due: datetime | None


def _claims_with_standing(pks: Collection[int], now: datetime) -> dict[int, _Standing]:
    published = FactCheck.objects.filter(claim__in=pks, status=FactCheckStatus.PUBLISHED).select_related("rating")
    verdicts = {check.claim_id: check for check in published}
    today, found = timezone.localdate(now), {}
    for claim in Claim.objects.filter(pk__in=pks):
        verdict, due, standing = verdicts.get(claim.pk), None, claim.status
        if claim.status == ClaimStatus.CHECKED and verdict and verdict.expires_on:
            if verdict.expires_on < today:
                standing = EXPIRED
            else:
                due = timezone.make_aware(datetime.combine(verdict.expires_on + timedelta(days=1), time.min))
        marks = {f"x:{standing}"} | ({f"r:{verdict.rating.slug}"} if verdict else set())
        found[claim.pk] = _Standing(claim, verdict, marks, due)
    return found


def _claims(pks: Collection[int], now: datetime) -> dict[int, Found]:
    public = _visible(Claim, pks, now)
    standings = _claims_with_standing(pks, now)
    appearances = _grouped(Appearance.objects.confirmed().filter(claim__in=pks).select_related("article"), "claim_id")
    made_in = {row.article_id for rows in appearances.values() for row in rows}
    public_articles = _visible(Article, made_in, now)
    tags = _grouped(TagLink.objects.confirmed().filter(content_object__in=made_in), "content_object_id")
    support = Appearance.citations.through.objects.filter(
        appearance__claim__in=pks, citation__state="confirmed"
    ).values_list("appearance", "citation__source")
    sources: dict[int, set] = defaultdict(set)
    for appearance, source in support:
        sources[appearance].add(source)
    standing = ClaimWording.objects.filter(claim__in=pks).exclude(merge__undone_at__isnull=False)
    wordings = _grouped(standing.order_by("pk"), "claim_id")

    def marks_by(standing: _Standing, rows) -> set[str]:
        cited = {source for row in rows for source in sources[row.pk]}
        marks = {"k:claim", *standing.marks, *_language(standing.claim.language)}
        marks |= {f"s:{source}" for source in cited if source}
        marks |= {f"t:{link.tag_id}" for row in rows for link in tags[row.article_id]}
        return marks | (set() if cited else {"u:uncited"})

    found = {}
    for pk, standing in standings.items():
        claim, verdict, rows = standing.claim, standing.verdict, appearances[pk]
        shown = [row for row in rows if row.article_id in public_articles]
        days = [verdict.checked_on] if verdict else [timezone.localdate(row.article.published_at) for row in shown]
        day = min(days, default=timezone.localdate(claim.created_at))
        told = [claim.definition, claim.unit, verdict.rationale if verdict else ""]
        year = {f"y:{day.year}"}
        desk = Text(claim.text, [*told, *(wording.text for wording in wordings[pk])], marks_by(standing, rows) | year)
        readers = Text(claim.text, told, marks_by(standing, shown) | year) if pk in public else None
        found[pk] = Found(day, desk, readers, standing.due)
    return found


def _sources(pks: Collection[int], now: datetime) -> dict[int, Found]:
    def told(source: Source) -> tuple[list[str], list[str], set[str]]:
        return (
            _names(source.names.all()),
            [source.description],
            {f"s:{source.pk}", *_language(source.language)},
        )

    return _named(FoundKind.SOURCE, Source.objects.prefetch_related("names__merge"), pks, now, told)


def _topics(pks: Collection[int], now: datetime) -> dict[int, Found]:
    rows = Tag.objects.prefetch_related("aliases__merge")
    return _named(
        FoundKind.TOPIC,
        rows,
        pks,
        now,
        lambda tag: (_names(tag.aliases.all()), [tag.description], {f"t:{tag.pk}"}),
    )


def _people(pks: Collection[int], now: datetime) -> dict[int, Found]:
    rows = Person.objects.prefetch_related("aliases__merge")
    return _named(FoundKind.PERSON, rows, pks, now, lambda person: (_names(person.aliases.all()), [], set()))


def _names(rows) -> list[str]:
    """Other names that stand: a merge that was undone took its own back."""
    return [row.name for row in rows if row.merge is None or row.merge.undone_at is None]


def _named(kind: FoundKind, rows, pks: Collection[int], now: datetime, told: Callable) -> dict[int, Found]:
    """Things that are found by their names, also misspelt ones: they stand before all that has a day."""
    public = _visible(rows.model, pks, now)
    found = {}
    for row in rows.filter(pk__in=pks):
        names, words, marks = told(row)
        spelt = {f"n:{gram}" for name in (row.name, *names) for gram in grams(name)}
        text = Text(row.name, [*names, *words], {f"k:{kind.name.lower()}", *marks, *spelt})
        found[row.pk] = Found(None, text, text if row.pk in public else None)
    return found


def _notes(pks: Collection[int], now: datetime) -> dict[int, Found]:
    public = _visible(Annotation, pks, now)
    found = {}
    for note in Annotation.objects.filter(pk__in=pks).exclude(access=Access.PRIVATE):
        day = timezone.localdate(note.created_at)
        marks = {"k:note", f"y:{day.year}", *_language(note.language)}
        # The words it marks may stand outside what readers see of the article.
        desk = Text("", [note.body, note.labels, note.exact], marks)
        readers = Text("", [note.body, note.labels], marks) if note.pk in public else None
        found[note.pk] = Found(day, desk, readers)
    return found


def _visible(model, pks: Collection[int], now: datetime) -> set[int]:
    return set(model.objects.visible_to(now=now).filter(pk__in=pks).values_list("pk", flat=True))


def _grouped(rows, by: str = "article_id") -> dict[int, list]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[getattr(row, by)].append(row)
    return grouped


def _language(code: str) -> set[str]:
    return {f"l:{code.lower()}"} if code and not set(code) - _OF_LANGUAGES else set()


_OF_LANGUAGES = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")

BUILDERS: dict[FoundKind, Callable[[Collection[int], datetime], dict[int, Found]]] = {
    FoundKind.ARTICLE: _articles,
    FoundKind.CLAIM: _claims,
    FoundKind.SOURCE: _sources,
    FoundKind.NOTE: _notes,
    FoundKind.TOPIC: _topics,
    FoundKind.PERSON: _people,
}
