"""From rows to records: what the export writes, and what the import compares with. Reads only.

Every function takes the rows' ids and needs the same few queries for one as for a hundred.
"""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import User
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from kb import models
from kb.models import Access

from . import format as line

# Where a field of a record stands, seen from its row, if not under its own name.
PATHS = {
    "type": "kind",
    **{
        name: f"{name}__username"
        for name in (
            *("decided_by", "checked_by", "author", "reviewer", "reopened_by", "resolved_by"),
            *("scored_by", "confirmed_by", "kept_by"),
            *("published_by", "withdrawn_by", "received_by", "linked_by", "merged_by", "undone_by"),
            "made_by",
        )
    },
    **{name: f"{name}__slug" for name in ("source", "person", "rating", "publisher")},
    **{name: f"{name}__sha256" for name in ("capture", "became")},
    **{name: f"{name}__position" for name in ("via", "antecedent")},
}
CHECK_KEY = ("claim__text", "claim__language", "number")
ANCHOR = line.Anchor.__struct_fields__
# The tables of other names, by what they name, and the columns that say one.
NAMES = {
    "source": (models.SourceName, ("kind", "name")),
    "person": (models.PersonAlias, ("name",)),
    "tag": (models.TagAlias, ("name",)),
    "claim": (models.ClaimWording, ("text", "language")),
}


@dataclass(frozen=True, slots=True)
class Notes:
    """Which annotations belong to a description: none, or all but the private ones of others."""

    wanted: bool = True
    private_of: User | None = None

    def visible(self) -> QuerySet:
        if not self.wanted:
            return models.Annotation.objects.none()
        return models.Annotation.objects.filter(self._readable())

    def _readable(self) -> Q:
        readable = ~Q(access=Access.PRIVATE)
        return readable | Q(author=self.private_of) if self.private_of else readable

    def of(self, target: str, ids: Iterable[int]) -> dict[int, list[line.Note]]:
        """The notes on each of these rows, in the order they were stored."""
        rows = self.visible().filter(**{f"{target}__in": ids}).order_by("pk")
        answered = dict(
            self.visible().filter(pk__in=rows.exclude(reply_to=None).values("reply_to")).values_list("pk", "uid")
        )
        notes = defaultdict(list)
        plain = [name for name in line.Note.__struct_fields__ if name not in ("via", "reply_to", "anchor")]
        apart = (f"{target}_id", "reply_to_id", "via")
        for target_id, reply_to, via, fields, anchor in _anchored(rows, *apart, plain=plain):
            notes[target_id].append(line.Note(**fields, via=via, reply_to=answered.get(reply_to), anchor=anchor))
        return notes


NO_NOTES = Notes(wanted=False)


def articles(ids: list[int], notes: Notes = NO_NOTES) -> Iterator[line.Article]:
    """The articles in the order of their ids. Claims are whole where they appear first, captures where nothing else
    refers to them."""
    citations, appearances, tags, hops = _citations(ids, notes), _appearances(ids), _tags(ids), _hops(ids)
    found, claims = _claims_appearing_first(ids, notes), defaultdict(list)
    for article_id, claim in found:
        claims[article_id].append(claim)
    about = notes.of("article", ids)
    rows = models.Article.objects.filter(pk__in=ids).order_by("pk")
    apart = ("version", "capture", "tags", "hops", "claims", "citations", "appearances", "annotations")
    plain = [name for name in line.Article.__struct_fields__ if name not in apart]
    own = set(captures_apart().filter(articles__in=ids).values_list("pk", flat=True))
    for pk, capture_id, sha256, fields in _values(rows, "pk", "capture_id", "capture__sha256", plain=plain):
        nested = capture_id is not None and capture_id not in own
        yield line.Article(
            version=line.VERSION,
            **fields,
            capture=next(captures([capture_id], line.CaptureOfPage)) if nested else sha256,
            tags=tags[pk],
            hops=hops[pk],
            claims=claims[pk],
            citations=citations[pk],
            appearances=appearances[pk],
            annotations=about[pk],
        )


def claims(ids: list[int], notes: Notes = NO_NOTES, of: type = line.Claim) -> Iterator[line.ClaimOfArticle]:
    """The claims in the order of their ids, each with all its checks."""
    checks, about, wordings = _checks(ids), notes.of("claim", ids), defaultdict(list)
    for wording in models.ClaimWording.objects.filter(claim__in=ids).order_by("pk"):
        wordings[wording.claim_id].append(line.ClaimKey(text=wording.text, language=wording.language))
    scores = {
        claim_id: line.Score(**fields)
        for claim_id, fields in _values(
            models.ForecastScore.objects.filter(claim__in=ids), "claim_id", plain=line.Score.__struct_fields__
        )
    }
    apart = ("version", "number", "wordings", "checks", "score", "annotations")
    plain = [name for name in of.__struct_fields__ if name not in apart]
    own = {"version": line.VERSION} if of is line.Claim else {}
    rows = models.Claim.objects.filter(pk__in=ids).order_by("pk")
    for pk, fields in _values(rows, "pk", plain=plain):
        fields["value"] = _plain_number(fields["value"])
        yield of(
            **own,
            number=pk,
            **fields,
            wordings=wordings[pk],
            checks=checks[pk],
            score=scores.get(pk),
            annotations=about[pk],
        )


def captures_apart() -> QuerySet:
    """Captures that are lines of their own: what does not belong to exactly one article and to nothing else."""
    hops = models.Hop.objects.filter(capture=OuterRef("pk"))
    return models.Capture.objects.annotate(holders=Count("articles")).filter(~Q(holders=1) | Exists(hops))


def captures(ids: list[int], of: type = line.Capture) -> Iterator[line.CaptureOfPage]:
    """The captures in the order of their ids, each with the pieces that have not become captures yet."""
    pieces = defaultdict(list)
    rows = models.Piece.objects.filter(capture__in=ids, became=None).order_by("start", "end")
    for capture_id, fields in _values(rows, "capture_id", plain=line.PieceOfCapture.__struct_fields__):
        pieces[capture_id].append(line.PieceOfCapture(**fields))
    apart = ("version", "text", "base64", "receipt", "pieces")
    plain = [name for name in of.__struct_fields__ if name not in apart]
    own = {"version": line.VERSION} if of is line.Capture else {}
    rows = models.Capture.objects.filter(pk__in=ids).order_by("pk")
    for pk, content, receipt, fields in _values(rows, "pk", "content", "receipt", plain=plain):
        yield of(
            **own,
            **fields,
            **_content(bytes(content)),
            receipt=[_span(**span) for span in receipt],
            pieces=pieces[pk],
        )


def pieces_that_became(ids: list[int]) -> Iterator[line.Piece]:
    rows = models.Piece.objects.filter(pk__in=ids).order_by("pk")
    plain = [name for name in line.Piece.__struct_fields__ if name != "version"]
    for (fields,) in _values(rows, plain=plain):
        yield line.Piece(version=line.VERSION, **fields)


def sources(ids: list[int], notes: Notes = NO_NOTES) -> Iterator[line.Source]:
    names, about = defaultdict(list), notes.of("source", ids)
    rows = models.SourceName.objects.filter(source__in=ids).order_by("pk")
    for source_id, kind, name in rows.values_list("source_id", "kind", "name"):
        names[source_id].append(line.SourceName(kind=kind, name=name))
    plain = [n for n in line.Source.__struct_fields__ if n not in ("version", "names", "annotations")]
    for pk, fields in _values(models.Source.objects.filter(pk__in=ids).order_by("pk"), "pk", plain=plain):
        yield line.Source(version=line.VERSION, **fields, names=names[pk], annotations=about[pk])


def people(ids: list[int]) -> Iterator[line.Person]:
    return _with_aliases(models.Person, line.Person, ids)


def tags(ids: list[int]) -> Iterator[line.Tag]:
    return _with_aliases(models.Tag, line.Tag, ids)


def _with_aliases(model, of: type, ids: list[int]) -> Iterator:
    rows, aliases = model.objects.filter(pk__in=ids).order_by("pk"), defaultdict(list)
    for pk, name in rows.filter(aliases__isnull=False).order_by("aliases__pk").values_list("pk", "aliases__name"):
        aliases[pk].append(name)
    plain = [name for name in of.__struct_fields__ if name not in ("version", "aliases")]
    for pk, fields in _values(rows, "pk", plain=plain):
        yield of(version=line.VERSION, **fields, aliases=aliases[pk])


def corrections(ids: list[int]) -> Iterator[line.Correction]:
    """The corrections in the order of their ids, with the articles they touch and who acknowledged them."""
    acknowledged, touched = defaultdict(list), defaultdict(list)
    rows = models.Acknowledgement.objects.filter(touched__correction__in=ids).order_by("pk")
    for touched_id, by, at in rows.values_list("touched", "acknowledged_by__username", "acknowledged_at"):
        acknowledged[touched_id].append(line.Acknowledgement(by=by, at=at))
    rows = models.CorrectionArticle.objects.filter(correction__in=ids).order_by("pk")
    for pk, correction_id, slug, ring in rows.values_list("pk", "correction", "article__slug", "ring"):
        touched[correction_id].append(line.TouchedArticle(article=slug, ring=ring, acknowledged=acknowledged[pk]))
    plain = ("uid", "type", "before", "after", "reason", "made_at", "made_by")
    named = ("claim__text", "claim__language", "article__slug", "check_before__number", "check_after__number")
    rows = models.Correction.objects.filter(pk__in=ids).order_by("pk")
    for pk, text, language, article, before, after, fields in _values(rows, "pk", *named, plain=plain):
        yield line.Correction(
            version=line.VERSION,
            number=pk,
            **fields,
            claim=None if text is None else line.ClaimKey(text=text, language=language),
            article=article,
            check_before=before,
            check_after=after,
            touched=touched[pk],
        )


def merges(ids: list[int]) -> Iterator[line.Merge]:
    """The merges in the order of their ids, each with the names that came with it."""
    names = defaultdict(list)
    for model, key in NAMES.values():
        for merge_id, *name in model.objects.filter(merge__in=ids).order_by("pk").values_list("merge_id", *key):
            names[merge_id].append(name)
    kept = [f"kept_{path}" for path in ("source__slug", "person__slug", "tag__name", "claim__text", "claim__language")]
    plain = [name for name in line.Merge.__struct_fields__ if name not in ("version", "kept", "names")]
    for pk, *key, fields in _values(models.Merge.objects.filter(pk__in=ids).order_by("pk"), "pk", *kept, plain=plain):
        key = [part for part in key if part is not None]
        yield line.Merge(version=line.VERSION, **fields, kept=key, names=names[pk])


def ratings(ids: list[int]) -> Iterator[line.Rating]:
    return _simple(models.Rating, line.Rating, ids)


def expiry_rules(ids: list[int]) -> Iterator[line.ExpiryRule]:
    return _simple(models.ExpiryRule, line.ExpiryRule, ids)


def precedents(ids: list[int]) -> Iterator[line.Precedents]:
    """For each of these checks the verdicts it was compared with, in the order of their claims."""
    consulted = defaultdict(list)
    through = models.FactCheck.consulted.through.objects.filter(from_factcheck__in=ids)
    other = [f"to_factcheck__{path}" for path in CHECK_KEY]
    for check_id, *key in through.order_by(*other).values_list("from_factcheck_id", *other):
        consulted[check_id].append(_check_key(*key))
    for pk, *key in models.FactCheck.objects.filter(pk__in=ids).order_by("pk").values_list("pk", *CHECK_KEY):
        yield line.Precedents(version=line.VERSION, check=_check_key(*key), consulted=consulted[pk])


def evidence_copies(ids: list[int]) -> Iterator[line.EvidenceCopy]:
    rows = models.EvidenceCopy.objects.filter(pk__in=ids).order_by("pk")
    names = [f"evidence__fact_check__{path}" for path in CHECK_KEY]
    plain = ("name", "media_type", "sha256", "kept_at", "kept_by")
    for *key, position, content, fields in _values(rows, *names, "evidence__position", "content", plain=plain):
        check, text = _check_key(*key), b64encode(bytes(content)).decode()
        yield line.EvidenceCopy(version=line.VERSION, check=check, position=position, base64=text, **fields)


def _check_key(text: str, language: str, number: int) -> line.CheckKey:
    return line.CheckKey(text=text, language=language, number=number)


def rating_words(ids: list[int]) -> Iterator[line.RatingWords]:
    return _simple(models.RatingWords, line.RatingWords, ids)


def foreign_checks(ids: list[int]) -> Iterator[line.ForeignCheck]:
    rows = models.ForeignCheck.objects.filter(pk__in=ids).order_by("pk")
    plain = [name for name in line.ForeignCheck.__struct_fields__ if name not in ("version", "claim")]
    for text, language, fields in _values(rows, "claim__text", "claim__language", plain=plain):
        claim = None if text is None else line.ClaimKey(text=text, language=language)
        yield line.ForeignCheck(version=line.VERSION, **fields, claim=claim)


def _simple(model, of: type, ids: list[int]) -> Iterator:
    plain = [name for name in of.__struct_fields__ if name != "version"]
    for (fields,) in _values(model.objects.filter(pk__in=ids).order_by("pk"), plain=plain):
        yield of(version=line.VERSION, **fields)


def _values(rows: QuerySet, *apart: str, plain: Iterable[str]) -> Iterator[tuple]:
    """For each row the values apart, and the plain fields of its record by name."""
    plain = tuple(plain)
    paths = (PATHS.get(name, name) for name in plain)
    for row in rows.values_list(*apart, *paths).iterator(chunk_size=500):
        yield *row[: len(apart)], dict(zip(plain, row[len(apart) :], strict=True))


def _anchored(rows: QuerySet, *apart: str, plain: Iterable[str]) -> Iterator[tuple]:
    """As `_values`, with the anchor or None at the end."""
    for *values, fields in _values(rows, *apart, plain=(*plain, *ANCHOR)):
        anchor = {name: fields.pop(name) for name in ANCHOR}
        yield *values, fields, None if anchor["start"] is None else line.Anchor(**anchor)


def _citations(ids: list[int], notes: Notes) -> dict[int, list[line.Citation]]:
    rows = models.Citation.objects.filter(article__in=ids).order_by("article", "position")
    about = notes.of("citation", rows.values("pk")) if notes.wanted else defaultdict(list)
    candidates = defaultdict(list)
    through = models.Citation.candidates.through.objects.filter(citation__article__in=ids).order_by("pk")
    for citation_id, slug in through.values_list("citation_id", "source__slug"):
        candidates[citation_id].append(slug)
    found = defaultdict(list)
    plain = [n for n in line.Citation.__struct_fields__ if n not in ("candidates", "anchor", "annotations")]
    for pk, article_id, fields, anchor in _anchored(rows, "pk", "article_id", plain=plain):
        citation = line.Citation(**fields, candidates=candidates[pk], anchor=anchor, annotations=about[pk])
        found[article_id].append(citation)
    return found


def _appearances(ids: list[int]) -> dict[int, list[line.Appearance]]:
    supporting = defaultdict(list)
    through = models.Appearance.citations.through.objects.filter(appearance__article__in=ids)
    for appearance_id, position in through.order_by("citation__position").values_list(
        "appearance_id", "citation__position"
    ):
        supporting[appearance_id].append(position)
    found = defaultdict(list)
    rows = models.Appearance.objects.filter(article__in=ids).order_by("pk")
    plain = [n for n in line.Appearance.__struct_fields__ if n not in ("anchor", "claim", "citations")]
    for pk, article_id, text, language, fields, anchor in _anchored(
        rows, "pk", "article_id", "claim__text", "claim__language", plain=plain
    ):
        claim = None if text is None else line.ClaimKey(text=text, language=language)
        found[article_id].append(line.Appearance(**fields, anchor=anchor, claim=claim, citations=supporting[pk]))
    return found


def _tags(ids: list[int]) -> dict[int, list[line.TagOfArticle]]:
    found = defaultdict(list)
    rows = models.TagLink.objects.filter(content_object__in=ids).order_by("pk")
    for article_id, name, kind, fields in _values(
        rows, "content_object_id", "tag__name", "tag__kind", plain=line.Suggested.__struct_fields__
    ):
        found[article_id].append(line.TagOfArticle(name=name, type=kind, **fields))
    return found


def _hops(ids: list[int]) -> dict[int, list[line.Hop]]:
    found = defaultdict(list)
    rows = models.Hop.objects.filter(article__in=ids).order_by("article", "position")
    for article_id, fields in _values(rows, "article_id", plain=line.Hop.__struct_fields__):
        found[article_id].append(line.Hop(**fields))
    return found


def _claims_appearing_first(ids: list[int], notes: Notes) -> Iterator[tuple[int, line.ClaimOfArticle]]:
    """The claims whose first article is among these, with the id of that article."""
    here = models.Appearance.objects.filter(article__in=ids, claim__isnull=False).values("claim")
    first = dict(
        models.Appearance.objects.filter(claim__in=here)
        .order_by()
        .values("claim")
        .annotate(first=Min("article"))
        .values_list("claim", "first")
    )
    wanted = set(ids)
    chosen = [claim for claim, article in first.items() if article in wanted]
    for claim in claims(chosen, notes, line.ClaimOfArticle):
        yield first[claim.number], claim


def _checks(ids: list[int]) -> dict[int, list[line.FactCheck]]:
    evidence, found = defaultdict(list), defaultdict(list)
    rows = models.Evidence.objects.filter(fact_check__claim__in=ids).order_by("position")
    for check_id, fields in _values(rows, "fact_check_id", plain=line.Evidence.__struct_fields__):
        evidence[check_id].append(line.Evidence(**fields))
    steps, reviews = defaultdict(list), defaultdict(list)
    rows = models.SearchStep.objects.filter(fact_check__claim__in=ids).order_by("position")
    for check_id, fields in _values(rows, "fact_check_id", plain=line.SearchStep.__struct_fields__):
        steps[check_id].append(line.SearchStep(**fields))
    rows = models.Review.objects.filter(fact_check__claim__in=ids).order_by("pk")
    plain = [name for name in line.Review.__struct_fields__ if name != "edition"]
    for check_id, edition, fields in _values(rows, "fact_check_id", "rating__edition", plain=plain):
        reviews[check_id].append(line.Review(**fields, edition=edition))
    rows = models.FactCheck.objects.filter(claim__in=ids).order_by("claim", "number")
    parts = ("edition", "evidence", "search_steps", "reviews")
    plain = [name for name in line.FactCheck.__struct_fields__ if name not in parts]
    for pk, claim_id, edition, fields in _values(rows, "pk", "claim_id", "rating__edition", plain=plain):
        check = line.FactCheck(
            **fields, edition=edition or 1, evidence=evidence[pk], search_steps=steps[pk], reviews=reviews[pk]
        )
        found[claim_id].append(check)
    return found


def _content(content: bytes) -> dict[str, str]:
    """As text where that gives the very same bytes again; NUL is no text."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return {"base64": b64encode(content).decode()}
    return {"base64": b64encode(content).decode()} if "\0" in text else {"text": text}


def _span(**span) -> line.Span:
    if "of" in span:
        span["of"] = tuple(span["of"])
    return line.Span(**span)


def _plain_number(value: Decimal | None) -> Decimal | None:
    """Without the zeros that only the column's width adds, and without an exponent."""
    return None if value is None else Decimal(format(value.normalize(), "f"))
