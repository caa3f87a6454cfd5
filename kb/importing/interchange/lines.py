"""From a file to its records, line by line: whatever the file holds, memory stays bounded and a bad line is named."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from kb.importing.account import Place
from kb.importing.reading import Records
from kb.importing.records import Problem
from kb.text.direction import TURNING, says_turning

from .format import DECODER, LONGEST_LINE, VERSION, Record

CHUNK = 1024 * 1024
MARK = b"\xef\xbb\xbf"
# The characters that turn text around, as a line may write them.
MAY_TURN = (*map(str.encode, TURNING), b"\\u202", b"\\u206")
# What others said, word for word: it is shown, never obeyed.
AS_RECEIVED = frozenset(("original", "raw", "provenance", "base64"))
ADVICE = "Correct the line and import the file again: what is done already is not done twice."


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its record, or what is wrong with it. `end` is the position in the file behind it."""

    number: int
    end: int
    size: int
    record: Record | None = None
    problem: Problem | None = None


def read(records: Records, place: Place) -> Iterator[Line]:
    """The lines from this place on; empty ones are passed over."""
    with records.path.open("rb") as stream:
        stream.seek(place.position)
        number, end = place.lines, place.position
        while text := stream.readline(LONGEST_LINE + 2):
            number += 1
            size = len(text)
            whole = text.endswith(b"\n") or size <= LONGEST_LINE
            while not whole:
                rest = stream.readline(CHUNK)
                size += len(rest)
                whole = not rest or rest.endswith(b"\n")
            end += size
            if number == 1:
                text = text.removeprefix(MARK)
            if size > LONGEST_LINE + 2:
                limit = LONGEST_LINE // 1024 // 1024
                yield _bad(records, number, end, "too-large", f"is longer than {limit} MB. Split it, or leave it out.")
            elif text.strip():
                yield _line(records, number, end, text)


def _line(records: Records, number: int, end: int, text: bytes) -> Line:
    try:
        record = DECODER.decode(text)
    except msgspec.ValidationError as error:
        if "$.version" in str(error):
            reason = f"is of another version of the format: this program reads version {VERSION}. Export it anew."
            return _bad(records, number, end, "version", reason)
        return _bad(records, number, end, "invalid", f"{_sentence(str(error))} {ADVICE}")
    except msgspec.DecodeError as error:
        return _bad(records, number, end, "no-json", f"{_sentence(str(error))} {ADVICE}")
    except UnicodeDecodeError as error:
        return _bad(records, number, end, "encoding", f"is not UTF-8 at byte {error.start}. {ADVICE}")
    except RecursionError:
        return _bad(records, number, end, "too-deep", f"is nested too deeply. {ADVICE}")
    if b"\\u0000" in text and _holds_nul(msgspec.json.decode(text)):
        return _bad(records, number, end, "binary", f"holds a NUL character. {ADVICE}")
    if any(sign in text for sign in MAY_TURN) and (said := _turning(msgspec.json.decode(text))):
        return _bad(records, number, end, "direction-overrides", f"{said} {ADVICE}")
    return Line(number, end, len(text), record)


def _bad(records: Records, number: int, end: int, code: str, reason: str) -> Line:
    return Line(number, end, 0, problem=Problem("error", code, f"{records.file}, line {number}: {reason}", number))


def _sentence(words: str) -> str:
    """The decoder's words, the path first: "at `$.slug`: expected `str`."."""
    what, _, path = words.partition(" - at ")
    what = what[:1].lower() + what[1:]
    return f"at {path}: {what}." if path else f"{what}."


def _turning(record: dict) -> str:
    """Where in the record a character stands that turns text around; nothing of what is kept as it was received."""
    waiting: list[tuple[str, object]] = [("", record)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            if said := says_turning(value):
                return f"at `{path}`: a character turns text around: {said}."
        elif isinstance(value, dict):
            kept = AS_RECEIVED | ({"text"} if "sha256" in value else set())
            waiting += [(f"{path}.{name}".lstrip("."), one) for name, one in value.items() if name not in kept]
        elif isinstance(value, list):
            waiting += [(f"{path}[{number}]", one) for number, one in enumerate(value)]
    return ""


def _holds_nul(value) -> bool:
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            if "\0" in value:
                return True
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
    return False
