"""Finds what a page prints more than once: titles, and passages that repeat words of the article."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kb.importing.page_text.passages import Passage, words_of
from kb.text.sentences import sentence_spans

# Shorter repetitions happen in plain prose.
FEWEST_WORDS = 5
_MOST_TRIES = 8
_WINDOW = 5
# How many passages above and below a pull quote are compared with it.
_NEAR = 6


def repeated_keys(passages: Sequence[Passage]) -> dict[str, list[int]]:
    """The indexes of every short passage that is printed at least twice, by its words."""
    places = defaultdict(list)
    for index, passage in enumerate(passages):
        if not passage.is_prose and passage.word_count >= 2 and passage.key:
            places[passage.key].append(index)
    return {key: indexes for key, indexes in places.items() if len(indexes) > 1}


def find_repetitions(passages: Sequence[Passage], among: Iterable[int]) -> dict[int, int]:
    """The passages of `among` whose words all stand together in another one, with the index of that other one.

    Of two equal passages the later is the repetition. Linear in the text: a passage is looked up by its first words,
    and compared in full at most a few times.
    """
    words = {index: words_of(passages[index].text) for index in among}
    wanted: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, own in words.items():
        if len(own) >= FEWEST_WORDS and _may_repeat(passages[index], own) and len(wanted[tuple(own[:_WINDOW])]) < 20:
            wanted[tuple(own[:_WINDOW])].append(index)
    tries: dict[int, int] = defaultdict(int)
    found: dict[int, int] = {}
    for index, own in words.items():
        for place in range(len(own) - _WINDOW + 1):
            for short in wanted.get(tuple(own[place : place + _WINDOW]), ()):
                if short == index or short in found or found.get(index) == short or tries[short] >= _MOST_TRIES:
                    continue
                is_earlier_twin = len(words[short]) == len(own) and short < index
                if is_earlier_twin or len(words[short]) > len(own):
                    continue
                tries[short] += 1
                if own[place : place + len(words[short])] == words[short]:
                    found[short] = index
    return found


def _may_repeat(passage: Passage, words: list[str]) -> bool:
    """A heading may share its few words with the text; whole sentences and longer lines do so on purpose only."""
    return len(words) <= 120 and (passage.is_prose or len(words) >= 8)


def find_echoes(passages: Sequence[Passage], among: Sequence[int], quoted: set[int]) -> dict[int, int]:
    """The short passages, all in quotation marks, that a paragraph close by says in nearly the same words; and which."""
    echoes = {}
    for place, index in enumerate(among):
        if index not in quoted or not FEWEST_WORDS < passages[index].word_count <= 60:
            continue
        pairs = set(pairwise(words_of(passages[index].text)))
        for other in among[max(0, place - _NEAR) : place + _NEAR + 1]:
            if other == index or not passages[other].is_prose or other in quoted:
                continue
            shared = pairs & set(pairwise(words_of(passages[other].text[:4000])))
            if len(shared) >= 0.7 * len(pairs):
                echoes[index] = other
                break
    return echoes


def repeated_words(passage: Passage, other: Passage) -> tuple[int, int]:
    """Where in the capture the sentences of the other passage stand whose words this one repeats."""
    pairs = set(pairwise(words_of(passage.text)))
    spans = sentence_spans(other.text)
    shared = [len(pairs & set(pairwise(words_of(other.text[start:end])))) for start, end in spans]
    wanted = [place for place, count in enumerate(shared) if count >= max(1, 0.2 * len(pairs))] or [0]
    return other.start + spans[wanted[0]][0], other.start + spans[wanted[-1]][1]
