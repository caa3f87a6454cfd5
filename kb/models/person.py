"""People who wrote or spoke."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from . import policy
from .rules import Versioned, length_rules, rows_behind
from .source import Source
from .versions import Versions


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """What this person may see; readers see a person once something public names them."""
        if policy.may(user, policy.PREVIEW):
            return self
        return self.filter(Exists(rows_behind(self.model, "hops").visible_to(now=now).filter(person=OuterRef("pk"))))


class PersonManager(models.Manager.from_queryset(PersonQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


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

    def natural_key(self):
        return (self.slug,)
