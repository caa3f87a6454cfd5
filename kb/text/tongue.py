"""The language of a paragraph by its letters and smallest words: cheap enough to be asked for each of a page.

It tells the languages that stand in one article beside one another, so that a screen reader speaks each as what it is, and
leaves the rest open. The language of a whole text is told by a model (`language`).
"""

import unicodedata
from collections import Counter

SAMPLE = 400
# Of a paragraph's letters, so many are a language's own where it is written in it.
OWN_SHARE = 0.02
FEWEST_WORDS = 2

# Scripts that hardly more than one language of ours is written in, by the first word of their letters' names.
_OF_SCRIPT = {
    "HEBREW": "he",
    "GREEK": "el",
    "ARMENIAN": "hy",
    "GEORGIAN": "ka",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "BENGALI": "bn",
    "TAMIL": "ta",
}
# Languages of one script by letters of their own, those first that share letters of the later ones.
_BY_LETTERS = {
    "ARABIC": (
        ("ps", frozenset("ټډړږښڼېۍځڅ")),
        ("ckb", frozenset("ڕڵێۆ")),
        ("ur", frozenset("ٹڈڑںےھہ")),
        ("fa", frozenset("پچژگکی")),
        ("ar", frozenset("ةيىكأإ")),
    ),
    "CYRILLIC": (("uk", frozenset("іїєґІЇЄҐ")), ("ru", frozenset("ыэёъЫЭЁЪ"))),
}
# Words that no other language of this list has.
_SMALL_WORDS = {
    word: language
    for language, words in {
        "en": "the of and to that with was were for from have has this which their by would said not",
        "de": "der das und den von mit ist nicht dem ein eine auch sich für wird sind nach zu",
        "fr": "les des et une dans pour qui sur pas sont avec du au ont aux cette nous être",
        "es": "el los las y por con una del más fue pero su este sobre está",
        "it": "il di gli che della è non sono nel delle dei alla anche",
        "pt": "os uma não em da dos ao foi pelo são mais também",
        "nl": "het een van niet zijn voor op met dat werd aan bij ook naar",
        "tr": "ve bir bu için olarak ile olan daha çok kadar gibi olduğu",
        "pl": "się nie na jest że oraz przez dla które jak był",
        "sv": "och att det är som på av inte ett har för",
    }.items()
    for word in words.split()
}


class _Scripts(dict):
    """Maps every letter to its script, anything else to nothing; filled as characters turn up."""

    def __missing__(self, letter: str) -> str:
        self[letter] = script = unicodedata.name(letter, "").split(" ")[0] if letter.isalpha() else ""
        return script


_script_of = _Scripts()


def tongue_of(text: str) -> str:
    """The BCP 47 tag of the language that this paragraph seems to be written in; empty where it is not clear."""
    sample = text[:SAMPLE]
    if sample.isascii():
        return _by_small_words(sample)
    scripts = Counter(map(_script_of.__getitem__, sample))
    del scripts[""]
    if not scripts:
        return ""
    script, count = scripts.most_common(1)[0]
    if script in _OF_SCRIPT:
        # Japanese is written with many Chinese characters.
        return "ja" if script == "CJK" and scripts["HIRAGANA"] else _OF_SCRIPT[script]
    if script in _BY_LETTERS:
        letters = Counter(sample)
        return next(
            (language for language, own in _BY_LETTERS[script] if sum(letters[one] for one in own) > OWN_SHARE * count),
            "",
        )
    return _by_small_words(sample)


def _by_small_words(sample: str) -> str:
    votes = Counter(map(_SMALL_WORDS.get, sample.lower().split()))
    del votes[None]
    if not votes:
        return ""
    (language, count), *others = votes.most_common()
    return language if count >= FEWEST_WORDS and count > 2 * sum(votes for _, votes in others) else ""
