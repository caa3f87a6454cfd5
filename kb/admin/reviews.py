"""The page of a review: blind until the reviewer has chosen, then both ratings side by side, and a third person decides."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import Dissent, FactCheck, FactCheckStatus, Rating, StaleVersion, policy
from kb.services import verdicts
from kb.services.refusal import Refused
from kb.services.seals import changed_parts, hash_of, seal_of

from .base import admin_url, link_to, say_refused
from .claims import read_appearances
from .forms import Text, Textarea
from .once import answer_once, for_the_browser

BLIND, DECIDING, WAITING = "blind", "deciding", "waiting"


class ScaleField(forms.ModelChoiceField):
    """One value of the scale, each with its definition beside it."""

    def __init__(self, *, required: bool = True):
        super().__init__(
            Rating.objects.none(),
            label=gettext_lazy("Rating"),
            widget=forms.RadioSelect,
            required=required,
            blank=not required,
            empty_label=gettext_lazy("not chosen yet"),
        )

    def offer(self, chosen: Rating | None = None, *, edition: int | None = None) -> None:
        """Offer the current edition, or this one; a value that is chosen already is offered whatever its edition."""
        ratings = Rating.objects.filter(edition=edition) if edition else Rating.objects.current()
        self.queryset = ratings | Rating.objects.filter(pk=chosen.pk) if chosen else ratings

    def label_from_instance(self, rating):
        return format_html('<strong>{}</strong> <span class="quiet">{}</span>', rating.label, rating.definition)


class ReviewForm(forms.Form):
    rating = ScaleField()
    note = Text(
        label=gettext_lazy("Why"),
        widget=Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("A sentence or two. Readers see it where opinions differ."),
    )

    def __init__(self, *args, edition: int, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["rating"].offer(edition=edition)


def stage_of(check: FactCheck, user) -> str:
    """What this person can do on the page: choose blind, decide between two, wait and read; empty: nothing."""
    if verdicts.may("agree", check, user):
        return BLIND
    if check.dissent != Dissent.OPEN or not policy.may(user, policy.APPROVE):
        return ""
    is_free = verdicts.may("decide_for", check, user) or verdicts.may("settle", check, user)
    return DECIDING if is_free and not check.reviews.filter(reviewer=user).exists() else WAITING


class ReviewPage:
    """For the admin of fact-checks: the page where another person reviews one."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.review)
        return [path("<int:check_id>/review/", view, name="kb_factcheck_review"), *super().get_urls()]

    def review_address(self, check: FactCheck, user) -> str:
        """Where this person reviews the check; empty when there is nothing to do or to compare."""
        return reverse("admin:kb_factcheck_review", args=[check.pk]) if stage_of(check, user) else ""

    def review(self, request, check_id):
        """A rating that is given twice with the same form counts once."""
        return answer_once(request, lambda: self._answer_review(request, check_id))

    def _answer_review(self, request, check_id):
        policy.require(request.user, policy.APPROVE)
        check = self.get_object(request, str(check_id))
        stage = stage_of(check, request.user)
        if not stage:
            return HttpResponseRedirect(admin_url(check))
        form = ReviewForm(request.POST if "rate" in request.POST else None, edition=check.rating.edition)
        if request.method == "POST" and (form.is_valid() or not form.is_bound):
            if self._act(request, check, stage, form):
                request.desk_saved = True
                done = stage_of(check, request.user) == ""
                return HttpResponseRedirect(admin_url(check) if done else request.path)
            check = self.get_object(request, str(check_id))
        return TemplateResponse(request, "admin/kb/factcheck/review.html", self._context(request, check, stage, form))

    def _act(self, request, check, stage, form) -> bool:
        shown = request.POST.get("shown", "")
        try:
            with transaction.atomic():
                if "publish" in request.POST:
                    verdicts.publish_with_dissent(check, by=request.user, shown=shown)
                else:
                    act = verdicts.review if stage == BLIND else verdicts.decide
                    act(check, by=request.user, shown=shown, **form.cleaned_data)
        except Refused as refused:
            say_refused(request, refused)
        except StaleVersion as stale:
            messages.error(request, str(stale))
        else:
            self.log_change(request, check, _("Reviewed"))
            messages.success(request, self._done(check))
            return True
        return False

    def _done(self, check: FactCheck) -> str:
        if check.dissent == Dissent.OPEN:
            if check.status == FactCheckStatus.PUBLISHED:
                return _("Published, marked as an open dissent.")
            return _("Your rating is of another class than the author’s.")
        if check.status == FactCheckStatus.PUBLISHED:
            return _("Published: the opinions agree.") if not check.dissent else _("The dissent is resolved.")
        return _("Rejected: two opinions are against the author’s.")

    def _context(self, request, check, stage, form) -> dict:
        seal = seal_of(check)
        is_open = not check.hides_rating_from(request.user)
        reviews = list(check.reviews.select_related("rating", "reviewer")) if is_open else []
        third = verdicts.deciders(check).first() if stage == WAITING else None
        return {
            **self.admin_site.each_context(request),
            "title": _("Review"),
            "subtitle": str(check),
            "check": check,
            "original": check,
            "opts": self.opts,
            "media": self.media,
            "stage": stage,
            "form": form,
            **for_the_browser(request, form),
            "shown": hash_of(seal),
            "changed": changed_parts(check.seal, seal)
            if check.seal and check.status == FactCheckStatus.SUBMITTED
            else [],
            "claim_link": link_to(check.claim),
            "appearances": read_appearances(check.claim),
            "evidence": check.evidence.select_related("source", "copy").defer("copy__content"),
            "steps": check.search_steps.all(),
            "is_open": is_open,
            "reviews": reviews,
            "consulted": list(check.consulted.select_related("claim", "rating")) if is_open else [],
            "third": third,
            "may_publish": stage == WAITING
            and third is None
            and verdicts.may("publish_with_dissent", check, request.user),
            "other_acts": [act for act in self.offered(request, check) if act.name in ("hand_back", "reject")],
            "change_address": admin_url(check),
        }
