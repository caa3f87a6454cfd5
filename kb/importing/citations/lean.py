"""A place where a text leans on a source, while it is being worked out."""

from dataclasses import dataclass

from kb.importing.register import Match


@dataclass(slots=True)
class Lean:
    """A place found to lean on a source, while it is being worked out; positions count in the block."""

    first: int  # tokens, both included
    last: int
    match: Match | None  # None: nobody is named
    printed_name: str = ""
    speaker: str | None = None
    date: tuple[int, int] | None = None  # tokens
    # The words "after" it, "before" it, "around" it, the "clause" before a parenthesis, or "nothing": the whole article.
    supports: str = "after"
    via: "Lean | None" = None
    claim_from: int | None = None  # a token: the words after begin here and not behind `last`
    form: str = ""  # the function that read it
    short_name: str = ""  # "agency": a short mention, not yet known whose
    shares: "Lean | None" = None  # named in one breath with another, for the same words
    group_first: int | None = None  # where the names begin and end that share this one's words
    group_last: int | None = None


@dataclass(slots=True)
class Phrase:
    """The source that a noun phrase names, or that it names nobody (`match` is None); tokens `first` to `last`."""

    first: int
    last: int
    match: Match | None
    printed_name: str = ""
    speaker: str | None = None
    date: tuple[int, int] | None = None
    is_outlet: bool = False

    @property
    def is_known(self) -> bool:
        return self.match is not None and self.match.is_known
