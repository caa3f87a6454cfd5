"""The page of a person asks for the citations through which they speak; an index makes that cheap."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kb", "0031_anchors_know_what_became_of_them")]

    operations = [
        migrations.AddIndex(
            "citation",
            models.Index(fields=["speaker"], condition=~models.Q(speaker=""), name="kb_citation_speaker"),
        ),
    ]
