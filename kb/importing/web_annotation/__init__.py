"""W3C Web Annotations: read (bytes to JSON, with limits) -> parse -> plan (attached by selector) -> apply.

What a note has no column for stays with it as received, and goes out with it again. Nothing is fetched, and no address is
followed.
"""

from collections.abc import Callable, Collection, Iterable
from contextlib import nullcontext

from django.contrib.auth.models import User
from django.db import transaction

from kb.models import Article, policy

from .applying import apply, keeper, refuse_nobodys_private
from .planning import Planner, Step
from .reading import Unfit, read

__all__ = ["Step", "Unfit", "bring_in", "read", "send_in"]


def send_in(document: object, *, by: User, hosts: Collection[str]) -> Step:
    """One annotation that a signed-in person sends; it is theirs.

    Raises:
        PermissionDenied: the person may not write notes.
        Unfit: it cannot be taken in; where, and why.
    """
    policy.require(by, "kb.add_annotation")
    steps = Planner(by=by, author=by, hosts=hosts, knows_by_content=False).plan(document)
    if len(steps) != 1 or steps[0].at:
        raise Unfit("Send one annotation at a time.", code="no-annotation")
    [step] = steps
    apply(step, author=by, tells=True)
    if step.failure:
        raise step.failure
    return step


def bring_in(
    documents: Iterable[tuple[str, bytes]],
    *,
    article: Article,
    by: User | None,
    hosts: Collection[str],
    dry: bool,
    take: Callable[[str, Step], None],
) -> None:
    """Annotations of files on one article, for a person or, by an operator, for nobody; `take` hears of each. A dry run
    does it all and takes it back.

    Raises:
        PermissionDenied: the person may not write notes.
    """
    if by is not None:
        policy.require(by, "kb.add_annotation")
    with transaction.atomic() if dry else nullcontext():
        author = by or keeper()
        planner = Planner(by=by, author=author, article=article, hosts=hosts)
        for name, content in documents:
            for step in _steps(planner, content):
                if by is None:
                    refuse_nobodys_private(step)
                apply(step, author=author, tells=False)
                take(name, step)
        if dry:
            transaction.set_rollback(True)


def _steps(planner: Planner, content: bytes) -> list[Step]:
    try:
        return planner.plan(read(content))
    except Unfit as failure:
        return [Step("", fate="failed", failure=failure)]
