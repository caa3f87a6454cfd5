"""Export the knowledge base in our interchange format: JSON lines that `import_articles` reads."""

from pathlib import Path

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kb.exporting import interchange
from kb.management.progress import progress

NOTHING_RAN = 2


class Command(BaseCommand):
    help = (
        "Export articles, claims with their verdict history, captures, sources and notes as JSON lines. "
        "The file holds drafts and team notes too: it is for operators. Accounts and import runs stay here. "
        "Exit code: 0 all done, 2 nothing could run."
    )

    def add_arguments(self, parser):
        parser.add_argument("path", metavar="PATH", help="the file to write: kb.jsonl")
        parser.add_argument("--dry-run", action="store_true", help="read and count, write nothing")
        parser.add_argument("--private-notes", action="store_true", help="include the private notes of --as")
        parser.add_argument(
            "--as", dest="person", metavar="USER", help="whose private notes: nobody else's are ever read"
        )

    def handle(self, *, path, **options):
        person = self._person(options)
        place = Path(path)
        if place.is_dir() or not place.absolute().parent.is_dir():
            raise CommandError(f"{path}: name a file in a folder that exists.", returncode=NOTHING_RAN)
        try:
            with progress("Exporting") as watched:
                if options["dry_run"]:
                    counts = interchange.count(private_notes_of=person, watched=watched)
                else:
                    counts = interchange.export(place, private_notes_of=person, watched=watched)
        except DatabaseError as error:
            message = f"The database cannot be used: {error}. Run migrate, or check DATABASE_URL."
            raise CommandError(message, returncode=NOTHING_RAN) from error
        except OSError as error:
            message = f"{path}: cannot be written: {error.strerror or error}."
            raise CommandError(message, returncode=NOTHING_RAN) from error
        except PermissionDenied as error:
            raise CommandError(str(error), returncode=NOTHING_RAN) from error
        kinds = ", ".join(f"{number} {kind}" for kind, number in counts.items()) or "nothing"
        self.stdout.write(f"{'Would write' if options['dry_run'] else 'Wrote'} to {path}: {kinds}.")

    def _person(self, options) -> User | None:
        if bool(options["person"]) != options["private_notes"]:
            message = "--private-notes and --as USER go together: a private note is its author's alone."
            raise CommandError(message, returncode=NOTHING_RAN)
        if not options["person"]:
            return None
        person = User.objects.filter(username=options["person"], is_active=True).first()
        if person is None:
            raise CommandError(f"--as {options['person']}: no active account of this name.", returncode=NOTHING_RAN)
        return person
