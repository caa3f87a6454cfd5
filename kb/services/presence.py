"""Who has a page open: a hint for colleagues, never a lock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from kb.models import Presence

# Without a further sign of it a page counts as closed.
EXPIRES = timedelta(minutes=2)
# So long after that its trace goes, so many at a time.
SWEPT = timedelta(hours=1)
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else, and for how long they have the page open."""

    name: str
    minutes: int


def note(row: models.Model, *, by: User, now: datetime | None = None) -> None:
    """A sign that this person has the page of the row open."""
    now = now or timezone.now()
    about = _about(row)
    if Presence.objects.filter(**about, user=by, seen_at__gt=now - EXPIRES, since__lte=now).update(seen_at=now):
        return
    Presence.objects.bulk_create(
        [Presence(**about, user=by, since=now, seen_at=now)],
        update_conflicts=True,
        unique_fields=["content_type", "object_id", "user"],
        update_fields=["since", "seen_at"],
    )
    sweep(now)


def leave(row: models.Model, *, by: User) -> None:
    """This person has closed the page."""
    Presence.objects.filter(**_about(row), user=by).delete()


def others(row: models.Model, *, than: User, now: datetime | None = None) -> list[Present]:
    """Who else has the page open, the longest first."""
    now = now or timezone.now()
    found = Presence.objects.filter(**_about(row), seen_at__gt=now - EXPIRES).exclude(user=than)
    return [
        Present(one.user.get_full_name() or one.user.get_username(), int((now - one.since).total_seconds() // 60))
        for one in found.select_related("user").order_by("since", "pk")
    ]


def sweep(now: datetime) -> None:
    """Take away what is long over, some rows at a time."""
    over = Presence.objects.filter(seen_at__lt=now - SWEPT).order_by("pk").values_list("pk", flat=True)
    if keys := list(over[:AT_ONCE]):
        Presence.objects.filter(pk__in=keys, seen_at__lt=now - SWEPT).delete()


def _about(row: models.Model) -> dict:
    return {"content_type": ContentType.objects.get_for_model(row), "object_id": str(row.pk)}
