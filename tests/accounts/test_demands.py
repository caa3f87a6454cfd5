"""What a group may demand, and what no administrator can do by mistake."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.test import Client

from kb.models import GroupPolicy, policy
from kb.services import accounts
from kb.services.refusal import Refused
from tests.admin.pages import fields_of, messages_of, page_of, save, sure
from tests.factories import make_user

from .conftest import is_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict():
    """The group of analysts, which demands a second factor."""
    group = Group.objects.get(name="analyst")
    return GroupPolicy.objects.create(group=group, requires_second_factor=True)


@pytest.mark.parametrize("address", ["/admin/", "/admin/kb/claim/", "/admin/kb/claim/add/", "/annotations/"])
def test_who_owes_a_second_factor_is_led_to_set_it_up_and_reaches_nothing(client, ben, strict, address):
    sign_in(client, "ben")
    for answer in (client.get(address), client.post(address, {"text": "x"})):
        assert answer.url.startswith("/accounts/2fa/totp/activate/?next=")


def test_the_desk_opens_once_it_is_set_up_and_it_cannot_be_removed_then(client, ada, strict):
    sign_in(client, "ada")
    client.post("/accounts/2fa/authenticate/", {"code": ada.code()})
    assert is_in(client)
    client.post("/accounts/reauthenticate/?next=/accounts/2fa/totp/deactivate/", {"password": "a good password"})
    page = client.get("/accounts/2fa/totp/deactivate/").content.decode()
    assert "requires the second factor" in page
    client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=ada, type="totp").exists()


def test_nobody_owes_anything_until_a_group_demands_it(client, ben):
    sign_in(client, "ben")
    assert is_in(client)
    GroupPolicy.objects.create(group=Group.objects.get(name="analyst"), requires_second_factor=True)
    assert not is_in(client)
    GroupPolicy.objects.update(requires_second_factor=False)
    assert is_in(client)


def test_recovery_codes_alone_are_no_second_factor(ben, strict):
    Authenticator.objects.create(user=ben, type="recovery_codes", data={})
    assert policy.owes_second_factor(ben)
    assert not policy.owes_second_factor(None)


def test_an_administrator_sets_the_demand_on_the_page_of_the_group(client, ben):
    client.force_login(make_user(group="administrator"))
    group = Group.objects.get(name="analyst")
    fields = fields_of(client.get(page_of(group)))
    client.post(page_of(group), {**fields, "policy-0-requires_second_factor": "on"})
    assert policy.owes_second_factor(User.objects.get(pk=ben.pk))
    assert group.policy.history.count() == 1


def test_a_lost_telephone_is_helped_by_an_administrator(client, ada):
    client.force_login(make_user(group="administrator"))
    assert 'value="remove_second_factor"' in client.get(page_of(ada)).content.decode()
    hers = Client()
    hers.force_login(ada)
    save(client, ada, button="_act", value="remove_second_factor")
    assert not Authenticator.objects.filter(user=ada).exists()
    assert not is_in(hers)
    sign_in(hers, "ada")
    assert is_in(hers)


def test_nobody_but_a_superuser_weakens_a_superusers_account(ada):
    ada.is_superuser = True
    ada.save()
    for act in (accounts.remove_second_factor, accounts.sign_out):
        with pytest.raises(Refused, match="Only a superuser"):
            act(ada, by=make_user(group="administrator"))


@pytest.fixture
def last(client):
    person = make_user("last", group="administrator")
    client.force_login(person)
    return person


@pytest.mark.parametrize("changes", [{"is_active": []}, {"is_staff": []}, {"groups": []}])
def test_the_last_administrator_cannot_give_it_up(client, last, changes):
    response = client.post(page_of(last), {**fields_of(client.get(page_of(last))), **changes}, follow=True)
    assert "Nobody would be left" in response.content.decode()
    assert "success" not in response.content.decode()
    assert accounts.administrators().get() == last
    assert is_in(client)


@pytest.mark.parametrize("changes", [{"is_active": []}, {"is_staff": []}, {"groups": []}])
def test_the_last_but_one_can(client, last, changes):
    other = make_user("other", group="administrator")
    client.post(page_of(other), {**fields_of(client.get(page_of(other))), **changes})
    assert accounts.administrators().get() == last


def test_the_group_of_administrators_keeps_its_rights_and_stays(client, last):
    group = Group.objects.get(name="administrator")
    fields = fields_of(client.get(page_of(group)))
    response = client.post(page_of(group), {**fields, "permissions": []}, follow=True)
    assert "Nobody would be left" in response.content.decode()
    response = client.post(page_of(group, "delete"), sure(group), follow=True)
    assert "Nobody would be left" in messages_of(response)
    assert accounts.administrators().get() == last


def test_accounts_are_not_deleted_in_bulk(client, last):
    other = make_user()
    client.post("/admin/auth/user/", {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"})
    assert User.objects.filter(pk=other.pk).exists()
