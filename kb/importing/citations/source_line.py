"""Read a short line that names the sources of the whole article: "News from CNN", "Source: Reuters"."""

from kb.importing.citations import vocabulary as v
from kb.importing.citations.confidence import SOURCE_LINE
from kb.importing.citations.dates import date_at, dated_after
from kb.importing.citations.passage import Passage
from kb.importing.citations.proper_names import looks_like_institution, unknown_name_at
from kb.importing.records import FoundCitation
from kb.importing.register import Match, Register
from kb.text.partial_dates import read_printed
from kb.text.words import word_set

LONGEST_LINE = 160  # code points
CONTENT = word_set(
    "appeared published originally first was in on news story report reporting article text content information info material original courtesy reports"
)
LEADS = word_set(
    "source sources via credit from by with additional and the original this a an of courtesy contributed : – — - ©"
)
CAME_OUT = word_set("appeared published")
BETWEEN = word_set("news agency agencies and the") | frozenset(".,/&;")
NEEDS_ONE_OF = word_set("source sources via credit from by courtesy ©")


def find_source_lines(line: str, register: Register) -> list[FoundCitation]:
    """The sources that a short line names for the whole article; positions count within the line.

    "Source:" may also name an outlet that the register does not hold; then the citation is unresolved.
    """
    if len(line) > LONGEST_LINE:
        return []
    passage = Passage(line, register)
    if not passage.words:
        return []
    place, leads = 0, set()
    while place < len(passage.words) and passage.low(place) in LEADS | CONTENT:
        leads.add(passage.low(place))
        place += 1
    name = passage.loose_names.get(place)
    if name and not leads and _contributed(passage, name.last + 1):
        return [_citation(passage, 0, len(passage.words) - 1, name.match, passage.name_printed(name), None)]
    came_out = leads & CAME_OUT and leads & {"in", "on"}
    if not (leads & NEEDS_ONE_OF or came_out) or leads <= {"by", "the"} or v.PICTURE_WORDS & leads:
        return []
    if name:
        end, match, printed_name = name.last + 1, name.match, passage.name_printed(name)
    else:
        unknown = (
            unknown_name_at(passage, place) if leads & {"source", "sources"} and place < len(passage.words) else None
        )
        if unknown is None or not looks_like_institution(passage, *unknown, v.OUTLET_WORDS):
            return []
        end, match, printed_name = unknown[1] + 1, Match(), passage.printed(*unknown)
    after, date = dated_after(passage, end)
    if not date and passage.low(end) in (",", "-", "–", "|"):
        date = date_at(passage, end + 1)
        after = date[1] + 1 if date else after
    found = [_citation(passage, 0, after - 1, match, printed_name, date)]
    while after < len(passage.words):
        other = passage.names.get(after)
        if other and other.is_outlet:  # "Reuters and AFP"
            found.append(_citation(passage, after, other.last, other.match, passage.name_printed(other), None))
            after = other.last
        elif passage.low(after) not in BETWEEN:
            return found if _contributed(passage, after) else []
        after += 1
    return found


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
