"""What a list of the desk costs beside the same list with Django's default settings.

    uv run python -m benchmarks.desk [--rows 100000] [--rounds 7] [--database-url postgres://user@host:port/postgres]

Both show the same columns and filters of the same rows in the same process, interleaved; the figure is CPU time with the
database's included. Written for ratios: the times themselves belong to the machine.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGES = {
    "first page": {},
    "page 20": {"p": "20"},
    "checked": {"standing": "checked"},
    "search, common word": {"q": "exports"},
    "search, one row": {"q": "convoy 4711 "},
}


def fill(rows: int) -> None:
    """So many claims: two in three with a published verdict, a part of those expired."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from kb.models import Claim, FactCheck, Rating

    author, reviewer = (User.objects.create(username=name, is_staff=True) for name in ("ines", "tomas"))
    ratings, now, day = list(Rating.objects.all()), timezone.now(), date(2026, 1, 1)
    for start in range(0, rows, 5000):
        numbers = range(start, min(start + 5000, rows))
        Claim.objects.bulk_create(
            Claim(
                text=f"Exports of convoy {number} rose by {number % 97} per cent in the year {1950 + number % 76}.",
                status="unchecked" if number % 3 == 0 else "checked",
                value=number,
                unit="ships",
            )
            for number in numbers
        )
        made = Claim.objects.filter(status="checked", fact_checks=None)
        FactCheck.objects.bulk_create(
            FactCheck(
                claim=claim,
                number=1,
                status="published",
                rating=ratings[claim.pk % len(ratings)],
                rationale="The customs office publishes the figure.",
                as_of=day,
                checked_on=day,
                submitted_at=now,
                decided_at=now,
                expires_on=day + timedelta(days=1 + claim.pk % 700),
                author=author,
                reviewer=reviewer,
            )
            for claim in made
        )


class Cost:
    """CPU seconds of this process and of the database server's process that works for it."""

    def __init__(self):
        from django.db import connection

        self.server = 0
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.server = cursor.fetchone()[0]

    def now(self) -> float:
        spent = time.process_time()
        if self.server:
            fields = Path(f"/proc/{self.server}/stat").read_text().rpartition(")")[2].split()
            spent += (int(fields[11]) + int(fields[12])) / TICKS
        return spent


def measure(rows: int, rounds: int) -> None:
    from django.contrib import admin
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings
    from django.urls import path

    import config.urls
    from kb.models import Claim

    ours = admin.site.get_model_admin(Claim)
    settings = {
        name: getattr(ours, name) for name in ("list_display", "list_filter", "search_fields", "words", "figure")
    }

    class Plain(admin.ModelAdmin):
        """The columns and filters of the desk's list, everything else as Django has it."""

        list_display, list_filter, search_fields = (
            settings[name] for name in ("list_display", "list_filter", "search_fields")
        )
        words, figure, standing_badge = type(ours).words, type(ours).figure, type(ours).standing_badge

        def get_queryset(self, request):
            return super().get_queryset(request).with_standing()

    class Dated(Plain):
        """The same with the drill-down by dates above the list, as an ordinary admin has it."""

        date_hierarchy = "created_at"

    for name, page in (("plain", Plain), ("dated", Dated)):
        site = admin.AdminSite(name=name)
        site.register(Claim, page)
        config.urls.urlpatterns.insert(0, path(f"admin/{name}/", site.urls))
    person = User.objects.create_superuser("measured", password=None)
    client = Client()
    client.force_login(person)
    addresses = {
        "default": "/admin/plain/kb/claim/",
        "with dates": "/admin/dated/kb/claim/",
        "ours": "/admin/kb/claim/",
    }
    cost = Cost()
    print(f"{rows:,} claims, {connection.vendor}, {rounds} rounds; CPU ms a page, database included")
    with override_settings(ALLOWED_HOSTS=["testserver"], DEBUG=False):
        for name, query in PAGES.items():
            spent, queries = {each: [] for each in addresses}, {}
            for round_ in range(rounds + 1):
                for each, address in addresses.items():
                    with CaptureQueriesContext(connection) as seen:
                        before = cost.now()
                        assert client.get(address, query).status_code == 200, (each, query)
                        taken = cost.now() - before
                    if round_:
                        spent[each].append(taken * 1000)
                    queries[each] = len(seen)
            middle = {each: statistics.median(times) for each, times in spent.items()}
            print(f"  {name}: ours {middle['ours']:.1f} ({queries['ours']} queries)", end="")
            for each in ("default", "with dates"):
                ratio = sorted(a / b for a, b in zip(spent[each], spent["ours"], strict=True))
                print(
                    f"; {each} {middle[each]:.1f} ({queries[each]}), "
                    f"{statistics.median(ratio):.1f} times ({ratio[0]:.1f}-{ratio[-1]:.1f})",
                    end="",
                )
            print(flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--database-url", default="", help="an empty PostgreSQL database; without it SQLite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kb-desk-") as folder:
        os.environ["DATABASE_URL"] = options.database_url or f"sqlite:///{folder}/desk.sqlite3"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        fill(options.rows)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        measure(options.rows, options.rounds)
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
