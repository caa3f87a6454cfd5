"""Reads who wrote and published an article, where first and when, from the lines around it."""

from collections import defaultdict
from dataclasses import dataclass

import re2 as re

from kb.importing.page_text.marking import BREADCRUMB_STEPS, DateLine, split_genre_prefix
from kb.importing.page_text.names import looks_like_outlet, looks_like_person, looks_like_site
from kb.importing.page_text.notices import read_name
from kb.importing.page_text.outline import Outline
from kb.importing.page_text.passages import Passage, plain
from kb.importing.records import Problem
from kb.importing.register import Register

_TITLE_SEPARATORS = (" | ", " » ", " :: ", " • ", " · ", " — ", " – ", " - ")
_PUBLISHER_NEEDS = 2

# Phrases by which a page names the site it stands on; the name follows.
_SITE_PHRASES = (
    (
        3,
        re.compile(
            r"(?i)(?:©|\(c\)|\bcopyright\b)[ ,:]*(?:©|\(c\))?[ ,:]*(?:\d{4}(?: ?[-–] ?\d{2,4})?)?[ ,:|.-]*(?:by )?(?P<name>\S.*)$"
        ),
    ),
    (3, re.compile(r"(?i)\bwhat (?P<name>.{2,60}?)(?: ai| app| plus| premium)? can do for you")),
    (3, re.compile(r"(?i)^(?:about|welcome to|download the|get the|open in the) (?P<name>.{2,60}?)(?: app)?$")),
    (2, re.compile(r"(?i)^(?:please )?support (?:the )?(?P<name>.{2,60})$")),
    (2, re.compile(r"(?i)\bsupport(?:ing)? (?:the )?(?P<name>\S.{1,60})")),
    (
        2,
        re.compile(
            r"(?i)\b(?:subscribe to|sign up for|newsletter from|sign up to|join) (?:the |our )?(?P<name>\S.{1,60}?)(?:'s|’s)? ?(?:newsletter|daily|briefing|today|now|\.|$)"
        ),
    ),
    (
        2,
        re.compile(
            r"(?i)\b(?:follow|find) (?P<name>.{2,60}?) on (?:facebook|twitter|x|telegram|instagram|whatsapp|linkedin|youtube|google news)\b"
        ),
    ),
    (2, re.compile(r"(?i)^(?:more|latest|best) (?:from|of) (?P<name>.{2,60})$")),
    (1, re.compile(r"(?i)\b(?:views|position|policy|stance) of (?:the )?(?P<name>\S.{1,60})")),
)
_ROLE_AT = re.compile(
    r"(?i)\b(?:editor|reporter|correspondent|columnist|staff writer|writer|contributor|journalist|producer|bureau chief|publisher|founder)s?(?: ?\([^)]{1,30}\))?(?: ?[-–,]? ?(?:in chief|in-chief))? (?:at|for|of|with) (?P<name>\S.{1,80})"
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
_OWN_WORDS = frozenset(
    "us our the this your my me their its his her all rights reserved newsletter newsletters independent quality free press journalism more rss ad ads site website app team work author authors article page".split()
)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a page says of its article; None and empty where it says nothing."""

    headline: str | None
    authors: tuple[str, ...]
    publisher: str | None
    originally_published_by: str | None
    published: str | None
    retrieved: str | None
    genre: str | None
    problems: tuple[Problem, ...]


def read_imprint(cut: Outline) -> Imprint:
    """Read headline, authors, outlets, dates and genre of a page that was cut into its parts."""
    return _Reader(cut).read()


class _Reader:
    def __init__(self, cut: Outline):
        self.cut = cut
        self.register = cut.register
        self.marked = cut.marked
        self.passages = cut.passages
        self.problems: list[Problem] = []
        self.foreign = ("foreign-article", "related-articles", "teaser", "next-article")

    def read(self) -> Imprint:
        votes = self._publisher_votes()
        label, headline, site = self._headline(votes)
        if site:
            votes[site] += 2
        publisher = self._publisher(votes)
        origin, published = self._origin(publisher)
        dated, retrieved = self._dates()
        return Imprint(
            headline=headline,
            authors=self._authors(publisher, headline),
            publisher=publisher,
            originally_published_by=origin,
            published=published or dated,
            retrieved=retrieved,
            genre=self._genre(label),
            problems=tuple(self.problems),
        )

    # ---- headline

    def _headline(self, votes: dict[str, int]) -> tuple[str | None, str | None, str | None]:
        """The best-formed copy of the title, without the site's name; with the genre printed before it and that name."""
        copies = [self.passages[index] for index in self.cut.titles if self.marked[index].rule != "breadcrumb"]
        if not copies:
            return self._headline_of_breadcrumb()
        shortest = min(copies, key=lambda passage: len(passage.key))
        best = max(copies, key=lambda passage: _form(passage, shortest.key, self.register))
        title = " ".join(best.text.split()) if "\n" in best.text or "\r" in best.text else best.text
        genre, title = split_genre_prefix(title)
        title, site = self._without_site(title, copies, votes)
        if site is None:
            sites = [found for copy in copies for _, found in [self._without_site(copy.text, copies, votes)] if found]
            site = sites[0] if sites else None
        return genre, title, site

    def _headline_of_breadcrumb(self) -> tuple[None, str | None, None]:
        """The last step of a printed path, if nothing else gives the title and it reads like one."""
        for index in self.cut.header:
            if self.marked[index].rule == "breadcrumb":
                steps = BREADCRUMB_STEPS.split(self.passages[index].text)
                if len(steps) > 1 and len(steps[-1].split()) >= 4:
                    return None, steps[-1].strip(), None
        return None, None, None

    def _without_site(self, title: str, copies: list[Passage], votes: dict[str, int]) -> tuple[str, str | None]:
        for separator in _TITLE_SEPARATORS:
            base, found, site = title.rpartition(separator)
            site = site.strip()
            if not found or len(base.split()) < 2 or not 1 <= len(site.split()) <= 6 or len(site) > 50:
                continue
            is_bare_elsewhere = any(copy.key == Passage(0, base.strip(), 1).key for copy in copies)
            is_named = self.register.is_known(site) or looks_like_site(site) or _same_name_in(site, votes)
            if (
                is_bare_elsewhere
                or is_named
                or (separator == " | " and site[:1].isupper())
                or (separator != " · " and looks_like_outlet(site) and len(site.split()) <= 5 and site.istitle())
            ):
                # A path behind the title ("Title | World | Site") ends in the site.
                rest = self._without_site(base.strip(), copies, votes)[0] if separator in base else base.strip()
                return rest, site
        return title, None

    # ---- people

    def _authors(self, publisher: str | None, headline: str | None) -> tuple[str, ...]:
        names: list[str] = []
        lines = [index for index in self.cut.around if self.marked[index].rule == "byline"]
        for index in lines:
            byline = self.marked[index].byline
            if byline is None:
                names += self._name_below(index)
            elif byline.site:
                names += self._account_below(index)
            else:
                names += [name for name in byline.authors if not _is_same_outlet(name, publisher)]
        names = names or self._undersigned() or list(reversed(self.cut.card_names)) or self._name_beside_date(headline)
        return tuple(dict.fromkeys(names))

    def _name_below(self, index: int) -> list[str]:
        """The name under a line that says only "By"."""
        if index + 1 < len(self.passages) and index + 1 not in self.cut.kinds:
            name = self.passages[index + 1].text.strip(" ,")
            if looks_like_person(name, self.register) and name not in self.cut.titles:
                self.cut.rules[index + 1] = "byline"
                return [name]
        return []

    def _account_below(self, index: int) -> list[str]:
        """Where a site signs as author, the name alone on the next line is the account that posted."""
        if index + 1 >= len(self.passages) or index + 1 in self.cut.kinds:
            return []
        passage = self.passages[index + 1]
        is_name = (
            passage.word_count <= 3
            and len(passage.text) <= 40
            and all(character.isalnum() or character in " -_.'’" for character in passage.text)
        )
        if self.marked[index + 1].role or not is_name or not any(map(str.isalpha, passage.text)):
            return []
        self.cut.rules[index + 1] = "byline"
        return [passage.text]

    def _undersigned(self) -> list[str]:
        """A name printed alone at the end, twice or above the sentence that presents its bearer."""
        names = []
        for index in self.cut.tail:
            text = self.passages[index].text
            if self.cut.rules[index] == "author-card" and looks_like_person(text, self.register):
                names.append(text)
        return names

    def _name_beside_date(self, headline: str | None) -> list[str]:
        """A person's name between title and date, which the article itself does not speak of."""
        if headline is None:
            return []
        found = []
        for index in self.cut.header:
            if min(self.cut.titles, default=0) >= index:
                continue
            date_line = self.marked[index].date_line
            if date_line and date_line.beside:
                name = date_line.beside.split(" | ")[0].split(" • ")[0].strip()
                if self._may_be_author(name):
                    found.append(name)
            elif self.cut.rules[index] in ("", "header-line") and any(
                near in self.cut.header and self.marked[near].date_line
                for near in (index - 1, index + 1)
                if 0 <= near < len(self.marked)
            ):
                if self._may_be_author(self.passages[index].text):
                    self.cut.rules[index] = "byline"
                    found.append(self.passages[index].text)
        return found[:1]

    def _may_be_author(self, name: str) -> bool:
        if not looks_like_person(name, self.register) or len(name.split()) > 3 or name.isupper():
            return False
        # Places and subjects printed there turn up in the article; those who write it hardly do.
        folded = name.casefold()
        return not any(folded in self.passages[index].text.casefold() for index in self.cut.body)

    # ---- outlets

    def _publisher_votes(self) -> dict[str, int]:
        """How strongly the lines around the article speak for each name as that of the site."""
        votes: dict[str, int] = defaultdict(int)
        for index, passage in enumerate(self.passages):
            if index in self.cut.kinds or len(passage.text) > 1500:
                continue
            rule = self.cut.rules[index]
            byline = self.marked[index].byline
            if byline and byline.site:
                votes[byline.site] += 3
            if rule == "author-card":
                self._vote_role(passage.text, votes)
            if rule in self.foreign or rule in (
                "repeated-title",
                "pull-quote",
                "byline",
                "syndication-notice",
                "image-credit",
            ):
                continue
            is_appeal = rule in (
                "donation",
                "app-advert",
                "newsletter",
                "copyright",
                "disclaimer",
                "site-chrome",
                "trailing-line",
                "next-article",
                "share-count",
                "comments",
                "cookie-notice",
                "tag-list",
                "",
            )
            if is_appeal:
                self._vote_phrases(passage.text, votes)
        return votes

    def _vote_phrases(self, text: str, votes: dict[str, int]) -> None:
        voted: set[str] = set()
        for weight, phrase in _SITE_PHRASES:
            match = phrase.search(text[:600])
            name = _site_name(match["name"]) if match else None
            if name and name not in voted:
                voted.add(name)
                votes[name] += weight

    def _vote_role(self, text: str, votes: dict[str, int]) -> None:
        for sentence in text.replace("! ", ". ").split(". "):
            match = _ROLE_AT.search(sentence[:400])
            if match and not any(word in sentence.casefold() for word in _PAST) and (name := _site_name(match["name"])):
                votes[name] += 2

    def _publisher(self, votes: dict[str, int]) -> str | None:
        """The name with most evidence, if it is enough and no other name has as much."""
        merged: dict[str, int] = defaultdict(int)
        printed: dict[str, str] = {}
        for name, weight in votes.items():
            key = _outlet_key(name)
            merged[key] += weight
            # The fullest form: with its article, as the site prints it.
            if key not in printed or len(name) > len(printed[key]):
                printed[key] = name
        ranked = sorted(merged, key=merged.__getitem__, reverse=True)
        if not ranked or merged[ranked[0]] < _PUBLISHER_NEEDS:
            return None
        if len(ranked) > 1 and merged[ranked[1]] == merged[ranked[0]]:
            return None
        return printed[ranked[0]]

    def _origin(self, publisher: str | None) -> tuple[str | None, str | None]:
        """The outlet that first published the article, and the day printed with it."""
        for index in self.cut.around:
            notice = self.marked[index].notice
            if notice and notice.outlet and not _is_same_outlet(notice.outlet, publisher):
                return notice.outlet, None
        for index in self.cut.header:
            date_line = self.marked[index].date_line
            if (
                date_line
                and date_line.beside
                and self._is_outlet_label(self.passages[index].text, date_line, publisher)
            ):
                return date_line.beside, date_line.edtf
        return None, None

    def _is_outlet_label(self, text: str, date_line: DateLine, publisher: str | None) -> bool:
        name = date_line.beside
        if date_line.label or date_line.has_weekday or _is_same_outlet(name, publisher) or len(name.split()) > 6:
            return False
        # "The Example24-03-2025": cards of aggregators run the outlet into its date.
        is_glued = text.startswith(name) and text[len(name) : len(name) + 1].isdigit() and not name[-1:].isdigit()
        if is_glued and name[:1].isupper():
            return not looks_like_person(name, self.register) or publisher is not None or self.register.is_known(name)
        return publisher is not None and self.register.is_known(name)

    # ---- dates

    def _dates(self) -> tuple[str | None, str | None]:
        """The day of publication and the day on which the page was shown."""
        published = retrieved = None
        labelled = None
        titles = sorted(self.cut.titles)
        body = self.cut.body
        first_line = next(iter(range(len(self.passages))), None)
        doubtful: Passage | None = None
        for index, one in enumerate(self.marked):
            date_line = one.date_line
            if date_line is None or index in self.cut.kinds or self.cut.rules[index] in self.foreign:
                continue
            is_header = not body or index < body[0]
            is_above = is_header and bool(titles) and index < titles[-1] and not any(t < index for t in titles)
            is_above = is_above or (is_header and not titles and date_line.has_weekday)
            if date_line.label == "retrieved":
                retrieved = retrieved or date_line.edtf
            elif date_line.label == "updated":
                continue
            elif date_line.label == "published":
                if is_header or index in self.cut.tail:
                    labelled = labelled or date_line.edtf
                    doubtful = doubtful or (one.passage if date_line.edtf is None else None)
            elif is_above and date_line.has_weekday and index <= (first_line or 0) + 6:
                # The day on which the page was shown stands above the menu, with its weekday.
                retrieved = retrieved or date_line.edtf
            elif is_above and index == first_line:
                # Either the day of the page or of the article: the page does not say.
                doubtful = doubtful or one.passage
            elif is_header and index in self.cut.header:
                published = published or date_line.edtf
                doubtful = doubtful or (one.passage if date_line.edtf is None else None)
            elif is_header and is_above:
                doubtful = doubtful or one.passage
        published = labelled or published
        if doubtful is not None and published is None:
            message = f"The date {doubtful.text[:60]!r} can be read in more than one way; it was left open."
            self.problems.append(Problem("info", "unclear-date", message, doubtful.number))
        return published, retrieved

    # ---- genre

    def _genre(self, prefix: str | None) -> str | None:
        if prefix:
            return prefix
        for index in self.cut.around:
            marked = self.marked[index]
            if marked.genre and marked.rule in ("disclaimer", "syndication-notice"):
                return marked.genre
        for index in self.cut.header:
            marked = self.marked[index]
            if (
                marked.genre
                and not self._stands_in_menu(index)
                and (marked.rule == "breadcrumb" or self._is_near_title(index))
            ):
                return marked.genre
        return None

    def _is_near_title(self, index: int) -> bool:
        return any(abs(title - index) <= 2 for title in self.cut.titles)

    def _stands_in_menu(self, index: int) -> bool:
        """Among other one-word lines a genre is a section of the site."""
        near = [place for place in (index - 2, index - 1, index + 1, index + 2) if 0 <= place < len(self.passages)]
        short = [place for place in near if self.passages[place].word_count <= 2 and not self.marked[place].date_line]
        return len(short) >= 2


def _form(passage: Passage, shortest: str, register: Register) -> tuple:
    """How well a copy of the title is formed: nothing before or after it, written in capitals and small letters, curly marks."""
    words = passage.text.split()
    starts_capital = sum(word[:1].isupper() for word in words)
    letters = [character for character in passage.text if character.isalpha()]
    is_shouted = bool(letters) and all(
        character.isupper() for character in letters if character.upper() != character.lower()
    )
    is_bare = passage.key == shortest
    is_cut = passage.is_cut_off
    has_curly = any(mark in passage.text for mark in "’‘“”")
    return (is_bare, not is_cut, not (is_shouted and starts_capital), starts_capital, has_curly, passage.start)


def _site_name(text: str) -> str | None:
    """The name at the beginning of a phrase, if it is a proper one."""
    name = read_name(text.replace("All Rights", "").replace("All rights", ""))
    if name is None or name.isdigit() or plain(name).removeprefix("the ").split()[0] in _OWN_WORDS:
        return None
    return name if any(character.isupper() for character in name) or looks_like_site(name) else None


def _outlet_key(name: str) -> str:
    key = plain(name).removeprefix("the ").removesuffix(".")
    return key.replace(" ", "")


def _is_same_outlet(name: str, publisher: str | None) -> bool:
    return publisher is not None and _outlet_key(name) == _outlet_key(publisher)


def _same_name_in(name: str, votes: dict[str, int]) -> bool:
    key = _outlet_key(name)
    return any(_outlet_key(other) == key for other in votes)
