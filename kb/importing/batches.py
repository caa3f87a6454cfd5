"""Files of records go into the database in batches, each in one transaction that is over in a moment.

Analysts save in between, a second import takes its turn, and a process that is killed loses one batch.
"""

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import DatabaseError, DataError, IntegrityError, OperationalError, transaction

from kb.models import StaleVersion

from .account import Done
from .writing import take_turns

# A batch ends with either; the number adapts to the time that their transactions take.
MOST_BYTES = 4 * 1024 * 1024
FEWEST_RECORDS, FIRST_RECORDS, MOST_RECORDS = 10, 25, 500
WANTED_SECONDS = 0.25


def import_in_batches[Item](
    items: Iterable[Item],
    size_of: Callable[[Item], int],
    together: Callable[[Sequence[Item]], Done],
    refused: Callable[[Item, DatabaseError], Done],
) -> Iterator[Done]:
    """Import the items in order by `together`, as many at once as its transaction is done with in the wanted time.

    `refused` is asked for each item that the database refuses when it comes alone.
    """
    at_once, size = FIRST_RECORDS, 0
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        size += size_of(item)
        if len(batch) >= at_once or size >= MOST_BYTES:
            for done in _import(batch, together, refused):
                fitting = int(sum(done.counts.values()) * WANTED_SECONDS / max(done.seconds, 0.001))
                at_once = max(FEWEST_RECORDS, min(MOST_RECORDS, fitting, at_once * 2))
                yield done
            batch, size = [], 0
    if batch:
        yield from _import(batch, together, refused)


def _import[Item](batch: Sequence[Item], together, refused, again: bool = True) -> Iterator[Done]:
    """Import these items in one transaction; if the database refuses them, each half apart, down to the one it is about.

    Before that they are planned once more: somebody else may have written the same in between.
    """
    try:
        with _no_collections():
            done = together(batch)
    except (OperationalError, StaleVersion):
        if not again:
            raise
        yield from _import(batch, together, refused, again=False)
    except (IntegrityError, DataError) as error:
        if again:
            yield from _import(batch, together, refused, again=False)
        elif len(batch) == 1:
            yield refused(batch[0], error)
        else:
            middle = len(batch) // 2
            yield from _import(batch[:middle], together, refused, again=False)
            yield from _import(batch[middle:], together, refused, again=False)
    else:
        yield done


@dataclass(slots=True)
class Taken:
    """How long a transaction was open, once it is over."""

    seconds: float = 0.0


@contextmanager
def one_transaction() -> Iterator[Taken]:
    """The transaction of one batch, which waits for that of another import."""
    taken, started = Taken(), time.monotonic()
    with transaction.atomic():
        take_turns()
        yield taken
    taken.seconds = time.monotonic() - started


@contextmanager
def _no_collections() -> Iterator[None]:
    """A batch makes many rows and no cycles: looking for some in between costs a sixth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
