"""The versions of a row, read-only: going back is an edit of today, never a button that passes by the acts."""

import itertools

from django.contrib.admin.utils import display_for_field, unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin


class History(SimpleHistoryAdmin):
    object_history_template = "admin/kb/history.html"
    object_history_list_template = "admin/kb/parts/versions.html"
    history_list_per_page = 50
    # Fields whose words belong to another row, which not everybody may read.
    kept_out: tuple[str, ...] = ()

    def revert_disabled(self, request, obj=None):
        return True

    def get_history_queryset(self, request, history_manager, pk_name, object_id):
        versions = history_manager.filter(**{pk_name: object_id})
        # Named one by one: the package asks for none where a table refers to nothing, and that means all.
        followed = [
            field.name for field in versions.model.tracked_fields if field.is_relation and not field.many_to_many
        ]
        return versions.select_related("history_user", *followed)

    def set_history_delta_changes(self, request, historical_records, foreign_keys_are_objs=True):
        rows = list(historical_records)
        for later, earlier in itertools.pairwise(rows):
            delta = later.diff_against(
                earlier, foreign_keys_are_objs=foreign_keys_are_objs, excluded_fields=(*self.kept_out, "version")
            )
            shown = self.get_historical_record_context_helper(request, later)
            later.history_delta_changes = shown.context_for_delta_changes(delta)

    def readable_versions(self, request, object_id: str) -> models.QuerySet:
        """The versions of a row that this person may read."""
        return self.get_history_queryset(request, self.model.history, self.opts.pk.attname, object_id)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """One version as it was."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        object_id = unquote(object_id)
        row = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        version = self.readable_versions(request, object_id).filter(pk=version_id).first()
        if version is None:
            raise Http404
        shown = [
            (field.verbose_name, display_for_field(getattr(version, field.name), field, "-"), field)
            for field in self.opts.concrete_fields
            if not field.primary_key and field.name not in self.kept_out
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("As it was on %(day)s") % {"day": f"{version.history_date:%Y-%m-%d %H:%M}"},
            "subtitle": str(row),
            "version": version,
            "shown": shown,
            "original": row,
            "opts": self.opts,
            "media": self.media,
        }
        return render(request, "admin/kb/version.html", context)
