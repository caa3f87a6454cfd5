"""What hangs on a row: every foreign key that leads to it, and which of two rows' belongings say the same.

Read from the tables themselves, so that a table that is written tomorrow moves with its source, claim, tag or person too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, UniqueConstraint
from simple_history.models import HistoricalChanges

from kb.models import State
from kb.models.rules import Suggestion, Versioned

# Of two suggestions that say the same, the one a person confirmed stays, then the one a person rejected.
_RANK = {State.CONFIRMED: 0, State.REJECTED: 1, State.SUGGESTED: 2}


@dataclass(frozen=True, slots=True)
class Relation:
    """A foreign key of another table that leads to rows of one."""

    owner: type[models.Model]
    field: models.ForeignKey

    @property
    def name(self) -> str:
        return f"{self.owner._meta.model_name}.{self.field.name}"

    @property
    def is_versioned(self) -> bool:
        return issubclass(self.owner, Versioned)

    @property
    def keeps_history(self) -> bool:
        return hasattr(self.owner, "history")

    def rows(self) -> models.QuerySet:
        return self.owner._base_manager.all()

    def of(self, row: models.Model) -> models.QuerySet:
        return self.rows().filter(**{self.field.name: row.pk})

    def doubles(self, kept: models.Model, given_up: models.Model) -> dict[int, int]:
        """Which rows of one cannot stand beside rows of the other on a single row: who goes, and beside whom.

        The row of the kept one stays, unless a person's decision on the other weighs more.
        """
        found = {}
        for others, condition in _unique_with(self.owner, self.field):
            parts = {f"part{place}": other for place, other in enumerate(others)}
            mine = self.of(given_up).filter(condition).annotate(**parts)
            theirs = self.of(kept).filter(condition).annotate(**parts)
            same = theirs.filter(**{part: OuterRef(part) for part in parts}).order_by()
            pairs = mine.annotate(double=Subquery(same.values("pk")[:1])).filter(double__isnull=False)
            if not issubclass(self.owner, Suggestion):
                found |= dict(pairs.values_list("pk", "double"))
                continue
            pairs = pairs.annotate(state_of_double=Subquery(same.values("state")[:1]))
            for pk, double, state, state_of_double in pairs.values_list("pk", "double", "state", "state_of_double"):
                is_stronger = _RANK[state] < _RANK[state_of_double]
                found |= {double: pk} if is_stronger else {pk: double}
        return found


@cache
def relations(model: type[models.Model]) -> tuple[Relation, ...]:
    """Every foreign key to this table, links of many to many among them; versions stay with what they were of."""
    found = [
        Relation(relation.related_model, relation.field)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and (relation.one_to_many or relation.one_to_one)
        and not issubclass(relation.related_model, HistoricalChanges)
    ]
    return tuple(sorted(found, key=lambda relation: relation.name))


def _unique_with(owner: type[models.Model], field: models.ForeignKey) -> Iterator[tuple[list, Q]]:
    """What else makes a row of the table unique together with this key, and which rows that holds for."""
    if field.unique:
        yield [], Q()
    for names in owner._meta.unique_together:
        if field.name in names:
            yield [F(name) for name in names if name != field.name], Q()
    for rule in owner._meta.constraints:
        if isinstance(rule, UniqueConstraint):
            parts = [F(name) for name in rule.fields] or list(rule.expressions)
            if F(field.name) in parts:
                yield [part for part in parts if part != F(field.name)], rule.condition or Q()
