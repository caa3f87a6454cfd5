"""Verdicts that have passed their day, or soon will: which come first, and a task for each as long as it waits."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import batched

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import Claim, FactCheck, FactCheckStatus, Task, TaskKind, policy

from . import tasks

WITHIN = 30
BATCH = 200


def due(*, within: int = WITHIN, today: date | None = None) -> QuerySet[FactCheck]:
    """The verdicts that are past their day, or will be in so many days; by reach times age."""
    today = today or timezone.localdate()
    return FactCheck.objects.to_check_again(until=today + timedelta(days=within), today=today)


def without_task(*, within: int = WITHIN, today: date | None = None) -> QuerySet[FactCheck]:
    """Those of them that nobody has been asked to check again."""
    asked = Task.objects.open().filter(kind=TaskKind.RECHECK, claim=OuterRef("claim"))
    return due(within=within, today=today).filter(~Exists(asked))


def renewed(*, within: int = WITHIN, today: date | None = None) -> QuerySet[Task]:
    """Open tasks whose claim got a verdict since that is good for longer."""
    later = FactCheck.objects.filter(
        claim=OuterRef("claim"), status=FactCheckStatus.PUBLISHED, decided_at__gte=OuterRef("opened_at")
    )
    again = due(within=within, today=today).filter(claim=OuterRef("claim"))
    waiting = Task.objects.open().filter(kind=TaskKind.RECHECK)
    return waiting.filter(Exists(later), ~Exists(again)).order_by("pk")


def open_tasks(*, within: int = WITHIN, today: date | None = None) -> Iterator[int]:
    """Ask for a new check of each claim whose verdict is due, where nobody has been asked; again, and nothing is new.

    Who wrote the verdict is asked, if they still write checks. Yields how many tasks each batch, a transaction of its
    own, made.
    """
    due_now = without_task(within=within, today=today).values_list("claim", "author", "expires_on")
    able = {person.pk: person for person in policy.holders(policy.SUBMIT)}
    for some in batched(list(due_now), BATCH, strict=False):
        rows = [
            (Claim(pk=claim), _("The verdict is good until %(day)s.") % {"day": day.isoformat()}, able.get(author))
            for claim, author, day in some
        ]
        yield len(tasks.open_tasks(TaskKind.RECHECK, rows))


def close_tasks(*, within: int = WITHIN, today: date | None = None) -> Iterator[int]:
    """Close the tasks that a newer verdict has done. Yields how many: one for each."""
    for task in renewed(within=within, today=today):
        yield tasks.complete_about(task.claim, TaskKind.RECHECK, by=None, outcome=_("The verdict was renewed."))
