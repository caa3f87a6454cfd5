"""Which claims of the library say what a text says, or something like it: found by fragments of words, then compared."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations
from operator import or_

from django.db.models import Prefetch, Q, prefetch_related_objects

from kb.models import Claim, ClaimWording, FactCheck, FactCheckStatus, policy
from kb.text.claim_likeness import Comparison, Relation, compare, fragments, read
from kb.text.words import without_surrogates

from . import claim_index, claim_vectors

LONGEST = 1000  # characters that are read: a claim has at most 500
MOST_FRAGMENTS = 24
# A fragment that more claims hold tells little; only pairs of such fragments are asked for.
COMMON = 1500
MOST_PAIRED = 6
PAIRED = 200
COMPARED = 80
# By meaning, with the extra `similar`; the rules still say how they relate, and never "same" of what has other words.
MEANT = 20
# What a relation is worth beside the share of words in common.
WORTH = {
    Relation.SAME: 0.3,
    Relation.OTHER_NUMBER: 0.15,
    Relation.OTHER_TIME: 0.15,
    Relation.OTHER_ACTOR: 0.15,
    Relation.NEGATION: 0.15,
    Relation.SIMILAR: 0.0,
    Relation.DIFFERENT: -1.0,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim with its `standing`, and how it relates to the text."""

    claim: Claim
    comparison: Comparison
    # What was compared: the words of the claim, or other words by which it is known.
    words: str

    @property
    def relation(self) -> Relation:
        return self.comparison.relation

    @property
    def verdict(self) -> FactCheck | None:
        """The published one; nothing else is anybody's verdict yet."""
        return next(iter(self.claim.published_checks), None)

    @property
    def rank(self) -> float:
        return self.comparison.score + WORTH[self.relation]


@dataclass(frozen=True, slots=True)
class Similar:
    """What was found, best first. `text` is what was read of the text; `is_cut` says that there was more of it."""

    text: str
    candidates: Sequence[Candidate]
    is_cut: bool


def similar_claims(text: str, *, user, language: str = "", limit: int = 5, exclude: int | None = None) -> Similar:
    """The claims nearest to a text, of those that this person may see. Any text is fine; nothing is linked.

    `language` (BCP 47) tells how the text writes numbers; claims of every language are looked at. `exclude` is the key
    of a claim that is not to be offered, such as the one being written. A handful of queries, whatever the library.
    """
    is_cut = len(text) > LONGEST
    text = without_surrogates(text[:LONGEST]).replace("\0", " ")
    statement = read(text, language)
    asked = list(fragments(statement))[:MOST_FRAGMENTS]
    worded, meant = _other_words(asked), set(claim_vectors.nearest(text, at_most=MEANT))
    found = []
    for claim in _candidates(asked, user, exclude, {*worded, *meant}):
        said = [(claim.text, claim.language), *worded.get(claim.pk, ())]
        near = [Candidate(claim, compare(statement, read(words, tongue)), words) for words, tongue in said]
        best = max(near, key=lambda one: one.rank)
        if best.relation == Relation.DIFFERENT and claim.pk in meant:
            best = replace(best, comparison=replace(best.comparison, relation=Relation.SIMILAR))
        if best.relation != Relation.DIFFERENT:
            found.append(best)
    found.sort(key=lambda candidate: (-candidate.rank, -candidate.claim.pk))
    best = found[:limit]
    published = FactCheck.objects.filter(status=FactCheckStatus.PUBLISHED).select_related("rating")
    prefetch_related_objects([one.claim for one in best], Prefetch("fact_checks", published, "published_checks"))
    return Similar(text, best, is_cut)


def _other_words(asked: list[str]) -> dict[int, list[tuple[str, str]]]:
    """Other wordings that hold one of the longest fragments, with their language, by claim. They are few: merges make them."""
    longest = sorted(asked, key=len, reverse=True)[:MOST_PAIRED]
    if not longest:
        return {}
    holds = reduce(or_, (Q(text__icontains=fragment) for fragment in longest))
    rows = ClaimWording.objects.filter(holds).exclude(merge__undone_at__isnull=False).order_by("-pk")
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for pk, text, language in rows.values_list("claim", "text", "language")[:COMPARED]:
        found[pk].append((text, language))
    return found


def _candidates(asked: list[str], user, exclude: int | None, others: Collection[int]) -> list[Claim]:
    """The claims that share the rarest fragments, at most `COMPARED`; first `others`, found in other ways."""
    weights = _weigh(asked)
    weights |= dict.fromkeys(others, float("inf"))
    weights.pop(exclude, None)
    best = sorted(weights, key=lambda pk: (-weights[pk], -pk))
    # Where some that were found may not be visible, more are asked for than are compared.
    reach = COMPARED if policy.may(user, policy.PREVIEW) else 5 * COMPARED
    claims = Claim.objects.visible_to(user).filter(pk__in=best[:reach]).with_standing()
    rank = {pk: place for place, pk in enumerate(best)}
    return sorted(claims, key=lambda claim: rank[claim.pk])[:COMPARED]


def _weigh(asked: list[str]) -> dict[int, float]:
    """How much each found claim has of what was asked for; what few claims have weighs most."""
    weights: dict[int, float] = defaultdict(float)
    common = []
    for fragment, keys in zip(asked, claim_index.holding([(one,) for one in asked], at_most=COMMON), strict=True):
        if len(keys) == COMMON:
            common.append(fragment)
            continue
        for pk in keys:
            weights[pk] += len(keys) ** -0.5
    if common:
        # The longest are the rarest, as a rule.
        common.sort(key=len, reverse=True)
        pairs = list(combinations(common[:MOST_PAIRED], 2)) or [(common[0],)]
        for keys in claim_index.holding(pairs, at_most=PAIRED):
            for pk in keys:
                weights[pk] += PAIRED**-0.5
    return weights
