"""Ask for a new check of what has expired or soon will."""

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kb.management.progress import progress
from kb.services import rechecks

NOTHING_RAN = 2
# Beyond this a day could not be written any more.
LONGEST = 36_500


class Command(BaseCommand):
    help = (
        "Open a task for each claim whose verdict has expired or soon will, those first that reach most and are oldest, "
        "and close the tasks whose verdict was renewed. Run it every day: a second run makes nothing new. "
        "Exit code: 0 all done, 2 nothing could run."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="look and count, write nothing")
        parser.add_argument(
            "--within",
            type=int,
            default=rechecks.WITHIN,
            metavar="DAYS",
            help=f"how soon a verdict expires that counts as soon (default: {rechecks.WITHIN})",
        )

    def handle(self, *, dry_run, within, **options):
        if not 0 <= within <= LONGEST:
            raise CommandError(f"--within takes 0 to {LONGEST} days.", returncode=NOTHING_RAN)
        try:
            if dry_run:
                closed, opened = rechecks.renewed(within=within).count(), rechecks.without_task(within=within).count()
            else:
                with progress("Asking") as watched:
                    closed = sum(watched(rechecks.close_tasks(within=within)))
                    opened = sum(watched(rechecks.open_tasks(within=within)))
            waiting = rechecks.due(within=within).count()
        except DatabaseError as error:
            message = f"The database cannot be used: {error}. Run migrate, or check DATABASE_URL."
            raise CommandError(message, returncode=NOTHING_RAN) from error
        would = "Would open" if dry_run else "Opened"
        self.stdout.write(
            f"{would} {opened} and {'close' if dry_run else 'closed'} {closed} tasks; "
            f"{waiting} verdicts are past their day or will be in {within} days."
        )
