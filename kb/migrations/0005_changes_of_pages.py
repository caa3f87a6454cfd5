import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "__first__"),
        ("kb", "0004_rights_of_imports_in_depth"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalPageChange",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="received at")),
                ("revision", models.PositiveIntegerField(blank=True, null=True, verbose_name="revision of the text")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            name="PageChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("received_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="received at")),
                ("revision", models.PositiveIntegerField(blank=True, null=True, verbose_name="revision of the text")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
            ],
            options={
                "verbose_name": "change of a page",
                "verbose_name_plural": "changes of pages",
                "ordering": ["-pk"],
                "constraints": [
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
                        condition=models.Q(("state__in", ["waiting", "applied", "dismissed", "overtaken"])),
                        name="kb_pagechange_state_known",
                        violation_error_message="State: choose one of the listed values.",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="appearance",
            name="kb_appearance_once",
        ),
        migrations.AddConstraint(
            model_name="appearance",
            constraint=models.UniqueConstraint(
                fields=("article", "revision", "start", "end"),
                name="kb_appearance_once",
                violation_error_message="These words are an appearance already.",
            ),
        ),
        migrations.AddField(
            model_name="historicalpagechange",
            name="after",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="kb.capture",
                verbose_name="capture after",
            ),
        ),
        migrations.AddField(
            model_name="historicalpagechange",
            name="article",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="kb.article",
                verbose_name="article",
            ),
        ),
        migrations.AddField(
            model_name="historicalpagechange",
            name="before",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="kb.capture",
                verbose_name="capture before",
            ),
        ),
        migrations.AddField(
            model_name="historicalpagechange",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="historicalpagechange",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="pagechange",
            name="after",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changed_from",
                to="kb.capture",
                verbose_name="capture after",
            ),
        ),
        migrations.AddField(
            model_name="pagechange",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="page_changes",
                to="kb.article",
                verbose_name="article",
            ),
        ),
        migrations.AddField(
            model_name="pagechange",
            name="before",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changed_to",
                to="kb.capture",
                verbose_name="capture before",
            ),
        ),
        migrations.AddField(
            model_name="pagechange",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagechange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "waiting")),
                fields=("article",),
                name="kb_pagechange_one_waits",
                violation_error_message="Another change of this page is waiting: a newer one takes its place.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pagechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("decided_at__isnull", False),
                    models.Q(("decided_by", None), ("state__in", ["waiting", "overtaken"])),
                    _connector="OR",
                ),
                name="kb_pagechange_decision_has_moment",
                violation_error_message="What was applied or dismissed names the moment.",
            ),
        ),
    ]
