"""Tells the language and the writing direction of a text, or that they cannot be told."""

import lzma
import shutil
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from tempfile import TemporaryFile

import numpy as np
from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

from kb.text.direction import Direction, direction_of
from kb.text.words import without_surrogates

# Fewer letters than these fit several languages.
FEWEST_LETTERS = 40
# Shares of the probability and of the text that one language must have.
SUREST = 0.7
MAJORITY = 0.6
# What is read of one block, and how many blocks of a text are asked: enough to tell, and the time stays flat.
SAMPLE = 1_500
MOST_BLOCKS = 60
# Languages that articles come in. Their close relatives are left out: they take votes from them and win no article.
LANGUAGES = (
    "af am ar az be bg bn bs ca cs da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ku ky lo "
    "lt lv mk ml mn mr ms mt my ne nl no pa pl ps pt ro ru rw sd si sk sl so sq sr sv sw ta te tg th tk tl tr uk ur uz vi "
    "zh zu"
)


def language_of(blocks: Sequence[str]) -> str | None:
    """The BCP 47 tag of the language of most of the text, None when it is short or undecided."""
    chosen = _spread(blocks)
    votes: dict[str, int] = defaultdict(int)
    for block in chosen:
        if language := _recognise(block):
            votes[language] += len(block)
    if not votes and (language := _recognise(" ".join(block[:200] for block in chosen))):
        return language
    if not votes:
        return None
    language = max(votes, key=votes.__getitem__)
    return language if votes[language] >= MAJORITY * sum(votes.values()) else None


def direction_of_blocks(blocks: Sequence[str]) -> Direction | None:
    """The direction of most blocks, each counted with its length."""
    votes = {"ltr": 0, "rtl": 0}
    for block in blocks:
        if direction := direction_of(block):
            votes[direction] += len(block)
    if votes["ltr"] == votes["rtl"]:
        return None
    return "ltr" if votes["ltr"] > votes["rtl"] else "rtl"


def _spread(blocks: Sequence[str]) -> list[str]:
    """All blocks, or of many as many as are asked, taken from all over the text."""
    step = max(1, -(-len(blocks) // MOST_BLOCKS))
    return list(blocks[::step])


def _recognise(text: str) -> str | None:
    sample = without_surrogates(text[:SAMPLE])
    if sum(map(str.isalpha, sample)) < FEWEST_LETTERS:
        return None
    language, probability = _identifier().classify(sample)
    return language if probability >= SUREST and language != "zxx" else None


@cache
def _identifier() -> LanguageIdentifier:
    """The trained model, of the languages asked for only; it takes a moment and some memory, so it is loaded when first asked.

    The detector's own loader holds the whole model, parts of it twice, before languages can be left out.
    """
    asked = set(LANGUAGES.split())
    with TemporaryFile() as unpacked:
        with lzma.open(MODEL_DIR / MODEL_FILE) as packed:
            shutil.copyfileobj(packed, unpacked, length=1 << 20)
        unpacked.seek(0)
        with np.load(unpacked, allow_pickle=False) as model:
            labels = model["classes"].tolist()
            columns = [number for number, label in enumerate(labels) if label in asked]
            return LanguageIdentifier(
                model["ptc"][:, columns],
                model["pc"][columns],
                [labels[number] for number in columns],
                memoryview(model["nextmove"]),
                model["out_feat"].tolist(),
                norm_probs=True,
                tk_row=model["nextmove_row"].tolist(),
            )


def is_language_tag(text: str) -> bool:
    """Whether this has the form of a language tag: en, fa, pt-BR (BCP 47)."""
    first, *rest = text.split("-")
    return (
        text.isascii()
        and first.isalpha()
        and len(first) in (2, 3)
        and all(part.isalnum() and 1 <= len(part) <= 8 for part in rest)
        and len(text) <= 35
    )
