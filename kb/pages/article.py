"""The article page: the text with its marks, and beside it who says so, whether they do, and whether it holds."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from django.db.models import Prefetch, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from kb.models import (
    Appearance,
    Article,
    BodyFormat,
    Citation,
    Display,
    Genre,
    Hop,
    HopKind,
    StatementType,
    Tag,
    Variant,
)
from kb.text import excerpts, markup
from kb.text.coverage import sentences_of

from .citations import ALARMING, CitedSource, citation_key, cited_source
from .claims import TONES, UNCHECKED, Badge, ClaimSummary, for_pages, summary, variant_badge
from .corrections import Change, Entry, changes_to, corrections_of
from .coverage import Basis, Coverage, basis, coverage_of
from .dates import in_words
from .notes import Note, public_notes, threads
from .receipt import receipt
from .related import Related, related_to
from .reviews import Review, review_of
from .words import Words, words
from .works import Work, work_of_article

CHAIN = {
    HopKind.WROTE: gettext_lazy("Written by"),
    HopKind.AGENCY: gettext_lazy("Agency copy of"),
    HopKind.PUBLISHED: gettext_lazy("First published by"),
    HopKind.REPUBLISHED: gettext_lazy("Republished by"),
    HopKind.AGGREGATED: gettext_lazy("Aggregated by"),
    HopKind.SUMMARISED: gettext_lazy("Summarised by"),
}
HEADINGS = ("<h2", "<h3", "<h4")
MARKED = re.compile(r'<mark id="([^"]+)"')


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One hand the text passed through; `copy` is where it stands there."""

    act: str
    name: str
    address: str
    copy: str


@dataclass(frozen=True, slots=True)
class Card:
    """One cited claim with the citations that support it there, or a citation that no claim was taken from yet.

    `mark` is the anchor of the words in the text; empty when they are not shown.
    """

    key: str
    number: int
    mark: str
    badge: Badge
    claim: ClaimSummary | None
    variant: str
    citations: tuple[CitedSource, ...]
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many citations and claims, and how the claims fared: pairs of a number and a badge."""

    citations: int
    claims: int
    fared: tuple[tuple[int, Badge], ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some blocks of the text, the last of them with marked words; the cards and notes of those; the blocks up to the next.

    `after_gap` says that words of the text are left out before it.
    """

    lead: SafeString
    cards: tuple[Card, ...]
    notes: tuple[Note, ...]
    rest: SafeString
    after_gap: bool


@dataclass(frozen=True, slots=True)
class ArticlePage:
    title: Words
    standfirst: str
    address: str
    notes_address: str
    genre: str
    genre_words: str
    chain: tuple[ChainLink, ...]
    issued: str
    published_at: datetime | None
    modified_at: datetime | None
    tags: tuple[Tag, ...]
    tally: Tally
    basis: Basis
    coverage: Coverage
    stretches: tuple[Stretch, ...]
    ends_early: bool
    is_excerpt: bool
    original: str
    cards: tuple[Card, ...]
    cards_elsewhere: tuple[Card, ...]
    notes: tuple[Note, ...]
    notes_elsewhere: tuple[Note, ...]
    changes: tuple[Change, ...]
    corrections: tuple[Entry, ...]
    related: tuple[Related, ...]
    reviews: tuple[Review, ...]
    description: str
    work: Work

    @property
    def forecasts(self) -> tuple[ClaimSummary, ...]:
        """The forecasts among its claims, each once."""
        claims = (card.claim for card in self.cards if card.claim)
        return tuple({one.address: one for one in claims if one.statement_type == StatementType.FORECAST}.values())

    @property
    def receipt(self) -> dict:
        """What a browser may remember of the page, to tell on return what has changed."""
        return receipt(self.address, [card.claim for card in self.cards if card.claim], self.corrections)

    @property
    def is_opinion(self) -> bool:
        return self.genre == Genre.OPINION

    @property
    def rests_on_change(self) -> bool:
        """Whether one of the changes is of a claim that the article itself makes."""
        return any(change.is_close for change in self.changes)


def article_page(article: Article, *, now=None) -> ArticlePage:
    """The page as readers see it once the article is published: confirmed rows, published verdicts, public notes.

    Who asks makes no difference: the preview of a draft is a promise of what readers will see. Queries: fourteen,
    whatever the article holds.
    """
    text = article.text
    citations = list(article.citations.confirmed().select_related("source", "via__source").order_by("position"))
    appearances = list(
        article.appearances.confirmed()
        .prefetch_related(
            Prefetch("claim", for_pages(now=now)),
            Prefetch("citations", Citation.objects.confirmed().filter(article=article).only("pk"), "linked"),
        )
        .order_by("start", "end")
    )
    claims = {row.claim_id: summary(row.claim) for row in appearances}
    notes = public_notes_on(article, citations)
    shown = stretches_shown(article, text, [*citations, *appearances])
    marked = _Marked(article, text, shown)

    changes = changes_to(article, now=now)
    cards = _cards(citations, appearances, claims, notes, marked, changes)
    marks = [*_claim_marks(appearances, cards, marked), *_citing_marks(citations, cards, marked)]
    own_notes = [note for note in notes if note.article_id]
    marks += _note_marks(own_notes, marked)
    note_marks = {note.pk: f"note-{note.uid}-words" for note in own_notes if marked.has(note)}
    told_notes = threads(own_notes, note_marks)
    sentences = sentences_of(text, block_spans(article, text), is_opinion_piece=article.genre == Genre.OPINION)
    covered, bare_marks = coverage_of(article, text, sentences, citations, appearances, claims, marked.shows)
    title = words(article.title or str(article), article.language, article.direction)
    passages = _passages(article, text, shown, [*marks, *bare_marks], title.direction)
    stretches = _stretches(passages, cards, told_notes)
    placed = {one.key for stretch in stretches for one in (*stretch.cards, *stretch.notes)}

    hops = list(article.hops.confirmed().select_related("source", "person"))
    tags = tuple(sorted(article.tags.all(), key=lambda tag: tag.name.casefold()))
    corrections = corrections_of(article=article)
    return ArticlePage(
        title=title,
        standfirst=standfirst_of(article),
        address=article.get_absolute_url(),
        notes_address=reverse("programs:article-annotations", args=[article.slug]),
        genre=article.genre,
        genre_words=article.get_genre_display(),
        chain=tuple(chain_of(hops)),
        issued=in_words(article.issued_on),
        published_at=article.published_at,
        modified_at=max(_moments(article, appearances, corrections), default=None),
        tags=tags,
        tally=tally_of(
            len(citations), {card.claim.address: card.badge for card in reversed(cards) if card.claim}.values()
        ),
        basis=basis(len(citations), ((claims[row.claim_id], row.variant == Variant.SAME) for row in appearances)),
        coverage=covered,
        stretches=stretches,
        ends_early=bool(shown) and bool(text[shown[-1][1] :].strip()),
        is_excerpt=article.display == Display.EXCERPT,
        original=article.address,
        cards=cards,
        cards_elsewhere=tuple(card for card in cards if card.key not in placed),
        notes=told_notes,
        notes_elsewhere=tuple(note for note in told_notes if note.key not in placed),
        changes=changes,
        corrections=corrections,
        related=related_to(article, citations, appearances, now=now),
        reviews=tuple(_reviews(article, appearances, citations)),
        description=description_of(article),
        work=work_of_article(article, hops, [tag.name for tag in tags], description_of(article)),
    )


def _moments(article: Article, appearances, corrections: Sequence[Entry]) -> Iterable[datetime]:
    """When what the page tells was published or changed."""
    if article.published_at:
        yield article.published_at
        yield from (row.claim.changed_at for row in appearances)
        yield from (entry.made_at for entry in corrections)


def description_of(article: Article) -> str:
    """The article in a few words, of its own: never more of it than an excerpt shows."""
    return standfirst_of(article) or opening(article)


def public_notes_on(article: Article, citations: Iterable[Citation]):
    """Public notes on the article and on its confirmed citations, in one query."""
    return public_notes(Q(article=article) | Q(citation__in=[citation.pk for citation in citations]))


def opening(article: Article) -> str:
    """The first words of the text: never more than an excerpt shows, of any article."""
    text = article.text
    return " ".join(text[slice(*excerpts.excerpt(text, ())[0])].split())


def standfirst_of(article: Article) -> str:
    """The standfirst; that of somebody else's text stays within what an excerpt begins with."""
    return article.standfirst_shown


def chain_of(hops: Iterable[Hop]) -> Iterable[ChainLink]:
    """The confirmed steps of the chain, from the author on."""
    for hop in hops:
        named = hop.person or hop.source
        yield ChainLink(CHAIN[hop.kind], hop.name, named.get_absolute_url() if named else "", hop.address)


def tally_of(citations: int, badges: Iterable[Badge]) -> Tally:
    fared = Counter(badges)
    in_order = sorted(fared, key=lambda badge: (TONES.index(badge.tone), str(badge.words)))
    return Tally(citations, fared.total(), tuple((fared[badge], badge) for badge in in_order))


# --- which words are shown, and which of them are marked


def stretches_shown(article: Article, text: str, anchored: Sequence) -> list[tuple[int, int]]:
    """The parts of the text that readers see, given its confirmed citations and appearances."""
    return article.stretches_shown(text, anchored)


def shown_of(article: Article) -> list[tuple[int, int]]:
    """The stretches of the text that readers are shown: what else leaves the house of it stays within them."""
    return stretches_shown(article, article.text, [*article.citations.confirmed(), *article.appearances.confirmed()])


def block_spans(article: Article, text: str) -> list[tuple[int, int]]:
    """Where the blocks of the text stand: those of Markdown, where a line break is no sign; else the whole is one."""
    if article.body_format != BodyFormat.MARKDOWN:
        return [(0, len(text))]
    return [(block.start, block.end) for block in markup.blocks_with_marks(article.html, ())]


class _Marked:
    """Answers whether a row's words stand in what is shown; an anchor of an older text is an orphan and never does."""

    def __init__(self, article: Article, text: str, shown: Sequence[tuple[int, int]]):
        self._article, self._length, self._shown = article, len(text), shown

    def has(self, row) -> bool:
        return (
            row.is_anchored
            and row.revision == self._article.revision
            and row.end <= self._length
            and any(row.start < end and begin < row.end for begin, end in self._shown)
        )

    def shows(self, start: int, end: int) -> bool:
        """Whether all of this stretch is shown."""
        return any(begin <= start and end <= stop for begin, stop in self._shown)


def _passages(
    article: Article, text: str, shown, marks: Sequence[markup.Mark], direction: str
) -> Iterable[tuple[bool, list[markup.Block]]]:
    """The blocks of each part of the text that is shown, for a page that runs in this direction, and whether words are
    left out before it."""
    if article.display == Display.FULL:
        yield False, markup.blocks_with_marks(article.html, marks, language=article.language, direction=direction)
        return
    drawn: set[str] = set()
    for begin, end in shown:
        inside = [
            markup.Mark(max(mark.start, begin) - begin, min(mark.end, end) - begin, mark.key, mark.classes, mark.after)
            for mark in marks
            # Words that reach over a gap are marked where they begin: an anchor exists once.
            if mark.start < end and begin < mark.end and mark.key not in drawn
        ]
        drawn.update(mark.key for mark in inside)
        html = markup.render(text[begin:end], markdown=False, headings=article.headings)
        yield begin > 0, markup.blocks_with_marks(html, inside, language=article.language, direction=direction)


def _stretches(passages, cards: Sequence[Card], notes: Sequence[Note]) -> tuple[Stretch, ...]:
    """The text cut so that each card and note can stand beside, and on a phone behind, the block that holds its words."""
    card_of = {mark: card for card in reversed(cards) for mark in (card.mark, *(one.mark for one in card.citations))}
    note_of = {note.mark: note for note in notes}
    placed: set[str] = set()
    drafts: list[_Draft] = []
    for after_gap, blocks in passages:
        drafts.append(_Draft(after_gap))
        for block in blocks:
            keys = MARKED.findall(block.html)
            marked = [found[key] for found in (card_of, note_of) for key in keys if key in found]
            beside = {one.key: one for one in marked if one.key not in placed}
            if not beside:
                drafts[-1].rest.append(block.html)
                continue
            placed.update(beside)
            # A heading stays with what it stands over.
            lead = [*drafts[-1].headings(), block.html]
            if drafts[-1].lead or drafts[-1].rest:
                drafts.append(_Draft())
            drafts[-1].lead, drafts[-1].beside = lead, list(beside.values())
    return tuple(draft.stretch() for draft in drafts if draft.lead or draft.rest)


@dataclass(slots=True)
class _Draft:
    after_gap: bool = False
    lead: list[str] = field(default_factory=list)
    beside: list[Card | Note] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    def headings(self) -> list[str]:
        """The headings at its end, taken out of it."""
        kept = len(self.rest)
        while kept and self.rest[kept - 1].startswith(HEADINGS):
            kept -= 1
        taken, self.rest = self.rest[kept:], self.rest[:kept]
        return taken

    def stretch(self) -> Stretch:
        cards = (one for one in self.beside if isinstance(one, Card))
        return Stretch(
            lead=mark_safe("\n\n".join(self.lead)),
            cards=tuple(sorted(cards, key=attrgetter("number"))),
            notes=tuple(one for one in self.beside if isinstance(one, Note)),
            rest=mark_safe("\n\n".join(self.rest)),
            after_gap=self.after_gap,
        )


def _claim_marks(appearances, cards: Sequence[Card], marked: _Marked) -> Iterable[markup.Mark]:
    card_of = {card.key: card for card in cards}
    for appearance in appearances:
        if marked.has(appearance):
            card = card_of[claim_key(appearance)]
            after = render_to_string("parts/mark_verdict.html", {"card": card})
            yield markup.Mark(appearance.start, appearance.end, card.mark, f"claim {card.badge.tone}", after)


def _citing_marks(citations, cards: Sequence[Card], marked: _Marked) -> Iterable[markup.Mark]:
    place = {cited.key: (card, cited) for card in cards for cited in card.citations if cited.key}
    for citation in citations:
        if marked.has(citation):
            card, cited = place[citation_key(citation)]
            alarm = cited.check if citation.check_state in ALARMING else None
            after = render_to_string("parts/mark_citation.html", {"card": card, "cited": cited, "alarm": alarm})
            yield markup.Mark(citation.start, citation.end, cited.mark, "citing", after)


def _note_marks(notes, marked: _Marked) -> Iterable[markup.Mark]:
    for note in notes:
        if marked.has(note) and not note.reply_to_id:
            key = f"note-{note.uid}"
            after = render_to_string("parts/mark_note.html", {"key": key})
            yield markup.Mark(note.start, note.end, f"{key}-words", "note", after)


# --- the cards


def _cards(
    citations, appearances, claims: dict[int, ClaimSummary], notes, marked: _Marked, changes: Sequence[Change]
) -> tuple[Card, ...]:
    """Cards in the order of the text; a citation that supports two claims stands in full on the first card."""
    by_pk = {citation.pk: citation for citation in citations}
    supporting = {
        appearance.pk: [citation for citation in citations if citation.pk in {row.pk for row in appearance.linked}]
        for appearance in appearances
    }
    claimed = {citation.pk for several in supporting.values() for citation in several}
    unclaimed = [citation for pk, citation in by_pk.items() if pk not in claimed]
    about: dict[int, list] = {}
    for note in notes:
        about.setdefault(note.citation_id, []).append(note)
    told: set[int] = set()
    latest = {change.claim_id: change for change in reversed(changes) if change.is_close}

    def cited(citation: Citation) -> CitedSource:
        first = citation.pk not in told
        told.add(citation.pk)
        return cited_source(
            citation,
            key=citation_key(citation) if first else "",
            mark=f"{citation_key(citation)}-words" if marked.has(citation) else "",
            notes=threads(about.get(citation.pk, [])) if first else (),
        )

    def card(number: int, row: Appearance | Citation) -> Card:
        if isinstance(row, Citation):
            source = cited(row)
            return Card(f"card-{row.pk}", number, source.mark, UNCHECKED, None, "", (source,))
        claim = claims[row.claim_id]
        return Card(
            key=claim_key(row),
            number=number,
            mark=f"{claim_key(row)}-words" if marked.has(row) else "",
            badge=variant_badge(row.variant, claim.badge),
            claim=claim,
            variant="" if row.variant == Variant.SAME else row.get_variant_display(),
            citations=tuple(cited(citation) for citation in supporting[row.pk]),
            change=latest.get(row.claim_id),
        )

    end_of_text = float("inf")
    in_order = sorted([*appearances, *unclaimed], key=lambda row: end_of_text if row.start is None else row.start)
    return tuple(card(number, row) for number, row in enumerate(in_order, start=1))


def claim_key(appearance: Appearance) -> str:
    return f"claim-{appearance.pk}"


def _reviews(article: Article, appearances, citations) -> Iterable[Review]:
    """One for each rated claim that the article makes as it was checked."""
    names = {citation.pk: citation.name for citation in citations}
    told = set()
    for appearance in appearances:
        if appearance.variant == Variant.SAME and appearance.claim_id not in told:
            told.add(appearance.claim_id)
            said_by = next((names[row.pk] for row in appearance.linked if names.get(row.pk)), "")
            if review := review_of(summary(appearance.claim), [article], said_by):
                yield review
