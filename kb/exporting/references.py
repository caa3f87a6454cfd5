"""Works as references: CSL-JSON, BibTeX and RIS. A date is as precise as it is known, and a missing year stays missing."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urljoin

from kb.pages.works import Work
from kb.text import partial_dates

# What neither a line nor a JSON text of these formats should carry.
CONTROL = {code: " " for code in (*range(32), 127, *range(0x80, 0xA0), 0x2028, 0x2029)}
MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}
BIBTEX = {ord(sign): f"\\{sign}" for sign in "#$%&_{}"} | {
    ord("\\"): "\\textbackslash{}",
    ord("~"): "\\textasciitilde{}",
    ord("^"): "\\textasciicircum{}",
}
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
BIBTEX_TYPES = {"article-newspaper": "article", "article-magazine": "article", "report": "techreport"}
RIS_TYPES = {
    "article-newspaper": "NEWS",
    "article-magazine": "MGZN",
    "report": "RPRT",
    "post-weblog": "BLOG",
    "webpage": "ELEC",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a date; an unknown part is 0, and so is everything of a date that is no single one."""

    year: int = 0
    month: int = 0
    day: int = 0
    season: int = 0
    is_doubtful: bool = False


def known(edtf: str) -> Known:
    """What is known of a single EDTF date: 2025-06-12, 2025-06, 2025-21 (spring), 2025~, XXXX-06-12."""
    plain = edtf.rstrip("?~%")
    parts = plain.split("-")
    if not partial_dates.is_valid(plain) or [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
        return Known()
    if not all(part.isdigit() or set(part) == {"X"} for part in parts):
        return Known()
    year, month, day = [int(part) if part.isdigit() else 0 for part in (*parts, "0", "0")][:3]
    if month > 12:
        return Known(year, season=month - 20, is_doubtful=plain != edtf) if month <= 24 else Known()
    return Known(year, month, day if month else 0, is_doubtful=plain != edtf)


def csl(works: Iterable[Work], site: str) -> str:
    """A list of items by the schema of CSL 1.0.2; nothing in it is markup to whoever takes it for a page."""
    items = json.dumps([_csl_item(work, site) for work in works], ensure_ascii=False, indent=1)
    return items.translate(MARKUP) + "\n"


def _csl_item(work: Work, site: str) -> dict:
    item = {
        "id": urljoin(site, work.address) if work.address.startswith("/") else f"{site}#{work.key}",
        "type": work.kind,
        "title": work.title,
        "author": [{"literal": author.name} for author in work.authors],
        "container-title": work.outlet,
        "publisher": work.publisher,
        "issued": _csl_date(work),
        "URL": urljoin(site, work.address),
        "language": work.language,
        "abstract": work.abstract,
        "genre": work.genre,
        "keyword": ", ".join(work.keywords),
        "note": "; ".join(work.notes),
    }
    return {key: _clean(value) if isinstance(value, str) else value for key, value in item.items() if value}


def _csl_date(work: Work) -> dict:
    if not work.issued and not work.issued_words:
        return {}
    date = known(work.issued)
    if not date.year:
        return {"literal": _clean(work.issued_words or work.issued)}
    found = {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}
    if date.season:
        found["season"] = date.season
    if date.is_doubtful or work.is_inferred:
        found["circa"] = True
    return found


def bibtex(works: Iterable[Work], site: str) -> str:
    return "\n".join(_bibtex_entry(work, site) for work in works)


def _bibtex_entry(work: Work, site: str) -> str:
    kind, date = BIBTEX_TYPES.get(work.kind, "misc"), known(work.issued)
    where = {"article": "journal", "techreport": "institution"}.get(kind, "howpublished")
    place = work.publisher if kind == "techreport" else work.outlet
    fields = {
        # Braces of their own keep names of offices and capitals as they stand.
        "author": " and ".join(_tex(one.name) if one.is_person else f"{{{_tex(one.name)}}}" for one in work.authors),
        "title": f"{{{_tex(work.title)}}}",
        where: _tex(place),
        "year": str(date.year) if date.year else "",
        "month": MONTHS[date.month - 1] if date.month else "",
        "day": str(date.day) if date.day else "",
        "url": _address(work, site),
        "language": _tex(work.language),
        "abstract": _tex(work.abstract),
        "keywords": _tex(", ".join(work.keywords)),
        "note": _tex("; ".join(work.notes)),
    }
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},\n"
        for name, value in fields.items()
        if value.strip("{}")
    ]
    return f"@{kind}{{{work.key},\n{''.join(lines)}}}\n"


def _tex(words: str) -> str:
    return _clean(words).translate(BIBTEX)


def _address(work: Work, site: str) -> str:
    """As BibTeX and RIS take it: nothing in it ends a field."""
    return _clean(urljoin(site, work.address)).translate({ord("{"): "%7B", ord("}"): "%7D", ord(" "): "%20"})


def ris(works: Iterable[Work], site: str) -> str:
    return "".join(_ris_record(work, site) for work in works)


def _ris_record(work: Work, site: str) -> str:
    date = known(work.issued)
    day = "/".join(f"{part:0{width}}" if part else "" for part, width in zip((date.year, date.month, date.day), (4, 2, 2), strict=True))  # fmt: skip
    said = _clean(work.issued_words).replace("/", "-")
    rows = [
        ("TY", RIS_TYPES.get(work.kind, "GEN")),
        ("ID", work.key),
        *(("AU", author.name) for author in work.authors),
        ("TI", work.title),
        ("T2", work.outlet),
        ("PB", work.publisher),
        ("PY", str(date.year) if date.year else ""),
        # Year, month, day, and the words for what those do not say.
        (
            "DA",
            f"{day}/{'' if date.day and date.year and not work.is_inferred else said}" if work.issued or said else "",
        ),
        ("LA", work.language),
        ("AB", work.abstract),
        *(("KW", keyword) for keyword in work.keywords),
        *(("N1", note) for note in work.notes),
        ("UR", _address(work, site)),
    ]
    lines = [f"{name}  - {_clean(value)}\r\n" for name, value in rows if value]
    return "".join(lines) + "ER  - \r\n\r\n"


def _clean(words: str) -> str:
    """In one line, without what controls a line."""
    return " ".join(words.translate(CONTROL).split())


# By the ending of the file. Each takes works and the address of this site, which makes theirs whole.
WRITERS: dict[str, Callable[[Iterable[Work], str], str]] = {"json": csl, "bib": bibtex, "ris": ris}
