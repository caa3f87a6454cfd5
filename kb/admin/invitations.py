"""Invitations: who was invited by whom, what became of it, and the link that is sent or handed over."""

import dataclasses
import functools
import smtplib

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import Group, User
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kb.models import Invitation, policy
from kb.services import invitations

from .acts import Act, Acts
from .base import DeskAdmin, badge, link_to, own_direction
from .forms import DeskForm

LABELS = {"open": _("open"), "accepted": _("accepted"), "revoked": _("revoked"), "expired": _("expired")}


class InvitationForm(DeskForm):
    username = User._meta.get_field("username").formfield(label=_("User name"), validators=[User.username_validator])
    first_name = User._meta.get_field("first_name").formfield()
    last_name = User._meta.get_field("last_name").formfield()
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    groups = forms.ModelMultipleChoiceField(
        Group.objects.all(), label=_("Groups"), widget=forms.CheckboxSelectMultiple, help_text=_("What they may do.")
    )


class StateFilter(admin.SimpleListFilter):
    title, parameter_name = _("state"), "state"

    def lookups(self, request, model_admin):
        return list(LABELS.items())

    def queryset(self, request, queryset):
        now = timezone.now()
        conditions = {
            "open": Q(accepted_at=None, revoked_at=None, expires_at__gt=now),
            "accepted": Q(accepted_at__isnull=False),
            "revoked": Q(revoked_at__isnull=False),
            "expired": Q(accepted_at=None, revoked_at=None, expires_at__lte=now),
        }
        return queryset.filter(conditions[self.value()]) if self.value() in conditions else queryset


@admin.register(Invitation)
class InvitationAdmin(Acts, DeskAdmin):
    form = InvitationForm
    list_display = ["whom", "email", "state_badge", "invited_by", "invited_at", "expires_at"]
    list_filter = [StateFilter]
    list_select_related = ["person", "invited_by"]
    search_fields = ["person__username", "person__email", "person__last_name"]
    fieldsets = [(None, {"fields": ["username", ("first_name", "last_name"), "email", "groups"]})]
    acts = (
        Act(
            name="renew",
            label=_("Send a new link"),
            right=policy.INVITE,
            run=invitations.renew,
            done=_("The link before is dead; a new one was made"),
            fits=lambda invitation, user: invitation.state != "accepted",
        ),
        Act(
            name="revoke",
            label=_("Revoke"),
            right=policy.INVITE,
            run=invitations.revoke,
            done=_("Revoked: the link is dead and the account out of use"),
            fits=lambda invitation, user: invitation.state in ("open", "expired"),
        ),
    )

    @admin.display(description=_("person"), ordering="person__username")
    def whom(self, invitation):
        return own_direction(invitation.person)

    @admin.display(description=_("account"))
    def account(self, invitation):
        return link_to(invitation.person)

    @admin.display(description=_("e-mail address"), ordering="person__email")
    def email(self, invitation):
        return invitation.person.email

    @admin.display(description=_("state"))
    def state_badge(self, invitation):
        return badge(invitation.state, LABELS[invitation.state])

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return super().get_fieldsets(request, obj)
        fields = [
            "account",
            "email",
            "state_badge",
            "invited_by",
            "invited_at",
            "expires_at",
            "accepted_at",
            "revoked_at",
        ]
        return [(None, {"fields": fields})]

    def get_readonly_fields(self, request, obj=None):
        return self.get_fieldsets(request, obj)[0][1]["fields"] if obj else []

    def has_change_permission(self, request, obj=None):
        # What is written here is written by the acts.
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        content = {name: form.cleaned_data[name] for name in ("email", "first_name", "last_name")}
        made, key = invitations.invite(
            form.cleaned_data["username"], groups=[*form.cleaned_data["groups"]], by=request.user, **content
        )
        # The form goes on with the row that the service made.
        obj.__dict__.update(made.__dict__)
        transaction.on_commit(lambda: hand_over(request, made, key))

    def perform(self, request, queryset, act, **kwargs):
        if act.name == "renew":
            act = dataclasses.replace(act, run=functools.partial(_renew, request=request))
        return super().perform(request, queryset, act, **kwargs)


def _renew(invitation, *, by, request):
    key = invitations.renew(invitation, by=by)
    transaction.on_commit(lambda: hand_over(request, invitation, key))


def hand_over(request, invitation: Invitation, key: str) -> None:
    """Send the link, or show it once to the administrator when no mail goes out."""
    link = request.build_absolute_uri(reverse("account_invitation", args=[key]))
    person = invitation.person
    if settings.KB_SENDS_MAIL:
        context = {
            "inviter": request.user.get_full_name() or request.user.get_username(),
            "site_name": settings.KB_SITE_NAME,
            "username": person.get_username(),
            "until": f"{invitation.expires_at:%Y-%m-%d}",
            "link": link,
        }
        subject = render_to_string("account/email/invitation_subject.txt", context).strip()
        body = render_to_string("account/email/invitation_message.txt", context).strip()
        try:
            EmailMessage(f"[{settings.KB_SITE_NAME}] {subject}", body, to=[person.email]).send()
        except (OSError, smtplib.SMTPException) as error:
            said = _now("The mail could not be sent (%(error)s).") % {"error": type(error).__name__}
            messages.warning(request, said)
        else:
            messages.success(request, _now("The link was sent to %(address)s.") % {"address": person.email})
            return
    said = _now("Give this link to %(name)s; it is shown this once and works once, until %(day)s:") % {
        "name": person.get_username(),
        "day": f"{invitation.expires_at:%Y-%m-%d}",
    }
    messages.info(request, format_html('{} <code dir="ltr">{}</code>', said, link))
