"""Pages per CPU second of the body step, through a known selector and without one, against trafilatura alone.

Run `uv run python -m benchmarks.extraction [--pages N] [--rounds N]`. The pages are generated: about 60 kB each, with menus, teasers,
comments and programs around an article. All ways take the same pages in turn in every round, so that a busy machine
slows all of them; only the ratios travel.
"""

import argparse
import random
import statistics
import time

import trafilatura

from kb.importing.register import Register
from kb.importing.web_page import read_web_page
from kb.text.selectors import texts_at

SELECTOR = "article .story p"
BASE = "trafilatura"
GOAL = 20


def make_pages(count: int, seed: int = 1) -> list[str]:
    """Pages of made-up words; the same for the same seed."""
    chance = random.Random(seed)
    syllables = [first + vowel for first in "bdfgklmnprstvw" for vowel in "aeiou"]
    vocabulary = ["".join(chance.choices(syllables, k=chance.randint(1, 4))) for _ in range(5000)]

    def words(number: int) -> str:
        return " ".join(chance.choices(vocabulary, k=number))

    def sentence() -> str:
        return words(chance.randint(8, 24)).capitalize() + "."

    def paragraph() -> str:
        said = " ".join(sentence() for _ in range(chance.randint(2, 5)))
        return f'<p>{said} <a href="/about/{words(1)}">{words(2)}</a> {sentence()}</p>'

    def page(number: int) -> str:
        title = words(8).capitalize()
        menu = "".join(f'<li class="menu-item"><a href="/{words(1)}/">{words(2)}</a></li>' for _ in range(60))
        teasers = "".join(
            f'<div class="card"><img src="/{place}.jpg" alt=""><h3><a href="/x/{place}">{words(8)}</a></h3><span>2 hours ago</span></div>'
            for place in range(40)
        )
        comments = "".join(f'<div class="comment"><b>{words(2)}</b><p>{sentence()}</p></div>' for _ in range(25))
        program = f"<script>var settings = {{{', '.join(f'{words(1)}: 1' for _ in range(900))}}};</script>"
        story = "".join(
            paragraph()
            + (f"<figure><img src='/{place}.jpg'><figcaption>{words(9)}</figcaption></figure>" * (place % 4 == 0))
            for place in range(24)
        )
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - Shore News</title>{program}'
            f"<style>{'a{color:red}' * 600}</style></head><body><header><ul>{menu}</ul></header><main><article>"
            f'<h1>{title}</h1><p class="byline">By {words(2)}</p><div class="story">{story}</div></article>'
            f'<aside class="sidebar">{teasers}</aside><section id="comments">{comments}</section></main>'
            f"<footer><ul>{menu}</ul></footer>{program}</body></html>"
        )

    return [page(number) for number in range(count)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    pages = make_pages(options.pages)
    register = Register(())
    ways = {
        BASE: lambda source: trafilatura.extract(source),
        "trafilatura, fast": lambda source: trafilatura.extract(source, fast=True, include_comments=False),
        "body step, known selector": lambda source: texts_at(source, SELECTOR),
        "whole page, known selector": lambda source: read_web_page(
            source, register=register, selectors={"body": SELECTOR}
        ),
        "whole page, no selector": lambda source: read_web_page(source, register=register, selectors={}),
    }
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for extract in ways.values():
        extract(pages[0])
    for _ in range(options.rounds):
        for name, extract in ways.items():
            started = time.process_time()
            for source in pages:
                extract(source)
            rates[name].append(len(pages) / (time.process_time() - started))
    print(
        f"{len(pages)} pages of {statistics.median(map(len, pages)) / 1000:.0f} kB, {options.rounds} rounds, CPU time"
    )
    print(f"{'way':30}{'pages/s':>10}{'ratio':>8}  (lowest to highest of the rounds)")
    for name, found in rates.items():
        ratios = [rate / base for rate, base in zip(found, rates[BASE], strict=True)]
        spread = f"({min(ratios):.1f} to {max(ratios):.1f})"
        print(f"{name:30}{statistics.median(found):10.1f}{statistics.median(ratios):8.1f}  {spread}")
    ratio = statistics.median(
        rate / base for rate, base in zip(rates["body step, known selector"], rates[BASE], strict=True)
    )
    print(
        f"Goal: body step through a known selector at least {GOAL} times {BASE}: {'met' if ratio >= GOAL else 'missed'}."
    )


if __name__ == "__main__":
    main()
