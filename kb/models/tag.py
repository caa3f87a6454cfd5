"""Tags: subject words of articles, with a kind; a machine-found tag is a suggestion until a person confirms it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

from . import policy
from .rules import (
    State,
    Suggestion,
    SuggestionQuerySet,
    Versioned,
    came_with,
    choice_rules,
    length_rules,
    refuse_taken_address,
    rows_behind,
    suggestion_rules,
)
from .versions import Versions


class TagKind(models.TextChoices):
    TOPIC = "topic", _("topic")
    PLACE = "place", _("place")
    PERSON = "person", _("person")


class TagQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """What this person may see; readers see a tag once a published article carries it."""
        if policy.may(user, policy.PREVIEW):
            return self
        return self.filter(Exists(rows_behind(self.model, "links").visible_to(now=now).filter(tag=OuterRef("pk"))))


class TagManager(models.Manager.from_queryset(TagQuerySet)):
    def get_by_natural_key(self, name):
        return self.get(name=name)

    def named(self, name: str) -> "Tag | None":
        """The tag of this name, or the one that goes by it too; capitals make no difference."""
        return self.filter(name__iexact=name).first() or self.filter(aliases__name__iexact=name).first()


class Tag(Versioned, TagBase):
    kind = models.CharField(_("kind"), max_length=10, choices=TagKind, default=TagKind.TOPIC)
    description = models.CharField(_("description"), max_length=300, blank=True)

    objects = TagManager()
    history = Versions()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="kb_tag_name_unique",
                violation_error_message=_("This tag exists; capitals make no difference."),
            ),
            models.CheckConstraint(
                name="kb_tag_is_named",
                condition=~Q(name="") & ~Q(slug=""),
                violation_error_message=_("A tag has a name and a slug."),
            ),
            *choice_rules("tag", kind=TagKind),
            *length_rules("tag", name=100, slug=100, description=300),
        ]

    def get_absolute_url(self):
        return reverse("kb:topic", args=[self.slug])

    def clean(self):
        refuse_taken_address(self)
        aliases = TagAlias.objects.filter(name__iexact=self.name).exclude(tag=self.pk)
        if taken := aliases.exclude(merge__undone_at__isnull=False).select_related("tag").first():
            words = _("This is another name of the tag “%(tag)s”: use that one.")
            raise ValidationError({"name": words % {"tag": taken.tag}})


class TagAlias(Versioned):
    """Another name of a tag: whoever writes it means that tag."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="aliases", verbose_name=_("tag"))
    name = models.CharField(_("name"), max_length=100)
    merge = came_with()

    history = Versions()

    class Meta:
        verbose_name = _("other name of a tag")
        verbose_name_plural = _("other names of tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="kb_tagalias_once",
                violation_error_message=_("This is another name of a tag already; capitals make no difference."),
            ),
            models.CheckConstraint(
                name="kb_tagalias_not_empty",
                condition=~Q(name=""),
                violation_error_message=_("A name is not empty."),
            ),
            *length_rules("tagalias", name=100),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if taken := Tag.objects.filter(name__iexact=self.name).exclude(pk=self.tag_id).first():
            raise ValidationError({"name": _("“%(tag)s” is a tag of its own: merge the two.") % {"tag": taken}})


class TagLinkQuerySet(SuggestionQuerySet):
    def visible_to(self, user=None, *, now=None):
        if policy.may(user, policy.PREVIEW):
            return self
        return self.confirmed().filter(policy.public_article("content_object__", now=now))


class TagLinkManager(models.Manager.from_queryset(TagLinkQuerySet)):
    def get_by_natural_key(self, article, tag):
        return self.get(content_object__slug=article, tag__name=tag)


class TagLink(Suggestion, ItemBase):
    """One tag on one article. Added by hand it is confirmed; an import says that it only suggests."""

    content_object = models.ForeignKey(
        "kb.Article", models.CASCADE, related_name="tag_links", verbose_name=_("article")
    )
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="links", verbose_name=_("tag"))

    objects = TagLinkManager()
    history = Versions()

    class Meta:
        verbose_name = _("tag of an article")
        verbose_name_plural = _("tags of articles")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_object", "tag"],
                name="kb_taglink_once",
                violation_error_message=_("The article has this tag already."),
            ),
            *suggestion_rules("taglink"),
        ]

    def natural_key(self):
        return (*self.content_object.natural_key(), *self.tag.natural_key())

    natural_key.dependencies = ["kb.article", "kb.tag"]

    @classmethod
    def tags_for(cls, model, instance=None, **extra_filters):
        """What `article.tags` answers: confirmed tags only."""
        return super().tags_for(model, instance, **extra_filters, links__state=State.CONFIRMED)


class ConfirmedTags(_TaggableManager):
    """`article.tags`: reads confirmed tags; whoever adds one by hand confirms it, suggested before or not."""

    def add(self, *tags, through_defaults=None, **kwargs):
        tags = [tag if isinstance(tag, Tag) else Tag.objects.named(tag) or tag for tag in tags]
        decided = {"state": State.CONFIRMED, "decided_at": timezone.now(), **(through_defaults or {})}
        super().add(*tags, through_defaults=decided, **kwargs)
        names = Q()
        for tag in tags:
            names |= Q(tag=tag) if isinstance(tag, Tag) else Q(tag__name__iexact=tag)
        if names:
            for link in TagLink.objects.filter(names, content_object=self.instance).exclude(state=State.CONFIRMED):
                for field, value in decided.items():
                    setattr(link, field, value)
                link.save()
