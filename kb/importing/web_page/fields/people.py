"""Reads names of people out of what sites put where an author's name belongs."""

from collections.abc import Iterable

import re2 as re

from kb.importing.page_text.names import looks_like_person, looks_like_site
from kb.importing.web_page.fields.cleaning import clean
from kb.importing.web_page.fields.site import Site
from kb.text.folding import fold
from kb.text.printed_days import find_days
from kb.text.words import word_set

MOST_NAMES = 20
_LONGEST_NAME = 70

# "By", "Von", "Par" ... before a name; a colon or a blank must follow, so that "Byron" keeps his.
_BEFORE = re.compile(
    r"(?i)^[\s,;:|•·–—-]*(?:(?:(?:article|story|post|posted|report|reported|reporting|written|authored|published|compiled|edited|words|text|analysis|opinion|commentary|review|interview|recipe|translated) )?by"
    r"|authors?|writers?|(?:text|geschrieben|verfasst|ein beitrag|ein artikel|ein kommentar|eine analyse|ein gastbeitrag|interview|aufgezeichnet|protokoll) von|von|vom|autor(?:in|en|es|as|a|i|e)?|auteurs?|autrice"
    r"|(?:écrit|rédigé|publié|propos recueillis|recueilli) par|par|por|escrito por|redactado por|texto de|scritto da|di|da|de|door|av|af|tekst|text|przez|od|автор(?:ы)?|текст|подготовил(?:а)?"
    r"|نویسنده|نوشته|به قلم|بقلم|كتب(?:ت)?|الكاتب(?:ة)?|إعداد|تحرير|द्वारा|लेखक|written|posted|記者|记者|文|作者|編輯|撰文|来源|기자|작성자|tác giả|oleh|penulis|yazan|yazar|szerző|kirjoittanut|skrevet av|skriven av)"
    r"(?:\s*[:：/／]\s*|\s+)"
)
_AFTER = re.compile(
    r"(?i)(?:\s+(?:is|are|was|has|ist|sind|est|es|è) (?:a|an|the|ein|eine|der|die|un|une|una|il|la)\b.*|\s+(?:published|updated|posted|last updated|contributed|reports?|reporting|envoyée?s?|correspondante?)\s+\S.*"
    r"|\s+(?-i:in|from|at|for|aus|à|en|im|zum|am)\s+\S.*"
    r"|\s+(?:follow|twitter|facebook|instagram|linkedin|email|e-mail)\b.*|\s*[|•·/⋅‧›»].*|\s+[–—-]{1,2}\s+.*|\s+\d.*)$"
)
_PARENTHESIS = re.compile(r"\s*[(\[（【][^)\]）】]{0,80}(?:[)\]）】]|$)")
_EMAIL = re.compile(r"\S{1,64}@\S{1,190}|\(?@\w{1,40}\)?")
_JOINT = re.compile(
    r"(?i)\s*(?:;|&|،|、|；|，|\||\n|/)\s*(?:and\s+|und\s+|et\s+|y\s+|e\s+)?|\s+(?:and|und|with|mit|avec|(?-i:et|y|e|i|og|och|en|ja|ve|dan|và|con|и|та|و|और|및|與|和|及))\s+"
)
_COMMA = re.compile(r"(?i)\s*,\s*(?:and\s+|und\s+|et\s+|y\s+)?")

_ROLES = word_set(
    "editor editors reporter reporters correspondent writer writers journalist journalists columnist contributor contributors contributing chief staff senior junior associate assistant deputy managing bureau producer analyst author authors "
    "photographer photographs photography photos photo fotos foto bilder video professor director fellow freelance freelancer special editorial columnists producer intern member correspondents producer "
    "redakteur redakteurin redaktion korrespondent korrespondentin autor autorin autoren journalistin reporterin volontär volontärin chefredakteur ressortleiter "
    "journaliste rédacteur rédactrice correspondante correspondant envoyé spécial envoyée spéciale redactor redactora periodista corresponsal redattore giornalista redactie verslaggever correspondent redaktør journalist "
    "reporterka dziennikarz redaktor muhabir editör toimittaja репортер корреспондент журналист редактор اللجنة مراسل محرر خبرنگار"
)
_NOBODY = word_set(
    "admin administrator webmaster author authors editor editors editorial staff redaktion redaction rédaction redacción redazione redactie redakcja redaktionen redactioneel newsroom anonymous anonym guest user root system "
    "unknown none null undefined na n/a by written contributor contributors reporter writer webdesk newsdesk test default автор редакция"
)
_SYLLABLES = frozenset(("di", "da", "de", "od", "av", "af", "door", "text"))
_ARTICLES = word_set("the a an der die das ein eine le la les un une el los las il lo gli de het")
# Words of links and buttons that stand where names do.
_OF_PAGES = word_set(
    "browse follow more all view see read contact about subscribe articles archive profile twitter facebook login log sign comments comment share print email home search menu next previous "
    "story by updated published posted you tube youtube instagram linkedin telegram whatsapp rss "
    "weitere mehr alle artikel folgen voir lire tous suivre ver leer todos seguir bio biography cc by-sa by-nc by-nd by-nc-nd by-nc-sa"
)
_TEAMS = word_set(
    "desk team staff bureau newsroom redaktion rédaction redaction redacción redacao redação redazione redactie redakcja editors editorial board agency agencies agencia agencias agence agences agentur agenturen service online news"
    " web digital reporters correspondents correspondent contributors"
)
_MARKS_OF_NO_NAME = ("http", "www.", ".com/", "://", "?", "=", "{", "}", "_", "\\", "#", "$", "<", ">", "©", "%")


def read_people(words: object, site: Site, *, is_declared: bool) -> list[str]:
    """The names in words such as "By Ann Lee and Bo Ek, Berlin". Roles, places, addresses and the site's own name are left out.

    `is_declared` says that the page calls the words an author's name; without it only what looks like a person counts.
    """
    text = clean(words, 300)
    if not text or (is_declared and any(sign in text for sign in ("{", "://", ".com/"))):
        return []
    text = _EMAIL.sub(" ", text)
    text = _PARENTHESIS.sub(" ", text).strip()
    text = _without_marker(text)
    if not is_declared:
        # A place, a role or the day follows behind a bar or alone.
        text = text.split("|")[0]
        if days := find_days(text, at_most=1):
            text = text[: days[0].start]
    pieces = [piece for part in _split(_JOINT, text) for piece in _comma_pieces(part, site)]
    names: list[str] = []
    has_other = False
    for piece in pieces[: 2 * MOST_NAMES]:
        name = _bare(_without_marker(piece))
        if name and _is_name(name, site, is_declared=is_declared):
            names.append(name)
        elif piece.strip():
            has_other = True
    # Beside words that are no name, one word is none either: "Mac & i".
    if has_other and any(" " in text.strip() for text in pieces):
        names = [name for name in names if " " in name or not name.isascii()]
    elif has_other:
        names = []
    return distinct(names)[:MOST_NAMES]


def read_teams(words: object, site: Site) -> list[str]:
    """The agency or team that signs where no person does; the site's own name is none."""
    text = _without_marker(clean(words, 80))
    text = _EMAIL.sub(" ", text).strip(" ,;:|–—-")
    if not text or site.is_name(text) or looks_like_site(text) or any(mark in text for mark in _MARKS_OF_NO_NAME):
        return []
    key = text.casefold()
    if (
        all(word in _ROLES or word in _NOBODY or word in _OF_PAGES for word in key.split())
        or len(text.split()) > 6
        or not any(map(str.isalpha, text))
    ):
        return []
    return [text]


def distinct(names: Iterable[str]) -> list[str]:
    """Each name once, as first printed; a surname alone goes where the full name stands too."""
    kept: dict[str, str] = {}
    for name in names:
        key = fold(name)
        if key and (key not in kept or (kept[key].isupper() and not name.isupper())):
            kept[key] = name
    return list(kept.values())


def key_of(names: Iterable[str]) -> frozenset[str]:
    """What two lists of the same people have in common."""
    return frozenset(fold(name) for name in names)


def _without_marker(text: str) -> str:
    """What follows "By", "Von", "Par"; a marker that is a syllable of names too keeps a single word: Di Wang."""
    before = _BEFORE.match(text)
    if not before:
        return text
    rest, marker = text[before.end() :], before[0].strip(" :：").casefold()
    return text if marker in _SYLLABLES and ":" not in before[0] and len(rest.split()) < 2 else rest


def _split(joint, text: str) -> list[str]:
    pieces, position = [], 0
    for match in joint.finditer(text):
        pieces.append(text[position : match.start()])
        position = match.end()
    return [*pieces, text[position:]]


def _comma_pieces(part: str, site: Site) -> list[str]:
    """Names divided by commas; "Lee, Ann" is one name, and what follows a name may be a role or a place."""
    pieces = [piece.strip() for piece in _split(_COMMA, part)]
    if (
        len(pieces) == 2
        and all(len(piece.split()) == 1 for piece in pieces)
        and all(piece[:1].isupper() for piece in pieces)
    ):
        return [f"{pieces[1]} {pieces[0]}"]
    if len(pieces) > 1:
        full = [
            piece
            for piece in pieces
            if " " in piece and looks_like_person(_bare(piece), site.register, is_announced=True)
        ]
        return full or pieces[:1]
    return pieces


def _bare(piece: str) -> str:
    """The name without what follows it: a place, a role, a button."""
    name = _AFTER.sub("", piece.strip(' \t,;:|•·–—-*"“”„«»')).strip(' ,;:|•·–—-*"“”„«»')
    name = name.removesuffix(".") if len(name) > 3 and name[-3:-2] != " " and name[-3:-2] != "." else name
    words = name.split()
    # "Reporter Ann Lee", "Ann Lee Staff Writer"
    while len(words) > 2 and words[-1].casefold().strip(".") in _ROLES:
        words.pop()
    while len(words) > 2 and words[0].casefold() in _ROLES:
        words.pop(0)
    return " ".join(words)


def _is_name(name: str, site: Site, *, is_declared: bool) -> bool:
    if (
        len(name) > _LONGEST_NAME
        or len(name) < 2
        or any(mark in name for mark in _MARKS_OF_NO_NAME)
        or any(map(str.isdigit, name))
    ):
        return False
    lowered = [word.casefold().strip(".,") for word in name.split()]
    if not is_declared and (lowered[0] in _ARTICLES or any(word in _OF_PAGES for word in lowered)):
        return False
    if len(lowered) == 1 and name.isupper() and len(name) <= 6 and name.isascii():
        return False  # an abbreviation: an agency, a party, an editor
    if site.is_outlet(name) or all(word in _ROLES or word in _NOBODY for word in lowered):
        return False
    if looks_like_person(name, site.register, is_announced=is_declared):
        return True
    if not is_declared or len(lowered) > 6 or any(word in _TEAMS or word in _NOBODY for word in lowered):
        return False
    letters = [letter for letter in name if letter.isalpha()]
    if not letters:
        return False
    has_case = any(letter.lower() != letter.upper() for letter in letters)
    # A lower-case word alone is an account, an abbreviation of an editor.
    return not has_case or (any(letter.isupper() for letter in name) and len(lowered) <= 5)
