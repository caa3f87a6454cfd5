"""The names of the register, held in memory for one import: which source does a printed name mean?"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.text.folding import fold
from kb.text.words import Token, tokens, word_key, word_set

OUTLET_KINDS = word_set("agency news_agency broadcaster newspaper magazine aggregator blog outlet news website journal")
ARTICLES = frozenset(("the",))
# Names that are common words as well: printed alone, without article or hash, they mean the word.
COMMON_WORDS = word_set(
    "time times nature science post guardian independent economist hill atlantic nation week sun star mail mirror express "
    "telegraph herald globe journal standard observer spectator fortune variety money people life focus stern "
    "world news monitor tribune chronicle register record dawn hindu age australian european "
    "intercept conversation verge wire print quint caravan citizen local mint vice slate wired quartz insider "
    "diplomat cipher bulwark dispatch federalist free press today metro reason salon crisis group bank fund "
    "court union council commission congress senate parliament state house"
)
LONGEST_NAME = 12  # words; a longer name is compared by its first twelve


@dataclass(frozen=True, slots=True)
class Entry:
    """One source: its display name, its kind, and every (name, kind) it goes by; name kinds are full, short, hashtag, domain.

    `selectors` are the CSS selectors of its saved pages, by field.
    """

    name: str
    kind: str
    names: tuple[tuple[str, str], ...]
    selectors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """What a printed name means: one source, or several candidates and no source, or nothing."""

    source: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        return self.source is not None or bool(self.candidates)


@dataclass(frozen=True, slots=True)
class NameInText:
    """A name of the register found in running text; `first` and `last` are its outer tokens, both included.

    `is_outlet` tells those that report from those that also act. `is_common` marks a name that is a common word as
    well ("Nature"): only a clear citing form makes it a name.
    """

    first: int
    last: int
    match: Match
    is_outlet: bool
    is_common: bool = False


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"]
    spellings: list[tuple[tuple[str, ...], bool]]  # the words as the register writes them; began with an article?


class Register:
    """Looks names up as printed. A name that several sources share gives candidates and no source."""

    def __init__(self, entries: Iterable[Entry]):
        self._sources: dict[str, list[str]] = {}
        self._outlets: set[str] = set()
        self._kinds: dict[str, str] = {}
        self._selectors: dict[str, dict[str, str]] = {}
        self._root = _Node({}, [])
        for entry in entries:
            kind = self._kinds[entry.name] = entry.kind.casefold().replace(" ", "_").replace("-", "_")
            if kind in OUTLET_KINDS:
                self._outlets.add(entry.name)
            if entry.selectors:
                self._selectors[entry.name] = entry.selectors
            for name, kind in ((entry.name, "full"), *entry.names):
                self._add(entry.name, name, kind)

    @classmethod
    def from_fixture(cls, path: str | Path) -> "Register":
        """Read a Django fixture of `kb.source` and `kb.sourcename` rows; raises OSError, ValueError or KeyError."""
        rows = json.loads(Path(path).read_text(encoding="utf-8"))
        names: dict[str, list[tuple[str, str]]] = {}
        for row in rows:
            if row["model"] == "kb.sourcename":
                [slug] = row["fields"]["source"]
                names.setdefault(slug, []).append((row["fields"]["name"], row["fields"]["kind"]))
        return cls(
            Entry(row["fields"]["name"], row["fields"]["kind"], tuple(names.get(row["fields"]["slug"], ())))
            for row in rows
            if row["model"] == "kb.source"
        )

    def resolve(self, printed: str) -> Match:
        """The source that a name means, however it is spelled (see `fold`)."""
        key = fold(printed.strip().removeprefix("www.").removeprefix("WWW."))
        sources = self._sources.get(key, ()) if key else ()
        if len(sources) == 1:
            return Match(source=sources[0])
        return Match(candidates=tuple(sources))

    def is_known(self, printed: str) -> bool:
        """Does at least one source go by this name?"""
        return self.resolve(printed).is_known

    def source_at(self, host: str) -> str | None:
        """The source whose domain this host is, or stands below: edition.cnn.com is CNN's."""
        labels = host.removeprefix("www.").split(".")
        for start in range(max(0, len(labels) - 5), len(labels) - 1):
            if source := self.resolve(".".join(labels[start:])).source:
                return source
        return None

    def selectors_at(self, host: str) -> dict[str, str]:
        """The CSS selectors given to the source of this host."""
        return self._selectors.get(self.source_at(host) or "", {}) if self._selectors else {}

    def names_in(self, words: Sequence[Token]) -> dict[int, NameInText]:
        """Every name of the register in a text, by its first token; the longest one where several begin or overlap.

        Case counts: a name is a name when its capitals are printed, a short all-caps one when printed in capitals;
        a common word ("the Post", "The Guardian") needs its article, which is not part of the name found.
        Linear in the text, whatever the size of the register.
        """
        found: dict[int, NameInText] = {}
        place = 0
        while place < len(words):
            name = self._name_at(words, place) if words[place].text[0].isalnum() or words[place].is_tag else None
            if name:
                found[place] = name
                place = name.last
            place += 1
        return found

    def is_outlet(self, match: Match) -> bool:
        """Is everything that the match can mean an outlet, which reports, rather than an institution, which also acts?"""
        return all(name in self._outlets for name in (match.candidates or (match.source,)))

    def kind_of(self, source: str) -> str | None:
        """The kind of a source by its display name."""
        return self._kinds.get(source)

    def _add(self, source: str, name: str, kind: str) -> None:
        spelled = name.strip().lstrip("#@")
        # A tag in small letters ("#theguardian") shows no seam where the article ends, so it is a key as well.
        for key in {
            fold(spelled),
            "".join(word_key(token.text) for token in tokens(spelled) if token.text[0].isalnum()),
        }:
            holders = self._sources.setdefault(key, [])
            if key and source not in holders:
                holders.append(source)
        if kind != "hashtag":
            self._plant(spelled)

    def _plant(self, name: str) -> None:
        words = [token.text for token in tokens(name) if token.text not in "-‐‑–."][:LONGEST_NAME]
        has_article = len(words) > 1 and words[0].lower() in ARTICLES
        if has_article:
            words = words[1:]
        node = self._root
        for word in words:
            node = node.children.setdefault(word_key(word), _Node({}, []))
        spelling = (tuple(words), has_article)
        if words and spelling not in node.spellings:
            node.spellings.append(spelling)

    def _name_at(self, words: Sequence[Token], place: int) -> NameInText | None:
        token = words[place]
        if token.is_tag:
            match = self.resolve(token.text)
            return NameInText(place, place, match, self.is_outlet(match)) if match.is_known else None
        if place and _glued_hyphen(words, place - 1):
            return None  # "non-NATO"
        has_article = place > 0 and words[place - 1].low in ARTICLES
        # "Fars news agency": where the longest name is printed in other letters, a shorter one may fit.
        for last, spellings in reversed(self._names_from(words, place)):
            if last + 1 < len(words) and _glued_hyphen(words, last + 1):
                continue
            printed = [word.text for word in words[place : last + 1] if word.text not in "-‐‑–"]
            fitting = [spelling for spelling in spellings if all(map(_case_fits, printed, spelling[0]))]
            match = self.resolve(" ".join(printed)) if fitting else Match()
            if match.is_known:
                is_common = not has_article and all(_is_common_word(*spelling) for spelling in fitting)
                return NameInText(place, last, match, self.is_outlet(match), is_common)
        return None

    def _names_from(self, words: Sequence[Token], place: int) -> list[tuple[int, list]]:
        """The last token and the spellings of every name that begins here, the shortest first."""
        node, names, start = self._root, [], place
        while place < len(words):
            joins = place > start and (_glued_hyphen(words, place) or _glued_dot(words, place))
            if joins and place + 1 < len(words):
                place += 1
                continue
            node = node.children.get(word_key(words[place].text))
            if node is None:
                break
            if node.spellings:
                names.append((place, node.spellings))
            place += 1
        return names


def _glued_hyphen(words: Sequence[Token], place: int) -> bool:
    """Is this token a hyphen with a word close on both sides?"""
    if words[place].text not in "-‐‑" or not 0 < place < len(words) - 1:
        return False
    return words[place - 1].end == words[place].start and words[place].end == words[place + 1].start


def _glued_dot(words: Sequence[Token], place: int) -> bool:
    """The dot of "Gazeta.ru" or of "St. Louis": close behind a word."""
    return words[place].text == "." and words[place - 1].end == words[place].start


def _is_common_word(spelled: tuple[str, ...], has_article: bool) -> bool:
    """Is a name without its article a word like any other? "Guardian" and "Nature" are, "CNN" and "New York Times" not."""
    if len(spelled) > 1 or _is_all_caps(spelled[0]):
        return False
    return has_article or spelled[0].lower() in COMMON_WORDS


def _is_all_caps(word: str) -> bool:
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _case_fits(printed: str, spelled: str) -> bool:
    """A capital of the register must be printed; capitals alone ("WHO") must be printed as capitals."""
    if _is_all_caps(spelled):
        return _is_all_caps(printed)
    return printed[:1].isupper() if spelled[:1].isupper() else True
