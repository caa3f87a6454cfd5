"""The search index in the database: what keeps it in step, and whether it is whole.

Two things are kept by triggers, so that no path of writing goes past them, bulk imports and other programs included:

- `SearchChange` gets a row for everything whose document another row's change may change (`WATCHED`). What that document
  is then, is read by `documents`, since markup, excerpts and folding are no business of a database.
- The full-text index follows the documents: on SQLite two FTS5 tables without text of their own, one of what readers see
  and one of what the desk sees; on PostgreSQL two generated columns with a GIN index each.
"""

from collections.abc import Iterable

from django.db import connection, transaction

from kb.models import (
    Annotation,
    Appearance,
    Article,
    Citation,
    Claim,
    ClaimWording,
    Evidence,
    FactCheck,
    FoundKind,
    Hop,
    Person,
    PersonAlias,
    SearchChange,
    SearchDocument,
    Source,
    SourceName,
    Tag,
    TagAlias,
    TagLink,
)

DOCUMENTS = SearchDocument._meta.db_table
CHANGES = SearchChange._meta.db_table
READERS, DESK = "kb_search_readers", "kb_search_desk"
NOW = "2000-01-01 00:00:00"  # long since due
_PARTS = {READERS: ("title", "words", "marks"), DESK: ("desk_title", "desk_words", "desk_marks")}
# Characters of marks (`k:claim`, `r:mostly-true`); words have none of them, so neither is taken for the other.
_TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc' tokenchars ':-_'"


A, C, S, N, T, P = FoundKind


def _of(kind: FoundKind, column: str) -> str:
    """The thing that the changed row names; `{row}` is that row as it was or is."""
    return f"SELECT {kind.value} AS kind, {{row}}.{column} AS row_id"


def _among(kind: FoundKind, column: str, table: str, where: str) -> str:
    return f'SELECT {kind.value} AS kind, {column} AS row_id FROM "{table}" WHERE {where}'


_APPEARANCES = Appearance._meta.db_table
_SUPPORT = Appearance.citations.through._meta.db_table
# Which tables change which documents.
WATCHED: dict[str, tuple[str, ...]] = {
    model if isinstance(model, str) else model._meta.db_table: changed
    for model, changed in (
        (Article, (_of(A, "id"),)),
        (Claim, (_of(C, "id"), _among(A, "article_id", _APPEARANCES, "claim_id = {row}.id"))),
        (ClaimWording, (_of(C, "claim_id"),)),
        (Source, (_of(S, "id"),)),
        (SourceName, (_of(S, "source_id"),)),
        (Person, (_of(P, "id"),)),
        (PersonAlias, (_of(P, "person_id"),)),
        (Tag, (_of(T, "id"),)),
        (TagAlias, (_of(T, "tag_id"),)),
        (Annotation, (_of(N, "id"),)),
        (
            Citation,
            (
                _of(A, "article_id"),
                _of(S, "source_id"),
                _among(
                    C,
                    "claim_id",
                    _APPEARANCES,
                    f'id IN (SELECT appearance_id FROM "{_SUPPORT}" WHERE citation_id = {{row}}.id)',
                ),
                _among(N, "id", Annotation._meta.db_table, "citation_id = {row}.id"),
            ),
        ),
        (Appearance, (_of(A, "article_id"), _of(C, "claim_id"))),
        (_SUPPORT, (_among(C, "claim_id", _APPEARANCES, "id = {row}.appearance_id"),)),
        (Hop, (_of(A, "article_id"), _of(S, "source_id"), _of(P, "person_id"))),
        (
            TagLink,
            (
                _of(A, "content_object_id"),
                _of(T, "tag_id"),
                _among(C, "claim_id", _APPEARANCES, "article_id = {row}.content_object_id"),
            ),
        ),
        (
            FactCheck,
            (
                _of(C, "claim_id"),
                _among(A, "article_id", _APPEARANCES, "claim_id = {row}.claim_id"),
                _among(S, "source_id", Evidence._meta.db_table, "fact_check_id = {row}.id"),
            ),
        ),
        (Evidence, (_of(S, "source_id"),)),
    )
}
TABLES = {A: Article, C: Claim, S: Source, N: Annotation, T: Tag, P: Person}


def is_missing() -> bool:
    """Whether the tables stand and the index over them does not."""
    tables = set(connection.introspection.table_names())
    return {DOCUMENTS, CHANGES, *WATCHED} <= tables and not is_whole()


def make() -> None:
    """The index with all that keeps it, and everything that can be found waiting to be taken in."""
    with transaction.atomic(), connection.cursor() as cursor:
        (_make_on_postgresql if connection.vendor == "postgresql" else _make_on_sqlite)(cursor)
        for kind, model in TABLES.items():
            cursor.execute(
                f'INSERT INTO "{CHANGES}" (kind, "row", due_at) SELECT {kind.value}, id, \'{NOW}\' FROM "{model._meta.db_table}"'
            )


def drop() -> None:
    """Take the index away, with the tables it keeps for itself; PostgreSQL's goes with its table."""
    if connection.vendor == "postgresql":
        return
    with connection.cursor() as cursor:
        for name in (*_FOLLOWING, *(name for name, *_rule in _watching())):
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        for which in _PARTS:
            cursor.execute(f'DROP TABLE IF EXISTS "{which}"')


def is_whole() -> bool:
    """Whether the index stands, with everything that keeps it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
                "WHERE pg_class.relnamespace = current_schema()::regnamespace AND tgname LIKE 'kb_search%%' "
                "UNION ALL SELECT indexname FROM pg_indexes "
                "WHERE schemaname = current_schema() AND indexname IN (%s, %s)",
                [READERS, DESK],
            )
            wanted = {READERS, DESK}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE 'kb_search%'")
            wanted = {READERS, DESK, *_FOLLOWING}
        wanted |= {name for name, *_rule in _watching()}
        return wanted <= {name for (name,) in cursor.fetchall()}


def disagreement() -> int:
    """How many documents the full-text index has too many or too few: none, unless somebody wrote past the triggers."""
    if connection.vendor == "postgresql":
        return 0  # the columns are generated
    # Each document and nothing else has a mark of its kind.
    any_kind = " OR ".join(f'"k:{kind.name.lower()}"' for kind in FoundKind)
    found = 0
    with connection.cursor() as cursor:
        for table, (_title, _words, marks) in _PARTS.items():
            indexed = f'SELECT rowid FROM "{table}" WHERE "{table}" MATCH \'{any_kind}\''
            standing = f"SELECT place FROM \"{DOCUMENTS}\" WHERE {marks} <> ''"
            for one, other in ((indexed, standing), (standing, indexed)):
                cursor.execute(f"SELECT count(*) FROM ({one} EXCEPT {other})")
                found += cursor.fetchone()[0]
    return found


# --- what watches the tables


def _watching() -> Iterable[tuple[str, str, str, str]]:
    """Of each trigger its name, its table, its event, and what it does."""
    for table, changed in WATCHED.items():
        for event, rows in (("INSERT", ("new",)), ("DELETE", ("old",)), ("UPDATE", ("old", "new"))):
            selects = dict.fromkeys(of.format(row=row) for of in changed for row in rows)
            yield (
                f"kb_search_{table.removeprefix('kb_')}_{event.lower()}",
                table,
                event,
                f'INSERT INTO "{CHANGES}" (kind, "row", due_at) SELECT kind, row_id, \'{NOW}\' '
                f"FROM ({' UNION '.join(selects)}) AS changed WHERE row_id IS NOT NULL;",
            )


def _indexed(which: str, row: str) -> str:
    """What a document adds to an index on SQLite, or takes out of it again."""
    title, words, marks = _PARTS[which]
    columns, values = "(rowid, title, words, marks)", f"{row}.place, {row}.{title}, {row}.{words}, {row}.{marks}"
    if row == "old":
        columns, values = f"({which}, rowid, title, words, marks)", f"'delete', {values}"
    return f"INSERT INTO \"{which}\" {columns} SELECT {values} WHERE {row}.{marks} <> '';"


_FOLLOWING = {
    f"kb_search_document_{event.lower()}": f'AFTER {event} ON "{DOCUMENTS}" BEGIN '
    + " ".join(_indexed(which, row) for which in _PARTS for row in rows)
    + " END"
    for event, rows in (("INSERT", ("new",)), ("DELETE", ("old",)), ("UPDATE", ("old", "new")))
}


def _make_on_sqlite(cursor) -> None:
    for which in _PARTS:
        cursor.execute(f'DROP TABLE IF EXISTS "{which}"')
        cursor.execute(
            f'CREATE VIRTUAL TABLE "{which}" USING fts5(title, words, marks, content=\'\', tokenize="{_TOKENIZER}")'
        )
    for name, rule in _FOLLOWING.items():
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        cursor.execute(f'CREATE TRIGGER "{name}" {rule}')
    for which in _PARTS:
        insert = _indexed(which, "document")
        cursor.execute(insert.replace(" WHERE ", f' FROM "{DOCUMENTS}" AS document WHERE ').rstrip(";"))
    for name, table, event, rule in _watching():
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        cursor.execute(f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" BEGIN {rule} END')


def _make_on_postgresql(cursor) -> None:
    for which, (title, words, marks) in _PARTS.items():
        column = vector_of(which)
        cursor.execute(
            f'ALTER TABLE "{DOCUMENTS}" ADD COLUMN IF NOT EXISTS "{column}" tsvector GENERATED ALWAYS AS ('
            f"setweight(to_tsvector('simple'::regconfig, {title}), 'A') || "
            f"setweight(to_tsvector('simple'::regconfig, {words}), 'D') || "
            f"array_to_tsvector(string_to_array({marks}, ' '))) STORED"
        )
        cursor.execute(f'CREATE INDEX IF NOT EXISTS "{which}" ON "{DOCUMENTS}" USING gin ("{column}")')
    for name, table, event, rule in _watching():
        cursor.execute(
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS '
            f"$$ BEGIN {rule} RETURN NULL; END $$"
        )
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
        cursor.execute(f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()')


def vector_of(which: str) -> str:
    """The column of PostgreSQL that is indexed."""
    return f"{which}_vector"
