"""Extraction of many pages on all cores: it is pure, from bytes to a record, so workers need no database.

A few pages are extracted where they are read. The order of the inputs is kept, and only a few pages for each core are
in memory at a time.
"""

import os
import pickle
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing import get_context
from tempfile import NamedTemporaryFile

from .extraction import extract_page
from .reading import Input, Page
from .records import Document
from .register import Register

# A worker starts by importing the extractors, which takes as long as a dozen pages.
FEW = 32
AHEAD = 4  # pages in hand for each worker

_register: list[Register] = []


def extracted(
    inputs: Iterable[Input], register: Register, *, workers: int | None = None
) -> Iterator[tuple[Input, Document | None]]:
    """Each input in order, and what it says if it is a page."""
    inputs = iter(inputs)
    first = list(islice(inputs, FEW))
    workers = workers or os.process_cpu_count() or 1
    if workers == 1 or sum(isinstance(item, Page) for item in first) < FEW:
        return _one_by_one(chain(first, inputs), register)
    return _at_once(chain(first, inputs), register, workers)


def _one_by_one(inputs: Iterable[Input], register: Register) -> Iterator[tuple[Input, Document | None]]:
    for item in inputs:
        yield item, extract_page(item, register) if isinstance(item, Page) else None


def _at_once(inputs: Iterable[Input], register: Register, workers: int) -> Iterator[tuple[Input, Document | None]]:
    waiting: deque[tuple[Input, Future | None]] = deque()
    with NamedTemporaryFile(prefix="kb-register-") as file:
        pickle.dump(register, file)
        file.flush()
        # A worker begins afresh: a copy of this process would share its connections and the locks of its threads.
        # It reads the register from a file: what it is handed at its start has to fit into a pipe, or a worker that
        # dies before it has read all of it would block this process for ever.
        try:
            pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin, initargs=(file.name,))
        except OSError:
            yield from _one_by_one(inputs, register)
            return
        try:
            for item in inputs:
                waiting.append((item, _submit(pool, item)))
                while len(waiting) >= AHEAD * workers:
                    yield _done(*waiting.popleft(), register)
            while waiting:
                yield _done(*waiting.popleft(), register)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, item: Input) -> Future | None:
    try:
        return pool.submit(_extract, item) if isinstance(item, Page) else None
    except (BrokenProcessPool, OSError):
        return None


def _done(item: Input, future: Future | None, register: Register) -> tuple[Input, Document | None]:
    """The result; a page whose worker died, because the system killed it or none can start here, is extracted here."""
    if not isinstance(item, Page):
        return item, None
    try:
        return item, future.result() if future else extract_page(item, register)
    except BrokenProcessPool:
        return item, extract_page(item, register)


def _begin(register: str) -> None:
    with open(register, "rb") as file:
        _register.append(pickle.load(file))


def _extract(page: Page) -> Document:
    return extract_page(page, _register[0])
