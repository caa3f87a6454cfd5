"""Of two published verdicts of merged claims one gives way, and can stand again."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kb", "0026_rights_to_challenges"),
    ]

    operations = [
        migrations.AddField(
            model_name="merge",
            name="gave_way",
            field=models.ForeignKey(
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
    ]
