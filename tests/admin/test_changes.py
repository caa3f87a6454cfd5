"""The page of changes: what differs, of which type, what waits, and what became of what was marked."""

import pytest
from django.urls import reverse

from kb.models import Article, Citation, Hop
from kb.services import articles, suggestions
from tests.factories import make_note
from tests.importing.pages_of_ports import FERRIES, import_page

from .pages import fields_of, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]

CHANGED = (
    FERRIES.replace("nine million", "ten million")
    .replace("According to Reuters (June 12)", "According to CNN (June 12)")
    .replace("a long debate", "a lengthy debate")
)


@pytest.fixture
def article():
    import_page(FERRIES)
    return Article.objects.get()


def changes_of(article) -> str:
    return reverse("admin:kb_article_changes", args=[article.pk])


def test_each_change_is_shown_with_its_type_in_words(analyst, article):
    import_page(CHANGED)
    page = analyst.get(changes_of(article)).content.decode()
    for kind in ("attribution: 1", "number: 1", "wording: 1"):
        assert f'<li class="badge">{kind}</li>' in page
    assert "<del>nine</del>" in page and "<ins>ten</ins>" in page
    assert "applied to the text" in page and page.count("Capture of") == 2


def test_what_was_found_again_is_counted_and_what_is_orphaned_is_linked(analyst, article):
    suggestions.confirm(article.citations.all(), by=analyst.user)
    import_page(CHANGED)
    page = analyst.get(changes_of(article)).content.decode()
    lost = article.citations.get(source__slug="reuters")
    assert "1 marked place found again" in page and "1 orphaned" in page
    assert page_of(lost) in page


def test_a_private_note_of_somebody_else_is_not_told(analyst, editor, article):
    start = article.text.index("nine million")
    make_note(
        article=article,
        author=editor.user,
        access="private",
        exact="nine million",
        start=start,
        end=start + 12,
        revision=1,
        prefix=article.text[start - 32 : start],
        suffix=article.text[start + 12 : start + 44],
    )
    import_page(CHANGED)
    assert "0 orphaned" not in analyst.get(changes_of(article)).content.decode()
    assert "nine million</bdi>" not in analyst.get(changes_of(article)).content.decode()
    assert "nine million</bdi>" in editor.get(changes_of(article)).content.decode()


@pytest.fixture
def waiting(article, editor):
    articles.publish(article, by=editor.user)
    import_page(CHANGED)
    article.refresh_from_db()
    return article


def test_a_waiting_change_is_on_the_desk_and_in_its_list(editor, waiting):
    assert "<strong>1</strong> <span>Changed pages</span>" in editor.get(reverse("admin:index")).content.decode()
    listed = editor.get(reverse("admin:kb_pagechange_changelist"), {"waiting": "change"}).content.decode()
    assert changes_of(waiting) in listed
    assert "one waits" in editor.get(page_of(waiting)).content.decode()


@pytest.mark.parametrize(("act", "words"), [("apply", "ten million"), ("dismiss", "nine million")])
def test_one_click_applies_or_dismisses(editor, waiting, act, words):
    change = waiting.page_changes.get()
    page = editor.get(changes_of(waiting)).content.decode()
    assert "<ins>ten</ins>" in page and "Apply to the text" in page
    editor.post(changes_of(waiting), {"act": act, "change": change.pk, "version": waiting.version})
    waiting.refresh_from_db()
    assert words in waiting.body and not waiting.page_changes.waiting().exists()
    again = editor.post(changes_of(waiting), {"act": act, "change": change.pk, "version": waiting.version}, follow=True)
    assert "does not wait any more" in again.content.decode()


def test_an_analyst_sees_what_waits_and_does_not_decide_what_readers_see(analyst, waiting):
    change = waiting.page_changes.get()
    assert "Apply to the text" not in analyst.get(changes_of(waiting)).content.decode()
    sent = {"act": "apply", "change": change.pk, "version": waiting.version}
    assert analyst.post(changes_of(waiting), sent).status_code == 403
    waiting.refresh_from_db()
    assert "nine million" in waiting.body


def test_an_older_form_decides_nothing(editor, waiting):
    change = waiting.page_changes.get()
    sent = {"act": "apply", "change": change.pk, "version": waiting.version - 1}
    assert "changed by somebody else" in editor.post(changes_of(waiting), sent, follow=True).content.decode()
    assert waiting.page_changes.waiting().exists()


def test_an_article_whose_page_never_changed_says_so(analyst, article, sign_in):
    assert "has not changed" in analyst.get(changes_of(article)).content.decode()
    assert sign_in("reader-of-drafts").get(changes_of(article)).status_code == 403


def test_the_evidence_for_each_field_is_shown_and_a_change_by_hand_as_well(analyst, article):
    article.provenance = {
        "headline": {"origin": "json-ld", "words": "Ferry Line", "others": [["opengraph", "Ferries | Courier"]]},
        "published": {"origin": "given", "words": "2025-06-14", "others": []},
    }
    article.title = "Our own"
    articles.save_text(article, by=analyst.user)
    page = analyst.get(page_of(article)).content.decode()
    assert "from JSON-LD: <bdi>Ferry Line</bdi>" in page and "from OpenGraph: <bdi>Ferries | Courier</bdi>" in page
    assert "given by the operator" in page and page.count("changed by hand since") == 1


def test_a_copy_is_split_off_from_its_card(analyst, article):
    import_page(FERRIES.replace("late on Friday", "on Friday"), "https://mirror.example/ferries")
    hop = Hop.objects.get(capture__isnull=False)
    page = analyst.get(page_of(article))
    assert f'value="hop-{hop.pk}:apart"' in page.content.decode() and "same text:" in page.content.decode()
    analyst.post(page_of(article), {**fields_of(page), "_decide": f"hop-{hop.pk}:apart"})
    hop.refresh_from_db()
    assert hop.state == "rejected" and Article.objects.count() == 2
    assert Citation.objects.filter(article=hop.capture.articles.get()).exists()
