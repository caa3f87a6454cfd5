"""The frozen records that pass between the steps of an import, and their JSON form.

The JSON form of `Document` is fixed: programs outside rely on it.
"""

from bisect import bisect_right
from dataclasses import asdict, dataclass, field
from typing import Literal

from kb.text.direction import AROUND, says_turning, turning_in

type Resolution = Literal["resolved", "unresolved", "unnamed"]
# The origin of a field that the operator said, whatever the page says; the page does not change it later.
GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the operator or the analyst should know; `line` counts from 1 in the capture."""

    level: Literal["error", "warning", "info"]
    code: str
    message: str
    line: int | None = None


def problem_of_turning(capture: str) -> Problem | None:
    """What to say of characters that turn text around: the article is made without them, the capture keeps them."""
    found = turning_in(capture)
    if not found:
        return None
    line = capture.count("\n", 0, found[0][0]) + 1
    begins = capture.rfind("\n", 0, found[0][0]) + 1
    said = says_turning(capture[begins : found[-1][0] + AROUND])
    message = f"Characters that turn text around are left out of the article: in line {line} {said}."
    return Problem("warning", "direction-overrides", message, line)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the capture, kept or removed; the spans of a page cover it without gap or overlap.

    `of` is where the words stand in the capture that a removed pull quote or repetition says again.
    """

    start: int
    end: int
    kept: bool
    rule: str = ""
    of: tuple[int, int] | None = None

    def as_json(self) -> dict:
        """The fixed JSON form, with `of` where there is one: a row of a capture's receipt."""
        fixed = {"start": self.start, "end": self.end, "kept": self.kept, "rule": self.rule}
        return fixed | {"of": list(self.of)} if self.of else fixed


@dataclass(frozen=True, slots=True)
class Segment:
    """Where a stretch of a block's text comes from: `start` to `end` in the text, `raw_start` to `raw_end` in the
    capture. A word is one segment, and so is a character reference, whose two lengths differ."""

    start: int
    end: int
    raw_start: int
    raw_end: int

    @property
    def is_verbatim(self) -> bool:
        return self.end - self.start == self.raw_end - self.raw_start


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the body, without white space at its ends.

    Without segments `text` is exactly `raw[raw_start:raw_end]`. With them, as in a web page, tags and references stand
    between, and the segments say where each word comes from.
    """

    kind: Literal["paragraph", "heading"]
    text: str
    raw_start: int
    segments: tuple[Segment, ...] = ()

    @property
    def raw_end(self) -> int:
        return self.segments[-1].raw_end if self.segments else self.raw_start + len(self.text)

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text stands in the capture."""
        if not self.segments:
            return self.raw_start + start, self.raw_start + end
        first, last = self._segment_at(start), self._segment_at(max(end - 1, start))
        raw_start = first.raw_start + max(0, start - first.start) if first.is_verbatim else first.raw_start
        raw_end = last.raw_start + end - last.start if last.is_verbatim else last.raw_end
        return min(raw_start, first.raw_end), min(raw_end, last.raw_end)

    def _segment_at(self, offset: int) -> Segment:
        return self.segments[max(bisect_right(self.segments, offset, key=lambda one: one.start) - 1, 0)]


@dataclass(frozen=True, slots=True)
class FoundTag:
    """A subject word as printed, without its hash sign."""

    name: str
    kind: Literal["topic", "place", "person"] = "topic"


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """One place where a page leans on a source.

    `start` and `end` count in the body text, `raw_start` and `raw_end` in the capture; the former are None where the
    words stand outside the body. `printed_name` is the name within `as_printed`, empty when nobody is named.
    `via` and `antecedent` are indexes of other citations of the same document: through which it is quoted at second
    hand, and which a short mention takes up again. `confidence` (0 to 100) orders the queue and is no truth.
    """

    resolution: Resolution
    as_printed: str
    printed_name: str = ""
    source: str | None = None
    candidates: tuple[str, ...] = ()
    speaker: str | None = None
    date_printed: str | None = None
    date_edtf: str | None = None
    claim_text: str | None = None
    start: int | None = None
    end: int | None = None
    raw_start: int | None = None
    raw_end: int | None = None
    via: int | None = None
    antecedent: int | None = None
    confidence: int | None = None


@dataclass(frozen=True, slots=True)
class FoundPiece:
    """A stretch of the capture that looks like another article; positions count code points of the capture."""

    start: int
    end: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a field was read ("json-ld", "opengraph", "microdata", "meta", "selector", "byline", "text", "given" ...),
    the words there, and what other places of the page said instead, as pairs of origin and words."""

    origin: str
    words: str
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundCheck:
    """One review of a statement by another fact-checker, in its words; `raw` is what was received.

    The dates are first as printed; `claimed_on` and `reviewed_on` are EDTF, None while nothing or too little is known.
    """

    statement: str
    claimant: str = ""
    claimed_printed: str = ""
    claimed_on: str | None = None
    publisher_name: str = ""
    publisher_site: str = ""
    address: str = ""
    title: str = ""
    reviewed_printed: str = ""
    reviewed_on: str | None = None
    rating_words: str = ""
    language: str = ""
    raw: dict = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What one page says of itself. None and empty mean that the page does not say."""

    file: str
    headline: str | None = None
    standfirst: str | None = None
    address: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    originally_published_by: str | None = None
    published: str | None = None
    retrieved: str | None = None
    language: str | None = None
    direction: str | None = None
    genre: str | None = None
    section_headings: tuple[str, ...] = ()
    body_text: str = ""
    tags: tuple[FoundTag, ...] = ()
    citations: tuple[FoundCitation, ...] = ()
    spans: tuple[Span, ...] = ()
    pieces: tuple[FoundPiece, ...] = ()
    foreign_checks: tuple[FoundCheck, ...] = ()
    provenance: dict[str, Finding] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def as_json(self) -> dict:
        """The fixed JSON form: unknown scalars are null, unknown lists empty."""
        document = asdict(self)
        del document["pieces"], document["foreign_checks"]
        for span in document["spans"]:
            del span["of"]
        for citation in document["citations"]:
            for name in ("printed_name", "antecedent", "confidence"):
                del citation[name]
        return document
