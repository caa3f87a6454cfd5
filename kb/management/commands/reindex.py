"""Give every article the marks by which its copies are found."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kb.importing.marks import reindex
from kb.management.progress import progress
from kb.models import Article

NOTHING_RAN = 2


class Command(BaseCommand):
    help = (
        "Look at every article and renew the marks by which its copies are found, where they are missing or those of "
        "an older text. Stop it when you like: what is done stays done. Exit code: 0 all done, 2 nothing could run."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="look and count, write nothing")

    def handle(self, *, dry_run, **options):
        seen = renewed = 0
        try:
            with progress("Indexing") as watched:
                for some, wrong in watched(reindex(Article.objects.all(), dry_run=dry_run)):
                    seen, renewed = seen + some, renewed + wrong
        except DatabaseError as error:
            message = f"The database cannot be used: {error}. Run migrate, or check DATABASE_URL."
            raise CommandError(message, returncode=NOTHING_RAN) from error
        self.stdout.write(f"{'Would renew' if dry_run else 'Renewed'} the marks of {renewed} of {seen} articles.")
