"""The queue of verdicts to check again: what has passed its day or soon will, by reach times age."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kb.models import FactCheck, Task, TaskKind
from kb.services import rechecks

from .base import admin_url, badge

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One verdict; `task` asks for a new one."""

    check: FactCheck
    until: str
    task: Task | None

    @property
    def address(self) -> str:
        return admin_url(self.check.claim)

    @property
    def task_address(self) -> str:
        return reverse("admin:kb_task_change", args=[self.task.pk])


class RecheckPage:
    """For the admin page of claims."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.recheck)
        return [path("recheck/", view, name="kb_claim_recheck"), *super().get_urls()]

    def recheck(self, request):
        """The queue, read-only: a claim's page has the button that begins its new check. Three queries."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        today = timezone.localdate()
        due = rechecks.due(today=today).select_related("claim", "rating")
        page = Paginator(due, PAGE).get_page(request.GET.get("p"))
        checks = list(page)
        asked = Task.objects.open().filter(kind=TaskKind.RECHECK, claim__in=[check.claim_id for check in checks])
        by_claim = {task.claim_id: task for task in asked.select_related("assignee")}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Verdicts to check again"),
            "opts": self.opts,
            "within": rechecks.WITHIN,
            "page": page,
            "rows": [Row(check, _until(check, today), by_claim.get(check.claim_id)) for check in checks],
        }
        return TemplateResponse(request, "admin/kb/claim/recheck.html", context)


def _until(check: FactCheck, today) -> str:
    days = (check.expires_on - today).days
    if days < 0:
        return badge("expired", _("expired"))
    if days == 0:
        return _("its last day is today")
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
