"""Find rows that break a rule."""

from django.core.management.base import BaseCommand

from kb.management.progress import progress
from kb.services.integrity import faults


class Command(BaseCommand):
    help = "Find rows that break a rule, one line each. Exit code: 0 none, 1 some. It only reads."

    def handle(self, **options):
        with progress("Checking") as watched:
            count = 0
            for fault in watched(faults()):
                self.stdout.write(str(fault))
                count += 1
        if count:
            self.stderr.write(f"{count} faults found.")
            raise SystemExit(1)
        self.stdout.write("Every rule holds.")
