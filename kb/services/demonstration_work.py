"""What waits at the desk of the demonstration: asked for, told and decided by the acts that people use, on the day of
loading. The data itself is of 2025; its tasks name days, and days that are long over are no work."""

from datetime import date, timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from kb.models import (
    Article,
    Citation,
    Claim,
    Correction,
    CorrectionArticle,
    Evidence,
    FactCheck,
    FactCheckStatus,
    Notice,
    Priority,
    Rating,
    Source,
    Stance,
    Tag,
    TaskKind,
)

from . import challenges, rechecks, tasks, verdicts
from .consequences import after_check
from .notices import follow, mark_read, tell
from .ripple import ask_editors
from .seals import hash_of, seal_of


def begin() -> None:
    """People follow things, a verdict is published, a reader objects, and work lies with each of the desk."""
    today = timezone.localdate()
    analyst, analyst2, editor, admin = (User.objects.get(username=name) for name in ("analyst", "analyst2", "editor", "admin"))  # fmt: skip
    _follow(analyst, analyst2, editor)
    _publish(today, author=analyst2, reviewer=editor, follower=analyst)
    ask_editors(CorrectionArticle.objects.open(), by=None)
    for _many in rechecks.open_tasks():
        pass
    _give_out(today, analyst, analyst2, editor)
    _object(analyst, editor)
    _tell(editor)
    tasks.take_up(Article.objects.get(slug="after-the-transit-contract"), by=admin)


def _claim(start: str) -> Claim:
    return Claim.objects.get(text__startswith=start)


def _follow(analyst: User, analyst2: User, editor: User) -> None:
    follow(Tag.objects.get(slug="sanctions"), by=analyst)
    follow(_claim("Russian pipeline gas stopped"), by=analyst, why="My verdict, and the one I am least sure of.")
    follow(Source.objects.get(slug="port-almery-ledger"), by=analyst, why="Misquoted once. Look at what we cite next.")
    follow(Tag.objects.get(slug="energy"), by=analyst2)
    follow(Article.objects.get(slug="seven-metals-and-a-licence"), by=analyst2, why="Mine; a follow-up is planned.")
    follow(Tag.objects.get(slug="pipelines"), by=editor)
    follow(_claim("Washington has threatened"), by=editor, why="Tell me on the day it is taken back.")


def _publish(today: date, *, author: User, reviewer: User, follower: User) -> None:
    """One verdict from its draft to its readers, so that the desk has a figure for this week.

    Its claim is not in the data: loaded once more, that would take back what became of it.
    """
    claim = Claim(
        text="The American order of 22 December 2023 lets the Treasury cut off foreign banks that serve Russia’s military "
        "industry.",
        language="en",
        period="2023-12-22",
    )
    claim._history_user = author
    claim.save()
    follow(claim, by=follower)
    rating = Rating.objects.current().get(slug="true")
    check = verdicts.draft(
        claim,
        by=author,
        rating=rating,
        as_of=today,
        rationale="The order says so in its section on foreign financial institutions: whoever handles significant payments "
        "for that industry can lose their accounts in America. Whom it has hit is another question.",
    )
    Evidence.objects.create(
        fact_check=check,
        stance=Stance.SUPPORTS,
        source=Source.objects.get(slug="white-house"),
        summary="Executive order of 22 December 2023, section on foreign financial institutions.",
        address="https://www.whitehouse.gov/",
    )
    verdicts.submit(check, by=author)
    note = "The order’s text carries it. I looked for a later order that takes it back, and there is none on the page."
    verdicts.review(check, by=reviewer, rating=rating, note=note, shown=hash_of(seal_of(check)))
    for notice in Notice.objects.filter(fact_check=check).exclude(user=author).select_related("user"):
        mark_read(by=notice.user, notices=[notice.pk])


def _give_out(today: date, analyst: User, analyst2: User, editor: User) -> None:
    def in_days(days: int) -> date:
        return today + timedelta(days=days)

    capacity = FactCheck.objects.get(status=FactCheckStatus.SUBMITTED)
    after_check(capacity, by=analyst2)
    tasks.give_out(capacity, by=analyst2, to=editor, due_on=in_days(3))
    tasks.give_out(
        _claim("China has required export licences"),
        by=editor,
        to=analyst,
        due_on=in_days(5),
        priority=Priority.HIGH,
        why="The article on the seven metals rests on it, and nobody has checked it. Begin with the announcement itself.",
    )
    tasks.give_out(
        _claim("A growing share of payments"),
        by=editor,
        to=analyst,
        due_on=in_days(-2),
        why="The draft has no rating. If there is no series, say so: unproven is a verdict too.",
    )
    tasks.give_out(
        _claim("Russian pipeline gas stopped"),
        by=editor,
        to=analyst2,
        due_on=in_days(2),
        priority=Priority.URGENT,
        why="Reopened, and readers see that. The monthly volumes of TurkStream are what is missing.",
    )
    tasks.give_out(
        Citation.objects.get(as_printed="#ORF reported (July 5)"),
        by=editor,
        to=analyst2,
        priority=Priority.LOW,
        why="Two broadcasters have this abbreviation: find the report, or leave it unresolved and say why.",
    )
    tasks.open_task(
        TaskKind.OTHER,
        about=Source.objects.get(slug="almery-digest"),
        by=analyst,
        why="Pages here lose their bylines. Decide whether we go on citing it at all.",
    )


def _object(analyst: User, editor: User) -> None:
    """Two readers object: one waits for an answer, one is held back for a person to look at."""
    objection = challenges.file(
        _claim("About 90 per cent"),
        origin="demonstration",
        kind="evidence",
        why="The outlook you cite counts separated oxides. If metal and magnets are counted, the share is another one. "
        "Please say which is meant.",
        addresses="https://example.org/outlook/definitions",
        quote="Shares differ by stage: mining, separation, metal making, magnets.",
    )
    tasks.take_up(objection, by=analyst)
    challenges.file(
        _claim("Cargo through Port Almery"),
        origin="demonstration",
        kind="other",
        why="Best freight rates: https://example.org/rates https://example.org/offers https://example.org/call-now",
    )


def _tell(editor: User) -> None:
    """What followers would have heard when it happened."""
    correction = Correction.objects.filter(check_before__isnull=False, check_after=None).latest("made_at")
    tell(f"correction:{correction.pk}", about=[correction.claim], words=str(correction), by=editor)
    after_check(correction.check_before, by=editor)
