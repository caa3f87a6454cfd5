"""Notes as W3C Web Annotations. Who asks decides which: whatever leaves begins with `visible_to`.

A note that came from elsewhere goes out as it came, but for its address, and for the parts that were changed here since.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.utils import timezone

from kb.importing.web_annotation.parsing import AUDIENCE, CONTEXT, RESOLVED, UNATTACHED, Found, Selector, parse
from kb.importing.web_annotation.reading import Unfit
from kb.models import Access, Annotation, Article, Display, policy
from kb.pages.article import shown_of
from kb.pages.words import name_of

PROFILE = f'application/ld+json; profile="{CONTEXT}"'
PER_PAGE = 100
# What a document says of itself, in the order in which we write it.
_PARTS = ("motivation", "creator", "created", "modified", "audience", RESOLVED, "body", "target")


def for_export(notes: QuerySet) -> QuerySet:
    """The notes, oldest first, with what their documents say."""
    changes = Annotation.history.filter(id=OuterRef("pk")).order_by().values("id").annotate(at=Max("history_date"))
    return (
        # An article is loaded once, and not with each of its notes.
        notes.select_related("author", "reply_to", "claim", "citation", "source")
        .prefetch_related("article", "citation__article")
        .annotate(changed_at=Subquery(changes.values("at")))
        .order_by("created_at", "pk")
    )


@dataclass(slots=True)
class Writer:
    """Writes the documents of notes for one reader; `base` is the address of this site, with its slash."""

    base: str
    user: User | None = None
    _shown: dict[int, list[tuple[int, int]] | None] = field(default_factory=dict)
    _readable: dict[int, bool] = field(default_factory=dict)

    def address(self, note: Annotation) -> str:
        return f"{self.base}annotations/{note.uid}/"

    def document(self, note: Annotation, *, alone: bool = True, unattached: str = "") -> dict:
        """One annotation; `alone` says that no page around it names the context, `unattached` why it marks no words."""
        came = note.original or {}
        found = _understood(came)
        parts = {
            "motivation": self._motivation(note, came, found),
            "creator": self._creator(note, came, found),
            "created": self._created(note, came, found),
            "modified": _iso(note.changed_at) if note.version > 1 else came.get("modified"),
            "audience": self._audience(note, came, found),
            RESOLVED: _iso(note.resolved_at) if note.resolved_at else None,
            UNATTACHED: unattached,
            "body": self._body(note, came, found),
            "target": self._target(note, came, found),
        }
        own = {"id": self.address(note), "type": came.get("type", "Annotation")}
        if alone or came.get("@context", CONTEXT) not in (CONTEXT, [CONTEXT]):
            own = {"@context": self._context(came.get("@context", CONTEXT), parts), **own}
        parts |= _without(came, "@context", "id", "type", "via", "bodyValue", *_PARTS)
        if "bodyValue" in came and found and _said(note) == _said(found):
            parts |= {"body": None, "bodyValue": came["bodyValue"]}
        parts["via"] = self._via(note, came)
        return own | {name: value for name, value in parts.items() if value not in (None, [], "")}

    def collection(self, address: str, label: str, notes: QuerySet, *, iris: bool, minimal: bool) -> dict:
        """The collection with its first page inside, or with the address of it alone."""
        total = notes.count()
        about = {"id": address, "type": "AnnotationCollection", "label": label, "total": total}
        if not total:
            return {"@context": CONTEXT, **about}
        page = self.page(address, label, notes, 0, total=total, iris=iris, alone=False)
        found = {"@context": CONTEXT if minimal else self._context(CONTEXT, *page["items"]), **about}
        found["first"] = page["id"] if minimal else page
        found["last"] = self._page_address(address, (total - 1) // PER_PAGE, iris)
        return found

    def page(
        self, address: str, label: str, notes: QuerySet, number: int, *, total: int, iris: bool, alone: bool = True
    ) -> dict:
        """One page, from 0. Raises IndexError when the collection has none of this number."""
        start = number * PER_PAGE
        if not 0 <= start < max(total, 1):
            raise IndexError(number)
        rows = list(for_export(notes)[start : start + PER_PAGE])
        self._look_at(rows)
        items = [self.address(row) if iris else self.document(row, alone=False) for row in rows]
        page = {
            "id": self._page_address(address, number, iris),
            "type": "AnnotationPage",
            "partOf": {"id": address, "label": label, "total": total},
            "startIndex": start,
            "items": items,
        }
        if number:
            page["prev"] = self._page_address(address, number - 1, iris)
        if start + PER_PAGE < total:
            page["next"] = self._page_address(address, number + 1, iris)
        return {"@context": self._context(CONTEXT, *items), **page} if alone else page

    def whole(self, address: str, label: str, rows: Iterable[Annotation]) -> dict:
        """A collection of these rows on a single page, for a file."""
        rows = list(rows)
        self._look_at(rows)
        page = {
            "id": f"{address}#page",
            "type": "AnnotationPage",
            "partOf": address,
            "startIndex": 0,
            "items": [self.document(row, alone=False) for row in rows],
        }
        about = {"id": address, "type": "AnnotationCollection", "label": label, "total": len(rows)}
        return {"@context": self._context(CONTEXT, *page["items"]), **about, "first": page}

    @staticmethod
    def _page_address(address: str, number: int, iris: bool) -> str:
        return f"{address}?{'iris=1&' if iris else ''}page={number}"

    def _context(self, came: object = CONTEXT, *documents: object):
        """The context of the standard, and that of our own words where a document uses one."""
        own = {"kb": f"{self.base}method/#"}
        found = came if isinstance(came, list) else [came]
        if (
            any(isinstance(one, dict) and (one.get(RESOLVED) or one.get(UNATTACHED)) for one in documents)
            and own not in found
        ):
            found = [*found, own]
        return found[0] if len(found) == 1 else found

    def _look_at(self, rows: Collection[Annotation]) -> None:
        """Ask together what is asked of each row: whether what it answers may be read."""
        asked = {row.reply_to_id for row in rows if row.reply_to_id} - self._readable.keys()
        seen = set(Annotation.objects.visible_to(self.user).filter(pk__in=asked).values_list("pk", flat=True))
        self._readable |= {pk: pk in seen for pk in asked}

    def _motivation(self, note, came: dict, found: Found | None):
        return came.get("motivation") if found and found.motivation == note.motivation else note.motivation

    def _creator(self, note, came: dict, found: Found | None):
        if found and note.creator and found.creator == note.creator:
            return came.get("creator")
        return {"type": "Person", "name": note.creator or name_of(note.author)}

    def _created(self, note, came: dict, found: Found | None):
        return came["created"] if found and found.created_at == note.created_at else _iso(note.created_at)

    def _audience(self, note, came: dict, found: Found | None):
        if found and (found.access or Access.TEAM) == note.access:
            return came.get("audience")
        own = {"type": "schema:Audience", AUDIENCE: note.access}
        others = came.get("audience") or []
        others = [one for one in (others if isinstance(others, list) else [others]) if not _is_ours(one)]
        return [*others, own] if others else own

    def _via(self, note, came: dict):
        named = [came["id"]] if isinstance(came.get("id"), str) and came["id"] != self.address(note) else []
        before = came.get("via") or []
        found = [*named, *(one for one in (before if isinstance(before, list) else [before]) if one not in named)]
        return found[0] if len(found) == 1 else found

    def _body(self, note, came: dict, found: Found | None):
        if found and _said(found) == _said(note):
            return came.get("body")
        bodies = []
        if note.body:
            said = {"type": "TextualBody", "value": note.body, "format": "text/plain"}
            if note.language:
                said["language"] = note.language
            purpose = "commenting" if note.motivation == "tagging" else note.motivation
            bodies.append({**said, "purpose": purpose})
        bodies += [{"type": "TextualBody", "value": word, "purpose": "tagging"} for word in note.label_list]
        bodies += [{"type": "SpecificResource", "source": link, "purpose": "linking"} for link in note.link_list]
        return bodies[0] if len(bodies) == 1 else bodies

    def _target(self, note, came: dict, found: Found | None):
        if note.reply_to_id and self.may_read(note.reply_to):
            above = self.address(note.reply_to)
            named = came.get("target")
            return named if isinstance(named, str) and named.endswith(f"/annotations/{note.reply_to.uid}/") else above
        article = note.article or (note.citation.article if note.citation else None)
        anchored = note.citation or note
        shown = self._shown_of(article) if article else None
        if found and shown is None and not note.reply_to_id and note.article and _says_the_words(found, note):
            return came["target"]
        source = f"{self.base.rstrip('/')}{(article or note.target).get_absolute_url()}"
        selectors = self._selectors(anchored, article, shown) if article and anchored.is_anchored else []
        return {"type": "SpecificResource", "source": source, "selector": selectors} if selectors else source

    def may_read(self, above: Annotation) -> bool:
        """Whether whoever this is written for may know of a note that is answered."""
        if above.pk not in self._readable:
            self._readable[above.pk] = Annotation.objects.visible_to(self.user).filter(pk=above.pk).exists()
        return self._readable[above.pk]

    def _selectors(self, row, article: Article, shown: list[tuple[int, int]] | None) -> list[dict]:
        """The words and where they stand. Of an excerpt a reader is told no more of the text than its page shows."""
        stands = row.revision == article.revision
        position = {"type": "TextPositionSelector", "start": row.start, "end": row.end}
        if shown is None:
            quote = {"type": "TextQuoteSelector", "exact": row.exact, "prefix": row.prefix, "suffix": row.suffix}
            return [quote, position] if stands else [quote]
        within = next(((low, high) for low, high in shown if stands and low <= row.start and row.end <= high), None)
        if within is None:
            return [position] if stands else []
        before, after = row.start - within[0], within[1] - row.end
        quote = {
            "type": "TextQuoteSelector",
            "exact": row.exact,
            "prefix": row.prefix[-before:] if before else "",
            "suffix": row.suffix[:after],
        }
        return [quote, position]

    def _shown_of(self, article: Article) -> list[tuple[int, int]] | None:
        """The stretches of the text that this reader is shown; None for all of it."""
        if article.display == Display.FULL or policy.may(self.user, policy.PREVIEW):
            return None
        if article.pk not in self._shown:
            self._shown[article.pk] = shown_of(article)
        return self._shown[article.pk]


def _understood(came: dict) -> Found | None:
    try:
        return parse(came, in_collection=True) if came else None
    except Unfit:
        # Of a version of this program that took more.
        return None


def _said(row) -> tuple:
    return row.body, row.language, row.labels, row.links


def _is_ours(audience: object) -> bool:
    return isinstance(audience, dict) and AUDIENCE in audience


def _says_the_words(found: Found, note: Annotation) -> bool:
    """Whether what the document selects is what the note marks now; unmarked, nothing is known better than it says."""
    if not note.is_anchored:
        return True
    selectors = [one for target in found.targets for one in target.selectors]
    quoted = [one.values["exact"] for one in _all(selectors) if one.kind == "TextQuoteSelector"]
    stood = [(one.values["start"], one.values["end"]) for one in selectors if one.kind == "TextPositionSelector"]
    stands = note.revision != note.article.revision or all(one == (note.start, note.end) for one in stood)
    return stands and (note.exact in quoted if quoted else bool(stood))


def _all(selectors: Iterable[Selector]) -> Iterator[Selector]:
    for one in selectors:
        yield one
        yield from _all((*one.refined_by, *one.start, *one.end))


def _without(document: dict, *names: str) -> dict:
    return {name: value for name, value in document.items() if name not in names}


def _iso(moment) -> str:
    return moment.astimezone(timezone.get_default_timezone()).isoformat().replace("+00:00", "Z")
