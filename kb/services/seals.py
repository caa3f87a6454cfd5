"""What exactly a check says, as hashes: so that what is approved is what was submitted and what was shown."""

import hashlib
import json
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from kb.models import Claim, FactCheck

PARTS = {
    "claim": _("the claim"),
    # Rating and rationale in one: a hash of the rating alone could be guessed, and would tell a reviewer.
    "verdict": _("the rating or the rationale"),
    "dates": _("the days it speaks for and expires on"),
    "evidence": _("the evidence"),
    "sources": _("the sources of the evidence"),
    "search": _("the search steps"),
    "precedents": _("the precedents consulted"),
}
# These follow what the rest of the base does to claims and sources, whose words and names change and which are merged.
MOVING = {"claim", "sources", "precedents"}


def seal_of(check: FactCheck) -> dict[str, str]:
    """The hash of each part: of the check as it is given, of the other rows as they are check.

    Queries: five, and one for the rating if it is not loaded, whatever the check holds.
    """
    claim, rating = Claim.objects.get(pk=check.claim_id), check.rating
    evidence = check.evidence.order_by("position").values_list(
        *("position", "stance", "summary", "quote", "address", "archived_copy", "copy__sha256")
    )
    steps = check.search_steps.order_by("position").values_list("position", "place", "words", "searched_on", "result")
    consulted = check.consulted.order_by("claim__text", "claim__language", "number").values_list(
        "claim__text", "claim__language", "number"
    )
    quantity = None if claim.value is None else f"{claim.value.normalize():f}"
    return {
        "claim": _hash(
            *(claim.text, claim.language, claim.statement_type, quantity, claim.unit, claim.period, claim.definition)
        ),
        "verdict": _hash(rating and (rating.slug, rating.edition), check.rationale),
        "dates": _hash(check.as_of, check.expiry, check.expires_on),
        "evidence": _hash(*evidence),
        "sources": _hash(*check.evidence.order_by("position").values_list("position", "source__slug")),
        "search": _hash(*steps),
        "precedents": _hash(*consulted),
    }


def hash_of(seal: dict[str, str]) -> str:
    """One hash for the whole check: what a reviewer's form carries."""
    return _hash(*sorted(seal.items()))


def changed_parts(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """What differs, in words."""
    return [str(words) for part, words in PARTS.items() if before.get(part) != after.get(part)]


def _hash(*values: Iterable) -> str:
    return hashlib.sha256(json.dumps(values, default=str, ensure_ascii=False).encode()).hexdigest()
