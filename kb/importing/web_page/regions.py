"""Parts of a page that are no article, by the names their makers gave them."""

import re2 as re

from kb.importing.web_page.source_map import Element

_NAMES = re.compile(
    r"\s(?:class|id|itemprop|role|aria-label|data-(?:component|module|testid|type|name|widget|track|qa)[a-z-]*)\s*=\s*"
    r"(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))"
)
_HIDDEN = re.compile(r"\shidden(?:[\s=>]|$)|display\s*:\s*none|visibility\s*:\s*hidden|aria-hidden\s*=\s*[\"']?true")


def _pattern(words: str) -> re._Regexp:
    """Names are written with hyphens, underscores and capitals, and words in them run together."""
    return re.compile("|".join(words.split()))


# Whatever stands in a part of such a name is no article, prose or not.
_CERTAIN = {
    "comments": _pattern(
        r"\bcomments?\b comment[-_]?(?:s|list|form|section|body|text|thread|area|item|block|wrap) _comments? disqus talkback "
        r"\bkommentare?\b kommentar[-_] comentarios? commentaires? \brespond\b livefyre spot-?im \bopenweb\b viafoura"
    ),
    "newsletter": _pattern(
        r"newsletter nieuwsbrief subscri(?:be|ption)[-_]?(?:form|box|block|banner|cta|module|widget) sign-?up[-_]?(?:form|box|module)? mailing-?list "
        r"\bmc_embed mailchimp push-?notif"
    ),
    "cookie-notice": _pattern(r"cookie gdpr \bconsent[-_] -consent\b \bcmp[-_] privacy-?notice"),
    "related-articles": _pattern(
        r"\brelated\b related[-_]?(?:articles?|posts?|stor(?:y|ies)|content|news|links?|list|items?|topics?|coverage|reading) [-_]related\b recirc recommended recommendations? "
        r"\bmore[-_](?:on|from|stories|like|news|in|articles|posts|coverage) \bread[-_]?(?:more|next|also|too)\b see[-_]?also outbrain taboola \bzergnet trending most[-_]?(?:read|popular|viewed|shared) "
        r"popular[-_]?(?:posts|articles|stories|news) latest[-_]?(?:news|posts|articles|stories) up[-_]?next also[-_]?(?:like|read|on) similar[-_]?(?:articles|posts|news|stories) "
        r"further[-_]?reading lire[-_]aussi a[-_]lire leia[-_](?:mais|tambem) relacionad[ao]s? verwandte weitere[-_](?:artikel|themen|beitraege) mehr[-_]zum lees[-_](?:ook|meer) leggi[-_]anche "
        r"correlat[ie] lue[-_]myos les[-_]ogs[aå] czytaj[-_](?:tez|takze|wiecej) \bteasers?\b teaser[-_] [-_]teaser jp-relatedposts yarpp next[-_](?:article|post|story) post-navigation nav-links "
        r"article[-_]?(?:list|teaser|promo)\b story[-_]?(?:list|promo|package)\b inline[-_]?(?:related|recirc|promo|story)"
    ),
    "advertisement": _pattern(
        r"\bads?\b \bad[-_](?:slot|unit|box|wrap|container|label|placeholder|block|text) advert \bsponsor(?:ed)?\b sponsored \bdfp\b \bgoogle_ads werbung anzeige\b publicidad pubblicita reklama \bpromo\b promo[-_]?(?:box|block|banner|item|card|unit|link)"
    ),
    "donation": _pattern(
        r"donat(?:e|ion) support[-_](?:us|pay|cta) membership[-_]?(?:cta|promo|box) spenden?[-_] contribut(?:e|ions)[-_](?:cta|box|epic)"
    ),
    "site-chrome": _pattern(
        r"\bsidebar\b side-?bar[-_] [-_]sidebar \bmodal\b modal[-_] \bpopup\b pop-?up[-_] \boverlay\b \btoolbar\b \bsite-?footer page-?footer \bfooter[-_] breadcrumbs? \bmenu\b [-_]menu\b \bnavigation\b \bnavbar "
        r"login[-_]?(?:form|box|modal) \bpaywall[-_]?(?:message|banner|box|overlay|cta|modal|prompt) \bregwall report[-_]?(?:error|mistake) (?:error|typo)[-_]?report skip-?link \bsearchform"
    ),
    "share-count": _pattern(
        r"\bshare\b shar(?:e|ing)[-_]?(?:bar|tools?|buttons?|links?|box|icons?|this|list|widget|wrap|count|menu) [-_]share\b \bsocial[-_]?(?:share|links?|media|icons?|bar|buttons?|follow|network)? sharedaddy addthis \bsns\b"
    ),
}
# What stands in a part of such a name is no article unless it reads as a paragraph.
_LIKELY = {
    "byline": _pattern(
        r"\bby-?line author autor[-_s]? \bautor\b auteur autore\b \bbio\b contributor \bwriters?\b \breporter"
    ),
    "date-line": _pattern(
        r"date-?line time-?stamp pub-?date publish(?:ed)?[-_]?(?:date|time|on|info) post(?:ed)?[-_]?(?:date|time|on|info|meta) \bmeta\b [-_]meta\b meta[-_] \bdate\b datetime \bupdated"
    ),
    "tag-list": _pattern(
        r"\btags?\b tag-?list tags[-_] [-_]tags \bkeywords? \btopics?\b topic-?list categor(?:y|ies)\b \bthemen\b \bhashtags?"
    ),
    "image-credit": _pattern(
        r"\bcaption caption[-_]?(?:text|wrap)? figcaption \bcredits?\b (?:photo|image|picture|media|img)[-_]?(?:credit|caption|copyright|source|desc|info|author|text|legend) bildunterschrift bildtext legende?\b wp-caption \bpie-?foto copyright gallery slideshow lightbox video[-_]?(?:desc|title|caption|meta|info)"
    ),
    "pull-quote": _pattern(r"pull-?quote pullout"),
    "table-of-contents": _pattern(r"\btoc\b table-?of-?contents inhaltsverzeichnis"),
    "site-chrome": _pattern(
        r"\bfooter\b sr-only visually-?hidden screen-?reader d-none\b \bhide\b print-only \bpoll\b \bquiz\b \brating \bvote feedback \btools?\b "
        r"[-_]tools\b follow[-_]?(?:us|bar|button) app[-_]?(?:promo|download|banner) \bcta\b \bbanner\b \bdisclaimer\b \bbox-?links? \blinks?-?(?:box|list)\b subscri register login \bkicker\b \brubri[ck] \bslug\b \beyebrow overline"
    ),
}
_TAGS_CERTAIN = {"nav": "navigation", "button": "form", "form": "form", "select": "form", "dialog": "site-chrome"}
_TAGS_LIKELY = {
    "figcaption": "image-credit",
    "figure": "image-credit",
    "aside": "related-articles",
    "footer": "site-chrome",
    "label": "form",
    "address": "byline",
}
_ARTICLE_TYPES = ("newsarticle", "blogposting", "schema.org/article", "reportagenewsarticle")


def is_article(element: Element) -> bool:
    """Whether the page calls this part an article."""
    return element.tag == "article" or any(kind in element.attributes for kind in _ARTICLE_TYPES)


def rule_of(element: Element) -> tuple[str, bool]:
    """Why a part of this name is no article, and whether that is certain; empty if its name says nothing."""
    if element.tag in ("body", "html", "main"):
        return "", False
    if rule := _TAGS_CERTAIN.get(element.tag):
        return rule, True
    if _HIDDEN.search(element.attributes):
        return "site-chrome", False
    names = " ".join(value for match in _NAMES.findall(element.attributes) for value in match if value)
    if names:
        for rule, pattern in _CERTAIN.items():
            if pattern.search(names):
                return rule, True
        for rule, pattern in _LIKELY.items():
            if pattern.search(names):
                return rule, False
    return _TAGS_LIKELY.get(element.tag, ""), False
