"""A link to a claim of ours is signed, and what others' rating words mean comes with the tables."""

import json
from pathlib import Path

from django.db import migrations, models

RATING_WORDS = Path(__file__).resolve().parents[2] / "fixtures" / "rating_words.json"


def load(apps, schema_editor):
    RatingWords = apps.get_model("kb", "RatingWords")
    # A table newer than this step may hold fields that are gained later: those are left to later steps.
    columns = {field.name for field in RatingWords._meta.fields}
    rows = json.loads(RATING_WORDS.read_text(encoding="utf-8"))
    RatingWords.objects.bulk_create(
        RatingWords(**{name: value for name, value in row["fields"].items() if name in columns}) for row in rows
    )


class Migration(migrations.Migration):
    dependencies = [("kb", "0007_imports_from_the_desk")]

    operations = [
        migrations.AddConstraint(
            model_name="foreigncheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("claim", None), ("linked_by__isnull", False), _connector="OR"),
                name="kb_foreigncheck_link_is_signed",
                violation_error_message="A person says which claim of ours a check of others is about.",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop, elidable=False),
    ]
