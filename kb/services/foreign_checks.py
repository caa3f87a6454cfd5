"""Fact-checks of others: what their rating words mean by our table, and which claim of ours they are about."""

from collections.abc import Iterable, Iterator
from itertools import batched

from django.contrib.auth.models import User
from django.db import transaction

from kb.models import Claim, CoarseClass, ForeignCheck, RatingWords, policy
from kb.models.rules import change_together
from kb.text.folding import fold

BATCH = 500
CHANGE, CHANGE_WORDS = "kb.change_foreigncheck", "kb.change_ratingwords"


class RatingTable:
    """The table of rating words, held in memory: case, accents and punctuation make no difference."""

    def __init__(self, rows: Iterable[RatingWords]):
        self._classes: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            self._classes.setdefault((row.site.lower().removeprefix("www."), fold(row.words)), set()).add(
                row.coarse_class
            )

    @classmethod
    def load(cls) -> "RatingTable":
        return cls(RatingWords.objects.all())

    def class_of(self, words: str, site: str) -> str:
        """The coarse class of these words at this site: its own row first, then that of every site.

        Words that the table does not hold, or holds with two meanings, are unrated: never a guess.
        """
        key = fold(words)
        for place in (*_with_parents(site), ""):
            if key and (found := self._classes.get((place, key))):
                return next(iter(found)) if len(found) == 1 else CoarseClass.NONE
        return CoarseClass.NONE


@transaction.atomic
def apply_rating_words(*, by: User) -> int:
    """Give every stored check the class that the table says now; returns how many changed. Their words stay."""
    policy.require(by, CHANGE_WORDS)
    table = RatingTable.load()
    wrong = [
        (words, site, now)
        for words, site, stored in ForeignCheck.objects.order_by()
        .values_list("rating_words", "publisher_site", "coarse_class")
        .distinct()
        if (now := table.class_of(words, site)) != stored
    ]
    changed = 0
    for rows in batched(_to_change(wrong), BATCH, strict=False):
        change_together(rows, ["coarse_class"], by=by, reason="rating words")
        changed += len(rows)
    return changed


@transaction.atomic
def link(check: ForeignCheck, claim: Claim | None, *, by: User) -> ForeignCheck:
    """Say, as a person, that a check is about this claim of ours, or about none of them."""
    policy.require(by, CHANGE)
    if check.claim_id != (claim and claim.pk):
        check.claim, check.linked_by = claim, by if claim else None
        check._history_user = by
        check.save()
    return check


def _to_change(wrong: list[tuple[str, str, str]]) -> Iterator[ForeignCheck]:
    for words, site, now in wrong:
        rows = ForeignCheck.objects.filter(rating_words=words, publisher_site=site).exclude(coarse_class=now)
        for check in rows:
            check.coarse_class = now
            yield check


def _with_parents(site: str) -> Iterator[str]:
    """The domain and those above it, without the last: a row of example.org counts for check.example.org."""
    labels = site.lower().removeprefix("www.").split(".")
    for start in range(max(len(labels) - 1, 0)):
        yield ".".join(labels[start:])
