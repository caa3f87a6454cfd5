"""Characters that turn text around (U+202A to U+202E, U+2066 to U+2069): at every door refused or taken out, and told;
what was received stays as it was, and is shown with signs."""

import re

import pytest
from django import forms
from django.contrib import admin
from django.core import signing

from kb.admin.base import ReadOnly
from kb.admin.forms import Whole
from kb.importing.extraction import extract
from kb.importing.register import Register
from kb.models import Annotation, Article, Capture, Challenge, Claim, Source
from kb.models.rules import refuse_turning
from kb.services import notes
from kb.services.refusal import Refused
from kb.text.direction import TURNING
from kb.web import challenge as desk
from tests.admin.conftest import analyst, sign_in  # noqa: F401
from tests.admin.pages import fields_of, list_of, page_of
from tests.admin.test_tables import send as send_table
from tests.admin.test_tables import table
from tests.conftest import ROOT
from tests.factories import make_article, make_claim, make_published_check, make_user
from tests.importing.test_hostile import run

pytestmark = pytest.mark.django_db
REGISTER = Register.from_fixture(ROOT / "fixtures" / "register.json")
PAGE = """The har\u202ebour

By An\u2067na Berg\u2069

The harbour was full of ships in the morning, and the pilots said that they had never seen so many of them there.

More than forty captains waited for a berth\u202e, and the port authority asked for patience in a statement to Reuters.

Nobody knew how long it would take, said the har\u202abour master, who had worked there for thirty years and more.
"""


def test_a_page_of_text_gives_an_article_without_them_whose_places_lead_back():
    found = extract(PAGE, file="page.txt", register=REGISTER)
    clean = extract(PAGE.translate(dict.fromkeys(map(ord, TURNING))), file="page.txt", register=REGISTER)
    assert (found.headline, found.authors, found.body_text) == (clean.headline, clean.authors, clean.body_text)
    assert not set(TURNING) & set(found.body_text + (found.headline or "") + "".join(found.authors))
    [problem] = [one for one in found.problems if one.code == "direction-overrides"]
    assert "in line 1 U+202E (RLO) at character 8, in “The har⟨RLO⟩bour" in problem.message and problem.line == 1
    assert [one.code for one in found.problems if one is not problem] == [one.code for one in clean.problems]
    assert "".join(PAGE[span.start : span.end] for span in found.spans) == PAGE
    kept = [PAGE[span.start : span.end] for span in found.spans if span.kept]
    assert [words.translate(dict.fromkeys(map(ord, TURNING))) for words in kept] == clean.body_text.split("\n\n")
    assert "berth\u202e, and" in "".join(kept)
    for citation in found.citations:
        assert PAGE[citation.raw_start : citation.raw_end].replace("\u202e", "") == citation.as_printed


def test_the_capture_stays_as_received_and_shows_signs(analyst, tmp_path, run_import):  # noqa: F811
    run_import(tmp_path, PAGE)
    capture = Capture.objects.get()
    assert capture.text == PAGE
    article = Article.objects.get()
    assert not set(TURNING) & set(article.body)
    for address in (page_of(article, "receipt"), page_of(capture)):
        html = analyst.get(address).content.decode()
        assert "⟨RLO⟩" in html and not set(TURNING) & set(html), address


@pytest.fixture
def run_import():
    def run_import(folder, text):
        path = folder / "page.txt"
        path.write_text(text, encoding="utf-8")
        return run(str(path))

    return run_import


def claim_with(client, text: str) -> dict:
    return {**fields_of(client.get(list_of(Claim, "add"))), "text": text, "language": "en"}


@pytest.mark.parametrize("sign", TURNING)
def test_a_form_of_the_desk_refuses_each_and_says_where(analyst, sign):  # noqa: F811
    response = analyst.post(list_of(Claim, "add"), claim_with(analyst, f"Four sacks {sign}of five."))
    assert response.status_code == 200 and not Claim.objects.exists()
    said = response.content.decode()
    assert f"Four sacks ⟨{TURNING[sign]}⟩of five." in said and f"U+{ord(sign):04X}, the 12. character" in said


def test_marks_of_direction_and_joiners_are_taken(analyst):  # noqa: F811
    sent = claim_with(analyst, "می\u200cرود\u200f (Reuters\u200e)")
    assert analyst.post(list_of(Claim, "add"), sent).status_code == 302
    assert Claim.objects.get().text == sent["text"]


def test_a_row_of_a_table_is_refused_with_its_column(sign_in):  # noqa: F811
    preview = send_table(
        sign_in("administrator"), Source, table(["slug", "name", "kind"], ["courier", "The \u202eCourier", "outlet"])
    )
    assert "The ⟨RLO⟩Courier" in preview.content.decode() and not Source.objects.filter(slug="courier").exists()
    assert preview.context["result"].has_validation_errors()


def test_a_reader_is_told_and_nothing_is_lost(client):
    claim = make_published_check().claim
    page = client.get(f"/challenge/?claim={claim.pk}")
    opened = re.search(r'name="opened" value="([^"]+)"', page.content.decode())[1]
    stamp = signing.loads(opened, salt=desk.SALT)
    stamp["at"] -= 60
    sent = {"kind": "other", "why": "It \u202ecounts tons.", "opened": signing.dumps(stamp, salt=desk.SALT)}
    answer = client.post(f"/challenge/?claim={claim.pk}", sent)
    assert "It ⟨RLO⟩counts tons." in answer.content.decode() and not Challenge.objects.exists()


def test_a_note_is_refused_whoever_writes_it():
    with pytest.raises(Refused, match="U\\+2066"):
        notes.write(make_claim(), by=make_user(group="analyst"), body="a\u2066b")
    assert not Annotation.objects.exists()


def test_words_of_a_text_that_holds_one_can_be_marked(analyst):  # noqa: F811
    article = make_article(body="The pain\u202eful day was over and the ship had left.")
    sent = {"_new": "note", "exact": "pain\u202eful day"}
    assert analyst.post(page_of(article, "read"), sent).context["composer"].found.exact == "pain\u202eful day"


def test_every_text_field_of_the_desk_asks(rf):
    request = rf.get("/admin/")
    request.user = make_user(is_superuser=True)
    free = [
        (type(page).__name__, name)
        for page in admin.site._registry.values()
        if not isinstance(page, ReadOnly) and page.has_add_permission(request)
        for name, field in page.get_form(request).base_fields.items()
        if isinstance(field, forms.CharField)
        and not isinstance(field, forms.SlugField | forms.EmailField | Whole)
        and refuse_turning not in field.validators
    ]
    assert free == []
