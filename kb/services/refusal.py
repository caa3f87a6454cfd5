"""Why an act is refused: each reason in words, with the object that stands in the way."""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True, slots=True)
class Blocker:
    message: str
    row: models.Model | None = None


class Refused(Exception):
    """The rows do not allow the act; nothing was written. `blockers` says what stands in the way."""

    def __init__(self, *blockers: Blocker):
        self.blockers = blockers
        super().__init__(" ".join(str(blocker.message) for blocker in blockers))


def refuse_if(*blockers: Blocker | None) -> None:
    """Raise Refused with every blocker that is not None."""
    standing = [blocker for blocker in blockers if blocker]
    if standing:
        raise Refused(*standing)
