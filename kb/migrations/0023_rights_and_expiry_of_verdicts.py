"""The groups gain the rights to the tables of the step before; verdicts on facts are good for a year unless told otherwise."""

import importlib

from django.db import migrations

reference_data = importlib.import_module("kb.migrations.0002_reference_data")

EXPIRY = [("fact", 365), ("quotation", None)]


def load(apps, schema_editor):
    reference_data.load_groups(apps)
    ExpiryRule = apps.get_model("kb", "ExpiryRule")
    for statement_type, days in EXPIRY:
        ExpiryRule.objects.get_or_create(statement_type=statement_type, defaults={"days": days})


class Migration(migrations.Migration):
    dependencies = [("kb", "0022_the_life_of_a_verdict")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
