"""Acts at the desk: one definition for a button on the change page and for an action over a list; services do them."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.options import ActionLocation
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import StaleVersion, policy
from kb.models.rules import Versioned
from kb.services.refusal import Refused

from .base import admin_url, link_to, listing
from .bulk import NAMED, ManyRows
from .forms import Text, Textarea
from .reconciling import version_of
from .versions import changed_since, seen_of


class ReasonForm(forms.Form):
    reason = Text(label=gettext_lazy("Reason"), widget=Textarea(attrs={"rows": 4}))


class Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class MomentForm(forms.Form):
    at = forms.DateTimeField(
        label=gettext_lazy("Moment"), widget=Moment, help_text=gettext_lazy("In UTC; readers see it from then on.")
    )

    def clean_at(self):
        if self.cleaned_data["at"] <= timezone.now():
            raise forms.ValidationError(_("Choose a moment that is still to come, or publish now."))
        return self.cleaned_data["at"]


@dataclass(frozen=True)
class Act:
    """`fits` says whether a person is offered the act for a row; whether it may happen, the service decides."""

    name: str
    label: str
    right: str
    run: Callable
    done: str
    fits: Callable[[models.Model, object], bool]
    form: type[forms.Form] | None = None
    explanation: str = ""
    is_grave: bool = False
    # Does a batch of rows in few statements, all or none, and says how many it changed.
    together: Callable | None = None

    def as_action(self):
        @admin.action(description=self.label)
        def action(page, request, queryset):
            return page.perform(request, queryset, self)

        action.__name__ = self.name
        return action


class Acts(ManyRows):
    """For pages of rows whose state changes by acts alone."""

    acts: tuple[Act, ...] = ()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "acts" in cls.__dict__:
            cls.actions = [*cls.__dict__.get("actions", ()), *(act.as_action() for act in cls.acts)]

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        withheld = {act.name for act in self.acts if not policy.may(request.user, act.right)}
        found = super().get_actions(request, action_location)
        return {name: action for name, action in found.items() if name not in withheld}

    def offered(self, request, row) -> list[Act]:
        """The acts this person may do with this row now."""
        return [act for act in self.acts if policy.may(request.user, act.right) and act.fits(row, request.user)]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["acts"] = self.offered(request, obj) if change and obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and object_id and "_act" in request.POST:
            row = self.get_object(request, admin.utils.unquote(object_id))
            if not self.has_change_permission(request, row):
                # Nothing can be typed on this page, so there is nothing to save first.
                if not self.has_view_permission(request, row):
                    raise PermissionDenied
                policy.require(request.user, self._pressed(request).right)
                if request.POST.get("version", "") != version_of(row):
                    messages.error(request, changed_since(row))
                    return HttpResponseRedirect(request.path)
                return self.act_on(request, row)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def response_change(self, request, obj):
        # The form is saved by now: an act never loses what was typed beside it.
        if "_act" not in request.POST:
            return super().response_change(request, obj)
        return HttpResponseRedirect(request.path) if self.must_look_again(request) else self.act_on(request, obj)

    def _pressed(self, request) -> Act:
        act = next((act for act in self.acts if act.name == request.POST["_act"]), None)
        if act is None:
            raise PermissionDenied
        return act

    def act_on(self, request, row):
        act = self._pressed(request)
        chosen = self.get_queryset(request).filter(pk=row.pk)
        if isinstance(row, Versioned):
            chosen = chosen.filter(version=row.version)
        return self.perform(request, chosen, act, from_page=True) or HttpResponseRedirect(request.path)

    def perform(self, request, queryset, act: Act, *, from_page: bool = False):
        """Do the act with each row, each for itself; say what was done and what stands in the way of the rest.

        Of many rows a request does as many as it has time for, and shows the page that goes on with the others.
        """
        policy.require(request.user, act.right)
        is_sent = "post" in request.POST
        form = act.form(request.POST if is_sent else None) if act.form else None
        if form and not form.is_valid():
            return self._ask(request, queryset, act, form, from_page or "from_page" in request.POST)
        first, said = queryset.first(), form.cleaned_data if form else {}
        is_one = not queryset[1:2]

        def each(row):
            act.run(row, by=request.user, **said)
            self.log_change(request, row, str(act.label))

        def done(count):
            return format_html("{}: {}", act.done, link_to(first) if is_one else count)

        if form and is_one and first:
            try:
                with transaction.atomic():
                    each(first)
            except Refused as refused:
                # What was typed stays, beside the reason.
                form.add_error(None, [str(blocker.message) for blocker in refused.blockers])
                return self._ask(request, queryset, act, form, from_page or "from_page" in request.POST)
            except StaleVersion as stale:
                messages.error(request, changed_since(stale.row))
            else:
                messages.success(request, done(1))
        else:
            going_on = self.carry_out(
                request,
                queryset,
                act=act.name,
                title=str(act.label).rstrip("…"),
                each=each,
                together=act.together and (lambda rows: act.together(rows, by=request.user, **said)),
                said=done,
                fields={name: request.POST.get(name, "") for name in form.fields} if form else None,
            )
            if going_on is not None:
                return going_on
        if is_sent and "from_page" in request.POST and first:
            return HttpResponseRedirect(admin_url(first))
        return None

    def facts_for(self, row) -> list[tuple[str, str]]:
        """What one has to have before one's eyes to answer the question of an act: names and words."""
        return []

    def fit(self, form, rows) -> None:
        """Leave out of the question what these rows cannot be asked."""

    def _ask(self, request, queryset, act, form, from_page):
        rows, keys = list(queryset[:NAMED]), list(queryset.values_list("pk", flat=True))
        self.fit(form, rows)
        context = {
            **self.admin_site.each_context(request),
            "title": str(act.label).rstrip("…"),
            "act": act,
            "form": form,
            "seen": seen_of(queryset),
            "links": [link_to(row) for row in rows],
            "facts": self.facts_for(rows[0]) if len(keys) == 1 and rows else [],
            "more": len(keys) - len(rows),
            "first": keys[0] if keys else "",
            "chosen": " ".join(map(str, keys)),
            "address": listing(self.model),
            "back": admin_url(rows[0]) if from_page and rows else listing(self.model),
            "from_page": from_page,
            "opts": self.opts,
            "media": self.media + form.media,
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/kb/ask.html", context)
