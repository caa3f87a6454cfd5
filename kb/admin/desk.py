"""The first page: what waits for the person who looks, and the sections of the desk by task."""

from dataclasses import dataclass

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from kb.models import (
    Annotation,
    Appearance,
    Article,
    Capture,
    Citation,
    Claim,
    FactCheck,
    ForeignCheck,
    Hop,
    ImportProblem,
    ImportRun,
    Invitation,
    PageChange,
    Person,
    Piece,
    Rating,
    RatingWords,
    Source,
    Tag,
    TagLink,
    policy,
)

from .annotations import WaitingNotes
from .articles import WaitingArticles
from .changes import WaitingChanges
from .citations import WaitingCitations
from .claims import WaitingClaims
from .factchecks import WaitingChecks
from .pieces import WaitingPieces

SECTIONS = (
    (
        _("To read and publish"),
        (Article, PageChange, Citation, Appearance, Hop, TagLink),
        ((_("Citations to resolve"), policy.DECIDE, "admin:kb_citation_queue"),),
    ),
    (_("To check"), (Claim, FactCheck, ForeignCheck), ()),
    (_("Notes"), (Annotation,), ()),
    (_("Register"), (Source, Person, Tag, Rating, RatingWords), ()),
    (
        _("Imports"),
        (Capture, Piece, ImportRun, ImportProblem),
        ((_("Upload and import"), policy.IMPORT, "admin:kb_importrun_upload"),),
    ),
    (_("People"), (User, Group, Invitation), ()),
)

QUEUES = (
    (Article, WaitingArticles),
    (PageChange, WaitingChanges),
    (Piece, WaitingPieces),
    (FactCheck, WaitingChecks),
    (Citation, WaitingCitations),
    (Claim, WaitingClaims),
    (Annotation, WaitingNotes),
)


@dataclass(frozen=True)
class Waiting:
    label: str
    count: int
    address: str


def waiting_for(request, site: admin.AdminSite) -> list[Waiting]:
    """Counts with links to the lists they count: one query for each table this person may see."""
    found = []
    for model, queue in QUEUES:
        page = site.get_model_admin(model)
        if not page.has_view_permission(request):
            continue
        conditions = queue.conditions(request.user)
        counts = page.get_queryset(request).aggregate(
            **{f"n{place}": Count("pk", filter=condition) for place, (_l, condition) in enumerate(conditions.values())}
        )
        found += [
            Waiting(str(label), counts[f"n{place}"], queue.address(model, value))
            for place, (value, (label, _condition)) in enumerate(conditions.items())
        ]
    return found
