"""Notes: everybody reads what they may, only the author writes, and somebody else's private note does not exist.

The list is over the whole corpus, by facets whose counts begin with what the person may read; what is listed can be taken
along as W3C annotations or as a table.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, StreamingHttpResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from kb.exporting.web_annotation import PROFILE, Writer, for_export
from kb.models import Access, Annotation, Motivation, Task
from kb.models.annotation import LIMITS
from kb.models.rules import LOST, ORPHANED
from kb.pages.words import plain
from kb.services import notes
from kb.services.refusal import Blocker, Refused
from kb.text.markup import paragraphs

from .acts import Act, Acts
from .base import DeskAdmin, DeskInline, admin_url, badge, link_to, listing, own_direction
from .filters import WaitingFilter, typed
from .forms import AnchoredForm, Text, Textarea
from .table_files import neutral
from .tasks import WORK, Beside

# So many notes leave in one file; a longer list is narrowed first.
MOST_EXPORTED = 10_000
# Words that the text has no more, or that an import quoted and nobody found.
LOST_WORDS = Q(standing__in=LOST) | ORPHANED
# In a column; everywhere else it is said in full.
READERS = {Access.PRIVATE: _("only you"), Access.TEAM: _("the team"), Access.PUBLIC: _("every reader")}


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
            "orphaned": (_("Notes that lost their words"), LOST_WORDS & Q(resolved_at=None)),
            "mine": (_("My notes"), Q(author=user)),
            "given": (_("Notes given to me"), Q(pk__in=_given_to(user))),
        }


def _given_to(user):
    return Task.objects.mine(user).filter(annotation__isnull=False).values("annotation")


class Facet(admin.SimpleListFilter):
    """A filter by conditions that are spelled here, counted like any other."""

    def conditions(self) -> dict[str, tuple[str, Q]]:
        raise NotImplementedError

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _condition) in self.conditions().items()]

    def queryset(self, request, queryset):
        found = self.conditions().get(self.value())
        return queryset.filter(found[1]) if found else queryset


class StateFacet(Facet):
    title, parameter_name = _("state"), "state"

    def conditions(self):
        return {
            "open": (_("open"), Q(resolved_at=None)),
            "resolved": (_("resolved"), Q(resolved_at__isnull=False)),
            "answered": (_("answered"), Exists(Annotation.objects.filter(reply_to=OuterRef("pk")))),
            "lost": (_("lost its words"), LOST_WORDS),
            "elsewhere": (_("from elsewhere"), ~Q(original={})),
        }


class TargetFacet(Facet):
    title, parameter_name = _("about"), "about"

    def conditions(self):
        return {
            "words": (_("words of an article"), Q(article__isnull=False) & ~Q(exact="")),
            "article": (_("an article as a whole"), Q(article__isnull=False, exact="")),
            "claim": (_("a claim"), Q(claim__isnull=False)),
            "citation": (_("a citation"), Q(citation__isnull=False)),
            "source": (_("a source"), Q(source__isnull=False)),
        }


class AuthorFacet(admin.RelatedOnlyFieldListFilter):
    """Who has written notes; asked once, though every facet counts by making all filters anew."""

    def field_choices(self, field, request, model_admin):
        if not hasattr(request, "desk_authors"):
            request.desk_authors = super().field_choices(field, request, model_admin)
        return request.desk_authors


class LabelFacet(admin.SimpleListFilter):
    """The labels of the notes this person may read, the most used first; asked once, like the authors."""

    title, parameter_name = _("label"), "label"
    SHOWN = 30

    def lookups(self, request, model_admin):
        if not hasattr(request, "desk_labels"):
            request.desk_labels = self._used(request)
        return request.desk_labels

    def _used(self, request):
        rows = Annotation.objects.visible_to(request.user).exclude(labels="")
        spellings = Counter()
        for labels, count in rows.order_by().values_list("labels").annotate(count=Count("pk")):
            for word in labels.splitlines():
                spellings[word] += count
        counts, spelled = Counter(), {}
        for word, count in sorted(spellings.items(), key=lambda one: (-one[1], one[0])):
            counts[word.casefold()] += count
            spelled.setdefault(word.casefold(), word)
        shown = [spelled[word] for word, _count in counts.most_common(self.SHOWN)]
        chosen = self.value()
        # What the address asks for is offered too, if anybody wrote it.
        if chosen and chosen.casefold() in spelled and spelled[chosen.casefold()] not in shown:
            shown.append(spelled[chosen.casefold()])
        # Its count stands behind it.
        return [(word, plain(word)) for word in shown]

    def queryset(self, request, queryset):
        return queryset.labelled(self.value()) if self.value() else queryset


ByArticle = typed(_("article"), "on", lambda words: Q(article__title__icontains=words) | Q(article__slug=words.lower()))


class AccessForm(forms.Form):
    access = forms.ChoiceField(label=_("Who reads it"), choices=Access, widget=forms.RadioSelect)


class LabelsForm(forms.Form):
    add = forms.CharField(
        label=_("Put on"), required=False, max_length=LIMITS["labels"], help_text=_("Several are parted by commas.")
    )
    remove = forms.CharField(label=_("Take off"), required=False, max_length=LIMITS["labels"])

    def _words(self, name):
        return [word for word in self.cleaned_data[name].split(",") if word.strip()]

    def clean_add(self):
        return self._words("add")

    def clean_remove(self):
        return self._words("remove")


class ReplyForm(forms.Form):
    body = Text(label=_("Your reply"), widget=Textarea(attrs={"rows": 4, "dir": "auto"}))


def change_access(note: Annotation, *, by, access: str) -> None:
    if note.author_id != by.pk:
        raise Refused(Blocker(_("A note is its author's: nobody else says who reads it."), note))
    notes.change_access([note], access, by=by)


def label(note: Annotation, *, by, add, remove) -> None:
    notes.label([note], by=by, add=add, remove=remove)


def change_access_together(rows, *, by, access: str) -> int:
    """Refused as a whole where one is somebody else's: then each is asked for itself."""
    if any(note.author_id != by.pk for note in rows):
        raise Refused(Blocker(_("A note is its author's: nobody else says who reads it.")))
    notes.change_access(rows, access, by=by)
    return len(rows)


def label_together(rows, *, by, add, remove) -> int:
    notes.label(rows, by=by, add=add, remove=remove)
    return len(rows)


@admin.register(Annotation)
class AnnotationAdmin(Beside, Acts, DeskAdmin):
    form = AnchoredForm
    # A note is its author's: nobody else edits it, and of a private one nobody else knows.
    shows_presence = False
    list_display = ["words", "about", "readers", "written_by", "state"]
    list_filter = [
        WaitingNotes,
        StateFacet,
        "access",
        "motivation",
        LabelFacet,
        TargetFacet,
        ("author", AuthorFacet),
        ByArticle,
        "created_at",
    ]
    show_facets = admin.ShowFacets.ALWAYS
    change_list_template = "admin/kb/annotation/change_list.html"
    kept_out = ("reply_to",)
    list_select_related = ["author", "article", "claim", "citation", "source"]
    search_fields = ["body", "labels", "exact", "links", "creator", "author__username", "article__title"]
    autocomplete_fields = ["article", "claim", "citation", "source", "reply_to"]
    fieldsets = [
        (None, {"fields": ["body", ("motivation", "access"), ("labels", "links", "language")]}),
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
        Act(
            name="reply",
            label=_("Reply…"),
            right="kb.add_annotation",
            run=notes.reply,
            done=_("Answered"),
            fits=lambda note, user: True,
            form=ReplyForm,
            explanation=_("It reaches as many people as the thread does."),
        ),
        Act(
            name="change_access",
            label=_("Change who reads it…"),
            right="kb.change_annotation",
            run=change_access,
            together=change_access_together,
            done=_("Changed who reads it"),
            fits=lambda note, user: note.author_id == user.pk,
            form=AccessForm,
            explanation=_("Of your own notes only; those of others stay as they are."),
        ),
        Act(
            name="label",
            label=_("Labels…"),
            right="kb.change_annotation",
            run=label,
            together=label_together,
            done=_("Labelled"),
            fits=lambda note, user: True,
            form=LabelsForm,
        ),
        # What only its author reads is nobody's work.
        *(replace(act, fits=lambda note, user: note.access != Access.PRIVATE) for act in WORK),
    )

    def get_queryset(self, request):
        rows = super().get_queryset(request).visible_to(request.user)
        return rows.select_related("author", "article", "claim", "citation", "source")

    def for_listing(self, queryset):
        return queryset.defer("original", "article__body", "article__headings")

    def perform(self, request, queryset, act, **kwargs):
        # What is answered is opened to others before its answers are.
        return super().perform(request, queryset.order_by("created_at", "pk"), act, **kwargs)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or obj.author_id == request.user.pk)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.author_id == request.user.pk)

    def others(self, user, rows):
        """Those of the rows that this person may not delete."""
        return rows.exclude(author=user)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["thread"] = self._thread(obj, request.user) if change and obj else []
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _thread(self, note: Annotation, user) -> list[dict]:
        """The note, what it answers and what answers it, as far as this person may read them, oldest first."""
        readable = Annotation.objects.visible_to(user).select_related("author", "resolved_by")
        above = [one.pk for one in note.thread_above]
        rows = readable.filter(Q(pk__in=above) | Q(reply_to=note)).order_by("created_at", "pk")
        return [{"row": one, "by": by(one), "address": admin_url(one), "is_this": one.pk == note.pk} for one in rows]

    def get_fieldsets(self, request, obj=None):
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        named = ["note", "about", "exact_words", "motivation", "access", "label_words", "link_words", "written"]
        return [(None, {"fields": named})]

    def get_readonly_fields(self, request, obj=None):
        return ["note", "about", "exact_words", "label_words", "link_words", "written"] if obj else []

    @admin.display(description=_("note"))
    def note(self, note):
        return mark_safe(paragraphs(note.body))

    @admin.display(description=_("exact words"))
    def exact_words(self, note):
        return own_direction(note.exact)

    @admin.display(description=_("written"))
    def written(self, note):
        return format_html("<bdi>{}</bdi>, {}", by(note), f"{note.created_at:%Y-%m-%d %H:%M}")

    @admin.display(description=_("labels"))
    def label_words(self, note):
        return format_html_join(" ", '<span class="badge"><bdi>{}</bdi></span>', ((one,) for one in note.label_list))

    @admin.display(description=_("links"))
    def link_words(self, note):
        links = ((one, one) for one in note.link_list)
        return format_html_join(" ", '<a href="{}" rel="nofollow noopener"><bdi>{}</bdi></a>', links)

    @admin.display(description=_("note"))
    def words(self, note):
        labels = format_html_join("", ' <span class="badge"><bdi>{}</bdi></span>', ((one,) for one in note.label_list))
        kind = "" if note.motivation == Motivation.COMMENTING else note.get_motivation_display()
        said = Truncator(note.body or note.exact or str(note)).chars(90)
        lines = format_html_join(" ", "{}", ((own_direction(one),) for one in said.split("\n") if one.strip()))
        return format_html('{} <span class="quiet">{}</span>{}', lines, kind, labels)

    @admin.display(description=_("about"))
    def about(self, note):
        return link_to(note.target)

    @admin.display(description=_("who reads it"), ordering="access")
    def readers(self, note):
        return READERS[note.access]

    @admin.display(description=_("written"), ordering="created_at")
    def written_by(self, note):
        return format_html("<bdi>{}</bdi>, {}", by(note), f"{note.created_at:%Y-%m-%d}")

    @admin.display(description=_("state"), ordering="resolved_at")
    def state(self, note):
        return badge("resolved", _("resolved")) if note.is_resolved else badge("open", _("open"))

    # What is listed, taken along.

    def get_urls(self):
        export = path("export/", self.admin_site.admin_view(self.export_view), name="kb_annotation_export")
        return [export, *super().get_urls()]

    def export_view(self, request):
        """The notes of the list as it is filtered: a file of W3C annotations, or a table."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        request.GET = request.GET.copy()
        form = (request.GET.pop("form", None) or ["jsonld"])[-1]
        if form not in ("jsonld", "csv"):
            return HttpResponseBadRequest(_("Notes leave as jsonld or csv."))
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{listing(Annotation)}?e=1")
        rows = for_export(Annotation.objects.filter(pk__in=rows.order_by().values("pk")))
        if rows[MOST_EXPORTED : MOST_EXPORTED + 1].exists():
            words = _("At most %(count)s notes leave in one file: narrow the list first.")
            messages.error(request, words % {"count": f"{MOST_EXPORTED:,}"})
            return HttpResponseRedirect(f"{listing(Annotation)}?{request.GET.urlencode()}")
        writer = Writer(request.build_absolute_uri("/"), request.user)
        if form == "csv":
            response = StreamingHttpResponse(_table(rows, writer), content_type="text/csv; charset=utf-8")
        else:
            home = request.build_absolute_uri(reverse("programs:annotation-list"))
            content = json.dumps(writer.whole(home, str(_("Notes")), rows), ensure_ascii=False, indent=1)
            response = HttpResponse(content, content_type=PROFILE)
        response.headers["Content-Disposition"] = f'attachment; filename="notes.{form}"'
        return response

    def save_row(self, request, obj, form, change):
        notes.save_note(obj, by=request.user)

    def log_addition(self, request, obj, message):
        """Nothing: the log keeps the words of what it names, and notes keep their own history."""

    log_change = log_addition

    def log_deletions(self, request, queryset):
        """Nothing, as above."""


def by(note: Annotation) -> str:
    """Whose words they are: of a note from elsewhere, who wrote it there and who has it here."""
    return (
        _("%(creator)s, by %(author)s") % {"creator": note.creator, "author": note.author}
        if note.creator
        else str(note.author)
    )


class _Line:
    """A file that gives back each line that is written to it."""

    def write(self, line):
        return line


COLUMNS = (
    *("address", "written", "author", "written elsewhere by", "who reads it", "state", "resolved at", "resolved by"),
    *("motivation", "note", "language", "labels", "links", "about", "name", "words", "start", "end", "answers"),
)


def _table(rows, writer: Writer) -> Iterator[str]:
    """A table for spreadsheets, in which no cell starts a formula."""
    lines = csv.writer(_Line())
    yield "\ufeff" + lines.writerow(COLUMNS)
    for note in rows.select_related("resolved_by"):
        answers = note.reply_to if note.reply_to_id and writer.may_read(note.reply_to) else None
        cells = (
            writer.address(note),
            f"{note.created_at:%Y-%m-%d %H:%M}",
            note.author.get_username(),
            note.creator,
            note.access,
            "resolved" if note.is_resolved else "open",
            f"{note.resolved_at:%Y-%m-%d %H:%M}" if note.resolved_at else "",
            note.resolved_by.get_username() if note.resolved_by else "",
            note.motivation,
            note.body,
            note.language,
            note.labels,
            note.links,
            note.target_name,
            str(note.target),
            note.exact,
            note.start,
            note.end,
            writer.address(answers) if answers else "",
        )
        yield lines.writerow([neutral(cell) for cell in cells])
