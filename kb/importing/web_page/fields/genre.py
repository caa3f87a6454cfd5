"""Reads the kind of article where the page says it."""

from collections.abc import Iterator

from kb.importing.page_text.marking import genre_of_label, split_genre_prefix
from kb.importing.records import Finding
from kb.importing.web_page.fields.article import Described
from kb.importing.web_page.fields.cleaning import clean
from kb.importing.web_page.fields.evidence import Evidence
from kb.importing.web_page.fields.json_ld import text_of, types_of
from kb.importing.web_page.fields.weighing import Candidate, finding, most_agreed

# The bare NewsArticle is what sites call everything.
_TYPES = {
    "OpinionNewsArticle": "opinion",
    "AnalysisNewsArticle": "analysis",
    "BackgroundNewsArticle": "explainer",
    "ReportageNewsArticle": "news",
}
_NEAR = 150


def read_genre(evidence: Evidence, described: Described, title: str | None) -> tuple[str | None, Finding | None]:
    """news, analysis, opinion or explainer, and where it was read; None where the page does not say."""
    candidates = list(_candidates(evidence, described, title))
    chosen = most_agreed(candidates)
    return (chosen.value, finding(chosen, candidates)) if chosen else (None, None)


def _candidates(evidence: Evidence, described: Described, title: str | None) -> Iterator[Candidate[str]]:
    for node in described.objects[:1]:
        for kind in types_of(node):
            if kind in _TYPES:
                yield Candidate("json-ld", kind, _TYPES[kind], 3)
    offered = [("json-ld", text_of(value), 1.5) for value in described.values("genre", "articleSection")[:3]]
    offered += [("opengraph", content, 1.5) for _, content in evidence.meta("article:section")][:2]
    heading = evidence.heading
    offered += [
        ("text", piece.words, 1.6)
        for piece in evidence.kickers
        if heading and evidence.is_of_article(piece) and abs(piece.place - heading.place) <= _NEAR
    ][:5]
    for origin, words, weight in offered:
        label = clean(words, 60)
        genre = genre_of_label(label) if label else None
        # "News" is a section of every site.
        if genre and genre != "news":
            yield Candidate(origin, label, genre, weight)
    if title and (genre := split_genre_prefix(title)[0]):
        yield Candidate("heading", title, genre, 1)
