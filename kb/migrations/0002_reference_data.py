"""The groups with their rights, the rating scale and the source register: every command needs them."""

import json
from pathlib import Path

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from kb.models import policy

REGISTER = Path(__file__).resolve().parents[2] / "fixtures" / "register.json"

SCALE = [
    ("true", "True", 5, "supported", "The statement is accurate, and nothing that matters is left out."),
    ("mostly-true", "Mostly true", 4, "supported", "Accurate in substance; a detail or some context is missing."),
    ("mixed", "Mixed", 3, "mixed", "Parts of it hold and parts of it do not."),
    ("misleading", "Misleading", 2, "mixed", "The words may hold, but they leave a wrong impression."),
    ("false", "False", 1, "refuted", "The evidence contradicts the statement."),
    ("unproven", "Unproven", None, "unproven", "We searched, and the evidence settles it neither way."),
    ("outdated", "Outdated", None, "mixed", "It held once; later facts have overtaken it."),
    ("not-checkable", "Not checkable", None, "none", "No evidence could settle it, now or later."),
]


def load(apps, schema_editor):
    load_groups(apps)
    Rating = apps.get_model("kb", "Rating")
    for position, (slug, label, number, coarse_class, definition) in enumerate(SCALE, start=1):
        Rating.objects.create(
            slug=slug, label=label, number=number, coarse_class=coarse_class, definition=definition, position=position
        )
    load_register(apps)


def load_groups(apps):
    # Permissions are usually made after all migrations; the groups need them now.
    for label in ("auth", "kb"):
        create_permissions(installed.get_app_config(label), verbosity=0)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    permissions = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for name, rights in policy.GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(permissions[right] for right in rights)


def load_register(apps):
    Source, SourceName = apps.get_model("kb", "Source"), apps.get_model("kb", "SourceName")
    # A register newer than this step may hold fields that the tables gain later: those are left to later steps.
    columns = {model: {field.name for field in model._meta.fields} for model in (Source, SourceName)}
    rows = json.loads(REGISTER.read_text(encoding="utf-8"))

    def fields(row, model):
        return {name: value for name, value in row["fields"].items() if name in columns[model]}

    Source.objects.bulk_create(Source(**fields(row, Source)) for row in rows if row["model"] == "kb.source")
    sources = {source.slug: source for source in Source.objects.all()}
    SourceName.objects.bulk_create(
        SourceName(**fields(row, SourceName) | {"source": sources[row["fields"]["source"][0]]})
        for row in rows
        if row["model"] == "kb.sourcename"
    )


class Migration(migrations.Migration):
    dependencies = [("kb", "0001_initial"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop, elidable=False)]
