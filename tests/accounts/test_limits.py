"""Guessing: an account closes after ten wrong passwords whatever is claimed, and its owner still comes in."""

import pytest
from django.db import connection
from django.test import Client

from tests.factories import make_user

from .conftest import PASSWORD, is_in, sign_in

pytestmark = pytest.mark.django_db
TOO_MANY = "Too many attempts"


def guess(times: int, name: str = "ada", **more) -> list[str]:
    """The pages that so many wrong passwords bring, each from another address."""
    pages = []
    for number in range(times):
        client = Client(REMOTE_ADDR=f"198.51.100.{number}")
        pages.append(sign_in(client, name, f"wrong {number}", **more).content.decode())
    return pages


def test_the_eleventh_guess_is_not_asked_and_neither_is_the_right_password(client, ada):
    pages = guess(12)
    assert [TOO_MANY in page for page in pages] == [False] * 10 + [True] * 2
    assert TOO_MANY in sign_in(client, "ada").content.decode()
    assert not is_in(client)


def test_no_name_of_the_host_begins_the_count_anew(client, ben):
    for port in range(10):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{port}"), "ben", "wrong", headers={"host": f"localhost:{8000 + port}"})
    assert TOO_MANY in sign_in(client, "ben").content.decode()


def test_capitals_are_no_other_account(client, ben):
    for number in range(10):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{number}"), "BEN" if number % 2 else "ben", "wrong")
    assert TOO_MANY in sign_in(client, "Ben").content.decode()


def test_another_account_is_open_meanwhile(client, ada, ben):
    guess(12)
    sign_in(client, "ben")
    assert is_in(client)


def test_one_password_tried_at_many_accounts_is_slowed_by_the_address(client, db):
    for number in range(30):
        make_user(f"person{number}")
    pages = [sign_in(client, f"person{number}", "wrong") for number in range(12)]
    assert [TOO_MANY in page.content.decode() for page in pages] == [False] * 10 + [True] * 2


def test_a_forged_address_is_no_other_address(client, db, settings):
    for trusted in (0, 1):
        settings.KB_TRUSTED_PROXIES = trusted
        for number in range(11):
            forged = f"203.0.113.{number}, 198.51.100.{trusted}" if trusted else f"203.0.113.{number}"
            page = sign_in(client, f"nobody{trusted}{number}", "wrong", headers={"x-forwarded-for": forged})
        assert TOO_MANY in page.content.decode()


def test_whoever_owns_a_locked_account_comes_in_with_password_and_code(client, ada):
    guess(10)
    page = sign_in(client, "ada").content.decode()
    assert 'name="code"' in page
    assert 'name="code"' not in client.get("/accounts/login/").content.decode()
    # Neither alone is enough, and what was wrong is not told.
    wrong = [sign_in(client, "ada", "wrong", code=ada.code()), sign_in(client, "ada", code="000000")]
    assert all(TOO_MANY in page.content.decode() for page in wrong)
    assert not is_in(client)
    # The code of the try before is used up.
    sign_in(client, "ada", code=ada.code())
    assert not is_in(client)
    response = sign_in(client, "ada", code=ada.code(1))
    assert response.url == "/admin/"
    assert is_in(client)


def test_guessing_codes_at_a_locked_account_ends_too_and_stops_nobody_elsewhere(client, ada):
    guess(10)
    stranger = Client(REMOTE_ADDR="198.51.100.99")
    for number in range(10):
        sign_in(stranger, "ada", code=f"{number:06}")
    sign_in(stranger, "ada", code=ada.code())
    assert not is_in(stranger)
    sign_in(client, "ada", code=ada.code())
    assert is_in(client)


def test_a_locked_name_that_nobody_has_looks_the_same(client, ada):
    guess(10)
    guess(10, "nobody")
    answers = [sign_in(client, name, code="123456") for name in ("ada", "nobody")]
    pages = [
        answer.content.decode().replace(name, "X") for name, answer in zip(("ada", "nobody"), answers, strict=True)
    ]
    assert without_tokens(pages[0]) == without_tokens(pages[1])


def test_wrong_password_unknown_name_and_closed_account_answer_alike(client, ben):
    closed = make_user("carl", group="analyst", is_active=False)
    asked = (("ben", "wrong"), ("nobody", "wrong"), (closed.username, "wrong"), (closed.username, PASSWORD))
    pages = set()
    for name, password in asked:
        answer = sign_in(Client(), name, password)
        assert answer.status_code == 200
        pages.add(without_tokens(answer.content.decode().replace(f'value="{name}"', "")))
    assert len(pages) == 1


def test_the_table_of_attempts_names_nobody(client, ben):
    sign_in(client, "ben", "wrong")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM kb_cache")
        kept = str(cursor.fetchall())
    assert "ben" not in kept and "127.0.0.1" not in kept and len(kept) > 20


def without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
