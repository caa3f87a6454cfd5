"""Citations: the places where an article leans on a source."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from . import policy
from .article import Article
from .rules import (
    Anchored,
    Standing,
    State,
    Suggestion,
    SuggestionQuerySet,
    anchor_rules,
    choice_rules,
    length_rules,
    suggestion_rules,
    validate_edtf,
)
from .source import Source
from .versions import Versions


class Resolution(models.TextChoices):
    RESOLVED = "resolved", _("resolved")
    UNRESOLVED = "unresolved", _("unresolved")
    UNNAMED = "unnamed", _("unnamed")


class CitationCheck(models.TextChoices):
    """Does the cited source really say it? Whether the statement holds is another question: the verdict's."""

    UNCHECKED = "unchecked", _("unchecked")
    CONFIRMED = "confirmed", _("confirmed")
    MISQUOTED = "misquoted", _("misquoted")
    NOT_FOUND = "not_found", _("not found")
    UNAVAILABLE = "unavailable", _("unavailable")


# Stands as the basis of a date whose year a person left open: no proposal is made for it again.
LEFT_OPEN = "left-open"


class Open(models.TextChoices):
    """What is unresolved of a citation."""

    SOURCE = "source", _("no source known")
    AMBIGUOUS = "ambiguous", _("several sources possible")
    YEAR = "year", _("no year, or no full date")


def unresolved(what: Open | str = "") -> Q:
    """Citations with work for the resolver queue: all of it, or one kind.

    A suggested one without a source, without a year, or with an inferred date that nobody has confirmed; and a
    confirmed one without a year whose article has gained a date since.
    """
    undecided = Q(state=State.SUGGESTED)
    nameless = undecided & Q(resolution=Resolution.UNRESOLVED)
    candidates = models.Exists(Citation.candidates.through.objects.filter(citation=models.OuterRef("pk")))
    dated = Q(article__issued_on__length=len("2025-03-24")) & ~Q(article__issued_on__startswith="XXXX")
    yearless = Q(date_edtf__startswith="XXXX") | Q(date_edtf="") & ~Q(date_printed="")
    year = undecided & (yearless | ~Q(date_resolved=""))
    year |= Q(state=State.CONFIRMED, date_resolved="", date_basis="") & yearless & dated
    kinds = {Open.SOURCE: nameless & ~Q(candidates), Open.AMBIGUOUS: nameless & Q(candidates), Open.YEAR: year}
    return kinds.get(what, nameless | year)


class CitationQuerySet(SuggestionQuerySet):
    def unresolved(self, what: Open | str = ""):
        """The work of the resolver queue, without what is decided already."""
        return self.filter(unresolved(what))

    def ranked(self):
        """With `rank`: the machine's confidence, or less than any where it has none. It orders and is never shown."""
        return self.annotate(rank=Coalesce("confidence", -1, output_field=models.SmallIntegerField()))

    def spoken_by(self, *names: str):
        """Those through which somebody of one of these names speaks, as printed."""
        # First who speaks, then whether it is one of these: else SQLite goes through all published articles.
        these = self.order_by().filter(pk=models.OuterRef("pk"))
        return self.model.objects.exclude(speaker="").filter(models.Exists(these), speaker__in=names)

    def visible_to(self, user=None, *, now=None):
        if policy.may(user, policy.PREVIEW):
            return self
        return self.confirmed().filter(policy.public_article("article__", now=now))


class CitationManager(models.Manager.from_queryset(CitationQuerySet)):
    def get_by_natural_key(self, article, position):
        return self.get(article__slug=article, position=position)


class Citation(Suggestion, Anchored):
    article = models.ForeignKey(Article, models.CASCADE, related_name="citations", verbose_name=_("article"))
    position = models.PositiveIntegerField(_("position"), help_text=_("Order in the article."))
    as_printed = models.TextField(_("as printed"), help_text=_("The citing words: (#Reuters, June 12)."))
    resolution = models.CharField(_("resolution"), max_length=10, choices=Resolution)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="citations", verbose_name=_("source")
    )
    printed_name = models.CharField(_("name as printed"), max_length=200, blank=True)
    candidates = models.ManyToManyField(
        Source,
        blank=True,
        related_name="+",
        verbose_name=_("candidates"),
        help_text=_("Sources this name may mean, while unresolved."),
    )
    speaker = models.CharField(
        _("speaker"), max_length=200, blank=True, help_text=_("Who speaks through the source, if named.")
    )
    claim_text = models.TextField(_("what it supports"), blank=True, help_text=_("Never more than its sentence."))
    date_printed = models.CharField(_("date as printed"), max_length=100, blank=True)
    date_edtf = models.CharField(
        _("date, EDTF"),
        max_length=64,
        blank=True,
        validators=[validate_edtf],
        help_text=_("As much as is printed: XXXX-06-12 when the year is not."),
    )
    date_resolved = models.CharField(
        _("date resolved"),
        max_length=64,
        blank=True,
        validators=[validate_edtf],
        help_text=_("With the inferred year; a proposal until the citation is confirmed."),
    )
    date_basis = models.CharField(_("basis of the inference"), max_length=100, blank=True)
    via = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried",
        verbose_name=_("quoted through"),
        help_text=_("The citation of this article through which it is quoted at second hand."),
    )
    antecedent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="repeats",
        verbose_name=_("repeats"),
        help_text=_("The earlier citation of this article that a short mention takes up again."),
    )
    confidence = models.PositiveSmallIntegerField(
        _("confidence"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("0 to 100, of the machine that suggested it: it orders the queue and is never shown as truth."),
    )
    raw_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    raw_end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    check_state = models.CharField(
        _("does the source say it?"), max_length=12, choices=CitationCheck, default=CitationCheck.UNCHECKED
    )
    check_note = models.TextField(_("note on the check"), blank=True)
    address = models.URLField(_("address of the cited item"), max_length=1000, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True, editable=False)

    objects = CitationManager()
    history = Versions(links=("candidates",))

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["article", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"],
                name="kb_citation_position_once",
                violation_error_message=_("Another citation of the article has this position."),
            ),
            models.CheckConstraint(
                name="kb_citation_resolution_fits",
                condition=Q(resolution=Resolution.RESOLVED, source__isnull=False)
                | (Q(resolution=Resolution.UNRESOLVED, source__isnull=True) & ~Q(printed_name=""))
                | Q(resolution=Resolution.UNNAMED, source__isnull=True, printed_name=""),
                violation_error_message=_(
                    "A citation is resolved (with a source), unresolved (with the name as printed, without a source) "
                    "or unnamed (with neither): exactly one."
                ),
            ),
            models.CheckConstraint(
                name="kb_citation_is_printed",
                condition=~Q(as_printed=""),
                violation_error_message=_("A citation keeps the words as printed."),
            ),
            models.CheckConstraint(
                name="kb_citation_inferred_date_has_basis",
                condition=Q(date_resolved="") | ~Q(date_basis=""),
                violation_error_message=_("An inferred date names its basis."),
            ),
            models.CheckConstraint(
                name="kb_citation_not_via_itself",
                condition=Q(via=None) | ~Q(via=F("pk")),
                violation_error_message=_("A citation is not quoted through itself."),
            ),
            models.CheckConstraint(
                name="kb_citation_repeats_another",
                condition=Q(antecedent=None) | ~Q(antecedent=F("pk")),
                violation_error_message=_("A citation does not repeat itself."),
            ),
            models.CheckConstraint(
                name="kb_citation_confidence_in_range",
                condition=Q(confidence=None) | Q(confidence__lte=100),
                violation_error_message=_("Confidence goes from 0 to 100."),
            ),
            models.CheckConstraint(
                name="kb_citation_check_is_signed",
                condition=Q(check_state=CitationCheck.UNCHECKED, checked_at=None)
                | (~Q(check_state=CitationCheck.UNCHECKED) & Q(checked_at__isnull=False)),
                violation_error_message=_("A checked citation names the moment of the check."),
            ),
            *suggestion_rules("citation"),
            *anchor_rules("citation"),
            *choice_rules("citation", resolution=Resolution, check_state=CitationCheck),
            *length_rules(
                "citation",
                printed_name=200,
                speaker=200,
                date_printed=100,
                date_edtf=64,
                date_resolved=64,
                date_basis=100,
                address=1000,
            ),
        ]
        indexes = [
            # Most name no speaker: the page of a person asks for those that do.
            models.Index(fields=["speaker"], condition=~Q(speaker=""), name="kb_citation_speaker"),
        ]

    def __str__(self):
        return self.as_printed

    def stand(self, found, revision, standing=Standing.UNTOUCHED):
        """As every marked row; what was printed as the marked words is printed as they stand now.

        What it says of them (name, date, claim) is what somebody read there, and stays.
        """
        if self.is_anchored and self.as_printed == self.exact:
            self.as_printed = found.exact
        super().stand(found, revision, standing)

    def natural_key(self):
        return (*self.article.natural_key(), self.position)

    natural_key.dependencies = ["kb.article", "kb.source"]

    @property
    def name(self) -> str:
        """Who says so, as readers see it; empty for an attribution to nobody."""
        return str(self.source or self.printed_name)
