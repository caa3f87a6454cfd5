"""Invitations: a link that works once, by which a person who was asked in chooses a password."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.test import Client, override_settings
from django.utils import timezone

from kb.models import Invitation
from kb.services import invitations
from kb.services.refusal import Refused
from tests.admin.pages import fields_of, list_of, messages_of, page_of
from tests.factories import make_invitation, make_user

from .conftest import is_in, sign_in

pytestmark = pytest.mark.django_db
NEW = "harbour lights at dusk"


@pytest.fixture
def boss(client):
    person = make_user("boss", group="administrator")
    client.force_login(person)
    return person


def fill(client, **changes):
    groups = [str(Group.objects.get(name="analyst").pk)]
    sent = {"username": "carl", "email": "carl@example.org", "groups": groups, **changes}
    return client.post(list_of(Invitation, "add"), sent, follow=True)


def press(client, invitation, act):
    """Open the page and press the button."""
    fields = fields_of(client.get(page_of(invitation)))
    return client.post(page_of(invitation), {**fields, "_act": act}, follow=True)


def accept(client, key, password=NEW):
    return client.post(f"/accounts/invitation/{key}/", {"new_password1": password, "new_password2": password})


def test_the_desk_shows_the_link_once_and_the_guest_comes_in_by_it(client, boss, client_of_guest, committed):
    response = fill(client)
    link = re.search(r"/accounts/invitation/([\w-]+)/", messages_of(response))[0]
    assert link not in client.get(list_of(Invitation)).content.decode()
    page = client_of_guest.get(link).content.decode()
    assert "carl" in page
    key = link.split("/")[-2]
    assert accept(client_of_guest, key).url == "/accounts/login/"
    sign_in(client_of_guest, "carl", NEW)
    assert is_in(client_of_guest)
    carl = User.objects.get(username="carl")
    assert [group.name for group in carl.groups.all()] == ["analyst"]
    assert carl.invitation.state == "accepted" and carl.invitation.invited_by == boss
    # Once.
    assert accept(client_of_guest, key, "another good one").status_code == 410
    assert carl.check_password(NEW) is User.objects.get(username="carl").check_password(NEW)
    assert LogEntry.objects.filter(user=boss, object_id=str(carl.invitation.pk)).exists()
    assert {version.history_user for version in carl.invitation.history.all()} == {boss, carl}


@pytest.fixture
def client_of_guest():
    return Client()


@override_settings(KB_SENDS_MAIL=True)
def test_with_mail_the_link_is_sent_and_shown_to_nobody(client, boss, mailoutbox, committed):
    response = fill(client)
    assert mailoutbox[0].to == ["carl@example.org"] and "carl" in mailoutbox[0].body
    assert "/accounts/invitation/" in mailoutbox[0].body
    assert "/accounts/invitation/" not in response.content.decode()


@override_settings(KB_SENDS_MAIL=True, MAILERS={"default": {"BACKEND": "tests.accounts.mail.Away"}})
def test_when_the_mail_server_is_away_the_link_is_handed_over(client, boss, committed):
    response = fill(client)
    assert "could not be sent" in messages_of(response) and "/accounts/invitation/" in messages_of(response)
    assert Invitation.objects.open().exists()


def test_a_new_link_kills_the_old_one_and_revoking_kills_it_all(client):
    invitation = make_invitation()
    boss = invitation.invited_by
    second = invitations.renew(invitation, by=boss)
    assert accept(client, invitation.key).status_code == 410
    assert client.get(f"/accounts/invitation/{second}/").status_code == 200
    invitations.revoke(invitation, by=boss)
    assert accept(client, second).status_code == 410
    assert not User.objects.get(pk=invitation.person.pk).is_active
    third = invitations.renew(Invitation.objects.get(pk=invitation.pk), by=boss)
    assert accept(client, third).status_code == 302
    for act in (invitations.renew, invitations.revoke):
        with pytest.raises(Refused, match="accepted already"):
            act(invitation, by=boss)


def test_an_old_link_is_dead(client):
    invitation = make_invitation()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert accept(client, invitation.key).status_code == 410
    assert Invitation.objects.get().state == "expired"


def test_the_key_is_kept_nowhere(client):
    invitation = make_invitation()
    rows = [*Invitation.objects.values_list(), *Invitation.history.values_list(), *User.objects.values_list()]
    assert invitation.key not in str(rows)


@pytest.mark.parametrize(
    "changes, reason",
    [
        ({"username": "BOSS"}, "user name already"),
        ({"email": "Boss@Example.org"}, "e-mail address already"),
        ({"username": "two words"}, "Enter a valid username"),
        ({"email": "nobody"}, "valid email"),
        ({"groups": []}, "required"),
        ({"groups": ["987654"]}, "valid choice"),
        ({"username": "x" * 151}, "at most 150"),
        ({"username": "a\x00b"}, "Null characters"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason_and_nothing_is_made(client, boss, changes, reason):
    boss.email = "boss@example.org"
    boss.save()
    assert reason in fill(client, **changes).content.decode()
    assert not Invitation.objects.exists() and User.objects.count() == 1


def test_nobody_gives_more_than_they_hold():
    group = Group.objects.create(name="reception")
    group.permissions.set(Group.objects.get(name="administrator").permissions.filter(codename__endswith="invitation"))
    clerk = make_user()
    clerk.groups.add(group)
    with pytest.raises(Refused, match="more than you"):
        invitations.invite("eve", email="eve@example.org", groups=[Group.objects.get(name="editor")], by=clerk)
    assert invitations.invite("eve", email="eve@example.org", groups=[group], by=clerk)


def test_the_acts_stand_on_the_page_and_say_what_they_did(client, boss, committed):
    invitation = make_invitation()
    page = client.get(page_of(invitation)).content.decode()
    assert invitation.person.email in page and 'value="renew"' in page and 'value="revoke"' in page
    response = press(client, invitation, "renew")
    assert "/accounts/invitation/" in messages_of(response)
    response = press(client, invitation, "revoke")
    assert "out of use" in messages_of(response)
    assert "revoked" in client.get(list_of(Invitation), {"state": "revoked"}).content.decode()


def test_a_password_that_is_no_good_is_refused_and_the_link_stays(client):
    invitation = make_invitation()
    for bad in ("", "password", "12345678", invitation.person.username):
        assert accept(client, invitation.key, bad).status_code == 200
    assert accept(client, invitation.key).status_code == 302


def test_the_list_costs_the_same_for_many(client, boss, django_assert_max_num_queries):
    for _one in range(12):
        make_invitation(by=boss)
    with django_assert_max_num_queries(7):
        client.get(list_of(Invitation))
