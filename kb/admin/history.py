"""The past of a row at the desk: its timeline, any two versions side by side, going back, and what was deleted."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import display_for_field, unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models, transaction
from django.http import Http404, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from simple_history.admin import SimpleHistoryAdmin

from kb.importing.history import REASON
from kb.models import StaleVersion
from kb.models.versions import WITH
from kb.services import merging, restoring
from kb.services.refusal import Refused

from .differences import KINDS, between
from .forms import Text, Textarea
from .timeline import (
    LOOKED_THROUGH,
    NOBODY,
    ON_A_PAGE,
    Timeline,
    address_of,
    cites_of,
    hidden_columns,
    name_of,
    names_for,
    reason_in_words,
)


class RestoreForm(forms.Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = Text(label=gettext_lazy("Reason (optional)"), required=False, widget=Textarea(attrs={"rows": 2}))


class _Entries:
    """The places of a timeline, for a paginator: it slices and counts, and loads nothing else."""

    ordered = True

    def __init__(self, timeline: Timeline):
        self.timeline = timeline

    def count(self) -> int:
        return self.timeline.count

    def __len__(self) -> int:
        return self.timeline.count

    def __getitem__(self, places: slice):
        return self.timeline.entries(places.start, places.stop)


class History(SimpleHistoryAdmin):
    """For pages of rows that keep their versions."""

    # Fields whose words belong to another row, which not everybody may read.
    kept_out: tuple[str, ...] = ()

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        wrap = self.admin_site.admin_view
        own = [
            path("deleted/", wrap(self.deleted_view), name=f"{name}_deleted"),
            path("<path:object_id>/history/compare/", wrap(self.compare_view), name=f"{name}_compare"),
            path("<path:object_id>/history/<int:version_id>/restore/", wrap(self.restore_view), name=f"{name}_restore"),
        ]
        return [*own, *super().get_urls()]

    def revert_disabled(self, request, obj=None):
        return True

    def history_view(self, request, object_id, extra_context=None):
        """Everything that happened to the row and to what hangs on it, newest first."""
        row, versions = self._row_or_last(request, object_id)
        kind, by = request.GET.get("kind", ""), request.GET.get("by", "")
        timeline = Timeline(
            self.model,
            row.pk,
            site=self.admin_site,
            user=request.user,
            by=by if by == NOBODY or (by.isdecimal() and len(by) < 19) else "",
            kind=kind if kind in KINDS else "",
        )
        size = LOOKED_THROUGH if timeline.kind else ON_A_PAGE
        page = Paginator(_Entries(timeline), size).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "subtitle": str(row),
            "object": row,
            "opts": self.opts,
            "is_deleted": row._state.adding,
            "timeline": timeline,
            "entries": page.object_list,
            "page_obj": page,
            "kinds": KINDS.items(),
            "nobody": NOBODY,
            "may_compare": versions.count() > 1,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/kb/history.html", context)

    def readable_versions(self, request, object_id) -> models.QuerySet:
        """The versions of a row that this person may read, newest first."""
        rows = self.model.history.visible_to(request.user).filter(id=self._key(object_id))
        return rows.select_related("history_user")

    def _key(self, object_id) -> int:
        try:
            return self.opts.pk.to_python(unquote(str(object_id)))
        except forms.ValidationError as error:
            raise Http404 from error

    def _row_or_last(self, request, object_id) -> tuple[models.Model, models.QuerySet]:
        """The row, or as it was last if it was deleted, with its versions. Raises Http404 and PermissionDenied."""
        key, versions = self._key(object_id), self.readable_versions(request, object_id)
        row = self.get_queryset(request).filter(pk=key).first()
        if row is None:
            last = None if self.model._base_manager.filter(pk=key).exists() else versions.first()
            if last is None:
                raise Http404
            row = last.instance
            row._state.adding = True
        if not self.has_view_or_change_permission(request, None if row._state.adding else row):
            raise PermissionDenied
        return row, versions

    def _closed(self, request, version) -> bool:
        model = version.instance_type
        return bool(version.withheld) and not (
            model.history.filter(history_id=version.history_id).opened_to(request.user).exists()
        )

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """One version as it was."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        row, versions = self._row_or_last(request, object_id)
        version = self._version(versions, version_id)
        hidden = hidden_columns(self.admin_site, self.model, version, is_closed=self._closed(request, version))
        shown = [
            (field.verbose_name, display_for_field(getattr(version, field.name), field, "-"), field)
            for field in version.tracked_fields
            if not field.primary_key and field.name not in hidden
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("As it was on %(day)s") % {"day": f"{version.history_date:%Y-%m-%d %H:%M}"},
            "subtitle": str(row),
            "version": version,
            "reason": reason_in_words(version.history_change_reason),
            "shown": shown,
            "original": row,
            "restore": address_of(version, "restore") if self.model in restoring.SAVED else "",
            "opts": self.opts,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/kb/version.html", context)

    def _version(self, versions, number):
        if not str(number).isdecimal() or len(str(number)) > 18:
            raise Http404
        version = versions.filter(history_id=int(number)).first()
        if version is None:
            raise Http404
        return version

    def compare_view(self, request, object_id):
        """Any two versions of a row side by side, the earlier one first."""
        row, versions = self._row_or_last(request, object_id)
        chosen = [request.GET.get(name, "") for name in ("from", "to")]
        if not all(chosen):
            newest = list(versions.values_list("history_id", flat=True)[:2])
            if not newest:
                # A row of a migration has no version until somebody saves it.
                raise Http404
            chosen = [given or str(key) for given, key in zip(chosen, [newest[-1], newest[0]], strict=True)]
        earlier, later = sorted(
            (self._version(versions, number) for number in chosen), key=lambda one: (one.history_date, one.history_id)
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Compare versions"),
            "subtitle": str(row),
            "original": row,
            "opts": self.opts,
            "earlier": earlier,
            "later": later,
            "differences": self._differences(request, earlier, later, shown=None),
            "versions": list(versions.defer(*self._long_fields())[:200]),
        }
        return TemplateResponse(request, "admin/kb/compare.html", context)

    def _long_fields(self) -> list[str]:
        return [
            field.name
            for field in self.model.history.model.tracked_fields
            if field.get_internal_type() in ("TextField", "JSONField")
        ]

    def _differences(self, request, earlier, later, *, shown):
        closed = self._closed(request, earlier) or self._closed(request, later)
        hidden = hidden_columns(self.admin_site, self.model, later, is_closed=closed)
        cites = cites_of(self.model, later.id)
        return between(earlier, later, names_for([(earlier, later)]), cites, hidden=hidden, shown=shown)

    def restore_view(self, request, object_id, version_id):
        """Ask, with all that would change, then make the version the newest one."""
        row, versions = self._row_or_last(request, object_id)
        version, newest = self._version(versions, version_id), versions.first()
        form = RestoreForm(request.POST or None, initial={"seen": restoring.newest_of(self.model, row.pk)})
        if request.method == "POST" and form.is_valid():
            answer = self._restore(request, version, form.cleaned_data)
            if answer is not None:
                return answer
        context = {
            **self.admin_site.each_context(request),
            "title": _("Restore what was deleted") if row._state.adding else _("Restore this version"),
            "subtitle": str(row),
            "original": row,
            "opts": self.opts,
            "version": version,
            "form": form,
            "differences": [] if row._state.adding else self._differences(request, newest, version, shown=None),
            "is_deleted": row._state.adding,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/kb/restore.html", context)

    def _restore(self, request, version, said):
        try:
            with transaction.atomic():
                done = restoring.restore(version, by=request.user, **said)
        except (Refused, PermissionDenied, StaleVersion) as refused:
            for blocker in getattr(refused, "blockers", ()) or [refused]:
                messages.error(request, str(getattr(blocker, "message", blocker)))
            return HttpResponseRedirect(request.path)
        words = _("Restored as a new version; what was written since stays in the history.")
        if done.parts:
            more = ngettext("%(count)s row came back with it.", "%(count)s rows came back with it.", done.parts)
            words = f"{words} {more % {'count': done.parts}}"
        messages.success(request, words)
        for blocker in done.left:
            messages.warning(request, blocker.message)
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return HttpResponseRedirect(reverse(f"admin:{name}_history", args=[done.row.pk]))

    def deleted_view(self, request):
        """The rows of this table that were deleted, the last one first: by whom, when, and the way back."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        gone = self.model.history.visible_to(request.user).filter(history_type="-")
        later = self.model.history.filter(id=models.OuterRef("id"), history_id__gt=models.OuterRef("history_id"))
        gone = (
            gone.filter(~models.Exists(later)).select_related("history_user").order_by("-history_date", "-history_id")
        )
        # What went with another row or in a merge comes back with that, and what an import replaced was nobody's.
        for reason in (WITH, REASON, f"{merging.REASON} "):
            gone = gone.filter(
                models.Q(history_change_reason=None) | ~models.Q(history_change_reason__startswith=reason)
            )
        page = Paginator(gone, ON_A_PAGE).get_page(request.GET.get("p"))
        names = names_for([(None, version) for version in page.object_list])
        is_restored = self.model in restoring.SAVED
        rows = [
            {
                "version": version,
                "name": name_of(version, names),
                "reason": reason_in_words(version.history_change_reason),
                "address": address_of(version),
                "restore": address_of(version, "restore") if is_restored else "",
            }
            for version in page.object_list
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted: %(what)s") % {"what": self.opts.verbose_name_plural},
            "opts": self.opts,
            "rows": rows,
            "page_obj": page,
        }
        return TemplateResponse(request, "admin/kb/deleted.html", context)
