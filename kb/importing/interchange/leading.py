"""Keys that lead to another row here: what a file says of a row that was merged is said of the one that was kept.

Translated before anything is compared, so that importing an older file again neither makes the row anew nor finds a
difference.
"""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from msgspec.structs import replace

from kb import models
from kb.models.merge import kept_field

from . import format as line
from .keys import ASCII_LOWER, Named

# Of two links to one tag the one that a person confirmed says most.
_RANK = {"confirmed": 0, "rejected": 1, "suggested": 2}


class Leads:
    """Which of the keys that records name lead to another row; few queries, whatever their number."""

    def __init__(self, named: Named):
        self.sources = _slugs(models.Source, named.sources)
        self.people = _slugs(models.Person, named.people)
        self.tags = {name.lower(): tag for name, tag in _aliases(named.tags)}
        wordings = models.ClaimWording.objects.filter(text__in=named.claims) if named.claims else ()
        self.claims = {
            (wording.text, wording.language): (wording.claim.text, wording.claim.language)
            for wording in (wordings.select_related("claim") if wordings else ())
        }
        named.sources.update(self.sources.values())
        named.people.update(self.people.values())
        named.tags.update(self.tags.values())
        named.claims.update(text for text, _language in self.claims.values())

    def __bool__(self):
        return any((self.sources, self.people, self.tags, self.claims))

    def key_of(self, record: line.Record) -> str | tuple[str, str] | None:
        """Where the key of the record itself leads, if it does."""
        match record:
            case line.Source():
                return self.sources.get(record.slug)
            case line.Person():
                return self.people.get(record.slug)
            case line.Tag():
                return self.tags.get(record.name.lower())
            case line.Claim():
                return self.claims.get((record.text, record.language))
        return None

    def follow(self, record: line.Record) -> line.Record:
        """The record with every reference as it leads here."""
        return self._FOLLOW[type(record)](self, record) if self and type(record) in self._FOLLOW else record

    def _source(self, slug: str | None) -> str | None:
        return self.sources.get(slug, slug)

    def _claim(self, key: line.ClaimKey | None) -> line.ClaimKey | None:
        found = key and self.claims.get((key.text, key.language))
        return line.ClaimKey(text=found[0], language=found[1]) if found else key

    def _check(self, key: line.CheckKey) -> line.CheckKey:
        found = self.claims.get((key.text, key.language))
        return replace(key, text=found[0], language=found[1]) if found else key

    def _precedents(self, record: line.Precedents) -> line.Precedents:
        return replace(record, check=self._check(record.check), consulted=[*map(self._check, record.consulted)])

    def _copy(self, record: line.EvidenceCopy) -> line.EvidenceCopy:
        return replace(record, check=self._check(record.check))

    def _person(self, record: line.Person) -> line.Person:
        return replace(record, source=self._source(record.source))

    def _checked(self, record: line.ClaimOfArticle) -> line.ClaimOfArticle:
        checks = [
            replace(
                check,
                evidence=[replace(found, source=self._source(found.source)) for found in check.evidence],
            )
            for check in record.checks
        ]
        return replace(record, checks=checks)

    def _article(self, record: line.Article) -> line.Article:
        links: dict[str, line.TagOfArticle] = {}
        for link in record.tags:
            link = replace(link, name=self.tags.get(link.name.lower(), link.name))
            links[link.name.lower()] = min(links.get(link.name.lower(), link), link, key=lambda one: _RANK[one.state])
        citations = [
            replace(
                citation,
                source=self._source(citation.source),
                candidates=list(dict.fromkeys(map(self._source, citation.candidates))),
            )
            for citation in record.citations
        ]
        hops = [
            replace(hop, source=self._source(hop.source), person=self.people.get(hop.person, hop.person))
            for hop in record.hops
        ]
        return replace(
            record,
            tags=[*links.values()],
            hops=hops,
            claims=[self._checked(claim) for claim in record.claims if (claim.text, claim.language) not in self.claims],
            citations=citations,
            appearances=[replace(found, claim=self._claim(found.claim)) for found in record.appearances],
        )

    def _foreign_check(self, record: line.ForeignCheck) -> line.ForeignCheck:
        return replace(record, publisher=self._source(record.publisher), claim=self._claim(record.claim))

    def _correction(self, record: line.Correction) -> line.Correction:
        return replace(record, claim=self._claim(record.claim))

    def _merge(self, record: line.Merge) -> line.Merge:
        """What it was merged into may have been merged on here."""
        if not record.kept:
            return record
        match record.type:
            case "source":
                kept = [self._source(record.kept[0])]
            case "person":
                kept = [self.people.get(record.kept[0], record.kept[0])]
            case "tag":
                kept = [self.tags.get(record.kept[0].lower(), record.kept[0])]
            case _:
                kept = [*self.claims.get(tuple(record.kept), record.kept)]
        return replace(record, kept=kept)

    _FOLLOW = {
        line.Person: _person,
        line.Claim: _checked,
        line.Article: _article,
        line.Precedents: _precedents,
        line.EvidenceCopy: _copy,
        line.ForeignCheck: _foreign_check,
        line.Correction: _correction,
        line.Merge: _merge,
    }


def _slugs(model, slugs: set) -> dict[str, str]:
    """Addresses of rows that were given up; one that another row has taken since is that row's."""
    slugs.discard(None)
    if not slugs:
        return {}
    taken = Exists(model.objects.filter(slug=OuterRef("slug")))
    merges = (
        models.Merge.objects.standing()
        .of(model)
        .filter(~taken, slug__in=slugs, **{f"{kept_field(model)}__isnull": False})
    )
    return dict(merges.order_by("pk").values_list("slug", f"{kept_field(model)}__slug"))


def _aliases(names: set[str]):
    if not names:
        return ()
    lower = {name.lower() for name in names} | {name.translate(ASCII_LOWER) for name in names}
    aliases = models.TagAlias.objects.annotate(low=Lower("name")).filter(Q(name__in=names) | Q(low__in=lower))
    return aliases.values_list("name", "tag__name")
