"""Signing in in a real browser: second factor, recovery code, lock, reset, invitation; nothing inline, nothing axe finds."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from django.core.cache import cache

from kb.accounts import codes
from kb.models import GroupPolicy
from tests.factories import make_user

from .signing_in import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "harbour lights at dusk"


@pytest.fixture(autouse=True)
def no_attempts(live_server):
    cache.clear()


@pytest.fixture
def complaints(page):
    heard = []
    page.on("console", lambda message: heard.append(message.text) if "Content Security" in message.text else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def code(secret: str, ahead: int) -> str:
    step = int(codes.time()) // 30
    return format_hotp_value(hotp_value(secret, step + ahead))


def sign_out(page):
    page.get_by_role("button", name=re.compile("Sign out")).click()
    page.wait_for_url("**/accounts/login/**")


def test_a_second_factor_is_set_up_on_demand_and_a_recovery_code_replaces_it(page, complaints):
    make_user("mirela", group="analyst")
    GroupPolicy.objects.create(group=Group.objects.get(name="analyst"), requires_second_factor=True)
    page.goto("/admin/kb/claim/")
    assert violations(page) == []
    sign_in(page, "mirela")
    # The demand leads here by way of the password, asked once more.
    page.wait_for_url("**/accounts/reauthenticate/**")
    assert violations(page) == []
    page.get_by_label("Password").fill("a good password")
    page.get_by_role("button", name="Confirm").click()
    page.get_by_role("img").wait_for()
    assert violations(page) == []
    assert page.locator("img").evaluate("image => image.naturalWidth") > 50
    secret = page.get_by_label("Key").input_value()
    page.get_by_label("Authenticator code").fill(code(secret, -1))
    page.get_by_role("button", name="Set it up").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert violations(page) == []
    recovery = page.locator("code").all_inner_texts()
    page.get_by_role("link", name="to the desk").click()
    page.wait_for_selector("#waiting-own, #waiting-all")

    page.goto("/accounts/")
    assert violations(page) == []
    sign_out(page)
    sign_in(page, "mirela")
    page.get_by_role("heading", name="Second step").wait_for()
    assert violations(page) == []
    page.get_by_label("Code").fill(recovery[0])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector("#waiting-own, #waiting-all")
    page.goto("/accounts/2fa/")
    page.get_by_text("9 codes are left").wait_for()
    sign_out(page)
    sign_in(page, "mirela")
    page.get_by_label("Code").fill(code(secret, 1))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector("#waiting-own, #waiting-all")
    assert complaints == []


def test_a_locked_account_is_opened_by_mail(page, complaints, mailoutbox, live_server):
    make_user("mirela", group="analyst", email="mirela@example.org")
    page.goto("/accounts/login/")
    for _try in range(10):
        sign_in(page, "mirela", "wrong")
        page.get_by_role("alert").wait_for()
    sign_in(page, "mirela")
    page.get_by_text("Too many attempts").wait_for()
    assert violations(page) == []
    page.get_by_role("link", name="Forgot your password?").click()
    assert violations(page) == []
    page.get_by_label("Email").fill("mirela@example.org")
    page.get_by_role("button", name="Send the link").click()
    page.get_by_role("heading", name="Look into your mail").wait_for()
    page.goto(re.search(r"http://\S+", mailoutbox[0].body)[0])
    page.get_by_label("New Password", exact=True).fill(NEW)
    page.get_by_label("New Password (again)").fill(NEW)
    assert violations(page) == []
    page.get_by_role("button", name="Set the password").click()
    page.get_by_role("link", name="Sign in").click()
    sign_in(page, "mirela", NEW)
    page.wait_for_selector("#waiting-own, #waiting-all")
    assert complaints == []


def test_an_invited_person_comes_in_by_the_link_the_desk_shows(page, complaints):
    make_user("boss", group="administrator")
    page.goto("/admin/auth/user/")
    sign_in(page, "boss")
    page.get_by_role("link", name="Invite…").click()
    page.get_by_label("User name").fill("carl")
    page.get_by_label("E-mail address").fill("carl@example.org")
    page.get_by_label("analyst").check()
    assert violations(page) == []
    page.get_by_role("button", name="Save", exact=True).click()
    link = page.locator(".messagelist code").inner_text()
    assert violations(page) == []
    page.context.clear_cookies()
    page.goto(link)
    assert violations(page) == []
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_label("New password confirmation").fill(NEW)
    page.get_by_role("button", name="Set the password").click()
    page.get_by_text("Welcome, carl").wait_for()
    sign_in(page, "carl", NEW)
    page.wait_for_selector("#waiting-own, #waiting-all")
    page.goto(link)
    page.get_by_text("does not work any more").wait_for()
    assert complaints == []
