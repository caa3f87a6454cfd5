"""Give every article the marks by which its copies are found, and everything its place in the search index."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kb.importing.marks import reindex
from kb.management.progress import progress
from kb.models import Article
from kb.search import documents, index

NOTHING_RAN = 2


class Command(BaseCommand):
    help = (
        "Look at everything that can be found and renew its place in the search index where that is wrong, then the marks "
        "by which copies of articles are found. Stop it when you like: what is done stays done. Exit code: 0 all done, 2 nothing could run."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="look and count, write nothing")

    def handle(self, *, dry_run, **options):
        seen = renewed = looked_at = taken_in = 0
        try:
            if not dry_run:
                if index.is_missing() or index.disagreement():
                    index.make()
                with progress("Taking in") as watched:
                    taken_in = sum(watched(documents.catching_up()))
            with progress("Comparing") as watched:
                for some, wrong in watched(documents.disagreeing()):
                    looked_at, taken_in = looked_at + some, taken_in + len(wrong)
                    if wrong and not dry_run:
                        documents.renew(wrong)
                        documents.catch_up()
            with progress("Indexing") as watched:
                for some, wrong in watched(reindex(Article.objects.all(), dry_run=dry_run)):
                    seen, renewed = seen + some, renewed + wrong
        except DatabaseError as error:
            message = f"The database cannot be used: {error}. Run migrate, or check DATABASE_URL."
            raise CommandError(message, returncode=NOTHING_RAN) from error
        would = "Would renew" if dry_run else "Renewed"
        self.stdout.write(f"{would} {taken_in} of {looked_at} things in the search index.")
        self.stdout.write(f"{would} the marks of {renewed} of {seen} articles.")
