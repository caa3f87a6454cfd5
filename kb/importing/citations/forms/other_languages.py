"""The plainest ways of citing in other languages: an introducing word or two, perhaps an article, and a known outlet."""

from kb.importing.citations.dates import dated_after
from kb.importing.citations.lean import Lean
from kb.importing.citations.passage import Passage
from kb.importing.citations.placement import placement
from kb.text.words import tokens, word_set

# What brings in a source, by language. The name must be of the register: nothing else here tells an outlet.
INTRODUCING = {
    "de": "laut|nach angaben|berichtet|berichtete|berichten|meldet|meldete|meldeten|schreibt|schrieb|zitiert|unter berufung auf|wie",
    "fr": "selon|d’après|d'après|rapporte|rapportent|rapporté|indiqué|indique|écrit|affirme|citant|révèle|révélé|déclaré à|confié à|dit à",
    "es": "según|de acuerdo con|informó|informa|reportó|reporta|publicó|citando a|señaló|reveló|dijo a|declaró a",
    "it": "secondo|riferisce|riporta|ha riferito|scrive|citando|ha detto a|ha dichiarato a",
    "pt": "segundo|de acordo com|informou|noticiou|disse à|disse ao|citando",
    "nl": "volgens|meldt|meldde|schrijft|schreef|aldus",
    "sv": "enligt|skriver|rapporterar|uppger",
    "no": "ifølge|melder|rapporterer",
    "pl": "według|podaje|podała|podał|informuje|pisze|donosi",
    "ru": "сообщает|сообщил|сообщила|сообщило|сообщают|передает|передаёт|пишет|по данным|по информации|со ссылкой на|заявил",
    "uk": "повідомляє|повідомила|повідомило|за даними|пише|з посиланням на",
    "ar": "بحسب|وفقا|وبحسب|ذكرت|وذكرت|أفادت|وأفادت|نقلت|ونقلت|قالت|وقالت|حسب|أوردت|نقلا عن",
    "fa": "به گزارش|به نقل از|به نوشته|به نوشتهٔ",
    "tr": "haberine göre",
}  # fmt: skip
# What may stand between the two.
BETWEEN = word_set(
    "der die das dem den des von vom nachrichtenagentur zeitung tageszeitung sender magazin agentur am le la les l d de du "
    "l’agence l'agence agence agencia journal quotidien chaîne el los las del diario periódico cadena il lo gli della dello "
    "dell l’ quotidiano agenzia o a os as do da jornal agência het de krant persbureau nyhetsbyrån tidningen nyhetsbyrået "
    "agencja dziennik агентство агентства газета газеты издание издания телеканал телеканала агенція видання "
    "وكالة صحيفة قناة موقع أنباء الأنباء خبرگزاری روزنامه شبکه سایت"
) | frozenset("'’„“\"«“”‘:")  # fmt: skip
QUOTES = frozenset('„“"«”‘’')
THAT = word_set("que dass che что що أن dat att at że")
LONGEST_BETWEEN = 5  # tokens


def _phrases() -> dict[str, list[tuple[str, ...]]]:
    """The introducing words as tokens, by the first of them; the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for listed in INTRODUCING.values():
        for phrase in listed.split("|"):
            words = tuple(token.low for token in tokens(phrase))
            found.setdefault(words[0], []).append(words)
    return {first: sorted(set(phrases), key=len, reverse=True) for first, phrases in found.items()}


PHRASES = _phrases()
BEGINS = frozenset(PHRASES)


def abroad(passage: Passage, place: int) -> list[Lean]:
    """ "laut der Nachrichtenagentur Reuters", "selon l'AFP", "по данным РИА Новости" """
    first, ahead = place, _behind_phrase(passage, place)
    if ahead is None:
        return []
    furthest = ahead + LONGEST_BETWEEN
    while ahead < furthest and passage.same_sentence(ahead, place):
        name = passage.names.get(ahead)
        if name and name.is_outlet:
            quoted = passage.low(name.first - 1) in QUOTES and passage.low(name.last + 1) in QUOTES
            end, date = dated_after(passage, name.last + 1 + quoted)
            lean = Lean(first, end - 1, name.match, passage.name_printed(name), None, date)
            if passage.low(end) in THAT:
                lean.last, lean.supports = end, "after"
            else:
                lean.supports = placement(passage, first, lean.last)
            return [lean]
        if passage.low(ahead) not in BETWEEN:
            return []
        ahead += 1
    return []


def _behind_phrase(passage: Passage, place: int) -> int | None:
    for phrase in PHRASES.get(passage.low(place), ()):
        if all(passage.low(place + number) == word for number, word in enumerate(phrase)):
            return place + len(phrase)
    return None
