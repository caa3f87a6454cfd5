"""Articles for measurements, made of a seeded generator: the same number gives the same article, whatever the size.

Each has about 1,000 words, a capture with its receipt, 6 citations, 4 claims (every fourth is shared with other
articles, every second has a verdict with evidence), 3 notes, 5 tags and 2 hops.
"""

import hashlib
import random
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from kb.importing.interchange import format as line
from kb.text import anchors

SYLLABLES = [a + b for a in ("b", "d", "f", "gr", "k", "l", "m", "n", "pr", "st", "t", "v") for b in "aeiou"]
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
SOURCES = ("reuters", "cnn", "the-guardian", "bbc", "le-monde", "der-spiegel")
PEOPLE = ("ines", "tomas", "yara", "olof")
CHROME_ABOVE, CHROME_BELOW = (
    "Harbour Courier\nHome > World > Trade\n\n",
    "\n\nMore from World\nSubscribe to our letter\n",
)
SHARED = 4


class Corpus:
    """Articles by their number; `sources` are slugs that the register knows."""

    def __init__(self, sources: tuple[str, ...] = SOURCES, words: int = 1000):
        vocabulary = random.Random(11)
        self.sources, self.size = sources, words
        self.words = sorted(
            {"".join(vocabulary.choices(SYLLABLES, k=vocabulary.choice((1, 2, 2, 3)))) for _ in range(9000)}
        )
        vocabulary.shuffle(self.words)
        # Few words are frequent and many are rare, as in any language.
        self.weights = list(accumulate(1 / (rank + 1) for rank in range(len(self.words))))

    def lines(self, articles: int, first: int = 0) -> Iterator[bytes]:
        for number in range(first, first + articles):
            yield line.encode(self.article(number)) + b"\n"

    def article(self, number: int) -> line.Article:
        chance = random.Random(number)
        sentences, paragraphs = [], []
        drawn = chance.choices(self.words, cum_weights=self.weights, k=self.size)
        for start in range(0, self.size, 14):
            sentences.append(" ".join(drawn[start : start + 14]).capitalize() + f" {number}-{start}.")
        for start in range(0, len(sentences), 6):
            paragraphs.append(" ".join(sentences[start : start + 6]))
        body = "\n\n".join(paragraphs)
        page = CHROME_ABOVE + body + CHROME_BELOW
        moment = BEGINNING + timedelta(minutes=number)
        chosen = chance.sample(sentences, 8)
        claims = [self._claim(chance, number, sentence, place, moment) for place, sentence in enumerate(chosen[:4])]
        return line.Article(
            version=1,
            slug=f"article-{number}",
            title=" ".join(drawn[:8]).capitalize(),
            standfirst=" ".join(drawn[8:30]).capitalize() + ".",
            body=body,
            language="en",
            direction="ltr",
            genre="news",
            issued_on=moment.date().isoformat(),
            address=f"https://example.org/{number}",
            status="published",
            published_at=moment,
            published_by="olof",
            created_at=moment,
            capture=line.CaptureOfPage(
                sha256=hashlib.sha256(page.encode()).hexdigest(),
                text=page,
                origin=f"https://example.org/{number}",
                received_at=moment,
                received_by="ines",
                receipt=_receipt(page, body),
            ),
            tags=[
                line.TagOfArticle(name=f"Subject {tag}", **_confirmed(moment))
                for tag in sorted({int(500 * chance.random() ** 3) for _ in range(6)})[:5]
            ],
            hops=[
                line.Hop(position=1, type="wrote", printed_name=drawn[0].title(), **_confirmed(moment)),
                line.Hop(position=2, type="published", source=chance.choice(self.sources), **_confirmed(moment)),
            ],
            claims=[claim for claim in claims if claim is not None],
            citations=[
                self._citation(chance, body, sentence, position, moment)
                for position, sentence in enumerate([*chosen[2:]], start=1)
            ],
            appearances=[
                line.Appearance(
                    anchor=_anchor(body, sentence),
                    claim=self._key(number, sentence, place),
                    citations=[place + 1],
                    **_confirmed(moment),
                )
                for place, sentence in enumerate(chosen[:4])
            ],
            annotations=[
                line.Note(
                    uid=uuid.UUID(int=chance.getrandbits(128), version=4),
                    body=" ".join(chance.choices(drawn, k=18)).capitalize() + ".",
                    author=chance.choice(PEOPLE),
                    created_at=moment,
                    anchor=_anchor(body, sentence),
                )
                for sentence in chosen[5:]
            ],
        )

    def _key(self, number: int, sentence: str, place: int) -> line.ClaimKey:
        """The first claim of each group of articles is one and the same."""
        if place == 0:
            return line.ClaimKey(text=f"The harbour has {number // SHARED + 2} cranes.")
        return line.ClaimKey(text=sentence)

    def _claim(self, chance, number: int, sentence: str, place: int, moment: datetime) -> line.ClaimOfArticle | None:
        if place == 0 and number % SHARED:
            return None
        key = self._key(number, sentence, place)
        checks = [_check(chance, sentence, moment)] if place % 2 else []
        status = "checked" if checks else "unchecked"
        return line.ClaimOfArticle(
            text=key.text, language=key.language, status=status, created_at=moment, checks=checks
        )

    def _citation(self, chance, body: str, sentence: str, position: int, moment: datetime) -> line.Citation:
        words = sentence.rpartition(" ")[0]
        return line.Citation(
            position=position,
            as_printed=words,
            resolution="resolved",
            source=chance.choice(self.sources),
            printed_name="The Courier",
            claim_text=sentence,
            date_printed="June 12",
            date_edtf="XXXX-06-12",
            date_resolved="2024-06-12",
            date_basis="published-before",
            confidence=80,
            raw_start=len(CHROME_ABOVE),
            raw_end=len(CHROME_ABOVE) + 10,
            anchor=_anchor(body, words),
            **_confirmed(moment),
        )


def _confirmed(moment: datetime) -> dict:
    return {"state": "confirmed", "decided_by": "ines", "decided_at": moment}


def _anchor(body: str, words: str) -> line.Anchor:
    start = body.index(words)
    found = anchors.anchor(body, start, start + len(words))
    return line.Anchor(
        exact=found.exact, prefix=found.prefix, suffix=found.suffix, start=found.start, end=found.end, revision=1
    )


def _receipt(page: str, body: str) -> list[line.Span]:
    """What stands around the article is removed; within it the space between paragraphs."""
    spans = [line.Span(start=0, end=len(CHROME_ABOVE), kept=False, rule="chrome")]
    for paragraph in body.split("\n\n"):
        start = spans[-1].end
        spans.append(line.Span(start=start, end=start + len(paragraph), kept=True))
        spans.append(line.Span(start=start + len(paragraph), end=start + len(paragraph) + 2, kept=False, rule="space"))
    return [*spans, line.Span(start=spans[-1].end, end=len(page), kept=False, rule="chrome")]


def _check(chance, sentence: str, moment: datetime) -> line.FactCheck:
    day = moment.date()
    return line.FactCheck(
        number=1,
        status="published",
        rating=chance.choice(("true", "mostly-true", "mixed", "false")),
        rationale=f"The register of the harbour says so. {sentence}",
        as_of=day,
        expires_on=date(2030, 1, 1),
        author="yara",
        reviewer="olof",
        created_at=moment,
        checked_on=day,
        submitted_at=moment,
        decided_at=moment,
        evidence=[
            line.Evidence(position=1, stance="supports", summary="The register.", address="https://example.org/r"),
            line.Evidence(position=2, stance="context", summary="A report of the year before.", quote=sentence),
        ],
    )
