"""Notes: everybody reads what they may, only the author writes, and somebody else's private note does not exist."""

from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kb.models import Access, Annotation, Motivation
from kb.models.rules import ORPHANED
from kb.services import notes

from .acts import Act, Acts
from .base import DeskAdmin, DeskInline, badge, link_to
from .filters import WaitingFilter
from .forms import AnchoredForm


class NoteInline(DeskInline):
    """Notes beside what they are about: read here, edited on their own page by their author."""

    model = Annotation
    form = AnchoredForm
    fields = ["written", ("exact", "start"), "body", ("motivation", "access")]
    readonly_fields = ["written"]

    @admin.display(description=_("written"))
    def written(self, note):
        if not note.pk:
            return _("by you, when saved")
        state = badge("resolved", _("resolved")) if note.is_resolved else ""
        return format_html("<bdi>{}</bdi>, {} {}", note.author, f"{note.created_at:%Y-%m-%d %H:%M}", state)

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user).select_related("author")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class WaitingNotes(WaitingFilter):
    @classmethod
    def conditions(cls, user):
        return {
            "open": (
                _("Open questions"),
                Q(access=Access.TEAM, motivation__in=[Motivation.QUESTIONING, Motivation.EDITING], resolved_at=None),
            ),
            "unresolved": (_("Unresolved team notes"), Q(access=Access.TEAM, resolved_at=None)),
            "orphaned": (_("Notes that lost their words"), ORPHANED & Q(resolved_at=None)),
            "mine": (_("My notes"), Q(author=user)),
        }


@admin.register(Annotation)
class AnnotationAdmin(Acts, DeskAdmin):
    form = AnchoredForm
    # A note is its author's: nobody else edits it, and of a private one nobody else knows.
    shows_presence = False
    list_display = ["words", "about", "motivation", "access", "author", "created_at", "resolved"]
    list_filter = [WaitingNotes, "motivation", "access"]
    kept_out = ("reply_to",)
    list_select_related = ["author", "article", "claim", "citation", "source"]
    search_fields = ["body", "exact", "author__username"]
    autocomplete_fields = ["article", "claim", "citation", "source", "reply_to"]
    fieldsets = [
        (None, {"fields": ["body", ("motivation", "access")]}),
        (_("About"), {"fields": ["article", ("exact", "start"), "claim", "citation", "source", "reply_to"]}),
    ]
    acts = (
        Act(
            name="resolve",
            label=_("Mark as resolved"),
            right="kb.change_annotation",
            run=notes.resolve,
            done=_("Resolved"),
            fits=lambda note, user: not note.is_resolved,
        ),
        Act(
            name="open_again",
            label=_("Open again"),
            right="kb.change_annotation",
            run=notes.reopen,
            done=_("Open again"),
            fits=lambda note, user: note.is_resolved,
        ),
    )

    def get_queryset(self, request):
        rows = super().get_queryset(request).visible_to(request.user)
        return rows.select_related("author", "article", "claim", "citation", "source")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.author_id == request.user.pk)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.author_id == request.user.pk)

    def others(self, user, rows):
        """Those of the rows that this person may not delete."""
        return rows.exclude(author=user)

    def get_fieldsets(self, request, obj=None):
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return [(None, {"fields": ["note", "about", "exact_words", "motivation", "access", "written"]})]

    def get_readonly_fields(self, request, obj=None):
        return ["note", "about", "exact_words", "written"] if obj else []

    @admin.display(description=_("note"))
    def note(self, note):
        return format_html('<div dir="auto">{}</div>', note.body)

    @admin.display(description=_("exact words"))
    def exact_words(self, note):
        return format_html("<bdi>{}</bdi>", note.exact)

    @admin.display(description=_("written"))
    def written(self, note):
        return format_html("<bdi>{}</bdi>, {}", note.author, f"{note.created_at:%Y-%m-%d %H:%M}")

    @admin.display(description=_("note"))
    def words(self, note):
        return format_html("<bdi>{}</bdi>", Truncator(note.body or note.exact).chars(90))

    @admin.display(description=_("about"))
    def about(self, note):
        return link_to(note.target)

    @admin.display(description=_("resolved"), boolean=True)
    def resolved(self, note):
        return note.is_resolved

    def save_row(self, request, obj, form, change):
        notes.save_note(obj, by=request.user)

    def log_addition(self, request, obj, message):
        """Nothing: the log keeps the words of what it names, and notes keep their own history."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """Nothing, as above."""
