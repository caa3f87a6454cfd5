"""Reads the notices around an article: where it was first published, whose views it holds, what it is tagged with."""

from typing import NamedTuple

import re2 as re

from kb.importing.page_text.passages import plain
from kb.text.printed_days import find_days
from kb.text.words import word_set

# ---- where it was first published

_PIECE = (
    r"(?P<piece>article|commentary|piece|stor(?:y|ies)|essay|op-?ed|post|analysis|report|column|interview|blog(?: post)?|opinion(?: piece| article)?|text|feature|editorial|paper|"
    r"briefing|excerpt|extract|translation|review|entry|content|brief|dispatch|speech|transcript|item|work|news)"
)
_FIRST = r"(?:originally|first|previously|initially|earlier|also|simultaneously)"
_PRINTED = r"(?:re)?(?:published|appeared|posted|printed|ran|released|issued|featured|carried|produced|written|aired)"
_WHERE = r"(?:in|on|by|at|with|for|from|via)"
_SUBJECT = rf"(?:this|the|a|an|our|above)(?: (?:shorter|longer|edited|modified|earlier|slightly|revised|version|of|this|the|above|following|opinion|news|full|original|abridged|a|an|condensed))* {_PIECE}\b"
_NOTICE = re.compile(
    r"(?i)^(?:(?:editor'?s'? )?note ?: ?)?(?:"
    rf"{_SUBJECT}(?: .{{0,160}})?? (?:(?:was|is|has been|were|had been)? ?{_FIRST} {_PRINTED}(?: online| here| in english)?|(?:was|is|has been) (?:re-?published|reprinted|reproduced|syndicated|reposted|cross-?posted|published)(?: here)?(?: with (?:the )?(?:kind )?permission)?(?: under (?:a |an |the )?[^.]{{0,40}}licen[cs]e)?|appeared (?:first|originally)|(?:first|originally) appeared|comes) {_WHERE} (?P<n1>.+)"
    rf"|{_FIRST} (?:{_PRINTED}|in print)(?: online)? {_WHERE} (?P<n2>.+)|appeared (?:first|originally) {_WHERE} (?P<n3>.+)"
    r"|(?:re-?published|reprinted|reproduced|syndicated|reposted|cross-?posted)(?: here)?(?: with (?:the )?(?:kind )?permission)?(?: under [^.]{0,40}licen[cs]e)? (?:from|of|by|courtesy of) (?P<n4>.+)"
    r"|(?:courtesy|by courtesy|with permission) of:? (?P<n5>.+)"
    r"|read the (?:original|full|complete) (?:article|story|piece|report|version)? ?(?:here )?(?:on|at|in) (?P<n6>.+)"
    r"|(?:dieser|der|die|diese|dieses) \w+ (?:erschien|ist|wurde)? ?(?:zuerst|zunächst|ursprünglich) (?:erschienen |veröffentlicht )?(?:in|bei|auf|im)(?: der| dem| den)? (?P<n7>.+)"
    r"|(?:zuerst|zunächst|ursprünglich) (?:erschienen|veröffentlicht) (?:in|bei|auf|im)(?: der| dem| den)? (?P<n8>.+)"
    r"|(?:cet|ce|cette|l')? ?\w+ (?:a été |est )?(?:initialement |d'abord )?(?:publiée?|parue?)(?: initialement| à l'origine| d'abord| pour la première fois)? (?:dans|sur|par|chez) (?P<n9>.+)"
    r"|(?:este|esta|el|la)? ?\w+ (?:fue |se |apareció |ha sido )?(?:publicad[oa]|publicó|originalmente publicad[oa]|originalmente)(?: originalmente| primero| inicialmente)? (?:en|por) (?P<n10>.+)"
    r"|.{0,60}(?:نخستین بار|اولین بار|پیش‌تر|پیشتر|در اصل|ابتدا) (?:در|توسط) (?P<n11>.{2,60}?) (?:منتشر|چاپ).{0,40}"
    r"|(?:نشر|نُشر|تم نشر).{0,30}(?:أولا|أولاً|أصلا|لأول مرة|في الأصل)? ?(?:في|على) (?P<n12>.{2,60})"
    r")$"
)
_OPINION_PIECES = frozenset(
    ("commentary", "op-ed", "oped", "opinion", "opinion piece", "opinion article", "column", "editorial")
)
_CONNECTORS = word_set("of the and for & de la le les du des del y et und der die das on in al")
_NAME_ENDS = '.,;:!?)]»”"'

# ---- whose views

_DISCLAIMER = re.compile(
    r"^(?:disclaimer|note|editor'?s'? note|\*+|\(|\[)? ?:? ?(?:"
    r"(?:the |all |any |these )?(?:views?|opinions?|ideas|statements|positions|thoughts|facts|analys[ie]s|conclusions)\b.{0,200}\b(?:authors?|writers?|contributors?|columnists?|own|personal|(?:necessarily )?(?:reflect|represent)|solely|alone|those of|belongs?)\b"
    r"|(?:this|the)(?: \w+){0,2} (?:article|commentary|piece|column|essay|post|op-?ed|blog)\b.{0,60}\b(?:reflects?|represents?|expresses|contains?|is)\b.{0,40}\b(?:opinions?|views?)\b"
    r"|(?:the )?(?:author|writer|columnist)s?'?s? (?:views|opinions)\b"
    r"|(?:die|der|das) .{0,80}(?:meinung|ansichten|auffassung).{0,60}(?:autor|verfasser|redaktion).{0,80}"
    r"|les (?:opinions|propos|points de vue|vues).{0,80}(?:auteurs?|engagent|rédaction).{0,80}"
    r"|las? (?:opini[oó]n(?:es)?|ideas|puntos de vista).{0,80}(?:autor|autores|responsabilidad).{0,80}"
    r"|.{0,30}(?:دیدگاه|نظر|آرا|نظریات).{0,60}(?:نویسنده|نویسندگان).{0,80}|.{0,20}(?:الآراء|آراء|المقال يعبر|وجهة نظر).{0,60}(?:الكاتب|كاتبه|كتابها|المؤلف).{0,80}|.{0,30}(?:نظر|اند|لیدلوری).{0,40}(?:لیکوال).{0,60}"
    r")"
)

# In a later sentence of a notice only the set phrase counts.
_EXPRESSED = re.compile(
    r"\b(?:views?|opinions?|positions)\b.{0,60}\b(?:expressed|represented|presented|stated|contained)\b.{0,160}"
    r"\b(?:authors?|writers?|contributors?|own|reflect|represent)\b"
)

_EDITOR_NOTE = re.compile(
    r"^[*(\[]? ?(?:editor'?s'?|editors'|publisher'?s|correction|clarification|update)(?: note)? ?(?:\([^)]{0,40}\) ?)?: .+|^this (?:article|story|post|report|piece) (?:has been|was) (?:updated|corrected|amended|edited|translated).{0,200}"
)

_TAG_LIST = re.compile(
    r"(?i)^(?P<marker>tagged(?: with| in| as)?|tags?|topics?|key ?words?|filed under|posted in|labels?|categor(?:y|ies)|subjects?|hashtags?|more on|in this story|schlagwörter|schlagworte|themen|tags und themen|étiquettes|mots[- ]clés|thèmes?|sujets|etiquetas|temas|palabras clave|parole chiave|"
    r"برچسب‌?\s?(?:ها|های خبر)?|کلیدواژه‌?\s?(?:ها)?|کلمات کلیدی|الكلمات المفتاحية|كلمات مفتاحية|الوسوم|وسوم|مواضيع|ټګونه|تګونه|کلیدي ټکي|теги|тэги|метки|мітки|ключевые слова|ключові слова|тагове|ознаке|tagi|słowa kluczowe|štítky|témata|címkék|etichete|cuvinte cheie|taggar|ämnen|emneord|emner|avainsanat|trefwoorden|etiketler|anahtar kelimeler|kata kunci|topik|argomenti|marcadores|palavras[- ]chave|oznake|ετικέτες|תגיות|تگز|ٹیگز|टैग्स|टैग|ট্যাগ|标签|關鍵詞|关键词|關鍵字|标签|タグ|キーワード|태그|từ khóa|chủ đề)\s*(?:(?P<sign>[:：»>|])\s*(?P<list>.*))?$"
)
# Words that begin a list only when a colon says so.
_NEEDS_COLON = word_set(
    "more-on in-this-story posted-in tagged hashtags topic topics subject subjects label labels category categories "
    "themen sujets thème thèmes temas مواضيع témata ämnen emner topik argomenti oznake ознаке"
)
_TAG_SEPARATORS = re.compile(r"\s*[,،;|·•/、]\s*")


class Notice(NamedTuple):
    """Where a piece was first published, and the genre it is called by."""

    outlet: str | None
    genre: str | None


def read_notice(text: str) -> Notice | None:
    """The notice that a short text is, or None: "This article first appeared in The Example"."""
    if len(text) > 500:
        return None
    line = text.translate({0x2019: "'", 0xA0: " "}).strip(" *_()[]—–-\t\n").rstrip()
    match = _NOTICE.match(" ".join(line.split()))
    if match is None:
        return None
    groups = match.groupdict()
    named = next((groups[f"n{number}"] for number in range(1, 13) if groups[f"n{number}"]), None)
    outlet = read_name(named[: days[0].start] if (days := find_days(named, at_most=1)) else named) if named else None
    piece = plain(groups["piece"] or "")
    genre = "opinion" if piece in _OPINION_PIECES else "analysis" if piece == "analysis" else None
    # Without a name it is a sentence about something else.
    return Notice(outlet, genre) if outlet else None


def read_name(text: str) -> str | None:
    """The proper name at the beginning of a text, up to the first word that cannot belong to it."""
    text = text.strip(" '\"“”‘’«»:")
    for scheme in ("https://", "http://"):
        if text.lower().startswith(scheme):
            return text[len(scheme) :].split("/")[0].split()[0].removeprefix("www.") or None
    has_case = any(character.isupper() or character.islower() for character in text[:80])
    name: list[str] = []
    for token in text.split()[:12]:
        word = token.rstrip(_NAME_ENDS)
        bare = word.lstrip('(“"«')
        begins_name = bool(bare) and (bare[0].isupper() or bare[0].isdigit() or "." in bare[1:-1])
        if has_case and not begins_name and not (bare.casefold() in _CONNECTORS and len(name) < 8):
            break
        if token[0] in "(“" and name:
            break
        if bare.isdigit() and not name:
            return None
        name.append(bare)
        if (word != token and not _is_abbreviated(token)) or (not has_case and len(name) == 5):
            break
    while name and name[-1].casefold() in _CONNECTORS:
        name.pop()
    # "in the Example": the article is the sentence's; "in The Example": the name's.
    while name and name[0] in ("the", "a", "an", "la", "le", "el", "der", "die", "das", "les", "of", "and"):
        name.pop(0)
    return " ".join(name) if name and len(" ".join(name)) > 1 else None


def _is_abbreviated(token: str) -> bool:
    """U.S. in "U.S. News" ends in a point without ending the name."""
    return len(token) >= 4 and token.endswith(".") and token[1] == "." and token[0].isupper()


def is_disclaimer(text: str) -> bool:
    """Says that the views are the author's."""
    if len(text) > 700:
        return False
    line = plain(text)
    return _DISCLAIMER.match(line) is not None or _EXPRESSED.search(line) is not None


def is_editor_note(text: str) -> bool:
    """A note of the editors about the piece itself."""
    return len(text) <= 600 and _EDITOR_NOTE.match(plain(text)) is not None


def read_tag_list(text: str) -> tuple[str, ...] | None:
    """The subjects of a printed list ("Tags: oil, Example Bank"); empty when the list follows on lines of its own."""
    if len(text) > 600:
        return None
    hashtags = text.split()
    if all(len(word) > 1 and word[0] == "#" and not word.strip("#,;").isdigit() for word in hashtags):
        return tuple(word.strip("#,;.") for word in hashtags)
    match = _TAG_LIST.match(text.strip())
    if match is None:
        return None
    marker, listed = plain(match["marker"]), (match["list"] or "").strip()
    if not match["sign"] and marker.replace(" ", "-") in _NEEDS_COLON:
        return None
    tags = [tag.strip(" .#\"'“”") for tag in _TAG_SEPARATORS.split(listed)]
    tags = [tag for tag in tags if tag]
    # One long name among several subjects is still a name.
    longest = 8 if len(tags) >= 3 else 6
    if any(len(tag.split()) > longest for tag in tags):
        return None
    if len(tags) == 1 and listed.count("#") > 1:
        tags = [tag.strip(" ,") for tag in listed.split("#") if tag.strip(" ,")]
    return tuple(tags)
