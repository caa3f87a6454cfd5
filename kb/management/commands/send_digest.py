"""Mail the daily digest to those who want it."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from kb.management.progress import progress
from kb.services import digests

SOME_FAILED, NOTHING_RAN = 1, 2


class Command(BaseCommand):
    help = (
        "Mail each person who wants it one digest a day of unread notices and due tasks: run it once every morning. Run "
        "again, it sends only what nobody got today; killed, nobody gets a digest twice. Exit code: 0 all done, "
        "1 some mails failed, 2 nothing could run."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say how many would be sent, send nothing")

    def handle(self, *, dry_run, **options):
        now = timezone.now()
        if not dry_run:
            self._refuse_unless_ready()
        try:
            if dry_run:
                count = sum(bool(digests.contents(digest, now)) for digest in digests.due(now))
                self.stdout.write(f"Would send {count} {'digest' if count == 1 else 'digests'}.")
                return
            sent, failed = self._send(now)
        except DatabaseError as error:
            message = f"The database cannot be used: {error}. Run migrate, or check DATABASE_URL."
            raise CommandError(message, returncode=NOTHING_RAN) from error
        self.stdout.write(f"Sent {sent} {'digest' if sent == 1 else 'digests'}.")
        if failed:
            raise CommandError(f"{failed} could not be sent.", returncode=SOME_FAILED if sent else NOTHING_RAN)

    def _refuse_unless_ready(self):
        if not digests.is_possible():
            raise CommandError("No mail is set up: set EMAIL_URL.", returncode=NOTHING_RAN)
        if not settings.KB_ADDRESS:
            message = "Set KB_ADDRESS (https://kb.example.org): links in a mail need to know where this site stands."
            raise CommandError(message, returncode=NOTHING_RAN)

    def _send(self, now) -> tuple[int, int]:
        sent = failed = 0
        with progress("Mailing") as watched:
            for digest, error in watched(digests.send(now, address=settings.KB_ADDRESS, site=settings.KB_SITE_NAME)):
                if error is None:
                    sent += 1
                else:
                    failed += 1
                    self.stderr.write(f"{digest.user.username}: {error}")
        return sent, failed
