"""What selected words of a paragraph say of a source and its date: the reading of an import, for one place."""

from kb.importing.citations import find_citations
from kb.importing.records import Block, FoundCitation
from kb.text.sentences import sentence_spans

from .planning import load_register


def citation_at(paragraph: str, start: int, end: int) -> FoundCitation | None:
    """The citation that an import would find nearest to these words, in the sentences that they touch.

    Positions count code points of the paragraph. None when those sentences lean on nobody that can be told.
    """
    begins, ends = sentences_at(paragraph, start, end)
    found = find_citations([Block("paragraph", paragraph, 0)], load_register())
    near = [one for one in found if one.start < ends and one.end > begins]
    return min(near, key=lambda one: (max(one.start - end, start - one.end, 0), one.start), default=None)


def sentences_at(paragraph: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentences begin and end that these words touch."""
    touched = [span for span in sentence_spans(paragraph) if span[0] < end and span[1] > start]
    return (min(touched[0][0], start), max(touched[-1][1], end)) if touched else (start, end)
