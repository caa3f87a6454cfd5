"""The one door of search: articles, claims, sources, topics, people and public notes, for readers and for the desk.

Whoever asks finds what they may see: readers by the words that readers are shown, the desk by all words. Hits, counts,
facets and suggestions come from the same rows of the index, and what is shown is asked of `visible_to` once more.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import (
    STANDINGS,
    Annotation,
    Appearance,
    Article,
    Citation,
    Claim,
    FoundKind,
    Genre,
    Person,
    Rating,
    Source,
    Tag,
    policy,
)
from kb.text.closeness import without_addresses

from . import asking, documents, names, nearness
from .expressions import AnyOf, Expression, Phrase, Without, all_of, any_of, mark
from .filters import language_name
from .matching import DESK, RANKED, READERS, Match, Public, holding, newest
from .narrowing import Narrowing
from .paging import SIZE
from .places import PAST_ALL_DAYS, first_of, thing_at
from .snippets import Piece, marked, snippet
from .windows import window_at

# So many words and more are a pasted text: nobody expects all of them to stand anywhere.
LONG = 8
MOST_VALUES = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found: the row, its title and a stretch of its text, with what answers marked."""

    kind: FoundKind
    row: models.Model
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    match: Match


@dataclass(frozen=True, slots=True)
class Value:
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """How the hits divide: by the filter that narrows to each value."""

    name: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """`total` counts what was looked at; `is_capped` says that there is more. `messages` tell what was done with the question.

    `problems` are values that do not exist: then nothing was looked for. `by_any` says that not all words had to stand there.
    """

    asked: asking.Asked
    hits: Sequence[Hit] = ()
    total: int = 0
    is_capped: bool = False
    by_any: bool = False
    facets: Sequence[Facet] = ()
    messages: Sequence[str] = ()
    problems: Sequence[str] = ()
    earlier: str = ""
    later: str = ""


def find(
    query: str,
    *,
    user=None,
    narrowing: Narrowing | None = None,
    place: str = "",
    by_day: bool = False,
    now: datetime | None = None,
    size: int = SIZE,
) -> Found:
    """What a question finds, best first, or the newest first and nothing that has no day. Any text is a question.

    At most `RANKED` hits are ranked and counted, the newest ones; behind them the next come by `later`. The number of
    queries is the same whatever is found.

    Raises:
        UnknownPlace: `place` is none that an earlier page offered.
    """
    is_current = documents.try_to_catch_up(now=now)
    return _Search(query, user, narrowing or Narrowing(), place, by_day, size).found(is_current)


def rows_found(query: str, kind: FoundKind, *, user) -> list[int]:
    """The rows of one kind that a question finds, best first, at most `RANKED`: for lists of the desk.

    Words may be only begun, as they are while somebody types. A value that does not exist finds nothing.
    """
    documents.try_to_catch_up()
    return _Search(query, user, Narrowing(kinds=[kind]), "", by_day=False, size=RANKED).rows()


class _Search:
    def __init__(self, query: str, user, narrowing: Narrowing, place: str, by_day: bool, size: int):
        self.user, self.by_day, self.size = user, by_day, size
        self.public: Public = DESK if policy.may(user, policy.PREVIEW) else READERS
        self.asked = asking.read(query)
        self.window = window_at(place)
        self.messages: list[str] = []
        self.problems: list[str] = []
        self.narrowing = self._narrowed(narrowing)
        self.terms = list(self.asked.terms)
        self.by_any = False

    def found(self, is_current: bool) -> Found:
        if self.asked.is_cut:
            self.messages.append(_("Only the beginning of what you wrote was looked for."))
        if not is_current:
            self.messages.append(_("The newest changes are still being taken in: look again in a moment."))
        narrow = list(self.narrowing.marks())
        has_days = self.narrowing.after or self.narrowing.before
        if self.problems or not (self.terms or self.asked.unwanted or narrow or has_days):
            return Found(self.asked, messages=self.messages, problems=self.problems)
        matches = self._matches(narrow)
        is_capped = len(matches) > RANKED
        lowest = min((match.place for match in matches), default=0)
        if is_capped:
            matches = [match for match in matches if match.place != lowest]
        page = self.window.page(matches, self.size, next_window=lowest if is_capped else None)
        return Found(
            self.asked,
            hits=tuple(self._hits(page.rows)),
            total=len(matches),
            is_capped=is_capped,
            by_any=self.by_any,
            facets=tuple(_facets(matches, self.user)),
            messages=self.messages,
            earlier=page.earlier,
            later=page.later,
        )

    def rows(self) -> list[int]:
        self.terms = [term if term.is_quoted else asking.begun(term) for term in self.terms]
        if self.problems:
            return []
        return [thing_at(match.place)[1] for match in self._ask(list(self.narrowing.marks()), *self._days())[:RANKED]]

    # --- what is asked of the index

    def _matches(self, narrow: list[Expression]) -> list[Match]:
        first, last = self._days()
        if self._is_pasted() and not self.by_day:
            return self._by_any_word(narrow, first, last)
        found = self._ask(narrow, first, last)
        if found or not self.terms or self.window.is_later:
            return found
        if self._corrected() and (found := self._ask(narrow, first, last)):
            return found
        # What is put in quotes is meant to stand there.
        if self.by_day or any(term.is_quoted for term in self.terms):
            return []
        return self._by_any_word(narrow, first, last)

    def _is_pasted(self) -> bool:
        letters = sum(len(term.readings[0].keys) for term in self.terms)
        return letters >= LONG and self.asked.is_plain

    def _ask(self, narrow: list[Expression], first: int, last: int) -> list[Match]:
        words = [term.expression for term in self.terms]
        wanted = all_of([*words, *narrow]) if words or narrow else AnyOf(tuple(_any_kind()))
        if self.asked.unwanted:
            wanted = Without(wanted, any_of(term.expression for term in self.asked.unwanted))
        ranked = all_of(words) if words and not self.by_day else None
        return newest(self.public, wanted, ranked, first=first, last=last)

    def _by_any_word(self, narrow: list[Expression], first: int, last: int) -> list[Match]:
        self.by_any = True
        # What was pasted brings links and names of accounts along.
        text = without_addresses(" ".join(term.printed for term in self.terms))
        # Titles and snippets show single words.
        self.terms = [replace(term, readings=tuple(asking.apart(term.printed))) for term in self.terms]
        unwanted = [term.expression for term in self.asked.unwanted]
        return nearness.nearest(text, narrow, unwanted, public=self.public, first=first, last=last)

    def _days(self) -> tuple[int, int]:
        first, last = 0, self.window.last
        if self.by_day or self.narrowing.after or self.narrowing.before:
            last = min(last, PAST_ALL_DAYS - 1)
        if self.narrowing.after:
            first = first_of(self.narrowing.after)
        if self.narrowing.before:
            last = min(last, first_of(self.narrowing.before) + _A_DAY - 1)
        return first, last

    def _corrected(self) -> bool:
        """Whether a word that no text has was read as the name it nearly is."""
        changed = False
        places = holding(self.public, [term.expression for term in self.terms], at_most=1)
        for number, (term, standing) in enumerate(zip(self.terms, places, strict=True)):
            if standing or term.is_quoted or (meant := names.nearest(term.printed, self.public)) is None:
                continue
            self.terms[number] = replace(term, readings=(Phrase((meant.word,)),))
            words = _("Nothing has “%(word)s”; this is what was found for “%(name)s”.")
            self.messages.append(words % {"word": term.printed, "name": meant.name})
            changed = True
        return changed

    # --- what is narrowed to in the question itself

    def _narrowed(self, given: Narrowing) -> Narrowing:
        narrowing = given
        for name, value in self.asked.fields:
            narrowing = getattr(self, f"_by_{name}")(narrowing, value)
        return narrowing

    def _unknown(self, name: str, value: str) -> None:
        self.problems.append(_("%(field)s: there is no “%(value)s”.") % {"field": name, "value": value[:80]})

    def _by_source(self, narrowing: Narrowing, value: str) -> Narrowing:
        return replace(narrowing, sources=[*narrowing.sources, *self._called("source", value, FoundKind.SOURCE)])

    def _by_topic(self, narrowing: Narrowing, value: str) -> Narrowing:
        return replace(narrowing, topics=[*narrowing.topics, *self._called("topic", value, FoundKind.TOPIC)])

    def _called(self, name: str, value: str, kind: FoundKind) -> list[int]:
        if found := names.called(value, kind, self.public):
            return found
        near = names.nearest(value, self.public)
        if near is None or near.kind != kind:
            self._unknown(name, value)
            return []
        words = _("%(field)s: “%(value)s” was read as “%(name)s”.")
        self.messages.append(words % {"field": name, "value": value[:80], "name": near.name})
        return [near.pk]

    def _by_status(self, narrowing: Narrowing, value: str) -> Narrowing:
        if code := _code(value, STANDINGS):
            return replace(narrowing, statuses=[*narrowing.statuses, code])
        if _folded(value) == "uncited":
            return replace(narrowing, uncited=True)
        return self._by_rating(narrowing, value, field="status")

    def _by_rating(self, narrowing: Narrowing, value: str, field: str = "rating") -> Narrowing:
        ratings = Rating.objects.newest_words()
        if code := _code(value, [(row.slug, words) for row in ratings for words in (row.label, str(row))]):
            return replace(narrowing, ratings=[*narrowing.ratings, code])
        self._unknown(field, value)
        return narrowing

    def _by_type(self, narrowing: Narrowing, value: str) -> Narrowing:
        kinds = {_folded(name): kind for kind in FoundKind for name in (kind.name, f"{kind.name}s", kind.label)}
        if kind := kinds.get(_folded(value)):
            return replace(narrowing, kinds=[*narrowing.kinds, kind])
        self._unknown("type", value)
        return narrowing

    def _by_genre(self, narrowing: Narrowing, value: str) -> Narrowing:
        if code := _code(value, Genre.choices):
            return replace(narrowing, genres=[*narrowing.genres, code])
        self._unknown("genre", value)
        return narrowing

    def _by_language(self, narrowing: Narrowing, value: str) -> Narrowing:
        code = value.lower()
        if code.replace("-", "").isalnum() and code.isascii():
            return replace(narrowing, languages=[*narrowing.languages, code])
        self._unknown("language", value)
        return narrowing

    def _by_after(self, narrowing: Narrowing, value: str) -> Narrowing:
        day = self._day("after", value, is_end=False)
        return replace(narrowing, after=max(filter(None, [narrowing.after, day]), default=None))

    def _by_before(self, narrowing: Narrowing, value: str) -> Narrowing:
        day = self._day("before", value, is_end=True)
        return replace(narrowing, before=min(filter(None, [narrowing.before, day]), default=None))

    def _day(self, name: str, value: str, *, is_end: bool) -> date | None:
        if (day := asking.day_of(value, is_end=is_end)) is None:
            words = _("%(field)s: “%(value)s” is no day. Write 2026-03-24, 2026-03 or 2026.")
            self.problems.append(words % {"field": name, "value": value[:80]})
        return day

    # --- what is shown

    def _hits(self, matches: Sequence[Match]) -> Iterable[Hit]:
        asked = [phrase for term in self.terms for phrase in term.readings]
        things = [(match, *thing_at(match.place)) for match in matches]
        rows = {kind: _load(kind, {pk for _m, other, pk in things if other == kind}, self.user) for kind in FoundKind}
        is_desk = self.public is DESK
        for match, kind, pk in things:
            if (row := rows[kind].get(pk)) is not None:
                title, texts = TOLD[kind](row, is_desk)
                yield Hit(kind, row, marked(title, asked), snippet(texts, asked), match)


_A_DAY = first_of(date(2001, 1, 2)) - first_of(date(2001, 1, 1))


def _any_kind() -> Iterable[Phrase]:
    return (mark("k", kind.name.lower()) for kind in FoundKind)


def _folded(value: str) -> str:
    return "".join(letter for letter in value.casefold() if letter.isalnum())


def _code(value: str, choices) -> str | None:
    wanted = _folded(value)
    return next((code for code, label in choices if wanted in (_folded(code), _folded(str(label)))), None)


# --- rows with what a hit shows of them


def _load(kind: FoundKind, pks: set[int], user) -> dict[int, models.Model]:
    if not pks:
        return {}
    rows = ROWS[kind](user).filter(pk__in=pks)
    return {row.pk: row for row in rows}


def _articles(user):
    anchored = ("article", "start", "end", "revision")
    return Article.objects.visible_to(user).prefetch_related(
        models.Prefetch("citations", Citation.objects.confirmed().only(*anchored), "anchored_citations"),
        models.Prefetch("appearances", Appearance.objects.confirmed().only(*anchored), "anchored_appearances"),
    )


def _notes(user):
    targets = ("article", "claim", "citation__article", "source")
    return Annotation.objects.visible_to(user).select_related(*targets, "author")


ROWS = {
    FoundKind.ARTICLE: _articles,
    FoundKind.CLAIM: lambda user: Claim.objects.visible_to(user).with_standing().prefetch_related(_published()),
    FoundKind.SOURCE: lambda user: Source.objects.visible_to(user).prefetch_related("names"),
    FoundKind.NOTE: _notes,
    FoundKind.TOPIC: lambda user: Tag.objects.visible_to(user).prefetch_related("aliases"),
    FoundKind.PERSON: lambda user: Person.objects.visible_to(user).prefetch_related("aliases"),
}


def _published():
    checks = Claim._meta.get_field("fact_checks").related_model.objects.filter(status="published")
    return models.Prefetch("fact_checks", checks.select_related("rating"), "published_checks")


def _article(article: Article, is_desk: bool) -> tuple[str, list[str]]:
    text = article.text
    if is_desk:
        return str(article), [text, article.standfirst]
    shown = article.stretches_shown(text, [*article.anchored_citations, *article.anchored_appearances])
    return article.title, [*(text[start:end] for start, end in shown), article.standfirst_shown]


def _claim(claim: Claim, is_desk: bool) -> tuple[str, list[str]]:
    return claim.text, [*(check.rationale for check in claim.published_checks), claim.definition]


def _source(source: Source, is_desk: bool) -> tuple[str, list[str]]:
    return source.name, [source.description, ", ".join(name.name for name in source.names.all())]


def _topic(tag: Tag, is_desk: bool) -> tuple[str, list[str]]:
    return tag.name, [tag.description, ", ".join(alias.name for alias in tag.aliases.all())]


def _person(person: Person, is_desk: bool) -> tuple[str, list[str]]:
    return person.name, [", ".join(alias.name for alias in person.aliases.all())]


def _note(note: Annotation, is_desk: bool) -> tuple[str, list[str]]:
    return "", [note.body, note.labels.replace("\n", ", "), *([note.exact] if is_desk else [])]


TOLD = {
    FoundKind.ARTICLE: _article,
    FoundKind.CLAIM: _claim,
    FoundKind.SOURCE: _source,
    FoundKind.NOTE: _note,
    FoundKind.TOPIC: _topic,
    FoundKind.PERSON: _person,
}


# --- how the hits divide


FACETS = {
    "k": ("type", gettext_lazy("What")),
    "x": ("status", gettext_lazy("Fact-check")),
    "r": ("rating", gettext_lazy("Rating")),
    "u": ("uncited", gettext_lazy("Citations")),
    "s": ("source", gettext_lazy("Source")),
    "t": ("tag", gettext_lazy("Topic")),
    "g": ("genre", gettext_lazy("Genre")),
    "l": ("language", gettext_lazy("Language")),
    "y": ("year", gettext_lazy("Year")),
}


def _facets(matches: Sequence[Match], user) -> Iterable[Facet]:
    counts: dict[str, Counter] = {name: Counter() for name in FACETS}
    for match in matches:
        for one in match.marks.split():
            name, _colon, value = one.partition(":")
            if name in counts:
                counts[name][value] += 1
    labels = _labels(counts, user)
    for name, (parameter, label) in FACETS.items():
        known = labels[name]
        if name == "y":
            chosen = sorted(counts[name].items(), reverse=True)
        else:
            chosen = counts[name].most_common(2 * MOST_VALUES)
        values = [Value(*known(value), count) for value, count in chosen if known(value)]
        if values:
            yield Facet(parameter, str(label), tuple(values[:MOST_VALUES]))


def _labels(counts: Mapping[str, Counter], user) -> Mapping:
    """For each mark what names its values in an address and in words; nothing for what this person may not see."""

    def rows(model, counted: Counter):
        keys = [key for key, _count in counted.most_common(2 * MOST_VALUES)]
        found = model.objects.visible_to(user).filter(pk__in=keys)
        return {str(pk): (slug, name) for pk, slug, name in found.values_list("pk", "slug", "name")}.get

    standings, genres = dict(STANDINGS), dict(Genre.choices)
    ratings = {rating.slug: str(rating) for rating in Rating.objects.newest_words()}
    kinds = {kind.name.lower(): kind for kind in FoundKind}
    return {
        "k": lambda value: (value, str(kinds[value].label)) if value in kinds else None,
        "x": lambda value: (value, str(standings[value])) if value in standings else None,
        "r": lambda value: (value, ratings.get(value, value)),
        "u": lambda value: ("1", _("without a citation")),
        "s": rows(Source, counts["s"]),
        "t": rows(Tag, counts["t"]),
        "g": lambda value: (value, str(genres[value])) if value in genres else None,
        "l": lambda value: (value, language_name(value)),
        "y": lambda value: (value, value),
    }
