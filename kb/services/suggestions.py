"""Deciding what the machine found: a person confirms or rejects, one by one or many at once."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kb.models import Appearance, Claim, Hop, HopKind, Person, Piece, State, policy
from kb.models.rules import Suggestion, change_together

from .refusal import Blocker, Refused, refuse_if

DECIDED = ("state", "decided_by", "decided_at")
# What confirming fills in.
COMPLETED = {Appearance: ("claim",), Hop: ("person",), Piece: ("became",)}


def confirm(suggestions: Iterable[Suggestion], *, by: User) -> int:
    """Confirm suggestions and say how many changed. What is confirmed already stays as it is.

    An appearance without a claim gets one, made of its exact words; a byline gets its person.

    Raises:
        Refused: at least one cannot be confirmed; then none is.
    """
    return _decide(suggestions, State.CONFIRMED, by=by)


def reject(suggestions: Iterable[Suggestion], *, by: User) -> int:
    """Reject suggestions and say how many changed."""
    return _decide(suggestions, State.REJECTED, by=by)


@transaction.atomic
def _decide(suggestions, state: State, *, by: User) -> int:
    policy.require(by, policy.DECIDE)
    changed = [row for row in suggestions if row.state != state]
    for row in changed:
        row.state, row.decided_by, row.decided_at = state, by, timezone.now()
        if state == State.CONFIRMED:
            _complete(row, by)
    try:
        with transaction.atomic():
            for model in dict.fromkeys(map(type, changed)):
                fields = DECIDED + COMPLETED.get(model, ())
                change_together([row for row in changed if type(row) is model], fields, by=by)
    except IntegrityError:
        # The database says that a rule is broken; the rows say which, and by whom.
        refuse_if(*map(_broken_rule, changed))
        raise
    return len(changed)


def _broken_rule(row: Suggestion) -> Blocker | None:
    try:
        row.validate_constraints()
    except ValidationError as error:
        return Blocker(" ".join(error.messages), row)
    return None


def _complete(row: Suggestion, by: User) -> None:
    if isinstance(row, Appearance) and row.claim is None:
        row.claim = _claim_of_words(row, by)
    if isinstance(row, Hop) and row.kind == HopKind.WROTE and row.person is None and row.source is None:
        row.person = _person_of_name(row.printed_name, by)


def _claim_of_words(appearance: Appearance, by: User) -> Claim:
    """The claim in exactly these words, or a new one; the analyst makes the words canonical afterwards."""
    words = " ".join(appearance.exact.split()).rstrip(".")
    longest = Claim._meta.get_field("text").max_length
    if len(words) > longest:
        raise Refused(
            Blocker(
                _("These words are too long for a claim (%(limit)d characters): write the claim and choose it here.")
                % {"limit": longest},
                appearance,
            )
        )
    claim = Claim.objects.worded(words, appearance.article.language)
    if claim is None:
        claim = Claim(text=words, language=appearance.article.language)
        claim._history_user = by
        claim.save()
    return claim


def _person_of_name(name: str, by: User) -> Person:
    person = Person.objects.named(name)
    if person is None:
        person = Person(name=name, slug=free_slug(Person, name))
        person._history_user = by
        person.save()
    return person


def free_slug(model, text: str, *, fallback: str = "untitled") -> str:
    """A slug of the text that no row of the table has."""
    field = model._meta.get_field("slug")
    base = slugify(text, allow_unicode=field.allow_unicode)[: field.max_length - 8].strip("-") or fallback
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in _numbered(base) if slug not in taken)


def _numbered(base: str):
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
