"""The tables as they are now, without the steps that led there: that takes a twentieth of the time."""

from django.conf import settings
from django.core.management import call_command


class _Plainly:
    """For every app: no steps."""

    def __contains__(self, app):
        return True

    def __getitem__(self, app):
        return None


def make_tables() -> None:
    """In a process whose database is its own."""
    settings.MIGRATION_MODULES = _Plainly()
    call_command("migrate", verbosity=0, run_syncdb=True)
