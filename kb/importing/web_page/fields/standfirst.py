"""Chooses the standfirst: the lines under the headline that say what the article says."""

from collections.abc import Iterator, Sequence

from kb.importing.records import Finding
from kb.importing.web_page.fields.article import Described
from kb.importing.web_page.fields.cleaning import clean
from kb.importing.web_page.fields.evidence import Evidence
from kb.importing.web_page.fields.json_ld import text_of
from kb.importing.web_page.fields.weighing import Candidate, finding, most_agreed
from kb.text.folding import fold

_WEIGHTS = {"text": 2.0, "json-ld": 1.6, "opengraph": 1.4, "microdata": 1.2, "meta": 1.3}
_CUT_OFF = ("…", "...", "[…]", "[...]")
_NEAR = 250
_FEWEST_WORDS = 4
LONGEST = 600


def read_standfirst(
    evidence: Evidence, described: Described, title: str | None, body: Sequence[str] = ()
) -> tuple[str | None, Finding | None]:
    """The standfirst and where it was read; None where the page only repeats its title or the beginning of its text."""
    beginning = fold(" ".join(body)[:1500])
    taken = {fold(title or ""), ""}
    candidates = [
        candidate
        for candidate in _candidates(evidence, described)
        if fold(candidate.value) not in taken
        and not candidate.value.endswith(_CUT_OFF)
        and _is_sentence(candidate.value)
        and not (beginning and beginning.startswith(fold(candidate.value)[:80]))
    ]
    chosen = most_agreed(candidates, fold)
    return (chosen.value, finding(chosen, candidates, fold)) if chosen else (None, None)


def _candidates(evidence: Evidence, described: Described) -> Iterator[Candidate[str]]:
    heading = evidence.heading
    for piece in evidence.standfirsts:
        if heading and evidence.is_of_article(piece) and -20 <= piece.place - heading.place <= _NEAR:
            yield Candidate("text", piece.words, piece.words, _WEIGHTS["text"])
            break
    offered = [("json-ld", text_of(value)) for value in described.values("alternativeHeadline", "description")[:2]]
    offered += [("opengraph", content) for _, content in evidence.meta("og:description")][:1]
    offered += [("meta", content) for _, content in evidence.meta("description", "twitter:description")][:2]
    for piece in evidence.properties.get("description", ())[:1]:
        offered.append(("microdata", piece.value or piece.words))
    for origin, words in offered:
        if cleaned := clean(words, LONGEST):
            yield Candidate(origin, cleaned, cleaned, _WEIGHTS[origin])


def _is_sentence(words: str) -> bool:
    has_blanks = " " in words
    return len(words.split()) >= _FEWEST_WORDS if has_blanks else len(words) >= 12
