"""Where a request came from: only what our own proxies wrote is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.visitors import origin


@pytest.mark.parametrize(
    "peer, forwarded, trusted, expected",
    [
        ("198.51.100.7", "", 0, "198.51.100.7"),
        ("198.51.100.7", "203.0.113.1", 0, "198.51.100.7"),
        ("10.0.0.1", "203.0.113.1", 1, "203.0.113.1"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.1", 1, "203.0.113.1"),
        ("10.0.0.1", "1.1.1.1, 203.0.113.1, 10.0.0.2", 2, "203.0.113.1"),
        ("10.0.0.1", "", 1, "10.0.0.1"),
        ("10.0.0.1", "nonsense", 1, "10.0.0.1"),
        ("10.0.0.1", "203.0.113.1:4711", 1, "203.0.113.1"),
        ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::"),
        ("10.0.0.1", "[2001:db8:1:2::9]:443", 1, "2001:db8:1:2::"),
        ("::ffff:198.51.100.7", "", 0, "198.51.100.7"),
        ("", "", 0, "unknown"),
        ("unix:", "x", 1, "unknown"),
    ],
)
def test_the_address_nearest_to_us_that_we_trust(peer, forwarded, trusted, expected):
    assert origin(peer, forwarded, trusted) == expected


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 3))
def test_nonsense_never_raises(peer, forwarded, trusted):
    assert origin(peer, forwarded, trusted)


@given(st.lists(st.ip_addresses(v=4), max_size=5))
def test_nothing_a_visitor_writes_changes_where_they_come_from(forged):
    header = ", ".join([*map(str, forged), "203.0.113.1"])
    assert origin("10.0.0.1", header, 1) == "203.0.113.1"
