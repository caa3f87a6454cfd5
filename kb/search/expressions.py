"""What a full-text index is asked, as a small tree that both databases understand.

Words and marks come from `kb.text.search_words` and from us: no sign in them means anything to either database.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Keys one behind the other; with `is_open` the last is only the beginning of a word."""

    keys: tuple[str, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Without:
    wanted: "Expression"
    unwanted: "Expression"


Expression = Phrase | AllOf | AnyOf | Without


def mark(name: str, value) -> Phrase:
    return Phrase((f"{name}:{value}",))


def any_of(parts: Iterable[Expression]) -> Expression:
    parts = tuple(dict.fromkeys(parts))
    return parts[0] if len(parts) == 1 else AnyOf(parts)


def all_of(parts: Iterable[Expression]) -> Expression:
    parts = tuple(dict.fromkeys(parts))
    return parts[0] if len(parts) == 1 else AllOf(parts)


def for_fts5(asked: Expression) -> str:
    return _written(asked, lambda phrase: f'"{" ".join(phrase.keys)}"{"*" * phrase.is_open}', " AND ", " OR ", " NOT ")


def for_tsquery(asked: Expression) -> str:
    def phrase(one: Phrase) -> str:
        *first, last = (f"'{key}'" for key in one.keys)
        return "(" + " <-> ".join([*first, last + ":*" * one.is_open]) + ")"

    return _written(asked, phrase, " & ", " | ", " & !")


def _written(asked: Expression, phrase: Callable[[Phrase], str], both: str, either: str, without: str) -> str:
    match asked:
        case Phrase():
            return phrase(asked)
        case Without():
            return "(" + without.join(_written(one, phrase, both, either, without) for one in (asked.wanted, asked.unwanted)) + ")"  # fmt: skip
        case _:
            sign = both if isinstance(asked, AllOf) else either
            return "(" + sign.join(_written(one, phrase, both, either, without) for one in asked.parts) + ")"
