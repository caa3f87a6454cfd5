"""Claims that mean nearly the same in other words, by packaged sentence vectors: where the extra `similar` is installed.

Vectors of the whole library stay in the memory of the process (a kilobyte a claim) and follow the versions of the table.
Everything is computed here: nothing is downloaded, no claim leaves the house.
"""

import threading
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from kb.models import Claim

EXTRA = "wordllama"
# The cosine from which two claims are shown to a person; below it, half of what is found is about something else.
NEAR = 0.4
BATCH = 5000


def is_installed() -> bool:
    return find_spec(EXTRA) is not None


@cache
def _model():
    # The first use pays for loading it, some seconds; who never asks pays nothing. The package looks for its own files in
    # a folder of another name, and would then download them.
    package = import_module(EXTRA)
    folder = Path(package.__file__).parent
    return package.WordLlama.load(config="l2_supercat", dim=256, cache_dir=folder, disable_download=True)


def embed(texts: Sequence[str]):
    """One row of length one for each text."""
    return _model().embed(list(texts), norm=True)


class Library:
    """The vectors of all claims, as of the newest version of any of them."""

    def __init__(self):
        self._lock = threading.Lock()
        self._seen = 0
        self._vectors: dict[int, object] = {}
        self._keys: list[int] = []
        self._matrix = None

    def nearest(self, text: str, *, at_most: int) -> list[int]:
        """Keys of the claims nearest in meaning, nearest first. One query, and two more after a claim changed."""
        with self._lock:
            self._follow()
            keys, matrix = self._keys, self._matrix
        if not keys:
            return []
        closeness = matrix @ embed([text])[0]
        return [keys[place] for place in closeness.argsort()[::-1][:at_most] if closeness[place] >= NEAR]

    def _follow(self) -> None:
        newest = Claim.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0
        if self._matrix is not None and newest == self._seen:
            return
        claims = Claim.objects.order_by("pk")
        if self._matrix is not None:
            changed = set(Claim.history.filter(history_id__gt=self._seen).values_list("id", flat=True))
            claims = claims.filter(pk__in=changed)
            for pk in changed:
                self._vectors.pop(pk, None)
        rows = list(claims.values_list("pk", "text"))
        for start in range(0, len(rows), BATCH):
            part = rows[start : start + BATCH]
            self._vectors |= zip([pk for pk, _ in part], embed([text for _, text in part]), strict=True)
        self._keys = list(self._vectors)
        self._matrix = import_module("numpy").stack(list(self._vectors.values())) if self._vectors else ()
        self._seen = newest


LIBRARY = Library()


def nearest(text: str, *, at_most: int) -> list[int]:
    """Keys of claims that mean nearly what the text says; none without the extra, or without words."""
    return LIBRARY.nearest(text, at_most=at_most) if text.strip() and is_installed() else []
