"""The five real pages beside the repository: everything that a careful editor reads off them comes out."""

import json
from pathlib import Path

import pytest

from kb.importing.extraction import extract
from kb.importing.register import Register

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"

if not (SEEDS / "expected.json").exists():
    pytest.skip("the seed pages are not part of the repository and are not beside it", allow_module_level=True)

EXPECTED = json.loads((SEEDS / "expected.json").read_text(encoding="utf-8"))["documents"]
SCALARS = (
    "headline",
    "publisher",
    "originally_published_by",
    "published",
    "retrieved",
    "language",
    "direction",
    "genre",
)


@pytest.fixture(scope="module")
def register():
    return Register.from_fixture(ROOT / "fixtures" / "register.json")


@pytest.fixture(scope="module", params=EXPECTED, ids=lambda expected: expected["file"][:3])
def seed(request, register):
    """One page as an editor reads it, as captured, and as extracted."""
    raw = (SEEDS / request.param["file"]).read_bytes().decode()
    return request.param, raw, extract(raw, file=request.param["file"], register=register)


@pytest.mark.parametrize("key", SCALARS)
def test_every_scalar_is_what_the_editor_reads(seed, key):
    expected, _, document = seed
    assert getattr(document, key) in expected.get(f"{key}_may_be", [expected[key]])


def test_the_authors_are_those_of_the_byline(seed):
    expected, _, document = seed
    assert list(document.authors) in expected.get("authors_may_be", [expected["authors"]])


def test_the_body_begins_and_ends_with_the_article(seed):
    expected, _, document = seed
    assert document.body_text.startswith(expected["body_starts"])
    assert document.body_text.endswith(expected["body_ends"])
    for foreign in expected["body_excludes"]:
        assert foreign not in document.body_text


def test_the_headings_are_those_of_the_article(seed):
    expected, _, document = seed
    assert list(document.section_headings) == expected["section_headings"]


def test_subjects_become_tags_and_outlets_that_are_cited_do_not(seed):
    expected, _, document = seed
    names = [tag.name for tag in document.tags]
    assert set(expected["topic_tags_include"]) <= set(names)
    assert not set(expected["topic_tags_exclude"]) & set(names)


def test_pull_quotes_are_kept_once(seed):
    expected, _, document = seed
    for quote in expected.get("repeated_pull_quotes_kept_once", ()):
        assert document.body_text.count(quote.removeprefix("T")) == 1


def test_the_citations_are_found_with_their_claims(seed):
    expected, _, document = seed
    for wanted in expected["citations"]:
        found = [
            citation
            for citation in document.citations
            if citation.source == wanted["outlet"]
            and citation.date_edtf == wanted["date_edtf"]
            and wanted["printed_name"] in citation.as_printed
            and (wanted["claim_contains"] is None or wanted["claim_contains"] in (citation.claim_text or ""))
        ]
        assert len(found) == 1, wanted
        assert wanted.get("claim_excludes", "\0") not in (found[0].claim_text or "")
        assert found[0].speaker in wanted.get("speaker_may_be", [wanted.get("speaker")])
    named = [citation for citation in document.citations if citation.resolution == "resolved"]
    assert len(named) == len(expected["citations"])


def test_attributions_to_nobody_are_found(seed):
    expected, _, document = seed
    unnamed = [citation.as_printed for citation in document.citations if citation.resolution == "unnamed"]
    for wanted in expected["unnamed_attributions"]:
        assert any(wanted in printed for printed in unnamed), wanted


def test_every_position_leads_to_the_printed_words(seed):
    _, raw, document = seed
    for citation in document.citations:
        assert raw[citation.raw_start : citation.raw_end] == citation.as_printed
        if citation.start is not None:
            assert document.body_text[citation.start : citation.end] == citation.as_printed


def test_the_spans_rebuild_the_page(seed):
    _, raw, document = seed
    assert "".join(raw[span.start : span.end] for span in document.spans) == raw
    kept = [raw[span.start : span.end] for span in document.spans if span.kept]
    assert "\n\n".join(kept) == document.body_text
    assert all(span.rule for span in document.spans if not span.kept)


def test_appended_articles_are_pieces_of_their_own(seed):
    expected, raw, document = seed
    if not expected["file"].startswith("001"):
        assert document.pieces == ()
        return
    assert len(document.pieces) == 3
    end = raw.index(expected["body_ends"])
    for piece in document.pieces:
        assert end < piece.start < piece.end
        assert raw[piece.start : piece.end].startswith(piece.title)
        assert len(raw[piece.start : piece.end].split()) > 400
        end = piece.end
