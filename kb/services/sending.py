"""A form that is sent twice is saved once: the second sending is answered with what the first came to."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from kb.models import SentForm

# So long the first sending is remembered; what is older goes, some rows at a time.
REMEMBERED = timedelta(days=1)
AT_ONCE = 100


def once[Answer](
    key: str, *, by: User, save: Callable[[SentForm], Answer], again: Callable[[SentForm], Answer]
) -> Answer:
    """Save a form unless it was saved already, in one transaction; then `again` is asked with its first sending.

    `save` fills in what its sending came to, or leaves it empty where nothing was saved: it may then be sent again.
    Two sendings at once wait for each other.
    """
    with transaction.atomic():
        try:
            with transaction.atomic():
                sent = SentForm.objects.create(user=by, key=key)
        except IntegrityError:
            return again(SentForm.objects.get(user=by, key=key))
        answer = save(sent)
        if sent.answer or sent.popup:
            sent.save(update_fields=["answer", "popup"])
            sweep()
        else:
            sent.delete()
        return answer


def sweep() -> None:
    """Forget what was sent long ago."""
    over = SentForm.objects.filter(sent_at__lt=timezone.now() - REMEMBERED).order_by("pk")
    if keys := list(over.values_list("pk", flat=True)[:AT_ONCE]):
        SentForm.objects.filter(pk__in=keys).delete()
