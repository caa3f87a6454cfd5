"""The format itself: its schema in the tree, its example, and records of every shape."""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.importing.account import Place
from kb.importing.interchange import fitness, lines
from kb.importing.interchange import format as line
from kb.importing.reading import Records

FOLDER = Path(line.__file__).parent


def write_schema() -> None:
    (FOLDER / "schema.json").write_text(
        json.dumps(line.schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def test_the_schema_in_the_tree_is_that_of_the_records():
    """After a change: manage.py shell -c "from tests.importing.interchange import test_format as t; t.write_schema()"."""
    assert json.loads((FOLDER / "schema.json").read_text(encoding="utf-8")) == line.schema()


def test_the_example_of_the_description_is_fit():
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    example = text.partition("```json\n")[2].partition("\n```")[0]
    fitness.check(line.DECODER.decode(example))


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
MOMENT = st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9998, 1, 1), timezones=st.just(UTC))
ARTICLES = st.builds(
    line.Article,
    version=st.just(1),
    slug=st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True),
    title=TEXT,
    body=TEXT,
    standfirst=TEXT,
    headings=st.lists(TEXT, max_size=3),
    revision=st.integers(1, 2**31 - 1),
    language=st.sampled_from(["", "en", "fa"]),
    provenance=st.dictionaries(
        TEXT, st.recursive(st.none() | st.booleans() | TEXT, lambda inner: st.lists(inner, max_size=3), max_leaves=5)
    ),
    created_at=st.none() | MOMENT,
    tags=st.lists(
        st.builds(line.TagOfArticle, name=st.text("abc", min_size=1, max_size=9), decided_at=st.none() | MOMENT),
        max_size=3,
    ),
    hops=st.just([]),
    claims=st.just([]),
    citations=st.just([]),
    appearances=st.just([]),
    annotations=st.just([]),
    capture=st.none(),
    issued_on=st.sampled_from(["", "2025-03-01", "XXXX-06-12"]),
    retrieved_on=st.just(""),
    address=st.just(""),
)


@given(ARTICLES)
def test_a_record_is_the_same_after_writing_and_reading(article):
    text = line.encode(article)
    again = line.DECODER.decode(text)
    assert again == article
    assert line.encode(again) == text
    assert b"\n" not in text
    msgspec.json.decode(text)


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("lines") / "kb.jsonl"


@given(st.lists(st.binary(max_size=60) | st.just(b'{"kind":"person","version":1,"slug":"a","name":"A"}'), max_size=6))
def test_any_bytes_give_lines_that_are_records_or_problems(file, parts):
    content = b"\n".join(parts)
    file.write_bytes(content)
    found = list(lines.read(Records("kb.jsonl", file, ""), Place("")))
    for each in found:
        assert (each.record is None) != (each.problem is None)
        assert each.end <= len(content)
    assert [each.number for each in found] == sorted({each.number for each in found})


@given(st.integers(0, 200))
def test_reading_goes_on_at_any_line(file, number):
    one = b'{"kind":"person","version":1,"slug":"a","name":"A"}\n'
    file.write_bytes(one * 200)
    rest = list(lines.read(Records("kb.jsonl", file, ""), Place("", number * len(one), number)))
    assert len(rest) == 200 - number
    assert not rest or (rest[0].number, rest[-1].end) == (number + 1, 200 * len(one))
