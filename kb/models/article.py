"""Articles: what readers read, and the chain of hands they passed through."""

from collections.abc import Sequence

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from kb.text import excerpts, markup

from . import policy
from .capture import Capture
from .person import Person
from .rules import (
    Suggestion,
    SuggestionQuerySet,
    Versioned,
    choice_rules,
    length_rules,
    rows_behind,
    suggestion_rules,
    validate_edtf,
)
from .source import Source
from .tag import ConfirmedTags, TagLink
from .versions import Versions


class ArticleStatus(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Genre(models.TextChoices):
    NEWS = "news", _("news")
    ANALYSIS = "analysis", _("analysis")
    OPINION = "opinion", _("opinion")
    EXPLAINER = "explainer", _("explainer")


class Direction(models.TextChoices):
    LTR = "ltr", _("left to right")
    RTL = "rtl", _("right to left")


class BodyFormat(models.TextChoices):
    """Captured text is plain and never read as Markdown: `#Iran` at the start of a line is a hashtag there."""

    PLAIN = "plain", _("plain text, as captured")
    MARKDOWN = "markdown", _("Markdown, as written here")


class Display(models.TextChoices):
    FULL = "full", _("full text")
    EXCERPT = "excerpt", _("excerpt: no right to show the full text is recorded")


class ArticleQuerySet(models.QuerySet):
    def visible_to(self, user=None, *, now=None):
        """What this person may see; readers see published articles whose moment has come."""
        if policy.may(user, policy.PREVIEW):
            return self
        return self.filter(policy.public_article(now=now))

    def withdrawn(self):
        """Once public, now gone: their addresses answer 410. What was withdrawn before its moment was never public."""
        return self.filter(status=ArticleStatus.WITHDRAWN, published_at__lte=F("withdrawn_at"))

    def with_changed_at(self):
        """Adds `changed_at`: when what the page tells of verdicts and corrections last changed.

        It follows from the rows that say so, one each for a change, however many pages show it.
        """

        def latest(rows, moment):
            by_article = rows.filter(article=OuterRef("pk")).order_by().values("article")
            found = by_article.annotate(latest=models.Max(moment)).values("latest")
            return Coalesce(Subquery(found), F("published_at"), output_field=models.DateTimeField())

        touched = rows_behind(self.model, "touched")
        return self.annotate(
            changed_at=Greatest(
                "published_at",
                latest(rows_behind(self.model, "appearances").confirmed(), "claim__changed_at"),
                latest(rows_behind(self.model, "corrections"), "made_at"),
                latest(touched, "acknowledgements__acknowledged_at"),
            )
        )

    def tagged(self, *slugs):
        """With at least one of these tags, confirmed."""
        return self.filter(pk__in=TagLink.objects.confirmed().filter(tag__slug__in=slugs).values("content_object"))

    def citing(self, *slugs):
        """With a confirmed citation of at least one of these sources."""
        cited = self.model._meta.get_field("citations").related_model.objects.confirmed()
        return self.filter(pk__in=cited.filter(source__slug__in=slugs).values("article"))


class ArticleManager(models.Manager.from_queryset(ArticleQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Article(Versioned):
    title = models.CharField(
        _("title"),
        max_length=300,
        blank=True,
        help_text=_("May stay empty while a draft; a published article has one."),
    )
    slug = models.SlugField(_("slug"), max_length=120, unique=True, allow_unicode=True)
    standfirst = models.TextField(_("standfirst"), blank=True, help_text=_("One or two sentences under the title."))
    body = models.TextField(_("body"), blank=True)
    body_format = models.CharField(
        _("format of the body"), max_length=10, choices=BodyFormat, default=BodyFormat.MARKDOWN
    )
    headings = models.JSONField(
        _("headings"),
        default=list,
        blank=True,
        editable=False,
        help_text=_("Blocks of a captured text that are headings."),
    )
    revision = models.PositiveIntegerField(
        _("revision of the text"),
        default=1,
        editable=False,
        help_text=_("Counts changes of the text; anchors name it."),
    )
    language = models.CharField(
        _("language"), max_length=35, blank=True, help_text=_("BCP 47: en, fa. Empty while undecided.")
    )
    direction = models.CharField(_("direction"), max_length=3, choices=Direction, blank=True)
    genre = models.CharField(
        _("genre"), max_length=10, choices=Genre, blank=True, help_text=_("Empty when the page does not say.")
    )
    display = models.CharField(
        _("display"),
        max_length=10,
        choices=Display,
        default=Display.EXCERPT,
        help_text=_("Full text only for our own writing, or where a right to it is recorded."),
    )
    issued_on = models.CharField(
        _("issued on"),
        max_length=64,
        blank=True,
        validators=[validate_edtf],
        help_text=_("When it was first published, as far as the page says: 2025-03-24, 2025-03, XXXX-06-12 (EDTF)."),
    )
    retrieved_on = models.CharField(
        _("retrieved on"),
        max_length=64,
        blank=True,
        validators=[validate_edtf],
        help_text=_("When the page was rendered or saved (EDTF); an upper bound, not a publication date."),
    )
    address = models.URLField(
        _("address"), max_length=1000, blank=True, help_text=_("Where the original stands, if it is known.")
    )
    capture = models.ForeignKey(
        Capture,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="articles",
        verbose_name=_("capture"),
    )
    provenance = models.JSONField(
        _("provenance"),
        default=dict,
        blank=True,
        editable=False,
        help_text=_("Where the import read each field, and what else the page said."),
    )
    tags = TaggableManager(through=TagLink, manager=ConfirmedTags, blank=True, verbose_name=_("tags"))
    status = models.CharField(
        _("status"), max_length=10, choices=ArticleStatus, default=ArticleStatus.DRAFT, editable=False, db_index=True
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    withdrawal_reason = models.TextField(_("why it was withdrawn"), blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = ArticleManager()
    history = Versions()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-pk"]
        permissions = [
            ("preview_article", "Can preview drafts"),
            ("import_articles", "Can import articles"),
            ("publish_article", "Can publish articles"),
            ("withdraw_article", "Can withdraw articles"),
            ("decide_suggestions", "Can confirm and reject suggestions"),
        ]
        constraints = [
            models.CheckConstraint(
                name="kb_article_has_slug",
                condition=~Q(slug=""),
                violation_error_message=_("An article has a slug: it is its address."),
            ),
            models.CheckConstraint(
                name="kb_article_published_is_complete",
                condition=~Q(status=ArticleStatus.PUBLISHED)
                | (~Q(title="") & ~Q(slug="") & Q(published_at__isnull=False)),
                violation_error_message=_("A published article has a title, a slug and a date of publication."),
            ),
            models.CheckConstraint(
                name="kb_article_withdrawn_has_moment",
                condition=~Q(status=ArticleStatus.WITHDRAWN)
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                violation_error_message=_("A withdrawn article says when and why it was withdrawn."),
            ),
            models.CheckConstraint(
                name="kb_article_genre_known",
                condition=Q(genre__in=["", *Genre.values]),
                violation_error_message=_("Genre: choose one of the listed values."),
            ),
            models.CheckConstraint(
                name="kb_article_direction_known",
                condition=Q(direction__in=["", *Direction.values]),
                violation_error_message=_("Direction: choose one of the listed values."),
            ),
            *choice_rules("article", status=ArticleStatus, body_format=BodyFormat, display=Display),
            *length_rules("article", title=300, slug=120, language=35, issued_on=64, retrieved_on=64, address=1000),
        ]
        indexes = [
            models.Index(fields=["status", "-published_at"], name="kb_article_listing"),
            # Few texts ever change: only in those are anchors looked for that lost their words.
            models.Index(fields=["revision"], condition=Q(revision__gt=1), name="kb_article_changed_text"),
        ]

    def __str__(self):
        return self.title or _("Untitled: %(words)s") % {"words": " ".join(self.body.split()[:8])}

    def natural_key(self):
        return (self.slug,)

    def get_absolute_url(self):
        return reverse("kb:article", args=[self.slug])

    @property
    def html(self) -> str:
        """The body as sanitised HTML; its text content is `text`."""
        return markup.render(self.body, markdown=self.body_format == BodyFormat.MARKDOWN, headings=self.headings)

    @property
    def text(self) -> str:
        """The words anchors count in: the body as captured, or the text content of the rendered Markdown."""
        return markup.text_of(self.body, markdown=self.body_format == BodyFormat.MARKDOWN)

    def stretches_shown(self, text: str, anchored: Sequence) -> list[tuple[int, int]]:
        """The parts of its text that readers see, given its confirmed citations and appearances."""
        if self.display == Display.FULL:
            return [(0, len(text))]
        standing = [(row.start, row.end) for row in anchored if row.is_anchored and row.revision == self.revision]
        return excerpts.excerpt(text, standing)

    @property
    def standfirst_shown(self) -> str:
        """The standfirst; that of somebody else's text stays within what an excerpt begins with."""
        if self.display == Display.FULL:
            return self.standfirst
        first = self.standfirst.split()
        return " ".join(first[: excerpts.FIRST_WORDS]) + (" […]" if len(first) > excerpts.FIRST_WORDS else "")

    @property
    def is_ours(self) -> bool:
        """Written here rather than captured."""
        return self.capture_id is None


class Fingerprint(models.Model):
    """One mark of an article's text: near-duplicates share some (`kb.text.likeness`)."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="fingerprints")
    value = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("fingerprint of a text")
        verbose_name_plural = _("fingerprints of texts")

    def __str__(self):
        return f"{self.value & (1 << 64) - 1:016x}"


class HopKind(models.TextChoices):
    WROTE = "wrote", _("wrote")
    AGENCY = "agency", _("agency copy")
    PUBLISHED = "published", _("first published")
    REPUBLISHED = "republished", _("republished")
    AGGREGATED = "aggregated", _("aggregated")
    SUMMARISED = "summarised", _("summarised")


class HopQuerySet(SuggestionQuerySet):
    def visible_to(self, user=None, *, now=None):
        if policy.may(user, policy.PREVIEW):
            return self
        return self.confirmed().filter(policy.public_article("article__", now=now))


class HopManager(models.Manager.from_queryset(HopQuerySet)):
    def get_by_natural_key(self, article, position):
        return self.get(article__slug=article, position=position)


class Hop(Suggestion):
    """One step of an article's publication chain: who wrote, published, republished or summarised it."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="hops", verbose_name=_("article"))
    position = models.PositiveSmallIntegerField(_("position"), help_text=_("Place in the chain, from the author on."))
    kind = models.CharField(_("kind"), max_length=12, choices=HopKind)
    printed_name = models.CharField(_("name as printed"), max_length=200, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="hops", verbose_name=_("source")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="hops", verbose_name=_("person")
    )
    basis = models.CharField(
        _("basis"), max_length=200, blank=True, help_text=_("The words or the element of the page that say so.")
    )
    address = models.URLField(
        _("address"), max_length=1000, blank=True, help_text=_("Where this copy of the article stands.")
    )
    capture = models.ForeignKey(
        Capture,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="hops",
        verbose_name=_("capture"),
        help_text=_("The page that holds this copy."),
    )

    objects = HopManager()
    history = Versions()

    class Meta:
        verbose_name = _("hop")
        verbose_name_plural = _("hops")
        ordering = ["article", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "position"],
                name="kb_hop_position_once",
                violation_error_message=_("Another hop has this place in the chain."),
            ),
            models.CheckConstraint(
                name="kb_hop_names_one",
                condition=(Q(source__isnull=True) | Q(person__isnull=True))
                & (Q(source__isnull=False) | Q(person__isnull=False) | ~Q(printed_name="")),
                violation_error_message=_("A hop names a person or a source, not both; at least the name as printed."),
            ),
            *suggestion_rules("hop"),
            *choice_rules("hop", kind=HopKind),
            *length_rules("hop", printed_name=200, basis=200, address=1000),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.name}"

    def natural_key(self):
        return (*self.article.natural_key(), self.position)

    natural_key.dependencies = ["kb.article"]

    @property
    def name(self) -> str:
        return str(self.person or self.source or self.printed_name)
