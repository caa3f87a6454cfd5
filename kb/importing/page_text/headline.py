"""Chooses the headline among the copies of a title and takes off what sites print before and after it."""

from dataclasses import dataclass

from kb.importing.page_text.cutting import Outline
from kb.importing.page_text.marking import BREADCRUMB_STEPS, split_genre_prefix
from kb.importing.page_text.names import looks_like_outlet, looks_like_site
from kb.importing.page_text.passages import Passage, words_of
from kb.importing.register import Register

_SEPARATORS = (" | ", " » ", " :: ", " • ", " · ", " — ", " – ", " - ")
_LONGEST_SITE = 50


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline as printed, with the genre printed before it and the site's name printed after one of its copies."""

    text: str | None = None
    genre: str | None = None
    site: str | None = None


def read_headline(cut: Outline, sites: set[str]) -> Headline:
    """The best-formed copy of the title; `sites` are the keys of names that the page gives its site elsewhere."""
    marked = cut.sheet.marked
    copies = [marked[index].passage for index in cut.titles if marked[index].rule != "breadcrumb"]
    if not copies:
        return Headline(_last_step(cut))
    barest = min(copies, key=lambda passage: len(passage.key))
    best = max(copies, key=lambda passage: _form(passage, barest.key))
    # A wrapped title is one line again; otherwise it stays as printed.
    text = " ".join(best.text.split()) if len(best.text.splitlines()) > 1 else best.text
    genre, text = split_genre_prefix(text)
    keys = {copy.key for copy in copies}
    text, site = _without_site(text, keys, sites, cut.register)
    if site is None:
        found = [_without_site(copy.text, keys, sites, cut.register)[1] for copy in copies]
        site = next((name for name in found if name), None)
    return Headline(text, genre, site)


def outlet_key(name: str) -> str:
    """What two spellings of one outlet's name have in common: no article, no blanks, no capitals."""
    return "".join(words_of(name)).removeprefix("the")


def _form(passage: Passage, barest: str) -> tuple:
    """How well a copy of the title is formed: nothing around it, not cut, not all capitals, its names in capitals, curly."""
    letters = [character for character in passage.text if character.upper() != character.lower()]
    is_shouted = bool(letters) and all(map(str.isupper, letters))
    capitals = 0 if is_shouted else sum(word[:1].isupper() for word in passage.text.split())
    has_curly = any(mark in passage.text for mark in "’‘“”")
    return (passage.key == barest, not passage.is_cut_off, not is_shouted, capitals, has_curly, passage.start)


def _last_step(cut: Outline) -> str | None:
    """The last step of a printed path, if nothing else gives the title and it reads like one."""
    for index in cut.header:
        if cut.sheet.marked[index].rule == "breadcrumb":
            steps = BREADCRUMB_STEPS.split(cut.sheet.passages[index].text)
            if len(steps) > 1 and len(steps[-1].split()) >= 4:
                return steps[-1].strip()
    return None


def _without_site(title: str, keys: set[str], sites: set[str], register: Register) -> tuple[str, str | None]:
    """The title without the site's name at its end, and that name; a dash alone does not make a name."""
    for separator in _SEPARATORS:
        base, found, site = title.rpartition(separator)
        base, site = base.strip(), site.strip()
        if not found or len(base.split()) < 2 or not 1 <= len(site.split()) <= 6 or len(site) > _LONGEST_SITE:
            continue
        match = register.resolve(site)
        is_named = outlet_key(site) in sites or looks_like_site(site) or (match.is_known and register.is_outlet(match))
        is_bare_elsewhere = " ".join(words_of(base)) in keys
        is_after_bar = separator == " | " and site[:1].isupper() and not any(map(str.isdigit, site))
        is_outlet_like = separator != " · " and looks_like_outlet(site) and site.istitle()
        if is_named or is_bare_elsewhere or is_after_bar or is_outlet_like:
            # A path behind the title ("Title | World | Site") ends in the site.
            rest = _without_site(base, keys, sites, register)[0] if separator in base else base
            for other in _SEPARATORS:
                site = site.rpartition(other)[2].strip()
            return rest, site
    return title, None
