"""Corrections at the desk: written by hand, read for good, and acknowledged at the articles they touch."""

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kb.models import BY_HAND, Article, ArticleStatus, BodyFormat, Claim, Correction, CorrectionArticle, policy
from kb.services import ripple
from kb.text import markup
from kb.text.changes import changes

from .base import DeskAdmin, badge, link_to, own_direction
from .filters import WaitingFilter
from .forms import DeskForm

# More touched articles than this are not named; the list of articles has those that wait.
SHOWN = 50
# From so many places of a changed text the words are offered for a correction.
PLACES = 5


def kind_badge(correction: Correction) -> str:
    return badge(correction.kind, correction.get_kind_display())


def correct_address(thing: Article | Claim, **more) -> str:
    """Where one writes a correction of it."""
    query = urlencode({Correction.target_field(thing): thing.pk, **more})
    return f"{reverse('admin:kb_correction_add')}?{query}"


class Acknowledging:
    """For the article page: what changed under the article, and the button that says one has looked again."""

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and obj and request.user.has_perm("kb.view_correction"):
            rows = list(obj.touched.open().select_related("correction__claim").order_by("pk"))
            context |= {
                "touched": [{"row": row, "kind": kind_badge(row.correction)} for row in rows],
                "seen": ",".join(str(row.pk) for row in rows),
                "may_acknowledge": policy.may(request.user, policy.PUBLISH),
                "correct_address": correct_address(obj) if self._may_correct(request, obj) else "",
            }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_change(self, request, obj):
        self.offer_correction(request, obj, since=getattr(obj, "revision_before", obj.revision))
        if "_acknowledge" not in request.POST:
            return super().response_change(request, obj)
        keys = request.POST["_acknowledge"].split(",")
        seen = [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 19]
        done = ripple.acknowledge(obj, by=request.user, seen=seen)
        words = ngettext("%(count)d change acknowledged.", "%(count)d changes acknowledged.", done)
        messages.success(request, words % {"count": done} if done else _("Somebody acknowledged this before you."))
        return HttpResponseRedirect(request.path)

    def offer_correction(self, request, article: Article, *, since: int) -> None:
        """After a save: what readers read is never changed in silence, nor explained in words that nobody chose."""
        if article.revision != since and self._may_correct(request, article):
            messages.warning(
                request,
                format_html(
                    '{} <a href="{}">{}</a>',
                    _("Readers see other words now."),
                    correct_address(article, since=since),
                    _("Write a correction: what changed, and why."),
                ),
            )

    @staticmethod
    def _may_correct(request, article: Article) -> bool:
        return article.status == ArticleStatus.PUBLISHED and policy.may(request.user, policy.CORRECT)


class ChangedArticles(WaitingFilter):
    """For the list of articles. On the first page the tasks speak of them."""

    title, parameter_name = gettext_lazy("changes under it"), "changed"

    @classmethod
    def conditions(cls, user):
        waiting = CorrectionArticle.objects.open().filter(article=OuterRef("pk"))
        return {"open": (gettext_lazy("to acknowledge"), Q(Exists(waiting)))}


class OpenCorrections(WaitingFilter):
    title, parameter_name = gettext_lazy("articles it touches"), "articles"

    @classmethod
    def conditions(cls, user):
        waiting = CorrectionArticle.objects.open().filter(correction=OuterRef("pk"))
        return {"open": (gettext_lazy("to acknowledge"), Q(Exists(waiting)))}


class CorrectionForm(DeskForm):
    class Meta:
        model = Correction
        fields = ("kind", "claim", "article", "before", "after", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if kind := self.fields.get("kind"):
            kind.choices = [(choice.value, choice.label) for choice in BY_HAND]


@admin.register(Correction)
class CorrectionAdmin(DeskAdmin):
    """Written once, read ever after."""

    form = CorrectionForm
    list_display = ["about", "kind_badge", "before_words", "after_words", "made_at", "made_by", "open_badge"]
    list_filter = [OpenCorrections, "kind", "made_at"]
    list_select_related = ["claim", "article", "made_by"]
    search_fields = ["before", "after", "reason", "claim__text", "article__title"]
    autocomplete_fields = ["claim", "article"]
    written = ["kind", "claim", "article", "before", "after", "reason"]
    read = ["kind_badge", "about_link", "before", "after", "reason", "signed", "verdicts", "public_page", "touched"]

    def for_listing(self, queryset):
        waiting = CorrectionArticle.objects.open().filter(correction=OuterRef("pk"))
        return queryset.defer("article__body", "article__provenance").annotate(is_open=Exists(waiting))

    def get_fields(self, request, obj=None):
        return self.read if obj else self.written

    def get_readonly_fields(self, request, obj=None):
        return self.read if obj else []

    def has_change_permission(self, request, obj=None):
        # What was said in public stays said: the next one corrects it.
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_changeform_initial_data(self, request):
        return super().get_changeform_initial_data(request) | _what_changed(request)

    def save_row(self, request, obj, form, change):
        said = {name: getattr(obj, name) for name in ("kind", "before", "after", "reason")}
        # The page goes on with the row that the service made.
        obj.__dict__.update(ripple.correct(obj.target, by=request.user, **said).__dict__)

    def view_on_site(self, correction):
        return correction.get_absolute_url()

    @admin.display(description=gettext_lazy("about"))
    def about(self, correction):
        return own_direction(Truncator(correction.target).chars(120))

    @admin.display(description=gettext_lazy("about"))
    def about_link(self, correction):
        return link_to(correction.target)

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_badge(self, correction):
        return kind_badge(correction)

    @admin.display(description=gettext_lazy("before"))
    def before_words(self, correction):
        return format_html('<span dir="auto">{}</span>', Truncator(correction.before).chars(90))

    @admin.display(description=gettext_lazy("now"))
    def after_words(self, correction):
        return format_html('<span dir="auto">{}</span>', Truncator(correction.after).chars(90)) or "–"

    @admin.display(description=gettext_lazy("articles"))
    def open_badge(self, correction):
        return badge("suggested", _("to acknowledge")) if correction.is_open else ""

    @admin.display(description=gettext_lazy("made"))
    def signed(self, correction):
        return format_html("{}, <bdi>{}</bdi>", f"{correction.made_at:%Y-%m-%d %H:%M}", correction.made_by)

    @admin.display(description=gettext_lazy("verdicts"))
    def verdicts(self, correction):
        found = [check for check in (correction.check_before, correction.check_after) if check]
        return (
            format_html_join(" → ", "{}", ((link_to(check, _("Check %d") % check.number),) for check in found)) or "–"
        )

    @admin.display(description=gettext_lazy("public page"))
    def public_page(self, correction):
        address = correction.get_absolute_url()
        return format_html('<a href="{}">{}</a>', address, address)

    @admin.display(description=gettext_lazy("articles it touches"))
    def touched(self, correction):
        rows = correction.touched.in_order().select_related("article").defer("article__body", "article__provenance")
        rows = list(rows.prefetch_related("acknowledgements__acknowledged_by")[: SHOWN + 1])
        if not rows:
            return _("none")
        lines = [(link_to(row.article), row.get_ring_display(), _acknowledged(row)) for row in rows[:SHOWN]]
        more = _("… and more") if len(rows) > SHOWN else ""
        return format_html("<ul>{}</ul>{}", format_html_join("", "<li>{} – {}. {}</li>", lines), more)


def _acknowledged(row: CorrectionArticle) -> str:
    said = [
        format_html("{} <bdi>{}</bdi>", f"{one.acknowledged_at:%Y-%m-%d %H:%M}", one.acknowledged_by)
        for one in row.acknowledgements.all()
    ]
    if not said:
        return badge("suggested", _("not acknowledged"))
    return format_html("{} {}", _("Acknowledged:"), format_html_join(", ", "{}", ((one,) for one in said)))


def _what_changed(request) -> dict[str, str]:
    """The words that differ between a revision of an article's text and today's, to begin a correction with."""
    key, since = request.GET.get("article", ""), request.GET.get("since", "")
    if not all(value.isascii() and value.isdecimal() and len(value) < 10 for value in (key, since)):
        return {}
    article = Article.objects.filter(pk=key).first()
    version = article and article.history.filter(revision=since).order_by("-history_date", "-history_id").first()
    if not version:
        return {}
    old = markup.text_of(version.body, markdown=version.body_format == BodyFormat.MARKDOWN)
    found = changes(old, article.text)[:PLACES]
    return {
        side: "\n".join("".join(piece.text for piece in change.pieces if piece.kind != left_out) for change in found)
        for side, left_out in (("before", "inserted"), ("after", "deleted"))
    }
