"""Pages of a list: every row once, forwards and backwards, whatever is added meanwhile."""

import base64
import contextlib
import json

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from kb.models import Article, Source
from kb.search import paging
from tests.factories import make_published_article

pytestmark = pytest.mark.django_db
ORDER = ("-published_at", "-pk")


def through(rows, order, size, *, back=False):
    pages, place = [], ""
    while True:
        page = paging.take(rows, order, place, size=size)
        pages.append(page.rows)
        place = page.earlier if back else page.later
        if not place:
            return pages, page


def test_every_row_comes_once_even_when_moments_are_equal():
    now = timezone.now()
    made = [make_published_article(published_at=now) for _ in range(7)]
    pages, _last = through(Article.objects.all(), ORDER, 3)
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [row for page in pages for row in page] == made[::-1]


def test_the_way_back_is_the_way_there():
    for _ in range(7):
        make_published_article()
    pages, last = through(Article.objects.all(), ORDER, 3)
    place, backwards = last.earlier, []
    while place:
        page = paging.take(Article.objects.all(), ORDER, place, size=3)
        backwards.append(page.rows)
        place = page.earlier
    assert backwards == pages[-2::-1]


def test_a_new_row_shifts_nothing():
    made = [make_published_article() for _ in range(4)]
    first = paging.take(Article.objects.all(), ORDER, size=2)
    make_published_article()
    assert paging.take(Article.objects.all(), ORDER, first.later, size=2).rows == made[1::-1]


def test_rows_are_paged_by_name_too():
    pages, _last = through(Source.objects.all(), ("name", "pk"), 7)
    assert [row for page in pages for row in page] == list(Source.objects.order_by("name", "pk"))


def forged(value) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "place",
    [
        "-1",
        "é",
        "A" * 2000,
        "AAAA",
        forged([]),
        forged({"a": 1}),
        forged([0, 0, "abc", 1]),
        forged([0, 1, "2025-01-01", "x"]),
        forged([0, 1, "0001-01-01T00:00:00+23:59", 1]),
        forged([0, 0, "\ud800", 1]),
        forged([0, 0, "a\0", 1]),
        forged([0, 0, [1], 1]),
    ],
)
def test_a_place_nobody_was_given_is_refused(place):
    make_published_article()
    with pytest.raises(paging.UnknownPlace):
        paging.take(Article.objects.all(), ORDER, place)


@given(st.text() | st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_no_place_breaks_the_list(place):
    for rows, order in [
        (Article.objects.all(), ORDER),
        (Source.objects.all(), ("name", "pk")),
        (Article.objects.all(), ("-pk", "-pk")),
    ]:
        with contextlib.suppress(paging.UnknownPlace):
            paging.take(rows, order, place)


def test_a_huge_number_is_only_past_the_end():
    make_published_article()
    assert paging.take(Article.objects.all(), ("-pk", "-pk"), forged([0, 0, -(10**30), -(10**30)])).rows == []
