"""What is asked of a record beyond its form, before it meets the database: dates, addresses, words at their places,
and the rules that services keep across tables."""

import hashlib
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache

import msgspec

from kb.models import BY_HAND, CorrectionKind, FactCheckStatus, StatementType
from kb.models.annotation import LARGEST_ORIGINAL
from kb.models.evidence import LARGEST_COPY
from kb.models.rules import LOST, PROPOSED, Standing
from kb.text import markup
from kb.text.partial_dates import is_valid

from . import format as line

DEEPEST = 64
# The parser of dates takes a thousand times longer than a look at the ones it was asked before.
_is_valid = lru_cache(maxsize=4096)(is_valid)


class Unfit(Exception):
    """The record cannot be imported: where in it, and why."""

    def __init__(self, path: str, reason: str):
        self.path, self.reason = path, reason
        super().__init__(f"at `{path}`: {reason}")


def text_of(article: line.Article) -> str:
    return markup.text_of(article.body, markdown=article.body_format == "markdown")


def content_of(capture: line.CaptureOfPage) -> bytes:
    """The bytes of a capture that was found fit."""
    return capture.text.encode() if capture.text is not None else b64decode(capture.base64, validate=True)


def check(record: line.Record) -> None:
    """Raises Unfit for the first thing that does not hold."""
    CHECKS.get(type(record), _nothing)(record)


def _nothing(record) -> None:
    pass


def _article(article: line.Article) -> None:
    _slug("slug", article.slug)
    _dates(article, "", "issued_on", "retrieved_on")
    _address("address", article.address)
    _depth("provenance", article.provenance)
    if isinstance(article.capture, line.CaptureOfPage):
        _capture(article.capture, "capture.")
    for number, hop in enumerate(article.hops):
        _address(f"hops[{number}].address", hop.address)
    for number, claim in enumerate(article.claims):
        _claim(claim, f"claims[{number}].")
    text = text_of(article)
    for number, citation in enumerate(article.citations):
        path = f"citations[{number}]."
        _dates(citation, path, "date_edtf", "date_resolved")
        _address(path + "address", citation.address)
        _anchor(path, citation.anchor, article, text)
        _notes(path, citation.annotations)
    for number, appearance in enumerate(article.appearances):
        _anchor(f"appearances[{number}].", appearance.anchor, article, text)
    for number, note in enumerate(article.annotations):
        _anchor(f"annotations[{number}].", note.anchor, article, text)
        _note(f"annotations[{number}].", note)


def _claim(claim: line.ClaimOfArticle, path: str = "") -> None:
    _dates(claim, path, "period")
    if claim.value is not None:
        _figure(path + "value", claim.value)
    _notes(path, claim.annotations)
    for number, fact_check in enumerate(claim.checks):
        place = f"{path}checks[{number}]"
        if fact_check.status != FactCheckStatus.DRAFT:
            if claim.statement_type in (StatementType.OPINION, StatementType.FORECAST):
                raise Unfit(place, "opinions and forecasts get no truth rating.")
            if not fact_check.evidence:
                raise Unfit(f"{place}.evidence", "a submitted verdict has evidence; this one has none.")
        if fact_check.reviewer == fact_check.author:
            raise Unfit(f"{place}.reviewer", "nobody reviews their own check.")
        if any(review.reviewer == fact_check.author for review in fact_check.reviews):
            raise Unfit(f"{place}.reviews", "nobody reviews their own check.")
        if fact_check.reviews and fact_check.status == FactCheckStatus.DRAFT:
            raise Unfit(f"{place}.reviews", "nobody has reviewed a draft.")
        for row, evidence in enumerate(fact_check.evidence):
            _address(f"{place}.evidence[{row}].address", evidence.address)
            _address(f"{place}.evidence[{row}].archived_copy", evidence.archived_copy)

    if claim.score:
        if claim.statement_type != StatementType.FORECAST or claim.resolves_on is None:
            raise Unfit(f"{path}score", "only a forecast with a day to resolve on is scored.")
        _address(f"{path}score.address", claim.score.address)


def _evidence_copy(copy: line.EvidenceCopy) -> None:
    try:
        content = b64decode(copy.base64, validate=True)
    except NoBase64 as error:
        raise Unfit("base64", "this is no Base64.") from error
    if len(content) > LARGEST_COPY:
        raise Unfit("base64", "a copy holds at most 3 MB.")
    if hashlib.sha256(content).hexdigest() != copy.sha256:
        raise Unfit("sha256", "the bytes have another hash: they are not what was kept.")


def _capture(capture: line.CaptureOfPage, path: str = "") -> None:
    if (capture.text is None) == (capture.base64 is None):
        raise Unfit(path + "text", "a capture has either `text` or `base64`.")
    try:
        content = content_of(capture)
    except NoBase64 as error:
        raise Unfit(path + "base64", "this is no Base64.") from error
    if hashlib.sha256(content).hexdigest() != capture.sha256:
        raise Unfit(path + "sha256", "the bytes have another hash: they are not what was received.")
    try:
        content.decode(capture.encoding)
    except (LookupError, ValueError) as error:
        raise Unfit(path + "encoding", f"the bytes are no text in “{capture.encoding}”.") from error
    position = 0
    for number, span in enumerate(capture.receipt):
        if span.start != position or span.end < span.start:
            raise Unfit(f"{path}receipt[{number}]", "the spans leave a gap or overlap.")
        position = span.end


def _source(source: line.Source) -> None:
    _slug("slug", source.slug, ascii_only=True)
    _address("homepage", source.homepage)
    _depth("selectors", source.selectors)
    _notes("", source.annotations)


def _person(person: line.Person) -> None:
    _slug("slug", person.slug, ascii_only=True)


def _tag(tag: line.Tag) -> None:
    _slug("slug", tag.slug)


def _foreign_check(foreign: line.ForeignCheck) -> None:
    _dates(foreign, "", "claimed_on", "reviewed_on")
    _address("address", foreign.address)
    _depth("raw", foreign.raw)


def _correction(correction: line.Correction) -> None:
    if (correction.claim is None) == (correction.article is None):
        raise Unfit("claim", "a correction is about a claim or about an article: exactly one.")
    before, after = correction.check_before, correction.check_after
    if (before is None and after is not None) or (before is not None and correction.claim is None):
        raise Unfit("check_before", "verdicts are corrected at their claim, and the one before is named.")
    is_by_hand = correction.type in BY_HAND
    if correction.type != CorrectionKind.UPDATE and is_by_hand != (after is None):
        raise Unfit("type", "a changed rating or reasons need both verdicts; wording and void are about no new one.")
    if not correction.after and correction.type != CorrectionKind.VOID and (before is None or after is not None):
        raise Unfit("after", "only what is void or in doubt says nothing now.")


def _merge(merge: line.Merge) -> None:
    _slug("slug", merge.slug)
    if not merge.slug and merge.type != "claim":
        raise Unfit("slug", "what was given up had an address.")
    if (merge.undone_by is None) != (merge.undone_at is None):
        raise Unfit("undone_at", "who undid it and when belong together.")
    if merge.kept and len(merge.kept) != (2 if merge.type == "claim" else 1):
        raise Unfit("kept", "a claim is known by its words and their language, anything else by one word.")
    parts = 2 if merge.type in ("claim", "source") else 1
    for number, name in enumerate(merge.names):
        if len(name) != parts or not all(name[:1]):
            raise Unfit(f"names[{number}]", f"a name of a {merge.type} has {parts} part(s).")


def _slug(path: str, slug: str, *, ascii_only: bool = False) -> None:
    word = slug.replace("-", "").replace("_", "")
    if (word and not word.isalnum()) or (ascii_only and not slug.isascii()):
        raise Unfit(path, "a slug holds letters, figures, hyphens and underscores.")


def _address(path: str, address: str) -> None:
    if address and not (address.startswith(("https://", "http://")) and address.isprintable() and " " not in address):
        raise Unfit(path, "an address starts with https:// or http:// and has no white space.")


def _dates(record, path: str, *names: str) -> None:
    for name in names:
        value = getattr(record, name)
        if value and not (_is_day(value) or _is_valid(value)):
            raise Unfit(path + name, f"“{value}” is no date. Write 2025-03-24, 2025-03, 2025, or XXXX-06-12.")


def _is_day(value: str) -> bool:
    """A whole day, without asking the parser of all other dates: it takes a thousand times longer."""
    if len(value) != 10 or value[4] != "-" or value[7] != "-" or not value.isascii():
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _figure(path: str, value: Decimal) -> None:
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or exponent < -6 or len(digits) + exponent > 18:
        raise Unfit(path, "a value has at most 18 figures before the decimal point and 6 behind it.")


def _anchor(path: str, anchor: line.Anchor | None, article: line.Article, text: str) -> None:
    if anchor is None:
        return
    if anchor.revision > article.revision:
        raise Unfit(f"{path}anchor.revision", f"the article is at revision {article.revision} only.")
    if anchor.revision == article.revision and text[anchor.start : anchor.end] != anchor.exact:
        raise Unfit(f"{path}anchor", "the words do not stand there in the text of the article.")
    stands = anchor.revision == article.revision
    if stands and anchor.standing in (*LOST, Standing.LEFT):
        raise Unfit(f"{path}anchor.standing", "these words stand in the text: they are not lost.")
    if (anchor.standing in PROPOSED) != bool(anchor.places):
        raise Unfit(f"{path}anchor.places", "places to confirm belong to words that changed or are not surely there.")
    if any(not start < end <= len(text) for start, end, _likeness in anchor.places):
        raise Unfit(f"{path}anchor.places", "the text has no such place.")


def _notes(path: str, notes: Iterable[line.Note]) -> None:
    for number, note in enumerate(notes):
        if note.anchor is not None:
            raise Unfit(f"{path}annotations[{number}].anchor", "only a note on an article marks words.")
        _note(f"{path}annotations[{number}].", note)


def _note(path: str, note: line.Note) -> None:
    for link in note.links.splitlines():
        _address(path + "links", link)
    _depth(path + "original", note.original)
    if note.original and len(msgspec.json.encode(note.original)) > LARGEST_ORIGINAL:
        raise Unfit(path + "original", "it is larger than 64 KB.")


def _depth(path: str, value: dict) -> None:
    waiting = [(value, 1)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise Unfit(path, f"it is nested more than {DEEPEST} levels deep.")
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting += [(item, depth + 1) for item in inside]


CHECKS = {
    line.Article: _article,
    line.Claim: _claim,
    line.Capture: _capture,
    line.EvidenceCopy: _evidence_copy,
    line.Source: _source,
    line.Person: _person,
    line.Tag: _tag,
    line.ForeignCheck: _foreign_check,
    line.Correction: _correction,
    line.Merge: _merge,
}
