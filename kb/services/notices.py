"""Following, and telling: one notice for each event and person, however often the event is told."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import batched

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from kb.models import Follow, Notice, policy

BATCH = 500


@transaction.atomic
def follow(thing: models.Model, *, by: User, why: str = "") -> Follow:
    """Follow a claim, article, source or tag from now on; following it already, only the note changes."""
    policy.require(by, "kb.change_follow")
    target = Follow.target_field(thing)
    found, _ = Follow.objects.update_or_create(user=by, **{target: thing}, defaults={"why": why})
    return found


@transaction.atomic
def unfollow(thing: models.Model, *, by: User) -> bool:
    """Follow it no longer; says whether it was followed. What was told stays."""
    policy.require(by, "kb.change_follow")
    found, _ = Follow.objects.filter(user=by, **{Follow.target_field(thing): thing}).delete()
    return bool(found)


@transaction.atomic
def tell(
    event: str,
    *,
    about: Iterable[models.Model],
    words: str,
    by: User | None = None,
    people: Iterable[User | int] = (),
) -> int:
    """Tell the followers of any of the things, and the people named, of an event. Returns how many were told now.

    `event` names one happening for good (`published:factcheck:7`): told again, it adds nobody who knows. The notice leads
    to the first of `about`. Who did it is not told, nor who may not look at drafts (any more). The cost grows with the
    people told and not with what else they follow.
    """
    about = list(about)
    target = {f"{Notice.target_field(about[0])}_id": about[0].pk}
    told = {person if isinstance(person, int) else person.pk for person in people} | _followers(about)
    if by is not None:
        told.discard(by.pk)
    if not told:
        return 0
    told &= set(policy.holders(policy.PREVIEW).values_list("pk", flat=True))
    told -= set(Notice.objects.filter(event=event).values_list("user", flat=True))
    rows = [Notice(user_id=person, event=event, words=str(words), by=by, **target) for person in sorted(told)]
    # Somebody may tell of the same event at this moment.
    Notice.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def _followers(about: list[models.Model]) -> set[int]:
    by_target: dict[str, list[int]] = defaultdict(list)
    for thing in about:
        try:
            by_target[Follow.target_field(thing)].append(thing.pk)
        except TypeError:
            continue  # a fact-check or a task is followed through its claim or not at all
    found: set[int] = set()
    for target, keys in by_target.items():
        for some in batched(keys, BATCH, strict=False):
            found |= set(Follow.objects.filter(**{f"{target}__in": some}).values_list("user", flat=True))
    return found


@transaction.atomic
def mark_read(*, by: User, notices: Iterable[int] | None = None, now: datetime | None = None) -> int:
    """Mark these notices of the person as read, or all of theirs; another's are left alone. Returns how many changed."""
    which = Q() if notices is None else Q(pk__in=list(notices))
    return Notice.objects.filter(which, user=by).unread().update(read_at=now or timezone.now())
