"""Codes of an authenticator app, each good for one use.

allauth remembers a used code for one step of the clock, but takes it for three when clocks may differ by one: here the
step itself is remembered beside the secret, and no code of it or of an earlier one counts again.
"""

from time import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db import transaction
from django.utils.crypto import constant_time_compare

USED = "last_step"


def step_of(secret: str, code: str) -> int | None:
    """The step of the clock, now or one beside it, whose code this is."""
    now = int(time()) // app_settings.TOTP_PERIOD
    given = "".join(code.split())
    # All are compared whichever fits, so that the time tells nothing.
    fitting = [
        step
        for step in range(now - app_settings.TOTP_TOLERANCE, now + app_settings.TOTP_TOLERANCE + 1)
        if constant_time_compare(given, format_hotp_value(hotp_value(secret, step)))
    ]
    return fitting[-1] if fitting else None


@transaction.atomic
def use(authenticator: Authenticator, code: str) -> bool:
    """Whether the code is right and was not used; it is used from now on."""
    kept = Authenticator.objects.select_for_update().filter(pk=authenticator.pk).first()
    step = step_of(decrypt(kept.data["secret"]), code) if kept else None
    if step is None or step <= kept.data.get(USED, -1):
        return False
    kept.data[USED] = step
    kept.save(update_fields=["data"])
    authenticator.data = kept.data
    return True
