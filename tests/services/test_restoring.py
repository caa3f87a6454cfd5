"""An earlier version becomes the newest one, by the rules of today; what was deleted comes back with what went with it."""

import pytest
from django.core.exceptions import PermissionDenied

from kb.models import (
    Annotation,
    Appearance,
    Article,
    Citation,
    Claim,
    Evidence,
    FactCheck,
    Person,
    Source,
    SourceName,
    StaleVersion,
    State,
    Tag,
    TagLink,
)
from kb.services import articles, integrity, merging, notes, restoring, suggestions, verdicts
from kb.services.refusal import Refused
from kb.services.restoring import newest_of, restore
from tests.factories import (
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_draft_check,
    make_note,
    make_published_article,
    make_published_check,
    make_source,
    make_tag,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst():
    return make_user(group="analyst")


@pytest.fixture
def editor():
    return make_user(group="editor")


def back(version, by, **said):
    return restore(version, by=by, seen=said.pop("seen", newest_of(version.instance_type, version.id)), **said)


def last_of(model, pk):
    return model.history.filter(id=pk).latest("history_id")


def test_the_first_of_five_versions_becomes_the_sixth(analyst):
    claim = make_claim(text="Exports rose by 1 per cent.", definition="Weight.")
    for number in range(2, 6):
        claim.text = f"Exports rose by {number} per cent."
        claim.save()
    before = list(claim.history.values())
    first = claim.history.last()
    back(first, analyst, reason="The figure was right.")
    claim.refresh_from_db()
    assert (claim.text, claim.history.count()) == ("Exports rose by 1 per cent.", 6)
    newest = claim.history.first()
    assert newest.history_user == analyst
    assert newest.history_change_reason == f"restored {first.history_id}: The figure was right."
    assert list(claim.history.values())[1:] == before
    assert claim.version == 6


def test_an_article_places_its_marks_again_and_keeps_what_acts_decided(editor):
    article = make_published_article()
    citation = make_citation(article)
    body = article.body
    article.body = f"Something new.\n\n{body}".replace("June 12", "June 13")
    article.title = "Another title"
    articles.save_text(article, by=editor)
    citation.refresh_from_db()
    assert citation.revision == 1
    back(article.history.last(), editor)
    article.refresh_from_db()
    citation.refresh_from_db()
    assert (article.body, article.status, article.revision) == (body, "published", 3)
    assert (citation.revision, article.text[citation.start : citation.end]) == (3, citation.exact)


def test_the_text_that_readers_see_is_restored_by_who_may_publish(analyst):
    article = make_published_article()
    article.title = "Another"
    articles.save_text(article, by=None)
    with pytest.raises(PermissionDenied, match="publish"):
        back(article.history.last(), analyst)
    article.refresh_from_db()
    assert article.title == "Another"


def test_a_version_older_than_what_the_person_saw_is_stale(analyst):
    claim = make_claim()
    first = claim.history.get()
    seen = newest_of(Claim, claim.pk)
    claim.text = "Somebody else was faster."
    claim.save()
    with pytest.raises(StaleVersion):
        restore(first, by=analyst, seen=seen)
    claim.refresh_from_db()
    assert claim.text == "Somebody else was faster."


def test_the_rules_of_today_hold_in_words(analyst):
    claim = make_claim(text="Ships sank.")
    claim.text = "Ships swam."
    claim.save()
    make_claim(text="Ships sank.")
    with pytest.raises(Refused, match="This claim exists"):
        back(claim.history.last(), analyst)
    with pytest.raises(Refused, match="nothing to restore"):
        back(claim.history.first(), analyst)
    with pytest.raises(PermissionDenied):
        back(claim.history.last(), make_user(group="reader-of-drafts"))
    source = make_source()
    source.name = "Other"
    source.save()
    with pytest.raises(PermissionDenied):
        back(source.history.last(), analyst)
    assert claim.history.count() == 2


def test_a_decided_verdict_is_no_edit_and_a_draft_is_its_authors(analyst, editor):
    check = make_published_check()
    with pytest.raises(Refused, match="draft the next check"):
        back(check.history.last(), check.author)
    draft = make_draft_check(by=analyst, rationale="First.")
    first = draft.history.last()
    draft.rationale = "Second."
    verdicts.save_draft(draft, by=analyst)
    with pytest.raises(Refused, match="author's alone"):
        back(first, editor)
    back(first, analyst)
    draft.refresh_from_db()
    assert draft.rationale == "First."
    evidence = draft.evidence.get()
    evidence.summary = "Other."
    evidence.save()
    with pytest.raises(Refused, match="author's alone"):
        back(evidence.history.last(), editor)
    back(evidence.history.last(), analyst)
    assert Evidence.objects.get(pk=evidence.pk).summary == "Customs statistics, May 2025."


def test_only_its_author_restores_a_note(analyst, editor):
    note = make_note(author=analyst, body="First.")
    note.body = "Second."
    notes.save_note(note, by=analyst)
    first = note.history.last()
    with pytest.raises(Refused, match="author's"):
        back(first, editor)
    back(first, analyst)
    note.refresh_from_db()
    assert (note.body, note.author) == ("First.", analyst)


def test_links_of_many_to_many_are_restored(analyst):
    appearance = make_appearance()
    one, two, gone = (make_citation(appearance.article) for _ in range(3))
    appearance.citations.set([one, gone])
    before = appearance.history.first()
    again = Appearance.objects.get(pk=appearance.pk)
    again.variant = "other_time"
    again.save()
    again.citations.set([two])
    gone.delete()
    back(before, analyst)
    assert (set(appearance.citations.all()), Appearance.objects.get().variant) == ({one}, "same")


def test_a_decision_is_not_restored(analyst):
    citation = make_citation(state="suggested", speaker="")
    suggestions.confirm([citation], by=analyst)
    citation.speaker = "Ada Harbour"
    citation.save()
    back(citation.history.last(), analyst)
    citation.refresh_from_db()
    assert (citation.speaker, citation.state, citation.decided_by) == ("", State.CONFIRMED, analyst)


def with_everything(by):
    article = make_article(title="All of it")
    citation = make_citation(article)
    follows = make_citation(article, as_printed="#CNN", date_printed="", date_edtf="", source=Source.objects.get(slug="cnn"), via=citation)  # fmt: skip
    make_appearance(article).citations.set([citation, follows])
    article.hops.create(position=1, kind="wrote", printed_name="Ada Harbour")
    TagLink.objects.create(content_object=article, tag=make_tag("Harbour"))
    make_note(article=article, body="Mine.", author=by)
    make_note(article=article, body="Somebody's own.", access="private")
    make_note(citation=citation, body="On the citation.")
    return article


def described(article):
    return (
        [*article.citations.values("pk", "as_printed", "state", "start", "revision", "via")],
        [*article.appearances.values("pk", "exact", "claim", "citations")],
        [*article.hops.values("pk", "printed_name")],
        [*article.tag_links.values("pk", "tag", "state")],
        [*Annotation.objects.order_by("pk").values("pk", "uid", "body", "author", "access", "citation", "created_at")],
        [*Article.objects.filter(pk=article.pk).values("title", "body", "created_at", "slug")],
    )


def test_a_deleted_article_comes_back_with_what_went_with_it(analyst):
    article = with_everything(analyst)
    apart = make_note(article=article, body="Deleted before.")
    apart.delete()
    before = described(article)
    Article.objects.get(pk=article.pk).delete()
    assert not Citation.objects.exists() and not Annotation.objects.exists()
    done = back(last_of(Article, article.pk), analyst)
    assert (done.parts, done.left) == (8, [])
    assert described(article) == before
    assert list(integrity.faults([Article, Citation, Appearance, TagLink, Annotation])) == []
    for row in (article, article.citations.first(), article.annotations.first()):
        newest = row.history.first()
        assert (newest.history_type, newest.history_user) == ("+", analyst)
    with pytest.raises(Refused, match="nothing to restore"):
        back(last_of(Article, article.pk), analyst)


def test_what_refers_to_nothing_any_more_stays_away_and_is_counted(analyst):
    article = with_everything(analyst)
    Article.objects.get(pk=article.pk).delete()
    Tag.objects.get(name="Harbour").delete()
    done = back(last_of(Article, article.pk), analyst)
    assert done.parts == 7 and "1 of tags of articles" in done.left[0].message
    link = TagLink.history.filter(history_type="-").latest("history_id")
    with pytest.raises(Refused, match="does not exist any more"):
        back(link, analyst)
    back(last_of(Tag, link.tag_id), analyst)
    back(link, analyst)
    assert article.tag_links.get().tag.name == "Harbour"


def test_a_taken_slug_is_said_and_nothing_comes_back(analyst):
    article = with_everything(analyst)
    Article.objects.get(pk=article.pk).delete()
    make_article(slug=article.slug)
    with pytest.raises(Refused, match="Slug"):
        back(last_of(Article, article.pk), analyst)
    assert not Citation.objects.exists()


@pytest.mark.parametrize(
    "make",
    [
        lambda by: make_note(author=by),
        lambda by: TagLink.objects.create(content_object=make_article(), tag=make_tag()),
        lambda by: Person.objects.create(name="Ada", slug="ada"),
        lambda by: make_claim(),
        lambda by: make_tag(),
        lambda by: make_citation(),
        lambda by: make_appearance(),
        lambda by: make_article().hops.create(position=1, kind="wrote", printed_name="Ada"),
        lambda by: make_draft_check(by=by),
    ],
    ids=["note", "tag of an article", "person", "claim", "tag", "citation", "appearance", "hop", "draft"],
)
def test_a_deleted_row_comes_back_under_its_number(analyst, make):
    row = make(analyst)
    model, pk = type(row), row.pk
    if model is FactCheck:
        verdicts.discard(row, by=analyst)
    else:
        row.delete()
    version = last_of(model, pk)
    back(version, analyst, reason="By mistake.")
    again = model.objects.get(pk=pk)
    assert str(again) == str(row)
    newest = again.history.first()
    assert (newest.history_type, newest.history_user) == ("+", analyst)
    assert newest.history_change_reason == f"restored {version.history_id}: By mistake."
    if model is FactCheck:
        assert (again.evidence.count() == 1 and again.claim.status == "unchecked") or again.claim.fact_checks.exists()
    assert list(integrity.faults([model])) == []


def test_somebody_elses_deleted_draft_or_note_does_not_come_back(analyst, editor):
    check, note = make_draft_check(by=analyst), make_note(author=analyst)
    verdicts.discard(check, by=analyst)
    note.delete()
    for row, model in ((check, FactCheck), (note, Annotation)):
        pk = model.history.filter(history_type="-").latest("history_id").id
        with pytest.raises(Refused, match="author's"):
            back(last_of(model, pk), editor)
        assert not model.objects.filter(pk=pk).exists(), row


def test_a_discarded_draft_whose_number_was_given_again_gets_the_next(analyst):
    check = make_draft_check(by=analyst)
    claim, pk = check.claim, check.pk
    verdicts.discard(check, by=analyst)
    make_draft_check(claim, by=analyst)
    back(last_of(FactCheck, pk), analyst)
    assert sorted(claim.fact_checks.values_list("number", flat=True)) == [1, 2]


def test_a_source_comes_back_with_its_names():
    administrator, source = make_user(group="administrator"), make_source()
    source.names.create(kind="short", name="the Courier")
    Source.objects.filter(pk=source.pk).delete()
    assert restoring.restored_from("x") is None
    done = back(last_of(Source, source.pk), administrator)
    assert done.parts == 1 and SourceName.objects.get(source=source).name == "the Courier"


def test_what_was_merged_comes_back_by_undoing_the_merge(editor):
    kept, given_up = make_tag("Harbour"), make_tag("Harbor")
    merging.merge(kept, given_up, by=editor)
    with pytest.raises(Refused, match="undo the merge"):
        back(last_of(Tag, given_up.pk), editor)


def test_what_programs_and_acts_make_is_not_restored(editor):
    with pytest.raises(Refused, match="do the act again"):
        back(editor.history.first(), editor)
