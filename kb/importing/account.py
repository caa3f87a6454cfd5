"""The account of an import: what became of each input, and how far each file of records has come."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import F
from django.utils import timezone

from kb.models import Article, ImportedFile, ImportProblem, ImportRun, LedgerEntry

from .reading import Records
from .records import Document

CHUNK = 1024 * 1024
# A run that adds nothing to its account for so long has stopped, and anybody may go on with it.
CLAIM = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one input, or of one batch of a file of records.

    `documents` are the pages, or one short document for each record; `counts` counts all. `effects` says what became of
    each document, where a batch has several. `seconds` is how long the transaction of a batch was open: on SQLite
    everybody else who writes waits so long.
    """

    counts: dict[str, int]
    documents: tuple[Document, ...] = ()
    article: Article | None = None
    seconds: float = 0.0
    effects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """How far a file of records has come: bytes, lines and records that are done; `sha256` is that of the file."""

    sha256: str
    position: int = 0
    lines: int = 0
    records: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """Keeps the account of one run; in a dry run (`run` is None) it writes nothing.

    Whoever imports a file of records calls `keep` and `advance` in the transaction of the batch: so the counts and the
    ledger are true whenever the process is killed, and a batch that is rolled back takes its account with it.
    """

    run: ImportRun | None
    by: User | None = None

    @property
    def is_dry(self) -> bool:
        return self.run is None

    def keep(self, done: Done) -> None:
        """Add the counts and the problems of what was done."""
        if self.run is None:
            return
        ImportRun.objects.filter(pk=self.run.pk).update(
            claimed_until=timezone.now() + CLAIM,
            **{effect: F(effect) + count for effect, count in done.counts.items() if count},
        )
        ImportProblem.objects.bulk_create(
            ImportProblem(
                run=self.run,
                article=done.article,
                file=document.file[-1000:],
                level=problem.level,
                code=problem.code,
                message=problem.message,
                line=problem.line,
            )
            for document in done.documents
            for problem in document.problems
        )

    def note(self, page: Done) -> None:
        """Note what became of one page, so that the run can show it."""
        if self.run is None:
            return
        [effect], [document] = page.counts, page.documents
        ImportedFile.objects.create(run=self.run, file=document.file[-1000:], effect=effect, article=page.article)

    def place(self, records: Records) -> Place:
        """Where to go on in this file: at its start, unless this run has done a part of the very same bytes."""
        if self.run is None:
            return Place("")
        entry = LedgerEntry.objects.filter(run=self.run, file=_name(records)).first()
        sha256, lines = _read_through(records, entry.position if entry else 0)
        if entry and entry.sha256 == sha256:
            return Place(sha256, entry.position, lines, entry.records)
        return Place(sha256)

    def advance(self, records: Records, place: Place) -> None:
        """Note that the file is done up to this place."""
        if self.run is None:
            return
        LedgerEntry.objects.update_or_create(
            run=self.run,
            file=_name(records),
            defaults={"sha256": place.sha256, "position": place.position, "records": place.records},
        )

    def close(self) -> None:
        """Note that the run is finished."""
        if self.run is None:
            return
        self.run.refresh_from_db()
        self.run.finished_at, self.run.claimed_until = timezone.now(), None
        self.run.save(update_fields=["finished_at", "claimed_until"])


def _name(records: Records) -> str:
    return records.file[-1000:]


def _read_through(records: Records, position: int) -> tuple[str, int]:
    """The SHA-256 of the file, and the number of lines before the position."""
    digest, lines, read = hashlib.sha256(), 0, 0
    with records.path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            if read < position:
                lines += chunk.count(b"\n", 0, position - read)
            read += len(chunk)
    return digest.hexdigest(), lines
