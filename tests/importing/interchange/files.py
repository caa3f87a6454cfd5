"""Files of records for tests, and the ways to import and export them."""

import json
from pathlib import Path

from kb.exporting import interchange as exporting
from kb.importing.interchange import format as line
from kb.importing.reading import read_paths
from kb.importing.running import run

MOMENT = "2025-03-01T08:00:00Z"
BODY = "Grain left the port on Monday. Exports rose by 40 per cent in May, Reuters said."


def article(slug: str = "grain", **fields) -> dict:
    return {"kind": "article", "version": 1, "slug": slug, "title": "Grain leaves", "body": BODY, **fields}


def claim(text: str = "Exports rose by 40 per cent.", **fields) -> dict:
    return {"kind": "claim", "version": 1, "text": text, **fields}


def words(exact: str, body: str = BODY) -> dict:
    start = body.index(exact)
    return {"exact": exact, "start": start, "end": start + len(exact)}


def verdict(number: int = 1, **fields) -> dict:
    return {
        "number": number,
        "status": "published",
        "rating": "true",
        "rationale": "The customs office publishes the figure.",
        "as_of": "2025-03-01",
        "author": "ines",
        "reviewer": "olof",
        "created_at": MOMENT,
        "checked_on": "2025-03-01",
        "submitted_at": MOMENT,
        "decided_at": MOMENT,
        "evidence": [{"stance": "supports", "summary": "Customs statistics."}],
        **fields,
    }


def written(folder: Path, *lines: dict | bytes | str, name: str = "kb.jsonl") -> Path:
    path = folder / name
    path.write_bytes(b"\n".join(_bytes(each) for each in lines) + b"\n")
    return path


def _bytes(each) -> bytes:
    if isinstance(each, dict):
        return json.dumps(each, ensure_ascii=False).encode()
    return each if isinstance(each, bytes) else each.encode()


def imported(path: Path, **options) -> tuple[dict[str, int], list[str]]:
    """The four counts, and what the operator was told."""
    told = []
    outcome = run(read_paths([str(path)]), tell=told.append, **options)
    return outcome.summary, told


def exported(**options) -> bytes:
    return b"".join(text + b"\n" for _, text in exporting.lines(**options))


def records_of(text: bytes, kind: type = line.Article) -> list:
    return [record for record in map(line.DECODER.decode, text.splitlines()) if isinstance(record, kind)]
