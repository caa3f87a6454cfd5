"""Challenges: what a reader holds to be wrong here, and what the desk answered, in public with its reasons.

Who sent one is not kept: no account, no address. A contact is kept only until the answer.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from . import policy
from .citation import Citation
from .claim import Claim
from .correction import Correction
from .factcheck import FactCheck
from .rules import About, AboutQuerySet, Versioned, choice_rules, length_rules, one_target
from .versions import Versions

# What a public number is made of: no vowels that make words, nothing that is read as something else.
NUMBER = "23456789BCDFGHJKLMNPQRSTVWXZ"
ANSWERED_WITHIN = timedelta(days=14)
LIMITS = {"words": 1000, "why": 4000, "quote": 2000, "addresses": 3000, "suspicion": 200}


class ChallengeKind(models.TextChoices):
    """What is wrong; `OF_CLAIM` and `OF_CITATION` say what may be said of which."""

    VERDICT = "verdict", _("the verdict is wrong")
    EVIDENCE = "evidence", _("evidence is missing or misread")
    OUTDATED = "outdated", _("it is out of date")
    WORDING = "wording", _("the claim is worded misleadingly")
    NOT_SAID = "not_said", _("the source does not say this")
    MISQUOTED = "misquoted", _("the source is quoted wrongly or out of context")
    WRONG_SOURCE = "wrong_source", _("the source, speaker or date is wrong")
    OTHER = "other", _("something else")


OF_CLAIM = (ChallengeKind.VERDICT, ChallengeKind.EVIDENCE, ChallengeKind.OUTDATED, ChallengeKind.WORDING, ChallengeKind.OTHER)  # fmt: skip
OF_CITATION = (ChallengeKind.NOT_SAID, ChallengeKind.MISQUOTED, ChallengeKind.WRONG_SOURCE, ChallengeKind.OTHER)


class ChallengeState(models.TextChoices):
    HELD = "held", _("held back")
    RECEIVED = "received", _("received")
    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("accepted in part")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn by the sender")
    SPAM = "spam", _("spam")


OPEN = (ChallengeState.HELD, ChallengeState.RECEIVED)
ANSWERED = (ChallengeState.ACCEPTED, ChallengeState.PARTLY, ChallengeState.REFUSED)
# From which states an act leads to a state.
STEPS = {
    ChallengeState.RECEIVED: (ChallengeState.HELD, ChallengeState.SPAM),
    ChallengeState.SPAM: OPEN,
    ChallengeState.WITHDRAWN: OPEN,
    **dict.fromkeys(ANSWERED, (ChallengeState.RECEIVED,)),
}


def new_reference() -> str:
    """A public number that nobody guesses: 58 bits."""
    letters = "".join(secrets.choice(NUMBER) for _letter in range(12))
    return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"


class ChallengeQuerySet(AboutQuerySet):
    def visible_to(self, user=None, *, now=None):
        """Readers see what was answered about something they may see."""
        if policy.may(user, policy.SORT_CHALLENGES):
            return self
        return self.filter(
            Exists(Claim.objects.visible_to(now=now).filter(pk=OuterRef("claim")))
            | Exists(Citation.objects.visible_to(now=now).filter(pk=OuterRef("citation"))),
            state__in=ANSWERED,
        )

    def open(self):
        return self.filter(state__in=OPEN)


class ChallengeManager(models.Manager.from_queryset(ChallengeQuerySet)):
    def get_by_natural_key(self, reference):
        return self.get(reference=reference)


class Challenge(About, Versioned):
    """An objection with its reasons and evidence, about a claim or a citation that readers see."""

    TARGETS = ("claim", "citation")

    reference = models.CharField(_("number"), max_length=14, unique=True, default=new_reference, editable=False)
    uid = models.UUIDField(
        unique=True, editable=False, help_text=_("One for each form handed out: sent twice, it counts once.")
    )
    claim = models.ForeignKey(
        Claim, models.PROTECT, null=True, blank=True, related_name="challenges", verbose_name=_("claim")
    )
    citation = models.ForeignKey(
        Citation, models.PROTECT, null=True, blank=True, related_name="challenges", verbose_name=_("citation")
    )
    kind = models.CharField(_("what is wrong"), max_length=15, choices=ChallengeKind)
    words = models.TextField(_("which words"), blank=True)
    why = models.TextField(_("why"))
    addresses = models.TextField(_("where one can see it"), blank=True, help_text=_("Web addresses, one on each line."))
    quote = models.TextField(_("what it says there"), blank=True)
    contact = models.EmailField(_("contact"), blank=True, help_text=_("Erased with the answer."))
    suspicion = models.CharField(_("held back because"), max_length=LIMITS["suspicion"], blank=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=ChallengeState, editable=False)
    received_at = models.DateTimeField(_("received at"), default=timezone.now, editable=False)
    due_on = models.DateField(_("answer due on"), editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False, db_index=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("closed by"),
    )
    answer = models.TextField(_("answer"), blank=True, editable=False)
    shows_text = models.BooleanField(_("the reader's words are public"), default=False, editable=False)
    correction = models.ForeignKey(
        Correction,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="challenges",
        verbose_name=_("correction"),
    )
    reopened = models.ForeignKey(
        FactCheck,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="challenges",
        verbose_name=_("verdict that was reopened"),
    )

    objects = ChallengeManager()
    # A contact that is erased must not live on in an older version.
    history = Versions(excluded_fields=["contact"])

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering = ["due_on", "pk"]
        permissions = [
            ("sort_challenge", "Can take challenges up and tell spam from challenges"),
            ("answer_challenge", "Can answer challenges"),
        ]
        constraints = [
            models.CheckConstraint(
                name="kb_challenge_has_one_target",
                condition=one_target("claim", "citation"),
                violation_error_message=_("A challenge is about a claim or about a citation: exactly one."),
            ),
            models.CheckConstraint(
                name="kb_challenge_kind_fits_target",
                condition=Q(claim__isnull=False, kind__in=OF_CLAIM) | Q(citation__isnull=False, kind__in=OF_CITATION),
                violation_error_message=_("Choose one of the listed reasons."),
            ),
            models.CheckConstraint(
                name="kb_challenge_says_why",
                condition=~Q(why=""),
                violation_error_message=_("Say why it is wrong."),
            ),
            models.CheckConstraint(
                name="kb_challenge_end_has_moment",
                condition=Q(state__in=OPEN, closed_at=None, closed_by=None)
                | Q(state=ChallengeState.WITHDRAWN, closed_at__isnull=False, closed_by=None)
                | Q(state__in=(*ANSWERED, ChallengeState.SPAM), closed_at__isnull=False, closed_by__isnull=False),
                violation_error_message=_(
                    "What is closed names its moment and, unless the sender did it, who closed it."
                ),
            ),
            models.CheckConstraint(
                name="kb_challenge_contact_ends_with_answer",
                condition=Q(state__in=OPEN) | Q(contact=""),
                violation_error_message=_("The contact is erased when a challenge is closed."),
            ),
            models.CheckConstraint(
                name="kb_challenge_answer_has_words",
                condition=(Q(state__in=ANSWERED) & ~Q(answer=""))
                | (~Q(state__in=ANSWERED) & Q(answer="", shows_text=False, correction=None, reopened=None)),
                violation_error_message=_("An answer gives its reasons; what is not answered has none."),
            ),
            models.CheckConstraint(
                name="kb_challenge_held_says_why",
                condition=~Q(state=ChallengeState.HELD) | ~Q(suspicion=""),
                violation_error_message=_("What is held back says why."),
            ),
            *choice_rules("challenge", kind=ChallengeKind, state=ChallengeState),
            *length_rules("challenge", **LIMITS),
        ]
        indexes = [
            models.Index(fields=["-closed_at", "-id"], condition=Q(state__in=ANSWERED), name="kb_challenge_answered"),
            models.Index(fields=["due_on"], condition=Q(state__in=OPEN), name="kb_challenge_open_by_due"),
        ]

    def __str__(self):
        return _("Challenge %(number)s") % {"number": self.reference}

    def get_absolute_url(self):
        return reverse("kb:challenge-followed", args=[self.reference])

    def natural_key(self):
        return (self.reference,)

    natural_key.dependencies = ["kb.claim", "kb.citation", "kb.correction", "kb.factcheck", "auth.user"]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_answered(self) -> bool:
        return self.state in ANSWERED


class Tally(models.Model):
    """How often something came from one place on one day. The place is a hash whose key ends with the day."""

    day = models.DateField()
    place = models.CharField(max_length=32)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "place"],
                name="kb_tally_once",
                violation_error_message=_("A place is counted once a day."),
            ),
            *length_rules("tally", place=32),
        ]

    def __str__(self):
        return f"{self.day}: {self.count}"
