"""People who wrote or spoke."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from . import policy
from .rules import Versioned, came_with, length_rules, refuse_taken_address, rows_behind
from .source import Source
from .versions import Versions


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """What this person may see; readers see a person once something public names them."""
        if policy.may(user, policy.PREVIEW):
            return self
        this, hops = OuterRef("pk"), rows_behind(self.model, "hops").visible_to(now=now)
        citations = self.model._meta.apps.get_model("kb", "citation").objects
        # Asked of each citation that names the speaker: else SQLite goes through all published articles for each person.
        public = citations.visible_to(now=now).filter(pk=OuterRef("pk"))
        spoken = citations.exclude(speaker="").filter(Exists(public), speaker=OuterRef("name"))
        called = rows_behind(self.model, "aliases").filter(Exists(spoken), person=this)
        return self.filter(Exists(hops.filter(person=this)) | Exists(spoken) | Exists(called))


class PersonManager(models.Manager.from_queryset(PersonQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def named(self, name: str) -> "Person | None":
        """The person of this name, or who goes by it too."""
        return self.filter(name=name).first() or self.filter(aliases__name__iexact=name).first()


class Person(Versioned):
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("belongs to"),
        help_text=_("The outlet or institution this person writes or speaks for."),
    )

    objects = PersonManager()
    history = Versions()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="kb_person_is_named",
                condition=~Q(name="") & ~Q(slug=""),
                violation_error_message=_("A person has a name and a slug."),
            ),
            *length_rules("person", name=200, slug=80),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("kb:person", args=[self.slug])

    def clean(self):
        refuse_taken_address(self)

    def natural_key(self):
        return (self.slug,)


class PersonAlias(Versioned):
    """Another name of a person; several people may share one."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="aliases", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=200)
    merge = came_with()

    history = Versions()

    class Meta:
        verbose_name = _("other name of a person")
        verbose_name_plural = _("other names of people")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "person",
                Lower("name"),
                name="kb_personalias_once",
                violation_error_message=_("The person has this name already."),
            ),
            models.CheckConstraint(
                name="kb_personalias_not_empty",
                condition=~Q(name=""),
                violation_error_message=_("A name is not empty."),
            ),
            *length_rules("personalias", name=200),
        ]

    def __str__(self):
        return self.name
