"""Work that waits: opened once for each kind and thing, given out, done or dropped with a reason."""

from collections.abc import Iterable
from datetime import date
from itertools import batched

from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from simple_history.utils import bulk_create_with_history

from kb.models import (
    Access,
    Annotation,
    Article,
    ArticleStatus,
    Challenge,
    Citation,
    Claim,
    ClaimStatus,
    FactCheck,
    FactCheckStatus,
    Priority,
    Task,
    TaskKind,
    TaskState,
    policy,
)
from kb.models.rules import change_together

from .notices import tell
from .refusal import Blocker, refuse_if

# A reopened verdict is in doubt, whatever its day: what it needs is the next check.
UNSETTLED = (ClaimStatus.UNCHECKED, ClaimStatus.BEING_CHECKED, ClaimStatus.REOPENED)
BATCH = 200
# As often as two programs may open the same tasks at once before one of them gives up.
TRIES = 3


@transaction.atomic
def open_task(
    kind: TaskKind,
    *,
    about: models.Model,
    why: str = "",
    by: User | None = None,
    assignee: User | None = None,
    due_on: date | None = None,
    priority: Priority = Priority.NORMAL,
) -> Task:
    """The open task of this kind about the thing; without one, a new one.

    `by` is nobody where a program asks. To one that is open a new reason is added as a line; it becomes no less urgent and
    due no later than asked, and keeps its assignee if it has one.

    Raises:
        Refused: the assignee cannot do it.
    """
    if by is not None:
        policy.require(by, policy.ASSIGN)
    refuse_if(_unless_able(assignee, kind, about))
    target = {Task.target_field(about): about}
    task = Task.objects.open().select_for_update().filter(kind=kind, **target).first()
    if task is None:
        task = Task(
            kind=kind,
            why=why.strip(),
            assignee=assignee,
            due_on=due_on,
            priority=priority,
            opened_by=by,
            **target,
        )
        try:
            with transaction.atomic():
                return _saved(task, by, tells=assignee is not None)
        except IntegrityError:
            # Somebody opened it at this moment; then ours adds to theirs.
            task = Task.objects.open().select_for_update().get(kind=kind, **target)
    wanted = {
        "why": _with_reason(task.why, why),
        "assignee": task.assignee or assignee,
        "due_on": min(filter(None, (task.due_on, due_on)), default=None),
        "priority": max(task.priority, priority),
    }
    gains = task.assignee is None and assignee is not None
    if any(getattr(task, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(task, name, value)
        _saved(task, by, tells=gains)
    return task


@transaction.atomic
def open_tasks(
    kind: TaskKind,
    rows: Iterable[tuple[models.Model, str, User | None]],
    *,
    by: User | None = None,
    due_on: date | None = None,
    priority: Priority = Priority.NORMAL,
) -> list[Task]:
    """Open many tasks at once from (thing, why, assignee); returns those that are new.

    As `open_task` for each, in a number of statements that grows with batches of two hundred; of the thing only its key is
    read. Each assignee gets one notice of all their new tasks. Rights of assignees are not asked: an assignee without the
    right keeps nobody from taking the task.
    """
    asked: dict[tuple[str, int], list] = {}
    for about, why, assignee in rows:
        key = (Task.target_field(about), about.pk)
        if key in asked:
            asked[key][0] = _with_reason(asked[key][0], why)
            asked[key][1] = asked[key][1] or assignee
        else:
            asked[key] = [why.strip(), assignee]
    new: list[Task] = []
    for target in Task.TARGETS:
        keys = sorted(key for name, key in asked if name == target)
        for some in batched(keys, BATCH, strict=False):
            wanted = {key: asked[target, key] for key in some}
            new += _open_batch(kind, target, wanted, by=by, due_on=due_on, priority=priority)
    _tell_assignees(new, by)
    return new


def _open_batch(kind, target: str, wanted: dict[int, list], *, by, due_on, priority) -> list[Task]:
    for attempt in range(1, TRIES + 1):
        there = {
            getattr(task, f"{target}_id"): task
            for task in Task.objects.open()
            .select_for_update()
            .filter(kind=kind, **{f"{target}__in": [*wanted]})
            .order_by("pk")
        }
        new = [
            Task(
                kind=kind,
                why=why,
                assignee=assignee,
                due_on=due_on,
                priority=priority,
                opened_by=by,
                **{f"{target}_id": key},
            )
            for key, (why, assignee) in wanted.items()
            if key not in there
        ]
        try:
            with transaction.atomic():
                bulk_create_with_history(new, Task, batch_size=BATCH, default_user=by)
            break
        except IntegrityError:
            # Somebody opened some of them at this moment: those are found now.
            if attempt == TRIES:
                raise
    changed = []
    for key, task in there.items():
        why, assignee = wanted[key]
        before = (task.why, task.assignee_id, task.due_on, task.priority)
        task.why = _with_reason(task.why, why)
        if task.assignee_id is None and assignee is not None:
            task.assignee = assignee
        task.due_on = min(filter(None, (task.due_on, due_on)), default=None)
        task.priority = max(task.priority, priority)
        if before != (task.why, task.assignee_id, task.due_on, task.priority):
            changed.append(task)
    change_together(changed, ["why", "assignee", "due_on", "priority"], by=by)
    return new


def _tell_assignees(new: list[Task], by: User | None) -> None:
    of: dict[int, list[Task]] = {}
    for task in new:
        if task.assignee_id:
            of.setdefault(task.assignee_id, []).append(task)
    for person, tasks in of.items():
        words = ngettext("%(count)d task is yours: %(kind)s.", "%(count)d tasks are yours: %(kind)s.", len(tasks))
        tell(
            f"assigned:task:{tasks[0].pk}:1",
            about=tasks[:1],
            words=words % {"count": len(tasks), "kind": tasks[0].get_kind_display()},
            by=by,
            people=[person],
        )


@transaction.atomic
def assign(
    task: Task,
    *,
    by: User,
    to: User | None,
    due_on: date | None = None,
    priority: Priority | None = None,
) -> Task:
    """Give an open task to a person, or to nobody; a day and a priority are set where they are given.

    Raises:
        Refused: it is closed, or the person cannot do it.
        StaleVersion: somebody changed it since it was read.
    """
    policy.require(by, policy.ASSIGN)
    refuse_if(_unless_open(task), _unless_able(to, task.kind, task.target))
    is_new = to is not None and to.pk != task.assignee_id
    task.assignee = to
    task.due_on = due_on or task.due_on
    task.priority = priority or task.priority
    return _saved(task, by, tells=is_new)


def take(task: Task, *, by: User) -> Task:
    """Do it oneself. What a colleague has is not taken from them by this: they, or anybody, may give it out anew.

    Raises:
        Refused: a colleague has it, it is closed, or one cannot do it.
    """
    lies_with_another = task.assignee_id not in (None, by.pk) and task.assignee.is_active
    refuse_if(Blocker(_("%(who)s has this.") % {"who": task.assignee}, task) if lies_with_another else None)
    return assign(task, by=by, to=by)


def usual_kind(about: models.Model) -> TaskKind:
    """What there is to do about a thing as it stands."""
    match about:
        case Claim():
            return TaskKind.CHECK if about.status in UNSETTLED else TaskKind.RECHECK
        case FactCheck() if about.status == FactCheckStatus.SUBMITTED:
            return TaskKind.REVIEW
        case Article() if about.status == ArticleStatus.IN_REVIEW:
            return TaskKind.REVIEW
        case Citation():
            return TaskKind.CHECK
        case Challenge():
            return TaskKind.CHALLENGE
    return TaskKind.OTHER


def _at_hand(about: models.Model) -> Task | None:
    """The open task that a button on the page of a thing means: the usual one, or else the most urgent."""
    found = list(Task.objects.open().about(about).select_related("assignee"))
    return next((task for task in found if task.kind == usual_kind(about)), found[0] if found else None)


@transaction.atomic
def take_up(about: models.Model, *, by: User) -> Task:
    """Take what there is to do about a thing. Raises Refused as `take`."""
    task = _at_hand(about)
    return take(task, by=by) if task else open_task(usual_kind(about), about=about, by=by, assignee=by)


@transaction.atomic
def give_out(
    about: models.Model,
    *,
    by: User,
    to: User | None,
    due_on: date | None = None,
    priority: Priority | None = None,
    why: str = "",
) -> Task:
    """Give what there is to do about a thing to a person, or to nobody. Raises Refused as `assign`."""
    task = _at_hand(about)
    if task is None:
        wanted = {"due_on": due_on, "priority": priority or Priority.NORMAL}
        return open_task(usual_kind(about), about=about, why=why, by=by, assignee=to, **wanted)
    task.why = _with_reason(task.why, why)
    return assign(task, by=by, to=to, due_on=due_on, priority=priority)


@transaction.atomic
def complete(task: Task, *, by: User | None, outcome: str = "") -> Task:
    """Close a task as done; `by` is nobody where a program sees that the work is done.

    Raises:
        Refused: it is closed already.
    """
    return _close(task, TaskState.DONE, by, outcome)


@transaction.atomic
def drop(task: Task, *, by: User | None, reason: str) -> Task:
    """Close a task that nobody has to do any more.

    Raises:
        Refused: it is closed already, or no reason is given.
    """
    refuse_if(None if reason.strip() else Blocker(_("Say why nobody has to do it any more."), task))
    return _close(task, TaskState.DROPPED, by, reason)


@transaction.atomic
def complete_about(about: models.Model, *kinds: TaskKind, by: User | None, outcome: str = "") -> int:
    """Close the open tasks of these kinds about a thing, because an act has done the work. Says how many."""
    tasks = Task.objects.open().about(about).filter(kind__in=kinds).select_for_update()
    for task in tasks:
        _end(task, TaskState.DONE, by, outcome)
    return len(tasks)


def _close(task: Task, state: TaskState, by: User | None, outcome: str) -> Task:
    if by is not None:
        policy.require(by, policy.ASSIGN)
    refuse_if(_unless_open(task))
    return _end(task, state, by, outcome)


def _end(task: Task, state: TaskState, by: User | None, outcome: str) -> Task:
    task.state, task.done_at, task.done_by, task.outcome = state, timezone.now(), by, outcome.strip()
    return _saved(task, by)


def _saved(task: Task, by: User | None, *, tells: bool = False) -> Task:
    task._history_user = by
    task.save()
    if tells:
        # The version makes it another event when it comes back to the same person.
        tell(
            f"assigned:task:{task.pk}:{task.version}",
            about=[task],
            words=_("This task is yours: %(task)s") % {"task": task},
            by=by,
            people=[task.assignee],
        )
    return task


def _with_reason(there: str, why: str) -> str:
    """The reasons, each once and on its line."""
    lines = there.splitlines()
    return "\n".join([*lines, *(line for line in why.strip().splitlines() if line not in lines)])


def _unless_open(task: Task) -> Blocker | None:
    return None if task.is_open else Blocker(_("The task is closed."), task)


def _unless_able(person: User | None, kind: str, about: models.Model) -> Blocker | None:
    """Nobody is given work that they may not do: a review goes to somebody who may decide and did not write it; what only
    its author reads is nobody's work."""
    if isinstance(about, Annotation) and about.access == Access.PRIVATE:
        return Blocker(_("Only you read this note: open it to the team first."), about)
    if person is None:
        return None
    if not person.is_active or not policy.may(person, policy.ASSIGN):
        return Blocker(_("%(who)s does not work at the desk.") % {"who": person})
    if kind == TaskKind.REVIEW:
        if not policy.may(person, policy.PUBLISH if isinstance(about, Article) else policy.APPROVE):
            return Blocker(_("%(who)s may not review.") % {"who": person})
        if getattr(about, "author_id", None) == person.pk:
            return Blocker(_("Nobody reviews their own check: ask a colleague."), about)
    return None
