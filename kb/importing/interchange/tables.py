"""The tables that a record fills, with their columns in the order of the rows, and the plain values of a record."""

from functools import cache
from operator import attrgetter

import msgspec
from django.contrib.auth.models import User

from kb import models
from kb.importing.writing import Table

from . import format as line

ANCHOR = ("exact", "prefix", "suffix", "start", "end", "revision", "standing", "places")
NO_ANCHOR = ("", "", "", None, None, None, "", "[]")


class Plain:
    """Reads values of a record that the table takes as they are, under the same names."""

    def __init__(self, *names: str):
        self.names, self.of = names, attrgetter(*names)


_anchor = attrgetter(*ANCHOR[:-1])


def anchor_of(anchor: line.Anchor | None) -> tuple:
    return NO_ANCHOR if anchor is None else (*_anchor(anchor), msgspec.json.encode(anchor.places).decode())


ARTICLE = Plain(
    *("slug", "title", "standfirst", "body", "body_format", "revision", "language", "direction", "genre"),
    *("display", "issued_on", "retrieved_on", "address", "status", "withdrawal_reason"),
)
CITATION = Plain(
    *("state", "position", "as_printed", "resolution", "printed_name", "speaker", "claim_text", "date_printed"),
    *("date_edtf", "date_resolved", "date_basis", "confidence", "raw_start", "raw_end", "check_state", "check_note"),
    "address",
)
CHECK = Plain(
    *("number", "status", "rationale", "expiry", "dissent", "return_reason", "rejection_reason", "reopen_reason"),
)
CLAIM = Plain("text", "language", "statement_type", "unit", "period", "definition")
COPY = Plain("name", "media_type", "sha256")
SCORE = Plain("outcome", "reason", "address")
STEP = Plain("position", "place", "words", "result")
REVIEW = Plain("role", "note", "content_hash")
EVIDENCE = Plain("position", "stance", "summary", "quote", "address", "archived_copy")
HOP = Plain("state", "position", "printed_name", "basis", "address")
MERGE = Plain("number", "name", "slug", "reason")
NOTE = Plain("motivation", "body", "language", "labels", "links", "access", "via", "creator")
CAPTURE = Plain("sha256", "encoding", "media_type", "origin")
SOURCE = Plain(
    *("slug", "name", "country", "language", "homepage", "description", "day_first", "reliability"),
    "reliability_reason",
)
RATING = Plain("slug", "edition", "label", "definition", "number", "coarse_class", "position")
RATING_WORDS = Plain("words", "site", "language", "gloss", "coarse_class")
FOREIGN_CHECK = Plain(
    *("key", "statement", "claimant", "claimed_on", "publisher_name", "publisher_site", "address", "title"),
    *("reviewed_on", "rating_words", "coarse_class", "language"),
)

DECISION = ("decided_by_id", "decided_at")


class Tables:
    """In the order of writing: what others refer to comes first."""

    def __init__(self):
        self.users = Table(User, "username", "password", "is_active", "date_joined")
        self.sources = Table(models.Source, "kind", "selectors", *SOURCE.names)
        self.source_names = Table(models.SourceName, "source_id", "kind", "name")
        self.people = Table(models.Person, "slug", "name", "source_id")
        self.person_aliases = Table(models.PersonAlias, "person_id", "name")
        self.tags = Table(models.Tag, "name", "slug", "kind", "description")
        self.tag_aliases = Table(models.TagAlias, "tag_id", "name")
        self.ratings = Table(models.Rating, *RATING.names)
        self.expiry_rules = Table(models.ExpiryRule, "statement_type", "days")
        self.rating_words = Table(models.RatingWords, *RATING_WORDS.names)
        self.captures = Table(models.Capture, "content", "received_at", "received_by_id", "receipt", *CAPTURE.names)
        self.pieces = Table(models.Piece, "capture_id", "became_id", *DECISION, "state", "start", "end", "title")
        self.articles = Table(
            models.Article,
            *("headings", "capture_id", "provenance", "published_at", "published_by_id"),
            *("withdrawn_at", "withdrawn_by_id", "created_at"),
            *ARTICLE.names,
        )
        self.tag_links = Table(models.TagLink, "content_object_id", "tag_id", *DECISION, "state")
        self.hops = Table(
            models.Hop, "article_id", "kind", "source_id", "person_id", "capture_id", *DECISION, *HOP.names
        )
        self.claims = Table(models.Claim, "value", "status", "created_at", "resolves_on", *CLAIM.names)
        self.wordings = Table(models.ClaimWording, "claim_id", "text", "language")
        self.checks = Table(
            models.FactCheck,
            *("claim_id", "rating_id", "as_of", "expires_on", "author_id", "reviewer_id", "created_at", "checked_on"),
            *("submitted_at", "decided_at", "reopened_at", "reopened_by_id", "seal"),
            *CHECK.names,
        )
        self.evidence = Table(models.Evidence, "fact_check_id", "source_id", *EVIDENCE.names)
        self.search_steps = Table(models.SearchStep, "fact_check_id", "searched_on", *STEP.names)
        self.reviews = Table(models.Review, "fact_check_id", "reviewer_id", "rating_id", "at", *REVIEW.names)
        self.scores = Table(
            models.ForecastScore,
            *("claim_id", "scored_by_id", "scored_at", "confirmed_by_id", "confirmed_at"),
            *SCORE.names,
        )
        self.copies = Table(models.EvidenceCopy, "evidence_id", "content", "size", "kept_at", "kept_by_id", *COPY.names)
        self.citations = Table(
            models.Citation,
            *("article_id", "source_id", "via_id", "antecedent_id", "checked_by_id", "checked_at"),
            *(*DECISION, *ANCHOR, *CITATION.names),
        )
        self.appearances = Table(models.Appearance, "article_id", "claim_id", *DECISION, *ANCHOR, "state", "variant")
        self.notes = Table(
            models.Annotation,
            *("uid", "article_id", "claim_id", "citation_id", "source_id", "author_id", "reply_to_id"),
            *("created_at", "resolved_at", "resolved_by_id", "original"),
            *(*ANCHOR, *NOTE.names),
        )
        self.foreign_checks = Table(
            models.ForeignCheck, "publisher_id", "raw", "claim_id", "linked_by_id", "received_at", *FOREIGN_CHECK.names
        )
        self.corrections = Table(
            models.Correction,
            *("uid", "kind", "claim_id", "article_id", "check_before_id", "check_after_id"),
            *("before", "after", "reason", "made_at", "made_by_id"),
        )
        self.touched = Table(models.CorrectionArticle, "correction_id", "article_id", "ring")
        self.acknowledgements = Table(models.Acknowledgement, "touched_id", "acknowledged_by_id", "acknowledged_at")
        self.merges = Table(
            models.Merge,
            *("uid", "kind", *(f"kept_{kind}_id" for kind in models.MergeKind.values), "is_from_elsewhere"),
            *("merged_by_id", "merged_at", "undone_by_id", "undone_at"),
            *MERGE.names,
        )

    def in_order(self) -> tuple[Table, ...]:
        return tuple(self.__dict__.values())


@cache
def all_tables() -> Tables:
    return Tables()
