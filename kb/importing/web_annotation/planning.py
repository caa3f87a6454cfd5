"""What each annotation of a document would do to the database, without touching it."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from kb.models import Access, Annotation, Article, Claim, Source
from kb.models.annotation import LARGEST_ORIGINAL
from kb.text.anchors import Anchor
from kb.text.reanchoring import Outcome, reanchor

from .attaching import attach
from .parsing import Found, Selector, annotations_in, parse
from .reading import Unfit

type Fate = Literal["new", "unchanged", "failed"]

MOST_ANNOTATIONS = 10_000
# Whose rows stand behind an address of ours, by the name of the address.
_ROWS = {"kb:article": Article, "kb:claim": Claim, "kb:source": Source, "programs:annotation": Annotation}


@dataclass(slots=True)
class Step:
    """One annotation and what becomes of it; `at` is its place in the document.

    `about` is the row it is on, `answers` the step that it replies to when that is of the same document. `why` says why it
    marks no words though it selects some, `failure` why it is not taken in at all.
    """

    at: str
    fate: Fate = "new"
    found: Found | None = None
    about: models.Model | None = None
    answers: "Step | None" = None
    words: Anchor | None = None
    # Words that are not marked because nobody can tell where they stand, and what was found instead.
    quoted: Anchor | None = None
    outcome: Outcome | None = None
    why: str = ""
    failure: Unfit | None = None
    uid: UUID | None = None
    via: str = ""
    note: Annotation | None = None

    @property
    def is_attached(self) -> bool:
        return not self.why


@dataclass(slots=True)
class Planner:
    """Plans documents for one person (nobody: an operator), on one article if the operator names one.

    `hosts` are the names under which this site's own addresses are known.
    """

    by: User | None
    author: User
    article: Article | None = None
    hosts: Collection[str] = ()
    # An annotation without an id is known again by its content; sent by a program, it is a new one each time.
    knows_by_content: bool = True
    _texts: dict[int, str] = field(default_factory=dict)

    def plan(self, document: object) -> list[Step]:
        """The steps of one document in an order in which each can be done.

        Raises:
            Unfit: the document as a whole is none.
        """
        places = list(annotations_in(document))
        if len(places) > MOST_ANNOTATIONS:
            raise Unfit(f"It holds more than {MOST_ANNOTATIONS:,} annotations: split it.", code="too-many")
        steps = [self._read(at, one, in_collection=bool(at)) for at, one in places]
        by_iri: dict[str, Step] = {}
        for step in steps:
            if step.found and step.found.iri:
                by_iri.setdefault(step.found.iri, step)
        for step in steps:
            if step.fate == "new":
                try:
                    self._plan(step, by_iri)
                except Unfit as failure:
                    step.fate, step.failure = "failed", failure
        return _in_order(steps)

    def _read(self, at: str, document: object, *, in_collection: bool) -> Step:
        step = Step(at)
        try:
            step.found = parse(document, in_collection=in_collection)
            if len(json.dumps(step.found.original, ensure_ascii=False).encode()) > LARGEST_ORIGINAL:
                raise Unfit(f"It is larger than {LARGEST_ORIGINAL // 1024} KB.", code="too-large")
        except Unfit as failure:
            step.fate, step.failure = "failed", failure
        return step

    def _plan(self, step: Step, by_iri: dict[str, Step]) -> None:
        found = step.found
        first = by_iri.get(found.iri, step)
        if first is not step:
            raise Unfit(_("The document holds two annotations of this id."), at="id", code="twice")
        if note := self._there(step):
            step.fate, step.note, step.uid = "unchanged", note, note.uid
            return
        self._find_target(step, by_iri)
        if step.answers is step:
            raise Unfit(_("It is about itself."), at="target", code="circular")

    def _there(self, step: Step) -> Annotation | None:
        """The note that this annotation became before, or is."""
        iri = step.found.iri
        step.via = iri or (self._by_content(step.found) if self.knows_by_content else "")
        if uid := _uid_of(iri):
            known = Annotation.objects.filter(uid=uid).first()
            if known is not None and (self.by is None or self._readable().filter(pk=known.pk).exists()):
                return known
            if known is None:
                step.uid = uid
                if urlsplit(iri).netloc in self.hosts:
                    step.via = ""
        if not step.via:
            return None
        return Annotation.objects.filter(author=self.author, via=step.via).first()

    @staticmethod
    def _by_content(found: Found) -> str:
        content = json.dumps(found.original, sort_keys=True, ensure_ascii=False)
        return f"urn:sha256:{hashlib.sha256(content.encode()).hexdigest()}"

    def _readable(self) -> models.QuerySet:
        return Annotation.objects.all() if self.by is None else Annotation.objects.visible_to(self.by)

    def _find_target(self, step: Step, by_iri: dict[str, Step]) -> None:
        found, rows = step.found, []
        for target in found.targets:
            if (answered := by_iri.get(target.source)) is not None:
                step.answers, step.about = answered, self.article
                return
            rows.append(self._row_at(target.source))
        own = next((row for row in rows if row is not None), None)
        if isinstance(own, Annotation):
            if self.article is not None and own.target != self.article:
                raise Unfit(_("It answers a note that is not on this article."), at="target", code="other-target")
            step.about = own
            return
        if self.article is not None:
            other = next((row for row in rows if row is not None and row != self.article), None)
            if other is not None:
                words = _("It is about “%(other)s”, not about this article.") % {"other": other}
                raise Unfit(words, at="target", code="other-target")
            step.about = self.article
        elif own is None:
            words = _("Nothing here has the address %(address)s.") % {"address": found.targets[0].source[:200]}
            raise Unfit(words, at="target", code="unknown-target")
        else:
            step.about = own
        if isinstance(step.about, Article):
            self._attach(step, rows)

    def _attach(self, step: Step, rows: list) -> None:
        text = self._text_of(step.about)
        reasons = []
        for target, row in zip(step.found.targets, rows, strict=True):
            if row is not None and row != step.about:
                continue
            attached = attach(text, target, is_our_text=row is not None and self._is_ours(target.source))
            if attached.words:
                step.words = attached.words
                return
            if attached.why:
                reasons.append(attached.why)
        step.why = " ".join(dict.fromkeys(reasons))
        if step.why:
            step.quoted = _quotation(step.found)
            step.outcome = reanchor(text, [step.quoted])[0] if step.quoted else None

    def _text_of(self, article: Article) -> str:
        if article.pk not in self._texts:
            self._texts[article.pk] = article.text
        return self._texts[article.pk]

    def _is_ours(self, address: str) -> bool:
        return urlsplit(address).netloc in self.hosts

    def _row_at(self, address: str) -> models.Model | None:
        """What this person sees under an address: one of ours, that of an article elsewhere, or that of a note."""
        parts = urlsplit(address)
        if parts.netloc in self.hosts:
            try:
                match = resolve(unquote(parts.path))
            except Resolver404:
                return None
            rows = _ROWS.get(match.view_name)
            return rows and self._visible(rows).filter(**match.kwargs).first()
        if (uid := _uid_of(address)) and (note := self._readable().filter(uid=uid).first()):
            return note
        whole = parts._replace(fragment="").geturl()
        articles = list(self._visible(Article).filter(address__in={address, whole}).order_by("pk")[:2])
        if len(articles) > 1 and self.article is None:
            words = _("Several articles here came from %(address)s: name the article by its address here.")
            raise Unfit(words % {"address": address[:200]}, at="target", code="ambiguous-target")
        if self.article in articles:
            return self.article
        return articles[0] if articles else self._readable().filter(via=address).order_by("pk").first()

    def _visible(self, rows: type[models.Model]) -> models.QuerySet:
        return rows.objects.all() if self.by is None else rows.objects.visible_to(self.by)


def _uid_of(address: str) -> UUID | None:
    """The number of a note that an address of this program names, on whatever host."""
    before, _slash, last = urlsplit(address).path.rstrip("/").rpartition("/")
    try:
        return UUID(last) if before.endswith("/annotations") else None
    except ValueError:
        return None


def _quotation(found: Found) -> Anchor | None:
    """The words that the annotation quotes, wherever they stood: what a person looks for by hand."""
    waiting: list[Selector] = [one for target in found.targets for one in target.selectors]
    start = next((one.values["start"] for one in waiting if one.kind == "TextPositionSelector"), 0)
    while waiting:
        one = waiting.pop(0)
        if one.kind == "TextQuoteSelector":
            exact, values = one.values["exact"], one.values
            before, after = values.get("prefix", "")[-32:], values.get("suffix", "")[:32]
            return Anchor(exact, before, after, start, start + len(exact))
        waiting += [*one.refined_by, *one.start, *one.end]
    return None


def _in_order(steps: Iterable[Step]) -> list[Step]:
    """What is answered comes before its answers; those that answer one another in a circle fail."""
    done: list[Step] = []
    placed: set[int] = set()
    waiting = list(steps)
    while waiting:
        ready = [step for step in waiting if step.answers is None or id(step.answers) in placed]
        if not ready:
            for step in waiting:
                words = _("The annotations answer one another in a circle.")
                step.fate, step.failure = "failed", Unfit(words, at="target", code="circular")
            return [*done, *waiting]
        placed |= {id(step) for step in ready}
        done += ready
        waiting = [step for step in waiting if id(step) not in placed]
    return done


def access_of(step: Step) -> str:
    """Who may read it: as it says, else the team; an answer reaches no further than what it answers."""
    wanted = Access(step.found.access or Access.TEAM)
    reach = [Access.PRIVATE, Access.TEAM, Access.PUBLIC]
    above = step.answers.note if step.answers else step.about if isinstance(step.about, Annotation) else None
    return wanted if above is None else min(wanted, Access(above.access), key=reach.index)
