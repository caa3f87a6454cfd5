"""The cards of the reading view: read from the rows in the same few queries, and put together as HTML.

An article may have five hundred of them. A template took four fifths of the page's time for so many, so each card is a
string of words that are translated once a page; everything that a person or a page wrote is escaped here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from itertools import count

from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kb.models import (
    Access,
    Annotation,
    Appearance,
    Article,
    Citation,
    Claim,
    FactCheck,
    FactCheckStatus,
    Motivation,
    Source,
    State,
    policy,
)
from kb.models.rules import Anchored, Standing
from kb.pages.claims import Badge, summary, variant_badge
from kb.pages.dates import date_of
from kb.pages.words import name_of
from kb.text.direction import direction_of_line
from kb.text.markup import line

from .base import link_to

KINDS = {
    "citation": gettext_lazy("Citation"),
    "claim": gettext_lazy("Claim"),
    "note": gettext_lazy("Note"),
}
# Said with each access, on the card and in the form of a note.
READ_BY = {
    Access.PRIVATE: gettext_lazy("only you"),
    Access.TEAM: gettext_lazy("team"),
    Access.PUBLIC: gettext_lazy("every reader"),
}


@dataclass(slots=True)
class ReadCard:
    """One mark's card. `is_open` says that somebody has to deal with it."""

    kind: str
    row: Citation | Appearance | Annotation
    title: str
    words: str
    author: str
    is_open: bool
    badge: Badge | None = None
    facts: list[tuple[str, str]] = field(default_factory=list)
    replies: list[Annotation] = field(default_factory=list)
    is_placed: bool = False
    number: int = 0
    html: SafeString = ""

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.row.pk}"

    @property
    def state(self) -> str:
        """The class of its looks."""
        return ("resolved" if self.row.resolved_at else "noted") if self.kind == "note" else self.row.state

    @property
    def access(self) -> str:
        return self.row.access if self.kind == "note" else ""

    @property
    def is_marked(self) -> bool:
        return self.is_placed and self.state != State.REJECTED

    @property
    def is_lost(self) -> bool:
        """Whether somebody has to say where its words stand now."""
        return self.row.is_anchored and not self.is_placed and self.row.standing != Standing.LEFT

    @property
    def sign(self) -> str:
        """The verdict, where readers see it at the words."""
        return f"{self.badge.symbol} " if self.badge and self.state == State.CONFIRMED else ""


def cards_of(article: Article, text: str, user) -> list[ReadCard]:
    """The card of every citation, appearance and note that this person may read, in reading order.

    The same few queries whatever the article holds. Who decides no suggestions sees those that are confirmed.
    """
    found = [*_citations(article), *_claims(article), *_notes(article, user)]
    if not user.has_perm("kb.view_citation"):
        found = [card for card in found if card.kind == "note" or card.row.state == State.CONFIRMED]
    for card in found:
        row: Anchored = card.row
        # A mark never stands on other words.
        card.is_placed = (
            row.start is not None and row.revision == article.revision and text[row.start : row.end] == row.exact
        )
    order = list(KINDS)
    found.sort(key=lambda card: (not card.is_placed, card.row.start or 0, order.index(card.kind), card.row.pk))
    for number, card in zip(count(1), found, strict=False):
        card.number = number
    return found


def _citations(article: Article) -> Iterable[ReadCard]:
    rows = list(article.citations.annotate(who=F("decided_by__username")).order_by("position"))
    sources = {row.pk: row for row in Source.objects.filter(pk__in=article.citations.values("source"))}
    links = Citation.candidates.through.objects.filter(citation__article=article).select_related("source")
    printed = {row.pk: row.as_printed for row in rows}
    candidates = defaultdict(list)
    for link in links:
        candidates[link.citation_id].append(link.source)
    nobody, labels = _("attributed to nobody by name"), [_("May be"), _("Speaker"), _("Date"), _("Supports")]
    labels += [_("Through"), _("Says it?")]
    for row in rows:
        source, date = sources.get(row.source_id), date_of(row)
        values = (
            ", ".join(map(str, candidates[row.pk])) if row.pk in candidates else "",
            row.speaker,
            (f"{date.printed} [{date.added}]" if date.added else date.printed) if date else "",
            row.claim_text,
            printed.get(row.via_id, ""),
            row.get_check_state_display(),
        )
        yield ReadCard(
            kind="citation",
            row=row,
            title=str(source) if source else row.printed_name or nobody,
            words=row.as_printed,
            author=row.who or "",
            is_open=row.is_open,
            facts=[fact for fact in zip(labels, values, strict=True) if fact[1]],
        )


def _claims(article: Article) -> Iterable[ReadCard]:
    rows = list(article.appearances.annotate(who=F("decided_by__username")).order_by("start", "end"))
    of_article = article.appearances.values("claim")
    claims = {claim.pk: claim for claim in Claim.objects.filter(pk__in=of_article).with_standing()}
    published = FactCheck.objects.filter(status=FactCheckStatus.PUBLISHED, claim__in=of_article)
    checks, supported = defaultdict(list), defaultdict(list)
    for check in published.select_related("rating", "author", "reviewer"):
        checks[check.claim_id].append(check)
    links = Appearance.citations.through.objects.filter(appearance__article=article)
    for appearance, words in links.values_list("appearance", "citation__as_printed"):
        supported[appearance].append(words)
    label, unmade = _("Claim"), _("one is made of the words when you confirm")
    for row in rows:
        claim, shown = claims.get(row.claim_id), None
        facts = [(label, link_to(claim) if claim else unmade)]
        if claim:
            claim.public_checks = checks[claim.pk]
            shown = variant_badge(row.variant, summary(claim).badge)
        if row.variant != "same":
            facts.append((_("Variant"), row.get_variant_display()))
        if row.pk in supported:
            facts.append((_("Supported by"), "; ".join(supported[row.pk])))
        yield ReadCard(
            kind="claim",
            row=row,
            title=claim.text if claim else "",
            words=row.exact,
            author=row.who or "",
            is_open=row.is_open,
            badge=shown,
            facts=facts,
        )


def _notes(article: Article, user) -> Iterable[ReadCard]:
    about = models.Q(article=article) | models.Q(citation__article=article)
    rows = Annotation.objects.visible_to(user).filter(about).select_related("author", "resolved_by", "citation")
    root, threads = {}, {}
    for row in rows.order_by("created_at", "pk"):
        # A reply to what this person may not read stands alone.
        root[row.pk] = root.get(row.reply_to_id, row.pk)
        threads.setdefault(root[row.pk], []).append(row)
    for first, *replies in threads.values():
        facts = [(_("On the citation"), first.citation.as_printed)] if first.citation else []
        if first.labels:
            facts.append((_("Labels"), ", ".join(first.label_list)))
        if first.is_resolved:
            words = _("by %(who)s, %(when)s")
            said = {"who": name_of(first.resolved_by), "when": f"{first.resolved_at:%Y-%m-%d %H:%M}"}
            facts.append((_("Resolved"), words % said))
        yield ReadCard(
            kind="note",
            row=first,
            title=first.body or ", ".join(first.label_list),
            words=first.exact,
            author=first.author.username,
            is_open=not first.is_resolved and first.motivation != Motivation.HIGHLIGHTING,
            facts=facts,
            replies=replies,
        )


def _said(tag: str, name: str, words: str) -> str:
    """Words of people in an element of their direction; HTML of ours as it is."""
    looks = f' class="{name}"' if name else ""
    if isinstance(words, SafeString):
        return f'<{tag}{looks} dir="auto">{words}</{tag}>'
    words = str(words)
    direction = direction_of_line(words) or "auto"
    lines = (f'<bdi dir="{direction_of_line(one) or "auto"}">{line(one)}</bdi>' for one in words.split("\n"))
    return f'<{tag}{looks} dir="{direction}">{line(words, direction) if chr(10) not in words else chr(10).join(lines)}</{tag}>'


class CardWriter:
    """Cards as HTML for one person. `reply` is the key of the card whose form of a reply stands open."""

    def __init__(self, article: Article, user, reply: str = ""):
        self._user, self._reply = user.pk, reply
        self._may_note = policy.may(user, "kb.add_annotation")
        self._may_resolve = policy.may(user, "kb.change_annotation")
        self._may_decide = policy.may(user, policy.DECIDE)
        self._addresses = {
            kind: reverse(f"admin:kb_{table}_change", args=[0]).split("/0/")
            for kind, table in (("citation", "citation"), ("claim", "appearance"), ("note", "annotation"))
        }
        # Each of these is asked for once a page and not once a card.
        self._kinds = {kind: str(words) for kind, words in KINDS.items()}
        self._motivations = {value: str(words) for value, words in Motivation.choices}
        self._states = {value: str(words) for value, words in State.choices}
        self._read_by = {value: str(words) for value, words in READ_BY.items()}
        self._standings = {value: str(words) for value, words in Standing.choices}
        self._standings[Standing.UNTOUCHED.value] = _("These words do not stand in the current text any more.")
        self._orphans, self._place = reverse("admin:kb_article_orphans", args=[article.pk]), _("Place them again")
        self._says = {
            "reply": _("Reply"),
            "save": _("Save the reply"),
            "resolve": _("Resolve"),
            "reopen": _("Open again"),
            "resolved": _("resolved"),
            "let": _("Let it be read by:"),
            "confirmed": _("Confirm"),
            "rejected": _("Reject"),
            "open": _("Open"),
        }

    def kind_words(self, card: ReadCard) -> str:
        return self._motivations[card.row.motivation] if card.kind == "note" else self._kinds[card.kind]

    def number(self, card: ReadCard) -> str:
        """What follows the words in the text: it leads to the card."""
        label = f"{escape(self.kind_words(card))} {card.number}"
        return f'<a class="number" data-aside href="#card-{card.key}" aria-label="{label}">{card.sign}{card.number}</a>'

    def write(self, card: ReadCard) -> SafeString:
        key, opened = card.key, " open" if self._reply == card.key else ""
        mark = (
            f'<a class="number" href="#words-{key}" aria-keyshortcuts="t">'
            if card.is_marked
            else '<span class="number">'
        )
        parts = [
            f'<article class="card of-{card.kind} is-{card.state}{" is-open" if card.is_open else ""}" id="card-{key}" '
            f'tabindex="-1">{mark}{card.number}{"</a>" if card.is_marked else "</span>"}\n'
            f'<details{opened}><summary><span class="kind">{escape(self.kind_words(card))}</span> {self._beside(card)}',
            f"{_said('span', 'title', card.title)}</summary>\n" if card.title else "</summary>\n",
            f"{_said('blockquote', '', card.words)}\n" if card.words else "",
            self._lost(card) if card.row.is_anchored and not card.is_placed else "",
        ]
        if card.facts:
            rows = (f"<div><dt>{escape(label)}</dt>{_said('dd', '', value)}</div>" for label, value in card.facts)
            parts += ["<dl>", *rows, "</dl>\n"]
        parts += [self._answer(one) for one in card.replies]
        acts = self._of_note(card) if card.kind == "note" else self._of_suggestion(card) if self._may_decide else []
        before, behind = self._addresses[card.kind]
        acts.append(f'<a href="{before}/{card.row.pk}/{behind}">{escape(self._says["open"])}</a>')
        parts += ['<p class="does">', " ".join(acts), "</p></details></article>\n"]
        return mark_safe("".join(parts))

    def _lost(self, card: ReadCard) -> str:
        """What became of words that stand nowhere, and where a person places them again."""
        link = f'<a href="{self._orphans}#{card.row._meta.model_name}-{card.row.pk}">{escape(self._place)}</a>'
        return f'<p class="lost">{escape(self._standings[card.row.standing])} {link if card.is_lost else ""}</p>\n'

    def _beside(self, card: ReadCard) -> str:
        """What stands beside the kind: whose it is and who reads it, or what is not decided and how it was judged."""
        if card.kind == "note":
            found = f'<span class="who"><bdi>{escape(card.author)}</bdi>, {escape(self._read_by[card.access])}</span>'
            if card.row.resolved_at:
                found += f' <span class="badge is-resolved">{escape(self._says["resolved"])}</span>'
            return found + (f' <span class="who">{len(card.replies)} ↩</span>' if card.replies else "")
        found = ""
        if card.state != State.CONFIRMED:
            found = f'<span class="badge is-{card.state}">{escape(self._states[card.state])}</span> '
        if card.badge:
            found += f'<span class="badge">{card.badge.symbol} {escape(str(card.badge.words))}</span>'
        return found

    def _answer(self, note: Annotation) -> str:
        return (
            f'<div class="reply" id="card-note-{note.pk}"><p class="who"><bdi>{escape(note.author.username)}</bdi> '
            f"{note.created_at:%Y-%m-%d %H:%M}</p>{_said('p', 'body', note.body)}</div>\n"
        )

    def _of_note(self, card: ReadCard) -> list[str]:
        key, says, found = card.key, self._says, []
        act = f"reply:{key}:{card.row.version}"
        if self._may_note and self._reply == key:
            found.append(
                f'<span class="answer"><label for="reply-{key}">{escape(says["reply"])}</label><textarea form="acts" '
                f'id="reply-{key}" name="reply" rows="3" dir="auto"></textarea>{self._button(act, says["save"])}</span>'
            )
        elif self._may_note:
            found.append(
                f'<a href="?reply={key}#card-{key}" data-do="reply" data-value="{act}" aria-keyshortcuts="r">'
                f"{escape(says['reply'])}</a>"
            )
        if self._may_resolve:
            turn = "reopen" if card.row.resolved_at else "resolve"
            found.append(self._button(f"{turn}:{key}:{card.row.version}", says[turn], shortcut="d"))
        if card.row.author_id == self._user:
            found.append(f'<span class="who">{escape(says["let"])}</span>')
            found += [
                self._button(f"access-{value}:{key}:{card.row.version}", words, plain=True)
                for value, words in self._read_by.items()
                if value != card.access
            ]
        return found

    def _of_suggestion(self, card: ReadCard) -> list[str]:
        return [
            self._button(f"{state}:{card.key}:{card.row.version}", self._says[state], shortcut=shortcut, plain=plain)
            for state, shortcut, plain in ((State.CONFIRMED.value, "a", False), (State.REJECTED.value, "r", True))
            if card.state != state
        ]

    def _button(self, act: str, words: str, *, shortcut: str = "", plain: bool = False) -> str:
        looks = ' class="plain"' if plain else ""
        keys = f' aria-keyshortcuts="{shortcut}"' if shortcut else ""
        return f'<button type="submit" form="acts"{looks} name="_act" value="{act}"{keys}>{escape(words)}</button>'
