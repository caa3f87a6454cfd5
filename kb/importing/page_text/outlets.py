"""Reads which site a page stands on and which outlet first published its article."""

from collections import defaultdict

import re2 as re

from kb.importing.page_text.cutting import Outline
from kb.importing.page_text.headline import outlet_key
from kb.importing.page_text.marking import DateLine
from kb.importing.page_text.names import looks_like_person, looks_like_site
from kb.importing.page_text.notices import read_name
from kb.importing.page_text.passages import plain
from kb.text.printed_days import find_days
from kb.text.words import word_set

# What a name needs to be believed, and what each kind of phrase adds to it.
_ENOUGH = 2
_PHRASES = (
    (3, re.compile(r"(?i)(?:©|\(c\)|\bcopyright\b)[ ,:]*(?:©|\(c\))?[ ,:]*(?:\d{4}(?: ?[-–] ?\d{2,4})?)?[ ,:|.-]*(?:by )?(?P<name>\S.*)$")),
    (3, re.compile(r"(?i)\bwhat (?P<name>.{2,60}?)(?: ai| app| plus| premium)? can do for you")),
    (3, re.compile(r"(?i)^(?:about|welcome to|download the|get the|open in the) (?P<name>.{2,60}?)(?: app)?$")),
    (2, re.compile(r"(?i)^(?:please )?support (?P<name>.{2,60})$")),
    (2, re.compile(r"(?i)\bsupport(?:ing)? (?P<name>\S.{1,60})")),
    (2, re.compile(r"(?i)\b(?:subscribe to|sign up for|sign up to|newsletter from|join) (?:our )?(?P<name>\S.{1,60}?)(?:'s|’s)? ?(?:newsletter|daily|briefing|today|now|\.|$)")),
    (2, re.compile(r"(?i)\b(?:follow|find) (?P<name>.{2,60}?) on (?:facebook|twitter|x|telegram|instagram|whatsapp|linkedin|youtube|google news)\b")),
    (2, re.compile(r"(?i)^(?:more|latest|best) (?:from|of) (?P<name>.{2,60})$")),
    (1, re.compile(r"(?i)\b(?:views|position|policy|stance) of (?P<name>\S.{1,60})")),
)  # fmt: skip
_ROLE_AT = re.compile(
    r"(?i)\b(?:editor|reporter|correspondent|columnist|writer|contributor|journalist|producer|bureau chief|publisher|founder)s?"
    r"(?: ?\([^)]{1,30}\))?(?: ?[-–,]? ?in[- ]chief)? (?:at|for|of|with) (?P<name>\S.{1,80})"
)
_PAST = (
    "held",
    "former",
    "previous",
    "worked",
    "has written",
    "was ",
    "past",
    "served",
    "including",
    "such as",
    "earlier",
)
_NO_NAMES = word_set(
    "us our the this your my me their its his her all rights reserved newsletter newsletters independent quality free press "
    "journalism more rss ad ads riproduzione reproduction reproducción todos todas tous toutes alle alla diritti droits derechos direitos rechte tutti все wszelkie tüm site website app team work author authors article page"
)
_CORPORATE = word_set("ltd limited inc llc plc gmbh pvt private corp corporation company co sa ag bv")
# Lines in which a site speaks of itself. Links and other articles name other outlets.
_OWN_RULES = word_set(
    "donation app-advert newsletter copyright disclaimer site-chrome trailing-line header-line share-count comments "
    "cookie-notice tag-list"
)


def read_publisher_votes(cut: Outline) -> dict[str, int]:
    """How strongly the lines around the article speak for each name as that of the site."""
    votes: dict[str, int] = defaultdict(int)
    counted: set[str] = set()
    for index, one in enumerate(cut.sheet.marked):
        # A line printed again is no further evidence.
        if index in cut.kinds or len(one.passage.text) > 1500 or one.passage.text in counted:
            continue
        counted.add(one.passage.text)
        if one.byline and one.byline.site:
            votes[one.byline.site] += 3
        if cut.rules[index] == "author-card":
            _vote_role(one.passage.text, votes)
        elif cut.rules[index] in _OWN_RULES:
            _vote_phrases(one.passage.text, votes)
    return votes


def choose_publisher(votes: dict[str, int]) -> str | None:
    """The name with most votes, if they are enough and no other name has as many."""
    weights: dict[str, int] = defaultdict(int)
    printed: dict[str, str] = {}
    for name, weight in votes.items():
        key = outlet_key(name)
        weights[key] += weight
        # The fullest form: with its article, as the site prints it.
        printed[key] = max(printed.get(key, ""), name, key=len)
    ranked = sorted(weights, key=weights.__getitem__, reverse=True)
    if not ranked or weights[ranked[0]] < _ENOUGH:
        return None
    if len(ranked) > 1 and weights[ranked[1]] == weights[ranked[0]]:
        return None
    return printed[ranked[0]]


def read_origin(cut: Outline, publisher: str | None) -> tuple[str | None, str | None]:
    """The outlet that first published the article, if it is not the publisher, and the day printed with it."""
    marked = cut.sheet.marked
    for index in cut.around:
        notice = marked[index].notice
        if notice and notice.outlet and not is_same_outlet(notice.outlet, publisher):
            days = find_days(marked[index].passage.text, at_most=1)
            return notice.outlet, days[0].edtf if days else None
    for index in cut.header:
        date_line = marked[index].date_line
        if date_line and _is_outlet_label(cut, marked[index].passage.text, date_line, publisher):
            return date_line.beside, date_line.edtf
    return None, None


def is_same_outlet(name: str, publisher: str | None) -> bool:
    """Whether a printed name means the publisher."""
    return publisher is not None and outlet_key(name) == outlet_key(publisher)


def _is_outlet_label(cut: Outline, text: str, date_line: DateLine, publisher: str | None) -> bool:
    """Words beside a date that name the outlet an aggregator took the article from."""
    name = date_line.beside
    if not name or date_line.label or date_line.has_weekday or len(name.split()) > 6:
        return False
    if is_same_outlet(name, publisher):
        return False
    # "The Example24-03-2025": cards of aggregators run the outlet into its date.
    is_glued = text.startswith(name) and text[len(name) : len(name) + 1].isdigit()
    if is_glued and name[:1].isupper():
        return publisher is not None or not looks_like_person(name, cut.register)
    return publisher is not None and cut.register.is_known(name)


def _vote_phrases(text: str, votes: dict[str, int]) -> None:
    voted: set[str] = set()
    for weight, phrase in _PHRASES:
        match = phrase.search(text[:600])
        name = _site_name(match["name"]) if match else None
        if name and name not in voted:
            voted.add(name)
            votes[name] += weight


def _vote_role(text: str, votes: dict[str, int]) -> None:
    for sentence in text.replace("! ", ". ").split(". "):
        match = _ROLE_AT.search(sentence[:400])
        if match and not any(word in sentence.casefold() for word in _PAST) and (name := _site_name(match["name"])):
            votes[name] += 2


def _site_name(text: str) -> str | None:
    """The name at the beginning of a phrase, if it is a proper one."""
    name = read_name(text.replace("All Rights", "").replace("All rights", ""))
    words = name.split() if name else []
    while len(words) > 1 and (words[-1].casefold().strip(".,") in _CORPORATE or words[-1].isdigit()):
        words.pop()
    name = " ".join(words).rstrip(",")
    if not name or name.isdigit() or plain(name).removeprefix("the ").split()[0] in _NO_NAMES:
        return None
    return name if any(map(str.isupper, name)) or looks_like_site(name) else None
