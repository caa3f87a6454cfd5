"""Deciding what the machine found: over a list, or one by one beside the marked text of the article."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kb.importing import splitting
from kb.models import Appearance, Article, Citation, Hop, StaleVersion, State, TagLink, policy
from kb.models.rules import Anchored, Suggestion
from kb.pages.dates import basis_in_words
from kb.services import suggestions
from kb.services.refusal import Refused
from kb.text.markup import Mark, quotation, with_marks
from kb.text.sentences import sentence_spans

from .base import DeskAdmin, admin_url, badge, link_to, say_refused
from .versions import changed_since, count_up, hold, pairs

# What a button on the article page calls a kind of suggestion, and the rows of the article it means.
KINDS = {"citation": "citations", "appearance": "appearances", "hop": "hops", "tag": "tag_links"}
LOADED = {
    "citation": ("source", "via"),
    "appearance": ("claim",),
    "hop": ("source", "person"),
    "tag": ("tag",),
}
DECISIONS = {State.CONFIRMED.value: suggestions.confirm, State.REJECTED.value: suggestions.reject}

# Rejects a hop and makes an article of its page.
APART = "apart"


def article_of(row: Suggestion) -> Article:
    return row.content_object if isinstance(row, TagLink) else row.article


def articles_of(rows) -> models.QuerySet:
    return Article.objects.filter(pk__in={article_of(row).pk for row in rows})


def decide(request, rows: list[Suggestion], decision: str) -> int:
    """Confirm or reject rows, all or none; say so, or say what stands in the way. Counts what changed."""
    try:
        changed = _decide(rows, decision, by=request.user)
    except Refused as refused:
        say_refused(request, refused)
        return 0
    except StaleVersion as stale:
        messages.error(request, changed_since(stale.row))
        return 0
    messages.success(request, _decided(decision, changed))
    return changed


@transaction.atomic
def _decide(rows: list[Suggestion], decision: str, *, by) -> int:
    hold(articles_of(rows))
    changed = DECISIONS[decision](rows, by=by)
    if changed:
        # Whoever has an article open shows older rows of it.
        count_up(articles_of(rows))
    return changed


def _decided(decision: str, count: int) -> str:
    if decision == State.CONFIRMED:
        return ngettext("%(count)d confirmed.", "%(count)d confirmed.", count) % {"count": count}
    return ngettext("%(count)d rejected.", "%(count)d rejected.", count) % {"count": count}


def _decide_many(page, request, queryset, act: str, title: str, decision: str):
    """Those that can be decided are; of the others it says why not."""
    policy.require(request.user, policy.DECIDE)
    return page.carry_out(
        request,
        queryset.select_related(page.article_field),
        act=act,
        title=title,
        each=lambda row: _decide([row], decision, by=request.user),
        together=lambda rows: _decide(rows, decision, by=request.user),
        said=lambda count: _decided(decision, count),
    )


def import_apart(request, hop: Hop) -> None:
    """Reject a copy found elsewhere and import its page as an article of its own; say so, or what stands in the way."""
    try:
        with transaction.atomic():
            hold(articles_of([hop]))
            made = splitting.split_off(hop, by=request.user)
            count_up(articles_of([hop]))
    except Refused as refused:
        say_refused(request, refused)
    except StaleVersion:
        messages.error(request, changed_since(hop))
    else:
        messages.success(request, format_html("{} {}", _("An article of its own:"), link_to(made)))


@admin.action(description=gettext_lazy("Reject, and import the page as an article of its own"))
def split_off(page, request, queryset):
    policy.require(request.user, policy.DECIDE)

    def each(hop):
        hold(articles_of([hop]))
        splitting.split_off(hop, by=request.user)
        count_up(articles_of([hop]))

    return page.carry_out(
        request, queryset, act="split_off", title=_("Import as articles of their own"), each=each, said=_imported
    )


def _imported(count: int) -> str:
    return ngettext("%(count)d article imported.", "%(count)d articles imported.", count) % {"count": count}


def with_open_suggestions() -> models.Q:
    """Articles with something still to decide."""
    some = models.Q()
    for model, key in ((Citation, "article"), (Appearance, "article"), (Hop, "article"), (TagLink, "content_object")):
        some |= models.Q(models.Exists(model.objects.suggested().filter(**{key: models.OuterRef("pk")})))
    return some


@admin.action(description=gettext_lazy("Confirm"))
def confirm(page, request, queryset):
    return _decide_many(page, request, queryset, "confirm", _("Confirm"), State.CONFIRMED.value)


@admin.action(description=gettext_lazy("Reject"))
def reject(page, request, queryset):
    return _decide_many(page, request, queryset, "reject", _("Reject"), State.REJECTED.value)


class SuggestionAdmin(DeskAdmin):
    """A list of one kind of suggestion. Its state is decided, never edited."""

    actions = [confirm, reject]
    article_field = "article"
    list_filter = ["state"]

    def get_actions(self, request, action_location=ActionLocation.CHANGE_LIST):
        found = super().get_actions(request, action_location)
        if not policy.may(request.user, policy.DECIDE):
            found = {name: action for name, action in found.items() if name not in ("confirm", "reject")}
        return found

    def get_readonly_fields(self, request, obj=None):
        # A row stays in its article: its place and its marked words belong to that text.
        return [*super().get_readonly_fields(request, obj), *([self.article_field, *self._shown] if obj else [])]

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return fieldsets
        return [(None, {"fields": self._shown}), *fieldsets]

    @property
    def _shown(self) -> list[str]:
        return ["decision", "where"] if issubclass(self.model, Anchored) else ["decision"]

    @admin.display(description=gettext_lazy("in the text"))
    def where(self, row):
        return format_html('<div class="where" dir="auto">{}</div>', in_sentence(row)) if row.is_anchored else ""

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def decision(self, row):
        who = row.decided_by if row.decided_by_id else ""
        when = f"{row.decided_at:%Y-%m-%d %H:%M}" if row.decided_at else ""
        return format_html("{} <bdi>{}</bdi> {}", badge(row.state, row.get_state_display()), who, when)

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_badge(self, row):
        return badge(row.state, row.get_state_display())

    @admin.display(description=gettext_lazy("article"))
    def article_link(self, row):
        return link_to(article_of(row))

    def held_first(self, object_id):
        column = f"{self.article_field}_id"
        return Article.objects.filter(pk__in=super().held_first(object_id).values(column))

    def save_row(self, request, obj, form, change):
        super().save_row(request, obj, form, change)
        count_up(articles_of([obj]))

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        count_up(articles_of([obj]))

    def delete_queryset(self, request, queryset):
        articles = articles_of(list(queryset.select_related(self.article_field)))
        with transaction.atomic():
            hold(articles)
            super().delete_queryset(request, queryset)
            count_up(articles)


@dataclass(frozen=True)
class Card:
    """One suggestion beside the text."""

    key: str
    number: int
    row: Suggestion
    kind: str
    words: str
    title: str
    facts: list
    address: str | None
    is_placed: bool
    is_lost: bool

    @property
    def state_badge(self):
        return badge(self.row.state, self.row.get_state_display())

    @property
    def may_be_apart(self) -> bool:
        """A copy found elsewhere may be an article of its own after all."""
        return isinstance(self.row, Hop) and self.row.capture_id is not None and self.row.state != State.CONFIRMED


def stands(row: Anchored, article: Article, text: str) -> bool:
    """Whether the marked words are those of the current text; a mark never stands on other words."""
    return row.start is not None and row.revision == article.revision and text[row.start : row.end] == row.exact


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentences that these words touch, with the words marked."""
    # No sentence goes beyond its block, and a long text is not read for one sentence.
    block, after = text.rfind("\n\n", 0, start) + 1, text.find("\n\n", end)
    spans = ((block + a, block + b) for a, b in sentence_spans(text[block : after if after >= 0 else len(text)]))
    touched = [span for span in spans if span[0] < end and span[1] > start]
    first, last = (touched[0][0], touched[-1][1]) if touched else (start, end)
    first, last = min(first, start), max(last, end)
    return mark_safe(quotation(text[first:start], text[start:end], text[end:last]))


def in_sentence(row: Anchored, text: str | None = None) -> str:
    """The marked words as they read; words that left the text stand alone. `text` is the article's, if it is at hand."""
    article = row.article
    text = article.text if text is None else text
    if not stands(row, article, text):
        return format_html("<mark>{}</mark>", row.exact)
    return sentence_around(text, row.start, row.end)


def cards_of(article: Article) -> list[Card]:
    """Every suggestion of the article: in the order of the text, then those that stand outside it."""
    text, found = article.text, []
    for kind, relation in KINDS.items():
        rows = getattr(article, relation).select_related(*LOADED[kind])
        if kind == "citation":
            rows = rows.prefetch_related("candidates")
        found += [(kind, row) for row in rows]
    placed = {id(row): isinstance(row, Anchored) and stands(row, article, text) for _kind, row in found}
    order = list(KINDS)
    found.sort(
        key=lambda one: (0, one[1].start, one[1].end) if placed[id(one[1])] else (1, order.index(one[0]), one[1].pk)
    )
    return [
        Card(
            key=f"{kind}-{row.pk}",
            number=number,
            row=row,
            kind=str(row._meta.verbose_name),
            address=admin_url(row),
            is_placed=placed[id(row)],
            is_lost=isinstance(row, Anchored) and row.is_anchored and not placed[id(row)],
            **_DESCRIBED[kind](row),
        )
        for number, (kind, row) in enumerate(found, start=1)
    ]


def _of_citation(row: Citation) -> dict:
    facts = [
        (_("Source"), row.source or format_html("<em>{}</em>", row.get_resolution_display())),
        (_("May be"), ", ".join(map(str, row.candidates.all()))),
        (_("Speaker"), row.speaker),
        (_("Date"), " → ".join(filter(None, [row.date_printed, row.date_resolved or row.date_edtf]))),
        (_("Date inferred from"), basis_in_words(row.date_basis)),
        (_("Supports"), row.claim_text),
        (_("Through"), row.via),
    ]
    return {"title": row.name or _("unnamed"), "words": row.as_printed, "facts": [fact for fact in facts if fact[1]]}


def _of_appearance(row: Appearance) -> dict:
    facts = [(_("Claim"), link_to(row.claim) if row.claim else _("one is made of the words when you confirm"))]
    if row.variant != "same":
        facts.append((_("Variant"), row.get_variant_display()))
    return {"title": "", "words": row.exact, "facts": facts}


def _of_hop(row: Hop) -> dict:
    facts = [
        (_("Known as"), link_to(row.source or row.person)),
        (_("Says so"), row.basis),
        (_("Address"), row.address),
        (_("Capture"), _capture_link(row)),
    ]
    return {
        "title": row.get_kind_display(),
        "words": row.printed_name or row.name,
        "facts": [fact for fact in facts if fact[1]],
    }


def _capture_link(row: Hop) -> str:
    # By its number: the page itself may be large.
    if row.capture_id is None:
        return ""
    address = reverse("admin:kb_capture_change", args=[row.capture_id])
    return format_html('<a href="{}">{}</a>', address, _("the page of this copy"))


def _of_tag(row: TagLink) -> dict:
    return {"title": row.tag.get_kind_display(), "words": row.tag.name, "facts": []}


_DESCRIBED = {"citation": _of_citation, "appearance": _of_appearance, "hop": _of_hop, "tag": _of_tag}


def marked_text(article: Article, cards: list[Card]) -> str:
    """The article's text as HTML, with the words of each placed card marked and numbered."""
    marks = [
        Mark(
            card.row.start,
            card.row.end,
            key=f"words-{card.key}",
            classes=f"of-{card.key.split('-')[0]} is-{card.row.state}",
            after=format_html('<a class="number" href="#card-{}">{}</a>', card.key, card.number),
        )
        for card in cards
        if card.is_placed and card.row.state != State.REJECTED
    ]
    # Article.html is sanitised; with_marks adds nothing but marks and directions.
    return mark_safe(with_marks(article.html, marks, language=article.language, direction=article.direction))


class Decisions:
    """For the article page: buttons that decide suggestions, after what was typed beside them is saved.

    A suggestion is decided as its card showed it: `_cards` says at which version that was.
    """

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and "_decide" in request.POST and str(object_id).isdecimal():
            # Before the save, which may count up the version of a row that was corrected beside its card.
            seen = pairs(request.POST.get("_cards", ""))
            rows = self._rows(Article(pk=int(object_id)), self._decided(request))
            request.desk_changed = {key: row for key, row in rows.items() if seen.get(key) != str(row.version)}
        return super().changeform_view(request, object_id, form_url, extra_context)

    def response_change(self, request, obj):
        if "_decide" not in request.POST:
            return super().response_change(request, obj)
        policy.require(request.user, policy.DECIDE)
        if self.must_look_again(request, at_all=False):
            return HttpResponseRedirect(request.path)
        target, _colon, decision = request.POST["_decide"].rpartition(":")
        keys = self._decided(request)
        for key, row in request.desk_changed.items():
            messages.error(request, changed_since(row))
            keys.remove(key)
        if decision == APART:
            for row in self._rows(obj, keys if target.startswith("hop-") else []).values():
                import_apart(request, row)
            return HttpResponseRedirect(f"{request.path}#{self._next(obj)}")
        if decision not in DECISIONS:
            raise PermissionDenied
        if rows := list(self._rows(obj, keys).values()):
            decide(request, rows, decision)
        elif not request.desk_changed:
            messages.warning(request, _("Nothing was ticked, so nothing was decided."))
        return HttpResponseRedirect(f"{request.path}#{self._next(obj)}")

    def _decided(self, request) -> list[str]:
        """The keys of the cards that the pressed button is about."""
        target = request.POST["_decide"].rpartition(":")[0]
        return list(dict.fromkeys(request.POST.getlist("_ticked"))) if target == "ticked" else [target]

    def _rows(self, article: Article, keys: list[str]) -> dict[str, Suggestion]:
        rows = {}
        for kind, relation in KINDS.items():
            numbers = [key.removeprefix(f"{kind}-") for key in keys if key.startswith(f"{kind}-")]
            numbers = [number for number in numbers if number.isdecimal() and len(number) < 19]
            if numbers:
                rows |= {f"{kind}-{row.pk}": row for row in getattr(article, relation).filter(pk__in=numbers)}
        return rows

    def _next(self, article: Article) -> str:
        """Where to go on: the first suggestion still open."""
        return next((f"card-{card.key}" for card in cards_of(article) if card.row.is_open), "suggestions")
