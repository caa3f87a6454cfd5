"""The pages of single things, the home page and the method."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.generic import TemplateView

from kb.models import Article, Claim, Correction, Rating, Source, Tag
from kb.pages import claims, corrections
from kb.pages.article import article_page
from kb.pages.claim import claim_page
from kb.pages.method import method_page
from kb.pages.rows import article_rows
from kb.pages.source import source_page

from .lists import ArticleList, fresh

LATEST = 6


@fresh
class Page(TemplateView):
    """One thing on one page."""

    def page(self, **address):
        raise NotImplementedError

    def get_context_data(self, **address):
        return {"page": self.page(**address)}


@fresh
class Home(TemplateView):
    template_name = "home.html"

    def get_context_data(self, **kwargs):
        checked = Claim.objects.visible_to().with_standing().filter(verdict__isnull=False)
        latest = claims.for_pages(checked).order_by("-verdict__decided_at", "-pk")[:LATEST]
        articles = Article.objects.visible_to().defer("body", "headings")[:LATEST]
        return {"claims": [claims.summary(claim) for claim in latest], "articles": article_rows(list(articles))}


class ArticleDetail(Page):
    template_name = "articles/article.html"

    def get(self, request, slug):
        try:
            return super().get(request, slug=slug)
        except Http404:
            gone = get_object_or_404(Article.objects.withdrawn(), slug=slug)
            return TemplateResponse(request, "410.html", {"article": gone}, status=410)

    def page(self, slug):
        return article_page(get_object_or_404(Article.objects.visible_to(), slug=slug))


class ClaimDetail(Page):
    template_name = "claims/claim.html"

    def page(self, pk):
        return claim_page(get_object_or_404(claims.for_pages(Claim.objects.visible_to()), pk=pk))


class SourceDetail(Page):
    template_name = "sources/source.html"

    def page(self, slug):
        return source_page(get_object_or_404(Source.objects.visible_to(), slug=slug))


class TopicDetail(ArticleList):
    """A topic is its tag with the articles that carry it."""

    template_name = "topics/topic.html"
    filterset_class = None

    def get_queryset(self):
        self.tag = get_object_or_404(Tag.objects.visible_to(), slug=self.kwargs["slug"])
        return super().get_queryset().tagged(self.tag.slug)

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "tag": self.tag}


class CorrectionDetail(Page):
    template_name = "corrections/correction.html"

    def page(self, pk):
        shown = corrections.for_pages(Correction.objects.visible_to(), named=corrections.LISTED)
        return corrections.entry(get_object_or_404(shown, pk=pk))


class Method(Page):
    template_name = "method.html"

    def page(self):
        return method_page(Rating.objects.all())
