"""The search page: one box over everything, with facets as plain links and an address that can be passed on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import Article, Claim, FoundKind
from kb.pages import claims, happenings
from kb.pages.claims import Badge
from kb.pages.words import direction_of, name_of
from kb.search.asking import LONGEST
from kb.search.filters import SearchFilter
from kb.search.finding import Facet, Found, Hit, find
from kb.search.paging import UnknownPlace
from kb.search.snippets import Piece

from .atom import Channel
from .feeds import Feed
from .lists import Choice, ListView

FEED = 30


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One hit as readers see it: `about` says what it is and from when."""

    kind: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    address: str
    language: str
    direction: str
    genre: str = ""
    day: date | None = None
    badge: Badge | None = None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class FacetLink:
    label: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class FacetLinks:
    label: str
    values: tuple[FacetLink, ...]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """`problems` are values that make no sense; then nothing was looked for. `feed` is the address of the same as Atom."""

    query: str
    was_asked: bool
    rows: tuple[ResultRow, ...]
    count: str
    by_any: bool
    by_day: bool
    facets: tuple[FacetLinks, ...]
    chosen: tuple[Choice, ...]
    messages: tuple[str, ...]
    problems: tuple[str, ...]
    earlier: str
    later: str
    feed: str


class Search(ListView):
    template_name = "search/search.html"

    def list_page(self) -> SearchResults:
        asked = self.request.GET
        query, filters = asked.get("q", ""), SearchFilter(asked, queryset=Article.objects.none(), request=self.request)
        problems, found = [], None
        if filters.is_valid():
            try:
                found = find(
                    query, narrowing=filters.narrowing(), place=asked.get("page", ""), by_day=asked.get("sort") == "day"
                )
            except UnknownPlace:
                problems.append(_("This page of the list does not exist."))
        else:
            problems += self._problems(filters)
        found = found or find("")
        chosen = tuple(self._chosen(filters)) if not problems else ()
        return SearchResults(
            query=found.asked.text or query[:LONGEST],
            was_asked=bool(query.strip() or chosen),
            rows=tuple(_rows(found.hits)),
            count=f"{found.total}+" if found.is_capped else str(found.total),
            by_any=found.by_any,
            by_day=asked.get("sort") == "day",
            facets=tuple(_links(facet, asked) for facet in found.facets),
            chosen=chosen,
            messages=tuple(found.messages),
            problems=(*problems, *found.problems),
            earlier=found.earlier,
            later=found.later,
            feed=f"{reverse('kb:search-feed')}?{_without_place(asked).urlencode()}",
        )


class SearchFeed(Feed):
    """What a search finds, as it happens: articles, and verdicts on claims."""

    def channel(self):
        asked = self.request.GET
        query, filters = asked.get("q", ""), SearchFilter(asked, queryset=Article.objects.none(), request=self.request)
        found = find(query, narrowing=filters.narrowing(), by_day=True, size=FEED) if filters.is_valid() else find("")
        same = _without_place(asked).urlencode()
        return Channel(
            key=f"search?{same}",
            title=_("{site}: search for {query}").format(site=settings.KB_SITE_NAME, query=query[:200] or "…"),
            subtitle=_("Articles found by this search, verdicts on claims it finds, and their corrections"),
            address=f"{reverse('kb:search')}?{same}",
            events=happenings.of_found(_found_rows(found, FoundKind.ARTICLE), _found_rows(found, FoundKind.CLAIM)),
        )


def _found_rows(found: Found, kind: FoundKind) -> list[int]:
    return [hit.row.pk for hit in found.hits if hit.kind == kind]


def _without_place(asked: QueryDict) -> QueryDict:
    rest = asked.copy()
    for name in ("page", "sort"):
        rest.pop(name, None)
    rest["q"] = rest.get("q", "")[:LONGEST]
    return rest


def _links(facet: Facet, asked: QueryDict) -> FacetLinks:
    return FacetLinks(facet.label, tuple(_link(facet.name, value, asked) for value in facet.values))


def _link(name: str, value, asked: QueryDict) -> FacetLink:
    rest = _without_place(asked)
    if "sort" in asked:
        rest["sort"] = asked["sort"]
    days = {"after": f"{value.value:0>4}-01-01", "before": f"{value.value:0>4}-12-31"} if name == "year" else {}
    if days:
        is_chosen = all(asked.get(end) == day for end, day in days.items())
        for end, day in days.items():
            rest.pop(end, None)
            if not is_chosen:
                rest[end] = day
    else:
        values = rest.getlist(name)
        is_chosen = value.value in values
        rest.setlist(name, [other for other in values if other != value.value] + [value.value] * (not is_chosen))
    return FacetLink(value.label, value.count, f"?{rest.urlencode()}", is_chosen)


def _rows(hits: Sequence[Hit]) -> Iterable[ResultRow]:
    found = [hit.row.pk for hit in hits if hit.kind == FoundKind.CLAIM]
    told = {claim.pk: claims.summary(claim) for claim in claims.for_pages(Claim.objects.filter(pk__in=found))}
    for hit in hits:
        yield ROWS[hit.kind](hit, hit.row, told)


def _row(hit: Hit, address: str, language: str = "", direction: str = "", **more) -> ResultRow:
    return ResultRow(
        kind=str(hit.kind.label),
        **{"title": hit.title, **more},
        snippet=hit.snippet,
        address=address,
        language=language,
        direction=direction or direction_of(language),
    )


def _article(hit: Hit, row, told) -> ResultRow:
    return _row(
        hit,
        row.get_absolute_url(),
        row.language,
        row.direction,
        genre=row.get_genre_display(),
        day=timezone.localdate(row.published_at),
    )


def _claim(hit: Hit, row, told) -> ResultRow:
    summary = told[row.pk]
    day = summary.verdict.checked_on if summary.verdict else None
    return _row(hit, summary.address, row.language, badge=summary.badge, day=day)


def _named(hit: Hit, row, told) -> ResultRow:
    # The description is the desk's, in its language; the name finds its own direction.
    return _row(hit, row.get_absolute_url())


def _note(hit: Hit, row, told) -> ResultRow:
    about = row.article or row.claim or row.source or row.citation.article
    return _row(
        hit,
        f"{about.get_absolute_url()}#note-{row.uid}",
        row.language,
        title=(Piece(_("Note on “{thing}”").format(thing=about)),),
        day=timezone.localdate(row.created_at),
        beside=row.creator or name_of(row.author),
    )


ROWS = {
    FoundKind.ARTICLE: _article,
    FoundKind.CLAIM: _claim,
    FoundKind.SOURCE: _named,
    FoundKind.TOPIC: _named,
    FoundKind.PERSON: _named,
    FoundKind.NOTE: _note,
}
