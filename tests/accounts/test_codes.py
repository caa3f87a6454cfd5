"""The second step: codes count once, wrong ones lock, and no secret can be read in the database."""

import pytest
from allauth.mfa.totp.internal import auth
from django.test import Client

from .conftest import authenticators, is_in, sign_in

pytestmark = pytest.mark.django_db


def second_step(client, code):
    return client.post("/accounts/2fa/authenticate/", {"code": code})


def test_a_password_alone_opens_nothing(client, ada):
    assert sign_in(client, "ada").url == "/accounts/2fa/authenticate/"
    assert not is_in(client)
    second_step(client, ada.code())
    assert is_in(client)


def test_a_code_counts_once_for_as_long_as_it_fits(ada, clock):
    code = ada.code(1)
    first, later = Client(), Client()
    sign_in(first, "ada")
    second_step(first, code)
    assert is_in(first)
    sign_in(later, "ada")
    for _half_minute in range(3):
        assert "Incorrect code" in second_step(later, code).content.decode()
        clock.step += 1
    # Nor does an older one that was never used.
    assert "Incorrect code" in second_step(later, ada.code(-3)).content.decode()
    second_step(later, ada.code())
    assert is_in(later)


@pytest.mark.parametrize("ahead, fits", [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_clocks_may_differ_by_half_a_minute(client, ada, ahead, fits):
    sign_in(client, "ada")
    second_step(client, ada.code(ahead))
    assert is_in(client) == fits


def test_ten_wrong_codes_lock_the_second_step(client, ada):
    sign_in(client, "ada")
    pages = [second_step(client, f"{number:06}").content.decode() for number in range(10)]
    assert all("Incorrect code" in page for page in pages)
    assert "Too many attempts" in second_step(client, ada.code()).content.decode()
    assert not is_in(client)
    # Beginning again helps nobody who guesses.
    other = Client(REMOTE_ADDR="198.51.100.1")
    sign_in(other, "ada")
    assert "Too many attempts" in second_step(other, ada.code()).content.decode()


@pytest.mark.parametrize("nonsense", ["", " ", "abc", "１２３４５６", "1" * 5000, "\x00", "-1"])
def test_nonsense_is_a_wrong_code(client, ada, nonsense):
    sign_in(client, "ada")
    assert second_step(client, nonsense).status_code == 200
    assert not is_in(client)


def test_a_recovery_code_lets_in_once(ada):
    for is_new in (True, False):
        client = Client()
        sign_in(client, "ada")
        second_step(client, ada.recovery[3])
        assert is_in(client) == is_new


def test_secrets_are_sealed_in_the_database(ada):
    kept = authenticators(ada)
    assert ada.secret not in kept
    assert not any(code in kept for code in ada.recovery)


def test_setting_it_up_asks_the_password_again_and_shows_the_recovery_codes_once(
    client, ben, clock, monkeypatch, committed
):
    monkeypatch.setattr(auth.time, "time", lambda: clock.step * 30 + 1)
    sign_in(client, "ben")
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.url.startswith("/accounts/reauthenticate/")
    answer = client.post(page.url, {"password": "wrong"})
    assert answer.status_code == 200
    assert client.post(page.url, {"password": "a good password"}).url == "/accounts/2fa/totp/activate/"
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    code = auth.format_hotp_value(auth.hotp_value(secret, clock.step))
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert answer.url == "/accounts/2fa/recovery-codes/"
    first, second = (client.get("/accounts/2fa/recovery-codes/").content.decode() for _time in range(2))
    assert first.count("<code>") == 10 and "<code>" not in second
    # The code that set it up is used.
    other = Client()
    sign_in(other, "ben")
    assert "Incorrect code" in second_step(other, code).content.decode()
