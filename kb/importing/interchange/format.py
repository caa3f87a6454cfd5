"""The interchange format, version 1: what one line may hold, as frozen records that decode and validate in one go.

The README beside this module explains it, `schema.json` is made of it. Names are those of the tables; rows refer to
one another by natural keys; what a table leaves empty is left out of the line.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from kb.models import (
    Access,
    ArticleStatus,
    BodyFormat,
    CitationCheck,
    CoarseClass,
    CorrectionKind,
    Direction,
    Display,
    Dissent,
    Expiry,
    FactCheckStatus,
    Genre,
    HopKind,
    MergeKind,
    Motivation,
    NameKind,
    Outcome,
    Reliability,
    Resolution,
    ReviewRole,
    Ring,
    SourceKind,
    Stance,
    State,
    StatementType,
    TagKind,
    Variant,
)
from kb.models.rules import Standing

VERSION = 1
LONGEST_LINE = 5 * 1024 * 1024

# Runtime aliases: the limits are those of the tables.
Count = Annotated[int, Meta(ge=0, le=2_147_483_647)]
SmallCount = Annotated[int, Meta(ge=0, le=32_767)]
Moment = Annotated[datetime, Meta(tz=True, description="A moment with its offset: 2025-03-24T09:30:00Z.")]
Name = Annotated[str, Meta(min_length=1, max_length=150, description="Name of an account.")]
Edtf = Annotated[str, Meta(max_length=64, description="A date as EDTF: 2025-03-24, 2025-03, XXXX-06-12.")]
Address = Annotated[str, Meta(max_length=1000, description="http:// or https://.")]
Language = Annotated[str, Meta(max_length=35, description="BCP 47.")]
Sha256 = Annotated[str, Meta(min_length=64, max_length=64, description="SHA-256 in hexadecimal.")]
SourceSlug = Annotated[str, Meta(min_length=1, max_length=80, description="Slug of a source.")]
ArticleSlug = Annotated[str, Meta(min_length=1, max_length=120, description="Slug of an article.")]
PersonSlug = Annotated[str, Meta(min_length=1, max_length=80, description="Slug of a person.")]
RatingSlug = Annotated[str, Meta(min_length=1, max_length=40, description="Slug of a rating.")]
Edition = Annotated[int, Meta(ge=1, le=32_767, description="Edition of the scale.")]
# Only a line has one; it stands first there.
OwnVersion = Literal[1] | msgspec.UnsetType
Likeness = Annotated[int, Meta(ge=0, le=100)]
Filled = Annotated[str, Meta(min_length=1)]
Text32 = Annotated[str, Meta(max_length=32)]
Text50 = Annotated[str, Meta(max_length=50)]
Text100 = Annotated[str, Meta(max_length=100)]
Text200 = Annotated[str, Meta(max_length=200)]
Text300 = Annotated[str, Meta(max_length=300)]


class Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """An object within a line. It never refers back to what holds it, so there is no garbage to look for."""


class Line(Part, tag_field="kind", frozen=True, kw_only=True):
    """An object that is a line of its own."""

    version: Literal[1]


class Anchor(Part, frozen=True, kw_only=True):
    """Exact words of the article's text; `start` and `end` count its code points at this `revision`.

    `standing` is what became of them when the text last changed; `places` are where they may stand now: start, end and
    likeness of 100, for a person to confirm.
    """

    exact: Filled
    prefix: Text32 = ""
    suffix: Text32 = ""
    start: Count
    end: Count
    revision: Count = 1
    standing: Literal[*Standing.values] = Standing.UNTOUCHED.value
    places: Annotated[list[tuple[Count, Count, Likeness]], Meta(max_length=100)] = []


class Suggested(Part, frozen=True, kw_only=True):
    """What a machine proposed, and what a person decided."""

    state: Literal[*State.values] = State.SUGGESTED.value
    decided_by: Name | None = None
    decided_at: Moment | None = None


class SourceName(Part, frozen=True, kw_only=True):
    kind: Literal[*NameKind.values]
    name: Annotated[str, Meta(min_length=1, max_length=200)]


class Note(Part, frozen=True, kw_only=True):
    """An annotation on what holds it, or on exact words of the article that holds it."""

    uid: UUID
    motivation: Literal[*Motivation.values] = Motivation.COMMENTING.value
    body: str = ""
    language: Language = ""
    labels: Annotated[str, Meta(max_length=1000, description="One on each line.")] = ""
    links: Annotated[str, Meta(max_length=4000, description="Web addresses, one on each line.")] = ""
    access: Literal[*Access.values] = Access.TEAM.value
    author: Name
    via: Annotated[str, Meta(max_length=1000, description="Address where it came from.")] = ""
    creator: Annotated[str, Meta(max_length=200, description="Who wrote it there.")] = ""
    original: Annotated[dict[str, Any], Meta(description="The W3C annotation as received; at most 64 KB.")] = {}
    created_at: Moment
    resolved_at: Moment | None = None
    resolved_by: Name | None = None
    reply_to: UUID | None = None
    anchor: Anchor | None = None


class Source(Line, tag="source", frozen=True, kw_only=True):
    slug: SourceSlug
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    type: Literal[*SourceKind.values]
    country: Annotated[str, Meta(max_length=2)] = ""
    language: Language = ""
    homepage: Text300 = ""
    description: Text300 = ""
    selectors: dict[str, Any] = {}
    day_first: bool | None = None
    reliability: Literal[*Reliability.values] = Reliability.F.value
    reliability_reason: str = ""
    names: list[SourceName] = []
    annotations: list[Note] = []


class Person(Line, tag="person", frozen=True, kw_only=True):
    slug: PersonSlug
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    source: SourceSlug | None = None
    aliases: list[Annotated[str, Meta(min_length=1, max_length=200)]] = []


class Tag(Line, tag="tag", frozen=True, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    slug: Annotated[str, Meta(min_length=1, max_length=100)]
    type: Literal[*TagKind.values] = TagKind.TOPIC.value
    description: Text300 = ""
    aliases: list[Annotated[str, Meta(min_length=1, max_length=100)]] = []


class Rating(Line, tag="rating", frozen=True, kw_only=True):
    slug: RatingSlug
    edition: Edition = 1
    label: Annotated[str, Meta(min_length=1, max_length=60)]
    definition: Filled
    number: Annotated[int, Meta(ge=-32_768, le=32_767)] | None = None
    coarse_class: Literal[*CoarseClass.values]
    position: SmallCount


class ExpiryRule(Line, tag="expiry_rule", frozen=True, kw_only=True):
    """How many days a verdict on such statements is good; without days they do not expire by rule."""

    statement_type: Literal[*StatementType.values]
    days: Annotated[int, Meta(ge=1, le=36_525)] | None = None


class RatingWords(Line, tag="rating_words", frozen=True, kw_only=True):
    words: Annotated[str, Meta(min_length=1, max_length=200)]
    site: Text200 = ""
    language: Language = ""
    gloss: Text200 = ""
    coarse_class: Literal[*CoarseClass.values]


class Span(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stretch of the capture, kept or removed by a rule; the spans cover it without gap or overlap."""

    start: Count
    end: Count
    kept: bool
    rule: str = ""
    of: tuple[Count, Count] | msgspec.UnsetType = msgspec.UNSET
    was: str | msgspec.UnsetType = msgspec.UNSET


class PieceOfCapture(Suggested, frozen=True, kw_only=True):
    """A stretch of the capture that looks like another article."""

    start: Count
    end: Count
    title: Text300 = ""


class CaptureOfPage(Part, frozen=True, kw_only=True):
    """The bytes exactly as received: `text` where they are UTF-8, else `base64`."""

    version: OwnVersion = msgspec.UNSET
    sha256: Sha256
    text: str | None = None
    base64: str | None = None
    encoding: Annotated[str, Meta(max_length=20)] = "utf-8"
    media_type: Annotated[str, Meta(max_length=40)] = "text/plain"
    origin: Annotated[str, Meta(max_length=1000)] = ""
    received_at: Moment | None = None
    received_by: Name | None = None
    receipt: list[Span] = []
    pieces: list[PieceOfCapture] = []


class Capture(CaptureOfPage, tag="capture", tag_field="kind", frozen=True, kw_only=True):
    """A capture that no article holds, that several hold, or that a hop refers to."""

    version: Literal[1]


class Piece(Line, tag="piece", frozen=True, kw_only=True):
    """A piece that has become a capture of its own."""

    capture: Sha256
    start: Count
    end: Count
    title: Text300 = ""
    became: Sha256
    state: Literal[*State.values] = State.SUGGESTED.value
    decided_by: Name | None = None
    decided_at: Moment | None = None


class Evidence(Part, frozen=True, kw_only=True):
    position: SmallCount = 1
    stance: Literal[*Stance.values]
    source: SourceSlug | None = None
    summary: Filled
    quote: str = ""
    address: Address = ""
    archived_copy: Address = ""


class SearchStep(Part, frozen=True, kw_only=True):
    position: SmallCount = 1
    place: Annotated[str, Meta(min_length=1, max_length=300)]
    words: Text300 = ""
    searched_on: date | None = None
    result: Filled


class Review(Part, frozen=True, kw_only=True):
    """What another person made of the evidence; `content_hash` is of what they were shown."""

    role: Literal[*ReviewRole.values]
    reviewer: Name
    rating: RatingSlug
    edition: Edition = 1
    note: Filled
    content_hash: Sha256
    at: Moment


class FactCheck(Part, frozen=True, kw_only=True):
    """One dated verdict; all checks of a claim together are its verdict history."""

    number: SmallCount
    status: Literal[*FactCheckStatus.values] = FactCheckStatus.DRAFT.value
    rating: RatingSlug | None = None
    edition: Edition = 1
    rationale: str = ""
    as_of: date | None = None
    expiry: Literal[*Expiry.values] = Expiry.RULE.value
    expires_on: date | None = None
    author: Name
    reviewer: Name | None = None
    created_at: Moment
    checked_on: date | None = None
    submitted_at: Moment | None = None
    decided_at: Moment | None = None
    seal: dict[str, Sha256] = {}
    dissent: Literal[*Dissent.values] = Dissent.NONE.value
    return_reason: str = ""
    rejection_reason: str = ""
    reopened_at: Moment | None = None
    reopened_by: Name | None = None
    reopen_reason: str = ""
    evidence: list[Evidence] = []
    search_steps: list[SearchStep] = []
    reviews: list[Review] = []


class Score(Part, frozen=True, kw_only=True):
    """How a forecast came out; one that nobody confirmed yet is a proposal."""

    outcome: Literal[*Outcome.values]
    reason: Filled
    address: Annotated[str, Meta(min_length=1, max_length=1000)]
    scored_by: Name
    scored_at: Moment
    confirmed_by: Name | None = None
    confirmed_at: Moment | None = None


class ClaimKey(Part, frozen=True, kw_only=True):
    """A claim is known by its words and their language."""

    text: Annotated[str, Meta(min_length=1, max_length=500)]
    language: Language = "en"


class ClaimOfArticle(Part, frozen=True, kw_only=True):
    """A claim with its checks. `number` is the one of its public address; `status` follows from the checks and is
    computed anew when it is imported."""

    version: OwnVersion = msgspec.UNSET
    number: Annotated[int, Meta(ge=1, le=2_147_483_647)] | None = None
    text: Annotated[str, Meta(min_length=1, max_length=500)]
    language: Language = "en"
    statement_type: Literal[*StatementType.values] = StatementType.FACT.value
    value: Decimal | None = None
    unit: Text50 = ""
    period: Edtf = ""
    definition: Text300 = ""
    resolves_on: date | None = None
    status: Text32 = ""
    created_at: Moment | None = None
    wordings: list[ClaimKey] = []
    checks: list[FactCheck] = []
    score: Score | None = None
    annotations: list[Note] = []


class Claim(ClaimOfArticle, tag="claim", tag_field="kind", frozen=True, kw_only=True):
    """A claim that no article makes."""

    version: Literal[1]


class CheckKey(ClaimKey, frozen=True, kw_only=True):
    """A check is known by its claim and its number among the checks of it."""

    number: SmallCount


class Precedents(Line, tag="precedents", frozen=True, kw_only=True):
    """The earlier verdicts that a check was compared with; they may be of claims that stand anywhere in the file."""

    check: CheckKey
    consulted: list[CheckKey]


class EvidenceCopy(Line, tag="evidence_copy", frozen=True, kw_only=True):
    """The file that was seen as one piece of evidence of a check."""

    check: CheckKey
    position: SmallCount
    name: Annotated[str, Meta(min_length=1, max_length=255)]
    media_type: Annotated[str, Meta(min_length=1, max_length=100)]
    sha256: Sha256
    base64: Filled
    kept_at: Moment | None = None
    kept_by: Name | None = None


class TagOfArticle(Suggested, frozen=True, kw_only=True):
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    type: Literal[*TagKind.values] = TagKind.TOPIC.value


class Hop(Suggested, frozen=True, kw_only=True):
    position: SmallCount
    type: Literal[*HopKind.values]
    printed_name: Text200 = ""
    source: SourceSlug | None = None
    person: PersonSlug | None = None
    basis: Text200 = ""
    address: Address = ""
    capture: Sha256 | None = None


class Citation(Suggested, frozen=True, kw_only=True):
    """A place where the article leans on a source; `via` and `antecedent` are positions of other citations of it."""

    position: Count
    as_printed: Filled
    resolution: Literal[*Resolution.values]
    source: SourceSlug | None = None
    printed_name: Text200 = ""
    candidates: list[SourceSlug] = []
    speaker: Text200 = ""
    claim_text: str = ""
    date_printed: Text100 = ""
    date_edtf: Edtf = ""
    date_resolved: Edtf = ""
    date_basis: Text100 = ""
    via: Count | None = None
    antecedent: Count | None = None
    confidence: Annotated[int, Meta(ge=0, le=100)] | None = None
    raw_start: Count | None = None
    raw_end: Count | None = None
    check_state: Literal[*CitationCheck.values] = CitationCheck.UNCHECKED.value
    check_note: str = ""
    address: Address = ""
    checked_by: Name | None = None
    checked_at: Moment | None = None
    anchor: Anchor | None = None
    annotations: list[Note] = []


class Appearance(Suggested, frozen=True, kw_only=True):
    """Exact words that make a claim; `citations` are the positions of those that support it there."""

    anchor: Anchor
    claim: ClaimKey | None = None
    variant: Literal[*Variant.values] = Variant.SAME.value
    citations: list[Count] = []


class Article(Line, tag="article", frozen=True, kw_only=True):
    """An article with all that belongs to it. `claims` holds those that appear here first; later articles refer to them."""

    slug: ArticleSlug
    title: Text300 = ""
    standfirst: str = ""
    body: str = ""
    body_format: Literal[*BodyFormat.values] = BodyFormat.PLAIN.value
    headings: list[str] = []
    revision: Annotated[int, Meta(ge=1, le=2_147_483_647)] = 1
    language: Language = ""
    direction: Literal["", *Direction.values] = ""
    genre: Literal["", *Genre.values] = ""
    display: Literal[*Display.values] = Display.EXCERPT.value
    issued_on: Edtf = ""
    retrieved_on: Edtf = ""
    address: Address = ""
    capture: CaptureOfPage | Sha256 | None = None
    provenance: dict[str, Any] = {}
    status: Literal[*ArticleStatus.values] = ArticleStatus.DRAFT.value
    published_at: Moment | None = None
    published_by: Name | None = None
    withdrawn_at: Moment | None = None
    withdrawn_by: Name | None = None
    withdrawal_reason: str = ""
    created_at: Moment | None = None
    tags: list[TagOfArticle] = []
    hops: list[Hop] = []
    claims: list[ClaimOfArticle] = []
    citations: list[Citation] = []
    appearances: list[Appearance] = []
    annotations: list[Note] = []


class ForeignCheck(Line, tag="foreign_check", frozen=True, kw_only=True):
    """A fact-check of others (schema.org ClaimReview), in their words."""

    key: Sha256
    statement: Filled
    claimant: str = ""
    claimed_on: Edtf = ""
    publisher_name: Text300 = ""
    publisher_site: Text300 = ""
    publisher: SourceSlug | None = None
    address: Annotated[str, Meta(max_length=2000)] = ""
    title: str = ""
    reviewed_on: Edtf = ""
    rating_words: str = ""
    coarse_class: Literal[*CoarseClass.values] = CoarseClass.NONE.value
    language: Language = ""
    raw: dict[str, Any] = {}
    claim: ClaimKey | None = None
    linked_by: Name | None = None
    received_at: Moment | None = None


class Merge(Line, tag="merge", frozen=True, kw_only=True):
    """A row that was given up for another of its table, whose names and addresses lead to the kept one.

    Keys are those by which the tables are known; a name of a source is its kind and itself. Which rows moved stays where
    the merge was made: there it can be undone.
    """

    uid: UUID
    type: Literal[*MergeKind.values]
    number: Annotated[int, Meta(ge=1, le=9_223_372_036_854_775_807)]
    name: Annotated[str, Meta(min_length=1, max_length=500)]
    slug: Annotated[str, Meta(max_length=120)] = ""
    kept: list[Annotated[str, Meta(max_length=500)]] = []
    names: list[list[Annotated[str, Meta(max_length=500)]]] = []
    reason: str = ""
    merged_by: Name
    merged_at: Moment
    undone_by: Name | None = None
    undone_at: Moment | None = None


class Acknowledgement(Part, frozen=True, kw_only=True):
    by: Name
    at: Moment


class TouchedArticle(Part, frozen=True, kw_only=True):
    """An article that a correction touches, and which editors have looked at it since."""

    article: ArticleSlug
    ring: Literal[*Ring.values]
    acknowledged: list[Acknowledgement] = []


class Correction(Line, tag="correction", frozen=True, kw_only=True):
    """What was said of a claim or an article, what is said now, and why. `number` is the one of its public address;
    `check_before` and `check_after` are the numbers of checks of the claim."""

    uid: UUID
    number: Annotated[int, Meta(ge=1, le=2_147_483_647)] | None = None
    type: Literal[*CorrectionKind.values]
    claim: ClaimKey | None = None
    article: ArticleSlug | None = None
    check_before: SmallCount | None = None
    check_after: SmallCount | None = None
    before: Filled
    after: str = ""
    reason: Filled
    made_at: Moment
    made_by: Name
    touched: list[TouchedArticle] = []


Record = (
    Source
    | Person
    | Tag
    | Rating
    | ExpiryRule
    | RatingWords
    | Capture
    | Claim
    | Article
    | Precedents
    | EvidenceCopy
    | Piece
    | ForeignCheck
    | Correction
    | Merge
)
KINDS = Record.__args__
DECODER = msgspec.json.Decoder(Record)
ENCODER = msgspec.json.Encoder(order="deterministic")


def encode(record: Record) -> bytes:
    """One line, without its end. The same record gives the same bytes."""
    return ENCODER.encode(record)


def schema() -> dict:
    """The JSON Schema (2020-12) of one line."""
    return msgspec.json.schema(DECODER.type) | {"$schema": "https://json-schema.org/draft/2020-12/schema"}
