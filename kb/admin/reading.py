"""The reading view: an article as readers see it, every mark with its card beside the paragraph, and new cards on any words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import (
    Annotation,
    Appearance,
    Article,
    Citation,
    Display,
    Evidence,
    StaleVersion,
    State,
    policy,
)
from kb.pages.article import stretches_shown
from kb.services import marking, notes
from kb.services.refusal import Refused
from kb.text.anchors import Anchor
from kb.text.markup import Block, Mark, blocks_with_marks, content_of

from .base import Listing, link_to, say_refused
from .once import answer_once, new_key
from .reading_cards import KINDS, READ_BY, CardWriter, ReadCard, cards_of
from .reading_forms import CARDS, RIGHTS, Card, NoteCard, WordsForm
from .suggestions import decide
from .versions import changed_since, hold

UNDO = "kb_reading_undo"
MOST_UNDONE = 20
TABLES = {"citation": Citation, "claim": Appearance, "note": Annotation, "evidence": Evidence}
NEW = {
    "note": (gettext_lazy("Note"), "n"),
    "citation": (gettext_lazy("Citation"), "c"),
    "claim": (gettext_lazy("Claim"), "l"),
    "evidence": (gettext_lazy("Evidence"), "e"),
}
MADE = {
    "note": gettext_lazy("Note saved."),
    "citation": gettext_lazy("Citation saved."),
    "claim": gettext_lazy("Appearance saved."),
    "evidence": gettext_lazy("Added to the evidence of the draft:"),
}
TURNS = {"resolve": notes.resolve, "reopen": notes.reopen}
UNDOES = {
    "made": gettext_lazy("Undo: delete what was made"),
    "decided": gettext_lazy("Undo the decision"),
    "resolve": gettext_lazy("Undo: open the note again"),
    "reopen": gettext_lazy("Undo: resolve the note again"),
    "access": gettext_lazy("Undo the change of access"),
}


@dataclass(slots=True)
class Shown:
    """One paragraph with the cards whose words begin in it, and the form of a new one."""

    block: Block
    cards: list[ReadCard] = field(default_factory=list)
    composer: Card | None = None

    @property
    def html(self) -> SafeString:
        # Article.html is sanitised; the marks are ours.
        return mark_safe(self.block.html)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of the cards is shown; unknown values show nothing that fits, as an honest filter does."""

    kind: str = ""
    author: str = ""
    state: str = ""
    access: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> "Narrowed":
        return cls(*(asked.get(name, "")[:150] for name in ("kind", "author", "state", "access")))

    @property
    def is_narrow(self) -> bool:
        return any((self.kind, self.author, self.state, self.access))

    def has(self, card: ReadCard) -> bool:
        return (
            self.kind in ("", card.kind)
            and self.author in ("", card.author)
            and self.state in ("", "open" if card.is_open else "done")
            and self.access in ("", card.access)
        )


def marks_of(cards: Sequence[ReadCard], writer: CardWriter) -> list[Mark]:
    """The marks of the cards whose words stand in the text; each leads to its card."""
    return [
        Mark(
            card.row.start,
            card.row.end,
            key=f"words-{card.key}",
            classes=f"of-{card.kind} is-{card.state}",
            after=writer.number(card),
        )
        for card in cards
        if card.is_marked
    ]


def _unseen(article: Article, text: str, cards: Sequence[ReadCard]) -> list[Mark]:
    """The words that readers do not see, because the article shows them an excerpt."""
    if article.display != Display.EXCERPT:
        return []
    confirmed = [card.row for card in cards if card.kind != "note" and card.row.state == State.CONFIRMED]
    found, end = [], 0
    for first, last in [*stretches_shown(article, text, confirmed), (len(text), len(text))]:
        found.append(Mark(end, first, f"unseen-{end}", "unseen"))
        end = last
    return found


class Leading(Listing):
    """The list of articles leads to the reading view of each."""

    def url_for_result(self, result):
        return reverse("admin:kb_article_read", args=[result.pk])


class ReadingPage:
    """For the admin page of articles: `read/` shows the text with its cards, and takes new ones."""

    def get_changelist(self, request, **kwargs):
        return Leading

    def get_urls(self):
        view = self.admin_site.admin_view(self.read)
        return [path("<int:object_id>/read/", view, name="kb_article_read"), *super().get_urls()]

    def read(self, request, object_id):
        """The reading view; a POST does what the pressed button says, and leads back here."""
        article = self.get_object(request, str(object_id))
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        if request.method != "POST":
            return self._show_reading(request, article)
        return answer_once(request, lambda: self._answer_reading(request, article))

    @transaction.atomic
    def _answer_reading(self, request, article: Article):
        hold(Article.objects.filter(pk=article.pk))
        article.refresh_from_db()
        sent = request.POST
        if "_undo" in sent:
            return self._undo_reading(request, article)
        if "_act" in sent:
            return self._act_reading(request, article)
        kind = sent.get("_save") or sent.get("_new", "")
        if kind not in CARDS:
            raise PermissionDenied
        policy.require(request.user, RIGHTS[kind])
        return self._compose(request, article, kind, is_saved="_save" in sent)

    def _compose(self, request, article: Article, kind: str, *, is_saved: bool):
        """Show the form of a new card on the selected words, or save it."""
        words, html = WordsForm(request.POST), article.html
        text = content_of(html)
        if not words.is_valid():
            said = [message for errors in words.errors.values() for message in errors]
            return self._refuse_words(request, article, words, said, status=400)
        try:
            found = marking.place(article, text, words.selection)
        except Refused as refused:
            said = [str(blocker.message) for blocker in refused.blockers]
            return self._refuse_words(request, article, words, said, status=409)
        block = block_at(blocks_with_marks(html, ()), found)
        data = request.POST if is_saved else None
        card = CARDS[kind](data, request=request, article=article, found=found, block=block, text=text)
        if is_saved and card.is_valid():
            return self._save_card(request, article, card)
        if "part" in request.POST:
            return TemplateResponse(request, "admin/kb/article/compose.html", self._composing(request, article, card))
        return self._show_reading(request, article, composer=card)

    def _save_card(self, request, article: Article, card: Card):
        try:
            with transaction.atomic():
                row = card.save_row()
        except Refused as refused:
            card.add_error(None, [str(blocker.message) for blocker in refused.blockers])
            return self._show_reading(request, article, composer=card, status=409)
        request.desk_saved = True
        self._remember(request, article, "made", card.kind, row)
        if card.kind == "evidence":
            messages.success(request, format_html("{} {}", MADE[card.kind], link_to(row.fact_check)))
            return self._back(request, "reading")
        messages.success(request, MADE[card.kind])
        return self._back(request, f"card-{card.kind}-{row.pk}")

    def _refuse_words(self, request, article, words: WordsForm, said: list[str], *, status: int):
        """Nothing was saved: say why, and keep the words."""
        if "part" in request.POST:
            context = {"said": said, "exact": words.data.get("exact", "")}
            return TemplateResponse(request, "admin/kb/article/compose.html", context, status=status)
        return self._show_reading(request, article, refused=(said, request.POST), status=status)

    # Acts on cards

    def _act_reading(self, request, article: Article):
        """`_act` names what is done with which card at which version: "resolve:note-5:3"."""
        act, key, version = [*request.POST["_act"].split(":"), "", ""][:3]
        kind, _dash, number = key.partition("-")
        row = self._row_of(request, article, kind, number)
        if str(row.version) != version:
            messages.error(request, changed_since(row))
            return self._back(request, f"card-{key}")
        if act in (State.CONFIRMED, State.REJECTED) and kind in ("citation", "claim"):
            if decide(request, [row], act):
                self._remember(request, article, "decided", kind, row)
            return self._back(request, f"card-{key}")
        if kind != "note":
            raise PermissionDenied
        try:
            with transaction.atomic():
                self._act_on_note(request, article, act, row)
        except Refused as refused:
            say_refused(request, refused)
        except StaleVersion as stale:
            messages.error(request, changed_since(stale.row))
        return self._back(request, f"card-{key}")

    def _act_on_note(self, request, article: Article, act: str, note: Annotation) -> None:
        user = request.user
        if act == "reply":
            reply = notes.reply(note, by=user, body=request.POST.get("reply", "").strip())
            self._remember(request, article, "made", "note", reply)
            messages.success(request, _("Reply saved."))
        elif act in TURNS:
            TURNS[act](note, by=user)
            self._remember(request, article, act, "note", note)
            messages.success(request, _("Resolved.") if act == "resolve" else _("Open again."))
        elif act.startswith("access-"):
            before, access = note.access, act.removeprefix("access-")
            if notes.change_access([note], access, by=user):
                self._remember(request, article, "access", "note", note, access=before)
            messages.success(request, _("Now read by: %(who)s.") % {"who": READ_BY[note.access]})
        else:
            raise PermissionDenied
        request.desk_saved = True

    def _row_of(self, request, article: Article, kind: str, number: str):
        """The row behind a card of this article, or 404: of what this person may not see nothing is said."""
        if kind not in TABLES or not number.isdecimal() or len(number) > 18:
            raise Http404
        rows = TABLES[kind].objects.visible_to(request.user).filter(pk=number)
        if kind == "note":
            rows = rows.filter(models.Q(article=article) | models.Q(citation__article=article))
        elif kind != "evidence":
            rows = rows.filter(article=article)
        if (row := rows.first()) is None:
            raise Http404
        return row

    # Undo

    def _remember(self, request, article: Article, act: str, kind: str, row, **more) -> None:
        row.refresh_from_db(fields=["version"])
        done = {"article": article.pk, "act": act, "kind": kind, "pk": row.pk, **more}
        done |= {"version": row.version, "before": row.version - 1}
        request.session[UNDO] = [*request.session.get(UNDO, []), done][-MOST_UNDONE:]

    def _undo_reading(self, request, article: Article):
        """Take back the last act of this person on this article, unless somebody changed the row since."""
        done = request.session.get(UNDO, [])
        last = next((one for one in reversed(done) if one["article"] == article.pk), None)
        if last is None:
            messages.warning(request, _("There is nothing to take back any more."))
            return self._back(request, "reading")
        request.session[UNDO] = [one for one in done if one is not last]
        go = f"card-{last['kind']}-{last['pk']}"
        try:
            row = self._row_of(request, article, last["kind"], str(last["pk"]))
        except Http404:
            messages.warning(request, _("It does not exist any more: there is nothing to take back."))
            return self._back(request, "reading")
        if row.version != last["version"]:
            messages.error(request, changed_since(row))
            return self._back(request, go)
        try:
            with transaction.atomic():
                self._take_back(request, last, row)
        except (Refused, StaleVersion) as refused:
            messages.error(request, str(refused))
        else:
            self._renew_earlier(request, last)
            messages.success(request, _("Taken back."))
        return self._back(request, "reading" if last["act"] == "made" else go)

    def _renew_earlier(self, request, undone: dict) -> None:
        """What was done with the row before can be taken back next, though taking back counted its version up."""
        stored = TABLES[undone["kind"]].objects.filter(pk=undone["pk"]).values_list("version", flat=True).first()
        for one in request.session[UNDO]:
            if (one["kind"], one["pk"], one["version"]) == (undone["kind"], undone["pk"], undone["before"]):
                one["version"] = stored

    def _take_back(self, request, done: dict, row) -> None:
        if done["act"] == "made":
            marking.take_back_new(row, by=request.user)
        elif done["act"] == "decided":
            marking.take_back_decision(row, by=request.user)
        elif done["act"] == "access":
            notes.change_access([row], done["access"], by=request.user)
        else:
            TURNS["reopen" if done["act"] == "resolve" else "resolve"](row, by=request.user)

    # The page

    def _back(self, request, anchor: str):
        """To the same cards, at this one; a form of a reply is not opened again."""
        asked = request.GET.copy()
        asked.pop("reply", None)
        query = f"?{asked.urlencode()}" if asked else ""
        return HttpResponseRedirect(f"{request.path}{query}#{anchor}")

    def _composing(self, request, article: Article, card: Card) -> dict:
        return {"composer": card, "revision": article.revision, "once": new_key(), "read_by": READ_BY}

    def _show_reading(self, request, article: Article, *, composer: Card | None = None, refused=None, status=200):
        html = article.html
        text, narrowed = content_of(html), Narrowed.of(request.GET)
        every = cards_of(article, text, request.user)
        cards = [card for card in every if narrowed.has(card)]
        writer = CardWriter(article, request.user, request.GET.get("reply", ""))
        for card in cards:
            card.html = writer.write(card)
        marks = [*_unseen(article, text, every), *marks_of(cards, writer)]
        if composer:
            marks.append(Mark(composer.found.start, composer.found.end, "chosen", "chosen"))
        shown, beside = _beside(
            blocks_with_marks(html, marks, language=article.language, direction=article.direction), cards, composer
        )
        done = [one for one in request.session.get(UNDO, []) if one["article"] == article.pk]
        may = {name: policy.may(request.user, right) for name, right in RIGHTS.items()}
        context = {
            **self.admin_site.each_context(request),
            "title": _("Read"),
            "opts": self.opts,
            "original": article,
            "media": self.media,
            "shown": shown,
            "beside": beside,
            "open_count": sum(card.is_open for card in cards),
            "card_count": len(cards),
            "lost_count": sum(card.is_lost for card in every),
            "hidden_count": len(every) - len(cards),
            "narrowed": narrowed,
            "choices": _choices(every, narrowed),
            "new": [(kind, words, key) for kind, (words, key) in NEW.items() if may[kind]],
            "may_note": may["note"],
            "may_edit": self.has_change_permission(request, article),
            "may_preview": policy.may(request.user, policy.PREVIEW),
            "undo": UNDOES[done[-1]["act"]] if done else "",
            "last": f"{done[-1]['kind']}-{done[-1]['pk']}" if done else "",
            "blank": NoteCard.blank(request, article) if may["note"] else None,
            "refused": refused,
            **self._composing(request, article, composer),
        }
        return TemplateResponse(request, "admin/kb/article/read.html", context, status=status)


def block_at(blocks: Sequence[Block], found: Anchor) -> Block:
    """The block in which the words begin."""
    return next(
        (block for block in blocks if block.start <= found.start < block.end), Block(found.start, found.end, "")
    )


def _beside(blocks: Sequence[Block], cards: Sequence[ReadCard], composer: Card | None):
    """The paragraphs with the cards that begin in them, and the cards whose words stand nowhere."""
    shown = [Shown(block) for block in blocks]
    place, loose = 0, []
    for card in cards:
        if not card.is_placed or not shown:
            loose.append(card)
            continue
        while place + 1 < len(shown) and shown[place].block.end <= card.row.start:
            place += 1
        shown[place].cards.append(card)
    if composer:
        at = next((one for one in shown if one.block.start <= composer.found.start < one.block.end), shown[-1])
        at.composer = composer
    return shown, loose


def _choices(cards: Sequence[ReadCard], narrowed: Narrowed) -> list[tuple[str, str, list]]:
    """The filters with their values: name, label, and each value with its words and whether it is chosen."""
    authors = sorted({card.author for card in cards if card.author} | ({narrowed.author} - {""}))
    offered = {
        "kind": (_("Kind"), list(KINDS.items())),
        "author": (_("By"), [(name, name) for name in authors]),
        "state": (_("State"), [("open", _("open")), ("done", _("done"))]),
        "access": (_("Read by"), list(READ_BY.items())),
    }
    return [
        (name, label, [(value, words, value == getattr(narrowed, name)) for value, words in values])
        for name, (label, values) in offered.items()
    ]
