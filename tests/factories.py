"""Rows for tests, written by hand: each function makes one valid row and takes whatever should differ."""

import hashlib
import itertools
from datetime import date

from django.contrib.auth.models import Group, User
from django.utils import timezone

from kb.models import (
    Annotation,
    Appearance,
    Article,
    ArticleStatus,
    BodyFormat,
    Challenge,
    Citation,
    Claim,
    Correction,
    CorrectionArticle,
    Evidence,
    EvidenceCopy,
    FactCheck,
    FactCheckStatus,
    ForecastScore,
    ForeignCheck,
    Invitation,
    Merge,
    Person,
    Rating,
    SearchStep,
    Source,
    State,
    Tag,
    Task,
)
from kb.services import challenges, invitations, merging, verdicts
from kb.services.seals import hash_of, seal_of
from kb.text import anchors

_count = itertools.count(1)

BODY = (
    "Grain left the port again on Monday, and the harbour filled with ships (#Reuters, June 12). "
    "Exports rose by 40 per cent in May.\n\n"
    "According to #CNN (June 4), two more convoys are waiting. Nobody says for how long."
)


def make_user(username: str = "", *, group: str | None = None, **changes) -> User:
    user = User.objects.create_user(
        username or f"user{next(_count)}", password="a good password", is_staff=group is not None, **changes
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_source(**changes) -> Source:
    number = next(_count)
    return Source.objects.create(
        **{"name": f"Harbour Courier {number}", "slug": f"harbour-courier-{number}", "kind": "newspaper", **changes}
    )


def make_invitation(**changes) -> Invitation:
    """An open invitation; `key` is the word in its link."""
    content = {"email": f"guest{next(_count)}@example.org", "groups": [Group.objects.get(name="analyst")], **changes}
    inviter = content.pop("by", None) or make_user(group="administrator")
    invitation, key = invitations.invite(f"guest{next(_count)}", by=inviter, **content)
    invitation.key = key
    return invitation


def make_article(**changes) -> Article:
    number = next(_count)
    return Article.objects.create(
        **{
            "title": f"Grain leaves the port {number}",
            "slug": f"grain-leaves-the-port-{number}",
            "body": BODY,
            "body_format": BodyFormat.PLAIN,
            "language": "en",
            "direction": "ltr",
            "display": "full",
            **changes,
        }
    )


def make_published_article(**changes) -> Article:
    return make_article(**{"status": ArticleStatus.PUBLISHED, "published_at": timezone.now(), **changes})


def decided(state: str) -> dict:
    return {"state": state, "decided_at": None if state == State.SUGGESTED else timezone.now()}


def words(article: Article, exact: str) -> dict:
    """The anchor fields of words that stand in the article's text."""
    start = article.text.index(exact)
    found = anchors.anchor(article.text, start, start + len(exact))
    return {
        "exact": found.exact,
        "prefix": found.prefix,
        "suffix": found.suffix,
        "start": found.start,
        "end": found.end,
        "revision": article.revision,
    }


def make_citation(article: Article | None = None, *, state: str = State.CONFIRMED, **changes) -> Citation:
    article = article or make_article()
    fields = {
        "article": article,
        "position": next(_count),
        "as_printed": "(#Reuters, June 12)",
        "resolution": "resolved",
        "printed_name": "Reuters",
        "date_printed": "June 12",
        "date_edtf": "XXXX-06-12",
        **decided(state),
        **changes,
    }
    if fields["resolution"] == "resolved" and "source" not in fields:
        fields["source"] = Source.objects.get(slug="reuters")
    if "exact" not in fields and fields["as_printed"] in article.text:
        fields |= words(article, fields["as_printed"])
    return Citation.objects.create(**fields)


def make_claim(**changes) -> Claim:
    return Claim.objects.create(**{"text": f"Exports rose by {next(_count)} per cent.", **changes})


def make_appearance(
    article: Article | None = None,
    claim: Claim | None = None,
    *,
    state: str = State.CONFIRMED,
    exact: str = "",
    **changes,
) -> Appearance:
    article = article or make_article()
    claim = claim or (make_claim() if state == State.CONFIRMED else None)
    exact = exact or "Exports rose by 40 per cent in May"
    return Appearance.objects.create(
        **{"article": article, "claim": claim, **decided(state), **words(article, exact), **changes}
    )


def make_draft_check(
    claim: Claim | None = None, *, by: User | None = None, evidence: bool = True, **changes
) -> FactCheck:
    """A draft that can be submitted as it is."""
    check = verdicts.draft(
        claim or make_claim(),
        by=by or make_user(group="analyst"),
        **{
            "rating": Rating.objects.current().get(slug="true"),
            "rationale": "The customs office publishes the figure.",
            "as_of": date(2025, 6, 1),
            "expiry": "day" if changes.get("expires_on") else "never",
            **changes,
        },
    )
    if evidence:
        Evidence.objects.create(fact_check=check, stance="supports", summary="Customs statistics, May 2025.")
    return check


def make_published_check(claim: Claim | None = None, **changes) -> FactCheck:
    return publish_verdict(make_draft_check(claim, **changes))


def publish_verdict(check: FactCheck, *, by: User | None = None) -> FactCheck:
    """Take a draft or submitted check to the public: a second person agrees."""
    if check.status == FactCheckStatus.DRAFT:
        verdicts.submit(check, by=check.author)
    give_review(check, check.rating.slug, by=by)
    assert check.status == FactCheckStatus.PUBLISHED
    return check


def give_review(check: FactCheck, rating: str, *, by: User | None = None, **changes) -> FactCheck:
    """The second opinion of a submitted check, or the deciding one where opinions differ."""
    act = verdicts.decide if check.dissent else verdicts.review
    return act(
        check,
        by=by or make_user(group="editor"),
        **{
            "rating": Rating.objects.current().get(slug=rating),
            "note": "Counted again.",
            "shown": hash_of(seal_of(check)),
            **changes,
        },
    )


def make_dissent(**changes) -> FactCheck:
    """A submitted check whose second opinion is of another class."""
    check = make_draft_check(**changes)
    verdicts.submit(check, by=check.author)
    return give_review(check, "false")


def make_forecast(**changes) -> Claim:
    """A forecast that is due."""
    return make_claim(**{"statement_type": "forecast", "resolves_on": date(2025, 6, 1), **changes})


def make_score(claim: Claim | None = None, **changes) -> ForecastScore:
    """A score that nobody has confirmed yet."""
    return ForecastScore.objects.create(
        **{
            "claim": claim or make_forecast(),
            "outcome": "came_true",
            "reason": "Customs counted it.",
            "address": "https://customs.example/2025",
            "scored_by": changes.pop("scored_by", None) or make_user(group="analyst"),
            **changes,
        }
    )


def make_copy(evidence: Evidence | None = None, content: bytes = b"The page as it was.", **changes) -> EvidenceCopy:
    return EvidenceCopy.objects.create(
        **{
            "evidence": evidence or make_draft_check().evidence.get(),
            "name": "page.html",
            "media_type": "text/html",
            "content": content,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            **changes,
        }
    )


def make_search_step(check: FactCheck | None = None, **changes) -> SearchStep:
    return SearchStep.objects.create(
        **{
            "fact_check": check or make_draft_check(),
            "place": "Archive of the customs office",
            "words": "grain exports May",
            "result": "The monthly table.",
            **changes,
        }
    )


def make_note(**changes) -> Annotation:
    if not {"article", "claim", "citation", "source"} & changes.keys():
        changes["article"] = make_article()
    return Annotation.objects.create(
        **{"body": "Ask the harbour master.", "author": changes.pop("author", None) or make_user(), **changes}
    )


def make_tag(name: str = "", **changes) -> Tag:
    return Tag.objects.create(name=name or f"Grain {next(_count)}", **changes)


def make_foreign_check(claim: Claim | None = None, **changes) -> ForeignCheck:
    """A check by another desk; with a claim, a person has linked it."""
    number = next(_count)
    return ForeignCheck.objects.create(
        **{
            "key": f"{number:064}",
            "statement": f"Exports rose by {number} per cent, they say.",
            "publisher_name": "Harbour Facts",
            "publisher_site": "harbour-facts.example",
            "address": f"https://harbour-facts.example/{number}",
            "title": f"Did exports rise by {number} per cent?",
            "reviewed_on": "2021-12-31",
            "rating_words": "Four out of five sacks",
            "claim": claim,
            "linked_by": make_user() if claim else None,
            **changes,
        }
    )


def make_challenge(target=None, **changes) -> Challenge:
    """A reader's challenge, of a published verdict's claim unless something else is given; it is received."""
    content = {"kind": "other", "why": "The ministry counts exports in tons, not in value.", **changes}
    return challenges.file(target or make_published_check().claim, origin=f"place {next(_count)}", **content)


def make_task(**changes) -> Task:
    if not set(Task.TARGETS) & changes.keys():
        changes["article"] = make_article()
    return Task.objects.create(**{"kind": "other", "why": "Read it again.", **changes})


def make_correction(claim: Claim | None = None, **changes) -> Correction:
    """A correction of a claim's words, or of whatever else is given."""
    about = {} if "article" in changes else {"claim": claim or make_claim()}
    return Correction.objects.create(
        **{
            **about,
            "kind": "wording",
            "before": "Exports rose by 4 per cent.",
            "after": "Exports rose by 40 per cent.",
            "reason": "A figure was lost in copying.",
            "made_by": changes.pop("made_by", None) or make_user(group="editor"),
            **changes,
        }
    )


def make_touched(article: Article | None = None, correction: Correction | None = None, **changes) -> CorrectionArticle:
    """A published article that a correction touches."""
    return CorrectionArticle.objects.create(
        article=article or make_published_article(),
        correction=correction or make_correction(),
        **{"ring": "cites", **changes},
    )


def make_person(**changes) -> Person:
    number = next(_count)
    return Person.objects.create(**{"name": f"Ada Harbour {number}", "slug": f"ada-harbour-{number}", **changes})


def make_merge(kept=None, given_up=None, *, by: User | None = None, **options) -> Merge:
    """Two of a table merged; two sources where none are given."""
    by = by or make_user(group="editor")
    return merging.merge(kept or make_source(), given_up or make_source(), by=by, **options)
