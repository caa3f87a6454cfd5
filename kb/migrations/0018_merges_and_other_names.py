"""Two rows that are one are merged, and can be parted again: what was given up, what moved, and every old name."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "__first__"),
        ("kb", "0017_articles_whose_text_changed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("source", "source"), ("claim", "claim"), ("tag", "tag"), ("person", "person")],
                        editable=False,
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.BigIntegerField(editable=False, verbose_name="its number")),
                ("name", models.CharField(editable=False, max_length=500, verbose_name="given up")),
                ("slug", models.CharField(blank=True, editable=False, max_length=120, verbose_name="its address")),
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
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "merged_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="merged at"),
                ),
                ("undone_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="undone at")),
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
                                ("kept_source", None), ("kept_claim", None), ("kept_tag", None), ("kept_person", None)
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
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical other name of a tag",
                "verbose_name_plural": "historical other names of tags",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                "verbose_name": "historical other name of a person",
                "verbose_name_plural": "historical other names of people",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
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
                        blank=True, default="en", help_text="BCP 47: en, fa.", max_length=35, verbose_name="language"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                ("text", models.CharField(max_length=500, verbose_name="words")),
                (
                    "language",
                    models.CharField(
                        blank=True, default="en", help_text="BCP 47: en, fa.", max_length=35, verbose_name="language"
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
        migrations.AddField(
            model_name="historicalsourcename",
            name="merge",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="sourcename",
            name="merge",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="kb.merge",
                verbose_name="came with",
            ),
        ),
        migrations.CreateModel(
            name="MergedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("was", models.JSONField(help_text="Columns as they were: all of a row that was left out.", null=True)),
                ("beside", models.BigIntegerField(help_text="The row that says the same and stayed.", null=True)),
                ("is_back", models.BooleanField(default=False)),
                (
                    "merge",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="kb.merge"
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
            name="PersonAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            name="TagAlias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
    ]
