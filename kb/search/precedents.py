"""Earlier verdicts that bear on a claim: in the same words, on the same cited source, about the same kind of figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from kb.models import Appearance, Claim, FactCheck, Rating
from kb.models.factcheck import PUBLIC
from kb.text.claim_likeness import Relation, compare, read

from .similar import similar_claims

WORDS, SOURCE, FIGURE = "words", "source", "figure"
OF_EACH = 4
# Of so many similar claims the verdicts are looked for.
LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class Precedent:
    """A verdict that readers see or saw, why it is near (`kinds`), and how its claim relates to the one in question."""

    check: FactCheck
    kinds: Sequence[str]
    relation: Relation

    def departs(self, rating: Rating | None) -> bool:
        """Whether the same was rated in another coarse class. A verdict that is in doubt binds nobody."""
        return (
            rating is not None
            and self.relation == Relation.SAME
            and not self.check.reopened_at
            and self.check.rating.coarse_class != rating.coarse_class
        )


def precedents(claim: Claim, *, user) -> list[Precedent]:
    """The nearest verdicts, those in the same words first, at most `OF_EACH` of a kind; of each claim its latest.

    The claim's own earlier verdict is one. The number of queries is the same whatever the library.
    """
    alike = [one.claim.pk for one in similar_claims(
        claim.text, user=user, language=claim.language, limit=LOOKED_AT, exclude=claim.pk
    ).candidates]  # fmt: skip
    place = {pk: number for number, pk in enumerate([claim.pk, *alike])}
    others = _latest(user).exclude(claim=claim)
    by_words = sorted(_latest(user).filter(claim__in=place), key=lambda check: place[check.claim_id])
    cited = Appearance.objects.filter(claim=claim).confirmed().values("citations__source")
    leaning = Appearance.objects.confirmed().filter(citations__source__in=cited).values("claim")
    found = {WORDS: by_words[:OF_EACH], SOURCE: list(others.filter(claim__in=leaning)[:OF_EACH]), FIGURE: []}
    if claim.unit:
        found[FIGURE] = list(others.filter(claim__unit__iexact=claim.unit)[:OF_EACH])
    checks, kinds = {}, {}
    for kind, rows in found.items():
        for check in rows:
            checks.setdefault(check.pk, check)
            kinds.setdefault(check.pk, []).append(kind)
    statement = read(claim.text, claim.language)
    return [Precedent(check, kinds[pk], _relation(claim, statement, check.claim)) for pk, check in checks.items()]


def _latest(user):
    """Of each claim the last verdict that was published, newest first."""
    later = FactCheck.objects.filter(status__in=PUBLIC, claim=OuterRef("claim"), number__gt=OuterRef("number"))
    rows = FactCheck.objects.visible_to(user).filter(~Exists(later), status__in=PUBLIC)
    return rows.select_related("claim", "rating").order_by("-decided_at", "-pk")


def _relation(claim: Claim, statement, other: Claim) -> Relation:
    if other.pk == claim.pk:
        return Relation.SAME
    return compare(statement, read(other.text, other.language)).relation
