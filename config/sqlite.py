"""A SQLite without the WAL-reset bug, in place of an older one of the system.

SQLite before 3.51.3 can lose or corrupt commits when two connections checkpoint at the same instant; many systems
still ship such a version. The `pysqlite3` package brings a fixed one.
"""

import functools
import sys

FIXED_IN = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


def is_fixed(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite is free of the bug: 3.51.3 on, and the two lines the repair was carried back to."""
    return version >= FIXED_IN[-1] or any(version[:2] == fixed[:2] and version >= fixed for fixed in FIXED_IN)


def use_fixed_version() -> None:
    """Take the name `sqlite3` before Django imports it. Without the package nothing changes; a system check warns."""
    try:
        import pysqlite3
        from pysqlite3 import dbapi2
    except ImportError:
        return
    import sqlite3

    # Django asks a connection for two limits; the package lacks the question, but was built with these answers.
    limits = {sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 250_000, sqlite3.SQLITE_LIMIT_COLUMN: 2_000}

    class Connection(dbapi2.Connection):
        def getlimit(self, category: int) -> int:
            return limits[category]

    connect = functools.partial(dbapi2.connect, factory=Connection)
    for module in (pysqlite3, dbapi2):
        module.SQLITE_LIMIT_VARIABLE_NUMBER = sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER
        module.SQLITE_LIMIT_COLUMN = sqlite3.SQLITE_LIMIT_COLUMN
        module.connect = connect
    sys.modules["sqlite3"], sys.modules["sqlite3.dbapi2"] = pysqlite3, dbapi2
