"""Import saved pages: article drafts with suggested citations, hops, tags and appearances."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kb.importing.reading import read_paths
from kb.importing.records import Document
from kb.importing.running import run
from kb.management.progress import progress
from kb.text.language import is_language_tag
from kb.text.partial_dates import is_valid

NOTHING_RAN, SOME_FAILED = 2, 1


class Command(BaseCommand):
    help = (
        "Import pages of text. What is found in them is suggested until a person confirms it. "
        "Exit code: 0 all done, 1 some failed, 2 nothing could run."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "paths", nargs="+", metavar="PATH", help="a saved page, a file of records (*.jsonl), or a folder"
        )
        parser.add_argument("--dry-run", action="store_true", help="read and plan, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of a summary")
        parser.add_argument("--url", help="the address the page was saved from (one page only)")
        parser.add_argument("--urls", metavar="FILE.json", help="one JSON object: file name to address")
        parser.add_argument(
            "--publisher",
            help="who published these pages, whatever they say themselves; of fact-checks in JSON those that name nobody",
        )
        parser.add_argument("--published", help="when they were published (EDTF: 2025-03-24); pages only")
        parser.add_argument(
            "--language", help="the language they are in (BCP 47: en, fa); of fact-checks in JSON those that name none"
        )
        parser.add_argument("--resume", action="store_true", help="go on with a run that was cut off")

    def handle(self, *, paths, **options):
        addresses, given = self._addresses(paths, options), self._given(options)
        printed = Printed(self.stdout) if options["json"] else None
        try:
            with progress("Importing") as watched:
                outcome = run(
                    read_paths(paths, addresses),
                    given=given,
                    dry_run=options["dry_run"],
                    resume=options["resume"],
                    tell=self.stderr.write,
                    take=printed.document if printed else lambda document: None,
                    watched=watched,
                )
        except DatabaseError as error:
            message = f"The database cannot be used: {error}. Run migrate, or check DATABASE_URL."
            raise CommandError(message, returncode=NOTHING_RAN) from error
        if printed:
            printed.summary(outcome.summary)
        else:
            counts = ", ".join(f"{count} {effect}" for effect, count in outcome.summary.items())
            self.stdout.write(f"{'Would be: ' if options['dry_run'] else ''}{counts}.")
        if outcome.summary["failed"]:
            raise SystemExit(NOTHING_RAN if outcome.nothing_ran else SOME_FAILED)

    def _addresses(self, paths, options) -> dict[str, str]:
        if options["url"]:
            if len(paths) != 1 or Path(paths[0]).is_dir():
                raise CommandError("--url is the address of one page: give one file.", returncode=NOTHING_RAN)
            return {Path(paths[0]).name: options["url"]}
        if not options["urls"]:
            return {}
        try:
            addresses = json.loads(Path(options["urls"]).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CommandError(f"--urls {options['urls']}: {error}", returncode=NOTHING_RAN) from error
        if not isinstance(addresses, dict) or not all(isinstance(value, str) for value in addresses.values()):
            message = f'--urls {options["urls"]}: write one object, {{"file name": "address"}}.'
            raise CommandError(message, returncode=NOTHING_RAN)
        return addresses

    def _given(self, options) -> dict[str, str]:
        if options["published"] and not is_valid(options["published"]):
            raise CommandError(
                f"--published {options['published']}: write a date as 2025-03-24, 2025-03 or 2025.",
                returncode=NOTHING_RAN,
            )
        if options["language"] and not is_language_tag(options["language"]):
            message = f"--language {options['language']}: write a language as en, fa, pt-BR."
            raise CommandError(message, returncode=NOTHING_RAN)
        return {name: options[name] for name in ("publisher", "published", "language") if options[name]}


class Printed:
    """One JSON object, written as its parts come: a file may hold a million documents."""

    def __init__(self, out):
        self.out, self.before = out, '{"documents": ['

    def document(self, document: Document) -> None:
        self.out.write(self.before + json.dumps(document.as_json(), ensure_ascii=False), ending="")
        self.before = ", "

    def summary(self, counts: dict[str, int]) -> None:
        opened = "" if self.before == ", " else self.before
        self.out.write(f'{opened}], "summary": {json.dumps(counts)}}}')
