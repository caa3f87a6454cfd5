"""Forms of signing in that differ from allauth's: the way in while an account is locked, and codes that work once."""

from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.account.internal.userkit import get_user_by_username
from allauth.account.models import Login
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit, post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.models import User
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from . import adapters, codes, stages

CODE = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})


class SignIn(LoginForm):
    """While an account is locked by somebody's guesses, its owner comes in with password and code together."""

    code = forms.CharField(
        label=_("Code of your authenticator app"),
        required=False,
        widget=CODE,
        help_text=_(
            "Somebody tried this name too often. With an authenticator app you come in at once: give its code too."
        ),
    )
    is_locked = False

    def visible_fields(self):
        shows_code = self.is_locked or self.data.get("code")
        return [field for field in super().visible_fields() if shows_code or field.name != "code"]

    def _clean_with_password(self, credentials):
        try:
            return super()._clean_with_password(credentials)
        except forms.ValidationError as error:
            if error.code != "too_many_login_attempts":
                raise
            self.is_locked = True
            if not self.cleaned_data.get("code") or not self._comes_in_with_code(credentials):
                raise
            return self.cleaned_data

    def _comes_in_with_code(self, credentials) -> bool:
        """Whether password and code are both right; nothing tells which was wrong.

        Guesses count for each address apart, or whoever locked the account would lock this way too. A code is used up
        by the try, so each password guessed costs a code guessed first.
        """
        request, name, password = context.request, credentials["username"], credentials["password"]
        key = f"{name.lower()} from {adapters.Accounts().get_client_ip(request)}"
        if not ratelimit.consume(request, app="allauth.account", action="locked_login", key=key):
            return False
        person = get_user_by_username(name)
        app = person and Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
        if not app or not person.is_active or not codes.use(app, self.cleaned_data["code"]):
            # Takes the time that asking the password takes.
            User().set_password(password)
            return False
        if not person.check_password(password):
            return False
        app.user = person
        post_authentication(request, app)
        self._login, self.user = Login(user=person, state={stages.CAME_WITH_CODE: True}), person
        return True


class UsedOnce:
    """A code of the app counts once, a recovery code too; ten wrong ones lock the second step for a quarter of an hour."""

    def clean_code(self):
        unlock = check_rate_limit(self.user)
        code = self.cleaned_data["code"]
        for one in Authenticator.objects.filter(user=self.user).order_by("-type"):
            is_app = one.type == Authenticator.Type.TOTP
            if codes.use(one, code) if is_app else one.wrap().validate_code(code):
                one.user, self.authenticator = self.user, one
                unlock()
                return code
        raise adapters.SecondFactors().validation_error("incorrect_code")


class SecondStep(UsedOnce, AuthenticateForm):
    pass


class ConfirmAccess(UsedOnce, ReauthenticateForm):
    pass


class SetUpApp(ActivateTOTPForm):
    def clean_code(self):
        code = super().clean_code()
        context.request.activated_step = codes.step_of(self.secret, code)
        return code


@receiver(authenticator_added, sender=Authenticator)
def _code_of_activation_is_used(request, authenticator, **kwargs):
    if authenticator.type == Authenticator.Type.TOTP:
        authenticator.data[codes.USED] = request.activated_step
        authenticator.save(update_fields=["data"])


class AskForReset(ResetPasswordForm):
    def clean_email(self):
        email = super().clean_email()
        # An invited person who never chose a password has an invitation for that, which can be revoked.
        self.users = [person for person in self.users if person.has_usable_password()]
        return email
