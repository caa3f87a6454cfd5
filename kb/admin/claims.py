"""Claims with their appearances in their sentences, and the appearances themselves."""

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kb.models import EXPIRED, STANDINGS, Appearance, Citation, Claim, ClaimWording, FoundKind, State, TagLink, policy
from kb.models.rules import ORPHANED
from kb.services import claims, verdicts

from .acts import Acts
from .base import DeskAdmin, DeskInline, admin_url, badge, link_to, listing, named
from .corrections import correct_address
from .filters import StandingFilter, WaitingFilter, typed
from .finding import FoundByIndex
from .forecasts import SCORE
from .forms import AnchoredForm, DeskForm, Textarea
from .merging import Merging, OtherNames
from .rechecks import RecheckPage
from .similar import SimilarPage
from .suggestions import SuggestionAdmin, in_sentence
from .tables import ClaimTable, TableExchange
from .tasks import WORK, Beside

# More appearances than this are read in their own list.
SHOWN = 20


class AppearanceForm(AnchoredForm):
    same_article = ("citations",)


class WaitingClaims(WaitingFilter):
    """Expired is asked of the published verdict, with the day of today; see `ClaimQuerySet.standing_as`."""

    @classmethod
    def conditions(cls, user):
        expired = Claim.objects.standing_as(EXPIRED)
        due = Claim.objects.forecasts().filter(score=None, resolves_on__lte=timezone.localdate())
        return {
            "expired": (_("Expired verdicts"), Q(pk__in=expired.values("pk"))),
            "due": (_("Forecasts to score"), Q(pk__in=due.values("pk"))),
        }


class WaitingAppearances(WaitingFilter):
    @classmethod
    def conditions(cls, user):
        return {"orphaned": (_("Appearances that lost their words"), ORPHANED & ~Q(state=State.REJECTED))}


def of_source(words: str) -> Q:
    """Claims that an article supports with a citation of this source."""
    cited = Citation.objects.filter(Q(source__name__icontains=words) | Q(source__slug=words.lower()))
    return Q(pk__in=Appearance.objects.filter(citations__in=cited).values("claim"))


def of_tag(words: str) -> Q:
    """Claims that appear in an article with this tag."""
    tagged = TagLink.objects.filter(Q(tag__name__icontains=words) | Q(tag__slug=words.lower()))
    return Q(pk__in=Appearance.objects.filter(article__in=tagged.values("content_object")).values("claim"))


def of_genre(value: str) -> Q:
    return Q(pk__in=Appearance.objects.filter(article__genre=value).values("claim"))


def read_appearances(claim: Claim) -> list[dict]:
    """What a page shows of the claim's appearances, in few queries."""
    rows = claim.appearances.exclude(state="rejected").select_related("article").prefetch_related("citations__source")
    return [
        {
            "row": row,
            "address": admin_url(row),
            "article": link_to(row.article),
            "sentence": in_sentence(row),
            "citations": [link_to(citation, citation.as_printed) for citation in row.citations.all()],
            "badge": badge(row.state, row.get_state_display()),
        }
        for row in rows[:SHOWN]
    ]


class WordingInline(OtherNames, DeskInline):
    model = ClaimWording
    fields = [("text", "language", "origin")]


class ClaimForm(DeskForm):
    together = (("value", "unit"), ("period", "definition"))
    why = forms.CharField(
        label=_("why the words change"),
        required=False,
        widget=Textarea,
        help_text=_(
            "Its verdict is published: other words or figures need a reason, which readers see as a correction."
        ),
    )


@admin.register(Claim)
class ClaimAdmin(FoundByIndex, RecheckPage, SimilarPage, Beside, Merging, Acts, TableExchange, DeskAdmin):
    form = ClaimForm

    class Media:
        css = {"all": ["kb/admin/similar.css"]}

    resource_classes = [ClaimTable]
    list_display = ["words", "standing_badge", "statement_type", "figure", "language"]
    list_filter = [
        WaitingClaims,
        StandingFilter,
        "statement_type",
        typed(_("source"), "source", of_source),
        typed(_("tag"), "tag", of_tag),
        typed(_("genre"), "genre", of_genre),
    ]
    search_fields = ["text"]
    found_as = FoundKind.CLAIM
    inlines = [WordingInline]
    fieldsets = [
        (None, {"fields": ["text", ("statement_type", "language"), "resolves_on"]}),
        (_("Quantity"), {"fields": [("value", "unit"), ("period", "definition")], "classes": ["collapse"]}),
    ]
    words = named("text", _("claim"))
    acts = (SCORE, *WORK)

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and policy.may(request.user, policy.CORRECT) and claims.has_published_verdict(obj):
            return [*fieldsets, (_("Correction"), {"fields": ["why"]})]
        return fieldsets

    def save_row(self, request, obj, form, change):
        claims.save_claim(obj, by=request.user, why=form.cleaned_data.get("why", ""))

    def for_listing(self, queryset):
        return queryset.with_standing()

    @admin.display(description=_("fact-check status"), ordering="status")
    def standing_badge(self, claim):
        return badge(claim.standing, dict(STANDINGS)[claim.standing])

    @admin.display(description=_("figure"))
    def figure(self, claim):
        return f"{claim.value:,.6f}".rstrip("0").rstrip(".") + f" {claim.unit}" if claim.value is not None else ""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may_write = self.has_change_permission(request, obj) if change else self.has_add_permission(request)
        if may_write and self.has_view_permission(request):
            context["similar_address"] = self.similar_address(obj)
        if change and obj:
            standing = Claim.objects.with_standing().values_list("standing", flat=True).get(pk=obj.pk)
            context |= {
                "standing": badge(standing, dict(STANDINGS)[standing]),
                "appearances": read_appearances(obj),
                "appearance_count": obj.appearances.exclude(state="rejected").count(),
                "appearance_list": listing(Appearance, claim=obj.pk),
                "checks": [
                    {
                        "row": check,
                        "address": admin_url(check),
                        "badge": badge(check.status, check.get_status_display()),
                    }
                    for check in obj.fact_checks.with_rating_shown_to(request.user).select_related(
                        "rating", "author", "reviewer"
                    )
                ],
                "may_draft": request.user.has_perm("kb.add_factcheck"),
                "correct_address": correct_address(obj) if policy.may(request.user, policy.CORRECT) else "",
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_change(self, request, obj):
        if "_draft" not in request.POST:
            return super().response_change(request, obj)
        if self.must_look_again(request):
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(admin_url(verdicts.draft(obj, by=request.user)))


@admin.register(Appearance)
class AppearanceAdmin(SuggestionAdmin):
    form = AppearanceForm
    list_display = ["exact_words", "claim_link", "variant", "article_link", "state_badge"]
    list_filter = [WaitingAppearances, "state", "variant"]
    list_select_related = ["article", "claim"]
    search_fields = ["exact", "claim__text", "article__title"]
    fields = ["article", ("exact", "start"), "claim", "citations", "variant"]
    autocomplete_fields = ["article", "claim", "citations"]
    exact_words = named("exact", _("exact words"))

    @admin.display(description=_("claim"))
    def claim_link(self, appearance):
        return link_to(appearance.claim)
