"""The receipt of an article: its capture and its text side by side, what was removed and why, and undoing it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.importing import receipts, splitting
from kb.importing.receipts import BY_HAND, Stretch
from kb.importing.web_page.receipt import RULES
from kb.models import Article, Piece, StaleVersion, State, policy
from kb.services.refusal import Refused
from kb.text.direction import with_signs

from .base import link_to, say_refused

REASONS = {**RULES, BY_HAND: gettext_lazy("A person took these words out.")}
# Longer runs of removed words are folded; the words are on the page all the same.
FOLDED = 600


@dataclass(frozen=True)
class Shown:
    """One stretch with words: `paragraphs` are the blocks of the article that it became, `repeats` what it says again."""

    stretch: Stretch
    paragraphs: list[int] = field(default_factory=list)
    repeats: int | None = None

    @property
    def reason(self) -> str:
        return str(REASONS.get(self.stretch.rule, ""))

    @property
    def title(self) -> str:
        return with_signs(" ".join(self.stretch.words.split()[:6]))


@dataclass(frozen=True)
class Group:
    """Neighbouring stretches of one kind."""

    kept: bool
    rows: list[Shown]

    @property
    def is_folded(self) -> bool:
        return not self.kept and sum(len(row.stretch.words) for row in self.rows) > FOLDED

    @property
    def rules(self) -> str:
        return ", ".join(dict.fromkeys(row.stretch.rule for row in self.rows))


@dataclass(frozen=True)
class Paragraph:
    number: int
    words: str
    is_heading: bool
    stretch: int | None


def groups_of(stretches: Sequence[Stretch], where: dict[int, list[int]]) -> list[Group]:
    """The stretches in order, neighbours of one kind together; those without words are not among them."""
    kept = [stretch for stretch in stretches if stretch.kept]
    ends = [stretch.end for stretch in kept]
    groups: list[Group] = []
    for stretch in stretches:
        if not stretch.blocks:
            continue
        repeats = None
        if stretch.of and (place := bisect_right(ends, stretch.of[0])) < len(kept):
            repeats = kept[place].start if kept[place].start < stretch.of[1] else None
        row = Shown(stretch, where.get(stretch.start, []), repeats)
        if groups and groups[-1].kept == stretch.kept:
            groups[-1].rows.append(row)
        else:
            groups.append(Group(stretch.kept, [row]))
    return groups


def paragraphs_of(article: Article, where: dict[int, list[int]]) -> list[Paragraph]:
    came_from = {number: start for start, numbers in where.items() for number in numbers}
    headings = set(article.headings)
    return [
        Paragraph(number, words, words in headings, came_from.get(number))
        for number, words in enumerate(receipts.blocks_of(article))
    ]


class ReceiptPage:
    """For the admin of articles: a page with the receipt of each, and the acts on its blocks and pieces."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.receipt)
        return [path("<int:object_id>/receipt/", view, name="kb_article_receipt"), *super().get_urls()]

    def receipt(self, request, object_id):
        article = self.get_object(request, str(object_id))
        policy.require(request.user, "kb.view_capture")
        if request.method == "POST":
            return self._act_on_receipt(request, article)
        capture = article.capture
        stretches = receipts.read_receipt(capture) if capture else []
        where = receipts.placed(stretches, receipts.blocks_of(article))
        groups = groups_of(stretches, where)
        pieces = list(capture.pieces.select_related("became")) if capture else []
        seen = [stretch for stretch in stretches if stretch.blocks]
        ends = [stretch.end for stretch in seen]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Receipt"),
            "subtitle": str(article),
            "original": article,
            "opts": self.opts,
            "capture": capture,
            "groups": groups,
            "paragraphs": paragraphs_of(article, where),
            "pieces": [_piece(piece, seen, ends) for piece in pieces],
            "kept_count": sum(stretch.kept for stretch in stretches),
            "removed_count": sum(not stretch.kept for stretch in seen),
            "unseen_count": sum(stretch.end - stretch.start for stretch in stretches if not stretch.blocks),
            "may_change": policy.may(request.user, policy.right_to_text(article)),
            "may_import": policy.may(request.user, policy.IMPORT),
        }
        return TemplateResponse(request, "admin/kb/article/receipt.html", context)

    def _act_on_receipt(self, request, article):
        place = reverse("admin:kb_article_receipt", args=[article.pk])
        act, value = next(((name, request.POST[name]) for name in _ACTS if name in request.POST), ("", ""))
        if not value.isdecimal():
            messages.error(request, _("Nothing was chosen, so nothing was done."))
            return HttpResponseRedirect(place)
        try:
            if request.POST.get("version") != str(article.version):
                raise StaleVersion(article)
            with transaction.atomic():
                said = _ACTS[act](self, request, article, int(value))
        except Refused as refused:
            say_refused(request, refused)
        except StaleVersion as stale:
            messages.error(request, str(stale))
        else:
            messages.success(request, said)
        return HttpResponseRedirect(f"{place}#stretch-{value}" if act in ("put_back", "take_out") else place)

    def _put_back(self, request, article, start):
        receipts.put_back(article, start, by=request.user)
        self.log_change(request, article, _("Put back a block of the capture"))
        return _("These words stand in the text again.")

    def _take_out(self, request, article, start):
        receipts.take_out(article, start, by=request.user)
        self.log_change(request, article, _("Took out a block of the capture"))
        return _("These words were taken out of the text.")

    def _import_piece(self, request, article, pk):
        made = splitting.confirm_piece(_piece_of(article, pk), by=request.user)
        return _("An article of its own: %(article)s") % {"article": made}

    def _reject_piece(self, request, article, pk):
        splitting.reject_piece(_piece_of(article, pk), by=request.user)
        return _("It stays what it is: no article of its own.")


_ACTS = {
    "put_back": ReceiptPage._put_back,
    "take_out": ReceiptPage._take_out,
    "import_piece": ReceiptPage._import_piece,
    "reject_piece": ReceiptPage._reject_piece,
}


def _piece_of(article: Article, pk: int) -> Piece:
    piece = Piece.objects.filter(capture=article.capture, pk=pk).select_related("capture").first()
    if piece is None:
        raise Refused()
    return piece


def _piece(piece: Piece, seen: Sequence[Stretch], ends: Sequence[int]) -> dict:
    place = bisect_right(ends, piece.start)
    first = seen[place] if place < len(seen) and seen[place].start < piece.end else None
    return {
        "row": piece,
        "title": piece.title or (first and " ".join(first.words.split()[:12])) or str(piece),
        "first": first.start if first else None,
        "became": link_to(piece.became) if piece.became_id else "",
        "is_open": piece.state == State.SUGGESTED,
    }
