"""A page that is imported again in other words changes the text, and nothing that a person did."""

import pytest
from django.core.exceptions import PermissionDenied

from kb.importing.changing import apply_change, dismiss_change, propose
from kb.models import (
    Annotation,
    Article,
    Capture,
    ChangeState,
    Citation,
    PageChange,
    Source,
    State,
)
from kb.services import articles, suggestions
from kb.services.refusal import Refused
from tests.factories import make_note, make_user, words

from .pages_of_ports import FERRIES, import_page

pytestmark = pytest.mark.django_db

CHANGED = FERRIES.replace("nine million", "ten million")


@pytest.fixture
def analyst():
    return make_user(group="analyst")


@pytest.fixture
def article():
    import_page(FERRIES)
    return Article.objects.get()


def cited(article, source) -> Citation:
    return article.citations.get(source__name=source)


def again(text=CHANGED):
    summary, document = import_page(text)
    return summary, document


def counts():
    return {model.__name__: model.objects.count() for model in (Article, Capture, Citation, PageChange)} | {
        "versions": Article.history.count()
    }


def test_the_page_is_found_as_these_tests_need_it(article):
    assert {citation.source.name for citation in article.citations.all()} == {"Reuters", "The Guardian"}
    assert article.issued_on == "2025-06-14"


def test_a_change_is_applied_to_the_text_and_noted(article):
    summary, _ = again()
    article.refresh_from_db()
    assert summary["changed"] == 1
    assert "ten million" in article.body and article.revision == 2
    change = article.page_changes.get()
    assert (change.state, change.revision, change.after) == (ChangeState.APPLIED, 2, article.capture)
    assert "nine million" in change.before.text


def test_the_same_changed_page_twice_does_nothing_the_second_time(article):
    again()
    before = counts()
    summary, _ = again()
    assert (summary["unchanged"], counts()) == (1, before)


def test_a_page_that_is_back_at_an_earlier_version_brings_that_text_back(article, analyst):
    suggestions.confirm([cited(article, "Reuters")], by=analyst)
    again(FERRIES.replace("According to Reuters (June 12), the", "The"))
    article.refresh_from_db()
    lost = cited(article, "Reuters")
    assert lost.revision == 1 and lost.state == State.CONFIRMED
    assert again(FERRIES)[0]["changed"] == 1
    article.refresh_from_db()
    found = cited(article, "Reuters")
    assert found.pk == lost.pk and found.revision == article.revision == 3
    assert again(FERRIES)[0]["unchanged"] == 1
    assert Capture.objects.count() == 2


def test_confirmed_and_rejected_suggestions_stay_and_are_not_made_again(article, analyst):
    suggestions.confirm([cited(article, "Reuters")], by=analyst)
    suggestions.reject([cited(article, "The Guardian")], by=analyst)
    suggestions.confirm(article.hops.all(), by=analyst)
    before = {row.pk: row.state for row in article.citations.all()}
    hops = set(article.hops.values_list("pk", flat=True))
    again()
    article.refresh_from_db()
    assert {row.pk: row.state for row in article.citations.all()} == before
    assert set(article.hops.values_list("pk", flat=True)) == hops
    for row in article.citations.all():
        assert row.revision == article.revision and article.text[row.start : row.end] == row.exact


def test_open_suggestions_are_those_of_the_new_text(article):
    again(FERRIES.replace("According to Reuters (June 12)", "According to CNN (June 11)"))
    assert {row.source.name for row in article.citations.all()} == {"CNN", "The Guardian"}


def test_a_confirmed_citation_whose_words_vanish_is_kept_as_an_orphan(article, analyst):
    suggestions.confirm([cited(article, "Reuters")], by=analyst)
    again(FERRIES.replace("According to Reuters (June 12), the", "The"))
    article.refresh_from_db()
    lost = cited(article, "Reuters")
    assert (lost.state, lost.decided_by, lost.revision) == (State.CONFIRMED, analyst, 1)
    assert article.revision == 2


def test_a_confirmed_date_stays_when_the_page_does_not_print_it_any_more(article, analyst):
    citation = cited(article, "Reuters")
    suggestions.confirm([citation], by=analyst)
    again(FERRIES.replace("Reuters (June 12), the", "Reuters, the"))
    kept = Citation.objects.get(pk=citation.pk)
    assert (kept.date_edtf, kept.date_resolved, kept.state) == ("XXXX-06-12", "2025-06-12", State.CONFIRMED)
    assert article.citations.filter(source__name="Reuters").count() == 1


def test_a_confirmed_source_stays_when_the_name_would_mean_another_today(article, analyst):
    citation = cited(article, "Reuters")
    suggestions.confirm([citation], by=analyst)
    reuters = Source.objects.get(name="Reuters")
    Source.objects.filter(pk=reuters.pk).update(name="Reuters of London")
    Source.objects.create(name="Reuters", slug="reuters-of-paris", kind="news_agency")
    again()
    kept = Citation.objects.get(pk=citation.pk)
    assert kept.source == reuters
    assert article.citations.filter(as_printed=citation.as_printed).count() == 1


def test_a_rejected_finding_does_not_come_back_in_any_later_version(article, analyst):
    suggestions.reject([cited(article, "The Guardian")], by=analyst)
    for price in ("ten million", "eleven million", "twelve million"):
        again(FERRIES.replace("nine million", price))
    assert list(article.citations.filter(source__name="The Guardian").values_list("state", flat=True)) == ["rejected"]


def test_an_open_suggestion_that_a_person_corrected_stays(article, analyst):
    citation = cited(article, "Reuters")
    citation.speaker = "The harbour master"
    citation.save()
    again()
    kept = Citation.objects.get(pk=citation.pk)
    assert kept.speaker == "The harbour master"
    assert article.citations.filter(source__name="Reuters").count() == 1


def test_notes_stay_with_what_they_are_about(article, analyst):
    on_words = make_note(article=article, author=analyst, **words(article, "twice that sum"))
    on_citation = make_note(citation=cited(article, "The Guardian"), author=analyst)
    again()
    article.refresh_from_db()
    on_words.refresh_from_db()
    assert article.text[on_words.start : on_words.end] == "twice that sum" and on_words.revision == article.revision
    assert Annotation.objects.filter(pk=on_citation.pk).exists()
    assert article.citations.filter(source__name="The Guardian").count() == 1


def test_appearances_that_were_decided_stay_once(article, analyst):
    suggestions.confirm(article.appearances.all(), by=analyst)
    before = list(article.appearances.values_list("pk", "claim"))
    again(FERRIES.replace("waited for the decision", "waited for a decision"))
    assert list(article.appearances.values_list("pk", "claim")) == before


def test_fields_that_a_person_changed_are_never_replaced_and_the_others_are(article, analyst):
    article.title = "Our own title"
    articles.save_text(article, by=analyst)
    page = CHANGED.replace("Ferry Line Returns", "The Ferry Line Returns").replace("14 June", "15 June")
    for text in (page, page.replace("ten million", "eleven million")):
        again(text)
    article.refresh_from_db()
    assert (article.title, article.issued_on) == ("Our own title", "2025-06-15")


def test_what_the_page_does_not_say_any_more_stays(article):
    again(CHANGED.replace("Published: 14 June 2025\n\n", ""))
    article.refresh_from_db()
    assert article.issued_on == "2025-06-14" and "ten million" in article.body


def test_what_the_operator_gave_is_not_replaced_by_the_page():
    import_page(FERRIES, given={"published": "2025-06-01", "publisher": "Harbour Courier"})
    again()
    article = Article.objects.get()
    assert article.issued_on == "2025-06-01" and article.provenance["published"]["origin"] == "given"
    assert article.hops.get(printed_name="Harbour Courier").basis == "given"


@pytest.fixture
def published(article):
    articles.publish(article, by=make_user(group="editor"))
    return article


def test_a_published_text_waits_for_a_person(published, analyst):
    _, document = again()
    published.refresh_from_db()
    change = published.page_changes.get()
    assert "nine million" in published.body and change.is_waiting
    assert document.problems[-1].code == "change-waits"
    before = counts()
    assert again()[0]["unchanged"] == 1 and counts() == before
    with pytest.raises(PermissionDenied):
        apply_change(change, by=analyst)
    editor = make_user(group="editor")
    apply_change(change, by=editor)
    published.refresh_from_db()
    assert "ten million" in published.body and published.status == "published"
    assert (change.state, change.decided_by) == (ChangeState.APPLIED, editor)
    assert published.history.first().history_user == editor
    with pytest.raises(Refused):
        apply_change(change, by=editor)


def test_a_dismissed_change_is_not_offered_again_until_the_page_changes_once_more(published):
    again()
    dismiss_change(published.page_changes.get(), by=make_user(group="editor"))
    assert again()[0]["unchanged"] == 1
    assert not published.page_changes.waiting().exists()
    again(FERRIES.replace("nine million", "eleven million"))
    assert "eleven million" in published.page_changes.waiting().get().after.text


def test_a_newer_change_takes_the_place_of_one_that_waits_and_a_page_that_is_back_of_both(published):
    again()
    again(FERRIES.replace("nine million", "eleven million"))
    assert [change.state for change in published.page_changes.all()] == ["waiting", "overtaken"]
    summary, document = again(FERRIES)
    assert summary["changed"] == 1 and document.problems[-1].code == "page-back"
    assert not published.page_changes.waiting().exists()
    assert again(FERRIES)[0]["unchanged"] == 1
    assert again()[0]["changed"] == 1 and published.page_changes.waiting().count() == 1


def test_applying_keeps_what_a_person_changed_in_the_text(article, analyst):
    article.body = article.body.replace("Islanders travel free", "Islanders still travel free")
    articles.save_text(article, by=analyst)
    again()
    change = article.page_changes.get()
    change.article.refresh_from_db()
    apply_change(change, by=analyst)
    article.refresh_from_db()
    assert "ten million" in article.body and "Islanders still travel free" in article.body


def test_words_that_both_changed_stay_as_the_person_wrote_them(article, analyst):
    article.body = article.body.replace("nine million", "9 million")
    articles.save_text(article, by=analyst)
    again()
    change = article.page_changes.get()
    assert [one.new for one in propose(change).left] == ["ten"]
    apply_change(change, by=analyst)
    article.refresh_from_db()
    assert "9 million" in article.body
    for row in article.citations.filter(revision=article.revision):
        assert article.text[row.start : row.end] == row.exact


def test_a_page_that_became_another_text_or_none_waits(article):
    again("Not Found\n")
    assert article.page_changes.waiting().count() == 1
    other = (
        "The mill at the upper river grinds rye again after forty silent years, its new owner told the council on "
        "Thursday. Farmers of the valley brought their first sacks the same evening, and a band played until the rain "
        "came. The council had bought the ruin for one crown and sold it for two, which the auditors call a good year. "
        "Nobody knows yet who will bake the bread."
    )
    again(f"The Mill Turns\n\n{other}\n")
    article.refresh_from_db()
    assert "nine million" in article.body
    assert "mill" in article.page_changes.waiting().get().after.text


def test_a_dry_run_tells_of_a_waiting_change_as_the_run_does(published):
    dry = import_page(CHANGED, dry_run=True)
    assert not PageChange.objects.exists()
    assert import_page(CHANGED) == dry
