"""What an import of records costs beside Django's loaddata and beside the database's own bulk writing.

    uv run python -m benchmarks.importing [--articles 500] [--runs 3] [--growth 10000 100000] [--database-url postgres://...]

Each method runs in a fresh process on a fresh, migrated database; runs of the methods are interleaved. The main figure
is CPU seconds (the process, and on PostgreSQL its server process too), because wall times of a shared machine swing.
"""

import argparse
import json
import os
import pickle
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

SLICE = 200  # articles whose rows are held at once by the raw method
PEERS = Path(__file__).resolve().parents[2] / "shared" / "bench" / "peers"
METHODS = ("loaddata", "raw", "ours")


# Within the process that is measured


class Cpu:
    """CPU seconds of this process, and of the server process that answers it."""

    def __init__(self):
        self.server = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self.server = Path(f"/proc/{cursor.fetchone()[0]}/stat")

    def now(self) -> float:
        own = time.process_time()
        if self.server and self.server.exists():
            user, system = self.server.read_text().rpartition(")")[2].split()[11:13]
            own += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        return own


def ours(folder: Path, cpu: Cpu) -> dict:
    from kb.importing.account import Account
    from kb.importing.interchange import steps
    from kb.importing.marks import reindex, without_marks
    from kb.importing.reading import Records
    from kb.models import ImportRun

    path = folder / "corpus.jsonl"
    run = ImportRun.objects.create()
    started, longest, failed = cpu.now(), 0.0, 0
    for done in steps(Records(str(path), path, str(path)), Account(run), {}):
        longest = max(longest, done.seconds)
        failed += done.counts["failed"]
    assert not failed, f"{failed} records failed"
    loaded = cpu.now()
    for _ in reindex(without_marks()):
        pass
    return {"cpu": loaded - started, "marks": cpu.now() - loaded, "longest": longest}


def loaddata(folder: Path, cpu: Cpu) -> dict:
    """The same articles without their history, which loaddata does not write."""
    started = cpu.now()
    call_command("loaddata", str(folder / "corpus.json"), verbosity=0)
    return {"cpu": cpu.now() - started}


def raw(folder: Path, cpu: Cpu) -> dict:
    """The very same rows, history included, ready as tuples, in one transaction: only the writing is counted."""
    spent = 0.0
    with transaction.atomic(), (folder / "rows.pickle").open("rb") as stream:
        while True:
            try:
                tables = pickle.load(stream)
            except EOFError:
                break
            started = cpu.now()
            for table, columns, rows in tables:
                _write(table, columns, rows)
            spent += cpu.now() - started
        started = cpu.now()
    return {"cpu": spent + cpu.now() - started}


def _write(table: str, columns: list[str], rows: list[tuple]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(columns))
            connection.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


# Beforehand


def corpus(path: Path, articles: int, words: int) -> None:
    from benchmarks.corpus import Corpus

    with path.open("wb") as stream:
        stream.writelines(Corpus(words=words).lines(articles))


def rows_and_fixture(folder: Path, articles: int) -> None:
    """What an import wrote, as tuples for `raw` and as a fixture for `loaddata`."""
    tables = []
    with connection.cursor() as cursor:
        for name, before in json.loads((folder / "before.json").read_text()).items():
            key = "history_id" if "history_id" in _columns(cursor, name) else "id"
            cast = ", ".join(_as_text(cursor, name, column) for column in _columns(cursor, name))
            cursor.execute(f'SELECT {cast} FROM "{name}" WHERE "{key}" > %s ORDER BY "{key}"', [before])
            rows = [tuple(row) for row in cursor.fetchall()]
            if rows:
                tables.append((name, _columns(cursor, name), rows))
    slices = max(1, articles // SLICE)
    with (folder / "rows.pickle").open("wb") as stream:
        for number in range(slices):
            part = [
                (name, columns, rows[len(rows) * number // slices : len(rows) * (number + 1) // slices])
                for name, columns, rows in tables
            ]
            pickle.dump([each for each in part if each[2]], stream)
    kinds = [
        "tag",
        "capture",
        "article",
        "taglink",
        "hop",
        "claim",
        "factcheck",
        "evidence",
        "citation",
        "appearance",
        "annotation",
    ]
    call_command("dumpdata", "auth.user", *(f"kb.{kind}" for kind in kinds), output=str(folder / "corpus.json"))


def _columns(cursor, table: str) -> list[str]:
    cursor.execute(f'SELECT * FROM "{table}" LIMIT 0')
    return [column[0] for column in cursor.description]


def _as_text(cursor, table: str, column: str) -> str:
    if connection.vendor != "postgresql":
        return f'"{column}"'
    kinds = {each.name: each.type_code for each in connection.introspection.get_table_description(cursor, table)}
    # bytea, bool and whole numbers as they are; everything else in the text that COPY takes
    return f'"{column}"' if kinds[column] in (16, 17, 20, 21, 23) else f'"{column}"::text'


def highest_ids() -> dict[str, int]:
    """The highest id of every table that an import may write."""
    found = {"auth_user": 0}
    for model in apps.get_app_config("kb").get_models(include_auto_created=True):
        if not any(
            word in model.__name__.lower()
            for word in ("importrun", "ledger", "upload", "importproblem", "importedfile", "search")
        ):
            found[model._meta.db_table] = model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
    return found


# The parent


class Bench:
    def __init__(self, folder: Path, address: str):
        self.folder, self.address = folder, address
        self.template = folder / "template.sqlite3"

    def child(self, *arguments: str, database: str) -> dict:
        environment = os.environ | {"DATABASE_URL": database}
        command = [sys.executable, "-m", "benchmarks.importing", "--child", *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr[-3000:])
        return json.loads(done.stdout.splitlines()[-1])

    def migrated(self) -> None:
        if self.address:
            self._server("DROP DATABASE IF EXISTS bench_template WITH (FORCE)", "CREATE DATABASE bench_template")
        self.child("migrate", str(self.folder), database=self._named("template"))

    def fresh(self) -> str:
        if self.address:
            drop = "DROP DATABASE IF EXISTS bench_run WITH (FORCE)"
            self._server(drop, "CREATE DATABASE bench_run TEMPLATE bench_template")
        else:
            for left in self.folder.glob("run.sqlite3*"):
                left.unlink()
            shutil.copy(self.template, self.folder / "run.sqlite3")
        return self._named("run")

    def _named(self, name: str) -> str:
        if self.address:
            return f"{self.address.rpartition('/')[0]}/bench_{name}"
        return f"sqlite:///{self.folder / name}.sqlite3"

    def _server(self, *statements: str) -> None:
        import psycopg

        with psycopg.connect(f"{self.address.rpartition('/')[0]}/postgres", autocommit=True) as server:
            for statement in statements:
                server.execute(statement)

    def compare(self, articles: int, words: int, runs: int, methods: list[str]) -> None:
        self.child("corpus", str(self.folder), str(articles), str(words), database=self._named("template"))
        self.child("rows", str(self.folder), str(articles), database=self.fresh())
        figures = {method: [] for method in methods}
        for _ in range(runs):
            for method in methods:
                figures[method].append(self.child(method, str(self.folder), database=self.fresh()))
        rows = self.child("count", str(self.folder), database=self._named("run"))["rows"]
        print(f"\n{articles} articles of {words} words, {rows / articles:.0f} rows each with history, {runs} runs:")
        for method in methods:
            print(
                f"  {method:9} {_spread([each['cpu'] / articles * 1000 for each in figures[method]])} ms CPU an article"
            )
        # Run by run, so that what slows the machine slows both.
        for other, words_ in (("loaddata", "times faster than loaddata"), ("raw", "of the speed of raw writing")):
            if other not in methods:
                continue
            ratios = [a["cpu"] / b["cpu"] for a, b in zip(figures[other], figures["ours"], strict=True)]
            print(f"  ours is {_spread(ratios)} {words_}")
        marks = [each["marks"] / articles * 1000 for each in figures["ours"]]
        print(f"  marks of near-duplicates, made afterwards: {_spread(marks)} ms CPU an article")
        print(f"  longest transaction {max(each['longest'] for each in figures['ours']):.2f} s, ", end="")
        print(f"peak memory {max(each['peak'] for each in figures['ours']):.0f} MiB")

    def growth(self, sizes: list[int], words: int) -> None:
        costs = {}
        for size in sizes:
            self.child("corpus", str(self.folder), str(size), str(words), database=self._named("template"))
            found = self.child("ours", str(self.folder), database=self.fresh())
            costs[size] = found["cpu"] / size * 1000
            print(
                f"  {size:7} articles of {words} words: {costs[size]:.3f} ms CPU an article, "
                f"peak {found['peak']:.0f} MiB, longest transaction {found['longest']:.2f} s, "
                f"marks afterwards {found['marks'] / size * 1000:.3f} ms",
                flush=True,
            )
        print(f"  cost at {sizes[-1]} is {costs[sizes[-1]] / costs[sizes[0]]:.2f} of that at {sizes[0]}")

    def peers(self, articles: int, runs: int) -> None:
        """The peers' harness, which has its own tables without history: for orientation."""
        if not PEERS.is_dir() or self.address:
            return
        made, database = self.folder / "peers.jsonl", f"sqlite:{self.folder / 'peers.sqlite3'}"
        generate = [sys.executable, str(PEERS / "gen.py"), "-n", str(articles), "-o", str(made)]
        compare = [sys.executable, str(PEERS / "bench_import.py"), "all", str(made), "--db", database]
        subprocess.run(generate, check=True)
        print("\nPeers, on their own tables:", flush=True)
        subprocess.run([*compare, "--methods", "loaddata-json,bulk,raw", "--runs", str(runs)])


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f}-{max(values):.2f})"


def child(what: str, folder: Path, *rest: str) -> None:
    django.setup()
    answer = {}
    if what == "migrate":
        call_command("migrate", verbosity=0)
        (folder / "before.json").write_text(json.dumps(highest_ids()))
    elif what == "corpus":
        corpus(folder / "corpus.jsonl", int(rest[0]), int(rest[1]))
    elif what == "rows":
        ours(folder, Cpu())
        rows_and_fixture(folder, int(rest[0]))
    elif what == "count":
        with (folder / "rows.pickle").open("rb") as stream:
            total = 0
            while True:
                try:
                    total += sum(len(rows) for _, _, rows in pickle.load(stream))
                except EOFError:
                    break
        answer = {"rows": total}
    else:
        answer = {"loaddata": loaddata, "raw": raw, "ours": ours}[what](folder, Cpu())
        answer["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(answer))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--words", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--beside", nargs="*", choices=METHODS[:2], default=METHODS[:2], help="methods to compare with")
    parser.add_argument("--growth", type=int, nargs="*", default=[], help="sizes to compare the cost of, ascending")
    parser.add_argument("--growth-words", type=int, default=200)
    parser.add_argument("--database-url", default="", help="a PostgreSQL server; without it SQLite")
    parser.add_argument("--peers", action="store_true", help="run the peers' harness too, if it is there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
        bench = Bench(Path(folder), options.database_url)
        bench.migrated()
        if options.articles:
            methods = [method for method in METHODS if method in ("ours", *options.beside)]
            bench.compare(options.articles, options.words, options.runs, methods)
        if options.growth:
            print("\nGrowth:")
            bench.growth(options.growth, options.growth_words)
        if options.peers:
            bench.peers(options.articles, options.runs)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], Path(sys.argv[3]), *sys.argv[4:])
    else:
        main()
