"""Claims that are like the one being written, and the verdicts that came before; nothing is linked by itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kb.models import STANDINGS, FactCheck
from kb.search.precedents import FIGURE, SOURCE, WORDS, Precedent, precedents
from kb.search.similar import LONGEST, Candidate, similar_claims
from kb.text.claim_likeness import Relation, Span

from .base import admin_url, badge, link_to

RELATIONS = {
    Relation.SAME: gettext_lazy("says the same"),
    Relation.OTHER_NUMBER: gettext_lazy("another number"),
    Relation.OTHER_TIME: gettext_lazy("another time"),
    Relation.OTHER_ACTOR: gettext_lazy("another actor"),
    Relation.NEGATION: gettext_lazy("the opposite"),
    Relation.SIMILAR: gettext_lazy("only similar"),
}
KINDS = {
    WORDS: gettext_lazy("similar words"),
    SOURCE: gettext_lazy("the same cited source"),
    FIGURE: gettext_lazy("the same kind of figure"),
}
FIRST_LINES = 280


def marked(text: str, spans: Iterable[Span]) -> str:
    """The text with what both claims have, and in what they differ, marked apart."""
    parts, end = [], 0
    for span in spans:
        parts.append((format_html("{}", text[end : span.start]),))
        kind = "agrees" if span.agrees else "differs"
        parts.append((format_html('<mark class="{}">{}</mark>', kind, text[span.start : span.end]),))
        end = span.end
    parts.append((format_html("{}", text[end:]),))
    return format_html_join("", "{}", parts)


@dataclass(frozen=True, slots=True)
class Offered:
    """One candidate, as the page shows it."""

    candidate: Candidate

    @property
    def claim(self):
        return self.candidate.claim

    @property
    def words(self) -> str:
        return marked(self.candidate.words, self.candidate.comparison.spans[1])

    @property
    def claim_words(self) -> str:
        """The claim itself, where other words of it were found."""
        return "" if self.candidate.words == self.claim.text else self.claim.text

    @property
    def relation(self) -> str:
        return badge(f"relation-{self.candidate.relation}", RELATIONS[self.candidate.relation])

    @property
    def standing(self) -> str:
        return badge(self.claim.standing, dict(STANDINGS)[self.claim.standing])

    @property
    def rating(self) -> str:
        verdict = self.candidate.verdict
        return badge("rating", verdict.rating.label) if verdict else ""

    @property
    def address(self) -> str:
        return admin_url(self.claim)

    def _said(self, *, agrees: bool) -> list[str]:
        return [
            self.candidate.words[span.start : span.end]
            for span in self.candidate.comparison.spans[1]
            if span.agrees is agrees
        ]

    @property
    def in_common(self) -> list[str]:
        return self._said(agrees=True)

    @property
    def different(self) -> list[str]:
        return self._said(agrees=False)


class SimilarPage:
    """For the admin page of claims: `similar/` answers with the claims that are like a text."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.similar)
        return [path("similar/", view, name="kb_claim_similar"), *super().get_urls()]

    def similar_address(self, claim=None) -> str:
        address = reverse("admin:kb_claim_similar")
        return f"{address}?exclude={claim.pk}" if claim and claim.pk else address

    def similar(self, request):
        """Claims like `text` (in `language`) but not the one of the key `exclude`; with `part`, the list alone."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        text, key = asked.get("text", "").strip(), request.GET.get("exclude", "")
        exclude = int(key) if key.isdecimal() and len(key) < 19 else None
        language = asked.get("language", "")
        found = similar_claims(text, user=request.user, language=language, exclude=exclude)
        context = {"said": _said(text, found), "offered": [Offered(one) for one in found.candidates]}
        if "part" in asked:
            return TemplateResponse(request, "admin/kb/parts/similar.html", context)
        context |= {
            **self.admin_site.each_context(request),
            "title": _("Similar claims"),
            "opts": self.opts,
            "text": found.text,
            "language": language,
            "exclude": exclude,
        }
        return TemplateResponse(request, "admin/kb/claim/similar.html", context)


def _said(text: str, found) -> str:
    if not text:
        return _("Write the claim; similar ones are shown here.")
    count = len(found.candidates)
    words = _("No similar claim is known.")
    if count:
        words = ngettext("%(count)d similar claim is known.", "%(count)d similar claims are known.", count)
        words %= {"count": count}
    if found.is_cut:
        words += " " + _("Only the first %(count)d characters were compared.") % {"count": LONGEST}
    return words


@dataclass(frozen=True, slots=True)
class Before:
    """One precedent, as the page of a draft shows it."""

    precedent: Precedent
    departs: bool
    is_consulted: bool

    @property
    def check(self) -> FactCheck:
        return self.precedent.check

    @property
    def claim_link(self) -> str:
        return link_to(self.check, str(self.check.claim))

    @property
    def relation(self) -> str:
        relation = self.precedent.relation
        return badge(f"relation-{relation}", RELATIONS[relation]) if relation in RELATIONS else ""

    @property
    def status(self) -> str:
        if self.check.reopened_at:
            return badge("reopened", _("reopened"))
        return badge(self.check.status, self.check.get_status_display())

    @property
    def kinds(self) -> list[str]:
        return [KINDS[kind] for kind in self.precedent.kinds]

    @property
    def reason(self) -> str:
        words = self.check.rationale
        return words if len(words) <= FIRST_LINES else words[:FIRST_LINES].rsplit(" ", 1)[0] + " …"


def read_precedents(check: FactCheck, user, consulted: Iterable[int]) -> list[Before]:
    """The precedents of a draft for its author; `consulted` are the keys of those that are ticked."""
    ticked = set(consulted)
    return [
        Before(one, one.departs(check.rating), one.check.pk in ticked)
        for one in precedents(check.claim, user=user)
        if one.check.pk != check.pk
    ]


def warn_of_departure(request, check: FactCheck) -> None:
    """Tell the author of a rating that departs from what the same claim got; it stands in nobody's way."""
    if check.rating is None:
        return
    departing = [one for one in precedents(check.claim, user=request.user) if one.departs(check.rating)]
    if departing:
        names = format_html_join(
            mark_safe("; "),
            "{}: {}",
            ((link_to(one.check, str(one.check.claim)), one.check.rating) for one in departing),
        )
        words = _("You chose “%(rating)s”; the same was rated otherwise before.") % {"rating": check.rating}
        messages.warning(request, format_html("{} {}", words, names))
