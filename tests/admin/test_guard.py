"""No path past the version: every page, row beside it, action, deletion and import of the desk is walked.

A page, an action or an address that is new here either obeys what was seen, or says in this module why it need not.
"""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kb.admin.forms import DeskFormSet
from kb.admin.reconciling import version_of
from kb.admin.tables import TableExchange
from kb.models import (
    Annotation,
    Appearance,
    Article,
    Capture,
    Citation,
    Claim,
    ExpiryRule,
    FactCheck,
    Follow,
    ForecastScore,
    ForeignCheck,
    Hop,
    Notice,
    Person,
    Piece,
    Rating,
    RatingWords,
    Source,
    State,
    Tag,
    TagLink,
    Task,
)
from kb.models.forecast import Outcome
from kb.models.rules import Versioned
from tests import factories

from .pages import fields_of, list_of, messages_of, page_of

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]


def _capture() -> Capture:
    return Capture.objects.create(content=b"Grain left.", sha256=f"{Capture.objects.count():064}", origin="port.txt")


def _number(model) -> int:
    return model.objects.count() + 1


MAKERS = {
    Article: lambda user: factories.make_article(),
    Citation: lambda user: factories.make_citation(state=State.SUGGESTED),
    Appearance: lambda user: factories.make_appearance(state=State.SUGGESTED),
    Hop: lambda user: Hop.objects.create(
        article=factories.make_article(), position=1, kind="wrote", printed_name="A", capture=_capture()
    ),
    TagLink: lambda user: TagLink.objects.create(content_object=factories.make_article(), tag=factories.make_tag()),
    Claim: lambda user: factories.make_claim(),
    FactCheck: lambda user: factories.make_draft_check(by=user),
    Annotation: lambda user: factories.make_note(author=user),
    Source: lambda user: factories.make_source(),
    Person: lambda user: Person.objects.create(name="Ada", slug=f"ada-{_number(Person)}"),
    Tag: lambda user: factories.make_tag(),
    Rating: lambda user: Rating.objects.create(
        label=f"Odd {_number(Rating)}",
        slug=f"odd-{_number(Rating)}",
        definition="-",
        coarse_class="none",
        position=99 + _number(Rating),
    ),
    ExpiryRule: lambda user: ExpiryRule.objects.update_or_create(
        statement_type=["opinion", "forecast"][_number(ExpiryRule) % 2], defaults={"days": 30}
    )[0],
    ForecastScore: lambda user: ForecastScore.objects.create(
        claim=factories.make_claim(statement_type="forecast", resolves_on=date(2025, 1, 1)),
        outcome=Outcome.values[0],
        reason="It came so.",
        address="https://port.example/",
        scored_by=user,
    ),
    ForeignCheck: lambda user: factories.make_foreign_check(),
    RatingWords: lambda user: RatingWords.objects.create(words=f"so so {_number(RatingWords)}", coarse_class="none"),
    Piece: lambda user: Piece.objects.create(capture=_capture(), start=0, end=5, title="A piece"),
    User: lambda user: factories.make_user(group="analyst"),
    Follow: lambda user: Follow.objects.create(user=user, article=factories.make_article()),
    Notice: lambda user: Notice.objects.create(
        user=user, event=f"event {_number(Notice)}", words="Look.", article=factories.make_article()
    ),
    Group: lambda user: Group.objects.create(name=f"guests {_number(Group)}"),
}
# The field of each form that two people change; without an entry it is "name".
FIELDS = {
    Article: "title",
    Citation: "speaker",
    Appearance: "claim",
    Hop: "printed_name",
    TagLink: "tag",
    Claim: "text",
    FactCheck: "rationale",
    Annotation: "body",
    Rating: "label",
    ForeignCheck: "claim",
    RatingWords: "words",
    ExpiryRule: "days",
    User: "first_name",
    Follow: "why",
    Task: "why",
}
# Rows that are meant where a field names another row.
OTHERS = {"tag": factories.make_tag, "claim": factories.make_claim}
# Pages of their own beside those of every table: how each obeys what was seen, or why it need not.
ADDRESSES = {
    "kb_article_preview": "reads only",
    "kb_article_read": "asks for the version of the card, and words are sent with the revision they stood in: test_reading",
    "kb_article_orphans": "asks for the revision of the text: test_orphans",
    "kb_article_orphan_queue": "asks for the revision of the text: test_orphans",
    "kb_article_receipt": "asks for the version of the article: test_receipts",
    "kb_article_changes": "asks for the version of the article: test_changes",
    "kb_citation_queue": "asks for the mark of each row: test_queue",
    "kb_importrun_upload": "makes new rows only",
    "kb_importrun_plan": "claims the run by a conditional update: test_uploads",
    "kb_importrun_work": "claims the run by a conditional update: test_uploads",
    "kb_claim_recheck": "reads only",
    "kb_claim_similar": "reads only",
    "kb_factcheck_copy": "reads only",
    "kb_factcheck_review": "asks for the hash of what was shown: test_reviews",
    "kb_notice_digest": "one's own wish for mail, said outright",
    "kb_notice_open": "marks one's own notice as read",
    "kb_notice_read_all": "marks one's own notices as read",
    "auth_user_password_change": "a new password stands on no older one",
    "simple_history": "reads only",
}
# Addresses that many tables have: a restoring asks for the newest version that was seen (test_history).
HISTORY = {"compare", "deleted", "restore"}
# A merge asks for the version of each row (test_merging); who has a page open is no word of its row.
OTHERS_OF_MANY = {"merge", "presence"}
STANDARD = (
    HISTORY
    | OTHERS_OF_MANY
    | {
        "changelist",
        "add",
        "history",
        "delete",
        "change",
        "import",
        "process_import",
        "export",
        "simple_history",
    }
)
REGISTRY = admin.site._registry
MODELS = sorted(REGISTRY, key=lambda model: model._meta.label)
IDS = [model._meta.label_lower for model in MODELS]


@pytest.fixture
def root(db):
    """Somebody who may do everything."""
    client = Client()
    client.user = User.objects.create_superuser("root", password="a good password")
    client.force_login(client.user)
    return client


@pytest.fixture
def ines(db):
    return factories.make_user("ines", group="editor")


def request_of(user):
    return SimpleNamespace(user=user, GET={}, POST={}, method="GET", resolver_match=None, path="/")


def make(model, user):
    if model in MAKERS:
        return MAKERS[model](user)
    maker = getattr(factories, f"make_{model._meta.model_name}", None)
    assert maker, f"say in MAKERS how a row of {model._meta.label} comes into being"
    return maker()


def changed_behind(row, by, **changes):
    """Somebody else saves the row; one whose table counts no version has other words then."""
    other = type(row)._default_manager.get(pk=row.pk)
    if not isinstance(other, Versioned) and not changes:
        names = ("first_name", "name", "key_hash", "why", "words")
        column = next(name for name in names if hasattr(other, name))
        changes = {column: f"changed behind {row.pk}"}
    for name, value in changes.items():
        setattr(other, name, value)
    other._history_user = by
    other.save()
    return other


def values_of(model) -> tuple[str, object, object, str]:
    """The field, what they make of it, what I make of it, and mine as a form sends it."""
    field = FIELDS.get(model, "name")
    if field == "days":
        return field, 40, 50, "50"
    if field not in OTHERS:
        return field, "Theirs then", "Mine instead", "Mine instead"
    mine = OTHERS[field]()
    return field, OTHERS[field](), mine, str(mine.pk)


def may_edit(model, user, row) -> bool:
    return REGISTRY[model].has_change_permission(request_of(user), row)


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_a_form_saves_nothing_over_what_somebody_saved(root, ines, model):
    page = REGISTRY[model]
    if not page.has_change_permission(request_of(root.user)):
        assert not may_edit(model, root.user, None)
        return
    row = make(model, root.user)
    if not may_edit(model, root.user, row):
        return
    field, theirs, _mine, sent = values_of(model)
    opened = fields_of(root.get(page_of(row)))
    assert opened.get("version") == [version_of(row)], "the form does not say at which version it was opened"
    changed_behind(row, ines, **{field: theirs} | ({"linked_by": ines} if model is ForeignCheck else {}))
    response = root.post(page_of(row), {**opened, field: sent, "_continue": "1"})
    assert response.status_code == 409
    assert getattr(type(row)._default_manager.get(pk=row.pk), field) == theirs
    shown = response.content.decode()
    assert str(theirs) in shown and "root" in shown
    if hasattr(row, "history"):
        assert "ines" in shown


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_every_row_beside_a_parent_obeys_the_version_at_which_it_was_shown(root, model):
    page = REGISTRY[model]
    for inline in page.get_inline_instances(request_of(root.user)):
        if not inline.has_change_permission(request_of(root.user)):
            continue
        row = make(model, root.user)
        formset = inline.get_formset(request_of(root.user), row)
        assert issubclass(formset, DeskFormSet) and formset.may_change
        assert f"{formset.get_default_prefix()}-SEEN" in fields_of(root.get(page_of(row)))


def listed(client, model) -> dict[str, list[str]]:
    """What the list sends along with any action."""
    page = client.get(list_of(model)).content.decode()
    moment = re.search(r'name="listed_at" value="([^"]+)"', page)
    assert moment, "the list does not say when it was made"
    return {"_seen": re.findall(r'name="_seen" value="([^"]+)"', page), "listed_at": [moment[1]]}


def actions_of(model, user) -> list[str]:
    return list(REGISTRY[model].get_actions(request_of(user)))


@pytest.mark.parametrize("across", [False, True], ids=["ticked", "across"])
@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_no_action_touches_what_somebody_changed_since_the_list_was_shown(root, ines, model, across):
    for action in actions_of(model, root.user):
        # One of them signs everybody out.
        root.force_login(root.user)
        row = make(model, root.user)
        seen = listed(root, model)
        changed = version_of(changed_behind(row, ines))
        if across and not hasattr(model, "history"):
            continue
        chosen = {"_selected_action": [str(row.pk)], "select_across": ["1" if across else "0"]}
        others = type(row)._default_manager.exclude(pk=row.pk)
        count = others.count()
        sent = {**seen, **chosen, "action": action, "post": "yes", "reason": "Because.", "at": "2099-01-01T00:00"}
        if across:
            del sent["post"]
        response = root.post(list_of(model), sent)
        assert response.status_code in (200, 302)
        there = type(row)._default_manager.filter(pk=row.pk).first()
        assert there is not None, f"{action} deleted it"
        assert version_of(there) == changed, f"{action} changed it"
        if not across:
            assert others.count() == count
            said = messages_of(root.get(list_of(model)))
            assert "was changed since you opened the list" in said
            assert "ines" in said or not hasattr(row, "history")
        # The same list without its versions is a list nobody saw.
        bare = {"_selected_action": [str(row.pk)], "action": action, "post": "yes", "reason": "Because."}
        root.post(list_of(model), bare)
        assert version_of(type(row)._default_manager.get(pk=row.pk)) == changed


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_a_question_before_an_action_stands_for_the_rows_it_showed(root, ines, model):
    for action in actions_of(model, root.user):
        row = make(model, root.user)
        chosen = {"_selected_action": [str(row.pk)], "action": action}
        response = root.post(list_of(model), listed(root, model) | chosen)
        if response.status_code != 200:
            continue
        if "post" not in re.findall(r'name="(\w+)"', response.content.decode()):
            # It says why it cannot be done, and asks nothing.
            continue
        seen = re.findall(r'name="_seen" value="([^"]+)"', response.content.decode())
        assert seen == [f"{row.pk}:{version_of(row)}"]
        changed = version_of(changed_behind(row, ines))
        root.post(
            list_of(model), {**chosen, "_seen": seen, "post": "yes", "reason": "Because.", "at": "2099-01-01T00:00"}
        )
        there = type(row)._default_manager.filter(pk=row.pk).first()
        assert there is not None and version_of(there) == changed


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_what_is_deleted_is_what_the_question_showed(root, ines, model):
    if not REGISTRY[model].has_delete_permission(request_of(root.user)):
        return
    row = make(model, root.user)
    if not REGISTRY[model].has_delete_permission(request_of(root.user), row):
        return
    page = root.get(page_of(row, "delete")).content.decode()
    version = re.search(r'name="version" value="([^"]+)"', page)
    assert version and version[1] == version_of(row)
    changed_behind(row, ines)
    for sent in ({"post": "yes", "version": version[1]}, {"post": "yes"}):
        assert root.post(page_of(row, "delete"), sent).status_code == 302
        assert type(row)._default_manager.filter(pk=row.pk).exists()
    now = version_of(type(row)._default_manager.get(pk=row.pk))
    root.post(page_of(row, "delete"), {"post": "yes", "version": now})
    assert not type(row)._default_manager.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", MODELS, ids=IDS)
def test_no_list_is_edited_and_no_address_is_unknown(model):
    page = REGISTRY[model]
    assert not page.list_editable
    names = {one.name for one in page.get_urls() if one.name}
    prefix = f"{model._meta.app_label}_{model._meta.model_name}_"
    own = {name for name in names if name.removeprefix(prefix) not in STANDARD}
    assert own <= ADDRESSES.keys(), "say in ADDRESSES how it obeys what was seen, and test it"


TABLES = [model for model in MODELS if isinstance(REGISTRY[model], TableExchange)]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.model_name)
def test_a_table_is_not_imported_over_what_changed_after_its_preview(root, ines, model):
    row = make(model, root.user)
    resource = REGISTRY[model].get_import_resource_classes(request_of(root.user))[0]
    table = resource().export(type(row)._default_manager.filter(pk=row.pk)).dict[0]
    column = next(name for name in ("definition", "description") if name in table)
    table[column] = "By the table"
    lines = [",".join(f'"{word}"' for word in words) for words in (table.keys(), table.values())]
    address = reverse(f"admin:kb_{model._meta.model_name}_import")
    file = SimpleUploadedFile("table.csv", "\n".join(lines).encode())
    preview = root.post(address, {"import_file": file, "resource": "0"})
    confirm = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', preview.content.decode()))
    changed = version_of(changed_behind(row, ines, **{column: "By Ines"}))
    response = root.post(reverse(f"admin:kb_{model._meta.model_name}_process_import"), confirm)
    assert response.status_code == 409
    assert "ines" in response.content.decode()
    there = type(row)._default_manager.get(pk=row.pk)
    assert version_of(there) == changed and getattr(there, column) == "By Ines"
