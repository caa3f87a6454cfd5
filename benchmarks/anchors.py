"""Re-anchoring: anchors put on other words by random edits, the growth of its cost, and others' ways beside it.

Run `uv run python -m benchmarks.anchors [--stories N] [--kilobytes N]`. The edits are those of the tests, with as many texts as
one likes; every way takes the same texts. Times are CPU seconds; only the ratios travel.
"""

import argparse
import random
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from kb.text import anchors
from kb.text.reanchoring import reanchor
from tests.anchor_edits import Story, stories, verdict

BESIDE = 2_000
FEW, MANY = 50, 1_000
GOAL = 20


def ours(one: Story) -> anchors.Anchor | None:
    return reanchor(one.after, [one.anchor], one.before)[0].anchor


def ours_without_the_old_text(one: Story) -> anchors.Anchor | None:
    return reanchor(one.after, [one.anchor])[0].anchor


def first_occurrence(one: Story) -> anchors.Anchor | None:
    start = one.after.find(one.anchor.exact)
    return anchors.anchor(one.after, start, start + len(one.anchor.exact)) if start >= 0 else None


def with_difflib(one: Story) -> anchors.Anchor | None:
    """Where the matching blocks of the two texts put both ends."""
    blocks = SequenceMatcher(None, one.before, one.after, autojunk=False).get_matching_blocks()
    starts = [block.a for block in blocks]

    def target(place: int) -> int:
        block = blocks[max(0, bisect_right(starts, place) - 1)]
        return min(max(0, block.b + min(place - block.a, block.size)), len(one.after))

    start, end = target(one.anchor.start), target(one.anchor.end)
    return anchors.anchor(one.after, start, end) if start < end else None


def with_rapidfuzz(one: Story) -> anchors.Anchor | None:
    """The likest stretch, taken from 90 of 100 on."""
    found = fuzz.partial_ratio_alignment(one.anchor.exact, one.after)
    if found is None or found.score < 90 or found.dest_start == found.dest_end:
        return None
    return anchors.anchor(one.after, found.dest_start, found.dest_end)


def account(told: list[Story], way: Callable[[Story], anchors.Anchor | None]) -> tuple[Counter[str], float]:
    counts: Counter[str] = Counter()
    spent = 0.0
    for one in told:
        began = time.process_time()
        found = way(one)
        spent += time.process_time() - began
        counts["texts"] += 1
        counts["still there"] += one.truth is not None
        if found is not None:
            counts[verdict(one, found)] += 1
    return counts, spent


def line(name: str, counts: Counter[str], spent: float) -> str:
    share = counts["right"] / max(1, counts["still there"])
    return (
        f"{name:28} wrong {counts['wrong']:6}  undecidable {counts['undecidable']:5}  "
        f"of those still there placed {share:6.1%}  {spent / max(1, counts['texts']) * 1000:6.2f} ms each"
    )


def article(size: int) -> tuple[str, str]:
    """A text of this many characters, and the same with every twentieth sentence changed, added or gone."""
    chance = random.Random(5)
    syllables = [first + vowel for first in "bdfgklmnprstvw" for vowel in "aeiou"]
    vocabulary = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(4_000)]
    before: list[str] = []
    while sum(map(len, before[-200:])) * max(1, len(before)) / max(1, len(before[-200:])) < size:
        before.append(" ".join(chance.choices(vocabulary, k=chance.randint(8, 24))).capitalize() + ". ")
    after: list[str] = []
    for sentence in before:
        fate = chance.randrange(60)
        words = sentence.split()
        if fate == 0:
            continue
        if fate == 1:
            after.append("Something was added here. ")
        if fate == 2:
            sentence = " ".join([*words[:3], "changed", *words[4:]]) + " "
        after.append(sentence)
    return "".join(before), "".join(after)


def cost(before: str, after: str, count: int) -> float:
    chance = random.Random(count)
    starts = [chance.randrange(len(before) - 80) for _ in range(count)]
    chosen = [anchors.anchor(before, start, start + chance.randint(5, 80)) for start in starts]
    began = time.process_time()
    reanchor(after, chosen, before)
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--kilobytes", type=int, default=100)
    options = parser.parse_args()

    counts: Counter[str] = Counter()
    spent = 0.0
    for first in range(0, options.stories, BESIDE):
        told = [stories(seed)[0] for seed in range(first, min(first + BESIDE, options.stories))]
        some, took = account(told, ours)
        counts, spent = counts + some, spent + took
    print(f"{counts['texts']} texts edited at random, {counts['still there']} with the anchored words still there")
    print(line("ours", counts, spent))

    print(f"\nOf these the first {min(BESIDE, options.stories)}:")
    told = [stories(seed)[0] for seed in range(min(BESIDE, options.stories))]
    for way in (ours, ours_without_the_old_text, first_occurrence, with_difflib, with_rapidfuzz):
        print(line(way.__name__.replace("_", " "), *account(told, way)))

    before, after = article(options.kilobytes * 1_000)
    few = min(cost(before, after, FEW) for _ in range(3))
    many = min(cost(before, after, MANY) for _ in range(3))
    print(
        f"\nA text of {len(before)} characters: {FEW} anchors {few * 1000:.0f} ms, {MANY} anchors {many * 1000:.0f} ms,"
    )
    print(f"{many / few:.1f} times (goal: at most {GOAL})")
    long, longer = article(options.kilobytes * 10_000)
    print(f"Ten times the text: {MANY} anchors {cost(long, longer, MANY) / many:.1f} times")

    print("\nTexts that repeat themselves, 1,000 anchors, beside the article above:")
    size = options.kilobytes * 1_000
    for name, unit in {"a": "a", "ab": "ab", "one sentence": "The port is full. ", "marks": "e\u0301"}.items():
        before = unit * (size // len(unit))
        middle = len(before) // 2
        print(
            f"{name:14} {cost(before, before[:middle] + 'Something. ' + before[middle + 5 :], MANY) / many:.1f} times"
        )


if __name__ == "__main__":
    main()
