"""Pieces of captures that look like other articles: imported as such, or said to be none."""

from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kb.importing import splitting
from kb.models import Piece, State, policy

from .base import DeskAdmin, ReadOnly, badge, link_to, own_direction
from .filters import WaitingFilter


class WaitingPieces(WaitingFilter):
    @classmethod
    def conditions(cls, user):
        return {"piece": (_("Other articles on captured pages"), models.Q(state=State.SUGGESTED))}


@admin.action(description=_("Import as articles of their own"))
def import_pieces(page, request, queryset):
    return page.carry_out(
        request,
        queryset,
        act="import_pieces",
        title=str(_("Import as articles of their own")),
        each=lambda piece: splitting.confirm_piece(piece, by=request.user),
        said=lambda count: (
            ngettext("%(count)d article imported.", "%(count)d articles imported.", count) % {"count": count}
        ),
    )


@admin.action(description=_("No, they are no articles"))
def reject_pieces(page, request, queryset):
    return page.carry_out(
        request,
        queryset,
        act="reject_pieces",
        title=str(_("No, they are no articles")),
        each=lambda piece: splitting.reject_piece(piece, by=request.user),
        said=lambda count: ngettext("%(count)d rejected.", "%(count)d rejected.", count) % {"count": count},
    )


@admin.register(Piece)
class PieceAdmin(ReadOnly, DeskAdmin):
    list_display = ["title_words", "state_badge", "article_link", "became_link"]
    list_filter = [WaitingPieces, "state"]
    list_select_related = ["capture", "became"]
    search_fields = ["title", "capture__origin"]
    fields = ["title_words", "state_badge", "article_link", "became_link", "decided_by", "decided_at"]
    readonly_fields = fields
    actions = [import_pieces, reject_pieces]

    def get_actions(self, request, action_location=admin.options.ActionLocation.CHANGE_LIST):
        found = super().get_actions(request, action_location)
        return found if policy.may(request.user, policy.IMPORT) else {}

    def for_listing(self, queryset):
        # Waiting ones first.
        first = models.Case(models.When(state=State.SUGGESTED, then=0), default=1)
        queryset = queryset.prefetch_related("capture__articles").order_by(first, "-pk")
        return queryset.defer("capture__content", "capture__receipt", "became__content", "became__receipt")

    @admin.display(description=_("title"))
    def title_words(self, piece):
        return own_direction(piece)

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, piece):
        return badge(piece.state, piece.get_state_display())

    @admin.display(description=_("on the page of"))
    def article_link(self, piece):
        article = next(iter(piece.capture.articles.all()), None)
        if article is None:
            return link_to(piece.capture)
        return format_html('<a href="{}">{}</a>', reverse("admin:kb_article_receipt", args=[article.pk]), article)

    @admin.display(description=_("became"))
    def became_link(self, piece):
        return link_to(piece.became)
