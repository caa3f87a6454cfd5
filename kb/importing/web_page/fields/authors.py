"""Chooses who wrote an article: people first, else the agency or team that alone signs it."""

from collections.abc import Iterator

from kb.importing.page_text.names import read_byline
from kb.importing.records import Finding
from kb.importing.web_page.fields.article import Described
from kb.importing.web_page.fields.cleaning import clean
from kb.importing.web_page.fields.evidence import Evidence, Piece
from kb.importing.web_page.fields.json_ld import as_list, text_of, types_of
from kb.importing.web_page.fields.people import distinct, key_of, read_people, read_teams
from kb.importing.web_page.fields.site import Site
from kb.importing.web_page.fields.weighing import Candidate, finding
from kb.text.words import word_set

_WEIGHTS = {"json-ld": 4.0, "microdata": 2.7, "meta": 2.4, "byline": 2.6, "link": 2.0, "opengraph": 2.0}
_METAS = (
    *("author", "authors", "article:author_name", "byl", "byline", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "dc:creator"),
    *("citation_author", "creator", "cxenseparse:author", "cxenseparse:recs:author", "article.author", "shareaholic:article_author_name", "vr:author", "rbauthors", "dc.contributor"),
)  # fmt: skip
_NO_PERSON = word_set("Organization NewsMediaOrganization Corporation NGO GovernmentOrganization Brand WebSite")
# The author of a comment or of the site is not the author of the article.
_OTHER_SCOPES = word_set(
    "Comment UserComments WebSite ImageObject VideoObject Review Organization NewsMediaOrganization"
)
# How far behind the heading a byline may stand, in elements; most pages print it right there.
_NEAR = 400

type Names = tuple[str, ...]


def read_authors(evidence: Evidence, described: Described, site: Site) -> tuple[Names, Finding | None]:
    """The names as printed, in their order, and where they were read."""
    people = list(_people(evidence, described, site))
    if chosen := _choose(people):
        return chosen.value, finding(chosen, people, key_of)
    teams = list(_teams(evidence, described, site)) or list(_accounts(evidence, site))
    if chosen := _choose(teams):
        return chosen.value, finding(chosen, teams, key_of)
    return (), None


def _choose(candidates: list[Candidate[Names]]) -> Candidate[Names] | None:
    """The list with most places behind it; a place that names some of the same people stands half behind a list."""
    if not candidates:
        return None
    keys = {candidate.value: key_of(candidate.value) for candidate in candidates}

    def support(candidate: Candidate[Names]) -> float:
        own, best = keys[candidate.value], {}
        for other in candidates:
            theirs = keys[other.value]
            share = (
                1.0 if own == theirs else 0.5 if own > theirs else 0.4 if own < theirs else 0.1 if own & theirs else 0
            )
            best[other.origin] = max(best.get(other.origin, 0), share * other.weight)
        return sum(best.values())

    best = max(candidates, key=lambda candidate: (support(candidate), candidate.weight))
    same = [candidate for candidate in candidates if keys[candidate.value] == keys[best.value]]
    shouted = all(name.isupper() for name in best.value)
    if shouted:
        return next((candidate for candidate in same if not all(name.isupper() for name in candidate.value)), best)
    return best


def _people(evidence: Evidence, described: Described, site: Site) -> Iterator[Candidate[Names]]:
    if names := _declared_people(described, site):
        yield _candidate("json-ld", names)
    names = [name for _, content in evidence.meta(*_METAS[:1]) for name in read_people(content, site, is_declared=True)]
    if names:
        yield _candidate("meta", names)
    for key in (*_METAS[1:], "article:author", "og:author", "og:article:author"):
        names = [name for _, content in evidence.meta(key) for name in read_people(content, site, is_declared=True)]
        if names:
            yield _candidate("opengraph" if ":" in key else "meta", names)
    if names := _labelled(evidence, site):
        yield _candidate("meta", names)
    properties = [
        piece
        for name in ("author", "creator")
        for piece in evidence.properties.get(name, ())
        if _is_authors(evidence, piece)
    ]
    names = [name for piece in properties for name in _names_in(piece, site)]
    if names:
        yield _candidate("microdata", names)
    yield from _printed(evidence, site)


def _declared_people(described: Described, site: Site) -> list[str]:
    """The people whom the article's objects call their authors; of each object the first that names any."""
    for node in described.objects:
        for property_name in ("author", "creator"):
            names: list[str] = []
            for value in as_list(node.get(property_name)):
                value = described.resolved(value)
                if isinstance(value, dict) and _NO_PERSON & set(types_of(value)):
                    # Many sites call their people organisations: what looks like a person is one.
                    names += read_people(_name_of(value), site, is_declared=False)
                else:
                    for single in as_list(_name_of(value))[:30]:
                        names += read_people(text_of(single), site, is_declared=True)
            if names:
                return names
    return []


def _name_of(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if value.get("name"):
        return value["name"]
    parts = [text_of(value.get(name)) for name in ("givenName", "additionalName", "familyName")]
    return " ".join(part for part in parts if part)


def _labelled(evidence: Evidence, site: Site) -> list[str]:
    """A card for social media may say "Written by" in one meta and the name in the next."""
    for number in ("1", "2"):
        label = clean(next((content for _, content in evidence.meta(f"twitter:label{number}")), ""), 40).casefold()
        if number == "1" or "by" in label.split():
            for _, content in evidence.meta(f"twitter:data{number}"):
                names = read_people(content, site, is_declared=False)
                if names:
                    return names
    return []


def _printed(evidence: Evidence, site: Site) -> Iterator[Candidate[Names]]:
    """The names in bylines by the heading, and in links that lead to people."""
    near = [piece for piece in evidence.bylines if _is_near(evidence, piece) and len(piece.words) <= 250]
    together: list[str] = []
    for piece in near[:12]:
        if names := _names_in(piece, site):
            yield Candidate("byline", piece.words, tuple(distinct(names)), _WEIGHTS["byline"])
            together.extend(names)
    if len(distinct(together)) > 1:
        # Each name in an element of its own, where another place confirms them all.
        yield Candidate("byline", ", ".join(distinct(together)), tuple(distinct(together)), 1.5)
    lines = [piece for piece in evidence.lines if _is_near(evidence, piece) and len(piece.words) <= 150]
    for piece in lines[:30]:
        byline = read_byline(piece.words, site.register)
        names = [name for name in (byline.authors if byline else ()) if read_people(name, site, is_declared=False)]
        if names:
            yield Candidate("byline", piece.words, tuple(distinct(names)), 1.8)
            break
    links = [piece for piece in evidence.author_links if _is_near(evidence, piece) and len(piece.words) <= 80]
    names = [name for piece in links[:12] for name in read_people(piece.words, site, is_declared=False)]
    if names:
        yield _candidate("link", names)
        return
    signed = [piece for piece in evidence.author_links if "author" in piece.names and evidence.is_of_article(piece)]
    names = [name for piece in signed[:12] for name in read_people(piece.words, site, is_declared=False)]
    if len(distinct(names)) == 1:
        yield _candidate("link", names)


def _names_in(piece: Piece, site: Site) -> list[str]:
    """The names of an element: those of its links to people, else those of its words."""
    if piece.links:
        names = [name for words in piece.links for name in read_people(words, site, is_declared=False)]
        if names:
            return names
    return read_people(piece.value or piece.words, site, is_declared=False)


def _is_authors(evidence: Evidence, piece: Piece) -> bool:
    return piece.scope not in _OTHER_SCOPES and evidence.is_of_article(piece)


def _is_near(evidence: Evidence, piece: Piece) -> bool:
    heading = evidence.heading
    if not evidence.is_of_article(piece):
        return False
    return heading is None or heading.place - 150 <= piece.place <= heading.place + _NEAR


def _teams(evidence: Evidence, described: Described, site: Site) -> Iterator[Candidate[Names]]:
    declared = [
        name
        for value in described.values("author")
        for single in as_list(_name_of(value))
        for name in read_teams(text_of(single), site)
    ]
    if declared:
        yield _candidate("json-ld", declared)
    names = [
        name for _, content in evidence.meta("author", "parsely-author", "byl") for name in read_teams(content, site)
    ]
    if names:
        yield _candidate("meta", names)
    for piece in (*evidence.bylines, *evidence.author_links):
        if _is_near(evidence, piece) and len(piece.words) <= 60:
            names = [name for name in read_teams(piece.words, site) if site.register.is_known(name)]
            if names:
                yield _candidate("byline", names)
                break


def _accounts(evidence: Evidence, site: Site) -> Iterator[Candidate[Names]]:
    """The one word under which somebody signs, in a link that says it leads to the author."""
    for piece in evidence.author_links:
        words = piece.words
        if not ("author" in piece.names and _is_near(evidence, piece) and words.isalnum() and 2 < len(words) <= 30):
            continue
        names = [name for name in read_teams(words, site) if not site.is_outlet(name)]
        if names:
            yield _candidate("link", names)
            return


def _candidate(origin: str, names: list[str]) -> Candidate[Names]:
    names = distinct(names)
    return Candidate(origin, ", ".join(names), tuple(names), _WEIGHTS[origin])
