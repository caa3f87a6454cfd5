"""The groups gain the rights to the tables of the step before."""

import importlib

from django.db import migrations

reference_data = importlib.import_module("kb.migrations.0002_reference_data")


def load(apps, schema_editor):
    reference_data.load_groups(apps)


class Migration(migrations.Migration):
    dependencies = [("kb", "0025_challenges")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
