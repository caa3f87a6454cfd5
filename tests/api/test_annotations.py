"""Notes for programs: what is given out to whom, in which form, and what is taken."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kb.models import Access, Annotation, Notice
from kb.services import articles, notes
from tests.factories import make_article, make_citation, make_claim, make_note, make_published_article, make_user, words
from tests.importing.web_annotation.documents import BAD, CONTEXT, annotation, quoting

pytestmark = pytest.mark.django_db
PROFILE = f'application/ld+json; profile="{CONTEXT}"'
SITE = "http://testserver"


@pytest.fixture
def ines(client):
    user = make_user("ines", group="analyst")
    client.force_login(user)
    return user


def send(client, document, **headers):
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return client.post("/annotations/", content, content_type=headers.pop("content_type", PROFILE), **headers)


def on(article, **changes) -> dict:
    target = {"source": f"{SITE}{article.get_absolute_url()}", **changes.pop("target", {})}
    return annotation(target=target, **changes)


class TestGivingOut:
    def test_an_annotation_says_the_words_and_where_they_stand(self, client):
        article = make_published_article()
        note = make_note(
            article=article, access="public", labels="grain", language="en", **words(article, "two more convoys")
        )
        response = client.get(f"/annotations/{note.uid}/")
        found = response.json()
        assert found["@context"] == CONTEXT and found["type"] == "Annotation"
        assert found["id"] == f"{SITE}/annotations/{note.uid}/"
        assert found["body"][0] == {
            "type": "TextualBody",
            "value": note.body,
            "format": "text/plain",
            "language": "en",
            "purpose": "commenting",
        }
        assert found["body"][1] == {"type": "TextualBody", "value": "grain", "purpose": "tagging"}
        quote, position = found["target"]["selector"]
        assert found["target"]["source"] == f"{SITE}{article.get_absolute_url()}"
        assert article.text[position["start"] : position["end"]] == quote["exact"] == "two more convoys"
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in article.text

    def test_headers_are_those_of_the_protocol(self, client):
        note = make_note(claim=make_claim(), access="public")
        make_published_article().appearances.create(claim=note.claim, state="confirmed", decided_at=note.created_at, start=0, end=5, exact="Grain", revision=1)  # fmt: skip
        for method in (client.get, client.head):
            response = method(f"/annotations/{note.uid}/")
            assert response.status_code == 200
            assert response.headers["Content-Type"] == PROFILE
            assert response.headers["Link"] == '<http://www.w3.org/ns/ldp#Resource>; rel="type"'
            assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
            assert response.headers["ETag"] and "Accept" in response.headers["Vary"]
        again = client.get(f"/annotations/{note.uid}/", headers={"if-none-match": response.headers["ETag"]})
        assert again.status_code == 304 and not again.content
        assert client.options(f"/annotations/{note.uid}/").headers["Allow"] == "GET, HEAD, OPTIONS"
        for method in (client.put, client.delete, client.patch, client.post):
            assert method(f"/annotations/{note.uid}/").status_code == 405

    @pytest.mark.parametrize(
        ("accept", "answer"),
        [
            ("", PROFILE),
            ("*/*", PROFILE),
            (PROFILE, PROFILE),
            ("application/ld+json", PROFILE),
            ("application/json", "application/json"),
            ("text/turtle, application/json;q=0.5", "application/json"),
            ("application/json;q=0.5, application/ld+json;q=0.4", "application/json"),
            ("text/html,application/xhtml+xml,*/*;q=0.8", 303),
            ("image/png", 406),
            ("text/turtle", 406),
        ],
    )
    def test_the_form_is_negotiated(self, client, accept, answer):
        article = make_published_article()
        note = make_note(article=article, access="public")
        for address in (f"/annotations/{note.uid}/", f"{article.get_absolute_url()}annotations/", "/annotations/"):
            response = client.get(address, headers={"accept": accept} if accept else {})
            assert "Accept" in response.headers["Vary"]
            if isinstance(answer, int):
                assert response.status_code == answer, address
            else:
                assert response.headers["Content-Type"] == answer
        assert client.get(f"/annotations/{note.uid}/", headers={"accept": "text/html"}).headers["Location"] == (
            f"{article.get_absolute_url()}#note-{note.uid}"
        )

    def test_a_signed_in_person_is_led_to_the_desk(self, client, ines):
        note = make_note(author=ines)
        response = client.get(f"/annotations/{note.uid}/", headers={"accept": "text/html"})
        assert response.headers["Location"] == f"/admin/kb/annotation/{note.pk}/change/"

    def test_a_thread_is_a_chain_of_annotations(self, client):
        note = make_note(article=make_published_article(), access="public")
        reply = make_note(article=note.article, reply_to=note, access="public", motivation="replying")
        assert client.get(f"/annotations/{reply.uid}/").json()["target"] == f"{SITE}/annotations/{note.uid}/"
        Annotation.objects.filter(pk=note.pk).update(access="team")
        found = client.get(f"/annotations/{reply.uid}/")
        assert str(note.uid) not in found.content.decode()
        assert found.json()["target"] == f"{SITE}{note.article.get_absolute_url()}"

    def test_a_note_on_a_citation_says_the_words_of_the_citation(self, client):
        citation = make_citation(make_published_article())
        note = make_note(citation=citation, access="public")
        quote, position = client.get(f"/annotations/{note.uid}/").json()["target"]["selector"]
        assert (quote["exact"], position["start"]) == (citation.exact, citation.start)

    def test_of_an_excerpt_no_more_is_told_than_its_page_shows(self, client, ines):
        hidden = "Secret words of the harbour."
        article = make_published_article(
            display="excerpt", body="\n\n".join([*(f"Word {n} of the first part." for n in range(12)), hidden, "End."])
        )
        note = make_note(article=article, access="public", **words(article, hidden))
        at_the_start = make_note(article=article, access="public", **words(article, "Word 0"))
        reader = Client()
        address = f"/annotations/{note.uid}/"
        assert hidden not in reader.get(article.get_absolute_url()).content.decode()
        for answer in (reader.get(address), reader.get(f"{article.get_absolute_url()}annotations/")):
            assert hidden not in answer.content.decode()
        assert reader.get(address).json()["target"]["selector"] == [
            {"type": "TextPositionSelector", "start": note.start, "end": note.end}
        ]
        shown = reader.get(f"/annotations/{at_the_start.uid}/").json()["target"]["selector"][0]
        assert shown["exact"] == "Word 0" and shown["suffix"]
        assert hidden in client.get(address).content.decode()

    def test_words_that_are_gone_keep_their_quotation_and_no_position(self, client):
        article = make_published_article()
        note = make_note(article=article, access="public", **words(article, "two more convoys"))
        Annotation.objects.filter(pk=note.pk).update(revision=0)
        [quote] = client.get(f"/annotations/{note.uid}/").json()["target"]["selector"]
        assert quote["exact"] == "two more convoys"


class TestCollections:
    def test_a_collection_holds_its_first_page_and_pages_follow(self, client, monkeypatch):
        monkeypatch.setattr("kb.exporting.web_annotation.PER_PAGE", 2)
        article = make_published_article()
        made = [make_note(article=article, access="public", body=f"Note {number}.") for number in range(5)]
        make_note(article=article, access="team")
        make_note(access="public")
        home = f"{article.get_absolute_url()}annotations/"
        response = client.get(home)
        found = response.json()
        assert (found["type"], found["total"], found["id"]) == ("AnnotationCollection", 5, SITE + home)
        assert found["first"]["type"] == "AnnotationPage" and "Notes on" in found["label"]
        assert "ldp#BasicContainer" in response.headers["Link"] and "ldp#constrainedBy" in response.headers["Link"]
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS" and response.headers["ETag"]
        items, page = [], found["first"]
        while page:
            assert page["partOf"]["id"] == SITE + home and page["startIndex"] == len(items)
            items += page["items"]
            page = client.get(page["next"]).json() if "next" in page else None
        assert [item["body"]["value"] for item in items] == [note.body for note in made]
        assert client.get(found["last"]).json()["prev"] == f"{SITE}{home}?page=1"
        for nonsense in ("3", "-1", "x", "", "9" * 20, "1.0", "²"):
            assert client.get(f"{home}?page={nonsense}").status_code == 404, nonsense

    def test_addresses_alone_or_nothing_at_all_when_one_prefers_it(self, client):
        article = make_published_article()
        note = make_note(article=article, access="public")
        home = f"{article.get_absolute_url()}annotations/"
        iris = client.get(
            home, headers={"prefer": 'return=representation;include="http://www.w3.org/ns/oa#PreferContainedIRIs"'}
        )
        assert iris.json()["first"]["items"] == [f"{SITE}/annotations/{note.uid}/"]
        assert iris.headers["Content-Location"] == f"{SITE}{home}?iris=1" and "Prefer" in iris.headers["Vary"]
        assert client.get(f"{home}?iris=1").json() == iris.json()
        minimal = client.get(
            home, headers={"prefer": 'return=representation;include="http://www.w3.org/ns/ldp#PreferMinimalContainer"'}
        )
        assert minimal.json()["first"] == f"{SITE}{home}?page=0"

    def test_an_article_without_notes_has_an_empty_collection(self, client):
        found = client.get(f"{make_published_article().get_absolute_url()}annotations/")
        assert found.json()["total"] == 0 and "first" not in found.json()

    def test_it_sets_no_cookie_and_is_gone_with_its_article(self, client):
        article = make_published_article()
        home = f"{article.get_absolute_url()}annotations/"
        assert not client.get(home).cookies and "public" in client.get(home).headers["Cache-Control"]
        articles.withdraw(article, by=make_user(group="editor"), reason="Invented.")
        assert client.get(home).status_code == 410
        assert client.get(f"{make_article().get_absolute_url()}annotations/").status_code == 404
        assert client.get("/articles/none/annotations/").status_code == 404

    def test_the_number_of_queries_does_not_grow(self, client, ines):
        article = make_published_article(display="excerpt")

        def queries(address) -> int:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            return len(captured)

        def add(count):
            for _ in range(count):
                note = make_note(article=article, access="public", author=make_user())
                make_note(article=article, access="public", reply_to=note, author=make_user())
                make_note(citation=make_citation(article), access="team")
                make_note(claim=make_claim())

        add(2)
        client.get("/annotations/")
        addresses = (f"{article.get_absolute_url()}annotations/", "/annotations/")
        few = [queries(address) for address in addresses]
        add(6)
        assert [queries(address) for address in addresses] == few


class TestPrivacy:
    def test_a_private_note_is_its_authors_alone(self, client, ines):
        note = make_note(article=make_published_article(), author=ines, access="private", body="zz mine")
        assert "zz mine" in client.get(f"/annotations/{note.uid}/").content.decode()
        assert "zz mine" in client.get("/annotations/").content.decode()
        for person in (None, make_user(group="editor"), make_user(group="administrator", is_superuser=True)):
            other = Client()
            if person:
                other.force_login(person)
            missing = other.get("/annotations/00000000-0000-4000-8000-000000000000/")
            hidden = other.get(f"/annotations/{note.uid}/")
            assert (hidden.status_code, hidden.content) == (404, missing.content)
            listed = other.get("/annotations/")
            assert listed.json()["total"] == 0 and "zz mine" not in listed.content.decode()

    def test_a_team_note_is_the_desks_and_a_public_one_on_a_draft_too(self, client):
        reader = Client()
        client.force_login(make_user(group="reader-of-drafts"))
        for note in (make_note(article=make_published_article()), make_note(article=make_article(), access="public")):
            assert reader.get(f"/annotations/{note.uid}/").status_code == 404
            assert client.get(f"/annotations/{note.uid}/").status_code == 200

    def test_what_one_sees_signed_in_is_kept_by_no_cache(self, client, ines):
        note = make_note(author=ines)
        assert "no-store" in client.get(f"/annotations/{note.uid}/").headers["Cache-Control"]


class TestTaking:
    def test_a_note_is_attached_to_its_words_and_answered_with_its_address(self, client, ines):
        article = make_article()
        response = send(client, on(article, target={"selector": quoting("two more convoys")["selector"]}, id=None))
        note = Annotation.objects.get()
        assert response.status_code == 201
        assert response.headers["Location"] == f"{SITE}/annotations/{note.uid}/" == response.json()["id"]
        assert (note.article, note.exact, note.author, note.access) == (article, "two more convoys", ines, "team")
        assert note.body == "Which convoys?" and "kb:unattached" not in response.json()
        assert note.history.get().history_user == ines
        assert client.get(response.headers["Location"]).status_code == 200

    def test_an_article_is_known_by_where_it_came_from(self, client, ines):
        article = make_article(address="https://elsewhere.example/page")
        assert send(client, annotation()).status_code == 201
        assert Annotation.objects.get().article == article

    def test_claims_and_sources_take_notes_too(self, client, ines):
        claim = make_claim()
        assert send(client, annotation(target=f"{SITE}{claim.get_absolute_url()}")).status_code == 201
        assert Annotation.objects.get().claim == claim

    def test_an_answer_joins_the_thread_and_its_author_hears_of_it(self, client, ines):
        asked = make_note(author=make_user("olof", group="editor"))
        response = send(client, annotation(motivation="replying", target=f"{SITE}/annotations/{asked.uid}/"))
        assert response.status_code == 201
        reply = Annotation.objects.get(reply_to=asked)
        assert reply.article == asked.article and Notice.objects.get().user == asked.author

    def test_nobody_answers_what_they_may_not_read(self, client, ines):
        hidden = make_note(access="private")
        response = send(client, annotation(target=f"{SITE}/annotations/{hidden.uid}/"))
        assert response.status_code == 422 and Annotation.objects.count() == 1

    def test_where_it_came_from_stays_with_it(self, client, ines):
        article = make_article(address="https://elsewhere.example/page")
        sent = annotation(canonical="urn:uuid:1", via="https://third.example/1", rights="https://x.example/licence")
        found = send(client, sent).json()
        assert found["via"] == [sent["id"], sent["via"]]
        assert found["canonical"] == sent["canonical"] and found["rights"] == sent["rights"]
        again = send(client, sent)
        assert again.status_code == 200 and again.json()["id"] == found["id"]
        assert article.annotations.count() == 1

    def test_what_has_no_name_is_new_each_time(self, client, ines):
        article = make_article()
        for _ in range(2):
            assert send(client, on(article, id=None)).status_code == 201
        assert article.annotations.count() == 2

    def test_words_that_are_not_there_are_said_and_kept(self, client, ines):
        response = send(client, on(make_article(), target={"selector": quoting("three more convoys")["selector"]}))
        assert response.status_code == 201
        assert response.json()["kb:unattached"].startswith("The text does not hold the words it quotes")
        assert response.json()["@context"] == [CONTEXT, {"kb": "http://testserver/method/#"}]
        note = Annotation.objects.get()
        assert (note.exact, note.revision) == ("three more convoys", 0)

    # Of an empty body the test's client does not say what it is.
    @pytest.mark.parametrize("name", [name for name in BAD if name != "nothing"])
    def test_a_bad_one_is_refused_with_what_is_wrong(self, client, ines, name):
        make_article(address="https://elsewhere.example/page")
        content, words = BAD[name]
        response = send(client, content)
        assert 400 <= response.status_code < 500, response.content
        assert response.headers["Content-Type"].startswith("application/problem+json")
        assert words in f"{response.json().get('at', '')}: {response.json()['detail']}"
        assert not Annotation.objects.exists()

    def test_what_is_too_large_is_told_so(self, client, ines):
        assert send(client, b" " * (1024 * 1024 + 1)).status_code == 413
        assert send(client, on(make_article(), body={"type": "TextualBody", "value": "x" * 70_000})).status_code == 413

    def test_an_unknown_target_is_told_so(self, client, ines):
        for target in (
            "https://nowhere.example/",
            f"{SITE}/articles/none/",
            f"{SITE}/no/such/page",
            "urn:isbn:1",
        ):
            response = send(client, annotation(target=target))
            assert response.status_code == 422 and "Nothing here has the address" in response.json()["detail"]

    def test_one_annotation_at_a_time(self, client, ines):
        assert send(client, [annotation(), annotation(id="https://x.example/2")]).status_code == 400

    def test_other_media_are_told_so(self, client, ines):
        for media in ("text/plain", "application/x-www-form-urlencoded", "text/turtle"):
            assert send(client, annotation(), content_type=media).status_code == 415

    def test_who_is_not_signed_in_or_may_not_write_is_told_so(self, client):
        assert send(client, annotation()).status_code == 401
        client.force_login(make_user(group="reader-of-drafts"))
        response = send(client, annotation())
        assert response.status_code == 403 and "may not" in response.json()["detail"]

    def test_a_forged_one_is_refused(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_user("ines", group="analyst"))
        article = make_article()
        assert send(client, on(article)).status_code == 403
        token = client.get("/annotations/").cookies["csrftoken"].value
        assert send(client, on(article), headers={"x-csrftoken": token}).status_code == 201

    def test_access_is_whom_it_says_it_is_for(self, client, ines):
        article = make_article()
        for access in Access.values:
            audience = {"type": "schema:Audience", "schema:audienceType": access}
            document = on(article, id=None, audience=audience)
            assert send(client, document).json()["audience"] == audience
        assert set(article.annotations.values_list("access", flat=True)) == set(Access.values)

    def test_a_changed_note_goes_out_as_it_is_now(self, client, ines):
        article = make_article(address="https://elsewhere.example/page")
        sent = annotation(stylesheet="https://x.example/style", motivation=["describing", "assessing"])
        found = send(client, sent).json()
        assert found["body"] == sent["body"] and found["motivation"] == sent["motivation"]
        note = article.annotations.get()
        note.body, note.labels = "Two convoys.", "answered"
        notes.save_note(note, by=ines)
        changed = client.get(found["id"]).json()
        assert [body["value"] for body in changed["body"]] == ["Two convoys.", "answered"]
        assert changed["stylesheet"] == sent["stylesheet"] and changed["target"] == sent["target"]
        assert changed["modified"]
