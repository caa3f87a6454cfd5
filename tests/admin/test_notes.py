"""Notes: somebody else's private note does not exist, anywhere."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from kb.models import Access, Annotation, Article
from tests.factories import make_article, make_note, make_user

from .pages import chosen, fields_of, list_of, page_of, save, sure

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]

SECRET = "The harbour master drinks."


@pytest.fixture
def private(sign_in):
    return make_note(body=SECRET, access=Access.PRIVATE, author=make_user("owner", group="analyst"))


@pytest.mark.parametrize("group", ["reader-of-drafts", "analyst", "editor", "administrator"])
def test_somebody_elses_private_note_is_nowhere(sign_in, private, group):
    client = sign_in(group)
    version = reverse("admin:kb_annotation_simple_history", args=[private.pk, private.history.get().pk])
    unknown = client.get(reverse("admin:kb_annotation_change", args=[10_000]))
    for address in (page_of(private), page_of(private, "history"), page_of(private, "delete"), version):
        for response in (client.get(address), client.post(address, {"post": "yes", "_act": "resolve"})):
            assert response.status_code in ((404, 405) if address == version else (404,)), address
            assert SECRET not in response.content.decode()
    assert unknown.status_code == 404
    pages = [list_of(Annotation), f"{list_of(Annotation)}?q=harbour", page_of(private.article), reverse("admin:index")]
    pages += [page_of(private.article, "history"), page_of(private.article, "delete")]
    for address in pages:
        assert SECRET not in client.get(address).content.decode()
    assert Annotation.objects.filter(pk=private.pk).exists()


def test_a_superuser_reads_no_private_note_either(client, private):
    boss = make_user("boss", group="administrator", is_superuser=True)
    client.force_login(boss)
    assert client.get(page_of(private)).status_code == 404
    assert SECRET not in client.get(list_of(Annotation)).content.decode()


def test_autocomplete_and_replies_do_not_tell_of_private_notes(analyst, private):
    address = reverse("admin:autocomplete")
    asked = {"app_label": "kb", "model_name": "annotation", "field_name": "reply_to"}
    assert analyst.get(address, asked).json()["results"] == []
    form = fields_of(analyst.get(list_of(Annotation, "add")))
    sent = {**form, "body": "Aha", "article": private.article.pk, "reply_to": private.pk}
    response = analyst.post(list_of(Annotation, "add"), sent)
    assert response.status_code == 200 and SECRET not in response.content.decode()
    assert Annotation.objects.count() == 1


@pytest.mark.parametrize("query", ["annotations__isnull=False", "annotations__body__startswith=The", "annotations=1"])
def test_no_filter_asks_for_notes(analyst, private, query):
    assert analyst.get(f"{list_of(Article)}?{query}").status_code == 400


def test_a_public_note_does_not_tell_what_it_said_in_private(analyst, private):
    private.access, private.body = Access.PUBLIC, "The harbour master was not at work."
    private.save()
    page = analyst.get(page_of(private, "history")).content.decode()
    assert "1 version" in page and SECRET not in page
    first = private.history.earliest()
    assert analyst.get(reverse("admin:kb_annotation_simple_history", args=[private.pk, first.pk])).status_code == 404


def test_a_note_that_became_private_takes_its_history_along(analyst):
    note = make_note(body=SECRET)
    note.access = Access.PRIVATE
    note.save()
    assert analyst.get(page_of(note, "history")).status_code == 404


def test_the_log_keeps_no_words_of_notes(analyst):
    article = make_article()
    form = fields_of(analyst.get(list_of(Annotation, "add")))
    analyst.post(list_of(Annotation, "add"), {**form, "body": SECRET, "access": "private", "article": article.pk})
    note = Annotation.objects.get()
    assert note.author == analyst.user
    analyst.post(page_of(note, "delete"), sure(note))
    assert not LogEntry.objects.exists() and not Annotation.objects.exists()


def test_a_note_written_beside_the_article_keeps_its_words_out_of_the_log(analyst, editor):
    article = make_article()
    added = {
        "annotations-TOTAL_FORMS": "1",
        "annotations-0-body": SECRET,
        "annotations-0-access": "private",
        "annotations-0-motivation": "commenting",
        "annotations-0-exact": "Nobody says for how long",
    }
    assert save(analyst, article, **added).status_code == 302
    note = article.annotations.get()
    assert note.author == analyst.user and article.text[note.start : note.end] == note.exact
    assert SECRET not in str(list(LogEntry.objects.values()))
    assert SECRET in analyst.get(page_of(article)).content.decode()
    assert SECRET not in editor.get(page_of(article)).content.decode()


def test_only_the_author_edits_a_note(analyst, editor):
    note = make_note(author=analyst.user, body="Ask again.")
    assert save(analyst, note, body="Asked.").status_code == 302
    assert editor.get(page_of(note)).status_code == 200
    assert save(editor, note, body="Mine now.").status_code == 403
    assert editor.get(page_of(note, "delete")).status_code == 403
    note.refresh_from_db()
    assert note.body == "Asked."


def test_a_colleague_resolves_a_note_and_opens_it_again(analyst, editor):
    note = make_note(author=analyst.user)
    editor.post(page_of(note), {"_act": "resolve", "version": note.version})
    note.refresh_from_db()
    assert note.resolved_by == editor.user
    editor.post(list_of(Annotation), {"action": "open_again", **chosen(note), "index": "0"})
    note.refresh_from_db()
    assert not note.is_resolved


def test_a_reader_of_drafts_resolves_nothing(sign_in):
    note = make_note()
    client = sign_in("reader-of-drafts")
    assert client.post(page_of(note), {"_act": "resolve"}).status_code == 403


def test_a_note_is_about_exactly_one_thing(analyst):
    form = fields_of(analyst.get(list_of(Annotation, "add")))
    response = analyst.post(list_of(Annotation, "add"), {**form, "body": "About nothing."})
    assert "A note is about exactly one thing" in response.content.decode()


def test_deleting_an_article_draft_does_not_tell_of_private_notes(analyst, private):
    page = analyst.get(page_of(private.article, "delete")).content.decode()
    assert "nnotation" not in page.split('id="content"')[1]


def test_deleting_an_account_does_not_tell_of_its_private_notes(sign_in, private):
    client = sign_in("administrator")
    owner = private.author
    for response in (
        client.get(page_of(owner, "delete")),
        client.post(page_of(owner, "delete"), sure(owner)),
    ):
        page = response.content.decode()
        assert SECRET not in page and "is named in what stays on record" in page
    assert Annotation.objects.filter(pk=private.pk).exists()


def test_a_reply_does_not_tell_what_a_note_says_that_became_private(analyst, editor):
    asked = make_note(body=SECRET, author=editor.user)
    reply = make_note(body="I did.", author=analyst.user, reply_to=asked, article=asked.article, motivation="replying")
    reply.reply_to = None
    reply.save()
    reply.reply_to = asked
    reply.save()
    asked.access = Access.PRIVATE
    asked.save()
    version = reverse("admin:kb_annotation_simple_history", args=[reply.pk, reply.history.first().pk])
    for address in (page_of(reply), page_of(reply, "history"), version, page_of(reply, "delete")):
        response = analyst.get(address)
        assert response.status_code == 200 and SECRET not in response.content.decode()
