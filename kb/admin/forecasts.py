"""Outcomes of forecasts: scored on the claim's page, confirmed or sent back by another person."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb.models import Claim, ForecastScore, Outcome, StatementType, policy
from kb.services import forecasts

from .acts import Act, Acts, ReasonForm
from .base import DeskAdmin, ReadOnly, badge, link_to
from .filters import WaitingFilter
from .forms import Text, Textarea


class ScoreForm(forms.Form):
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = Text(label=_("Why"), widget=Textarea(attrs={"rows": 4}), help_text=_("What happened; readers see it."))
    address = forms.URLField(
        label=_("Address of the evidence"), max_length=1000, widget=forms.URLInput(attrs={"class": "vURLField"})
    )


def is_due(claim: Claim, user) -> bool:
    score = ForecastScore.objects.filter(claim=claim).first()
    is_mine = score is None or (not score.is_confirmed and score.scored_by_id == user.pk)
    return (
        claim.statement_type == StatementType.FORECAST
        and claim.resolves_on is not None
        and claim.resolves_on <= timezone.localdate()
        and is_mine
    )


def is_anothers(score: ForecastScore, user) -> bool:
    return not score.is_confirmed and score.scored_by_id != user.pk


# For the page of claims.
SCORE = Act(
    name="score",
    label=_("Say how it came out…"),
    right="kb.add_forecastscore",
    run=forecasts.score,
    done=_("Scored; another person confirms it"),
    fits=is_due,
    form=ScoreForm,
    explanation=_("Readers see it when another person has confirmed it."),
)


class WaitingScores(WaitingFilter):
    @classmethod
    def conditions(cls, user):
        if not policy.may(user, policy.APPROVE):
            return {}
        return {"confirm": (_("Outcomes to confirm"), Q(confirmed_at=None) & ~Q(scored_by=user))}


@admin.register(ForecastScore)
class ForecastScoreAdmin(ReadOnly, Acts, DeskAdmin):
    list_display = ["claim_words", "outcome_badge", "scored_by", "scored_at", "confirmed_by"]
    list_filter = [WaitingScores, "outcome"]
    search_fields = ["claim__text", "reason"]
    list_select_related = ["claim", "scored_by", "confirmed_by"]
    fields = ["claim_link", "outcome", "reason", "address", "scored_by", "scored_at", "confirmed_by", "confirmed_at"]
    readonly_fields = ["claim_link"]
    acts = (
        Act(
            name="confirm",
            label=_("Confirm"),
            right=policy.APPROVE,
            run=forecasts.confirm,
            done=_("Confirmed; readers see it"),
            fits=is_anothers,
        ),
        Act(
            name="send_back",
            label=_("Send back…"),
            right=policy.APPROVE,
            run=forecasts.send_back,
            done=_("Sent back; the forecast waits to be scored"),
            fits=is_anothers,
            form=ReasonForm,
            explanation=_("The score goes, with your reason in the history, and the forecast is scored anew."),
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("claim", "scored_by", "confirmed_by")

    @admin.display(description=_("forecast"), ordering="claim__text")
    def claim_words(self, score):
        return score.claim.text

    @admin.display(description=_("forecast"))
    def claim_link(self, score):
        return link_to(score.claim)

    @admin.display(description=_("outcome"), ordering="outcome")
    def outcome_badge(self, score):
        return badge("confirmed" if score.is_confirmed else "suggested", score.get_outcome_display())
