"""What `manage.py check` tells the operator about this installation."""

import sqlite3

from django.conf import settings
from django.core.checks import Info, Tags, Warning, register

from config.sqlite import is_fixed


@register(Tags.database)
def sqlite_is_fixed(app_configs, **kwargs):
    """A SQLite with the WAL-reset bug may lose or corrupt commits when several people save at once."""
    uses_sqlite = any(database["ENGINE"].endswith("sqlite3") for database in settings.DATABASES.values())
    if not uses_sqlite or is_fixed(sqlite3.sqlite_version_info):
        return []
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} may lose or corrupt commits when several people save at once.",
            hint="Install the pysqlite3 package, or use a SQLite of 3.51.3 or later, or PostgreSQL.",
            id="kb.W001",
        )
    ]


@register()
def mail_is_set(app_configs, **kwargs):
    """Without mail the site works; what it cannot do is said once, here."""
    if settings.MAILERS:
        return []
    return [
        Info(
            "This site sends no mail: forgotten passwords are reset by an administrator, invitations are handed over as "
            "links, and nobody gets a daily digest.",
            hint="Set EMAIL_URL, for example submission://user:password@mail.example.org, and EMAIL_FROM.",
            id="kb.I001",
        )
    ]
