"""Imports from the desk: files are kept, looked through, and imported bit by bit, by one person at a time.

It drives the same `Run` as the command. A request works for a moment and says how far it came; whoever asks again goes
on. What is uploaded has no place of its own: the same name sent twice may be two pages, so the origin of a page is the
address that was given, else the address that the page states, else this one upload.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.contrib.auth.models import User
from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import ImportRun, Stage, Upload, policy

from .account import CLAIM, Account, Done
from .reading import LARGEST_PAGE, PAGES, RECORDS, Input, Records, read_page
from .records import Document, Problem
from .running import UPLOADED, Run

LARGEST_RECORDS = 50 * 1024 * 1024
LARGEST_TOTAL = 60 * 1024 * 1024
MOST_FILES = 100
ENDINGS = (*PAGES, *RECORDS)
# What a plan shows one by one; all is counted.
DETAILED = 50
# Plans that nobody ran are dropped with their files.
KEPT = timedelta(days=7)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Planned:
    """What one page or record would become."""

    effect: str
    document: Document


@dataclass(slots=True)
class Plan:
    """What a run would do, as far as the time allowed to look: the files it looked through, and what is in them."""

    lines: list[Planned] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("new", "changed", "unchanged", "failed"), 0))
    files: int = 0
    is_whole: bool = True

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come, in bytes and in files."""

    done: int
    size: int
    files_done: int
    files: int


def objection(name: str, size: int) -> str:
    """Why a file cannot be imported from the desk, before anybody reads it; empty when it can."""
    ending = _ending(name)
    if ending not in ENDINGS:
        return _("is none of the kinds that can be imported: %(endings)s.") % {"endings": ", ".join(ENDINGS)}
    limit = LARGEST_RECORDS if ending in RECORDS else LARGEST_PAGE
    if size > limit:
        return _("is larger than %(limit)d MB.") % {"limit": limit // 1024 // 1024}
    return ""


@transaction.atomic
def keep(files: Iterable[tuple[str, bytes]], *, options: dict[str, str], by: User) -> ImportRun:
    """Keep files that were sent, as a planned run; nothing of them is imported yet."""
    policy.require(by, policy.IMPORT)
    for old in ImportRun.objects.filter(stage=Stage.PLANNED, started_at__lt=timezone.now() - KEPT):
        _drop(old)
    run = ImportRun.objects.create(by=by, stage=Stage.PLANNED, options=options)
    taken: set[str] = set()
    for name, content in files:
        name = _free(name, taken)
        taken.add(name)
        Upload.objects.create(run=run, name=name, content=content, size=len(content))
    return run


def look_through(run: ImportRun, *, by: User, seconds: float) -> Plan:
    """What the run would do for this person. Writes nothing; stops looking after so many seconds, and says so."""
    policy.require(by, policy.IMPORT)
    plan, until = Plan(), time.monotonic() + seconds
    execution = Run(_given(run), account=None, by=by)
    for upload in _to_do(run):
        if time.monotonic() > until:
            plan.is_whole = False
            break
        with _input(upload) as item:
            for done in _steps(execution, item):
                for effect, count in done.counts.items():
                    plan.counts[effect] += count
                room = DETAILED - len(plan.lines) if isinstance(item, Records) else MOST_FILES
                plan.lines += islice(map(Planned, _effects(done), done.documents), max(room, 0))
                if time.monotonic() > until:
                    plan.is_whole = plan.is_whole and not isinstance(item, Records)
                    break
        plan.files += 1
    return plan


def go_on(run: ImportRun, *, by: User, seconds: float) -> bool:
    """Import for so many seconds; False when somebody else is at it, or when the run is over.

    The claim on a run is one conditional update and ends by itself, so a request that dies blocks nobody for long.
    """
    policy.require(by, policy.IMPORT)
    if not _claim(run):
        return False
    try:
        execution = Run(_given(run), account=run, by=by)
        _work(execution, run, time.monotonic() + seconds)
    finally:
        ImportRun.objects.filter(pk=run.pk).update(claimed_until=None)
        run.refresh_from_db()
    return True


@transaction.atomic
def cancel(run: ImportRun, *, by: User) -> bool:
    """End a run: what it imported stays, the files that wait go. False when it was over already."""
    policy.require(by, policy.IMPORT)
    return _drop(run)


def progress_of(run: ImportRun) -> Progress:
    uploads = list(run.uploads.defer("content"))
    ledger = dict(run.ledger.values_list("file", "position"))
    done = sum(one.size if one.is_done else min(ledger.get(one.name, 0), one.size) for one in uploads)
    return Progress(done, sum(one.size for one in uploads), sum(one.is_done for one in uploads), len(uploads))


def _drop(run: ImportRun) -> bool:
    now = timezone.now()
    dropped = ImportRun.objects.filter(pk=run.pk, finished_at=None).update(
        stage=Stage.CANCELLED, finished_at=now, claimed_until=None
    )
    run.uploads.update(content=b"")
    run.refresh_from_db()
    return bool(dropped)


def _claim(run: ImportRun) -> bool:
    now = timezone.now()
    free = ImportRun.objects.filter(pk=run.pk, finished_at=None).exclude(stage=Stage.CANCELLED)
    free = free.filter(Q(claimed_until=None) | Q(claimed_until__lte=now))
    claimed = free.update(stage=Stage.RUNNING, claimed_until=now + CLAIM)
    run.refresh_from_db()
    return bool(claimed)


def _work(execution: Run, run: ImportRun, until: float) -> None:
    """Import upload after upload until the time is over; finish the run when nothing is left."""
    for upload in _to_do(run):
        # A request that died behind the page, before it said so: the page is not counted twice.
        if not run.files.filter(file=upload.name).exists():
            with _input(upload) as item:
                for _done in _steps(execution, item):
                    is_cancelled = not ImportRun.objects.filter(pk=run.pk, finished_at=None).exists()
                    if is_cancelled or (isinstance(item, Records) and time.monotonic() > until):
                        return
        Upload.objects.filter(pk=upload.pk).update(is_done=True, content=b"")
        if time.monotonic() > until and run.uploads.filter(is_done=False).exists():
            return
    execution.finish()


def _steps(execution: Run, item: Input) -> Iterator[Done]:
    """The steps of one file; a file that breaks the importer is a failed file and not the end of the run."""
    try:
        yield from execution.steps([item], tell=lambda message: None)
    except OperationalError:
        raise  # the database is busy or gone: the file is as good as before
    except Exception:
        log.exception("An import stumbled over an uploaded file")
        problem = Problem("error", "unexpected", f"{item.file}: the importer stumbled over it; the log says where.")
        done = Done({"failed": 1}, (Document(item.file, problems=(problem,)),))
        account = Account(execution.account, execution.by)
        account.keep(done)
        account.note(done)
        yield done


def _to_do(run: ImportRun) -> Iterator[Upload]:
    """The uploads that wait, one in memory at a time."""
    for key in list(run.uploads.filter(is_done=False).values_list("pk", flat=True)):
        yield Upload.objects.get(pk=key)


def _effects(done: Done) -> tuple[str, ...]:
    """What becomes of each document of a step; of a word about a whole file nothing."""
    return done.effects or (next(iter(done.counts), ""),) * len(done.documents)


def _given(run: ImportRun) -> dict[str, str]:
    return {name: value for name, value in run.options.items() if name != "address"}


@contextmanager
def _input(upload: Upload) -> Iterator[Input]:
    """The upload as what an import reads. A file of records lies in a private folder meanwhile, under a name of ours."""
    ending = _ending(upload.name)
    origin = upload.run.options.get("address") or f"{UPLOADED}{upload.run_id}/{upload.name}"
    if ending not in RECORDS:
        yield read_page(upload.name, bytes(upload.content), origin, PAGES.get(ending, "text/plain"))
        return
    with TemporaryDirectory(prefix="kb-upload-") as folder:
        path = Path(folder) / f"records{ending}"
        path.write_bytes(upload.content)
        yield Records(upload.name, path, origin)


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _free(name: str, taken: set[str]) -> str:
    """A name that no other file of the run has: two folders may both hold a page.html."""
    if name not in taken:
        return name
    path = PurePosixPath(name)
    return next(free for n in range(2, len(taken) + 3) if (free := f"{path.stem} ({n}){path.suffix}") not in taken)
