"""What was found in a text: citations, the words they support, tags; all of it suggested.

What a person decided or corrected stays as it is, and is not suggested a second time.
"""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import User

from kb.importing.records import Document, FoundCitation
from kb.models import Appearance, Article, Citation, CitationCheck, Source, State, Tag, TagLink
from kb.text import anchors
from kb.text.changes import changes
from kb.text.inferred_dates import infer
from kb.text.merging import carried

from .rows import complete, create, cut, free_positions, touched


def write_tags(article: Article, document: Document, *, by: User | None) -> None:
    """Suggest the tags of the page; open ones that it does not print any more go."""
    tags = {}
    for found in document.tags:
        name = cut(Tag, "name", found.name)
        tag = Tag.objects.named(name) or Tag.objects.create(name=name, kind=found.kind)
        tags[tag.pk] = tag
    article.tag_links.suggested().exclude(tag__in=tags).delete()
    known = set(article.tag_links.values_list("tag", flat=True))
    create(TagLink, [TagLink(content_object=article, tag=tag) for pk, tag in tags.items() if pk not in known], by=by)


def write_citations(
    article: Article, document: Document, sources: dict[str, Source], *, before: str, by: User | None
) -> list[Citation]:
    """Suggest the citations that were found, in the place of open ones of an earlier version of the page.

    Answers with one row for each finding: a new one, or the one that a person dealt with already. `before` is the text
    of the revision before, where rows stood whose words are changed now.
    """
    stay = _staying(article)
    article.citations.exclude(pk__in=[row.pk for row in stay]).delete()
    decided = _Decided(article, before, stay)
    rows = [decided.answer_to(found, sources.get(found.source)) for found in document.citations]
    _point_into_capture(stay, zip(rows, document.citations, strict=True))
    positions = free_positions(row.position for row in stay)
    new = {
        place: Citation(
            article=article,
            position=next(positions),
            resolution=found.resolution,
            source=sources.get(found.source),
            printed_name=cut(Citation, "printed_name", found.printed_name),
            as_printed=found.as_printed,
            speaker=cut(Citation, "speaker", found.speaker or ""),
            claim_text=found.claim_text or "",
            raw_start=found.raw_start,
            raw_end=found.raw_end,
            confidence=found.confidence,
            **_dates(found, document, sources.get(document.publisher)),
            **_anchored(article, found.start, found.end),
        )
        for place, found in enumerate(document.citations)
        if rows[place] is None
    }
    for place, row in zip(new, create(Citation, list(new.values()), by=by), strict=True):
        rows[place] = row
    leaning = []
    for place in new:
        found, citation = document.citations[place], rows[place]
        if found.candidates:
            citation.candidates.set(sources[name] for name in found.candidates if name in sources)
        if found.via is not None or found.antecedent is not None:
            citation.via = None if found.via is None else rows[found.via]
            citation.antecedent = None if found.antecedent is None else rows[found.antecedent]
            leaning.append(citation)
    complete(leaning, "via", "antecedent")
    return rows


def _staying(article: Article) -> list[Citation]:
    """Those that a person decided, corrected, checked or wrote a note on, and those that such rows rest on."""
    rows = list(article.citations.select_related("source").order_by("position"))
    if not rows:
        return []
    keys = touched(rows)
    keys |= {row.pk for row in rows if row.check_state != CitationCheck.UNCHECKED}
    keys |= set(article.citations.filter(annotations__isnull=False).values_list("pk", flat=True))
    kept_appearances = touched(article.appearances.all())
    keys |= set(article.citations.filter(appearances__in=kept_appearances).values_list("pk", flat=True))
    before = 0
    while len(keys) > before:
        before = len(keys)
        keys |= {pk for row in rows if row.pk in keys for pk in (row.via_id, row.antecedent_id) if pk}
    return [row for row in rows if row.pk in keys]


def _point_into_capture(stay: list[Citation], answered: Iterable[tuple[Citation | None, FoundCitation]]) -> None:
    """Places in the capture are those of the new one. Past the history: no word of the rows changes."""
    places = {row.pk: (found.raw_start, found.raw_end) for row, found in answered if row}
    for row in stay:
        row.raw_start, row.raw_end = places.get(row.pk, (None, None))
    Citation.objects.bulk_update(stay, ["raw_start", "raw_end"])


class _Decided:
    """Answers whether a finding is one that a person dealt with already. Each orphan answers once."""

    def __init__(self, article: Article, before: str, rows: Sequence[Citation]):
        self._placed = [row for row in rows if row.revision == article.revision]
        self._outside = [row for row in rows if not row.is_anchored]
        self._orphans = [row for row in rows if row.is_anchored and row.revision != article.revision]
        just_lost = [row for row in self._orphans if row.revision == article.revision - 1]
        differences = changes(before, article.text) if just_lost else ()
        self._stood = {row.pk: carried(row.start, row.end, differences) for row in just_lost}

    def answer_to(self, found: FoundCitation, source: Source | None) -> Citation | None:
        if found.start is None:
            return next((row for row in self._outside if _is_same(row, found, source)), None)
        for row in self._placed:
            if row.start < found.end and row.end > found.start and self._is_of(row, found, source):
                return row
        orphan = next((row for row in self._orphans if self._stood_at(row, found, source)), None)
        orphan = orphan or next((row for row in self._orphans if _is_same(row, found, source)), None)
        if orphan:
            self._orphans.remove(orphan)
        return orphan

    def _stood_at(self, row: Citation, found: FoundCitation, source: Source | None) -> bool:
        """The words around it were changed, and it is still the same source that is cited there."""
        start, end = self._stood.get(row.pk, (0, 0))
        return source is not None and row.source == source and start < found.end and end > found.start

    def _is_of(self, row: Citation, found: FoundCitation, source: Source | None) -> bool:
        # Whatever a person confirmed of these words stands, also when the machine would read them otherwise today.
        if row.state == State.CONFIRMED:
            return row.as_printed == found.as_printed or row.source == source or row.exact == found.as_printed
        return _is_same(row, found, source)


def _is_same(row: Citation, found: FoundCitation, source: Source | None) -> bool:
    return " ".join(row.as_printed.split()) == " ".join(found.as_printed.split()) and (
        row.source == source or row.state == State.SUGGESTED
    )


def _dates(found: FoundCitation, document: Document, publisher: Source | None) -> dict:
    dates = {
        "date_printed": cut(Citation, "date_printed", found.date_printed or ""),
        "date_edtf": found.date_edtf or "",
    }
    inferred = infer(
        found.date_printed,
        found.date_edtf,
        published=document.published,
        day_first=publisher.day_first if publisher else None,
        language=document.language,
    )
    if inferred:
        dates["date_resolved"], dates["date_basis"] = inferred.edtf, inferred.basis
    return dates


def write_appearances(article: Article, document: Document, citations: Sequence[Citation], *, by: User | None) -> None:
    """The words a citation supports are an appearance to be; citations of the same words share it."""
    standing = list(article.appearances.prefetch_related("citations"))
    staying = touched(standing)
    article.appearances.exclude(pk__in=staying).delete()
    kept = [row for row in standing if row.pk in staying]
    supported: dict[tuple[int, int], list[Citation]] = {}
    for citation, found in zip(citations, document.citations, strict=True):
        if found.claim_text and found.start is not None:
            words = _words_near(article.body, found)
            if words and not _is_dealt_with(article, kept, words, citation):
                supported.setdefault(words, []).append(citation)
    appearances = create(
        Appearance, [Appearance(article=article, **_anchored(article, start, end)) for start, end in supported], by=by
    )
    for appearance, supporting in zip(appearances, supported.values(), strict=True):
        appearance.citations.set(supporting)


def _is_dealt_with(article: Article, kept: list[Appearance], words: tuple[int, int], citation: Citation) -> bool:
    """Whether a person dealt with these words: at their place, or, once, in words that left the text."""
    start, end = words
    exact = article.body[start:end]
    for row in kept:
        if row.revision == article.revision and row.start < end and row.end > start:
            if row.exact == exact or citation in row.citations.all():
                return True
        elif row.revision != article.revision and row.exact == exact:
            kept.remove(row)
            return True
    return False


def _words_near(body: str, found: FoundCitation) -> tuple[int, int] | None:
    """Where the supported words stand: in the citation's own block, the occurrence nearest to it."""
    block = body.rfind("\n\n", 0, found.start) + 1
    end = body.find("\n\n", found.end)
    end = len(body) if end < 0 else end
    before = body.rfind(found.claim_text, block, found.end)
    after = body.find(found.claim_text, max(block, found.start), end)
    start = before if before >= 0 and (after < 0 or found.start - before <= after - found.end) else after
    return (start, start + len(found.claim_text)) if start >= 0 else None


def _anchored(article: Article, start: int | None, end: int | None) -> dict:
    if start is None:
        return {}
    found = anchors.anchor(article.body, start, end)
    return {
        "exact": found.exact,
        "prefix": found.prefix,
        "suffix": found.suffix,
        "start": start,
        "end": end,
        "revision": article.revision,
    }
