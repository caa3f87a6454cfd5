"""Knows by what names a page's site goes: so that titles, tags and bylines can be told from them."""

from kb.importing.page_text.names import looks_like_site
from kb.importing.records import Finding
from kb.importing.register import Register
from kb.importing.web_page.fields.article import Described, organisations
from kb.importing.web_page.fields.cleaning import clean
from kb.importing.web_page.fields.evidence import Evidence
from kb.importing.web_page.fields.json_ld import text_of
from kb.importing.web_page.fields.weighing import Candidate, finding
from kb.text.addresses import host_of
from kb.text.folding import fold
from kb.text.words import word_set

# What sites add to their names.
_ADDED = word_set(
    "news newsonline online com net org tv radio magazine magazin mag digital web site website blog live app 24 uk us usa de fr es it en english deutsch international world worldwide nachrichten zeitung journal noticias "
    "info daily today media group newspaper newspapers homepage startseite official www français español"
)
_LONGEST_NAME = 80


_SECOND_LEVEL = frozenset(("co", "com", "org", "net", "gov", "ac", "or", "ne", "edu"))


class Site:
    """The site of a page: its host and every name that the page or the register gives it."""

    def __init__(self, evidence: Evidence, described: Described, register: Register):
        self.host = _host_of(evidence)
        self.register = register
        self.known_as = register.source_at(self.host)
        self._candidates = list(_names(evidence, described))
        self._keys = {fold(candidate.value) for candidate in self._candidates}
        if self.known_as:
            self._keys.add(fold(self.known_as))
        labels = self.host.split(".")
        if len(labels) > 1:
            # "lemonde" of www.lemonde.fr, "bbc" of bbc.co.uk
            own = labels[-3] if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else labels[-2]
            named = {own, own.removeprefix("the"), self.host, *(label for label in labels[:-1] if len(label) > 3)}
            self._keys |= {fold(label) for label in named}
        self._keys.discard("")

    def is_name(self, words: str) -> bool:
        """Do these words only name the site?"""
        key = fold(words)
        if not key:
            return False
        if key in self._keys:
            return True
        match = self.register.resolve(words)
        if self.known_as and match.source == self.known_as:
            return True
        # "BBC News" where the site is "BBC", "The Example Online" where it is "Example".
        return any(
            (key.startswith(name) and key.removeprefix(name) in _ADDED)
            or (key.endswith(name) and key.removesuffix(name) in _ADDED)
            for name in self._keys
        )

    def is_outlet(self, words: str) -> bool:
        """Do these words name the site, another address or an outlet of the register?"""
        match = self.register.resolve(words)
        return self.is_name(words) or looks_like_site(words) or (match.is_known and self.register.is_outlet(match))

    def publisher(self) -> tuple[str | None, Finding | None]:
        """The register's name for the site where it has one, else the name as printed, and where it was read."""
        if self.known_as:
            known = Candidate("address", self.host, self.known_as, 9)
            return self.known_as, finding(known, self._candidates, self._name_key)
        for candidate in self._candidates:
            match = self.register.resolve(candidate.value)
            name = match.source or candidate.value
            return name, finding(candidate, self._candidates, self._name_key)
        return None, None

    def _name_key(self, name: object) -> str:
        return fold(self.register.resolve(str(name)).source or str(name))


def _names(evidence: Evidence, described: Described):
    """The names that a page gives its site, the best first."""
    for value in described.values("publisher"):
        if name := _name(text_of(value)):
            yield Candidate("json-ld", name, name, 3)
    for _key, content in evidence.meta("og:site_name"):
        if name := _name(content):
            yield Candidate("opengraph", name, name, 3)
    for node in organisations(evidence, "NewsMediaOrganization", "WebSite"):
        if name := _name(text_of(node.get("name"))):
            yield Candidate("json-ld", name, name, 2)
    for piece in evidence.properties.get("publisher", ()):
        if name := _name(piece.value or piece.words):
            yield Candidate("microdata", name, name, 1)
    for _key, content in evidence.meta("application-name", "publisher", "dc.publisher", "apple-mobile-web-app-title"):
        if name := _name(content):
            yield Candidate("meta", name, name, 1)


def _name(words: str) -> str:
    name = clean(words, _LONGEST_NAME)
    return "" if not any(map(str.isalpha, name)) or name.startswith(("http", "@", "#")) else name


def _host_of(evidence: Evidence) -> str:
    named = [content for _, content in evidence.meta("og:url", "twitter:url")]
    for address in (evidence.address, *evidence.links.get("canonical", ()), *named):
        if address and (host := host_of(address)):
            return host
    return ""
