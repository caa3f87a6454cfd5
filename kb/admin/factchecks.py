"""Fact-checks: drafted by one person, reviewed blind by another; afterwards they are read, not edited."""

import mimetypes
import os.path

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kb.models import Dissent, Evidence, EvidenceCopy, Expiry, FactCheck, FactCheckStatus, Rating, SearchStep, policy
from kb.models.evidence import LARGEST_COPY
from kb.models.factcheck import PUBLIC
from kb.services import evidence, verdicts

from .acts import Act, Acts, ReasonForm
from .base import DeskAdmin, DeskInline, badge, link_to, own_direction
from .claims import read_appearances
from .filters import WaitingFilter
from .forms import DeskForm, NumberedForm
from .reviews import ReviewPage, ScaleField
from .similar import read_precedents, warn_of_departure
from .tasks import WORK, Beside

DRAFT, SUBMITTED = FactCheckStatus.DRAFT, FactCheckStatus.SUBMITTED


def is_own_draft(check: FactCheck, user) -> bool:
    return verdicts.may("save", check, user)


def allowed(act: str):
    """Offers an act where the table of transitions allows it."""
    return lambda check, user: verdicts.may(act, check, user)


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
            # Of a second opinion that differs, only somebody who gave none can decide.
            reviewed = user.given_reviews.values("fact_check")
            waiting = {
                "review": (_("Checks awaiting my review"), Q(status=SUBMITTED, dissent="") & ~Q(author=user)),
                "decide": (
                    _("Open dissents awaiting me"),
                    Q(dissent=Dissent.OPEN, status__in=(SUBMITTED, FactCheckStatus.PUBLISHED))
                    & ~Q(author=user)
                    & ~Q(pk__in=reviewed),
                ),
                **waiting,
            }
        return waiting


class RatingFilter(admin.SimpleListFilter):
    """By rating, over the checks whose rating the person may see."""

    title, parameter_name = _("rating"), "rating"

    def lookups(self, request, model_admin):
        return [(rating.slug, rating.label) for rating in Rating.objects.newest_words()]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        return queryset.rating_shown_to(request.user).filter(rating__slug=self.value())


class CheckForm(DeskForm):
    together = (("rating", "rationale"), ("expiry", "expires_on"))
    rating = ScaleField(required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        check = self.instance
        if "rating" in self.fields:
            self.fields["rating"].offer(check.rating if check.pk else None)
        if "expiry" in self.fields:
            self.fields["expiry"].help_text = self._rule(check)

    def _rule(self, check: FactCheck) -> str:
        if not check.claim_id:
            return _now("The rule follows the type of statement; a day typed below replaces it.")
        rule = verdicts.expiry_rule(check.claim)
        if rule is None or rule.days is None:
            return _now("By the rule, verdicts on such statements do not expire.")
        words = _now("By the rule, it is good for %(days)d days from the day it speaks for") % {"days": rule.days}
        day = verdicts.expiry_by_rule(check.claim, check.as_of)
        return f"{words}: {day:%Y-%m-%d}." if day else f"{words}."

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("expires_on") and cleaned.get("expiry") == Expiry.RULE:
            # Whoever types a day means it.
            cleaned["expiry"] = Expiry.DAY
        return cleaned


class EvidenceForm(NumberedForm):
    file = forms.FileField(
        label=_("Keep a copy"),
        required=False,
        help_text=_("The page or document as you saw it, at most 3 MB. Readers see its hash, the desk the file."),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_COPY:
            raise forms.ValidationError(_("The file is larger than 3 MB."))
        return file

    def save(self, commit=True):
        row = super().save(commit)
        if commit and (file := self.cleaned_data.get("file")):
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            name = os.path.basename(file.name)
            evidence.keep_copy(row, by=self.request.user, name=name, media_type=kind, content=file.read())
        return row


class CheckInline(DeskInline):
    """Rows of a check: written by the author of a draft, read by everybody else."""

    classes = []
    show_change_link = False

    def _may(self, request, obj) -> bool:
        return obj is None or is_own_draft(obj, request.user)

    def has_add_permission(self, request, obj):
        return super().has_add_permission(request, obj) and self._may(request, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may(request, obj)


class EvidenceInline(CheckInline):
    model = Evidence
    form = EvidenceForm
    fields = [("stance", "position"), "summary", "quote", "source", "address", "archived_copy", "kept", "file"]
    readonly_fields = ["kept"]
    autocomplete_fields = ["source"]

    def get_fields(self, request, obj=None):
        fields = list(super().get_fields(request, obj))
        return fields if self.has_change_permission(request, obj) else fields[:-1]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source", "copy").defer("copy__content")

    @admin.display(description=_("kept copy"))
    def kept(self, row):
        copy = getattr(row, "copy", None) if row.pk else None
        if copy is None:
            return _("none")
        address = reverse("admin:kb_factcheck_copy", args=[copy.pk])
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a> <code class="hash">{}</code>', address, copy.name, copy.sha256
        )


class SearchStepInline(CheckInline):
    model = SearchStep
    form = NumberedForm
    fields = [("place", "position"), ("words", "searched_on"), "result"]


@admin.register(FactCheck)
class FactCheckAdmin(ReviewPage, Beside, Acts, DeskAdmin):
    form = CheckForm

    class Media:
        css = {"all": ["kb/admin/review.css", "kb/admin/similar.css"]}

    list_display = [
        "claim_words",
        "number",
        "status_badge",
        "rating_words",
        "author",
        "reviewer",
        "as_of",
        "expires_on",
    ]
    list_filter = [WaitingChecks, "status", "dissent", RatingFilter]
    search_fields = ["claim__text", "author__username"]
    autocomplete_fields = ["claim", "consulted"]
    inlines = [EvidenceInline, SearchStepInline]
    radio_fields = {"expiry": admin.HORIZONTAL}
    fieldsets = [
        (None, {"fields": ["claim"]}),
        (_("Verdict"), {"fields": ["rating", "rationale", "as_of", ("expiry", "expires_on"), "consulted"]}),
    ]
    acts = (
        Act(
            name="submit",
            label=_("Submit for review"),
            right=policy.SUBMIT,
            run=verdicts.submit,
            done=_("With a reviewer now"),
            fits=allowed("submit"),
        ),
        Act(
            name="take_back",
            label=_("Take back"),
            right=policy.SUBMIT,
            run=verdicts.take_back,
            done=_("A draft again"),
            fits=allowed("take_back"),
        ),
        Act(
            name="hand_back",
            label=_("Hand back…"),
            right=policy.APPROVE,
            run=verdicts.hand_back,
            done=_("Handed back to its author"),
            fits=allowed("hand_back"),
            form=ReasonForm,
            explanation=_("Its author reads the reason, goes on writing and submits again."),
        ),
        Act(
            name="reject",
            label=_("Reject…"),
            right=policy.APPROVE,
            run=verdicts.reject,
            done=_("Rejected"),
            fits=allowed("reject"),
            form=ReasonForm,
            explanation=_("Its author reads the reason and drafts anew."),
        ),
        Act(
            name="redraft",
            label=_("Draft anew from this"),
            right="kb.add_factcheck",
            run=verdicts.redraft,
            done=_("A new draft holds what this one says"),
            fits=lambda check, user: check.status == FactCheckStatus.REJECTED and check.author_id == user.pk,
        ),
        Act(
            name="reopen",
            label=_("Reopen…"),
            right=policy.APPROVE,
            run=verdicts.reopen,
            done=_("Reopened"),
            fits=lambda check, user: verdicts.may("reopen", check, user) and not check.reopened_at,
            form=ReasonForm,
            explanation=_("Readers see at once that the verdict is in doubt, until the next one is published."),
        ),
        *WORK,
    )

    @admin.display(description=_("claim"), ordering="claim__text")
    def claim_words(self, check):
        return own_direction(check.claim)

    @admin.display(description=_("claim"))
    def claim_link(self, check):
        return link_to(check.claim)

    @admin.display(description=_("status"), ordering="status")
    def status_badge(self, check):
        marks = [badge(check.status, check.get_status_display())]
        if check.reopened_at:
            marks.append(badge("reopened", _("reopened")))
        if check.dissent:
            marks.append(badge(f"dissent-{check.dissent}", check.get_dissent_display()))
        return format_html_join(" ", "{}", ((mark,) for mark in marks))

    @admin.display(description=_("so far"))
    def so_far(self, check):
        """Who did what, when, and why."""
        steps = [
            (_("Drafted"), check.author, check.created_at, ""),
            (_("Submitted"), check.author, check.submitted_at, ""),
            *(
                (review.get_role_display().capitalize(), review.reviewer, review.at, f"{review.rating}. {review.note}")
                for review in check.reviews.select_related("reviewer", "rating")
            ),
            (_("Decided"), check.reviewer, check.decided_at, check.rejection_reason),
            (_("Reopened"), check.reopened_by, check.reopened_at, check.reopen_reason),
        ]
        lines = (
            format_html("{} {}, <bdi>{}</bdi>{}", what, f"{at:%Y-%m-%d %H:%M}", who, f": {why}" if why else "")
            for what, who, at, why in steps
            if at
        )
        if check.return_reason:
            lines = [*lines, format_html("{}: {}", _("Handed back"), check.return_reason)]
        return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))

    @admin.display(description=_("rating"))
    def rating_words(self, check):
        """Kept from whoever may still review it: they choose before they see it."""
        if check.rating is None:
            return ""
        return check.rating.label if check.is_rating_shown else _("hidden until reviewed")

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        about = [(None, {"fields": ["claim_link", "status_badge", "so_far"]})]
        if obj.hides_rating_from(request.user):
            return [*about, (_("Verdict"), {"fields": ["closed", "as_of", "expires_on"]})]
        return [*about, *fieldsets[1:]]

    def get_readonly_fields(self, request, obj=None):
        return ["claim_link", "status_badge", "so_far", "closed"] if obj else []

    @admin.display(description=_("rating and rationale"))
    def closed(self, check):
        return _("Hidden until somebody has chosen a rating without seeing them.")

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("claim", "rating", "author", "reviewer", "reopened_by")
        return rows.with_rating_shown_to(request.user)

    def get_field_queryset(self, db, db_field, request):
        rows = super().get_field_queryset(db, db_field, request)
        return rows.filter(status__in=PUBLIC) if db_field.name == "consulted" else rows

    def get_search_results(self, request, queryset, search_term):
        if request.path == reverse("admin:autocomplete") and request.GET.get("field_name") == "consulted":
            queryset = queryset.filter(status__in=PUBLIC)
        return super().get_search_results(request, queryset, search_term)

    def lookup_allowed(self, lookup, value, request):
        # A filter over what is hidden would tell it.
        if lookup in (WaitingChecks.parameter_name, RatingFilter.parameter_name):
            return True
        return lookup.split("__")[0] in ("status", "author", "claim", "dissent") and super().lookup_allowed(
            lookup, value, request
        )

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
            context["review_address"] = self.review_address(obj, request.user)
            if self.has_change_permission(request, obj):
                context |= self._precedents(request, context["adminform"].form, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _precedents(self, request, form, check) -> dict:
        keys = form["consulted"].value() or []
        ticked = {int(getattr(key, "pk", key)) for key in keys if str(getattr(key, "pk", key)).isdecimal()}
        found = read_precedents(check, request.user, ticked)
        return {"precedents": found, "departs": any(one.departs for one in found), "rating": check.rating}

    def response_add(self, request, obj, post_url_continue=None):
        warn_of_departure(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        # On saving and, since the form is saved first, on submitting from the page.
        warn_of_departure(request, obj)
        return super().response_change(request, obj)

    def save_row(self, request, obj, form, change):
        if change:
            verdicts.save_draft(obj, by=request.user)
            return
        content = {name: getattr(obj, name) for name in sorted(verdicts.CONTENT)}
        drafted = verdicts.draft(obj.claim, by=request.user, **content)
        # The form goes on with the row that the service made.
        obj.__dict__.update(drafted.__dict__)

    def delete_model(self, request, obj):
        verdicts.discard(obj, by=request.user)

    def delete_rows(self, request, queryset):
        for check in queryset:
            verdicts.discard(check, by=request.user)

    def get_urls(self):
        copy = self.admin_site.admin_view(self.copy)
        return [path("copy/<int:copy_id>/", copy, name="kb_factcheck_copy"), *super().get_urls()]

    def copy(self, request, copy_id):
        """A kept copy as a file to save: whatever it is, no browser opens it here."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        copy = EvidenceCopy.objects.filter(pk=copy_id).first()
        if copy is None:
            raise Http404
        response = HttpResponse(bytes(copy.content), content_type="application/octet-stream")
        response.headers["Content-Disposition"] = content_disposition_header(True, copy.name)
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response
