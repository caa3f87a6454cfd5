"""Read a short line outside the body that names the source of the whole article: "News from CNN", "Source: Reuters"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.confidence import SOURCE_LINE
from kb.importing.citations.passage import Passage
from kb.importing.records import FoundCitation
from kb.importing.register import Match, Register
from kb.text.partial_dates import read_printed
from kb.text.words import word_set

LONGEST_LINE = 160  # code points
CONTENT = word_set(
    "news story report reporting article text content information info material original courtesy reports"
)
LEADS = word_set(
    "source sources via credit from by with additional and the original this a an of courtesy contributed : – — - ©"
)
NEEDS_ONE_OF = word_set("source sources via credit from by courtesy ©")


def find_source_line(line: str, register: Register) -> FoundCitation | None:
    """The source that a short line names for the whole article, or None; positions count within the line.

    "Source:" may also name an outlet that the register does not hold; then the citation is unresolved.
    """
    if len(line) > LONGEST_LINE:
        return None
    passage = Passage(line, register)
    if not passage.words:
        return None
    place, leads = 0, set()
    while place < len(passage.words) and passage.low(place) in LEADS | CONTENT:
        leads.add(passage.low(place))
        place += 1
    name = passage.loose_names.get(place)
    if name and not leads and _contributed(passage, name.last + 1):
        return _citation(passage, 0, len(passage.words) - 1, name.match, passage.name_printed(name), None)
    if not leads & NEEDS_ONE_OF or leads <= {"by", "the"} or v.PICTURE_WORDS & leads:
        return None
    if name:
        end, match, printed_name = name.last + 1, name.match, passage.name_printed(name)
    else:
        unknown = (
            passage.unknown_name_at(place) if leads & {"source", "sources"} and place < len(passage.words) else None
        )
        if unknown is None or not passage.looks_like_institution(*unknown, v.OUTLET_WORDS):
            return None
        end, match, printed_name = unknown[1] + 1, Match(), passage.printed(*unknown)
    after, date = passage.dated_after(end)
    if not date and passage.low(end) in (",", "-", "–", "|"):
        date = passage.date_at(end + 1)
        after = date[1] + 1 if date else after
    rest = [passage.low(rest) for rest in range(after, len(passage.words))]
    if any(word not in (".", "news", "agency", "agencies", "and", "/", ",") for word in rest) and not _contributed(
        passage, after
    ):
        return None
    last = after - 1
    return _citation(passage, 0, last, match, printed_name, date)


def _contributed(passage: Passage, place: int) -> bool:
    return passage.low(place) == "contributed" and passage.low(place + 1) == "to"


def _citation(
    passage: Passage, first: int, last: int, match: Match, printed_name: str, date: tuple[int, int] | None
) -> FoundCitation:
    start, end = passage.words[first].start, passage.words[last].end
    date_printed = passage.printed(*date) if date else None
    return FoundCitation(
        resolution="resolved" if match.source is not None else "unresolved",
        as_printed=passage.text[start:end],
        printed_name=printed_name,
        source=match.source,
        candidates=match.candidates,
        date_printed=date_printed,
        date_edtf=read_printed(date_printed) if date_printed else None,
        start=start,
        end=end,
        confidence=SOURCE_LINE,
    )
