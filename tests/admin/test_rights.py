"""Who reaches which page of the desk."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from kb.models import (
    Annotation,
    Appearance,
    Article,
    Capture,
    Challenge,
    Citation,
    Claim,
    Correction,
    FactCheck,
    Follow,
    ForeignCheck,
    Hop,
    ImportProblem,
    ImportRun,
    Invitation,
    Notice,
    PageChange,
    Person,
    Piece,
    Rating,
    RatingWords,
    Source,
    Tag,
    TagLink,
    Task,
)
from tests.factories import (
    make_appearance,
    make_article,
    make_challenge,
    make_citation,
    make_claim,
    make_correction,
    make_draft_check,
    make_foreign_check,
    make_invitation,
    make_note,
    make_source,
    make_tag,
    make_task,
    make_user,
)

from .pages import fields_of, list_of, page_of, save

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]

READ = {"changelist", "change", "history"}
WRITE = READ | {"add", "delete"}
WRITTEN = {Article, Citation, Appearance, Hop, TagLink, Claim, FactCheck, Annotation, Person, Tag}
REGISTER = {Source, Rating, RatingWords}
RECORDS = {Correction, Capture, Piece, PageChange, ImportRun, ImportProblem}
# Nobody writes another's verdict; analysts say which claim of ours it is about.
OTHERS = {ForeignCheck: WRITE - {"add"}}
OWN = {Follow: {"changelist", "change", "delete"}, Notice: {"changelist", "change"}}
ANALYST = (
    OTHERS
    | OWN
    | {Task: READ, Challenge: READ}
    | dict.fromkeys(WRITTEN, WRITE)
    | dict.fromkeys(REGISTER | RECORDS, READ)
    | {"preview": READ}
)
ADMINISTRATOR = ANALYST | dict.fromkeys(REGISTER | {User, Group}, WRITE) | {Invitation: READ | {"add"}}
# What was said in public is read by the desk, added to by editors, and changed by nobody.
CORRECTING = {Correction: READ | {"add"}}
EXPECTED = {
    "reader-of-drafts": OWN | {Article: READ, Annotation: READ, "preview": READ},
    "analyst": ANALYST,
    "editor": ANALYST | CORRECTING,
    "administrator": ADMINISTRATOR | CORRECTING,
}
MODELS = [
    *sorted(
        WRITTEN | REGISTER | RECORDS | {User, Group, Invitation, Task, Challenge, *OTHERS, *OWN},
        key=lambda model: model.__name__,
    )
]


def make_row(model, user):
    """A row that its author may change and delete."""
    article = make_article()
    rows = {
        Article: lambda: article,
        Citation: lambda: make_citation(article),
        Appearance: lambda: make_appearance(article),
        Hop: lambda: Hop.objects.create(article=article, position=1, kind="wrote", printed_name="Jane Doe"),
        TagLink: lambda: TagLink.objects.create(content_object=article, tag=make_tag()),
        Claim: make_claim,
        Correction: make_correction,
        FactCheck: lambda: make_draft_check(by=user),
        Annotation: lambda: make_note(author=user),
        Person: lambda: Person.objects.create(name="Jane Doe", slug="jane-doe"),
        Tag: make_tag,
        Source: make_source,
        ForeignCheck: make_foreign_check,
        RatingWords: lambda: RatingWords.objects.create(words="quite so", coarse_class="supported"),
        Rating: lambda: Rating.objects.create(
            slug="new", label="New", definition="New.", coarse_class="none", position=99
        ),
        Capture: lambda: Capture.objects.create(sha256="0" * 64, content=b"Grain.", origin="grain.txt"),
        Piece: lambda: Piece.objects.create(capture=make_row(Capture, user), start=0, end=5),
        PageChange: lambda: PageChange.objects.create(
            article=article, before=(capture := make_row(Capture, user)), after=capture
        ),
        ImportRun: ImportRun.objects.create,
        ImportProblem: lambda: ImportProblem.objects.create(
            run=ImportRun.objects.create(), file="grain.txt", level="error", code="x", message="Empty."
        ),
        Task: make_task,
        Challenge: make_challenge,
        Follow: lambda: Follow.objects.create(user=user, article=article),
        Notice: lambda: Notice.objects.create(user=user, event="x", words="x", article=article),
        User: make_user,
        Group: lambda: Group.objects.create(name="new"),
        Invitation: make_invitation,
    }
    return rows[model]()


@pytest.mark.parametrize("group", [*EXPECTED])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_page_answers_each_group_as_the_policy_says(sign_in, group, model):
    client = sign_in(group)
    # A reader of drafts writes nothing, so the row is somebody else's, and nothing private.
    is_own = group != "reader-of-drafts" or model in OWN
    row = make_row(model, client.user if is_own else make_user(group="analyst"))
    allowed = EXPECTED[group].get(model, set())
    for view in sorted(WRITE):
        address = list_of(model, view) if view in ("changelist", "add") else page_of(row, view)
        assert client.get(address).status_code == (200 if view in allowed else 403), view
        if view not in allowed:
            assert client.post(address, {"post": "yes"}).status_code == 403, view
    # Who may delete may change; an empty form says nothing of what its writer saw, where it says anything.
    answer = 302 if model in (ForeignCheck, Follow) else 409
    assert client.post(page_of(row), {}).status_code == (answer if "delete" in allowed else 403)


@pytest.mark.parametrize("group, status", [("reader-of-drafts", 403), ("analyst", 200)])
@pytest.mark.parametrize(
    "model, field", [("citation", "source"), ("appearance", "claim"), ("taglink", "tag"), ("evidence", "source")]
)
def test_autocomplete_answers_who_may_see_the_rows(sign_in, group, status, model, field):
    asked = {"app_label": "kb", "model_name": model, "field_name": field}
    assert sign_in(group).get(reverse("admin:autocomplete"), asked).status_code == status


def test_nobody_signed_in_is_sent_to_the_login(client):
    for model in MODELS:
        response = client.get(list_of(model))
        assert response.status_code == 302 and "/login/" in response.url
    assert client.get(reverse("admin:kb_article_preview", args=[make_article().pk])).status_code == 302


def test_the_index_and_the_old_addresses_of_packages(analyst):
    assert analyst.get(reverse("admin:index")).status_code == 200
    assert analyst.get(reverse("admin:app_list", args=["kb"])).url == reverse("admin:index")


@pytest.mark.parametrize("group", [*EXPECTED])
def test_a_row_that_does_not_exist_answers_404(sign_in, group):
    client = sign_in(group)
    for model, views in EXPECTED[group].items():
        if model != "preview":
            name = f"{model._meta.app_label}_{model._meta.model_name}"
            for view in views - {"changelist", "add"}:
                assert client.get(reverse(f"admin:{name}_{view}", args=[987654])).status_code == 404, (model, view)


@pytest.mark.parametrize(
    "model", sorted(RECORDS - {Correction}, key=lambda model: model.__name__), ids=lambda model: model.__name__
)
def test_what_an_import_wrote_is_read_only_even_for_a_superuser(client, model):
    client.force_login(make_user(group="administrator", is_superuser=True))
    row = make_row(model, None)
    assert client.get(page_of(row)).status_code == 200
    assert client.get(list_of(model, "add")).status_code == 403
    assert client.get(page_of(row, "delete")).status_code == 403
    assert client.post(page_of(row), {}).status_code == 403


def test_a_capture_shows_its_receipt_as_text(analyst):
    content = "<script>alert(1)</script>\nGrain left."
    cut = content.index("Grain")
    spans = [
        {"start": 0, "end": cut, "kept": False, "rule": "error strings"},
        {"start": cut, "end": len(content), "kept": True, "rule": ""},
    ]
    row = Capture.objects.create(sha256="0" * 64, content=content.encode(), origin="grain.txt", receipt=spans)
    page = analyst.get(page_of(row)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page and "<script>alert" not in page
    assert "removed: error strings" in page and "Grain left." in page


def test_an_administrator_makes_nobody_a_superuser(sign_in):
    client = sign_in("administrator")
    person = make_user(group="analyst")
    page = client.get(page_of(person)).content.decode()
    assert "is_superuser" not in page and "user_permissions" not in page
    right = Permission.objects.first()
    for target in (person, client.user):
        save(client, target, is_superuser="on", user_permissions=[str(right.pk)])
        target.refresh_from_db()
        assert not target.is_superuser and not target.user_permissions.exists()
    form = fields_of(client.get(list_of(User, "add")))
    sent = {
        **form,
        "username": "new",
        "password1": "a long enough one",
        "password2": "a long enough one",
        "is_superuser": "on",
    }
    client.post(list_of(User, "add"), sent)
    assert User.objects.filter(username="new", is_superuser=False).exists()


def test_an_administrator_has_no_hold_on_a_superuser(sign_in):
    client = sign_in("administrator")
    boss = make_user(is_superuser=True)
    page = client.get(page_of(boss)).content.decode()
    assert boss.password not in page and "md5" not in page
    assert client.post(page_of(boss), {"username": "mine"}).status_code == 403
    assert client.post(reverse("admin:auth_user_password_change", args=[boss.pk]), {}).status_code == 403
    assert client.get(page_of(boss, "delete")).status_code == 403


def test_who_may_only_look_at_users_sees_no_password_hash(client):
    person = make_user(group="reader-of-drafts")
    person.user_permissions.add(Permission.objects.get(codename="view_user"))
    client.force_login(person)
    other = make_user()
    page = client.get(page_of(other))
    assert page.status_code == 200 and other.password not in page.content.decode()


def test_the_history_is_read_only(analyst):
    article = make_article()
    version = reverse("admin:kb_article_simple_history", args=[article.pk, article.history.get().pk])
    page = analyst.get(version).content.decode()
    assert article.title in page and "Revert" not in page and "<textarea" not in page
    assert analyst.post(version, {"title": "Reverted", "_save": "1"}).status_code == 405
    assert "Revert" not in analyst.get(page_of(article, "history")).content.decode()


def test_the_history_names_who_changed_what(analyst):
    article = make_article(title="Before")
    save(analyst, article, title="After")
    page = analyst.get(page_of(article, "history")).content.decode()
    assert "Before" in page and "After" in page and str(analyst.user) in page
