"""Two people at once over one check, many times, and long histories of checks against the model.

    uv run python -m benchmarks.verdict_races [--tries 1000] [--histories 300] [--database-url postgres://...]

Every try is one of the races of `tests.verdict_races` on two real connections; a lost update or a double effect ends the
run with what was stored. Without an address the database is a fresh SQLite file; one that is given has to be empty.
"""

import argparse
import logging
import os
import tempfile
import time
from collections import Counter
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=1000)
    parser.add_argument("--histories", type=int, default=300)
    parser.add_argument("--database-url", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kb-races-") as folder:
        os.environ["DATABASE_URL"] = options.database_url or f"sqlite:///{Path(folder) / 'races.sqlite3'}"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        run(options.tries, options.histories)


def run(tries: int, histories: int) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from hypothesis import HealthCheck, Verbosity
    from hypothesis import settings as hypothesis_settings
    from hypothesis.stateful import run_state_machine_as_test

    from kb.models import Claim, Evidence, FactCheck, Review
    from kb.services import integrity
    from tests import verdict_races
    from tests.verdict_machine import Verdicts

    # Refused saves are what is asked for.
    logging.disable(logging.WARNING)
    # Passwords are none of the matter.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if connection.vendor == "sqlite":
        # What a power cut would leave is measured elsewhere; waiting for the disk only makes the tries slow.
        pragma = connection.settings_dict["OPTIONS"]["init_command"]
        connection.settings_dict["OPTIONS"]["init_command"] = pragma.replace("synchronous=FULL", "synchronous=OFF")
    call_command("migrate", verbosity=0)
    started, done = time.perf_counter(), Counter()
    for race in verdict_races.tries(tries):
        race()
        done[race.__name__] += 1
    seconds = time.perf_counter() - started
    # Not the register, whose thousands of names take minutes.
    faults = [str(fault) for fault in integrity.faults((Claim, FactCheck, Evidence, Review))]
    assert faults == [], faults
    print(f"{connection.vendor}: {done.total()} tries in {seconds:.0f} s, no update lost, no double")
    print(f"effect, nothing that check_integrity finds; of each race {min(done.values(), default=0)} or more:")
    print("  " + ", ".join(name.replace("_", " ") for name in done))
    started = time.perf_counter()
    many = hypothesis_settings(
        max_examples=histories,
        stateful_step_count=40,
        deadline=None,
        database=None,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Verdicts, settings=many)
    print(f"{histories} histories of up to 40 acts as the model says, in {time.perf_counter() - started:.0f} s")


if __name__ == "__main__":
    main()
