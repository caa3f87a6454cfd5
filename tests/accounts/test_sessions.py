"""Sessions: new at each step up, dead as soon as what they rested on has changed."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from kb.models import Session
from tests.factories import make_user

from .conftest import PASSWORD, is_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def places(ben):
    """Two devices on which ben is signed in."""
    clients = [Client(), Client()]
    for client in clients:
        sign_in(client, "ben")
        assert is_in(client)
    return clients


def test_the_session_id_changes_at_signing_in(client, ben):
    client.get("/accounts/login/")
    client.session["planted"] = True
    planted = client.session.session_key
    sign_in(client, "ben")
    assert client.session.session_key != planted


def test_a_new_password_signs_out_elsewhere_and_renews_the_session_here(places):
    here, elsewhere = places
    before = here.session.session_key
    answer = here.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "harbour lights at dusk", "password2": "harbour lights at dusk"},
    )
    assert answer.status_code == 302
    assert is_in(here) and here.session.session_key != before
    assert not is_in(elsewhere)


@pytest.mark.parametrize(
    "change",
    [
        lambda ben: ben.groups.add(Group.objects.get(name="editor")),
        lambda ben: ben.groups.clear(),
        lambda ben: ben.groups.set([Group.objects.get(name="reader-of-drafts")]),
        lambda ben: Group.objects.get(name="editor").user_set.add(ben),
        lambda ben: Group.objects.get(name="analyst").permissions.clear(),
        lambda ben: Group.objects.get(name="analyst").permissions.remove(
            Group.objects.get(name="analyst").permissions.first()
        ),
        lambda ben: (
            type(ben)
            .objects.filter(pk=ben.pk)
            .first()
            .user_permissions.add(Group.objects.get(name="editor").permissions.first())
        ),
    ],
)
def test_who_gains_or_loses_a_right_signs_in_anew(places, ben, change):
    change(ben)
    assert not Session.objects.filter(person=ben).exists()
    assert not any(is_in(client) for client in places)
    sign_in(places[0], "ben")
    assert places[0].session.session_key


@pytest.mark.parametrize("name", ["is_active", "is_staff"])
def test_a_closed_account_is_out_at_the_next_request(places, ben, name):
    setattr(ben, name, False)
    ben.save()
    assert not any(is_in(client) for client in places)


def test_an_account_closed_past_the_forms_is_out_too(places, ben):
    type(ben).objects.filter(pk=ben.pk).update(is_active=False)
    assert not any(is_in(client) for client in places)


def test_what_changes_no_right_ends_no_session(places, ben):
    ben.first_name = "Benjamin"
    ben.save()
    ben.groups.add(Group.objects.get(name="analyst"))
    assert all(is_in(client) for client in places)


def test_a_session_knows_its_person_and_a_visitor_has_none(client, ben):
    client.get("/accounts/login/")
    assert not Session.objects.exists()
    sign_in(client, "ben")
    assert Session.objects.get().person == ben


def test_the_desk_loads_the_person_in_one_query(client, django_assert_num_queries):
    client.force_login(make_user(group="analyst"))
    client.get("/admin/password_change/")
    with django_assert_num_queries(2):
        # The session and the person, the second factor included.
        client.get("/admin/password_change/")
