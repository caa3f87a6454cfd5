"""The daily digest: one mail to each person who wants it, of what is new to them and of their tasks that are due.

At most once a day and person: the day is taken and committed before the mail leaves. A process that dies between the two
sends that person nothing that day, and their notices stand unread at the desk and are counted in the next digest.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from django.contrib.auth.models import User
from django.core.mail import EmailMultiAlternatives, mailers
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from kb.models import Digest, Notice, Task, policy

# A mail of more lines is read by nobody: the rest is counted.
LINES = 30


@dataclass(frozen=True)
class Contents:
    """What one digest tells. `earlier` counts unread notices that an earlier one told, or should have."""

    person: User
    new: list[Notice]
    new_count: int
    earlier: int
    tasks: list[Task]
    task_count: int

    def __bool__(self):
        return bool(self.new or self.tasks)


def want(wanted: bool, *, by: User) -> None:
    """Begin or stop sending the person a daily digest."""
    policy.require(by, policy.PREVIEW)
    if wanted:
        Digest.objects.get_or_create(user=by)
    else:
        Digest.objects.filter(user=by).delete()


def due(now: datetime) -> QuerySet[Digest]:
    """Those that nobody sent today, of people who may look at the desk and have an address."""
    people = policy.holders(policy.PREVIEW).exclude(email="")
    return Digest.objects.filter(_not_today(now), user__in=people).select_related("user").order_by("pk")


def contents(digest: Digest, now: datetime) -> Contents:
    unread = Notice.objects.visible_to(digest.user).unread()
    new = unread.filter(at__gt=digest.sent_at or digest.since)
    tasks = Task.objects.mine(digest.user).filter(due_on__lte=timezone.localdate(now)).with_thing()
    new_count, task_count = new.count(), tasks.count()
    return Contents(
        person=digest.user,
        new=list(new[:LINES]),
        new_count=new_count,
        earlier=unread.count() - new_count,
        tasks=list(tasks[:LINES]),
        task_count=task_count,
    )


def send(now: datetime, *, address: str, site: str) -> Iterator[tuple[Digest, Exception | None]]:
    """Send what is due, and yield each digest that left or failed; one that has nothing to tell is passed over.

    `address` is where the site stands. Must not run inside a transaction.
    """
    for digest in due(now).iterator():
        found = contents(digest, now)
        if not found:
            continue
        before = digest.sent_at
        if not _take(digest, now):
            continue  # another process has it
        try:
            _mail(found, now, address=address, site=site).send(using="default")
        except Exception as error:  # whatever a mail server does, the others get theirs
            Digest.objects.filter(pk=digest.pk, sent_at=now).update(sent_at=before)
            yield digest, error
        else:
            yield digest, None


def is_possible() -> bool:
    """Whether any way to send mail is set up."""
    return "default" in mailers


def _not_today(now: datetime) -> Q:
    begin = timezone.make_aware(datetime.combine(timezone.localdate(now), time.min))
    return Q(sent_at=None) | Q(sent_at__lt=begin)


@transaction.atomic(durable=True)
def _take(digest: Digest, now: datetime) -> bool:
    return bool(Digest.objects.filter(_not_today(now), pk=digest.pk).update(sent_at=now))


def _mail(found: Contents, now: datetime, *, address: str, site: str) -> EmailMultiAlternatives:
    context = {"found": found, "address": address, "site": site, "today": timezone.localdate(now)}
    mail = EmailMultiAlternatives(
        subject=" ".join(render_to_string("mail/digest_subject.txt", context).split()),
        body=render_to_string("mail/digest.txt", context),
        to=[found.person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("mail/digest.html", context), "text/html")
    return mail
