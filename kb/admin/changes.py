"""How the page of an article changed: each change with its type, what waits for a person, and what it did to the rest."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import admin, messages
from django.db import models, transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.importing import changing
from kb.importing.planning import load_register
from kb.models import Annotation, Appearance, Article, ChangeState, Citation, PageChange, StaleVersion, policy
from kb.services.refusal import Refused
from kb.text.changes import Change, changes, mentions

from .base import DeskAdmin, ReadOnly, badge, link_to, say_refused
from .differences import KINDS, Labelled, labelled
from .filters import WaitingFilter
from .orphans import say_anchors

# So many steps are shown with their differences, and so many differences of each.
STEPS = 5
DIFFERENCES = 300


@dataclass(frozen=True)
class Step:
    """One change of the page; `left` are differences in words that a person changed here: they are not made."""

    row: PageChange
    differences: list[Labelled]
    more: int
    counts: list[tuple[str, int]]
    left: tuple[Labelled, ...] = ()

    @property
    def state_badge(self):
        return badge(self.row.state, self.row.get_state_display())


def step_of(row: PageChange, old: str, new: str, left: tuple[Change, ...], names: Iterable[str]) -> Step:
    found = changes(old, new, is_attribution=mentions(names))
    counts = Counter(change.kind for change in found)
    return Step(
        row,
        [labelled(change) for change in found[:DIFFERENCES]],
        max(0, len(found) - DIFFERENCES),
        [(str(KINDS[kind]), counts[kind]) for kind in KINDS if counts[kind]],
        tuple(labelled(change) for change in left),
    )


class ChangesPage:
    """For the admin of articles: a page with the changes of each one's page."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.changes)
        return [path("<int:object_id>/changes/", view, name="kb_article_changes"), *super().get_urls()]

    def changes(self, request, object_id):
        article = self.get_object(request, str(object_id))
        policy.require(request.user, "kb.view_pagechange")
        if request.method == "POST":
            return self._decide_change(request, article)
        rows = list(article.page_changes.select_related("before", "after", "decided_by")[:50])
        attached, lost = _standing(article, rows, request.user)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Changes of the page"),
            "subtitle": str(article),
            "original": article,
            "opts": self.opts,
            "steps": _steps(article, rows[:STEPS]),
            "older": rows[STEPS:],
            "attached": attached,
            "lost": lost,
            "may_decide": policy.may(request.user, policy.right_to_text(article)),
        }
        return TemplateResponse(request, "admin/kb/article/changes.html", context)

    def _decide_change(self, request, article):
        place = HttpResponseRedirect(reverse("admin:kb_article_changes", args=[article.pk]))
        change = article.page_changes.waiting().filter(pk=_number(request.POST.get("change"))).first()
        act = _ACTS.get(request.POST.get("act"))
        if change is None or act is None:
            messages.error(request, _("This change does not wait any more."))
            return place
        change.article = article
        try:
            if request.POST.get("version") != str(article.version):
                raise StaleVersion(article)
            with transaction.atomic():
                act[0](change, by=request.user)
        except Refused as refused:
            say_refused(request, refused)
        except StaleVersion as stale:
            messages.error(request, str(stale))
        else:
            self.log_change(request, article, str(act[1]))
            messages.success(request, act[1])
            changed = Article.objects.get(pk=article.pk)
            say_anchors(request, changed, since=article.revision)
            self.offer_correction(request, changed, since=article.revision)
        return place


_ACTS = {
    "apply": (changing.apply_change, gettext_lazy("The change was applied to the text.")),
    "dismiss": (changing.dismiss_change, gettext_lazy("The change was dismissed; the text stays as it is.")),
}


def _number(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 19 else 0


def _steps(article: Article, rows: list[PageChange]) -> list[Step]:
    names = set(article.citations.values_list("printed_name", flat=True)) - {""}
    texts = _texts(article, rows)
    register = load_register() if any(row.is_waiting for row in rows) else None
    steps = []
    for row in rows:
        row.article = article
        if row.is_waiting:
            proposal = changing.propose(row, register)
            steps.append(step_of(row, article.text, proposal.text, proposal.left, names))
        elif row.state == ChangeState.APPLIED:
            steps.append(step_of(row, texts.get(row.revision - 1, ""), texts.get(row.revision, ""), (), names))
        else:
            steps.append(Step(row, [], 0, []))
    return steps


def _texts(article: Article, rows: list[PageChange]) -> dict[int, str]:
    """The text of each revision that a change made or replaced: what its last version says."""
    wanted = {number for row in rows if row.revision for number in (row.revision - 1, row.revision)}
    if not wanted:
        return {}
    versions = article.history.filter(revision__in=wanted).order_by("history_date", "history_id")
    return dict(versions.values_list("revision", "body"))


def _standing(article: Article, rows: list[PageChange], user) -> tuple[int | None, list[str]]:
    """How many rows the newest change of the text found again, and links to those whose words are gone."""
    newest = next((row for row in rows if row.revision), None)
    attached, lost = 0, []
    for model in (Citation, Appearance, Annotation):
        anchored = model.objects.filter(article=article, start__isnull=False)
        if model is Annotation:
            anchored = anchored.visible_to(user)
        if newest and newest.revision == article.revision:
            older = model.history.filter(article=article.pk, revision__lt=article.revision).values("id")
            attached += anchored.filter(revision=article.revision, pk__in=older).count()
        for row in anchored.exclude(revision=article.revision)[:100]:
            lost.append(format_html("{}: {}", row._meta.verbose_name, link_to(row, row.exact[:120])))
    return (attached if newest and newest.revision == article.revision else None), lost


class WaitingChanges(WaitingFilter):
    @classmethod
    def conditions(cls, user):
        return {"change": (gettext_lazy("Changed pages"), models.Q(state=ChangeState.WAITING))}


@admin.register(PageChange)
class PageChangeAdmin(ReadOnly, DeskAdmin):
    list_display = ["article_words", "state_badge", "received_at", "decided_by", "decided_at"]
    list_filter = [WaitingChanges, "state"]
    list_select_related = ["article", "decided_by"]
    list_display_links = None
    search_fields = ["article__title"]
    fields = ["article_words", "state_badge", "received_at", "before", "after", "revision", "decided_by", "decided_at"]
    readonly_fields = fields

    def for_listing(self, queryset):
        return queryset.defer("article__body")

    @admin.display(description=gettext_lazy("article"))
    def article_words(self, change):
        address = reverse("admin:kb_article_changes", args=[change.article_id])
        return format_html('<a href="{}"><bdi>{}</bdi></a>', address, change.article)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_badge(self, change):
        return badge(change.state, change.get_state_display())
