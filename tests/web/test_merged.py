"""The address of what was merged into something else leads on for good, as long as readers may see that."""

import pytest

from kb.models import Tag
from kb.services import merging
from tests.factories import (
    make_article,
    make_citation,
    make_claim,
    make_person,
    make_published_article,
    make_published_check,
    make_source,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


def public_source():
    return make_citation(make_published_article()).source


def public_tag():
    tag = make_tag()
    make_published_article().tags.add(tag)
    return tag


def public_person():
    person = make_person()
    make_citation(make_published_article(), speaker=person.name)
    return person


def public_claim():
    claim = make_published_check().claim
    claim.refresh_from_db()
    return claim


@pytest.fixture
def editor():
    return make_user(group="editor")


@pytest.mark.parametrize(
    ("public", "make"),
    [
        (public_source, make_source),
        (public_tag, make_tag),
        (public_claim, make_claim),
        (public_person, make_person),
    ],
)
def test_it_leads_on_and_answers_itself_again_once_that_is_undone(client, editor, public, make):
    kept, given_up = make(), public()
    address = given_up.get_absolute_url()
    assert client.get(address).status_code == 200
    done = merging.merge(kept, given_up, by=editor)
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (301, kept.get_absolute_url())
    assert "must-revalidate" in response["Cache-Control"]
    assert not response.cookies
    assert client.get(response["Location"]).status_code == 200
    merging.undo(done, by=editor)
    assert client.get(address).status_code == 200
    assert client.get(kept.get_absolute_url()).status_code == 404


def test_it_leads_nowhere_that_readers_may_not_see(client, editor):
    kept, given_up = make_tag(), make_tag()
    make_article().tags.add(given_up)
    merging.merge(kept, given_up, by=editor)
    assert client.get(given_up.get_absolute_url()).status_code == 404


def test_a_chain_is_one_step(client, editor):
    first, second, third = public_tag(), public_tag(), public_tag()
    merging.merge(second, first, by=editor)
    merging.merge(third, Tag.objects.get(pk=second.pk), by=editor)
    for tag in (first, second):
        assert client.get(tag.get_absolute_url())["Location"] == third.get_absolute_url()


def test_a_topic_says_what_else_it_is_called(client, editor):
    kept, given_up = public_tag(), make_tag("Corn & <wheat>")
    merging.merge(kept, given_up, by=editor)
    assert "Corn &amp; &lt;wheat&gt;" in client.get(kept.get_absolute_url()).content.decode()


def test_an_address_that_nobody_ever_had_is_not_found(client):
    for address in ("/claims/999999999999999999999/", "/sources/nobody/", "/topics/nothing/", "/people/nobody/"):
        assert client.get(address).status_code == 404
