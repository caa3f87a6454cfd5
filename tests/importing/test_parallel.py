import os
import shutil
import subprocess
import sys

from kb.importing.parallel import FEW, extracted
from kb.importing.reading import Skipped, Unreadable, read_page
from kb.importing.records import Problem
from tests.conftest import ROOT

from .web_page.pages import REGISTER, SENTENCES, page, paragraphs


def pages(count):
    for number in range(count):
        body = paragraphs(*SENTENCES, f"This is the page that was saved as number {number} of all the pages here.")
        yield read_page(f"{number}.html", page(f"<article>{body}</article>").encode(), f"/{number}.html", "text/html")


def test_many_pages_are_extracted_by_several_processes_in_their_order():
    inputs = [Skipped("a.png"), *pages(FEW + 3), Unreadable("b.html", Problem("error", "empty", "b.html: is empty."))]
    found = list(extracted(iter(inputs), REGISTER, workers=2))
    assert [item for item, _ in found] == inputs
    assert found == list(extracted(iter(inputs), REGISTER, workers=1))
    assert [document.file for _, document in found if document] == [f"{number}.html" for number in range(FEW + 3)]
    assert "number 7 of" in found[8][1].body_text


def test_whoever_stops_early_leaves_nothing_waiting():
    steps = extracted(pages(FEW + 20), REGISTER, workers=2)
    next(steps)
    steps.close()
    assert list(steps) == []


# A program of its own, as the command is one: its workers begin without Django, with the whole register.
PROGRAM = """
import multiprocessing
import sys
from pathlib import Path

from kb.importing import parallel
from kb.importing.reading import read_file
from kb.importing.register import Register


def refuse(page, register):
    raise SystemExit("the page was extracted here, by no worker")


if __name__ == "__main__":
    folder, register, executable = sys.argv[1:]
    if executable:
        multiprocessing.get_context("spawn").set_executable(executable)
    else:
        parallel.extract_page = refuse
    inputs = [read_file(path) for path in sorted(Path(folder).iterdir())]
    found = list(parallel.extracted(inputs, Register.from_fixture(register), workers=2))
    print(sum(bool(document.body_text) for _, document in found))
"""


def run_apart(tmp_path, executable: str) -> str:
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "pages").mkdir()
    for one in pages(FEW + 3):
        (tmp_path / "pages" / one.file).write_bytes(one.content)
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    arguments = [
        sys.executable,
        tmp_path / "program.py",
        tmp_path / "pages",
        ROOT / "fixtures/register.json",
        executable,
    ]
    # Without the limit a worker that cannot start would hold up the tests for ever, as it once held up imports.
    done = subprocess.run(
        arguments, env=environment | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_workers_do_the_work_with_the_whole_register_and_without_a_database(tmp_path):
    assert run_apart(tmp_path, "") == str(FEW + 3)


def test_where_no_worker_can_start_the_pages_come_nevertheless(tmp_path):
    assert run_apart(tmp_path, shutil.which("false")) == str(FEW + 3)
