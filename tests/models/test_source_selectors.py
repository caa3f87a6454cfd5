import pytest
from django.core.exceptions import ValidationError

from kb.models import Source
from tests.factories import make_source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "selectors",
    [{}, {"body": "article .text > p"}, {"title": "h1", "remove": ".ad, aside"}, {"published": "time[datetime]"}],
)
def test_selectors_are_css_for_known_fields(selectors):
    source = make_source()
    source.selectors = selectors
    source.full_clean()


@pytest.mark.parametrize(
    ("selectors", "words"),
    [
        ({"body": "article["}, "is no CSS selector"),
        ({"body": ""}, "is no CSS selector"),
        ({"body": ["p"]}, "is no CSS selector"),
        ({"text": "p"}, "is no field of a page"),
        (["p"], "Write one object"),
        ("p", "Write one object"),
    ],
)
def test_what_is_no_selector_is_refused_with_words(selectors, words):
    source = make_source()
    source.selectors = selectors
    with pytest.raises(ValidationError) as refused:
        source.full_clean()
    assert words in refused.value.message_dict["selectors"][0]


def test_an_editor_gives_a_source_its_selectors_in_the_admin(admin_client):
    source = make_source()
    address = f"/admin/kb/source/{source.pk}/change/"
    form = admin_client.get(address).context["adminform"].form
    values = {name: "" if value is None else value for name, value in form.initial.items() if name in form.fields}
    inline = {"names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}
    refused = admin_client.post(address, values | inline | {"selectors": '{"body": "p["}'})
    assert "is no CSS selector" in refused.content.decode()
    admin_client.post(address, values | inline | {"selectors": '{"body": "article p"}'})
    assert Source.objects.get(pk=source.pk).selectors == {"body": "article p"}
