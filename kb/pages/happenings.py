"""What happened to a thing, newest first: articles that name it, first verdicts, and corrections. Feeds tell it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from kb.models import Appearance, Article, Citation, Claim, Correction, Evidence, FactCheck, Hop, Person, Source, Tag

from . import corrections
from .article import description_of
from .claims import verdict
from .words import Words, words

LATEST = 30


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `key` and `since` name it for good: they stay when words, address or language change.

    `told` is HTML; `kinds` are words to file it under.
    """

    key: str
    since: date
    title: Words
    address: str
    happened_at: datetime
    changed_at: datetime
    told: str
    kinds: tuple[str, ...] = ()


def of_article(article: Article) -> tuple[Event, ...]:
    """The article itself, the verdicts it rests on, and every correction that touches it."""
    this = Article.objects.visible_to().filter(pk=article.pk)
    return _happenings(this, _made_in(this), touching=Q(touched__article=article))


def of_claim(claim: Claim) -> tuple[Event, ...]:
    making = Appearance.objects.visible_to().filter(claim=claim)
    articles = Article.objects.visible_to().filter(pk__in=making.values("article"))
    return _happenings(articles, Claim.objects.filter(pk=claim.pk), of_articles=False)


def of_source(source: Source) -> tuple[Event, ...]:
    """Articles that cite it or that it brought, and the claims it is cited for or is evidence of."""
    citing = Citation.objects.visible_to().filter(source=source)
    bringing = Hop.objects.visible_to().filter(source=source)
    articles = Article.objects.visible_to().filter(
        Q(pk__in=citing.values("article")) | Q(pk__in=bringing.values("article"))
    )
    supported = Appearance.objects.visible_to().filter(citations__in=citing)
    shown = Evidence.objects.visible_to().filter(source=source)
    claims = Claim.objects.filter(Q(pk__in=supported.values("claim")) | Q(pk__in=shown.values("fact_check__claim")))
    return _happenings(articles, claims, of_articles=False)


def of_topic(tag: Tag) -> tuple[Event, ...]:
    articles = Article.objects.visible_to().tagged(tag.slug)
    return _happenings(articles, _made_in(articles))


def of_person(person: Person) -> tuple[Event, ...]:
    """Articles they wrote or are cited in, and the claims of the one and the other."""
    hops = Hop.objects.visible_to().filter(person=person)
    spoken = Citation.objects.visible_to().spoken_by(person.name, *person.aliases.values_list("name", flat=True))
    written = Article.objects.visible_to().filter(pk__in=hops.values("article"))
    articles = Article.objects.visible_to().filter(
        Q(pk__in=hops.values("article")) | Q(pk__in=spoken.values("article"))
    )
    supported = Appearance.objects.visible_to().filter(citations__in=spoken)
    claims = Claim.objects.filter(Q(pk__in=_made_in(written).values("pk")) | Q(pk__in=supported.values("claim")))
    return _happenings(articles, claims)


def of_found(articles: Sequence[int], claims: Sequence[int]) -> tuple[Event, ...]:
    """These articles, the verdicts on these claims, and the corrections of both, as far as readers see them."""
    return _happenings(Article.objects.visible_to().filter(pk__in=articles), Claim.objects.filter(pk__in=claims))


def of_articles() -> tuple[Event, ...]:
    return tuple(_articles(Article.objects.visible_to()))


def of_corrections() -> tuple[Event, ...]:
    return tuple(_corrections(Correction.objects.visible_to()))


def _made_in(articles: QuerySet[Article]) -> QuerySet[Claim]:
    appearances = Appearance.objects.visible_to().filter(article__in=articles.order_by().values("pk"))
    return Claim.objects.filter(pk__in=appearances.values("claim"))


def _happenings(
    articles: QuerySet[Article], claims: QuerySet[Claim], *, touching: Q | None = None, of_articles: bool = True
) -> tuple[Event, ...]:
    claims = claims.order_by().values("pk")
    about = Q(claim__in=claims)
    if of_articles:
        about |= Q(article__in=articles.order_by().values("pk"))
    if touching:
        about |= Q(pk__in=Correction.objects.filter(touching).values("pk"))
    found = [
        *_articles(articles),
        *_verdicts(FactCheck.objects.visible_to().filter(claim__in=claims)),
        *_corrections(Correction.objects.visible_to().filter(about)),
    ]
    return tuple(sorted(found, key=lambda event: (event.changed_at, event.key), reverse=True)[:LATEST])


def _articles(articles: QuerySet[Article]) -> Iterable[Event]:
    # By publication: when an article last changed is asked for these few alone.
    latest = articles.with_changed_at().defer("provenance").order_by("-published_at", "-pk")
    for article in latest.prefetch_related("tag_links__tag")[:LATEST]:
        yield Event(
            key=f"article/{article.pk}",
            since=timezone.localdate(article.created_at),
            title=words(article.title, article.language, article.direction),
            address=article.get_absolute_url(),
            happened_at=article.published_at,
            changed_at=article.changed_at,
            told=escape(description_of(article)),
            kinds=tuple(link.tag.name for link in article.tag_links.all() if link.state == "confirmed"),
        )


def _verdicts(checks: QuerySet[FactCheck]) -> Iterable[Event]:
    """Verdicts that no correction tells of: the first of each claim."""
    corrected = Correction.objects.filter(check_after=OuterRef("pk"))
    checks = checks.filter(~Exists(corrected)).select_related("claim", "rating", "author", "reviewer")
    for check in checks.order_by("-decided_at", "-pk")[:LATEST]:
        told = verdict(check)
        title = _("%(rating)s: %(claim)s") % {"rating": told.badge.words, "claim": check.claim.text}
        yield Event(
            key=f"fact-check/{check.pk}",
            since=timezone.localdate(check.decided_at),
            title=words(title, check.claim.language),
            address=check.get_absolute_url(),
            happened_at=check.decided_at,
            changed_at=check.decided_at,
            told=render_to_string("feeds/verdict.html", {"verdict": told}),
            kinds=(_("verdict"),),
        )


def _corrections(rows: QuerySet[Correction]) -> Iterable[Event]:
    for correction in corrections.for_pages(rows, named=0).order_by("-made_at", "-pk")[:LATEST]:
        entry = corrections.entry(correction)
        yield Event(
            key=f"correction/{correction.uid}",
            since=timezone.localdate(correction.made_at),
            title=words(str(correction), entry.about.language),
            address=entry.address,
            happened_at=correction.made_at,
            changed_at=correction.made_at,
            told=render_to_string("feeds/correction.html", {"entry": entry}),
            kinds=(correction.get_kind_display(),),
        )
