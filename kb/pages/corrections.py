"""Corrections as every page shows them, and the notice on an article that was not looked at since one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kb.models import Article, Claim, Correction, CorrectionArticle, CorrectionKind, FactCheck, Ring

from .claims import REOPENED, Badge, rating_badge
from .words import Words, name_of, words

# More touched articles than this stand on the correction's own page.
NAMED = 3
# More than this and the own page ends as well: one can still follow the claim to its articles.
LISTED = 100
# More corrections of one thing than this stand in the list of all.
LATEST = 20

RINGS = {
    Ring.CITES: _("makes the claim"),
    Ring.VARIANT: _("words the claim differently"),
    Ring.SAME_CITATION: _("makes another claim that rests on the same citation"),
}
TAKEN_BACK = Badge("–", _("taken back"), "none")
KINDS = {
    CorrectionKind.RATING_AFFECTED: Badge("⇄", CorrectionKind.RATING_AFFECTED.label, "doubt"),
    CorrectionKind.RATING_UNAFFECTED: Badge("=", CorrectionKind.RATING_UNAFFECTED.label, "none"),
    CorrectionKind.WORDING: Badge("✎", CorrectionKind.WORDING.label, "none"),
    CorrectionKind.VOID: Badge("∅", CorrectionKind.VOID.label, "doubt"),
    CorrectionKind.UPDATE: Badge("↻", CorrectionKind.UPDATE.label, "none"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """What it said, or what it says now: a status, words, or both."""

    badge: Badge | None
    words: str


@dataclass(frozen=True, slots=True)
class TouchedArticle:
    words: Words
    address: str
    ring: str | Promise


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction. `signed` says who did what; `more` counts the touched articles that are not named here."""

    key: str
    address: str
    badge: Badge
    about: Words
    about_address: str
    is_about_claim: bool
    before: Side
    after: Side
    reason: str
    made_at: datetime
    signed: tuple[tuple[str | Promise, str], ...]
    touched: tuple[TouchedArticle, ...]
    more: int

    @property
    def reach(self) -> int:
        """How many articles that readers can see it touches."""
        return len(self.touched) + self.more


@dataclass(frozen=True, slots=True)
class Change:
    """A change that touches an article and that its editors have not acknowledged.

    `is_close` when the article itself makes the claim, in its own words or in others.
    """

    badge: Badge
    made_at: datetime
    address: str
    claim: Words
    claim_id: int
    is_close: bool
    ring_words: str | Promise


def for_pages(corrections: QuerySet[Correction], *, named: int = NAMED) -> QuerySet[Correction]:
    """Corrections with what `entry` needs: two queries, whatever they touch."""
    public = CorrectionArticle.objects.visible_to(None)
    counted = public.filter(correction=OuterRef("pk")).order_by().values("correction").values_list(Count("pk"))
    shown = public.in_order().select_related("article").defer("article__body", "article__provenance")
    shown = shown[:named] if named else public.none()
    return (
        corrections.select_related(
            *("claim", "article", "made_by", "check_before__rating", "check_after__rating"),
            *("check_after__author", "check_after__reviewer"),
        )
        .defer("article__body", "article__provenance")
        .annotate(reach=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
        .prefetch_related(Prefetch("touched", shown, "shown"))
    )


def entry(correction: Correction) -> Entry:
    """What to say of a correction loaded by `for_pages`."""
    about, address = _about(correction.target)
    after = _side(correction.check_after, correction.after)
    if correction.is_reopening and not correction.after:
        after = Side(REOPENED, "")
    elif not correction.after:
        after = Side(TAKEN_BACK, "")
    return Entry(
        key=f"c{correction.pk}",
        address=correction.get_absolute_url(),
        badge=KINDS[correction.kind],
        about=about,
        about_address=address,
        is_about_claim=correction.claim_id is not None,
        before=_side(correction.check_before, correction.before),
        after=after,
        # A new verdict's own reasons stand in what it says now.
        reason="" if correction.reason and correction.reason == after.words else correction.reason,
        made_at=correction.made_at,
        signed=tuple(_signed(correction)),
        touched=tuple(
            TouchedArticle(_title(row.article), row.article.get_absolute_url(), RINGS[row.ring])
            for row in correction.shown
        ),
        more=correction.reach - len(correction.shown),
    )


def corrections_of(**thing: Claim | Article) -> tuple[Entry, ...]:
    """The latest corrections of a claim or an article that readers may see, without the articles they touch."""
    rows = for_pages(Correction.objects.filter(**thing), named=0).order_by("-made_at", "-pk")
    return tuple(entry(correction) for correction in rows[:LATEST])


def changes_to(article: Article, *, now=None) -> tuple[Change, ...]:
    """What touches the article and no editor has acknowledged yet, the newest first. One query."""
    rows = (
        CorrectionArticle.objects.open()
        .filter(article=article, correction__in=Correction.objects.visible_to(None, now=now))
        .select_related("correction__claim")
        .order_by("-correction__made_at", "-pk")
    )
    return tuple(_change(row) for row in rows)


def _change(row: CorrectionArticle) -> Change:
    correction = row.correction
    return Change(
        badge=KINDS[correction.kind],
        made_at=correction.made_at,
        address=correction.get_absolute_url(),
        claim=words(correction.claim.text, correction.claim.language),
        claim_id=correction.claim_id,
        is_close=row.ring != Ring.SAME_CITATION,
        ring_words=RINGS[row.ring],
    )


def _about(thing: Claim | Article) -> tuple[Words, str]:
    if isinstance(thing, Claim):
        return words(thing.text, thing.language), thing.get_absolute_url()
    return _title(thing), thing.get_absolute_url()


def _title(article: Article) -> Words:
    return words(article.title, article.language, article.direction)


def _side(check: FactCheck | None, said: str) -> Side:
    return Side(rating_badge(check.rating), check.rationale) if check else Side(None, said)


def _signed(correction: Correction) -> Iterable[tuple[str | Promise, str]]:
    if check := correction.check_after:
        yield _("Checked by"), name_of(check.author)
        yield _("reviewed by"), name_of(check.reviewer)
    elif correction.is_reopening:
        yield _("Reopened by"), name_of(correction.made_by)
    else:
        yield _("Corrected by"), name_of(correction.made_by)
