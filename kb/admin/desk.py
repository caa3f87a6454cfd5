"""The first page: what waits for the person who looks, how the desk is doing, and the sections of the desk by task."""

from dataclasses import dataclass

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb.models import (
    Annotation,
    Appearance,
    Article,
    Capture,
    Challenge,
    Citation,
    Claim,
    Correction,
    ExpiryRule,
    FactCheck,
    Follow,
    ForecastScore,
    ForeignCheck,
    Hop,
    ImportProblem,
    ImportRun,
    Invitation,
    Merge,
    Notice,
    PageChange,
    Person,
    Piece,
    Rating,
    RatingWords,
    Source,
    Tag,
    TagLink,
    Task,
    policy,
)

from .annotations import WaitingNotes
from .articles import WaitingArticles
from .challenges import WaitingChallenges
from .changes import WaitingChanges
from .citations import WaitingCitations
from .claims import WaitingAppearances, WaitingClaims
from .factchecks import WaitingChecks
from .figures import charts
from .forecasts import WaitingScores
from .paging import AtLeast
from .pieces import WaitingPieces
from .tasks import WaitingTasks

SECTIONS = (
    (_("Work"), (Task, Challenge, Notice, Follow), ()),
    (
        _("To read and publish"),
        (Article, PageChange, Citation, Appearance, Hop, TagLink),
        (
            (_("Citations to resolve"), policy.DECIDE, "admin:kb_citation_queue"),
            (_("Marked words to place again"), "kb.view_citation", "admin:kb_article_orphan_queue"),
        ),
    ),
    (
        _("To check"),
        (Claim, FactCheck, ForecastScore, Correction, ForeignCheck),
        ((_("Verdicts to check again"), "kb.view_claim", "admin:kb_claim_recheck"),),
    ),
    (_("Notes"), (Annotation,), ()),
    (_("Register"), (Source, Person, Tag, Merge, Rating, ExpiryRule, RatingWords), ()),
    (
        _("Imports"),
        (Capture, Piece, ImportRun, ImportProblem),
        ((_("Upload and import"), policy.IMPORT, "admin:kb_importrun_upload"),),
    ),
    (_("People"), (User, Group, Invitation), ()),
)

QUEUES = (
    (Task, WaitingTasks),
    (Challenge, WaitingChallenges),
    (Article, WaitingArticles),
    (PageChange, WaitingChanges),
    (Piece, WaitingPieces),
    (FactCheck, WaitingChecks),
    (ForecastScore, WaitingScores),
    (Citation, WaitingCitations),
    (Appearance, WaitingAppearances),
    (Claim, WaitingClaims),
    (Annotation, WaitingNotes),
)


# What is more than this is not counted to its end.
MANY = 1000
# What the person who looks has in hand; the other queues are anybody's.
OWN = {
    (Task, "mine"),
    (Task, "mine-overdue"),
    (Challenge, "mine"),
    (FactCheck, "review"),
    (FactCheck, "decide"),
    (FactCheck, "mine-draft"),
    (FactCheck, "mine-rejected"),
    (FactCheck, "mine-submitted"),
    (Annotation, "mine"),
}
LATE = {(Task, "mine-overdue"), (Task, "overdue"), (Challenge, "overdue")}


@dataclass(frozen=True)
class Waiting:
    label: str
    count: int
    address: str
    is_own: bool = False
    is_late: bool = False

    @property
    def shown(self) -> str:
        return up_to_many(self.count)


@dataclass(frozen=True)
class Group:
    name: str
    title: str
    advice: str
    queues: list[Waiting]

    @property
    def some(self) -> list[Waiting]:
        return [one for one in self.queues if one.count]

    @property
    def none(self) -> list[Waiting]:
        return [one for one in self.queues if not one.count]


def up_to_many(count: int) -> str:
    return str(AtLeast(MANY)) if count > MANY else f"{count:,}"


def counted(querysets: list[QuerySet]) -> list[int]:
    """How many rows each has, in one query; none is counted further than one above `MANY`."""
    selected, values = [], []
    for rows in querysets:
        try:
            sql, parameters = rows.order_by().values("pk")[: MANY + 1].query.sql_with_params()
        except EmptyResultSet:
            selected.append("0")
        else:
            selected.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")
            values += parameters
    if not selected:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(selected)}", values)
        return list(cursor.fetchone())


def waiting_for(request, site: admin.AdminSite) -> list[Waiting]:
    """Counts with links to the lists they count, of every table this person may see, in one query."""
    asked = []
    for model, queue in QUEUES:
        page = site.get_model_admin(model)
        if page.has_view_permission(request):
            rows = page.get_queryset(request)
            for value, (label, condition) in queue.conditions(request.user).items():
                asked.append((model, queue, value, label, rows.filter(condition)))
    counts = counted([rows for *_rest, rows in asked])
    return [
        Waiting(str(label), count, queue.address(model, value), (model, value) in OWN, (model, value) in LATE)
        for (model, queue, value, label, _rows), count in zip(asked, counts, strict=True)
    ]


def first_page(request, site: admin.AdminSite) -> dict:
    """What the person has in hand, what anybody may take, and how the desk is doing."""
    waiting = waiting_for(request, site)
    groups = [
        Group(
            "own",
            _("Waiting for you"),
            _("Nothing waits for you. Take something of what anybody may do, or follow what you care about."),
            [one for one in waiting if one.is_own],
        ),
        Group(
            "all",
            _("For anybody"),
            _("Everything is decided. Import articles, or write a claim."),
            [one for one in waiting if not one.is_own],
        ),
    ]
    return {
        "waiting": waiting,
        "waiting_groups": [group for group in groups if group.queues],
        "charts": charts(request.user, timezone.localdate()),
    }


def own(request) -> dict | None:
    """What the header of every page says: my open tasks and my unread notices, which came with the person."""
    user = request.user
    if not user.is_authenticated or not user.is_staff:
        return None
    return {
        "works": policy.may(user, policy.ASSIGN),
        "tasks": up_to_many(user.open_tasks),
        "unread": up_to_many(user.unread_notices),
    }
