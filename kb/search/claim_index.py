"""Keeps the index by which claims are found by a few letters of their words, and asks it.

SQLite: an FTS5 table of trigrams kept by triggers. PostgreSQL: a GIN index of pg_trgm. Where a database can have
neither, the same questions are answered by reading the table: slower, never wrong.
"""

import sys
from collections.abc import Iterable

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, transaction

from kb.models import Claim

TABLE = Claim._meta.db_table
INDEX = f"{TABLE}_trigrams"
_TRIGGERS = {
    f"{INDEX}_added": f'AFTER INSERT ON "{TABLE}" BEGIN INSERT INTO "{INDEX}" (rowid, text) VALUES (new.id, new.text); END',
    f"{INDEX}_deleted": f'AFTER DELETE ON "{TABLE}" BEGIN '
    f'INSERT INTO "{INDEX}" ("{INDEX}", rowid, text) VALUES (\'delete\', old.id, old.text); END',
    f"{INDEX}_changed": f'AFTER UPDATE OF text ON "{TABLE}" BEGIN '
    f'INSERT INTO "{INDEX}" ("{INDEX}", rowid, text) VALUES (\'delete\', old.id, old.text); '
    f'INSERT INTO "{INDEX}" (rowid, text) VALUES (new.id, new.text); END',
}


def ensure() -> str:
    """Make the index where it is missing or where its triggers went with an older form of the table.

    Returns why the database has none, for the operator; empty when it has one.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                cursor.execute(f'CREATE INDEX IF NOT EXISTS "{INDEX}" ON "{TABLE}" USING gin (text gin_trgm_ops)')
            elif not is_whole():
                _make(cursor)
    except DatabaseError as error:
        return str(error).strip()
    return ""


def keep(*, using=DEFAULT_DB_ALIAS, verbosity=1, **kwargs) -> None:
    """Answers `post_migrate`: the index of the default database is made, or the operator hears why not."""
    if using != DEFAULT_DB_ALIAS or TABLE not in connection.introspection.table_names():
        return
    if (problem := ensure()) and verbosity:
        sys.stderr.write(
            f"Similar claims are found without an index, slowly: {problem}\n"
            "On PostgreSQL an administrator helps with: CREATE EXTENSION pg_trgm; then run migrate again.\n"
        )


def is_whole() -> bool:
    """Whether the index stands, with everything that keeps it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT count(*) FROM pg_indexes WHERE indexname = %s AND schemaname = current_schema", [INDEX]
            )
            return cursor.fetchone()[0] == 1
        cursor.execute("SELECT name FROM sqlite_master WHERE name LIKE %s", [f"{INDEX}%"])
        return {INDEX, *_TRIGGERS} <= {name for (name,) in cursor.fetchall()}


def drop() -> None:
    """Take the index away, with the tables it keeps for itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f'DROP INDEX IF EXISTS "{INDEX}"')
            return
        for name in _TRIGGERS:
            cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
        cursor.execute(f'DROP TABLE IF EXISTS "{INDEX}"')


def _make(cursor) -> None:
    for name in _TRIGGERS:
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
    cursor.execute(f'DROP TABLE IF EXISTS "{INDEX}"')
    cursor.execute(
        f"CREATE VIRTUAL TABLE \"{INDEX}\" USING fts5(text, content='{TABLE}', content_rowid='id', tokenize='trigram')"
    )
    for name, rule in _TRIGGERS.items():
        cursor.execute(f'CREATE TRIGGER "{name}" {rule}')
    cursor.execute(f'INSERT INTO "{INDEX}" ("{INDEX}") VALUES (\'rebuild\')')


def holding(questions: Iterable[tuple[str, ...]], *, at_most: int) -> list[list[int]]:
    """For each question, the newest claims whose text holds all its fragments, without regard to case.

    One query. A fragment has at least three letters; each question costs what its rarest fragment costs, or `at_most`.
    """
    questions = list(questions)
    if not questions:
        return []
    if connection.vendor == "sqlite" and is_whole():
        one = f'SELECT %s AS n, rowid FROM (SELECT rowid FROM "{INDEX}" WHERE "{INDEX}" MATCH %s ORDER BY rowid DESC LIMIT %s)'
        values = [(" AND ".join(_quoted(fragment) for fragment in question),) for question in questions]
        parts = [one] * len(questions)
    else:
        # SQLite ignores the case of ASCII alone here.
        like = "text ILIKE %s" if connection.vendor == "postgresql" else "text LIKE %s ESCAPE '\\'"
        values = [tuple(_pattern(fragment) for fragment in question) for question in questions]
        parts = [
            f'SELECT %s AS n, id FROM (SELECT id FROM "{TABLE}" WHERE {" AND ".join([like] * len(question))} '
            "ORDER BY id DESC LIMIT %s) AS found"
            for question in questions
        ]
    parameters = [item for n, value in enumerate(values) for item in (n, *value, at_most)]
    found: list[list[int]] = [[] for _question in questions]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        for number, pk in cursor.fetchall():
            found[number].append(pk)
    return found


def _quoted(fragment: str) -> str:
    return '"' + fragment.replace('"', '""') + '"'


def _pattern(fragment: str) -> str:
    for sign in ("\\", "%", "_"):
        fragment = fragment.replace(sign, "\\" + sign)
    return f"%{fragment}%"
