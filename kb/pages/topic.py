"""What stands above the articles of a topic: how its claims fared, the latest of them, and whom it leans on most."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from kb.models import Appearance, Article, Citation, Claim, Person, Tag, TagKind

from .charts import Bar, Chart, stacked
from .claims import ClaimSummary, for_pages, summary
from .outcomes import Record, record

LATEST = 6
SOURCES = 8


@dataclass(frozen=True, slots=True)
class TopicOverview:
    """`person` is whom the topic is about, if readers may see a page of theirs."""

    names: tuple[str, ...]
    person: Person | None
    record: Record
    claims: tuple[ClaimSummary, ...]
    sources: Chart


def topic_overview(tag: Tag, *, now=None) -> TopicOverview:
    """Of a tag that the caller may show. Queries: seven, however many articles carry it."""
    tagged = Article.objects.tagged(tag.slug).values("pk")
    appearances = Appearance.objects.visible_to(now=now).filter(article__in=tagged)
    claims = Claim.objects.filter(Exists(appearances.filter(claim=OuterRef("pk"))))
    named = Person.objects.visible_to(now=now).filter(name__iexact=tag.name).order_by("pk")
    return TopicOverview(
        names=tuple(tag.aliases.values_list("name", flat=True)),
        person=named.first() if tag.kind == TagKind.PERSON else None,
        record=record(appearances, now=now),
        claims=tuple(summary(claim) for claim in for_pages(claims, now=now).order_by("-pk")[:LATEST]),
        sources=_sources(Citation.objects.visible_to(now=now).filter(article__in=tagged, source__isnull=False)),
    )


def _sources(citations) -> Chart:
    leant_on = (
        citations.order_by()
        .values_list("source__name", "source__slug")
        .annotate(times=Count("pk"), articles=Count("article", distinct=True))
        .order_by("-times", "source__name")[:SOURCES]
    )
    rows = list(leant_on)
    most = max((times for _name, _slug, times, _articles in rows), default=0)
    return Chart(
        name="sources",
        title=_("Sources most leant on"),
        summary="",
        description=_("How often articles of this topic cite each source; the %(count)d most cited.")
        % {"count": SOURCES},
        columns=(_("Source"), _("Citations"), _("Articles")),
        bars=tuple(
            Bar(
                name,
                stacked([("plain", times)], most),
                (str(times), str(articles)),
                reverse("kb:source", args=[slug]),
                shown=str(times),
            )
            for name, slug, times, articles in rows
        ),
        advice=_("No article of this topic cites a source by name."),
    )
