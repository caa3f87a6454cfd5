"""Rules that no single row can keep: what loads past the services is found here."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, Min, OuterRef
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import (
    Acknowledgement,
    Annotation,
    Appearance,
    Article,
    ArticleStatus,
    Capture,
    Challenge,
    Citation,
    Claim,
    ClaimWording,
    Correction,
    CorrectionArticle,
    Digest,
    Dissent,
    Evidence,
    EvidenceCopy,
    ExpiryRule,
    FactCheck,
    FactCheckStatus,
    Follow,
    ForecastScore,
    ForeignCheck,
    Hop,
    Merge,
    Notice,
    PageChange,
    Person,
    PersonAlias,
    Piece,
    Presence,
    Rating,
    RatingWords,
    Review,
    ReviewRole,
    SearchDocument,
    SearchStep,
    SentForm,
    Source,
    SourceName,
    Tag,
    TagAlias,
    TagLink,
    Task,
)
from kb.models.factcheck import OPEN, PUBLIC
from kb.models.rating import WORDS
from kb.models.rules import LOST, Standing
from kb.search import documents, index
from kb.services.seals import MOVING, changed_parts, seal_of
from kb.services.verdicts import UNRATABLE, status_of
from kb.text import anchors

TABLES = (
    *(Source, SourceName, Person, Capture, Piece, Tag, Article, PageChange, TagLink, Hop, Citation),
    *(Claim, Appearance, Rating, ExpiryRule, FactCheck, Evidence, EvidenceCopy, SearchStep, Review, ForecastScore),
    *(Annotation, ForeignCheck, RatingWords),
    *(Task, Follow, Notice, Digest),
    *(Correction, CorrectionArticle, Acknowledgement, Challenge),
    *(SentForm, Presence),
    *(Merge, TagAlias, PersonAlias, ClaimWording),
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that breaks a rule."""

    rule: str
    row: models.Model
    message: str

    def __str__(self):
        return f"{self.row._meta.label} {self.row.pk}: {self.rule}: {self.message}"


def faults(tables: Iterable[type[models.Model]] = TABLES) -> Iterator[Fault]:
    """Every broken rule: those of each row of the tables, then those across tables. Reads only."""
    for model in tables:
        yield from _own_rules(model)
    yield from _claims()
    yield from _names()
    yield from _checks()
    yield from _sealed()
    yield from _reviews()
    yield from _ratings()
    yield from _scores()
    yield from _captures()
    for model in (Citation, Appearance, Annotation):
        yield from _anchors(model)
    yield from _citations()
    yield from _corrections()
    yield from _search()


def _own_rules(model: type[models.Model]) -> Iterator[Fault]:
    """What forms would refuse: `loaddata` and bulk paths run no validators. Keys and unique rules are the database's.

    Its named rules are asked once a table, should a file have been written past them.
    """
    keys = {field.name for field in model._meta.concrete_fields if field.is_relation}
    for row in model._default_manager.iterator(chunk_size=500):
        try:
            row.clean_fields(exclude=keys)
        except ValidationError as error:
            for message in error.messages:
                yield Fault("valid", row, message)
    for rule in model._meta.constraints:
        if isinstance(rule, models.CheckConstraint):
            holds = models.ExpressionWrapper(rule.condition, output_field=models.BooleanField())
            for row in model._default_manager.alias(holds=holds).filter(holds=False):
                yield Fault("valid", row, str(rule.get_violation_error_message()))


def _claims():
    for claim in Claim.objects.prefetch_related("fact_checks").iterator(chunk_size=500):
        status = status_of(list(claim.fact_checks.all()))
        if claim.status != status:
            message = _("stored as %(stored)s, but its checks say %(status)s.")
            yield Fault("status", claim, message % {"stored": claim.status, "status": status.value})


def _names():
    tags = Tag.objects.annotate(low=Lower("name")).filter(low=Lower(OuterRef("name"))).exclude(pk=OuterRef("tag"))
    claims = Claim.objects.filter(text=OuterRef("text"), language=OuterRef("language")).exclude(pk=OuterRef("claim"))
    for alias in (*TagAlias.objects.filter(Exists(tags)), *ClaimWording.objects.filter(Exists(claims))):
        yield Fault("name", alias, _("another row has this name: the two want to be merged."))


def _checks():
    decided = FactCheck.objects.exclude(status=FactCheckStatus.DRAFT).select_related("claim")
    for check in decided.filter(evidence=None).iterator():
        yield Fault("evidence", check, _("a submitted verdict has evidence; this one has none."))
    for check in decided.filter(claim__statement_type__in=UNRATABLE).iterator():
        yield Fault("statement-type", check, _("opinions and forecasts get no truth rating."))
    for check in FactCheck.objects.exclude(consulted=None).prefetch_related("consulted").iterator(chunk_size=500):
        if any(other.status not in PUBLIC or other == check for other in check.consulted.all()):
            yield Fault("precedents", check, _("what is no published verdict, or is itself, is named as a precedent."))


def _sealed():
    """What was submitted stands as it was, but for what moves with other rows; whoever reviews is told of that."""
    for check in FactCheck.objects.exclude(seal={}).select_related("rating").iterator(chunk_size=500):
        now = seal_of(check)
        if changed := changed_parts(check.seal, now | {part: check.seal.get(part) for part in MOVING}):
            message = _("since it was submitted, this has changed: %(parts)s.")
            yield Fault("seal", check, message % {"parts": ", ".join(changed)})
        second = check.reviews.filter(role=ReviewRole.SECOND).exists()
        if check.status in PUBLIC and not second:
            yield Fault("review", check, _("it is public, and nobody reviewed it."))


def _reviews():
    for review in Review.objects.select_related("fact_check__rating", "rating").iterator(chunk_size=500):
        check = review.fact_check
        if review.reviewer_id == check.author_id:
            yield Fault("review", review, _("nobody reviews their own check."))
        differs = review.rating.coarse_class != check.rating.coarse_class
        if review.role == ReviewRole.SECOND and differs == (check.dissent == Dissent.NONE):
            yield Fault("dissent", check, _("the second opinion and the mark of the dissent do not fit."))
    resolved = FactCheck.objects.filter(dissent=Dissent.RESOLVED)
    for check in resolved.exclude(reviews__role=ReviewRole.DECIDING).iterator():
        yield Fault("dissent", check, _("it is marked as resolved, and nobody decided."))


def _ratings():
    """A rating that a decided verdict uses keeps the words it was given in."""
    for rating in Rating.objects.used().iterator():
        since = rating.fact_checks.exclude(status__in=OPEN).aggregate(since=Min("decided_at"))["since"]
        versions = rating.history.filter(history_date__gt=since) if since else ()
        told = {tuple(getattr(version, name) for name in WORDS) for version in versions}
        now = tuple(getattr(rating, name) for name in WORDS)
        if told - {now} or ((last := rating.history.first()) and tuple(getattr(last, name) for name in WORDS) != now):
            yield Fault("words", rating, _("a decided verdict uses it, and its words were changed."))


def _scores():
    for score in ForecastScore.objects.select_related("claim").iterator(chunk_size=500):
        claim = score.claim
        if claim.resolves_on is None or claim.resolves_on > timezone.localdate(score.scored_at):
            yield Fault("forecast", score, _("only a forecast that is due is scored."))
    for copy in EvidenceCopy.objects.iterator(chunk_size=50):
        content = bytes(copy.content)
        if hashlib.sha256(content).hexdigest() != copy.sha256 or len(content) != copy.size:
            yield Fault("hash", copy, _("the content is not what was kept."))


def _captures():
    for capture in Capture.objects.iterator(chunk_size=50):
        if hashlib.sha256(bytes(capture.content)).hexdigest() != capture.sha256:
            yield Fault("hash", capture, _("the content is not what was received."))
        position = 0
        for span in capture.receipt:
            if span["start"] != position:
                yield Fault("receipt", capture, _("the spans leave a gap or overlap."))
                break
            position = span["end"]
        else:
            if capture.receipt and position != len(capture.text):
                yield Fault("receipt", capture, _("the spans do not reach the end of the capture."))


def _anchors(model):
    """Anchors of the current text stand at their words; those of an older revision are orphaned, not wrong."""
    rows = model.objects.filter(start__isnull=False, article__revision=models.F("revision")).select_related("article")
    for row in rows.order_by("article").iterator(chunk_size=500):
        if not anchors.holds(row.article.text, anchors.Anchor(row.exact, row.prefix, row.suffix, row.start, row.end)):
            yield Fault("anchor", row, _("the words do not stand where the anchor says."))
        if row.standing in (*LOST, Standing.LEFT):
            yield Fault("anchor", row, _("its words stand in the text and are called lost."))


def _citations():
    for citation in Citation.objects.filter(via__isnull=False).exclude(via__article=models.F("article")).iterator():
        yield Fault("via", citation, _("it is quoted through a citation of another article."))
    for article in Article.objects.filter(status=ArticleStatus.PUBLISHED).iterator():
        if not article.text.strip():
            yield Fault("text", article, _("a published article has text."))


def _corrections():
    """A correction is as it was written, and about verdicts of its claim."""
    words = ("uid", "kind", "before", "after", "reason", "made_at", "made_by")
    same = {"pk": models.OuterRef("id"), **{name: models.OuterRef(name) for name in words}}
    written = Correction.history.filter(history_type="+")
    for version in written.filter(~models.Exists(Correction.objects.filter(**same))).iterator(chunk_size=500):
        yield Fault("append-only", version, _("correction %(number)d was changed or removed.") % {"number": version.id})
    strange = models.Q()
    for verdict in ("check_before", "check_after"):
        strange |= models.Q(**{f"{verdict}__isnull": False}) & ~models.Q(**{f"{verdict}__claim": models.F("claim")})
    for correction in Correction.objects.filter(strange).iterator(chunk_size=500):
        yield Fault("verdicts", correction, _("the verdicts it names are of another claim."))


def _search():
    """What is found is what stands there: every document of the index made anew, but for changes that still wait."""
    if index.is_missing() or index.disagreement():
        yield Fault("search", SearchDocument(), _("the full-text index is not that of its documents: run reindex."))
    for _looked_at, wrong in documents.disagreeing():
        for kind, row in wrong:
            yield Fault("search", index.TABLES[kind](pk=row), _("the search index knows it otherwise: run reindex."))
