"""Everybody tries every address of site and desk; an address without a rule here fails."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.urls import get_resolver

from kb.models import (
    Capture,
    ExpiryRule,
    Follow,
    ImportProblem,
    ImportRun,
    Notice,
    PageChange,
    Person,
    Piece,
    Rating,
    RatingWords,
)
from tests.factories import (
    decided,
    make_appearance,
    make_article,
    make_challenge,
    make_citation,
    make_claim,
    make_copy,
    make_correction,
    make_draft_check,
    make_foreign_check,
    make_invitation,
    make_merge,
    make_note,
    make_person,
    make_published_article,
    make_published_check,
    make_score,
    make_source,
    make_tag,
    make_task,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_each_database]

PEOPLE = ("anonymous", "reader-of-drafts", "analyst", "editor", "administrator")
VIEWS = ("changelist", "add", "change", "history", "delete")

LOOK, WRITE = {"changelist", "change", "history"}, set(VIEWS)
READ_BY_ALL, WRITTEN_BY_ANALYSTS = (
    {"article", "annotation"},
    {*("article", "annotation", "citation", "appearance", "hop", "taglink", "claim", "factcheck", "person", "tag")},
)
REGISTER, RECORDS, ACCOUNTS = (
    {"source", "rating", "ratingwords", "expiryrule"},
    {"capture", "piece", "pagechange", "importrun", "importproblem", "merge", "correction"},
    {"user", "group"},
)

# Each person's own: no version of them is kept, and one follows a thing from its page.
OWN = {"follow": {"changelist", "change", "delete"}, "notice": {"changelist", "change"}}

EVERYBODY = dict.fromkeys(PEOPLE, 200)
SIGNED_IN = EVERYBODY | {"anonymous": 302}
ANALYSTS = SIGNED_IN | {"reader-of-drafts": 403}
EDITORS = ANALYSTS | {"analyst": 403}
# Addresses of the desk that belong to no table.
DESK = {
    # A draft is reviewed by nobody: who may review is led back to it.
    "kb_factcheck_review": dict.fromkeys(PEOPLE, 302) | {"reader-of-drafts": 403, "analyst": 403},
    "kb_factcheck_copy": ANALYSTS,
    "index": SIGNED_IN,
    "login": dict.fromkeys(PEOPLE, 302),
    "logout": dict.fromkeys(PEOPLE, 405) | {"anonymous": 302},
    "password_change": dict.fromkeys(PEOPLE, 302),
    "password_change_done": SIGNED_IN,
    "jsi18n": SIGNED_IN,
    "autocomplete": dict.fromkeys(PEOPLE, 403) | {"anonymous": 302},
    "app_list": dict.fromkeys(PEOPLE, 302),
    "kb_article_preview": SIGNED_IN,
    "kb_article_read": SIGNED_IN,
    "kb_citation_queue": ANALYSTS,
    "kb_claim_recheck": ANALYSTS,
    "kb_claim_similar": ANALYSTS,
    "kb_importrun_upload": ANALYSTS,
    # A run that has begun has no plan any more.
    "kb_importrun_plan": dict.fromkeys(PEOPLE, 302) | {"reader-of-drafts": 403},
    "kb_importrun_work": ANALYSTS,
    "kb_article_receipt": ANALYSTS,
    "kb_article_changes": ANALYSTS,
    "kb_article_orphans": ANALYSTS,
    "kb_article_orphan_queue": ANALYSTS,
    **dict.fromkeys([f"kb_{kind}_merge" for kind in ("source", "claim", "tag", "person")], EDITORS),
    # Leads on to what it speaks of.
    "kb_notice_open": dict.fromkeys(PEOPLE, 302),
    "kb_notice_digest": dict.fromkeys(PEOPLE, 405) | {"anonymous": 302},
    "kb_notice_read_all": dict.fromkeys(PEOPLE, 405) | {"anonymous": 302},
}


TO_ALL, TO_NOBODY, ELSEWHERE = (dict.fromkeys(PEOPLE, answer) for answer in (200, 404, 302))
# What concerns the safety of an account asks first for the password again.
CONFIRMED = ELSEWHERE
# Addresses of signing in: the same for every group, since they are about oneself.
ACCOUNT = {
    "account": ELSEWHERE,
    "account_login": ELSEWHERE | {"anonymous": 200},
    "account_logout": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_signup": TO_NOBODY,
    "account_invitation": dict.fromkeys(PEOPLE, 410),
    "account_change_password": SIGNED_IN,
    "account_reset_password": TO_ALL,
    "account_reset_password_done": TO_ALL,
    "account_reset_password_from_key_done": TO_ALL,
    "account_reset_password_from_key": TO_ALL,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": ELSEWHERE,
    "mfa_reauthenticate": ELSEWHERE,
    "mfa_activate_totp": CONFIRMED,
    "mfa_deactivate_totp": TO_NOBODY | {"anonymous": 302},
    "mfa_view_recovery_codes": TO_NOBODY | {"anonymous": 302},
    "mfa_generate_recovery_codes": CONFIRMED,
}


def may(person: str, table: str) -> set[str]:
    """The views of a table's rows this group reaches: the rights of the interface, said a second time."""
    if table in OWN:
        return OWN[table]
    if person == "reader-of-drafts":
        return LOOK if table in READ_BY_ALL else set()
    if person == "administrator" and table in REGISTER | ACCOUNTS:
        return WRITE
    if table in WRITTEN_BY_ANALYSTS:
        return WRITE
    if table == "foreigncheck":
        # Nobody writes another's verdict; analysts say which claim of ours it is about.
        return WRITE - {"add"}
    if person == "administrator" and table == "invitation":
        return LOOK | {"add"}
    if table in ("task", "challenge", "forecastscore"):
        # Tasks and outcomes of forecasts are made and changed by acts; challenges come from readers.
        return LOOK
    if table == "correction" and person in ("editor", "administrator"):
        return LOOK | {"add"}
    return LOOK if table in REGISTER | RECORDS else set()


def routes(patterns=None, prefix=""):
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route, pattern.name


@pytest.fixture
def rows():
    """One row behind every address, none of them anybody's private matter."""
    article = make_article()
    source = make_source()
    account = ImportRun.objects.create()
    account.uploads.create(name="grain.txt", content=b"Grain.", size=6)
    return {
        "article": article,
        "citation": make_citation(article),
        "appearance": make_appearance(article),
        "hop": article.hops.create(position=1, kind="wrote", printed_name="Ada Harbour"),
        "taglink": article.tag_links.create(tag=make_tag()),
        "claim": make_claim(),
        "merge": make_merge(),
        "correction": make_correction(),
        "person": Person.objects.create(name="Ada Harbour", slug="ada-harbour"),
        "tag": make_tag(),
        "source": source,
        "foreigncheck": make_foreign_check(),
        "expiryrule": ExpiryRule.objects.create(statement_type="opinion"),
        "forecastscore": make_score(),
        "copy": make_copy(),
        "ratingwords": RatingWords.objects.create(words="quite so", coarse_class="supported"),
        "rating": Rating.objects.create(slug="new", label="New", definition="x", coarse_class="none", position=99),
        "capture": (capture := Capture.objects.create(sha256="0" * 64, content=b"Grain.", origin="grain.txt")),
        "piece": Piece.objects.create(capture=capture, start=0, end=5),
        "pagechange": PageChange.objects.create(article=article, before=capture, after=capture),
        "importrun": account,
        "importproblem": ImportProblem.objects.create(run=account, file="x", level="info", code="x", message="x"),
        "user": make_user(),
        "group": Group.objects.create(name="new"),
        "invitation": make_invitation(),
    }


@pytest.fixture
def public(rows):
    """What stands behind the readers' addresses."""
    article = make_published_article()
    citation = make_citation(article)
    claim = make_published_check().claim
    article.tags.add("Grain")
    author = make_person()
    article.hops.create(position=1, kind="wrote", person=author, **decided("confirmed"))
    return {
        "/articles/<words:slug>/": article.get_absolute_url(),
        "/articles/<words:slug>/annotations/": f"{article.get_absolute_url()}annotations/",
        "/annotations/<uuid:uid>/": f"/annotations/{make_note(article=article, access='public').uid}/",
        "/articles/<words:slug>/feed.atom": f"{article.get_absolute_url()}feed.atom",
        "/articles/<words:slug>/citation.<form:form>": f"{article.get_absolute_url()}citation.bib",
        "/articles/<words:slug>/references.<form:form>": f"{article.get_absolute_url()}references.bib",
        "/claims/<int:pk>/citation.<form:form>": f"{claim.get_absolute_url()}citation.bib",
        "/claims/<int:pk>/references.<form:form>": f"{claim.get_absolute_url()}references.bib",
        "/claims/<int:pk>/": claim.get_absolute_url(),
        "/claims/<int:pk>/card/": f"{claim.get_absolute_url()}card/",
        "/oembed/": f"/oembed/?url=http://testserver{claim.get_absolute_url()}",
        "/sitemap-<slug:section>.xml": "/sitemap-articles.xml",
        "/claims/<int:pk>/feed.atom": f"{claim.get_absolute_url()}feed.atom",
        "/sources/<words:slug>/": citation.source.get_absolute_url(),
        "/sources/<words:slug>/feed.atom": f"{citation.source.get_absolute_url()}feed.atom",
        "/people/<words:slug>/": author.get_absolute_url(),
        "/people/<words:slug>/feed.atom": f"{author.get_absolute_url()}feed.atom",
        "/topics/<words:slug>/": article.tags.get().get_absolute_url(),
        "/topics/<words:slug>/feed.atom": f"{article.tags.get().get_absolute_url()}feed.atom",
        "/corrections/<int:pk>/": make_correction(claim).get_absolute_url(),
        "/challenge/<slug:reference>/": make_challenge(claim).get_absolute_url(),
    }


@pytest.mark.parametrize("person", PEOPLE)
def test_every_address_answers_as_its_rule_says(client, person, rows, public):
    user = None
    if person != "anonymous":
        user = make_user(group=person)
        client.force_login(user)
    # A draft belongs to its author alone, so each person who may write gets one.
    rows["factcheck"] = make_draft_check(by=user if person in PEOPLE[2:] else None)
    rows["annotation"] = make_note(author=user if person in PEOPLE[2:] else make_user(), access="team")
    rows["task"] = make_task()
    rows["challenge"] = make_challenge()
    owner = user or make_user()
    rows["follow"] = Follow.objects.create(user=owner, article=rows["article"])
    rows["notice"] = Notice.objects.create(user=owner, event="x", words="x", article=rows["article"])
    for route, name in routes():
        if route.startswith("accounts/"):
            address = f"/{route}".replace("<slug:key>", "a-key")
            address = re.sub(r"\^.*\$", "password/reset/key/1-a-key/", address)
            assert client.get(address).status_code == ACCOUNT[name][person], address
        elif not route.startswith("admin/"):
            address = public.get(f"/{route}", f"/{route}")
            assert "<" not in address, f"no row for {route}: write one"
            assert client.get(address).status_code == 200, address
        elif name in DESK:
            arguments = {
                "<int:object_id>": str(rows["article"].pk),
                "<int:key>": str(rows["notice" if name.startswith("kb_notice") else "importrun"].pk),
                "<int:check_id>": str(rows["factcheck"].pk),
                "<int:copy_id>": str(rows["copy"].pk),
                "^(?P<app_label>kb|auth)/$": "kb/",
            }
            address = "/" + route
            for placeholder, value in arguments.items():
                address = address.replace(placeholder, value)
            assert client.get(address).status_code == DESK[name][person], address
        elif name is None or name in ("view_on_site", "auth_user_password_change"):
            continue  # redirects to the addresses here; the password of others is tested with the accounts
        else:
            _, table, view = name.split("_", 2)
            if view in ("simple_history", "restore"):
                continue  # one version of a row: tested with the histories
            assert table in rows, f"no rule for {route}: write one"
            address = "/" + route.replace("<path:object_id>", str(rows[table].pk))
            # A table goes out for who may see the rows and comes in for who may add them, by POST alone.
            asked = {
                **{"export": "changelist", "import": "add", "process_import": "add"},
                **{"compare": "history", "deleted": "changelist", "presence": "delete"},
            }.get(view, view)
            allowed = 405 if view in ("process_import", "presence") else 200
            expected = 302 if person == "anonymous" else allowed if asked in may(person, table) else 403
            assert client.get(address).status_code == expected, (person, address)


def test_a_superuser_is_no_way_around_the_rules(client):
    """Nobody approves their own check, not even who holds every right."""
    User.objects.create_superuser("root", password="a good password")
    client.login(username="root", password="a good password")
    root = User.objects.get(username="root")
    check = make_draft_check(by=root)
    client.post(f"/admin/kb/factcheck/{check.pk}/change/", {"_act": "submit", "version": check.version})
    client.post(f"/admin/kb/factcheck/{check.pk}/change/", {"_act": "approve"})
    check.refresh_from_db()
    assert check.status != "published"
