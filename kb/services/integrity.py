"""Rules that no single row can keep: what loads past the services is found here."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from kb.models import (
    Acknowledgement,
    Annotation,
    Appearance,
    Article,
    ArticleStatus,
    Capture,
    Citation,
    Claim,
    ClaimWording,
    Correction,
    CorrectionArticle,
    Digest,
    Evidence,
    FactCheck,
    FactCheckStatus,
    Follow,
    ForeignCheck,
    Hop,
    Merge,
    Notice,
    PageChange,
    Person,
    PersonAlias,
    Piece,
    Rating,
    RatingWords,
    Source,
    SourceName,
    StatementType,
    Tag,
    TagAlias,
    TagLink,
    Task,
)
from kb.services.verdicts import status_of
from kb.text import anchors

TABLES = (
    *(Source, SourceName, Person, Capture, Piece, Tag, Article, PageChange, TagLink, Hop, Citation),
    *(Claim, Appearance, Rating, FactCheck, Evidence, Annotation, ForeignCheck, RatingWords),
    *(Task, Follow, Notice, Digest),
    *(Correction, CorrectionArticle, Acknowledgement),
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
        for row in model._default_manager.iterator(chunk_size=500):
            yield from _own_rules(row)
    yield from _claims()
    yield from _names()
    yield from _checks()
    yield from _captures()
    for model in (Citation, Appearance, Annotation):
        yield from _anchors(model)
    yield from _citations()
    yield from _corrections()


def _own_rules(row: models.Model) -> Iterator[Fault]:
    """What forms would refuse: `loaddata` and bulk paths run no validators."""
    try:
        row.clean_fields()
        row.validate_constraints()
    except ValidationError as error:
        for message in error.messages:
            yield Fault("valid", row, message)


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
    unratable = (StatementType.OPINION, StatementType.FORECAST)
    for check in decided.filter(claim__statement_type__in=unratable).iterator():
        yield Fault("statement-type", check, _("opinions and forecasts get no truth rating."))


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
