"""Nobody's words are lost: a form and a list carry the versions that were seen, and what somebody changed since is
brought together with what was typed, or refused with every text shown."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.options import ActionLocation
from django.contrib.admin.utils import quote, unquote
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb.models import StaleVersion
from kb.models.rules import Versioned
from kb.services.refusal import Refused

from . import presence
from .forms import broken_rule, opening
from .once import answer_once, for_the_browser
from .reconciling import Change, version_of, with_last_kept

# The versions that a list or a question showed.
SEEN = "_seen"
# So many rows are named in a refusal; of the others it says how many.
NAMED = 10


def count_up(rows: models.QuerySet) -> None:
    """As `touch`, for rows that nobody has a form of open here: it cannot come too late.

    Past the history on purpose: no word of the rows changes.
    """
    rows.update(version=F("version") + 1)


def hold(rows: models.QuerySet) -> None:
    """Let others wait who want to change these rows, until the transaction is over.

    Articles come before what hangs on them: whoever changes both takes them in this order.
    """
    list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk"))


def touch(row: Versioned) -> None:
    """Count a change of what hangs on a row as a change of the row, so that an older form of it is refused.

    Raises StaleVersion. The row's own history gains nothing: its words are the same.
    """
    row.skip_history_when_saving = True
    try:
        row.save(update_fields=["version"])
    finally:
        del row.skip_history_when_saving


def in_words(changes: Iterable[Change]) -> str:
    """Who changed something, each with their last moment."""
    last = {}
    for change in changes:
        last[change.by] = change
    return ", ".join(
        f"{change.by or _('a program')} ({timezone.localtime(change.at):%Y-%m-%d %H:%M})" for change in last.values()
    )


def last_changes(rows: list[models.Model]) -> dict[object, Change]:
    """Who changed each of these rows last, where their table keeps it."""
    if not rows or not hasattr(type(rows[0]), "history"):
        return {}
    versions = type(rows[0]).history.filter(id__in=[row.pk for row in rows]).select_related("history_user")
    return {
        one.id: Change(one.history_user, one.history_date) for one in versions.order_by("history_date", "history_id")
    }


def changed_since(row: models.Model) -> str:
    """One sentence: who changed the row, and when."""
    change = last_changes([row]).get(row.pk)
    if change is None:
        return _("“%(row)s” was changed since you opened it. Look again.") % {"row": row}
    return _("“%(row)s” was changed since you opened it: %(who)s. Look again.") % {
        "row": row,
        "who": in_words([change]),
    }


class ListedForm(helpers.ActionForm):
    """The choice of an action, with the moment of the list: it stands for the rows that the page does not show."""

    listed_at = forms.CharField(required=False, label="", widget=forms.HiddenInput)


class VersionGuard:
    """For every page whose rows are edited: no save, action or deletion passes over what somebody changed since."""

    action_form = ListedForm
    # Whether colleagues see who has a page of this kind open.
    shows_presence = True

    def get_urls(self):
        urls = super().get_urls()
        if not self.shows_presence:
            return urls
        name = f"{self.opts.app_label}_{self.opts.model_name}_presence"
        return [path("<path:object_id>/presence/", self.admin_site.admin_view(self.presence_view), name=name), *urls]

    def presence_view(self, request, object_id):
        """A sign that somebody has the page of a row open; answers who else has."""
        return presence.answer(request, self, unquote(object_id))

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        counts = issubclass(self.model, Versioned) or not hasattr(self.model, "history")
        return rows if counts else with_last_kept(rows)

    # Forms

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs.setdefault("form", opening(self.form if obj else getattr(self, "add_form", self.form)))
        form = super().get_form(request, obj, change=change, **kwargs)
        form.request = request
        return form

    def get_fields(self, request, obj=None):
        return [name for name in super().get_fields(request, obj) if name != "version"]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A form that is sent twice is saved once."""
        view = super().changeform_view
        return answer_once(request, lambda: self._answer_form(view, request, object_id, form_url, extra_context))

    def _answer_form(self, view, request, object_id, form_url, extra_context):
        """A save that the rows refuse is undone, and its form shown again with the reason and with what was typed."""
        try:
            with transaction.atomic():
                if request.method == "POST" and object_id:
                    hold(self.held_first(unquote(object_id)))
                return view(request, object_id, form_url, extra_context)
        except (StaleVersion, Refused) as refused:
            request.desk_refusal = refused
        except IntegrityError as error:
            request.desk_refusal = broken_rule(error)
            if request.desk_refusal is None:
                raise
        request.desk_saved = False
        return view(request, object_id, form_url, extra_context)

    def held_first(self, object_id: str) -> models.QuerySet:
        """What is held while a row of this page is saved."""
        column = self.opts.pk
        try:
            return self.model._base_manager.filter(pk=column.to_python(object_id))
        except (forms.ValidationError, ValueError):
            return self.model._base_manager.none()

    def save_model(self, request, obj, form, change):
        if not change or form.has_changed():
            self.save_row(request, obj, form, change)

    def save_row(self, request, obj, form, change):
        """Save what the form says; pages override it to call a service."""
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        request.desk_saved = True
        if not change:
            return
        row = form.instance
        if isinstance(row, Versioned) and not form.has_changed() and any(one.has_changed() for one in formsets):
            touch(row)
        request.desk_overtaken = form.is_stale or any(getattr(one, "is_stale", False) for one in formsets)
        merged = [one for one in reconciled_of(form, formsets) if one.is_merged]
        request.desk_merged = bool(merged)
        if merged:
            self._say_merged(request, merged)

    def _say_merged(self, request, merged) -> None:
        theirs = [label for one in merged for label in one.taken]
        both = [label for one in merged for label in one.merged]
        parts = [
            _("Saved together with what was changed while you had it open, by %(who)s.")
            % {"who": in_words(change for one in merged for change in one.changes) or _("somebody")}
        ]
        if theirs:
            parts.append(_("Theirs: %(fields)s.") % {"fields": ", ".join(theirs)})
        if both:
            parts.append(_("Both of you: %(fields)s.") % {"fields": ", ".join(both)})
        messages.warning(request, " ".join(parts))

    def must_look_again(self, request, *, at_all: bool = True) -> bool:
        """Whether an act has to wait: it would be about something that its person did not see. Says so.

        Without `at_all`, only when something was brought together with what was typed.
        """
        is_unseen = getattr(request, "desk_overtaken" if at_all else "desk_merged", False)
        if is_unseen:
            messages.error(request, _("Somebody changed this since you opened it. Look again before you act."))
        return is_unseen

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        is_conflict = self._tell_conflict(request, context, form, formsets) if form.is_bound and change else False
        context |= self._for_the_browser(request, context, form, change, obj)
        response = super().render_change_form(request, context, add, change, form_url, obj)
        if is_conflict:
            response.status_code = 409
        return response

    def _for_the_browser(self, request, context, form, change, obj) -> dict:
        """What the page needs to keep what is typed, to send it once, and to tell who else has it open."""
        if change and not self.has_change_permission(request, obj):
            return {}
        found = for_the_browser(request, form)
        if change and obj and self.shows_presence and not context.get("is_popup"):
            found["presence"] = presence.presence_of(request, obj)
        return found

    def _tell_conflict(self, request, context, form, formsets) -> bool:
        found = reconciled_of(form, formsets)
        collisions = [collision for one in found for collision in one.collisions]
        gone = [words for one in formsets for words in getattr(one, "gone", ())]
        moved = [words for one in found for words in one.moved]
        if collisions or moved:
            context["conflict"] = {
                "moved": moved,
                "collisions": collisions,
                "taken": [label for one in found for label in (*one.taken, *one.merged)],
                "who": in_words(change for one in found for change in one.changes),
                "me": request.user,
                "now": timezone.now(),
                "chosen": {one.name: request.POST.get(f"choice-{one.name}", "") for one in collisions},
            }
        return bool(collisions or moved or gone or isinstance(getattr(request, "desk_refusal", None), StaleVersion))

    # Lists and actions

    @admin.display(description=mark_safe('<input type="checkbox" id="action-toggle">'))
    def action_checkbox(self, obj):
        # As Django's, with the version, and without building a widget and a template for each row: that took a fifth of
        # the page's time.
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">'
            '<input type="hidden" name="{}" value="{}:{}">',
            *(helpers.ACTION_CHECKBOX_NAME, obj.pk, _("Select this object for an action - {}").format(obj)),
            *(SEEN, obj.pk, version_of(obj)),
        )

    def changelist_view(self, request, extra_context=None):
        began = timezone.now()
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse) and (form := (response.context_data or {}).get("action_form")):
            form.fields["listed_at"].initial = began.isoformat()
        return response

    def response_action(self, request, queryset, action_location=ActionLocation.CHANGE_LIST):
        """Let an action have the rows that are as they were shown, and say who changed the others."""
        if action_location == ActionLocation.CHANGE_FORM:
            chosen = request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
            seen = {pk: request.POST.get("version", "") for pk in chosen}
        else:
            seen = pairs(" ".join(request.POST.getlist(SEEN)))
            chosen = request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
        is_across = request.POST.get("select_across") in ("1", "true", "on") and "post" not in request.POST
        if is_across:
            fresh = self._unchanged_since(request, queryset, parse_datetime(request.POST.get("listed_at", "")))
        else:
            fresh = self._as_seen(request, queryset.filter(pk__in=_keys(self.model, chosen)), chosen, seen)
        if fresh is None:
            return None
        response = super().response_action(request, fresh, action_location)
        if isinstance(response, TemplateResponse) and "queryset" in response.context_data:
            # A question in between: its answer is about the rows as they stand on it.
            rows = response.context_data["queryset"]
            response.context_data |= {"seen": seen_of(rows), "chosen": " ".join(str(row.pk) for row in rows)}
        return response

    def _as_seen(self, request, queryset, chosen: list[str], seen: dict[str, str]) -> models.QuerySet | None:
        """The chosen rows that have the version that was shown: the condition holds whenever an action reads them."""
        if issubclass(self.model, Versioned):
            # The rows themselves are not loaded: they may be many, and long.
            now = {pk: str(version) for pk, version in queryset.values_list("pk", "version")}
        else:
            now = {row.pk: version_of(row) for row in queryset}
        changed = [pk for pk, version in now.items() if seen.get(str(pk)) != version]
        self._say_changed(request, list(queryset.filter(pk__in=changed[: NAMED + 1])))
        if lost := len(set(chosen)) - len(now):
            words = ngettext("%(count)d row does not exist any more.", "%(count)d rows do not exist any more.", lost)
            messages.warning(request, words % {"count": lost})
        if len(changed) == len(now) and (changed or lost):
            return None
        if not issubclass(self.model, Versioned):
            return queryset.exclude(pk__in=changed)
        by_version: dict[str, list] = {}
        for pk in now.keys() - changed:
            by_version.setdefault(now[pk], []).append(pk)
        return queryset.filter(
            Q(*(Q(version=number, pk__in=keys) for number, keys in by_version.items()), _connector=Q.OR)
        )

    def _unchanged_since(self, request, queryset, moment) -> models.QuerySet | None:
        """All rows of the list that nobody changed since the moment it was made."""
        if moment is None or timezone.is_naive(moment):
            messages.error(request, _("This list is too old to act on all its rows: look again."))
            return None
        if not hasattr(self.model, "history"):
            return queryset
        changed = self.model.history.filter(history_date__gte=moment).values("id")
        self._say_changed(request, list(queryset.filter(pk__in=changed)[: NAMED + 1]))
        return queryset.exclude(pk__in=changed)

    def _say_changed(self, request, rows: list[models.Model]) -> None:
        changes = last_changes(rows[:NAMED])
        for row in rows[:NAMED]:
            who = in_words([changes[row.pk]]) if row.pk in changes else _("somebody")
            address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[quote(row.pk)])
            link = format_html('<a href="{}"><bdi>{}</bdi></a>', address, row)
            words = _("{row} was changed since you opened the list, by {who}. Nothing was done with it: look again.")
            messages.error(request, format_html(words, row=link, who=who))
        if len(rows) > NAMED:
            messages.error(request, _("More rows were changed too; nothing was done with them."))

    # Deleting

    def delete_view(self, request, object_id, extra_context=None):
        """What is deleted is what the question showed."""
        with transaction.atomic():
            hold(self.held_first(unquote(object_id)))
            row = self.get_object(request, unquote(object_id))
            version = version_of(row) if self.has_delete_permission(request, row) else ""
            if version and request.method == "POST" and request.POST.get("version", "") != version:
                messages.error(request, changed_since(row))
                return HttpResponseRedirect(request.path)
            return super().delete_view(request, object_id, {"version": version, **(extra_context or {})})

    def delete_queryset(self, request, queryset):
        with transaction.atomic():
            hold(self.model._base_manager.filter(pk__in=list(queryset.values_list("pk", flat=True))))
            # Read again, under the same condition: what was changed in between stays.
            self.delete_rows(request, queryset.all())

    def delete_rows(self, request, queryset):
        """Delete rows that nobody can change meanwhile; pages override it to call a service."""
        super().delete_queryset(request, queryset)


def reconciled_of(form, formsets) -> list:
    found = [form.reconciled] if hasattr(form, "reconciled") else []
    return [*found, *(one for formset in formsets for one in getattr(formset, "reconciled", ()))]


def seen_of(rows: Iterable[models.Model]) -> str:
    """The versions of rows that a page shows, for what is sent from it: "12:3 15:1"."""
    if isinstance(rows, models.QuerySet) and issubclass(rows.model, Versioned):
        return " ".join(f"{pk}:{version}" for pk, version in rows.values_list("pk", "version"))
    return " ".join(f"{row.pk}:{version_of(row)}" for row in rows)


def pairs(words: str) -> dict[str, str]:
    return dict(word.split(":", 1) for word in words.split() if ":" in word)


def _keys(model: type[models.Model], chosen: list[str]) -> list:
    """The keys among what was sent as keys."""
    keys = []
    for one in chosen:
        try:
            keys.append(model._meta.pk.to_python(one))
        except forms.ValidationError:
            continue
    return keys
