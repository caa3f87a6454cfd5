"""Chooses the language and the direction of writing."""

from collections.abc import Iterator, Sequence

from kb.importing.records import Finding
from kb.importing.web_page.fields.article import Described
from kb.importing.web_page.fields.cleaning import clean
from kb.importing.web_page.fields.evidence import Evidence
from kb.importing.web_page.fields.json_ld import text_of
from kb.importing.web_page.fields.weighing import Candidate, finding, most_agreed
from kb.text.language import direction_of_blocks, is_language_tag, language_of

_WEIGHTS = {"markup": 2.0, "json-ld": 1.5, "opengraph": 1.2, "meta": 1.0, "text": 3.0}
_RIGHT_TO_LEFT = frozenset(["ar", "fa", "he", "iw", "ur", "ps", "sd", "ckb", "ug", "yi", "dv"])
# Old and everyday spellings of languages by one tag.
_SAME = {
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "nb": "no",
    "nn": "no",
    "tl": "fil",
    "sh": "sr",
    "pus": "ps",
    "fas": "fa",
    "per": "fa",
}


def read_language(evidence: Evidence, described: Described, texts: Sequence[str]) -> tuple[str | None, Finding | None]:
    """The main language's tag (en, fa); what the text itself shows outweighs a single attribute, not all of them."""
    candidates = list(_candidates(evidence, described))
    if told := language_of([text for text in texts if text][:60]):
        candidates.append(Candidate("text", told, told, _WEIGHTS["text"]))
    chosen = most_agreed(candidates)
    return (chosen.value, finding(chosen, candidates)) if chosen else (None, None)


def read_direction(evidence: Evidence, language: str | None, texts: Sequence[str]) -> tuple[str | None, Finding | None]:
    """The direction in which most of the text runs, else that of the language, else the attribute's."""
    if direction := direction_of_blocks([text for text in texts if text][:60]):
        return direction, Finding("text", direction)
    if language:
        return ("rtl" if language in _RIGHT_TO_LEFT else "ltr"), Finding("text", language)
    declared = evidence.direction.strip().lower()
    return (declared, Finding("markup", declared)) if declared in ("ltr", "rtl") else (None, None)


def _candidates(evidence: Evidence, described: Described) -> Iterator[Candidate[str]]:
    offered = [("markup", evidence.language)]
    offered += [("json-ld", text_of(value)) for value in described.values("inLanguage")[:1]]
    offered += [("opengraph", content) for _, content in evidence.meta("og:locale")][:1]
    offered += [("meta", content) for _, content in evidence.meta("content-language", "dc.language", "language")][:1]
    for origin, words in offered:
        if language := language_in(clean(words, 60)):
            yield Candidate(origin, words, language, _WEIGHTS[origin])


def language_in(words: str) -> str | None:
    """The main language of a tag as sites write it: "en_US", "pt-BR"."""
    tag = words.strip().replace("_", "-")
    if not is_language_tag(tag):
        return None
    main = tag.split("-")[0].lower()
    return _SAME.get(main, main)
