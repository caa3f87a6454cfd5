"""Progress on long work: on standard error, on a terminal only."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress


@contextmanager
def progress(what: str) -> Iterator[Callable[[Iterable], Iterable]]:
    """Gives a function that passes items through and moves the bar; silent when nobody watches."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        yield lambda items: bar.track(items, total=None, description=what)
