"""Captures with their receipts, import runs and their problems: written by imports, read at the desk."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from kb.models import Capture, ImportProblem, ImportRun

from .base import PlainAdmin, ReadOnly, badge, link_to

# A capture of many thousand spans is read with a tool, not on a page.
SPANS = 2000


@admin.register(Capture)
class CaptureAdmin(ReadOnly, PlainAdmin):
    list_display = ["origin_words", "received_at", "received_by", "sha256_start"]
    list_select_related = ["received_by"]
    search_fields = ["origin", "sha256"]
    fields = ["origin_words", "received_at", "received_by", "encoding", "sha256", "captured_articles", "receipt_shown"]
    readonly_fields = fields

    def for_listing(self, queryset):
        return queryset.defer("content", "receipt")

    @admin.display(description=_("origin"), ordering="origin")
    def origin_words(self, capture):
        return format_html("<bdi>{}</bdi>", capture.origin)

    @admin.display(description=_("SHA-256"))
    def sha256_start(self, capture):
        return capture.sha256[:12]

    @admin.display(description=_("articles"))
    def captured_articles(self, capture):
        return format_html_join(", ", "{}", ((link_to(article),) for article in capture.articles.all()))

    @admin.display(description=_("receipt"))
    def receipt_shown(self, capture):
        """Everything that was received, in order: what was kept, and what was removed by which rule."""
        text = capture.text
        spans = (
            (
                "kept" if span["kept"] else "removed",
                _("kept") if span["kept"] else _("removed: %(rule)s") % {"rule": span["rule"]},
                text[span["start"] : span["end"]],
            )
            for span in capture.receipt[:SPANS]
        )
        shown = format_html_join("", '<div class="span is-{}"><p>{}</p><pre dir="auto">{}</pre></div>', spans)
        rest = len(capture.receipt) - SPANS
        return format_html(
            '<div class="receipt">{}{}</div>', shown, _("… and %(count)d more.") % {"count": rest} if rest > 0 else ""
        )


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly, PlainAdmin):
    list_display = ["started_at", "by", "new", "changed", "unchanged", "failed", "finished_at"]
    list_select_related = ["by"]
    fields = ["started_at", "finished_at", "by", "new", "changed", "unchanged", "failed", "problem_list"]
    readonly_fields = fields

    @admin.display(description=_("problems"))
    def problem_list(self, run):
        rows = run.problems.all()[:200]
        return format_html_join(
            "",
            "<p>{} <bdi>{}</bdi>: {}</p>",
            ((badge(row.level, row.get_level_display()), row.file, row.message) for row in rows),
        )


@admin.register(ImportProblem)
class ImportProblemAdmin(ReadOnly, PlainAdmin):
    list_display = ["message_words", "level", "code", "file_words", "line", "article_link", "run"]
    list_filter = ["level"]
    list_select_related = ["run", "article"]
    search_fields = ["file", "code", "message"]
    fields = ["run", "level", "code", "message", "file", "line", "article_link"]
    readonly_fields = fields

    @admin.display(description=_("message"))
    def message_words(self, problem):
        return format_html("<bdi>{}</bdi>", problem.message)

    @admin.display(description=_("file"), ordering="file")
    def file_words(self, problem):
        return format_html("<bdi>{}</bdi>", problem.file)

    @admin.display(description=_("article"))
    def article_link(self, problem):
        return link_to(problem.article)
