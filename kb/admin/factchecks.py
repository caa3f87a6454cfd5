"""Fact-checks: drafted by one person, decided by another; afterwards they are read, not edited."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from kb.models import Evidence, FactCheck, FactCheckStatus, policy
from kb.services import verdicts

from .acts import Act, Acts, ReasonForm
from .base import DeskAdmin, DeskInline, badge, link_to
from .claims import read_appearances
from .filters import WaitingFilter
from .forms import NumberedForm
from .tasks import WORK, Beside
from .versions import VersionGuard

DRAFT, SUBMITTED = FactCheckStatus.DRAFT, FactCheckStatus.SUBMITTED


def is_own_draft(check: FactCheck, user) -> bool:
    return check.status == DRAFT and check.author_id == user.pk


def submit(check: FactCheck, *, by) -> FactCheck:
    if check.author_id != by.pk:
        raise PermissionDenied(_("Only its author submits a draft."))
    return verdicts.submit(check, by=by)


class WaitingChecks(WaitingFilter):
    @classmethod
    def conditions(cls, user):
        later = FactCheck.objects.filter(claim=OuterRef("claim"), number__gt=OuterRef("number"))
        waiting = {
            "mine-draft": (_("My draft checks"), Q(status=DRAFT, author=user)),
            "mine-rejected": (
                _("My rejected checks"),
                # A rejected check waits until its claim is checked anew.
                Q(status=FactCheckStatus.REJECTED, author=user) & ~Q(Exists(later)),
            ),
            "mine-submitted": (_("My checks with a reviewer"), Q(status=SUBMITTED, author=user)),
        }
        if policy.may(user, policy.APPROVE):
            waiting = {"review": (_("Checks awaiting my review"), Q(status=SUBMITTED) & ~Q(author=user)), **waiting}
        return waiting


class EvidenceInline(DeskInline):
    model = Evidence
    form = NumberedForm
    classes = []
    fields = [("stance", "position"), "summary", "quote", "source", "address", "archived_copy"]
    autocomplete_fields = ["source"]
    show_change_link = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source")

    def has_add_permission(self, request, obj):
        return super().has_add_permission(request, obj) and (obj is None or is_own_draft(obj, request.user))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or is_own_draft(obj, request.user))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or is_own_draft(obj, request.user))


@admin.register(FactCheck)
class FactCheckAdmin(Beside, Acts, VersionGuard, DeskAdmin):
    list_display = ["claim_words", "number", "status_badge", "rating", "author", "reviewer", "as_of", "expires_on"]
    list_filter = [WaitingChecks, "status", ("rating", admin.RelatedFieldListFilter)]
    list_select_related = ["claim", "rating", "author", "reviewer"]
    search_fields = ["claim__text", "rationale", "author__username"]
    autocomplete_fields = ["claim", "rating"]
    inlines = [EvidenceInline]
    fieldsets = [(None, {"fields": ["claim", "rating", "rationale", ("as_of", "expires_on")]})]
    acts = (
        Act(
            name="submit",
            label=_("Submit for review"),
            right=policy.SUBMIT,
            run=submit,
            done=_("With a reviewer now"),
            fits=is_own_draft,
        ),
        Act(
            name="approve",
            label=_("Approve and publish"),
            right=policy.APPROVE,
            run=verdicts.approve,
            done=_("Published"),
            fits=lambda check, user: check.status == SUBMITTED and check.author_id != user.pk,
        ),
        Act(
            name="reject",
            label=_("Reject…"),
            right=policy.APPROVE,
            run=verdicts.reject,
            done=_("Rejected"),
            fits=lambda check, user: check.status == SUBMITTED and check.author_id != user.pk,
            form=ReasonForm,
            explanation=_("Its author reads the reason and drafts anew."),
        ),
        Act(
            name="reopen",
            label=_("Reopen…"),
            right=policy.APPROVE,
            run=verdicts.reopen,
            done=_("Reopened"),
            fits=lambda check, user: check.status == FactCheckStatus.PUBLISHED and not check.reopened_at,
            form=ReasonForm,
            explanation=_("Readers see at once that the verdict is in doubt, until the next one is published."),
        ),
        *WORK,
    )

    @admin.display(description=_("claim"), ordering="claim__text")
    def claim_words(self, check):
        return format_html("<bdi>{}</bdi>", check.claim)

    @admin.display(description=_("claim"))
    def claim_link(self, check):
        return link_to(check.claim)

    @admin.display(description=_("status"), ordering="status")
    def status_badge(self, check):
        reopened = badge("reopened", _("reopened")) if check.reopened_at else ""
        return format_html("{} {}", badge(check.status, check.get_status_display()), reopened)

    @admin.display(description=_("so far"))
    def so_far(self, check):
        """Who did what, when, and why."""
        steps = [
            (_("Drafted"), check.author, check.created_at, ""),
            (_("Submitted"), check.author, check.submitted_at, ""),
            (_("Decided"), check.reviewer, check.decided_at, check.rejection_reason),
            (_("Reopened"), check.reopened_by, check.reopened_at, check.reopen_reason),
        ]
        lines = (
            format_html("{} {}, <bdi>{}</bdi>{}", what, f"{at:%Y-%m-%d %H:%M}", who, f": {why}" if why else "")
            for what, who, at, why in steps
            if at
        )
        return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        fields = ["claim_link", "so_far", *fieldsets[0][1]["fields"][1:]]
        return [(None, {"fields": fields})]

    def get_readonly_fields(self, request, obj=None):
        return ["claim_link", "so_far"] if obj else []

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("claim", "rating", "author", "reviewer", "reopened_by")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or is_own_draft(obj, request.user))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or is_own_draft(obj, request.user))

    def why_kept(self, check):
        if check.status not in (DRAFT, SUBMITTED):
            return _("is decided: a verdict stays on record, and the next one supersedes it.")
        return ""

    def view_on_site(self, check):
        return check.get_absolute_url() if check.status == FactCheckStatus.PUBLISHED else None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj:
            context["appearances"] = read_appearances(obj.claim)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_row(self, request, obj, form, change):
        if change:
            verdicts.save_draft(obj, by=request.user)
            return
        content = {name: getattr(obj, name) for name in ("rating", "rationale", "as_of", "expires_on")}
        drafted = verdicts.draft(obj.claim, by=request.user, **content)
        # The form goes on with the row that the service made.
        obj.__dict__.update(drafted.__dict__)

    def delete_model(self, request, obj):
        verdicts.discard(obj, by=request.user)

    def delete_queryset(self, request, queryset):
        for check in queryset:
            verdicts.discard(check, by=request.user)
