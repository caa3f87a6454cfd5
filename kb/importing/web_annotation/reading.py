"""Bytes to JSON, with limits: whatever is sent ends in a value or in words that say what is wrong with it."""

import json

from kb.importing.foreign_checks.wording import DEEPEST, Unusable, refuse_hostile

LARGEST_FILE = 5 * 1024 * 1024


class Unfit(Exception):
    """What was given is no annotation that can be taken in: where in it (a path like `target.selector`), and why."""

    def __init__(self, reason: str, *, at: str = "", code: str = "invalid"):
        self.reason, self.at, self.code = reason, at, code
        super().__init__(f"{at}: {reason}" if at else reason)


def read(content: bytes, *, largest: int = LARGEST_FILE) -> object:
    """The JSON value of these bytes.

    Raises:
        Unfit: they are too large, not UTF-8, no JSON, name a key twice, or hold what no database takes.
    """
    if len(content) > largest:
        raise Unfit(f"It is larger than {largest // 1024} KB.", code="too-large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unfit(f"It is not UTF-8 at byte {error.start}.", code="encoding") from error
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
        refuse_hostile(value)
    except RecursionError as error:
        raise Unfit(f"It is nested deeper than {DEEPEST} levels.", code="too-deep") from error
    except Unusable as error:
        raise Unfit(f"It {error.reason}", code=error.code) from error
    except json.JSONDecodeError as error:
        raise Unfit(
            f"It is no JSON: {error.msg} at line {error.lineno}, column {error.colno}.", code="no-json"
        ) from error
    except ValueError as error:
        # A whole number of thousands of figures.
        raise Unfit("It holds a number that is too large.", code="number") from error
    return value


def _once(pairs: list[tuple[str, object]]) -> dict:
    """Which of two values of one key counts is anybody's guess."""
    found = dict(pairs)
    if len(found) < len(pairs):
        seen = set()
        twice = next(key for key, _value in pairs if key in seen or seen.add(key))
        raise Unfit(f"It names “{twice[:40]}” twice in one object.", code="duplicate-key")
    return found


def _no_number(name: str):
    raise Unfit(f"{name} is no number of JSON.", code="number")
