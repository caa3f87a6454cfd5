"""Saving a claim: the words that a published verdict speaks of never change behind its back."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kb.models import Claim, CorrectionKind, FactCheckStatus, policy

from .refusal import Blocker, refuse_if
from .ripple import correct

# What a verdict is a verdict on: the part of a claim that is sealed with a check.
SAYS = ("text", "language", "statement_type", "value", "unit", "period", "definition")


@transaction.atomic
def save_claim(claim: Claim, *, by: User | None, why: str = "") -> Claim:
    """Save a claim. What readers know with its verdict changes together with a public correction of the wording.

    Raises:
        Refused: it has a published verdict, and the person may not correct, or gave no reason.
    """
    before = Claim.objects.select_for_update().filter(pk=claim.pk).first()
    changed = reworded(claim, before)
    if changed:
        refuse_if(
            None
            if policy.may(by, policy.CORRECT)
            else Blocker(_("Its verdict is published: an editor changes its words, with a public correction."), claim),
            None
            if why.strip()
            else Blocker(_("Its verdict is published: on its own page, say why its words change. Readers ask."), claim),
        )
    claim._history_user = by
    claim.save()
    if changed:
        words = {"before": _said(before, changed), "after": _said(claim, changed)}
        correct(claim, by=by, kind=CorrectionKind.WORDING, reason=why, **words)
    return claim


def reworded(claim: Claim, before: Claim | None) -> list[str]:
    """The fields in which the claim says something else than `before`, if a published verdict speaks of it."""
    changed = [name for name in SAYS if before and getattr(claim, name) != getattr(before, name)]
    return changed if changed and has_published_verdict(before) else []


def has_published_verdict(claim: Claim) -> bool:
    return claim.fact_checks.filter(status=FactCheckStatus.PUBLISHED).exists()


def _said(claim: Claim, changed: list[str]) -> str:
    """The claim with everything else that changes, for readers."""
    return "; ".join([claim.text, *(_named(claim, name) for name in changed if name != "text")])


def _named(claim: Claim, name: str) -> str:
    if name == "value" and claim.value is not None:
        value = f"{claim.value.normalize():f}"
    else:
        value = getattr(claim, f"get_{name}_display", lambda: getattr(claim, name))()
    return f"{capfirst(Claim._meta.get_field(name).verbose_name)}: {value or '–'}"
