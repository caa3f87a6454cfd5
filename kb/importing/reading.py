"""Step one: from paths to pages and files of records, or to problems that name the file and the reason."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kb.text.captured import WEB_ARCHIVE, WEB_PAGE, decode, encoding_of

from .records import Problem

LARGEST_PAGE = 5 * 1024 * 1024
MOST_TAGS = 100_000
LONGEST_ORIGIN = 1000
PAGES = {
    ".txt": "text/plain",
    ".html": WEB_PAGE,
    ".htm": WEB_PAGE,
    ".mhtml": WEB_ARCHIVE,
    ".mht": WEB_ARCHIVE,
}
# Files of many records: our interchange format, and the exports of fact-check search services.
RECORDS = (".jsonl", ".json")


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of one page and their text; `origin` is where it came from, an address or an absolute path.

    The text of a web page is its source, of an MHTML archive the source of its main page.
    """

    file: str
    origin: str
    content: bytes
    encoding: str
    text: str
    media_type: str = "text/plain"

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Records:
    """A file of many records, of any size: it is read as it is imported."""

    file: str
    path: Path
    origin: str
    is_named: bool = True  # by the operator, rather than met in a folder


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file that gives no page, and why."""

    file: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file in a folder that is no page: named to the operator, counted nowhere."""

    file: str


type Input = Page | Records | Unreadable | Skipped


def read_paths(paths: Iterable[str], addresses: dict[str, str] | None = None) -> Iterator[Input]:
    """Pages in the order of the paths; a folder yields its pages by name, folders within it included.

    `addresses` maps file names to the addresses they were saved from.
    """
    for path in paths:
        place = Path(path)
        try:
            if not place.is_dir():
                yield read_file(place, addresses)
                continue
            inside = sorted(entry for entry in place.rglob("*") if not entry.is_dir())
        except OSError as error:
            yield _unreadable(str(place), "unreadable", f"cannot be read: {error.strerror or error}.")
            continue
        readable = {entry for entry in inside if entry.suffix.lower() in (*PAGES, *RECORDS)}
        if not readable:
            yield _unreadable(str(place), "no-pages", f"the folder holds no page ({', '.join((*PAGES, *RECORDS))}).")
        for entry in inside:
            found = read_file(entry, addresses) if entry in readable else Skipped(str(entry))
            yield replace(found, is_named=False) if isinstance(found, Records) else found


def read_file(path: Path, addresses: dict[str, str] | None = None) -> Page | Records | Unreadable:
    """One file as a page of at most 5 MB, or as a file of records; what has no known ending is read as text."""
    file = str(path)
    origin = ((addresses or {}).get(path.name) or str(path.resolve()))[-LONGEST_ORIGIN:]
    if path.suffix.lower() in RECORDS and path.is_file():
        return Records(file, path, origin)
    try:
        if not path.is_file():
            reason = "does not exist" if not path.exists() else "is no regular file"
            return _unreadable(file, "unreadable", f"{reason}.")
        with path.open("rb") as stream:
            content = stream.read(LARGEST_PAGE + 1)
    except OSError as error:
        return _unreadable(file, "unreadable", f"cannot be read: {error.strerror or error}.")
    return read_page(file, content, origin, PAGES.get(path.suffix.lower(), "text/plain"))


def read_page(file: str, content: bytes, origin: str, media_type: str) -> Page | Unreadable:
    """The page that these bytes are: text in UTF-8, or in UTF-16 with a byte order mark; a web page as it declares."""
    if len(content) > LARGEST_PAGE:
        return _unreadable(file, "too-large", f"is larger than {LARGEST_PAGE // 1024 // 1024} MB.")
    if not content.strip():
        return _unreadable(file, "empty", "is empty.")
    if media_type in (WEB_PAGE, WEB_ARCHIVE):
        encoding = encoding_of(content, media_type)
        if encoding is None:
            return _unreadable(file, "no-page", "is an archive without a web page in it.")
    else:
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        text = decode(content, encoding, media_type)
    except UnicodeDecodeError as error:
        if error.end == len(content) and error.reason in ("unexpected end of data", "truncated data"):
            return _unreadable(file, "truncated", "ends in the middle of a character: it is only half written.")
        if b"\0" in content:
            return _unreadable(file, "binary", "is binary, not text.")
        return _unreadable(
            file, "encoding", f"is not {encoding.upper()} at byte {error.start}: save it as UTF-8 and import it again."
        )
    if "\0" in text:
        return _unreadable(file, "binary", "is binary, not text: it holds NUL characters.")
    if not text.strip("\ufeff \t\r\n"):
        return _unreadable(file, "empty", "is empty.")
    if media_type != "text/plain" and text.count("<") > MOST_TAGS:
        return _unreadable(file, "too-many-tags", f"has more than {MOST_TAGS:,} tags: it is no page of an article.")
    return Page(file, origin, content, encoding, text, media_type)


def _unreadable(file: str, code: str, reason: str) -> Unreadable:
    return Unreadable(file, Problem("error", code, f"{file}: {reason}"))
