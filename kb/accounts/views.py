"""Pages of signing in that allauth lacks or that stay closed here."""

from allauth.account.views import PasswordResetView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.generic import View

from kb.services import invitations
from kb.services.refusal import Refused


def closed(request):
    """An address that allauth names and nobody shall use: accounts come by invitation."""
    raise Http404


class AskForReset(PasswordResetView):
    """Without a way to send mail the page says whom to ask instead."""

    def dispatch(self, request, *args, **kwargs):
        if not settings.MAILERS:
            return render(request, "account/password_reset.html", {"without_mail": True})
        return super().dispatch(request, *args, **kwargs)


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(sensitive_variables("key"), name="dispatch")
class AcceptInvitation(View):
    """The link of an invitation: choose a password, once."""

    def get(self, request, key):
        invitation = invitations.find(key)
        return self._answer(request, invitation, SetPasswordForm(invitation.person) if invitation else None)

    def post(self, request, key):
        invitation = invitations.find(key)
        form = SetPasswordForm(invitation.person, request.POST) if invitation else None
        if form and form.is_valid():
            try:
                person = invitations.accept(key, form.cleaned_data["new_password1"])
            except Refused:
                return self._answer(request, None, None)
            messages.success(request, _("Welcome, %(name)s. Sign in with your new password.") % {"name": person})
            return HttpResponseRedirect(reverse("account_login"))
        return self._answer(request, invitation, form)

    def _answer(self, request, invitation, form):
        context = {"form": form, "person": invitation and invitation.person}
        return render(request, "account/invitation.html", context, status=200 if invitation else 410)
