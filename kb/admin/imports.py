"""Captures with their receipts, import runs and their problems: written by imports, read at the desk."""

from django.contrib import admin
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt

from kb.models import Capture, ImportProblem, ImportRun, policy
from kb.text.direction import with_signs

from . import uploads
from .base import PlainAdmin, ReadOnly, badge, link_to, own_direction

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
        return own_direction(capture.origin)

    @admin.display(description=_("SHA-256"))
    def sha256_start(self, capture):
        return capture.sha256[:12]

    @admin.display(description=_("articles"))
    def captured_articles(self, capture):
        return format_html_join(", ", "{}", ((link_to(article),) for article in capture.articles.all()))

    @admin.display(description=_("receipt"))
    def receipt_shown(self, capture):
        """Everything that was received, in order: what was kept, and what was removed by which rule."""
        links = format_html_join(
            "",
            '<p><a href="{}">{}</a></p>',
            (
                (reverse("admin:kb_article_receipt", args=[article.pk]), _("Receipt beside the article"))
                for article in capture.articles.all()
            ),
        )
        text = capture.text
        spans = (
            (
                "kept" if span["kept"] else "removed",
                _("kept") if span["kept"] else _("removed: %(rule)s") % {"rule": span["rule"]},
                with_signs(text[span["start"] : span["end"]]),
            )
            for span in capture.receipt[:SPANS]
        )
        shown = format_html_join("", '<div class="span is-{}"><p>{}</p><pre dir="auto">{}</pre></div>', spans)
        rest = len(capture.receipt) - SPANS
        return format_html(
            '{}<div class="receipt">{}{}</div>',
            links,
            shown,
            _("… and %(count)d more.") % {"count": rest} if rest > 0 else "",
        )


# What a run's page lists; the list of problems has them all.
LISTED = 500


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly, PlainAdmin):
    list_display = ["started_at", "stage_badge", "by", "new", "changed", "unchanged", "failed", "finished_at"]
    list_select_related = ["by"]
    fields = ["stage_badge", "started_at", "finished_at", "by", "given", "counts", "file_list", "problem_list"]
    readonly_fields = fields

    def get_urls(self):
        def view(path_of, function, name):
            return path(path_of, self.admin_site.admin_view(function), name=f"kb_importrun_{name}")

        return [
            view("upload/", self.upload, "upload"),
            view("<int:key>/plan/", self.plan, "plan"),
            view("<int:key>/work/", self.work, "work"),
            *super().get_urls(),
        ]

    def get_fields(self, request, obj=None):
        empty = {"given"} if obj is not None and not obj.options else set()
        return [name for name in self.fields if name not in empty]

    @method_decorator(csrf_exempt)  # the token is asked for behind the size: reading it would read the files
    def upload(self, request):
        return uploads.receive(request, self)

    def plan(self, request, key):
        return uploads.show_plan(request, self, key)

    def work(self, request, key):
        return uploads.work(request, self, key)

    def changelist_view(self, request, extra_context=None):
        may_import = policy.may(request.user, policy.IMPORT)
        return super().changelist_view(request, {"may_import": may_import, **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        may_import = policy.may(request.user, policy.IMPORT)
        return super().change_view(request, object_id, form_url, {"may_import": may_import, **(extra_context or {})})

    @admin.display(description=_("state"))
    def stage_badge(self, run):
        return badge("run", run.stage_in_words)

    @admin.display(description=_("given"))
    def given(self, run):
        return format_html_join("", "<p>{}: <bdi>{}</bdi></p>", run.options.items())

    @admin.display(description=_("what came out"))
    def counts(self, run):
        return _("%(new)d new, %(changed)d changed, %(unchanged)d unchanged, %(failed)d failed") % vars(run)

    @admin.display(description=_("pages"))
    def file_list(self, run):
        """What became of each page, and of each file of records."""
        found = run.files.select_related("article")[: LISTED + 1]
        rows = ((badge(row.effect, row.get_effect_display()), row.file, link_to(row.article)) for row in found[:LISTED])
        pages = format_html_join("", "<p>{} <bdi>{}</bdi> {}</p>", rows)
        records = format_html_join(
            "",
            "<p><bdi>{}</bdi>: {}</p>",
            (
                (entry.file, ngettext("%d record", "%d records", entry.records) % entry.records)
                for entry in run.ledger.all()
            ),
        )
        return format_html("{}{}{}", pages, records, "…" if len(found) > LISTED else "")

    @admin.display(description=_("problems"))
    def problem_list(self, run):
        rows = run.problems.all()[:200]
        return format_html_join(
            "",
            "<p>{} <bdi>{}</bdi></p>",
            ((badge(row.level, row.get_level_display()), row.message) for row in rows),
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
        return own_direction(problem.message)

    @admin.display(description=_("file"), ordering="file")
    def file_words(self, problem):
        return own_direction(problem.file)

    @admin.display(description=_("article"))
    def article_link(self, problem):
        return link_to(problem.article)
