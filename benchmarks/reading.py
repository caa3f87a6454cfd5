"""What the reading view of a long article costs with many marks, beside the same article without any.

    uv run python -m benchmarks.reading [--marks 500] [--size 100000] [--rounds 9]

Both pages are made in the same process, in turn; the figure is CPU time of the whole request. Written for the ratio: the
times themselves belong to the machine. It also counts the queries of both.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

SENTENCE = (
    "Ship {number} left the northern port on Monday, and the harbour counted {tons} tons of grain (#Reuters, June 12). "
)
MOST_TIMES = 3


def body_of(size: int) -> str:
    """Paragraphs of five sentences, so many code points in all."""
    found, number, length = [], 0, 0
    while length < size:
        block = "".join(SENTENCE.format(number=number + place, tons=(number + place) * 7) for place in range(5)).strip()
        found.append(block)
        number, length = number + 5, length + len(block) + 2
    return "\n\n".join(found)[:size]


def make_articles(marks: int, size: int, body_format: str):
    """The article twice: bare, and with as many marks as asked: citations, claims and notes in equal parts, overlapping."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from kb.models import Annotation, Appearance, Article, Citation, Claim, Source
    from kb.text import anchors

    author, now = User.objects.get(username="ines"), timezone.now()
    bare, marked = (
        Article.objects.create(title="Grain", slug=f"grain-{body_format}-{name}", body=body_of(size), language="en")
        for name in ("bare", "marked")
    )
    for article in (bare, marked):
        Article.objects.filter(pk=article.pk).update(display="full", direction="ltr", body_format=body_format)
        article.refresh_from_db()
    text, source = marked.text, Source.objects.get(slug="reuters")

    def words(start: int, length: int) -> dict:
        found = anchors.anchor(text, start, min(start + length, len(text)))
        names = ("exact", "prefix", "suffix", "start", "end")
        return {"article": marked, "revision": marked.revision} | {name: getattr(found, name) for name in names}

    step = (len(text) - 200) // marks
    decided = {"state": "confirmed", "decided_by": author, "decided_at": now}
    for number in range(marks):
        start = number * step
        if number % 3 == 0:
            Citation.objects.create(
                **words(start, 30), **decided, position=number + 1, as_printed="(#Reuters, June 12)", resolution="resolved",
                source=source, date_printed="June 12", date_edtf="XXXX-06-12",
            )  # fmt: skip
        elif number % 3 == 1:
            claim = Claim.objects.create(text=f"{body_format}: ship {number} left the northern port.")
            Appearance.objects.create(**words(start, 300), **decided, claim=claim)
        else:
            Annotation.objects.create(**words(start, 120), author=author, body=f"Who counted ship {number}?")
    return bare, marked


def measure(client, address: str) -> tuple[float, int]:
    """CPU seconds of one request, and its queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        begun = time.process_time()
        response = client.get(address)
        spent = time.process_time() - begun
    assert response.status_code == 200, response.status_code
    return spent, len(queries)


def compare(client, bare, marked, rounds: int) -> bool:
    addresses = {
        name: f"/admin/kb/article/{article.pk}/read/" for name, article in (("bare", bare), ("marked", marked))
    }
    times: dict[str, list[float]] = {name: [] for name in addresses}
    queries: dict[str, int] = {}
    for address in addresses.values():
        client.get(address)
    for _round in range(rounds):
        for name, address in addresses.items():
            spent, queries[name] = measure(client, address)
            times[name].append(spent)
    middle = {name: statistics.median(values) for name, values in times.items()}
    ratio = middle["marked"] / middle["bare"]
    print(
        f"{bare.body_format}, {len(bare.body):,} characters: {middle['bare'] * 1000:.0f} ms bare, "
        f"{middle['marked'] * 1000:.0f} ms marked, {ratio:.2f} times; queries {queries['bare']} and {queries['marked']}"
    )
    return ratio <= MOST_TIMES and queries["bare"] == queries["marked"]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--marks", type=int, default=500)
    options.add_argument("--size", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=9)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'kb.sqlite3'}"
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django

        django.setup()
        from django.conf import settings
        from django.contrib.auth.models import Group, User
        from django.core.management import call_command
        from django.test import Client

        # As in production: templates are read once, and no query is kept for the developer.
        settings.DEBUG = False
        settings.ALLOWED_HOSTS = ["testserver"]
        call_command("migrate", verbosity=0)
        person = User.objects.create(username="ines", is_staff=True)
        person.groups.add(Group.objects.get(name="analyst"))
        client = Client()
        client.force_login(person)
        held = [
            compare(client, *make_articles(asked.marks, asked.size, body_format), asked.rounds)
            for body_format in ("plain", "markdown")
        ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
