"""Gathers, in one walk over the tree of a page, everything that may tell its fields.

Nothing is decided here. What is gathered is bounded in number and in length, so that a hostile page costs no more than a
long one.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

import re2 as re
from lxml import etree

from kb.importing.web_page.fields.cleaning import clean
from kb.importing.web_page.fields.json_ld import LONGEST_SCRIPT, MOST_SCRIPTS, read_scripts
from kb.text.addresses import is_web_address
from kb.text.words import without_surrogates, word_set

MOST_ELEMENTS = 300_000
MOST_METAS = 400
MOST_OF_A_KIND = 60
MOST_LINES = 200
LONGEST_WORDS = 600
MOST_NODES = 400  # of one element's text

# Words in class, id, itemprop, data-* and rel by which sites of all languages name the places of a page.
_BYLINE = word_set(
    "byline bylines author authors autor autora autores autoren auteur auteurs auteure autore autori forfatter författare skribent verfasser writer writers "
    "redactor reporter reporters journalist journaliste journalista periodista firma firmante signature signatur kirjoittaja toimittaja auteurnaam yazar avtor автор авторы szerzo "
    "contributor contributors bylines byl dateline byline-name authorname articleauthor"
)
_DATE = word_set(
    "date dates datetime time timestamp published publish pubdate pubtime publication datum fecha data datepublished published-date published-time dateline veroeffentlicht "
    "publicado publie posted postdate entrydate createdate created dato päivämäärä tarih дата zeit meta byline"
)
_STANDFIRST = word_set(
    "standfirst subtitle subheadline subhead subheading deck dek lead lede lead-text intro teaser-text leadtext chapo chapeau sous-titre soustitre bajada copete entradilla sumario sottotitolo occhiello catenaccio "
    "vorspann anleser ingress lid summary abstract excerpt description underrubrik ingres sapo sommario sottotitolo subtitulo subtítulo kicker-description"
)
_KICKER = word_set(
    "kicker overline roofline dachzeile topline spitzmarke eyebrow rubric rubrik rubrique volanta antetitulo antetítulo cintillo surtitre supertitle suptitle label flag badge category section strapline "
    "headline__kicker tag overtitle pretitle occhiello hat chapeu topic"
)
_TAG_LISTS = word_set(
    "tags taglist tag-list tagslist tagged keywords topics topiclist topic-list hashtags schlagworte schlagwörter stichworte mots-cles motscles etiquetas etiquettes temas palavras-chave emner articletags posttags entrytags "
    "tagslinks tags-links etiketler tegs теги"
)
# Where a page speaks of other articles, of itself, or lets others speak.
_ELSEWHERE = word_set(
    "comment comments commentlist disqus related relateds recommended recommendation recommendations sidebar footer nav navbar navigation menu breadcrumb breadcrumbs popular trending "
    "mostread mostpopular newsletter teaser teasers promo outbrain taboola more-stories readmore seealso further ticker carousel slider latest modal popup paywall cookie consent masthead "
    "caption captions credit credits imagecredit photocredit copyright bildnachweis bildunterschrift legende leyenda didascalia gallery "
    "kommentare kommentar comentarios commentaires weitere aehnliche"
)
_ELSEWHERE_TAGS = frozenset(
    ("nav", "footer", "aside", "form", "noscript", "template", "dialog", "figure", "figcaption")
)
_UNREAD = frozenset(("script", "style", "noscript", "template", "svg", "button", "select", "textarea", "iframe"))
_BLOCKS = frozenset(
    ("br", "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "section", "header", "footer", "td", "tr", "dd", "dt")
)  # fmt: skip
_LINES = frozenset(
    (
        "p",
        "span",
        "div",
        "td",
        "li",
        "em",
        "small",
        "strong",
        "b",
        "i",
        "font",
        "h3",
        "h4",
        "h5",
        "h6",
        "dd",
        "cite",
        "center",
    )
)
_TELLING = re.compile(
    r"(?:^|[^\d])(?:19|20)\d\d(?:[^\d]|$)|年|년|^(?i:(?:written |posted |reported |story |text |écrit |escrito |publié )?(?:by|von|par|por|di|door|av|af)\b|autor|author|بقلم|نویسنده|автор|記者|기자)"
)
_NAMING = (
    "class",
    "id",
    "itemprop",
    "data-testid",
    "data-component",
    "data-qa",
    "data-type",
    "data-test",
    "role",
)
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NAME_PART = re.compile(r"[A-Za-z\x{C0}-\x{24F}\x{400}-\x{4FF}]+")
_SEAM = re.compile(r"(\p{Ll})(\p{Lu})")
_IS_AUTHOR_LINK = re.compile(
    r"(?i)/by/[\p{L}]{3,}|/(?:authors?|autor(?:en|es|in|a|e)?|auteurs?|profiles?|profil|people|persons?|personen|redaktion|redaktor|team|staff|journalists?|journalistes?|journalisten|writers?|reporters?|columnists?|contributors?|"
    r"contributeur|experts?|firmas?|autori|periodistas?|skribent|user|users|members?|biography|bio)(?:[/?=_-]|$)|[?&]author="
)
_SIGNED = frozenset(("author",))
_IS_TAG_LINK = re.compile(
    r"(?i)/(?:tags?|hashtags?|etiquetas?|etiquettes?|schlagworte?|stichworte?|mots?-cles|tagi|etiket|keywords?)/[^/]"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one element: `place` orders by the page, `around` are the places elsewhere it stands in, `links` its links."""

    words: str
    place: int
    around: tuple[int, ...] = ()
    names: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    value: str = ""
    scope: str = ""


@dataclass(slots=True)
class Evidence:
    """What a page offers; each list in the order of the page."""

    address: str | None = None
    metas: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    links: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    objects: list[dict] = field(default_factory=list)
    title_tag: str = ""
    heading: Piece | None = None
    language: str = ""
    direction: str = ""
    headings: list[Piece] = field(default_factory=list)
    lesser_headings: list[Piece] = field(default_factory=list)
    bylines: list[Piece] = field(default_factory=list)
    author_links: list[Piece] = field(default_factory=list)
    times: list[Piece] = field(default_factory=list)
    dates: list[Piece] = field(default_factory=list)
    standfirsts: list[Piece] = field(default_factory=list)
    kickers: list[Piece] = field(default_factory=list)
    tags: list[Piece] = field(default_factory=list)
    lines: list[Piece] = field(default_factory=list)
    properties: dict[str, list[Piece]] = field(default_factory=lambda: defaultdict(list))

    def meta(self, *names: str) -> Iterator[tuple[str, str]]:
        """Every content of the named metas, with its name, in the order of the names."""
        for name in names:
            for content in self.metas.get(name, ()):
                yield name, content

    def is_of_article(self, piece: Piece) -> bool:
        """Not in a place of other articles or comments, unless the article's heading stands in the same."""
        return not set(piece.around) - set(self.heading.around if self.heading else ())


def gather(root: etree._Element, address: str | None = None) -> Evidence:
    """Walk the tree once. Linear in the page; never raises on what a page contains."""
    evidence = Evidence(address=address if address and is_web_address(address) else None)
    attributes = root.attrib
    evidence.language = attributes.get("lang") or attributes.get("xml:lang") or attributes.get(_XML_LANGUAGE) or ""
    evidence.direction = attributes.get("dir") or ""
    scripts: list[str] = []
    elsewhere: list[tuple[etree._Element, int]] = []
    tag_lists: list[etree._Element] = []
    place = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if event == "end":
            if elsewhere and elsewhere[-1][0] is element:
                elsewhere.pop()
            if tag_lists and tag_lists[-1] is element:
                tag_lists.pop()
            continue
        place += 1
        if place > MOST_ELEMENTS:
            break
        if tag == "script":
            if "ld+json" in (element.get("type") or "").lower() and len(scripts) < MOST_SCRIPTS:
                scripts.append((element.text or "")[: LONGEST_SCRIPT + 1])
            continue
        names = _names_of(element)
        if tag in _ELSEWHERE_TAGS or (names & _ELSEWHERE and tag not in ("html", "body", "main", "article", "h1")):
            elsewhere.append((element, place))
        if names & _TAG_LISTS and tag not in ("html", "body", "main", "article", "a"):
            tag_lists.append(element)
        around = tuple(number for _, number in elsewhere[-8:])
        _note(evidence, element, place, names, around, is_in_tags=bool(tag_lists))
    evidence.objects = read_scripts(scripts)
    return evidence


def _note(
    evidence: Evidence,
    element: etree._Element,
    place: int,
    names: frozenset[str],
    around: tuple[int, ...],
    *,
    is_in_tags: bool,
):
    """Put an element where it belongs; it may belong to several kinds."""
    tag = element.tag
    if tag == "meta":
        _note_meta(evidence, element)
    elif tag == "title" and not evidence.title_tag:
        evidence.title_tag = clean(element.text)
    elif tag == "body":
        evidence.language = evidence.language or element.get("lang") or ""
        evidence.direction = evidence.direction or element.get("dir") or ""
    relations = frozenset((element.get("rel") or "").lower().split()[:10]) if tag in ("a", "link") else frozenset()
    if tag == "link" and (href := element.get("href")):
        for relation in relations:
            if len(evidence.links[relation]) < MOST_OF_A_KIND:
                evidence.links[relation].append(href.strip()[:2000])
    kinds = list(_kinds(tag, names, relations, element.get("href") if tag == "a" else None, is_in_tags))
    if not kinds and tag in _LINES and _is_telling_line(element):
        kinds.append("lines")
    properties = (element.get("itemprop") or "").split()[:4]
    if not kinds and not properties:
        return
    piece = None
    for target in (
        *(getattr(evidence, kind) for kind in kinds),
        *(evidence.properties[name] for name in properties if len(evidence.properties) < MOST_METAS),
    ):
        if len(target) >= (MOST_LINES if target is evidence.lines else MOST_OF_A_KIND):
            continue
        piece = piece or _piece(element, place, names | relations & _SIGNED, around, is_property=bool(properties))
        target.append(piece)


def _kinds(
    tag: str, names: frozenset[str], relations: frozenset[str], href: str | None, is_in_tags: bool
) -> Iterator[str]:
    """The kinds of evidence an element is, by its tag and by the names in its attributes."""
    if tag in ("html", "body", "head", "meta", "link", "main"):
        return
    if tag == "h1":
        yield "headings"
    if tag == "h2":
        yield "lesser_headings"
    if tag == "time":
        yield "times"
    if "author" in relations or (href and names & _BYLINE) or (href and _IS_AUTHOR_LINK.search(href[:300])):
        yield "author_links"
    elif names & _BYLINE or tag == "address":
        yield "bylines"
    if names & _DATE and tag != "time":
        yield "dates"
    if names & _STANDFIRST and tag not in ("a", "img"):
        yield "standfirsts"
    if names & _KICKER and tag != "li":
        yield "kickers"
    # A link to a topic may stand anywhere in prose; a tag stands in a list that says so, or says so itself.
    says_tag = "tag" in relations or is_in_tags or (href and _IS_TAG_LINK.search(href[:300]))
    if tag == "a" and says_tag and "category" not in relations:
        yield "tags"


def _is_telling_line(element: etree._Element) -> bool:
    """Is the element's own text short, and does it hold a year or begin like a byline?"""
    own = [element.text or "", *(child.tail or "" for child in element)]
    text = " ".join("".join(own).split()) if sum(map(len, own)) <= 2000 else ""
    return 5 <= len(text) <= 150 and _TELLING.search(without_surrogates(text)) is not None


def _note_meta(evidence: Evidence, element: etree._Element):
    content = element.get("content")
    if not content or len(content) > 20_000 or len(evidence.metas) >= MOST_METAS:
        return
    for attribute in ("name", "property", "http-equiv"):
        # Several properties may stand in one attribute.
        for name in (element.get(attribute) or "").lower().split()[:4]:
            if len(evidence.metas[name]) < 3 * MOST_OF_A_KIND:
                evidence.metas[name].append(content)


def _piece(
    element: etree._Element, place: int, names: frozenset[str], around: tuple[int, ...], *, is_property: bool
) -> Piece:
    value = (
        element.get("content")
        or element.get("datetime")
        or (element.get("title") if element.tag == "abbr" else "")
        or ""
    )
    return Piece(
        words=words_in(element),
        place=place,
        around=around,
        names=names,
        links=tuple(_linked_words(element)),
        value=clean(value, 2000),
        scope=_scope(element) if is_property else "",
    )


def _scope(element: etree._Element) -> str:
    """The bare type of the thing whose property this element is."""
    for _ in range(40):
        element = element.getparent()
        if element is None:
            return ""
        if element.get("itemscope") is not None or element.get("itemtype"):
            return (element.get("itemtype") or "").strip().rpartition("/")[2]
    return ""


def words_in(element: etree._Element, longest: int = LONGEST_WORDS) -> str:
    """The words of an element, blocks divided by a blank; what no reader sees is left out. Empty when longer."""
    if (content := element.get("content")) and element.tag == "meta":
        return clean(content, longest)
    pieces: list[str] = []
    length = hidden = 0
    for number, (event, inner) in enumerate(etree.iterwalk(element, events=("start", "end"))):
        if number > MOST_NODES:
            return ""
        is_hidden = not isinstance(inner.tag, str) or inner.tag in _UNREAD
        if event == "start":
            hidden += is_hidden
            text = None if hidden else inner.text
            if inner.tag in _BLOCKS:
                pieces.append(" ")
        else:
            hidden -= is_hidden
            if inner.tag in _BLOCKS:
                pieces.append(" ")
            text = inner.tail if not hidden and inner is not element else None
        if text:
            pieces.append(text)
            length += len(text)
            if length > 20 * longest:
                return ""
    return clean("".join(pieces), longest)


def _linked_words(element: etree._Element) -> Iterator[str]:
    """The words of the links within an element that lead to people, or the element's own if it is such a link."""
    for number, inner in enumerate(element.iter()):
        if number > MOST_NODES:
            return
        if inner.tag != "a":
            continue
        href, relations = inner.get("href") or "", (inner.get("rel") or "").lower()
        if "author" in relations.split() or _IS_AUTHOR_LINK.search(href[:300]):
            yield words_in(inner, 100)


def _names_of(element: etree._Element) -> frozenset[str]:
    attributes = element.attrib
    found = [attributes[name] for name in _NAMING if name in attributes]
    return _names(" ".join(found)[:400]) if found else frozenset()


@lru_cache(maxsize=2048)
def _names(words: str) -> frozenset[str]:
    """The words of which the names in attributes are made: "article__authorName" is article, author, name, authorname."""
    words = without_surrogates(words)
    parts = _NAME_PART.findall(_SEAM.sub(r"\1 \2", words))
    return frozenset(word.lower() for word in (*parts, *words.split(), *_NAME_PART.findall(words)))
