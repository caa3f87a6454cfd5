"""The texts nearest to a pasted one: those that have its rare words, and of claims those that are closest to it.

Not all of its words need stand there. What is found by the rarest words is compared in full; a word that many texts have
finds nothing by itself.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import log

from kb.models import FoundKind, SearchDocument
from kb.text.closeness import Sample
from kb.text.search_words import keys

from .asking import apart
from .expressions import AllOf, Expression, Without, any_of, mark
from .matching import DESK, Match, Public, holding

COMMON = 1500
# So many claims are compared; so many other texts are shown.
COMPARED = 250
MOST = 100
LEAST_SHARE = 0.2
# From what a claim is worth beside other texts with as many of the words.
CLAIMS_FIRST = 1.25
SAMPLED = 2000
RENEWED_AFTER = 500


def nearest(
    text: str,
    narrow: Sequence[Expression],
    unwanted: Sequence[Expression],
    *,
    public: Public,
    first: int,
    last: int,
) -> list[Match]:
    """The nearest texts between two places, nearest first. A handful of queries, whatever is found."""
    is_claim, words = mark("k", FoundKind.CLAIM.name.lower()), apart(text)

    def gathered(of_claims: bool, at_most: int) -> dict[int, float]:
        within, without = ([*narrow, is_claim], unwanted) if of_claims else (narrow, [*unwanted, is_claim])
        questions = [_narrowed(word, within, without) for word in words]
        return _weighed(holding(public, questions, at_most=COMMON), first, last, at_most)

    claims, others = gathered(True, COMPARED), gathered(False, MOST)
    columns = ("desk_title", "desk_marks") if public is DESK else ("title", "marks")
    documents = SearchDocument.objects.filter(place__in=[*claims, *others])
    told = {place: (title.split(), marks) for place, title, marks in documents.values_list("place", *columns)}
    compared = [place for place in claims if place in told]
    close = sample().closeness(keys(text), [told[place][0] for place in compared])
    best = max(claims.values(), default=0) * CLAIMS_FIRST
    matches = [Match(place, told[place][1], best * score) for place, score in zip(compared, close, strict=True)]
    matches += [Match(place, told[place][1], share) for place, share in others.items() if place in told]
    return sorted(
        (match for match in matches if match.score >= LEAST_SHARE), key=lambda match: (-match.score, -match.place)
    )


def _weighed(found: Sequence[Sequence[int]], first: int, last: int, at_most: int) -> dict[int, float]:
    """The share that each text has of what the words weigh; those with the largest, largest first."""
    worth = [log(1 + 10 * COMMON / max(1, len(places))) for places in found]
    whole = sum(weight for weight, places in zip(worth, found, strict=True) if places) or 1.0
    all_common = all(len(places) in (0, COMMON) for places in found)
    shares: dict[int, float] = defaultdict(float)
    for places, weight in zip(found, worth, strict=True):
        if len(places) < COMMON or all_common:
            for place in places:
                if first <= place <= last:
                    shares[place] += weight / whole
    best = sorted(shares, key=lambda place: (-shares[place], -place))[:at_most]
    return {place: shares[place] for place in best}


def _narrowed(word: Expression, narrow: Sequence[Expression], unwanted: Sequence[Expression]) -> Expression:
    asked = AllOf((word, *narrow)) if narrow else word
    return Without(asked, any_of(unwanted)) if unwanted else asked


_sample: tuple[int, Sample] | None = None


def sample() -> Sample:
    """What the newest claims tell of how rare words are; of a large library kept until some hundreds were added."""
    global _sample
    claims = SearchDocument.objects.filter(kind=FoundKind.CLAIM).order_by("-row")
    newest = claims.values_list("row", flat=True).first() or 0
    age = newest // RENEWED_AFTER
    if _sample is None or _sample[0] != age or age == 0:
        titles = claims.values_list("desk_title", flat=True)[:SAMPLED]
        _sample = (age, Sample(title.split() for title in titles))
    return _sample[1]
