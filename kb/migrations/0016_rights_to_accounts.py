"""The groups gain the rights to the tables of the step before; the table that counts attempts is made."""

import importlib

from django.core.management import call_command
from django.db import migrations

reference_data = importlib.import_module("kb.migrations.0002_reference_data")


def load(apps, schema_editor):
    reference_data.load_groups(apps)
    call_command("createcachetable", "kb_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("kb", "0015_accounts")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
