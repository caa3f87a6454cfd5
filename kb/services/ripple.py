"""What a changed verdict reaches: a public correction, the articles it touches, a task for each, and who acknowledged.

`services.verdicts` calls `ripple` in the transaction that changes the verdict. The number of statements does not grow
with the articles, but for batches of some hundred: one claim row says how fresh the pages that show it are.
"""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kb.models import (
    BY_HAND,
    Acknowledgement,
    Appearance,
    Article,
    ArticleStatus,
    Citation,
    Claim,
    Correction,
    CorrectionArticle,
    CorrectionKind,
    FactCheck,
    Ring,
    Source,
    Tag,
    TagLink,
    Task,
    TaskKind,
    Variant,
    policy,
)

from . import tasks
from .notices import tell
from .refusal import Blocker, refuse_if


@transaction.atomic
def ripple(claim: Claim, *, before: FactCheck | None, after: FactCheck | None, by: User) -> Correction | None:
    """Carry a change of the claim's public verdict to everything that shows it; a second call makes nothing new.

    `before` is the verdict that readers relied on, `after` the one that took its place, or None when it was reopened.
    A first verdict corrects nothing: its pages change, and there is no correction.
    """
    freshen(claim)
    if before is None:
        tell(f"verdict:{after.pk}", about=_followed(claim), words=_("A first verdict: %s") % claim, by=by)
        return None
    known = Correction.objects.of_step(before, after)
    if found := known.first():
        return found
    correction = Correction(
        kind=kind_of(before, after),
        claim=claim,
        check_before=before,
        check_after=after,
        before=_words_of(before),
        after=_words_of(after) if after else "",
        reason=before.reopen_reason or after.rationale,
        made_by=by,
    )
    try:
        with transaction.atomic():
            _write(correction)
    except IntegrityError:
        # Somebody carried the same change a moment ago; without such a row the error is another one.
        return known.get()
    return correction


def kind_of(before: FactCheck, after: FactCheck | None) -> CorrectionKind:
    """What the step means to readers.

    Another rating affects it; a newer edition of the scale, in which it has other words, does not. The same rating for a
    later day is an update: the verdict before was right for its own. The same rating for the same day has other reasons.
    A reopened verdict is in doubt, not taken back: an update too.
    """
    if after is None:
        return CorrectionKind.UPDATE
    if before.rating.slug != after.rating.slug:
        return CorrectionKind.RATING_AFFECTED
    return CorrectionKind.UPDATE if after.as_of > before.as_of else CorrectionKind.RATING_UNAFFECTED


@transaction.atomic
def correct(about: Claim | Article, *, by: User, kind: str, before: str, reason: str, after: str = "") -> Correction:
    """Write a correction by hand: of the words of a claim or an article, or that something is void or updated.

    Raises:
        Refused: the kind is a verdict's to say, the words are missing or the same, or no reader ever saw it.
    """
    policy.require(by, policy.CORRECT)
    refuse_if(
        None
        if kind in BY_HAND
        else Blocker(_("Choose wording, void or update: a rating changes by a new check."), about),
        None if before.strip() else Blocker(_("Say what it said before."), about),
        None
        if after.strip() or kind == CorrectionKind.VOID
        else Blocker(_("Say what it says now; only what is void leaves that empty."), about),
        Blocker(_("Before and after are the same words."), about) if before.strip() == after.strip() else None,
        None if reason.strip() else Blocker(_("Say why: readers ask."), about),
        None
        if type(about).objects.visible_to(None).filter(pk=about.pk).exists()
        else Blocker(_("No reader has seen this: there is nothing to correct in public."), about),
    )
    is_claim = isinstance(about, Claim)
    correction = Correction(
        kind=kind,
        claim=about if is_claim else None,
        article=None if is_claim else about,
        before=before.strip(),
        after=after.strip(),
        reason=reason.strip(),
        made_by=by,
    )
    if is_claim:
        freshen(about)
    _write(correction)
    return correction


@transaction.atomic
def acknowledge(article: Article, *, by: User, seen: Iterable[int] | None = None) -> int:
    """Say that the article was looked at again after the changes that touch it; returns how many that settles.

    `seen` are the touched rows the editor was shown: one that came in since stays open. Saying it again changes nothing.
    """
    policy.require(by, policy.PUBLISH)
    # The task is locked first: a change that comes in at this moment finds it either open with its row, or done.
    list(Task.objects.open().about(article).filter(kind=TaskKind.AFTER_CHANGE).select_for_update())
    still_open = CorrectionArticle.objects.open().filter(article=article)
    touched = still_open.all() if seen is None else still_open.filter(pk__in=seen)
    now = timezone.now()
    rows = [Acknowledgement(touched=row, acknowledged_by=by, acknowledged_at=now) for row in touched]
    Acknowledgement.objects.bulk_create(rows, ignore_conflicts=True)
    if not still_open.exists():
        tasks.complete_about(article, TaskKind.AFTER_CHANGE, by=by, outcome=_("Acknowledged."))
    return len(rows)


def rings(claim: Claim) -> dict[int, Ring]:
    """The published articles that a change of the claim touches, by id, each with the nearest ring it stands in."""
    published = Appearance.objects.confirmed().filter(article__status=ArticleStatus.PUBLISHED)
    own = Appearance.objects.confirmed().filter(claim=claim)
    shared = Citation.objects.confirmed().filter(appearances__in=own)
    beside = Appearance.objects.confirmed().filter(citations__in=shared).exclude(claim=claim)
    reached = {
        Ring.SAME_CITATION: published.filter(claim__in=beside.values("claim")),
        Ring.VARIANT: published.filter(claim=claim).exclude(variant=Variant.SAME),
        Ring.CITES: published.filter(claim=claim, variant=Variant.SAME),
    }
    return {
        article: ring
        for ring, appearances in reached.items()
        for article in appearances.order_by("article").values_list("article", flat=True).distinct()
    }


def freshen(claim: Claim) -> None:
    """One row, however many pages show the claim; no new version, so nobody's open form of it goes stale."""
    Claim.objects.filter(pk=claim.pk).update(changed_at=timezone.now())


def ask_editors(touched: QuerySet[CorrectionArticle], *, by: User | None) -> list[Article]:
    """Open a task for each of these articles: whoever published it is asked to look again, if they still may.

    Returns the articles, with their keys and little else.
    """
    rows = list(
        touched.select_related("article", "correction__claim")
        .only("article__published_by", "correction__kind", "correction__claim__text")
        .order_by("pk")
    )
    if not rows:
        return []
    editors = {person.pk: person for person in policy.holders(policy.PUBLISH)}
    asked = [(row.article, _why(row.correction), editors.get(row.article.published_by_id)) for row in rows]
    tasks.open_tasks(TaskKind.AFTER_CHANGE, asked, by=by)
    return [row.article for row in rows]


def _why(correction: Correction) -> str:
    said = {"kind": correction.get_kind_display(), "claim": correction.claim, "number": correction.pk}
    return _("%(kind)s: “%(claim)s” (correction %(number)d)") % said


def _write(correction: Correction) -> None:
    by = correction.made_by
    correction._history_user = by
    correction.save()
    touched = rings(correction.claim) if correction.claim_id else {}
    CorrectionArticle.objects.bulk_create(
        CorrectionArticle(correction=correction, article_id=article, ring=ring)
        for article, ring in sorted(touched.items())
    )
    articles = ask_editors(correction.touched.all(), by=by)
    tell(f"correction:{correction.pk}", about=_followed(correction.target, articles), words=str(correction), by=by)


def _followed(thing: Claim | Article, articles: Iterable[Article] = ()) -> list:
    """What people may follow to hear of a change: the thing, the articles it touches, its sources and its topics."""
    if isinstance(thing, Claim):
        made = Appearance.objects.confirmed().filter(claim=thing)
        citing, within = {"appearances__in": made}, made.values("article")
    else:
        citing, within = {"article": thing}, [thing.pk]
    cited = Citation.objects.confirmed().filter(**citing, source__isnull=False).values("source")
    topics = TagLink.objects.confirmed().filter(content_object__in=within).values("tag")
    return [
        thing,
        *articles,
        *Source.objects.filter(pk__in=cited).only("pk"),
        *Tag.objects.filter(pk__in=topics).only("pk"),
    ]


def _words_of(check: FactCheck) -> str:
    return f"{check.rating}: {check.rationale}"
