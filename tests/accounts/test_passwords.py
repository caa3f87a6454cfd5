"""A forgotten password: the same answer to everybody, a link that works once, and a way in past a lock."""

import re

import pytest
from django.test import Client, override_settings

from kb.models import Invitation
from tests.factories import make_invitation

from .conftest import is_in, sign_in
from .test_limits import guess, without_tokens

pytestmark = pytest.mark.django_db
ASK = "/accounts/password/reset/"
NEW = "harbour lights at dusk"


def link_in(mail) -> str:
    return re.search(r"https?://[^/]+(/accounts/\S+)", mail.body)[1]


def choose(client, link, password=NEW):
    """Follow the link and set the password, as a browser does."""
    page = client.get(link, follow=True)
    address = page.redirect_chain[-1][0] if page.redirect_chain else link
    return client.post(address, {"password1": password, "password2": password}, follow=True)


def test_a_known_and_an_unknown_address_are_answered_and_written_to_alike(client, ben, mailoutbox):
    pages = {without_tokens(Client().post(ASK, {"email": to}, follow=True).content.decode()) for to in ("ben@example.org", "nobody@example.org")}  # fmt: skip
    assert len(pages) == 1
    assert [mail.to for mail in mailoutbox] == [["ben@example.org"], ["nobody@example.org"]]
    assert "/accounts/password/reset/key/" in mailoutbox[0].body and "key" not in mailoutbox[1].body
    assert "signup" not in mailoutbox[1].body


def test_the_link_sets_a_password_once_and_signs_nobody_in(client, ben, mailoutbox):
    elsewhere = Client()
    sign_in(elsewhere, "ben")
    client.post(ASK, {"email": "ben@example.org"})
    link = link_in(mailoutbox[0])
    assert "The password is set" in choose(client, link).content.decode()
    assert not is_in(client) and not is_in(elsewhere)
    assert "does not work any more" in choose(Client(), link).content.decode()
    sign_in(client, "ben", NEW)
    assert is_in(client)


def test_a_second_factor_is_asked_after_a_reset_too(client, ada, mailoutbox):
    client.post(ASK, {"email": "ada@example.org"})
    choose(client, link_in(mailoutbox[0]))
    assert sign_in(client, "ada", NEW).url == "/accounts/2fa/authenticate/"


def test_whoever_reads_the_mail_comes_in_past_a_lock(client, ben, mailoutbox):
    guess(10, "ben")
    client.post(ASK, {"email": "ben@example.org"})
    choose(client, link_in(mailoutbox[0]))
    sign_in(client, "ben", NEW)
    assert is_in(client)


def test_mails_to_one_address_are_few(client, ben, mailoutbox):
    answers = [client.post(ASK, {"email": "ben@example.org"}).status_code for _time in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert len(mailoutbox) == 3


def test_a_bad_password_is_refused_with_its_reason(client, ben, mailoutbox):
    client.post(ASK, {"email": "ben@example.org"})
    assert "too common" in choose(client, link_in(mailoutbox[0]), "password").content.decode()


@pytest.mark.parametrize("link", ["key/1-set-password/", "key/zzz-aaa-bbb/", "key/1-c-d/", f"key/1-{'x' * 3000}/"])
def test_a_made_up_link_is_told_that_it_does_not_work(client, db, link):
    assert "does not work any more" in client.get(f"{ASK}{link}").content.decode()


@override_settings(MAILERS={})
def test_without_mail_the_page_says_whom_to_ask(client, ben):
    for answer in (client.get(ASK), client.post(ASK, {"email": "ben@example.org"})):
        assert "Ask an administrator" in answer.content.decode()


@override_settings(MAILERS={"default": {"BACKEND": "tests.accounts.mail.Away"}})
def test_a_mail_server_that_is_away_changes_no_answer_and_logs_no_secret(client, ben, caplog):
    assert client.post(ASK, {"email": "ben@example.org"}).status_code == 302
    assert "ConnectionRefusedError" in caplog.text
    assert "ben" not in caplog.text and "key" not in caplog.text.replace("password_reset_key", "")


def test_an_invited_person_gets_no_reset_that_would_outlive_the_invitation(client, mailoutbox):
    invitation = make_invitation(email="new@example.org")
    client.post(ASK, {"email": "new@example.org"})
    assert "/password/reset/key/" not in mailoutbox[0].body
    assert Invitation.objects.open().get() == invitation
