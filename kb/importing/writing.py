"""Writing many rows with their versions: executemany on SQLite, COPY on PostgreSQL, ids reserved beforehand.

A value in a row is what the database takes: moments and days as text, JSON as text. What the database can do itself it
does: the version of each row is copied from the row by one statement.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from itertools import count

from django.contrib.auth.models import User
from django.db import connection, models
from django.utils import timezone

from kb.importing.history import REASON
from kb.models.rules import Versioned

# The advisory lock of PostgreSQL that lets one batch of records in at a time; people's saves do not ask for it.
ONE_AT_A_TIME = 0x6B62_6578
RESERVED_AT_ONCE = 500


def take_turns() -> None:
    """Wait for the batch of another import: to be called first in the transaction. SQLite does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])


@lru_cache(maxsize=4096)
def moment(value: datetime | None) -> str | None:
    if value is None:
        return None
    if connection.vendor == "postgresql":
        return value.isoformat()
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")


@lru_cache(maxsize=4096)
def day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def uid(value) -> str | None:
    return None if value is None else value.hex


class Table:
    """One table and the columns that its rows name, the id first; other columns get their field's default."""

    def __init__(self, model: type[models.Model], *columns: str):
        self.model, self.name = model, model._meta.db_table
        fields = {field.column: field for field in model._meta.concrete_fields}
        rest = [fields[column] for column in fields if column != "id" and column not in columns]
        self.columns = ("id", *columns, *(field.column for field in rest))
        self.defaults = tuple(self._default(field) for field in rest)
        unknown = set(self.columns) - fields.keys()
        if unknown:
            raise ValueError(f"{self.name} has no columns {unknown}")
        kept = model.history.model if hasattr(model, "history") else None
        self.history = kept._meta.db_table if kept else ""
        self.kept = [field.column for field in kept.tracked_fields] if kept else []

    def insert(self, rows: list[tuple], *, by: User | None) -> None:
        """Write the rows, and the first version of each where the table keeps versions."""
        if not rows:
            return
        if self.defaults:
            rows = [row + self.defaults for row in rows]
        _write(self.name, self.columns, rows)
        if self.history:
            self._copy_versions([row[0] for row in rows], "+", by)

    def change(self, columns: tuple[str, ...], rows: list[tuple], *, by: User | None) -> None:
        """Write these columns of rows that exist, the id first, and a further version of each."""
        if not rows:
            return
        named = ", ".join(f'"{column}" = %s' for column in columns)
        if issubclass(self.model, Versioned):
            named += ', "version" = "version" + 1'
        with connection.cursor() as cursor:
            cursor.executemany(f'UPDATE "{self.name}" SET {named} WHERE id = %s', [(*row[1:], row[0]) for row in rows])
        if self.history:
            self._copy_versions(sorted(row[0] for row in rows), "~", by)

    def _copy_versions(self, ids: list[int], kind: str, by: User | None) -> None:
        names = ", ".join(f'"{column}"' for column in self.kept)
        which, values = _among(ids)
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{self.history}" ({names}, history_date, history_change_reason, history_type, '
                f'history_user_id) SELECT {names}, %s, %s, %s, %s FROM "{self.name}" WHERE id {which} ORDER BY id',
                [moment(timezone.now()), REASON, kind, by and by.pk, *values],
            )

    def _default(self, field: models.Field):
        value = field.get_default()
        if isinstance(field, models.JSONField):
            return json.dumps(value)
        if isinstance(value, datetime):
            return moment(value)
        return value


def link(model: type[models.Model], columns: tuple[str, ...], rows: list[tuple]) -> None:
    """Write rows that nothing refers to and that keep no versions: links of many to many, marks."""
    if rows:
        _write(model._meta.db_table, columns, rows)


class Counters:
    """Free ids of the tables.

    SQLite: nobody else writes in our transaction, so they count on from its beginning, above every id that the table
    has ever given. PostgreSQL: they are taken from the table's own counter, some at a time, and are ours for good.
    """

    def __init__(self):
        self._of: dict[type[models.Model], Callable[[], int]] = {}
        self._highest: dict[str, int] = {}

    def begin(self) -> None:
        """To be called at the beginning of each transaction."""
        if connection.vendor != "postgresql":
            self._of.clear()
            with connection.cursor() as cursor:
                cursor.execute("SELECT name, seq FROM sqlite_sequence")
                self._highest = dict(cursor.fetchall())

    def of(self, model: type[models.Model], *, above: int = 0) -> Callable[[], int]:
        """Gives the next free id of the table, higher than `above`."""
        if model not in self._of:
            if connection.vendor == "postgresql":
                self._of[model] = _from_sequence(model).__next__
            else:
                self._of[model] = count(max(self._highest.get(model._meta.db_table, 0), above) + 1).__next__
        return self._of[model]


def keep_counting_above(model: type[models.Model], highest: int) -> None:
    """After ids that were chosen: the table's counter gives none of them again. SQLite sees to it itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            name = _sequence(model)
            cursor.execute(f"SELECT setval('{name}', greatest(%s, (SELECT last_value FROM {name})))", [highest])


@cache
def _sequence(model: type[models.Model]) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [f'"{model._meta.db_table}"'])
        return cursor.fetchone()[0]


def _from_sequence(model: type[models.Model]) -> Iterator[int]:
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(%s::regclass) FROM generate_series(1, %s)", [_sequence(model), RESERVED_AT_ONCE]
            )
            reserved = [value for (value,) in cursor.fetchall()]
        yield from reserved


def _among(ids: list[int]) -> tuple[str, list]:
    if connection.vendor == "postgresql":
        return "= ANY(%s)", [ids]
    if ids[-1] - ids[0] + 1 == len(ids):
        return "BETWEEN %s AND %s", [ids[0], ids[-1]]
    return "IN (SELECT value FROM json_each(%s))", [json.dumps(ids)]


def _write(table: str, columns: Iterable[str], rows: list[tuple]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(rows[0]))
            connection.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
