"""Two stacks of middleware: the desk has sessions and forgery protection, readers pass them by."""

import pytest
from django.test import Client

from tests.factories import make_published_article, make_user

pytestmark = pytest.mark.django_db


def test_a_post_to_the_desk_without_a_token_is_refused():
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(group="analyst"))
    assert client.post("/admin/kb/claim/add/", {"text": "Forged."}).status_code == 403


@pytest.mark.parametrize(
    "address", ["login/", "password/reset/", "invitation/a-key/", "password/change/", "2fa/totp/activate/"]
)
def test_a_post_to_an_account_without_a_token_is_refused(address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(group="analyst"))
    assert client.post(f"/accounts/{address}", {"login": "ben", "password": "x"}).status_code == 403


def test_a_readers_page_sets_no_cookie_and_varies_by_no_cookie(client):
    response = client.get(make_published_article().get_absolute_url())
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/no/such/page/"])
def test_the_policy_allows_nothing_inline_anywhere(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_what_a_signed_in_person_sees_is_stored_by_no_cache(client):
    client.force_login(make_user(group="analyst"))
    response = client.get("/admin/")
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
