"""What allauth asks of an installation, answered."""

import logging
import smtplib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.signals import password_reset
from allauth.core import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.core.mail import MailerDoesNotExist
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb.models import policy
from kb.models.notice import with_own_work
from kb.text import visitors

from .sealing import seal, unseal

log = logging.getLogger(__name__)


def key_of_attempts(username: str) -> str:
    return f"login:{username.lower()}"


@receiver(password_reset)
def _unlock(request, user, **kwargs):
    """Whoever reads the account's mail is its owner, and need not wait because somebody else guessed."""
    ratelimit.clear(request, action="login_failed", key=key_of_attempts(user.username))


class Backend(AuthenticationBackend):
    """Loads the signed-in person together with whether they owe a second factor, and with what waits for them."""

    def get_user(self, user_id):
        person = with_own_work(policy.with_second_factor_asked(User.objects)).filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None

    def get_all_permissions(self, user_obj, obj=None):
        """The person's own and those of their groups, in one query instead of two."""
        if obj is None and user_obj.is_active and not user_obj.is_superuser and not hasattr(user_obj, "_perm_cache"):
            named = Permission.objects.order_by().values_list("content_type__app_label", "codename")
            held = named.filter(user=user_obj).union(named.filter(group__user=user_obj)).order_by()
            user_obj._perm_cache = {f"{label}.{codename}" for label, codename in held}
        return super().get_all_permissions(user_obj, obj)

    @classmethod
    def _stash_user(cls, user):
        # An account out of use answers as a wrong password does: its state is nobody's business.
        return None


class Accounts(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("Too many attempts. Wait a quarter of an hour, and try again."),
    }

    def is_open_for_signup(self, request):
        return False

    def get_client_ip(self, request):
        return visitors.origin(
            request.META.get("REMOTE_ADDR", ""),
            request.META.get("HTTP_X_FORWARDED_FOR", ""),
            settings.KB_TRUSTED_PROXIES,
        )

    def _get_login_attempts_cache_key(self, request, **credentials):
        # Theirs begins with the host of the request, which whoever guesses may vary (a port is enough) and so begin anew.
        return key_of_attempts(credentials.get("username", ""))

    def get_login_stages(self):
        ours = {"allauth.mfa.stages.AuthenticateStage": "kb.accounts.stages.SecondStep"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_password_change_redirect_url(self, request):
        return reverse("mfa_index")

    def send_mail(self, template_prefix, email, context):
        """A mail server that is away must neither lose what was done nor tell which addresses are known."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, smtplib.SMTPException, MailerDoesNotExist) as error:
            log.error("A mail (%s) could not be sent: %s", template_prefix, type(error).__name__)


class SecondFactors(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("A group you belong to requires the second factor."),
    }

    def encrypt(self, text):
        return seal(text)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        return not policy.second_factor_is_demanded_of(authenticator.user)
