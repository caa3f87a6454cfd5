"""A page in each language of the site, and the address that says which."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.factories import make_published_article

pytestmark = pytest.mark.django_db


def test_an_address_without_a_language_is_english_whatever_the_browser_wants(client):
    answer = client.get("/claims/", headers={"accept-language": "ar"}, HTTP_COOKIE="django_language=ar")
    assert '<html lang="en" dir="ltr">' in answer.content.decode()
    assert not answer.has_header("Vary") or "Accept-Language" not in answer["Vary"]


def test_the_prefix_makes_a_page_and_every_link_on_it_arabic(client):
    article = make_published_article()
    page = client.get(f"/ar/articles/{article.slug}/").content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert 'href="/ar/claims/"' in page
    assert 'href="/claims/"' not in page
    assert client.cookies == {}


def test_each_page_names_itself_in_the_other_languages(client):
    article = make_published_article()
    for address in (f"/articles/{article.slug}/", f"/ar/articles/{article.slug}/"):
        page = client.get(address).content.decode()
        for code, there in (("en", f"/articles/{article.slug}/"), ("ar", f"/ar/articles/{article.slug}/")):
            assert f'<link rel="alternate" hreflang="{code}" href="http://testserver{there}">' in page


def test_what_the_reader_chose_goes_along_to_the_other_language(client):
    page = client.get("/articles/?genre=news").content.decode()
    assert 'href="http://testserver/ar/articles/?genre=news"' in page


@pytest.mark.parametrize("path", ["/ar/admin/", "/ar/accounts/login/", "/ar/annotations/", "/ar/robots.txt", "/ar/sitemap.xml", "/ar/livez", "/en/articles/", "/fr/articles/"])  # fmt: skip
def test_what_has_no_language_has_one_address(client, path):
    assert client.get(path).status_code == 404


def test_an_error_page_speaks_the_language_of_its_address(client):
    assert '<html lang="ar" dir="rtl">' in client.get("/ar/articles/never-written/").content.decode()


def test_the_address_of_a_note_is_the_same_in_each_language():
    article = make_published_article()
    with override("ar"):
        assert reverse("programs:article-annotations", args=[article.slug]) == f"/articles/{article.slug}/annotations/"


def test_a_forged_challenge_is_refused_in_each_language():
    assert Client(enforce_csrf_checks=True).post("/ar/challenge/", {}).status_code == 403
