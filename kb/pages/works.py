"""What can be cited: an article, a claim with its verdict, and what they lean on. One record for every form of reference."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from kb.models import Article, Citation, Evidence, Genre, Hop, HopKind, Source, SourceKind

from .citations import NOBODY, citation_key, cited_source
from .claims import ClaimSummary
from .dates import in_words

# By the terms of CSL. What is cited of an institution is taken for a report; of a broadcaster, for an article.
KINDS = {
    SourceKind.NEWS_AGENCY: "article-newspaper",
    SourceKind.NEWSPAPER: "article-newspaper",
    SourceKind.MAGAZINE: "article-magazine",
    SourceKind.BROADCASTER: "article",
    SourceKind.THINK_TANK: "report",
    SourceKind.INTERNATIONAL_ORGANISATION: "report",
    SourceKind.GOVERNMENT: "report",
    SourceKind.AGGREGATOR: "webpage",
    SourceKind.BLOG: "post-weblog",
}
REPORT, PAGE, UNKNOWN = "report", "webpage", "document"
# Whose paper it stands in: the first that is known.
OUTLETS = (HopKind.PUBLISHED, HopKind.AGENCY, HopKind.REPUBLISHED, HopKind.AGGREGATED, HopKind.SUMMARISED)


@dataclass(frozen=True, slots=True)
class Agent:
    name: str
    is_person: bool


@dataclass(frozen=True, slots=True)
class Work:
    """`key` is unique among the works of this site, `kind` a type of CSL, `issued` EDTF: what is unknown stays unknown.

    `issued_words` says the date to people; `is_inferred` when its year is not printed. An address without a host is ours.
    """

    key: str
    kind: str
    title: str
    address: str
    authors: tuple[Agent, ...] = ()
    outlet: str = ""
    publisher: str = ""
    issued: str = ""
    issued_words: str = ""
    is_inferred: bool = False
    language: str = ""
    abstract: str = ""
    genre: str = ""
    keywords: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def work_of_article(article: Article, hops: Iterable[Hop], topics: Iterable[str], abstract: str) -> Work:
    """The article as this site shows it, given its confirmed hops with their sources and people."""
    hops = list(hops)
    named = {kind: [hop for hop in hops if hop.kind == kind] for kind in HopKind}
    outlet = next((hop for kind in OUTLETS for hop in named[kind]), None)
    ours = article.is_ours and not outlet
    notes = []
    if article.address:
        notes.append(_("Original: %(address)s") % {"address": article.address})
    if article.published_at:
        shown = {"site": settings.KB_SITE_NAME, "day": date_format(localdate(article.published_at))}
        notes.append(_("Shown at %(site)s since %(day)s") % shown)
    issued = article.issued_on or (localdate(article.published_at).isoformat() if ours and article.published_at else "")
    return Work(
        key=f"article-{article.pk}",
        kind=KINDS[outlet.source.kind] if outlet and outlet.source else "article-newspaper",
        title=article.title or str(article),
        address=article.get_absolute_url(),
        # A name as printed may be a person's or an office's: it is taken as it stands.
        authors=tuple(Agent(hop.name, bool(hop.person_id)) for hop in named[HopKind.WROTE]),
        outlet=outlet.name if outlet else settings.KB_SITE_NAME,
        publisher=outlet.name if outlet else settings.KB_SITE_NAME,
        issued=issued,
        issued_words=in_words(issued),
        language=article.language,
        abstract=abstract,
        genre=str(Genre(article.genre).label) if article.genre else "",
        keywords=tuple(topics),
        notes=tuple(notes),
    )


def work_of_claim(claim: ClaimSummary, key: str) -> Work:
    """The page of a claim: what this site found, and as of when."""
    verdict, notes = claim.verdict, [_("Status: %(status)s") % {"status": claim.badge.words}]
    if verdict:
        notes.append(_("As of %(day)s") % {"day": date_format(verdict.as_of)})
        if verdict.reopened_on:
            notes.append(_("Reopened on %(day)s") % {"day": date_format(verdict.reopened_on)})
        if verdict.expires_on:
            notes.append(_("Good until %(day)s") % {"day": date_format(verdict.expires_on)})
    issued = verdict.published_on.isoformat() if verdict else ""
    return Work(
        key=key,
        kind=PAGE,
        title=claim.words.text,
        address=claim.address,
        authors=(Agent(settings.KB_SITE_NAME, False),),
        outlet=settings.KB_SITE_NAME,
        publisher=settings.KB_SITE_NAME,
        issued=issued,
        issued_words=in_words(issued),
        language=claim.words.language,
        genre=_("Fact-check"),
        notes=tuple(notes),
    )


def work_of_citation(citation: Citation, title: str, page: str) -> Work:
    """What a confirmed citation cites, as far as the article of this title says, which stands here at `page`."""
    told = cited_source(citation)
    inferred = bool(citation.date_resolved) and citation.date_resolved != citation.date_edtf
    printed = (
        " ".join(filter(None, [told.date.printed, told.date.added and f"[{told.date.added}]"])) if told.date else ""
    )
    notes = [_("Cited in: %(article)s") % {"article": title}]
    if printed:
        notes.append(_("Date as printed: %(date)s") % {"date": printed})
    if told.speaker:
        notes.append(_("Speaker: %(name)s") % {"name": told.speaker})
    if told.via:
        notes.append(_("Quoted through: %(name)s") % {"name": told.via})
    notes.append(_("Compared with the source: %(result)s") % {"result": told.check.words})
    return Work(
        key=citation_key(citation),
        title=_named(str(told.name), told.date.printed if told.date else ""),
        address=citation.address or f"{page}#{citation_key(citation)}",
        issued=citation.date_resolved or citation.date_edtf,
        issued_words=printed,
        is_inferred=inferred,
        notes=tuple(notes),
        **_from(citation.source, "" if told.name is NOBODY else str(told.name)),
    )


def work_of_evidence(evidence: Evidence, page: str) -> Work:
    """A piece of evidence of a published verdict."""
    name = evidence.source.name if evidence.source else ""
    notes = [f"{evidence.get_stance_display()}: {evidence.summary}"]
    if evidence.archived_copy:
        notes.append(_("Archived copy: %(address)s") % {"address": evidence.archived_copy})
    return Work(
        key=f"evidence-{evidence.pk}",
        title=_named(name or _("Evidence"), ""),
        address=evidence.address or f"{page}#evidence",
        notes=tuple(notes),
        **_from(evidence.source, name),
    )


def _named(name: str, printed: str) -> str:
    """A title for what has none: in brackets, since nobody printed it."""
    return f"[{name}, {printed}]" if printed else f"[{name}]"


def _from(source: Source | None, name: str) -> dict:
    kind = KINDS[source.kind] if source else UNKNOWN
    by = (Agent(name, False),) if name and kind in (REPORT, UNKNOWN) else ()
    return {"kind": kind, "authors": by, "outlet": "" if by else name, "publisher": name}
