"""The article page: the text with its marked words beside each suggestion, the acts, and what hangs on the article."""

from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from kb.models import (
    Annotation,
    Appearance,
    Article,
    ArticleStatus,
    Citation,
    Display,
    FoundKind,
    Hop,
    TagLink,
    policy,
)
from kb.models.rules import Anchored
from kb.pages.article import article_page
from kb.services import articles, notes

from .acts import Act, Acts, MomentForm, ReasonForm
from .annotations import NoteInline
from .base import DeskAdmin, DeskInline, badge, link_to, named, own_direction
from .changes import ChangesPage
from .citations import CITATION_FIELDS, CitationForm
from .claims import AppearanceForm
from .corrections import Acknowledging, ChangedArticles
from .filters import WaitingFilter, typed
from .finding import FoundByIndex
from .forms import DeskForm, NumberedForm, Whole
from .orphans import OrphansPage, count_lost
from .provenance import provenance_of
from .reading import ReadingPage
from .receipts import ReceiptPage
from .suggestions import KINDS, Decisions, SuggestionAdmin, cards_of, marked_text, split_off, with_open_suggestions
from .tasks import WORK, Beside


class ArticleForm(DeskForm):
    class Meta:
        model = Article
        fields = ()
        field_classes = {"body": Whole}


class SuggestionInline(DeskInline):
    """Rows of the article. Their state is decided beside the text; here their words are corrected."""

    readonly_fields = ["state_badge"]

    @admin.display(description=_("state"))
    def state_badge(self, row):
        return badge(row.state, row.get_state_display()) if row.pk else _("confirmed when saved")


class CitationInline(SuggestionInline):
    model = Citation
    form = CitationForm
    fields = CITATION_FIELDS
    autocomplete_fields = ["source", "candidates", "via"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source", "via").prefetch_related("candidates")


class AppearanceInline(SuggestionInline):
    model = Appearance
    form = AppearanceForm
    fields = ["state_badge", ("exact", "start"), "claim", "citations", "variant"]
    autocomplete_fields = ["claim", "citations"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("claim").prefetch_related("citations")


class HopInline(SuggestionInline):
    model = Hop
    form = NumberedForm
    fields = ["state_badge", ("position", "kind", "printed_name"), "source", "person"]
    autocomplete_fields = ["source", "person"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source", "person")


class TagLinkInline(SuggestionInline):
    model = TagLink
    form = DeskForm
    fields = ["state_badge", "tag"]
    autocomplete_fields = ["tag"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("tag", "content_object")


RELATIONS = {
    CitationInline: "citations",
    AppearanceInline: "appearances",
    HopInline: "hops",
    TagLinkInline: "tag_links",
    NoteInline: "annotations",
}
# A hundred citations would be two thousand fields.
INLINE_ROWS = 50


def may_come_back(article: Article, user) -> bool:
    if article.status == ArticleStatus.WITHDRAWN:
        return policy.may(user, policy.PUBLISH)
    return article.status == ArticleStatus.IN_REVIEW


UNPUBLISHED = (ArticleStatus.DRAFT, ArticleStatus.IN_REVIEW)


class WaitingArticles(WaitingFilter):
    @classmethod
    def conditions(cls, user):
        return {
            "review": (_("Articles in review"), Q(status=ArticleStatus.IN_REVIEW)),
            "open": (_("Articles with open suggestions"), with_open_suggestions()),
        }


@admin.register(Article)
class ArticleAdmin(
    FoundByIndex, Acknowledging, OrphansPage, Beside, ReadingPage, ReceiptPage, ChangesPage, Decisions, Acts, DeskAdmin
):
    form = ArticleForm
    list_display = ["title_or_words", "status_badge", "genre", "language", "open_suggestions", "published_at"]
    list_filter = [
        WaitingArticles,
        ChangedArticles,
        "status",
        "genre",
        typed(
            _("source"),
            "source",
            lambda words: Q(
                pk__in=Citation.objects.filter(Q(source__name__icontains=words) | Q(source__slug=words.lower())).values(
                    "article"
                )
            ),
        ),
        typed(
            _("tag"),
            "tag",
            lambda words: Q(
                pk__in=TagLink.objects.filter(Q(tag__name__icontains=words) | Q(tag__slug=words.lower())).values(
                    "content_object"
                )
            ),
        ),
    ]
    search_fields = ["title"]
    found_as = FoundKind.ARTICLE
    inlines = [CitationInline, AppearanceInline, HopInline, TagLinkInline, NoteInline]
    fieldsets = [
        (_("Text"), {"fields": ["title", "slug", "standfirst", "body"]}),
        (
            _("About the text"),
            {
                "fields": [
                    ("genre", "display"),
                    ("language", "direction"),
                    ("issued_on", "retrieved_on"),
                    "address",
                    "origin",
                    "evidence",
                ],
                "classes": ["collapse"],
            },
        ),
    ]
    readonly_fields = ["origin", "evidence"]
    acts = (
        Act(
            name="submit_for_review",
            label=_("Submit for review"),
            right="kb.change_article",
            run=articles.submit_for_review,
            done=_("In review"),
            fits=lambda article, user: article.status == ArticleStatus.DRAFT,
        ),
        Act(
            name="publish",
            label=_("Publish now"),
            right=policy.PUBLISH,
            run=articles.publish,
            done=_("Published"),
            fits=lambda article, user: article.status in UNPUBLISHED,
        ),
        Act(
            name="schedule",
            label=_("Publish later…"),
            right=policy.PUBLISH,
            run=articles.publish,
            done=_("To be published"),
            fits=lambda article, user: article.status in UNPUBLISHED,
            form=MomentForm,
            explanation=_("Readers see it from this moment on."),
        ),
        Act(
            name="return_to_draft",
            label=_("Return to draft"),
            right="kb.change_article",
            run=articles.return_to_draft,
            done=_("A draft again"),
            fits=may_come_back,
        ),
        Act(
            name="withdraw",
            label=_("Withdraw…"),
            right=policy.WITHDRAW,
            run=articles.withdraw,
            done=_("Withdrawn"),
            fits=lambda article, user: article.status == ArticleStatus.PUBLISHED,
            form=ReasonForm,
            explanation=_("Its address answers from then on that it was withdrawn. The reason stays on record."),
        ),
        *WORK,
    )

    def for_listing(self, queryset):
        return queryset.annotate(is_open=with_open_suggestions())

    @admin.display(description=_("title"), ordering="title")
    def title_or_words(self, article):
        return own_direction(article)

    @admin.display(description=_("status"), ordering="status")
    def status_badge(self, article):
        return badge(article.status, article.get_status_display())

    @admin.display(description=_("suggestions"))
    def open_suggestions(self, article):
        # Nothing to decide is the calm state: it shows nothing.
        return badge("suggested", _("open")) if article.is_open else ""

    @admin.display(description=_("captured from"))
    def origin(self, article):
        return article.capture.origin if article.capture_id else _("written here")

    @admin.display(description=_("evidence for the fields"))
    def evidence(self, article):
        return provenance_of(article)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    def get_changeform_initial_data(self, request):
        return {"display": Display.FULL, "language": "en", **super().get_changeform_initial_data(request)}

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("capture")
        return rows.defer("capture__content", "capture__receipt")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "body":
            field.widget.attrs["rows"] = 18
        return field

    def get_inlines(self, request, obj):
        """Rows of the article, unless they are so many that a form of them all would serve nobody.

        Those are edited one by one from their cards or their list. What a form sent is taken in any case.
        """
        inlines = super().get_inlines(request, obj)
        if obj is None or not obj.pk:
            return inlines
        if not hasattr(obj, "_rows_beside"):
            counts = {one: models.Count(one, distinct=True) for one in (*KINDS.values(), "annotations")}
            obj._rows_beside = Article.objects.filter(pk=obj.pk).aggregate(**counts)
        sent = {name.removesuffix("-TOTAL_FORMS") for name in request.POST if name.endswith("-TOTAL_FORMS")}
        return [
            inline for inline in inlines if obj._rows_beside[(name := RELATIONS[inline])] <= INLINE_ROWS or name in sent
        ]

    def why_kept(self, article):
        if article.status == ArticleStatus.PUBLISHED:
            return _("is published: withdraw it instead.")
        if article.status == ArticleStatus.WITHDRAWN:
            return _("was public: its address must go on saying that it was withdrawn.")
        return ""

    def view_on_site(self, article):
        return article.get_absolute_url() if article.status == ArticleStatus.PUBLISHED else None

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj:
            cards = cards_of(obj) if self._sees_suggestions(request) else []
            context |= {
                "cards": cards,
                "open_count": sum(card.row.is_open for card in cards),
                "marked": marked_text(obj, cards),
                "may_decide": policy.may(request.user, policy.DECIDE) and self.has_change_permission(request, obj),
                "may_preview": policy.may(request.user, policy.PREVIEW),
                "may_see_capture": obj.capture_id is not None and policy.may(request.user, "kb.view_capture"),
                "waiting_change": obj.page_changes.waiting().exists(),
                "lost_count": count_lost(request.user, obj),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _sees_suggestions(self, request) -> bool:
        return request.user.has_perm("kb.view_citation")

    def save_row(self, request, obj, form, change):
        obj.revision_before = obj.revision
        articles.save_text(obj, by=request.user)

    def construct_change_message(self, request, form, formsets, add=False):
        # The log keeps the words of what it names; notes stay out of it.
        kept = [formset for formset in formsets or () if formset.model is not Annotation]
        return super().construct_change_message(request, form, kept, add)

    def save_formset(self, request, form, formset, change):
        article = form.instance
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            row.delete()
        changed_by_row = {id(one.instance): one.changed_data for one in formset.forms}
        for row in rows:
            if isinstance(row, Anchored) and row.is_anchored:
                self._anchor_again(row, article, changed_by_row[id(row)])
            if isinstance(row, Annotation):
                notes.save_note(row, by=request.user)
            else:
                row.save()
        formset.save_m2m()

    def _anchor_again(self, row, article, changed) -> None:
        if row._state.adding or {"exact", "start"} & set(changed):
            row.revision, moved = article.revision, ["version"]
        else:
            moved = ["version", *(column.name for column in Anchored._meta.local_fields)]
        if not row._state.adding:
            # The text was saved before its rows, and saving it may have moved this anchor.
            row.refresh_from_db(fields=moved)

    def get_urls(self):
        preview = self.admin_site.admin_view(self.preview)
        return [path("<int:object_id>/preview/", preview, name="kb_article_preview"), *super().get_urls()]

    def preview(self, request, object_id):
        """A draft exactly as readers will see it."""
        policy.require(request.user, policy.PREVIEW)
        article = get_object_or_404(Article, pk=object_id)
        return render(request, "articles/article.html", {"page": article_page(article)})


@admin.register(Hop)
class HopAdmin(SuggestionAdmin):
    form = NumberedForm
    list_display = ["printed", "kind", "known_as", "article_link", "state_badge"]
    list_filter = ["state", "kind"]
    list_select_related = ["article", "source", "person"]
    search_fields = ["printed_name", "source__name", "person__name", "article__title"]
    fields = ["article", "position", "kind", "printed_name", "source", "person", "basis", "address", "captured"]
    readonly_fields = ["captured"]
    autocomplete_fields = ["article", "source", "person"]
    actions = [*SuggestionAdmin.actions, split_off]
    printed = named("printed_name", _("name as printed"))

    @admin.display(description=_("capture of this copy"))
    def captured(self, hop):
        return link_to(hop.capture)

    @admin.display(description=_("known as"))
    def known_as(self, hop):
        return own_direction(hop.person or hop.source or "")


@admin.register(TagLink)
class TagLinkAdmin(SuggestionAdmin):
    article_field = "content_object"
    list_display = ["tag_name", "article_link", "state_badge"]
    list_filter = ["state", "tag__kind"]
    list_select_related = ["content_object", "tag"]
    search_fields = ["tag__name", "content_object__title"]
    fields = ["content_object", "tag"]
    autocomplete_fields = ["content_object", "tag"]

    @admin.display(description=_("tag"), ordering="tag__name")
    def tag_name(self, link):
        return own_direction(link.tag)
