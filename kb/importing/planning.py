"""Step two: what each page would do to the database, without touching it."""

from dataclasses import dataclass, field
from typing import Literal

from kb.models import Capture, Source

from .reading import Page
from .records import Document
from .register import Entry, Register

type Effect = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class Step:
    """One page, what it says, and its effect."""

    page: Page
    document: Document
    effect: Effect


@dataclass(slots=True)
class Known:
    """What the database holds already: hashes of captures and where they came from."""

    hashes: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)

    @classmethod
    def load(cls) -> "Known":
        captures = Capture.objects.filter(articles__isnull=False).values_list("sha256", "origin")
        return cls({sha256 for sha256, _ in captures}, {origin for _, origin in captures})

    def effect_of(self, page: Page) -> Effect:
        """The same bytes change nothing; other bytes from the same place are a change; all else is new."""
        if page.sha256 in self.hashes:
            return "unchanged"
        return "changed" if page.origin in self.origins else "new"

    def remember(self, page: Page) -> None:
        self.hashes.add(page.sha256)
        self.origins.add(page.origin)


def load_register() -> Register:
    """The register with all its names, in two queries."""
    return Register(
        Entry(source.name, source.kind, tuple((name.name, name.kind) for name in source.names.all()), source.selectors)
        for source in Source.objects.prefetch_related("names")
    )
