import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import kb.models.rules


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "__first__"),
        ("kb", "0002_reference_data"),
    ]

    operations = [
        migrations.CreateModel(
            name="Fingerprint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.BigIntegerField(db_index=True)),
            ],
            options={
                "verbose_name": "fingerprint of a text",
                "verbose_name_plural": "fingerprints of texts",
            },
        ),
        migrations.CreateModel(
            name="ForeignCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.TextField(blank=True, help_text="Who said it, as they print it.", verbose_name="claimant"),
                ),
                (
                    "claimed_on",
                    models.CharField(
                        blank=True, max_length=64, validators=[kb.models.rules.validate_edtf], verbose_name="claimed on"
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
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="received at"),
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
                        condition=models.Q(("coarse_class__in", ["supported", "refuted", "mixed", "unproven", "none"])),
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
            name="HistoricalForeignCheck",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                    models.TextField(blank=True, help_text="Who said it, as they print it.", verbose_name="claimant"),
                ),
                (
                    "claimed_on",
                    models.CharField(
                        blank=True, max_length=64, validators=[kb.models.rules.validate_edtf], verbose_name="claimed on"
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
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="received at"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            name="HistoricalPiece",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("suggested", "suggested"), ("confirmed", "confirmed"), ("rejected", "rejected")],
                        db_index=True,
                        default="suggested",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at")),
                ("start", models.PositiveIntegerField(verbose_name="start")),
                ("end", models.PositiveIntegerField(verbose_name="end")),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            name="HistoricalRatingWords",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "words",
                    models.CharField(help_text="As their site prints them.", max_length=200, verbose_name="words"),
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
                    models.CharField(blank=True, help_text="BCP 47: en, fa.", max_length=35, verbose_name="language"),
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
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            name="LedgerEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.CharField(max_length=1000, verbose_name="file")),
                (
                    "sha256",
                    models.CharField(
                        help_text="Of the file: another file starts afresh.", max_length=64, verbose_name="SHA-256"
                    ),
                ),
                (
                    "position",
                    models.PositiveBigIntegerField(
                        default=0, help_text="Bytes of the file that are done.", verbose_name="position"
                    ),
                ),
                ("records", models.PositiveIntegerField(default=0, verbose_name="records")),
            ],
            options={
                "verbose_name": "ledger of an import",
                "verbose_name_plural": "ledgers of imports",
                "ordering": ["run", "pk"],
                "constraints": [
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("suggested", "suggested"), ("confirmed", "confirmed"), ("rejected", "rejected")],
                        db_index=True,
                        default="suggested",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at")),
                ("start", models.PositiveIntegerField(verbose_name="start")),
                ("end", models.PositiveIntegerField(verbose_name="end")),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
            ],
            options={
                "verbose_name": "piece of a capture",
                "verbose_name_plural": "pieces of captures",
                "ordering": ["capture", "start"],
                "constraints": [
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
                            models.Q(models.Q(("state", "suggested"), _negated=True), ("decided_at__isnull", False)),
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
            name="RatingWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "words",
                    models.CharField(help_text="As their site prints them.", max_length=200, verbose_name="words"),
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
                    models.CharField(blank=True, help_text="BCP 47: en, fa.", max_length=35, verbose_name="language"),
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
                        condition=models.Q(("coarse_class__in", ["supported", "refuted", "mixed", "unproven", "none"])),
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
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, verbose_name="name")),
                ("content", models.BinaryField(verbose_name="content")),
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
        migrations.AddField(
            model_name="article",
            name="provenance",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                help_text="Where the import read each field, and what else the page said.",
                verbose_name="provenance",
            ),
        ),
        migrations.AddField(
            model_name="capture",
            name="media_type",
            field=models.CharField(default="text/plain", editable=False, max_length=40, verbose_name="media type"),
        ),
        migrations.AddField(
            model_name="citation",
            name="antecedent",
            field=models.ForeignKey(
                blank=True,
                help_text="The earlier citation of this article that a short mention takes up again.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="repeats",
                to="kb.citation",
                verbose_name="repeats",
            ),
        ),
        migrations.AddField(
            model_name="citation",
            name="confidence",
            field=models.PositiveSmallIntegerField(
                blank=True,
                editable=False,
                help_text="0 to 100, of the machine that suggested it: it orders the queue and is never shown as truth.",
                null=True,
                verbose_name="confidence",
            ),
        ),
        migrations.AddField(
            model_name="historicalarticle",
            name="provenance",
            field=models.JSONField(
                blank=True,
                default=dict,
                editable=False,
                help_text="Where the import read each field, and what else the page said.",
                verbose_name="provenance",
            ),
        ),
        migrations.AddField(
            model_name="historicalcitation",
            name="antecedent",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="historicalcitation",
            name="confidence",
            field=models.PositiveSmallIntegerField(
                blank=True,
                editable=False,
                help_text="0 to 100, of the machine that suggested it: it orders the queue and is never shown as truth.",
                null=True,
                verbose_name="confidence",
            ),
        ),
        migrations.AddField(
            model_name="historicalhop",
            name="address",
            field=models.URLField(
                blank=True, help_text="Where this copy of the article stands.", max_length=1000, verbose_name="address"
            ),
        ),
        migrations.AddField(
            model_name="historicalhop",
            name="basis",
            field=models.CharField(
                blank=True,
                help_text="The words or the element of the page that say so.",
                max_length=200,
                verbose_name="basis",
            ),
        ),
        migrations.AddField(
            model_name="historicalhop",
            name="capture",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="historicalsource",
            name="day_first",
            field=models.BooleanField(
                blank=True,
                help_text="How this source writes 2/5: yes is 2 May, no is February 5. Unknown leaves such dates open.",
                null=True,
                verbose_name="day before month",
            ),
        ),
        migrations.AddField(
            model_name="historicalsource",
            name="selectors",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="CSS selectors for saved pages of this source, tried first: {“body”: “article .text”}.",
                verbose_name="selectors",
            ),
        ),
        migrations.AddField(
            model_name="hop",
            name="address",
            field=models.URLField(
                blank=True, help_text="Where this copy of the article stands.", max_length=1000, verbose_name="address"
            ),
        ),
        migrations.AddField(
            model_name="hop",
            name="basis",
            field=models.CharField(
                blank=True,
                help_text="The words or the element of the page that say so.",
                max_length=200,
                verbose_name="basis",
            ),
        ),
        migrations.AddField(
            model_name="hop",
            name="capture",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="importrun",
            name="options",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="What was given beside the files: publisher, language.",
                verbose_name="options",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="day_first",
            field=models.BooleanField(
                blank=True,
                help_text="How this source writes 2/5: yes is 2 May, no is February 5. Unknown leaves such dates open.",
                null=True,
                verbose_name="day before month",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="selectors",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="CSS selectors for saved pages of this source, tried first: {“body”: “article .text”}.",
                verbose_name="selectors",
            ),
        ),
        migrations.AddConstraint(
            model_name="capture",
            constraint=models.CheckConstraint(
                condition=models.Q(("media_type__length__lte", 40)),
                name="kb_capture_media_type_length",
                violation_error_message="Media type: at most 40 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("antecedent", None), models.Q(("antecedent", models.F("pk")), _negated=True), _connector="OR"
                ),
                name="kb_citation_repeats_another",
                violation_error_message="A citation does not repeat itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.CheckConstraint(
                condition=models.Q(("confidence", None), ("confidence__lte", 100), _connector="OR"),
                name="kb_citation_confidence_in_range",
                violation_error_message="Confidence goes from 0 to 100.",
            ),
        ),
        migrations.AddConstraint(
            model_name="hop",
            constraint=models.CheckConstraint(
                condition=models.Q(("basis__length__lte", 200)),
                name="kb_hop_basis_length",
                violation_error_message="Basis: at most 200 characters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="hop",
            constraint=models.CheckConstraint(
                condition=models.Q(("address__length__lte", 1000)),
                name="kb_hop_address_length",
                violation_error_message="Address: at most 1000 characters.",
            ),
        ),
        migrations.AddField(
            model_name="fingerprint",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="fingerprints", to="kb.article"
            ),
        ),
        migrations.AddField(
            model_name="foreigncheck",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                help_text="Our claim that says the same; a person decides.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="foreign_checks",
                to="kb.claim",
                verbose_name="claim",
            ),
        ),
        migrations.AddField(
            model_name="foreigncheck",
            name="linked_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="foreigncheck",
            name="publisher",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="foreign_checks",
                to="kb.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="historicalforeigncheck",
            name="claim",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="historicalforeigncheck",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalforeigncheck",
            name="linked_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalforeigncheck",
            name="publisher",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="kb.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="historicalpiece",
            name="became",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="historicalpiece",
            name="capture",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="kb.capture",
                verbose_name="capture",
            ),
        ),
        migrations.AddField(
            model_name="historicalpiece",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalpiece",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalratingwords",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="ledgerentry",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ledger",
                to="kb.importrun",
                verbose_name="run",
            ),
        ),
        migrations.AddField(
            model_name="piece",
            name="became",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="cut_from",
                to="kb.capture",
                verbose_name="what became of it",
            ),
        ),
        migrations.AddField(
            model_name="piece",
            name="capture",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="pieces",
                to="kb.capture",
                verbose_name="capture",
            ),
        ),
        migrations.AddField(
            model_name="piece",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="uploads",
                to="kb.importrun",
                verbose_name="run",
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.UniqueConstraint(
                fields=("run", "file"),
                name="kb_ledgerentry_once",
                violation_error_message="The run has an entry for this file already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="piece",
            constraint=models.UniqueConstraint(
                fields=("capture", "start", "end"),
                name="kb_piece_once",
                violation_error_message="This stretch of the capture is a piece already.",
            ),
        ),
    ]
