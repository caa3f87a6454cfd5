"""A reader in Arabic meets Arabic: on every page of the demonstration, in its feeds, its forms and its errors."""

import re
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse
from django.utils.translation import override, trans_real
from lxml import html

from kb.models import Challenge, Citation, Claim
from kb.services import demonstration

from .crawl import crawl

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]

ASKED = ("articles/?genre=news&status=expired", "claims/?rating=true&type=opinion", "sources/?kind=newspaper", "articles/never/", "articles/?genre=x&before=x", "claims/?after=tomorrow&rating=x", "claims/?page=x", "timeline/?after=x", "nothing/")  # fmt: skip
LATIN, ARABIC = re.compile(r"[A-Za-z]{2,}"), re.compile(r"[\u0621-\u064a]{2,}")
ADDRESS = re.compile(r"https?://\S+")
# Words between these have a direction of their own in plain text.
ISOLATED = re.compile(r"[\u2066-\u2068][^\u2069]*\u2069")
# Django says this to programmers; readers get our page.
UNSEEN = {"No %s matches the given query."}
# What is written in Latin letters in Arabic too: formats, a kind of sum, and languages in their own words.
NAMES = {"Atom", "SHA", "BibTeX", "RIS", "CSL", "JSON", "Web", "Annotation", "oEmbed", "English"}
# Within these stand words of others, with a language and a direction of their own.
OWN = (
    "ancestor::*[self::html or self::bdi or self::svg or self::code or self::script or self::template or @lang or @dir]"
)


@dataclass
class Read:
    """What a reader got in each language, and the strings that were looked up in Arabic and not found."""

    arabic: dict[str, str] = field(default_factory=dict)
    english: dict[str, str] = field(default_factory=dict)
    missed: set[str] = field(default_factory=set)


def record(missed: set[str], monkeypatch) -> None:
    """From here on each look-up in Arabic tells what it did not find."""
    catalogue = trans_real.translation("ar")
    find, find_counted, known = catalogue.gettext, catalogue.ngettext, catalogue._catalog

    def gettext(message):
        if message not in known and (message, catalogue.plural(1)) not in known:
            missed.add(message)
        return find(message)

    def ngettext(one, many, number):
        if (one, catalogue.plural(number)) not in known:
            missed.add(one)
        return find_counted(one, many, number)

    monkeypatch.setattr(catalogue, "gettext", gettext)
    monkeypatch.setattr(catalogue, "ngettext", ngettext)


@pytest.fixture(scope="module")
def read(django_db_setup, django_db_blocker) -> Read:
    """The demonstration as readers meet it: every page a link leads to in Arabic, what goes wrong there, and one of each kind in English."""
    found, client = Read(), Client()
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as monkeypatch, transaction.atomic():
        demonstration.load("harbour lights")
        record(found.missed, monkeypatch)
        found.arabic = crawl(client, inside="/ar/", filters=0)
        with override("ar"):
            kinds = {resolve(address).url_name: address.removeprefix("/ar") for address in found.arabic}
            for one in Challenge.objects.all():
                found.arabic[one.get_absolute_url()] = text(client.get(one.get_absolute_url()))
            claim, citation = Claim.objects.visible_to().first(), Citation.objects.visible_to().first()
            for address in (f"?claim={claim.pk}", f"?citation={citation.pk}"):
                address = reverse("kb:challenge") + address
                said = {"kind": "x", "addresses": "here", "contact": "nobody", "why": "x" * 99_999}
                found.arabic[f"{address} filled in wrongly"] = text(client.post(address, said))
                found.arabic[f"{address} left empty"] = text(client.post(address))
        found.english = {address: text(client.get(address)) for address in kinds.values()}
        for address in ASKED:
            found.arabic[f"/ar/{address}"] = text(client.get(f"/ar/{address}"))
        transaction.set_rollback(True)
    return found


def text(response) -> str:
    return response.content.decode()


def pages(answers: dict[str, str]):
    for address, content in answers.items():
        if content.startswith("<!"):
            yield address, html.document_fromstring(content.encode(), html.HTMLParser(encoding="utf-8"))


def ours(page):
    """The words of a page that are the site's: outside of everything that says a language or a direction of its own."""
    for piece in page.xpath("//body//text()[normalize-space()]"):
        own = piece.getparent().xpath(OWN.replace("ancestor::", "ancestor-or-self::"))[-1]
        if own.tag == "html":
            yield ADDRESS.sub("", ISOLATED.sub("", piece.replace(settings.KB_SITE_NAME, "")))
    yield from page.xpath("//body//@aria-label | //body//@placeholder | //body//@title")


def test_no_string_is_looked_up_in_vain(read):
    assert len(read.arabic) > 100
    assert read.missed <= UNSEEN


def test_words_that_are_not_arabic_stand_apart(read):
    found = {}
    for address, page in pages(read.arabic):
        for words in ours(page):
            if strange := set(LATIN.findall(words)) - NAMES:
                found.setdefault(" ".join(words.split()), (address, strange))
    assert found == {}


def test_links_stay_in_arabic(read):
    for address, page in pages(read.arabic):
        assert (page.get("lang"), page.get("dir")) == ("ar", "rtl"), address
        # Links in an article's own text are its author's.
        for link in page.xpath("//*[not(ancestor::*[@class='text'])]/@href | //@action"):
            path = link.partition("?")[0].partition("#")[0]
            if path.startswith("/") and not path.startswith(("/ar/", "/static/")):
                assert resolve(path).namespace == "programs", (address, link)


def test_pages_without_a_prefix_stay_english(read):
    seen = list(pages(read.english))
    assert len(seen) > 12
    for address, page in seen:
        assert (page.get("lang"), page.get("dir")) == ("en", "ltr"), address
        assert [words for words in ours(page) if ARABIC.search(words)] == [], address
        assert not page.xpath("//a[starts-with(@href, '/ar/')][not(ancestor::*[@class='text'])]"), address
