"""Shares with their interval, against values that statisticians publish."""

import pytest

from kb.pages.shares import share, wilson


@pytest.mark.parametrize(
    ("count", "whole", "low", "high"),
    [
        # R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998),
        # table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_one_of_wilson(count, whole, low, high):
    assert wilson(count, whole) == pytest.approx((low, high), abs=5e-5)


def test_of_a_handful_no_share_is_given():
    assert share(4, 4) is None
    found = share(4, 5)
    assert (found.percent, found.interval) == ("80 %", "38 to 96 %")
