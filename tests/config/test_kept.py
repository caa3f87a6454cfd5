"""What was typed outlives the session it was typed in: the page that says so sends it again, for its person alone."""

import html

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from config import kept
from kb.models import Article, Claim, GroupPolicy
from tests.accounts.conftest import PASSWORD, sign_in
from tests.admin.pages import fields_of, kept_in, list_of, page_of
from tests.factories import make_article, make_claim, make_user

pytestmark = pytest.mark.django_db
OURS, THEIRS = {"Origin": "http://testserver"}, {"Origin": "https://evil.example"}


class Browser(Client):
    """A client as strict as the site: tokens have to fit, and posts name their origin."""

    def __init__(self):
        super().__init__(enforce_csrf_checks=True)

    def sign_in(self, name: str):
        self.sign_out()
        token = self.get("/accounts/login/").context["csrf_token"]
        response = self.post("/accounts/login/", {"login": name, "password": PASSWORD, "csrfmiddlewaretoken": token})
        assert response.status_code == 302
        return self

    def sign_out(self):
        self.cookies.pop("sessionid", None)

    def post(self, address, data=None, headers=OURS, **more):
        return super().post(address, data or {}, headers=headers, **more)


def says(response, words: str) -> bool:
    assert response.status_code == 403
    return words in html.unescape(response.content.decode())


@pytest.fixture
def ada():
    make_user("ada", group="analyst")
    return Browser().sign_in("ada")


def typed(client, row, **changes) -> dict:
    return {**fields_of(client.get(page_of(row))), **changes, "_continue": "1"}


ROUGH = '  “Grain” & <b>ships</b>\r\n\r\n\tshipped: "300,000" t \u200f\u0645\u06cc\U0001f33e'


def test_words_outlive_a_session_that_is_gone_and_are_saved_after_signing_in(ada):
    article = make_article()
    form = typed(ada, article, body=ROUGH, title="Mine")
    ada.sign_out()
    response = ada.post(page_of(article), form)
    assert says(response, "you are signed out") and "no-store" in response.headers["Cache-Control"]
    address, fields = kept_in(response)
    assert address == page_of(article) and fields["body"] == [ROUGH]
    # Sent before signing in, it asks the same again.
    assert says(ada.post(address, fields), "you are signed out")
    ada.sign_in("ada")
    # The token is of before: one more press, with the new one.
    response = ada.post(address, fields)
    assert says(response, "you signed in anew")
    assert ada.post(*kept_in(response)).status_code == 302
    article.refresh_from_db()
    assert (article.title, article.body) == ("Mine", ROUGH.replace("\r\n", "\n"))
    assert article.history.first().history_user.username == "ada"


def test_a_form_of_another_tab_from_before_signing_in_anew_is_sent_again(ada):
    claim = make_claim()
    form = typed(ada, claim, text="Ships swam.")
    ada.sign_in("ada")
    response = ada.post(page_of(claim), form)
    assert says(response, "you signed in anew")
    assert ada.post(*kept_in(response)).status_code == 302
    # The press of a second too many saves nothing twice.
    assert ada.post(*kept_in(response)).status_code == 302
    claim.refresh_from_db()
    assert (claim.text, claim.history.count()) == ("Ships swam.", 2)


def test_a_new_password_elsewhere_loses_no_words(ada):
    claim = make_claim()
    form = typed(ada, claim, text="Ships swam.")
    person = User.objects.get(username="ada")
    person.set_password(PASSWORD)
    person.save()
    response = ada.post(page_of(claim), form)
    assert says(response, "you are signed out")
    ada.sign_in("ada")
    response = ada.post(*kept_in(response))
    assert ada.post(*kept_in(response)).status_code == 302
    assert Claim.objects.get().text == "Ships swam."


def test_rows_beside_their_parent_and_a_conflict_meanwhile_are_kept_too(ada):
    article = make_article(title="As it was")
    form = typed(
        ada, article, title="Mine", **{"hops-TOTAL_FORMS": "1", "hops-0-kind": "wrote", "hops-0-printed_name": "Ada"}
    )
    ada.sign_out()
    response = ada.post(page_of(article), form)
    Article.objects.get().save()
    other = Article.objects.get()
    other.title = "Theirs"
    other.save()
    ada.sign_in("ada")
    response = ada.post(*kept_in(response))
    conflict = ada.post(*kept_in(response))
    assert conflict.status_code == 409
    again = fields_of(conflict) | {"choice-title": "mine", "_continue": "1"}
    assert ada.post(page_of(article), again).status_code == 302
    assert Article.objects.get().title == "Mine" and article.hops.get().printed_name == "Ada"


def test_nobody_sends_the_words_of_another_person(ada):
    make_user("ben", group="analyst")
    claim = make_claim()
    form = typed(ada, claim, text="Ada's words.")
    ada.sign_out()
    response = ada.post(page_of(claim), form)
    ada.sign_in("ben")
    for sent in (form, kept_in(response)[1]):
        refused = ada.post(page_of(claim), sent)
        assert says(refused, "opened by somebody else")
        assert "Ada's words." not in html.unescape(refused.content.decode())
    assert Claim.objects.get().text == claim.text


@pytest.mark.parametrize("headers", [THEIRS, {"Origin": "null"}, {}], ids=["other site", "null", "none"])
def test_another_site_puts_no_words_into_anybodys_mouth(ada, headers):
    claim = make_claim()
    form = typed(ada, claim, text="Forged.")
    forged = {name: value for name, value in form.items() if name != "csrfmiddlewaretoken"}
    for leave in (ada.sign_out, None):
        response = ada.post(page_of(claim), forged, headers=headers)
        assert says(response, "too old") and "Forged." not in response.content.decode()
        if leave:
            leave()


@pytest.mark.parametrize("whose", ["", "1", "1:x", "x" * 5000, "\x00"])
def test_a_form_that_does_not_say_whose_it_is_leads_to_the_door_as_ever(ada, whose):
    claim = make_claim()
    form = typed(ada, claim, text="Ships swam.") | {"_whose": whose}
    ada.sign_out()
    response = ada.post(page_of(claim), form)
    assert response.status_code == 302 and response.url.startswith("/admin/login/")


def test_a_sign_of_a_page_that_was_left_gives_nobody_a_cookie(ada):
    address = page_of(make_claim(), "presence")
    ada.sign_out()
    ada.cookies.clear()
    response = ada.post(address, {"leave": "yes"})
    assert response.status_code == 403 and not response.cookies


def test_a_form_with_nothing_in_it_leads_to_the_door_as_ever(ada):
    form = fields_of(ada.get(list_of(Claim, "add")))
    ada.sign_out()
    empty = {name: form[name] for name in ("csrfmiddlewaretoken", "_whose")}
    assert ada.post(reverse("admin:logout"), empty).status_code == 302


def test_passwords_are_never_shown_again_and_too_much_is_left_to_the_browser(ada, monkeypatch):
    claim = make_claim()
    form = typed(ada, claim)
    ada.sign_in("ada")
    for more in ({"password1": "harbour lights"}, {"definition": "x" * 3000}):
        monkeypatch.setattr(kept, "MOST", 3000)
        response = ada.post(page_of(claim), form | more)
        assert says(response, "Go back in your browser") and next(iter(more.values())) not in response.content.decode()


def test_files_are_named_since_they_cannot_be_kept(ada, tmp_path):
    page = list_of(Article).replace("article", "importrun") + "upload/"
    sent = tmp_path / "grain <b>.txt"
    sent.write_text("Grain.")
    form = fields_of(ada.get(page))
    assert form["_whose"]
    ada.sign_out()
    with sent.open("rb") as file:
        response = ada.post(page, form | {"files": file})
    assert says(response, "choose them again") and "<b>.txt" not in response.content.decode()


def test_the_address_of_what_is_sent_again_is_the_one_it_was_sent_to(ada):
    form = fields_of(ada.get(list_of(Claim, "add"))) | {"text": "Ships swam."}
    ada.sign_out()
    response = ada.post(f"{list_of(Claim, 'add')}?next=https://evil.example/&_popup=1", form)
    assert kept_in(response)[0] == f"{list_of(Claim, 'add')}?next=https://evil.example/&_popup=1"


def test_who_owes_a_second_factor_keeps_their_words_until_it_is_set_up(ada):
    claim = make_claim()
    form = typed(ada, claim, text="Ships swam.")
    policy = GroupPolicy.objects.create(group=Group.objects.get(name="analyst"), requires_second_factor=True)
    response = ada.post(page_of(claim), form)
    assert says(response, "second factor comes first") and Claim.objects.get().text == claim.text
    policy.delete()
    assert ada.post(*kept_in(response)).status_code == 302
    assert Claim.objects.get().text == "Ships swam."


def test_every_form_of_the_desk_says_whose_it_is_and_no_page_for_readers_does(ada):
    article = make_article()
    for address in (page_of(article), list_of(Article), list_of(Claim, "add"), page_of(article, "delete")):
        page = ada.get(address).content.decode()
        assert page.count('name="_whose"') == page.count('name="csrfmiddlewaretoken"') > 0
    assert "_whose" not in ada.get("/challenge/").content.decode()


def test_signing_in_with_a_form_of_before_is_explained(ada):
    assert says(sign_in(ada, "ada", headers=OURS), "too old")
