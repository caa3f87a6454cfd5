"""Who else has a page open: said when it is opened, and again and again while it is looked at."""

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, models, transaction
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kb.services import presence
from kb.services.presence import Present

# So many are named.
NAMED = 3


def in_words(others: list[Present]) -> str:
    """One short sentence for each; empty when nobody else is there."""
    said = [
        _("%(name)s has this open, %(minutes)d min") % {"name": one.name, "minutes": one.minutes}
        for one in others[:NAMED]
    ]
    if len(others) > NAMED:
        said.append(_("and %(count)d more") % {"count": len(others) - NAMED})
    return " · ".join(said)


def presence_of(request, row: models.Model) -> dict:
    """Take down that this person has the page open, and say who else has. A hint: without it the page is as good."""
    try:
        with transaction.atomic():
            presence.note(row, by=request.user)
            others = presence.others(row, than=request.user)
    except DatabaseError:
        return {}
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_presence", args=[row.pk])
    return {"words": in_words(others), "address": address}


def answer(request, page, object_id: str) -> HttpResponse:
    """A sign that the page is open still, or closed now. Whoever may not change the row leaves no sign and sees none."""
    row = page.get_object(request, object_id)
    if row is None:
        raise Http404
    if not page.has_change_permission(request, row):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if "leave" in request.POST:
        presence.leave(row, by=request.user)
        return HttpResponse(status=204)
    presence.note(row, by=request.user)
    return JsonResponse({"words": in_words(presence.others(row, than=request.user))})
