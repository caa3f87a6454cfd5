"""The names of the register, held in memory for one import: which source does a printed name mean?"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One source: its display name, its kind, and every (name, kind) it goes by; name kinds are full, short, hashtag, domain."""

    name: str
    kind: str
    names: tuple[tuple[str, str], ...]


class Register:
    """Looks names up as printed. A name that several sources share gives candidates and no source."""

    def __init__(self, entries: Iterable[Entry]):
        raise NotImplementedError
