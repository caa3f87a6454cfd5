"""The import command killed at random moments: what the database holds afterwards, and what `--resume` makes of it.

    uv run python -m benchmarks.killing [--times 50] [--articles 3000]

SQLite only: there the process that is killed is the database too.
"""

import argparse
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
# What each article of the corpus has.
PARTS = {"kb_citation": 6, "kb_appearance": 4, "kb_annotation": 3, "kb_hop": 2}


def command(database: Path, *arguments: str, **options) -> subprocess.Popen:
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}"}
    return subprocess.Popen([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, **options)


def kill_at_random(database: Path, corpus: Path, chance: random.Random) -> bool:
    """Start or resume the import and kill it some time after its first batch; False if it was done before."""
    before = position(database)
    process = command(database, "import_articles", str(corpus), "--resume", stdout=subprocess.DEVNULL)
    while process.poll() is None and position(database) == before:
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 0.5))
    if process.poll() is not None:
        assert process.returncode == 0
        return False
    process.send_signal(signal.SIGKILL)
    process.wait()
    return True


def position(database: Path) -> int:
    return _one(database, "SELECT coalesce(sum(position), 0) FROM kb_ledgerentry")


def faults(database: Path) -> list[str]:
    """What is broken, or there by half; empty when all is well."""
    found = []
    with sqlite3.connect(database) as opened:
        if (said := opened.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
            found.append(said)
        found += [f"reference: {row}" for row in opened.execute("PRAGMA foreign_key_check").fetchall()]
    articles = _one(database, "SELECT count(*) FROM kb_article")
    for table, parts in PARTS.items():
        if _one(database, f"SELECT count(*) FROM {table}") != articles * parts:
            found.append(f"{table}: not {parts} for each of {articles} articles")
    for table in ("kb_article", *PARTS):
        versions = f"kb_historical{table.removeprefix('kb_')}"
        if _one(database, f"SELECT count(*) FROM {versions}") != _one(database, f"SELECT count(*) FROM {table}"):
            found.append(f"{versions}: not one version of each row")
    if (counted := _one(database, "SELECT coalesce(sum(new), 0) FROM kb_importrun")) != articles:
        found.append(f"the account says {counted}, the database holds {articles} articles")
    ledger = "coalesce((SELECT sum(records) FROM kb_ledgerentry WHERE run_id = kb_importrun.id), 0)"
    if _one(database, f"SELECT count(*) FROM kb_importrun WHERE new + changed + unchanged + failed != {ledger}"):
        found.append("the account of a run and its ledger differ")
    return found


def _one(database: Path, question: str) -> int:
    opened = sqlite3.connect(database, timeout=20)
    try:
        return opened.execute(question).fetchone()[0]
    finally:
        opened.close()


def finish_and_export(database: Path, corpus: Path) -> bytes:
    assert command(database, "import_articles", str(corpus), "--resume", stdout=subprocess.DEVNULL).wait() == 0
    exported = database.with_suffix(".jsonl")
    assert command(database, "export_kb", str(exported), stdout=subprocess.DEVNULL).wait() == 0
    return exported.read_bytes()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--articles", type=int, default=3000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kb-killing-") as name:
        folder = Path(name)
        template, database, corpus = folder / "template.sqlite3", folder / "killed.sqlite3", folder / "corpus.jsonl"
        assert command(template, "migrate", "-v0").wait() == 0
        write_corpus(corpus, options.articles)
        whole = folder / "whole.sqlite3"
        shutil.copy(template, whole)
        expected = finish_and_export(whole, corpus)
        chance, kills, completed = random.Random(), 0, 0
        shutil.copy(template, database)
        while kills < options.times:
            if kill_at_random(database, corpus, chance):
                kills += 1
                if found := faults(database):
                    raise SystemExit(f"after kill {kills}: {found}")
                if kills < options.times:
                    continue
            completed += 1
            assert finish_and_export(database, corpus) == expected, "the export differs from that of a whole import"
            for left in folder.glob("killed.sqlite3*"):
                left.unlink()
            shutil.copy(template, database)
    print(
        f"{kills} kills in {completed} imports of {options.articles} articles: every record wholly there or not at all, "
    )
    print(f"each import resumed to the end, {completed} of {completed} exports equal that of an uninterrupted import.")


def write_corpus(path: Path, articles: int) -> None:
    from benchmarks.corpus import Corpus

    with path.open("wb") as stream:
        stream.writelines(Corpus(words=200).lines(articles))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    main()
