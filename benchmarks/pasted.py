"""Whether a pasted message finds the claim it repeats: MAP@5 of the search, beside plain BM25 and tf-idf over characters.

    uv run python -m benchmarks.pasted --claims CLAIMS.tsv --messages MESSAGES.tsv --pairs PAIRS.tsv
    uv run python -m benchmarks.pasted [--others 10000] [--database-url postgres://USER@HOST/DATABASE]

The files are those of a shared task on verified claims: claims (`id TAB claim TAB ...`), messages (`id TAB text`), pairs
(`message TAB 0 TAB claim TAB 1`), the first two with a line of headings. Without them the pairs of claims written for this
project that say the same are asked, dressed up as messages, among so many made-up claims: a small set, easy by its
distractors, that tells whether something broke rather than how good it is.
"""

import argparse
import csv
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from math import log, sqrt
from pathlib import Path

AT = 5
PAIRS = Path(__file__).parent.parent / "tests" / "search" / "claim_pairs.json"
DRESSED = (
    "{} 😱 https://t.example/x1",
    "RT @harbour_news: {} #breaking",
    "I can't believe this!! {} — Ada H. (@adah) June 4, 2025",
)


def rows(path: str) -> list[list[str]]:
    csv.field_size_limit(1 << 24)
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))


def given(options) -> tuple[dict[str, str], dict[str, str], dict[str, set[str]]]:
    claims = {row[0]: row[1] for row in rows(options.claims)[1:]}
    messages = {row[0]: row[1] for row in rows(options.messages)[1:]}
    wanted = defaultdict(set)
    for message, _zero, claim, *_relevance in rows(options.pairs):
        wanted[message].add(claim)
    return claims, {key: text for key, text in messages.items() if key in wanted}, wanted


def written_here(others: int) -> tuple[dict[str, str], dict[str, str], dict[str, set[str]]]:
    from benchmarks.corpus import Corpus

    pairs = [pair for name, several in json.loads(PAIRS.read_text()).items() if name != "about" for pair in several]
    claims = {f"pair {number}": pair["a"] for number, pair in enumerate(pairs)}
    first = {text: key for key, text in reversed(claims.items())}
    claims = {key: text for key, text in claims.items() if first[text] == key}
    same = [pair for pair in pairs if pair["relation"] == "same"]
    messages = {f"message {n}": DRESSED[n % len(DRESSED)].format(pair["b"]) for n, pair in enumerate(same)}
    wanted = {f"message {n}": {first[pair["a"]]} for n, pair in enumerate(same)}
    vocabulary, chance = Corpus(), random.Random(7)
    common = [word for text in claims.values() for word in text.split()]
    for number in range(others):
        drawn = chance.choices(vocabulary.words, cum_weights=vocabulary.weights, k=7) + chance.choices(common, k=5)
        chance.shuffle(drawn)
        claims[f"other {number}"] = " ".join(drawn)
    return claims, messages, wanted


def average_precision(found: list[str], wanted: set[str]) -> float:
    hits, total = 0, 0.0
    for place, key in enumerate(found[:AT], start=1):
        if key in wanted:
            hits += 1
            total += hits / place
    return total / min(len(wanted), AT)


class Plain:
    """Both measures over whole texts, as a textbook has them: lower case, words of letters and figures."""

    def __init__(self, texts: dict[str, str], terms, *, saturation: float | None):
        self.terms, self.saturation = terms, saturation
        self.lists: dict[str, list[tuple[str, float]]] = defaultdict(list)
        counted = {key: Counter(terms(text)) for key, text in texts.items()}
        having = Counter(term for counts in counted.values() for term in counts)
        size, mean = len(texts), sum(counts.total() for counts in counted.values()) / len(texts)
        if saturation:
            self.rarity = {term: log(1 + (size - number + 0.5) / (number + 0.5)) for term, number in having.items()}
        else:
            self.rarity = {term: 1 + log((1 + size) / (1 + number)) for term, number in having.items()}
        for key, counts in counted.items():
            if saturation:
                length = 0.25 + 0.75 * counts.total() / mean
                weights = {term: n * (saturation + 1) / (n + saturation * length) for term, n in counts.items()}
            else:
                weights = {term: n * self.rarity[term] for term, n in counts.items()}
                whole = sqrt(sum(weight**2 for weight in weights.values())) or 1
                weights = {term: weight / whole for term, weight in weights.items()}
            for term, weight in weights.items():
                self.lists[term].append((key, weight))

    def nearest(self, text: str) -> list[str]:
        scores: dict[str, float] = defaultdict(float)
        for term, number in Counter(self.terms(text)).items():
            asked = self.rarity.get(term, 0) * (1 if self.saturation else number)
            for key, weight in self.lists.get(term, ()):
                scores[key] += asked * weight
        return sorted(scores, key=lambda key: -scores[key])[:AT]


def words_of(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()


def pieces_of(text: str) -> list[str]:
    return [
        padded[place : place + length]
        for word in words_of(text)
        for padded in [f" {word} "]
        for length in (3, 4, 5)
        for place in range(max(1, len(padded) - length + 1))
    ]


class Ours:
    def __init__(self, texts: dict[str, str]):
        from django.contrib.auth.models import Group, User

        from kb.models import Claim
        from kb.search import documents

        self.user = User.objects.create_user("measuring")
        self.user.groups.add(Group.objects.get(name="analyst"))
        firsts = {text[:500]: key for key, text in reversed(texts.items())}
        Claim.objects.bulk_create((Claim(text=text, language="") for text in firsts), batch_size=500)
        documents.catch_up()
        self.keys = {claim.pk: firsts[claim.text] for claim in Claim.objects.iterator()}
        self.same = defaultdict(list)
        for key, text in texts.items():
            self.same[firsts[text[:500]]].append(key)

    def nearest(self, text: str) -> list[str]:
        from kb.models import FoundKind
        from kb.search.finding import find
        from kb.search.narrowing import Narrowing

        found = find(text, user=self.user, narrowing=Narrowing(kinds=[FoundKind.CLAIM]), size=AT)
        return [key for hit in found.hits for key in self.same[self.keys[hit.row.pk]]][:AT]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims")
    parser.add_argument("--messages")
    parser.add_argument("--pairs")
    parser.add_argument("--others", type=int, default=10_000)
    parser.add_argument("--database-url")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = options.database_url or f"sqlite:///{folder}/pasted.sqlite3"
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        claims, messages, wanted = given(options) if options.claims else written_here(options.others)
        print(f"{len(messages)} messages over {len(claims)} claims")
        for name, make in (
            ("BM25 over words", lambda: Plain(claims, words_of, saturation=1.2)),
            ("tf-idf over characters", lambda: Plain(claims, pieces_of, saturation=None)),
            ("ours, by the search", lambda: Ours(claims)),
        ):
            method = make()
            begun, precisions, firsts = time.process_time(), [], 0
            for key, text in messages.items():
                found = method.nearest(text)
                precisions.append(average_precision(found, wanted[key]))
                firsts += bool(found) and found[0] in wanted[key]
            spent = (time.process_time() - begun) / len(messages) * 1000
            print(
                f"{name:24} MAP@{AT} {sum(precisions) / len(precisions):.3f}  "
                f"first {firsts / len(messages):.3f}  {spent:.1f} ms CPU a message"
            )


if __name__ == "__main__":
    sys.exit(main())
