"""What somebody submitted, and what a reviewer said of it, takes no other words: not from a program or a shell either.

A check is written while it is a draft; a review is never written again. Which claim a check is on may change: claims are
merged. SQLite drops the triggers of a table that a later step makes anew: that step has to run `refuse_other_words` again,
and a test fails if it does not.
"""

from django.db import migrations

DRAFTED = "OLD.\"status\" <> 'draft' AND NEW.\"status\" <> 'draft' AND "
# Each rule with its table, when it holds, and the columns that it keeps.
RULES = {
    "kb_factcheck_stays_as_submitted": ("kb_factcheck", DRAFTED, ("author_id", "rating_id", "rationale", "as_of")),
    "kb_review_stays_as_given": (
        "kb_review",
        "",
        ("role", "reviewer_id", "rating_id", "note", "content_hash", "at"),
    ),
}


def refuse_other_words(apps, schema_editor):
    for rule, (table, when, columns) in RULES.items():
        differs = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {rule}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{rule}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
            )
            then = f"EXECUTE FUNCTION {rule}()"
        else:
            then = f"BEGIN SELECT RAISE(ABORT, '{rule}'); END"
        schema_editor.execute(
            f'CREATE TRIGGER {rule} BEFORE UPDATE ON "{table}" FOR EACH ROW WHEN ({when}({differs})) {then}'
        )


def allow_other_words(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for rule, (table, _when, _columns) in RULES.items():
        schema_editor.execute(f"DROP TRIGGER {rule}" + (f' ON "{table}"' if on_postgresql else ""))
        if on_postgresql:
            schema_editor.execute(f"DROP FUNCTION {rule}()")


class Migration(migrations.Migration):
    dependencies = [("kb", "0029_annotations_in_threads_and_from_elsewhere")]

    operations = [migrations.RunPython(refuse_other_words, allow_other_words, elidable=False)]
