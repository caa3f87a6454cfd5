"""Chooses the headline: the words printed over the article, without the site's name or a kicker."""

from collections.abc import Iterator

import re2 as re

from kb.importing.records import Finding
from kb.importing.web_page.fields.article import Described
from kb.importing.web_page.fields.cleaning import clean
from kb.importing.web_page.fields.evidence import Evidence, Piece
from kb.importing.web_page.fields.json_ld import text_of
from kb.importing.web_page.fields.site import Site
from kb.importing.web_page.fields.weighing import Candidate, finding
from kb.text.folding import fold

_SEPARATOR = re.compile(r":\s+|\s+(?:[|–—•·»«›‹:/⋆~>-]|::|&raquo;|\|\|)\s+|\s*[|»]\s*|\s*::\s*|\s+[-–—]{2,}\s+")
_BARS = frozenset(("|", "||", "»", "«", "‹", "›", "•", "·", "::", "⋆"))
_TITLE_NAMES = frozenset(
    ("title", "headline", "entry", "article", "post", "story", "titel", "titre", "titulo", "titolo")
)
_SITE_NAMES = frozenset(("site", "logo", "brand", "blog", "masthead"))
# A kicker within a heading is one of the next few elements.
_WITHIN = 6
_CUT_OFF = ("…", "...", "[…]", "[...]")
# How far each place is trusted to print the article's own headline.
_WEIGHTS = {
    "heading": 3.05,
    "json-ld": 3.0,
    "opengraph": 2.6,
    "microdata": 2.0,
    "title-tag": 2.2,
    "twitter": 1.0,
    "meta": 1.0,
}


def read_title(evidence: Evidence, described: Described, site: Site) -> tuple[str | None, Finding | None]:
    """The headline and where it was read; None when only the site's name is there.

    The page's main heading that this headline stands in becomes `evidence.heading`.
    """
    candidates = list(_candidates(evidence, described, site))
    if not candidates:
        return None, None
    keys = {candidate.value: fold(candidate.value) for candidate in candidates}
    whole = [candidate for candidate in candidates if not _is_cut_off(candidate, candidates, keys)] or candidates
    chosen = max(whole, key=lambda candidate: _support(candidate, whole, keys))
    evidence.heading = _heading(evidence, keys[chosen.value])
    same = [candidate for candidate in whole if keys[candidate.value] == keys[chosen.value]]
    best = max(same, key=_form)
    return best.value, finding(best, candidates, lambda value: keys[value])


def _candidates(evidence: Evidence, described: Described, site: Site) -> Iterator[Candidate[str]]:
    offered: list[tuple[str, str]] = []
    for value in described.values("headline")[:2] or described.values("name")[:1]:
        offered.append(("json-ld", clean(text_of(value))))
    offered += [("opengraph", clean(content)) for _, content in evidence.meta("og:title")][:2]
    offered += [("microdata", piece.value or piece.words) for piece in evidence.properties.get("headline", ())[:2]]
    offered += [("title-tag", evidence.title_tag)]
    offered += [("twitter", clean(content)) for _, content in evidence.meta("twitter:title")][:1]
    metas = ("parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title", "headline", "title")
    offered += [("meta", clean(content)) for _, content in evidence.meta(*metas)][:2]
    headings = {fold(piece.words) for piece in evidence.headings[:12]}
    offered = [(origin, words if fold(words) in headings else _without_bar(words)) for origin, words in offered]
    others = {fold(words) for _, words in offered} - {""}
    is_only = sum(bool(words) for _, words in offered) == 1
    for origin, words in offered:
        title = without_site(words, site, others)
        if fold(title) and not site.is_name(title):
            # One or two words in the browser's title are mostly the site's name.
            weight = 0.8 if origin == "title-tag" and title.isascii() and len(title.split()) <= 2 else _WEIGHTS[origin]
            yield Candidate(
                origin, words, _without_tail(title) if is_only and fold(words) not in headings else title, weight
            )
    yield from _headings(evidence, site, others)


def _headings(evidence: Evidence, site: Site, others: set[str]) -> Iterator[Candidate[str]]:
    """The headings of the page; one that no other place agrees with counts little, a second-level one then nothing.

    Where no other place says anything, as in a piece cut from a page, the first is better than none.
    """
    is_all = not others and not evidence.headings
    for number, piece in enumerate((*evidence.headings[:12], *evidence.lesser_headings[:12])):
        title = without_site(piece.words, site, others)
        if not fold(title) or site.is_name(title):
            continue
        agrees = any(_is_akin(fold(title), other) for other in others)
        if number >= len(evidence.headings[:12]):
            if agrees or (is_all and number == 0):
                yield Candidate("heading", piece.words, title, 1.5)
            continue
        # A heading that says in its class that it is a title may differ from the browser's.
        is_named = bool(piece.names & _TITLE_NAMES) and not piece.names & _SITE_NAMES
        alone = 2.4 if is_named else 0.9 if number == 0 else 0.3
        weight = _WEIGHTS["heading"] if agrees or not others else alone
        within = [kicker.words for kicker in evidence.kickers if 0 < kicker.place - piece.place <= _WITHIN]
        kickers = {fold(words) for words in within if 0 < len(words) <= 60} - {""}
        yield Candidate("heading", piece.words, _without_kicker(title, kickers, others), weight)


def _without_bar(title: str) -> str:
    """The title without the few words behind its last bars: a site, a section, an author."""
    for _ in range(3):
        rest, bar, tail = title.rpartition(" | ")
        if not bar or len(tail.split()) > 4 or len(rest.split()) < 2:
            break
        title = rest.strip()
    return title


def _without_tail(title: str) -> str:
    """The only title of a page without what a bar, or a dash before a few capitals, sets apart at its end."""
    parts = list(_SEPARATOR.finditer(title))
    if not parts:
        return title
    rest, tail = title[: parts[-1].start()].strip(), title[parts[-1].end() :].split()
    is_barred = parts[-1][0].strip() in _BARS
    is_name = (
        ":" not in parts[-1][0]
        and len(tail) <= 3
        and all(word[:1].isupper() or not word[:1].isalpha() for word in tail)
    )
    if len(rest.split()) >= 3 and (is_barred or is_name) and len(tail) <= 6:
        return _without_tail(rest) if is_barred else rest
    return title


def without_site(title: str, site: Site, others: set[str] = frozenset()) -> str:
    """The title without the site's name before or after it, and without the sections beside that name."""
    parts = list(_SEPARATOR.finditer(title))[:12]
    if not parts:
        return title
    starts = [0, *(part.end() for part in parts)]
    ends = [*(part.start() for part in parts), len(title)]
    first, last, has_site = 0, len(starts) - 1, False
    while first < last:
        tail = title[starts[last] : ends[last]]
        head = title[starts[first] : ends[first]]
        sign = title[ends[last - 1] : starts[last]]
        rest = title[starts[first] : ends[last - 1]]
        is_bare = fold(rest) in others and len(tail.split()) <= 6
        is_site = site.is_name(tail) or (site.is_outlet(tail) and (not site.host or "|" in sign))
        if (is_site and ":" not in sign) or is_bare or (has_site and "|" in sign and len(tail.split()) <= 3):
            has_site = True
            last -= 1
        elif site.is_name(head) or (fold(title[starts[first + 1] : ends[last]]) in others and len(head.split()) <= 5):
            first += 1
        else:
            break
    return title[starts[first] : ends[last]].strip()


def _without_kicker(title: str, kickers: set[str], others: set[str]) -> str:
    """The heading without the kicker printed in it, where another place gives the title without it, or none with it."""
    if fold(title) in others and fold(title) not in kickers:
        kickers = set()
    words = title.split()
    for count in range(1, min(9, len(words) - 1)):
        rest = " ".join(words[count:]).lstrip(":|–—-•/ ")
        if fold(rest) in others or (fold(" ".join(words[:count])) in kickers and len(rest.split()) >= 3):
            return rest
    return title


def _support(candidate: Candidate[str], candidates: list[Candidate[str]], keys: dict[str, str]) -> tuple[float, float]:
    """The weight of all places that print this title, or print it with something before or after it."""
    key = keys[candidate.value]
    best: dict[str, float] = {}
    for other in candidates:
        other_key = keys[other.value]
        share = 1.0 if other_key == key else 0.0
        if (
            not share
            and len(key) >= 12
            and len(key) >= 0.4 * len(other_key)
            and (other_key.startswith(key) or other_key.endswith(key))
        ):
            # Behind a mark, or behind a kicker; a mere beginning may be a title that was cut off.
            is_apart = _is_set_apart(candidate.value, other.value)
            share = 0.85 if is_apart else 0.6 if other_key.endswith(key) else 0.2
        best[other.origin] = max(best.get(other.origin, 0), share * other.weight)
    return sum(best.values()), candidate.weight


def _is_set_apart(title: str, longer: str) -> bool:
    """Does a mark stand between the title and the rest of the longer one? What follows a colon may belong to the title."""
    key = fold(title)
    return any(
        (":" not in match[0] and fold(longer[: match.start()]) == key) or fold(longer[match.end() :]) == key
        for match in list(_SEPARATOR.finditer(longer))[:12]
    )


def _form(candidate: Candidate[str]) -> tuple:
    """How well a spelling of the title is formed: in words, not shouted, as printed."""
    letters = [letter for letter in candidate.value if letter.lower() != letter.upper()]
    is_shouted = len(letters) > 3 and all(map(str.isupper, letters))
    return (not is_shouted, len(candidate.value.split()), candidate.weight)


def _is_cut_off(candidate: Candidate[str], candidates: list[Candidate[str]], keys: dict[str, str]) -> bool:
    """Ends in an ellipsis, or in the middle, where another place prints more."""
    if not candidate.value.endswith(_CUT_OFF) or candidate.origin == "heading":
        return False
    begun = fold(candidate.value.rstrip(".…[] "))
    return any(keys[other.value].startswith(begun) and len(keys[other.value]) > len(begun) for other in candidates)


def _is_akin(one: str, other: str) -> bool:
    """Do two titles share most of their beginning, their end, or is one within the other?"""
    shorter, longer = sorted((one, other), key=len)
    if not shorter:
        return False
    if shorter in longer and len(shorter) >= 8:
        return True
    return len(shorter) >= 16 and (shorter[:14] == longer[:14] or shorter[-14:] == longer[-14:])


def _heading(evidence: Evidence, key: str) -> Piece | None:
    every = (*evidence.headings, *evidence.lesser_headings)
    fitting = [piece for piece in every if key and _is_akin(key, fold(piece.words))]
    return (fitting or evidence.headings or [None])[0]
