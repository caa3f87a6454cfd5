"""Tells names of people from names of outlets and from other words, and reads bylines."""

from dataclasses import dataclass

import re2 as re

from kb.importing.page_text.passages import ends_sentence, plain
from kb.importing.register import Register
from kb.text.calendar_words import WEEKDAYS
from kb.text.printed_days import find_days
from kb.text.words import word_set

# What stands before the names, in the order of trying: longer ones first.
_BYLINE = re.compile(
    r"(?i)^[\s—–-]*(?P<marker>(?:article |story |post |posted |report |reported |written |authored |compiled |words |text |commentary |analysis |opinion |essay |column )?by"
    r"|authors?|author name|writers?|reporters?|(?:text|geschrieben|ein beitrag|ein artikel|ein kommentar|eine analyse) von|von|autor(?:in|en)?|écrit par|rédigé par|publié par|propos recueillis par|par|auteurs?"
    r"|escrito por|redactado por|por|autora|scritto da|di|autore|texto de|door|skriven av|автор|text"
    r"|نویسندگان|نویسنده|نوشته‌ی|نوشتهٔ|نوشته|به قلم|گزارش از|بقلم|الكاتبة|الكاتب|كتبت|كتب|تحرير|إعداد|لیکوال|لیکونکی|ليکوال|لیکنه)"
    r"(?P<sign>\s*[:：]\s*|\s+)(?P<names>\S.*)$"
)
_LONE_MARKER = word_set("by written-by author authors von par por نویسنده بقلم لیکوال")
# A marker that stands for itself without a colon; the others are common words too.
_SURE_MARKERS = (
    "written by",
    "reported by",
    "posted by",
    "authored by",
    "article by",
    "story by",
    "words by",
    "escrito por",
    "écrit par",
    "rédigé par",
    "geschrieben von",
    "scritto da",
    "به قلم",
    "بقلم",
)

_CUT = re.compile(
    r"(?i)(?:\s[|·•/—–-]\s|\s*[|·•]\s*|\s*\(|\s*@|\s*https?:|\s*\bfollow\b|\s+(?:published|updated|posted|last updated|created|modified|on|in|for|at|from|of|is|reporting|special to|via|contributor|"
    r"staff|senior|chief|associate|correspondent|am|le|el|في|در)\b|\s*\d)"
)
_JOINT = re.compile(r"(?i)\s*(?:,|;|&|،)\s*(?:and\s+|und\s+|et\s+|y\s+)?|\s+(?:and|und|et|y|e|with|و|او)\s+")

_ROLE_WORDS = word_set(
    "staff writer writers reporter reporters correspondent correspondents editor editors editorial chief senior junior associate assistant contributor contributors contributing "
    "columnist columnists analyst fellow professor director freelance special political diplomatic foreign economics world business national international "
    "admin administrator webmaster guest author authors agencies agency bureau newsroom"
)
# Words of which names of outlets, desks and sections are made, and names of people hardly ever.
_OUTLET_WORDS = word_set(
    "times post news journal herald tribune review institute institution center centre council agency press daily today network monitor observer "
    "gazette chronicle weekly monthly quarterly magazine foundation university college tv radio media report reports bulletin standard globe mail express independent guardian telegraph "
    "world wire insider ltd inc llc gmbh channel online digital forum society association committee commission ministry bank group company corporation broadcasting studio büro redaktion hauptstadtstudio korrespondent korrespondentin correspondant correspondante corresponsal corrispondente корреспондент "
    "agence presse zeitung nachrichten rundschau anzeiger diario periódico noticias revista journal quotidien the of for "
    "politics economy economics business opinion analysis commentary editorial interview features culture sports science technology health education environment energy security defence defense "
    "policy affairs relations international national local regional global middle east west north south asia africa europe america americas eurasia pacific atlantic latin central eastern western northern southern "
    "staff desk team bureau agencies newsroom exclusive breaking live video photos gallery home latest featured series special edition archive section topic topics update updates report press release "
    "january february march april june july august september october november december street avenue road city state states united kingdom republic islamic people's"
)
_TEAM_WORDS = word_set(
    "team desk board staff bureau newsroom redaktion rédaction redacción collective collaborative editors"
)
_PARTICLES = word_set(
    "de del della di da dos du van von der den ter al el bin ibn abu ben la le y e bint ul ud zu zur af av i"
)


_ALSO_SURNAMES = word_set(
    "west north south east april june august march bank street post standard city state sun central"
)


def looks_like_person(text: str, register: Register, *, at_least: int = 2, is_announced: bool = False) -> bool:
    """Two to five words written like the name of a person, none of them a word of outlets, places or sections.

    Where "by" announces a name, words that are surnames as well are taken for such.
    """
    words = text.split()
    if not at_least <= len(words) <= 5 or len(text) > 60 or ends_sentence(text.rstrip(".")):
        return False
    names = [word.strip(".,'’") for word in words]
    lowered = [name.casefold() for name in names]
    foreign = [word for word in lowered if word in _OUTLET_WORDS or word in _ROLE_WORDS or word in WEEKDAYS]
    if foreign and not (is_announced and len(foreign) == 1 < len(words) and foreign[0] in _ALSO_SURNAMES):
        return False
    if any(not _is_name_word(name) for name in names) or register.is_known(text):
        return False
    has_case = any(character.isupper() or character.islower() for character in text)
    return not has_case or (names[0][:1].isupper() and (names[-1][:1].isupper() or lowered[-1].startswith("al-")))


def _is_name_word(name: str) -> bool:
    letters = name.replace("-", "").replace("'", "").replace("’", "").replace(".", "").replace("\u200c", "")
    if not letters or not all(letter.isalpha() or "\u0300" <= letter <= "\u06ed" for letter in letters):
        return False
    return letters[0].isupper() or not letters[0].islower() or name.casefold() in _PARTICLES or letters.startswith("al")


def _looks_like_team(text: str) -> bool:
    words = text.casefold().split()
    return 1 <= len(words) <= 6 and any(word.strip(".,") in _TEAM_WORDS for word in words) and text[:1].isupper()


def looks_like_outlet(text: str) -> bool:
    """Contains a word of which outlets' names are made."""
    return any(word.strip(".,'’") in _OUTLET_WORDS for word in text.casefold().split())


def looks_like_site(text: str) -> bool:
    """An address such as example.com, printed as a name."""
    name, dot, ending = text.strip().rpartition(".")
    return bool(dot) and " " not in text.strip() and len(name) > 1 and ending.isalpha() and 2 <= len(ending) <= 5


def is_lone_marker(text: str) -> bool:
    """A line that only announces the names on the next one."""
    return plain(text).removesuffix(":").replace(" ", "-") in _LONE_MARKER


@dataclass(frozen=True, slots=True)
class Byline:
    """The people or teams of a byline, or the site that signs as author."""

    authors: tuple[str, ...]
    site: str | None = None


def read_byline(text: str, register: Register) -> Byline | None:
    """The byline printed in a line, without roles, agencies, dates and buttons; None if the line is something else."""
    text = text.replace("\u00a0", " ")
    if len(text) > 300 or (match := _BYLINE.match(text)) is None:
        return None
    marker, has_colon = plain(match["marker"]), match["sign"].strip() != ""
    printed = match["names"].strip()
    is_sure = has_colon or marker in _SURE_MARKERS
    if looks_like_site(printed):
        return Byline((), printed)
    if marker == "text" and not has_colon:
        return None
    names = read_names(printed, register, is_sure=is_sure)
    return None if names is None else Byline(names)


def read_names(printed: str, register: Register, *, is_sure: bool = False) -> tuple[str, ...] | None:
    """The names at the beginning of what follows a marker such as "by"; None if it does not begin with a name."""
    if days := find_days(printed, at_most=1):
        printed = printed[: days[0].start]
    if (cut := _CUT.search(printed)) is not None and cut.start() > 0:
        # "Staff" and "team" may themselves be the name: only what follows a name is cut.
        printed = printed[: cut.start()]
    names: list[str] = []
    for piece in _split(printed):
        piece = piece.strip(" ,;:|-–—").removesuffix(".")
        if not piece:
            continue
        if _is_author(piece, register, is_sure=is_sure and not names):
            names.append(piece)
        elif not names and not _is_nobody(piece, register):
            return None
        else:
            break  # agencies and roles come after the names
    return tuple(dict.fromkeys(names))


def _split(printed: str) -> list[str]:
    pieces, position = [], 0
    for joint in _JOINT.finditer(printed):
        pieces.append(printed[position : joint.start()])
        position = joint.end()
    return [*pieces, printed[position:]]


def _is_author(piece: str, register: Register, *, is_sure: bool) -> bool:
    if looks_like_person(piece, register, is_announced=True):
        return True
    if register.is_known(piece) or _is_nobody(piece, register):
        return False
    if _looks_like_team(piece):
        return True
    # A single word is a name only where the marker leaves no doubt.
    return is_sure and looks_like_person(piece, register, at_least=1)


def _is_nobody(piece: str, register: Register) -> bool:
    """A role, an agency or a button where a name might stand."""
    words = [word.strip(".,:") for word in piece.casefold().split()]
    if words and all(word in _ROLE_WORDS for word in words):
        return True
    if register.is_known(piece):
        return True
    # "Reuters Staff", "AFP correspondents"
    return len(words) > 1 and words[-1] in _ROLE_WORDS and register.is_known(piece.rsplit(None, 1)[0])
