"""Answers of a search service with known truth: everything a publisher may write, and what must be read there."""

import json
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

SITES = {
    "en": [
        (f"Facts of the {town}", f"facts-{town.lower()}.example") for town in ("Harbour", "Valley", "Coast", "Ridge")
    ],
    "ar": [
        (f"تدقيق {town}", f"tadqiq-{number}.example") for number, town in enumerate(("الميناء", "الوادي", "الساحل"))
    ],
}
SAID = {
    "en": [
        "The “{n}” ships left & never came back",
        "Grain costs {n} pounds <per sack>, says O'Neill",
        "AT&T sold {n} masts",
    ],
    "ar": ["غادرت {n} سفينةً الميناءَ ولم تعد", "سعر القمح {n} ديناراً «للكيس»", "باعت الشركة {n} برجاً & أكثر"],
}
SPEAKERS = {"en": ["Jo & Sons", "Bloggers", "O'Neill"], "ar": ["منشورات على فيسبوك", "وزير التجارة"]}
RATINGS = {
    "en": ["False", "Mostly true", "Four out of “five” sacks", "MISLEADING"],
    "ar": ["خطأ", "صحيح جزئياً", "مضلّل", "زائف"],
}
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", "“": "&ldquo;", "”": "&#8221;"}


@dataclass(frozen=True)
class Truth:
    statement: str
    claimant: str
    claimed_on: str
    address: str
    title: str
    reviewed_on: str
    rating_words: str


def generate(
    path: Path, count: int, *, language: str, day_first: bool, entities: bool, lines: bool = False
) -> list[Truth]:
    """Write a file of so many claims; returns what is true of each, in order."""
    chance = random.Random(f"{language} {count}")
    truths, claims = [], []

    def encoded(words: str) -> str:
        return (
            "".join(ENTITIES.get(letter, letter) for letter in words) if entities and chance.random() < 0.7 else words
        )

    def printed(day: date) -> str:
        if not day_first:
            return day.isoformat() + chance.choice(["T00:00:00Z", "T23:30:00-05:00", ""])
        mark = chance.choice("/-")
        return f"{day.day}{mark}{day.month}{mark}{day.year}"

    for number in range(count):
        name, site = chance.choice(SITES[language])
        claimed = date(2015, 1, 1) + timedelta(days=chance.randrange(3000))
        reviewed = claimed + timedelta(days=chance.randrange(30))
        truth = Truth(
            statement=chance.choice(SAID[language]).format(n=number),
            claimant=chance.choice(SPEAKERS[language]),
            claimed_on=claimed.isoformat(),
            address=f"https://www.{site}/checks/{number}?a=1&copy=2#utm_source=x",
            title=f"{chance.choice(SAID[language]).format(n=number)}?",
            reviewed_on=reviewed.isoformat(),
            rating_words=chance.choice(RATINGS[language]),
        )
        truths.append(truth)
        claims.append(
            {
                "text": encoded(truth.statement),
                "claimant": encoded(truth.claimant),
                "claimDate": printed(claimed),
                "claimReview": [
                    {
                        "publisher": {"name": name, "site": site},
                        "url": truth.address,
                        "title": encoded(truth.title),
                        "reviewDate": printed(reviewed),
                        "textualRating": encoded(truth.rating_words),
                        "languageCode": language,
                    }
                ],
            }
        )
    if lines:
        path.write_text("\n".join(json.dumps(claim, ensure_ascii=False) for claim in claims), encoding="utf-8")
    else:
        path.write_text(json.dumps({"claims": claims, "nextPageToken": "x"}, ensure_ascii=False), encoding="utf-8")
    return truths
