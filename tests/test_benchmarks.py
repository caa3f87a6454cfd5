"""The measurements run: what they print is for people, but a step that no longer fits the code fails here."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize(
    "arguments",
    [
        ["benchmarks.importing", "--articles", "6", "--words", "200", "--runs", "1"],
        ["benchmarks.extraction", "--pages", "2", "--rounds", "1"],
        ["benchmarks.reading", "--marks", "6", "--size", "5000", "--rounds", "1"],
        ["benchmarks.anchors", "--stories", "20", "--kilobytes", "2"],
        ["benchmarks.pasted", "--others", "50"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_small_measurement_comes_to_its_end(arguments):
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "ours" in done.stdout or "times" in done.stdout
