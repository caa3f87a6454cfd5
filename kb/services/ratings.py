"""The scale in its editions: what a verdict was given in keeps its words, and a new wording is a new edition."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kb.models import Rating, policy
from kb.models.rating import WORDS

from .refusal import Blocker, refuse_if


@transaction.atomic
def save(rating: Rating, *, by: User) -> Rating:
    """Save a new or changed value of the scale.

    Raises Refused when a decided verdict or a review uses it and its words would change.
    """
    policy.require(by, "kb.change_rating" if rating.pk else "kb.add_rating")
    refuse_if(_if_words_change(rating))
    rating._history_user = by
    rating.save()
    return rating


def current_edition() -> int:
    return Rating.objects.aggregate(newest=Max("edition"))["newest"] or 1


@transaction.atomic
def new_edition(*, by: User, after: int) -> int:
    """Copy the current edition, which is `after`, as the next one, whose words can be changed; returns its number.

    From now on checks are rated on it: drafts with a rating of the one before have to be rated anew. Raises Refused when
    `after` is not the current edition any more: somebody has made the next one already.
    """
    policy.require(by, "kb.add_rating")
    current = list(Rating.objects.filter(edition=after).select_for_update())
    refuse_if(None if current_edition() == after else Blocker(_("The scale has a newer edition already.")))
    number = after + 1
    for rating in current:
        copy = Rating(
            edition=number, **{name: getattr(rating, name) for name in (*WORDS, "position") if name != "edition"}
        )
        copy._history_user = by
        copy.save()
    return number


def _if_words_change(rating: Rating) -> Blocker | None:
    used = Rating.objects.used().filter(pk=rating.pk).first()
    if used is None or all(getattr(used, name) == getattr(rating, name) for name in WORDS):
        return None
    return Blocker(_("Verdicts were given in these words, and keep them: make a new edition of the scale."), rating)
