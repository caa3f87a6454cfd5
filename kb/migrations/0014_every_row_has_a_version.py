"""Every table that people edit gets a version: one save on a row that somebody else saved meanwhile is refused."""

from django.db import migrations, models

TABLES = (
    *("annotation", "appearance", "citation", "evidence", "foreigncheck", "hop", "pagechange", "person", "piece"),
    *("rating", "ratingwords", "source", "sourcename", "tag", "taglink"),
)


class AddVersion(migrations.AddField):
    """Adds the column without writing a row: on SQLite, Django would copy the table for it."""

    def __init__(self, model_name):
        field = models.PositiveIntegerField(default=1, editable=False, verbose_name="version")
        super().__init__(model_name, "version", field)

    def deconstruct(self):
        return self.__class__.__name__, [self.model_name], {}

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        table = schema_editor.quote_name(to_state.apps.get_model(app_label, self.model_name)._meta.db_table)
        schema_editor.execute(
            f'ALTER TABLE {table} ADD COLUMN "version" integer unsigned DEFAULT 1 NOT NULL CHECK ("version" >= 0)'
        )


class Migration(migrations.Migration):
    dependencies = [("kb", "0013_corrections_stay_as_they_are")]
    operations = [AddVersion(f"{prefix}{name}") for name in TABLES for prefix in ("", "historical")]
