"""Challenges as readers see them: what became of one, and nothing of a text that nobody has decided on."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kb.models import Challenge, ChallengeState, Citation, Claim

from .citations import citation_key
from .claims import Badge
from .words import Words, words

RECEIVED = Badge("…", _("received, an answer follows"), "open")
BADGES = {
    ChallengeState.HELD: RECEIVED,
    ChallengeState.RECEIVED: RECEIVED,
    ChallengeState.ACCEPTED: Badge("✓", _("accepted"), "supported"),
    ChallengeState.PARTLY: Badge("◐", _("accepted in part"), "mixed"),
    ChallengeState.REFUSED: Badge("✗", _("refused"), "refuted"),
    ChallengeState.WITHDRAWN: Badge("–", _("withdrawn by who sent it"), "none"),
    ChallengeState.SPAM: Badge("–", _("not taken up"), "none"),
}

# A claim that many object to still gets a page that can be read; the list of challenges goes on from there.
LATEST = 20


@dataclass(frozen=True, slots=True)
class Subject:
    """What is challenged, and where readers find it."""

    words: Words
    address: str
    is_claim: bool
    by: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """What the reader wrote, as far as a person let it stand in public."""

    words: str
    why: str
    quote: str
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One challenge; `subject`, `text` and `answer` are empty while it is open and where they may not be seen."""

    reference: str
    address: str
    badge: Badge
    kind: str | Promise
    received_on: datetime
    due_on: date
    closed_on: datetime | None
    is_open: bool
    is_spam: bool
    subject: Subject | None
    text: Text | None
    answer: str
    correction: str
    reopened: str


def subject_of(target: Claim | Citation) -> Subject:
    if isinstance(target, Claim):
        return Subject(words(target.text, target.language), target.get_absolute_url(), True)
    article = target.article
    said = words(target.exact or target.as_printed, article.language)
    return Subject(said, f"{article.get_absolute_url()}#{citation_key(target)}", False, by=str(target.name))


def for_pages(challenges):
    """Loads what an entry shows, in one query."""
    return challenges.select_related(
        "claim", "citation__article", "citation__source", "correction", "reopened__claim"
    ).defer("citation__article__body", "citation__article__headings")


def entry(challenge: Challenge, *, is_public: bool) -> Entry:
    """`is_public` says whether readers may see what it is about (`visible_to`); `challenge` is loaded by `for_pages`."""
    shows = is_public and challenge.is_answered
    return Entry(
        reference=challenge.reference,
        address=challenge.get_absolute_url(),
        badge=BADGES[challenge.state],
        kind=challenge.get_kind_display() if shows else "",
        received_on=challenge.received_at,
        due_on=challenge.due_on,
        closed_on=challenge.closed_at,
        is_open=challenge.is_open,
        is_spam=challenge.state == ChallengeState.SPAM,
        subject=subject_of(challenge.target) if shows else None,
        text=_text(challenge) if shows and challenge.shows_text else None,
        answer=challenge.answer if shows else "",
        correction=challenge.correction.get_absolute_url() if shows and challenge.correction else "",
        reopened=challenge.reopened.get_absolute_url() if shows and challenge.reopened else "",
    )


def answered_about(claim: Claim, *, now=None) -> tuple[Entry, ...]:
    """The latest challenges of a claim that readers may see with their answers, without the claim itself. One query."""
    rows = for_pages(Challenge.objects.visible_to(None, now=now).filter(claim=claim)).order_by("-closed_at", "-pk")
    return tuple(replace(entry(row, is_public=True), subject=None) for row in rows[:LATEST])


def _text(challenge: Challenge) -> Text:
    return Text(challenge.words, challenge.why, challenge.quote, tuple(challenge.addresses.split()))
