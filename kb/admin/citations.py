"""Citations: resolving the name, dating, and asking whether the source says it."""

from django.contrib import admin
from django.db.models import Q
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from kb.models import Citation, State, TagLink, unresolved
from kb.models.rules import ORPHANED

from .acts import Acts
from .base import badge, named, own_direction
from .filters import WaitingFilter, by_source, typed
from .forms import AnchoredForm, NumberedForm, autocomplete_article
from .queue import queue
from .suggestions import SuggestionAdmin
from .tasks import WORK, Beside

CITATION_FIELDS = [
    "state_badge",
    "as_printed",
    ("exact", "start"),
    ("resolution", "printed_name"),
    "source",
    "candidates",
    ("speaker", "position"),
    "claim_text",
    ("date_printed", "date_edtf"),
    ("date_resolved", "date_basis"),
    "via",
    "address",
    ("check_state", "check_note"),
]


class CitationForm(AnchoredForm, NumberedForm):
    same_article = ("via",)
    together = (
        ("resolution", "printed_name", "source", "candidates"),
        ("date_resolved", "date_basis"),
        ("check_state", "check_note"),
    )


class WaitingCitations(WaitingFilter):
    @classmethod
    def conditions(cls, user):
        return {
            "unresolved": (_("Unresolved citations"), unresolved()),
            "orphaned": (_("Citations that lost their words"), ORPHANED & ~Q(state=State.REJECTED)),
        }

    @classmethod
    def address(cls, model, value):
        return reverse("admin:kb_citation_queue") if value == "unresolved" else super().address(model, value)


@admin.register(Citation)
class CitationAdmin(Beside, Acts, SuggestionAdmin):
    form = CitationForm
    actions = [*SuggestionAdmin.actions]
    acts = WORK
    list_display = ["printed", "name", "date_shown", "article_link", "resolution", "check_badge", "state_badge"]
    list_filter = [
        WaitingCitations,
        "state",
        "resolution",
        "check_state",
        by_source("source"),
        typed(
            _("tag"),
            "tag",
            lambda words: Q(
                article__in=TagLink.objects.filter(Q(tag__name__icontains=words) | Q(tag__slug=words.lower())).values(
                    "content_object"
                )
            ),
        ),
    ]
    list_select_related = ["article", "source"]
    search_fields = ["as_printed", "printed_name", "speaker", "source__name", "article__title"]
    fields = ["article", *CITATION_FIELDS[1:]]
    autocomplete_fields = ["article", "source", "candidates", "via"]
    printed = named("as_printed", _("as printed"))

    def get_urls(self):
        view = self.admin_site.admin_view(self.queue)
        return [path("queue/", view, name="kb_citation_queue"), *super().get_urls()]

    def queue(self, request):
        """The resolver queue: what is unresolved, one after the other, by keyboard."""
        return queue(request, self)

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        article = autocomplete_article(request)
        return rows.filter(article=article) if article else rows

    @admin.display(description=_("source"), ordering="source__name")
    def name(self, citation):
        return own_direction(citation.name)

    @admin.display(description=_("date"))
    def date_shown(self, citation):
        return citation.date_resolved or citation.date_edtf

    @admin.display(description=_("says it?"), ordering="check_state")
    def check_badge(self, citation):
        return badge(f"check-{citation.check_state}", citation.get_check_state_display())
