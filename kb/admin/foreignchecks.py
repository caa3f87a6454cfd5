"""Fact-checks of others: read as they were received, linked to a claim of ours by a person; and what their words mean."""

from django.contrib import admin, messages
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kb.models import ForeignCheck, RatingWords
from kb.pages.dates import in_words
from kb.services import foreign_checks

from .base import DeskAdmin, badge, link_to, named, own_direction
from .filters import WaitingFilter, typed
from .forms import DeskForm


class LinkedFilter(WaitingFilter):
    """Whether a person has said which claim of ours it is about."""

    title, parameter_name = _("claim of ours"), "linked"

    @classmethod
    def conditions(cls, user):
        return {"no": (_("not linked"), Q(claim=None)), "yes": (_("linked"), Q(claim__isnull=False))}


def of_publisher(words: str) -> Q:
    named = Q(publisher_name__icontains=words) | Q(publisher_site__icontains=words)
    return named | Q(publisher__name__icontains=words)


class LinkForm(DeskForm):
    def sign(self):
        super().sign()
        self.instance.linked_by = self.request.user if self.instance.claim else None


@admin.register(ForeignCheck)
class ForeignCheckAdmin(DeskAdmin):
    form = LinkForm
    list_display = ["words", "rating", "class_badge", "publisher_words", "reviewed", "claim_link"]
    list_filter = [
        LinkedFilter,
        "coarse_class",
        typed(_("publisher"), "publisher", of_publisher),
        typed(
            _("language"), "language", lambda words: Q(language__iexact=words) | Q(language__istartswith=f"{words}-")
        ),
    ]
    search_fields = ["statement", "claimant", "title", "rating_words", "publisher_name", "publisher_site", "address"]
    autocomplete_fields = ["claim"]
    fields = [
        *("claim", "linked", "statement_words", "claimant_words", "claimed", "rating", "class_badge", "title_words"),
        *("publisher_words", "register_entry", "reviewed", "page", "language", "received_at"),
    ]
    readonly_fields = [field for field in fields if field != "claim"]
    words = named("statement", _("statement"))
    statement_words = named("statement", _("statement"))
    claimant_words = named("claimant", _("who said it"))
    rating = named("rating_words", _("their rating"))
    title_words = named("title", _("title"))

    def for_listing(self, queryset):
        return queryset.select_related("claim").defer("raw")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("publisher", "linked_by")

    def has_add_permission(self, request):
        # They come from imports alone: nobody writes another's verdict.
        return False

    def save_row(self, request, obj, form, change):
        foreign_checks.link(ForeignCheck.objects.get(pk=obj.pk, version=obj.version), obj.claim, by=request.user)

    @admin.display(description=_("by our table"), ordering="coarse_class")
    def class_badge(self, check):
        return badge(check.coarse_class, check.get_coarse_class_display())

    @admin.display(description=_("publisher"), ordering="publisher_name")
    def publisher_words(self, check):
        return own_direction(check.publisher_name or check.publisher_site)

    @admin.display(description=_("source"))
    def register_entry(self, check):
        return link_to(check.publisher) or _("not in the register")

    @admin.display(description=_("reviewed on"), ordering="reviewed_on")
    def reviewed(self, check):
        return in_words(check.reviewed_on)

    @admin.display(description=_("claimed on"))
    def claimed(self, check):
        return in_words(check.claimed_on)

    @admin.display(description=_("claim of ours"))
    def claim_link(self, check):
        return link_to(check.claim)

    @admin.display(description=_("linked by"))
    def linked(self, check):
        return check.linked_by if check.claim_id else ""

    @admin.display(description=_("address"))
    def page(self, check):
        if not check.address:
            return ""
        return format_html(
            '<a href="{}" rel="nofollow noopener noreferrer"><bdi>{}</bdi></a>', check.address, check.address
        )


@admin.register(RatingWords)
class RatingWordsAdmin(DeskAdmin):
    list_display = ["shown", "site", "language", "meaning", "class_badge"]
    list_filter = ["coarse_class", typed(_("site"), "site", lambda words: Q(site__icontains=words))]
    search_fields = ["words", "gloss", "site"]
    fields = ["words", ("site", "language"), "gloss", "coarse_class"]
    actions = ["apply_table"]
    shown = named("words", _("words"))
    meaning = named("gloss", _("in English"))

    @admin.display(description=_("coarse class"), ordering="coarse_class")
    def class_badge(self, row):
        return badge(row.coarse_class, row.get_coarse_class_display())

    def save_row(self, request, obj, form, change):
        super().save_row(request, obj, form, change)
        self._apply(request)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self._apply(request)

    def delete_rows(self, request, queryset):
        super().delete_rows(request, queryset)
        self._apply(request)

    @admin.action(description=_("Apply the table to all stored checks"), permissions=["change"])
    def apply_table(self, request, queryset):
        self._apply(request)

    def _apply(self, request):
        changed = foreign_checks.apply_rating_words(by=request.user)
        words = ngettext(
            "%(count)d stored check has another class now.", "%(count)d stored checks have another class now.", changed
        )
        messages.info(request, words % {"count": changed})
