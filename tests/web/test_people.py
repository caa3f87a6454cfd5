"""The page of a person: who may be seen, and what is said of them."""

import pytest

from kb.models import Person, Source
from tests.factories import (
    decided,
    make_appearance,
    make_article,
    make_citation,
    make_person,
    make_published_article,
    make_published_check,
    make_source,
    make_tag,
)

from .test_pages import text_of

pytestmark = pytest.mark.django_db


def seen() -> set[str]:
    return {person.name for person in Person.objects.visible_to()}


def test_readers_see_a_person_once_something_public_names_them():
    author, speaker, other_name, drafted, nobody = (make_person() for _ in range(5))
    public, draft = make_published_article(), make_article()
    public.hops.create(position=1, kind="wrote", person=author, **decided("confirmed"))
    public.hops.create(position=2, kind="wrote", person=nobody, **decided("suggested"))
    other_name.aliases.create(name="A. Harbour")
    make_citation(public, speaker=speaker.name)
    make_citation(public, speaker="A. Harbour")
    make_citation(public, speaker=nobody.name, state="suggested")
    make_citation(draft, speaker=drafted.name)
    draft.hops.create(position=1, kind="wrote", person=drafted, **decided("confirmed"))
    assert seen() == {author.name, speaker.name, other_name.name}


def test_the_page_tells_what_they_wrote_and_are_cited_for_and_for_whom_they_speak(client):
    person = make_person(name="Ada Harbour", slug="ada", source=Source.objects.get(slug="reuters"))
    person.aliases.create(name="A. Harbour")
    article = make_published_article(title="Grain leaves the port")
    article.hops.create(position=1, kind="wrote", person=person, **decided("confirmed"))
    check = make_published_check()
    citation = make_citation(article, speaker="A. Harbour")
    make_appearance(article, check.claim).citations.add(citation)
    article.tags.add(make_tag("ada harbour", kind="person"))
    page = text_of(client.get("/people/ada/"))
    assert "Also known as A. Harbour" in page
    assert "Writes or speaks for Reuters" in page
    assert "as an author of 1 article, as the speaker of 1 citation" in page
    assert f"✓ True {check.claim.text} Through Reuters in Grain leaves the port" in page
    assert "Articles about Ada Harbour" in page


def test_a_source_that_readers_do_not_see_is_not_named_on_the_page_of_its_people(client):
    person = make_person(source=make_source(name="The hidden courier"))
    make_citation(make_published_article(), speaker=person.name)
    assert "hidden courier" not in text_of(client.get(person.get_absolute_url()))


def test_an_article_leads_to_who_wrote_it(client):
    person, article = make_person(), make_published_article()
    article.hops.create(position=1, kind="wrote", person=person, **decided("confirmed"))
    assert f'href="{person.get_absolute_url()}"' in client.get(article.get_absolute_url()).content.decode()
