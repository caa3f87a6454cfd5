"""A merge that came with an import says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kb", "0020_daily_digests"),
    ]

    operations = [
        migrations.AddField(
            model_name="merge",
            name="is_from_elsewhere",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="It came with an import: which rows moved is not known here, so it cannot be undone here.",
                verbose_name="from elsewhere",
            ),
        ),
    ]
