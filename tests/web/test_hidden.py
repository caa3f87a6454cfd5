"""Nothing that is not public shows on any public page, feed or map."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kb.models import (
    Annotation,
    Article,
    Citation,
    Claim,
    Evidence,
    FactCheck,
    ForeignCheck,
    FoundKind,
    Hop,
    Person,
    Source,
    Tag,
    TagLink,
)
from kb.search.finding import find
from kb.services import articles, verdicts
from tests.factories import (
    decided,
    make_appearance,
    make_article,
    make_citation,
    make_claim,
    make_correction,
    make_draft_check,
    make_foreign_check,
    make_note,
    make_person,
    make_published_article,
    make_published_check,
    make_source,
    make_tag,
    make_touched,
    make_user,
    words,
)

from .crawl import crawl

pytestmark = pytest.mark.django_db
SECRET = "zzhidden"


def secret(place: str) -> str:
    return f"{SECRET}-{place}"


def fill(article: Article) -> None:
    """Everything an article can carry, all of it marked; whether it is public hangs on the article alone."""
    citation = make_citation(
        article,
        source=make_source(
            name=secret(f"source of {article.pk}"), reliability="B", reliability_reason=secret("reason")
        ),
        speaker=secret("speaker"),
        check_note=secret("check note"),
        date_printed=secret("date"),
    )
    claim = make_claim(text=secret(f"claim of {article.pk}"), definition=secret("definition"))
    make_appearance(article, claim).citations.add(citation)
    article.tags.add(make_tag(secret(f"tag of {article.pk}")))
    Hop.objects.create(article=article, position=1, kind="wrote", printed_name=secret("author"), **decided("confirmed"))
    author = make_person(name=secret(f"person of {article.pk}"))
    Hop.objects.create(article=article, position=2, kind="wrote", person=author, **decided("confirmed"))
    for about in ({"article": article}, {"citation": citation}, {"claim": claim}):
        make_note(**about, access="public", body=secret("note"))


def hidden_article(**changes) -> Article:
    return make_article(
        **{
            "title": secret("title"),
            "standfirst": secret("standfirst"),
            "body": f"{secret('body')} (#Reuters, June 12) Exports rose by 40 per cent in May",
            "address": f"https://example.org/{SECRET}",
            **changes,
        }
    )


@pytest.fixture
def desk():
    """A public article, and around it one of everything that readers must not see."""
    public = make_published_article(title="Grain leaves the port")
    citation = make_citation(public)
    check = make_published_check()
    make_appearance(public, check.claim).citations.add(citation)
    editor, analyst = make_user(group="editor"), make_user(group="analyst")

    for article in [
        hidden_article(),
        hidden_article(status="in_review"),
        hidden_article(status="published", published_at=timezone.now() + timedelta(days=1)),
        hidden_article(status="published", published_at=timezone.now() - timedelta(days=1)),
    ]:
        fill(article)
    articles.withdraw(article, by=editor, reason="Invented.")

    for state in ("suggested", "rejected"):
        article = make_published_article(title=f"With {state} rows")
        lost = make_citation(article, state=state, printed_name=secret("name"), speaker=secret("speaker"), claim_text=secret("claim text"))  # fmt: skip
        make_appearance(article, make_claim(text=secret(f"{state} claim")), state=state).citations.add(lost)
        TagLink.objects.create(content_object=article, tag=make_tag(secret(f"{state} tag")), **decided(state))
        source = make_source(name=secret(f"{state} source"))
        Hop.objects.create(article=article, position=1, kind="published", source=source, **decided(state))
        author = make_person(name=secret(f"{state} person"))
        Hop.objects.create(article=article, position=2, kind="wrote", person=author, **decided(state))
        make_note(citation=lost, access="public", body=secret("note on a suggestion"))
        # Confirmed words may lean on a citation that is not.
        make_appearance(article, check.claim, exact="two more convoys are waiting").citations.add(lost)
        follows = make_citation(
            article, as_printed="#CNN", source=Source.objects.get(slug="cnn"), date_printed="", date_edtf=""
        )
        Citation.objects.filter(pk=follows.pk).update(via=lost)
        Citation.objects.filter(pk=lost.pk).update(source=source)

    for claim in [check.claim, make_appearance(make_published_article()).claim]:
        draft = make_draft_check(claim, by=analyst, rationale=secret("draft"), evidence=False)
        Evidence.objects.create(fact_check=draft, stance="refutes", summary=secret("evidence"), quote=secret("quote"), source=make_source(name=secret(f"evidence {claim.pk}")))  # fmt: skip
        verdicts.submit(make_draft_check(claim, by=analyst, rationale=secret("submitted")), by=analyst)
        turned_down = verdicts.submit(make_draft_check(claim, by=analyst, rationale=secret("rejected")), by=analyst)
        verdicts.reject(turned_down, by=editor, reason=secret("rejection"))

    for access in ("private", "team"):
        for about in ({"article": public, **words(public, "harbour")}, {"claim": check.claim}, {"citation": citation}, {"source": citation.source}):  # fmt: skip
            note = make_note(**about, access=access, body=secret(access))
            target = {name: row for name, row in about.items() if name in ("article", "claim", "citation", "source")}
            make_note(**target, access=access, body=secret("reply"), reply_to=note)
    nobodys = make_claim(text=secret("claim that nothing public makes"))
    for claim in (None, nobodys):
        make_foreign_check(
            claim,
            statement=secret("foreign statement"),
            claimant=secret("foreign claimant"),
            publisher_name=secret("foreign publisher"),
            title=secret("foreign title"),
            rating_words=secret("foreign rating"),
            address=f"https://example.org/{SECRET}",
        )
    for about in ({"claim": nobodys}, {"article": Article.objects.filter(status="draft").first()}):
        make_correction(**about, before=secret("before"), after=secret("after"), reason=secret("correction"))
    for article in Article.objects.filter(title=secret("title")):
        make_touched(article, make_correction(check.claim))
    make_tag(secret("tag that nothing carries"))
    make_source(name=secret("source that nothing cites"))
    # Named as speaker by what is not public alone; and one that is public, of a source that is not.
    make_person(name=secret("speaker"))
    nobody = make_person(source=make_source(name=secret("source that one belongs to")))
    make_citation(public, source=citation.source, speaker=nobody.name)
    return public


def test_no_public_page_shows_what_is_not_public(client, desk):
    pages = crawl(client)
    assert len(pages) > 15
    assert [address for address, content in pages.items() if SECRET in content] == []
    assert [address for address in pages if SECRET in address] == []


def test_no_search_finds_counts_suggests_or_feeds_what_is_not_public(client, desk):
    # The beginning of the marker, and the marker with slips in it: the page may repeat what was typed.
    asked = ["zzhidde*", "zzhiden", "zhidden", "-wheat", "port", "exports", "note", "source:zzhiden", "topic:zzhiden"]
    for query in asked:
        for sort in ("", "day"):
            page = client.get("/search/", {"q": query, "sort": sort}).content.decode()
            assert SECRET not in page, query
        assert SECRET not in client.get("/search/feed.atom", {"q": query}).content.decode(), query
    assert find("zzhidde*").total == 0 and find("zzhidden").total == 0
    everything = find("-wheat", size=1000)
    assert everything.total == len(everything.hits) > 5
    for facet in everything.facets:
        assert not [value for value in facet.values if SECRET in value.label + value.value]
    for kind in FoundKind:
        shown = [hit for hit in everything.hits if hit.kind == kind]
        visible = {
            FoundKind.ARTICLE: Article,
            FoundKind.CLAIM: Claim,
            FoundKind.SOURCE: Source,
            FoundKind.NOTE: Annotation,
            FoundKind.TOPIC: Tag,
            FoundKind.PERSON: Person,
        }[kind].objects.visible_to()
        assert len(shown) == visible.count(), kind


def test_no_filter_finds_what_is_not_public(client, desk):
    for source in Source.objects.filter(name__startswith=SECRET):
        assert client.get(source.get_absolute_url()).status_code == 404
        for page in ("/articles/", "/claims/"):
            assert SECRET not in client.get(page, {"source": source.slug}).content.decode().replace(source.slug, "")
    for tag in Tag.objects.filter(name__startswith=SECRET):
        assert client.get(tag.get_absolute_url()).status_code == 404
    for person in Person.objects.filter(name__startswith=SECRET):
        assert client.get(person.get_absolute_url()).status_code == 404
    for claim in Claim.objects.filter(text__startswith=SECRET):
        assert client.get(claim.get_absolute_url()).status_code == 404
    for article in Article.objects.filter(title__startswith=SECRET).exclude(status="withdrawn"):
        assert client.get(article.get_absolute_url()).status_code == 404


def test_the_planted_rows_would_show_if_they_were_public(client, desk):
    """The guard guards nothing if the marks stand where no page looks."""
    for article in Article.objects.filter(title__startswith=SECRET):
        Article.objects.filter(pk=article.pk).update(status="published", published_at=timezone.now())
    Annotation.objects.update(access="public")
    ForeignCheck.objects.update(claim=FactCheck.objects.get(status="published").claim, linked_by=make_user())
    content = "".join(crawl(client).values())
    for place in (
        "title",
        "standfirst",
        "body",
        "speaker",
        "check note",
        "date",
        "author",
        f"person of {article.pk}",
        "private",
        "team",
        "note",
        "reply",
        "foreign statement",
        "foreign publisher",
        "foreign title",
        "foreign rating",
        "before",
        "after",
        "correction",
    ):
        assert secret(place) in content, place
    assert FactCheck.objects.filter(status="draft").exists()


def test_a_reply_to_a_private_note_does_not_reveal_it(client, desk):
    note = Annotation.objects.filter(access="private", article=desk, start__isnull=False).first()
    make_note(article=desk, access="public", body="A public answer.", reply_to=note)
    html = client.get(desk.get_absolute_url()).content.decode()
    assert "A public answer." in html
    assert SECRET not in html
