"""The natural keys that a batch of records names, and what the database knows under them: one query for each table."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from string import ascii_lowercase, ascii_uppercase

from django.contrib.auth.models import User
from django.db.models import Q
from django.db.models.functions import Lower

from kb import models

from . import format as line

ASCII_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


@dataclass(slots=True)
class Named:
    """Every natural key that some records name, table by table."""

    users: set[str | None] = field(default_factory=set)
    sources: set[str | None] = field(default_factory=set)
    people: set[str | None] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    ratings: set[str | None] = field(default_factory=set)
    expiry_rules: set[str] = field(default_factory=set)
    rating_words: set[str] = field(default_factory=set)
    captures: set[str | None] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    numbers: set[int | None] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    notes: set = field(default_factory=set)
    foreign_checks: set[str] = field(default_factory=set)
    merges: set = field(default_factory=set)
    corrections: set = field(default_factory=set)
    correction_numbers: set[int | None] = field(default_factory=set)

    def add(self, record: line.Record) -> None:
        ADDERS[type(record)](self, record)

    def source(self, record: line.Source) -> None:
        self.sources.add(record.slug)
        self._notes(record.annotations)

    def person(self, record: line.Person) -> None:
        self.people.add(record.slug)
        self.sources.add(record.source)

    def tag(self, record: line.Tag) -> None:
        self.tags.update((record.name, *record.aliases))

    def rating(self, record: line.Rating) -> None:
        self.ratings.add(record.slug)

    def expiry_rule(self, record: line.ExpiryRule) -> None:
        self.expiry_rules.add(record.statement_type)

    def words(self, record: line.RatingWords) -> None:
        self.rating_words.add(record.words)

    def capture(self, record: line.CaptureOfPage) -> None:
        self.captures.add(record.sha256)
        self.users.add(record.received_by)
        self.users.update([piece.decided_by for piece in record.pieces])

    def piece(self, record: line.Piece) -> None:
        self.captures.update((record.capture, record.became))
        self.users.add(record.decided_by)

    def claim(self, record: line.ClaimOfArticle) -> None:
        self.claims.update((record.text, *(wording.text for wording in record.wordings)))
        self.numbers.add(record.number)
        for check in record.checks:
            self.users.update((check.author, check.reviewer, check.reopened_by))
            self.ratings.add(check.rating)
            self.sources.update([evidence.source for evidence in check.evidence])
            self.users.update([review.reviewer for review in check.reviews])
            self.ratings.update([review.rating for review in check.reviews])
        if record.score:
            self.users.update((record.score.scored_by, record.score.confirmed_by))
        self._notes(record.annotations)

    def precedents(self, record: line.Precedents) -> None:
        self.claims.update(key.text for key in (record.check, *record.consulted))

    def evidence_copy(self, record: line.EvidenceCopy) -> None:
        self.claims.add(record.check.text)
        self.users.add(record.kept_by)

    def foreign_check(self, record: line.ForeignCheck) -> None:
        self.foreign_checks.add(record.key)
        self.sources.add(record.publisher)
        self.users.add(record.linked_by)
        if record.claim:
            self.claims.add(record.claim.text)

    def correction(self, record: line.Correction) -> None:
        self.corrections.add(record.uid)
        self.correction_numbers.add(record.number)
        self.users.add(record.made_by)
        if record.claim:
            self.claims.add(record.claim.text)
        if record.article:
            self.articles.add(record.article)
        for touched in record.touched:
            self.articles.add(touched.article)
            self.users.update(one.by for one in touched.acknowledged)

    def merge(self, record: line.Merge) -> None:
        self.merges.add(record.uid)
        self.users.update((record.merged_by, record.undone_by))
        match record.type:
            case "tag":
                self.tags.update((record.name, *record.kept))
            case "claim":
                self.claims.update(key[0] for key in (record.kept, *record.names) if key)
            case kind:
                slugs = self.sources if kind == "source" else self.people
                slugs.update((record.slug, *record.kept))

    def article(self, record: line.Article) -> None:
        self.articles.add(record.slug)
        self.users.update((record.published_by, record.withdrawn_by))
        if isinstance(record.capture, str):
            self.captures.add(record.capture)
        elif record.capture:
            self.capture(record.capture)
        for link in record.tags:
            self.tags.add(link.name)
            self.users.add(link.decided_by)
        for hop in record.hops:
            self.sources.add(hop.source)
            self.people.add(hop.person)
            self.captures.add(hop.capture)
            self.users.add(hop.decided_by)
        for claim in record.claims:
            self.claim(claim)
        for citation in record.citations:
            self.sources.add(citation.source)
            self.sources.update(citation.candidates)
            self.users.add(citation.decided_by)
            self.users.add(citation.checked_by)
            self._notes(citation.annotations)
        for appearance in record.appearances:
            self.users.add(appearance.decided_by)
            if appearance.claim:
                self.claims.add(appearance.claim.text)
        self._notes(record.annotations)

    def _notes(self, notes: Iterable[line.Note]) -> None:
        for note in notes:
            self.users.update((note.author, note.resolved_by))
            self.notes.add(note.uid)
            if note.reply_to:
                self.notes.add(note.reply_to)


ADDERS = {
    line.Source: Named.source,
    line.Person: Named.person,
    line.Tag: Named.tag,
    line.Rating: Named.rating,
    line.ExpiryRule: Named.expiry_rule,
    line.RatingWords: Named.words,
    line.Precedents: Named.precedents,
    line.EvidenceCopy: Named.evidence_copy,
    line.Capture: Named.capture,
    line.Piece: Named.piece,
    line.Claim: Named.claim,
    line.Article: Named.article,
    line.ForeignCheck: Named.foreign_check,
    line.Correction: Named.correction,
    line.Merge: Named.merge,
}


class Known:
    """What the database holds under these keys: key to id."""

    def __init__(self, named: Named):
        self.users = _ids(User, "username", named.users)
        self.sources = _ids(models.Source, "slug", named.sources)
        self.people = _ids(models.Person, "slug", named.people)
        self.ratings = {
            (slug, edition): pk for slug, edition, pk in _pairs(models.Rating, "slug", named.ratings, "slug", "edition")
        }
        self.expiry_rules = _ids(models.ExpiryRule, "statement_type", named.expiry_rules)
        # Filled by the batch that brings them; others are asked of the database when a line names them.
        self.checks: dict[tuple[int, int], int] = {}
        self.evidence: dict[tuple[int, int], int] = {}
        self.captures = _ids(models.Capture, "sha256", named.captures)
        self.articles = _ids(models.Article, "slug", named.articles)
        self.notes = _ids(models.Annotation, "uid", named.notes)
        self.foreign_checks = _ids(models.ForeignCheck, "key", named.foreign_checks)
        self.tags = {name.lower(): pk for name, pk in _tags(named.tags)}
        self.claims = {
            (text, language): pk
            for text, language, pk in _pairs(models.Claim, "text", named.claims, "text", "language")
        }
        self.rating_words = {
            (words, site): pk
            for words, site, pk in _pairs(models.RatingWords, "words", named.rating_words, "words", "site")
        }
        self.merges = _ids(models.Merge, "uid", named.merges)
        self.corrections = _ids(models.Correction, "uid", named.corrections)
        self.correction_numbers = set(_ids(models.Correction, "pk", named.correction_numbers))
        # The number of a claim that was merged stays its own: its public address leads on, and it may come back.
        given_up = models.Merge.objects.standing().of(models.Claim).filter(number__in=named.numbers - {None})
        self.numbers = {*_ids(models.Claim, "pk", named.numbers), *given_up.values_list("number", flat=True)}


def _tags(names: set[str]) -> Iterable[tuple]:
    """Capitals make no difference. What SQLite takes for one letter is narrower than what PostgreSQL does: ask both."""
    if not names:
        return ()
    lower = {name.lower() for name in names} | {name.translate(ASCII_LOWER) for name in names}
    rows = models.Tag.objects.annotate(low=Lower("name")).filter(Q(name__in=names) | Q(low__in=lower))
    return rows.values_list("name", "pk")


def _ids(model, key: str, values: set) -> dict:
    return dict(_pairs(model, key, values, key))


def _pairs(model, lookup: str, values: set, *columns: str) -> Iterable[tuple]:
    values.discard(None)
    if not values:
        return ()
    return model._base_manager.filter(**{f"{lookup}__in": values}).values_list(*columns, "pk")
