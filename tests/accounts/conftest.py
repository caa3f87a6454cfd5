"""People with a second factor, and a clock that stands still."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.db import transaction
from django.test import Client

from kb.accounts import codes
from tests.factories import make_user

STEP = 60_000_000
PASSWORD = "a good password"


@pytest.fixture
def clock(monkeypatch):
    """The moment the server thinks it is; `clock.step` counts half minutes."""

    class Clock:
        step = STEP

    monkeypatch.setattr(codes, "time", lambda: Clock.step * 30 + 1)
    yield Clock
    Clock.step = STEP


@pytest.fixture
def ada(db, clock):
    """An analyst with an authenticator app; `ada.code()` is what it shows, `ada.recovery` are her other codes."""
    person = make_user("ada", group="analyst", email="ada@example.org")
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    person.recovery = RecoveryCodes.activate(person).get_unused_codes()
    person.code = lambda ahead=0: format_hotp_value(hotp_value(secret, clock.step + ahead))
    person.secret = secret
    return person


@pytest.fixture
def ben(db):
    """An analyst with a password alone."""
    return make_user("ben", group="analyst", email="ben@example.org")


@pytest.fixture
def committed(monkeypatch):
    """What waits for the commit happens at once: here it never comes."""
    monkeypatch.setattr(transaction, "on_commit", lambda act, **options: act())


def sign_in(client: Client, name: str, password: str = PASSWORD, **more):
    headers = more.pop("headers", None)
    return client.post("/accounts/login/", {"login": name, "password": password, **more}, headers=headers)


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def authenticators(person) -> str:
    return " ".join(str(one.data) for one in Authenticator.objects.filter(user=person))
