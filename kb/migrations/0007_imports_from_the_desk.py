import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "__first__"),
        ("kb", "0006_rights_to_changes_of_pages"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
        migrations.AddField(
            model_name="importrun",
            name="claimed_until",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="Somebody works on it until then at the latest; a run whose claim is over has stopped.",
                null=True,
                verbose_name="claimed until",
            ),
        ),
        migrations.AddField(
            model_name="importrun",
            name="stage",
            field=models.CharField(
                choices=[("planned", "planned"), ("running", "running"), ("cancelled", "cancelled")],
                default="running",
                editable=False,
                max_length=10,
                verbose_name="stage",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="is_done",
            field=models.BooleanField(default=False, verbose_name="done"),
        ),
        migrations.AddField(
            model_name="upload",
            name="size",
            field=models.PositiveBigIntegerField(default=0, verbose_name="size"),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("stage", "running"),
                    models.Q(("finished_at", None), ("stage", "planned")),
                    models.Q(("finished_at__isnull", False), ("stage", "cancelled")),
                    _connector="OR",
                ),
                name="kb_importrun_stage_fits_its_end",
                violation_error_message="A planned run has no end yet; a cancelled one names its moment.",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["planned", "running", "cancelled"])),
                name="kb_importrun_stage_known",
                violation_error_message="Stage: choose one of the listed values.",
            ),
        ),
        migrations.AddField(
            model_name="importedfile",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="kb.article",
                verbose_name="article",
            ),
        ),
        migrations.AddField(
            model_name="importedfile",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="files", to="kb.importrun", verbose_name="run"
            ),
        ),
    ]
