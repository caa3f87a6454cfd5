import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import simple_history.models
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import kb.models.rules


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Capture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True, verbose_name="SHA-256")),
                ("content", models.BinaryField(verbose_name="content")),
                ("encoding", models.CharField(default="utf-8", editable=False, max_length=20, verbose_name="encoding")),
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
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="received at"),
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
                        condition=models.Q(("origin__length__lte", 1000)),
                        name="kb_capture_origin_length",
                        violation_error_message="Origin: at most 1000 characters.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("slug", models.SlugField(allow_unicode=True, max_length=120, unique=True, verbose_name="slug")),
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
                        choices=[("plain", "plain text, as captured"), ("markdown", "Markdown, as written here")],
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
                "indexes": [models.Index(fields=["status", "-published_at"], name="kb_article_listing")],
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
                                ("withdrawn_at__isnull", False), models.Q(("withdrawal_reason", ""), _negated=True)
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
                ("exact", models.TextField(blank=True, verbose_name="exact words")),
                ("prefix", models.CharField(blank=True, editable=False, max_length=32, verbose_name="words before")),
                ("suffix", models.CharField(blank=True, editable=False, max_length=32, verbose_name="words after")),
                ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="start")),
                ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="end")),
                (
                    "revision",
                    models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="revision"),
                ),
                ("position", models.PositiveIntegerField(help_text="Order in the article.", verbose_name="position")),
                (
                    "as_printed",
                    models.TextField(help_text="The citing words: (#Reuters, June 12).", verbose_name="as printed"),
                ),
                (
                    "resolution",
                    models.CharField(
                        choices=[("resolved", "resolved"), ("unresolved", "unresolved"), ("unnamed", "unnamed")],
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
                ("date_basis", models.CharField(blank=True, max_length=100, verbose_name="basis of the inference")),
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
                ("address", models.URLField(blank=True, max_length=1000, verbose_name="address of the cited item")),
                ("checked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="checked at")),
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
                            models.Q(("check_state", "unchecked"), ("checked_at", None)),
                            models.Q(
                                models.Q(("check_state", "unchecked"), _negated=True), ("checked_at__isnull", False)
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
                            models.Q(models.Q(("state", "suggested"), _negated=True), ("decided_at__isnull", False)),
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
                            ("check_state__in", ["unchecked", "confirmed", "misquoted", "not_found", "unavailable"])
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
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        blank=True, default="en", help_text="BCP 47: en, fa.", max_length=35, verbose_name="language"
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
                    models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="value"),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True, help_text="US dollars, soldiers, per cent.", max_length=50, verbose_name="unit"
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        blank=True, help_text="The time it is about: 2022 (EDTF).", max_length=64, verbose_name="period"
                    ),
                ),
                (
                    "definition",
                    models.CharField(
                        blank=True, help_text="What exactly is counted.", max_length=300, verbose_name="definition"
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
                        condition=models.Q(("value", None), models.Q(("unit", ""), _negated=True), _connector="OR"),
                        name="kb_claim_value_has_unit",
                        violation_error_message="A figure needs its unit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("statement_type__in", ["fact", "opinion", "forecast", "quotation"])),
                        name="kb_claim_statement_type_known",
                        violation_error_message="Statement type: choose one of the listed values.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["unchecked", "being_checked", "checked", "reopened"])),
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
            name="Appearance",
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
                ("exact", models.TextField(blank=True, verbose_name="exact words")),
                ("prefix", models.CharField(blank=True, editable=False, max_length=32, verbose_name="words before")),
                ("suffix", models.CharField(blank=True, editable=False, max_length=32, verbose_name="words after")),
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
                        blank=True, related_name="appearances", to="kb.citation", verbose_name="supported there by"
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
                        fields=("article", "start", "end"),
                        name="kb_appearance_once",
                        violation_error_message="These words are an appearance already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "confirmed"), _negated=True), ("claim__isnull", False), _connector="OR"
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
                            models.Q(models.Q(("state", "suggested"), _negated=True), ("decided_at__isnull", False)),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("exact", models.TextField(blank=True, verbose_name="exact words")),
                ("prefix", models.CharField(blank=True, editable=False, max_length=32, verbose_name="words before")),
                ("suffix", models.CharField(blank=True, editable=False, max_length=32, verbose_name="words after")),
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
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
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
            ],
            options={
                "verbose_name": "annotation",
                "verbose_name_plural": "annotations",
                "ordering": ["-created_at"],
                "permissions": [("read_team_notes", "Can read team notes")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("start", None), ("article__isnull", False), _connector="OR"),
                        name="kb_annotation_words_need_article",
                        violation_error_message="Only a note on an article marks words.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body", ""), _negated=True), ("motivation", "highlighting"), _connector="OR"
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
            name="HistoricalAppearance",
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
                ("exact", models.TextField(blank=True, verbose_name="exact words")),
                ("prefix", models.CharField(blank=True, editable=False, max_length=32, verbose_name="words before")),
                ("suffix", models.CharField(blank=True, editable=False, max_length=32, verbose_name="words after")),
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
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                        choices=[("plain", "plain text, as captured"), ("markdown", "Markdown, as written here")],
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
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
                        blank=True, default="en", help_text="BCP 47: en, fa.", max_length=35, verbose_name="language"
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
                    models.DecimalField(blank=True, decimal_places=6, max_digits=24, null=True, verbose_name="value"),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True, help_text="US dollars, soldiers, per cent.", max_length=50, verbose_name="unit"
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        blank=True, help_text="The time it is about: 2022 (EDTF).", max_length=64, verbose_name="period"
                    ),
                ),
                (
                    "definition",
                    models.CharField(
                        blank=True, help_text="What exactly is counted.", max_length=300, verbose_name="definition"
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
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
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
            name="HistoricalRating",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                ("position", models.PositiveSmallIntegerField(db_index=True, verbose_name="position")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
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
            name="HistoricalSource",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                ("history_change_reason", models.CharField(max_length=100, null=True)),
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
                ("history_change_reason", models.CharField(max_length=100, null=True)),
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
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="started at")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished at")),
                ("new", models.PositiveIntegerField(default=0, verbose_name="new")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
                ("failed", models.PositiveIntegerField(default=0, verbose_name="failed")),
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
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportProblem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="slug")),
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
                ("position", models.PositiveSmallIntegerField(unique=True, verbose_name="position")),
            ],
            options={
                "verbose_name": "rating",
                "verbose_name_plural": "ratings",
                "ordering": ["position"],
                "constraints": [
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
                        condition=models.Q(("coarse_class__in", ["supported", "refuted", "mixed", "unproven", "none"])),
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
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                ("checked_on", models.DateField(blank=True, editable=False, null=True, verbose_name="checked on")),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted at"),
                ),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at")),
                ("rejection_reason", models.TextField(blank=True, editable=False, verbose_name="why it was rejected")),
                (
                    "reopened_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reopened at"),
                ),
                ("reopen_reason", models.TextField(blank=True, editable=False, verbose_name="why it was reopened")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            name="FactCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                ("checked_on", models.DateField(blank=True, editable=False, null=True, verbose_name="checked on")),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="submitted at"),
                ),
                ("decided_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="decided at")),
                ("rejection_reason", models.TextField(blank=True, editable=False, verbose_name="why it was rejected")),
                (
                    "reopened_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reopened at"),
                ),
                ("reopen_reason", models.TextField(blank=True, editable=False, verbose_name="why it was reopened")),
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
                            ("status__in", ["draft", "submitted", "published", "superseded", "rejected"])
                        ),
                        name="kb_factcheck_status_known",
                        violation_error_message="Status: choose one of the listed values.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                            ("reliability", "F"), models.Q(("reliability_reason", ""), _negated=True), _connector="OR"
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
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            name="Hop",
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
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hops",
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
                            models.Q(models.Q(("state", "suggested"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="kb_hop_decision_has_moment",
                        violation_error_message="A decision names its moment; an open suggestion has none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["wrote", "agency", "published", "republished", "aggregated", "summarised"])
                        ),
                        name="kb_hop_kind_known",
                        violation_error_message="Kind: choose one of the listed values.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("printed_name__length__lte", 200)),
                        name="kb_hop_printed_name_length",
                        violation_error_message="Printed name: at most 200 characters.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalSourceName",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                ("history_change_reason", models.CharField(max_length=100, null=True)),
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
            name="HistoricalPerson",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("slug", models.SlugField(max_length=80, verbose_name="slug")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
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
            name="HistoricalHop",
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
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            name="HistoricalEvidence",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
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
                        help_text="In your words: what was found, or searched for where.", verbose_name="what it shows"
                    ),
                ),
                ("quote", models.TextField(blank=True, help_text="Exact words of the source.", verbose_name="quote")),
                ("address", models.URLField(blank=True, max_length=1000, verbose_name="address")),
                ("archived_copy", models.URLField(blank=True, max_length=1000, verbose_name="archived copy")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            name="HistoricalCitation",
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
                ("exact", models.TextField(blank=True, verbose_name="exact words")),
                ("prefix", models.CharField(blank=True, editable=False, max_length=32, verbose_name="words before")),
                ("suffix", models.CharField(blank=True, editable=False, max_length=32, verbose_name="words after")),
                ("start", models.PositiveIntegerField(blank=True, null=True, verbose_name="start")),
                ("end", models.PositiveIntegerField(blank=True, null=True, verbose_name="end")),
                (
                    "revision",
                    models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="revision"),
                ),
                ("position", models.PositiveIntegerField(help_text="Order in the article.", verbose_name="position")),
                (
                    "as_printed",
                    models.TextField(help_text="The citing words: (#Reuters, June 12).", verbose_name="as printed"),
                ),
                (
                    "resolution",
                    models.CharField(
                        choices=[("resolved", "resolved"), ("unresolved", "unresolved"), ("unnamed", "unnamed")],
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
                ("date_basis", models.CharField(blank=True, max_length=100, verbose_name="basis of the inference")),
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
                ("address", models.URLField(blank=True, max_length=1000, verbose_name="address of the cited item")),
                ("checked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="checked at")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            name="HistoricalAnnotation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("exact", models.TextField(blank=True, verbose_name="exact words")),
                ("prefix", models.CharField(blank=True, editable=False, max_length=32, verbose_name="words before")),
                ("suffix", models.CharField(blank=True, editable=False, max_length=32, verbose_name="words after")),
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
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created at"),
                ),
                (
                    "resolved_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="resolved at"),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        help_text="In your words: what was found, or searched for where.", verbose_name="what it shows"
                    ),
                ),
                ("quote", models.TextField(blank=True, help_text="Exact words of the source.", verbose_name="quote")),
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
                        condition=models.Q(("stance__in", ["supports", "refutes", "context", "searched_not_found"])),
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
        migrations.AddField(
            model_name="citation",
            name="candidates",
            field=models.ManyToManyField(
                blank=True,
                help_text="Sources this name may mean, while unresolved.",
                related_name="+",
                to="kb.source",
                verbose_name="candidates",
            ),
        ),
        migrations.AddField(
            model_name="citation",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="citations",
                to="kb.source",
                verbose_name="source",
            ),
        ),
        migrations.AddField(
            model_name="annotation",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="annotations",
                to="kb.source",
            ),
        ),
        migrations.CreateModel(
            name="SourceName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("slug", models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name="slug")),
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
            name="HistoricalTagLink",
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
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
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
            name="TagLink",
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
                            models.Q(models.Q(("state", "suggested"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="kb_taglink_decision_has_moment",
                        violation_error_message="A decision names its moment; an open suggestion has none.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
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
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.CheckConstraint(
                condition=models.Q(("via", None), models.Q(("via", models.F("pk")), _negated=True), _connector="OR"),
                name="kb_citation_not_via_itself",
                violation_error_message="A citation is not quoted through itself.",
            ),
        ),
        migrations.AddConstraint(
            model_name="annotation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article__isnull", False), ("citation", None), ("claim", None), ("source", None)),
                    models.Q(("article", None), ("citation", None), ("claim__isnull", False), ("source", None)),
                    models.Q(("article", None), ("citation__isnull", False), ("claim", None), ("source", None)),
                    models.Q(("article", None), ("citation", None), ("claim", None), ("source__isnull", False)),
                    _connector="OR",
                ),
                name="kb_annotation_has_one_target",
                violation_error_message="A note is about exactly one thing: an article, claim, citation or source.",
            ),
        ),
    ]
