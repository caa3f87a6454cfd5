"""Writing rows with their history, as an import does."""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User
from django.db import models
from simple_history.utils import bulk_create_with_history

from kb.importing.history import REASON
from kb.models import MERGED, Merge, State
from kb.models.merge import kept_field
from kb.models.rules import Suggestion
from kb.text.folded import fold

# What a person's edit does not touch: an open suggestion that differs from its first version elsewhere was corrected.
_UNSAID = frozenset(
    [
        "id",
        "version",
        "article",
        "content_object",
        "position",
        "prefix",
        "suffix",
        "standing",
        "places",
        "start",
        "end",
        "revision",
        "state",
        "decided_by",
        "decided_at",
        "via",
        "antecedent",
        "confidence",
        "raw_start",
        "raw_end",
    ]
)


def create(model: type[models.Model], rows: Sequence[models.Model], *, by: User | None = None) -> list[models.Model]:
    """Insert the rows with their first versions."""
    return bulk_create_with_history(rows, model, default_user=by, default_change_reason=REASON) if rows else []


def complete(rows: Sequence[models.Model], *fields: str) -> None:
    """Fill in columns of rows that were just created, and of their first versions: it is one act."""
    if rows:
        model, versions = type(rows[0]), [row._version for row in rows]
        attnames = [model._meta.get_field(field).attname for field in fields]
        for row, version in zip(rows, versions, strict=True):
            for name in attnames:
                setattr(version, name, getattr(row, name))
        model.objects.bulk_update(rows, fields)
        type(versions[0]).objects.bulk_update(versions, fields)


def cut(model: type[models.Model], field: str, text: str) -> str:
    """The text as far as the column holds it."""
    return text[: model._meta.get_field(field).max_length]


def touched(rows: Iterable[Suggestion]) -> set[int]:
    """Keys of those that a person decided, or corrected without deciding."""
    rows = list(rows)
    found = {row.pk for row in rows if row.state != State.SUGGESTED}
    opened = {row.pk: row for row in rows if row.pk not in found}
    if not opened:
        return found
    model = type(next(iter(opened.values())))
    said = [field for field in model._meta.concrete_fields if field.name not in _UNSAID]
    firsts: dict[int, models.Model] = {}
    for version in model.history.filter(id__in=opened).order_by("history_date", "history_id"):
        firsts.setdefault(version.id, version)
    differing = [
        (pk, field, first, now)
        for pk, row in opened.items()
        if pk in firsts
        for field in said
        if (first := _said(firsts[pk], field)) != (now := _said(row, field))
    ]
    led = _led_on(differing)
    return found | {pk for pk, field, first, now in differing if led.get((field.related_model, first), first) != now}


def _said(row: models.Model, field: models.Field):
    """Words that only came to be spelled with other characters, when their text was, are the same."""
    value = getattr(row, field.attname)
    return fold(value) if field.name == "exact" else value


def _led_on(differing: list[tuple]) -> dict[tuple, int]:
    """Where rows lead that were merged since: that one of them was said first is nobody's correction."""
    led = {}
    for model in {field.related_model for _pk, field, _first, _now in differing} & set(MERGED.values()):
        keys = {first for _pk, field, first, _now in differing if field.related_model is model}
        merges = Merge.objects.standing().of(model).filter(number__in=keys).order_by("pk")
        led |= {(model, number): kept for number, kept in merges.values_list("number", f"{kept_field(model)}_id")}
    return led


def free_positions(taken: Iterable[int]) -> Iterable[int]:
    """1, 2, 3 … without those that are taken."""
    taken, position = set(taken), 0
    while True:
        position += 1
        if position not in taken:
            yield position
