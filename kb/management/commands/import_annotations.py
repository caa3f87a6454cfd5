"""Import W3C Web Annotations onto an article, attached by what they select."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from kb.importing.web_annotation import Step, bring_in
from kb.importing.web_annotation.reading import LARGEST_FILE
from kb.management.progress import progress
from kb.models import Article

NOTHING_RAN, SOME_FAILED = 2, 1
SUFFIXES = (".json", ".jsonld")


class Command(BaseCommand):
    help = (
        "Import W3C Web Annotations (JSON-LD): one, a list, a page or a collection in each file. What is there already "
        "changes nothing. Exit code: 0 all done, 1 some failed, 2 nothing could run."
    )

    def add_arguments(self, parser):
        parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, or a folder of *.json and *.jsonld")
        parser.add_argument("--article", required=True, metavar="SLUG", help="the article that they are about")
        parser.add_argument("--as", dest="person", metavar="USER", help="whose notes they become; else nobody's")
        parser.add_argument("--dry-run", action="store_true", help="read and plan, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of a summary")

    def handle(self, *, paths, article, person, dry_run, **options):
        told: list[dict] = []

        def take(name: str, step: Step) -> None:
            told.append(_told(name, step))
            if step.failure or step.why:
                self.stderr.write(_said(told[-1]))

        try:
            with progress("Importing") as watched:
                bring_in(
                    watched(self._files(paths)),
                    article=self._article(article),
                    by=self._person(person),
                    hosts={urlsplit(settings.KB_ADDRESS).netloc} - {""},
                    dry=dry_run,
                    take=take,
                )
        except PermissionDenied as error:
            raise CommandError(str(error), returncode=NOTHING_RAN) from error
        except DatabaseError as error:
            message = f"The database cannot be used: {error}. Run migrate, or check DATABASE_URL."
            raise CommandError(message, returncode=NOTHING_RAN) from error
        counts = Counter(one["effect"] for one in told)
        summary = {effect: counts[effect] for effect in ("new", "unchanged", "failed")}
        summary["unattached"] = sum(1 for one in told if one["effect"] == "new" and one["why"])
        if options["json"]:
            self.stdout.write(json.dumps({"annotations": told, "summary": summary}, ensure_ascii=False))
        else:
            said = ", ".join(f"{count} {effect}" for effect, count in summary.items())
            self.stdout.write(f"{'Would be: ' if dry_run else ''}{said}.")
        if summary["failed"]:
            raise SystemExit(SOME_FAILED if summary["new"] + summary["unchanged"] else NOTHING_RAN)

    def _article(self, slug: str) -> Article:
        found = Article.objects.filter(slug=slug).first()
        if found is None:
            raise CommandError(f"--article {slug}: no article of this slug.", returncode=NOTHING_RAN)
        return found

    def _person(self, name: str | None) -> User | None:
        if name is None:
            return None
        found = User.objects.filter(username=name, is_active=True).first()
        if found is None:
            raise CommandError(f"--as {name}: no active account of this name.", returncode=NOTHING_RAN)
        return found

    def _files(self, paths: list[str]) -> Iterator[tuple[str, bytes]]:
        for name in paths:
            path = Path(name)
            inside = sorted(path.iterdir()) if path.is_dir() else [path]
            for file in inside:
                if path.is_dir() and (file.suffix.lower() not in SUFFIXES or not file.is_file()):
                    self.stderr.write(f"{file}: left out, its name does not end in .json or .jsonld.")
                    continue
                yield str(file), self._content(file)

    def _content(self, file: Path) -> bytes:
        try:
            with file.open("rb") as stream:
                return stream.read(LARGEST_FILE + 1)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror or error}.", returncode=NOTHING_RAN) from error


def _told(name: str, step: Step) -> dict:
    return {
        "file": name,
        "at": step.at,
        "id": step.found.iri if step.found else "",
        "effect": step.fate,
        "annotation": str(step.uid) if step.uid else None,
        "attached": bool(step.words),
        "why": str(step.failure) if step.failure else step.why,
    }


def _said(told: dict) -> str:
    where = " ".join(part for part in (told["file"], told["at"], told["id"]) if part)
    return f"{where}: {'not taken in' if told['effect'] == 'failed' else 'not attached'}. {told['why']}"
