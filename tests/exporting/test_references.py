"""References keep what is known of a work, and what is not known stays unknown."""

import json
import re
from itertools import accumulate
from pathlib import Path

import jsonschema
import pytest

from kb.exporting.references import WRITERS, Known, known
from kb.pages.works import Agent, Work

SCHEMA = Path(__file__).resolve().parents[3] / "shared" / "data" / "csl" / "csl-data.json"
SITE = "https://kb.example/"

DATES = {
    "2025-06-12": ({"date-parts": [[2025, 6, 12]]}, "2025", "2025/06/12/"),
    "2025-06": ({"date-parts": [[2025, 6]]}, "2025", "2025/06//said"),
    "2025": ({"date-parts": [[2025]]}, "2025", "2025///said"),
    "2025~": ({"date-parts": [[2025]], "circa": True}, "2025", "2025///said"),
    "2025-21": ({"date-parts": [[2025]], "season": 1}, "2025", "2025///said"),
    "XXXX-06-12": ({"literal": "said"}, None, "/06/12/said"),
    "XXXX-06": ({"literal": "said"}, None, "/06//said"),
    "2025-06-04/2025-06-12": ({"literal": "said"}, None, "///said"),
    "1984?/2004-06~": ({"literal": "said"}, None, "///said"),
    "": (None, None, None),
}


def work(**changes) -> Work:
    return Work(**{"key": "citation-1", "kind": "article-newspaper", "title": "Grain", "address": "/articles/grain/", **changes})  # fmt: skip


def write(form: str, *works: Work) -> str:
    return WRITERS[form](works, SITE)


def bibtex_fields(text: str) -> dict[str, str]:
    return {name: value.removeprefix("{").removesuffix("}") for name, value in re.findall(r"^  (\w+) = (.*),$", text, re.M)}  # fmt: skip


def ris_rows(text: str) -> list[tuple[str, str]]:
    lines = text.removesuffix("\r\n").split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines if line)
    return [(line[:2], line[6:]) for line in lines if line]


@pytest.mark.parametrize("edtf", DATES)
def test_a_date_is_as_precise_as_it_is_known_in_every_format(edtf):
    one = work(issued=edtf, issued_words="said" if edtf else "")
    in_csl, year, day = DATES[edtf]
    assert json.loads(write("json", one))[0].get("issued") == in_csl
    assert bibtex_fields(write("bib", one)).get("year") == year
    rows = dict(ris_rows(write("ris", one)))
    assert (rows.get("PY"), rows.get("DA")) == (year, day)


def test_a_missing_year_leaves_its_month_and_day():
    fields = bibtex_fields(write("bib", work(issued="XXXX-06-12", notes=("Date as printed: June 12 [no year printed]",))))  # fmt: skip
    assert (fields["month"], fields["day"], "year" in fields) == ("jun", "12", False)
    assert "no year printed" in fields["note"]


def test_an_inferred_year_is_marked():
    [item] = json.loads(write("json", work(issued="2025-06-12", is_inferred=True)))
    assert item["issued"] == {"date-parts": [[2025, 6, 12]], "circa": True}
    said = work(issued="2025-06-12", issued_words="June 12 [2025, inferred]", is_inferred=True)
    assert dict(ris_rows(write("ris", said)))["DA"] == "2025/06/12/June 12 [2025, inferred]"


@pytest.mark.parametrize("edtf", ["", "-", "2025-", "-0044", "XXXX", "2025-06-XX", "202X", "Y17E8", "2025-13-45", "2025-02-30", "2025-33", "n.d.", "20XX-06-12", "٢٠٢٥"])  # fmt: skip
def test_what_no_calendar_has_is_never_guessed_at(edtf):
    assert known(edtf) == (Known(2025, 6) if edtf == "2025-06-XX" else Known())


HOSTILE = [
    "} @string{x = {y}} {",
    "a\r\nER  - \r\nTY  - JOUR",
    "100 % & $5 #1 _x_ ~ ^ \\input{/etc/passwd}",
    "\x00\x1b\u2028</script>",
    "«السلام» 👩‍👩‍👧",
]


def depths(text: str) -> list[int]:
    """How many braces are open after each sign; what is escaped opens and closes nothing."""
    bare = re.sub(r"\\[#$%&_{}]", "", text)
    return list(accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in bare.rstrip()))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_end_no_field_and_begin_no_record(words):
    one = work(title=words, authors=(Agent(words, True), Agent(words, False)), outlet=words, publisher=words, abstract=words, notes=(words,), address=f"https://example.org/{words}", keywords=(words,), issued_words=words)  # fmt: skip
    text = write("bib", one)
    inside = depths(text)[text.index("{") : -1]
    assert min(inside) > 0 and depths(text)[-1] == 0
    assert not re.search(r"[\x00-\x09\x0b-\x1f\u2028]", text + write("ris", one).replace("\r\n", ""))
    assert [name for name, _ in ris_rows(write("ris", one)) if name in ("TY", "ER")] == ["TY", "ER"]
    assert json.loads(write("json", one))[0]["title"] == " ".join(words.translate(dict.fromkeys((0, 27, 0x2028), " ")).split())  # fmt: skip


def test_names_of_offices_stay_whole_in_bibtex():
    fields = bibtex_fields(write("bib", work(authors=(Agent("Ada Harbour", True), Agent("Ministry of Ports and Grain", False)))))  # fmt: skip
    assert fields["author"] == "Ada Harbour and {Ministry of Ports and Grain}"


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema of CSL is not part of the repository")
@pytest.mark.parametrize("edtf", DATES)
def test_csl_is_valid_by_its_schema(edtf):
    full = work(issued=edtf, issued_words="said", authors=(Agent("Ada Harbour", True),), outlet="Harbour Courier", publisher="Harbour Courier", language="en", abstract="Ships.", genre="news", keywords=("grain",), notes=("Original: x",))  # fmt: skip
    jsonschema.validate(json.loads(write("json", full, work())), json.loads(SCHEMA.read_text()))
