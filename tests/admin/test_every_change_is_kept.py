"""Whatever way a change comes in, it leaves one version of each row it changed, by whoever made it."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.utils import timezone

from kb.importing.changing import apply_change
from kb.models import (
    Appearance,
    Article,
    Citation,
    Claim,
    Evidence,
    FactCheck,
    Hop,
    Person,
    RatingWords,
    SourceName,
    Tag,
    TagLink,
)
from kb.services import articles, citations, foreign_checks, notes, suggestions, verdicts
from kb.services.citations import Choice
from tests.factories import (
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_draft_check,
    make_foreign_check,
    make_note,
    make_published_article,
    make_source,
    make_tag,
    make_user,
)
from tests.importing.pages_of_ports import FERRIES, import_page

from .pages import chosen, fields_of, list_of, page_of, save, sure

pytestmark = pytest.mark.django_db

KEPT = [model for model in apps.get_models() if hasattr(model, "history") and not hasattr(model, "instance_type")]


@pytest.fixture
def written():
    """Begins to watch, and then answers what was written: (table, kind) of each version, and who wrote them and why."""
    marks = {}

    def newest(model):
        return model.history.order_by("-history_id").values_list("history_id", flat=True).first() or 0

    def begin():
        marks.update({model: newest(model) for model in KEPT}, at=timezone.now())

    def answer(by, reason=None):
        versions = [version for model in KEPT for version in model.history.filter(history_id__gt=marks[model])]
        assert {version.history_user for version in versions} <= {by}, versions
        assert {version.history_change_reason for version in versions} <= {reason}
        assert all(marks["at"] <= version.history_date <= timezone.now() for version in versions)
        return sorted((version.instance_type.__name__, version.history_type) for version in versions)

    answer.begin = begin
    begin()
    return answer


def test_a_form_with_its_rows(analyst, written):
    article = make_article()
    citation = make_citation(article)
    hop = article.hops.create(position=1, kind="wrote", printed_name="Ada Harbour")
    link = article.tag_links.create(tag=make_tag())
    opened = fields_of(analyst.get(page_of(article)))
    new = make_tag()
    written.begin()
    changes = {
        "title": "Another title",
        "citations-0-speaker": "The harbour master",
        "hops-0-DELETE": "on",
        "tag_links-TOTAL_FORMS": "2",
        "tag_links-1-tag": new.pk,
        "tag_links-1-content_object": article.pk,
    }
    assert save(analyst, article, opened=opened, **changes).status_code == 302
    assert written(analyst.user) == [("Article", "~"), ("Citation", "~"), ("Hop", "-"), ("TagLink", "+")]
    assert citation.history.first().speaker == "The harbour master"
    assert hop.history.first().history_type == "-" and link.history.count() == 1


@pytest.mark.parametrize("action", ["confirm", "reject"])
def test_an_action_over_a_list(analyst, written, action):
    rows = [make_citation(state="suggested") for _ in range(3)]
    written.begin()
    analyst.post(list_of(Citation), {"action": action, **chosen(*rows), "index": "0"})
    assert written(analyst.user) == [("Citation", "~")] * 3


def test_deleting_by_page_in_bulk_and_with_what_hangs_on_it(analyst, written):
    article = make_article()
    make_citation(article)
    make_appearance(article, make_claim())
    claims = [make_claim() for _ in range(2)]
    written.begin()
    analyst.post(page_of(article, "delete"), sure(article))
    assert Article.history.first().history_change_reason is None
    assert Citation.history.first().history_change_reason == "with kb.article"
    gone = [(version.history_type, version.history_user) for version in (Article.history.first(), Citation.history.first(), Appearance.history.first())]  # fmt: skip
    assert gone == [("-", analyst.user)] * 3
    written.begin()
    sent = {"action": "delete_selected", **chosen(*claims), "post": "yes"}
    analyst.post(list_of(Claim), sent)
    assert written(analyst.user) == [("Claim", "-")] * 2


def test_tags_added_set_removed_and_cleared(written):
    article = make_article()
    one, two = make_tag("One"), make_tag("Two")
    written.begin()
    article.tags.add(one)
    article.tags.set([two])
    article.tags.remove(two)
    article.tags.add("Three")
    article.tags.clear()
    links = [("TagLink", kind) for kind in "+-+-+-"]
    assert written(None) == sorted([*links, ("Tag", "+")])


def test_each_act_on_a_verdict(written):
    analyst, claim = make_user(group="analyst"), make_claim()
    written.begin()
    check = make_draft_check(claim, by=analyst, evidence=False)
    assert written(analyst) == [("Claim", "~"), ("FactCheck", "+")]
    Evidence.objects.create(fact_check=check, stance="supports", summary="So they say.")
    written.begin()
    check.rationale = "Said better."
    verdicts.save_draft(check, by=analyst)
    assert written(analyst) == [("FactCheck", "~")]
    written.begin()
    other = make_draft_check(make_claim(), by=analyst)
    written.begin()
    verdicts.discard(other, by=analyst)
    assert written_of(FactCheck, Evidence, Claim) == ["-", "-", "~"]


def written_of(*models):
    return [model.history.order_by("-history_id").first().history_type for model in models]


def test_services_over_many_rows(written):
    analyst = make_user(group="analyst")
    article = make_article(issued_on="2025-03-24")
    rows = [make_citation(article, state="suggested") for _ in range(3)]
    appearance = make_appearance(article, state="suggested")
    byline = article.hops.create(position=1, kind="wrote", printed_name="Ada Harbour")
    written.begin()
    citations.accept([Choice(row.pk) for row in rows[:2]], by=analyst)
    assert written(analyst) == [("Citation", "~")] * 2
    written.begin()
    suggestions.confirm([appearance, byline], by=analyst)
    assert written(analyst) == [("Appearance", "~"), ("Claim", "+"), ("Hop", "~"), ("Person", "+")]
    written.begin()
    note = make_note(article=article, author=analyst)
    written.begin()
    notes.resolve(note, by=analyst)
    assert written(analyst) == [("Annotation", "~")]


def test_a_new_text_and_the_marks_it_moves(written):
    editor, article = make_user(group="editor"), make_published_article()
    make_citation(article)
    make_note(article=article)
    article.body = f"First of all.\n\n{article.body}"
    written.begin()
    articles.save_text(article, by=editor)
    assert written(editor) == [("Article", "~"), ("Citation", "~")]


def test_the_table_of_others_words(written):
    administrator = make_user(group="administrator")
    check = make_foreign_check(rating_words="quite so")
    RatingWords.objects.create(words="quite so", coarse_class="supported")
    written.begin()
    foreign_checks.apply_rating_words(by=administrator)
    assert written(administrator, "rating words") == [("ForeignCheck", "~")]
    written.begin()
    foreign_checks.link(check.__class__.objects.get(pk=check.pk), make_claim(), by=administrator)
    assert written_of(check.__class__) == ["~"]


def test_a_page_imported_and_imported_again(written):
    import_page(FERRIES)
    first = written(None, "import")
    assert first.count(("Article", "+")) == 1 and {kind for _table, kind in first} == {"+"}
    assert len(first) == sum(
        model.objects.count() for model in (Article, Citation, Appearance, Hop, Tag, TagLink, Person)
    )
    written.begin()
    import_page(FERRIES)
    assert written(None) == []
    import_page(FERRIES.replace("nine million", "ten million"))
    again = written(None, "import")
    assert [one for one in again if one[0] == "Article"] == [("Article", "~")]
    assert ("Citation", "-") in again and ("Citation", "+") in again


def test_a_change_of_a_page_that_a_person_applies(written):
    analyst = make_user(group="analyst")
    import_page(FERRIES)
    article = Article.objects.get()
    article.title = "Ours"
    article.body = article.body + "\n\nA line of ours."
    articles.save_text(article, by=analyst)
    import_page(FERRIES.replace("nine million", "ten million"))
    waiting = article.page_changes.waiting().get()
    waiting.article = Article.objects.get()
    written.begin()
    apply_change(waiting, by=analyst)
    versions = [model.history.first() for model in (Article, Citation)]
    assert {version.history_user for version in versions} == {analyst}
    assert Article.history.filter(history_change_reason__startswith="import:").count() == 1


def test_a_right_given_and_taken(sign_in, written):
    administrator, person = sign_in("administrator"), make_user(group="analyst")
    form = fields_of(administrator.get(page_of(person)))
    written.begin()
    editor = Group.objects.get(name="editor")
    administrator.post(page_of(person), {**form, "groups": [editor.pk]})
    assert written(administrator.user) == [("User", "~")]
    written.begin()
    person.user_permissions.clear()
    assert written(None) == []
    editor.user_set.remove(person)
    assert written(None) == [("User", "~")]
    newest = person.history.first()
    assert newest.links == {"groups": {"added": [], "removed": [editor.pk]}}
    written.begin()
    administrator.force_login(User.objects.get(pk=person.pk))
    assert written(None) == []


def test_names_of_a_source_beside_it(sign_in, written):
    administrator, source = sign_in("administrator"), make_source()
    source.names.create(kind="short", name="the Courier")
    form = fields_of(administrator.get(page_of(source)))
    written.begin()
    administrator.post(page_of(source), {**form, "names-0-name": "Courier"})
    assert written(administrator.user) == [("SourceName", "~")]
    assert SourceName.history.first().history_user == administrator.user and source.history.count() == 1
