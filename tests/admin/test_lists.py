"""Changelists, the first page and the claim page: what they show and what they cost."""

import re
from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kb.models import (
    Annotation,
    Appearance,
    Article,
    Capture,
    Challenge,
    Citation,
    Claim,
    Correction,
    CorrectionArticle,
    ExpiryRule,
    FactCheck,
    Follow,
    ForecastScore,
    ForeignCheck,
    Hop,
    ImportProblem,
    ImportRun,
    Invitation,
    Merge,
    Notice,
    PageChange,
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
from kb.services import verdicts
from tests.factories import (
    BODY,
    make_appearance,
    make_article,
    make_challenge,
    make_citation,
    make_claim,
    make_draft_check,
    make_note,
    make_published_check,
    make_tag,
    make_user,
)

from .pages import list_of, page_of

pytestmark = pytest.mark.django_db


def make_many(model, number, user):
    """So many rows, each with everything its columns may show."""
    label = f"{model.__name__.lower()}-{model.objects.count()}"
    names = [f"{label}-{n}" for n in range(number)]

    def articles():
        Article.objects.bulk_create(Article(title=name, slug=name, body=BODY, genre="news") for name in names)
        return list(Article.objects.filter(slug__startswith=f"{label}-"))

    def sources():
        Source.objects.bulk_create(Source(name=name, slug=name, kind="blog") for name in names)
        return list(Source.objects.filter(slug__startswith=f"{label}-"))

    def claims():
        Claim.objects.bulk_create(Claim(text=name, value=3, unit="ships") for name in names)
        return list(Claim.objects.filter(text__startswith=f"{label}-"))

    def people():
        Person.objects.bulk_create(
            Person(name=name, slug=name, source=source) for name, source in zip(names, sources(), strict=True)
        )
        return list(Person.objects.filter(slug__startswith=f"{label}-"))

    def captures():
        return Capture.objects.bulk_create(
            Capture(sha256=f"{name:0>64}"[-64:], content=b"x", origin=name, received_by=u)
            for name, u in zip(names, users(), strict=True)
        )

    def users():
        User.objects.bulk_create(User(username=name) for name in names)
        return list(User.objects.filter(username__startswith=f"{label}-"))

    def tags():
        Tag.objects.bulk_create(Tag(name=name, slug=name) for name in names)
        return list(Tag.objects.filter(slug__startswith=f"{label}-"))

    def open_citations():
        rows = [
            Citation(article=article, position=1, as_printed="(#X)", resolution="resolved", source=source)
            for article, source in zip(articles(), sources(), strict=True)
        ]
        return Citation.objects.bulk_create(rows)

    anchor = {"exact": "Grain", "suffix": " left", "start": 0, "end": 5, "revision": 1}
    now = timezone.now()
    rating = Rating.objects.first()
    make = {
        Article: open_citations,
        Citation: open_citations,
        Appearance: lambda: Appearance.objects.bulk_create(
            Appearance(article=a, claim=c, **anchor) for a, c in zip(articles(), claims(), strict=True)
        ),
        Hop: lambda: Hop.objects.bulk_create(
            Hop(article=a, position=1, kind="wrote", person=p) for a, p in zip(articles(), people(), strict=True)
        ),
        TagLink: lambda: TagLink.objects.bulk_create(
            TagLink(content_object=a, tag=t) for a, t in zip(articles(), tags(), strict=True)
        ),
        Claim: claims,
        FactCheck: lambda: FactCheck.objects.bulk_create(
            FactCheck(claim=c, number=1, author=u, rating=rating) for c, u in zip(claims(), users(), strict=True)
        ),
        Annotation: lambda: Annotation.objects.bulk_create(
            Annotation(article=a, author=u, body="A note.", access="public")
            for a, u in zip(articles(), users(), strict=True)
        ),
        Source: sources,
        Person: people,
        Tag: tags,
        Rating: lambda: Rating.objects.bulk_create(
            Rating(
                slug=name, label=name, definition="x", coarse_class="none", position=100 + Rating.objects.count() + n
            )
            for n, name in enumerate(names)
        ),
        Capture: captures,
        Piece: lambda: Piece.objects.bulk_create(Piece(capture=c, start=0, end=1, became=c) for c in captures()),
        PageChange: lambda: PageChange.objects.bulk_create(
            PageChange(article=a, before=c, after=c) for a, c in zip(articles(), captures(), strict=True)
        ),
        ImportRun: lambda: ImportRun.objects.bulk_create(ImportRun(by=u, started_at=now) for u in users()),
        ImportProblem: lambda: ImportProblem.objects.bulk_create(
            ImportProblem(run=r, article=a, file="x.txt", level="error", code="x", message="x")
            for r, a in zip(ImportRun.objects.bulk_create(ImportRun() for _ in names), articles(), strict=True)
        ),
        ForeignCheck: lambda: ForeignCheck.objects.bulk_create(
            ForeignCheck(key=f"{name:0>64}"[-64:], statement=name, publisher=s, claim=c, linked_by=u)
            for name, s, c, u in zip(names, sources(), claims(), users(), strict=True)
        ),
        RatingWords: lambda: RatingWords.objects.bulk_create(
            RatingWords(words=name, coarse_class="none") for name in names
        ),
        Task: lambda: Task.objects.bulk_create(
            [Task(kind="other", article=a, assignee=u) for a, u in zip(articles(), users(), strict=True)]
            + [Task(kind="check", claim=c, opened_by=user) for c in claims()]
        ),
        Follow: lambda: Follow.objects.bulk_create(
            [Follow(user=user, article=a) for a in articles()] + [Follow(user=user, claim=c) for c in claims()]
        ),
        Notice: lambda: Notice.objects.bulk_create(
            Notice(user=user, event=c.text, words="x", claim=c, by=u) for c, u in zip(claims(), users(), strict=True)
        ),
        ExpiryRule: lambda: None,
        ForecastScore: lambda: ForecastScore.objects.bulk_create(
            ForecastScore(claim=c, outcome="partly", reason="x", address="https://x.example", scored_by=u)
            for c, u in zip(claims(), users(), strict=True)
        ),
        Challenge: lambda: [make_challenge(claim) for claim in [make_published_check().claim] for _ in names],
        Invitation: lambda: Invitation.objects.bulk_create(
            Invitation(person=u, invited_by=user, expires_at=now, key_hash=u.username) for u in users()
        ),
        Merge: lambda: Merge.objects.bulk_create(
            Merge(kind=kind, number=1, name="x", slug="x", merged_by=u, **{f"kept_{kind}": row})
            for kind, rows in {"source": sources(), "claim": claims(), "tag": tags()}.items()
            for row, u in zip(rows, users() if kind == "source" else [user] * number, strict=True)
        ),
        Correction: lambda: CorrectionArticle.objects.bulk_create(
            CorrectionArticle(article=a, ring="cites", correction=correction)
            for a, correction in zip(
                articles(),
                Correction.objects.bulk_create(
                    Correction(claim=c, kind="wording", before="x", after="y", reason="z", made_by=u)
                    for c, u in zip(claims(), users(), strict=True)
                ),
                strict=True,
            )
        ),
        User: users,
        Group: lambda: Group.objects.bulk_create(Group(name=name) for name in names),
    }
    make[model]()


@pytest.mark.parametrize(
    "model", sorted(admin.site._registry, key=lambda model: model.__name__), ids=lambda m: m.__name__
)
def test_a_list_costs_the_same_few_queries_for_3_rows_and_for_300(sign_in, model):
    client = sign_in("administrator")

    def cost():
        client.get(list_of(model))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(list_of(model)).status_code == 200
        return len(queries)

    make_many(model, 3, client.user)
    few = cost()
    make_many(model, 297, client.user)
    assert cost() == few
    # The session, the person with what waits for them, their rights, how many rows, the rows; and each filter its own.
    filters = admin.site.get_model_admin(model).get_list_filter(None)
    assert few <= 5 + len(filters)


def shown(client, model, **filters) -> set:
    return set(client.get(list_of(model), filters).context["cl"].result_list)


def test_articles_are_found_by_status_genre_source_tag_and_open_suggestions(analyst):
    cited, tagged, other = make_article(genre="news"), make_article(), make_article(title="Wool")
    make_citation(cited)
    make_citation(cited, state=State.SUGGESTED)
    tagged.tags.add(make_tag("Grain"))
    assert shown(analyst, Article, source="reuters") == shown(analyst, Article, source="Reut") == {cited}
    assert shown(analyst, Article, tag="grain") == {tagged}
    assert shown(analyst, Article, genre__exact="news") == {cited}
    assert shown(analyst, Article, waiting="open") == {cited}
    assert shown(analyst, Article, status__exact="draft") == {cited, tagged, other}
    assert shown(analyst, Article, q="wool") == {other}


def test_claims_are_found_by_the_status_readers_see(analyst):
    expired, checked, unchecked = make_claim(), make_claim(), make_claim()
    make_published_check(expired, as_of=date(2025, 1, 1), expires_on=date(2025, 2, 1))
    make_published_check(checked, expires_on=timezone.localdate() + timedelta(days=9))
    assert shown(analyst, Claim, standing="expired") == shown(analyst, Claim, waiting="expired") == {expired}
    assert shown(analyst, Claim, standing="checked") == {checked}
    assert shown(analyst, Claim, standing="unchecked") == {unchecked}


def test_claims_are_found_by_source_tag_and_genre_of_their_articles(analyst):
    article, claim = make_article(genre="news"), make_claim()
    make_appearance(article, claim).citations.add(make_citation(article))
    article.tags.add(make_tag("Grain"))
    make_claim()
    for filters in ({"source": "reuters"}, {"tag": "grain"}, {"genre": "news"}):
        assert shown(analyst, Claim, **filters) == {claim}


def test_the_first_page_shows_what_waits_and_links_to_it(sign_in):
    client = sign_in("editor")
    me, colleague = client.user, make_user(group="analyst")
    make_citation(make_article(status="in_review"), state=State.SUGGESTED)
    make_citation(resolution="unresolved", printed_name="The Post", state=State.SUGGESTED)
    make_draft_check(by=me)
    for author in (me, colleague):
        check = make_draft_check(by=author)
        verdicts.submit(check, by=author)
    rejected = verdicts.submit(make_draft_check(by=me), by=me)
    verdicts.reject(rejected, by=make_user(group="editor"), reason="One source.")
    make_published_check(as_of=date(2025, 1, 1), expires_on=date(2025, 2, 1))
    make_note(motivation="questioning")
    response = client.get(reverse("admin:index"))
    waiting = {one.address: one.count for one in response.context["waiting"]}
    expected = {
        (Article, "review"): 1,
        (Article, "open"): 2,
        (PageChange, "change"): 0,
        (Piece, "piece"): 0,
        (Citation, "unresolved"): 2,
        (FactCheck, "review"): 1,
        (FactCheck, "decide"): 0,
        (ForecastScore, "confirm"): 0,
        (Claim, "due"): 0,
        (FactCheck, "mine-draft"): 1,
        (FactCheck, "mine-submitted"): 1,
        (FactCheck, "mine-rejected"): 1,
        (Claim, "expired"): 1,
        (Annotation, "open"): 1,
        (Annotation, "unresolved"): 1,
        (Annotation, "mine"): 0,
        (Annotation, "given"): 0,
        (Annotation, "orphaned"): 0,
        (Citation, "orphaned"): 0,
        (Appearance, "orphaned"): 0,
        **{(Challenge, value): 0 for value in ("mine", "unassigned", "overdue", "held")},
        **{(Task, value): 0 for value in ("mine", "mine-overdue", "unassigned", "overdue", "recheck", "after_change")},
    }
    addresses = {key: f"{list_of(key[0])}?waiting={key[1]}" for key in expected}
    addresses[Citation, "unresolved"] = reverse("admin:kb_citation_queue")
    assert waiting == {addresses[key]: count for key, count in expected.items()}
    for (model, value), count in expected.items():
        assert len(shown(client, model, waiting=value)) == count


def test_the_first_page_costs_few_queries_and_shows_only_what_a_person_may_see(sign_in):
    client = sign_in("reader-of-drafts")
    page = client.get(reverse("admin:index"))
    models = {row["model"] for section in page.context["app_list"] for row in section["models"]}
    assert models == {Article, Annotation, Notice, Follow}
    assert page.context["charts"] == []
    assert {one.address.split("?")[0] for one in page.context["waiting"]} == {list_of(Article), list_of(Annotation)}
    editor = sign_in("editor")
    editor.get(reverse("admin:index"))
    with CaptureQueriesContext(connection) as queries:
        first = editor.get(reverse("admin:index"))
        sections = first.context["app_list"]
    # One for all queues, one for the header, a few for the charts, and the session's.
    assert len(queries) <= 14
    for name in ("kb_citation_queue", "kb_claim_recheck", "kb_importrun_upload"):
        assert f'href="{reverse(f"admin:{name}")}"' in first.content.decode()
        assert f'href="{reverse(f"admin:{name}")}"' not in page.content.decode()
    assert [str(section["name"]) for section in sections] == [
        "Work",
        "To read and publish",
        "To check",
        "Notes",
        "Register",
        "Imports",
    ]


def test_a_claim_shows_its_appearances_in_their_sentences_and_its_checks(analyst):
    article, claim = make_article(), make_claim()
    appearance = make_appearance(article, claim)
    appearance.citations.add(make_citation(article))
    check = make_published_check(claim)
    page = analyst.get(page_of(claim)).content.decode()
    sentence = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", page, re.DOTALL)[1]
    assert sentence == '<bdi dir="ltr"><mark>Exports rose by 40 per cent in May</mark>.</bdi>'
    for row in (article, appearance, check):
        assert f'href="{page_of(row)}"' in page
    assert "Draft a check" in page


def test_a_claim_page_costs_the_same_for_2_appearances_and_for_12(analyst):
    def cost(number):
        claim = make_claim()
        for _ in range(number):
            article = make_article()
            make_appearance(article, claim).citations.add(make_citation(article))
        analyst.get(page_of(claim))
        with CaptureQueriesContext(connection) as queries:
            analyst.get(page_of(claim))
        return len(queries)

    assert cost(2) == cost(12)


def test_no_page_of_the_desk_brings_style_or_script_of_its_own(analyst):
    article = make_article()
    make_citation(article, state=State.SUGGESTED)
    for address in (
        reverse("admin:index"),
        list_of(Article),
        page_of(article),
        page_of(article, "history"),
        list_of(Claim),
    ):
        response = analyst.get(address)
        page = response.content.decode()
        assert not re.search(r"<script(?![^>]*src=)[^>]*>(?!\s*</script>)|<style|\sstyle=|\son[a-z]+=", page), address
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
