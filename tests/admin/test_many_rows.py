"""Ten thousand rows in one act: each wholly or not at all, as many as fit into a request, told in few words."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kb.admin import bulk
from kb.models import Annotation, Appearance, Article, Citation, Claim, Source
from tests.factories import make_appearance, make_article, make_citation, make_note

from .pages import chosen, list_of, messages_of

pytestmark = pytest.mark.django_db
THOUSANDS = 10_000
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')


def suggested(count: int) -> Article:
    article, source = make_article(), Source.objects.get(slug="reuters")
    Citation.objects.bulk_create(
        Citation(article=article, position=n, as_printed=f"(#{n})", resolution="resolved", source=source)
        for n in range(1, count + 1)
    )
    return article


def all_of(client, model, action, **sent):
    """Choose everything on the list, over all its pages."""
    form = client.get(list_of(model)).context["action_form"]
    moment = form.fields["listed_at"].initial or form["listed_at"].value()
    row = model.objects.first()
    sent = {"listed_at": moment, "action": action, "select_across": "1", "index": "0", **sent}
    return client.post(list_of(model), {**sent, "_selected_action": [row.pk]})


def to_the_end(client, model, response, most=200):
    """Press “Go on” until the act is over; answers the pages in between, and the last answer."""
    pages = []
    while response.status_code == 200 and "going-on" in response.content.decode():
        pages.append(response.content.decode())
        assert len(pages) < most
        response = client.post(list_of(model), dict(HIDDEN.findall(pages[-1])))
    return pages, client.get(list_of(model)) if response.status_code == 302 else response


def test_ten_thousand_citations_are_confirmed_and_each_keeps_its_version(analyst):
    article = suggested(THOUSANDS)
    before = article.version
    pages, last = to_the_end(analyst, Citation, all_of(analyst, Citation, "confirm"))
    assert Citation.objects.confirmed().filter(decided_by=analyst.user).count() == THOUSANDS
    versions = Citation.history.filter(history_user=analyst.user)
    assert versions.count() == versions.values("id").distinct().count() == THOUSANDS
    assert f"{THOUSANDS} confirmed." in messages_of(last)
    article.refresh_from_db()
    assert article.version > before
    # A form with a field for each row would be refused.
    assert all(page.count("<input") < 30 for page in pages)


def test_the_page_between_tells_how_far_it_has_come_and_goes_on(analyst, monkeypatch):
    monkeypatch.setattr(bulk, "SECONDS", -1)
    monkeypatch.setattr(bulk, "BATCH", 10)
    suggested(35)
    response = all_of(analyst, Citation, "confirm")
    assert not Citation.objects.confirmed().exists()
    assert "0 of 35" in response.content.decode() and 'role="status"' in response.content.decode()
    moments = iter(range(10_000))
    # Time for one batch in each request.
    monkeypatch.setattr(bulk.time, "monotonic", lambda: next(moments))
    monkeypatch.setattr(bulk, "SECONDS", 1.5)
    pages, last = to_the_end(analyst, Citation, response)
    assert [re.search(r"(\d+) of 35", page)[1] for page in pages] == ["0", "10", "20", "30"]
    assert "35 confirmed." in messages_of(last)


def test_what_cannot_be_done_is_named_with_links_and_the_rest_is_done(analyst):
    article = make_article(body="word " * 400)
    source = Source.objects.get(slug="reuters")
    long = ("word " * 150).strip()
    rows = [{"start": n * 5, "end": n * 5 + len(long), "exact": long, "revision": 1} for n in range(30)]
    Appearance.objects.bulk_create(Appearance(article=article, **row) for row in rows)
    good = make_citation(article, state="suggested", source=source)
    short = Appearance.objects.create(article=article, start=0, end=4, exact="word", revision=1)
    _pages, last = to_the_end(analyst, Appearance, all_of(analyst, Appearance, "confirm"))
    said = messages_of(last)
    short.refresh_from_db()
    assert short.state == "confirmed" and "1 confirmed." in said
    assert said.count("too long for a claim") == 10 and "20 more were left as they are." in said
    assert said.count("/admin/kb/appearance/") == 10
    assert Appearance.objects.confirmed().count() == 1 and good.state == "suggested"
    assert Appearance.history.count() == 2


def test_a_thousand_claims_are_deleted_together_or_not_at_all(analyst):
    Claim.objects.bulk_create(Claim(text=f"Ships sank {n} times.") for n in range(1000))
    question = all_of(analyst, Claim, "delete_selected")
    html = question.content.decode()
    assert "Claims: 1000" in html and "… and 980 more claims" in html and html.count("<input") < 40
    sent = dict(HIDDEN.findall(html))
    kept = Claim.objects.get(text="Ships sank 7 times.")
    make_appearance(claim=kept)
    refused = analyst.post(list_of(Claim), sent)
    assert "protected related objects" in refused.content.decode() and Claim.objects.count() == 1000
    kept.appearances.all().delete()
    assert analyst.post(list_of(Claim), sent).status_code == 302
    assert Claim.objects.count() == 0
    assert Claim.history.filter(history_type="-", history_user=analyst.user).count() == 1000
    assert LogEntry.objects.filter(user=analyst.user).count() == 1000


def test_acts_with_a_question_carry_ten_thousand_rows(editor):
    now = timezone.now()
    Article.objects.bulk_create(
        Article(title=f"Grain {n}", slug=f"grain-{n}", body="Grain.", status="published", published_at=now)
        for n in range(400)
    )
    question = all_of(editor, Article, "withdraw")
    html = question.content.decode()
    assert html.count("<input") < 30 and "… and 390 more" in html
    sent = {**dict(HIDDEN.findall(html)), "reason": "All of it was invented."}
    _pages, last = to_the_end(editor, Article, editor.post(list_of(Article), sent))
    assert Article.objects.filter(status="withdrawn", withdrawal_reason=sent["reason"]).count() == 400
    assert "Withdrawn: 400" in messages_of(last)


def test_somebody_who_was_faster_keeps_their_row(analyst, monkeypatch):
    monkeypatch.setattr(bulk, "SECONDS", -1)
    suggested(5)
    response = all_of(analyst, Citation, "confirm")
    row = Citation.objects.last()
    row.speaker = "Somebody"
    row.save()
    gone = Citation.objects.first()
    gone.delete()
    monkeypatch.setattr(bulk, "SECONDS", 4)
    _pages, last = to_the_end(analyst, Citation, response)
    row.refresh_from_db()
    assert row.state == "suggested" and Citation.objects.confirmed().count() == 3
    assert "3 confirmed." in messages_of(last)


def test_more_rows_than_can_be_carried_are_refused_before_anything_is_done(analyst, monkeypatch):
    monkeypatch.setattr(bulk, "MOST", 3)
    suggested(4)
    response = all_of(analyst, Citation, "confirm")
    assert response.status_code == 302 and not Citation.objects.confirmed().exists()
    assert "At most 3 rows at once" in messages_of(analyst.get(list_of(Citation)))


@pytest.mark.parametrize("forged", ["", "x y", "1;2", "9" * 400, "-1", "\x00"])
def test_nonsense_in_place_of_rows_does_nothing(analyst, forged):
    suggested(2)
    row = Citation.objects.first()
    sent = {"action": "confirm", "post": "yes", "_selected_action": [row.pk], "_chosen": forged, "_tally": "forged"}
    assert analyst.post(list_of(Citation), sent).status_code in (200, 302)
    assert not Citation.objects.confirmed().exists()


def test_a_forged_tally_says_nothing(analyst):
    suggested(2)
    row = Citation.objects.first()
    forged = '{"total": 1, "reasons": ["<script>alert(1)</script>"]}'
    sent = {"action": "confirm", "post": "yes", **chosen(row), "_tally": forged}
    response = analyst.post(list_of(Citation), sent, follow=True)
    assert "<script>alert" not in response.content.decode() and "1 confirmed." in messages_of(response)


def test_nobody_elses_notes_are_acted_on_by_their_number(analyst, editor):
    note = make_note(author=editor.user, access="private")
    sent = {"action": "resolve", "post": "yes", **chosen(note)}
    analyst.post(list_of(Annotation), {**sent, "_chosen": str(note.pk)})
    note.refresh_from_db()
    assert note.resolved_at is None


def test_a_batch_costs_about_one_statement_for_each_row_and_no_more(analyst):
    costs = []
    for count in (100, 200):
        article = suggested(count)
        rows = list(article.citations.all())
        sent = {"action": "confirm", **chosen(*rows), "index": "0"}
        analyst.get(reverse("admin:index"))
        with CaptureQueriesContext(connection) as captured:
            assert analyst.post(list_of(Citation), sent).status_code == 302
        costs.append(len(captured))
    assert costs[1] - costs[0] < 150, costs
