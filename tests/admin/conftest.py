"""Who sits at the desk."""

import pytest
from django.test import Client

from tests.factories import make_user


@pytest.fixture
def sign_in(db):
    """A client of a new person of this group; `client.user` is the person."""

    def sign_in(group: str, username: str = "") -> Client:
        client = Client()
        client.user = make_user(username, group=group)
        client.force_login(client.user)
        return client

    return sign_in


@pytest.fixture
def analyst(sign_in):
    return sign_in("analyst")


@pytest.fixture
def editor(sign_in):
    return sign_in("editor")
