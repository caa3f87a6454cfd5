"""Marked words that lost their place: the passage they stood in beside the text of today, and one key to place them again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kb.models import Annotation, Article, policy
from kb.models.rules import LOST, ORPHANED, Anchored, Standing
from kb.services import anchoring
from kb.services.refusal import Refused
from kb.text import anchors

from .base import admin_url, badge, say_refused
from .suggestions import sentence_around

# So many of each kind are shown on one page.
PAGE = 20
KINDS = {model._meta.model_name: model for model in anchoring.ANCHORED}
# As the message after a save counts them.
COUNTED = {
    Standing.UNTOUCHED: gettext_lazy("newly marked"),
    Standing.EXACT: gettext_lazy("exact"),
    Standing.MOVED: gettext_lazy("moved"),
    Standing.CHANGED: gettext_lazy("changed words"),
    Standing.AMBIGUOUS: gettext_lazy("ambiguous"),
    Standing.ORPHANED: gettext_lazy("orphaned"),
}


@dataclass(frozen=True)
class Place:
    """A stretch of the text of today that the words may have come to; `key` places them there."""

    key: int
    value: str
    passage: str
    score: int


@dataclass(frozen=True)
class Orphan:
    """One row that lost its words: `passage` is how they stood."""

    row: Anchored
    passage: str
    places: tuple[Place, ...]
    may_settle: bool

    @property
    def key(self) -> str:
        return f"{self.row._meta.model_name}-{self.row.pk}"

    @property
    def kind(self) -> str:
        return str(self.row._meta.verbose_name)

    @property
    def address(self) -> str | None:
        return admin_url(self.row)

    @property
    def said(self) -> str:
        """What the row is, beside its words: a note's own words, a claim's."""
        return str(self.row) if str(self.row) != self.row.exact else ""

    @property
    def standing(self) -> str:
        return badge(self.row.standing or Standing.ORPHANED, self.row.get_standing_display() or _("gone from the text"))


@dataclass(frozen=True)
class Group:
    """The orphans of one article."""

    article: Article
    orphans: list[Orphan]

    @property
    def address(self) -> str:
        return orphans_of(self.article)


def orphans_of(article: Article) -> str:
    return reverse("admin:kb_article_orphans", args=[article.pk])


def lost_rows(user, article: Article | None = None) -> dict[type[Anchored], models.QuerySet]:
    """Rows of each table that this person may see and that wait for somebody to place them."""
    narrowed = models.Q() if article is None else models.Q(article=article)
    # A note that came from elsewhere is lost from the first on: its words never stood in a revision.
    lost = {Annotation: ORPHANED | models.Q(standing__in=LOST)}
    return {
        model: model.objects.visible_to(user).filter(lost.get(model, ORPHANED), narrowed, article__isnull=False)
        for model in anchoring.ANCHORED
    }


def count_lost(user, article: Article) -> int:
    """How many marked words of the article wait for somebody to place them."""
    return sum(rows.order_by().count() for rows in lost_rows(user, article).values())


class OrphansPage:
    """For the admin of articles: the tray of each, the queue over all, and what a save says of marked words."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        return [
            path("orphans/", wrap(self.orphans), name="kb_article_orphan_queue"),
            path("<int:object_id>/orphans/", wrap(self.orphans), name="kb_article_orphans"),
            *super().get_urls(),
        ]

    def response_change(self, request, obj):
        say_anchors(request, obj, since=getattr(obj, "revision_before", obj.revision))
        return super().response_change(request, obj)

    def orphans(self, request, object_id=None):
        policy.require(request.user, "kb.view_citation")
        article = None if object_id is None else get_object_or_404(self.get_queryset(request), pk=object_id)
        if request.method == "POST":
            _settle(request)
            return HttpResponseRedirect(request.get_full_path())
        found = lost_rows(request.user, article)
        rows = [
            row for some in found.values() for row in some.select_related("article").order_by("-article", "pk")[:PAGE]
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Marked words to place again"),
            "subtitle": str(article) if article else None,
            "opts": self.opts,
            "original": article,
            "groups": _groups(rows, request.user),
            "more": any(some.order_by()[PAGE : PAGE + 1].exists() for some in found.values()),
        }
        return TemplateResponse(request, "admin/kb/article/orphans.html", context)


def say_anchors(request, article: Article, *, since: int) -> None:
    """After a save that changed the text: how many marked words stand how, and where the lost ones are placed again."""
    if article.revision == since:
        return
    counts = anchoring.account(article, request.user)
    counted = [f"{counts[standing]} {words}" for standing, words in COUNTED.items() if counts[standing]]
    if not counted:
        return
    said = _("Marked words: %(counts)s.") % {"counts": ", ".join(counted)}
    if any(counts[standing] for standing in LOST):
        link = format_html('<a href="{}">{}</a>', orphans_of(article), _("Place them again"))
        messages.warning(request, format_html("{} {}", said, link))
    else:
        messages.info(request, said)


def _settle(request) -> None:
    """Do what the form of one row says: a place, other words, or none."""
    row = _row(request, request.POST.get("row", ""))
    try:
        place = _place(row, request.POST)
        anchoring.settle_anchor(row, place, by=request.user, revision=_number(request.POST.get("revision")))
    except Refused as refused:
        say_refused(request, refused)
    except ValueError as error:
        messages.error(request, str(error))
    else:
        done = _("Left as it is: “%(words)s”.") if place is None else _("Placed again: “%(words)s”.")
        messages.success(request, done % {"words": row.exact[:80]})


def _row(request, key: str) -> Anchored:
    kind, _dash, number = key.partition("-")
    if kind not in KINDS:
        raise Http404
    return get_object_or_404(KINDS[kind].objects.visible_to(request.user), pk=_number(number), article__isnull=False)


def _place(row: Anchored, sent) -> tuple[int, int] | None:
    """The place that was chosen. Raises ValueError, in words, where the typed words name none."""
    if (at := sent.get("at", "")) == "leave":
        return None
    if at == "words":
        words = sent.get("words", "").strip()
        found = anchors.find(row.article.text, words)
        if found is None:
            times = row.article.text.count(words) if words else 0
            raise ValueError(
                ngettext(
                    "These words stand in the text %(count)d time: mark more words.",
                    "These words stand in the text %(count)d times: mark more words.",
                    times,
                )
                % {"count": times}
                if times
                else _("These words do not stand in the text. Copy them exactly, capitals included.")
            )
        return found.start, found.end
    start, _dash, end = at.partition("-")
    return _number(start), _number(end)


def _number(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdecimal() and len(value) < 10 else 0


def _groups(rows: Sequence[Anchored], user) -> list[Group]:
    by_article: dict[int, list[Anchored]] = defaultdict(list)
    articles: dict[int, Article] = {}
    for row in rows:
        articles.setdefault(row.article_id, row.article)
        by_article[row.article_id].append(row)
    texts = _texts(rows)
    groups = []
    for number in sorted(by_article, reverse=True):
        article = articles[number]
        now = article.text
        orphans = [_orphan(row, texts.get((number, row.revision)), now, user) for row in by_article[number]]
        groups.append(Group(article, sorted(orphans, key=lambda one: one.row.start)))
    return groups


def _texts(rows: Iterable[Anchored]) -> dict[tuple[int, int], str]:
    return anchoring.texts_at({(row.article_id, row.revision) for row in rows})


def _orphan(row: Anchored, before: str | None, now: str, user) -> Orphan:
    if before is not None and before[row.start : row.end] == row.exact:
        passage = sentence_around(before, row.start, row.end)
    else:
        passage = format_html("{}<mark>{}</mark>{}", row.prefix, row.exact, row.suffix)
    places = tuple(
        Place(key, f"{start}-{end}", sentence_around(now, start, end), score)
        for key, (start, end, score) in enumerate(row.places, start=1)
        if 0 <= start < end <= len(now)
    )
    return Orphan(row, passage, places, policy.may(user, f"kb.change_{row._meta.model_name}"))
