"""Names of outlets that the register does not hold: known by their words, by what stands beside them, or as a station."""

from collections.abc import Sequence

from kb.importing.citations import vocabulary as v
from kb.importing.register import Match, NameInText
from kb.text.words import Token, word_set

LONGEST_NAME = 6  # words
# A run of capitalised words that ends or begins with one of these is the name of an outlet.
LAST_WORDS = word_set(
    "times post herald tribune gazette chronicle courier inquirer enquirer examiner telegraph sentinel dispatch bulletin "
    "news tv television radio broadcasting broadcasters zeitung tageblatt nachrichten rundschau anzeiger reporter observer "
    "journal sports sport star-tribune daily weekly mirror express independent standard echo argus advertiser advocate newswire newsroom "
    "gazeta pravda novosti vesti telegraaf dagblad aftonbladet handelsblatt tidende avisen bladet sanomat haber times-union "
    "picayune intelligencer republican democrat register leader recorder mercury magazine review today fm"
)
FIRST_WORDS = word_set(
    "radio tv daily evening sunday channel diario periódico corriere gazzetta giornale hoy rtv telewizja"
)
# Family names and common words too: they need "the" in front or another word of the kind beside them.
DOUBTFUL = word_set("post mirror express independent standard echo advocate republican democrat register leader recorder mercury journal review today observer reporter star sun mail globe examiner courier bulletin dispatch")  # fmt: skip
PRECEDED = {"agency": word_set("news press telegraph information"), "press": word_set("associated free daily evening")}
# What stands in front of such a word where it is something else.
NO_OUTLETS = word_set("breaking fake good bad university american orient pony united judicial strategic cartoon union vice majority minority house senate world great social")  # fmt: skip
DESCRIPTORS = word_set("newspaper journal daily weekly tabloid broadsheet website broadcaster outlet magazine newswire")
# These describe an outlet behind a word of the press only: "news site", "TV channel", "news agency".
ADJECTIVES = word_set("daily weekly outlet website magazine")
DESCRIPTORS_OF_PRESS = word_set("site agency channel station network portal service publication outlet website program programme show magazine")  # fmt: skip
PRESS = word_set("news tv television radio media press state-run online sports business gossip celebrity entertainment satellite cable broadcast information")  # fmt: skip
NO_STATIONS = frozenset(
    ("WHO", "KGB", "WTO", "KLM", "WFP", "WWF", "WEF", "KKR", "WWII", "WWI", "KFC", "WADA", "WNBA", "KPMG", "WMO", "WTA")
)
REPORTING = word_set("reports reported writes wrote reporting")
# What stands in front of an outlet that somebody speaks to or that is leaned on.
BEFORE_TITLES = word_set("told tell tells telling to per by citing of with for in from")
NO_TITLES = word_set("hague gambia bahamas netherlands vatican rock beatles church bible quran kremlin pentagon")
STARTERS = word_set("meanwhile however local state later earlier yesterday today now also still then yet both even")


def unknown_outlets(
    words: Sequence[Token], sentence_of: Sequence[int], known: dict[int, NameInText]
) -> dict[int, NameInText]:
    """Names of outlets that the register does not hold, by their first token. Looks a few words ahead: linear."""
    found: dict[int, NameInText] = {}
    inside = set()
    for name in known.values():
        inside.update(range(name.first, name.last + 1))
    place = 0
    while place < len(words):
        last = _run(words, sentence_of, known, inside, place)
        if last is None:
            place += 1
            continue
        first = _without_people(words, place, last)
        whole = known.get(first)
        if whole is not None and whole.last == last:
            place = last + 1
            continue
        if _is_outlet(words, sentence_of, first, last):
            found[first] = NameInText(first, last, Match(), True)
        place = last + 1
    return found


def _run(words, sentence_of, known, inside, place: int) -> int | None:
    """The last token of the run of capitalised words that begins here; a common word the register knows may end it."""
    if (
        place - 1 in inside
        and sentence_of[place - 1] == sentence_of[place]
        and not _is_mere_word(words, known.get(place - 1))
    ):
        return None  # "Yahoo Sports": the name goes on
    if place in inside and not _is_mere_word(words, known.get(place)):
        return None
    if not _is_part(words[place]):
        return None
    if words[place].low in v.FUNCTION_WORDS | STARTERS and not _opens_name(words, sentence_of, place):
        return None
    last = place
    while last + 1 < len(words) and last - place < 2 * LONGEST_NAME and sentence_of[last + 1] == sentence_of[place]:
        following = words[last + 1]
        if last + 1 in inside and not _is_mere_word(words, known.get(last + 1)):
            break
        glued = following.text in "-’'&" and words[last].end == following.start
        if glued and last + 2 < len(words) and following.end == words[last + 2].start and _is_part(words[last + 2]):
            last += 2
        elif _is_part(following) or (following.is_number and words[last].low in ("channel", "radio", "news")):
            last += 1
        elif (
            last + 2 < len(words)
            and _is_part(words[last + 2])
            and _joins(following.low, words[last].low, last == place)
        ):
            if last + 2 in inside and not _is_mere_word(words, known.get(last + 2)):
                break
            last += 2
        else:
            break
    return last


def _joins(low: str, before: str, is_first: bool) -> bool:
    """Is a small word part of a name: "Times of Malta", "Mail and Guardian", but not "Jane Doe of The Athletic"?"""
    if low == "of":
        return before in LAST_WORDS | FIRST_WORDS | {"voice"}
    return low in ("&", "de", "du", "la") or (low == "and" and is_first)


def _opens_name(words: Sequence[Token], sentence_of: Sequence[int], place: int) -> bool:
    """ "according to In Touch Weekly": a capital in the middle of a sentence makes even a small word a name."""
    if place == 0 or sentence_of[place - 1] != sentence_of[place] or words[place].low in ("the", "a", "an", "i"):
        return False
    return words[place - 1].is_word and not words[place - 1].is_capitalised


def _is_mere_word(words: Sequence[Token], name: NameInText | None) -> bool:
    """ "the National", "Guardian": a single word may also be part of a longer name ("the National Enquirer")."""
    if name is None or name.first != name.last:
        return False
    return name.is_common or (
        name.first > 0 and words[name.first - 1].low == "the" and not words[name.first].text.isupper()
    )


def _is_part(word: Token) -> bool:
    return word.is_word and word.is_capitalised and not word.is_tag


def _without_people(words: Sequence[Token], first: int, last: int) -> int:
    """ "German Radio Bremen": a people in front is no part of the name."""
    while first < last and names_people(words[first].low) and words[first].low not in LAST_WORDS | FIRST_WORDS:
        first += 1
    return first


def _is_outlet(words, sentence_of, first: int, last: int) -> bool:
    low = words[last].low
    has_article = first > 0 and words[first - 1].low == "the"
    if _is_described(words, sentence_of, first, last):
        return words[first].low not in DESCRIPTORS | PRESS
    if _has_reporter(words, first, last) or _keeps_its_article(words, sentence_of, first, last):
        return True
    if first == last:
        return _is_station(words[first].text) or _is_domain(words[first].text)
    before = words[last - 1].low
    if low in PRECEDED:
        return before in PRECEDED[low]
    if before in NO_OUTLETS and not has_article:
        return False
    if words[first].low in FIRST_WORDS:
        return (
            words[first].low not in ("hoy", "sunday", "evening", "channel")
            or low in LAST_WORDS
            or words[last].is_number
        )
    if low not in LAST_WORDS:
        return False
    return (
        low not in DOUBTFUL
        or has_article
        or any(words[place].low in LAST_WORDS | FIRST_WORDS for place in range(first, last))
    )


def _has_reporter(words, first: int, last: int) -> bool:
    """ "ESPN's Jane Doe reported", "according to ESPN's Jane Doe": a person of theirs tells it."""
    mark = last + 1
    if mark + 3 >= len(words) or words[mark].text not in ("'s", "’s", "'", "’") or words[mark].start != words[last].end:
        return False
    if all(word.low in v.PLACES or names_people(word.low) for word in words[first : last + 1]):
        return False
    if not (_is_part(words[mark + 1]) and _is_part(words[mark + 2])):
        return False
    before = words[first - 1].low if first else ""
    is_cited = before == "per" or (before == "to" and first > 1 and words[first - 2].low == "according")
    behind = mark + 3 + _is_part(words[mark + 3])
    return is_cited or (behind < len(words) and words[behind].low in REPORTING)


def _keeps_its_article(words, sentence_of, first: int, last: int) -> bool:
    """ "told The Athletic": a capital article in the middle of a sentence is part of a title."""
    article = first - 1
    return (
        article > 0
        and words[article].text == "The"
        and sentence_of[article - 1] == sentence_of[first]
        and words[article - 1].low in BEFORE_TITLES
        and last - first < 3
        and not any(word.low in v.PLACES or word.low in NO_TITLES for word in words[first : last + 1])
    )


def _is_described(words, sentence_of, first: int, last: int) -> bool:
    """ "the newspaper Daily Sabah", "Egyptian TV channel Al-Kahera", "Al-Akhbar newspaper", "X, a news site" """
    if all(names_people(word.low) or word.low in v.PLACES for word in words[first : last + 1]):
        return False
    before, after = first - 1, last + 1
    if before >= 0 and words[before].text in "“\"'‘":
        before -= 1
    if before >= 0 and sentence_of[before] == sentence_of[first] and _describes(words, before):
        return True
    if after < len(words) and sentence_of[after] == sentence_of[first]:
        if words[after].low in ("newspaper", "newspapers", "tabloid", "newswire"):
            return True
        if after + 1 < len(words) and words[after].low in PRESS and _describes(words, after + 1):
            return True
        return _is_explained(words, sentence_of, after)
    return False


def _is_explained(words, sentence_of, place: int) -> bool:
    """ ", a news outlet that ...", with a short form in parentheses before it or without."""
    if words[place].text == "(" and place + 3 < len(words) and words[place + 2].text == ")":
        place += 3
    if words[place].text != "," or place + 1 >= len(words) or words[place + 1].low not in ("a", "an", "the"):
        return False
    for ahead in range(place + 2, min(place + 8, len(words))):
        if sentence_of[ahead] != sentence_of[place] or not (words[ahead].is_word or words[ahead].text == "-"):
            return False
        if words[ahead].low in v.FUNCTION_WORDS:
            return False
        if _describes(words, ahead):
            return True
    return False


def names_people(low: str) -> bool:
    """ "german", "qatari": the word for whoever lives there."""
    return low.endswith(v.DEMONYM_ENDINGS) or (low.endswith("i") and low[:-1] in v.PLACES)


def _describes(words, place: int) -> bool:
    low = words[place].low
    if low in DESCRIPTORS - ADJECTIVES:
        return True
    behind_press = place > 0 and words[place - 1].low in PRESS
    if low in DESCRIPTORS | DESCRIPTORS_OF_PRESS and behind_press:
        return True
    # "the daily Haaretz", "Spanish daily El Norte": only behind a people or "the".
    before = words[place - 1] if place else None
    if before is None:
        return False
    if before.is_capitalised and names_people(before.low):
        return low in ADJECTIVES | DESCRIPTORS_OF_PRESS
    return low in ADJECTIVES and before.low == "the"


def _is_station(text: str) -> bool:
    """ "KTVU", "WABC": what stations in the United States are called."""
    return (
        text.isascii()
        and text.isupper()
        and text.isalpha()
        and len(text) in (3, 4)
        and text[0] in "KW"
        and text not in NO_STATIONS
    )


def _is_domain(text: str) -> bool:
    name, dot, ending = text.rpartition(".")
    return bool(name and dot) and ending.isalpha() and ending.islower() and len(ending) > 1 and len(name) > 1
