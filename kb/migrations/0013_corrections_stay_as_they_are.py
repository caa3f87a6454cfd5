"""No correction takes other words once it stands, claims are as fresh as their verdicts, and the groups gain the rights.

SQLite drops the triggers of a table that a later step makes anew: that step has to run `refuse_other_words` again, and a
test fails if it does not. Which claim a correction is about may change: claims are merged.
"""

import importlib

from django.db import migrations
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

reference_data = importlib.import_module("kb.migrations.0002_reference_data")

KEPT = ("uid", "kind", "before", "after", "reason", "made_at", "made_by_id")
RULE = "kb_correction_stays_as_it_is"


def refuse_other_words(apps, schema_editor):
    differs = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in KEPT)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {RULE}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{RULE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        then = f"EXECUTE FUNCTION {RULE}()"
    else:
        then = f"BEGIN SELECT RAISE(ABORT, '{RULE}'); END"
    schema_editor.execute(
        f'CREATE TRIGGER {RULE} BEFORE UPDATE ON "kb_correction" FOR EACH ROW WHEN ({differs}) {then}'
    )


def allow_other_words(apps, schema_editor):
    on_table = ' ON "kb_correction"' if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER {RULE}{on_table}")
    if on_table:
        schema_editor.execute(f"DROP FUNCTION {RULE}()")


def freshen(apps, schema_editor):
    Claim, FactCheck = apps.get_model("kb", "Claim"), apps.get_model("kb", "FactCheck")
    decided = FactCheck.objects.filter(claim=OuterRef("pk"), status__in=("published", "superseded")).order_by()
    last = decided.values("claim").annotate(last=Max(Coalesce("reopened_at", "decided_at"))).values("last")
    Claim.objects.update(changed_at=Coalesce(Subquery(last), "created_at"))


def load_rights(apps, schema_editor):
    reference_data.load_groups(apps)


class Migration(migrations.Migration):
    dependencies = [("kb", "0012_corrections")]

    operations = [
        migrations.RunPython(refuse_other_words, allow_other_words, elidable=False),
        migrations.RunPython(freshen, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(load_rights, migrations.RunPython.noop, elidable=False),
    ]
