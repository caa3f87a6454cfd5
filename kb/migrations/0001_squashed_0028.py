"""All tables at once, for a database that is new: twenty-eight steps in one, which take a tenth of the time.

What the steps load or guard by hand is taken from them. A database that took some of the steps takes the rest of them.
"""

import importlib
import uuid

import django.contrib.auth.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
import taggit.managers
from django.conf import settings
from django.db import migrations, models
from django.db.migrations import operations

import kb.models.challenge
import kb.models.rules

reference_data, rating_words, corrections, accounts, verdicts = (
    importlib.import_module(f"kb.migrations.{name}")
    for name in (
        "0002_reference_data",
        "0008_checks_of_others",
        "0013_corrections_stay_as_they_are",
        "0016_rights_to_accounts",
        "0023_rights_and_expiry_of_verdicts",
    )
)


class AllTables(operations.base.Operation):
    """Make the tables of these operations from how they end: the models are rendered once, not once for each step."""

    def __init__(self, steps):
        self.steps = steps

    def state_forwards(self, app_label, state):
        # Rendered models would be rendered again at every step.
        state.__dict__.pop("apps", None)
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in to_state.apps.get_app_config(app_label).get_models():
            schema_editor.create_model(model)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(list(from_state.apps.get_app_config(app_label).get_models())):
            schema_editor.delete_model(model)

    def describe(self):
        return "Make all tables"


class Migration(migrations.Migration):
    replaces = [
        ("kb", "0001_initial"),
        ("kb", "0002_reference_data"),
        ("kb", "0003_imports_in_depth"),
        ("kb", "0004_rights_of_imports_in_depth"),
        ("kb", "0005_changes_of_pages"),
        ("kb", "0006_rights_to_changes_of_pages"),
        ("kb", "0007_imports_from_the_desk"),
        ("kb", "0008_checks_of_others"),
        ("kb", "0009_versions_of_links_and_accounts"),
        ("kb", "0010_tasks_follows_and_notices"),
        ("kb", "0011_rights_to_tasks_and_notices"),
        ("kb", "0012_corrections"),
        ("kb", "0013_corrections_stay_as_they_are"),
        ("kb", "0014_every_row_has_a_version"),
        ("kb", "0015_accounts"),
        ("kb", "0016_rights_to_accounts"),
        ("kb", "0017_articles_whose_text_changed"),
        ("kb", "0018_merges_and_other_names"),
        ("kb", "0019_rights_to_merges"),
        ("kb", "0020_daily_digests"),
        ("kb", "0021_merges_from_elsewhere"),
        ("kb", "0022_the_life_of_a_verdict"),
        ("kb", "0023_rights_and_expiry_of_verdicts"),
        ("kb", "0024_verdicts_by_their_last_day"),
        ("kb", "0025_challenges"),
        ("kb", "0026_rights_to_challenges"),
        ("kb", "0027_verdicts_give_way"),
        ("kb", "0028_what_the_desk_remembers"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("auth", "__first__"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        AllTables(
            [
                migrations.CreateModel(
                    name="Capture",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sha256",
                            models.CharField(editable=False, max_length=64, unique=True, verbose_name="SHA-256"),
                        ),
                        ("content", models.BinaryField(verbose_name="content")),
                        (
                            "encoding",
                            models.CharField(default="utf-8", editable=False, max_length=20, verbose_name="encoding"),
                        ),
                        (
                            "media_type",
                            models.CharField(
                                default="text/plain", editable=False, max_length=40, verbose_name="media type"
                            ),
                        ),
                        (
                            "origin",
                            models.CharField(
                                editable=False,
                                help_text="File or address it came from.",
                                max_length=1000,
                                verbose_name="origin",
                            ),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="received at"
                            ),
                        ),
                        ("receipt", models.JSONField(default=list, editable=False, verbose_name="receipt")),
                        (
                            "received_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "capture",
                        "verbose_name_plural": "captures",
                        "ordering": ["-received_at"],
                        "indexes": [models.Index(fields=["origin"], name="kb_capture_origin")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sha256__length", 64)),
                                name="kb_capture_has_hash",
                                violation_error_message="A capture is known by the SHA-256 of its bytes.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("encoding__length__lte", 20)),
                                name="kb_capture_encoding_length",
                                violation_error_message="Encoding: at most 20 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("media_type__length__lte", 40)),
                                name="kb_capture_media_type_length",
                                violation_error_message="Media type: at most 40 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("origin__length__lte", 1000)),
                                name="kb_capture_origin_length",
                                violation_error_message="Origin: at most 1000 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Claim",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "text",
                            models.CharField(
                                help_text="One statement in canonical words, understandable without its article.",
                                max_length=500,
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                default="en",
                                help_text="BCP 47: en, fa.",
                                max_length=35,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "statement_type",
                            models.CharField(
                                choices=[
                                    ("fact", "fact"),
                                    ("opinion", "opinion"),
                                    ("forecast", "forecast"),
                                    ("quotation", "quotation"),
                                ],
                                default="fact",
                                help_text="Opinions and forecasts are marked as such and get no truth rating.",
                                max_length=10,
                                verbose_name="statement type",
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="value"
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(
                                blank=True,
                                help_text="US dollars, soldiers, per cent.",
                                max_length=50,
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "period",
                            models.CharField(
                                blank=True,
                                help_text="The time it is about: 2022 (EDTF).",
                                max_length=64,
                                verbose_name="period",
                            ),
                        ),
                        (
                            "definition",
                            models.CharField(
                                blank=True,
                                help_text="What exactly is counted.",
                                max_length=300,
                                verbose_name="definition",
                            ),
                        ),
                        (
                            "resolves_on",
                            models.DateField(
                                blank=True,
                                help_text="The day a forecast can be scored; with it the forecast stands in the public ledger.",
                                null=True,
                                verbose_name="resolves on",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("unchecked", "unchecked"),
                                    ("being_checked", "being checked"),
                                    ("checked", "checked"),
                                    ("reopened", "reopened"),
                                ],
                                db_index=True,
                                default="unchecked",
                                editable=False,
                                max_length=15,
                                verbose_name="fact-check status",
                            ),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                        (
                            "changed_at",
                            kb.models.rules.SavedAt(
                                default=django.utils.timezone.now,
                                editable=False,
                                help_text="When its words, its verdict or its corrections last changed: pages that show it are as fresh.",
                                verbose_name="changed at",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "claim",
                        "verbose_name_plural": "claims",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("text", "language"),
                                name="kb_claim_once",
                                violation_error_message="This claim exists: link its appearance instead of writing it again.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="kb_claim_says_something",
                                violation_error_message="A claim says something.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("value", None), models.Q(("unit", ""), _negated=True), _connector="OR"
                                ),
                                name="kb_claim_value_has_unit",
                                violation_error_message="A figure needs its unit.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("resolves_on", None), ("statement_type", "forecast"), _connector="OR"
                                ),
                                name="kb_claim_only_forecasts_resolve",
                                violation_error_message="Only a forecast has a day on which it can be scored.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("statement_type__in", ["fact", "opinion", "forecast", "quotation"])
                                ),
                                name="kb_claim_statement_type_known",
                                violation_error_message="Statement type: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["unchecked", "being_checked", "checked", "reopened"])
                                ),
                                name="kb_claim_status_known",
                                violation_error_message="Status: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text__length__lte", 500)),
                                name="kb_claim_text_length",
                                violation_error_message="Text: at most 500 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("language__length__lte", 35)),
                                name="kb_claim_language_length",
                                violation_error_message="Language: at most 35 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("unit__length__lte", 50)),
                                name="kb_claim_unit_length",
                                violation_error_message="Unit: at most 50 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__length__lte", 64)),
                                name="kb_claim_period_length",
                                violation_error_message="Period: at most 64 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("definition__length__lte", 300)),
                                name="kb_claim_definition_length",
                                violation_error_message="Definition: at most 300 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Digest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "since",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="since"
                            ),
                        ),
                        (
                            "sent_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last sent at"),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="digest",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "daily digest",
                        "verbose_name_plural": "daily digests",
                    },
                ),
                migrations.CreateModel(
                    name="ExpiryRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "statement_type",
                            models.CharField(
                                choices=[
                                    ("fact", "fact"),
                                    ("opinion", "opinion"),
                                    ("forecast", "forecast"),
                                    ("quotation", "quotation"),
                                ],
                                max_length=10,
                                verbose_name="statement type",
                            ),
                        ),
                        (
                            "days",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Empty: verdicts on such statements do not expire by rule.",
                                null=True,
                                verbose_name="days",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "expiry rule",
                        "verbose_name_plural": "expiry rules",
                        "ordering": ["statement_type"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("statement_type",),
                                name="kb_expiryrule_once",
                                violation_error_message="There is a rule for this type of statement: change that one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("days", None), models.Q(("days__gte", 1), ("days__lte", 36525)), _connector="OR"
                                ),
                                name="kb_expiryrule_days_in_range",
                                violation_error_message="A verdict lasts between a day and a hundred years.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("statement_type__in", ["fact", "opinion", "forecast", "quotation"])
                                ),
                                name="kb_expiryrule_statement_type_known",
                                violation_error_message="Statement type: choose one of the listed values.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupPolicy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "requires_second_factor",
                            models.BooleanField(
                                default=False,
                                help_text="Whoever belongs to the group sets up codes from an authenticator app before reaching anything at the desk.",
                                verbose_name="requires a second factor",
                            ),
                        ),
                        (
                            "group",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="policy",
                                to="auth.group",
                                verbose_name="group",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "demands of a group",
                        "verbose_name_plural": "demands of groups",
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalClaim",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "text",
                            models.CharField(
                                help_text="One statement in canonical words, understandable without its article.",
                                max_length=500,
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                default="en",
                                help_text="BCP 47: en, fa.",
                                max_length=35,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "statement_type",
                            models.CharField(
                                choices=[
                                    ("fact", "fact"),
                                    ("opinion", "opinion"),
                                    ("forecast", "forecast"),
                                    ("quotation", "quotation"),
                                ],
                                default="fact",
                                help_text="Opinions and forecasts are marked as such and get no truth rating.",
                                max_length=10,
                                verbose_name="statement type",
                            ),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="value"
                            ),
                        ),
                        (
                            "unit",
                            models.CharField(
                                blank=True,
                                help_text="US dollars, soldiers, per cent.",
                                max_length=50,
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "period",
                            models.CharField(
                                blank=True,
                                help_text="The time it is about: 2022 (EDTF).",
                                max_length=64,
                                verbose_name="period",
                            ),
                        ),
                        (
                            "definition",
                            models.CharField(
                                blank=True,
                                help_text="What exactly is counted.",
                                max_length=300,
                                verbose_name="definition",
                            ),
                        ),
                        (
                            "resolves_on",
                            models.DateField(
                                blank=True,
                                help_text="The day a forecast can be scored; with it the forecast stands in the public ledger.",
                                null=True,
                                verbose_name="resolves on",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("unchecked", "unchecked"),
                                    ("being_checked", "being checked"),
                                    ("checked", "checked"),
                                    ("reopened", "reopened"),
                                ],
                                db_index=True,
                                default="unchecked",
                                editable=False,
                                max_length=15,
                                verbose_name="fact-check status",
                            ),
                        ),
                        ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created at")),
                        (
                            "changed_at",
                            kb.models.rules.SavedAt(
                                default=django.utils.timezone.now,
                                editable=False,
                                help_text="When its words, its verdict or its corrections last changed: pages that show it are as fresh.",
                                verbose_name="changed at",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical claim",
                        "verbose_name_plural": "historical claims",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalExpiryRule",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "statement_type",
                            models.CharField(
                                choices=[
                                    ("fact", "fact"),
                                    ("opinion", "opinion"),
                                    ("forecast", "forecast"),
                                    ("quotation", "quotation"),
                                ],
                                max_length=10,
                                verbose_name="statement type",
                            ),
                        ),
                        (
                            "days",
                            models.PositiveIntegerField(
                                blank=True,
                                help_text="Empty: verdicts on such statements do not expire by rule.",
                                null=True,
                                verbose_name="days",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical expiry rule",
                        "verbose_name_plural": "historical expiry rules",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalGroup",
                    fields=[
                        ("id", models.IntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(db_index=True, max_length=150, verbose_name="name")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        ("links", models.JSONField(editable=False, null=True, verbose_name="links")),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical group",
                        "verbose_name_plural": "historical groups",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalGroupPolicy",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "requires_second_factor",
                            models.BooleanField(
                                default=False,
                                help_text="Whoever belongs to the group sets up codes from an authenticator app before reaching anything at the desk.",
                                verbose_name="requires a second factor",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="auth.group",
                                verbose_name="group",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical demands of a group",
                        "verbose_name_plural": "historical demands of groups",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalInvitation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "invited_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="invited at"),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="expires at")),
                        ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted at")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="invited by",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical invitation",
                        "verbose_name_plural": "historical invitations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRating",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "edition",
                            models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="edition"),
                        ),
                        ("slug", models.SlugField(max_length=40, verbose_name="slug")),
                        ("label", models.CharField(max_length=60, verbose_name="label")),
                        ("definition", models.TextField(verbose_name="definition")),
                        (
                            "number",
                            models.SmallIntegerField(
                                blank=True,
                                help_text="5 is true, 1 is false; empty for values outside that order.",
                                null=True,
                                verbose_name="number",
                            ),
                        ),
                        (
                            "coarse_class",
                            models.CharField(
                                choices=[
                                    ("supported", "supported"),
                                    ("refuted", "refuted"),
                                    ("mixed", "mixed"),
                                    ("unproven", "unproven"),
                                    ("none", "none"),
                                ],
                                max_length=10,
                                verbose_name="coarse class",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical rating",
                        "verbose_name_plural": "historical ratings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalRatingWords",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "words",
                            models.CharField(
                                help_text="As their site prints them.", max_length=200, verbose_name="words"
                            ),
                        ),
                        (
                            "site",
                            models.CharField(
                                blank=True,
                                help_text="The domain that uses them so; empty for every site.",
                                max_length=200,
                                verbose_name="site",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="BCP 47: en, fa.", max_length=35, verbose_name="language"
                            ),
                        ),
                        ("gloss", models.CharField(blank=True, max_length=200, verbose_name="in English")),
                        (
                            "coarse_class",
                            models.CharField(
                                choices=[
                                    ("supported", "supported"),
                                    ("refuted", "refuted"),
                                    ("mixed", "mixed"),
                                    ("unproven", "unproven"),
                                    ("none", "none"),
                                ],
                                max_length=10,
                                verbose_name="coarse class",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical rating words of others",
                        "verbose_name_plural": "historical rating words of others",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalSource",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "name",
                            models.CharField(
                                help_text="As readers see it: The Guardian, CNN.", max_length=200, verbose_name="name"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=80, verbose_name="slug")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("news_agency", "news agency"),
                                    ("broadcaster", "broadcaster"),
                                    ("newspaper", "newspaper"),
                                    ("magazine", "magazine"),
                                    ("think_tank", "think tank"),
                                    ("international_organisation", "international organisation"),
                                    ("government", "government"),
                                    ("aggregator", "aggregator"),
                                    ("blog", "blog"),
                                ],
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                blank=True, help_text="Two letters, ISO 3166: GB.", max_length=2, verbose_name="country"
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="BCP 47: en, pt-BR.", max_length=35, verbose_name="language"
                            ),
                        ),
                        ("homepage", models.URLField(blank=True, max_length=300, verbose_name="home page")),
                        ("description", models.CharField(blank=True, max_length=300, verbose_name="description")),
                        (
                            "selectors",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="CSS selectors for saved pages of this source, tried first: {“body”: “article .text”}.",
                                verbose_name="selectors",
                            ),
                        ),
                        (
                            "day_first",
                            models.BooleanField(
                                blank=True,
                                help_text="How this source writes 2/5: yes is 2 May, no is February 5. Unknown leaves such dates open.",
                                null=True,
                                verbose_name="day before month",
                            ),
                        ),
                        (
                            "reliability",
                            models.CharField(
                                choices=[
                                    ("A", "A: completely reliable"),
                                    ("B", "B: usually reliable"),
                                    ("C", "C: fairly reliable"),
                                    ("D", "D: not usually reliable"),
                                    ("E", "E: unreliable"),
                                    ("F", "F: reliability cannot be judged"),
                                ],
                                default="F",
                                help_text="Grades the source; whether a statement holds is the verdict's business.",
                                max_length=1,
                                verbose_name="reliability",
                            ),
                        ),
                        ("reliability_reason", models.TextField(blank=True, verbose_name="why this letter")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical source",
                        "verbose_name_plural": "historical sources",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTag",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("name", models.CharField(db_index=True, max_length=100, verbose_name="name")),
                        ("slug", models.SlugField(allow_unicode=True, max_length=100, verbose_name="slug")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("topic", "topic"), ("place", "place"), ("person", "person")],
                                default="topic",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("description", models.CharField(blank=True, max_length=300, verbose_name="description")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical tag",
                        "verbose_name_plural": "historical tags",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalUser",
                    fields=[
                        ("id", models.IntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                db_index=True,
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        ("links", models.JSONField(editable=False, null=True, verbose_name="links")),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical user",
                        "verbose_name_plural": "historical users",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ImportRun",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[("planned", "planned"), ("running", "running"), ("cancelled", "cancelled")],
                                default="running",
                                editable=False,
                                max_length=10,
                                verbose_name="stage",
                            ),
                        ),
                        (
                            "claimed_until",
                            models.DateTimeField(
                                blank=True,
                                editable=False,
                                help_text="Somebody works on it until then at the latest; a run whose claim is over has stopped.",
                                null=True,
                                verbose_name="claimed until",
                            ),
                        ),
                        (
                            "started_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="started at"),
                        ),
                        ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                        ("new", models.PositiveIntegerField(default=0, verbose_name="new")),
                        ("changed", models.PositiveIntegerField(default=0, verbose_name="changed")),
                        ("unchanged", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
                        ("failed", models.PositiveIntegerField(default=0, verbose_name="failed")),
                        (
                            "options",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="What was given beside the files: publisher, language.",
                                verbose_name="options",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import run",
                        "verbose_name_plural": "import runs",
                        "ordering": ["-started_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("finished_at", None), ("finished_at__gte", models.F("started_at")), _connector="OR"
                                ),
                                name="kb_importrun_ends_after_start",
                                violation_error_message="A run ends after it starts.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stage", "running"),
                                    models.Q(("finished_at", None), ("stage", "planned")),
                                    models.Q(("finished_at__isnull", False), ("stage", "cancelled")),
                                    _connector="OR",
                                ),
                                name="kb_importrun_stage_fits_its_end",
                                violation_error_message="A planned run has no end yet; a cancelled one names its moment.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["planned", "running", "cancelled"])),
                                name="kb_importrun_stage_known",
                                violation_error_message="Stage: choose one of the listed values.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "invited_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="invited at"),
                        ),
                        ("expires_at", models.DateTimeField(verbose_name="expires at")),
                        ("accepted_at", models.DateTimeField(blank=True, null=True, verbose_name="accepted at")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked at")),
                        ("key_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="invited by",
                            ),
                        ),
                        (
                            "person",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitation",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation",
                        "verbose_name_plural": "invitations",
                        "ordering": ["-invited_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("accepted_at", None), ("revoked_at", None), _connector="OR"),
                                name="kb_invitation_accepted_or_revoked",
                                violation_error_message="An invitation is accepted or revoked, not both.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("key_hash__length__lte", 64)),
                                name="kb_invitation_key_hash_length",
                                violation_error_message="Key hash: at most 64 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Presence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("object_id", models.CharField(max_length=40, verbose_name="row")),
                        ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                        (
                            "seen_at",
                            models.DateTimeField(
                                db_index=True, default=django.utils.timezone.now, verbose_name="last sign"
                            ),
                        ),
                        (
                            "content_type",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="contenttypes.contenttype",
                                verbose_name="table",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="user",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "open page",
                        "verbose_name_plural": "open pages",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("content_type", "object_id", "user"),
                                name="kb_presence_once",
                                violation_error_message="A person has a page open once.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("seen_at__gte", models.F("since"))),
                                name="kb_presence_seen_after_since",
                                violation_error_message="The last sign of a person comes after the first.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("object_id__length__lte", 40)),
                                name="kb_presence_object_id_length",
                                violation_error_message="Object id: at most 40 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "edition",
                            models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="edition"),
                        ),
                        ("slug", models.SlugField(max_length=40, verbose_name="slug")),
                        ("label", models.CharField(max_length=60, verbose_name="label")),
                        ("definition", models.TextField(verbose_name="definition")),
                        (
                            "number",
                            models.SmallIntegerField(
                                blank=True,
                                help_text="5 is true, 1 is false; empty for values outside that order.",
                                null=True,
                                verbose_name="number",
                            ),
                        ),
                        (
                            "coarse_class",
                            models.CharField(
                                choices=[
                                    ("supported", "supported"),
                                    ("refuted", "refuted"),
                                    ("mixed", "mixed"),
                                    ("unproven", "unproven"),
                                    ("none", "none"),
                                ],
                                max_length=10,
                                verbose_name="coarse class",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                    ],
                    options={
                        "verbose_name": "rating",
                        "verbose_name_plural": "ratings",
                        "ordering": ["-edition", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("slug", "edition"),
                                name="kb_rating_once",
                                violation_error_message="This edition of the scale has a value of this slug.",
                            ),
                            models.UniqueConstraint(
                                fields=("position", "edition"),
                                name="kb_rating_position_once",
                                violation_error_message="This edition of the scale has a value at this position.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("label", ""), _negated=True),
                                    models.Q(("definition", ""), _negated=True),
                                    models.Q(("slug", ""), _negated=True),
                                ),
                                name="kb_rating_is_defined",
                                violation_error_message="A rating has a label and a definition.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("edition__gte", 1)),
                                name="kb_rating_edition_counts_from_one",
                                violation_error_message="Editions of the scale count from 1.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("coarse_class__in", ["supported", "refuted", "mixed", "unproven", "none"])
                                ),
                                name="kb_rating_coarse_class_known",
                                violation_error_message="Coarse class: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("slug__length__lte", 40)),
                                name="kb_rating_slug_length",
                                violation_error_message="Slug: at most 40 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("label__length__lte", 60)),
                                name="kb_rating_label_length",
                                violation_error_message="Label: at most 60 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RatingWords",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "words",
                            models.CharField(
                                help_text="As their site prints them.", max_length=200, verbose_name="words"
                            ),
                        ),
                        (
                            "site",
                            models.CharField(
                                blank=True,
                                help_text="The domain that uses them so; empty for every site.",
                                max_length=200,
                                verbose_name="site",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="BCP 47: en, fa.", max_length=35, verbose_name="language"
                            ),
                        ),
                        ("gloss", models.CharField(blank=True, max_length=200, verbose_name="in English")),
                        (
                            "coarse_class",
                            models.CharField(
                                choices=[
                                    ("supported", "supported"),
                                    ("refuted", "refuted"),
                                    ("mixed", "mixed"),
                                    ("unproven", "unproven"),
                                    ("none", "none"),
                                ],
                                max_length=10,
                                verbose_name="coarse class",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rating words of others",
                        "verbose_name_plural": "rating words of others",
                        "ordering": ["site", "words"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("words", "site"),
                                name="kb_ratingwords_once",
                                violation_error_message="These words of this site have a class already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True),
                                name="kb_ratingwords_say_something",
                                violation_error_message="Rating words are not empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("coarse_class__in", ["supported", "refuted", "mixed", "unproven", "none"])
                                ),
                                name="kb_ratingwords_coarse_class_known",
                                violation_error_message="Coarse class: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words__length__lte", 200)),
                                name="kb_ratingwords_words_length",
                                violation_error_message="Words: at most 200 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("site__length__lte", 200)),
                                name="kb_ratingwords_site_length",
                                violation_error_message="Site: at most 200 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("language__length__lte", 35)),
                                name="kb_ratingwords_language_length",
                                violation_error_message="Language: at most 35 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("gloss__length__lte", 200)),
                                name="kb_ratingwords_gloss_length",
                                violation_error_message="Gloss: at most 200 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SentForm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=40, verbose_name="key")),
                        (
                            "sent_at",
                            models.DateTimeField(
                                db_index=True, default=django.utils.timezone.now, verbose_name="sent at"
                            ),
                        ),
                        (
                            "answer",
                            models.TextField(
                                blank=True, help_text="Where its first sending led.", verbose_name="answer"
                            ),
                        ),
                        ("popup", models.TextField(blank=True, verbose_name="answer to a popup")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="user",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "form that was sent",
                        "verbose_name_plural": "forms that were sent",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "key"),
                                name="kb_sentform_once",
                                violation_error_message="This form was sent already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                name="kb_sentform_has_key",
                                violation_error_message="A form is known by its key.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("key__length__lte", 40)),
                                name="kb_sentform_key_length",
                                violation_error_message="Key: at most 40 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Session",
                    fields=[
                        (
                            "session_key",
                            models.CharField(
                                max_length=40, primary_key=True, serialize=False, verbose_name="session key"
                            ),
                        ),
                        ("session_data", models.TextField(verbose_name="session data")),
                        ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sessions",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "session",
                        "verbose_name_plural": "sessions",
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Source",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "name",
                            models.CharField(
                                help_text="As readers see it: The Guardian, CNN.", max_length=200, verbose_name="name"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="slug")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("news_agency", "news agency"),
                                    ("broadcaster", "broadcaster"),
                                    ("newspaper", "newspaper"),
                                    ("magazine", "magazine"),
                                    ("think_tank", "think tank"),
                                    ("international_organisation", "international organisation"),
                                    ("government", "government"),
                                    ("aggregator", "aggregator"),
                                    ("blog", "blog"),
                                ],
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "country",
                            models.CharField(
                                blank=True, help_text="Two letters, ISO 3166: GB.", max_length=2, verbose_name="country"
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="BCP 47: en, pt-BR.", max_length=35, verbose_name="language"
                            ),
                        ),
                        ("homepage", models.URLField(blank=True, max_length=300, verbose_name="home page")),
                        ("description", models.CharField(blank=True, max_length=300, verbose_name="description")),
                        (
                            "selectors",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="CSS selectors for saved pages of this source, tried first: {“body”: “article .text”}.",
                                verbose_name="selectors",
                            ),
                        ),
                        (
                            "day_first",
                            models.BooleanField(
                                blank=True,
                                help_text="How this source writes 2/5: yes is 2 May, no is February 5. Unknown leaves such dates open.",
                                null=True,
                                verbose_name="day before month",
                            ),
                        ),
                        (
                            "reliability",
                            models.CharField(
                                choices=[
                                    ("A", "A: completely reliable"),
                                    ("B", "B: usually reliable"),
                                    ("C", "C: fairly reliable"),
                                    ("D", "D: not usually reliable"),
                                    ("E", "E: unreliable"),
                                    ("F", "F: reliability cannot be judged"),
                                ],
                                default="F",
                                help_text="Grades the source; whether a statement holds is the verdict's business.",
                                max_length=1,
                                verbose_name="reliability",
                            ),
                        ),
                        ("reliability_reason", models.TextField(blank=True, verbose_name="why this letter")),
                    ],
                    options={
                        "verbose_name": "source",
                        "verbose_name_plural": "sources",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"),
                                name="kb_source_name_unique",
                                violation_error_message="A source of this name exists.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True), models.Q(("slug", ""), _negated=True)
                                ),
                                name="kb_source_is_named",
                                violation_error_message="A source has a name and a slug.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reliability", "F"),
                                    models.Q(("reliability_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="kb_source_letter_has_reason",
                                violation_error_message="Say why: a reliability letter needs a reason.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "news_agency",
                                            "broadcaster",
                                            "newspaper",
                                            "magazine",
                                            "think_tank",
                                            "international_organisation",
                                            "government",
                                            "aggregator",
                                            "blog",
                                        ],
                                    )
                                ),
                                name="kb_source_kind_known",
                                violation_error_message="Kind: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reliability__in", ["A", "B", "C", "D", "E", "F"])),
                                name="kb_source_reliability_known",
                                violation_error_message="Reliability: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name__length__lte", 200)),
                                name="kb_source_name_length",
                                violation_error_message="Name: at most 200 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("slug__length__lte", 80)),
                                name="kb_source_slug_length",
                                violation_error_message="Slug: at most 80 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("country__length__lte", 2)),
                                name="kb_source_country_length",
                                violation_error_message="Country: at most 2 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("language__length__lte", 35)),
                                name="kb_source_language_length",
                                violation_error_message="Language: at most 35 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("homepage__length__lte", 300)),
                                name="kb_source_homepage_length",
                                violation_error_message="Homepage: at most 300 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("description__length__lte", 300)),
                                name="kb_source_description_length",
                                violation_error_message="Description: at most 300 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tag",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                        (
                            "slug",
                            models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name="slug"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "kind",
                            models.CharField(
                                choices=[("topic", "topic"), ("place", "place"), ("person", "person")],
                                default="topic",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("description", models.CharField(blank=True, max_length=300, verbose_name="description")),
                    ],
                    options={
                        "verbose_name": "tag",
                        "verbose_name_plural": "tags",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"),
                                name="kb_tag_name_unique",
                                violation_error_message="This tag exists; capitals make no difference.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True), models.Q(("slug", ""), _negated=True)
                                ),
                                name="kb_tag_is_named",
                                violation_error_message="A tag has a name and a slug.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["topic", "place", "person"])),
                                name="kb_tag_kind_known",
                                violation_error_message="Kind: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name__length__lte", 100)),
                                name="kb_tag_name_length",
                                violation_error_message="Name: at most 100 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("slug__length__lte", 100)),
                                name="kb_tag_slug_length",
                                violation_error_message="Slug: at most 100 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("description__length__lte", 300)),
                                name="kb_tag_description_length",
                                violation_error_message="Description: at most 300 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Tally",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("place", models.CharField(max_length=32)),
                        ("count", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("day", "place"),
                                name="kb_tally_once",
                                violation_error_message="A place is counted once a day.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("place__length__lte", 32)),
                                name="kb_tally_place_length",
                                violation_error_message="Place: at most 32 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("slug", models.SlugField(max_length=80, unique=True, verbose_name="slug")),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                help_text="The outlet or institution this person writes or speaks for.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people",
                                to="kb.source",
                                verbose_name="belongs to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "person",
                        "verbose_name_plural": "people",
                        "ordering": ["name"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True), models.Q(("slug", ""), _negated=True)
                                ),
                                name="kb_person_is_named",
                                violation_error_message="A person has a name and a slug.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name__length__lte", 200)),
                                name="kb_person_name_length",
                                violation_error_message="Name: at most 200 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("slug__length__lte", 80)),
                                name="kb_person_slug_length",
                                violation_error_message="Slug: at most 80 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FactCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                editable=False, help_text="Counts the checks of a claim.", verbose_name="number"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("published", "published"),
                                    ("superseded", "superseded"),
                                    ("rejected", "rejected"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "rationale",
                            models.TextField(
                                blank=True, help_text="Why this rating; readers see it.", verbose_name="rationale"
                            ),
                        ),
                        (
                            "as_of",
                            models.DateField(
                                blank=True,
                                help_text="The day the verdict speaks for: later events may change it.",
                                null=True,
                                verbose_name="as of",
                            ),
                        ),
                        (
                            "expiry",
                            models.CharField(
                                choices=[
                                    ("rule", "by the rule for such statements"),
                                    ("day", "on a day of its own"),
                                    ("never", "never"),
                                ],
                                default="rule",
                                max_length=5,
                                verbose_name="expiry",
                            ),
                        ),
                        ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="created at"
                            ),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="checked on"),
                        ),
                        (
                            "submitted_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted at"),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                        ),
                        (
                            "seal",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                editable=False,
                                help_text="Hashes of what was submitted: nothing else can be approved.",
                                verbose_name="seal",
                            ),
                        ),
                        (
                            "dissent",
                            models.CharField(
                                blank=True,
                                choices=[("", "none"), ("open", "dissent open"), ("resolved", "dissent resolved")],
                                default="",
                                editable=False,
                                max_length=10,
                                verbose_name="dissent",
                            ),
                        ),
                        (
                            "return_reason",
                            models.TextField(blank=True, editable=False, verbose_name="why it was handed back"),
                        ),
                        (
                            "rejection_reason",
                            models.TextField(blank=True, editable=False, verbose_name="why it was rejected"),
                        ),
                        (
                            "reopened_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reopened at"),
                        ),
                        (
                            "reopen_reason",
                            models.TextField(blank=True, editable=False, verbose_name="why it was reopened"),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fact_checks",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fact_checks",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "consulted",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Earlier verdicts that were looked at for this one.",
                                related_name="consulted_by",
                                to="kb.factcheck",
                                verbose_name="precedents consulted",
                            ),
                        ),
                        (
                            "reopened_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reviewer",
                            ),
                        ),
                        (
                            "rating",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="fact_checks",
                                to="kb.rating",
                                verbose_name="rating",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fact-check",
                        "verbose_name_plural": "fact-checks",
                        "ordering": ["claim", "-number"],
                        "permissions": [
                            ("submit_factcheck", "Can submit fact-checks"),
                            ("approve_factcheck", "Can approve and reject fact-checks"),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("status", "published")),
                                fields=["expires_on"],
                                name="kb_factcheck_expiring",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("claim", "number"),
                                name="kb_factcheck_number_once",
                                violation_error_message="The claim has a check of this number already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "published")),
                                fields=("claim",),
                                name="kb_factcheck_one_published",
                                violation_error_message="A claim has one published verdict at most; the next supersedes it.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reviewer", None),
                                    models.Q(("reviewer", models.F("author")), _negated=True),
                                    _connector="OR",
                                ),
                                name="kb_factcheck_reviewer_is_not_author",
                                violation_error_message="Nobody reviews their own check: ask a colleague.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "draft"), models.Q(("rationale", ""), _negated=True), _connector="OR"
                                ),
                                name="kb_factcheck_needs_rationale",
                                violation_error_message="Say why: a verdict needs a rationale before it is submitted.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "draft"),
                                    models.Q(
                                        ("as_of__isnull", False),
                                        ("checked_on__isnull", False),
                                        ("rating__isnull", False),
                                        ("submitted_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_factcheck_needs_rating",
                                violation_error_message="A submitted verdict has a rating and says as of which day it speaks.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("as_of", None),
                                    ("checked_on", None),
                                    ("as_of__lte", models.F("checked_on")),
                                    _connector="OR",
                                ),
                                name="kb_factcheck_as_of_not_after_check",
                                violation_error_message="As-of is not after the day of the check.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("as_of", None),
                                    ("expires_on", None),
                                    ("expires_on__gt", models.F("as_of")),
                                    _connector="OR",
                                ),
                                name="kb_factcheck_expires_after_as_of",
                                violation_error_message="A verdict expires after the day it speaks for.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "rejected"), _negated=True),
                                    models.Q(("rejection_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="kb_factcheck_rejection_has_reason",
                                violation_error_message="Say why: a rejection needs a reason.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expiry", "rule"),
                                    models.Q(("expires_on", None), ("expiry", "never")),
                                    models.Q(("expires_on__isnull", False), ("expiry", "day")),
                                    _connector="OR",
                                ),
                                name="kb_factcheck_expiry_fits_its_day",
                                violation_error_message="Give the day the verdict expires on, or choose that it never does.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("return_reason", ""), ("status", "draft"), _connector="OR"),
                                name="kb_factcheck_handed_back_is_draft",
                                violation_error_message="Only a draft was handed back.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dissent", ""), models.Q(("status", "draft"), _negated=True), _connector="OR"
                                ),
                                name="kb_factcheck_dissent_is_of_a_review",
                                violation_error_message="Nobody has reviewed a draft, so nobody dissents.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["draft", "submitted", "published", "superseded", "rejected"])
                                ),
                                name="kb_factcheck_status_known",
                                violation_error_message="Status: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("dissent__in", ["", "open", "resolved"])),
                                name="kb_factcheck_dissent_known",
                                violation_error_message="Dissent: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expiry__in", ["rule", "day", "never"])),
                                name="kb_factcheck_expiry_known",
                                violation_error_message="Expiry: choose one of the listed values.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ForecastScore",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("came_true", "came true"),
                                    ("did_not", "did not come true"),
                                    ("partly", "came true in part"),
                                    ("cannot_be_told", "cannot be told"),
                                ],
                                max_length=15,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                help_text="What happened, and how it compares with the forecast's words.",
                                verbose_name="why",
                            ),
                        ),
                        ("address", models.URLField(max_length=1000, verbose_name="address of the evidence")),
                        (
                            "scored_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="scored at"
                            ),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed at"),
                        ),
                        (
                            "claim",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="score",
                                to="kb.claim",
                                verbose_name="forecast",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "scored_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="scored by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "outcome of a forecast",
                        "verbose_name_plural": "outcomes of forecasts",
                        "ordering": ["-scored_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), _negated=True), models.Q(("address", ""), _negated=True)
                                ),
                                name="kb_forecastscore_says_why",
                                violation_error_message="An outcome has a reason and the address of its evidence.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by", None),
                                    models.Q(("confirmed_by", models.F("scored_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="kb_forecastscore_confirmed_by_another",
                                violation_error_message="Nobody confirms their own score: ask a colleague.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="kb_forecastscore_confirmation_is_signed",
                                violation_error_message="A confirmation names its person and moment.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome__in", ["came_true", "did_not", "partly", "cannot_be_told"])
                                ),
                                name="kb_forecastscore_outcome_known",
                                violation_error_message="Outcome: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("address__length__lte", 1000)),
                                name="kb_forecastscore_address_length",
                                violation_error_message="Address: at most 1000 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalArticle",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "title",
                            models.CharField(
                                blank=True,
                                help_text="May stay empty while a draft; a published article has one.",
                                max_length=300,
                                verbose_name="title",
                            ),
                        ),
                        ("slug", models.SlugField(allow_unicode=True, max_length=120, verbose_name="slug")),
                        (
                            "standfirst",
                            models.TextField(
                                blank=True, help_text="One or two sentences under the title.", verbose_name="standfirst"
                            ),
                        ),
                        ("body", models.TextField(blank=True, verbose_name="body")),
                        (
                            "body_format",
                            models.CharField(
                                choices=[
                                    ("plain", "plain text, as captured"),
                                    ("markdown", "Markdown, as written here"),
                                ],
                                default="markdown",
                                max_length=10,
                                verbose_name="format of the body",
                            ),
                        ),
                        (
                            "headings",
                            models.JSONField(
                                blank=True,
                                default=list,
                                editable=False,
                                help_text="Blocks of a captured text that are headings.",
                                verbose_name="headings",
                            ),
                        ),
                        (
                            "revision",
                            models.PositiveIntegerField(
                                default=1,
                                editable=False,
                                help_text="Counts changes of the text; anchors name it.",
                                verbose_name="revision of the text",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                help_text="BCP 47: en, fa. Empty while undecided.",
                                max_length=35,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(
                                blank=True,
                                choices=[("ltr", "left to right"), ("rtl", "right to left")],
                                max_length=3,
                                verbose_name="direction",
                            ),
                        ),
                        (
                            "genre",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("news", "news"),
                                    ("analysis", "analysis"),
                                    ("opinion", "opinion"),
                                    ("explainer", "explainer"),
                                ],
                                help_text="Empty when the page does not say.",
                                max_length=10,
                                verbose_name="genre",
                            ),
                        ),
                        (
                            "display",
                            models.CharField(
                                choices=[
                                    ("full", "full text"),
                                    ("excerpt", "excerpt: no right to show the full text is recorded"),
                                ],
                                default="excerpt",
                                help_text="Full text only for our own writing, or where a right to it is recorded.",
                                max_length=10,
                                verbose_name="display",
                            ),
                        ),
                        (
                            "issued_on",
                            models.CharField(
                                blank=True,
                                help_text="When it was first published, as far as the page says: 2025-03-24, 2025-03, XXXX-06-12 (EDTF).",
                                max_length=64,
                                validators=[kb.models.rules.validate_edtf],
                                verbose_name="issued on",
                            ),
                        ),
                        (
                            "retrieved_on",
                            models.CharField(
                                blank=True,
                                help_text="When the page was rendered or saved (EDTF); an upper bound, not a publication date.",
                                max_length=64,
                                validators=[kb.models.rules.validate_edtf],
                                verbose_name="retrieved on",
                            ),
                        ),
                        (
                            "address",
                            models.URLField(
                                blank=True,
                                help_text="Where the original stands, if it is known.",
                                max_length=1000,
                                verbose_name="address",
                            ),
                        ),
                        (
                            "provenance",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                editable=False,
                                help_text="Where the import read each field, and what else the page said.",
                                verbose_name="provenance",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("in_review", "in review"),
                                    ("published", "published"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                db_index=True,
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn at"),
                        ),
                        (
                            "withdrawal_reason",
                            models.TextField(blank=True, editable=False, verbose_name="why it was withdrawn"),
                        ),
                        ("created_at", models.DateTimeField(blank=True, editable=False, verbose_name="created at")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "capture",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.capture",
                                verbose_name="capture",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical article",
                        "verbose_name_plural": "historical articles",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalForecastScore",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("came_true", "came true"),
                                    ("did_not", "did not come true"),
                                    ("partly", "came true in part"),
                                    ("cannot_be_told", "cannot be told"),
                                ],
                                max_length=15,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                help_text="What happened, and how it compares with the forecast's words.",
                                verbose_name="why",
                            ),
                        ),
                        ("address", models.URLField(max_length=1000, verbose_name="address of the evidence")),
                        (
                            "scored_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="scored at"
                            ),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="confirmed at"),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.claim",
                                verbose_name="forecast",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="confirmed by",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "scored_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="scored by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical outcome of a forecast",
                        "verbose_name_plural": "historical outcomes of forecasts",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPiece",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("suggested", "suggested"),
                                    ("confirmed", "confirmed"),
                                    ("rejected", "rejected"),
                                ],
                                db_index=True,
                                default="suggested",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                        ),
                        ("start", models.PositiveIntegerField(verbose_name="start")),
                        ("end", models.PositiveIntegerField(verbose_name="end")),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "became",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.capture",
                                verbose_name="what became of it",
                            ),
                        ),
                        (
                            "capture",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.capture",
                                verbose_name="capture",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical piece of a capture",
                        "verbose_name_plural": "historical pieces of captures",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="LedgerEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("file", models.CharField(max_length=1000, verbose_name="file")),
                        (
                            "sha256",
                            models.CharField(
                                help_text="Of the file: another file starts afresh.",
                                max_length=64,
                                verbose_name="SHA-256",
                            ),
                        ),
                        (
                            "position",
                            models.PositiveBigIntegerField(
                                default=0, help_text="Bytes of the file that are done.", verbose_name="position"
                            ),
                        ),
                        ("records", models.PositiveIntegerField(default=0, verbose_name="records")),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ledger",
                                to="kb.importrun",
                                verbose_name="run",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ledger of an import",
                        "verbose_name_plural": "ledgers of imports",
                        "ordering": ["run", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("run", "file"),
                                name="kb_ledgerentry_once",
                                violation_error_message="The run has an entry for this file already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("file__length__lte", 1000)),
                                name="kb_ledgerentry_file_length",
                                violation_error_message="File: at most 1000 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sha256__length__lte", 64)),
                                name="kb_ledgerentry_sha256_length",
                                violation_error_message="Sha256: at most 64 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Piece",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("suggested", "suggested"),
                                    ("confirmed", "confirmed"),
                                    ("rejected", "rejected"),
                                ],
                                db_index=True,
                                default="suggested",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                        ),
                        ("start", models.PositiveIntegerField(verbose_name="start")),
                        ("end", models.PositiveIntegerField(verbose_name="end")),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        (
                            "became",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="cut_from",
                                to="kb.capture",
                                verbose_name="what became of it",
                            ),
                        ),
                        (
                            "capture",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pieces",
                                to="kb.capture",
                                verbose_name="capture",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "piece of a capture",
                        "verbose_name_plural": "pieces of captures",
                        "ordering": ["capture", "start"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("capture", "start", "end"),
                                name="kb_piece_once",
                                violation_error_message="This stretch of the capture is a piece already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("end__gt", models.F("start"))),
                                name="kb_piece_has_extent",
                                violation_error_message="A piece ends after it starts.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["suggested", "confirmed", "rejected"])),
                                name="kb_piece_state_known",
                                violation_error_message="State: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("state", "suggested")),
                                    models.Q(
                                        models.Q(("state", "suggested"), _negated=True), ("decided_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_piece_decision_has_moment",
                                violation_error_message="A decision names its moment; an open suggestion has none.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title__length__lte", 300)),
                                name="kb_piece_title_length",
                                violation_error_message="Title: at most 300 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalFactCheck",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                editable=False, help_text="Counts the checks of a claim.", verbose_name="number"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "submitted"),
                                    ("published", "published"),
                                    ("superseded", "superseded"),
                                    ("rejected", "rejected"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "rationale",
                            models.TextField(
                                blank=True, help_text="Why this rating; readers see it.", verbose_name="rationale"
                            ),
                        ),
                        (
                            "as_of",
                            models.DateField(
                                blank=True,
                                help_text="The day the verdict speaks for: later events may change it.",
                                null=True,
                                verbose_name="as of",
                            ),
                        ),
                        (
                            "expiry",
                            models.CharField(
                                choices=[
                                    ("rule", "by the rule for such statements"),
                                    ("day", "on a day of its own"),
                                    ("never", "never"),
                                ],
                                default="rule",
                                max_length=5,
                                verbose_name="expiry",
                            ),
                        ),
                        ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="created at"
                            ),
                        ),
                        (
                            "checked_on",
                            models.DateField(blank=True, editable=False, null=True, verbose_name="checked on"),
                        ),
                        (
                            "submitted_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted at"),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                        ),
                        (
                            "seal",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                editable=False,
                                help_text="Hashes of what was submitted: nothing else can be approved.",
                                verbose_name="seal",
                            ),
                        ),
                        (
                            "dissent",
                            models.CharField(
                                blank=True,
                                choices=[("", "none"), ("open", "dissent open"), ("resolved", "dissent resolved")],
                                default="",
                                editable=False,
                                max_length=10,
                                verbose_name="dissent",
                            ),
                        ),
                        (
                            "return_reason",
                            models.TextField(blank=True, editable=False, verbose_name="why it was handed back"),
                        ),
                        (
                            "rejection_reason",
                            models.TextField(blank=True, editable=False, verbose_name="why it was rejected"),
                        ),
                        (
                            "reopened_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reopened at"),
                        ),
                        (
                            "reopen_reason",
                            models.TextField(blank=True, editable=False, verbose_name="why it was reopened"),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        ("links", models.JSONField(editable=False, null=True, verbose_name="links")),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reopened_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reviewer",
                            ),
                        ),
                        (
                            "rating",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.rating",
                                verbose_name="rating",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical fact-check",
                        "verbose_name_plural": "historical fact-checks",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPerson",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("slug", models.SlugField(max_length=80, verbose_name="slug")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The outlet or institution this person writes or speaks for.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.source",
                                verbose_name="belongs to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical person",
                        "verbose_name_plural": "historical people",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalForeignCheck",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "key",
                            models.CharField(
                                db_index=True,
                                editable=False,
                                help_text="SHA-256 of address, publisher and statement.",
                                max_length=64,
                                verbose_name="key",
                            ),
                        ),
                        ("statement", models.TextField(help_text="The words they checked.", verbose_name="statement")),
                        (
                            "claimant",
                            models.TextField(
                                blank=True, help_text="Who said it, as they print it.", verbose_name="claimant"
                            ),
                        ),
                        (
                            "claimed_on",
                            models.CharField(
                                blank=True,
                                max_length=64,
                                validators=[kb.models.rules.validate_edtf],
                                verbose_name="claimed on",
                            ),
                        ),
                        ("publisher_name", models.CharField(blank=True, max_length=300, verbose_name="publisher")),
                        ("publisher_site", models.CharField(blank=True, max_length=300, verbose_name="site")),
                        ("address", models.URLField(blank=True, max_length=2000, verbose_name="address")),
                        ("title", models.TextField(blank=True, verbose_name="title")),
                        (
                            "reviewed_on",
                            models.CharField(
                                blank=True,
                                max_length=64,
                                validators=[kb.models.rules.validate_edtf],
                                verbose_name="reviewed on",
                            ),
                        ),
                        (
                            "rating_words",
                            models.TextField(blank=True, help_text="Their words, unchanged.", verbose_name="rating"),
                        ),
                        (
                            "coarse_class",
                            models.CharField(
                                choices=[
                                    ("supported", "supported"),
                                    ("refuted", "refuted"),
                                    ("mixed", "mixed"),
                                    ("unproven", "unproven"),
                                    ("none", "none"),
                                ],
                                default="none",
                                help_text="By the table of rating words; none is unrated.",
                                max_length=10,
                                verbose_name="coarse class",
                            ),
                        ),
                        ("language", models.CharField(blank=True, max_length=35, verbose_name="language")),
                        ("raw", models.JSONField(default=dict, editable=False, verbose_name="as received")),
                        (
                            "received_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="received at"
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Our claim that says the same; a person decides.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "linked_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "publisher",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical fact-check of others",
                        "verbose_name_plural": "historical fact-checks of others",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ForeignCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "key",
                            models.CharField(
                                editable=False,
                                help_text="SHA-256 of address, publisher and statement.",
                                max_length=64,
                                unique=True,
                                verbose_name="key",
                            ),
                        ),
                        ("statement", models.TextField(help_text="The words they checked.", verbose_name="statement")),
                        (
                            "claimant",
                            models.TextField(
                                blank=True, help_text="Who said it, as they print it.", verbose_name="claimant"
                            ),
                        ),
                        (
                            "claimed_on",
                            models.CharField(
                                blank=True,
                                max_length=64,
                                validators=[kb.models.rules.validate_edtf],
                                verbose_name="claimed on",
                            ),
                        ),
                        ("publisher_name", models.CharField(blank=True, max_length=300, verbose_name="publisher")),
                        ("publisher_site", models.CharField(blank=True, max_length=300, verbose_name="site")),
                        ("address", models.URLField(blank=True, max_length=2000, verbose_name="address")),
                        ("title", models.TextField(blank=True, verbose_name="title")),
                        (
                            "reviewed_on",
                            models.CharField(
                                blank=True,
                                max_length=64,
                                validators=[kb.models.rules.validate_edtf],
                                verbose_name="reviewed on",
                            ),
                        ),
                        (
                            "rating_words",
                            models.TextField(blank=True, help_text="Their words, unchanged.", verbose_name="rating"),
                        ),
                        (
                            "coarse_class",
                            models.CharField(
                                choices=[
                                    ("supported", "supported"),
                                    ("refuted", "refuted"),
                                    ("mixed", "mixed"),
                                    ("unproven", "unproven"),
                                    ("none", "none"),
                                ],
                                default="none",
                                help_text="By the table of rating words; none is unrated.",
                                max_length=10,
                                verbose_name="coarse class",
                            ),
                        ),
                        ("language", models.CharField(blank=True, max_length=35, verbose_name="language")),
                        ("raw", models.JSONField(default=dict, editable=False, verbose_name="as received")),
                        (
                            "received_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="received at"
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                help_text="Our claim that says the same; a person decides.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="foreign_checks",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "linked_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "publisher",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="foreign_checks",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fact-check of others",
                        "verbose_name_plural": "fact-checks of others",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("statement", ""), _negated=True),
                                name="kb_foreigncheck_says_something",
                                violation_error_message="A fact-check names the statement it checked.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("key__length", 64)),
                                name="kb_foreigncheck_has_key",
                                violation_error_message="A fact-check of others is known by a SHA-256.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("claim", None), ("linked_by__isnull", False), _connector="OR"),
                                name="kb_foreigncheck_link_is_signed",
                                violation_error_message="A person says which claim of ours a check of others is about.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("coarse_class__in", ["supported", "refuted", "mixed", "unproven", "none"])
                                ),
                                name="kb_foreigncheck_coarse_class_known",
                                violation_error_message="Coarse class: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("claimed_on__length__lte", 64)),
                                name="kb_foreigncheck_claimed_on_length",
                                violation_error_message="Claimed on: at most 64 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reviewed_on__length__lte", 64)),
                                name="kb_foreigncheck_reviewed_on_length",
                                violation_error_message="Reviewed on: at most 64 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("publisher_name__length__lte", 300)),
                                name="kb_foreigncheck_publisher_name_length",
                                violation_error_message="Publisher name: at most 300 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("publisher_site__length__lte", 300)),
                                name="kb_foreigncheck_publisher_site_length",
                                violation_error_message="Publisher site: at most 300 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("address__length__lte", 2000)),
                                name="kb_foreigncheck_address_length",
                                violation_error_message="Address: at most 2000 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("language__length__lte", 35)),
                                name="kb_foreigncheck_language_length",
                                violation_error_message="Language: at most 35 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Upload",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="name")),
                        ("content", models.BinaryField(verbose_name="content")),
                        ("size", models.PositiveBigIntegerField(default=0, verbose_name="size")),
                        ("is_done", models.BooleanField(default=False, verbose_name="done")),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="uploads",
                                to="kb.importrun",
                                verbose_name="run",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "uploaded file",
                        "verbose_name_plural": "uploaded files",
                        "ordering": ["run", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("name__length__lte", 255)),
                                name="kb_upload_name_length",
                                violation_error_message="Name: at most 255 characters.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("supports", "supports"),
                                    ("refutes", "refutes"),
                                    ("context", "context"),
                                    ("searched_not_found", "searched and not found"),
                                ],
                                max_length=20,
                                verbose_name="stance",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                help_text="In your words: what was found, or searched for where.",
                                verbose_name="what it shows",
                            ),
                        ),
                        (
                            "quote",
                            models.TextField(blank=True, help_text="Exact words of the source.", verbose_name="quote"),
                        ),
                        ("address", models.URLField(blank=True, max_length=1000, verbose_name="address")),
                        ("archived_copy", models.URLField(blank=True, max_length=1000, verbose_name="archived copy")),
                        (
                            "fact_check",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="evidence",
                                to="kb.factcheck",
                                verbose_name="fact-check",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence",
                        "verbose_name_plural": "evidence",
                        "ordering": ["fact_check", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("fact_check", "position"),
                                name="kb_evidence_position_once",
                                violation_error_message="Another piece of evidence has this position.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("summary", ""), _negated=True),
                                name="kb_evidence_says_something",
                                violation_error_message="Say what the evidence shows.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("stance__in", ["supports", "refutes", "context", "searched_not_found"])
                                ),
                                name="kb_evidence_stance_known",
                                violation_error_message="Stance: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("address__length__lte", 1000)),
                                name="kb_evidence_address_length",
                                violation_error_message="Address: at most 1000 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("archived_copy__length__lte", 1000)),
                                name="kb_evidence_archived_copy_length",
                                violation_error_message="Archived copy: at most 1000 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalSearchStep",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        (
                            "place",
                            models.CharField(
                                help_text="The archive, register, site or person asked.",
                                max_length=300,
                                verbose_name="where",
                            ),
                        ),
                        (
                            "words",
                            models.CharField(
                                blank=True,
                                help_text="What was searched or asked.",
                                max_length=300,
                                verbose_name="which words",
                            ),
                        ),
                        ("searched_on", models.DateField(blank=True, null=True, verbose_name="when")),
                        (
                            "result",
                            models.TextField(
                                help_text="What was found; “nothing” is a result too.", verbose_name="what came"
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "fact_check",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.factcheck",
                                verbose_name="fact-check",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical search step",
                        "verbose_name_plural": "historical search steps",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Merge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("source", "source"),
                                    ("claim", "claim"),
                                    ("tag", "tag"),
                                    ("person", "person"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("number", models.BigIntegerField(editable=False, verbose_name="its number")),
                        ("name", models.CharField(editable=False, max_length=500, verbose_name="given up")),
                        (
                            "slug",
                            models.CharField(blank=True, editable=False, max_length=120, verbose_name="its address"),
                        ),
                        ("fields", models.JSONField(default=dict, editable=False, verbose_name="its fields")),
                        (
                            "changed",
                            models.JSONField(
                                default=dict,
                                editable=False,
                                help_text="Columns of the kept row: before and after.",
                                verbose_name="taken over",
                            ),
                        ),
                        (
                            "checks_behind",
                            models.PositiveSmallIntegerField(
                                default=0,
                                editable=False,
                                help_text="Their numbers grew by so much.",
                                verbose_name="fact-checks count on from",
                            ),
                        ),
                        (
                            "is_from_elsewhere",
                            models.BooleanField(
                                default=False,
                                editable=False,
                                help_text="It came with an import: which rows moved is not known here, so it cannot be undone here.",
                                verbose_name="from elsewhere",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "merged_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="merged at"
                            ),
                        ),
                        (
                            "undone_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="undone at"),
                        ),
                        (
                            "gave_way",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                help_text="Both claims had a published one; when they are parted again it stands again.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="kb.factcheck",
                                verbose_name="verdict that gave way",
                            ),
                        ),
                        (
                            "kept_claim",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merges",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "merged_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="merged by",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="undone by",
                            ),
                        ),
                        (
                            "kept_person",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merges",
                                to="kb.person",
                                verbose_name="person",
                            ),
                        ),
                        (
                            "kept_source",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merges",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                        (
                            "kept_tag",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merges",
                                to="kb.tag",
                                verbose_name="tag",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "merge",
                        "verbose_name_plural": "merges",
                        "ordering": ["-merged_at", "-pk"],
                        "permissions": [("merge_rows", "Can merge sources, claims, tags and people")],
                        "indexes": [
                            models.Index(fields=["kind", "slug"], name="kb_merge_address"),
                            models.Index(fields=["kind", "number"], name="kb_merge_number"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kept_source", None),
                                        ("kept_claim", None),
                                        ("kept_tag", None),
                                        ("kept_person", None),
                                    ),
                                    models.Q(
                                        ("kept_claim__isnull", True),
                                        ("kept_person__isnull", True),
                                        ("kept_source__isnull", False),
                                        ("kept_tag__isnull", True),
                                        ("kind", "source"),
                                    ),
                                    models.Q(
                                        ("kept_claim__isnull", False),
                                        ("kept_person__isnull", True),
                                        ("kept_source__isnull", True),
                                        ("kept_tag__isnull", True),
                                        ("kind", "claim"),
                                    ),
                                    models.Q(
                                        ("kept_claim__isnull", True),
                                        ("kept_person__isnull", True),
                                        ("kept_source__isnull", True),
                                        ("kept_tag__isnull", False),
                                        ("kind", "tag"),
                                    ),
                                    models.Q(
                                        ("kept_claim__isnull", True),
                                        ("kept_person__isnull", False),
                                        ("kept_source__isnull", True),
                                        ("kept_tag__isnull", True),
                                        ("kind", "person"),
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_merge_keeps_one_of_its_kind",
                                violation_error_message="A row is given up for one of its own table.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True),
                                    models.Q(("kind", "claim"), models.Q(("slug", ""), _negated=True), _connector="OR"),
                                ),
                                name="kb_merge_names_what_it_gave_up",
                                violation_error_message="A merge says what was given up, and where it stood.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("undone_at", None), ("undone_by", None)),
                                    models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="kb_merge_undoing_is_signed",
                                violation_error_message="An undone merge names who undid it, and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["source", "claim", "tag", "person"])),
                                name="kb_merge_kind_known",
                                violation_error_message="Kind: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name__length__lte", 500)),
                                name="kb_merge_name_length",
                                violation_error_message="Name: at most 500 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("slug__length__lte", 120)),
                                name="kb_merge_slug_length",
                                violation_error_message="Slug: at most 120 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalReview",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        (
                            "role",
                            models.CharField(
                                choices=[("second", "second opinion"), ("deciding", "deciding opinion")],
                                max_length=10,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "note",
                            models.TextField(help_text="Readers see it where opinions differ.", verbose_name="why"),
                        ),
                        ("content_hash", models.CharField(max_length=64, verbose_name="hash of what was shown")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "fact_check",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.factcheck",
                                verbose_name="fact-check",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reviewer",
                            ),
                        ),
                        (
                            "rating",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.rating",
                                verbose_name="rating",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical review",
                        "verbose_name_plural": "historical reviews",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Review",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[("second", "second opinion"), ("deciding", "deciding opinion")],
                                max_length=10,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "note",
                            models.TextField(help_text="Readers see it where opinions differ.", verbose_name="why"),
                        ),
                        ("content_hash", models.CharField(max_length=64, verbose_name="hash of what was shown")),
                        ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                        (
                            "fact_check",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="kb.factcheck",
                                verbose_name="fact-check",
                            ),
                        ),
                        (
                            "rating",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="kb.rating",
                                verbose_name="rating",
                            ),
                        ),
                        (
                            "reviewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="given_reviews",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="reviewer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review",
                        "verbose_name_plural": "reviews",
                        "ordering": ["fact_check", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("fact_check", "reviewer"),
                                name="kb_review_once_per_person",
                                violation_error_message="This person has reviewed the check already.",
                            ),
                            models.UniqueConstraint(
                                fields=("fact_check", "role"),
                                name="kb_review_one_of_each_role",
                                violation_error_message="The check has a review of this role already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("note", ""), _negated=True),
                                name="kb_review_says_why",
                                violation_error_message="Say why: a review has a reason.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("content_hash__length", 64)),
                                name="kb_review_has_hash",
                                violation_error_message="A review names what was shown by its hash.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("role__in", ["second", "deciding"])),
                                name="kb_review_role_known",
                                violation_error_message="Role: choose one of the listed values.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        (
                            "place",
                            models.CharField(
                                help_text="The archive, register, site or person asked.",
                                max_length=300,
                                verbose_name="where",
                            ),
                        ),
                        (
                            "words",
                            models.CharField(
                                blank=True,
                                help_text="What was searched or asked.",
                                max_length=300,
                                verbose_name="which words",
                            ),
                        ),
                        ("searched_on", models.DateField(blank=True, null=True, verbose_name="when")),
                        (
                            "result",
                            models.TextField(
                                help_text="What was found; “nothing” is a result too.", verbose_name="what came"
                            ),
                        ),
                        (
                            "fact_check",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="search_steps",
                                to="kb.factcheck",
                                verbose_name="fact-check",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "search step",
                        "verbose_name_plural": "search steps",
                        "ordering": ["fact_check", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("fact_check", "position"),
                                name="kb_searchstep_position_once",
                                violation_error_message="Another search step has this position.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("place", ""), _negated=True), models.Q(("result", ""), _negated=True)
                                ),
                                name="kb_searchstep_says_where_and_what",
                                violation_error_message="A search step says where was searched and what came.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("place__length__lte", 300)),
                                name="kb_searchstep_place_length",
                                violation_error_message="Place: at most 300 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words__length__lte", 300)),
                                name="kb_searchstep_words_length",
                                violation_error_message="Words: at most 300 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalEvidence",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("supports", "supports"),
                                    ("refutes", "refutes"),
                                    ("context", "context"),
                                    ("searched_not_found", "searched and not found"),
                                ],
                                max_length=20,
                                verbose_name="stance",
                            ),
                        ),
                        (
                            "summary",
                            models.TextField(
                                help_text="In your words: what was found, or searched for where.",
                                verbose_name="what it shows",
                            ),
                        ),
                        (
                            "quote",
                            models.TextField(blank=True, help_text="Exact words of the source.", verbose_name="quote"),
                        ),
                        ("address", models.URLField(blank=True, max_length=1000, verbose_name="address")),
                        ("archived_copy", models.URLField(blank=True, max_length=1000, verbose_name="archived copy")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "fact_check",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.factcheck",
                                verbose_name="fact-check",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical evidence",
                        "verbose_name_plural": "historical evidence",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="EvidenceCopy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="name")),
                        ("media_type", models.CharField(max_length=100, verbose_name="media type")),
                        ("content", models.BinaryField(verbose_name="content")),
                        ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("kept_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="kept at")),
                        (
                            "evidence",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="copy",
                                to="kb.evidence",
                                verbose_name="evidence",
                            ),
                        ),
                        (
                            "kept_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="kept by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "copy of evidence",
                        "verbose_name_plural": "copies of evidence",
                        "ordering": ["evidence"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sha256__length", 64)),
                                name="kb_evidencecopy_has_hash",
                                violation_error_message="A copy has the SHA-256 of its bytes, in hexadecimal.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("size__gte", 1), ("size__lte", 3145728)),
                                name="kb_evidencecopy_size_in_range",
                                violation_error_message="A copy holds at least a byte and at most 3 MB.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), _negated=True), models.Q(("media_type", ""), _negated=True)
                                ),
                                name="kb_evidencecopy_is_named",
                                violation_error_message="A copy has a name and says what kind of file it is.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name__length__lte", 255)),
                                name="kb_evidencecopy_name_length",
                                violation_error_message="Name: at most 255 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("media_type__length__lte", 100)),
                                name="kb_evidencecopy_media_type_length",
                                violation_error_message="Media type: at most 100 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalClaimWording",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("text", models.CharField(max_length=500, verbose_name="words")),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                default="en",
                                help_text="BCP 47: en, fa.",
                                max_length=35,
                                verbose_name="language",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "merge",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.merge",
                                verbose_name="came with",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical other wording of a claim",
                        "verbose_name_plural": "historical other wordings of claims",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ClaimWording",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("text", models.CharField(max_length=500, verbose_name="words")),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                default="en",
                                help_text="BCP 47: en, fa.",
                                max_length=35,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="wordings",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "merge",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="kb.merge",
                                verbose_name="came with",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "other wording of a claim",
                        "verbose_name_plural": "other wordings of claims",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("text", "language"),
                                name="kb_claimwording_once",
                                violation_error_message="A claim is worded so already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True),
                                name="kb_claimwording_says_something",
                                violation_error_message="A wording says something.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("text__length__lte", 500)),
                                name="kb_claimwording_text_length",
                                violation_error_message="Text: at most 500 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("language__length__lte", 35)),
                                name="kb_claimwording_language_length",
                                violation_error_message="Language: at most 35 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MergedRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("relation", models.CharField(help_text="model.foreign key", max_length=60)),
                        ("row", models.BigIntegerField()),
                        (
                            "effect",
                            models.CharField(
                                choices=[
                                    ("moved", "moved"),
                                    ("left_out", "left out: the same stood there already"),
                                    ("made", "made: an old name"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "was",
                            models.JSONField(
                                help_text="Columns as they were: all of a row that was left out.", null=True
                            ),
                        ),
                        (
                            "beside",
                            models.BigIntegerField(help_text="The row that says the same and stayed.", null=True),
                        ),
                        ("is_back", models.BooleanField(default=False)),
                        (
                            "merge",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rows",
                                to="kb.merge",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "row of a merge",
                        "verbose_name_plural": "rows of merges",
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["relation", "row"], name="kb_mergedrow_row")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("merge", "relation", "row"),
                                name="kb_mergedrow_once",
                                violation_error_message="A merge does one thing to a row.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("beside__isnull", False), ("effect", "left_out"), ("was__isnull", False)),
                                    models.Q(models.Q(("effect", "left_out"), _negated=True), ("beside", None)),
                                    _connector="OR",
                                ),
                                name="kb_mergedrow_left_out_is_kept",
                                violation_error_message="What is left out is kept, with what it was left out for.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("effect__in", ["moved", "left_out", "made"])),
                                name="kb_mergedrow_effect_known",
                                violation_error_message="Effect: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("relation__length__lte", 60)),
                                name="kb_mergedrow_relation_length",
                                violation_error_message="Relation: at most 60 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalPersonAlias",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "merge",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.merge",
                                verbose_name="came with",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.person",
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical other name of a person",
                        "verbose_name_plural": "historical other names of people",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="PersonAlias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "merge",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="kb.merge",
                                verbose_name="came with",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="kb.person",
                                verbose_name="person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "other name of a person",
                        "verbose_name_plural": "other names of people",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("person"),
                                django.db.models.functions.text.Lower("name"),
                                name="kb_personalias_once",
                                violation_error_message="The person has this name already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="kb_personalias_not_empty",
                                violation_error_message="A name is not empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name__length__lte", 200)),
                                name="kb_personalias_name_length",
                                violation_error_message="Name: at most 200 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalSourceName",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("full", "full name"),
                                    ("short", "short name"),
                                    ("hashtag", "hashtag"),
                                    ("domain", "domain"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "merge",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.merge",
                                verbose_name="came with",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical name of a source",
                        "verbose_name_plural": "historical names of sources",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="SourceName",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("full", "full name"),
                                    ("short", "short name"),
                                    ("hashtag", "hashtag"),
                                    ("domain", "domain"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "merge",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="kb.merge",
                                verbose_name="came with",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="names",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "name of a source",
                        "verbose_name_plural": "names of sources",
                        "ordering": ["kind", "name"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("source"),
                                models.F("kind"),
                                django.db.models.functions.text.Lower("name"),
                                name="kb_sourcename_once",
                                violation_error_message="The source has this name already.",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"),
                                condition=models.Q(("kind", "domain")),
                                name="kb_sourcename_domain_has_one_owner",
                                violation_error_message="This domain belongs to another source.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="kb_sourcename_not_empty",
                                violation_error_message="A name is not empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["full", "short", "hashtag", "domain"])),
                                name="kb_sourcename_kind_known",
                                violation_error_message="Kind: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name__length__lte", 200)),
                                name="kb_sourcename_name_length",
                                violation_error_message="Name: at most 200 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalTagAlias",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "merge",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.merge",
                                verbose_name="came with",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.tag",
                                verbose_name="tag",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical other name of a tag",
                        "verbose_name_plural": "historical other names of tags",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="TagAlias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("name", models.CharField(max_length=100, verbose_name="name")),
                        (
                            "merge",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="kb.merge",
                                verbose_name="came with",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="kb.tag",
                                verbose_name="tag",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "other name of a tag",
                        "verbose_name_plural": "other names of tags",
                        "ordering": ["name"],
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("name"),
                                name="kb_tagalias_once",
                                violation_error_message="This is another name of a tag already; capitals make no difference.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                name="kb_tagalias_not_empty",
                                violation_error_message="A name is not empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name__length__lte", 100)),
                                name="kb_tagalias_name_length",
                                violation_error_message="Name: at most 100 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Article",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "title",
                            models.CharField(
                                blank=True,
                                help_text="May stay empty while a draft; a published article has one.",
                                max_length=300,
                                verbose_name="title",
                            ),
                        ),
                        (
                            "slug",
                            models.SlugField(allow_unicode=True, max_length=120, unique=True, verbose_name="slug"),
                        ),
                        (
                            "standfirst",
                            models.TextField(
                                blank=True, help_text="One or two sentences under the title.", verbose_name="standfirst"
                            ),
                        ),
                        ("body", models.TextField(blank=True, verbose_name="body")),
                        (
                            "body_format",
                            models.CharField(
                                choices=[
                                    ("plain", "plain text, as captured"),
                                    ("markdown", "Markdown, as written here"),
                                ],
                                default="markdown",
                                max_length=10,
                                verbose_name="format of the body",
                            ),
                        ),
                        (
                            "headings",
                            models.JSONField(
                                blank=True,
                                default=list,
                                editable=False,
                                help_text="Blocks of a captured text that are headings.",
                                verbose_name="headings",
                            ),
                        ),
                        (
                            "revision",
                            models.PositiveIntegerField(
                                default=1,
                                editable=False,
                                help_text="Counts changes of the text; anchors name it.",
                                verbose_name="revision of the text",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                help_text="BCP 47: en, fa. Empty while undecided.",
                                max_length=35,
                                verbose_name="language",
                            ),
                        ),
                        (
                            "direction",
                            models.CharField(
                                blank=True,
                                choices=[("ltr", "left to right"), ("rtl", "right to left")],
                                max_length=3,
                                verbose_name="direction",
                            ),
                        ),
                        (
                            "genre",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("news", "news"),
                                    ("analysis", "analysis"),
                                    ("opinion", "opinion"),
                                    ("explainer", "explainer"),
                                ],
                                help_text="Empty when the page does not say.",
                                max_length=10,
                                verbose_name="genre",
                            ),
                        ),
                        (
                            "display",
                            models.CharField(
                                choices=[
                                    ("full", "full text"),
                                    ("excerpt", "excerpt: no right to show the full text is recorded"),
                                ],
                                default="excerpt",
                                help_text="Full text only for our own writing, or where a right to it is recorded.",
                                max_length=10,
                                verbose_name="display",
                            ),
                        ),
                        (
                            "issued_on",
                            models.CharField(
                                blank=True,
                                help_text="When it was first published, as far as the page says: 2025-03-24, 2025-03, XXXX-06-12 (EDTF).",
                                max_length=64,
                                validators=[kb.models.rules.validate_edtf],
                                verbose_name="issued on",
                            ),
                        ),
                        (
                            "retrieved_on",
                            models.CharField(
                                blank=True,
                                help_text="When the page was rendered or saved (EDTF); an upper bound, not a publication date.",
                                max_length=64,
                                validators=[kb.models.rules.validate_edtf],
                                verbose_name="retrieved on",
                            ),
                        ),
                        (
                            "address",
                            models.URLField(
                                blank=True,
                                help_text="Where the original stands, if it is known.",
                                max_length=1000,
                                verbose_name="address",
                            ),
                        ),
                        (
                            "provenance",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                editable=False,
                                help_text="Where the import read each field, and what else the page said.",
                                verbose_name="provenance",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("in_review", "in review"),
                                    ("published", "published"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                db_index=True,
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="status",
                            ),
                        ),
                        (
                            "published_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="published at"),
                        ),
                        (
                            "withdrawn_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="withdrawn at"),
                        ),
                        (
                            "withdrawal_reason",
                            models.TextField(blank=True, editable=False, verbose_name="why it was withdrawn"),
                        ),
                        ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "capture",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="articles",
                                to="kb.capture",
                                verbose_name="capture",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "article",
                        "verbose_name_plural": "articles",
                        "ordering": ["-published_at", "-pk"],
                        "permissions": [
                            ("preview_article", "Can preview drafts"),
                            ("import_articles", "Can import articles"),
                            ("publish_article", "Can publish articles"),
                            ("withdraw_article", "Can withdraw articles"),
                            ("decide_suggestions", "Can confirm and reject suggestions"),
                        ],
                        "indexes": [
                            models.Index(fields=["status", "-published_at"], name="kb_article_listing"),
                            models.Index(
                                condition=models.Q(("revision__gt", 1)),
                                fields=["revision"],
                                name="kb_article_changed_text",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("slug", ""), _negated=True),
                                name="kb_article_has_slug",
                                violation_error_message="An article has a slug: it is its address.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "published"), _negated=True),
                                    models.Q(
                                        models.Q(("title", ""), _negated=True),
                                        models.Q(("slug", ""), _negated=True),
                                        ("published_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_article_published_is_complete",
                                violation_error_message="A published article has a title, a slug and a date of publication.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "withdrawn"), _negated=True),
                                    models.Q(
                                        ("withdrawn_at__isnull", False),
                                        models.Q(("withdrawal_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_article_withdrawn_has_moment",
                                violation_error_message="A withdrawn article says when and why it was withdrawn.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("genre__in", ["", "news", "analysis", "opinion", "explainer"])),
                                name="kb_article_genre_known",
                                violation_error_message="Genre: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("direction__in", ["", "ltr", "rtl"])),
                                name="kb_article_direction_known",
                                violation_error_message="Direction: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                                name="kb_article_status_known",
                                violation_error_message="Status: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("body_format__in", ["plain", "markdown"])),
                                name="kb_article_body_format_known",
                                violation_error_message="Body format: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("display__in", ["full", "excerpt"])),
                                name="kb_article_display_known",
                                violation_error_message="Display: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("title__length__lte", 300)),
                                name="kb_article_title_length",
                                violation_error_message="Title: at most 300 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("slug__length__lte", 120)),
                                name="kb_article_slug_length",
                                violation_error_message="Slug: at most 120 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("language__length__lte", 35)),
                                name="kb_article_language_length",
                                violation_error_message="Language: at most 35 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("issued_on__length__lte", 64)),
                                name="kb_article_issued_on_length",
                                violation_error_message="Issued on: at most 64 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("retrieved_on__length__lte", 64)),
                                name="kb_article_retrieved_on_length",
                                violation_error_message="Retrieved on: at most 64 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("address__length__lte", 1000)),
                                name="kb_article_address_length",
                                violation_error_message="Address: at most 1000 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Citation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("suggested", "suggested"),
                                    ("confirmed", "confirmed"),
                                    ("rejected", "rejected"),
                                ],
                                db_index=True,
                                default="suggested",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                        ),
                        ("exact", models.TextField(blank=True, verbose_name="exact words")),
                        (
                            "prefix",
                            models.CharField(blank=True, editable=False, max_length=32, verbose_name="words before"),
                        ),
                        (
                            "suffix",
                            models.CharField(blank=True, editable=False, max_length=32, verbose_name="words after"),
                        ),
                        ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="start")),
                        ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="end")),
                        (
                            "revision",
                            models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="revision"),
                        ),
                        (
                            "position",
                            models.PositiveIntegerField(help_text="Order in the article.", verbose_name="position"),
                        ),
                        (
                            "as_printed",
                            models.TextField(
                                help_text="The citing words: (#Reuters, June 12).", verbose_name="as printed"
                            ),
                        ),
                        (
                            "resolution",
                            models.CharField(
                                choices=[
                                    ("resolved", "resolved"),
                                    ("unresolved", "unresolved"),
                                    ("unnamed", "unnamed"),
                                ],
                                max_length=10,
                                verbose_name="resolution",
                            ),
                        ),
                        ("printed_name", models.CharField(blank=True, max_length=200, verbose_name="name as printed")),
                        (
                            "speaker",
                            models.CharField(
                                blank=True,
                                help_text="Who speaks through the source, if named.",
                                max_length=200,
                                verbose_name="speaker",
                            ),
                        ),
                        (
                            "claim_text",
                            models.TextField(
                                blank=True, help_text="Never more than its sentence.", verbose_name="what it supports"
                            ),
                        ),
                        ("date_printed", models.CharField(blank=True, max_length=100, verbose_name="date as printed")),
                        (
                            "date_edtf",
                            models.CharField(
                                blank=True,
                                help_text="As much as is printed: XXXX-06-12 when the year is not.",
                                max_length=64,
                                validators=[kb.models.rules.validate_edtf],
                                verbose_name="date, EDTF",
                            ),
                        ),
                        (
                            "date_resolved",
                            models.CharField(
                                blank=True,
                                help_text="With the inferred year; a proposal until the citation is confirmed.",
                                max_length=64,
                                validators=[kb.models.rules.validate_edtf],
                                verbose_name="date resolved",
                            ),
                        ),
                        (
                            "date_basis",
                            models.CharField(blank=True, max_length=100, verbose_name="basis of the inference"),
                        ),
                        (
                            "confidence",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                editable=False,
                                help_text="0 to 100, of the machine that suggested it: it orders the queue and is never shown as truth.",
                                null=True,
                                verbose_name="confidence",
                            ),
                        ),
                        ("raw_start", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                        ("raw_end", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                        (
                            "check_state",
                            models.CharField(
                                choices=[
                                    ("unchecked", "unchecked"),
                                    ("confirmed", "confirmed"),
                                    ("misquoted", "misquoted"),
                                    ("not_found", "not found"),
                                    ("unavailable", "unavailable"),
                                ],
                                default="unchecked",
                                max_length=12,
                                verbose_name="does the source say it?",
                            ),
                        ),
                        ("check_note", models.TextField(blank=True, verbose_name="note on the check")),
                        (
                            "address",
                            models.URLField(blank=True, max_length=1000, verbose_name="address of the cited item"),
                        ),
                        (
                            "checked_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="checked at"),
                        ),
                        (
                            "antecedent",
                            models.ForeignKey(
                                blank=True,
                                help_text="The earlier citation of this article that a short mention takes up again.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="repeats",
                                to="kb.citation",
                                verbose_name="repeats",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="citations",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "via",
                            models.ForeignKey(
                                blank=True,
                                help_text="The citation of this article through which it is quoted at second hand.",
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="carried",
                                to="kb.citation",
                                verbose_name="quoted through",
                            ),
                        ),
                        (
                            "candidates",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Sources this name may mean, while unresolved.",
                                related_name="+",
                                to="kb.source",
                                verbose_name="candidates",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="citations",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "citation",
                        "verbose_name_plural": "citations",
                        "ordering": ["article", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("article", "position"),
                                name="kb_citation_position_once",
                                violation_error_message="Another citation of the article has this position.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resolution", "resolved"), ("source__isnull", False)),
                                    models.Q(
                                        ("resolution", "unresolved"),
                                        ("source__isnull", True),
                                        models.Q(("printed_name", ""), _negated=True),
                                    ),
                                    models.Q(("printed_name", ""), ("resolution", "unnamed"), ("source__isnull", True)),
                                    _connector="OR",
                                ),
                                name="kb_citation_resolution_fits",
                                violation_error_message="A citation is resolved (with a source), unresolved (with the name as printed, without a source) or unnamed (with neither): exactly one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("as_printed", ""), _negated=True),
                                name="kb_citation_is_printed",
                                violation_error_message="A citation keeps the words as printed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("date_resolved", ""), models.Q(("date_basis", ""), _negated=True), _connector="OR"
                                ),
                                name="kb_citation_inferred_date_has_basis",
                                violation_error_message="An inferred date names its basis.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("via", None), models.Q(("via", models.F("pk")), _negated=True), _connector="OR"
                                ),
                                name="kb_citation_not_via_itself",
                                violation_error_message="A citation is not quoted through itself.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("antecedent", None),
                                    models.Q(("antecedent", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="kb_citation_repeats_another",
                                violation_error_message="A citation does not repeat itself.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("confidence", None), ("confidence__lte", 100), _connector="OR"),
                                name="kb_citation_confidence_in_range",
                                violation_error_message="Confidence goes from 0 to 100.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("check_state", "unchecked"), ("checked_at", None)),
                                    models.Q(
                                        models.Q(("check_state", "unchecked"), _negated=True),
                                        ("checked_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_citation_check_is_signed",
                                violation_error_message="A checked citation names the moment of the check.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["suggested", "confirmed", "rejected"])),
                                name="kb_citation_state_known",
                                violation_error_message="State: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("state", "suggested")),
                                    models.Q(
                                        models.Q(("state", "suggested"), _negated=True), ("decided_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_citation_decision_has_moment",
                                violation_error_message="A decision names its moment; an open suggestion has none.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("end", None),
                                        ("exact", ""),
                                        ("prefix", ""),
                                        ("revision", None),
                                        ("start", None),
                                        ("suffix", ""),
                                    ),
                                    models.Q(
                                        ("end__isnull", False),
                                        ("revision__isnull", False),
                                        ("start__isnull", False),
                                        models.Q(("exact", ""), _negated=True),
                                        ("end__gt", models.F("start")),
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_citation_anchor_whole_or_absent",
                                violation_error_message="Marked words need all of: the words, their start and end, and the revision of the text.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("prefix__length__lte", 32)),
                                name="kb_citation_prefix_length",
                                violation_error_message="Prefix: at most 32 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("suffix__length__lte", 32)),
                                name="kb_citation_suffix_length",
                                violation_error_message="Suffix: at most 32 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("resolution__in", ["resolved", "unresolved", "unnamed"])),
                                name="kb_citation_resolution_known",
                                violation_error_message="Resolution: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "check_state__in",
                                        ["unchecked", "confirmed", "misquoted", "not_found", "unavailable"],
                                    )
                                ),
                                name="kb_citation_check_state_known",
                                violation_error_message="Check state: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("printed_name__length__lte", 200)),
                                name="kb_citation_printed_name_length",
                                violation_error_message="Printed name: at most 200 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("speaker__length__lte", 200)),
                                name="kb_citation_speaker_length",
                                violation_error_message="Speaker: at most 200 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("date_printed__length__lte", 100)),
                                name="kb_citation_date_printed_length",
                                violation_error_message="Date printed: at most 100 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("date_edtf__length__lte", 64)),
                                name="kb_citation_date_edtf_length",
                                violation_error_message="Date edtf: at most 64 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("date_resolved__length__lte", 64)),
                                name="kb_citation_date_resolved_length",
                                violation_error_message="Date resolved: at most 64 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("date_basis__length__lte", 100)),
                                name="kb_citation_date_basis_length",
                                violation_error_message="Date basis: at most 100 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("address__length__lte", 1000)),
                                name="kb_citation_address_length",
                                violation_error_message="Address: at most 1000 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Correction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("rating_affected", "rating changed"),
                                    ("rating_unaffected", "reasons changed, same rating"),
                                    ("wording", "wording"),
                                    ("void", "void: taken back"),
                                    ("update", "update"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("before", models.TextField(help_text="What it said.", verbose_name="before")),
                        (
                            "after",
                            models.TextField(
                                blank=True,
                                help_text="What it says now; empty when it is taken back.",
                                verbose_name="after",
                            ),
                        ),
                        ("reason", models.TextField(help_text="Why, for readers.", verbose_name="reason")),
                        (
                            "made_at",
                            models.DateTimeField(
                                db_index=True, default=django.utils.timezone.now, editable=False, verbose_name="made at"
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                        (
                            "check_after",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kb.factcheck",
                                verbose_name="verdict after",
                            ),
                        ),
                        (
                            "check_before",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kb.factcheck",
                                verbose_name="verdict before",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "correction",
                        "verbose_name_plural": "corrections",
                        "ordering": ["-made_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("article__isnull", True), ("claim__isnull", False)),
                                    models.Q(("article__isnull", False), ("claim__isnull", True)),
                                    _connector="OR",
                                ),
                                name="kb_correction_has_one_target",
                                violation_error_message="A correction is about a claim or about an article: exactly one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("before", ""), _negated=True), models.Q(("reason", ""), _negated=True)
                                ),
                                name="kb_correction_says_what_was",
                                violation_error_message="A correction says what it said before, and why it changed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("after", ""), _negated=True),
                                    ("kind", "void"),
                                    models.Q(("check_after__isnull", True), ("check_before__isnull", False)),
                                    _connector="OR",
                                ),
                                name="kb_correction_says_what_is",
                                violation_error_message="Say what it says now; only what is void or in doubt leaves that empty.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("check_after", None), ("check_before", None)),
                                    models.Q(("check_before__isnull", False), ("claim__isnull", False)),
                                    _connector="OR",
                                ),
                                name="kb_correction_verdicts_are_of_a_claim",
                                violation_error_message="Verdicts are corrected at their claim, and the one before is named.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("check_after__isnull", False)),
                                fields=("check_after",),
                                name="kb_correction_once_for_a_verdict",
                                violation_error_message="The correction of this verdict stands already.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("check_after__isnull", True), ("check_before__isnull", False)),
                                fields=("check_before",),
                                name="kb_correction_once_for_a_reopening",
                                violation_error_message="The correction of this reopening stands already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["rating_affected", "rating_unaffected", "wording", "void", "update"])
                                ),
                                name="kb_correction_kind_known",
                                violation_error_message="Kind: choose one of the listed values.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fingerprint",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("value", models.BigIntegerField(db_index=True)),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="fingerprints",
                                to="kb.article",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fingerprint of a text",
                        "verbose_name_plural": "fingerprints of texts",
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAppearance",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("suggested", "suggested"),
                                    ("confirmed", "confirmed"),
                                    ("rejected", "rejected"),
                                ],
                                db_index=True,
                                default="suggested",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                        ),
                        ("exact", models.TextField(blank=True, verbose_name="exact words")),
                        (
                            "prefix",
                            models.CharField(blank=True, editable=False, max_length=32, verbose_name="words before"),
                        ),
                        (
                            "suffix",
                            models.CharField(blank=True, editable=False, max_length=32, verbose_name="words after"),
                        ),
                        ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="start")),
                        ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="end")),
                        (
                            "revision",
                            models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="revision"),
                        ),
                        (
                            "variant",
                            models.CharField(
                                choices=[
                                    ("same", "same"),
                                    ("other_number", "other number"),
                                    ("other_time", "other time"),
                                    ("other_actor", "other actor"),
                                    ("negation", "negation"),
                                ],
                                default="same",
                                max_length=15,
                                verbose_name="variant",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        ("links", models.JSONField(editable=False, null=True, verbose_name="links")),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical appearance",
                        "verbose_name_plural": "historical appearances",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCorrection",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("uid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("rating_affected", "rating changed"),
                                    ("rating_unaffected", "reasons changed, same rating"),
                                    ("wording", "wording"),
                                    ("void", "void: taken back"),
                                    ("update", "update"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        ("before", models.TextField(help_text="What it said.", verbose_name="before")),
                        (
                            "after",
                            models.TextField(
                                blank=True,
                                help_text="What it says now; empty when it is taken back.",
                                verbose_name="after",
                            ),
                        ),
                        ("reason", models.TextField(help_text="Why, for readers.", verbose_name="reason")),
                        (
                            "made_at",
                            models.DateTimeField(
                                db_index=True, default=django.utils.timezone.now, editable=False, verbose_name="made at"
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "check_after",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.factcheck",
                                verbose_name="verdict after",
                            ),
                        ),
                        (
                            "check_before",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.factcheck",
                                verbose_name="verdict before",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="made by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical correction",
                        "verbose_name_plural": "historical corrections",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalPageChange",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting for a person"),
                                    ("applied", "applied to the text"),
                                    ("dismissed", "dismissed"),
                                    ("overtaken", "overtaken: the page changed again"),
                                ],
                                db_index=True,
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="received at"),
                        ),
                        (
                            "revision",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="revision of the text"),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "after",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.capture",
                                verbose_name="capture after",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "before",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.capture",
                                verbose_name="capture before",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical change of a page",
                        "verbose_name_plural": "historical changes of pages",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="ImportProblem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("file", models.CharField(max_length=1000, verbose_name="file")),
                        (
                            "level",
                            models.CharField(
                                choices=[("error", "error"), ("warning", "warning"), ("info", "information")],
                                max_length=10,
                                verbose_name="level",
                            ),
                        ),
                        ("code", models.CharField(max_length=60, verbose_name="code")),
                        ("message", models.TextField(verbose_name="message")),
                        ("line", models.PositiveIntegerField(blank=True, null=True, verbose_name="line")),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="problems",
                                to="kb.importrun",
                                verbose_name="run",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "problem of an import",
                        "verbose_name_plural": "problems of imports",
                        "ordering": ["run", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["error", "warning", "info"])),
                                name="kb_importproblem_level_known",
                                violation_error_message="Level: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("file__length__lte", 1000)),
                                name="kb_importproblem_file_length",
                                violation_error_message="File: at most 1000 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("code__length__lte", 60)),
                                name="kb_importproblem_code_length",
                                violation_error_message="Code: at most 60 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("file", models.CharField(max_length=1000, verbose_name="file")),
                        (
                            "effect",
                            models.CharField(
                                choices=[
                                    ("new", "new"),
                                    ("changed", "changed"),
                                    ("unchanged", "unchanged"),
                                    ("failed", "failed"),
                                ],
                                max_length=10,
                                verbose_name="effect",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "run",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="kb.importrun",
                                verbose_name="run",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "imported file",
                        "verbose_name_plural": "imported files",
                        "ordering": ["run", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("effect__in", ["new", "changed", "unchanged", "failed"])),
                                name="kb_importedfile_effect_known",
                                violation_error_message="Effect: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("file__length__lte", 1000)),
                                name="kb_importedfile_file_length",
                                violation_error_message="File: at most 1000 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PageChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting for a person"),
                                    ("applied", "applied to the text"),
                                    ("dismissed", "dismissed"),
                                    ("overtaken", "overtaken: the page changed again"),
                                ],
                                db_index=True,
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="received at"),
                        ),
                        (
                            "revision",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="revision of the text"),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                        (
                            "after",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changed_from",
                                to="kb.capture",
                                verbose_name="capture after",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="page_changes",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "before",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changed_to",
                                to="kb.capture",
                                verbose_name="capture before",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="decided by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "change of a page",
                        "verbose_name_plural": "changes of pages",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("article",),
                                name="kb_pagechange_one_waits",
                                violation_error_message="Another change of this page is waiting: a newer one takes its place.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("revision__isnull", False), ("state", "applied")),
                                    models.Q(models.Q(("state", "applied"), _negated=True), ("revision__isnull", True)),
                                    _connector="OR",
                                ),
                                name="kb_pagechange_applied_has_revision",
                                violation_error_message="An applied change names the revision of the text that it made.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_at__isnull", False),
                                    models.Q(("decided_by", None), ("state__in", ["waiting", "overtaken"])),
                                    _connector="OR",
                                ),
                                name="kb_pagechange_decision_has_moment",
                                violation_error_message="What was applied or dismissed names the moment.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "applied", "dismissed", "overtaken"])),
                                name="kb_pagechange_state_known",
                                violation_error_message="State: choose one of the listed values.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hop",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("suggested", "suggested"),
                                    ("confirmed", "confirmed"),
                                    ("rejected", "rejected"),
                                ],
                                db_index=True,
                                default="suggested",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(
                                help_text="Place in the chain, from the author on.", verbose_name="position"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("wrote", "wrote"),
                                    ("agency", "agency copy"),
                                    ("published", "first published"),
                                    ("republished", "republished"),
                                    ("aggregated", "aggregated"),
                                    ("summarised", "summarised"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("printed_name", models.CharField(blank=True, max_length=200, verbose_name="name as printed")),
                        (
                            "basis",
                            models.CharField(
                                blank=True,
                                help_text="The words or the element of the page that say so.",
                                max_length=200,
                                verbose_name="basis",
                            ),
                        ),
                        (
                            "address",
                            models.URLField(
                                blank=True,
                                help_text="Where this copy of the article stands.",
                                max_length=1000,
                                verbose_name="address",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hops",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "capture",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                help_text="The page that holds this copy.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hops",
                                to="kb.capture",
                                verbose_name="capture",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hops",
                                to="kb.person",
                                verbose_name="person",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hops",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hop",
                        "verbose_name_plural": "hops",
                        "ordering": ["article", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("article", "position"),
                                name="kb_hop_position_once",
                                violation_error_message="Another hop has this place in the chain.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("source__isnull", True), ("person__isnull", True), _connector="OR"),
                                    models.Q(
                                        ("source__isnull", False),
                                        ("person__isnull", False),
                                        models.Q(("printed_name", ""), _negated=True),
                                        _connector="OR",
                                    ),
                                ),
                                name="kb_hop_names_one",
                                violation_error_message="A hop names a person or a source, not both; at least the name as printed.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["suggested", "confirmed", "rejected"])),
                                name="kb_hop_state_known",
                                violation_error_message="State: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("state", "suggested")),
                                    models.Q(
                                        models.Q(("state", "suggested"), _negated=True), ("decided_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_hop_decision_has_moment",
                                violation_error_message="A decision names its moment; an open suggestion has none.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["wrote", "agency", "published", "republished", "aggregated", "summarised"],
                                    )
                                ),
                                name="kb_hop_kind_known",
                                violation_error_message="Kind: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("printed_name__length__lte", 200)),
                                name="kb_hop_printed_name_length",
                                violation_error_message="Printed name: at most 200 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("basis__length__lte", 200)),
                                name="kb_hop_basis_length",
                                violation_error_message="Basis: at most 200 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("address__length__lte", 1000)),
                                name="kb_hop_address_length",
                                violation_error_message="Address: at most 1000 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalHop",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("suggested", "suggested"),
                                    ("confirmed", "confirmed"),
                                    ("rejected", "rejected"),
                                ],
                                db_index=True,
                                default="suggested",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                        ),
                        (
                            "position",
                            models.PositiveSmallIntegerField(
                                help_text="Place in the chain, from the author on.", verbose_name="position"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("wrote", "wrote"),
                                    ("agency", "agency copy"),
                                    ("published", "first published"),
                                    ("republished", "republished"),
                                    ("aggregated", "aggregated"),
                                    ("summarised", "summarised"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("printed_name", models.CharField(blank=True, max_length=200, verbose_name="name as printed")),
                        (
                            "basis",
                            models.CharField(
                                blank=True,
                                help_text="The words or the element of the page that say so.",
                                max_length=200,
                                verbose_name="basis",
                            ),
                        ),
                        (
                            "address",
                            models.URLField(
                                blank=True,
                                help_text="Where this copy of the article stands.",
                                max_length=1000,
                                verbose_name="address",
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "capture",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                help_text="The page that holds this copy.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.capture",
                                verbose_name="capture",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.person",
                                verbose_name="person",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical hop",
                        "verbose_name_plural": "historical hops",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalTagLink",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("suggested", "suggested"),
                                    ("confirmed", "confirmed"),
                                    ("rejected", "rejected"),
                                ],
                                db_index=True,
                                default="suggested",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "content_object",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.tag",
                                verbose_name="tag",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical tag of an article",
                        "verbose_name_plural": "historical tags of articles",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Follow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "why",
                            models.TextField(
                                blank=True, help_text="Only you read this.", verbose_name="why I follow it"
                            ),
                        ),
                        (
                            "since",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="since"
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="followers",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="followers",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="follows",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="followers",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="followers",
                                to="kb.tag",
                                verbose_name="tag",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "thing I follow",
                        "verbose_name_plural": "things I follow",
                        "ordering": ["-since", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("article__isnull", True),
                                        ("claim__isnull", False),
                                        ("source__isnull", True),
                                        ("tag__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", False),
                                        ("claim__isnull", True),
                                        ("source__isnull", True),
                                        ("tag__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("claim__isnull", True),
                                        ("source__isnull", False),
                                        ("tag__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("claim__isnull", True),
                                        ("source__isnull", True),
                                        ("tag__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_follow_has_one_target",
                                violation_error_message="One follows exactly one thing: a claim, article, source or tag.",
                            ),
                            models.UniqueConstraint(
                                fields=("user", "claim"),
                                name="kb_follow_claim_once",
                                violation_error_message="You follow it already.",
                            ),
                            models.UniqueConstraint(
                                fields=("user", "article"),
                                name="kb_follow_article_once",
                                violation_error_message="You follow it already.",
                            ),
                            models.UniqueConstraint(
                                fields=("user", "source"),
                                name="kb_follow_source_once",
                                violation_error_message="You follow it already.",
                            ),
                            models.UniqueConstraint(
                                fields=("user", "tag"),
                                name="kb_follow_tag_once",
                                violation_error_message="You follow it already.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TagLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("suggested", "suggested"),
                                    ("confirmed", "confirmed"),
                                    ("rejected", "rejected"),
                                ],
                                db_index=True,
                                default="suggested",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                        ),
                        (
                            "content_object",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tag_links",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="kb.tag",
                                verbose_name="tag",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tag of an article",
                        "verbose_name_plural": "tags of articles",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("content_object", "tag"),
                                name="kb_taglink_once",
                                violation_error_message="The article has this tag already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["suggested", "confirmed", "rejected"])),
                                name="kb_taglink_state_known",
                                violation_error_message="State: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("state", "suggested")),
                                    models.Q(
                                        models.Q(("state", "suggested"), _negated=True), ("decided_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_taglink_decision_has_moment",
                                violation_error_message="A decision names its moment; an open suggestion has none.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appearance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("suggested", "suggested"),
                                    ("confirmed", "confirmed"),
                                    ("rejected", "rejected"),
                                ],
                                db_index=True,
                                default="suggested",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                        ),
                        ("exact", models.TextField(blank=True, verbose_name="exact words")),
                        (
                            "prefix",
                            models.CharField(blank=True, editable=False, max_length=32, verbose_name="words before"),
                        ),
                        (
                            "suffix",
                            models.CharField(blank=True, editable=False, max_length=32, verbose_name="words after"),
                        ),
                        ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="start")),
                        ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="end")),
                        (
                            "revision",
                            models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="revision"),
                        ),
                        (
                            "variant",
                            models.CharField(
                                choices=[
                                    ("same", "same"),
                                    ("other_number", "other number"),
                                    ("other_time", "other time"),
                                    ("other_actor", "other actor"),
                                    ("negation", "negation"),
                                ],
                                default="same",
                                max_length=15,
                                verbose_name="variant",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="appearances",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "citations",
                            models.ManyToManyField(
                                blank=True,
                                related_name="appearances",
                                to="kb.citation",
                                verbose_name="supported there by",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appearances",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "appearance",
                        "verbose_name_plural": "appearances",
                        "ordering": ["article", "start", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("article", "revision", "start", "end"),
                                name="kb_appearance_once",
                                violation_error_message="These words are an appearance already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    ("claim__isnull", False),
                                    _connector="OR",
                                ),
                                name="kb_appearance_confirmed_has_claim",
                                violation_error_message="Choose the claim these words make, or have one made of them.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("start__isnull", False)),
                                name="kb_appearance_is_anchored",
                                violation_error_message="An appearance marks exact words of the article.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["suggested", "confirmed", "rejected"])),
                                name="kb_appearance_state_known",
                                violation_error_message="State: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at", None), ("state", "suggested")),
                                    models.Q(
                                        models.Q(("state", "suggested"), _negated=True), ("decided_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_appearance_decision_has_moment",
                                violation_error_message="A decision names its moment; an open suggestion has none.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("end", None),
                                        ("exact", ""),
                                        ("prefix", ""),
                                        ("revision", None),
                                        ("start", None),
                                        ("suffix", ""),
                                    ),
                                    models.Q(
                                        ("end__isnull", False),
                                        ("revision__isnull", False),
                                        ("start__isnull", False),
                                        models.Q(("exact", ""), _negated=True),
                                        ("end__gt", models.F("start")),
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_appearance_anchor_whole_or_absent",
                                violation_error_message="Marked words need all of: the words, their start and end, and the revision of the text.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("prefix__length__lte", 32)),
                                name="kb_appearance_prefix_length",
                                violation_error_message="Prefix: at most 32 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("suffix__length__lte", 32)),
                                name="kb_appearance_suffix_length",
                                violation_error_message="Suffix: at most 32 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("variant__in", ["same", "other_number", "other_time", "other_actor", "negation"])
                                ),
                                name="kb_appearance_variant_known",
                                violation_error_message="Variant: choose one of the listed values.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Annotation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("exact", models.TextField(blank=True, verbose_name="exact words")),
                        (
                            "prefix",
                            models.CharField(blank=True, editable=False, max_length=32, verbose_name="words before"),
                        ),
                        (
                            "suffix",
                            models.CharField(blank=True, editable=False, max_length=32, verbose_name="words after"),
                        ),
                        ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="start")),
                        ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="end")),
                        (
                            "revision",
                            models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="revision"),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "motivation",
                            models.CharField(
                                choices=[
                                    ("commenting", "comment"),
                                    ("questioning", "question"),
                                    ("describing", "description"),
                                    ("assessing", "assessment"),
                                    ("editing", "request for a change"),
                                    ("highlighting", "highlight"),
                                    ("replying", "reply"),
                                ],
                                default="commenting",
                                max_length=15,
                                verbose_name="motivation",
                            ),
                        ),
                        ("body", models.TextField(blank=True, verbose_name="note")),
                        (
                            "access",
                            models.CharField(
                                choices=[
                                    ("private", "private: only you"),
                                    ("team", "team: everybody who can sign in"),
                                    ("public", "public: every reader"),
                                ],
                                default="team",
                                max_length=10,
                                verbose_name="access",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="created at"
                            ),
                        ),
                        (
                            "resolved_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="resolved at"),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="annotations",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "reply_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="replies",
                                to="kb.annotation",
                                verbose_name="reply to",
                            ),
                        ),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="annotations",
                                to="kb.article",
                            ),
                        ),
                        (
                            "citation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="annotations",
                                to="kb.citation",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="annotations",
                                to="kb.claim",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="annotations",
                                to="kb.source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "annotation",
                        "verbose_name_plural": "annotations",
                        "ordering": ["-created_at"],
                        "permissions": [("read_team_notes", "Can read team notes")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("article__isnull", False),
                                        ("citation", None),
                                        ("claim", None),
                                        ("source", None),
                                    ),
                                    models.Q(
                                        ("article", None),
                                        ("citation", None),
                                        ("claim__isnull", False),
                                        ("source", None),
                                    ),
                                    models.Q(
                                        ("article", None),
                                        ("citation__isnull", False),
                                        ("claim", None),
                                        ("source", None),
                                    ),
                                    models.Q(
                                        ("article", None),
                                        ("citation", None),
                                        ("claim", None),
                                        ("source__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_annotation_has_one_target",
                                violation_error_message="A note is about exactly one thing: an article, claim, citation or source.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("start", None), ("article__isnull", False), _connector="OR"),
                                name="kb_annotation_words_need_article",
                                violation_error_message="Only a note on an article marks words.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("body", ""), _negated=True),
                                    ("motivation", "highlighting"),
                                    _connector="OR",
                                ),
                                name="kb_annotation_says_something",
                                violation_error_message="Write the note; only a highlight may stay without words.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resolved_at", None), ("resolved_by", None)),
                                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="kb_annotation_resolution_is_signed",
                                violation_error_message="A resolved note names who resolved it and when.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("end", None),
                                        ("exact", ""),
                                        ("prefix", ""),
                                        ("revision", None),
                                        ("start", None),
                                        ("suffix", ""),
                                    ),
                                    models.Q(
                                        ("end__isnull", False),
                                        ("revision__isnull", False),
                                        ("start__isnull", False),
                                        models.Q(("exact", ""), _negated=True),
                                        ("end__gt", models.F("start")),
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_annotation_anchor_whole_or_absent",
                                violation_error_message="Marked words need all of: the words, their start and end, and the revision of the text.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("prefix__length__lte", 32)),
                                name="kb_annotation_prefix_length",
                                violation_error_message="Prefix: at most 32 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("suffix__length__lte", 32)),
                                name="kb_annotation_suffix_length",
                                violation_error_message="Suffix: at most 32 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "motivation__in",
                                        [
                                            "commenting",
                                            "questioning",
                                            "describing",
                                            "assessing",
                                            "editing",
                                            "highlighting",
                                            "replying",
                                        ],
                                    )
                                ),
                                name="kb_annotation_motivation_known",
                                violation_error_message="Motivation: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("access__in", ["private", "team", "public"])),
                                name="kb_annotation_access_known",
                                violation_error_message="Access: choose one of the listed values.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CorrectionArticle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "ring",
                            models.CharField(
                                choices=[
                                    ("cites", "makes the claim"),
                                    ("variant", "words the claim differently"),
                                    ("same_citation", "makes another claim that rests on the same citation"),
                                ],
                                max_length=15,
                                verbose_name="ring",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="touched",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "correction",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="touched",
                                to="kb.correction",
                                verbose_name="correction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "touched article",
                        "verbose_name_plural": "touched articles",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("correction", "article"),
                                name="kb_correctionarticle_once",
                                violation_error_message="A correction touches an article once.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ring__in", ["cites", "variant", "same_citation"])),
                                name="kb_correctionarticle_ring_known",
                                violation_error_message="Ring: choose one of the listed values.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Challenge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "reference",
                            models.CharField(
                                default=kb.models.challenge.new_reference,
                                editable=False,
                                max_length=14,
                                unique=True,
                                verbose_name="number",
                            ),
                        ),
                        (
                            "uid",
                            models.UUIDField(
                                editable=False,
                                help_text="One for each form handed out: sent twice, it counts once.",
                                unique=True,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("verdict", "the verdict is wrong"),
                                    ("evidence", "evidence is missing or misread"),
                                    ("outdated", "it is out of date"),
                                    ("wording", "the claim is worded misleadingly"),
                                    ("not_said", "the source does not say this"),
                                    ("misquoted", "the source is quoted wrongly or out of context"),
                                    ("wrong_source", "the source, speaker or date is wrong"),
                                    ("other", "something else"),
                                ],
                                max_length=15,
                                verbose_name="what is wrong",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="which words")),
                        ("why", models.TextField(verbose_name="why")),
                        (
                            "addresses",
                            models.TextField(
                                blank=True,
                                help_text="Web addresses, one on each line.",
                                verbose_name="where one can see it",
                            ),
                        ),
                        ("quote", models.TextField(blank=True, verbose_name="what it says there")),
                        (
                            "contact",
                            models.EmailField(
                                blank=True, help_text="Erased with the answer.", max_length=254, verbose_name="contact"
                            ),
                        ),
                        (
                            "suspicion",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="held back because"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("held", "held back"),
                                    ("received", "received"),
                                    ("accepted", "accepted"),
                                    ("partly", "accepted in part"),
                                    ("refused", "refused"),
                                    ("withdrawn", "withdrawn by the sender"),
                                    ("spam", "spam"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="received at"
                            ),
                        ),
                        ("due_on", models.DateField(editable=False, verbose_name="answer due on")),
                        (
                            "closed_at",
                            models.DateTimeField(
                                blank=True, db_index=True, editable=False, null=True, verbose_name="closed at"
                            ),
                        ),
                        ("answer", models.TextField(blank=True, editable=False, verbose_name="answer")),
                        (
                            "shows_text",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="the reader's words are public"
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed by",
                            ),
                        ),
                        (
                            "citation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="challenges",
                                to="kb.citation",
                                verbose_name="citation",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="challenges",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "correction",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="challenges",
                                to="kb.correction",
                                verbose_name="correction",
                            ),
                        ),
                        (
                            "reopened",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="challenges",
                                to="kb.factcheck",
                                verbose_name="verdict that was reopened",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "challenge",
                        "verbose_name_plural": "challenges",
                        "ordering": ["due_on", "pk"],
                        "permissions": [
                            ("sort_challenge", "Can take challenges up and tell spam from challenges"),
                            ("answer_challenge", "Can answer challenges"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("citation__isnull", True), ("claim__isnull", False)),
                                    models.Q(("citation__isnull", False), ("claim__isnull", True)),
                                    _connector="OR",
                                ),
                                name="kb_challenge_has_one_target",
                                violation_error_message="A challenge is about a claim or about a citation: exactly one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("why", ""), _negated=True),
                                name="kb_challenge_says_why",
                                violation_error_message="Say why it is wrong.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "held"), _negated=True),
                                    models.Q(("suspicion", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="kb_challenge_held_says_why",
                                violation_error_message="What is held back says why.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "verdict",
                                            "evidence",
                                            "outdated",
                                            "wording",
                                            "not_said",
                                            "misquoted",
                                            "wrong_source",
                                            "other",
                                        ],
                                    )
                                ),
                                name="kb_challenge_kind_known",
                                violation_error_message="Kind: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["held", "received", "accepted", "partly", "refused", "withdrawn", "spam"],
                                    )
                                ),
                                name="kb_challenge_state_known",
                                violation_error_message="State: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words__length__lte", 1000)),
                                name="kb_challenge_words_length",
                                violation_error_message="Words: at most 1000 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("why__length__lte", 4000)),
                                name="kb_challenge_why_length",
                                violation_error_message="Why: at most 4000 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("quote__length__lte", 2000)),
                                name="kb_challenge_quote_length",
                                violation_error_message="Quote: at most 2000 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("addresses__length__lte", 3000)),
                                name="kb_challenge_addresses_length",
                                violation_error_message="Addresses: at most 3000 characters.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("suspicion__length__lte", 200)),
                                name="kb_challenge_suspicion_length",
                                violation_error_message="Suspicion: at most 200 characters.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalChallenge",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "reference",
                            models.CharField(
                                db_index=True,
                                default=kb.models.challenge.new_reference,
                                editable=False,
                                max_length=14,
                                verbose_name="number",
                            ),
                        ),
                        (
                            "uid",
                            models.UUIDField(
                                db_index=True,
                                editable=False,
                                help_text="One for each form handed out: sent twice, it counts once.",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("verdict", "the verdict is wrong"),
                                    ("evidence", "evidence is missing or misread"),
                                    ("outdated", "it is out of date"),
                                    ("wording", "the claim is worded misleadingly"),
                                    ("not_said", "the source does not say this"),
                                    ("misquoted", "the source is quoted wrongly or out of context"),
                                    ("wrong_source", "the source, speaker or date is wrong"),
                                    ("other", "something else"),
                                ],
                                max_length=15,
                                verbose_name="what is wrong",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="which words")),
                        ("why", models.TextField(verbose_name="why")),
                        (
                            "addresses",
                            models.TextField(
                                blank=True,
                                help_text="Web addresses, one on each line.",
                                verbose_name="where one can see it",
                            ),
                        ),
                        ("quote", models.TextField(blank=True, verbose_name="what it says there")),
                        (
                            "suspicion",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="held back because"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("held", "held back"),
                                    ("received", "received"),
                                    ("accepted", "accepted"),
                                    ("partly", "accepted in part"),
                                    ("refused", "refused"),
                                    ("withdrawn", "withdrawn by the sender"),
                                    ("spam", "spam"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "received_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="received at"
                            ),
                        ),
                        ("due_on", models.DateField(editable=False, verbose_name="answer due on")),
                        (
                            "closed_at",
                            models.DateTimeField(
                                blank=True, db_index=True, editable=False, null=True, verbose_name="closed at"
                            ),
                        ),
                        ("answer", models.TextField(blank=True, editable=False, verbose_name="answer")),
                        (
                            "shows_text",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="the reader's words are public"
                            ),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "citation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.citation",
                                verbose_name="citation",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed by",
                            ),
                        ),
                        (
                            "correction",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.correction",
                                verbose_name="correction",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reopened",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.factcheck",
                                verbose_name="verdict that was reopened",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical challenge",
                        "verbose_name_plural": "historical challenges",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalCitation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("suggested", "suggested"),
                                    ("confirmed", "confirmed"),
                                    ("rejected", "rejected"),
                                ],
                                db_index=True,
                                default="suggested",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at"),
                        ),
                        ("exact", models.TextField(blank=True, verbose_name="exact words")),
                        (
                            "prefix",
                            models.CharField(blank=True, editable=False, max_length=32, verbose_name="words before"),
                        ),
                        (
                            "suffix",
                            models.CharField(blank=True, editable=False, max_length=32, verbose_name="words after"),
                        ),
                        ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="start")),
                        ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="end")),
                        (
                            "revision",
                            models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="revision"),
                        ),
                        (
                            "position",
                            models.PositiveIntegerField(help_text="Order in the article.", verbose_name="position"),
                        ),
                        (
                            "as_printed",
                            models.TextField(
                                help_text="The citing words: (#Reuters, June 12).", verbose_name="as printed"
                            ),
                        ),
                        (
                            "resolution",
                            models.CharField(
                                choices=[
                                    ("resolved", "resolved"),
                                    ("unresolved", "unresolved"),
                                    ("unnamed", "unnamed"),
                                ],
                                max_length=10,
                                verbose_name="resolution",
                            ),
                        ),
                        ("printed_name", models.CharField(blank=True, max_length=200, verbose_name="name as printed")),
                        (
                            "speaker",
                            models.CharField(
                                blank=True,
                                help_text="Who speaks through the source, if named.",
                                max_length=200,
                                verbose_name="speaker",
                            ),
                        ),
                        (
                            "claim_text",
                            models.TextField(
                                blank=True, help_text="Never more than its sentence.", verbose_name="what it supports"
                            ),
                        ),
                        ("date_printed", models.CharField(blank=True, max_length=100, verbose_name="date as printed")),
                        (
                            "date_edtf",
                            models.CharField(
                                blank=True,
                                help_text="As much as is printed: XXXX-06-12 when the year is not.",
                                max_length=64,
                                validators=[kb.models.rules.validate_edtf],
                                verbose_name="date, EDTF",
                            ),
                        ),
                        (
                            "date_resolved",
                            models.CharField(
                                blank=True,
                                help_text="With the inferred year; a proposal until the citation is confirmed.",
                                max_length=64,
                                validators=[kb.models.rules.validate_edtf],
                                verbose_name="date resolved",
                            ),
                        ),
                        (
                            "date_basis",
                            models.CharField(blank=True, max_length=100, verbose_name="basis of the inference"),
                        ),
                        (
                            "confidence",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                editable=False,
                                help_text="0 to 100, of the machine that suggested it: it orders the queue and is never shown as truth.",
                                null=True,
                                verbose_name="confidence",
                            ),
                        ),
                        ("raw_start", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                        ("raw_end", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                        (
                            "check_state",
                            models.CharField(
                                choices=[
                                    ("unchecked", "unchecked"),
                                    ("confirmed", "confirmed"),
                                    ("misquoted", "misquoted"),
                                    ("not_found", "not found"),
                                    ("unavailable", "unavailable"),
                                ],
                                default="unchecked",
                                max_length=12,
                                verbose_name="does the source say it?",
                            ),
                        ),
                        ("check_note", models.TextField(blank=True, verbose_name="note on the check")),
                        (
                            "address",
                            models.URLField(blank=True, max_length=1000, verbose_name="address of the cited item"),
                        ),
                        (
                            "checked_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="checked at"),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        ("links", models.JSONField(editable=False, null=True, verbose_name="links")),
                        (
                            "antecedent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The earlier citation of this article that a short mention takes up again.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.citation",
                                verbose_name="repeats",
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "via",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The citation of this article through which it is quoted at second hand.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.citation",
                                verbose_name="quoted through",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical citation",
                        "verbose_name_plural": "historical citations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Acknowledgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "acknowledged_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="acknowledged at"
                            ),
                        ),
                        (
                            "acknowledged_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="acknowledged by",
                            ),
                        ),
                        (
                            "touched",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="acknowledgements",
                                to="kb.correctionarticle",
                                verbose_name="touched article",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "acknowledgement",
                        "verbose_name_plural": "acknowledgements",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("touched", "acknowledged_by"),
                                name="kb_acknowledgement_once",
                                violation_error_message="You have acknowledged this already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalTask",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("check", "check"),
                                    ("review", "review"),
                                    ("recheck", "check again: the verdict expires"),
                                    ("after_change", "look again: a verdict changed"),
                                    ("challenge", "answer a challenge"),
                                    ("other", "other work"),
                                ],
                                max_length=15,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "why",
                            models.TextField(
                                blank=True,
                                help_text="What is to be done and why, a reason on each line.",
                                verbose_name="why",
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "low"), (2, "normal"), (3, "high"), (4, "urgent")],
                                default=2,
                                verbose_name="priority",
                            ),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="opened at"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("done", "done"), ("dropped", "dropped")],
                                default="open",
                                editable=False,
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed at"),
                        ),
                        ("outcome", models.TextField(blank=True, editable=False, verbose_name="outcome")),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="assigned to",
                            ),
                        ),
                        (
                            "challenge",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.challenge",
                                verbose_name="challenge",
                            ),
                        ),
                        (
                            "citation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.citation",
                                verbose_name="citation",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                help_text="Nobody: a program did.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed by",
                            ),
                        ),
                        (
                            "fact_check",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.factcheck",
                                verbose_name="fact-check",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                help_text="Nobody: a program did.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="opened by",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical task",
                        "verbose_name_plural": "historical tasks",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalAnnotation",
                    fields=[
                        ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        ("exact", models.TextField(blank=True, verbose_name="exact words")),
                        (
                            "prefix",
                            models.CharField(blank=True, editable=False, max_length=32, verbose_name="words before"),
                        ),
                        (
                            "suffix",
                            models.CharField(blank=True, editable=False, max_length=32, verbose_name="words after"),
                        ),
                        ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="start")),
                        ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="end")),
                        (
                            "revision",
                            models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="revision"),
                        ),
                        ("uid", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                        (
                            "motivation",
                            models.CharField(
                                choices=[
                                    ("commenting", "comment"),
                                    ("questioning", "question"),
                                    ("describing", "description"),
                                    ("assessing", "assessment"),
                                    ("editing", "request for a change"),
                                    ("highlighting", "highlight"),
                                    ("replying", "reply"),
                                ],
                                default="commenting",
                                max_length=15,
                                verbose_name="motivation",
                            ),
                        ),
                        ("body", models.TextField(blank=True, verbose_name="note")),
                        (
                            "access",
                            models.CharField(
                                choices=[
                                    ("private", "private: only you"),
                                    ("team", "team: everybody who can sign in"),
                                    ("public", "public: every reader"),
                                ],
                                default="team",
                                max_length=10,
                                verbose_name="access",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="created at"
                            ),
                        ),
                        (
                            "resolved_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="resolved at"),
                        ),
                        ("history_id", models.AutoField(primary_key=True, serialize=False)),
                        ("history_date", models.DateTimeField(db_index=True)),
                        ("history_change_reason", models.TextField(null=True)),
                        (
                            "history_type",
                            models.CharField(
                                choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                            ),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.article",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="author",
                            ),
                        ),
                        (
                            "citation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.citation",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.claim",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reply_to",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.annotation",
                                verbose_name="reply to",
                            ),
                        ),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="kb.source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical annotation",
                        "verbose_name_plural": "historical annotations",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="Task",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("check", "check"),
                                    ("review", "review"),
                                    ("recheck", "check again: the verdict expires"),
                                    ("after_change", "look again: a verdict changed"),
                                    ("challenge", "answer a challenge"),
                                    ("other", "other work"),
                                ],
                                max_length=15,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "why",
                            models.TextField(
                                blank=True,
                                help_text="What is to be done and why, a reason on each line.",
                                verbose_name="why",
                            ),
                        ),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                        (
                            "priority",
                            models.PositiveSmallIntegerField(
                                choices=[(1, "low"), (2, "normal"), (3, "high"), (4, "urgent")],
                                default=2,
                                verbose_name="priority",
                            ),
                        ),
                        (
                            "opened_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, editable=False, verbose_name="opened at"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("done", "done"), ("dropped", "dropped")],
                                default="open",
                                editable=False,
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "done_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="closed at"),
                        ),
                        ("outcome", models.TextField(blank=True, editable=False, verbose_name="outcome")),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="kb.article",
                                verbose_name="article",
                            ),
                        ),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="assigned to",
                            ),
                        ),
                        (
                            "challenge",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="kb.challenge",
                                verbose_name="challenge",
                            ),
                        ),
                        (
                            "citation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="kb.citation",
                                verbose_name="citation",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="kb.claim",
                                verbose_name="claim",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                help_text="Nobody: a program did.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="closed by",
                            ),
                        ),
                        (
                            "fact_check",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="kb.factcheck",
                                verbose_name="fact-check",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                help_text="Nobody: a program did.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="opened by",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tasks",
                                to="kb.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "task",
                        "verbose_name_plural": "tasks",
                        "ordering": (
                            models.OrderBy(models.F("due_on"), nulls_last=True),
                            "-priority",
                            "opened_at",
                            "pk",
                        ),
                        "permissions": [("assign_task", "Can take, give out and close tasks")],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["due_on", "-priority", "opened_at"],
                                name="kb_task_open_by_urgency",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("article__isnull", False),
                                        ("challenge__isnull", True),
                                        ("citation__isnull", True),
                                        ("claim__isnull", True),
                                        ("fact_check__isnull", True),
                                        ("source__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("challenge__isnull", True),
                                        ("citation__isnull", True),
                                        ("claim__isnull", False),
                                        ("fact_check__isnull", True),
                                        ("source__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("challenge__isnull", True),
                                        ("citation__isnull", True),
                                        ("claim__isnull", True),
                                        ("fact_check__isnull", False),
                                        ("source__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("challenge__isnull", True),
                                        ("citation__isnull", False),
                                        ("claim__isnull", True),
                                        ("fact_check__isnull", True),
                                        ("source__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("challenge__isnull", True),
                                        ("citation__isnull", True),
                                        ("claim__isnull", True),
                                        ("fact_check__isnull", True),
                                        ("source__isnull", False),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("challenge__isnull", False),
                                        ("citation__isnull", True),
                                        ("claim__isnull", True),
                                        ("fact_check__isnull", True),
                                        ("source__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_task_has_one_target",
                                violation_error_message="A task is about exactly one thing: an article, claim, fact-check, citation, source or challenge.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at", None), ("done_by", None), ("outcome", ""), ("state", "open")),
                                    models.Q(models.Q(("state", "open"), _negated=True), ("done_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="kb_task_end_has_moment",
                                violation_error_message="A closed task names the moment; an open one has no outcome yet.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "dropped"), _negated=True),
                                    models.Q(("outcome", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="kb_task_drop_has_reason",
                                violation_error_message="Say why nobody has to do it any more.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("kind", "article"),
                                name="kb_task_one_open_for_article",
                                violation_error_message="An open task of this kind exists for it: add to that one.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("kind", "claim"),
                                name="kb_task_one_open_for_claim",
                                violation_error_message="An open task of this kind exists for it: add to that one.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("kind", "fact_check"),
                                name="kb_task_one_open_for_fact_check",
                                violation_error_message="An open task of this kind exists for it: add to that one.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("kind", "citation"),
                                name="kb_task_one_open_for_citation",
                                violation_error_message="An open task of this kind exists for it: add to that one.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("kind", "source"),
                                name="kb_task_one_open_for_source",
                                violation_error_message="An open task of this kind exists for it: add to that one.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("kind", "challenge"),
                                name="kb_task_one_open_for_challenge",
                                violation_error_message="An open task of this kind exists for it: add to that one.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["check", "review", "recheck", "after_change", "challenge", "other"])
                                ),
                                name="kb_task_kind_known",
                                violation_error_message="Kind: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("priority__in", [1, 2, 3, 4])),
                                name="kb_task_priority_known",
                                violation_error_message="Priority: choose one of the listed values.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "done", "dropped"])),
                                name="kb_task_state_known",
                                violation_error_message="State: choose one of the listed values.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("event", models.CharField(editable=False, max_length=200, verbose_name="event")),
                        ("words", models.TextField(editable=False, verbose_name="notice")),
                        (
                            "at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="at"),
                        ),
                        (
                            "read_at",
                            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="read at"),
                        ),
                        (
                            "article",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="kb.article",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="by",
                            ),
                        ),
                        (
                            "citation",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="kb.citation",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="kb.claim",
                            ),
                        ),
                        (
                            "fact_check",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="kb.factcheck",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="kb.source",
                            ),
                        ),
                        (
                            "tag",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="kb.tag",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="kb.task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "notice",
                        "verbose_name_plural": "notices",
                        "ordering": ["-at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("read_at", None)), fields=["user"], name="kb_notice_unread"
                            ),
                            models.Index(fields=["user", "-at"], name="kb_notice_of_a_person"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "event"),
                                name="kb_notice_once_for_a_person",
                                violation_error_message="The person was told of this event.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("article__isnull", False),
                                        ("citation__isnull", True),
                                        ("claim__isnull", True),
                                        ("fact_check__isnull", True),
                                        ("source__isnull", True),
                                        ("tag__isnull", True),
                                        ("task__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("citation__isnull", True),
                                        ("claim__isnull", False),
                                        ("fact_check__isnull", True),
                                        ("source__isnull", True),
                                        ("tag__isnull", True),
                                        ("task__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("citation__isnull", True),
                                        ("claim__isnull", True),
                                        ("fact_check__isnull", False),
                                        ("source__isnull", True),
                                        ("tag__isnull", True),
                                        ("task__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("citation__isnull", False),
                                        ("claim__isnull", True),
                                        ("fact_check__isnull", True),
                                        ("source__isnull", True),
                                        ("tag__isnull", True),
                                        ("task__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("citation__isnull", True),
                                        ("claim__isnull", True),
                                        ("fact_check__isnull", True),
                                        ("source__isnull", False),
                                        ("tag__isnull", True),
                                        ("task__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("citation__isnull", True),
                                        ("claim__isnull", True),
                                        ("fact_check__isnull", True),
                                        ("source__isnull", True),
                                        ("tag__isnull", False),
                                        ("task__isnull", True),
                                    ),
                                    models.Q(
                                        ("article__isnull", True),
                                        ("citation__isnull", True),
                                        ("claim__isnull", True),
                                        ("fact_check__isnull", True),
                                        ("source__isnull", True),
                                        ("tag__isnull", True),
                                        ("task__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="kb_notice_has_one_target",
                                violation_error_message="A notice leads to exactly one thing.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True), models.Q(("event", ""), _negated=True)
                                ),
                                name="kb_notice_says_something",
                                violation_error_message="A notice names its event and says something.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("event__length__lte", 200)),
                                name="kb_notice_event_length",
                                violation_error_message="Event: at most 200 characters.",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="Article",
                    name="tags",
                    field=taggit.managers.TaggableManager(
                        blank=True,
                        help_text="A comma-separated list of tags.",
                        through="kb.TagLink",
                        to="kb.Tag",
                        verbose_name="tags",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="correction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("check_after", None), ("kind__in", ("wording", "void", "update"))),
                            ("kind", "update"),
                            models.Q(
                                models.Q(("kind__in", ("wording", "void", "update")), _negated=True),
                                ("check_after__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="kb_correction_kind_fits_verdicts",
                        violation_error_message="A changed rating or reasons need both verdicts; wording and void are about no new one.",
                    ),
                ),
                migrations.AddIndex(
                    model_name="challenge",
                    index=models.Index(
                        condition=models.Q(("state__in", ("accepted", "partly", "refused"))),
                        fields=["-closed_at", "-id"],
                        name="kb_challenge_answered",
                    ),
                ),
                migrations.AddIndex(
                    model_name="challenge",
                    index=models.Index(
                        condition=models.Q(("state__in", ("held", "received"))),
                        fields=["due_on"],
                        name="kb_challenge_open_by_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="challenge",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("claim__isnull", False),
                                ("kind__in", ("verdict", "evidence", "outdated", "wording", "other")),
                            ),
                            models.Q(
                                ("citation__isnull", False),
                                ("kind__in", ("not_said", "misquoted", "wrong_source", "other")),
                            ),
                            _connector="OR",
                        ),
                        name="kb_challenge_kind_fits_target",
                        violation_error_message="Choose one of the listed reasons.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="challenge",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None), ("state__in", ("held", "received"))),
                            models.Q(("closed_at__isnull", False), ("closed_by", None), ("state", "withdrawn")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("state__in", ("accepted", "partly", "refused", "spam")),
                            ),
                            _connector="OR",
                        ),
                        name="kb_challenge_end_has_moment",
                        violation_error_message="What is closed names its moment and, unless the sender did it, who closed it.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="challenge",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ("held", "received")), ("contact", ""), _connector="OR"),
                        name="kb_challenge_contact_ends_with_answer",
                        violation_error_message="The contact is erased when a challenge is closed.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="challenge",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("accepted", "partly", "refused")),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("accepted", "partly", "refused")), _negated=True),
                                ("answer", ""),
                                ("correction", None),
                                ("reopened", None),
                                ("shows_text", False),
                            ),
                            _connector="OR",
                        ),
                        name="kb_challenge_answer_has_words",
                        violation_error_message="An answer gives its reasons; what is not answered has none.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="factcheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("reviewer", None), ("status__in", ("draft", "submitted"))),
                            models.Q(
                                models.Q(("status__in", ("draft", "submitted")), _negated=True),
                                ("decided_at__isnull", False),
                                ("reviewer__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="kb_factcheck_decision_has_reviewer",
                        violation_error_message="A decided check names its reviewer and moment; an open one has neither.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="factcheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reopen_reason", ""), ("reopened_at", None), ("reopened_by", None)),
                            models.Q(
                                ("reopened_at__isnull", False),
                                ("reopened_by__isnull", False),
                                ("status__in", ("published", "superseded")),
                                models.Q(("reopen_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="kb_factcheck_reopening_is_signed",
                        violation_error_message="Only a published verdict is reopened, by somebody, with a reason.",
                    ),
                ),
            ]
        ),
        migrations.RunPython(reference_data.load, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(rating_words.load, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(corrections.refuse_other_words, corrections.allow_other_words, elidable=False),
        migrations.RunPython(accounts.load, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(verdicts.load, migrations.RunPython.noop, elidable=False),
    ]
