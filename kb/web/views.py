"""The pages of single things, the home page and the method."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.generic import TemplateView

from kb.models import Article, Claim, Correction, Merge, Person, Source, Tag
from kb.pages import claims, corrections
from kb.pages.article import article_page
from kb.pages.claim import claim_page
from kb.pages.forecasts import ledger
from kb.pages.home import home_page
from kb.pages.method import method_page
from kb.pages.person import person_page
from kb.pages.source import source_page
from kb.pages.topic import topic_overview

from .lists import ArticleList, fresh


@fresh
class Page(TemplateView):
    """One thing on one page."""

    def page(self, **address):
        raise NotImplementedError

    def get_context_data(self, **address):
        return {"page": self.page(**address)}


class MayHaveMoved:
    """For addresses of things that are merged: one that was given up leads on to what stands in its place.

    For good, but asked for anew each time: a merge can be undone, and then the address answers itself again.
    """

    merged: type
    # What the address calls the thing: its slug or its number.
    called = "slug"

    def get(self, request, **address):
        try:
            return super().get(request, **address)
        except Http404:
            argument = "pk" if self.called == "number" else "slug"
            kept = Merge.objects.kept_for(self.merged, **{self.called: address[argument]})
            if kept is None or not self.merged.objects.visible_to().filter(pk=kept.pk).exists():
                raise
            there = {**address, argument: getattr(kept, argument)}
            return HttpResponsePermanentRedirect(reverse(request.resolver_match.view_name, kwargs=there))


class MayBeWithdrawn:
    """For addresses of articles: that of a withdrawn one says so, with the reason."""

    def get(self, request, slug, **rest):
        try:
            return super().get(request, slug=slug, **rest)
        except Http404:
            gone = get_object_or_404(Article.objects.withdrawn(), slug=slug)
            return TemplateResponse(request, "410.html", {"article": gone}, status=410)


class Home(Page):
    template_name = "home.html"

    def page(self):
        return home_page()


class ArticleDetail(MayBeWithdrawn, Page):
    template_name = "articles/article.html"

    def page(self, slug):
        return article_page(get_object_or_404(Article.objects.visible_to(), slug=slug))


class ClaimDetail(MayHaveMoved, Page):
    template_name = "claims/claim.html"
    merged, called = Claim, "number"

    def page(self, pk):
        return claim_page(get_object_or_404(claims.for_pages(Claim.objects.visible_to()), pk=pk))


class SourceDetail(MayHaveMoved, Page):
    template_name = "sources/source.html"
    merged = Source

    def page(self, slug):
        return source_page(get_object_or_404(Source.objects.visible_to(), slug=slug))


class PersonDetail(MayHaveMoved, Page):
    template_name = "people/person.html"
    merged = Person

    def page(self, slug):
        return person_page(get_object_or_404(Person.objects.visible_to(), slug=slug))


class TopicDetail(MayHaveMoved, ArticleList):
    """A topic is its tag with the articles that carry it."""

    template_name = "topics/topic.html"
    merged = Tag
    filterset_class = None

    def get_queryset(self):
        self.tag = get_object_or_404(Tag.objects.visible_to(), slug=self.kwargs["slug"])
        return super().get_queryset().tagged(self.tag.slug)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "tag": self.tag, "overview": topic_overview(self.tag)}


class CorrectionDetail(Page):
    template_name = "corrections/correction.html"

    def page(self, pk):
        shown = corrections.for_pages(Correction.objects.visible_to(), named=corrections.LISTED)
        return corrections.entry(get_object_or_404(shown, pk=pk))


class Forecasts(Page):
    template_name = "forecasts/ledger.html"

    def page(self):
        return ledger()


class Method(Page):
    template_name = "method.html"

    def page(self):
        return method_page()
