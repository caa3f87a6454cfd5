"""Writing rows with their history, as an import does."""

from collections.abc import Sequence

from django.db import models
from simple_history.utils import bulk_create_with_history

# Stands in the history of every version an import wrote; any other version is a person's work.
REASON = "import"


def create(model: type[models.Model], rows: Sequence[models.Model]) -> list[models.Model]:
    """Insert the rows with their first versions."""
    return bulk_create_with_history(rows, model, default_change_reason=REASON) if rows else []


def cut(model: type[models.Model], field: str, text: str) -> str:
    """The text as far as the column holds it."""
    return text[: model._meta.get_field(field).max_length]
