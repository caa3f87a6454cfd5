"""References to download: a page as something to cite, and what it leans on itself."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.http import conditional_page
from django.views.generic import View

from kb.exporting.references import WRITERS
from kb.models import Appearance, Article, Citation, Claim, Evidence, Hop
from kb.pages import claims, works
from kb.pages.article import description_of
from kb.pages.formats import REFERENCES

from .lists import fresh
from .views import MayBeWithdrawn, MayHaveMoved

# A claim that thousands of articles repeat: the latest citations for it.
CITED = 500


@fresh
@method_decorator(conditional_page, name="dispatch")
class References(View):
    """Works in one of the formats; the name of the file says of what."""

    http_method_names = ["get", "head", "options"]
    of: str

    def get(self, request, form, **address):
        _name, media_type = REFERENCES[form]
        [thing] = address.values()
        content = WRITERS[form](self.works(**address), request.build_absolute_uri("/"))
        response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="{self.of}-{_plain(str(thing))}.{form}"'
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def works(self, **address) -> Iterable[works.Work]:
        raise NotImplementedError


def _plain(name: str) -> str:
    """A name of a file that every system takes."""
    return "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_") else "_" for sign in name)


class CiteArticle(MayBeWithdrawn, References):
    of = "article"

    def works(self, slug):
        article = get_object_or_404(Article.objects.visible_to(), slug=slug)
        hops = Hop.objects.visible_to().filter(article=article).select_related("source", "person")
        topics = sorted(tag.name for tag in article.tags.all())
        return [works.work_of_article(article, hops, topics, description_of(article))]


class CitedByArticle(MayBeWithdrawn, References):
    of = "cited-by-article"

    def works(self, slug):
        article = get_object_or_404(Article.objects.visible_to().defer("body", "provenance"), slug=slug)
        return _cited(Citation.objects.visible_to().filter(article=article).order_by("position"))


class CiteClaim(MayHaveMoved, References):
    merged, called = Claim, "number"
    of = "claim"

    def works(self, pk):
        claim = get_object_or_404(claims.for_pages(Claim.objects.visible_to()), pk=pk)
        return [works.work_of_claim(claims.summary(claim), f"claim-{claim.pk}")]


class CitedForClaim(MayHaveMoved, References):
    """What articles cite for the claim, and the evidence of the verdict that stands."""

    merged, called = Claim, "number"
    of = "cited-for-claim"

    def works(self, pk):
        claim = get_object_or_404(Claim.objects.visible_to(), pk=pk)
        appearances = Appearance.objects.visible_to().filter(claim=claim)
        cited = Citation.objects.visible_to().filter(appearances__in=appearances).distinct()
        evidence = Evidence.objects.visible_to().filter(fact_check__claim=claim, fact_check__status="published")
        shown = evidence.select_related("source").order_by("position", "pk")
        page = claim.get_absolute_url()
        return [
            *_cited(cited.order_by("-article__published_at", "article", "position")[:CITED]),
            *(works.work_of_evidence(row, page) for row in shown),
        ]


def _cited(citations) -> list[works.Work]:
    rows = citations.select_related("article", "source", "via__source").defer("article__body", "article__provenance")
    return [works.work_of_citation(row, row.article.title, row.article.get_absolute_url()) for row in rows]
