"""Sources: outlets and institutions that say things, and every name they go by."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kb.text import selectors as selector_fields

from . import policy
from .rules import Versioned, came_with, choice_rules, length_rules, refuse_taken_address, rows_behind
from .versions import Versions


class SourceKind(models.TextChoices):
    NEWS_AGENCY = "news_agency", _("news agency")
    BROADCASTER = "broadcaster", _("broadcaster")
    NEWSPAPER = "newspaper", _("newspaper")
    MAGAZINE = "magazine", _("magazine")
    THINK_TANK = "think_tank", _("think tank")
    INTERNATIONAL_ORGANISATION = "international_organisation", _("international organisation")
    GOVERNMENT = "government", _("government")
    AGGREGATOR = "aggregator", _("aggregator")
    BLOG = "blog", _("blog")


class Reliability(models.TextChoices):
    """The source axis of the Admiralty code; it grades the source, never the single statement."""

    A = "A", _("A: completely reliable")
    B = "B", _("B: usually reliable")
    C = "C", _("C: fairly reliable")
    D = "D", _("D: not usually reliable")
    E = "E", _("E: unreliable")
    F = "F", _("F: reliability cannot be judged")


class SourceQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """What this person may see; readers see a source once something public names it."""
        if policy.may(user, policy.PREVIEW):
            return self
        this = OuterRef("pk")
        return self.filter(
            Exists(rows_behind(self.model, "citations").visible_to(now=now).filter(source=this))
            | Exists(rows_behind(self.model, "hops").visible_to(now=now).filter(source=this))
            | Exists(rows_behind(self.model, "evidence").visible_to(now=now).filter(source=this))
        )


class SourceManager(models.Manager.from_queryset(SourceQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Source(Versioned):
    name = models.CharField(_("name"), max_length=200, help_text=_("As readers see it: The Guardian, CNN."))
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=30, choices=SourceKind)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters, ISO 3166: GB."))
    language = models.CharField(_("language"), max_length=35, blank=True, help_text=_("BCP 47: en, pt-BR."))
    homepage = models.URLField(_("home page"), max_length=300, blank=True)
    description = models.CharField(_("description"), max_length=300, blank=True)
    selectors = models.JSONField(
        _("selectors"),
        default=dict,
        blank=True,
        help_text=_("CSS selectors for saved pages of this source, tried first: {“body”: “article .text”}."),
    )
    day_first = models.BooleanField(
        _("day before month"),
        null=True,
        blank=True,
        help_text=_("How this source writes 2/5: yes is 2 May, no is February 5. Unknown leaves such dates open."),
    )
    reliability = models.CharField(
        _("reliability"),
        max_length=1,
        choices=Reliability,
        default=Reliability.F,
        help_text=_("Grades the source; whether a statement holds is the verdict's business."),
    )
    reliability_reason = models.TextField(_("why this letter"), blank=True)

    objects = SourceManager()
    history = Versions()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="kb_source_name_unique", violation_error_message=_("A source of this name exists.")
            ),
            models.CheckConstraint(
                name="kb_source_is_named",
                condition=~Q(name="") & ~Q(slug=""),
                violation_error_message=_("A source has a name and a slug."),
            ),
            models.CheckConstraint(
                name="kb_source_letter_has_reason",
                condition=Q(reliability=Reliability.F) | ~Q(reliability_reason=""),
                violation_error_message=_("Say why: a reliability letter needs a reason."),
            ),
            *choice_rules("source", kind=SourceKind, reliability=Reliability),
            *length_rules("source", name=200, slug=80, country=2, language=35, homepage=300, description=300),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("kb:source", args=[self.slug])

    def clean(self):
        super().clean()
        if problem := _problem_with_selectors(self.selectors):
            raise ValidationError({"selectors": problem})
        refuse_taken_address(self)
        standing = {"merge__isnull": False, "merge__undone_at": None}
        came = SourceName.objects.filter(name__iexact=self.name, **standing).exclude(source=self.pk)
        if taken := came.exclude(kind=NameKind.DOMAIN).select_related("source").first():
            words = _("This is another name of “%(source)s” since a merge: use that one, or undo the merge.")
            raise ValidationError({"name": words % {"source": taken.source}})

    def natural_key(self):
        return (self.slug,)


def _problem_with_selectors(selectors) -> str | None:
    if not isinstance(selectors, dict):
        return _("Write one object, {“field”: “CSS selector”}.")
    for name, selector in selectors.items():
        if name not in selector_fields.FIELDS:
            known = ", ".join(selector_fields.FIELDS)
            return _("“%(name)s” is no field of a page; those are %(known)s.") % {"name": name, "known": known}
        if not selector_fields.is_selector(selector):
            return _("“%(selector)s”, given for “%(name)s”, is no CSS selector.") % {"selector": selector, "name": name}
    return None


class NameKind(models.TextChoices):
    FULL = "full", _("full name")
    SHORT = "short", _("short name")
    HASHTAG = "hashtag", _("hashtag")
    DOMAIN = "domain", _("domain")


class SourceNameManager(models.Manager):
    def get_by_natural_key(self, slug, kind, name):
        return self.get(source__slug=slug, kind=kind, name=name)


class SourceName(Versioned):
    """One spelling a source goes by. Several sources may share a short name: it then resolves to candidates."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="names", verbose_name=_("source"))
    kind = models.CharField(_("kind"), max_length=10, choices=NameKind)
    name = models.CharField(_("name"), max_length=200)
    merge = came_with()

    objects = SourceNameManager()
    history = Versions()

    class Meta:
        verbose_name = _("name of a source")
        verbose_name_plural = _("names of sources")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                "source",
                "kind",
                Lower("name"),
                name="kb_sourcename_once",
                violation_error_message=_("The source has this name already."),
            ),
            models.UniqueConstraint(
                Lower("name"),
                condition=Q(kind=NameKind.DOMAIN),
                name="kb_sourcename_domain_has_one_owner",
                violation_error_message=_("This domain belongs to another source."),
            ),
            models.CheckConstraint(
                name="kb_sourcename_not_empty",
                condition=~Q(name=""),
                violation_error_message=_("A name is not empty."),
            ),
            *choice_rules("sourcename", kind=NameKind),
            *length_rules("sourcename", name=200),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (*self.source.natural_key(), self.kind, self.name)

    natural_key.dependencies = ["kb.source"]
