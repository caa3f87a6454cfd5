"""Merging at the desk: rows side by side, which is kept, what moves, what stands in the way; and the merges with undo."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import display_for_field
from django.db import OperationalError, models
from django.http import HttpResponseRedirect, QueryDict
from django.template.defaultfilters import floatformat
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kb.models import MERGED, Merge, MergeKind, Reliability, StaleVersion, policy
from kb.services import merging
from kb.services.refusal import Refused

from .acts import Act, Acts
from .base import PlainAdmin, ReadOnly, admin_url, badge, link_to, listing, own_direction, say_refused
from .forms import Text, Textarea

# So many rows are merged at once, and so many are offered for a word.
MOST = 10
OFFERED = 20
# A column that says nothing without another one comes from the same row.
SAID_WITH = {"unit": "value", "reliability_reason": "reliability", "language": "text"}


class ReasonForm(forms.Form):
    reason = Text(label=gettext_lazy("Why they are one (optional)"), required=False, widget=Textarea(attrs={"rows": 2}))


@dataclass(frozen=True)
class Value:
    """One column of one row; `is_taken` is what the kept row will have."""

    row: models.Model
    words: str
    is_taken: bool


@dataclass(frozen=True)
class Compared:
    label: str
    name: str
    values: list[Value]
    differs: bool


@dataclass(frozen=True)
class GoingUp:
    """One row that would be given up, with all that this means."""

    row: models.Model
    moves: list[dict]
    blockers: list[str]
    warnings: tuple[str, ...]
    leads: tuple[str, str] | None


class Merging:
    """For pages of rows that can be two for one and the same."""

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_merge"
        return [path("merge/", self.admin_site.admin_view(self.merge_view), name=name), *super().get_urls()]

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        self.actions = [*self.actions, "merge_chosen"]

    def has_merge_permission(self, request) -> bool:
        return policy.may(request.user, policy.MERGE)

    @admin.action(description=gettext_lazy("Merge…"), permissions=["merge"])
    def merge_chosen(self, request, queryset):
        rows = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
        if len(rows) > MOST:
            words = _("At most %(most)d are merged at once: choose fewer.")
            messages.error(request, words % {"most": MOST})
            return None
        return HttpResponseRedirect(self._merge_address(rows))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj and self.has_merge_permission(request):
            context["merge_address"] = self._merge_address([obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _merge_address(self, rows: Iterable[int]) -> str:
        query = QueryDict(mutable=True)
        query.setlist("rows", [*rows])
        return f"{reverse(f'admin:kb_{self.opts.model_name}_merge')}?{query.urlencode()}"

    def merge_view(self, request):
        """Choose the rows, then which is kept and what it takes over; see what moves; merge."""
        policy.require(request.user, policy.MERGE)
        asked = request.POST if request.method == "POST" else request.GET
        keys = list(dict.fromkeys(filter(None, map(_number, asked.getlist("rows")))))[:MOST]
        found = self.get_queryset(request).in_bulk(keys)
        rows = [found[key] for key in keys if key in found]
        if gone := [key for key in keys if key not in found]:
            if request.method == "POST" and (done := self._done_already(gone)):
                return self._see(request, done, _("This was merged already: nothing was done twice."))
            messages.warning(request, _("Some of the rows are gone: they were deleted, or merged by somebody."))
        kept = found.get(_number(asked.get("keep", ""))) or self._fullest(rows)
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and "_merge" in request.POST and len(rows) > 1 and form.is_valid():
            if request.POST.get("shown") != str(kept.pk):
                messages.warning(request, _("You chose another one to keep: look at what moves, then merge."))
            elif done := self._merge(request, rows, kept, form.cleaned_data["reason"]):
                return self._see(request, done, "")
        return self._show(request, asked, rows, kept, form)

    def _done_already(self, gone: list[int]) -> list[Merge]:
        merges = Merge.objects.standing().of(self.model).filter(number__in=gone)
        return list(merges) if merges.count() == len(gone) else []

    def _fullest(self, rows: list[models.Model]) -> models.Model | None:
        """Proposed to be kept: what most hangs on, then what was there first."""
        hanging = {row.pk: sum(relation.of(row).count() for relation in merging.relations(self.model)) for row in rows}
        return max(rows, key=lambda row: (hanging[row.pk], -row.pk), default=None)

    def _merge(self, request, rows, kept, reason: str) -> list[Merge]:
        for row in rows:
            opened = request.POST.get(f"version_{row.pk}", "")
            if opened != str(row.version):
                messages.error(request, str(StaleVersion(row)))
                return []
        given_up = [row for row in rows if row != kept]
        try:
            return merging.merge_all(
                kept,
                given_up,
                by=request.user,
                reason=reason,
                take=self._taken(request.POST, kept),
                stays=_number(request.POST.get("stays", "")),
            )
        except Refused as refused:
            say_refused(request, refused)
        except StaleVersion as stale:
            messages.error(request, str(stale))
        except OperationalError:
            # Two transactions waited for each other, and the database let this one go.
            messages.error(
                request, _("Others are working on these rows at this moment: nothing was merged, try again.")
            )
        return []

    def _taken(self, asked, kept) -> dict[str, int]:
        names = [column.name for column in merging.choosable(self.model)]
        chosen = {name: _number(asked.get(f"take_{name}", "")) for name in names}
        return {name: key for name, key in chosen.items() if key and (kept is None or key != kept.pk)}

    def _see(self, request, done: list[Merge], words: str):
        if not words:
            names = ngettext("Merged: %(names)s", "Merged: %(names)s", len(done))
            words = format_html(names.replace("%(names)s", "{}"), ", ".join(merge.name for merge in done))
            for merge in done:
                self.log_change(request, merge.kept, _("Merged with “%(name)s”") % {"name": merge.name})
        messages.success(request, words)
        return HttpResponseRedirect(admin_url(done[0]) if len(done) == 1 else listing(Merge))

    def _show(self, request, asked, rows, kept, form):
        taken = self._taken(asked, kept)
        given_up = [self._going_up(request, kept, row, taken) for row in rows if row != kept] if len(rows) > 1 else []
        found, words = self._offered(request, rows)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge %(what)s") % {"what": self.opts.verbose_name_plural},
            "opts": self.opts,
            "media": self.media,
            "rows": [{"row": row, "link": link_to(row), "is_kept": row == kept} for row in rows],
            "kept": kept,
            "compared": self._compared(rows, kept, taken) if len(rows) > 1 else [],
            "given_up": given_up,
            "published": self._published(rows, asked),
            "is_blocked": any(one.blockers for one in given_up),
            "form": form,
            "words": words,
            "found": [{"row": row, "link": link_to(row)} for row in found],
            "has_room": len(rows) < MOST,
        }
        return TemplateResponse(request, "admin/kb/merge.html", context)

    def _published(self, rows, asked) -> list[dict]:
        """The published verdicts, if there is one to be chosen."""
        checks = merging.published_of(*rows) if len(rows) > 1 else []
        stays = _number(asked.get("stays", ""))
        shown = [
            {
                "check": check,
                "link": link_to(check, _("Check %(number)s") % {"number": check.number}),
                "is_chosen": check.pk == stays,
            }
            for check in checks
        ]
        return shown if len(checks) > 1 else []

    def _offered(self, request, rows) -> tuple[list[models.Model], str]:
        words = request.GET.get("q", "").strip()
        if not words:
            return [], ""
        matching, may_repeat = self.get_search_results(request, self.get_queryset(request), words)
        matching = matching.exclude(pk__in=[row.pk for row in rows])
        return list((matching.distinct() if may_repeat else matching)[:OFFERED]), words

    def _compared(self, rows, kept, taken) -> list[Compared]:
        compared = []
        for column in merging.choosable(self.model):
            if all(_is_empty(row, column.name) for row in rows):
                continue
            shown = [_said(getattr(row, column.name), column) for row in rows]
            source = taken.get(column.name) or self._proposed(column.name, rows, kept).pk
            values = [Value(row, words, row.pk == source) for row, words in zip(rows, shown, strict=True)]
            compared.append(Compared(capfirst(column.verbose_name), column.name, values, len(set(shown)) > 1))
        return compared

    def _proposed(self, name: str, rows, kept) -> models.Model:
        """The kept row, if it says anything of this; else the first that does."""
        if hasattr(kept, SAID_WITH.get(name, "")):
            name = SAID_WITH[name]
        return next((row for row in (kept, *rows) if not _is_empty(row, name)), kept)

    def _going_up(self, request, kept, row, taken) -> GoingUp:
        names = [name for name, key in taken.items() if key == row.pk]
        ahead = merging.preview(kept, row, by=request.user, take=names)
        moves = [
            {
                "what": moved.relation.owner._meta.verbose_name_plural,
                "count": moved.count,
                "same": moved.same,
                "examples": [link_to(example, _told(example)) for example in moved.examples],
            }
            for moved in ahead.moves
        ]
        blockers = [format_html("{} {}", one.message, link_to(one.row)) for one in ahead.blockers]
        leads = (row.get_absolute_url(), kept.get_absolute_url()) if hasattr(row, "get_absolute_url") else None
        return GoingUp(row, moves, blockers, ahead.warnings, leads)


def _said(value, column) -> str:
    """As the forms show it; a figure without the places it does not use."""
    return floatformat(value, "-6g") if isinstance(value, Decimal) else display_for_field(value, column, "–")


def _is_empty(row: models.Model, name: str) -> bool:
    return getattr(row, name) in (None, "", {}) or (name, getattr(row, name)) == ("reliability", Reliability.F)


def _told(row: models.Model) -> str:
    """A link of two things is told by the other one."""
    return str(getattr(row, "content_object", None) or getattr(row, "citation", None) or row)


def _number(value: str) -> int | None:
    return int(value) if value.isdecimal() and len(value) < 19 else None


def came_with(name) -> str:
    """Where another name came from, in words."""
    if name.merge is None:
        return _("written here")
    words = _("of “%(name)s”, merged %(day)s by %(who)s")
    details = {"name": name.merge.name, "day": f"{name.merge.merged_at:%Y-%m-%d}", "who": name.merge.merged_by}
    return link_to(name.merge, words % details)


class OtherNames:
    """For inlines of other names."""

    readonly_fields = ["origin"]
    show_change_link = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("merge__merged_by")

    @admin.display(description=gettext_lazy("came with"))
    def origin(self, name):
        return came_with(name) if name.pk else "–"


class StandingFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("standing", _("standing")), ("undone", _("undone"))]

    def queryset(self, request, queryset):
        if self.value() not in ("standing", "undone"):
            return queryset
        return queryset.filter(undone_at__isnull=self.value() == "standing")


@admin.register(Merge)
class MergeAdmin(ReadOnly, Acts, PlainAdmin):
    change_form_template = "admin/kb/merged.html"
    list_display = ["given_up", "what", "kept_link", "merged_by", "merged_at", "state_badge"]
    list_filter = ["kind", StandingFilter]
    list_select_related = ["merged_by", *(f"kept_{kind}" for kind in MergeKind.values)]
    search_fields = ["name", "slug", "reason", *(f"kept_{kind}__{name}" for kind, name in (("source", "name"), ("claim", "text"), ("tag", "name"), ("person", "name")))]  # fmt: skip
    fields = ["reason"]
    readonly_fields = fields
    acts = (
        Act(
            name="undo",
            label=gettext_lazy("Undo the merge"),
            right=policy.MERGE,
            run=merging.undo,
            done=gettext_lazy("Undone"),
            fits=lambda merge, user: not merge.is_undone and not merge.is_from_elsewhere,
        ),
    )

    @admin.display(description=gettext_lazy("given up"), ordering="name")
    def given_up(self, merge):
        return own_direction(merge.name)

    @admin.display(description=gettext_lazy("what"), ordering="kind")
    def what(self, merge):
        return merge.get_kind_display()

    @admin.display(description=gettext_lazy("merged into"))
    def kept_link(self, merge):
        return link_to(merge.kept)

    @admin.display(description=gettext_lazy("state"), ordering="undone_at")
    def state_badge(self, merge):
        return badge("rejected", _("undone")) if merge.is_undone else badge("confirmed", _("standing"))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        model, columns = MERGED[obj.kind], []
        for column in merging.choosable(model):
            if (value := obj.fields.get(column.attname)) not in (None, "", {}):
                columns.append((capfirst(column.verbose_name), self._shown(column, value)))
        labels = {column.attname: capfirst(column.verbose_name) for column in merging.choosable(model)}
        context |= {
            "columns": columns,
            "changed": [(labels.get(name, name), *values) for name, values in obj.changed.items()],
            "names": self._names(obj),
            "account": [
                {
                    "what": one.relation.owner._meta.verbose_name_plural,
                    "moved": one.moved,
                    "left_out": one.left_out,
                    "back": one.back,
                    "missing": one.moved + one.left_out - one.back,
                }
                for one in merging.account_of(obj, by=request.user)
            ],
            "went_on": [link_to(row) for row in merging.went_on(obj, by=request.user)] if obj.is_undone else [],
            "kept_link": link_to(obj.kept),
            "came_back": link_to(model.objects.filter(pk=obj.number).first()) if obj.is_undone else "",
            "state": self.state_badge(obj),
            "address": reverse(f"kb:{_PUBLIC[obj.kind]}", args=[obj.slug or obj.number]) if obj.kind in _PUBLIC else "",
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    @staticmethod
    def _shown(column, value) -> str:
        if column.related_model in MERGED.values():
            return link_to(column.related_model.objects.filter(pk=value).first()) or "–"
        return display_for_field(column.to_python(value), column, "–")

    @staticmethod
    def _names(merge: Merge) -> list[str]:
        names = []
        for relation in merging.relations(merge.model):
            if relation.name in merging.NAMES:
                names += map(str, relation.rows().filter(merge=merge).order_by("pk"))
        return names


_PUBLIC = {MergeKind.SOURCE: "source", MergeKind.CLAIM: "claim", MergeKind.TAG: "topic"}
