"""Recognises the lines that present an author: a name above itself, "the author is ...", a name with a profession."""

from kb.importing.page_text.names import looks_like_person
from kb.importing.page_text.passages import words_of
from kb.importing.page_text.sheet import Sheet
from kb.importing.register import Register
from kb.text.words import word_set

_PROFESSIONS = word_set(
    "journalist reporter correspondent editor writer columnist author analyst fellow professor lecturer researcher scholar "
    "director historian economist academic commentator contributor strategist diplomat ambassador associate scientist "
    "consultant adviser advisor freelancer novelist expert specialist student candidate chair chairman president founder "
    "graduate teacher lawyer attorney officer blogger producer broadcaster essayist critic"
)
_IS = word_set("is was has serves served works worked writes covers teaches holds reports joined leads heads are were")
# How many paragraphs and lines at the end of an article may present its authors.
_REACH = 4
_LINES = 40


def find_author_cards(
    sheet: Sheet, candidates: list[int], bylines: list[str], register: Register
) -> tuple[set[int], list[str]]:
    """The indexes among the last `candidates` that present an author, and the names so presented, first printed first."""
    cards: set[int] = set()
    names: list[str] = []
    paragraphs = 0
    spoken_of: set[str] | None = None
    for place in range(len(candidates) - 1, max(len(candidates) // 2, len(candidates) - _LINES) - 1, -1):
        index = candidates[place]
        passage = sheet.passages[index]
        if not passage.is_prose:
            if _is_name_line(sheet, index, register):
                cards.add(index)
            continue
        paragraphs += 1
        if paragraphs > _REACH + len(names):
            break
        name = _presented(passage.text, bylines, register)
        if name is None:
            continue
        is_author = name in bylines or name == "" or _is_name_line(sheet, index - 1, register)
        if not is_author:
            # Somebody whom the article itself speaks of is no author presented.
            spoken_of = spoken_of or {
                word for other in candidates[:place] for word in words_of(sheet.passages[other].text[:6000])
            }
            is_author = paragraphs <= 3 and words_of(name)[-1] not in spoken_of
        if is_author:
            cards.add(index)
            if name:
                names.append(name)
    return cards, names[::-1]


def _is_name_line(sheet: Sheet, index: int, register: Register) -> bool:
    """A name alone on its line, above itself or above a sentence that begins with it."""
    return (
        index >= 0
        and sheet.is_name_repeated_below(index)
        and looks_like_person(sheet.passages[index].text, register, at_least=1)
    )


def _presented(text: str, bylines: list[str], register: Register) -> str | None:
    """The name of the author whom a text presents; empty if it says only "the author", None if it presents nobody."""
    words = text.split()
    if not 5 <= len(words) <= 250:
        return None
    lowered = [word.casefold().strip(".,") for word in words[:30]]
    for name in bylines:
        following = text[len(name) : len(name) + 40].split()
        if (
            text.startswith(name)
            and following
            and (following[0].strip(",") in _IS or following[0] in ("—", "–", "-", ","))
        ):
            return name
    if lowered[0] in ("the", "this") and lowered[1] in ("author", "authors", "writer", "writers", "columnist"):
        return "" if lowered[2] in _IS else None
    for length in (2, 3, 4):
        if length + 2 >= len(lowered) or lowered[length] not in _IS:
            continue
        name = " ".join(words[:length]).rstrip(",")
        is_plain = lowered[length] not in ("is", "was", "has") or lowered[length + 1] in _AFTER_IS | _PROFESSIONS
        if is_plain and _PROFESSIONS & {word.rstrip("s") for word in lowered[length + 1 : length + 16]}:
            return name if looks_like_person(name, register) else None
    return None


_AFTER_IS = word_set("a an the currently senior also chief deputy assistant associate been worked written reported one")
