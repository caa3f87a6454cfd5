"""A mark in every text of every row that is not public, and a walk of everything public that must not meet it.

What is hidden is not listed: whatever `visible_to` does not show is marked, and of a table without it every row. A new
table or column is marked by itself; where the database takes no mark, this module says why.
"""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import DatabaseError, models, transaction
from django.test import Client

from kb import urls
from kb.models import (
    Capture,
    Claim,
    ExpiryRule,
    GroupPolicy,
    ImportRun,
    PageChange,
    Person,
    Piece,
    Rating,
    RatingWords,
    SentForm,
    Source,
)
from kb.services import tasks, verdicts
from tests.factories import (
    give_review,
    make_challenge,
    make_claim,
    make_copy,
    make_draft_check,
    make_forecast,
    make_invitation,
    make_merge,
    make_note,
    make_published_check,
    make_score,
    make_search_step,
    make_tag,
    make_task,
    make_user,
)

from .crawl import PROBES, walk
from .test_hidden import SECRET, desk  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]

# Every reader may know these.
PUBLIC = {Rating, RatingWords, ExpiryRule}
# Rows that are as public as what they belong to.
BELONGING = {
    "SourceName": "source",
    "PersonAlias": "person",
    "TagAlias": "tag",
    "ClaimWording": "claim",
    "EvidenceCopy": "evidence",
}
# Columns that no reader sees even of a public row.
WITHHELD = {"Challenge": ("contact", "suspicion"), "FactCheck": ("return_reason",), "ForeignCheck": ("raw",), "Source": ("selectors",)}  # fmt: skip


# Addresses that no page of these rows leads to: probes of the machine, and what a reader is told after a challenge.
UNLINKED = {*PROBES, "challenge-followed"}
# Columns that take no mark: digests, dates and keys made by the machine, and words that are public once they are there.
UNMARKED = {
    *("Capture.sha256", "EvidenceCopy.sha256", "ForeignCheck.key", "Review.content_hash", "Presence.object_id"),
    *("Session.session_key", "Session.session_data", "Citation.date_resolved"),
    *("Annotation.places", "Appearance.places", "Citation.places"),
    *("Challenge.answer", "FactCheck.reopen_reason"),
}


def texts(model) -> list[models.Field]:
    """Columns that hold words of somebody: no lists of choices, no keys, nothing too short for the mark."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not field.choices
        and not field.remote_field
        and (field.max_length or 1000) > len(SECRET)
    ]


def tables() -> list[type[models.Model]]:
    """Ours and their versions; without what every reader may know and the versions of it and of groups."""
    found = [model for model in apps.get_app_config("kb").get_models() if model not in PUBLIC]
    known = {*PUBLIC, Group, GroupPolicy, PageChange}
    return [model for model in found if getattr(model, "instance_type", None) not in known]


def hidden(model) -> models.QuerySet:
    rows = model._base_manager.all()
    if hasattr(model._default_manager.all(), "visible_to") and not hasattr(model, "history_id"):
        return rows.exclude(pk__in=model._default_manager.visible_to(None).values("pk"))
    if owner := BELONGING.get(model.__name__):
        seen = model._meta.get_field(owner).related_model._default_manager.visible_to(None)
        return rows.exclude(**{f"{owner}__in": seen.values("pk")})
    return rows


def mark(rows: models.QuerySet, field: models.Field) -> None:
    """Write the mark into a column; where the database refuses it, the rows keep what they have."""
    if isinstance(field, models.JSONField):
        value = [SECRET] if field.default is list else {SECRET: SECRET}
    for pk in list(rows.values_list("pk", flat=True)[:50]):
        if not isinstance(field, models.JSONField):
            value = SECRET + (f"-{pk}" if field.unique else "")
        try:
            with transaction.atomic():
                rows.model._base_manager.filter(pk=pk).update(**{field.name: value})
        except DatabaseError:
            continue


@pytest.fixture
def planted(desk):  # noqa: F811
    """The public article, with a row in every table and the mark wherever a reader has no right to look."""
    desk.tags.add(make_tag("Grain"))
    make_note(article=desk, body="The harbour master counts sacks.", access="public")
    unseen = Claim.objects.exclude(pk__in=Claim.objects.visible_to(None).values("pk")).first()
    source = Source.objects.exclude(pk__in=Source.objects.visible_to(None).values("pk")).filter(name__startswith=SECRET).first()  # fmt: skip
    source.names.create(kind="full", name=f"{SECRET} in full")
    person = Person.objects.exclude(pk__in=Person.objects.visible_to(None).values("pk")).first()
    person.aliases.create(name=f"{SECRET} called otherwise")
    make_tag(f"{SECRET} unused").aliases.create(name=f"{SECRET} by another name")
    unseen.wordings.create(text=f"{SECRET} in other words")
    analyst = make_user(group="analyst")
    draft = make_draft_check(make_claim(), by=analyst)
    make_search_step(draft)
    make_copy(draft.evidence.get())
    make_score(make_forecast())
    dissent = make_draft_check(make_claim(), by=analyst)
    give_review(verdicts.submit(dissent, by=analyst), "false", note=SECRET)
    make_challenge(make_published_check().claim)
    make_invitation()
    make_merge()
    make_note(body="A draft of a thought.", labels=[SECRET], author=analyst)
    task = make_task(article=desk)
    tasks.complete(task, by=analyst, outcome=SECRET)
    desk.followers.create(user=analyst)
    capture = Capture.objects.create(sha256=f"{1:064}", content=SECRET.encode(), origin=SECRET)
    Piece.objects.create(capture=capture, start=0, end=4)
    run = ImportRun.objects.create()
    run.uploads.create(name="grain.txt", content=b"Grain.", size=6)
    run.files.create(file="grain.txt", effect="new")
    run.ledger.create(file="grain.jsonl", sha256=f"{2:064}")
    run.problems.create(file="grain.txt", level="error", code="cut", message="Cut off.")
    SentForm.objects.create(user=analyst, key="1")
    for model in tables():
        withheld = WITHHELD.get(model.__name__, ())
        for field in texts(model):
            mark(model._base_manager.all() if field.name in withheld else hidden(model), field)
    User.objects.update(email=f"{SECRET}@example.org")
    return desk


def test_every_text_of_every_table_is_planted(planted):
    """A walk that meets no mark says nothing of a column that holds none."""
    bare = {
        f"{model.__name__}.{field.name}"
        for model in tables()
        for field in texts(model)
        if not any(SECRET in str(value) for value in model._base_manager.values_list(field.name, flat=True))
    }
    assert bare == UNMARKED


def test_no_answer_to_a_reader_holds_the_mark(client, planted):
    kinds, routes = set(), set()
    for address, answer in walk(client):
        assert SECRET not in address
        assert SECRET not in answer.content.decode(), address
        assert SECRET not in str(answer.headers), address
        kinds.add(answer.headers["Content-Type"].partition(";")[0])
        routes.add(answer.wsgi_request.resolver_match.url_name)
    assert {"text/html", "application/atom+xml", "application/xml", "text/plain"} <= kinds
    every = {route.name for route in (*urls.urlpatterns, *urls.programs)}
    assert every - routes == UNLINKED


def test_who_is_signed_in_reads_the_same_public_pages(planted):
    for group in ("reader-of-drafts", "analyst", "editor", "administrator"):
        person = Client()
        person.force_login(make_user(group=group))
        for address, answer in walk(person):
            assert SECRET not in answer.content.decode() or address.startswith("/annotations/"), (group, address)
