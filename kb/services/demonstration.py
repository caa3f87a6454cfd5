"""The demonstration: its data, its users, and the mark that says a database was made for it."""

import secrets

from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction

from kb.models import Article, ImportProblem, ImportRun, Level

from . import demonstration_work

USERS = ("drafts", "analyst", "analyst2", "editor", "admin")
MARK = "demonstration-data"


def is_demonstration() -> bool:
    """Whether this database was filled by `load`."""
    return ImportProblem.objects.filter(code=MARK).exists()


def is_empty() -> bool:
    """Whether nobody has put anything in yet."""
    return not Article.objects.exists() and not User.objects.exists()


@transaction.atomic
def load(password: str = "") -> dict[str, str]:
    """Fill an empty database with the demonstration data and give its users passwords.

    Returns user to password: generated ones, or the one given for all.
    """
    call_command("loaddata", "demo", verbosity=0)
    passwords = {}
    for user in User.objects.filter(username__in=USERS):
        passwords[user.username] = password or secrets.token_urlsafe(9)
        user.set_password(passwords[user.username])
        user.save(update_fields=["password"])
    give_first_versions()
    # Tasks and notices name people of one desk and days of today: they are not in the data.
    demonstration_work.begin()
    account = ImportRun.objects.create(new=Article.objects.count())
    account.finished_at = account.started_at
    account.save()
    ImportProblem.objects.create(
        run=account,
        file="fixtures/demo.json",
        level=Level.INFO,
        code=MARK,
        message="Demonstration data, loaded by quickstart: this database may be rebuilt with --reset.",
    )
    return {name: passwords[name] for name in USERS if name in passwords}


def give_first_versions() -> None:
    """Loaded rows have no history: give each its first version."""
    call_command("populate_history", "--auto", verbosity=0)
